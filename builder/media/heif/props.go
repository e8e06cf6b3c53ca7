package heif

import "slices"

// known are the properties that an image item may have. Of those marked as
// essential none may be unknown to a reader (23008-12, 9.3.1).
var known = []string{"ispe", "pixi", "colr", "hvcC", "av1C", "clap", "irot", "imir", "pasp", "auxC", "a1lx", "rloc", "clli", "mdcv", "cclv", "amve"}

// look is what an image item's properties say.
type look struct {
	w, h   int
	config []byte // hvcC or av1C
	steps  []box  // clap, irot, imir in order
	icc    []byte
	code   *code
	aux    string // what an auxiliary picture is
}

// code says what the numbers of a picture mean (H.273); 2 = not said.
type code struct {
	primaries, transfer, matrix int
	full                        bool
}

// maxEdge bounds a picture's width and height: AV1 and HEVC know none larger.
const maxEdge = 1 << 16

// look reads the properties of an image item.
func (m *meta) look(it *item) (look, error) {
	var l look
	for _, a := range it.assoc {
		if a.prop > len(m.props) {
			return l, damaged("item %d has a property that is not there", it.id)
		}
		p := m.props[a.prop-1]
		if a.essential && !slices.Contains(known, p.kind) {
			return l, rare("needs %q to be shown", p.kind)
		}
		if err := l.take(p); err != nil {
			return l, err
		}
	}
	if l.w == 0 {
		return l, damaged("does not say how large item %d is", it.id)
	}
	return l, nil
}

// take adds one property.
func (l *look) take(p box) error {
	c := cursor{b: p.body}
	switch p.kind {
	case "ispe":
		c.full()
		w, h := c.u32(), c.u32()
		if w == 0 || h == 0 || w > maxEdge || h > maxEdge {
			return damaged("says that it is %d × %d pixels", w, h)
		}
		l.w, l.h = int(w), int(h)
	case "hvcC", "av1C":
		l.config = p.body
	case "clap", "irot", "imir":
		l.steps = append(l.steps, p)
		if len(l.steps) > 16 {
			return damaged("is turned more than 16 times")
		}
	case "colr":
		l.takeColour(&c)
	case "auxC":
		c.full()
		l.aux = c.text()
	}
	return c.done(p.kind)
}

// takeColour reads a colr box; a picture may have one with a profile and one
// with codes.
func (l *look) takeColour(c *cursor) {
	switch string(c.take(4)) {
	case "prof", "rICC":
		if l.icc == nil {
			l.icc = c.b
		}
	case "nclx":
		n := &code{primaries: c.u16(), transfer: c.u16(), matrix: c.u16(), full: c.u8()&0x80 != 0}
		if l.code == nil {
			l.code = n
		}
	}
}
