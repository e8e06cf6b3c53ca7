package heif

import "encoding/binary"

// maker makes containers for tests: well-formed ones, and with the fields
// below, ones that are not. Its zero fields mean what most files have.
type maker struct {
	brands   string
	primary  int
	items    []madeItem
	refs     []madeRef
	ilocV    int    // version of iloc
	wide     bool   // 32-bit ids and 15-bit property indices
	large    bool   // mdat has a 64-bit length
	first    bool   // mdat stands before meta
	extra    []byte // boxes behind ftyp
	tail     []byte
	metaTail []byte                              // boxes at the end of meta
	break_   map[string]func(body []byte) []byte // changes the body of a box of meta
}

type madeItem struct {
	id      int
	kind    string
	mime    string
	data    []byte
	method  int      // 0 mdat, 1 idat, 2 references
	extents [][3]int // index, offset, length; of data where method is 0
	props   []madeProp
	protect bool
	hidden  int // 1 = not to be shown by itself
}

type madeProp struct {
	kind      string
	body      []byte
	essential bool
}

type madeRef struct {
	kind string
	from int
	to   []int
}

func be16(v ...int) (b []byte) {
	for _, x := range v {
		b = binary.BigEndian.AppendUint16(b, uint16(x))
	}
	return b
}

func be32(v ...int) (b []byte) {
	for _, x := range v {
		b = binary.BigEndian.AppendUint32(b, uint32(x))
	}
	return b
}

func bytesOf(parts ...any) (b []byte) {
	for _, p := range parts {
		switch p := p.(type) {
		case []byte:
			b = append(b, p...)
		case string:
			b = append(b, p...)
		case int:
			b = append(b, byte(p))
		}
	}
	return b
}

func made(kind string, body ...any) []byte {
	b := bytesOf(body...)
	return bytesOf(be32(8+len(b)), kind, b)
}

// bytes returns the file. The offsets in iloc depend on where mdat begins, which
// depends on meta's length, which does not depend on the offsets.
func (m *maker) bytes() []byte {
	brands := m.brands
	if brands == "" {
		brands = "heic\x00\x00\x00\x00mif1heicavifmiaf"
	}
	head := bytesOf(made("ftyp", brands), m.extra)
	mdat, places := m.mdat()
	if m.first {
		at := len(head)
		return bytesOf(head, mdat, m.meta(at, places), m.tail)
	}
	at := len(head) + len(m.meta(0, places))
	return bytesOf(head, m.meta(at, places), mdat, m.tail)
}

// mdat returns the box mdat and where in it each item begins.
func (m *maker) mdat() (box []byte, places map[int]int) {
	places = map[int]int{}
	var body []byte
	header := 8
	if m.large {
		header = 16
	}
	for _, it := range m.items {
		if it.method == 0 {
			places[it.id] = header + len(body)
			body = append(body, it.data...)
		}
	}
	if m.large {
		return bytesOf(be32(1), "mdat", be32(0, 16+len(body)), body), places
	}
	return made("mdat", body), places
}

func (m *maker) id(v int) []byte {
	if m.wide {
		return be32(v)
	}
	return be16(v)
}

func (m *maker) meta(mdat int, places map[int]int) []byte {
	version := 0
	if m.wide {
		version = 1
	}
	var idat, infos, refs []byte
	for _, it := range m.items {
		if it.method == 1 {
			idat = append(idat, it.data...)
		}
		protect := 0
		if it.protect {
			protect = 1
		}
		if m.wide {
			infos = append(infos, made("infe", 3, 0, 0, it.hidden, be32(it.id), be16(protect), it.kind, 0, it.mime)...)
		} else {
			infos = append(infos, made("infe", 2, 0, 0, it.hidden, be16(it.id), be16(protect), it.kind, 0, it.mime)...)
		}
	}
	for _, r := range m.refs {
		var to []byte
		for _, id := range r.to {
			to = append(to, m.id(id)...)
		}
		refs = append(refs, made(r.kind, m.id(r.from), be16(len(r.to)), to)...)
	}
	body := bytesOf(0, 0, 0, 0)
	for _, x := range []struct {
		kind string
		body []byte
	}{
		{"hdlr", bytesOf(be32(0, 0), "pict", be32(0, 0, 0), 0)},
		{"pitm", bytesOf(version, 0, 0, 0, m.id(m.primary))},
		{"iloc", m.iloc(mdat, places)},
		{"iinf", bytesOf(version, 0, 0, 0, m.id(len(m.items)), infos)},
		{"iprp", m.iprp()},
		{"iref", bytesOf(version, 0, 0, 0, refs)},
		{"idat", idat},
	} {
		if f := m.break_[x.kind]; f != nil {
			x.body = f(x.body)
		}
		if x.body != nil && (x.kind != "idat" || len(x.body) > 0) {
			body = append(body, made(x.kind, x.body)...)
		}
	}
	return made("meta", body, m.metaTail)
}

func (m *maker) iloc(mdat int, places map[int]int) []byte {
	id := be16
	if m.ilocV == 2 {
		id = be32
	}
	b := bytesOf(m.ilocV, 0, 0, 0, 0x44)
	if m.ilocV > 0 {
		b = append(b, 0x44) // base and index
	} else {
		b = append(b, 0x40)
	}
	b = append(b, id(len(m.items))...)
	for _, it := range m.items {
		b = append(b, id(it.id)...)
		if m.ilocV > 0 {
			b = append(b, be16(it.method)...)
		}
		base := 0
		if it.method == 0 {
			base = mdat + places[it.id]
		}
		list := it.extents
		if list == nil {
			list = [][3]int{{1, 0, len(it.data)}}
		}
		b = append(b, bytesOf(be16(0), be32(base), be16(len(list)))...)
		for _, e := range list {
			if m.ilocV > 0 {
				b = append(b, be32(e[0])...)
			}
			b = append(b, be32(e[1], e[2])...)
		}
	}
	return b
}

func (m *maker) iprp() []byte {
	var ipco, rows []byte
	n := 0
	version, flags := 0, 0
	if m.wide {
		version, flags = 1, 1
	}
	for _, it := range m.items {
		rows = append(rows, bytesOf(m.id(it.id), len(it.props))...)
		for _, p := range it.props {
			n++
			ipco = append(ipco, made(p.kind, p.body)...)
			mark := n
			if m.wide && p.essential {
				mark |= 0x8000
			} else if p.essential {
				mark |= 0x80
			}
			if m.wide {
				rows = append(rows, be16(mark)...)
			} else {
				rows = append(rows, byte(mark))
			}
		}
	}
	return bytesOf(made("ipco", ipco), made("ipma", version, 0, 0, flags, be32(len(m.items)), rows))
}

// The properties that most items have.

func ispe(w, h int) madeProp { return madeProp{"ispe", bytesOf(be32(0, w, h)), false} }
func av1C() madeProp         { return madeProp{"av1C", []byte{0x81, 0, 0x0c, 0}, true} }
func irot(n int) madeProp    { return madeProp{"irot", []byte{byte(n)}, true} }
func imir(n int) madeProp    { return madeProp{"imir", []byte{byte(n)}, true} }
func auxC(s string) madeProp { return madeProp{"auxC", bytesOf(0, 0, 0, 0, s, 0), true} }

func clap(w, h, x, xd, y, yd int) madeProp {
	return madeProp{"clap", be32(w, 1, h, 1, x, xd, y, yd), true}
}

// av1Item is an item with the headers of an AV1 picture, which no decoder would
// take but Read does.
func av1Item(id, w, h int, props ...madeProp) madeItem {
	return madeItem{id: id, kind: "av01", data: av1Data(w, h, 0), props: append([]madeProp{ispe(w, h), av1C()}, props...)}
}

// gridItem is an item grid.
func gridItem(id, cols, rows, w, h int, props ...madeProp) madeItem {
	data := bytesOf(0, 1, rows-1, cols-1, be32(w, h))
	return madeItem{id: id, kind: "grid", data: data, props: append([]madeProp{ispe(w, h)}, props...)}
}

// av1Data returns a sequence header for 8 bits 4:2:0, and a frame of n bytes
// that are none.
func av1Data(w, h, n int) []byte {
	var s bitWriter
	s.put(3, 0) // profile
	s.put(2, 3) // still, reduced
	s.put(5, 8) // level
	s.put(8, 0xff)
	s.put(16, w-1)
	s.put(16, h-1)
	s.put(6, 0) // tools
	s.put(3, 0) // 8 bits, colour, nothing said of it
	s.put(1, 1) // full range
	s.put(2, 0) // chroma position
	s.put(2, 0) // chroma quantizers, grain
	s.put(1, 1) // trailing bit
	seq := s.b
	return bytesOf(0x12, 0, 0x0a, len(seq), seq, 0x32, n+1, 0x18, make([]byte, n))
}

type bitWriter struct {
	b []byte
	n int
}

func (w *bitWriter) put(n, v int) {
	for n--; n >= 0; n-- {
		if w.n%8 == 0 {
			w.b = append(w.b, 0)
		}
		w.b[len(w.b)-1] |= byte(v>>n&1) << (7 - w.n%8)
		w.n++
	}
}

// single is a file with one picture.
func single(w, h int, props ...madeProp) *maker {
	return &maker{primary: 1, items: []madeItem{av1Item(1, w, h, props...)}}
}

// grid is a file with a grid of tiles.
func grid(cols, rows, tw, th, w, h int, props ...madeProp) *maker {
	m := &maker{primary: 1, items: []madeItem{gridItem(1, cols, rows, w, h, props...)}}
	r := madeRef{kind: "dimg", from: 1}
	for i := range cols * rows {
		m.items = append(m.items, av1Item(2+i, tw, th))
		r.to = append(r.to, 2+i)
	}
	m.refs = append(m.refs, r)
	return m
}
