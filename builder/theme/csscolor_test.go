package theme_test

import (
	"testing"

	"gallerist/builder/theme"
)

// TestParseCSS holds one colour in each of its notations.
func TestParseCSS(t *testing.T) {
	want := theme.Color{R: 102, G: 51, B: 153}
	for _, s := range []string{"#639", "#663399", "rgb(102 51 153)", "rgb(40%, 20%, 60%)", "hsl(270 50% 40%)", "hsl(-90deg, 50%, 40%)", "oklch(44.03% 0.1603 303.37)"} {
		if got, ok := theme.ParseCSS(s); !ok || got != want {
			t.Errorf("%s is %v, %v", s, got, ok)
		}
	}
	if got, ok := theme.ParseCSS("Tan"); !ok || got.String() != "#d2b48c" {
		t.Errorf("Tan is %v, %v", got, ok)
	}
	for _, s := range []string{"", "#6633999", "rgb(1 2 3 / .5)", "rgb(1 2)", "color-mix(in oklab, red, blue)", "hsl(a b c)", "transparent", "rgb(1 2 3"} {
		if got, ok := theme.ParseCSS(s); ok {
			t.Errorf("%q is %v", s, got)
		}
	}
}
