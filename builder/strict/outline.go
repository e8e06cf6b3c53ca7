package strict

import "strings"

// Part is a header, a pair or an element of a list of a TOML document, and
// where it stands: offsets are bytes of the document.
type Part struct {
	Kind  PartKind
	Path  []string // from the document; elements of lists by number from 0
	Parts int      // how many of them the key of a pair names: 2 for a.b = 1
	Up    int      // the part it stands in: of a pair its header, pair or element, -1 for none
	From  int      // where its bracket, its key or its value begins
	Value int      // where its value begins; of a header, where it ends
	End   int      // where it ends, blanks not counted
}

// PartKind tells the parts of a document apart.
type PartKind uint8

// The kinds of parts: [name], [[name]], key = value, and what a list holds.
const (
	Header PartKind = iota
	ListHeader
	Pair
	Element
)

// Outline returns the parts of a TOML document in their order, those within a
// value after the one whose value it is. The document is one that TOML has read
// without a problem; of another it returns the parts up to some mistake. Line
// ends may be CRLF.
func Outline(text string) []Part {
	c := newScanner(text, 1)
	c.outline = &outline{up: -1}
	c.document()
	return c.outline.parts
}

type outline struct {
	parts []Part
	up    int
}

func split(path string) []string { return strings.Split(path[1:], "\x00") }

func (o *outline) header(path string, list bool, from, end int) {
	kind := Header
	if list {
		kind = ListHeader
	}
	o.up = len(o.parts)
	o.parts = append(o.parts, Part{Kind: kind, Path: split(path), Up: -1, From: from, Value: end, End: end})
}

// open begins a part; what it returns ends it.
func (o *outline) open(c *scanner, p Part) func() {
	i, up := len(o.parts), o.up
	p.Up = up
	o.parts = append(o.parts, p)
	o.up = i
	return func() {
		o.up = up
		o.parts[i].End = p.Value + len(strings.TrimRight(c.s[p.Value:c.i], " \t\r"))
	}
}
