package card

import (
	"fmt"
	"math"
	"testing"
)

// TestContrast holds every pair of text and ground that is drawn at 4.5:1, and
// the mark at 3:1, for brands all over the cube, with WCAG's own arithmetic.
func TestContrast(t *testing.T) {
	brands := []string{"", "red", "#12", "#gggggg"}
	for r := 0; r < 256; r += 15 {
		for g := 0; g < 256; g += 15 {
			for b := 0; b < 256; b += 15 {
				brands = append(brands, fmt.Sprintf("#%02x%02x%02x", r, g, b))
			}
		}
	}
	for _, brand := range brands {
		for _, dark := range []bool{false, true} {
			s := schemeOf(brand, dark)
			for _, v := range []struct {
				what    string
				text    rgb
				ground  rgb
				atLeast float64
			}{
				{"ink", s.ink, s.paper, 7}, {"soft", s.soft, s.paper, 4.5}, {"accent", s.accent, s.paper, 4.5},
				{"mark", s.mark, s.paper, 3}, {"on fill", s.onFill, s.fill, 4.5}, {"veiled", s.veiled, s.fill, 4.5},
			} {
				if got := wcag(v.text, v.ground); got < v.atLeast {
					t.Errorf("%s, dark %t: %s %v on %v has %.3f", brand, dark, v.what, v.text, v.ground, got)
				}
			}
		}
	}
}

func wcag(a, b rgb) float64 {
	light := func(c rgb) float64 {
		sum := 0.0
		for i, part := range []float64{0.2126, 0.7152, 0.0722} {
			sum += part * toLinear(c[i])
		}
		return sum
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func toLinear(v uint8) float64 {
	f := float64(v) / 255
	if f <= 0.04045 {
		return f / 12.92
	}
	return math.Pow((f+0.055)/1.055, 2.4)
}

func TestLinear(t *testing.T) {
	for i, got := range linear {
		if want := 65535 * toLinear(uint8(i)); math.Abs(float64(got)-want) > 0.51 {
			t.Errorf("%d: %d, not %.2f", i, got, want)
		}
	}
}

// TestBrandStays holds that a brand that can be read as it is is not changed.
func TestBrandStays(t *testing.T) {
	s := schemeOf("#b8432c", false)
	brand := rgb{0xb8, 0x43, 0x2c}
	if s.accent != brand || s.mark != brand || s.fill != brand {
		t.Errorf("accent %v, mark %v, fill %v", s.accent, s.mark, s.fill)
	}
	if s := schemeOf("#f2c230", false); s.fill != (rgb{0xf2, 0xc2, 0x30}) || luminance(s.onFill) > luminance(s.fill) {
		t.Errorf("yellow: %v on %v", s.onFill, s.fill)
	}
	if schemeOf("#c42", true) != schemeOf("#cc4422", true) {
		t.Error("the short form is another colour")
	}
}
