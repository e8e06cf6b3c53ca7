package hevc

import "errors"

// sliceHeader is a slice segment header (H.265, 7.3.6.1). That of a dependent
// segment takes over what the slice's first said.
type sliceHeader struct {
	first        bool
	dependent    bool
	pps          int
	segment      int // address of the segment's first coding tree block, raster order
	address      int // SliceAddrRs: that of the slice
	saoY, saoC   bool
	qp           int // SliceQpY
	cb, cr       int // chroma offsets of the slice, without those of the picture
	chromaAdjust bool
	noDeblock    bool
	beta, tc     int
	filterAcross bool // slice_loop_filter_across_slices_enabled_flag
}

var (
	errHeader = errors.New("a slice header is cut short or broken")
	errInter  = errors.New("the picture is predicted from other pictures; only still pictures are decoded")
	errNoPPS  = errors.New("a parameter set that the picture needs is missing")
)

// parseStart reads what stands before the parameter set's number is known.
func parseStart(r *bitReader, kind int) (sliceHeader, error) {
	var h sliceHeader
	h.first = r.flag()
	if kind >= nalBLA && kind <= nalIRAP {
		r.skip(1) // no_output_of_prior_pics_flag
	}
	id := r.ue()
	if r.short || id > 63 {
		return h, errHeader
	}
	h.pps = int(id)
	return h, nil
}

// parse reads the rest of the header and leaves r at the first byte of the
// slice's data. slice is the header of the slice that is under way, for a
// dependent segment.
func (h *sliceHeader) parse(r *bitReader, kind int, s *sps, p *pps, slice *sliceHeader) error {
	blocks := s.ctbsWide() * s.ctbsHigh()
	if !h.first {
		if p.dependentSlices {
			h.dependent = r.flag()
		}
		h.segment = int(r.u(ceilLog2(blocks)))
		if h.segment == 0 || h.segment >= blocks {
			return errHeader
		}
	}
	if h.dependent {
		if slice == nil {
			return errHeader
		}
		own := *h
		*h = *slice
		h.first, h.dependent, h.segment = own.first, true, own.segment
	} else {
		h.address = h.segment
		if err := h.parseSlice(r, kind, s, p); err != nil {
			return err
		}
	}
	return h.parseEnd(r, p)
}

// parseSlice reads what the dependent segments of a slice share.
func (h *sliceHeader) parseSlice(r *bitReader, kind int, s *sps, p *pps) error {
	r.skip(p.extraHeaderBits)
	if r.ue() != 2 {
		if r.short {
			return errHeader
		}
		return errInter
	}
	if p.outputFlag {
		r.skip(1)
	}
	if kind != nalIDR && kind != nalIDRN {
		if err := skipReferences(r, s); err != nil {
			return err
		}
	}
	if s.sao {
		h.saoY = r.flag()
		if s.chroma != 0 {
			h.saoC = r.flag()
		}
	}
	h.qp = p.initQP + r.se()
	if p.sliceChromaOffsets {
		h.cb, h.cr = r.se(), r.se()
	}
	if p.chromaOffsets {
		h.chromaAdjust = r.flag()
	}
	h.parseDeblocking(r, p)
	low := -6 * (s.depthY - 8)
	if r.short || h.qp < low || h.qp > 51 || badChroma(p.cbOffset, h.cb) || badChroma(p.crOffset, h.cr) ||
		max(h.beta, h.tc) > 12 || min(h.beta, h.tc) < -12 {
		return errHeader
	}
	return nil
}

// badChroma holds a slice's chroma offset against 7.4.7.1.
func badChroma(picture, slice int) bool {
	return slice < -12 || slice > 12 || picture+slice < -12 || picture+slice > 12
}

func (h *sliceHeader) parseDeblocking(r *bitReader, p *pps) {
	h.noDeblock, h.beta, h.tc = p.noDeblock, p.beta, p.tc
	if p.deblockOverride && r.flag() {
		h.beta, h.tc = 0, 0
		if h.noDeblock = r.flag(); !h.noDeblock {
			h.beta, h.tc = 2*r.se(), 2*r.se()
		}
	}
	h.filterAcross = p.filterAcrossSlices
	if p.filterAcrossSlices && (h.saoY || h.saoC || !h.noDeblock) {
		h.filterAcross = r.flag()
	}
}

// skipReferences passes over the order count and the reference pictures of a
// picture that is intra, but not IDR.
func skipReferences(r *bitReader, s *sps) error {
	r.skip(s.pocBits)
	if !r.flag() { // short_term_ref_pic_set_sps_flag
		if _, err := parseRefSet(r, s.refSets, true); err != nil {
			return err
		}
	} else {
		r.skip(ceilLog2(len(s.refSets)))
	}
	if s.longTerm {
		if err := skipLongTerm(r, s); err != nil {
			return err
		}
	}
	if s.temporalMVP {
		r.skip(1)
	}
	return nil
}

func skipLongTerm(r *bitReader, s *sps) error {
	var known uint32
	if s.longTermCount > 0 {
		known = r.ue()
	}
	own := r.ue()
	if known > 32 || own > 32 {
		return errHeader
	}
	for i := range known + own {
		if i < known {
			r.skip(ceilLog2(s.longTermCount))
		} else {
			r.skip(s.pocBits + 1)
		}
		if r.flag() { // delta_poc_msb_present_flag
			r.ue()
		}
	}
	return nil
}

// parseEnd passes over the entry points and the extension, and aligns. Where a
// substream begins follows from where the one before it ends, for nothing may
// stand between them (7.4.7.1), so the entry points are not needed.
func (h *sliceHeader) parseEnd(r *bitReader, p *pps) error {
	if p.tiles != nil || p.wavefront {
		n := r.ue()
		if int64(n) > int64(r.left()) {
			return errHeader
		}
		if n > 0 {
			size := r.ue()
			if size > 31 {
				return errHeader
			}
			r.skip(int(n) * (int(size) + 1))
		}
	}
	if p.headerExtension {
		n := r.ue()
		if int64(n)*8 > int64(r.left()) {
			return errHeader
		}
		r.skip(int(n) * 8)
	}
	if !r.flag() { // alignment_bit_equal_to_one
		return errHeader
	}
	r.pos = (r.pos + 7) &^ 7
	if r.short {
		return errHeader
	}
	return nil
}
