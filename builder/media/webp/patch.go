package webp

import "encoding/binary"

// patch is 4 × 4 pixels in two words: rows 0 and 1, rows 2 and 3, each row's
// first pixel in its lowest byte.
type patch [2]uint64

// A word has four lanes of 16 bits. Signed lanes are kept as one number,
// Σ laneᵢ·2¹⁶ⁱ: sums and differences of such words are right as they are, and
// only before lanes are taken apart something is added that makes each of them
// positive.
const (
	lanes    = 1 | 1<<16 | 1<<32 | 1<<48
	lowBytes = 0xff * lanes
	allBytes = 0x0101010101010101
	rowBytes = 0x01010101
)

// row returns four pixels.
func row(pix []byte) uint64 { return uint64(binary.LittleEndian.Uint32(pix)) }

// rows returns the patch that has these rows.
func rows(r0, r1, r2, r3 uint64) patch { return patch{r0 | r1<<32, r2 | r3<<32} }

// get reads a patch.
func get(pix []byte, stride int) patch {
	return rows(row(pix), row(pix[stride:]), row(pix[2*stride:]), row(pix[3*stride:]))
}

// put writes a patch.
func (p patch) put(pix []byte, stride int) {
	binary.LittleEndian.PutUint32(pix, uint32(p[0]))
	binary.LittleEndian.PutUint32(pix[stride:], uint32(p[0]>>32))
	binary.LittleEndian.PutUint32(pix[2*stride:], uint32(p[1]))
	binary.LittleEndian.PutUint32(pix[3*stride:], uint32(p[1]>>32))
}

// spread returns the four bytes of a row, each in a lane.
func spread(r uint64) uint64 {
	r = (r | r<<16) & 0x0000ffff0000ffff
	return (r | r<<8) & lowBytes
}

// gather undoes spread.
func gather(v uint64) uint64 {
	v = (v | v>>8) & 0x0000ffff0000ffff
	return (v | v>>16) & 0xffffffff
}

// shifted returns the row whose lanes are v, with d, which is -255 … 255, added
// to each pixel and the sum bounded to 0 … 255.
func shifted(v uint64, d int) uint64 {
	v += uint64(256+d) * lanes // what is within bounds is now 256 … 511
	return gather(v&(v>>8&lanes*0xff) | v>>9&lanes*0xff)
}

// difference returns the sum of the absolute values of the Walsh-Hadamard
// transform of a - b, which has neither scale nor rounding. Most of the
// encoder's time is spent here.
func difference(a, b patch) int {
	// neighbours in a row; the lanes are then pairs 0, 1 of two rows
	e0, o0 := a[0]&lowBytes-b[0]&lowBytes, a[0]>>8&lowBytes-b[0]>>8&lowBytes
	e1, o1 := a[1]&lowBytes-b[1]&lowBytes, a[1]>>8&lowBytes-b[1]>>8&lowBytes
	s0, d0, s1, d1 := e0+o0, e0-o0, e1+o1, e1-o1
	// rows two apart, rows one apart, pairs
	w0, w1 := halves(s0+s1+2048*lanes, s0-s1+2048*lanes)
	w2, w3 := halves(d0+d1+2048*lanes, d0-d1+2048*lanes)
	w0, w1 = pairs(w0, w1+4096*lanes)
	w2, w3 = pairs(w2, w3+4096*lanes)
	// each lane is now 4 · 8192 and the magnitudes of four values
	sum := magnitudes(w0) + magnitudes(w1+8192*lanes) + magnitudes(w2) + magnitudes(w3+8192*lanes)
	return int((sum - 4*8192*lanes) * lanes >> 48)
}

// halves adds and subtracts the upper lanes of each word to and from the lower.
func halves(a, b uint64) (sum, difference uint64) {
	x, y := a&0xffffffff|b<<32, a>>32|b&^0xffffffff
	return x + y, x - y
}

// pairs adds and subtracts the odd lanes of each word to and from the even.
func pairs(a, b uint64) (sum, difference uint64) {
	const even = 0x0000ffff0000ffff
	x, y := a&even|b&even<<16, a>>16&even|b&^even
	return x + y, x - y
}

// magnitudes takes lanes of 8192 + v, |v| < 8192, and returns 8192 + |v|.
func magnitudes(v uint64) uint64 {
	below := v>>13&lanes ^ lanes
	return v ^ below*0x3fff + below
}
