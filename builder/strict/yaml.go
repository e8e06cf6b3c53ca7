package strict

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"gallerist/builder/problem"
)

// YAML reads a document that begins on line firstLine of the file. When it
// cannot be read the reason is added to probs and the result is nil.
func YAML(file string, src []byte, firstLine int, probs *problem.List) *Table {
	text, ok := prepare(file, src, probs)
	if !ok {
		return nil
	}
	return readYAML(&doc{file: file, probs: probs, yaml: true}, text, firstLine)
}

func readYAML(d *doc, text string, firstLine int) *Table {
	if !d.checkSize(text, firstLine) {
		return nil
	}
	root, err := decodeYAML(text)
	if err != nil {
		d.yamlError(err, firstLine)
		return nil
	}
	if root == nil {
		return &Table{doc: d}
	}
	b := yamlBuilder{doc: d, shift: firstLine - 1}
	if root.Kind != yaml.MappingNode {
		d.probs.Errorf(b.pos(root), "write one key: value on each line", "keys and values should stand here")
		return nil
	}
	t := b.table(root, "", place{}, 1)
	if b.failed {
		return nil
	}
	return t
}

var errSecond = errors.New("second document")

// decodeYAML returns the top node, nil for an empty document. It keeps a
// panic of the parser from ending the program.
func decodeYAML(text string) (root *yaml.Node, err error) {
	defer func() {
		if recover() != nil {
			root, err = nil, errors.New("not YAML")
		}
	}()
	dec := yaml.NewDecoder(bytes.NewReader([]byte(text)))
	var node, second yaml.Node
	if err := dec.Decode(&node); err == io.EOF {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if err := dec.Decode(&second); err == nil {
		return nil, errSecond
	} else if err != io.EOF {
		return nil, err
	}
	if len(node.Content) == 0 || node.Content[0].Kind == yaml.ScalarNode && node.Content[0].ShortTag() == "!!null" {
		return nil, nil
	}
	return node.Content[0], nil
}

// yamlError reports a parser's error by its line only: its own words may
// quote the file, and what they would quote may be private.
func (d *doc) yamlError(err error, firstLine int) {
	if errors.Is(err, errSecond) {
		d.probs.Errorf(problem.Pos{File: d.file, Line: firstLine}, "take out the line of ---", "more than one document")
		return
	}
	pos := problem.Pos{File: d.file, Line: firstLine}
	if _, after, ok := strings.Cut(err.Error(), "line "); ok {
		digits, _, _ := strings.Cut(after, ":")
		if n, err := strconv.Atoi(digits); err == nil {
			pos.Line += n - 1
		}
	}
	d.probs.Errorf(pos, "write one key: value on each line; put text that holds \": \" or begins with a sign between double quotes; indent by spaces",
		"this is not YAML, on this line or the one before")
}

// yamlBuilder turns nodes into tables.
type yamlBuilder struct {
	doc    *doc
	shift  int
	failed bool
}

func (b *yamlBuilder) place(n *yaml.Node) place { return newPlace(n.Line+b.shift, n.Column) }

func (b *yamlBuilder) pos(n *yaml.Node) problem.Pos { return b.doc.pos(b.place(n)) }

func (b *yamlBuilder) fail(n *yaml.Node, hint, text string, args ...any) {
	b.failed = true
	b.doc.probs.Errorf(b.pos(n), hint, text, args...)
}

func (b *yamlBuilder) table(n *yaml.Node, name string, at place, depth int) *Table {
	t := &Table{doc: b.doc, name: name, at: at, entries: make([]entry, 0, len(n.Content)/2)}
	seen := make(map[string]bool, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && !b.failed; i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if !b.key(k) {
			break
		}
		if seen[k.Value] {
			b.fail(k, "keep one of the two", "%s stands twice", Quote(childName(name, k.Value)))
			break
		}
		seen[k.Value] = true
		t.entries = append(t.entries, entry{key: k.Value, at: b.place(k), val: b.place(v),
			value: b.value(v, childName(name, k.Value), b.place(k), depth)})
	}
	return t
}

// key reports whether a key is a plain word.
func (b *yamlBuilder) key(k *yaml.Node) bool {
	switch {
	case k.ShortTag() == "!!merge":
		b.fail(k, "write the keys out", "<< is not read")
	case k.Kind != yaml.ScalarNode:
		b.fail(k, "write key: value", "a key should be a word")
	case len(k.Value) > maxKey:
		b.fail(k, "shorten it", "a key of %d bytes is longer than %d", len(k.Value), maxKey)
	case b.plain(k):
		return true
	}
	return false
}

// plain reports whether a node is free of anchors, aliases and tags.
func (b *yamlBuilder) plain(n *yaml.Node) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		b.fail(n, "write the value out, or put text that begins with & or * between quotes", "anchors and aliases (& and *) are not read")
	case n.Style&yaml.TaggedStyle != 0:
		b.fail(n, "take it out, or put text that begins with ! between quotes", "tags (words with !) are not read")
	default:
		return true
	}
	return false
}

func (b *yamlBuilder) value(n *yaml.Node, name string, at place, depth int) any {
	if !b.plain(n) {
		return nil
	}
	if depth > maxDepth {
		b.fail(n, "use fewer levels", "lists and tables stand in one another more than %d deep", maxDepth)
		return nil
	}
	switch n.Kind {
	case yaml.MappingNode:
		return b.table(n, name, at, depth+1)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, x := range n.Content {
			list = append(list, b.value(x, name, b.place(x), depth+1))
			if b.failed {
				return nil
			}
		}
		return list
	}
	return scalar(n)
}

// scalar gives a scalar its type, by the rules of YAML's core schema; what
// looks like a date is one, and what is no number after all is text.
func scalar(n *yaml.Node) any {
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int":
		if i, err := strconv.ParseInt(strings.ReplaceAll(n.Value, "_", ""), 0, 64); err == nil {
			return i
		}
	case "!!float":
		var f float64
		if n.Decode(&f) == nil && !math.IsInf(f, 0) && !math.IsNaN(f) {
			return f
		}
	case "!!timestamp":
		if s, ok := parseStamp(n.Value); ok {
			return s
		}
	}
	return n.Value
}
