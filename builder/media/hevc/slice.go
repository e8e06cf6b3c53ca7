package hevc

import "errors"

// walker decodes the coding tree blocks of slices, one after the other.
type walker struct {
	*frame
	c      cabac
	h      *sliceHeader
	next   int      // number of the next coding tree block in decoding order
	rowSet bool     // row holds something
	row    contexts // after the second block of a row (wavefronts)
	end    contexts // after a slice segment

	// the coding tree block
	x, y                       int  // in luma samples
	left, up, upLeft, upRight  bool // whether its neighbours may be looked at
	filterLeft, filterUp       bool // whether its left and upper edge are deblocked
	qp, lastQP, qpBase         int  // QpY: of the coding unit, of the one before, predicted for the group
	qpCoded, chromaAdjustCoded bool
	cbAdjust, crAdjust         int // CuQpOffsetCb, CuQpOffsetCr
	cu                         codingUnit
	near                       predicted // the block being predicted
	block                      residual
}

var (
	errShort   = errors.New("the picture's data ends early")
	errOrder   = errors.New("the picture's slices are out of order or missing")
	errBroken  = errors.New("the picture's data is broken")
	errTooMany = errors.New("the slice runs beyond the picture")
)

// slice decodes a slice segment (H.265, 7.3.8.1), whose data begins at byte pos.
func (w *walker) slice(h *sliceHeader, data []byte, pos int) error {
	if w.next >= len(w.layout.order) || int(w.layout.order[w.next]) != h.segment {
		return errOrder
	}
	if !h.dependent {
		w.slices = append(w.slices, h)
	}
	w.h = h
	w.c.data = data
	if err := w.c.start(pos); err != nil {
		return err
	}
	for first := true; ; first = false {
		if w.next >= len(w.layout.order) {
			return errTooMany
		}
		rs := int(w.layout.order[w.next])
		w.enter(rs)
		w.startContexts(rs, first)
		if err := w.treeBlock(rs); err != nil {
			return err
		}
		w.next++
		w.keepRow(rs)
		if w.c.overrun() {
			return errShort
		}
		if w.c.terminate() {
			break
		}
		if w.next < len(w.layout.order) && w.startsSubstream(w.next) {
			if !w.c.terminate() {
				return errBroken
			}
			if err := w.c.start(w.c.resume()); err != nil {
				return err
			}
		}
	}
	if w.c.overrun() {
		return errShort
	}
	w.c.save(&w.end)
	return nil
}

// startsTile reports that number n in decoding order is the first of a tile.
func (w *walker) startsTile(n int) bool {
	l := w.layout
	return n == 0 || l.tile[l.order[n]] != l.tile[l.order[n-1]]
}

// startsRow reports that a block is the first of a row of its tile.
func (w *walker) startsRow(rs int) bool {
	x := rs % w.layout.wide
	return int(w.layout.startX[x]) == x
}

// startsSubstream reports that the arithmetic decoder begins anew at number n.
func (w *walker) startsSubstream(n int) bool {
	return w.pps.tiles != nil && w.startsTile(n) || w.pps.wavefront && w.startsRow(int(w.layout.order[n]))
}

// enter finds out which neighbours of block rs are available (6.4.1): those in
// its slice and tile. All that come before it in those are decoded.
func (w *walker) enter(rs int) {
	l := w.layout
	bx, by := rs%l.wide, rs/l.wide
	w.x, w.y = bx<<w.sps.ctb, by<<w.sps.ctb
	w.sliceOf[rs] = int32(len(w.slices))
	near := func(inside bool, n int) bool {
		return inside && w.sliceOf[n] == w.sliceOf[rs] && l.tile[n] == l.tile[rs]
	}
	w.left = near(bx > 0, rs-1)
	w.up = near(by > 0, rs-l.wide)
	w.upLeft = near(bx > 0 && by > 0, rs-l.wide-1)
	w.upRight = near(bx+1 < l.wide && by > 0, rs-l.wide+1)
	w.filterLeft = bx > 0 && w.deblocksAcross(rs, rs-1)
	w.filterUp = by > 0 && w.deblocksAcross(rs, rs-l.wide)
}

// deblocksAcross reports whether the edge between block rs and its left or
// upper neighbour may be filtered (8.7.2.3).
func (w *walker) deblocksAcross(rs, neighbour int) bool {
	if w.layout.tile[rs] != w.layout.tile[neighbour] && !w.pps.filterAcrossTiles {
		return false
	}
	return w.sliceOf[rs] == w.sliceOf[neighbour] || w.h.filterAcross
}

// startContexts gives the contexts their values before block rs (9.3.1), and
// begins the prediction of the quantiser anew where 8.6.1 says so.
func (w *walker) startContexts(rs int, first bool) {
	newRow := w.pps.wavefront && w.startsRow(rs)
	switch {
	case w.startsTile(w.next):
		w.c.reset(w.h.qp)
	case newRow:
		w.c.reset(w.h.qp)
		if w.upRight && w.rowSet {
			w.c.load(&w.row)
		}
	case !first:
		return
	case w.h.dependent:
		w.c.load(&w.end)
	default:
		w.c.reset(w.h.qp)
	}
	if newRow || w.startsTile(w.next) || !w.h.dependent {
		w.lastQP = w.h.qp
	}
	if first && !w.h.dependent {
		w.cbAdjust, w.crAdjust = 0, 0
	}
}

// keepRow remembers the contexts after the second block of a row of a tile.
func (w *walker) keepRow(rs int) {
	if w.pps.wavefront && rs > 0 && rs%w.layout.wide > 0 && w.startsRow(rs-1) {
		w.c.save(&w.row)
		w.rowSet = true
	}
}

// treeBlock decodes coding_tree_unit (7.3.8.2).
func (w *walker) treeBlock(rs int) error {
	w.parseSAO(rs)
	return w.quadtree(w.x, w.y, w.sps.ctb, 0)
}

// parseSAO decodes sao (7.3.8.3).
func (w *walker) parseSAO(rs int) {
	b := &w.sao[rs]
	*b = saoBlock{}
	if !w.h.saoY && !w.h.saoC {
		return
	}
	if w.left && w.c.bin(ctxSaoMerge) == 1 {
		*b = w.sao[rs-1]
		return
	}
	if w.up && w.c.bin(ctxSaoMerge) == 1 {
		*b = w.sao[rs-w.layout.wide]
		return
	}
	if w.h.saoY {
		w.parseOffsets(b, 0)
	}
	if w.h.saoC {
		w.parseOffsets(b, 1)
		w.parseOffsets(b, 2)
	}
}

// parseOffsets decodes the part of one component; the second chroma component
// shares the first one's kind and class of edges.
func (w *walker) parseOffsets(b *saoBlock, c int) {
	depth, shift := w.sps.depthY, w.pps.saoShiftY
	if c > 0 {
		depth, shift = w.sps.depthC, w.pps.saoShiftC
	}
	if c == 2 {
		b.kind[2] = b.kind[1]
	} else if w.c.bin(ctxSaoType) == 1 {
		b.kind[c] = uint8(saoBand + w.c.bypass())
	}
	if b.kind[c] == saoNone {
		return
	}
	var v [4]int
	most := 1<<(min(depth, 10)-5) - 1
	for i := range v {
		for v[i] < most && w.c.bypass() == 1 {
			v[i]++
		}
	}
	if b.kind[c] == saoBand {
		for i := range v {
			if v[i] != 0 && w.c.bypass() == 1 {
				v[i] = -v[i]
			}
		}
		b.class[c] = uint8(w.c.bypasses(5))
	} else {
		v[2], v[3] = -v[2], -v[3]
		if c == 2 {
			b.class[2] = b.class[1]
		} else {
			b.class[c] = uint8(w.c.bypasses(2))
		}
	}
	for i := range v {
		b.offsets[c][i] = int16(v[i] << shift)
	}
}
