package hevc

// residual is the work space of one transform block.
type residual struct {
	coeffs       [32 * 32]int32 // scaled, in raster order; zero between blocks
	values       [32 * 32]int32 // what is added to the prediction
	luma         [32 * 32]int32 // values of the luma block, for 4:4:4
	columns      [32 * 32]int32 // between the two passes of a transform
	levels       [16]int32      // of one block of 4×4 coefficients
	at           [16]uint8      // their places in the scan
	coded        [8][8]bool     // coded_sub_block_flag
	lastX, lastY int            // bounds of the coefficients that are not zero
	single       bool           // there is none but the lowest frequency
}

// scaler turns levels to coefficients (H.265, 8.6.4.2).
type scaler struct {
	raw     bool  // cu_transquant_bypass: levels are residuals
	factor  int64 // levelScale << (qP/6), times 16 where m is flat
	shift   uint
	half    int64
	factors []uint8 // m by raster place; nil: flat
}

var levelScale = [6]int64{40, 45, 51, 57, 64, 72}

func (w *walker) newScaler(c, log2 int, skipped bool) scaler {
	if w.cu.bypass {
		return scaler{raw: true}
	}
	qp := w.quantiser(c)
	depth := w.sps.depthY
	if c > 0 {
		depth = w.sps.depthC
	}
	s := scaler{factor: levelScale[qp%6] << (qp / 6), shift: uint(depth + log2 - 5)}
	s.half = 1 << (s.shift - 1)
	if w.frame.factors != nil && !(skipped && log2 > 2) {
		s.factors = w.frame.factors[log2-2][c]
	} else {
		s.factor *= 16
	}
	return s
}

// scale gives the coefficient for a level at a raster place.
func (s *scaler) scale(level int32, at int) int32 {
	if s.raw {
		return level
	}
	v := int64(level) * s.factor
	if s.factors != nil {
		v *= int64(s.factors[at])
	}
	return int32(min(max((v+s.half)>>s.shift, -1<<15), 1<<15-1))
}

// residual decodes residual_coding (7.3.8.11) of component c and leaves the
// block's residual in w.block.values.
func (w *walker) residual(c, log2 int, mode uint8) error {
	skipped := w.pps.transformSkip && !w.cu.bypass && log2 <= w.pps.maxSkip &&
		w.c.bin(uint8(ctxSkip+min(c, 1))) == 1
	t := block{c: c, log2: log2, mode: mode, skipped: skipped, scan: w.scanOrder(c, log2, mode)}
	t.scaler = w.newScaler(c, log2, skipped)
	if err := w.coefficients(&t); err != nil {
		return err
	}
	w.transform(&t)
	return nil
}

// block is a transform block whose residual is being decoded.
type block struct {
	c, log2 int
	mode    uint8
	skipped bool // transform_skip_flag
	scan    int
	scaler  scaler
}

// scanOrder is scanIdx (7.4.9.11): small blocks are scanned across the
// direction they are predicted in.
func (w *walker) scanOrder(c, log2 int, mode uint8) int {
	if log2 == 2 || log2 == 3 && (c == 0 || w.sps.chroma == 3) {
		switch {
		case mode >= 6 && mode <= 14:
			return scanVertical
		case mode >= 22 && mode <= 30:
			return scanHorizontal
		}
	}
	return scanDiagonal
}

// lastPlace decodes the place of the last coefficient (7.4.9.11).
func (w *walker) lastPlace(t *block) (x, y int) {
	px := w.lastPrefix(ctxLastX, t)
	py := w.lastPrefix(ctxLastY, t)
	x = w.lastSuffix(px)
	y = w.lastSuffix(py)
	if t.scan == scanVertical {
		x, y = y, x
	}
	return x, y
}

func (w *walker) lastPrefix(ctx int, t *block) int {
	shift := uint(t.log2+1) >> 2
	ctx += 3*(t.log2-2) + (t.log2-1)>>2
	if t.c > 0 {
		shift = uint(t.log2 - 2)
		ctx -= 3*(t.log2-2) + (t.log2-1)>>2
		ctx += 15
	}
	n := 0
	for n < 2*t.log2-1 && w.c.bin(uint8(ctx+n>>shift)) == 1 {
		n++
	}
	return n
}

func (w *walker) lastSuffix(prefix int) int {
	if prefix < 4 {
		return prefix
	}
	n := prefix>>1 - 1
	return (2+prefix&1)<<n + w.c.bypasses(n)
}

// coefficients decodes all levels of a block, blocks of 4×4 in turn, and scales
// them into place.
func (w *walker) coefficients(t *block) error {
	b := &w.block
	lastX, lastY := w.lastPlace(t)
	blocks, inner := scans[t.scan][t.log2-2], scans[t.scan][2]
	i := int(blocks.index[(lastY>>2)<<3|lastX>>2])
	n := int(inner.index[(lastY&3)<<3|lastX&3])
	b.coded = [8][8]bool{}
	b.lastX, b.lastY = 0, 0
	b.single = lastX|lastY == 0
	greater := 1 // greater1Ctx, kept from one block to the next
	for first := true; i >= 0; i-- {
		p := blocks.at[i]
		bx, by := int(p.x&7), int(p.y&7)
		around := 0
		if bx < 7 && b.coded[by][bx+1] {
			around = 1
		}
		if by < 7 && b.coded[by+1][bx] {
			around |= 2
		}
		coded := first || i == 0
		if !coded {
			coded = w.c.bin(uint8(ctxCodedBlock+min(around, 1)+2*min(t.c, 1))) == 1
		}
		if !coded {
			continue
		}
		b.coded[by][bx] = true
		count := w.significant(t, bx, by, around, n, i, first)
		n, first = 15, false
		if count == 0 {
			continue
		}
		if err := w.levels(t, count, i, &greater); err != nil {
			return err
		}
		w.place(t, bx, by, count, inner)
	}
	return nil
}

// sigPatterns is sigCtx within a block of 4×4 by what is coded to the right (1)
// and below (2), equations 9-42 to 9-45; the last is that of transform blocks of
// 4×4 (ctxIdxMap, table 9-50). By y<<2|x.
var sigPatterns = [5][16]uint8{
	{2, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0},
	{2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0},
	{2, 1, 0, 0, 2, 1, 0, 0, 2, 1, 0, 0, 2, 1, 0, 0},
	{2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2},
	{0, 1, 4, 5, 2, 3, 4, 5, 6, 6, 8, 8, 7, 7, 8, 8},
}

// sigByScan is sigPatterns by scanIdx and place in that scan.
var sigByScan = patternsByScan()

func patternsByScan() (p [3][5][16]uint8) {
	for scan := range p {
		for i, pattern := range sigPatterns {
			for n := range 16 {
				at := scans[scan][2].at[n]
				p[scan][i][n] = pattern[at.y<<2|at.x]
			}
		}
	}
	return p
}

// sigContexts gives the contexts of sig_coeff_flag in a block of 4×4: a base, a
// pattern to add to it, and the context of its first place (9.3.4.2.5).
func (w *walker) sigContexts(t *block, bx, by, around, i int) (base, dc uint8, pattern *[16]uint8) {
	if w.sps.rangeExt.skipContext && (t.skipped || w.cu.bypass) {
		base = uint8(ctxSig + 42 + min(t.c, 1))
		return base, base, &noPattern
	}
	base = ctxSig
	if t.c > 0 {
		base += 27
	}
	dc = base
	if t.log2 == 2 {
		return base, dc, &sigByScan[t.scan][4]
	}
	if t.c == 0 {
		if bx|by != 0 {
			base += 3
		}
		switch {
		case t.log2 > 3:
			base += 21
		case t.scan == scanDiagonal:
			base += 9
		default:
			base += 15
		}
	} else if t.log2 == 3 {
		base += 9
	} else {
		base += 12
	}
	if i > 0 {
		dc = base + sigPatterns[around][0]
	}
	return base, dc, &sigByScan[t.scan][around]
}

var noPattern [16]uint8

// significant decodes which coefficients of a block of 4×4 are not zero, and
// leaves their places in w.block.at, highest first. n is the last place; in the
// block that holds the last coefficient it is not asked for.
func (w *walker) significant(t *block, bx, by, around, n, i int, first bool) int {
	base, dc, pattern := w.sigContexts(t, bx, by, around, i)
	at := &w.block.at
	count := 0
	if first {
		at[0] = uint8(n)
		count, n = 1, n-1
	}
	for ; n > 0; n-- {
		if w.c.bin(base+pattern[n&15]) == 1 {
			at[count&15] = uint8(n)
			count++
		}
	}
	if n < 0 {
		return count
	}
	// The first place needs no flag where the block is known to have a
	// coefficient and no other was found.
	if count == 0 && i > 0 || w.c.bin(dc) == 1 {
		at[count&15] = 0
		count++
	}
	return count
}

// levels decodes the absolute values and signs of count coefficients into
// w.block.levels.
func (w *walker) levels(t *block, count, i int, greater *int) error {
	b := &w.block
	set := 0
	if i > 0 && t.c == 0 {
		set = 2
	}
	if *greater == 0 {
		set++
	}
	flags := min(count, 8)
	g1 := uint8(ctxGreater1 + 4*set + 16*min(t.c, 1))
	*greater = 1
	two := -1 // the first one that is greater than 1
	for k := range flags {
		v := w.c.bin(g1 + uint8(*greater))
		b.levels[k] = int32(1 + v)
		if v == 1 {
			*greater = 0
			if two < 0 {
				two = k
			}
		} else if *greater > 0 && *greater < 3 {
			*greater++
		}
	}
	if two >= 0 {
		b.levels[two] += int32(w.c.bin(uint8(ctxGreater2 + set + 4*min(t.c, 1))))
	}
	hidden := w.hidesSign(t) && b.at[0] > b.at[count-1]+3
	signs := count
	if hidden {
		signs--
	}
	bits := w.c.bypasses(signs) << (16 - signs)
	sum, err := w.remaining(t, count, two)
	if err != nil {
		return err
	}
	for k := range count {
		if bits&(1<<15>>k) != 0 {
			b.levels[k] = -b.levels[k]
		}
	}
	if hidden && sum&1 == 1 {
		b.levels[count-1] = -b.levels[count-1]
	}
	return nil
}

// hidesSign reports that a sign may be told by parity (7.3.8.11, signHidden).
func (w *walker) hidesSign(t *block) bool {
	if !w.pps.hideSigns || w.cu.bypass {
		return false
	}
	return !(w.sps.rangeExt.implicitRDPCM && t.skipped && (t.mode == modeHorizontal || t.mode == modeVertical))
}

// maxLevel is the largest absolute value of a level, that of −32768 (7.4.9.11,
// CoeffMinY). It also keeps the Rice parameter below 15.
const maxLevel = 1 << 15

// remaining completes the levels that the flags could not tell, and gives the
// sum of all. two is the place of the one that had a second flag.
func (w *walker) remaining(t *block, count, two int) (sum int32, err error) {
	b := &w.block
	persistent := w.sps.rangeExt.persistentRice
	rice, most := 0, 4
	stat := &w.c.stat[w.statIndex(t)]
	if persistent {
		rice, most = int(*stat/4), 32
	}
	for k := range count {
		told := int32(2) // the level from which on the flags are not enough
		if k >= 8 {
			b.levels[k], told = 1, 1
		} else if k == two {
			told = 3
		}
		if b.levels[k] == told {
			v := w.c.level(rice)
			if v < 0 || b.levels[k]+v > maxLevel {
				return 0, errBroken
			}
			if persistent {
				adapt(stat, v)
				persistent = false // the first one only
			}
			b.levels[k] += v
			if b.levels[k] > 3<<rice && rice < most {
				rice++
			}
		}
		sum += b.levels[k]
	}
	return sum, nil
}

// statIndex is sbType (9.3.3.11).
func (w *walker) statIndex(t *block) int {
	i := 0
	if t.c == 0 {
		i = 2
	}
	if t.skipped || w.cu.bypass {
		i++
	}
	return i
}

// adapt moves StatCoeff after the first remaining level of a block of 4×4.
func adapt(stat *uint8, v int32) {
	if v >= 3<<(*stat/4) {
		*stat++
	} else if 2*v < 1<<(*stat/4) && *stat > 0 {
		*stat--
	}
}

// level decodes coeff_abs_level_remaining (9.3.3.11); below zero where it is
// larger than any coefficient may be. rice is at most 15.
func (c *cabac) level(rice int) int32 {
	prefix := 0
	for prefix < 32 && c.bypass() == 1 {
		prefix++
	}
	if prefix <= 3 {
		return int32(prefix<<rice + c.bypasses(rice))
	}
	n := prefix - 3 + rice
	if n > 17 {
		return -1
	}
	return int32((1<<(prefix-3)+2)<<rice + c.bypasses(n))
}

// place scales the levels of a block of 4×4 into the transform block.
func (w *walker) place(t *block, bx, by, count int, inner *scan) {
	b := &w.block
	for k := range count {
		p := inner.at[b.at[k&15]&15]
		x, y := bx<<2|int(p.x&3), by<<2|int(p.y&3)
		i := (y<<t.log2 | x) & 1023
		b.coeffs[i] = t.scaler.scale(b.levels[k&15], i)
		b.lastX, b.lastY = max(b.lastX, x), max(b.lastY, y)
	}
}
