package amend

import (
	"slices"
	"strings"
)

// editYAML returns two ways to make a change: with texts as those around them
// are written, and with texts between double quotes.
func editYAML(f file, is tree, path []string, v any) ([]string, error) {
	if strings.ContainsAny(strings.ReplaceAll(f.inner, "\r\n", "\n"), "\r\u0085\u2028\u2029") {
		return nil, refuse(0, "type the line breaks of the front matter anew", "there are line breaks here that YAML and other programs count differently")
	}
	var ways []string
	for _, quoted := range []bool{false, true} {
		y := &yamlDoc{text: f.inner, newline: f.newline, quoted: quoted}
		if err := y.edit(is, path, v); err != nil {
			return nil, err
		}
		ways = append(ways, y.text)
	}
	return ways, nil
}

func (y *yamlDoc) edit(is tree, path []string, v any) error {
	if err := y.load(); err != nil {
		return err
	}
	n := known(is, path)
	switch {
	case v == nil:
		return y.remove(path)
	case n == len(path):
		return y.replace(path, v)
	}
	parent, err := y.find(path[:n])
	if err != nil {
		return err
	}
	return y.insert(parent, path[n:], v)
}

// replace writes a new value in place of an old one.
func (y *yamlDoc) replace(path []string, v any) error {
	n, err := y.find(path)
	if err != nil {
		return err
	}
	list, isList := v.([]any)
	if isList && n.isList() && len(n.kids) > 0 {
		return y.replaceList(path, n, list)
	}
	if n.kind == block {
		return refuse(n.from, "change one of its keys", "%s is a table", name(path))
	}
	if n.from == n.end {
		return y.splice(n.end, n.end, " "+y.scalar(v, n))
	}
	return y.put(n, v)
}

// put writes a value in place of a scalar; the comment beside a text below | or >
// stays when there is no such text any more.
func (y *yamlDoc) put(old *node, v any) error {
	text := y.scalar(v, old)
	if _, note := y.longHead(old); note != "" && text[0] != '|' && text[0] != '>' {
		text += note
	}
	return y.splice(old.from, old.end, text)
}

// replaceList makes a list hold other values, and touches only those that differ.
func (y *yamlDoc) replaceList(path []string, n *node, list []any) error {
	if tooLong(n.values(), list) {
		return refuse(n.from, "change it by hand", "the list %s is too long", name(path))
	}
	i := 0 // in the list as it is by now
	for _, g := range gaps(n.values(), list) {
		i += g.keep
		for range min(g.gone, len(g.fresh)) {
			if err := y.put(n.kids[i].value, g.fresh[0]); err != nil {
				return err
			}
			n = y.again(path)
			g.fresh, g.gone, i = g.fresh[1:], g.gone-1, i+1
		}
		for range g.gone {
			if err := y.take(n, i); err != nil {
				return err
			}
			n = y.again(path)
		}
		for _, v := range g.fresh {
			if err := y.addValue(n, i, v); err != nil {
				return err
			}
			n = y.again(path)
			i++
		}
	}
	return nil
}

// again finds what was changed in the document as it is now.
func (y *yamlDoc) again(path []string) *node {
	n, err := y.find(path)
	if err != nil || !n.isList() {
		return &node{kind: flowList}
	}
	return n
}

// addValue writes a value as the i-th of a list.
func (y *yamlDoc) addValue(n *node, i int, v any) error {
	like := &node{kind: scalar, inFlow: n.kind == flowList}
	if len(n.kids) > 0 {
		last := n.kids[len(n.kids)-1].value
		like.style, like.indent = last.style, last.indent
	}
	text := y.scalar(v, like)
	if n.kind == flowList {
		return y.set(n.flow(y).add(i, text))
	}
	if i < len(n.kids) {
		at := lineStart(y.text, n.kids[i].from)
		return y.splice(at, at, y.text[at:n.kids[i].value.from]+text+y.newline)
	}
	last := n.kids[len(n.kids)-1]
	return y.below(last.end, strings.Repeat(" ", n.indent)+y.dash(last)+text)
}

// insert writes a key, a table or an element that is not there yet.
func (y *yamlDoc) insert(n *node, rest []string, v any) error {
	switch n.kind {
	case flowList:
		return y.set(n.flow(y).add(len(n.kids), y.nested(rest[1:], v)))
	case flowMap:
		return y.set(n.flow(y).add(len(n.kids), y.key(rest[0], true)+": "+y.nested(rest[1:], v)))
	case scalar:
		return y.fill(n, rest, v)
	}
	last := n.kids[len(n.kids)-1]
	if n.list {
		if len(rest) == 1 {
			return y.addValue(n, len(n.kids), v)
		}
		dash := y.dash(last)
		return y.below(last.end, strings.Repeat(" ", n.indent)+dash+y.item(rest[1:], v, n.indent+len(dash)))
	}
	return y.below(last.end, strings.Repeat(" ", n.indent)+y.pair(rest, v, n.indent, last))
}

// fill writes a table in place of nothing.
func (y *yamlDoc) fill(n *node, rest []string, v any) error {
	switch {
	case n.root:
		at := len(y.text)
		text := y.pair(rest, v, 0, kid{})
		if at > 0 && y.text[at-1] != '\n' {
			text = y.newline + text
		}
		return y.splice(at, at, text+y.newline)
	case n.from == n.end && !n.inFlow:
		return y.splice(n.end, lineTextEnd(y.text, n.end), y.text[n.end:lineTextEnd(y.text, n.end)]+y.under(rest, v, n.indent))
	case n.from == n.end:
		return y.splice(n.end, n.end, " "+y.nested(rest, v))
	}
	return y.splice(n.from, n.end, y.nested(rest, v))
}

// below writes lines under the line of an offset.
func (y *yamlDoc) below(at int, text string) error {
	end := lineEnd(y.text, at)
	if end > 0 && y.text[end-1] != '\n' {
		return y.splice(end, end, y.newline+text)
	}
	return y.splice(end, end, text+y.newline)
}

// lineTextEnd returns where the line of an offset ends, its break not counted.
func lineTextEnd(text string, at int) int {
	end := lineEnd(text, at)
	return at + len(strings.TrimRight(text[at:end], "\r\n"))
}

// dash returns the hyphen of an element and the spaces behind it.
func (y *yamlDoc) dash(k kid) string {
	gap := k.value.from - k.from - 1
	if gap < 1 || strings.TrimSpace(y.text[k.from+1:k.value.from]) != "" || strings.Contains(y.text[k.from:k.value.from], "\n") {
		gap = 1
	}
	return "-" + strings.Repeat(" ", gap)
}

// remove takes out a key or an element.
func (y *yamlDoc) remove(path []string) error {
	parent, err := y.find(path[:len(path)-1])
	if err != nil {
		return err
	}
	i := slices.IndexFunc(parent.kids, func(k kid) bool { return k.key == path[len(path)-1] })
	if i < 0 {
		return refuse(parent.from, "take it out by hand", "%s cannot be found", name(path))
	}
	return y.take(parent, i)
}

// take takes out the i-th of what stands in a node.
func (y *yamlDoc) take(n *node, i int) error {
	k := n.kids[i]
	from, end := lineStart(y.text, k.from), lineEnd(y.text, k.end)
	lone := strings.TrimSpace(y.text[from:k.from]) == ""
	switch {
	case n.kind != block:
		return y.set(n.flow(y).remove(i))
	case len(n.kids) == 1 && !n.root:
		return y.hollow(n, k, lone)
	case lone:
		return y.splice(from, end, "")
	case i+1 < len(n.kids) && !strings.Contains(y.text[k.end:n.kids[i+1].from], "#"):
		return y.splice(k.from, n.kids[i+1].from, "")
	case i+1 < len(n.kids): // a hyphen stays above a comment
		before := len(strings.TrimRight(y.text[:k.from], " "))
		return y.splice(before, lineTextEnd(y.text, k.end), "")
	}
	return refuse(k.from, "take it out by hand", "it stands on one line with what it belongs to")
}

// hollow takes the last out of a table or a list, and leaves an empty one.
func (y *yamlDoc) hollow(n *node, k kid, lone bool) error {
	nothing := "{}"
	if n.list {
		nothing = "[]"
	}
	if !lone || n.after == 0 {
		return y.splice(k.from, k.end, nothing)
	}
	from, end := lineStart(y.text, k.from), lineEnd(y.text, k.end)
	text := y.text[:from] + y.text[end:]
	return y.set(text[:n.after] + " " + nothing + text[n.after:])
}
