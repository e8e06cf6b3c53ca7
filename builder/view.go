package builder

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

// Names of the renditions a theme declares and the builder puts into views.
const (
	renditionTile  = "tile"  // a piece in a list
	renditionPlate = "plate" // a piece on its own page
	renditionStrip = "strip" // a small picture that leads elsewhere
	renditionCard  = "card"  // the share card
)

const (
	excerptLength     = 160 // characters of a story in a list
	descriptionLength = 155 // of a page's description
	latestOnHome      = 12
	nearPieces        = 4
)

// cardStyle says how a piece stands in a list.
type cardStyle struct {
	rendition string // renditionTile unless told
	mixed     bool   // the list holds pieces of several galleries
	eager     bool   // in the first view
	priority  bool   // the page's main picture
}

// card returns a piece as one of a list.
func (l *locale) card(p *piece, style cardStyle) theme.Card {
	t := l.pieceText(p)
	c := theme.Card{
		Kind: string(p.Kind), Href: l.href(p.path), ID: anchor(p), Number: p.number, Count: len(p.pictures),
		Title: t.Title, CreditLine: l.credit(p), Credits: l.creditsOf(p), Lang: l.langAttr(l.languageOfPiece(p)),
		Featured: p.Featured, Draft: p.Draft, Date: l.day(p.Published), DateTime: l.stamp(p.Published),
		Excerpt: t.Caption,
	}
	if p.place != nil {
		c.Place = l.termName(p.place)
	}
	if len(p.Awards) > 0 {
		c.Award = p.Awards[0].Title
	}
	if c.Excerpt == "" {
		c.Excerpt = l.body(p).excerpt
	}
	if style.mixed {
		g := l.galleryText(p.gallery)
		c.Gallery = &theme.Link{Text: g.Title, Href: l.href(p.gallery.path), Lang: l.langAttr(l.galleryLang(p.gallery))}
	}
	l.cardPicture(&c, p, style)
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
		c.Ratio = "1"
		return
	}
	pic := l.picture(p, 0, rendition)
	pic.Eager, pic.Priority = style.eager || style.priority, style.priority
	c.Picture, c.Color, c.Drawn = pic, p.pictures[0].color, !p.pictures[0].shows()
	c.Ratio = ratio(pic.Width, pic.Height)
}

func ratio(width, height int) string {
	if height == 0 {
		return "1"
	}
	return strconv.FormatFloat(float64(width)/float64(height), 'f', 3, 64)
}

// cards returns pieces as a list whose first few pictures are in the first
// view.
func (l *locale) cards(list []*piece, style cardStyle, eager int) []theme.Card {
	cards := make([]theme.Card, 0, len(list))
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
		c := theme.Credit{Name: a.Name, Place: a.Place, Lang: l.nameLang(p, a.Name)}
		if a.Role != "" {
			c.Role = l.Role(a.Role)
		}
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

// base returns what every page's view begins with.
func (l *locale) viewBase(page *Page, p *theme.Page) theme.Base {
	site := *l.site
	if len(l.others) > 1 {
		for _, o := range l.others {
			if o != l && !page.inLanguage(o.tag) {
				continue
			}
			site.Languages = append(site.Languages, theme.Link{
				Text: o.Name(), Href: o.href(page.Path), Lang: o.tag, Current: o == l,
			})
		}
	}
	site.Menu = slices.Clone(site.Menu)
	for i := range site.Menu {
		site.Menu[i].Current = site.Menu[i].Href == l.href(page.Path)
	}
	p.Canonical = l.abs(page.Path)
	if p.Heading == "" {
		p.Heading = p.Title
	}
	if p.OGType == "" {
		p.OGType = "website"
	}
	p.OGLocale = l.OGLocale()
	p.NoIndex, p.ScriptHash = page.NoIndex, scriptHash(p.JSONLD)
	if !page.NoIndex && len(site.Languages) > 1 {
		for _, o := range l.others {
			if page.inLanguage(o.tag) {
				p.Alternates = append(p.Alternates, theme.Alternate{Lang: o.tag, Href: o.abs(page.Path)})
			}
		}
		p.Alternates = append(p.Alternates, theme.Alternate{Lang: "x-default", Href: l.others[0].abs(page.Path)})
	}
	return theme.Base{Site: &site, Page: p, Assets: l.theme.Assets, Settings: l.theme.Settings}
}

// description shortens a text to what search engines and messengers show.
func description(texts ...string) string {
	for _, t := range texts {
		if t = strings.Join(strings.Fields(t), " "); t != "" {
			return shorten(t, descriptionLength)
		}
	}
	return ""
}

// feedsOf returns the feeds of a gallery, or of the whole site for nil.
func (l *locale) feedsOf(g *plannedGallery) []theme.Feed {
	path, title := "", l.text.Title
	if g != nil {
		path, title = g.path, l.galleryText(g).Title
	}
	var list []theme.Feed
	for _, f := range feedFormats {
		list = append(list, theme.Feed{
			Title: title + " · " + f.Name, Type: f.Type, Href: l.abs(path + f.File), Short: f.Name,
		})
	}
	return list
}

// html renders a text of the site's owner.
func (l *locale) html(src string) template.HTML { return l.md.HTML(src) }

// body is what is made of a story: parsed once a language, when a page, a list
// or a feed that shows it is made for the first time.
type body struct {
	once    sync.Once
	html    template.HTML
	plain   string // its words alone, single spaces between
	excerpt string // their beginning
}

// body returns a piece's story. Where it is not translated, it is that of the
// site's own language.
func (l *locale) body(p *piece) *body {
	t := l.pieceText(p)
	if l.index > 0 && t.Body == l.others[0].pieceText(p).Body {
		return l.others[0].body(p)
	}
	b := &p.words[l.index].body
	b.once.Do(func() {
		b.html, b.plain = l.md.story(t.Body)
		b.excerpt = shorten(b.plain, excerptLength)
	})
	return b
}

// stars returns a rating in words.
func (l *locale) stars(p *piece) string {
	if p.Kind != gallery.Review || p.Rating == 0 {
		return ""
	}
	return l.Label("piece.rating", p.Rating)
}

// callBox invites to a gallery's call, or returns nil where nobody is asked.
func (l *locale) callBox(g *plannedGallery) *theme.CallBox {
	if g == nil || g.Call == nil {
		return nil
	}
	t := l.galleryText(g)
	state := g.Call.State(l.m.now)
	box := &theme.CallBox{
		State: string(state), Title: l.callState(g.Call), Question: l.Typeset(t.Call.Question),
		Dates: l.callDates(g.Call), Href: l.href(g.path + "call/"), Button: l.Label("call.read"),
	}
	if state == gallery.CallOpen {
		box.Form, box.Button = g.Call.Form, l.Label("call.send")
	}
	if g.Call.Hashtag != "" {
		box.Hashtag = "#" + strings.TrimPrefix(g.Call.Hashtag, "#")
	}
	return box
}

// callState says in a sentence where a call stands, with its date.
func (l *locale) callState(c *gallery.Call) string {
	switch c.State(l.m.now) {
	case gallery.CallUpcoming:
		return l.Label("call.upcoming", l.moment(c.Opens))
	case gallery.CallClosed:
		return l.Label("call.closed", l.lastDay(c.Closes))
	}
	if c.Closes.IsZero() {
		return l.Label("call.open")
	}
	return l.Label("call.open_until", l.lastDay(c.Closes))
}

// callDates writes when a call is open, always as dates: a page built in June
// must not lie in July.
func (l *locale) callDates(c *gallery.Call) string {
	switch {
	case c.State(l.m.now) == gallery.CallUpcoming:
		return l.Label("gallery.opens_on", l.day(c.Opens))
	case c.Closes.IsZero():
		return ""
	case c.State(l.m.now) == gallery.CallClosed:
		return l.Label("gallery.closed_on", l.lastDay(c.Closes))
	}
	return l.Label("gallery.open_until", l.lastDay(c.Closes))
}

// openCall returns the gallery whose open call closes first, else one whose
// call is upcoming.
func (m *model) openCall() *plannedGallery {
	var best *plannedGallery
	for _, g := range m.galleries {
		if g.Call == nil || g.Call.State(m.now) == gallery.CallClosed {
			continue
		}
		if best == nil || sooner(g.Call, best.Call) {
			best = g
		}
	}
	return best
}

func sooner(a, b *gallery.Call) bool {
	if a.Closes.IsZero() || b.Closes.IsZero() {
		return !a.Closes.IsZero()
	}
	return a.Closes.Before(b.Closes)
}
