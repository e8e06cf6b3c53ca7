package hevc

// offset applies sample adaptive offset (H.265, 8.7.3) to the whole picture,
// which is deblocked by then. Its input is the deblocked picture throughout, so
// a row of coding tree blocks is copied aside before it is changed, with the
// line above it and the line below.
func (p *planes[S]) offset(f *frame) {
	for c := range p.plane {
		if p.plane[c].at == nil {
			continue
		}
		for row := range f.layout.high {
			p.offsetRow(f, c, row)
		}
	}
}

// offsetRow works on one row of coding tree blocks of a component. p.rows holds
// its copied lines, each with a sample before and one after it that no result
// depends on; line 0 is the one above.
func (p *planes[S]) offsetRow(f *frame, c, row int) {
	q := &p.plane[c]
	high := 1 << f.sps.ctb / q.subY
	y0 := row * high
	h := min(high, q.height-y0)
	stride := q.stride + 2
	p.rows = resize(p.rows, stride*(high+2))
	line := func(i int) []S { return p.rows[i*stride+1:][:q.stride] }
	if row > 0 {
		copy(line(0), line(high))
	}
	first := f.layout.wide * row
	used := false
	for i := range f.layout.wide {
		used = used || f.sao[first+i].kind[c] != saoNone
	}
	for i := range h + 1 {
		if y := y0 + i; y < q.height && (used || i == h-1) {
			copy(line(1+i), q.at[y*q.stride:])
		}
	}
	if !used {
		return
	}
	for i := range f.layout.wide {
		b := &f.sao[first+i]
		if b.kind[c] == saoNone {
			continue
		}
		t := p.part(f, c, first+i)
		t.h = h
		if b.kind[c] == saoBand {
			t.band(b, c, q.depth)
		} else {
			t.edge(b, c, q.depth)
			t.restoreBorder(f, first+i, int(b.class[c]))
		}
		if f.pps.bypass || f.sps.pcm != nil && f.sps.pcm.noLoopFilter {
			t.restoreUntouched(f, q, y0)
		}
	}
}

// part is one component of a coding tree block: the samples to change and the
// copies they are made from.
type part[S sample] struct {
	dst          []S // begins at the first sample
	src          []S // holds it at start
	start        int
	stride, from int // of dst and src
	x, w, h      int
}

func (p *planes[S]) part(f *frame, c, block int) part[S] {
	q := &p.plane[c]
	size := 1 << f.sps.ctb
	x := block % f.layout.wide * (size / q.subX)
	y := block / f.layout.wide * (size / q.subY)
	stride := q.stride + 2
	return part[S]{
		dst: q.at[y*q.stride+x:], stride: q.stride,
		src: p.rows, from: stride, start: stride + 1 + x,
		x: x, w: min(size/q.subX, q.width-x),
	}
}

// band adds an offset to four neighbouring bands of values.
func (t *part[S]) band(b *saoBlock, c int, depth uint) {
	var table [32]int32
	for k, v := range b.offsets[c] {
		table[(k+int(b.class[c]))&31] = int32(v)
	}
	most := int32(1)<<depth - 1
	for y := range t.h {
		src := t.src[t.start+y*t.from:][:t.w]
		dst := t.dst[y*t.stride:][:len(src)]
		for x, s := range src {
			v := int32(s)
			dst[x] = S(min(max(v+table[v>>(depth-5)&31], 0), most))
		}
	}
}

// directions are the places of the two neighbours that a class of edges
// compares with, hPos and vPos of table 8-13; the second one is opposite.
var directions = [4][2]int{{-1, 0}, {0, -1}, {-1, -1}, {1, -1}}

// edge adds an offset by how a sample stands to its two neighbours.
func (t *part[S]) edge(b *saoBlock, c int, depth uint) {
	o := &b.offsets[c]
	table := [8]int32{int32(o[0]), int32(o[1]), 0, int32(o[2]), int32(o[3])}
	d := directions[b.class[c]&3]
	step := d[1]*t.from + d[0]
	most := int32(1)<<depth - 1
	for y := range t.h {
		at := t.start + y*t.from
		src := t.src[at:][:t.w]
		one := t.src[at+step:][:len(src)]
		two := t.src[at-step:][:len(src)]
		dst := t.dst[y*t.stride:][:len(src)]
		for x, s := range src {
			v := int32(s)
			k := 2 + sign(v-int32(one[x])) + sign(v-int32(two[x]))
			dst[x] = S(min(max(v+table[k&7], 0), most))
		}
	}
}

// sign is −1, 0 or 1.
func sign(v int32) int32 { return v>>31 | int32(uint32(-v)>>31) }

// restoreBorder undoes edge at the block's border where a neighbour lies in a
// block that may not be looked at.
func (t *part[S]) restoreBorder(f *frame, block, class int) {
	near := f.saoNeighbours(block)
	if near == [3][3]bool{{true, true, true}, {true, true, true}, {true, true, true}} {
		return
	}
	d := directions[class&3]
	check := func(x, y int) {
		for _, s := range [2]int{1, -1} {
			if !near[1+beyond(y+s*d[1], t.h)][1+beyond(x+s*d[0], t.w)] {
				t.dst[y*t.stride+x] = t.src[t.start+y*t.from+x]
			}
		}
	}
	for x := range t.w {
		check(x, 0)
		check(x, t.h-1)
	}
	for y := range t.h {
		check(0, y)
		check(t.w-1, y)
	}
}

// beyond is −1 before zero, 1 from n on, and 0 between.
func beyond(v, n int) int {
	switch {
	case v < 0:
		return -1
	case v >= n:
		return 1
	}
	return 0
}

// saoNeighbours says which blocks around one its edges may be compared with, by
// row and column (8.7.3.2): of two slices, the later one decides.
func (f *frame) saoNeighbours(block int) (near [3][3]bool) {
	l := f.layout
	bx, by := block%l.wide, block/l.wide
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			x, y := bx+dx, by+dy
			if x < 0 || y < 0 || x >= l.wide || y >= l.high {
				continue
			}
			other := y*l.wide + x
			later := block
			if f.sliceOf[other] > f.sliceOf[block] {
				later = other
			}
			near[1+dy][1+dx] = (f.sliceOf[other] == f.sliceOf[block] || f.sliceAt(later).filterAcross) &&
				(l.tile[other] == l.tile[block] || f.pps.filterAcrossTiles)
		}
	}
	return near
}

// restoreUntouched undoes everything on samples that no filter may change.
func (t *part[S]) restoreUntouched(f *frame, q *plane[S], y0 int) {
	w, h := 8/q.subX, 8/q.subY
	for y := 0; y < t.h; y += h {
		for x := 0; x < t.w; x += w {
			if f.marks[(y0+y)/h*f.wide8+(t.x+x)/w]&markUntouched == 0 {
				continue
			}
			for j := range h {
				copy(t.dst[(y+j)*t.stride+x:][:w], t.src[t.start+(y+j)*t.from+x:])
			}
		}
	}
}
