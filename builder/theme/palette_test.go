package theme_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"gallerist/builder/theme"
	"gallerist/themes"
)

// For any brand colour and any ground that a theme may ask for, each text is
// readable on each ground it stands on.
func TestPaletteContrast(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	brands := []theme.Color{{}, {R: 255, G: 255, B: 255}, {R: 255}, {G: 255}, {B: 255}, {R: 255, G: 255}, {R: 128, G: 128, B: 128}}
	for range 3000 {
		n := random.Uint32()
		brands = append(brands, theme.Color{R: uint8(n), G: uint8(n >> 8), B: uint8(n >> 16)})
	}
	for i, brand := range brands {
		g := theme.Grounds{Tint: 1, Light: .99, Dark: .178}
		if i%2 == 1 {
			g = theme.Grounds{Tint: .01 + 3.99*random.Float64(), TintDark: 4 * random.Float64(), Light: .88 + .12*random.Float64(), Dark: .08 + .2*random.Float64()}
		}
		p := g.Palette(brand)
		for _, s := range []theme.Scheme{p.Light, p.Dark} {
			for _, c := range []struct {
				role    string
				a, b    theme.Color
				atLeast float64
			}{
				{"ink", s.Ink, s.Paper, 7}, {"ink on paper-2", s.Ink, s.Paper2, 7}, {"ink on mat", s.Ink, s.Mat, 7},
				{"ink-2", s.Ink2, s.Paper, 4.5}, {"ink-2 on paper-2", s.Ink2, s.Paper2, 4.5}, {"ink-2 on mat", s.Ink2, s.Mat, 4.5},
				{"accent", s.Accent, s.Paper, 4.5}, {"accent on paper-2", s.Accent, s.Paper2, 4.5},
				{"mark", s.Mark, s.Paper, 3}, {"mark on paper-2", s.Mark, s.Paper2, 3}, {"mark on mat", s.Mark, s.Mat, 3},
				{"on-fill", s.OnFill, s.Fill, 4.5},
				{"ink on tint-1", s.Ink, s.Tint1, 7}, {"ink on tint-2", s.Ink, s.Tint2, 7}, {"ink on tint-3", s.Ink, s.Tint3, 7},
				{"ink-2 on tint-1", s.Ink2, s.Tint1, 4.5}, {"ink-2 on tint-2", s.Ink2, s.Tint2, 4.5}, {"ink-2 on tint-3", s.Ink2, s.Tint3, 4.5},
				{"beam", s.Beam, s.Paper, 3}, {"beam on paper-2", s.Beam, s.Paper2, 3}, {"ink on glow", s.Ink, s.Glow, 4.5},
			} {
				if got := theme.Contrast(c.a, c.b); got < c.atLeast {
					t.Fatalf("brand %s on %v: %s %s on %s has contrast %.2f", brand, g, c.role, c.a, c.b, got)
				}
			}
		}
	}
}

// The dark scheme's own tint is that of dark grounds alone; without it both have one.
func TestPaletteTintDark(t *testing.T) {
	brand, _ := theme.ParseColor("#b4482e")
	at := func(tint, dark float64) theme.Palette {
		return theme.Grounds{Tint: tint, TintDark: dark, Light: .95, Dark: .19}.Palette(brand)
	}
	both, own := at(4, 0), at(4, 1)
	if own.Light != both.Light || own.Dark.Paper != at(1, 0).Dark.Paper || own.Dark.Paper2 == both.Dark.Paper2 {
		t.Errorf("light %s and %s, dark %s and %s", own.Light.Paper, both.Light.Paper, own.Dark.Paper, both.Dark.Paper)
	}
}

// A theme has the grounds of the one it extends, but for what it says itself; a tint
// is for both schemes, so with it goes the dark one that it was said beside.
func TestGroundsExtended(t *testing.T) {
	dark := func(own string) theme.Color {
		site := layer("themes/base/theme.toml", "name = \"Base\"\n[palette]\ntint = 4\ntint_dark = 1.2\ndark = 0.19",
			"themes/mine/theme.toml", "name = \"Mine\"\nextends = \"base\"\n[palette]\n"+own)
		th, problems := theme.Load(theme.LoadOptions{Site: site, Builtin: themes.FS, Name: "mine", Brand: "#b4482e"})
		if len(problems) > 0 {
			t.Error(messages(problems))
		}
		return th.Palette.Dark.Paper
	}
	brand, _ := theme.ParseColor("#b4482e")
	paper := func(tint float64) theme.Color {
		return theme.Grounds{Tint: tint, Light: .95, Dark: .19}.Palette(brand).Dark.Paper
	}
	for own, want := range map[string]theme.Color{"": paper(1.2), "light = 0.95": paper(1.2), "tint = 3": paper(3), "tint = 3\ntint_dark = 2": paper(2)} {
		if got := dark(own); got != want {
			t.Errorf("%q: %s, want %s", own, got, want)
		}
	}
}

// A brand that can be read stays as it is.
func TestPaletteKeepsBrand(t *testing.T) {
	for _, brand := range []string{"#b4482e", "#0b5d3f", "#4b3fd1"} {
		c, _ := theme.ParseColor(brand)
		p := theme.NewPalette(c)
		if d := theme.Contrast(p.Light.Accent, c); d > 1.02 || p.Light.Fill != c {
			t.Errorf("%s became %s, fill %s", brand, p.Light.Accent, p.Light.Fill)
		}
	}
}

func TestPaletteNotes(t *testing.T) {
	yellow, _ := theme.ParseColor("#fc0")
	got := strings.Join(theme.NewPalette(yellow).Notes(), "\n")
	want := "the brand colour #ffcc00 was darkened from lightness 0.87 to 0.5"
	if !strings.HasPrefix(got, want) || !strings.Contains(got, "on the light ground; fills keep it, with dark letters") || strings.Contains(got, "\n") {
		t.Errorf("got %s", got)
	}
}

func TestParseColor(t *testing.T) {
	for text, want := range map[string]string{"#c8452f": "#c8452f", "#C42": "#cc4422", "#fff": "#ffffff"} {
		if c, ok := theme.ParseColor(text); !ok || c.String() != want {
			t.Errorf("%s: %s %v", text, c, ok)
		}
	}
	for _, text := range []string{"", "red", "#12", "#12345", "#gggggg", "c8452f", "#+12345", "#й2345"} {
		if c, ok := theme.ParseColor(text); ok {
			t.Errorf("%q is %s", text, c)
		}
	}
}

func TestContrast(t *testing.T) {
	black, white := theme.Color{}, theme.Color{R: 255, G: 255, B: 255}
	if got := theme.Contrast(black, white); got != 21 {
		t.Errorf("black on white: %v", got)
	}
	// From the definition's own arithmetic: 0.2159 relative luminance.
	grey := theme.Color{R: 128, G: 128, B: 128}
	if got := theme.Contrast(white, grey); got < 3.94 || got > 3.96 {
		t.Errorf("grey on white: %v", got)
	}
}
