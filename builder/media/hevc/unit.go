package hevc

// transformTree decodes transform_tree (H.265, 7.3.8.8). cb and cr say whether
// the chroma blocks of the block above in the tree have coefficients: bit 0 of
// the first or only one, bit 1 of the lower one in 4:2:2.
func (w *walker) transformTree(x, y, log2, depth, index int, cb, cr uint8) error {
	s := w.sps
	parts := w.cu.parts
	split := log2 > s.maxTB || parts && depth == 0
	most := s.maxDepthIntra
	if parts {
		most++
	}
	if log2 <= s.maxTB && log2 > s.minTB && depth < most && !(parts && depth == 0) {
		split = w.c.bin(uint8(ctxSplitTU+5-log2)) == 1
	}
	if s.chroma == 3 || s.chroma != 0 && log2 > 2 {
		two := s.chroma == 2 && (!split || log2 == 3)
		cb = w.chromaFlags(cb, depth, two)
		cr = w.chromaFlags(cr, depth, two)
	}
	if split {
		half := 1 << log2 >> 1
		for i := range 4 {
			if err := w.transformTree(x+half*(i&1), y+half*(i>>1), log2-1, depth+1, i, cb, cr); err != nil {
				return err
			}
		}
		return nil
	}
	i := uint8(ctxCbfLuma)
	if depth == 0 {
		i++
	}
	luma := w.c.bin(i) == 1
	w.markEdges(x, y, log2)
	if s.chroma == 0 {
		cb, cr = 0, 0
	}
	return w.transformUnit(x, y, log2, index, luma, cb, cr)
}

// chromaFlags decodes cbf_cb or cbf_cr, one or two of them.
func (w *walker) chromaFlags(parent uint8, depth int, two bool) uint8 {
	if parent == 0 {
		return 0
	}
	i := uint8(ctxCbfChroma + depth)
	f := uint8(w.c.bin(i))
	if two {
		f |= uint8(w.c.bin(i)) << 1
	}
	return f
}

// transformUnit decodes transform_unit (7.3.8.10), and predicts and restores
// its samples on the way, for each block is predicted from the ones before it.
func (w *walker) transformUnit(x, y, log2, index int, luma bool, cb, cr uint8) error {
	if luma || cb|cr != 0 {
		if err := w.parseQuantiser(cb|cr != 0); err != nil {
			return err
		}
	}
	mode := w.modes[(y>>2)*w.wide4+x>>2]
	if err := w.restore(0, x, y, log2, mode, luma, 0); err != nil {
		return err
	}
	switch {
	case w.sps.chroma == 0:
		return nil
	case w.sps.chroma == 3:
		return w.chroma444(x, y, log2, luma, cb, cr)
	case log2 > 2:
		return w.chromaBlocks(x, y, log2-1, cb, cr)
	case index == 3: // four luma blocks share what is too small to divide
		return w.chromaBlocks(x&^7, y&^7, 2, cb, cr)
	}
	return nil
}

// chromaBlocks decodes the chroma blocks of 4:2:0 and 4:2:2 at a place of luma.
func (w *walker) chromaBlocks(x, y, log2 int, cb, cr uint8) error {
	mode := w.cu.chroma[0]
	flags := [3]uint8{0, cb, cr}
	for c := 1; c <= 2; c++ {
		for i := range w.sps.chroma { // 4:2:2 has two, one below the other
			if err := w.restore(c, x, y+i<<log2, log2, mode, flags[c]>>i&1 == 1, 0); err != nil {
				return err
			}
		}
	}
	return nil
}

// chroma444 decodes the chroma blocks of 4:4:4, which may be predicted from
// luma's residual (7.3.8.12).
func (w *walker) chroma444(x, y, log2 int, luma bool, cb, cr uint8) error {
	part := 0
	if w.cu.parts {
		half := w.cu.log2 - 1
		part = (y-w.cu.y)>>half<<1 | (x-w.cu.x)>>half
	}
	flags := [3]uint8{0, cb, cr}
	cross := w.pps.crossComponent && luma && w.cu.chromaLuma[part]
	if cross {
		w.block.keepLuma(log2)
	}
	for c := 1; c <= 2; c++ {
		scale := 0
		if cross {
			scale = w.parseCross(c - 1)
		}
		if err := w.restore(c, x, y, log2, w.cu.chroma[part], flags[c] == 1, scale); err != nil {
			return err
		}
	}
	return nil
}

// parseCross decodes cross_comp_pred and gives ResScaleVal.
func (w *walker) parseCross(c int) int {
	n := 0
	for n < 4 && w.c.bin(uint8(ctxResScale+4*c+n)) == 1 {
		n++
	}
	if n == 0 {
		return 0
	}
	scale := 1 << (n - 1)
	if w.c.bin(uint8(ctxResScaleSign+c)) == 1 {
		return -scale
	}
	return scale
}

// parseQuantiser decodes delta_qp and chroma_qp_offset (7.3.8.14, 7.3.8.15).
func (w *walker) parseQuantiser(chroma bool) error {
	if w.pps.qpDelta && !w.qpCoded {
		w.qpCoded = true
		delta := w.parseDelta()
		bd := 6 * (w.sps.depthY - 8)
		if delta < -(26+bd/2) || delta > 25+bd/2 {
			return errBroken
		}
		w.qp = (w.qpBase+delta+52+2*bd)%(52+bd) - bd
	}
	if w.h.chromaAdjust && chroma && !w.cu.bypass && !w.chromaAdjustCoded {
		w.chromaAdjustCoded = true
		w.cbAdjust, w.crAdjust = 0, 0
		if w.c.bin(ctxChromaQP) == 1 {
			i := 0
			for i < len(w.pps.cbList)-1 && w.c.bin(ctxChromaQPIndex) == 1 {
				i++
			}
			w.cbAdjust, w.crAdjust = w.pps.cbList[i], w.pps.crList[i]
		}
	}
	return nil
}

// parseDelta decodes CuQpDeltaVal (9.3.3.10).
func (w *walker) parseDelta() int {
	n := 0
	i := uint8(ctxQPDelta)
	for n < 5 && w.c.bin(i) == 1 {
		n++
		i = ctxQPDelta + 1
	}
	if n == 5 {
		k := 0
		for k < 7 && w.c.bypass() == 1 {
			n += 1 << k
			k++
		}
		n += w.c.bypasses(k)
	}
	if n > 0 && w.c.bypass() == 1 {
		return -n
	}
	return n
}

// chromaQP is table 8-10, for 4:2:0.
var chromaQP = [14]int8{29, 30, 31, 32, 33, 33, 34, 34, 35, 35, 36, 36, 37, 37}

// scaledChromaQP turns qPi to QpC (8.6.1).
func scaledChromaQP(qp, chroma int) int {
	switch {
	case chroma != 1:
		return min(qp, 51)
	case qp < 30:
		return qp
	case qp >= 44:
		return qp - 6
	}
	return int(chromaQP[qp-30])
}

// quantiser is Qp′ of a component's blocks (8.6.1).
func (w *walker) quantiser(c int) int {
	if c == 0 {
		return w.qp + 6*(w.sps.depthY-8)
	}
	bd := 6 * (w.sps.depthC - 8)
	qp := w.qp + w.pps.cbOffset + w.h.cb + w.cbAdjust
	if c == 2 {
		qp = w.qp + w.pps.crOffset + w.h.cr + w.crAdjust
	}
	return scaledChromaQP(min(max(qp, -bd), 57), w.sps.chroma) + bd
}

// restore predicts a transform block and adds its residual; x and y are in luma
// samples, log2 is the block's own size. scale is ResScaleVal.
func (w *walker) restore(c, x, y, log2 int, mode uint8, coded bool, scale int) error {
	sx, sy := 1, 1
	if c > 0 {
		sx, sy = w.sps.subsampling()
	}
	b := &w.near
	*b = predicted{c: c, x: x / sx, y: y / sy, log2: log2, mode: mode}
	b.smooth = !w.sps.rangeExt.noSmoothing && (c == 0 || w.sps.chroma == 3)
	b.strong = w.sps.strongSmooth && c == 0
	b.softEdges = c == 0 && log2 < 5
	b.hardAngles = w.sps.rangeExt.implicitRDPCM && w.cu.bypass
	w.neighbours(b, x, y, sx, sy)
	w.samples.predict(b)
	if coded {
		if err := w.residual(c, log2, mode); err != nil {
			return err
		}
	}
	if scale != 0 {
		w.block.addCross(log2, scale, coded, w.sps.depthY, w.sps.depthC)
	} else if !coded {
		return nil
	}
	w.samples.add(c, b.x, b.y, log2, w.block.values[:1<<(2*log2)])
	return nil
}

// neighbours counts the samples around a block that it may be predicted from
// (6.4.1, 8.4.4.2.2); x and y are its place in luma.
func (w *walker) neighbours(b *predicted, x, y, sx, sy int) {
	n := 1 << b.log2
	width, height := n*sx, n*sy
	ctb := 1 << w.sps.ctb
	right, bottom := x+width, y+height
	left := x > w.x || w.left
	up := y > w.y || w.up
	if left {
		b.left = n
		// Blocks below the coding tree block's lower edge come later.
		if bottom < w.y+ctb && (x == w.x || w.before(x-1, bottom, x, y)) {
			b.below = min(n, (w.sps.height-bottom)/sy)
		}
	}
	if up {
		b.top = n
	}
	switch {
	case x > w.x && y > w.y:
		b.corner = true
	case x > w.x:
		b.corner = w.up
	case y > w.y:
		b.corner = w.left
	default:
		b.corner = w.upLeft
	}
	var beyond bool
	switch {
	case y == w.y && right < w.x+ctb:
		beyond = w.up
	case y == w.y:
		beyond = w.upRight
	case right < w.x+ctb:
		beyond = w.before(right, y-1, x, y)
	}
	if beyond {
		b.right = min(n, (w.sps.width-right)/sx)
	}
}

// before reports that place a comes before place b in the order of decoding, in
// one coding tree block (6.5.2).
func (w *walker) before(ax, ay, bx, by int) bool {
	mask := 1<<w.sps.ctb - 1
	return zOrder(ax&mask, ay&mask) < zOrder(bx&mask, by&mask)
}

// zOrder interleaves the bits of x and y, from four luma samples on.
func zOrder(x, y int) int {
	return int(interleave[x>>2&15]) | int(interleave[y>>2&15])<<1
}

var interleave = [16]uint8{
	0x00, 0x01, 0x04, 0x05, 0x10, 0x11, 0x14, 0x15, 0x40, 0x41, 0x44, 0x45, 0x50, 0x51, 0x54, 0x55,
}
