package media

import (
	"bytes"
	"encoding/binary"
	"image"
)

// fromRGBA makes of dst an opaque picture in Y'CbCr 4:2:0, chroma being that of
// the mean of four pixels. What is drawn is of one colour over long stretches,
// so rows and pixels that are as those before them are not computed again.
func fromRGBA(dst *image.YCbCr, m *image.RGBA) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	resize(dst, w, h)
	var before rows
	for y := 0; y < h; y += 2 {
		below := min(y+1, h-1)
		r := rows{
			upper: m.Pix[y*m.Stride:][:4*w], lower: m.Pix[below*m.Stride:][:4*w],
			y0: dst.Y[y*dst.YStride:][:w], y1: dst.Y[below*dst.YStride:][:w],
			cb: dst.Cb[y/2*dst.CStride:][:(w+1)/2], cr: dst.Cr[y/2*dst.CStride:][:(w+1)/2],
		}
		if bytes.Equal(r.upper, before.upper) && bytes.Equal(r.lower, before.lower) {
			copy(r.y0, before.y0)
			copy(r.y1, before.y1)
			copy(r.cb, before.cb)
			copy(r.cr, before.cr)
		} else {
			r.convert(w)
		}
		before = r
	}
}

// resize makes dst an image.NewYCbCr of w × h without a new one's memory.
func resize(dst *image.YCbCr, w, h int) {
	cw, ch := (w+1)/2, (h+1)/2
	if n := w*h + 2*cw*ch; cap(dst.Y) < n {
		dst.Y = make([]byte, n)
	}
	all := dst.Y[:w*h+2*cw*ch]
	*dst = image.YCbCr{
		Y: all[:w*h], Cb: all[w*h:][: cw*ch : cw*ch], Cr: all[w*h+cw*ch:][: cw*ch : cw*ch],
		YStride: w, CStride: cw, SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: image.Rect(0, 0, w, h),
	}
}

// rows are two rows of pixels, and the rows they become.
type rows struct{ upper, lower, y0, y1, cb, cr []byte }

func (r rows) convert(w int) {
	var a, b uint64 // two pixels above, two below
	q := four(a, b)
	cb, cr := r.cb, r.cr[:len(r.cb)]
	upper, lower, y0, y1 := r.upper, r.lower, r.y0, r.y1
	for i := range w / 2 {
		above, below := binary.LittleEndian.Uint64(upper), binary.LittleEndian.Uint64(lower)
		if above != a || below != b {
			a, b = above, below
			q = four(a, b)
		}
		binary.LittleEndian.PutUint16(y0, q.above)
		binary.LittleEndian.PutUint16(y1, q.below)
		cb[i], cr[i] = q.cb, q.cr
		upper, lower, y0, y1 = upper[8:], lower[8:], y0[2:], y1[2:]
	}
	if w%2 == 1 { // the last column stands for two
		above, below := uint64(binary.LittleEndian.Uint32(upper)), uint64(binary.LittleEndian.Uint32(lower))
		q = four(above|above<<32, below|below<<32)
		y0[0], y1[0], cb[w/2], cr[w/2] = byte(q.above), byte(q.below), q.cb, q.cr
	}
}

// quad is four pixels in Y'CbCr, two above and two below.
type quad struct {
	above, below uint16
	cb, cr       byte
}

// four converts pixels of red, green, blue and alpha, the first in the lowest
// byte, as color.RGBToYCbCr would.
func four(above, below uint64) quad {
	r, g, b := mean(above, below), mean(above>>8, below>>8), mean(above>>16, below>>16)
	return quad{
		above: luma(above), below: luma(below),
		cb: chroma(-11056*r - 21712*g + 32768*b + 257<<15),
		cr: chroma(32768*r - 27440*g - 5328*b + 257<<15),
	}
}

// channel is one channel of two pixels.
const channel = 0x000000ff000000ff

// mean returns the mean of four pixels' lowest bytes.
func mean(above, below uint64) int32 {
	sum := above&channel + below&channel
	return int32((uint32(sum) + uint32(sum>>32) + 2) >> 2)
}

// luma returns the luma of two pixels.
func luma(p uint64) uint16 {
	y := (19595*(p&channel) + 38470*(p>>8&channel) + 7471*(p>>16&channel) + 1<<47 + 1<<15) >> 16 & channel
	return uint16(y | y>>24)
}

func chroma(sum int32) byte { return byte(min(max(sum>>16, 0), 255)) }
