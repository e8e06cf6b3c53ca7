package card

import (
	"image"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// fine is how many steps a pixel is divided into: as many as the rasteriser
// has, so that nothing is rounded there.
const fine = 512

// contour is a closed line through points in steps.
type contour []image.Point

// outline turns the curves of a glyph into lines.
func outline(segments sfnt.Segments) []contour {
	var out []contour
	var pen image.Point
	add := func(p image.Point) {
		last := len(out) - 1
		out[last] = append(out[last], p)
	}
	for _, s := range segments {
		a, b, c := toSteps(s.Args[0]), toSteps(s.Args[1]), toSteps(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			out, pen = append(out, contour{a}), a
		case sfnt.SegmentOpLineTo:
			add(a)
			pen = a
		case sfnt.SegmentOpQuadTo:
			// A quadratic curve as a cubic one.
			third := func(p image.Point) image.Point { return p.Add(a.Mul(2)).Div(3) }
			cubic(pen, third(pen), third(b), b, add)
			pen = b
		case sfnt.SegmentOpCubeTo:
			cubic(pen, a, b, c, add)
			pen = c
		}
	}
	return out
}

func toSteps(p fixed.Point26_6) image.Point {
	return image.Pt(int(p.X)*fine/64, int(p.Y)*fine/64)
}

// cubic adds points of a Bézier curve after its first, so many that the lines
// between them are less than a sixteenth of a pixel away from it: the error is
// at most 1/8·|second derivative|/n², and the second derivative at most 6 times
// the larger second difference. Sixteen lines are enough for all that is drawn
// here and keep the products below within 32 bits.
func cubic(a, b, c, d image.Point, add func(image.Point)) {
	bend := max(size(a.Sub(b.Mul(2)).Add(c)), size(b.Sub(c.Mul(2)).Add(d)))
	n := 1
	for n < 16 && n*n*fine/16*8 < 6*bend {
		n++
	}
	for k := 1; k < n; k++ {
		u := n - k
		p := a.Mul(u * u * u).Add(b.Mul(3 * u * u * k)).Add(c.Mul(3 * u * k * k)).Add(d.Mul(k * k * k))
		add(p.Div(n * n * n))
	}
	add(d)
}

func size(p image.Point) int { return max(p.X, -p.X) + max(p.Y, -p.Y) }

func boundsOf(o []contour) (image.Rectangle, bool) {
	var r image.Rectangle
	any := false
	for _, line := range o {
		for _, p := range line {
			if !any {
				r, any = image.Rectangle{p, p}, true
			}
			r.Min.X, r.Min.Y = min(r.Min.X, p.X), min(r.Min.Y, p.Y)
			r.Max.X, r.Max.Y = max(r.Max.X, p.X), max(r.Max.Y, p.Y)
		}
	}
	return r, any
}

// floor returns the pixel that a step lies in.
func floor(v int) int { return v >> 9 }

// disc is a circle of four curves around the origin.
func disc(radius int) []contour {
	r := radius * fine
	k := r * 5523 / 10000 // as near to a circle as a cubic curve comes
	out := contour{image.Pt(r, 0)}
	add := func(p image.Point) { out = append(out, p) }
	cubic(image.Pt(r, 0), image.Pt(r, k), image.Pt(k, r), image.Pt(0, r), add)
	cubic(image.Pt(0, r), image.Pt(-k, r), image.Pt(-r, k), image.Pt(-r, 0), add)
	cubic(image.Pt(-r, 0), image.Pt(-r, -k), image.Pt(-k, -r), image.Pt(0, -r), add)
	cubic(image.Pt(0, -r), image.Pt(k, -r), image.Pt(r, -k), image.Pt(r, 0), add)
	return []contour{out}
}
