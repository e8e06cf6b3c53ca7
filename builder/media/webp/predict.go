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

// predictSquare predicts n × n pixels (16 for luma, 8 for chroma) into dst,
// whose rows are n long, from the channel's pixels around index at.
func predictSquare(dst []byte, n int, c channel, at, mode int, hasLeft, hasTop bool) {
	top := c.pix[at-c.stride:][:n]
	switch mode {
	case dcPred:
		fill(dst[:n*n], squareMean(n, c, at, hasLeft, hasTop))
	case vPred:
		for y := range n {
			copy(dst[y*n:][:n], top)
		}
	case hPred:
		for y := range n {
			fill(dst[y*n:][:n], c.pix[at+y*c.stride-1])
		}
	case tmPred:
		corner := int(c.pix[at-c.stride-1])
		for y := range n {
			d := int(c.pix[at+y*c.stride-1]) - corner
			row := dst[y*n:][:n]
			for x, t := range top {
				row[x] = clamp(int(t) + d)
			}
		}
	}
}

func squareMean(n int, c channel, at int, hasLeft, hasTop bool) byte {
	sum, count := 0, 0
	if hasTop {
		for _, t := range c.pix[at-c.stride:][:n] {
			sum += int(t)
		}
		count += n
	}
	if hasLeft {
		for y := range n {
			sum += int(c.pix[at+y*c.stride-1])
		}
		count += n
	}
	if count == 0 {
		return 128
	}
	return byte((sum + count/2) / count)
}

// edge is what surrounds a 4×4 block: four pixels to the left from the bottom
// up, the corner, eight above.
type edge [13]int

// predictBlock predicts 4×4 pixels (section 12.3).
func predictBlock(dst *[16]byte, mode int, e *edge) {
	switch mode {
	case bDC:
		sum := 4
		for i := range 4 {
			sum += e[i] + e[5+i]
		}
		fill(dst[:], byte(sum>>3))
	case bTM:
		for y := range 4 {
			d := e[3-y] - e[4]
			for x := range 4 {
				dst[4*y+x] = clamp(e[5+x] + d)
			}
		}
	case bVE:
		for x := range 4 {
			v := e.mean3(5 + x)
			dst[x], dst[4+x], dst[8+x], dst[12+x] = v, v, v, v
		}
	case bHE:
		fill(dst[0:4], e.mean3(3))
		fill(dst[4:8], e.mean3(2))
		fill(dst[8:12], e.mean3(1))
		fill(dst[12:], byte((e[1]+3*e[0]+2)>>2))
	case bRD:
		for y := range 4 {
			for x := range 4 {
				dst[4*y+x] = e.mean3(4 - y + x)
			}
		}
	case bLD:
		for y := range 4 {
			for x := range 4 {
				dst[4*y+x] = e.mean3(min(6+y+x, 11))
			}
		}
		dst[15] = byte((e[11] + 3*e[12] + 2) >> 2)
	case bVR:
		predictVR(dst, e)
	case bVL:
		predictVL(dst, e)
	case bHD:
		predictHD(dst, e)
	case bHU:
		predictHU(dst, e)
	}
}

func predictVR(d *[16]byte, e *edge) {
	d[12] = e.mean3(2)
	d[8] = e.mean3(3)
	d[13], d[4] = e.twice(e.mean3(4))
	d[9], d[0] = e.twice(e.mean2(4))
	d[14], d[5] = e.twice(e.mean3(5))
	d[10], d[1] = e.twice(e.mean2(5))
	d[15], d[6] = e.twice(e.mean3(6))
	d[11], d[2] = e.twice(e.mean2(6))
	d[7] = e.mean3(7)
	d[3] = e.mean2(7)
}

func predictVL(d *[16]byte, e *edge) {
	d[0] = e.mean2(5)
	d[4] = e.mean3(6)
	d[8], d[1] = e.twice(e.mean2(6))
	d[5], d[12] = e.twice(e.mean3(7))
	d[9], d[2] = e.twice(e.mean2(7))
	d[13], d[6] = e.twice(e.mean3(8))
	d[10], d[3] = e.twice(e.mean2(8))
	d[14], d[7] = e.twice(e.mean3(9))
	d[11] = e.mean3(10)
	d[15] = e.mean3(11)
}

func predictHD(d *[16]byte, e *edge) {
	d[12] = e.mean2(0)
	d[13] = e.mean3(1)
	d[8], d[14] = e.twice(e.mean2(1))
	d[9], d[15] = e.twice(e.mean3(2))
	d[10], d[4] = e.twice(e.mean2(2))
	d[11], d[5] = e.twice(e.mean3(3))
	d[6], d[0] = e.twice(e.mean2(3))
	d[7], d[1] = e.twice(e.mean3(4))
	d[2] = e.mean3(5)
	d[3] = e.mean3(6)
}

func predictHU(d *[16]byte, e *edge) {
	last := byte(e[0])
	d[0] = e.mean2(2)
	d[1] = e.mean3(2)
	d[2], d[4] = e.twice(e.mean2(1))
	d[3], d[5] = e.twice(e.mean3(1))
	d[6], d[8] = e.twice(e.mean2(0))
	d[7], d[9] = e.twice(byte((e[1] + 3*e[0] + 2) >> 2))
	fill(d[10:12], last)
	fill(d[12:], last)
}

// mean3 is the weighted mean around edge pixel i.
func (e *edge) mean3(i int) byte { return byte((e[i-1] + 2*e[i] + e[i+1] + 2) >> 2) }

// mean2 is the mean of edge pixels i and i+1.
func (e *edge) mean2(i int) byte { return byte((e[i] + e[i+1] + 1) >> 1) }

func (e *edge) twice(v byte) (byte, byte) { return v, v }

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
