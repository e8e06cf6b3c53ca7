package heif

import "slices"

// Bounds of what a file may list. The largest that phones write are a few
// hundred items; the bounds keep a made file from filling memory with tables.
const (
	maxItems   = 4096
	maxProps   = 4096
	maxRefs    = 1 << 16 // ids referred to, over all references
	maxAssoc   = 1 << 16 // properties of items, over all items
	maxExtents = 1 << 16 // over all items
)

// meta is the box meta (14496-12, 8.11): items and what belongs to them.
type meta struct {
	data    []byte // the file
	idat    []byte
	primary uint32
	items   map[uint32]*item
	props   []box // of ipco, counted from 1
	refs    []reference
}

// item is a row of iinf with its rows of iloc and ipma.
type item struct {
	id         uint32
	kind       string // "hvc1", "av01", "grid", "Exif", "mime" …
	mime       string
	coding     string // of a mime item's content
	protected  bool
	method     int // of construction: 0 file, 1 idat, 2 another item
	extents    []extent
	located    bool
	assoc      []assoc
	associated bool
}

// extent is a piece of an item. A length of 0 means up to the end.
type extent struct {
	index       int // which of the references iloc, method 2
	offset, len uint64
}

type assoc struct {
	prop      int // from 1
	essential bool
}

// reference is a row of iref.
type reference struct {
	kind string
	from uint32
	to   []uint32
}

// readMeta reads the body of the box meta of a file.
func readMeta(data, body []byte) (*meta, error) {
	c := cursor{b: body}
	c.full()
	if err := c.done("meta"); err != nil {
		return nil, err
	}
	list, err := boxes(c.b, 64)
	if err != nil {
		return nil, err
	}
	m := &meta{data: data, items: map[uint32]*item{}}
	for _, step := range []struct {
		kind string
		read func([]byte) error
		must bool
	}{
		{"hdlr", readHandler, true}, {"pitm", m.readPrimary, true},
		{"iinf", m.readInfos, true}, {"iloc", m.readLocations, true},
		{"iref", m.readRefs, false}, {"iprp", m.readProps, true}, {"idat", m.readIdat, false},
	} {
		x, err := only(list, step.kind)
		if err != nil {
			return nil, err
		}
		if x == nil && step.must {
			return nil, damaged("has no box %s", step.kind)
		}
		if x != nil {
			if err := step.read(x.body); err != nil {
				return nil, err
			}
		}
	}
	return m, nil
}

// only returns the one box of a kind in list, or nil.
func only(list []box, kind string) (*box, error) {
	var found *box
	for i := range list {
		if list[i].kind == kind {
			if found != nil {
				return nil, damaged("has two boxes %s", kind)
			}
			found = &list[i]
		}
	}
	return found, nil
}

func readHandler(body []byte) error {
	c := cursor{b: body}
	c.full()
	c.u32()
	if kind := string(c.take(4)); !c.short && kind != "pict" {
		return damaged("holds metadata of the kind %q, not a picture", kind)
	}
	return c.done("hdlr")
}

// id reads an item's id, of 16 bits or, in the later versions of a box, 32.
func (c *cursor) id(wide bool) uint32 {
	if wide {
		return c.u32()
	}
	return uint32(c.u16())
}

func (m *meta) readPrimary(body []byte) error {
	c := cursor{b: body}
	version, _ := c.full()
	m.primary = c.id(version > 0)
	return c.done("pitm")
}

func (m *meta) readInfos(body []byte) error {
	c := cursor{b: body}
	version, _ := c.full()
	n := c.id(version > 0)
	if err := c.done("iinf"); err != nil {
		return err
	}
	list, err := boxes(c.b, maxItems)
	if err != nil {
		return err
	}
	if uint64(n) != uint64(len(list)) {
		return damaged("says that it has %d items, and has %d", n, len(list))
	}
	for _, x := range list {
		if x.kind != "infe" {
			continue
		}
		if err := m.readInfo(x.body); err != nil {
			return err
		}
	}
	return nil
}

// readInfo reads an infe box. Versions before 2 know no item kinds and do not
// occur in pictures.
func (m *meta) readInfo(body []byte) error {
	c := cursor{b: body}
	version, _ := c.full()
	if version < 2 {
		return nil
	}
	it := &item{id: c.id(version > 2)}
	it.protected = c.u16() != 0
	it.kind = string(c.take(4))
	c.text() // the item's name
	if it.kind == "mime" {
		it.mime, it.coding = c.text(), c.text()
	}
	if err := c.done("infe"); err != nil {
		return err
	}
	if m.items[it.id] != nil {
		return damaged("has two items %d", it.id)
	}
	m.items[it.id] = it
	return nil
}

func (m *meta) readRefs(body []byte) error {
	c := cursor{b: body}
	version, _ := c.full()
	if err := c.done("iref"); err != nil {
		return err
	}
	list, err := boxes(c.b, maxRefs)
	if err != nil {
		return err
	}
	left := maxRefs
	for _, x := range list {
		c := cursor{b: x.body}
		r := reference{kind: x.kind, from: c.id(version > 0)}
		n := c.u16()
		if left -= n; left < 0 {
			return damaged("has more than %d references", maxRefs)
		}
		for ; n > 0 && !c.short; n-- {
			r.to = append(r.to, c.id(version > 0))
		}
		if err := c.done("iref"); err != nil {
			return err
		}
		m.refs = append(m.refs, r)
	}
	return nil
}

// to returns what an item refers to by a kind of reference, in order.
func (m *meta) to(kind string, from uint32) []uint32 {
	for _, r := range m.refs {
		if r.kind == kind && r.from == from {
			return r.to
		}
	}
	return nil
}

func (m *meta) refers(kind string, from, to uint32) bool {
	return slices.Contains(m.to(kind, from), to)
}

func (m *meta) readProps(body []byte) error {
	list, err := boxes(body, maxProps)
	if err != nil {
		return err
	}
	ipco, err := only(list, "ipco")
	if err != nil {
		return err
	}
	if ipco == nil {
		return damaged("has no box ipco")
	}
	if m.props, err = boxes(ipco.body, maxProps); err != nil {
		return err
	}
	left := maxAssoc
	for _, x := range list {
		if x.kind == "ipma" {
			if err := m.readAssociations(x.body, &left); err != nil {
				return err
			}
		}
	}
	return nil
}

// readAssociations reads an ipma box (23008-12, 9.3.3).
func (m *meta) readAssociations(body []byte, left *int) error {
	c := cursor{b: body}
	version, flags := c.full()
	for n := c.u32(); n > 0 && !c.short; n-- {
		it := m.items[c.id(version > 0)]
		if it != nil && it.associated {
			return damaged("says twice what item %d is like", it.id)
		}
		k := c.u8()
		if *left -= k; *left < 0 {
			return damaged("has more than %d properties", maxAssoc)
		}
		list := c.associations(k, flags&1 != 0)
		if it != nil {
			it.assoc, it.associated = list, true
		}
	}
	return c.done("ipma")
}

// associations reads n indices of 7 or 15 bits; 0 stands for none.
func (c *cursor) associations(n int, wide bool) []assoc {
	var list []assoc
	for ; n > 0 && !c.short; n-- {
		v := c.u8()
		a := assoc{prop: v & 0x7f, essential: v&0x80 != 0}
		if wide {
			a.prop = a.prop<<8 | c.u8()
		}
		if a.prop > 0 {
			list = append(list, a)
		}
	}
	return list
}

func (m *meta) readIdat(body []byte) error {
	m.idat = body
	return nil
}
