package webp

// Modes of a whole macroblock and of chroma, in the order of section 8.2.
const (
	dcPred = iota
	vPred
	hPred
	tmPred
	modes16
)

// Modes of a 4×4 block, in the order of modeProbs.
const (
	bDC = iota
	bTM
	bVE
	bHE
	bRD
	bVR
	bLD
	bVL
	bHD
	bHU
	modes4
)

// asBlockMode is the mode that a macroblock's mode counts as, next to 4×4
// blocks.
var asBlockMode = [modes16]uint8{dcPred: bDC, vPred: bVE, hPred: bHE, tmPred: bTM}

// channel is one channel of a frame, cut into whole macroblocks. The
// reconstruction has a border to its left and above: at is the index of the
// first pixel.
type channel struct {
	pix    []byte
	stride int
	at     int
}

// newChannel returns an empty channel of w × h pixels with the border that
// section 12.2 wants: 127 above, 129 to the left.
func newChannel(w, h int) channel {
	const left = 16
	c := channel{stride: w + 2*left, at: w + 3*left}
	c.pix = make([]byte, (h+1)*c.stride)
	for i := range c.stride {
		c.pix[i] = 127
	}
	for y := range h {
		c.pix[c.at+y*c.stride-1] = 129
	}
	return c
}

func (c channel) index(x, y int) int { return c.at + y*c.stride + x }

// surround is what a square of n × n pixels (16 for luma, 8 for chroma) is
// predicted from.
type surround struct {
	n       int
	top     [16]byte
	left    [16]byte
	corner  int
	mean    byte
	hasLeft bool
	hasTop  bool
}

// surround takes the pixels around the square whose first pixel is at.
func (c *channel) surround(s *surround, n, at int, hasLeft, hasTop bool) {
	s.n, s.hasLeft, s.hasTop = n, hasLeft, hasTop
	copy(s.top[:n], c.pix[at-c.stride:])
	for y := range s.left[:n] {
		s.left[y] = c.pix[at+y*c.stride-1]
	}
	s.corner = int(c.pix[at-c.stride-1])
	sum, count := 0, 0
	if hasTop {
		for _, v := range s.top[:n] {
			sum += int(v)
		}
		count += n
	}
	if hasLeft {
		for _, v := range s.left[:n] {
			sum += int(v)
		}
		count += n
	}
	s.mean = 128
	if count > 0 {
		s.mean = byte((sum + count/2) / count)
	}
}

// offers says whether a mode predicts from pixels of the picture, not from
// its border.
func (s *surround) offers(mode int) bool {
	return mode == dcPred || (mode == hPred || s.hasTop) && (mode == vPred || s.hasLeft)
}

// predict returns the prediction of the 4 × 4 pixels at x, y of the square
// (section 12.2).
func (s *surround) predict(mode, x, y int) patch {
	switch mode {
	case vPred:
		r := row(s.top[x:])
		return rows(r, r, r, r)
	case hPred:
		l := s.left[y:][:4]
		return rows(uint64(l[0])*rowBytes, uint64(l[1])*rowBytes, uint64(l[2])*rowBytes, uint64(l[3])*rowBytes)
	case tmPred:
		t, l := spread(row(s.top[x:])), s.left[y:][:4]
		return rows(shifted(t, int(l[0])-s.corner), shifted(t, int(l[1])-s.corner), shifted(t, int(l[2])-s.corner), shifted(t, int(l[3])-s.corner))
	}
	return patch{uint64(s.mean) * allBytes, uint64(s.mean) * allBytes}
}

// ring is what surrounds a 4 × 4 block: four pixels to the left from the
// bottom up, the corner, eight above; and their means.
type ring struct {
	pix   [13]byte
	mean2 [12]byte // of pixels i and i+1
	mean3 [16]byte // weighted, around pixel i; beyond either end its pixel counts again
}

// means sets the means of the ring's pixels.
func (r *ring) means() {
	before, at := uint(r.pix[0]), uint(r.pix[0])
	for i := range 12 {
		next := uint(r.pix[i+1])
		r.mean2[i] = byte((at + next + 1) >> 1)
		r.mean3[i] = byte((before + 2*at + next + 2) >> 2)
		before, at = at, next
	}
	r.mean3[12] = byte((before + 3*at + 2) >> 2)
}

// m2 and m3 return a mean as a row's first pixel.
func (r *ring) m2(i int) uint64 { return uint64(r.mean2[i]) }
func (r *ring) m3(i int) uint64 { return uint64(r.mean3[i]) }

// predict predicts 4 × 4 pixels (section 12.3).
func (r *ring) predict(mode int) patch {
	switch mode {
	case bDC:
		sum := uint64(4)
		for i := range 4 {
			sum += uint64(r.pix[i]) + uint64(r.pix[5+i])
		}
		sum >>= 3
		return patch{sum * allBytes, sum * allBytes}
	case bTM:
		t, corner := spread(row(r.pix[5:])), int(r.pix[4])
		return rows(shifted(t, int(r.pix[3])-corner), shifted(t, int(r.pix[2])-corner), shifted(t, int(r.pix[1])-corner), shifted(t, int(r.pix[0])-corner))
	case bVE:
		v := row(r.mean3[5:])
		return rows(v, v, v, v)
	case bHE:
		return rows(r.m3(3)*rowBytes, r.m3(2)*rowBytes, r.m3(1)*rowBytes, r.m3(0)*rowBytes)
	case bRD:
		return rows(row(r.mean3[4:]), row(r.mean3[3:]), row(r.mean3[2:]), row(r.mean3[1:]))
	case bLD:
		return rows(row(r.mean3[6:]), row(r.mean3[7:]), row(r.mean3[8:]), row(r.mean3[9:]))
	case bVR:
		a, b := row(r.mean2[4:]), row(r.mean3[4:])
		return rows(a, b, low(a<<8|r.m3(3)), low(b<<8|r.m3(2)))
	case bVL:
		a, b := row(r.mean2[5:]), row(r.mean3[6:])
		return rows(a, b, a>>8|r.m3(10)<<24, b>>8|r.m3(11)<<24)
	case bHD:
		a := low(row(r.mean3[4:])<<8 | r.m2(3))
		b := low(a<<16 | r.m3(3)<<8 | r.m2(2))
		c := low(b<<16 | r.m3(2)<<8 | r.m2(1))
		return rows(a, b, c, low(c<<16|r.m3(1)<<8|r.m2(0)))
	}
	last := uint64(r.pix[0]) // bHU
	a := r.m2(2) | r.m3(2)<<8 | r.m2(1)<<16 | r.m3(1)<<24
	b := a>>16 | r.m2(0)<<16 | r.m3(0)<<24
	return rows(a, b, b>>16|last<<16|last<<24, last*rowBytes)
}

// low returns the lowest four bytes.
func low(v uint64) uint64 { return v & 0xffffffff }

func fill(b []byte, v byte) {
	for i := range b {
		b[i] = v
	}
}

func clamp(v int) byte {
	if uint(v) <= 255 {
		return byte(v)
	}
	if v < 0 {
		return 0
	}
	return 255
}
