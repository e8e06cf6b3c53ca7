package sample

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"gallerist/builder/theme"
)

// Drawing returns the picture at an address of a view, as SVG of the width and
// height that the address names; ok is false for other addresses. Every third is
// noisy and dark, as phones are at night.
func Drawing(address string) (svg []byte, ok bool) {
	name, isSVG := strings.CutSuffix(path.Base(address), ".svg")
	parts := strings.Split(name, "-")
	if !isSVG || len(parts) != 3 {
		return nil, false
	}
	seed, err := strconv.Atoi(parts[0])
	color, good := theme.ParseColor("#" + parts[1])
	w, h, pixels := size(parts[2])
	if err != nil || seed < 0 || !good || !pixels {
		return nil, false
	}
	return draw(seed, color, w, h), true
}

func size(s string) (w, h int, ok bool) {
	a, b, _ := strings.Cut(s, "x")
	w, errW := strconv.Atoi(a)
	h, errH := strconv.Atoi(b)
	return w, h, errW == nil && errH == nil && w > 0 && h > 0 && w <= 8192 && h <= 8192
}

// draw draws hills under a sun, a cup on a table or a window at night.
func draw(seed int, c theme.Color, w, h int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 300 %d" preserveAspectRatio="none">`, w, h, 300*h/w)
	tall := 300 * h / w
	fmt.Fprintf(&b, `<rect width="300" height="%d" fill="%s"/>`, tall, c)
	light, dark := shade(c, 1.35), shade(c, .55)
	switch seed % 3 {
	case 0:
		fmt.Fprintf(&b, `<circle cx="%d" cy="%d" r="22" fill="%s"/>`, 60+seed*37%180, tall/3, shade(c, 1.7))
		fmt.Fprintf(&b, `<path d="M0 %dQ75 %d 150 %dT300 %dV%dH0Z" fill="%s"/>`, tall*2/3, tall/3, tall*2/3, tall/2, tall, light)
		fmt.Fprintf(&b, `<path d="M0 %dQ90 %d 180 %dT300 %dV%dH0Z" fill="%s"/>`, tall*5/6, tall/2, tall*4/5, tall*2/3, tall, dark)
	case 1:
		fmt.Fprintf(&b, `<rect y="%d" width="300" height="%d" fill="%s"/>`, tall*2/3, tall/3+1, dark)
		fmt.Fprintf(&b, `<path d="M105 %dh90v30a45 30 0 0 1-90 0z" fill="%s"/>`, tall*2/3-50, light)
	default:
		fmt.Fprintf(&b, `<rect width="300" height="%d" fill="%s"/>`, tall, shade(c, .3))
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="60" height="80" fill="%s"/>`, 40+seed*53%160, tall/3, shade(c, 1.6))
		b.WriteString(`<filter id="n"><feTurbulence type="fractalNoise" baseFrequency=".9" seed="` + strconv.Itoa(seed) + `"/><feColorMatrix type="saturate" values=".4"/></filter>`)
		fmt.Fprintf(&b, `<rect width="300" height="%d" filter="url(#n)" opacity=".28"/>`, tall)
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// shade makes a colour lighter or darker.
func shade(c theme.Color, by float64) theme.Color {
	part := func(v uint8) uint8 { return uint8(min(float64(v)*by, 255)) }
	return theme.Color{R: part(c.R), G: part(c.G), B: part(c.B)}
}
