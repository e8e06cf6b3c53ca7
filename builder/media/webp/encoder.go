package webp

import "image"

// encoder holds one picture while it is written.
type encoder struct {
	w, h     int // in pixels
	mbw, mbh int // in macroblocks
	q        int // quantizer index

	unfiltered bool // for tests: the reconstruction is then what a decoder shows

	picture *image.YCbCr
	lumaMap *[256]byte // to video range
	uvMap   *[256]byte
	source  [3]channel // what is to be shown of the row of macroblocks at hand
	result  [3]channel // what the decoder will have, before its loop filter

	luma, luma2, colour steps
	lambda              int // price of a bit against the sum of transformed differences
	modePrice           []uint16

	target [24]patch // of the macroblock at hand: luma, both of chroma

	tokens []token
	probs  [probs]uint8
	blocks []macroblock

	// Which blocks have levels, above by column and to the left: four of luma,
	// two each of chroma, one of the second transform.
	above []marks
	left  marks
	// Modes of the 4×4 blocks above, by column, and to the left.
	aboveModes []uint8
	leftModes  [4]uint8
}

type marks [9]uint8

// macroblock is what has been decided of one.
type macroblock struct {
	split  bool // predicted by 4×4 blocks
	skip   bool // has no levels at all
	mode   uint8
	chroma uint8
	modes  [16]uint8
}

func newEncoder(m *image.YCbCr, q int) *encoder {
	e := &encoder{w: m.Rect.Dx(), h: m.Rect.Dy(), q: q, probs: defaultProbs}
	e.mbw, e.mbh = (e.w+15)/16, (e.h+15)/16
	e.picture, e.lumaMap, e.uvMap = m, lumaRange(), chromaRange()
	for i, n := range [3]int{16, 8, 8} {
		e.source[i] = channel{pix: make([]byte, n*n*e.mbw), stride: n * e.mbw}
	}
	e.result[0] = newChannel(16*e.mbw, 16*e.mbh)
	e.result[1] = newChannel(8*e.mbw, 8*e.mbh)
	e.result[2] = newChannel(8*e.mbw, 8*e.mbh)

	dc, ac := int32(dcSteps[q]), int32(acSteps[q])
	e.luma = newSteps(dc, ac, 90, 117)
	e.luma2 = newSteps(2*dc, max(ac*155/100, 8), 90, 108)
	e.colour = newSteps(min(dc, 132), ac, 110, 110)
	e.lambda = max(int(ac)/2, 1)
	e.modePrice = modePrices()

	e.blocks = make([]macroblock, e.mbw*e.mbh)
	e.above = make([]marks, e.mbw)
	e.aboveModes = make([]uint8, 4*e.mbw)
	e.tokens = make([]token, 0, e.w*e.h)
	return e
}

// take sets the source to row y of macroblocks.
func (e *encoder) take(y int) {
	m := e.picture
	cw, ch := (e.w+1)/2, (e.h+1)/2
	e.source[0].take(m.Y, m.YStride, e.w, e.h, 16*y, e.lumaMap)
	e.source[1].take(m.Cb, m.CStride, cw, ch, 8*y, e.uvMap)
	e.source[2].take(m.Cr, m.CStride, cw, ch, 8*y, e.uvMap)
}

// take copies rows from top on, mapped by a table. The picture's last row and
// column are repeated up to whole macroblocks.
func (c *channel) take(pix []byte, stride, w, h, top int, table *[256]byte) {
	for y := range len(c.pix) / c.stride {
		row := c.pix[y*c.stride:][:c.stride]
		for x, v := range pix[min(top+y, h-1)*stride:][:w] {
			row[x] = table[v]
		}
		fill(row[w:], row[w-1])
	}
}

// lumaRange and chromaRange map JFIF's full range to the video range of VP8.
func lumaRange() *[256]byte {
	var t [256]byte
	for i := range t {
		t[i] = byte(16 + (i*219*2+255)/510)
	}
	return &t
}

func chromaRange() *[256]byte {
	var t [256]byte
	for i := range t {
		t[i] = byte(16 + (i*224*2+255)/510)
	}
	t[128] = 128
	return &t
}

// run decides everything.
func (e *encoder) run() {
	for y := range e.mbh {
		e.take(y)
		e.left, e.leftModes = marks{}, [4]uint8{}
		for x := range e.mbw {
			e.macroblock(x, y)
		}
		// What lies above and to the right of the last macroblock of the next
		// row repeats this row's last pixel.
		end := e.result[0].index(16*e.mbw, 16*y+15)
		fill(e.result[0].pix[end:end+4], e.result[0].pix[end-1])
	}
	e.fit()
}

// macroblock decides one macroblock and writes its tokens.
func (e *encoder) macroblock(x, y int) {
	mb := &e.blocks[y*e.mbw+x]
	var l levels
	e.predictLuma(mb, &l, x, y)
	e.predictChroma(mb, &l, x, y)
	mb.skip = l.empty()
	e.writeLevels(mb, &l, x)
	top := e.aboveModes[4*x:][:4]
	if mb.split {
		copy(top, mb.modes[12:])
		e.leftModes = [4]uint8{mb.modes[3], mb.modes[7], mb.modes[11], mb.modes[15]}
		return
	}
	m := asBlockMode[mb.mode]
	fill(top, m)
	fill(e.leftModes[:], m)
}

// levels are those of a macroblock: 16 blocks of luma, 4 and 4 of chroma, one
// of the second transform; n counts them up to the last that is not 0.
type levels struct {
	v [25][16]int16
	n [25]int
}

func (l *levels) empty() bool {
	for _, n := range l.n {
		if n > 0 {
			return false
		}
	}
	return true
}

// writeLevels writes a macroblock's tokens and remembers for its neighbours
// which blocks have any.
func (e *encoder) writeLevels(mb *macroblock, l *levels, x int) {
	above, left := &e.above[x], &e.left
	if mb.skip {
		keepA, keepL := above[8], left[8]
		*above, *left = marks{}, marks{}
		if mb.split {
			above[8], left[8] = keepA, keepL
		}
		return
	}
	write := func(i, kind, first, a, b int) {
		has := e.writeBlock(kind, first, &l.v[i], l.n[i], int(above[a]+left[b]))
		above[a], left[b] = has, has
	}
	kind, first := wholeLuma, 0
	if !mb.split {
		write(24, y2, 0, 8, 8)
		kind, first = afterY2, 1
	}
	for i := range 16 {
		write(i, kind, first, i&3, i>>2)
	}
	for i := range 8 {
		base := 4 + i>>2<<1
		write(16+i, chroma, 0, base+i&1, base+i>>1&1)
	}
}

// header writes the first partition: what holds for the frame (section 9),
// then the modes.
func (e *encoder) header() []byte {
	c := newCoder(len(e.blocks)*4 + 2048)
	c.number(0, 1) // colour space
	c.number(0, 1) // the decoder has to clamp
	c.number(0, 1) // no segments
	c.number(0, 1) // the normal loop filter
	c.number(uint32(e.filterLevel()), 6)
	c.number(0, 3) // sharpness
	c.number(0, 1) // no adjustments of the filter
	c.number(0, 2) // one partition of tokens
	c.number(uint32(e.q), 7)
	c.number(0, 5) // no other quantizers
	c.number(0, 1) // probabilities are not kept
	for i, p := range e.probs {
		u := uint32(updateProbs[i])
		if p == defaultProbs[i] {
			c.put(0, u)
		} else {
			c.put(1, u)
			c.number(uint32(p), 8)
		}
	}
	c.number(1, 1) // macroblocks may be skipped
	skip := e.skipProb()
	c.number(skip, 8)
	e.writeModes(c, skip)
	return c.bytes()
}

// filterLevel hides the edges that a quantizer step can leave, and no more.
func (e *encoder) filterLevel() int {
	if e.unfiltered {
		return 0
	}
	return min(int(acSteps[e.q])/4*300/256, 63)
}

// skipProb is the probability, over 256, that a macroblock is not skipped.
func (e *encoder) skipProb() uint32 {
	full := 0
	for i := range e.blocks {
		if !e.blocks[i].skip {
			full++
		}
	}
	return uint32(min(max(full*256/len(e.blocks), 1), 255))
}
