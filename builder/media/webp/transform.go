package webp

// block is 4×4 coefficients or differences, row by row.
type block [16]int32

// forward is the discrete cosine transform that inverse undoes: its constants
// are √2·cos(π/8) and √2·sin(π/8) over 2¹².
func (b *block) forward() {
	for i := 0; i < 16; i += 4 {
		s0, s1 := b[i]+b[i+3], b[i+1]+b[i+2]
		d0, d1 := b[i]-b[i+3], b[i+1]-b[i+2]
		b[i], b[i+2] = (s0+s1)*8, (s0-s1)*8
		b[i+1] = (d1*2217 + d0*5352 + 256) >> 9
		b[i+3] = (d0*2217 - d1*5352 + 256) >> 9
	}
	for i := range 4 {
		s0, s1 := b[i]+b[12+i], b[4+i]+b[8+i]
		d0, d1 := b[i]-b[12+i], b[4+i]-b[8+i]
		b[i], b[8+i] = (s0+s1+8)>>4, (s0-s1+8)>>4
		b[4+i] = (d1*2217 + d0*5352 + 1<<15) >> 16
		b[12+i] = (d0*2217 - d1*5352 + 1<<15) >> 16
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
	for i := 0; i < 16; i += 4 {
		s, d := b[i]+b[i+2], b[i]-b[i+2]
		c := b[i+1]*35468>>16 - b[i+3] - b[i+3]*20091>>16
		e := b[i+1] + b[i+1]*20091>>16 + b[i+3]*35468>>16
		b[i], b[i+3] = (s+e+4)>>3, (s-e+4)>>3
		b[i+1], b[i+2] = (d+c+4)>>3, (d-c+4)>>3
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

// difference returns the sum of the absolute values that hadamard makes of
// the difference of 4×4 pixels. Most of the encoder's time is spent here.
func difference(src []byte, ss int, pred []byte, ps int) int {
	s0, s1, s2, s3 := src[:4], src[ss:][:4], src[2*ss:][:4], src[3*ss:][:4]
	p0, p1, p2, p3 := pred[:4], pred[ps:][:4], pred[2*ps:][:4], pred[3*ps:][:4]
	var t [16]int32
	for i := range 4 {
		a, b := int32(s0[i])-int32(p0[i]), int32(s1[i])-int32(p1[i])
		c, d := int32(s2[i])-int32(p2[i]), int32(s3[i])-int32(p3[i])
		t[i], t[4+i], t[8+i], t[12+i] = a+d+b+c, a-d+b-c, a+d-b-c, a-d-b+c
	}
	sum := int32(0)
	for i := 0; i < 16; i += 4 {
		a, b, c, d := t[i]+t[i+3], t[i+1]+t[i+2], t[i]-t[i+3], t[i+1]-t[i+2]
		sum += abs(a+b) + abs(a-b) + abs(c+d) + abs(c-d)
	}
	return int(sum)
}

func abs(v int32) int32 {
	sign := v >> 31
	return (v ^ sign) - sign
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
	n := 0
	for i := first; i < 16; i++ {
		at := zigzag[i]
		k := min(at, 1)
		v := b[at]
		sign := v >> 31
		level := min((((v^sign)-sign)*s.inverse[k]+s.round[k])>>17, maxLevel)
		if level == 0 {
			levels[i], b[at] = 0, 0
			continue
		}
		n = i + 1
		level = (level ^ sign) - sign
		levels[i], b[at] = int16(level), level*s.step[k]
	}
	return n
}
