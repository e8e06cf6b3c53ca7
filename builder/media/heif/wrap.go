package heif

import "encoding/binary"

// wrapper writes boxes.
type wrapper struct{ b []byte }

// box writes a box whose body f writes.
func (w *wrapper) box(kind string, f func()) {
	at := len(w.b)
	w.u32(0)
	w.b = append(w.b, kind...)
	f()
	binary.BigEndian.PutUint32(w.b[at:], uint32(len(w.b)-at))
}

// full writes a FullBox of version 0.
func (w *wrapper) full(kind string, flags int, f func()) {
	w.box(kind, func() {
		w.u32(flags)
		f()
	})
}

func (w *wrapper) u8(v ...int) {
	for _, x := range v {
		w.b = append(w.b, byte(x))
	}
}

func (w *wrapper) u16(v int) { w.b = binary.BigEndian.AppendUint16(w.b, uint16(v)) }
func (w *wrapper) u32(v int) { w.b = binary.BigEndian.AppendUint32(w.b, uint32(v)) }

// wrapped is a tile of AV1 that becomes a file of its own.
type wrapped struct {
	colour tile
	alpha  *tile // nil = opaque
	premul bool
	w, h   int // what the file says; the decoder scales the picture to it
	code   code
}

// wrap returns an AVIF file with one picture in it.
func wrap(p wrapped) []byte {
	w := &wrapper{b: make([]byte, 0, len(p.colour.data)+1024)}
	w.box("ftyp", func() { w.b = append(w.b, "avif\x00\x00\x00\x00avifmif1miaf"...) })
	var places [2]int // where the offsets are filled in
	w.full("meta", 0, func() {
		w.full("hdlr", 0, func() {
			w.u32(0)
			w.b = append(w.b, "pict"...)
			w.b = append(w.b, make([]byte, 13)...)
		})
		w.full("pitm", 0, func() { w.u16(1) })
		places = w.locations(p)
		w.infos(p)
		if p.alpha != nil {
			w.references(p.premul)
		}
		w.properties(p)
	})
	w.box("mdat", func() {
		binary.BigEndian.PutUint32(w.b[places[0]:], uint32(len(w.b)))
		w.b = append(w.b, p.colour.data...)
		if p.alpha != nil {
			binary.BigEndian.PutUint32(w.b[places[1]:], uint32(len(w.b)))
			w.b = append(w.b, p.alpha.data...)
		}
	})
	return w.b
}

func (p wrapped) tiles() []tile {
	if p.alpha == nil {
		return []tile{p.colour}
	}
	return []tile{p.colour, *p.alpha}
}

// locations writes iloc and returns where its offsets stand.
func (w *wrapper) locations(p wrapped) (places [2]int) {
	w.full("iloc", 0, func() {
		w.u16(0x4400)
		w.u16(len(p.tiles()))
		for i, t := range p.tiles() {
			w.u16(i + 1)
			w.u16(0)
			w.u16(1)
			places[i] = len(w.b)
			w.u32(0)
			w.u32(len(t.data))
		}
	})
	return places
}

func (w *wrapper) infos(p wrapped) {
	w.full("iinf", 0, func() {
		w.u16(len(p.tiles()))
		for i := range p.tiles() {
			w.full("infe", 2<<24, func() {
				w.u16(i + 1)
				w.u16(0)
				w.b = append(w.b, "av01\x00"...)
			})
		}
	})
}

func (w *wrapper) references(premul bool) {
	w.full("iref", 0, func() {
		w.box("auxl", func() { w.u16(2); w.u16(1); w.u16(1) })
		if premul {
			w.box("prem", func() { w.u16(1); w.u16(1); w.u16(2) })
		}
	})
}

// properties writes iprp: the size, the codes, and each tile's configuration.
func (w *wrapper) properties(p wrapped) {
	w.box("iprp", func() {
		w.box("ipco", func() {
			w.full("ispe", 0, func() { w.u32(p.w); w.u32(p.h) })
			w.box("colr", func() {
				w.b = append(w.b, "nclx"...)
				w.u16(p.code.primaries)
				w.u16(p.code.transfer)
				w.u16(p.code.matrix)
				w.u8(map[bool]int{true: 0x80}[p.code.full])
			})
			w.config(p.colour)
			if p.alpha != nil {
				w.config(*p.alpha)
				w.full("auxC", 0, func() { w.b = append(w.b, alphas[0]+"\x00"...) })
			}
		})
		w.full("ipma", 0, func() {
			w.u32(len(p.tiles()))
			w.u16(1)
			w.u8(3, 1, 2, 0x80|3)
			if p.alpha != nil {
				w.u16(2)
				w.u8(3, 1, 0x80|4, 5)
			}
		})
	})
}

// config writes av1C. Bits 6 and 5 of its third byte say that samples have more
// than 8 bits; without them the library makes 8-bit RGB.
func (w *wrapper) config(t tile) {
	w.box("av1C", func() { w.u8(int(t.config[0]), int(t.config[1]), int(t.config[2])&^0x60, 0) })
}
