package card

import (
	"image"
	"unicode/utf8"
)

// Version is part of the keys under which cards are remembered. It changes
// whenever any pixel of any card may.
const Version = "1"

// Card is what stands on a share card or a poster.
type Card struct {
	Width, Height int         // pixels: 1200×630 for a share card; at most 4096 each
	Picture       image.Image // of the size that PictureSize says, or scaled to it; nil: words alone

	Kicker string // a small line above the title: the gallery's name
	Title  string
	Credit string // "Photo by Olya, Moscow"
	Site   string // the site's name

	Lang   string // BCP 47, for the rules by which lines end
	Brand  string // "#c8452f"; anything else gives a neutral card
	Dark   bool
	Symbol string // "play" or "sound" for films and sounds, "" for none
}

// words are the texts of a card that can be drawn, cleaned.
type words struct{ kicker, title, credit, site string }

func (w words) none() bool { return w == words{} }

// isCaption reports whether the words are one line's worth: no title.
func (w words) isCaption() bool { return w.title == "" && w.kicker == "" }

// isLong reports whether the words need a wide column.
func (w words) isLong() bool {
	return utf8.RuneCountInString(w.title) > 64 || utf8.RuneCountInString(w.credit) > 48
}

func (c *Card) words() words {
	drawable := func(text string) string {
		if clean := Clean(text); simple(clean) || newSetter().draws(clean) {
			return clean
		}
		return ""
	}
	return words{drawable(c.Kicker), drawable(c.Title), drawable(c.Credit), drawable(c.Site)}
}

// size returns the card's size within its limits.
func (c *Card) size() (w, h int) {
	return min(max(c.Width, 1), 4096), min(max(c.Height, 1), 4096)
}

// PictureSize returns the size of the picture's place on this card for a
// picture of w×h. Asked for the size it returned, it returns the same.
func (c *Card) PictureSize(w, h int) (int, int) {
	p := c.layout(c.words(), w, h).picture
	return p.Dx(), p.Dy()
}

// Draw draws the card. The same card gives the same pixels on every machine.
func (c *Card) Draw() *image.RGBA { return c.DrawOn(nil) }

// DrawOn is Draw into the memory of a card drawn before, which may be nil or of
// another size.
func (c *Card) DrawOn(m *image.RGBA) *image.RGBA {
	w, h := c.size()
	if size := image.Rect(0, 0, w, h); m == nil || m.Rect != size {
		m = image.NewRGBA(size)
	}
	p := &painter{
		setter: newSetter(),
		canvas: &canvas{RGBA: m},
		scheme: schemeOf(c.Brand, c.Dark),
		card:   c,
	}
	p.words = c.words()
	if c.Picture == nil || c.Picture.Bounds().Empty() {
		p.alone()
		return p.RGBA
	}
	b := c.Picture.Bounds()
	l := c.layout(p.words, b.Dx(), b.Dy())
	p.paint(p.Rect, p.scheme.paper)
	p.picture(l.picture)
	switch l.kind {
	case side:
		p.side(l.panel)
	case strip:
		p.strip(l.panel)
	case caption:
		p.caption(l.panel)
	}
	return p.RGBA
}
