package amend

import (
	"strings"

	"gallerist/builder/strict"
)

// insertOwn writes a key behind the last of a table's own lines; header -1 is
// the document itself.
func (d *document) insertOwn(header int, key string, v any) {
	last := d.lastOwn(header)
	if last >= 0 && !isHeader(d.parts[last]) {
		d.insertPair(last, key, d.write(v))
		return
	}
	at, indent := 0, ""
	if last >= 0 {
		at = d.lineEnd(d.parts[last].End)
		from := d.lineStart(d.parts[last].From)
		indent = d.text[from:d.parts[last].From]
	} else {
		at = d.top()
	}
	d.splice(at, at, indent+key+" = "+d.write(v)+d.newline)
}

// top returns where the first key of a document goes: below the comments that
// begin it, unless they belong to a header.
func (d *document) top() int {
	first := len(d.text)
	if len(d.parts) > 0 {
		first = d.lineStart(d.parts[0].From)
	}
	at := 0
	for i := 0; i < first; i = d.lineEnd(i) {
		if d.blank(i) || first == len(d.text) {
			at = d.lineEnd(i)
		}
	}
	for at > 0 && d.blank(d.lineStart(at-1)) { // keep the blank line below
		at = d.lineStart(at - 1)
	}
	return at
}

// insertPair writes a key on the line below another pair, in its manner.
func (d *document) insertPair(i int, key, value string) {
	p := d.parts[i]
	from := d.lineStart(p.From)
	at := d.lineEnd(p.End)
	text := d.text[from:p.From] + key + d.equals(p, key) + value + d.newline
	if at > 0 && d.text[at-1] != '\n' {
		text = d.newline + strings.TrimSuffix(text, d.newline)
	}
	d.splice(at, at, text)
}

// equals returns the sign between a key and its value, with the spaces that the
// pair above has around it: where signs stand in one column, so does this one.
func (d *document) equals(p strict.Part, key string) string {
	between := d.text[p.From+keysLen(d.text[p.From:], p.Parts) : p.Value]
	before, after, _ := strings.Cut(between, "=")
	column := width(d.text[p.From : p.Value-len(after)-1])
	if len(before) > 1 || before == " " && d.aligned(p, column) {
		before = strings.Repeat(" ", max(1, column-width(key)))
	}
	return before + "=" + after
}

// aligned reports whether the pair above or below has its sign in a column.
func (d *document) aligned(p strict.Part, column int) bool {
	for i, q := range d.parts {
		if !d.ownLine(i) || isHeader(q) || q.Up != p.Up || q.From == p.From {
			continue
		}
		between := d.text[q.From+keysLen(d.text[q.From:], q.Parts) : q.Value]
		before, after, _ := strings.Cut(between, "=")
		if len(before) > 1 && width(d.text[q.From:q.Value-len(after)-1]) == column {
			return true
		}
	}
	return false
}

func width(s string) int { return len([]rune(s)) }

// keyLen returns how long the first part of a key is.
func keyLen(s string) int {
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		for i := 1; i < len(s); i++ {
			switch {
			case s[i] == '\\' && s[0] == '"':
				i++
			case s[i] == s[0]:
				return i + 1
			}
		}
	}
	if n := strings.IndexAny(s, ".= \t]"); n >= 0 {
		return n
	}
	return len(s)
}

// keysLen returns how long a key of several parts is.
func keysLen(s string, parts int) int {
	at := 0
	for i := range parts {
		if i > 0 {
			at += strings.IndexByte(s[at:], '.') + 1
			at += len(s[at:]) - len(strings.TrimLeft(s[at:], " \t"))
		}
		at += keyLen(s[at:])
	}
	return at
}

// dots writes keys as one dotted key.
func dots(keys []string) string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = key(k)
	}
	return strings.Join(out, ".")
}

// key writes a part of a key, between quotes where it has to be.
func key(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == "" {
		return s
	}
	return basic(s)
}
