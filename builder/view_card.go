package builder

import (
	"cmp"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"gallerist/builder/theme"
)

// cardStyle says how a piece stands in a list.
type cardStyle struct {
	rendition string // renditionTile unless told
	mixed     bool   // the list holds pieces of several galleries
	eager     bool   // in the first view
	priority  bool   // the page's main picture
}

// cardSet are a piece's cards as most lists show them, made when the first of
// them asks: a piece stands in some ten lists.
type cardSet [3]atomic.Pointer[theme.Card]

// Places in a cardSet. Those of lists of one gallery are forgotten some
// galleries later.
const (
	plainCard = iota
	mixedCard
	stripCard
)

// place returns the place in a cardSet of the cards of a style, -1 for those
// that few pages show.
func (style cardStyle) place(p *piece) int {
	words := len(p.pictures) == 0 // then there is nothing to be eager for
	switch {
	case !words && (style.eager || style.priority || style.rendition == renditionPlate):
		return -1
	case style.mixed && !words && style.rendition == renditionStrip:
		return -1
	case style.mixed:
		return mixedCard
	case !words && style.rendition == renditionStrip:
		return stripCard
	}
	return plainCard
}

// recentGalleries are those whose pieces have cards of lists of one gallery. A
// build goes through one gallery after the other; a large site has no room for
// all.
type recentGalleries struct {
	mu   sync.Mutex
	list [8]*plannedGallery
	next int
}

func (r *recentGalleries) add(g *plannedGallery, language int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if slices.Contains(r.list[:], g) {
		return
	}
	if last := r.list[r.next]; last != nil {
		for _, p := range last.pieces {
			p.words[language].cards[plainCard].Store(nil)
			p.words[language].cards[stripCard].Store(nil)
		}
	}
	r.list[r.next] = g
	r.next = (r.next + 1) % len(r.list)
}

// card returns a piece as one of a list. It may be of other lists too and is
// not to be changed.
func (l *locale) card(p *piece, style cardStyle) *theme.Card {
	at := style.place(p)
	if at < 0 {
		c := l.newCard(p, style)
		return &c
	}
	kept := &p.words[l.index].cards[at]
	c := kept.Load()
	if c == nil {
		c = theme.KeepCard(l.newCard(p, style))
		kept.Store(c)
		if at != mixedCard {
			l.shelf.recent.add(p.gallery, l.index)
		}
	}
	return c
}

// newCard makes a piece's card: of another one, where there is one.
func (l *locale) newCard(p *piece, style cardStyle) theme.Card {
	var c theme.Card
	set := &p.words[l.index].cards
	if other := cmp.Or(set[plainCard].Load(), set[mixedCard].Load()); other != nil {
		c = *other // with the picture as a tile
	} else {
		c = l.cardWithoutPicture(p)
	}
	if c.Gallery = nil; style.mixed {
		c.Gallery = l.shown(p.gallery).link
	}
	l.cardPicture(&c, p, style)
	return c
}

func (l *locale) cardWithoutPicture(p *piece) theme.Card {
	t := l.pieceText(p)
	c := theme.Card{
		Kind: string(p.Kind), Href: l.href(p.path), ID: anchor(p), Number: p.number, Count: len(p.pictures),
		Title: t.Title, CreditLine: l.credit(p), Credits: l.creditsOf(p), Lang: l.langAttr(l.titleLang(p)),
		Featured: p.Featured, Draft: p.Draft, Date: l.day(p.Published), DateTime: l.stamp(p.Published),
		Excerpt: t.Caption,
	}
	if p.idea != nil {
		c.Status = l.ideaLabel(p.idea.status)
	}
	if p.place != nil {
		c.Place = l.link(p.place).Text
	}
	if len(p.Awards) > 0 {
		c.Award, c.Rank, c.Official = l.award(p, 0), p.Awards[0].Rank, p.official()
	}
	if c.Excerpt == "" {
		c.Excerpt = l.excerpt(p)
	}
	c.ExcerptLang = l.langAttr(l.excerptLang(p))
	if len(p.Authors) > 0 {
		c.Initial = l.Initial(l.author(p, 0).Name)
	}
	c.Badge, c.Review, c.Disclosure = l.badge(p), l.review(p), l.disclosure(p)
	return c
}

// anchor is the id of a piece's card on a page. The prefix keeps it apart from
// the ids that layouts use.
func anchor(p *piece) string { return "p-" + p.ID }

func (l *locale) cardPicture(c *theme.Card, p *piece, style cardStyle) {
	rendition := style.rendition
	if rendition == "" {
		rendition = renditionTile
	}
	if len(p.pictures) == 0 {
		words := cmp.Or(c.Excerpt, c.Title)
		c.Ratio, c.Brief = wordsRatio(words), utf8.RuneCountInString(words) <= briefWords
		c.Span = l.theme.Layout.WordsSpan(words, c.Title, c.Disclosure, c.Award)
		return
	}
	var pic *theme.Picture
	if c.Picture != nil && rendition == renditionTile {
		own := *c.Picture
		pic = &own
	} else {
		pic = l.picture(p, 0, rendition)
	}
	pic.Eager, pic.Priority = style.eager || style.priority, style.priority
	c.Picture, c.Color, c.Drawn = pic, p.pictures[0].color, !p.pictures[0].shows()
	c.Ratio = ratio(pic.Width, pic.Height)
	if f := p.pictures[0].focus(p, 0); f != nil {
		c.Focus = &theme.Focus{X: percent(f.X), Y: percent(f.Y)}
	}
	c.Span = l.theme.Layout.PictureSpan(float64(pic.Width)/float64(max(pic.Height, 1)), c.Disclosure)
}

// briefWords is how many characters are set large where there is no picture.
const briefWords = 24

func ratio(width, height int) string {
	if height == 0 {
		return "1"
	}
	return strconv.FormatFloat(float64(width)/float64(height), 'f', 3, 64)
}

// cards returns pieces as a list whose first few pictures are in the first
// view.
func (l *locale) cards(list []*piece, style cardStyle, eager int) []*theme.Card {
	cards := make([]*theme.Card, 0, len(list))
	for i, p := range list {
		s := style
		s.eager = i < eager
		s.priority = style.priority && i == 0
		cards = append(cards, l.card(p, s))
	}
	return cards
}

// creditsOf returns a piece's authors with their roles and pages.
func (l *locale) creditsOf(p *piece) []theme.Credit {
	list := make([]theme.Credit, 0, len(p.Authors))
	for i := range p.Authors {
		a := l.author(p, i)
		c := theme.Credit{Name: a.Name, Place: a.Place, Lang: l.nameLang(p, a.Name), Members: l.membersOf(a.Members)}
		c.Role = l.Works(a.Roles)
		if a.Name == "" {
			c.Name, c.Lang = l.Label("credit.nameless"), ""
		} else {
			c.Href = l.href(p.people[i].path)
		}
		list = append(list, c)
	}
	return list
}

// nameLang returns the language attribute of a name that is shown as it was
// written in another language.
func (l *locale) nameLang(p *piece, name string) string {
	own := l.m.languageOf(p)
	for _, a := range p.Authors {
		if a.Name == name {
			return l.langAttr(own)
		}
	}
	return ""
}
