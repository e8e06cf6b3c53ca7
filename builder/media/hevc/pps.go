package hevc

import "errors"

// pps is a picture parameter set (H.265, 7.3.2.3).
type pps struct {
	id, sps              int
	dependentSlices      bool
	outputFlag           bool
	extraHeaderBits      int
	hideSigns            bool // sign_data_hiding_enabled_flag
	initQP               int  // 26 + init_qp_minus26
	transformSkip        bool
	qpDelta              bool
	qpDeltaDepth         int // diff_cu_qp_delta_depth
	cbOffset, crOffset   int
	sliceChromaOffsets   bool
	bypass               bool // transquant_bypass_enabled_flag
	wavefront            bool // entropy_coding_sync_enabled_flag
	tiles                *tiling
	filterAcrossTiles    bool
	filterAcrossSlices   bool
	deblockOverride      bool
	noDeblock            bool
	beta, tc             int // offsets, doubled
	lists                *scalingLists
	headerExtension      bool
	maxSkip              int // logarithm of the largest block whose transform may be skipped
	crossComponent       bool
	chromaOffsets        bool // chroma_qp_offset_list_enabled_flag
	chromaOffsetDepth    int
	cbList, crList       []int
	saoShiftY, saoShiftC int
}

// tiling is how the picture is cut into tiles; uniform tilings have counts
// only, others the sizes of all columns and rows but the last.
type tiling struct {
	columns, rows   int
	uniform         bool
	widths, heights []int
}

var errPPS = errors.New("the picture parameter set is cut short or broken")

func parsePPS(payload []byte) (*pps, error) {
	r := &bitReader{data: unescape(nil, payload)}
	p := &pps{filterAcrossTiles: true, maxSkip: 2}
	id, sps := r.ue(), r.ue()
	if id > 63 || sps > 15 {
		return nil, errPPS
	}
	p.id, p.sps = int(id), int(sps)
	p.dependentSlices = r.flag()
	p.outputFlag = r.flag()
	p.extraHeaderBits = int(r.u(3))
	p.hideSigns = r.flag()
	r.skip(1) // cabac_init_present_flag: inter slices
	r.ue()
	r.ue()
	p.initQP = 26 + r.se()
	r.skip(1) // constrained_intra_pred_flag: all is intra here
	p.transformSkip = r.flag()
	if p.qpDelta = r.flag(); p.qpDelta {
		p.qpDeltaDepth = int(min(r.ue(), 8))
	}
	p.cbOffset, p.crOffset = r.se(), r.se()
	p.sliceChromaOffsets = r.flag()
	r.skip(2) // weighted prediction
	p.bypass = r.flag()
	tiled := r.flag()
	p.wavefront = r.flag()
	if tiled {
		if err := p.parseTiles(r); err != nil {
			return nil, err
		}
	}
	if err := p.parseFilters(r); err != nil {
		return nil, err
	}
	r.skip(1) // lists_modification_present_flag
	r.ue()
	p.headerExtension = r.flag()
	if err := p.parseExtensions(r); err != nil {
		return nil, err
	}
	if r.short || !p.inRange() {
		return nil, errPPS
	}
	return p, nil
}

// inRange holds the values against 7.4.3.3 as far as they need no sequence
// parameter set.
func (p *pps) inRange() bool {
	within := func(v, low, high int) bool { return low <= v && v <= high }
	return within(p.initQP, -24, 51) && within(p.cbOffset, -12, 12) && within(p.crOffset, -12, 12) &&
		within(p.beta, -12, 12) && within(p.tc, -12, 12) && p.qpDeltaDepth <= 3 && p.chromaOffsetDepth <= 3
}

func (p *pps) parseTiles(r *bitReader) error {
	columns, rows := r.ue(), r.ue()
	if columns >= 1<<10 || rows >= 1<<10 || columns+rows == 0 {
		return errPPS
	}
	t := &tiling{columns: int(columns) + 1, rows: int(rows) + 1}
	if t.uniform = r.flag(); !t.uniform {
		t.widths = readSizes(r, int(columns))
		t.heights = readSizes(r, int(rows))
	}
	p.filterAcrossTiles = r.flag()
	p.tiles = t
	return nil
}

func readSizes(r *bitReader, n int) []int {
	var sizes []int
	for range n {
		if r.short {
			break
		}
		sizes = append(sizes, int(min(r.ue(), maxSide))+1)
	}
	return sizes
}

func (p *pps) parseFilters(r *bitReader) error {
	p.filterAcrossSlices = r.flag()
	if r.flag() { // deblocking_filter_control_present_flag
		p.deblockOverride = r.flag()
		if p.noDeblock = r.flag(); !p.noDeblock {
			p.beta, p.tc = 2*r.se(), 2*r.se()
		}
	}
	if r.flag() {
		p.lists = defaultLists()
		return p.lists.parse(r)
	}
	return nil
}

func (p *pps) parseExtensions(r *bitReader) error {
	if !r.flag() {
		return nil
	}
	ranged := r.flag()
	r.skip(2)
	screen := r.flag()
	r.skip(4)
	if screen {
		return errScreen
	}
	if ranged {
		return p.parseRange(r)
	}
	return nil
}

// parseRange reads pps_range_extension (7.3.2.3.2).
func (p *pps) parseRange(r *bitReader) error {
	if p.transformSkip {
		p.maxSkip = int(min(r.ue(), 8)) + 2
	}
	p.crossComponent = r.flag()
	if p.chromaOffsets = r.flag(); p.chromaOffsets {
		p.chromaOffsetDepth = int(min(r.ue(), 8))
		n := r.ue()
		if n > 5 {
			return errPPS
		}
		for range n + 1 {
			cb, cr := r.se(), r.se()
			if min(cb, cr) < -12 || max(cb, cr) > 12 {
				return errPPS
			}
			p.cbList, p.crList = append(p.cbList, cb), append(p.crList, cr)
		}
	}
	y, c := r.ue(), r.ue()
	if y > 2 || c > 2 || p.maxSkip > 5 {
		return errPPS
	}
	p.saoShiftY, p.saoShiftC = int(y), int(c)
	return nil
}

// layout says where each coding tree block stands in decoding order and which
// tile it is in (6.5.1).
type layout struct {
	wide, high int
	order      []int32  // decoding order → raster order
	tile       []uint32 // by raster order
	startX     []int32  // by column of blocks: where its tile begins
}

var errTiles = errors.New("the tiles do not fit the picture")

func newLayout(s *sps, t *tiling) (*layout, error) {
	l := &layout{wide: s.ctbsWide(), high: s.ctbsHigh()}
	if t == nil {
		t = &tiling{columns: 1, rows: 1, uniform: true}
	}
	xs := bounds(l.wide, t.columns, t.widths, t.uniform)
	ys := bounds(l.high, t.rows, t.heights, t.uniform)
	if xs == nil || ys == nil {
		return nil, errTiles
	}
	l.tile = make([]uint32, l.wide*l.high)
	l.order = make([]int32, 0, l.wide*l.high)
	l.startX = make([]int32, l.wide)
	for j := range t.rows {
		for i := range t.columns {
			l.addTile(xs[i], xs[i+1], ys[j], ys[j+1], uint32(j*t.columns+i))
		}
	}
	return l, nil
}

func (l *layout) addTile(x0, x1, y0, y1 int, id uint32) {
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			l.order = append(l.order, int32(y*l.wide+x))
			l.tile[y*l.wide+x] = id
			l.startX[x] = int32(x0)
		}
	}
}

// bounds are the edges of n columns over size blocks, equations 6-3 and 6-5;
// nil where they do not fit.
func bounds(size, n int, sizes []int, uniform bool) []int {
	if n > size {
		return nil
	}
	b := make([]int, n+1)
	b[n] = size
	for i := 1; i < n; i++ {
		if uniform {
			b[i] = i * size / n
		} else {
			b[i] = b[i-1] + sizes[i-1]
		}
		if b[i] >= size {
			return nil
		}
	}
	return b
}
