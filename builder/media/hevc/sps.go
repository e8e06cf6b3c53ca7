package hevc

import "errors"

// sps is a sequence parameter set (H.265, 7.3.2.2): the picture's format and
// the coding tools it may use.
type sps struct {
	id            int
	chroma        int // chroma_format_idc: 0 none, 1 4:2:0, 2 4:2:2, 3 4:4:4
	width, height int // of the coded picture, in luma samples
	crop          window
	depthY        int
	depthC        int
	pocBits       int // log2_max_pic_order_cnt_lsb
	minCB, ctb    int // base 2 logarithms of sizes in luma samples
	minTB, maxTB  int
	maxDepthIntra int // max_transform_hierarchy_depth_intra
	lists         *scalingLists
	sao           bool
	pcm           *pcmFormat
	refSets       [][]int // per short-term reference picture set, its picture distances
	longTerm      bool
	longTermCount int
	temporalMVP   bool
	strongSmooth  bool
	fullRange     bool
	matrix        int
	rangeExt      rangeExtension
}

// window is what is cut off at each side, in luma samples.
type window struct{ left, right, top, bottom int }

type pcmFormat struct {
	depthY, depthC int
	minCB, maxCB   int // base 2 logarithms
	noLoopFilter   bool
}

// rangeExtension holds the flags of 7.3.2.2.2 that matter to intra pictures.
type rangeExtension struct {
	rotateSkipped  bool // transform_skip_rotation_enabled_flag
	skipContext    bool // transform_skip_context_enabled_flag
	implicitRDPCM  bool
	noSmoothing    bool // intra_smoothing_disabled_flag
	persistentRice bool
}

var (
	errSPS      = errors.New("the sequence parameter set is cut short or broken")
	errExtended = errors.New("extended precision processing is not supported")
	errAligned  = errors.New("aligned bypass decoding is not supported")
	errPlanes   = errors.New("separately coded colour planes are not supported")
	errScreen   = errors.New("screen content coding is not supported")
	errRefSet   = errors.New("a reference picture set is broken")
	errDeep     = errors.New("more than 12 bits per sample are not supported")
	errSize     = errors.New("the picture's size does not fit its coding blocks")
)

// subsampling gives how many luma samples a chroma sample covers each way;
// zeros where there is no chroma (table 6-1).
func (s *sps) subsampling() (x, y int) {
	switch s.chroma {
	case 1:
		return 2, 2
	case 2:
		return 2, 1
	case 3:
		return 1, 1
	}
	return 0, 0
}

func (s *sps) ctbsWide() int { return (s.width + 1<<s.ctb - 1) >> s.ctb }
func (s *sps) ctbsHigh() int { return (s.height + 1<<s.ctb - 1) >> s.ctb }

func parseSPS(payload []byte) (*sps, error) {
	r := &bitReader{data: unescape(nil, payload)}
	s := &sps{matrix: 2}
	r.skip(4) // video parameter set
	subLayers := int(r.u(3))
	r.skip(1)
	skipProfile(r, subLayers)
	s.id = int(r.ue())
	if err := s.parseFormat(r); err != nil {
		return nil, err
	}
	s.pocBits = int(r.ue()) + 4
	i := subLayers
	if r.flag() { // sps_sub_layer_ordering_info_present_flag
		i = 0
	}
	for ; i <= subLayers; i++ {
		r.ue()
		r.ue()
		r.ue()
	}
	if err := s.parseBlocks(r); err != nil {
		return nil, err
	}
	if err := s.parseTools(r); err != nil {
		return nil, err
	}
	if err := s.parseReferences(r); err != nil {
		return nil, err
	}
	s.temporalMVP = r.flag()
	s.strongSmooth = r.flag()
	if r.flag() {
		s.parseVUI(r, subLayers)
	}
	if err := s.parseExtensions(r); err != nil {
		return nil, err
	}
	if r.short || s.id > 15 || s.pocBits > 16 || subLayers > 6 {
		return nil, errSPS
	}
	return s, nil
}

// skipProfile passes over profile_tier_level (7.3.3).
func skipProfile(r *bitReader, subLayers int) {
	r.skip(96)
	var profile, level [8]bool
	for i := range subLayers {
		profile[i], level[i] = r.flag(), r.flag()
	}
	if subLayers > 0 {
		r.skip(2 * (8 - subLayers))
	}
	for i := range subLayers {
		if profile[i] {
			r.skip(88)
		}
		if level[i] {
			r.skip(8)
		}
	}
}

// maxSide bounds a picture's sides before any arithmetic is done on them; no
// level of the standard reaches it.
const maxSide = 1 << 16

func (s *sps) parseFormat(r *bitReader) error {
	s.chroma = int(r.ue())
	if s.chroma > 3 {
		return errSPS
	}
	if s.chroma == 3 && r.flag() {
		return errPlanes
	}
	w, h := r.ue(), r.ue()
	if w == 0 || h == 0 || w > maxSide || h > maxSide {
		return errSize
	}
	s.width, s.height = int(w), int(h)
	if r.flag() {
		if err := s.parseWindow(r); err != nil {
			return err
		}
	}
	y, c := r.ue(), r.ue()
	if y > 8 || c > 8 {
		return errSPS
	}
	if y > 4 || c > 4 {
		return errDeep
	}
	s.depthY, s.depthC = int(y)+8, int(c)+8
	return nil
}

// parseWindow reads the conformance window, in units of chroma samples.
func (s *sps) parseWindow(r *bitReader) error {
	x, y := s.subsampling()
	x, y = max(x, 1), max(y, 1)
	var v [4]int
	for i := range v {
		n := r.ue()
		if n > maxSide {
			return errSize
		}
		v[i] = int(n)
	}
	s.crop = window{v[0] * x, v[1] * x, v[2] * y, v[3] * y}
	if s.crop.left+s.crop.right >= s.width || s.crop.top+s.crop.bottom >= s.height {
		return errSize
	}
	return nil
}

// parseBlocks reads the sizes of coding and transform blocks and holds them
// against the bounds of 7.4.3.2.
func (s *sps) parseBlocks(r *bitReader) error {
	var v [4]int
	for i := range v {
		n := r.ue()
		if n > 5 {
			return errSPS
		}
		v[i] = int(n)
	}
	s.minCB = v[0] + 3
	s.ctb = s.minCB + v[1]
	s.minTB = v[2] + 2
	s.maxTB = s.minTB + v[3]
	r.ue() // max_transform_hierarchy_depth_inter
	depth := r.ue()
	switch {
	case s.ctb < 4 || s.ctb > 6, s.minTB >= s.minCB, s.maxTB > min(s.ctb, 5), int64(depth) > int64(s.ctb-s.minTB):
		return errSPS
	case s.width&(1<<s.minCB-1) != 0 || s.height&(1<<s.minCB-1) != 0:
		return errSize
	}
	s.maxDepthIntra = int(depth)
	return nil
}

func (s *sps) parseTools(r *bitReader) error {
	if r.flag() {
		s.lists = defaultLists()
		if r.flag() {
			if err := s.lists.parse(r); err != nil {
				return err
			}
		}
	}
	r.skip(1) // amp_enabled_flag
	s.sao = r.flag()
	if r.flag() {
		return s.parsePCM(r)
	}
	return nil
}

func (s *sps) parsePCM(r *bitReader) error {
	p := &pcmFormat{depthY: int(r.u(4)) + 1, depthC: int(r.u(4)) + 1}
	low, span := r.ue(), r.ue()
	if low > 2 || span > 2 {
		return errSPS
	}
	p.minCB = int(low) + 3
	p.maxCB = p.minCB + int(span)
	p.noLoopFilter = r.flag()
	if p.depthY > s.depthY || p.depthC > s.depthC || p.minCB < min(s.minCB, 5) || p.maxCB > min(s.ctb, 5) {
		return errSPS
	}
	s.pcm = p
	return nil
}

// parseReferences reads what inter pictures refer to; the slice headers of
// intra pictures depend on it.
func (s *sps) parseReferences(r *bitReader) error {
	n := r.ue()
	if n > 64 {
		return errSPS
	}
	for range n {
		set, err := parseRefSet(r, s.refSets, false)
		if err != nil {
			return err
		}
		s.refSets = append(s.refSets, set)
	}
	if s.longTerm = r.flag(); s.longTerm {
		n := r.ue()
		if n > 32 {
			return errSPS
		}
		s.longTermCount = int(n)
		r.skip(s.longTermCount * (s.pocBits + 1))
	}
	return nil
}

// parseExtensions reads the range extension and refuses what changes the
// decoding of intra pictures beyond it.
func (s *sps) parseExtensions(r *bitReader) error {
	if !r.flag() {
		return nil
	}
	ranged := r.flag()
	r.skip(2) // multilayer and 3D: they change nothing in the base layer
	screen := r.flag()
	r.skip(4)
	if screen {
		return errScreen
	}
	if !ranged {
		return nil
	}
	e := &s.rangeExt
	e.rotateSkipped = r.flag()
	e.skipContext = r.flag()
	e.implicitRDPCM = r.flag()
	r.skip(1) // explicit_rdpcm_enabled_flag: inter blocks
	if r.flag() {
		return errExtended
	}
	e.noSmoothing = r.flag()
	r.skip(1) // high_precision_offsets_enabled_flag: inter blocks
	e.persistentRice = r.flag()
	if r.flag() {
		return errAligned
	}
	return nil
}
