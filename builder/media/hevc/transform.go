package hevc

// transform turns the coefficients of a block to its residual (H.265, 8.6.2) and
// leaves the coefficients zero.
func (w *walker) transform(t *block) {
	b := &w.block
	n := 1 << (2 * t.log2)
	depth := w.sps.depthY
	if t.c > 0 {
		depth = w.sps.depthC
	}
	shift := uint(20 - depth)
	e := w.sps.rangeExt
	directed := e.implicitRDPCM && (t.skipped || w.cu.bypass) && (t.mode == modeHorizontal || t.mode == modeVertical)
	switch {
	case t.skipped || w.cu.bypass:
		copy(b.values[:n], b.coeffs[:n])
		if e.rotateSkipped && t.log2 == 2 {
			rotate(b.values[:n])
		}
		if t.skipped {
			scaleSkipped(b.values[:n], uint(5+t.log2), shift)
		}
		if directed {
			accumulate(b.values[:n], t.log2, t.mode == modeVertical)
		}
	case t.c == 0 && t.log2 == 2:
		b.sine(shift)
	case b.single:
		b.flat(n, shift)
	default:
		b.cosine(t.log2, shift)
	}
	clear(b.coeffs[:(b.lastY+1)<<t.log2])
}

// rotate turns a block by half a circle (8.6.2, rotation).
func rotate(v []int32) {
	for i, j := 0, len(v)-1; i < j; i, j = i+1, j-1 {
		v[i], v[j] = v[j], v[i]
	}
}

// scaleSkipped scales what had no transform (8.6.4.2).
func scaleSkipped(v []int32, up, shift uint) {
	half := int32(1) << (shift - 1)
	for i := range v {
		v[i] = (v[i]<<up + half) >> shift
	}
}

// accumulate adds up the residual along its direction of prediction (8.6.8).
func accumulate(v []int32, log2 int, down bool) {
	n := 1 << log2
	for i := range v {
		if down && i >= n {
			v[i] += v[i-n]
		}
		if !down && i&(n-1) != 0 {
			v[i] += v[i-1]
		}
	}
}

// keepLuma keeps the residual of luma for that of chroma.
func (b *residual) keepLuma(log2 int) {
	n := 1 << (2 * log2)
	copy(b.luma[:n], b.values[:n])
}

// addCross adds a part of luma's residual to that of a chroma block (7.3.8.12,
// 8.6.6), which is zero where the block is not coded.
func (b *residual) addCross(log2, scale int, coded bool, depthY, depthC int) {
	n := 1 << (2 * log2)
	if !coded {
		clear(b.values[:n])
	}
	for i := range n {
		b.values[i] += int32(scale) * (b.luma[i] << depthC >> depthY) >> 3
	}
}

// clip16 holds a value between the passes to 16 bits (8.6.4.2).
func clip16(v int32) int32 { return min(max(v, -1<<15), 1<<15-1) }

// flat is cosine for a block with nothing but its lowest frequency.
func (b *residual) flat(n int, shift uint) {
	v := clip16((64*b.coeffs[0] + 64) >> 7)
	v = (64*v + 1<<(shift-1)) >> shift
	for i := range b.values[:n] {
		b.values[i] = v
	}
}

// sine is the inverse DST of 4×4 luma blocks (8.6.4.2, trType 1).
func (b *residual) sine(shift uint) {
	for x := range 4 {
		o := sine4(b.coeffs[x], b.coeffs[4+x], b.coeffs[8+x], b.coeffs[12+x])
		for y, v := range o {
			b.columns[4*y+x] = clip16((v + 64) >> 7)
		}
	}
	half := int32(1) << (shift - 1)
	for y := range 4 {
		r := b.columns[4*y:][:4]
		o := sine4(r[0], r[1], r[2], r[3])
		for x, v := range o {
			b.values[4*y+x] = (v + half) >> shift
		}
	}
}

// sine4 is one pass of the DST: the rows of its matrix are 29 55 74 84, 74 74 0
// −74, 84 −29 −74 55 and 55 −84 74 −29.
func sine4(a, b, c, d int32) [4]int32 {
	return [4]int32{
		29*a + 74*b + 84*c + 55*d,
		55*a + 74*b - 29*c - 84*d,
		74*a - 74*c + 74*d,
		84*a - 74*b + 55*c - 29*d,
	}
}

// cosine is the inverse DCT of a block (8.6.4.2): columns first, then rows. Only
// coefficients up to lastX and lastY are looked at.
func (b *residual) cosine(log2 int, shift uint) {
	n := 1 << log2
	var in, out [32]int32
	for x := range b.lastX + 1 {
		for y := range b.lastY + 1 {
			in[y&31] = b.coeffs[(y<<log2|x)&1023]
		}
		cosineLine(&in, &out, log2, b.lastY)
		for y := range n {
			b.columns[(y<<log2|x)&1023] = clip16((out[y&31] + 64) >> 7)
		}
	}
	half := int32(1) << (shift - 1)
	in = [32]int32{}
	for y := range n {
		copy(in[:], b.columns[y<<log2:][:b.lastX+1])
		cosineLine(&in, &out, log2, b.lastX)
		row := b.values[y<<log2:][:n]
		for x := range row {
			row[x] = (out[x&31] + half) >> shift
		}
	}
}

// cosineLine is one line of the inverse DCT, whose inputs after last are zero.
func cosineLine(in, out *[32]int32, log2, last int) {
	switch log2 {
	case 2:
		cosine4(in, out, 1)
	case 3:
		cosine8(in, out, 1)
	case 4:
		cosine16(in, out, 1, last)
	default:
		cosine32(in, out, last)
	}
}

// cosine4 transforms four inputs that stand step apart. A transform of 2n is
// that of n on the even inputs, plus and minus the odd inputs' share.
func cosine4(in, out *[32]int32, step int) {
	a, c := 64*in[0], 64*in[2*step&31]
	p, q := in[step&31], in[3*step&31]
	e0, e1 := a+c, a-c
	o0, o1 := 83*p+36*q, 36*p-83*q
	out[0], out[1], out[2], out[3] = e0+o0, e1+o1, e1-o1, e0-o0
}

func cosine8(in, out *[32]int32, step int) {
	cosine4(in, out, 2*step)
	a, b, c, d := in[step&31], in[3*step&31], in[5*step&31], in[7*step&31]
	o0 := 89*a + 75*b + 50*c + 18*d
	o1 := 75*a - 18*b - 89*c - 50*d
	o2 := 50*a - 89*b + 18*c + 75*d
	o3 := 18*a - 50*b + 75*c - 89*d
	e0, e1, e2, e3 := out[0], out[1], out[2], out[3]
	out[0], out[7] = e0+o0, e0-o0
	out[1], out[6] = e1+o1, e1-o1
	out[2], out[5] = e2+o2, e2-o2
	out[3], out[4] = e3+o3, e3-o3
}

func cosine16(in, out *[32]int32, step, last int) {
	cosine8(in, out, 2*step)
	var odd [8]int32
	for k := 1; k*step <= last; k += 2 {
		v := in[k*step&31]
		m := &odd16[k>>1&7]
		for i := range odd {
			odd[i] += v * m[i]
		}
	}
	for i, o := range odd {
		e := out[i]
		out[i], out[15-i] = e+o, e-o
	}
}

func cosine32(in, out *[32]int32, last int) {
	cosine16(in, out, 2, last)
	var odd [16]int32
	for k := 1; k <= last; k += 2 {
		v := in[k&31]
		m := &odd32[k>>1&15]
		for i := range odd {
			odd[i] += v * m[i]
		}
	}
	for i, o := range odd {
		e := out[i]
		out[i], out[31-i] = e+o, e-o
	}
}

// cosines are the entries of transMatrix (8.6.4.2): 64·√2·cos(jπ/64), rounded
// by hand for the standard, for j from 1 to 31. The one for j = 0 is 64, as for
// j = 16.
var cosines = [32]int32{
	64, 90, 90, 90, 89, 88, 87, 85, 83, 82, 80, 78, 75, 73, 70, 67,
	64, 61, 57, 54, 50, 46, 43, 38, 36, 31, 25, 22, 18, 13, 9, 4,
}

// cosineAt is the entry for any angle j.
func cosineAt(j int) int32 {
	j &= 127
	if j > 64 {
		j = 128 - j
	}
	switch {
	case j == 32:
		return 0
	case j > 32:
		return -cosines[64-j]
	}
	return cosines[j]
}

// odd32 and odd16 are the left halves of the matrix's odd rows for transforms
// of 32 and 16.
var (
	odd32 = oddRows32()
	odd16 = oddRows16()
)

func oddRows32() (m [16][16]int32) {
	for k := range m {
		for i := range m[k] {
			m[k][i] = cosineAt((2*i + 1) * (2*k + 1))
		}
	}
	return m
}

func oddRows16() (m [8][8]int32) {
	for k := range m {
		for i := range m[k] {
			m[k][i] = cosineAt((2*i + 1) * (2*k + 1) * 2)
		}
	}
	return m
}
