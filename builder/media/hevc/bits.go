package hevc

import "math/bits"

// bitReader reads the fixed and Exp-Golomb codes of parameter sets and slice
// headers (H.265, 7.2 and 9.2) from a raw byte sequence payload. Past the end
// it gives zeros and remembers that it did.
type bitReader struct {
	data  []byte
	pos   int // in bits
	short bool
}

// left is the number of bits not read yet.
func (r *bitReader) left() int { return len(r.data)*8 - r.pos }

// u reads n bits, most significant first; n is at most 32.
func (r *bitReader) u(n int) uint32 {
	if r.left() < n {
		r.pos = len(r.data) * 8
		r.short = true
		return 0
	}
	var v uint64
	for i := r.pos >> 3; i <= (r.pos+n-1)>>3; i++ {
		v = v<<8 | uint64(r.data[i])
	}
	end := r.pos + n
	r.pos = end
	v >>= uint(-end & 7)
	return uint32(v & (1<<uint(n) - 1))
}

func (r *bitReader) flag() bool { return r.u(1) == 1 }

// skip passes over n bits.
func (r *bitReader) skip(n int) {
	if n < 0 || n > r.left() {
		r.pos = len(r.data) * 8
		r.short = true
		return
	}
	r.pos += n
}

// ue reads an unsigned Exp-Golomb code (9.2). More than 31 leading zeros are
// not in any stream and count as missing data.
func (r *bitReader) ue() uint32 {
	zeros := 0
	for r.u(1) == 0 {
		if zeros++; zeros > 31 || r.short {
			r.short = true
			return 0
		}
	}
	return 1<<uint(zeros) - 1 + r.u(zeros)
}

// se reads a signed Exp-Golomb code (9.2.2).
func (r *bitReader) se() int {
	k := r.ue()
	if k&1 == 1 {
		return int(k>>1) + 1
	}
	return -int(k >> 1)
}

// ceilLog2 is the number of bits that tell n values apart.
func ceilLog2(n int) int {
	if n <= 1 {
		return 0
	}
	return bits.Len(uint(n - 1))
}
