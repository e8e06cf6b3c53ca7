package hevc

import (
	"encoding/binary"
	"math/rand/v2"
)

// bitWriter writes the codes that bitReader reads.
type bitWriter struct {
	data []byte
	n    int // bits
}

func (w *bitWriter) u(n int, v uint32) {
	for i := n - 1; i >= 0; i-- {
		if w.n&7 == 0 {
			w.data = append(w.data, 0)
		}
		w.data[w.n>>3] |= byte(v>>i&1) << (7 - w.n&7)
		w.n++
	}
}

func (w *bitWriter) flag(v bool) bool {
	if v {
		w.u(1, 1)
	} else {
		w.u(1, 0)
	}
	return v
}

func (w *bitWriter) ue(v int) {
	n := 0
	for (v+1)>>(n+1) > 0 {
		n++
	}
	w.u(n, 0)
	w.u(n+1, uint32(v+1))
}

func (w *bitWriter) se(v int) {
	if v > 0 {
		w.ue(2*v - 1)
	} else {
		w.ue(-2 * v)
	}
}

// close writes a one and zeros up to a whole byte.
func (w *bitWriter) close() []byte {
	w.u(1, 1)
	for w.n&7 != 0 {
		w.u(1, 0)
	}
	return w.data
}

// escape puts in what unescape takes out.
func escape(rbsp []byte) []byte {
	var out []byte
	zeros := 0
	for _, b := range rbsp {
		if zeros >= 2 && b <= 3 {
			out = append(out, 3)
			zeros = 0
		}
		out = append(out, b)
		if zeros++; b != 0 {
			zeros = 0
		}
	}
	return out
}

// unit makes a NAL unit of a byte stream.
func unit(kind int, rbsp []byte) []byte {
	out := append(binary.BigEndian.AppendUint32(nil, 1), byte(kind<<1), 1)
	return append(out, escape(rbsp)...)
}

// recipe is a choice of all that parameter sets can say of an intra picture.
type recipe struct {
	sps
	pps
	withLists, ownLists, pictureLists bool
	slices                            int // one in so many blocks ends a slice; 0: none does
}

// newRecipe draws a recipe.
func newRecipe(r *rand.Rand) *recipe {
	odds := func(n int) bool { return r.IntN(n) == 0 }
	c := &recipe{}
	s, p := &c.sps, &c.pps
	s.chroma = []int{0, 1, 1, 1, 2, 3, 3}[r.IntN(7)]
	s.depthY = []int{8, 8, 8, 10, 9, 12}[r.IntN(6)]
	s.depthC = s.depthY
	s.minCB = 3 + r.IntN(2)
	s.ctb = max(4, s.minCB) + r.IntN(2)
	if odds(4) {
		s.ctb = 6
	}
	s.minTB = 2 + r.IntN(s.minCB-2)
	s.maxTB = min(s.ctb, 5) - r.IntN(2)
	s.maxTB = max(s.maxTB, s.minTB)
	s.maxDepthIntra = r.IntN(s.ctb - s.minTB + 1)
	unit := 1 << s.minCB
	s.width = unit * (1 + r.IntN(160/unit))
	s.height = unit * (1 + r.IntN(128/unit))
	s.sao = !odds(4)
	s.strongSmooth = odds(2)
	if odds(2) {
		s.pcm = &pcmFormat{depthY: 1 + r.IntN(s.depthY), depthC: 1 + r.IntN(s.depthC), noLoopFilter: odds(2)}
		s.pcm.minCB = s.minCB
		s.pcm.maxCB = s.minCB + r.IntN(min(s.ctb, 5)-s.minCB+1)
	}
	c.withLists = odds(2)
	c.ownLists = odds(2)
	c.pictureLists = c.withLists && odds(2)
	if s.chroma == 3 || odds(3) {
		s.rangeExt = rangeExtension{odds(2), odds(2), odds(2), odds(3), odds(2)}
	}
	p.filterAcrossTiles = true
	p.dependentSlices, p.hideSigns, p.transformSkip = odds(2), odds(2), odds(2)
	p.initQP = 26
	p.maxSkip = 2
	if p.qpDelta = odds(2); p.qpDelta {
		p.qpDeltaDepth = r.IntN(s.ctb - s.minCB + 1)
	}
	p.cbOffset, p.crOffset = r.IntN(13)-6, r.IntN(13)-6
	p.sliceChromaOffsets = odds(2)
	// ffmpeg does not turn bypassed blocks.
	p.bypass = odds(3) && !s.rangeExt.rotateSkipped
	p.wavefront = odds(3)
	// ffmpeg does not know both at once.
	if columns, rows := 1+r.IntN(min(3, s.ctbsWide())), 1+r.IntN(min(3, s.ctbsHigh())); !p.wavefront && odds(2) && columns+rows > 2 {
		p.tiles = &tiling{columns: columns, rows: rows, uniform: odds(2)}
		p.tiles.widths = drawSizes(r, s.ctbsWide(), columns)
		p.tiles.heights = drawSizes(r, s.ctbsHigh(), rows)
		p.filterAcrossTiles = odds(2)
	}
	p.filterAcrossSlices, p.deblockOverride = odds(2), odds(2)
	p.noDeblock = odds(4)
	if !p.noDeblock {
		p.beta, p.tc = 2*(r.IntN(13)-6), 2*(r.IntN(13)-6)
	}
	oneSlice := false
	if s.rangeExt != (rangeExtension{}) {
		if p.transformSkip {
			p.maxSkip = 2 + r.IntN(s.maxTB-1)
		}
		p.crossComponent = s.chroma == 3 && odds(2)
		if p.chromaOffsets = s.chroma != 0 && odds(2); p.chromaOffsets {
			// No other decoder at hand gets these right along with the rest:
			// ffmpeg begins anew with each segment and fails some bypassed
			// blocks, libde265 keeps the offsets from slice to slice.
			p.bypass, oneSlice = false, true
			p.chromaOffsetDepth = r.IntN(s.ctb - s.minCB + 1)
			// ffmpeg reads the index as if the list were full, libde265 as if it
			// had two entries.
			for range []int{1, 6}[r.IntN(2)] {
				p.cbList, p.crList = append(p.cbList, r.IntN(13)-6), append(p.crList, r.IntN(13)-6)
			}
		}
		if s.depthY > 10 {
			p.saoShiftY, p.saoShiftC = r.IntN(s.depthY-9), r.IntN(s.depthY-9)
		}
	}
	if c.slices = []int{0, 0, 3, 10}[r.IntN(4)]; oneSlice {
		c.slices = 0
	}
	return c
}

// drawSizes cuts size into n pieces and gives all but the last.
func drawSizes(r *rand.Rand, size, n int) []int {
	var out []int
	for i := n - 1; i > 0; i-- {
		v := 1 + r.IntN(size-i)
		out = append(out, v)
		size -= v
	}
	return out
}

// profile writes profile_tier_level of the format range extensions.
func profile(w *bitWriter) {
	w.u(8, 4)
	w.u(32, 1<<27)
	w.u(16, 0x9000)
	w.u(32, 0)
	w.u(8, 120)
}

// videoSet is a video parameter set, which other decoders want to see.
func videoSet() []byte {
	w := &bitWriter{}
	w.u(4, 0)
	w.u(2, 3)
	w.u(6, 0)
	w.u(3, 0)
	w.u(1, 1)
	w.u(16, 0xffff)
	profile(w)
	w.flag(true)
	w.ue(0)
	w.ue(0)
	w.ue(0)
	w.u(6, 0)
	w.ue(0)
	w.u(2, 0)
	return unit(32, w.close())
}

func (c *recipe) sequenceSet(r *rand.Rand) []byte {
	s := &c.sps
	w := &bitWriter{}
	w.u(8, 1)
	profile(w)
	w.ue(0)
	w.ue(s.chroma)
	if s.chroma == 3 {
		w.flag(false)
	}
	w.ue(s.width)
	w.ue(s.height)
	w.flag(false)
	w.ue(s.depthY - 8)
	w.ue(s.depthC - 8)
	w.ue(4)
	w.flag(true)
	w.ue(0)
	w.ue(0)
	w.ue(0)
	w.ue(s.minCB - 3)
	w.ue(s.ctb - s.minCB)
	w.ue(s.minTB - 2)
	w.ue(s.maxTB - s.minTB)
	w.ue(0)
	w.ue(s.maxDepthIntra)
	if w.flag(c.withLists) && w.flag(c.ownLists) {
		drawLists(w, r, s.chroma)
	}
	w.flag(false)
	w.flag(s.sao)
	if w.flag(s.pcm != nil) {
		w.u(4, uint32(s.pcm.depthY-1))
		w.u(4, uint32(s.pcm.depthC-1))
		w.ue(s.pcm.minCB - 3)
		w.ue(s.pcm.maxCB - s.pcm.minCB)
		w.flag(s.pcm.noLoopFilter)
	}
	w.ue(0)
	w.flag(false)
	w.flag(false)
	w.flag(s.strongSmooth)
	w.flag(false)
	e := s.rangeExt
	if w.flag(e != (rangeExtension{})) {
		w.u(8, 0x80)
		w.flag(e.rotateSkipped)
		w.flag(e.skipContext)
		w.flag(e.implicitRDPCM)
		w.u(2, 0)
		w.flag(e.noSmoothing)
		w.u(1, 0)
		w.flag(e.persistentRice)
		w.u(1, 0)
	}
	return unit(nalSPS, w.close())
}

// drawLists writes scaling_list_data of every form.
func drawLists(w *bitWriter, r *rand.Rand, chroma int) {
	for size := range 4 {
		step := 1
		if size == 3 {
			step = 3
		}
		for matrix := 0; matrix < 6; matrix += step {
			if !w.flag(r.IntN(2) == 0) {
				w.ue(r.IntN(matrix/step + 1))
				continue
			}
			v := 8
			if size > 1 {
				v = 1 + r.IntN(60)
				w.se(v - 8)
			}
			for range min(64, 16<<(2*size)) {
				next := 1 + r.IntN(60)
				w.se(next - v)
				v = next
			}
		}
	}
}

func (c *recipe) pictureSet(r *rand.Rand) []byte {
	p := &c.pps
	w := &bitWriter{}
	w.ue(0)
	w.ue(0)
	w.flag(p.dependentSlices)
	w.u(4, 0)
	w.flag(p.hideSigns)
	w.flag(false)
	w.ue(0)
	w.ue(0)
	w.se(p.initQP - 26)
	w.flag(false)
	w.flag(p.transformSkip)
	if w.flag(p.qpDelta) {
		w.ue(p.qpDeltaDepth)
	}
	w.se(p.cbOffset)
	w.se(p.crOffset)
	w.flag(p.sliceChromaOffsets)
	w.u(2, 0)
	w.flag(p.bypass)
	w.flag(p.tiles != nil)
	w.flag(p.wavefront)
	if t := p.tiles; t != nil {
		w.ue(t.columns - 1)
		w.ue(t.rows - 1)
		if !w.flag(t.uniform) {
			for _, v := range append(t.widths, t.heights...) {
				w.ue(v - 1)
			}
		}
		w.flag(p.filterAcrossTiles)
	}
	w.flag(p.filterAcrossSlices)
	w.flag(true)
	w.flag(p.deblockOverride)
	if !w.flag(p.noDeblock) {
		w.se(p.beta / 2)
		w.se(p.tc / 2)
	}
	if w.flag(c.pictureLists) {
		drawLists(w, r, c.sps.chroma)
	}
	w.flag(false)
	w.ue(0)
	w.flag(false)
	if w.flag(c.sps.rangeExt != (rangeExtension{})) {
		w.u(8, 0x80)
		if p.transformSkip {
			w.ue(p.maxSkip - 2)
		}
		w.flag(p.crossComponent)
		if w.flag(p.chromaOffsets) {
			w.ue(p.chromaOffsetDepth)
			w.ue(len(p.cbList) - 1)
			for i := range p.cbList {
				w.se(p.cbList[i])
				w.se(p.crList[i])
			}
		}
		w.ue(p.saoShiftY)
		w.ue(p.saoShiftC)
	}
	return unit(nalPPS, w.close())
}

// header draws the header of a slice segment that begins at a block.
func (c *recipe) header(r *rand.Rand, segment int, slice *sliceHeader) *sliceHeader {
	p := &c.pps
	h := &sliceHeader{first: segment == 0, segment: segment, address: segment}
	if slice != nil && p.dependentSlices && r.IntN(2) == 0 {
		*h = *slice
		h.first, h.dependent, h.segment = false, true, segment
		return h
	}
	h.saoY = c.sps.sao && r.IntN(4) > 0
	h.saoC = c.sps.sao && c.sps.chroma != 0 && r.IntN(4) > 0
	h.qp = r.IntN(36) - 6*(c.sps.depthY-8)
	if p.sliceChromaOffsets {
		h.cb, h.cr = r.IntN(13)-6, r.IntN(13)-6
	}
	h.chromaAdjust = p.chromaOffsets && r.IntN(4) > 0
	h.noDeblock, h.beta, h.tc = p.noDeblock, p.beta, p.tc
	if p.deblockOverride && r.IntN(2) == 0 {
		h.noDeblock = r.IntN(2) == 0
		h.beta, h.tc = 0, 0
		if !h.noDeblock {
			h.beta, h.tc = 2*(r.IntN(13)-6), 2*(r.IntN(13)-6)
		}
	}
	h.filterAcross = p.filterAcrossSlices
	if p.filterAcrossSlices && (h.saoY || h.saoC || !h.noDeblock) {
		h.filterAcross = r.IntN(2) == 0
	}
	return h
}

// write writes h with the offsets of its substreams.
func (c *recipe) write(h *sliceHeader, offsets []int) []byte {
	s, p := &c.sps, &c.pps
	w := &bitWriter{}
	w.flag(h.first)
	w.flag(false)
	w.ue(0)
	if !h.first {
		if p.dependentSlices {
			w.flag(h.dependent)
		}
		w.u(ceilLog2(s.ctbsWide()*s.ctbsHigh()), uint32(h.segment))
	}
	if !h.dependent {
		w.ue(2)
		if s.sao {
			w.flag(h.saoY)
			if s.chroma != 0 {
				w.flag(h.saoC)
			}
		}
		w.se(h.qp - p.initQP)
		if p.sliceChromaOffsets {
			w.se(h.cb)
			w.se(h.cr)
		}
		if p.chromaOffsets {
			w.flag(h.chromaAdjust)
		}
		if p.deblockOverride && w.flag(h.noDeblock != p.noDeblock || h.beta != p.beta || h.tc != p.tc) {
			if !w.flag(h.noDeblock) {
				w.se(h.beta / 2)
				w.se(h.tc / 2)
			}
		}
		if p.filterAcrossSlices && (h.saoY || h.saoC || !h.noDeblock) {
			w.flag(h.filterAcross)
		}
	}
	if p.tiles != nil || p.wavefront {
		w.ue(len(offsets))
		if len(offsets) > 0 {
			w.ue(31)
			for _, v := range offsets {
				w.u(32, uint32(v-1))
			}
		}
	}
	return w.close()
}
