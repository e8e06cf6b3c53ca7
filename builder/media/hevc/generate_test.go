package hevc

import (
	"errors"
	"math/rand/v2"
)

// generate makes a stream of a drawn recipe. An arithmetic decoder turns any
// bits into some syntax, with the odds that its contexts expect; so noise is a
// valid slice, as long as its blocks decode and it ends where it must. Each
// coding tree block's bits are therefore drawn until both hold. What comes out
// uses tools that no encoder at hand does. Whether it is decoded rightly is for
// other decoders to say: the sums in testdata are theirs.
func generate(seed uint64) ([]byte, *recipe, error) {
	r := rand.New(rand.NewPCG(seed, 0))
	c := newRecipe(r)
	g := &generator{recipe: c, r: r}
	stream := videoSet()
	s, p := c.sequenceSet(r), c.pictureSet(r)
	config, err := ParseConfig(bareConfig())
	if err != nil {
		return nil, nil, err
	}
	for _, u := range units(append(append([]byte{}, s...), p...)) {
		n, err := parseNAL(u)
		if err != nil {
			return nil, nil, err
		}
		if err := config.sets.add(n); err != nil {
			return nil, nil, err
		}
	}
	stream = append(append(stream, s...), p...)
	g.d = NewDecoder(config)
	if err := g.d.begin(&config.sets, 0); err != nil {
		return nil, nil, err
	}
	for g.d.walker.next < len(g.d.frame.layout.order) {
		u, err := g.segment()
		if err != nil {
			return nil, nil, err
		}
		stream = append(stream, u...)
	}
	return stream, c, nil
}

type generator struct {
	*recipe
	r     *rand.Rand
	d     *Decoder
	slice *sliceHeader
	data  []byte
	ends  []int // where substreams end in data
}

// segment draws a slice segment and gives its NAL unit.
func (g *generator) segment() ([]byte, error) {
	w := &g.d.walker
	at := int(w.layout.order[w.next])
	slice := g.slice
	if slice != nil && g.pps.wavefront && w.startsRow(at) && !w.startsRow(slice.address) {
		slice = nil // neither may a slice
	}
	h := g.header(g.r, at, slice)
	if !h.dependent {
		w.slices = append(w.slices, h)
		g.slice = h
	}
	w.h = h
	g.data, g.ends = g.data[:0], nil
	g.start(0)
	for first := true; ; first = false {
		done, err := g.block(first)
		if err != nil {
			return nil, err
		}
		if done {
			break
		}
	}
	w.c.save(&w.end)
	return unit(nalIDR, append(g.write(h, g.offsets()), g.data...)), nil
}

// offsets are the lengths of all substreams but the last, with the bytes that
// escape puts in.
func (g *generator) offsets() []int {
	var out []int
	before := 0
	for _, end := range g.ends {
		n := len(escape(g.data[:end]))
		out = append(out, n-before)
		before = n
	}
	return out
}

// start begins a substream at a byte.
func (g *generator) start(at int) {
	c := &g.d.walker.c
	g.noise(at)
	c.data = g.data
	for c.start(at) != nil {
		g.noise(at)
		c.data = g.data
	}
}

// noise fills data with noise from a byte on, enough for any block.
func (g *generator) noise(from int) {
	for len(g.data) < from+1<<16 {
		g.data = append(g.data, 0)
	}
	for i := from; i < len(g.data); i++ {
		g.data[i] = byte(g.r.Uint32())
	}
}

// block draws the next coding tree block, and reports that the segment ends.
func (g *generator) block(first bool) (done bool, err error) {
	w := &g.d.walker
	n := len(w.layout.order)
	last := w.next+1 == n
	end := last || g.mustEnd() || g.mayEnd() && g.slices > 0 && g.r.IntN(g.slices) == 0
	before := *w
	for range 200000 {
		*w = before
		g.rewind()
		rs := int(w.layout.order[w.next])
		w.enter(rs)
		w.startContexts(rs, first)
		if w.treeBlock(rs) != nil {
			continue
		}
		w.next++
		w.keepRow(rs)
		if w.c.terminate() != end {
			continue
		}
		if !end && !w.startsSubstream(w.next) {
			return false, nil
		}
		if !end && !w.c.terminate() || !g.align() {
			continue
		}
		if end {
			return true, nil
		}
		at := len(g.data)
		g.ends = append(g.ends, at)
		g.start(at)
		return false, nil
	}
	return false, errors.New("no noise found that ends where it must")
}

// mayEnd reports that a slice may end after the next block: here, with tiles,
// where a tile ends, for a slice holds whole tiles or is in one (6.3.1).
func (g *generator) mayEnd() bool {
	return g.pps.tiles == nil || g.d.walker.startsTile(g.d.walker.next+1)
}

// mustEnd reports that the segment has to end after the next block: with
// wavefronts, one that begins within a row may not go on in the next (7.4.7.1).
func (g *generator) mustEnd() bool {
	w := &g.d.walker
	return g.pps.wavefront && !w.startsRow(w.h.segment) && w.startsRow(int(w.layout.order[w.next+1]))
}

// rewind draws anew all bits that the standard's register has not read.
func (g *generator) rewind() {
	c := &g.d.walker.c
	used := c.used()
	c.value >>= uint(c.spare)
	c.spare = 0
	c.pos = (used + 7) >> 3
	if k := -used & 7; k > 0 {
		g.data[c.pos-1] = g.data[c.pos-1]&^(1<<k-1) | byte(g.r.Uint32())&(1<<k-1)
		c.value = c.value<<k | uint64(g.data[c.pos-1]&(1<<k-1))
		c.spare = k
	}
	g.noise(c.pos)
	c.data = g.data
}

// align ends data at the register's end, which must be a stop bit, with zeros up
// to a whole byte.
func (g *generator) align() bool {
	used := g.d.walker.c.used()
	end := (used + 7) >> 3
	k := -used & 7
	if end > len(g.data) || g.data[end-1]>>k&1 == 0 {
		return false
	}
	g.data = g.data[:end]
	g.data[end-1] &^= 1<<k - 1
	return true
}
