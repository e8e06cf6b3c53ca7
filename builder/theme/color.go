package theme

import (
	"fmt"
	"math"
	"strconv"
)

// Color is an opaque sRGB colour.
type Color struct{ R, G, B uint8 }

// String returns the colour as CSS writes it: "#c8452f".
func (c Color) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// RGBA makes Color a color.Color of package image/color.
func (c Color) RGBA() (r, g, b, a uint32) {
	return uint32(c.R) * 0x101, uint32(c.G) * 0x101, uint32(c.B) * 0x101, 0xffff
}

// ParseColor reads "#c8452f" or "#c42".
func ParseColor(s string) (Color, bool) {
	if len(s) == 4 && s[0] == '#' {
		s = string([]byte{'#', s[1], s[1], s[2], s[2], s[3], s[3]})
	}
	if len(s) != 7 || s[0] != '#' {
		return Color{}, false
	}
	n, err := strconv.ParseUint(s[1:], 16, 24)
	if err != nil {
		return Color{}, false
	}
	return Color{uint8(n >> 16), uint8(n >> 8), uint8(n)}, true
}

// Contrast returns the contrast ratio of two colours as WCAG 2.2 defines it,
// from 1 (the same) to 21 (black on white).
func Contrast(a, b Color) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func (c Color) luminance() float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func linear(v uint8) float64 {
	f := float64(v) / 255
	if f <= 0.04045 {
		return f / 12.92
	}
	return math.Pow((f+0.055)/1.055, 2.4)
}

// oklch is a colour in Oklab's polar form: lightness 0–1, chroma 0–0.4 or so,
// hue in radians. Equal steps look about equally large, which is what "the
// nearest colour to the brand" needs.
type oklch struct{ l, c, h float64 }

func (c Color) oklch() oklch {
	r, g, b := linear(c.R), linear(c.G), linear(c.B)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	x := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	y := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	return oklch{
		l: 0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		c: math.Hypot(x, y),
		h: math.Atan2(y, x),
	}
}

// linearRGB may lie outside 0–1: then sRGB has no such colour.
func (o oklch) linearRGB() (r, g, b float64) {
	x, y := o.c*math.Cos(o.h), o.c*math.Sin(o.h)
	l := o.l + 0.3963377774*x + 0.2158037573*y
	m := o.l - 0.1055613458*x - 0.0638541728*y
	s := o.l - 0.0894841775*x - 1.2914855480*y
	l, m, s = l*l*l, m*m*m, s*s*s
	return 4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s
}

func (o oklch) inGamut() bool {
	const slack = 0.0005
	r, g, b := o.linearRGB()
	return min(r, g, b) >= -slack && max(r, g, b) <= 1+slack
}

// color returns the nearest sRGB colour of the same lightness and hue: chroma
// is taken back as far as needed.
func (o oklch) color() Color {
	if !o.inGamut() {
		lo, hi := 0.0, o.c
		for range 16 {
			o.c = (lo + hi) / 2
			if o.inGamut() {
				lo = o.c
			} else {
				hi = o.c
			}
		}
		o.c = lo
	}
	r, g, b := o.linearRGB()
	return Color{gamma(r), gamma(g), gamma(b)}
}

func gamma(f float64) uint8 {
	if f <= 0.0031308 {
		f *= 12.92
	} else {
		f = 1.055*math.Pow(f, 1/2.4) - 0.055
	}
	return uint8(math.Round(255 * min(max(f, 0), 1)))
}

// distance is Euclid's in Oklab: 0.02 is just noticeable.
func (o oklch) distance(p oklch) float64 {
	x := o.c*math.Cos(o.h) - p.c*math.Cos(p.h)
	y := o.c*math.Sin(o.h) - p.c*math.Sin(p.h)
	return math.Sqrt((o.l-p.l)*(o.l-p.l) + x*x + y*y)
}
