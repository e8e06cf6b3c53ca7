package icc

// Factors of JFIF 1.02, by 2¹⁶.
const (
	redByCr   = 91881  // 1.402
	greenByCb = 22554  // 0.344136
	greenByCr = 46802  // 0.714136
	blueByCb  = 116130 // 1.772
	lumaRed   = 19595  // 0.299
	lumaGreen = 38470  // 0.587
	lumaBlue  = 7471   // 0.114
	cbByBlue  = 36984  // 1 / 1.772
	crByRed   = 46745  // 1 / 1.402
)

// offsets returns by how much chroma moves each channel away from luma, as
// places on the ramps.
func offsets(cb, cr byte) (r, g, b int) {
	u, v := int32(cb)-128, int32(cr)-128
	r = margin + int((v*redByCr*fine+1<<15)>>16)
	g = margin + int((1<<15-u*greenByCb*fine-v*greenByCr*fine)>>16)
	b = margin + int((u*blueByCb*fine+1<<15)>>16)
	return r, g, b
}

// Convert changes a picture in place from this profile to sRGB: full-range
// Y'CbCr of BT.601 (JFIF), w × h luma samples and (w+1)/2 × (h+1)/2 chroma
// samples, each of which belongs to the four pixels it lies between. Where the
// profile is sRGB or cannot be converted, nothing changes. A gray profile
// changes luma alone; chroma may then be nil.
func (p *Profile) Convert(y []byte, yStride int, cb, cr []byte, cStride, w, h int) {
	if w <= 0 || h <= 0 {
		return
	}
	switch {
	case p.grays != nil:
		for i := range h {
			p.grays.apply(y[i*yStride:][:w])
		}
	case p.colors != nil:
		out := srgbScale()
		for i := 0; i < h; i += 2 {
			a := y[i*yStride:][:w]
			b := a[:0]
			if i+1 < h {
				b = y[(i+1)*yStride:][:w]
			}
			at, n := i/2*cStride, (w+1)/2
			p.colors.rows(out, a, b, cb[at:][:n], cr[at:][:n])
		}
	}
}

func (g *grays) apply(row []byte) {
	for i, v := range row {
		row[i] = g[v]
	}
}

// ConvertColor converts one colour.
func (p *Profile) ConvertColor(y, cb, cr int) (int, int, int) {
	a, u, v := []byte{level(y)}, []byte{level(cb)}, []byte{level(cr)}
	p.Convert(a, 1, u, v, 1, 1, 1)
	return int(a[0]), int(u[0]), int(v[0])
}

func level(v int) byte { return byte(min(max(v, 0), 255)) }

// rows converts two rows of luma, the second of which may be empty, and the
// row of chroma they share.
func (c *colors) rows(out *scale, a, b, cb, cr []byte) {
	whole := 0 // blocks of four
	if len(b) > 0 {
		whole = len(a) / 2
		c.blocks(out, a, b, cb[:whole], cr[:whole])
	}
	for x := whole; x < len(cb); x++ {
		i, j := 2*x, min(2*x+2, len(a))
		block := []byte{a[i], a[j-1], a[i], a[j-1]}
		if len(b) > 0 {
			block[2], block[3] = b[i], b[j-1]
		}
		c.blocks(out, block[:2], block[2:], cb[x:x+1], cr[x:x+1])
		copy(a[i:j], block)
		if len(b) > 0 {
			copy(b[i:j], block[2:])
		}
	}
}

// blocks converts blocks of 2 × 2 pixels that share their chroma. It is where
// the time goes: the pixels are written out, for a loop takes half as long again.
func (c *colors) blocks(out *scale, a, b, cb, cr []byte) {
	a, b, cr = a[:2*len(cb)], b[:2*len(cb)], cr[:len(cb)]
	for x, u := range cb {
		dr, dg, db := offsets(u, cr[x])
		reds, greens, blues := (*span)(c[0][dr:]), (*span)(c[1][dg:]), (*span)(c[2][db:])
		upper, lower := (*[2]byte)(a[2*x:]), (*[2]byte)(b[2*x:])
		i0, i1, i2, i3 := int(upper[0])*fine, int(upper[1])*fine, int(lower[0])*fine, int(lower[1])*fine
		y0, r0, b0 := out.pixel(reds[i0] + greens[i0] + blues[i0])
		y1, r1, b1 := out.pixel(reds[i1] + greens[i1] + blues[i1])
		y2, r2, b2 := out.pixel(reds[i2] + greens[i2] + blues[i2])
		y3, r3, b3 := out.pixel(reds[i3] + greens[i3] + blues[i3])
		upper[0], upper[1], lower[0], lower[1] = luma(y0), luma(y1), luma(y2), luma(y3)
		y := (y0 + y1 + y2 + y3 + 1<<15) >> 16
		cb[x], cr[x] = chroma((b0+b1+b2+b3-y)*cbByBlue), chroma((r0+r1+r2+r3-y)*crByRed)
	}
}

// span is what a ramp says of black to white, moved by chroma.
type span [top + 1]lights3

// pixel returns a pixel's luma, in parts by 2¹⁶, and its red and blue, in parts.
func (s *scale) pixel(l lights3) (luma, red, blue int64) {
	red, green, blue := int64(s[l.red()]), int64(s[l.green()]), int64(s[l.blue()])
	return lumaRed*red + lumaGreen*green + lumaBlue*blue, red, blue
}

// luma returns a sample of luma.
func luma(y int64) byte { return byte(uint64(y+parts<<15) / (parts << 16)) }

// chroma returns a sample of chroma: the sum of four differences from luma, in
// parts, by 2¹⁶.
func chroma(v int64) byte {
	const neutral, round = 128 << 24, 1 << 23
	return byte(min(max((neutral+round+v)>>24, 0), 255))
}
