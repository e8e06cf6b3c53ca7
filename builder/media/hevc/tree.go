package hevc

// codingUnit is what the transform blocks of a coding unit share.
type codingUnit struct {
	x, y, log2 int
	bypass     bool // cu_transquant_bypass_flag
	parts      bool // PART_NxN: four prediction blocks
	luma       [4]uint8
	chroma     [4]uint8 // IntraPredModeC, by prediction block in 4:4:4, else the first
	chromaLuma [4]bool  // intra_chroma_pred_mode is 4: as luma
}

// Intra prediction modes (H.265, table 8-1).
const (
	modePlanar     = 0
	modeDC         = 1
	modeHorizontal = 10
	modeVertical   = 26
	modeDiagonal   = 34
)

// quadtree decodes coding_quadtree (7.3.8.4).
func (w *walker) quadtree(x, y, log2, depth int) error {
	size := 1 << log2
	s := w.sps
	split := log2 > s.minCB
	if x+size <= s.width && y+size <= s.height && split {
		split = w.splitFlag(x, y, depth)
	}
	if w.pps.qpDelta && log2 >= s.ctb-w.pps.qpDeltaDepth || depth == 0 {
		w.startGroup(x, y)
	}
	if w.h.chromaAdjust && log2 >= s.ctb-w.pps.chromaOffsetDepth {
		w.chromaAdjustCoded = false
	}
	if !split {
		return w.codingUnit(x, y, log2, depth)
	}
	half := size >> 1
	for i := range 4 {
		cx, cy := x+half*(i&1), y+half*(i>>1)
		if cx < s.width && cy < s.height {
			if err := w.quadtree(cx, cy, log2-1, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// splitFlag decodes split_cu_flag, whose context counts the neighbours that are
// split deeper (9.3.4.2.2).
func (w *walker) splitFlag(x, y, depth int) bool {
	i := uint8(ctxSplitCU)
	at := (y>>3)*w.wide8 + x>>3
	if (x > w.x || w.left) && int(w.depths[at-1]) > depth {
		i++
	}
	if (y > w.y || w.up) && int(w.depths[at-w.wide8]) > depth {
		i++
	}
	return w.c.bin(i) == 1
}

// startGroup begins a quantisation group and predicts its quantiser from its
// neighbours in the same coding tree block and the unit before it (8.6.1).
func (w *walker) startGroup(x, y int) {
	w.qpCoded = false
	left, up := w.lastQP, w.lastQP
	at := (y>>3)*w.wide8 + x>>3
	if x > w.x {
		left = int(w.qps[at-1])
	}
	if y > w.y {
		up = int(w.qps[at-w.wide8])
	}
	w.qpBase = (left + up + 1) >> 1
	w.qp = w.qpBase
}

// codingUnit decodes coding_unit (7.3.8.5) of an intra slice.
func (w *walker) codingUnit(x, y, log2, depth int) error {
	w.cu = codingUnit{x: x, y: y, log2: log2}
	cu := &w.cu
	if w.pps.bypass {
		cu.bypass = w.c.bin(ctxBypass) == 1
	}
	fill8(w.depths, w.wide8, x, y, 1<<log2, uint8(depth))
	var mark uint8
	if cu.bypass {
		mark = markUntouched
	}
	fill8(w.marks, w.wide8, x, y, 1<<log2, mark)
	if log2 == w.sps.minCB {
		cu.parts = w.c.bin(ctxPartMode) == 0
	}
	var err error
	if p := w.sps.pcm; p != nil && !cu.parts && log2 >= p.minCB && log2 <= p.maxCB && w.c.terminate() {
		err = w.pcm(p)
	} else {
		w.parseModes()
		err = w.transformTree(x, y, log2, 0, 0, 3, 3)
	}
	fill8(w.qps, w.wide8, x, y, 1<<log2, int8(w.qp))
	w.lastQP = w.qp
	return err
}

// pcm reads the samples of a unit that stand in the stream as they are
// (7.3.8.7), and starts the arithmetic decoder behind them.
func (w *walker) pcm(p *pcmFormat) error {
	cu := &w.cu
	w.setModes(0, cu.x, cu.y, 1<<cu.log2, modeDC)
	w.markEdges(cu.x, cu.y, cu.log2)
	if p.noLoopFilter {
		fill8(w.marks, w.wide8, cu.x, cu.y, 1<<cu.log2, w.marks[(cu.y>>3)*w.wide8+cu.x>>3]|markUntouched)
	}
	r := &bitReader{data: w.c.data, pos: w.c.resume() * 8}
	w.readPCM(r, 0, p.depthY)
	if w.sps.chroma != 0 {
		w.readPCM(r, 1, p.depthC)
		w.readPCM(r, 2, p.depthC)
	}
	if r.short {
		return errShort
	}
	return w.c.start((r.pos + 7) >> 3)
}

// readPCM reads the samples of one component, of depth bits each.
func (w *walker) readPCM(r *bitReader, c, depth int) {
	sx, sy := 1, 1
	full := w.sps.depthY
	if c > 0 {
		sx, sy = w.sps.subsampling()
		full = w.sps.depthC
	}
	size := 1 << w.cu.log2
	row := w.block.values[:size/sx]
	for y := range size / sy {
		for x := range row {
			row[x] = int32(r.u(depth) << (full - depth))
		}
		w.samples.put(c, w.cu.x/sx, w.cu.y/sy+y, row)
	}
}

// parseModes decodes the prediction modes of luma and chroma.
func (w *walker) parseModes() {
	cu := &w.cu
	n, size := 1, 1<<cu.log2
	if cu.parts {
		n, size = 4, size/2
	}
	var known [4]bool
	for i := range n {
		known[i] = w.c.bin(ctxPrevIntra) == 1
	}
	for i := range n {
		x, y := cu.x+size*(i&1), cu.y+size*(i>>1)
		cand := w.candidates(x, y)
		var mode uint8
		if known[i] {
			k := 0
			if w.c.bypass() == 1 {
				k = 1 + w.c.bypass()
			}
			mode = cand[k]
		} else {
			mode = remaining(cand, uint8(w.c.bypasses(5)))
		}
		w.setModes(i, x, y, size, mode)
	}
	if w.sps.chroma == 0 {
		return
	}
	if w.sps.chroma != 3 {
		n = 1
	}
	for i := range n {
		w.parseChromaMode(i)
	}
}

// setModes keeps the luma mode of prediction block i.
func (w *walker) setModes(i, x, y, size int, mode uint8) {
	w.cu.luma[i] = mode
	for j := y >> 2; j < (y+size)>>2; j++ {
		row := w.modes[j*w.wide4+x>>2:][:size>>2]
		for k := range row {
			row[k] = mode
		}
	}
}

// candidates are the modes that are cheap to name, from the blocks to the left
// and above (8.4.2). That above does not count beyond the row of coding tree
// blocks.
func (w *walker) candidates(x, y int) [3]uint8 {
	a, b := uint8(modeDC), uint8(modeDC)
	at := (y>>2)*w.wide4 + x>>2
	if x > w.x || w.left {
		a = w.modes[at-1]
	}
	if y > w.y {
		b = w.modes[at-w.wide4]
	}
	switch {
	case a == b && a < 2:
		return [3]uint8{modePlanar, modeDC, modeVertical}
	case a == b:
		return [3]uint8{a, 2 + (a+29)%32, 2 + (a-1)%32}
	case a != modePlanar && b != modePlanar:
		return [3]uint8{a, b, modePlanar}
	case a != modeDC && b != modeDC:
		return [3]uint8{a, b, modeDC}
	}
	return [3]uint8{a, b, modeVertical}
}

// remaining is the mode of that number among those that are no candidates.
func remaining(cand [3]uint8, mode uint8) uint8 {
	if cand[0] > cand[1] {
		cand[0], cand[1] = cand[1], cand[0]
	}
	if cand[0] > cand[2] {
		cand[0], cand[2] = cand[2], cand[0]
	}
	if cand[1] > cand[2] {
		cand[1], cand[2] = cand[2], cand[1]
	}
	for _, c := range cand {
		if mode >= c {
			mode++
		}
	}
	return mode
}

// chromaModes are the modes that intra_chroma_pred_mode 0 to 3 name (8.4.3).
var chromaModes = [4]uint8{modePlanar, modeVertical, modeHorizontal, modeDC}

// modes422 turns a mode to the shape of 4:2:2 samples (table 8-3).
var modes422 = [35]uint8{
	0, 1, 2, 2, 2, 2, 3, 5, 7, 8, 10, 12, 13, 15, 17, 18, 19, 20,
	21, 22, 23, 23, 24, 24, 25, 25, 26, 27, 27, 28, 28, 29, 29, 30, 31,
}

// parseChromaMode decodes intra_chroma_pred_mode and derives the mode from it
// and luma's (8.4.3).
func (w *walker) parseChromaMode(i int) {
	cu := &w.cu
	mode := cu.luma[i]
	if w.c.bin(ctxChromaMode) == 0 {
		cu.chromaLuma[i] = true
	} else if named := chromaModes[w.c.bypasses(2)]; named == mode {
		mode = modeDiagonal
	} else {
		mode = named
	}
	if w.sps.chroma == 2 {
		mode = modes422[mode]
	}
	cu.chroma[i] = mode
}

// markEdges marks the left and upper edges of a transform block for the
// deblocking filter (8.7.2.3), where they lie on its grid.
func (w *walker) markEdges(x, y, log2 int) {
	if w.h.noDeblock {
		return
	}
	units := max(1, 1<<log2>>3)
	at := (y>>3)*w.wide8 + x>>3
	if x&7 == 0 && (x > w.x || w.filterLeft) {
		m := uint8(markLeftHigh | markLeftLow)
		if log2 == 2 {
			m = markLeftHigh << (y >> 2 & 1)
		}
		for i := range units {
			w.marks[at+i*w.wide8] |= m
		}
	}
	if y&7 == 0 && (y > w.y || w.filterUp) {
		m := uint8(markTopLeft | markTopRight)
		if log2 == 2 {
			m = markTopLeft << (x >> 2 & 1)
		}
		for i := range units {
			w.marks[at+i] |= m
		}
	}
}
