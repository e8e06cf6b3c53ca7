package hevc

// betas and tcs are β′ and tC′ by Q (H.265, table 8-12).
var (
	betas = [52]uint8{
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
		16, 17, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 62, 64,
	}
	tcs = [54]uint8{
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1,
		2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 13, 14, 16, 18, 20, 22, 24,
	}
)

// edge is a piece of an edge, four luma samples long or what of it falls to
// chroma. Samples across it stand across apart, those along it along apart; at is
// the first one on the far side (q0).
type edge struct {
	at, across, along int
	length            int
	keepP, keepQ      bool // whether a side must stay as it is
	beta, tc          int
}

// deblock filters the vertical edges of a row of coding tree blocks, then its
// horizontal ones (8.7.2). The horizontal edge at the top reaches into the row
// above, whose vertical edges are done by then, as the standard wants it: all
// vertical edges of the picture come before the horizontal ones they meet.
func (p *planes[S]) deblock(f *frame, row int) {
	y0 := row << f.sps.ctb
	y1 := min(y0+1<<f.sps.ctb, f.sps.height)
	for _, horizontal := range []bool{false, true} {
		p.deblockLuma(f, y0, y1, horizontal)
		if f.sps.chroma != 0 {
			p.deblockChroma(f, y0, y1, horizontal)
		}
	}
}

// pieces gives the marks of one direction: those of the two halves of an edge,
// and the place of the block on the near side (p) relative to the other.
func pieces(f *frame, horizontal bool) (halves [2]uint8, near int) {
	if horizontal {
		return [2]uint8{markTopLeft, markTopRight}, -f.wide8
	}
	return [2]uint8{markLeftHigh, markLeftLow}, -1
}

func (p *planes[S]) deblockLuma(f *frame, y0, y1 int, horizontal bool) {
	q := &p.plane[0]
	halves, near := pieces(f, horizontal)
	e := edge{across: 1, along: q.stride, length: 4}
	if horizontal {
		e.across, e.along = q.stride, 1
	}
	for y := y0; y < y1; y += 8 {
		for x := 0; x < f.sps.width; x += 8 {
			i := (y>>3)*f.wide8 + x>>3
			marks := f.marks[i]
			if marks&(halves[0]|halves[1]) == 0 {
				continue
			}
			h := f.sliceAt((y>>f.sps.ctb)*f.layout.wide + x>>f.sps.ctb)
			qp := (int(f.qps[i]) + int(f.qps[i+near]) + 1) >> 1
			scale := q.depth - 8
			e.beta = int(betas[min(max(qp+h.beta, 0), 51)]) << scale
			e.tc = int(tcs[min(max(qp+2+h.tc, 0), 53)]) << scale
			e.keepP, e.keepQ = f.marks[i+near]&markUntouched != 0, marks&markUntouched != 0
			for k, half := range halves {
				if marks&half != 0 {
					e.at = y*q.stride + x + 4*k*e.along
					filterLuma(q.at, &e, int(1)<<q.depth-1)
				}
			}
		}
	}
}

// deblockChroma filters the edges on the grid of eight chroma samples.
func (p *planes[S]) deblockChroma(f *frame, y0, y1 int, horizontal bool) {
	halves, near := pieces(f, horizontal)
	sx, sy := f.sps.subsampling()
	stepX, stepY := 8*sx, 8
	if horizontal {
		stepX, stepY = 8, 8*sy
	}
	for y := y0; y < y1; y += stepY {
		for x := 0; x < f.sps.width; x += stepX {
			i := (y>>3)*f.wide8 + x>>3
			marks := f.marks[i]
			if marks&(halves[0]|halves[1]) == 0 {
				continue
			}
			h := f.sliceAt((y>>f.sps.ctb)*f.layout.wide + x>>f.sps.ctb)
			qp := (int(f.qps[i]) + int(f.qps[i+near]) + 1) >> 1
			e := edge{keepP: f.marks[i+near]&markUntouched != 0, keepQ: marks&markUntouched != 0}
			for c, offset := range [2]int{f.pps.cbOffset, f.pps.crOffset} {
				q := &p.plane[1+c]
				qpC := scaledChromaQP(qp+offset, f.sps.chroma)
				e.tc = int(tcs[min(max(qpC+2+h.tc, 0), 53)]) << (q.depth - 8)
				e.across, e.along, e.length = 1, q.stride, 4/sy
				if horizontal {
					e.across, e.along, e.length = q.stride, 1, 4/sx
				}
				for k, half := range halves {
					if marks&half != 0 {
						e.at = y/sy*q.stride + x/sx + k*e.length*e.along
						filterChroma(q.at, &e, int(1)<<q.depth-1)
					}
				}
			}
		}
	}
}

func abs(v int) int { return max(v, -v) }

func clamp(v, low, high int) int { return min(max(v, low), high) }

// filterLuma decides how an edge is filtered, by its first and last line, and
// filters it (8.7.2.5.3, 8.7.2.5.6, 8.7.2.5.7).
func filterLuma[S sample](at []S, e *edge, most int) {
	s := at[e.at-4*e.across:]
	var l [2][8]int // p3 p2 p1 p0 q0 q1 q2 q3
	for k := range l {
		i := 3 * k * e.along
		for j := range l[k] {
			l[k][j] = int(s[i])
			i += e.across
		}
	}
	var dp, dq, d [2]int
	for k := range l {
		dp[k] = abs(l[k][1] - 2*l[k][2] + l[k][3])
		dq[k] = abs(l[k][6] - 2*l[k][5] + l[k][4])
		d[k] = dp[k] + dq[k]
	}
	if d[0]+d[1] >= e.beta {
		return
	}
	strong := true
	for k := range l {
		strong = strong && 2*d[k] < e.beta>>2 && abs(l[k][0]-l[k][3])+abs(l[k][4]-l[k][7]) < e.beta>>3 &&
			abs(l[k][3]-l[k][4]) < (5*e.tc+1)>>1
	}
	if strong {
		filterStrong(s, e)
		return
	}
	side := (e.beta + e.beta>>1) >> 3
	filterWeak(s, e, dp[0]+dp[1] < side, dq[0]+dq[1] < side, most)
}

// filterStrong changes three samples on each side of four lines; s begins at p3.
func filterStrong[S sample](s []S, e *edge) {
	a := e.across
	for k := range 4 {
		t := s[k*e.along:]
		t = t[:7*a+1]
		p3, p2, p1, p0 := int(t[0]), int(t[a]), int(t[2*a]), int(t[3*a])
		q0, q1, q2, q3 := int(t[4*a]), int(t[5*a]), int(t[6*a]), int(t[7*a])
		c := 2 * e.tc
		if !e.keepP {
			t[3*a] = S(clamp((p2+2*p1+2*p0+2*q0+q1+4)>>3, p0-c, p0+c))
			t[2*a] = S(clamp((p2+p1+p0+q0+2)>>2, p1-c, p1+c))
			t[a] = S(clamp((2*p3+3*p2+p1+p0+q0+4)>>3, p2-c, p2+c))
		}
		if !e.keepQ {
			t[4*a] = S(clamp((p1+2*p0+2*q0+2*q1+q2+4)>>3, q0-c, q0+c))
			t[5*a] = S(clamp((p0+q0+q1+q2+2)>>2, q1-c, q1+c))
			t[6*a] = S(clamp((p0+q0+q1+3*q2+2*q3+4)>>3, q2-c, q2+c))
		}
	}
}

// filterWeak changes one or two samples on each side.
func filterWeak[S sample](s []S, e *edge, twoP, twoQ bool, most int) {
	a := e.across
	for k := range 4 {
		t := s[k*e.along:]
		t = t[:7*a+1]
		p2, p1, p0 := int(t[a]), int(t[2*a]), int(t[3*a])
		q0, q1, q2 := int(t[4*a]), int(t[5*a]), int(t[6*a])
		d := (9*(q0-p0) - 3*(q1-p1) + 8) >> 4
		if abs(d) >= 10*e.tc {
			continue
		}
		d = clamp(d, -e.tc, e.tc)
		c := e.tc >> 1
		if !e.keepP {
			t[3*a] = S(clamp(p0+d, 0, most))
			if twoP {
				t[2*a] = S(clamp(p1+clamp(((p2+p0+1)>>1-p1+d)>>1, -c, c), 0, most))
			}
		}
		if !e.keepQ {
			t[4*a] = S(clamp(q0-d, 0, most))
			if twoQ {
				t[5*a] = S(clamp(q1+clamp(((q2+q0+1)>>1-q1-d)>>1, -c, c), 0, most))
			}
		}
	}
}

// filterChroma is 8.7.2.5.8.
func filterChroma[S sample](at []S, e *edge, most int) {
	if e.tc == 0 {
		return
	}
	a := e.across
	for k := range e.length {
		t := at[e.at-2*a+k*e.along:]
		t = t[:3*a+1]
		p1, p0, q0, q1 := int(t[0]), int(t[a]), int(t[2*a]), int(t[3*a])
		d := clamp(((q0-p0)<<2+p1-q1+4)>>3, -e.tc, e.tc)
		if !e.keepP {
			t[a] = S(clamp(p0+d, 0, most))
		}
		if !e.keepQ {
			t[2*a] = S(clamp(q0-d, 0, most))
		}
	}
}
