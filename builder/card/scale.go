package card

import (
	"image"
	"image/draw"
)

// The picture is brought to the size of its place by a Catmull-Rom filter,
// which widens where it makes the picture smaller. All is whole numbers, so
// that no processor rounds otherwise.

const (
	weightOne = 1 << 14 // of which clamp knows the 14
	unit      = 1 << 13 // of a distance between pixels
)

// place returns the picture as it fills w×h: cut evenly on two sides where it
// has another shape, and scaled where it has another size.
func place(src image.Image, w, h int) *image.RGBA {
	b := src.Bounds()
	cw, ch := b.Dx(), b.Dy()
	if cw*h > ch*w {
		cw = max(1, (ch*w+h/2)/h)
	} else {
		ch = max(1, (cw*h+w/2)/w)
	}
	cw, ch = min(cw, b.Dx()), min(ch, b.Dy())
	cut := image.NewRGBA(image.Rect(0, 0, cw, ch))
	from := b.Min.Add(image.Pt((b.Dx()-cw)/2, (b.Dy()-ch)/2))
	op := draw.Src
	if o, ok := src.(interface{ Opaque() bool }); !ok || !o.Opaque() { // on white
		draw.Draw(cut, cut.Rect, image.White, image.Point{}, draw.Src)
		op = draw.Over
	}
	draw.Draw(cut, cut.Rect, src, from, op)
	return scaleRows(scaleColumns(cut, w), h)
}

// tap is one source pixel's part in a pixel.
type tap struct{ at, weight int }

// taps returns the parts of n pixels that make pixel i of m.
func taps(i, n, m int) []tap {
	wide := max(unit, unit*int64(n)/int64(m))                               // the filter's scale
	centre := int64(2*i+1)*int64(n)*unit/int64(2*m) - unit/2                // in source pixels
	first, last := int((centre-2*wide)/unit)-1, int((centre+2*wide)/unit)+1 // of those it touches
	var out []tap
	sum, best := 0, 0
	for k := first; k <= last; k++ {
		w := int(catmullRom((int64(k)*unit-centre)*unit/wide) * unit / wide)
		if w == 0 {
			continue
		}
		out = append(out, tap{min(max(k, 0), n-1), w})
		sum += w
		if w > out[best].weight {
			best = len(out) - 1
		}
	}
	left := weightOne
	for j := range out {
		out[j].weight = int(int64(out[j].weight) * weightOne / int64(sum))
		left -= out[j].weight
	}
	out[best].weight += left
	return out
}

// catmullRom is the cubic convolution kernel with a = -1/2, of a distance in
// units, times weightOne.
func catmullRom(x int64) int64 {
	x = max(x, -x)
	if x >= 2*unit {
		return 0
	}
	x2 := x * x / unit
	x3 := x2 * x / unit
	const k = weightOne / unit / 2
	if x < unit {
		return k * (3*x3 - 5*x2 + 2*unit)
	}
	return k * (-x3 + 5*x2 - 8*x + 4*unit)
}

func scaleColumns(src *image.RGBA, w int) *image.RGBA {
	n, h := src.Rect.Dx(), src.Rect.Dy()
	if n == w {
		return src
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	ts := make([][]tap, w)
	for x := range ts {
		ts[x] = taps(x, n, w)
	}
	for y := range h {
		row := src.Pix[y*src.Stride:][:4*n]
		for x, t := range ts {
			weigh(out.Pix[y*out.Stride+4*x:][:4], row, t)
		}
	}
	return out
}

func scaleRows(src *image.RGBA, h int) *image.RGBA {
	w, n := src.Rect.Dx(), src.Rect.Dy()
	if n == h {
		return src
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	sums := make([]int, 4*w)
	for y := range h {
		row := out.Pix[y*out.Stride:][:len(sums)]
		ts := taps(y, n, h)
		if len(ts) <= 4 {
			weighFour(row, src, ts)
			continue
		}
		for i := range sums {
			sums[i] = weightOne / 2
		}
		for _, t := range ts {
			for i, v := range src.Pix[t.at*src.Stride:][:len(sums)] {
				sums[i] += t.weight * int(v)
			}
		}
		for i, v := range sums {
			row[i] = clamp(v)
		}
	}
	return out
}

// weighFour sums up to four rows, which is all that an enlarged picture needs.
func weighFour(dst []uint8, src *image.RGBA, ts []tap) {
	var rows [4][]uint8
	var w [4]int32
	for i := range rows {
		t := tap{at: ts[0].at} // of no weight
		if i < len(ts) {
			t = ts[i]
		}
		rows[i], w[i] = src.Pix[t.at*src.Stride:][:len(dst)], int32(t.weight)
	}
	a, b, c, d := rows[0][:len(dst)], rows[1][:len(dst)], rows[2][:len(dst)], rows[3][:len(dst)]
	for i := range dst {
		dst[i] = clamp(int(weightOne/2 + w[0]*int32(a[i]) + w[1]*int32(b[i]) + w[2]*int32(c[i]) + w[3]*int32(d[i])))
	}
}

// weigh sums pixels of a row.
func weigh(dst, row []uint8, ts []tap) {
	r, g, b := weightOne/2, weightOne/2, weightOne/2
	for _, t := range ts {
		p := row[4*t.at:][:3]
		r += t.weight * int(p[0])
		g += t.weight * int(p[1])
		b += t.weight * int(p[2])
	}
	dst[0], dst[1], dst[2], dst[3] = clamp(r), clamp(g), clamp(b), 255
}

func clamp(v int) uint8 { return uint8(min(max(v>>14, 0), 255)) }
