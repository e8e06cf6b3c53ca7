package heif

import "slices"

// readLocations reads the box iloc (14496-12, 8.11.3).
func (m *meta) readLocations(body []byte) error {
	c := cursor{b: body}
	version, _ := c.full()
	if version > 2 {
		return rare("has a box iloc of version %d", version)
	}
	sizes := c.u16()
	w := widths{offset: sizes >> 12, length: sizes >> 8 & 15, base: sizes >> 4 & 15, index: sizes & 15}
	if version == 0 {
		w.index = 0
	}
	if !w.valid() {
		return damaged("the box iloc has numbers of an odd size")
	}
	left := maxExtents
	for n := c.id(version == 2); n > 0 && !c.short; n-- {
		if err := m.readLocation(&c, version, w, &left); err != nil {
			return err
		}
	}
	return c.done("iloc")
}

// widths are the bytes that the numbers of iloc take: 0, 4 or 8.
type widths struct{ offset, length, base, index int }

func (w widths) valid() bool {
	for _, n := range []int{w.offset, w.length, w.base, w.index} {
		if n != 0 && n != 4 && n != 8 {
			return false
		}
	}
	return true
}

// readLocation reads the row of one item.
func (m *meta) readLocation(c *cursor, version int, w widths, left *int) error {
	it := m.items[c.id(version == 2)]
	method := 0
	if version > 0 {
		method = c.u16() & 15
	}
	elsewhere := c.u16() != 0
	base := c.uint(w.base)
	n := c.u16()
	if *left -= n; *left < 0 {
		return damaged("has more than %d pieces", maxExtents)
	}
	var list []extent
	for ; n > 0 && !c.short; n-- {
		e := extent{index: 1}
		if w.index > 0 {
			e.index = int(min(c.uint(w.index), maxRefs))
		}
		at := c.uint(w.offset)
		e.offset, e.len = base+at, c.uint(w.length)
		if e.offset < base {
			return damaged("the box iloc points beyond all files")
		}
		list = append(list, e)
	}
	switch {
	case c.short:
		return c.done("iloc")
	case it == nil:
		return nil // some writers leave rows of items that they took out
	case it.located:
		return damaged("says twice where item %d is", it.id)
	case elsewhere:
		return rare("lies in another file")
	}
	it.method, it.extents, it.located = method, list, true
	return nil
}

// bytes returns the content of an item. Where it is in one piece, that is a
// part of the file.
func (m *meta) bytes(it *item) ([]byte, error) { return m.gather(it, 0) }

// gather is bytes, for an item that depth others are made of.
func (m *meta) gather(it *item, depth int) ([]byte, error) {
	if it.protected {
		return nil, rare("is encrypted")
	}
	if len(it.extents) == 0 {
		return nil, damaged("does not say where item %d is", it.id)
	}
	var all []byte
	for _, e := range it.extents {
		piece, err := m.piece(it, e, depth)
		if err != nil {
			return nil, err
		}
		if len(it.extents) == 1 {
			return piece, nil
		}
		if len(piece) > len(m.data)-len(all) {
			return nil, damaged("the pieces of item %d lie over one another", it.id)
		}
		all = append(all, piece...)
	}
	return slices.Clip(all), nil
}

// piece returns one extent of an item.
func (m *meta) piece(it *item, e extent, depth int) ([]byte, error) {
	var source []byte
	switch it.method {
	case 0:
		source = m.data
	case 1:
		source = m.idat
	case 2:
		var err error
		if source, err = m.other(it, e.index, depth); err != nil {
			return nil, err
		}
	default:
		return nil, damaged("has an item %d of unknown construction", it.id)
	}
	size := uint64(len(source))
	if e.offset <= size && e.len == 0 && len(it.extents) == 1 {
		return source[e.offset:], nil
	}
	if e.offset > size || e.len > size-e.offset {
		if it.method == 0 {
			return nil, ErrCut
		}
		return nil, damaged("item %d lies beyond what it is taken from", it.id)
	}
	return source[e.offset : e.offset+e.len], nil
}

// other returns the content of the item of the nth reference iloc.
func (m *meta) other(it *item, n, depth int) ([]byte, error) {
	list := m.to("iloc", it.id)
	if n < 1 || n > len(list) || m.items[list[n-1]] == nil {
		return nil, damaged("item %d is made of one that is not there", it.id)
	}
	if depth == 2 {
		return nil, damaged("item %d is made of items that are made of items", it.id)
	}
	return m.gather(m.items[list[n-1]], depth+1)
}
