package webp

// luma decides how a macroblock's luma is predicted, and leaves its levels
// and the reconstruction.
func (e *encoder) predictLuma(mb *macroblock, l *levels, x, y int) {
	var whole [256]byte
	mode, cost := e.bestSquare(&whole, x, y)
	mb.mode = uint8(mode)
	if cost > e.lambda*24 { // else there is nothing to be won by 4×4 blocks
		if e.splitLuma(mb, l, x, y, cost) {
			return
		}
	}
	mb.split = false
	e.wholeLuma(l, whole[:], x, y)
}

// Prices of saying the modes of a macroblock and of its chroma, in bits; from
// the probabilities of section 11.2.
var (
	squarePrice = [modes16]int{dcPred: 3, vPred: 3, hPred: 3, tmPred: 3}
	chromaPrice = [modes16]int{dcPred: 1, vPred: 2, hPred: 3, tmPred: 4}
)

const splitPrice = 1

// bestSquare returns the best mode for the macroblock as one square, its cost
// and, in dst, its prediction.
func (e *encoder) bestSquare(dst *[256]byte, x, y int) (mode, cost int) {
	var try [256]byte
	at := e.result[0].index(16*x, 16*y)
	cost = -1
	for m := range modes16 {
		if m == vPred && y == 0 || m == hPred && x == 0 || m == tmPred && (x == 0 || y == 0) {
			continue // a border is no prediction
		}
		predictSquare(try[:], 16, e.result[0], at, m, x > 0, y > 0)
		c := e.lambda * squarePrice[m]
		for i := range 16 {
			c += e.difference(0, 16*x+i&3*4, 16*y+i>>2*4, try[i>>2*64+i&3*4:], 16)
		}
		if cost < 0 || c < cost {
			mode, cost = m, c
			*dst = try
		}
	}
	return mode, cost
}

// difference returns the sum of the transformed differences between 4×4
// pixels of the source and a prediction.
func (e *encoder) difference(ch, x, y int, pred []byte, stride int) int {
	s := &e.source[ch]
	return difference(s.pix[y*s.stride+x:], s.stride, pred, stride)
}

// subtract sets b to the difference of 4×4 pixels.
func subtract(b *block, src []byte, ss int, pred []byte, ps int) {
	for y := range 4 {
		s, p := src[y*ss:][:4], pred[y*ps:][:4]
		b[4*y] = int32(s[0]) - int32(p[0])
		b[4*y+1] = int32(s[1]) - int32(p[1])
		b[4*y+2] = int32(s[2]) - int32(p[2])
		b[4*y+3] = int32(s[3]) - int32(p[3])
	}
}

// add sets 4×4 pixels to a prediction plus b.
func add(dst []byte, ds int, pred []byte, ps int, b *block) {
	for y := range 4 {
		d, p := dst[y*ds:][:4], pred[y*ps:][:4]
		for x := range 4 {
			d[x] = clamp(int(p[x]) + int(b[4*y+x]))
		}
	}
}

// wholeLuma transforms and quantizes luma with the second transform of the
// blocks' first coefficients.
func (e *encoder) wholeLuma(l *levels, pred []byte, x, y int) {
	var blocks [16]block
	var second block
	s := &e.source[0]
	for i := range blocks {
		b := &blocks[i]
		subtract(b, s.pix[(16*y+i>>2*4)*s.stride+16*x+i&3*4:], s.stride, pred[i>>2*64+i&3*4:], 16)
		b.forward()
		second[i] = b[0]
		l.n[i] = e.luma.quantize(b, &l.v[i], 1)
	}
	second.hadamard()
	for i := range second {
		second[i] = (second[i] + 1) >> 1
	}
	l.n[24] = e.luma2.quantize(&second, &l.v[24], 0)
	second.hadamard()
	r := &e.result[0]
	for i := range blocks {
		b := &blocks[i]
		b[0] = (second[i] + 3) >> 3
		b.inverse()
		add(r.pix[r.index(16*x+i&3*4, 16*y+i>>2*4):], r.stride, pred[i>>2*64+i&3*4:], 16, b)
	}
}

// splitLuma predicts luma by 4×4 blocks and says whether that costs less than
// limit. Where it does not, levels and reconstruction are to be made anew.
func (e *encoder) splitLuma(mb *macroblock, l *levels, x, y, limit int) bool {
	total := e.lambda * splitPrice
	top, left := [4]uint8(e.aboveModes[4*x:]), e.leftModes
	for i := range 16 {
		bx, by := i&3, i>>2
		var ring edge
		e.ring(&ring, x, y, bx, by)
		mode, cost := e.bestBlock(l, &ring, i, 16*x+4*bx, 16*y+4*by, top[bx], left[by])
		if total += cost; total >= limit {
			return false
		}
		mb.modes[i], top[bx], left[by] = mode, mode, mode
	}
	mb.split = true
	l.n[24] = 0
	return true
}

// ring takes the pixels around a 4×4 block. Those above and to the right come
// from the row above the macroblock for all blocks in its last column.
func (e *encoder) ring(ring *edge, x, y, bx, by int) {
	r := &e.result[0]
	at := r.index(16*x+4*bx, 16*y+4*by)
	for i := range 4 {
		ring[i] = int(r.pix[at+(3-i)*r.stride-1])
	}
	above := r.pix[at-r.stride-1:][:9]
	for i, v := range above[:5] {
		ring[4+i] = int(v)
	}
	right := above[5:]
	if bx == 3 && by > 0 {
		right = r.pix[r.index(16*x+16, 16*y-1):][:4]
	}
	for i, v := range right {
		ring[9+i] = int(v)
	}
}

// bestBlock predicts, quantizes and reconstructs one 4×4 block by the best of
// the ten modes.
func (e *encoder) bestBlock(l *levels, ring *edge, i, x, y int, top, left uint8) (uint8, int) {
	var try, pred [16]byte
	best, cost := 0, -1
	prices := e.modePrice[(int(top)*modes4+int(left))*modes4:][:modes4]
	for m := range modes4 {
		c := e.lambda * int(prices[m]) >> 8
		if cost >= 0 && c >= cost {
			continue
		}
		predictBlock(&try, m, ring)
		c += e.difference(0, x, y, try[:], 4)
		if cost < 0 || c < cost {
			best, cost, pred = m, c, try
		}
	}
	var b block
	s, r := &e.source[0], &e.result[0]
	subtract(&b, s.pix[y*s.stride+x:], s.stride, pred[:], 4)
	b.forward()
	l.n[i] = e.luma.quantize(&b, &l.v[i], 0)
	b.inverse()
	add(r.pix[r.index(x, y):], r.stride, pred[:], 4, &b)
	return uint8(best), cost
}

// chroma decides how both channels of chroma are predicted, and leaves their
// levels and reconstruction.
func (e *encoder) predictChroma(mb *macroblock, l *levels, x, y int) {
	var try, pred [2][64]byte
	cost := -1
	for m := range modes16 {
		if m == vPred && y == 0 || m == hPred && x == 0 || m == tmPred && (x == 0 || y == 0) {
			continue
		}
		c := e.lambda * chromaPrice[m]
		for k := range 2 {
			r := e.result[1+k]
			predictSquare(try[k][:], 8, r, r.index(8*x, 8*y), m, x > 0, y > 0)
			for i := range 4 {
				c += e.difference(1+k, 8*x+i&1*4, 8*y+i>>1*4, try[k][i>>1*32+i&1*4:], 8)
			}
		}
		if cost < 0 || c < cost {
			mb.chroma, cost, pred = uint8(m), c, try
		}
	}
	for i := range 8 {
		k, bx, by := i>>2, i&1*4, i>>1&1*4
		s, r := &e.source[1+k], &e.result[1+k]
		p := pred[k][by*8+bx:]
		var b block
		subtract(&b, s.pix[(8*y+by)*s.stride+8*x+bx:], s.stride, p, 8)
		b.forward()
		l.n[16+i] = e.colour.quantize(&b, &l.v[16+i], 0)
		b.inverse()
		add(r.pix[r.index(8*x+bx, 8*y+by):], r.stride, p, 8, &b)
	}
}

// writeModes writes the modes of all macroblocks (section 11).
func (e *encoder) writeModes(c *coder, skip uint32) {
	clear(e.aboveModes)
	for i := range e.blocks {
		x, mb := i%e.mbw, &e.blocks[i]
		if x == 0 {
			e.leftModes = [4]uint8{}
		}
		bit := uint32(0)
		if mb.skip {
			bit = 1
		}
		c.put(bit, skip)
		top := e.aboveModes[4*x:][:4]
		if mb.split {
			c.put(0, 145)
			for k, m := range mb.modes {
				putMode(c, m, top[k&3], e.leftModes[k>>2])
				top[k&3], e.leftModes[k>>2] = m, m
			}
		} else {
			c.put(1, 145)
			m := uint32(mb.mode)
			c.put(m>>1, 156)
			c.put(m&1, [2]uint32{163, 128}[m>>1])
			fill(top, asBlockMode[m])
			fill(e.leftModes[:], asBlockMode[m])
		}
		for k, prob := range [3]uint32{142, 114, 183} { // a chain: each mode ends it or goes on
			if int(mb.chroma) == k {
				c.put(0, prob)
				break
			}
			c.put(1, prob)
		}
	}
}

// modePaths are the ways through the tree of 4×4 modes (section 11.2): pairs
// of node and bit.
var modePaths = [modes4][]uint8{
	bDC: {0, 0},
	bTM: {0, 1, 1, 0},
	bVE: {0, 1, 1, 1, 2, 0},
	bHE: {0, 1, 1, 1, 2, 1, 3, 0, 4, 0},
	bRD: {0, 1, 1, 1, 2, 1, 3, 0, 4, 1, 5, 0},
	bVR: {0, 1, 1, 1, 2, 1, 3, 0, 4, 1, 5, 1},
	bLD: {0, 1, 1, 1, 2, 1, 3, 1, 6, 0},
	bVL: {0, 1, 1, 1, 2, 1, 3, 1, 6, 1, 7, 0},
	bHD: {0, 1, 1, 1, 2, 1, 3, 1, 6, 1, 7, 1, 8, 0},
	bHU: {0, 1, 1, 1, 2, 1, 3, 1, 6, 1, 7, 1, 8, 1},
}

func putMode(c *coder, mode, top, left uint8) {
	p := modeProbs[(int(top)*modes4+int(left))*9:][:9]
	path := modePaths[mode]
	for i := 0; i < len(path); i += 2 {
		c.put(uint32(path[i+1]), uint32(p[path[i]]))
	}
}

// modePrices returns what each 4×4 mode costs between each two neighbours, in
// 1/256 bits.
func modePrices() []uint16 {
	price := prices()
	out := make([]uint16, 0, modes4*modes4*modes4)
	for around := range modes4 * modes4 {
		p := modeProbs[around*9:][:9]
		for _, path := range modePaths {
			sum := int64(0)
			for i := 0; i < len(path); i += 2 {
				prob := int(p[path[i]])
				if path[i+1] == 1 {
					prob = 256 - prob
				}
				sum += price[prob]
			}
			out = append(out, uint16(sum))
		}
	}
	return out
}
