package theme

import (
	"cmp"
	"fmt"
	"math"
	"strings"
)

// Palette is what one brand colour becomes: plain colours for the light and
// the dark scheme, each pair of text and ground readable (WCAG 2.2 AA). The
// same numbers paint pages and share cards.
type Palette struct {
	Brand       Color
	Light, Dark Scheme
}

// Scheme is the colours of one scheme, by role.
type Scheme struct {
	Paper  Color // the page
	Paper2 Color // a band or box on the page
	Mat    Color // the ground behind a photograph, nearly neutral
	Line   Color // hairlines
	Ink    Color // text, at least 7:1 on Paper and Paper2
	Ink2   Color // lesser text, at least 4.5:1
	Accent Color // the brand as text, at least 4.5:1 on Paper and Paper2
	Mark   Color // the brand as focus ring, underline, border: at least 3:1
	Fill   Color // the brand as ground
	OnFill Color // text on Fill: at least 4.5:1
	Tint1  Color // ground of a card of words, of the brand's hue: Ink 7:1, Ink2 4.5:1 on it
	Tint2  Color // the same, 60° further
	Tint3  Color // the same, 190° further
	Beam   Color // the brand, bright: ranks and other large marks, at least 3:1 on Paper and Paper2
	Glow   Color // the brand as light behind large letters: Ink at least 4.5:1 on it
}

// Grounds are what a theme says of the pages' ground: how much of the brand's
// colour is in it, as a multiple of plain's, and its lightness (OKLCH) in each
// scheme. All that stands on it is solved anew. TintDark is the tint of the dark
// scheme, where the same share is seen more; 0 where it is Tint.
type Grounds struct{ Tint, TintDark, Light, Dark float64 }

var defaultGrounds = Grounds{Tint: 1, Light: .990, Dark: .178}

// or takes what is zero from another one.
func (g Grounds) or(o Grounds) Grounds {
	if g.Tint == 0 { // a tint of its own is for both schemes
		g.TintDark = cmp.Or(g.TintDark, o.TintDark)
	}
	return Grounds{cmp.Or(g.Tint, o.Tint), g.TintDark, cmp.Or(g.Light, o.Light), cmp.Or(g.Dark, o.Dark)}
}

// The contrast that text and marks must have, after rounding to 8 bits.
const (
	contrastText = 4.5
	contrastMark = 3.0
)

// NewPalette computes the palette of a brand colour on plain's grounds.
func NewPalette(brand Color) Palette { return defaultGrounds.Palette(brand) }

// Palette computes the palette of a brand colour on the grounds.
func (g Grounds) Palette(brand Color) Palette {
	b := brand.oklch()
	// More of the brand in a light ground looks pink or green, not warm or cool.
	tint := min(b.c, 0.16)
	tone := func(l, share float64) Color { return oklch{l, tint * share, b.h}.color() }
	ground := func(l, share float64) Color { return tone(l, share*g.Tint) }
	night := func(l, share float64) Color { return tone(l, share*cmp.Or(g.TintDark, g.Tint)) }
	return Palette{
		Brand: brand,
		Light: Scheme{
			Paper: ground(g.Light, .016), Paper2: ground(g.Light-.028, .04), Mat: tone(g.Light-.062, .02),
			Line: tone(g.Light-.125, .06), Ink: tone(.205, .14), Ink2: tone(.475, .12),
		}.withTints(b, .90, .06).withBrand(b, .60, .90),
		Dark: Scheme{
			Paper: night(g.Dark, .07), Paper2: night(g.Dark+.044, .09), Mat: tone(max(g.Dark-.036, .06), .02),
			Line: tone(g.Dark+.157, .10), Ink: tone(.935, .04), Ink2: tone(.735, .08),
		}.withTints(b, .30, .05).withBrand(b, .84, .40),
	}
}

// withTints makes the grounds of cards of words. Chroma is capped: a third of
// the brand's shouts in blue.
func (s Scheme) withTints(brand oklch, l, chroma float64) Scheme {
	tint := func(turn float64) Color {
		return oklch{l, min(max(brand.c, .02), .16) / .16 * chroma, math.Mod(brand.h+turn, 360)}.color()
	}
	s.Tint1, s.Tint2, s.Tint3 = tint(0), tint(60), tint(190)
	ink2 := s.Ink2.oklch()
	s.Ink2 = nearest(ink2, contrastText, s.Paper, s.Paper2, s.Mat, s.Tint1, s.Tint2, s.Tint3)
	return s
}

// withBrand solves the roles that carry the brand's own colour; beam and glow
// are the lightness of these.
func (s Scheme) withBrand(brand oklch, beam, glow float64) Scheme {
	s.Beam = nearest(oklch{beam, brand.c, brand.h}, contrastMark, s.Paper, s.Paper2)
	s.Glow = oklch{glow, min(brand.c, .12), brand.h}.color()
	s.Accent = nearest(brand, contrastText, s.Paper, s.Paper2)
	s.Mark = nearest(brand, contrastMark, s.Paper, s.Paper2, s.Mat)
	s.Fill, s.OnFill = fill(brand)
	return s
}

// nearest returns the colour nearest to the brand, of the brand's hue, that
// has the contrast on every ground. It goes from the brand's own lightness to
// lighter and darker ones at once, until lightness alone is further away than
// the best colour found.
func nearest(brand oklch, contrast float64, grounds ...Color) Color {
	var best Color
	least := math.Inf(1)
	for away := 0.0; away < min(least, 1); away += 1.0 / 512 {
		for _, l := range []float64{brand.l - away, brand.l + away} {
			if l < 0 || l > 1 {
				continue
			}
			c := oklch{l, brand.c, brand.h}.color()
			if d := c.oklch().distance(brand); d < least && reaches(c, contrast, grounds) {
				best, least = c, d
			}
		}
	}
	return best
}

func reaches(c Color, contrast float64, grounds []Color) bool {
	for _, g := range grounds {
		if Contrast(c, g) < contrast {
			return false
		}
	}
	return true
}

// fill keeps the brand as it is where white or near-black letters can be read
// on it, and takes the nearest colour that carries white ones otherwise.
func fill(brand oklch) (ground, letters Color) {
	white, black := Color{255, 255, 255}, oklch{.16, min(brand.c, .02), brand.h}.color()
	own := brand.color()
	if Contrast(own, white) >= contrastText {
		return own, white
	}
	light := nearest(brand, contrastText, white)
	// A step too small to notice is worth white letters.
	if light.oklch().distance(brand) < 0.03 || Contrast(own, black) < contrastText {
		return light, white
	}
	return own, black
}

// Notes says in words where the palette had to leave the brand colour, for
// people who chose it.
func (p Palette) Notes() []string {
	var notes []string
	for _, s := range []struct {
		name string
		Scheme
	}{{"light", p.Light}, {"dark", p.Dark}} {
		was, is := p.Brand.oklch(), s.Accent.oklch()
		if was.distance(is) < 0.02 {
			continue
		}
		verb := "darkened"
		if is.l > was.l {
			verb = "lightened"
		}
		note := fmt.Sprintf("the brand colour %s was %s from lightness %.2f to %.2f (%s) to be read as text on the %s ground",
			p.Brand, verb, was.l, is.l, s.Accent, s.name)
		if s.Fill == p.Brand {
			letters := "white"
			if s.OnFill.oklch().l < .5 {
				letters = "dark"
			}
			note += "; fills keep it, with " + letters + " letters"
		}
		notes = append(notes, note)
	}
	return notes
}

// css writes the colours as custom properties for the schemes that the theme
// has; the first is the one shown where the visitor has no wish.
func (p Palette) css(schemes []string, used func(name string) bool) string {
	of := map[string]Scheme{"light": p.Light, "dark": p.Dark}
	var b strings.Builder
	fmt.Fprintf(&b, ":root{color-scheme:%s;--brand:%s;%s}\n",
		strings.Join(schemes, " "), p.Brand, of[schemes[0]].properties(used))
	for _, name := range schemes[1:] {
		fmt.Fprintf(&b, "@media (prefers-color-scheme:%s){:root{%s}}\n", name, of[name].properties(used))
	}
	return b.String()
}

func (s Scheme) properties(used func(name string) bool) string {
	var b strings.Builder
	for i, v := range s.named() {
		if i >= commonRoles && !used(v.name) {
			continue
		}
		b.WriteString("--" + v.name + ":" + v.Color.String() + ";")
	}
	return b.String()
}

// commonRoles is how many of the named colours every theme has; the others are
// written where a sheet uses them.
const commonRoles = 10

type namedColor struct {
	name string
	Color
}

// named returns the colours under the names of their custom properties.
func (s Scheme) named() []namedColor {
	return []namedColor{
		{"paper", s.Paper}, {"paper-2", s.Paper2}, {"mat", s.Mat}, {"line", s.Line},
		{"ink", s.Ink}, {"ink-2", s.Ink2}, {"accent", s.Accent}, {"mark", s.Mark},
		{"fill", s.Fill}, {"on-fill", s.OnFill},
		{"tint-1", s.Tint1}, {"tint-2", s.Tint2}, {"tint-3", s.Tint3}, {"beam", s.Beam}, {"glow", s.Glow},
	}
}
