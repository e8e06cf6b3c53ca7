package webp

// block is 4×4 coefficients or differences, row by row.
type block [16]int32

// forward sets b to the discrete cosine transform of s - p, which inverse
// undoes: its constants are √2·cos(π/8) and √2·sin(π/8) over 2¹².
func (b *block) forward(s, p patch) {
	for i := range 4 {
		v, w := s[i>>1]>>(i&1*32), p[i>>1]>>(i&1*32)
		a, c := int32(v&255)-int32(w&255), int32(v>>8&255)-int32(w>>8&255)
		f, g := int32(v>>16&255)-int32(w>>16&255), int32(v>>24&255)-int32(w>>24&255)
		s0, s1, d0, d1 := a+g, c+f, a-g, c-f
		r := b[4*i:][:4]
		r[0], r[2] = (s0+s1)*8, (s0-s1)*8
		r[1] = (d1*2217 + d0*5352 + 256) >> 9
		r[3] = (d0*2217 - d1*5352 + 256) >> 9
	}
	for i := range 4 {
		s0, s1 := b[i]+b[12+i], b[4+i]+b[8+i]
		d0, d1 := b[i]-b[12+i], b[4+i]-b[8+i]
		b[i], b[8+i] = (s0+s1+8)>>4, (s0-s1+8)>>4
		b[4+i] = (d1*2217 + d0*5352 + 1<<15) >> 16
		b[12+i] = (d0*2217 - d1*5352 + 1<<15) >> 16
	}
}

// rebuild writes what the decoder will have: the prediction plus the inverse
// of b, of which all but the first coefficient are 0 if n, the number of its
// levels, is not above 1.
func (b *block) rebuild(dst []byte, stride int, pred patch, n int) {
	if n <= 1 {
		if d := int(b[0]+4) >> 3; d != 0 {
			d = max(-255, min(d, 255))
			for i := range pred {
				pred[i] = shifted(spread(low(pred[i])), d) | shifted(spread(pred[i]>>32), d)<<32
			}
		}
		pred.put(dst, stride)
		return
	}
	b.inverse()
	for i := range 4 {
		d, r, p := dst[i*stride:][:4], b[4*i:][:4], pred[i>>1]>>(i&1*32)
		d[0] = clamp(int(p&255) + int(r[0]))
		d[1] = clamp(int(p>>8&255) + int(r[1]))
		d[2] = clamp(int(p>>16&255) + int(r[2]))
		d[3] = clamp(int(p>>24&255) + int(r[3]))
	}
}

// inverse is section 14.3, to the bit.
func (b *block) inverse() {
	for i := range 4 {
		s, d := b[i]+b[8+i], b[i]-b[8+i]
		c := b[4+i]*35468>>16 - b[12+i] - b[12+i]*20091>>16
		e := b[4+i] + b[4+i]*20091>>16 + b[12+i]*35468>>16
		b[i], b[12+i], b[4+i], b[8+i] = s+e, s-e, d+c, d-c
	}
	for i := range 4 {
		r := b[4*i:][:4]
		s, d := r[0]+r[2]+4, r[0]-r[2]+4
		c := r[1]*35468>>16 - r[3] - r[3]*20091>>16
		e := r[1] + r[1]*20091>>16 + r[3]*35468>>16
		r[0], r[3], r[1], r[2] = (s+e)>>3, (s-e)>>3, (d+c)>>3, (d-c)>>3
	}
}

// hadamard is the Walsh-Hadamard transform of section 14.3 without its scale:
// done twice it multiplies by 16.
func (b *block) hadamard() {
	for i := range 4 {
		s0, s1 := b[i]+b[12+i], b[4+i]+b[8+i]
		d0, d1 := b[i]-b[12+i], b[4+i]-b[8+i]
		b[i], b[4+i], b[8+i], b[12+i] = s0+s1, d1+d0, s0-s1, d0-d1
	}
	for i := 0; i < 16; i += 4 {
		s0, s1 := b[i]+b[i+3], b[i+1]+b[i+2]
		d0, d1 := b[i]-b[i+3], b[i+1]-b[i+2]
		b[i], b[i+1], b[i+2], b[i+3] = s0+s1, d1+d0, s0-s1, d0-d1
	}
}

// steps are the quantizer of one kind of block: [0] for the first
// coefficient, [1] for the others.
type steps struct {
	step    [2]int32
	inverse [2]int32 // 2¹⁷/step
	round   [2]int32 // what is added before the division, over 2¹⁷
}

// newSteps takes the steps and the part of a step, in 1/256, from which on a
// coefficient is rounded up.
func newSteps(dc, ac, roundDC, roundAC int32) steps {
	return steps{
		step:    [2]int32{dc, ac},
		inverse: [2]int32{1 << 17 / dc, 1 << 17 / ac},
		round:   [2]int32{roundDC << 9, roundAC << 9},
	}
}

const maxLevel = 2047

// quantize turns coefficients from first on into levels in the order of
// writing, puts back into b what the decoder will make of them, and returns
// how many levels there are up to the last that is not 0.
func (s *steps) quantize(b *block, levels *[16]int16, first int) int {
	last := 0
	inverse, round, step := s.inverse[0], s.round[0], s.step[0]
	for i, at := range zigzag {
		if i >= first {
			at &= 15
			v := b[at]
			sign := v >> 31
			level := min((((v^sign)-sign)*inverse+round)>>17, maxLevel)
			if level != 0 {
				last = i + 1
			}
			level = (level ^ sign) - sign
			levels[i&15], b[at] = int16(level), level*step
		}
		inverse, round, step = s.inverse[1], s.round[1], s.step[1]
	}
	return last
}
