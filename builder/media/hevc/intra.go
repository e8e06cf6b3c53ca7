package hevc

// predicted is a block to predict: its place and size, its mode, and how many
// samples around it are there to predict from.
type predicted struct {
	c, x, y, log2 int
	mode          uint8
	left, below   int // to the left, from its top down; further below
	top, right    int // above, from its left on; further right
	corner        bool
	smooth        bool // whether neighbours are filtered at all
	strong        bool // strong_intra_smoothing_enabled_flag
	softEdges     bool // whether some modes filter the block's own edges
	hardAngles    bool // whether horizontal and vertical modes never do
}

// predict is intra sample prediction (H.265, 8.4.4.2.1).
func (p *planes[S]) predict(b *predicted) {
	q := &p.plane[b.c]
	n := 1 << b.log2
	p.gather(q, b, n)
	left, top := &p.left, &p.top
	if b.smooth && smooths(b.mode, b.log2) {
		p.smooth(b, n, q.depth)
		left, top = &p.leftSm, &p.topSm
	}
	dst := q.at[b.y*q.stride+b.x:]
	dst = dst[:(n-1)*q.stride+n]
	switch {
	case b.mode == modePlanar:
		planar(dst, q.stride, b.log2, left, top)
	case b.mode == modeDC:
		dc(dst, q.stride, b.log2, left, top, b.softEdges)
	case b.mode >= 18:
		p.project(left, top, n, int(b.mode))
		angularDown(dst, q.stride, n, angles[b.mode], &p.line)
		if b.mode == modeVertical && b.softEdges && !b.hardAngles {
			softLeft(dst, q.stride, n, left, top, q.depth)
		}
	default:
		p.project(top, left, n, int(modeDiagonal+2-b.mode))
		angularAcross(dst, q.stride, n, angles[b.mode], &p.line)
		if b.mode == modeHorizontal && b.softEdges && !b.hardAngles {
			softTop(dst, n, left, top, q.depth)
		}
	}
}

// gather collects the samples around a block in left and top, and puts others in
// the place of those that are not there (8.4.4.2.2).
func (p *planes[S]) gather(q *plane[S], b *predicted, n int) {
	left, top := p.left[:2*n+1], p.top[:2*n+1]
	at := b.y*q.stride + b.x
	if b.left > 0 {
		i := at - 1
		for j := range b.left + b.below {
			left[1+j] = q.at[i]
			i += q.stride
		}
	}
	if b.corner {
		left[0] = q.at[at-q.stride-1]
	}
	if b.top > 0 {
		copy(top[1:], q.at[at-q.stride:][:n])
	}
	if b.right > 0 {
		copy(top[1+n:], q.at[at-q.stride+n:][:b.right])
	}
	p.substitute(b, n, S(1)<<(q.depth-1))
	top[0] = left[0]
}

// substitute goes from the lowest sample on the left up to the corner and on to
// the last one above, and repeats each sample over the gap that follows it. What
// is before the first takes the first's value.
func (p *planes[S]) substitute(b *predicted, n int, middle S) {
	left, top := p.left[:2*n+1], p.top[:2*n+1]
	if b.left == n && b.below == n && b.corner && b.top == n && b.right == n {
		return
	}
	var v S
	switch {
	case b.left > 0:
		v = left[b.left+b.below]
	case b.corner:
		v = left[0]
	case b.top > 0:
		v = top[1]
	case b.right > 0:
		v = top[1+n]
	default:
		v = middle
	}
	if b.left > 0 {
		repeat(left[1+n+b.below:], v)
		v = left[1]
	} else {
		repeat(left[1:], v)
	}
	if b.corner {
		v = left[0]
	} else {
		left[0] = v
	}
	if b.top > 0 {
		v = top[n]
	} else {
		repeat(top[1:1+n], v)
	}
	if b.right > 0 {
		v = top[n+b.right]
	}
	repeat(top[1+n+b.right:], v)
}

func repeat[S sample](s []S, v S) {
	for i := range s {
		s[i] = v
	}
}

// smooths reports whether a block's neighbours are filtered, by its mode and
// size (8.4.4.2.3): the further from horizontal and vertical, the rather.
func smooths(mode uint8, log2 int) bool {
	if mode == modeDC || log2 == 2 {
		return false
	}
	d := min(distance(mode, modeVertical), distance(mode, modeHorizontal))
	switch log2 {
	case 3:
		return d > 7
	case 4:
		return d > 1
	}
	return d > 0
}

func distance(a, b uint8) int {
	if a > b {
		return int(a - b)
	}
	return int(b - a)
}

// smooth filters the neighbours into leftSm and topSm (8.4.4.2.3).
func (p *planes[S]) smooth(b *predicted, n int, depth uint) {
	if b.strong && b.log2 == 5 && p.isFlat(depth) {
		p.smoothStrongly()
		return
	}
	left, top := p.left[:2*n+1], p.top[:2*n+1]
	outL, outT := p.leftSm[:len(left)], p.topSm[:len(top)]
	corner := S((uint32(left[1]) + 2*uint32(left[0]) + uint32(top[1]) + 2) >> 2)
	outL[0], outT[0] = corner, corner
	smoothLine(outL, left)
	smoothLine(outT, top)
}

// smoothLine is the filter 1 2 1 on all but the ends; the last sample stays.
func smoothLine[S sample](out, in []S) {
	out = out[:len(in)]
	a, b := uint32(in[0]), uint32(in[1])
	for i := 2; i < len(in); i++ {
		c := uint32(in[i])
		out[i-1] = S((a + 2*b + c + 2) >> 2)
		a, b = b, c
	}
	out[len(in)-1] = in[len(in)-1]
}

// isFlat reports that the neighbours of a block of 32 lie nearly on lines.
func (p *planes[S]) isFlat(depth uint) bool {
	bound := 1 << (depth - 5)
	bend := func(l *[65]S) int {
		d := int(l[0]) + int(l[64]) - 2*int(l[32])
		return max(d, -d)
	}
	return bend(&p.top) < bound && bend(&p.left) < bound
}

// smoothStrongly puts straight lines in the place of the neighbours.
func (p *planes[S]) smoothStrongly() {
	for _, l := range [2]struct{ in, out *[65]S }{{&p.left, &p.leftSm}, {&p.top, &p.topSm}} {
		a, z := int(l.in[0]), int(l.in[64])
		l.out[0] = l.in[0]
		for i := 1; i < 64; i++ {
			l.out[i] = S(((64-i)*a + i*z + 32) >> 6)
		}
		l.out[64] = l.in[64]
	}
}

// planar is 8.4.4.2.4.
func planar[S sample](dst []S, stride, log2 int, left, top *[65]S) {
	n := 1 << log2
	corner, foot := int32(top[n+1]), int32(left[n+1])
	above := top[1:][:n]
	for y := range n {
		row := dst[y*stride:][:len(above)]
		l := int32(left[1+y])
		h := l<<log2 + int32(n)
		step := corner - l
		up, down := int32(n-1-y), int32(y+1)*foot
		for x := range row {
			h += step
			row[x] = S((h + up*int32(above[x]) + down) >> (log2 + 1))
		}
	}
}

// dc is 8.4.4.2.5.
func dc[S sample](dst []S, stride, log2 int, left, top *[65]S, soft bool) {
	n := 1 << log2
	sum := uint32(n)
	for i := 1; i <= n; i++ {
		sum += uint32(left[i]) + uint32(top[i])
	}
	v := sum >> (log2 + 1)
	for y := range n {
		repeat(dst[y*stride:][:n], S(v))
	}
	if !soft {
		return
	}
	for i := 1; i < n; i++ {
		dst[i] = S((uint32(top[1+i]) + 3*v + 2) >> 2)
		dst[i*stride] = S((uint32(left[1+i]) + 3*v + 2) >> 2)
	}
	dst[0] = S((uint32(left[1]) + 2*v + uint32(top[1]) + 2) >> 2)
}

// angles is intraPredAngle (table 8-5); inverses is invAngle (table 8-6), from
// mode 18 to 25. Modes 11 to 17 mirror them.
var (
	angles = [35]int{
		0, 0, 32, 26, 21, 17, 13, 9, 5, 2, 0, -2, -5, -9, -13, -17, -21, -26,
		-32, -26, -21, -17, -13, -9, -5, -2, 0, 2, 5, 9, 13, 17, 21, 26, 32,
	}
	inverses = [8]int{-256, -315, -390, -482, -630, -910, -1638, -4096}
)

// lineStart is where the corner stands in planes.line.
const lineStart = 32

// project fills line, the reference of a mode from 18 on, with the samples
// above, and where the mode points to the left, with those on the left as they
// are seen along it (8.4.4.2.6). Modes below 18 are the same with left and top
// exchanged.
func (p *planes[S]) project(side, main *[65]S, n, mode int) {
	angle := angles[mode]
	line := &p.line
	if angle >= 0 {
		copy(line[lineStart:], main[:2*n+1])
		return
	}
	copy(line[lineStart:], main[:n+1])
	inverse := inverses[mode-18]
	for x := -1; x >= (n*angle)>>5; x-- {
		line[lineStart+x] = side[(x*inverse+128)>>8]
	}
}

// angularDown predicts rows from the line above.
func angularDown[S sample](dst []S, stride, n, angle int, line *[lineLength]S) {
	for y := range n {
		at := (y + 1) * angle
		r := line[lineStart+1+at>>5:][:n+1]
		row := dst[y*stride:][:n]
		f := uint32(at & 31)
		if f == 0 {
			copy(row, r)
			continue
		}
		a := uint32(r[0])
		for x, s := range r[1:][:len(row)] {
			b := uint32(s)
			row[x] = S(((32-f)*a + f*b + 16) >> 5)
			a = b
		}
	}
}

// angularAcross predicts columns from the line on the left.
func angularAcross[S sample](dst []S, stride, n, angle int, line *[lineLength]S) {
	for x := range n {
		at := (x + 1) * angle
		r := line[lineStart+1+at>>5:][:n+1]
		f := uint32(at & 31)
		i := x
		if f == 0 {
			for _, s := range r[:n] {
				dst[i] = s
				i += stride
			}
			continue
		}
		a := uint32(r[0])
		for _, s := range r[1:] {
			b := uint32(s)
			dst[i] = S(((32-f)*a + f*b + 16) >> 5)
			a = b
			i += stride
		}
	}
}

// softLeft bends the left column of the vertical mode to the samples beside it,
// softTop the upper row of the horizontal one (8.4.4.2.6).
func softLeft[S sample](dst []S, stride, n int, left, top *[65]S, depth uint) {
	most := 1<<depth - 1
	for y := range n {
		v := int(top[1]) + (int(left[1+y])-int(left[0]))>>1
		dst[y*stride] = S(min(max(v, 0), most))
	}
}

func softTop[S sample](dst []S, n int, left, top *[65]S, depth uint) {
	most := 1<<depth - 1
	for x := range n {
		v := int(left[1]) + (int(top[1+x])-int(top[0]))>>1
		dst[x] = S(min(max(v, 0), most))
	}
}
