package webp

// Prices of saying the modes of a macroblock and of its chroma, in bits; from
// the probabilities of section 11.2.
var (
	squarePrice = [modes16]int{dcPred: 3, vPred: 3, hPred: 3, tmPred: 3}
	chromaPrice = [modes16]int{dcPred: 1, vPred: 2, hPred: 3, tmPred: 4}
)

const splitPrice = 1

// predictLuma decides how a macroblock's luma is predicted, and leaves its
// levels and the reconstruction.
func (e *encoder) predictLuma(mb *macroblock, l *levels, x, y int) {
	s := &e.source[0]
	for i := range e.target[:16] {
		e.target[i] = get(s.pix[i>>2*4*s.stride+16*x+i&3*4:], s.stride)
	}
	var around surround
	e.result[0].surround(&around, 16, e.result[0].index(16*x, 16*y), x > 0, y > 0)
	mode, cost := e.bestSquare(&around)
	mb.mode = uint8(mode)
	if cost > e.lambda*24 { // else there is nothing to be won by 4×4 blocks
		if e.splitLuma(mb, l, x, y, cost) {
			return
		}
	}
	mb.split = false
	e.wholeLuma(l, &around, mode, x, y)
}

// bestSquare returns the best mode for the macroblock as one square and its
// cost.
func (e *encoder) bestSquare(around *surround) (mode, cost int) {
	cost = 1 << 30
	for m := range modes16 {
		if !around.offers(m) {
			continue
		}
		c := e.lambda * squarePrice[m]
		for i := 0; i < 16 && c < cost; i++ {
			c += difference(e.target[i], around.predict(m, i&3*4, i>>2*4))
		}
		if c < cost {
			mode, cost = m, c
		}
	}
	return mode, cost
}

// wholeLuma transforms and quantizes luma with the second transform of the
// blocks' first coefficients.
func (e *encoder) wholeLuma(l *levels, around *surround, mode, x, y int) {
	var blocks [16]block
	var pred [16]patch
	var second block
	for i := range blocks {
		b := &blocks[i]
		pred[i] = around.predict(mode, i&3*4, i>>2*4)
		b.forward(e.target[i], pred[i])
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
		b.rebuild(r.pix[r.index(16*x+i&3*4, 16*y+i>>2*4):], r.stride, pred[i], l.n[i])
	}
}

// splitLuma predicts luma by 4×4 blocks and says whether that costs less than
// limit. Where it does not, levels and reconstruction are to be made anew.
func (e *encoder) splitLuma(mb *macroblock, l *levels, x, y, limit int) bool {
	total := e.lambda * splitPrice
	top, left := [4]uint8(e.aboveModes[4*x:]), e.leftModes
	r := &e.result[0]
	var around ring
	for i := range 16 {
		bx, by := i&3, i>>2
		e.ring(&around, x, y, bx, by)
		mode, pred, cost := e.bestBlock(&around, e.target[i], top[bx], left[by])
		if total += cost; total >= limit {
			return false
		}
		var b block
		b.forward(e.target[i], pred)
		l.n[i] = e.luma.quantize(&b, &l.v[i], 0)
		b.rebuild(r.pix[r.index(16*x+4*bx, 16*y+4*by):], r.stride, pred, l.n[i])
		mb.modes[i], top[bx], left[by] = mode, mode, mode
	}
	mb.split = true
	l.n[24] = 0
	return true
}

// ring takes the pixels around a 4×4 block. Those above and to the right come
// from the row above the macroblock for all blocks in its last column.
func (e *encoder) ring(around *ring, x, y, bx, by int) {
	r := &e.result[0]
	at := r.index(16*x+4*bx, 16*y+4*by)
	for i := range 4 {
		around.pix[i] = r.pix[at+(3-i)*r.stride-1]
	}
	copy(around.pix[4:], r.pix[at-r.stride-1:][:9])
	if bx == 3 && by > 0 {
		copy(around.pix[9:], r.pix[r.index(16*x+16, 16*y-1):][:4])
	}
	around.means()
}

// oblique are the modes that are tried besides the four plain ones, by which of
// those is the best: those that lean towards it.
var oblique = [4][]uint8{
	bDC: {bRD, bLD},
	bTM: {bRD, bVR, bHD},
	bVE: {bVR, bVL, bLD},
	bHE: {bHD, bHU},
}

// bestBlock returns the best mode for one 4×4 block, its prediction and its
// cost.
func (e *encoder) bestBlock(around *ring, target patch, top, left uint8) (best uint8, pred patch, cost int) {
	cost = 1 << 30
	prices := e.modePrice[(int(top)*modes4+int(left))*modes4:][:modes4]
	try := func(m uint8) {
		c := e.lambda * int(prices[m]) >> 8
		if c >= cost {
			return
		}
		p := around.predict(int(m))
		if c += difference(target, p); c < cost {
			best, pred, cost = m, p, c
		}
	}
	for m := range oblique {
		try(uint8(m))
	}
	if cost > e.lambda*4 { // else there is nothing to be won
		for _, m := range oblique[best] {
			try(m)
		}
	}
	return best, pred, cost
}

// predictChroma decides how both channels of chroma are predicted, and leaves
// their levels and reconstruction.
func (e *encoder) predictChroma(mb *macroblock, l *levels, x, y int) {
	var around [2]surround
	target := e.target[16:]
	for k := range 2 {
		s, r := &e.source[1+k], &e.result[1+k]
		r.surround(&around[k], 8, r.index(8*x, 8*y), x > 0, y > 0)
		for i := range 4 {
			target[4*k+i] = get(s.pix[i>>1*4*s.stride+8*x+i&1*4:], s.stride)
		}
	}
	cost := 1 << 30
	for m := range modes16 {
		if !around[0].offers(m) {
			continue
		}
		c := e.lambda * chromaPrice[m]
		for i := 0; i < 8 && c < cost; i++ {
			c += difference(target[i], around[i>>2].predict(m, i&1*4, i>>1&1*4))
		}
		if c < cost {
			mb.chroma, cost = uint8(m), c
		}
	}
	for i := range 8 {
		k, bx, by := i>>2, i&1*4, i>>1&1*4
		pred := around[k].predict(int(mb.chroma), bx, by)
		var b block
		b.forward(target[i], pred)
		l.n[16+i] = e.colour.quantize(&b, &l.v[16+i], 0)
		r := &e.result[1+k]
		b.rebuild(r.pix[r.index(8*x+bx, 8*y+by):], r.stride, pred, l.n[16+i])
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
