package theme

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
)

// ParseCSS reads a colour as style sheets write it: "#c42", "rebeccapurple",
// rgb(), hsl() and oklch() (CSS Color 4). Colours that let others through, and those
// that are computed from others, are not read.
func ParseCSS(s string) (Color, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if c, ok := ParseColor(s); ok {
		return c, true
	}
	if c, ok := colornames.Map[s]; ok {
		return Color{c.R, c.G, c.B}, true
	}
	name, rest, ok := strings.Cut(s, "(")
	args := strings.Fields(strings.ReplaceAll(strings.TrimSuffix(rest, ")"), ",", " "))
	if !ok || !strings.HasSuffix(s, ")") || len(args) != 3 {
		return Color{}, false
	}
	switch name {
	case "rgb", "rgba":
		return ofNumbers(args, 255, 255, 255, func(r, g, b float64) Color {
			return Color{byteOf(r), byteOf(g), byteOf(b)}
		})
	case "hsl", "hsla":
		return ofNumbers(args, 360, 1, 1, ofHSL)
	case "oklch":
		return ofNumbers(args, 1, .4, 360, func(l, c, h float64) Color { return oklch{l, c, h * math.Pi / 180}.color() })
	}
	return Color{}, false
}

// ofNumbers makes a colour of three numbers, of which a percentage is a part of what
// is whole for it.
func ofNumbers(args []string, a, b, c float64, color func(x, y, z float64) Color) (Color, bool) {
	var n [3]float64
	for i, whole := range [3]float64{a, b, c} {
		text, percent := strings.CutSuffix(args[i], "%")
		v, err := strconv.ParseFloat(strings.TrimSuffix(text, "deg"), 64)
		if err != nil {
			return Color{}, false
		}
		if n[i] = v; percent {
			n[i] = v / 100 * whole
		}
	}
	return color(n[0], n[1], n[2]), true
}

func byteOf(f float64) uint8 { return uint8(math.Round(min(max(f, 0), 255))) }

// ofHSL computes a colour from hue in degrees, saturation and lightness from 0 to 1.
func ofHSL(h, s, l float64) Color {
	part := func(n float64) uint8 {
		k := math.Mod(math.Mod(n+h/30, 12)+12, 12)
		return byteOf(255 * (l - s*min(l, 1-l)*max(-1, min(k-3, 9-k, 1))))
	}
	return Color{part(0), part(8), part(4)}
}
