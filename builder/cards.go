package builder

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"fmt"
	"image"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/gen2brain/jpegn"

	"gallerist/builder/card"
	"gallerist/builder/gallery"
	"gallerist/builder/media"
	"gallerist/builder/publish"
	"gallerist/builder/theme"
)

// A share card is drawn from a master, a copy of a piece's first picture in
// the size that the card has room for, and from words. Both are in its name,
// so that it is drawn once. Pages without a picture share their gallery's.

const (
	cardWidth, cardHeight = 1200, 630
	// renditionMaster is the recipe of masters, which no theme can name.
	renditionMaster = "\x00master"
)

var masterFormats = []string{"master"}

// cards is every share card of a site by its path.
type cards map[string]*shareCard

// shareCard is a card that will be drawn when it is asked for.
type shareCard struct {
	path   string
	key    string
	words  card.Card
	pic    *picture // nil = words alone
	master media.Rendition
	xmp    []byte
	origin string
}

// cardWords returns a card's words as they can be drawn. Where a script cannot be,
// the card is the picture alone.
func (l *locale) cardWords(kicker, title, credit, site string) card.Card {
	c := card.Card{Width: cardWidth, Height: cardHeight, Lang: l.tag, Brand: l.m.cfg.Brand}
	texts := [4]string{kicker, title, credit, site}
	for i, t := range texts {
		if texts[i] = card.Clean(t); !card.Draws(texts[i]) {
			return c
		}
	}
	c.Kicker, c.Title, c.Credit, c.Site = texts[0], texts[1], texts[2], texts[3]
	return c
}

// pieceCard returns the words of a piece's card.
func (l *locale) pieceCard(p *piece) card.Card {
	title, credit := l.titleOf(p), l.credit(p)
	if title == credit {
		title = ""
	}
	if !drawsNames(l.authors(p)) {
		credit = "" // "Photo by" and nobody
	}
	if tie := l.disclosure(p); tie != "" {
		credit = strings.TrimPrefix(credit+". "+tie, ". ")
	}
	c := l.cardWords(l.galleryText(p.gallery).Title, title, credit, l.text.Title)
	if c.Title == "" && c.Credit == "" {
		c.Title, c.Kicker = c.Kicker, ""
	}
	if len(p.pictures) > 0 {
		c.Symbol = p.pictures[0].symbol()
	}
	return c
}

// drawsNames says whether something is left of each name where it is drawn: of
// one made of emoji nothing is.
func drawsNames(authors []gallery.PublicAuthor) bool {
	return !slices.ContainsFunc(authors, func(a gallery.PublicAuthor) bool { return a.Name != "" && card.Clean(a.Name) == "" })
}

// onlyWords returns the card without a picture, its first words large.
func onlyWords(c card.Card) card.Card {
	if c.Title == "" {
		c.Title, c.Credit = c.Credit, ""
	}
	return c
}

// masterRecipe returns the recipe of the master for a piece's own card, which
// is remembered with its first picture.
func (ps *pictures) masterRecipe(locales []*locale, p *piece, info *media.Info) (media.Recipe, bool) {
	if !ps.drawn {
		return media.Recipe{}, false
	}
	c := locales[0].pieceCard(p)
	r := masterOf(&c, info)
	p.pictures[0].card, p.pictures[0].master = &c, r.Size
	return r, true
}

func masterOf(c *card.Card, info *media.Info) media.Recipe {
	w, h := c.PictureSize(info.Width, info.Height)
	return media.Recipe{Name: renditionMaster, Size: strconv.Itoa(w) + "x" + strconv.Itoa(h), Formats: masterFormats}
}

// dealt is a card, nil where it is not drawn, and how pages name it, nil where
// there is none.
type dealt struct {
	card  *shareCard
	image *theme.ShareImage
}

// deal returns a card of these words and of a piece's picture, where it has one.
func (l *locale) deal(c card.Card, p *piece, alt, origin string) dealt {
	ps := l.m.pictures
	if !ps.drawn {
		return dealt{image: l.plainShare(p)}
	}
	s := &shareCard{origin: origin}
	if p != nil && len(p.pictures) > 0 && p.pictures[0].shows() {
		s.pic = p.pictures[0]
		s.master, s.xmp = ps.masterFor(&c, p), s.pic.note
	} else if c = onlyWords(c); c.Title == "" {
		return dealt{} // neither a picture nor a word
	} else {
		alt = c.Title
	}
	s.words = c
	key := fmt.Appendf(make([]byte, 0, 512+2*len(s.xmp)), "card %s %s %+v %s ", card.Version, media.DrawnKey, c, s.master.Path)
	s.key = string(hex.AppendEncode(key, s.xmp))
	s.path = media.KeyPath(s.key, "jpg")
	return dealt{s, &theme.ShareImage{URL: l.absFile(s.path), Width: cardWidth, Height: cardHeight, Alt: alt, Type: media.TypeJPEG}}
}

// keep adds a card to the site.
func (ps *pictures) keep(d dealt) *theme.ShareImage {
	if d.card != nil {
		ps.cards[d.card.path] = d.card
	}
	return d.image
}

// masterFor returns the master for a card with a piece's picture: the one that
// is made with the picture's other renditions or, for a card with room for
// another size, one of its own.
func (ps *pictures) masterFor(c *card.Card, p *piece) media.Rendition {
	pic := p.pictures[0]
	recipe := masterOf(c, pic.info)
	if own := pic.renditions[renditionMaster]; recipe.Size == pic.master && len(own) > 0 {
		return own[0]
	}
	list := ps.studio.Plan([]media.Recipe{recipe}, pic.info, media.Look{Focus: pic.focus(p, 0), Mark: ps.markOf(p)})[renditionMaster]
	if own := pic.renditions[renditionMaster]; len(own) > 0 && list[0].SamePlace(own[0]) {
		return own[0]
	}
	return list[0]
}

// plainShare returns the share card of a theme that only has it cut.
func (l *locale) plainShare(p *piece) *theme.ShareImage {
	if p == nil || len(p.pictures) == 0 {
		return nil
	}
	r := l.largest(p.pictures[0], renditionCard)
	if r == nil {
		r = l.feedRendition(p.pictures[0])
	}
	if r == nil {
		return nil
	}
	return &theme.ShareImage{URL: l.absFile(r.Path), Width: r.Width, Height: r.Height, Alt: l.alt(p, 0), Type: r.Type}
}

// dealCards makes the share cards of everything that has one.
func (l *locale) dealCards() {
	m, ps := l.m, l.m.pictures
	lead, _ := leadOf(m.pieces)
	alt := func(p *piece) string {
		if p == nil || len(p.pictures) == 0 {
			return ""
		}
		return l.alt(p, 0)
	}
	l.siteShare = ps.keep(l.deal(l.cardWords("", l.text.Title, l.text.Tagline, ""), lead, alt(lead), configFile))
	l.galleryShares = map[*plannedGallery]*theme.ShareImage{}
	for _, g := range m.galleries {
		cover := g.cover()
		c := l.cardWords("", l.galleryText(g).Title, cmp.Or(l.madeBy(g), l.facts(g).Chosen), l.text.Title)
		l.galleryShares[g] = ps.keep(l.deal(c, cover, alt(cover), g.Pos.File))
	}
	l.seriesShares = map[*plannedSeries]*theme.ShareImage{}
	for _, s := range m.series {
		var cover *piece
		if g := s.current(); g != nil {
			cover = g.cover()
		}
		c := l.cardWords("", l.seriesText(s).Title, l.seriesText(s).Summary, l.text.Title)
		l.seriesShares[s] = ps.keep(l.deal(c, cover, alt(cover), s.Pos.File))
	}
	hand := dealMany(m.pieces, func(p *piece) dealt {
		if len(p.pictures) == 0 {
			return dealt{}
		}
		c := p.pictures[0].card
		if c == nil || l.index > 0 {
			own := l.pieceCard(p)
			c = &own
		}
		return l.deal(*c, p, l.alt(p, 0), p.Dir)
	})
	for i, p := range m.pieces {
		p.words[l.index].share = ps.keep(hand[i])
	}
	hand = dealMany(m.contributors, func(c *contributor) dealt {
		i := slices.IndexFunc(c.pieces, func(p *piece) bool { return len(p.pictures) > 0 })
		if i < 0 {
			return dealt{}
		}
		p := c.pieces[i]
		words := l.cardWords("", l.nameOf(c), c.placed(l, l.Plural("gallery.pieces", len(c.pieces))), l.text.Title)
		return l.deal(words, p, l.alt(p, 0), p.Dir)
	})
	l.peopleShares = map[*contributor]*theme.ShareImage{}
	for i, c := range m.contributors {
		if share := ps.keep(hand[i]); share != nil {
			l.peopleShares[c] = share
		}
	}
}

// dealMany deals cards on all cores.
func dealMany[T any](list []T, deal func(T) dealt) []dealt {
	hand := make([]dealt, len(list))
	parallel(len(list), func(i int) { hand[i] = deal(list[i]) })
	return hand
}

// placed puts a contributor's place before a text.
func (c *contributor) placed(l *locale, text string) string {
	if c.Place == "" {
		return text
	}
	return l.word(c.Place) + " · " + text
}

// shareImage returns the share card of a piece, or of its gallery.
func (l *locale) shareImage(p *piece) *theme.ShareImage {
	return cmp.Or(l.ownShare(p), l.galleryShares[p.gallery])
}

// ownShare returns the share card of a piece, nil for one without a picture.
// It is what old pages of lists show, which must not change: the card of a
// gallery says how many pieces there are.
func (l *locale) ownShare(p *piece) *theme.ShareImage { return p.words[l.index].share }

// cardFile is a card as a file of the site.
func (r *Result) cardFile(s *shareCard) publish.File {
	from := s.origin
	if s.pic != nil {
		from = strings.TrimSuffix(s.pic.info.Path, posterSuffix)
	}
	return publish.File{Path: s.path, Origin: s.origin, Type: media.TypeJPEG, Key: s.path, Open: r.telling(func() (io.ReadCloser, error) {
		data, err := r.pictures.studio.Remember(s.key, func() ([]byte, error) { return s.draw(r.pictures) })
		return io.NopCloser(bytes.NewReader(data)), err
	}, from)}
}

func (s *shareCard) draw(ps *pictures) ([]byte, error) {
	c := s.words
	if s.pic != nil {
		in, err := ps.studio.Open(s.pic.info, s.master)
		if err != nil {
			return nil, err
		}
		defer in.Close() // it was only read
		if c.Picture, err = jpegn.Decode(in); err != nil {
			return nil, fmt.Errorf("%s: %w", s.origin, err)
		}
	}
	before, _ := drawnOn.Get().(*image.RGBA)
	m := c.DrawOn(before)
	defer drawnOn.Put(m)
	return media.EncodeJPEG(m, s.xmp)
}

// drawnOn are the pixels of cards that are encoded: three megabytes, which the
// next card is drawn on.
var drawnOn sync.Pool

// isolates are the marks around a name that reads in the other direction;
// pictures and metadata do without.
var isolates = strings.NewReplacer("\u2068", "", "\u2069", "")
