package amend

import (
	"slices"
	"strings"

	"gallerist/builder/strict"
)

// document is TOML with its parts.
type document struct {
	text    string
	parts   []strict.Part
	newline string
}

func editTOML(f file, is tree, path []string, v any) ([]string, error) {
	d := &document{f.inner, strict.Outline(f.inner), f.newline}
	var err error
	switch {
	case v == nil:
		d.remove(path)
	case known(is, path) == len(path):
		old, _ := lookup(is, path)
		err = d.replace(path, old, v)
	default:
		err = d.insert(is, path, v)
	}
	return []string{d.text}, err
}

// splice puts text in place of some of the document's.
func (d *document) splice(from, end int, text string) {
	d.set(d.text[:from] + text + d.text[end:])
}

func (d *document) set(text string) {
	d.text, d.parts = text, strict.Outline(text)
}

// find returns the pair or element at a path, -1 for none.
func (d *document) find(path []string) int {
	return slices.IndexFunc(d.parts, func(p strict.Part) bool {
		return (p.Kind == strict.Pair || p.Kind == strict.Element) && slices.Equal(p.Path, path)
	})
}

func isHeader(p strict.Part) bool { return p.Kind == strict.Header || p.Kind == strict.ListHeader }

// below reports whether a path is another one or leads on from it.
func below(path, above []string) bool {
	return len(path) >= len(above) && slices.Equal(path[:len(above)], above)
}

// ownLine reports whether a part is a header, or a pair that stands in no value.
func (d *document) ownLine(i int) bool {
	p := d.parts[i]
	return isHeader(p) || p.Kind == strict.Pair && (p.Up < 0 || isHeader(d.parts[p.Up]))
}

func (d *document) lineStart(at int) int { return lineStart(d.text, at) }

func (d *document) lineEnd(at int) int { return lineEnd(d.text, at) }

// blank reports whether the line that begins at an offset holds nothing.
func (d *document) blank(at int) bool {
	return at < len(d.text) && strings.TrimSpace(d.text[at:d.lineEnd(at)]) == ""
}

// replace writes a new value in place of an old one.
func (d *document) replace(path []string, is, v any) error {
	i := d.find(path)
	if i < 0 {
		return refuseAt(path, "change one of its keys", "%s is a table", name(path))
	}
	p := d.parts[i]
	old := d.text[p.Value:p.End]
	if list, ok := v.([]any); ok && strings.HasPrefix(old, "[") {
		was, _ := is.([]any)
		d.replaceList(i, was, list)
		return nil
	}
	d.splice(p.Value, p.End, d.likeOld(v, old))
	return nil
}

// remove takes out a key, an element, or a table with all that is below it.
func (d *document) remove(path []string) {
	if i := d.find(path); i >= 0 && !d.ownLine(i) {
		d.removeFrom(i)
		return
	}
	for i := len(d.parts) - 1; i >= 0; i-- {
		p := d.parts[i]
		if d.ownLine(i) && below(p.Path, path) && !(p.Kind == strict.Pair && p.Up >= 0 && below(d.parts[p.Up].Path, path)) {
			end := d.lineEnd(p.End)
			if isHeader(p) {
				end = d.lineEnd(d.parts[d.lastOwn(i)].End)
			}
			d.cut(d.lineStart(p.From), end, isHeader(p))
		}
	}
}

// cut takes out whole lines; with tables, one of two blank lines that then meet.
func (d *document) cut(from, end int, table bool) {
	if table && (end == len(d.text) || d.blank(end)) && from > 0 {
		if above := d.lineStart(from - 1); d.blank(above) {
			from = above
		}
	}
	d.splice(from, end, "")
}

// lastOwn returns the last of a table's own lines: of its pairs, else its header.
// -1 stands for the document, and is returned where it has none.
func (d *document) lastOwn(header int) int {
	last := header
	for i, p := range d.parts {
		if p.Kind == strict.Pair && p.Up == header {
			last = i
		}
	}
	return last
}

// insert writes a key, a table or an element that is not there yet.
func (d *document) insert(is tree, path []string, v any) error {
	n := known(is, path)
	parent, rest := path[:n], path[n:]
	i := d.find(parent)
	if i >= 0 && n > 0 {
		return d.insertIn(i, rest, v)
	}
	at, _ := lookup(is, parent)
	if _, ok := at.([]any); ok {
		return d.insertElement(parent, rest, v)
	}
	if i := d.dotted(parent); i >= 0 {
		p := d.parts[i]
		keys := len(parent) - (len(p.Path) - p.Parts)
		head, text := rest, d.write(v)
		if n := slices.Index(rest, "0"); n > 0 {
			head, text = rest[:n], d.nested(rest[n:], v)
		}
		d.insertPair(i, d.keyPrefix(p, keys)+dots(head), text)
		return nil
	}
	own := d.header(parent)
	switch {
	case len(rest) == 1 && (own >= 0 || n == 0), len(rest) == 2 && rest[1] == "0" && (own >= 0 || n == 0):
		if len(rest) == 2 {
			v = []any{v}
		}
		d.insertOwn(own, key(rest[0]), v)
	case n > 0 && own < 0 && len(rest) == 1:
		d.insertTable(parent, false, rest, v)
	default:
		d.insertBelow(parent, rest, v)
	}
	return nil
}

// header returns the header of a table, -1 for none.
func (d *document) header(path []string) int {
	if len(path) == 0 {
		return -1
	}
	return slices.IndexFunc(d.parts, func(p strict.Part) bool { return isHeader(p) && slices.Equal(p.Path, path) })
}

// dotted returns the last pair whose dotted key makes the table at a path.
func (d *document) dotted(path []string) int {
	last := -1
	for i, p := range d.parts {
		if d.ownLine(i) && p.Kind == strict.Pair && len(p.Path) > len(path) && below(p.Path, path) && len(p.Path)-p.Parts < len(path) {
			last = i
		}
	}
	return last
}

// keyPrefix returns the first keys of a dotted key as they are written, with the
// dot behind them.
func (d *document) keyPrefix(p strict.Part, keys int) string {
	at := p.From
	for range keys {
		at += keyLen(d.text[at:])
		at += strings.IndexByte(d.text[at:], '.') + 1
	}
	return d.text[p.From:at]
}

// insertBelow writes a new table, whose parent has none of its keys in it yet.
func (d *document) insertBelow(parent, rest []string, v any) {
	for i := len(rest) - 1; i > 0; i-- {
		if rest[i] == "0" {
			if i == len(rest)-1 { // a list of values
				d.insertTable(slices.Concat(parent, rest[:i-1]), false, rest[i-1:i], []any{v})
				return
			}
			d.insertTable(slices.Concat(parent, rest[:i]), true, rest[i+1:], v)
			return
		}
	}
	last := len(rest) - 1
	d.insertTable(slices.Concat(parent, rest[:last]), false, rest[last:], v)
}

// insertElement adds a table to a list of [[tables]].
func (d *document) insertElement(list, rest []string, v any) error {
	if len(rest) < 2 {
		return refuseAt(list, "set one of its keys", "%s is a list of tables", name(list))
	}
	d.insertTable(list, true, rest[1:], v)
	return nil
}

// insertTable writes a header and one key below it: behind the last of its kind,
// in the table of a list that it belongs to, or at the end.
func (d *document) insertTable(path []string, list bool, keys []string, v any) {
	at, gap, indent := d.tableEnd(path, list)
	var names []string
	for i, p := range path {
		if _, ok := number(p); !ok || d.header(path[:i+1]) < 0 {
			names = append(names, key(p))
		}
	}
	head := "[" + strings.Join(names, ".") + "]"
	if list {
		head = "[" + head + "]"
	}
	text := indent + head + d.newline + indent + dots(keys) + " = " + d.write(v) + d.newline
	if gap {
		text = d.newline + text
	}
	if at > 0 && d.text[at-1] != '\n' {
		text = d.newline + text
	}
	d.splice(at, at, text)
}

// tableEnd returns where a new table goes, whether a blank line parts it from what
// is above, and how far it is indented.
func (d *document) tableEnd(path []string, list bool) (at int, gap bool, indent string) {
	scope := d.scope(path)
	like := d.header(scope)
	for i, p := range d.parts {
		if list && p.Kind == strict.ListHeader && slices.Equal(p.Path[:len(p.Path)-1], path) {
			scope, like = p.Path, i
		}
	}
	if scope == nil {
		at = len(strings.TrimRight(d.text, " \t\r\n"))
		if at == 0 {
			return 0, false, ""
		}
		return d.lineEnd(at - 1), d.gapAbove(d.lastHeader()), ""
	}
	last := 0
	for i, p := range d.parts {
		if d.ownLine(i) && below(p.Path, scope) {
			last = i
		}
	}
	from := d.lineStart(d.parts[like].From)
	return d.lineEnd(d.parts[last].End), d.gapAbove(like), d.text[from:d.parts[like].From]
}

func (d *document) lastHeader() int {
	for i := len(d.parts) - 1; i >= 0; i-- {
		if isHeader(d.parts[i]) {
			return i
		}
	}
	return -1
}

// gapAbove reports whether a blank line parts a header from what is above; so it
// is where there is none.
func (d *document) gapAbove(header int) bool {
	if header < 0 {
		return true
	}
	from := d.lineStart(d.parts[header].From)
	return from == 0 || d.blank(d.lineStart(from-1))
}

// scope returns the deepest table of a list that a path leads through, nil for none.
func (d *document) scope(path []string) []string {
	for n := len(path); n > 0; n-- {
		if _, ok := number(path[n-1]); ok && d.header(path[:n]) >= 0 {
			return path[:n]
		}
	}
	return nil
}
