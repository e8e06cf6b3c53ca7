package heif

import "image"

// Matrix coefficients of H.273, table 4.
const (
	matrixRGB    = 0
	matrixUnsaid = 2
)

// luma are the weights of red and blue in Y', in 1/10000, by matrix
// coefficients. What is not said is BT.601, as for JPEG.
var luma = map[int][2]int64{
	1: {2126, 722}, matrixUnsaid: {2990, 1140}, 4: {3000, 1100}, 5: {2990, 1140}, 6: {2990, 1140}, 7: {2120, 870},
	9: {2627, 593},
}

const one = 10000 // of the weights

// conversion takes Y'CbCr of some matrix and range to that of full-range
// BT.601. Of its rows the first is for Y', the second for Cb, the third for Cr;
// each has a factor for Y' less zero, Cb less 128 and Cr less 128, times 2¹⁶.
// Y' never counts in chroma, for both say how far colours are from grey.
type conversion struct {
	zero int32
	rows [3][3]int32
}

// identity changes nothing.
var identity = conversion{0, [3][3]int32{{1 << 16, 0, 0}, {0, 1 << 16, 0}, {0, 0, 1 << 16}}}

// newConversion returns the conversion from a matrix and a range; ok is false
// where the matrix is unknown.
func newConversion(matrix int, full bool) (c conversion, ok bool) {
	from, ok := luma[matrix]
	if !ok {
		return c, false
	}
	const scale = 1 << 20
	kr, kb := from[0], from[1]
	kg := one - kr - kb
	const tr, tb = 2990, 1140 // of BT.601
	const tg = one - tr - tb
	// R = Y' + 2(1-kr)·Cr and B = Y' + 2(1-kb)·Cb; G follows from Y'. Put into
	// the weights of BT.601, that gives what Cb and Cr add to its Y'.
	ycr := ratio(2*(one-kr)*(tr*kg-tg*kr)*scale, one*one*kg)
	ycb := ratio(2*(one-kb)*(tb*kg-tg*kb)*scale, one*one*kg)
	b := ratio(2*(one-kb)*scale, one)
	r := ratio(2*(one-kr)*scale, one)
	rows := [3][3]int64{
		{scale, ycb, ycr},
		{0, ratio((b-ycb)*one, 2*(one-tb)), ratio(-ycr*one, 2*(one-tb))},
		{0, ratio(-ycb*one, 2*(one-tr)), ratio((r-ycr)*one, 2*(one-tr))},
	}
	steps := [3]int64{255, 255, 255} // of Y', Cb and Cr
	if !full {
		c.zero, steps = 16, [3]int64{219, 224, 224}
	}
	for i := range rows {
		for k := range steps {
			c.rows[i][k] = int32(ratio(rows[i][k]*255, steps[k]<<4))
		}
	}
	return c, true
}

// ratio returns n/d, rounded, for a positive d.
func ratio(n, d int64) int64 { return floor(2*n+d, 2*d) }

// apply converts a picture in place. Each pixel takes the chroma sample that it
// belongs to.
func (c *conversion) apply(m *image.YCbCr) {
	if *c == identity {
		return
	}
	sx, sy := subsampling(m.SubsampleRatio)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	for y := range h {
		at := y / sy * m.CStride
		c.luma(m.Y[y*m.YStride:][:w], m.Cb[at:], m.Cr[at:], sx)
	}
	for y := range (h + sy - 1) / sy {
		n := (w + sx - 1) / sx
		c.chroma(m.Cb[y*m.CStride:][:n], m.Cr[y*m.CStride:][:n])
	}
}

func (c *conversion) luma(row, cb, cr []byte, sx int) {
	k := c.rows[0]
	for x, v := range row {
		u, w := int32(cb[x/sx])-128, int32(cr[x/sx])-128
		row[x] = clamp((k[0]*(int32(v)-c.zero) + k[1]*u + k[2]*w + 1<<15) >> 16)
	}
}

func (c *conversion) chroma(cb, cr []byte) {
	for x := range cb {
		u, w := int32(cb[x])-128, int32(cr[x])-128
		cb[x] = clamp(128 + (c.rows[1][1]*u+c.rows[1][2]*w+1<<15)>>16)
		cr[x] = clamp(128 + (c.rows[2][1]*u+c.rows[2][2]*w+1<<15)>>16)
	}
}

// fromRGB converts a picture without subsampling whose planes are green, blue
// and red, in place.
func fromRGB(m *image.YCbCr, full bool) {
	for i := range m.Y {
		var p [3]int32 // red, green, blue
		for k, v := range [3]byte{m.Cr[i], m.Y[i], m.Cb[i]} {
			p[k] = int32(v)
			if !full {
				p[k] = int32(clamp(((int32(v)-16)*255 + 109) / 219))
			}
		}
		const half = 128<<16 + 1<<15
		m.Y[i] = byte((19595*p[0] + 38470*p[1] + 7471*p[2] + 1<<15) >> 16)
		m.Cb[i] = clamp((-11058*p[0] - 21710*p[1] + 32768*p[2] + half) >> 16)
		m.Cr[i] = clamp((32768*p[0] - 27439*p[1] - 5329*p[2] + half) >> 16)
	}
}

func clamp(v int32) byte { return byte(max(0, min(v, 255))) }

// subsampling returns how many pixels share a chroma sample.
func subsampling(r image.YCbCrSubsampleRatio) (x, y int) {
	switch r {
	case image.YCbCrSubsampleRatio444:
		return 1, 1
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	}
	return 2, 2
}
