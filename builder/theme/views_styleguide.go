package theme

import "strconv"

// Styleguide is the view of the layout "styleguide": all that a theme's pages
// are made of, in every state. Only the preview shows it.
type Styleguide struct {
	Base
	Schemes []SchemeColors
	Words   string // a line that shows the letters of the page's language
	Letters []LetterSample
	Cards   []Wall // of one each
	Walls   []Wall
	Bright  []*Card // with pictures that are white and black
	Lead    *Card
	Filters []Filter
	Pagers  []*Pager
	Calls   []*CallBox
	Entries []Entry
	Facts   []Fact
}

// SchemeColors is what the brand colour became in a scheme, "light" or "dark".
type SchemeColors struct {
	Scheme string
	Ground string // of the page: "#fdfbfb"
	Ink    string // text on it
	Pairs  []ColorPair
}

// ColorPair is a colour on a ground, by the names of their tokens.
type ColorPair struct {
	Name, On         string
	Color, Ground    string
	Contrast, Wanted string // "16.4", "7"
	Text             bool   // the colour is for text, not for marks alone
	Short            bool   // the contrast is less than what is wanted
}

// LetterSample is a line in a script, with the language that it is of.
type LetterSample struct{ Lang, Text string }

// Wall is a list of cards and what is particular about it.
type Wall struct {
	State string
	Cards []*Card
}

// Colors returns the theme's colours with their contrasts, scheme by scheme.
func (t *Theme) Colors() []SchemeColors {
	of := map[string]Scheme{"light": t.Palette.Light, "dark": t.Palette.Dark}
	var all []SchemeColors
	for _, name := range t.Schemes {
		s := of[name]
		all = append(all, SchemeColors{name, s.Paper.String(), s.Ink.String(), s.pairs()})
	}
	return all
}

// pairs lists what stands on what, with the contrast that each must have.
func (s Scheme) pairs() []ColorPair {
	of := map[string]Color{}
	for _, c := range s.named() {
		of[c.name] = c.Color
	}
	var all []ColorPair
	for _, p := range []struct {
		name   string
		wanted float64
		text   bool
		on     []string
	}{
		{"ink", contrastInk, true, []string{"paper", "paper-2", "tint-1", "tint-2", "tint-3"}},
		{"ink-2", contrastText, true, []string{"paper", "paper-2", "tint-1", "tint-2", "tint-3"}},
		{"accent", contrastText, true, []string{"paper", "paper-2"}},
		{"on-fill", contrastText, true, []string{"fill"}},
		{"mark", contrastMark, false, []string{"paper", "paper-2", "mat"}},
		{"beam", contrastMark, false, []string{"paper", "paper-2"}},
		{"line", 1, false, []string{"paper"}},
	} {
		for _, on := range p.on {
			color, has := of[p.name]
			ground, hasToo := of[on]
			if !has || !hasToo {
				continue
			}
			contrast := Contrast(color, ground)
			all = append(all, ColorPair{p.name, on, color.String(), ground.String(), short(contrast), short(p.wanted), p.text, contrast < p.wanted})
		}
	}
	return all
}

// contrastInk is that of running text.
const contrastInk = 7.0

// short writes a contrast with as many digits as it takes, cut and not rounded,
// so that none looks better than it is.
func short(contrast float64) string {
	return strconv.FormatFloat(float64(int(contrast*10))/10, 'f', -1, 64)
}
