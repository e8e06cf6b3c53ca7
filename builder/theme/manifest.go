package theme

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// Rendition is a picture that the theme asks for. Only theme.toml asks for
// pictures; layouts look them up by name.
type Rendition struct {
	Widths []int     // in pixels, ascending; widths above the original's are not made
	Ratio  string    // "own" (the picture's) or "3:2" (cropped around its focus)
	Clamp  []float64 // least and greatest ratio shown; beyond them the picture is cropped
	Height string    // how tall it is shown, from which the attribute sizes follows: "300px" or "78vh"
	Sizes  string    // the attribute sizes itself, where the width follows from something else
	Size   string    // of a drawn picture: "1200x630"
	Draw   string    // what is drawn: "credit"
}

// Layout is numbers that the builder puts on each tile.
type Layout struct {
	Engine    string // rows, lanes or reel
	LaneUnits int    // of lanes: parts of a column's width that a row of the grid is high

	// Of lanes: how many characters a line of a card of words holds, and how many
	// rows of the grid a line takes, and all else on the card.
	WordsLine, WordsLineUnits, WordsUnits float64
}

// setting declares one of the theme's settings.
type setting struct {
	kind     string
	fallback any
	options  []string
	token    string // the custom property that takes its value; ""
}

var settingTypes = []string{"color", "choice", "font", "text", "number", "yesno"}

// manifest is a theme.toml.
type manifest struct {
	name, version, extends string
	extendsAt              problem.Pos
	schemes                []string
	pageSize               int
	scripts, preload       []string
	ground                 string // "#ffffff": laid under transparent places of pictures
	grounds                Grounds
	fonts                  map[string]string // by script
	renditions             map[string]Rendition
	layout                 Layout
	settings               map[string]setting
}

// readManifest reads a rung's theme.toml. Version is Gallerist's, or "".
func readManifest(r rung, version string, ps *problem.List) *manifest {
	file, _ := r.read("theme.toml")
	t := strict.TOML(file.shown, file.text, 1, ps)
	t.Allow("about", "license")
	m := &manifest{
		name: t.Line("name"), version: t.Line("version"),
		extends: t.Line("extends"), extendsAt: t.Pos("extends"),
		schemes:  t.SomeOf("schemes", []string{"light", "dark"}),
		pageSize: t.Int("page_size"),
		scripts:  t.Strings("scripts"), preload: t.Strings("preload"),
		renditions: map[string]Rendition{}, settings: map[string]setting{},
	}
	if m.ground = t.Line("ground"); m.ground != "" {
		if _, ok := ParseColor(m.ground); !ok {
			t.Errorf("ground", `write it as "#ffffff"`, "%q is not a colour", m.ground)
			m.ground = ""
		}
	}
	if needs := t.Line("needs"); version != "" && needs != "" && !meets(version, needs) {
		t.Errorf("needs", "update Gallerist, or take an older version of the theme",
			"the theme needs Gallerist %s, and this is %s", needs, version)
	}
	if m.pageSize < 0 || m.pageSize > 1000 {
		t.Errorf("page_size", "write how many pieces a page of a gallery shows, such as 24", "page_size is %d", m.pageSize)
		m.pageSize = 0
	}
	layout := t.Table("layout")
	m.layout = Layout{Engine: layout.OneOf("engine", []string{"rows", "lanes", "reel"}), LaneUnits: layout.Int("lane_units")}
	if words := layout.Floats("lane_words"); len(words) == 3 && words[0] >= 1 && words[1] > 0 && words[2] >= 0 {
		m.layout.WordsLine, m.layout.WordsLineUnits, m.layout.WordsUnits = words[0], words[1], words[2]
	} else if len(words) > 0 {
		layout.Errorf("lane_words", "write three: characters a line, rows of the grid a line, and rows for all else, such as [20, 3.8, 20]", "lane_words %v", words)
	}
	m.readGrounds(t.Table("palette"))
	fonts := t.Table("fonts")
	m.fonts = map[string]string{}
	for _, script := range fontScripts {
		m.fonts[script] = fonts.Line(script)
	}
	m.readRenditions(t.Table("renditions"))
	m.readSettings(t.Table("settings"))
	t.Done()
	return m
}

func (m *manifest) readGrounds(t *strict.Table) {
	read := func(key string, to *float64, least, most float64) {
		if !t.Has(key) {
			return
		}
		if *to = t.Float(key); *to < least || *to > most {
			t.Errorf(key, fmt.Sprintf("write a number from %g to %g", least, most), "%s is %g", key, *to)
			*to = 0
		}
	}
	read("tint", &m.grounds.Tint, .01, 4)
	read("tint_dark", &m.grounds.TintDark, .01, 4)
	read("light", &m.grounds.Light, .88, 1)
	read("dark", &m.grounds.Dark, .08, .28)
}

func (m *manifest) readRenditions(t *strict.Table) {
	for _, name := range t.Keys() {
		row := t.Table(name)
		r := Rendition{
			Ratio: row.Line("ratio"), Clamp: row.Floats("clamp"), Height: row.Line("height"),
			Sizes: row.Line("sizes"), Size: row.Line("size"), Draw: row.Line("draw"),
		}
		for _, w := range row.Floats("widths") {
			r.Widths = append(r.Widths, int(w))
		}
		if key, text, hint := r.wrong(); text != "" {
			row.Errorf(key, hint, "rendition %q: %s", name, text)
			continue
		}
		m.renditions[name] = r
	}
}

func (m *manifest) readSettings(t *strict.Table) {
	for _, name := range t.Keys() {
		row := t.Table(name)
		row.Allow("help")
		s := setting{row.OneOf("type", settingTypes), row.Raw("default"), row.Strings("options"), row.Line("token")}
		if s.token != "" && !tokenName().MatchString(s.token) {
			row.Errorf("token", `write the name of the custom property without its hyphens, such as "font-display"`, "token %q", s.token)
			s.token = ""
		}
		if text, hint := s.wrong(s.fallback); text != "" && s.kind != "" {
			row.Errorf("default", hint, "setting %q: %s", name, text)
			continue
		}
		m.settings[name] = s
	}
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
	if r.Sizes != "" {
		return r.Sizes
	}
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

// wrong says which key of a rendition is wrong, how, and what to do, or "".
func (r Rendition) wrong() (key, text, hint string) {
	if r.Draw != "" {
		if w, h, ok := r.Pixels(); !ok || w > 4096 || h > 4096 {
			return "size", fmt.Sprintf("size %q is not a width and a height", r.Size), `write it as size = "1200x630"`
		}
		return "", "", ""
	}
	if len(r.Widths) == 0 {
		return "widths", "no widths", "write the widths in pixels, such as widths = [320, 640, 960]"
	}
	for i, w := range r.Widths {
		if w < 16 || w > 8192 || i > 0 && w <= r.Widths[i-1] {
			return "widths", fmt.Sprintf("width %d", w), "write widths between 16 and 8192, the smallest first"
		}
	}
	if _, ok := r.ratio(); !ok && r.Ratio != "own" {
		return "ratio", fmt.Sprintf("ratio %q", r.Ratio), `write "own" or width:height, such as "3:2"`
	}
	if len(r.Clamp) != 0 && (len(r.Clamp) != 2 || r.Clamp[0] <= 0 || r.Clamp[0] > r.Clamp[1]) {
		return "clamp", fmt.Sprintf("clamp %v", r.Clamp), "write the least and the greatest ratio, such as clamp = [0.62, 2.4]"
	}
	if strings.ContainsAny(r.Sizes, `"'<>&`) {
		return "sizes", fmt.Sprintf("sizes %q", r.Sizes), `write widths as in the attribute sizes, such as "(max-width:38rem) 46vw,23vw"`
	}
	if n, _ := splitUnit(r.Height); n == 0 && r.Height != "" {
		return "height", fmt.Sprintf("height %q", r.Height), `write it in px or vh, such as "300px"`
	}
	return "", "", ""
}

// Pixels returns the width and height of a drawn picture.
func (r Rendition) Pixels() (width, height int, ok bool) {
	w, h, _ := strings.Cut(r.Size, "x")
	width, errW := strconv.Atoi(w)
	height, errH := strconv.Atoi(h)
	return width, height, errW == nil && errH == nil && width > 0 && height > 0
}

// wrong says what is wrong with a value of the setting and what to do, or "".
func (s setting) wrong(value any) (text, hint string) {
	text, ok := value.(string)
	switch s.kind {
	case "color":
		if _, color := ParseColor(text); !color {
			return fmt.Sprintf("%q is not a colour", fmt.Sprint(value)), `write it as "#c8452f"`
		}
	case "choice":
		if !ok || !slices.Contains(s.options, text) {
			return fmt.Sprintf("unknown choice %q", fmt.Sprint(value)), problem.DidYouMean(text, s.options)
		}
	case "font":
		if !ok || text != "" && !isFontFile(text) && !familyList().MatchString(text) {
			return fmt.Sprintf("%q is not a font", fmt.Sprint(value)), `write a file such as "assets/fonts/brand.woff2", or families such as "Georgia, serif"`
		}
	case "text":
		if !ok {
			return fmt.Sprintf("%v is not text", value), "write it between quotation marks"
		}
	case "number":
		if _, whole := value.(int64); !whole {
			if _, broken := value.(float64); !broken {
				return fmt.Sprintf("%q is not a number", fmt.Sprint(value)), "write digits, without quotation marks"
			}
		}
	case "yesno":
		if _, ok := value.(bool); !ok {
			return fmt.Sprintf("%q is neither true nor false", fmt.Sprint(value)), "write true or false, without quotation marks"
		}
	}
	return "", ""
}
