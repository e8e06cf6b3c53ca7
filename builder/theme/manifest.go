package theme

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gallerist/builder/problem"
)

// Rendition is a picture that the theme asks for. Only theme.toml asks for
// pictures; layouts look them up by name.
type Rendition struct {
	Widths []int     // in pixels, ascending; widths above the original's are not made
	Ratio  string    // "own" (the picture's) or "3:2" (cropped around its focus)
	Clamp  []float64 // least and greatest ratio shown; beyond them the picture is cropped
	Height string    // how tall it is shown, for the attribute sizes: "300px" or "78vh"
	Size   string    // of a drawn picture: "1200x630"
	Draw   string    // what is drawn: "credit"
	Font   string    // a font file of the theme to draw with, "" for the built-in one
}

// Layout is numbers that the builder puts on each tile.
type Layout struct {
	Engine    string // rows, lanes or reel
	LaneUnits int    // parts of a column that a row of lanes is high
}

// setting declares one of the theme's settings.
type setting struct {
	Type    string // color, choice, text, number, yesno
	Default any
	Options []string
	Help    string
}

// manifest is a theme.toml.
type manifest struct {
	Name       string
	About      string
	Version    string
	Needs      string
	License    string
	Extends    string
	Schemes    []string
	PageSize   int `toml:"page_size"`
	Scripts    []string
	Preload    []string
	Renditions map[string]Rendition
	Layout     layoutTable
	Settings   map[string]setting
}

type layoutTable struct {
	Engine    string
	LaneUnits int `toml:"lane_units"`
}

// ratio returns the ratio as a number; ok is false for "own".
func (r Rendition) ratio() (ratio float64, ok bool) {
	w, h, found := strings.Cut(r.Ratio, ":")
	if !found {
		return 0, false
	}
	x, errX := strconv.ParseFloat(w, 64)
	y, errY := strconv.ParseFloat(h, 64)
	return x / y, errX == nil && errY == nil && x > 0 && y > 0
}

// ShownRatio returns the width/height at which a picture of the ratio is shown
// in the rendition.
func (r Rendition) ShownRatio(ratio float64) float64 {
	if fixed, ok := r.ratio(); ok {
		return fixed
	}
	if len(r.Clamp) == 2 {
		ratio = min(max(ratio, r.Clamp[0]), r.Clamp[1])
	}
	return ratio
}

// sizes returns the attribute sizes for a picture of the ratio: its width as
// it follows from the height at which it is shown.
func (r Rendition) sizes(ratio float64) string {
	number, unit := splitUnit(r.Height)
	if number == 0 {
		return "92vw"
	}
	width := strconv.Itoa(int(math.Ceil(number*r.ShownRatio(ratio)))) + unit
	if unit == "px" {
		return "(max-width:32rem) 92vw," + width
	}
	return "min(92vw," + width + ")"
}

func splitUnit(s string) (float64, string) {
	for _, unit := range []string{"px", "vh"} {
		if digits, ok := strings.CutSuffix(s, unit); ok {
			if n, err := strconv.ParseFloat(digits, 64); err == nil && n > 0 {
				return n, unit
			}
		}
	}
	return 0, ""
}

// check finds values in a manifest that cannot be used.
func (m *manifest) check(at func(key ...string) problem.Pos, ps *problem.List) {
	for _, s := range m.Schemes {
		if s != "light" && s != "dark" {
			ps.Errorf(at("schemes"), problem.DidYouMean(s, []string{"light", "dark"}), "unknown scheme %q", s)
		}
	}
	if m.PageSize < 0 {
		ps.Errorf(at("page_size"), "write how many pieces a page of a gallery shows, such as 24", "page_size is %d", m.PageSize)
	}
	if e := m.Layout.Engine; e != "" && e != "rows" && e != "lanes" && e != "reel" {
		ps.Errorf(at("layout", "engine"), problem.DidYouMean(e, []string{"rows", "lanes", "reel"}), "unknown engine %q", e)
	}
	for _, name := range sortedKeys(m.Renditions) {
		if text, hint := m.Renditions[name].wrong(); text != "" {
			ps.Errorf(at("renditions", name), hint, "rendition %q: %s", name, text)
			delete(m.Renditions, name)
		}
	}
	for _, name := range sortedKeys(m.Settings) {
		s := m.Settings[name]
		if text, hint := s.wrong(s.Default); text != "" {
			ps.Errorf(at("settings", name), hint, "setting %q: %s", name, text)
			delete(m.Settings, name)
		}
	}
}

// wrong says what is wrong with a rendition and what to do, or "".
func (r Rendition) wrong() (text, hint string) {
	if r.Draw != "" {
		var w, h int
		if n, _ := fmt.Sscanf(r.Size, "%dx%d", &w, &h); n != 2 || w < 1 || h < 1 || w > 4096 || h > 4096 {
			return fmt.Sprintf("size %q is not a width and a height", r.Size), `write it as size = "1200x630"`
		}
		return "", ""
	}
	if len(r.Widths) == 0 {
		return "no widths", "write the widths in pixels, such as widths = [320, 640, 960]"
	}
	for i, w := range r.Widths {
		if w < 16 || w > 8192 || i > 0 && w <= r.Widths[i-1] {
			return fmt.Sprintf("width %d", w), "write widths between 16 and 8192, the smallest first"
		}
	}
	if _, ok := r.ratio(); !ok && r.Ratio != "own" {
		return fmt.Sprintf("ratio %q", r.Ratio), `write "own" or width:height, such as "3:2"`
	}
	if len(r.Clamp) != 0 && (len(r.Clamp) != 2 || r.Clamp[0] <= 0 || r.Clamp[0] > r.Clamp[1]) {
		return fmt.Sprintf("clamp %v", r.Clamp), "write the least and the greatest ratio, such as clamp = [0.62, 2.4]"
	}
	if n, _ := splitUnit(r.Height); n == 0 && r.Height != "" {
		return fmt.Sprintf("height %q", r.Height), `write it in px or vh, such as "300px"`
	}
	return "", ""
}

// wrong says what is wrong with a value of the setting and what to do, or "".
func (s setting) wrong(value any) (text, hint string) {
	switch s.Type {
	case "color":
		if c, ok := value.(string); ok {
			if _, ok := ParseColor(c); ok {
				return "", ""
			}
		}
		return fmt.Sprintf("%q is not a colour", fmt.Sprint(value)), `write it as "#c8452f"`
	case "choice":
		if c, ok := value.(string); ok {
			for _, o := range s.Options {
				if o == c {
					return "", ""
				}
			}
		}
		return fmt.Sprintf("unknown choice %q", fmt.Sprint(value)), problem.DidYouMean(fmt.Sprint(value), s.Options)
	case "text":
		if _, ok := value.(string); ok {
			return "", ""
		}
		return fmt.Sprintf("%v is not text", value), "write it between quotation marks"
	case "number":
		switch value.(type) {
		case int, int64, float64:
			return "", ""
		}
		return fmt.Sprintf("%q is not a number", fmt.Sprint(value)), "write it without quotation marks"
	case "yesno":
		if _, ok := value.(bool); ok {
			return "", ""
		}
		return fmt.Sprintf("%q is neither true nor false", fmt.Sprint(value)), "write true or false, without quotation marks"
	}
	return fmt.Sprintf("unknown type %q", s.Type),
		problem.DidYouMean(s.Type, []string{"color", "choice", "text", "number", "yesno"})
}
