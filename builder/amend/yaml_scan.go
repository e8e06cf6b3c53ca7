package amend

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// yamlDoc is YAML with its nodes, and how it is written.
type yamlDoc struct {
	text    string
	newline string
	quoted  bool // write all texts between double quotes
	lines   []int
	top     *node
	step    int // by how much tables are indented, the document's first one
	stepped bool
	listIn  int // by how much hyphens are
}

type kind uint8

const (
	scalar kind = iota
	block       // keys or hyphens, each on a line
	flowMap
	flowList
)

// node is a value and the bytes it stands in. What is empty ends where it begins.
type node struct {
	kind      kind
	list      bool // of a block: its lines begin with hyphens
	root      bool
	inFlow    bool
	from, end int
	indent    int // of a block, that of its lines; else of the block it stands in
	after     int // behind the colon that leads to it; 0 for none
	style     yaml.Style
	value     any
	kids      []kid
}

// kid is a key, or the number in a list, with its value.
type kid struct {
	key       string
	from, end int // of key or hyphen, and of the value
	value     *node
}

func (n *node) isList() bool { return n.kind == flowList || n.kind == block && n.list }

// values returns what stands in a list of scalars; other things as nil.
func (n *node) values() []any {
	out := make([]any, len(n.kids))
	for i, k := range n.kids {
		out[i] = k.value.value
	}
	return out
}

func (n *node) flow(y *yamlDoc) flow {
	f := flow{text: y.text, from: n.from, end: n.end, newline: y.newline}
	for _, k := range n.kids {
		f.items = append(f.items, span{k.from, k.end})
	}
	return f
}

func (y *yamlDoc) splice(from, end int, text string) error {
	return y.set(y.text[:from] + text + y.text[end:])
}

// set takes the changed text; where it is no YAML any more, that is found out
// when the file is read again.
func (y *yamlDoc) set(text string) error {
	y.text = text
	return y.load()
}

// load finds the nodes of the text.
func (y *yamlDoc) load() (err error) {
	defer func() {
		if recover() != nil {
			err = refuse(0, "write it into the file by hand", "the places of this YAML cannot be told")
		}
	}()
	y.lines = []int{0}
	for i := range len(y.text) {
		if y.text[i] == '\n' {
			y.lines = append(y.lines, i+1)
		}
	}
	y.step, y.stepped, y.listIn = 2, false, 2
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(strings.ReplaceAll(y.text, "\r\n", "\n")), &doc); err != nil {
		return refuse(0, "write it into the file by hand", "the change does not fit this YAML")
	}
	y.top = &node{root: true}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil
	}
	y.top = y.node(doc.Content[0], 0, -1, false)
	y.top.root = true
	return nil
}

// at returns the offset of a line and a column, both from 1.
func (y *yamlDoc) at(n *yaml.Node) int {
	at := y.lines[n.Line-1]
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(y.text[at:])
		at += size
	}
	return at
}

// node finds the bytes of a node: after is where the colon or hyphen before it
// ends, indent that of the lines it stands in.
func (y *yamlDoc) node(n *yaml.Node, after, indent int, inFlow bool) *node {
	out := &node{from: y.at(n), after: after, indent: indent, inFlow: inFlow, style: n.Style}
	switch {
	case n.Kind == yaml.ScalarNode:
		out.value = n.Value
		if n.ShortTag() != "!!str" {
			out.value = plainScalar(n)
		}
		out.end = y.scalarEnd(n, out)
	case n.Style&yaml.FlowStyle != 0:
		out.kind = flowMap
		if n.Kind == yaml.SequenceNode {
			out.kind = flowList
		}
		out.end = y.flowKids(n, out)
	default:
		out.kind, out.list = block, n.Kind == yaml.SequenceNode
		out.indent = n.Column - 1
		if out.list {
			y.hyphens(n, out)
		} else {
			y.keys(n, out)
			if indent == 0 && out.indent > 0 && !y.stepped {
				y.step, y.stepped = out.indent, true
			}
		}
		out.end = out.kids[len(out.kids)-1].end
	}
	return out
}

// plainScalar is a scalar that is no text.
func plainScalar(n *yaml.Node) any {
	var v any
	if n.Decode(&v) != nil {
		return n.Value
	}
	switch v := v.(type) {
	case int:
		return int64(v)
	case bool, float64, int64:
		return v
	}
	return nil
}

func (y *yamlDoc) keys(n *yaml.Node, out *node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		from := y.at(k)
		colon := y.colon(k, from)
		value := y.node(v, colon, out.indent, out.kind == flowMap)
		out.kids = append(out.kids, kid{k.Value, from, max(colon, value.end), value})
		if value.kind == block && value.list {
			y.listIn = value.indent - out.indent
		}
	}
}

// colon returns where the colon of a key ends; in braces a key may have none.
func (y *yamlDoc) colon(k *yaml.Node, from int) int {
	end := y.keyEnd(k, from)
	at := end + len(y.text[end:]) - len(strings.TrimLeft(y.text[end:], " \t"))
	if at < len(y.text) && y.text[at] == ':' {
		return at + 1
	}
	return end
}

func (y *yamlDoc) keyEnd(k *yaml.Node, from int) int {
	switch {
	case k.Style&yaml.DoubleQuotedStyle != 0:
		return doubleEnd(y.text, from)
	case k.Style&yaml.SingleQuotedStyle != 0:
		return singleEnd(y.text, from)
	}
	return from + len(k.Value) // a plain key stands on one line as it is
}

func (y *yamlDoc) hyphens(n *yaml.Node, out *node) {
	at := out.from
	for i, v := range n.Content {
		if i > 0 {
			at = y.nextHyphen(at, out.indent)
		}
		value := y.node(v, at+1, out.indent, false)
		value.after = 0
		out.kids = append(out.kids, kid{strconv.Itoa(i), at, max(at+1, value.end), value})
		at = max(at+1, value.end)
	}
}

// nextHyphen returns the first one on a line below an offset.
func (y *yamlDoc) nextHyphen(at, indent int) int {
	for at = lineEnd(y.text, at); at < len(y.text); at = lineEnd(y.text, at) {
		line := y.text[at:lineEnd(y.text, at)]
		if strings.HasPrefix(strings.TrimLeft(line, " "), "-") && len(line)-len(strings.TrimLeft(line, " ")) == indent {
			return at + indent
		}
	}
	return len(y.text)
}

// flowKids finds what stands between brackets or braces, and returns where they
// end.
func (y *yamlDoc) flowKids(n *yaml.Node, out *node) int {
	if out.kind == flowMap {
		y.keys(n, out)
	}
	for i, v := range n.Content {
		if out.kind == flowList {
			value := y.node(v, 0, out.indent, true)
			out.kids = append(out.kids, kid{strconv.Itoa(i), value.from, value.end, value})
		}
	}
	at := out.from + 1
	if len(out.kids) > 0 {
		at = out.kids[len(out.kids)-1].end
	}
	if open := y.text[out.from]; open != '{' && open != '[' {
		return at // a: b between brackets
	}
	for at < len(y.text) {
		switch c := y.text[at]; c {
		case '}', ']':
			return at + 1
		case '#':
			at = lineEnd(y.text, at)
		default:
			at++
		}
	}
	return at
}

// find returns the node at a path.
func (y *yamlDoc) find(path []string) (*node, error) {
	n := y.top
	for i, p := range path {
		var next *node
		for _, k := range n.kids {
			if k.key == p {
				next = k.value
			}
		}
		if next == nil {
			return nil, refuse(n.from, "write it into the file by hand", "%s cannot be found", name(path[:i+1]))
		}
		n = next
	}
	return n, nil
}

// keyAt returns where the key or the element at a path stands, -1 for none.
func (y *yamlDoc) keyAt(path []string) int {
	n, err := y.find(path[:len(path)-1])
	if err != nil {
		return -1
	}
	for _, k := range n.kids {
		if k.key == path[len(path)-1] {
			return k.from
		}
	}
	return -1
}
