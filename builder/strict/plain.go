package strict

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// plainReader reads the TOML that people write: every line blank, a comment,
// a [header], a [[header]], or key = value with the whole value on the line,
// keys bare and without dots. It gives up at everything else, so it never
// reports a problem and never has to be right about wrong documents. It also
// gives up at a table of more than maxPlain keys, which it looks for one by one.
type plainReader struct {
	doc  *doc
	s    string // the line being read
	i    int
	line int
	ok   bool
}

const maxPlain = 100

// readPlain returns nil when the document is not plain.
func readPlain(d *doc, text string, firstLine int) *Table {
	used := d.used
	root := d.table("", place{})
	r := plainReader{doc: d, line: firstLine, ok: true}
	for table := root; text != ""; r.line++ {
		r.s, text, _ = strings.Cut(text, "\n")
		r.i = 0
		r.blanks()
		switch b := r.peek(); {
		case b == 0 && r.i == len(r.s), b == '#':
		case b == '[':
			table = r.header(root)
		default:
			r.pair(table, 0)
		}
		if !r.ok || !r.lineEnds() {
			d.drop(used)
			return nil
		}
	}
	return root
}

func (r *plainReader) peek() byte {
	if r.i < len(r.s) {
		return r.s[r.i]
	}
	return 0
}

func (r *plainReader) eat(b byte) bool {
	if r.peek() != b {
		return false
	}
	r.i++
	return true
}

func (r *plainReader) blanks() {
	for r.i < len(r.s) && (r.s[r.i] == ' ' || r.s[r.i] == '\t') {
		r.i++
	}
}

func (r *plainReader) give() any { r.ok = false; return nil }

func (r *plainReader) here() place {
	return newPlace(r.line, 1+utf8.RuneCountInString(r.s[:r.i]))
}

// lineEnds reports whether nothing but a comment is left on the line.
func (r *plainReader) lineEnds() bool {
	r.blanks()
	if r.i == len(r.s) {
		return true
	}
	return r.s[r.i] == '#' && printable(r.s[r.i:])
}

func printable(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7f {
			return false
		}
	}
	return true
}

func (r *plainReader) word() string {
	from := r.i
	for isBare(r.peek()) {
		r.i++
	}
	if r.i == from || r.i-from > maxKey {
		r.ok = false
	}
	return r.s[from:r.i]
}

// header reads [name] or [[name]] and returns the new table.
func (r *plainReader) header(root *Table) *Table {
	r.i++
	array := r.eat('[')
	r.blanks()
	at := r.here()
	name := r.word()
	r.blanks()
	if !r.ok || !r.eat(']') || array && !r.eat(']') {
		r.ok = false
		return root
	}
	t := r.doc.table(name, at)
	e := root.find(name)
	switch {
	case len(root.entries) == maxPlain:
		r.ok = false
	case e == nil && array:
		root.entries = append(root.entries, entry{key: name, at: at, val: at, value: []any{t}})
	case e == nil:
		root.entries = append(root.entries, entry{key: name, at: at, val: at, value: t})
	case array && e.val == e.at: // only headers have both at one place
		list, ok := e.value.([]any)
		e.value = append(list, t)
		r.ok = ok
	default:
		r.ok = false
	}
	return t
}

func (r *plainReader) pair(t *Table, depth int) {
	at := r.here()
	key := r.word()
	r.blanks()
	if !r.ok || !r.eat('=') || len(t.entries) == maxPlain || t.find(key) != nil {
		r.ok = false
		return
	}
	r.blanks()
	e := entry{key: key, at: at, val: r.here()}
	if b := r.peek(); b == '"' || b == '\'' {
		e.text, e.isText = r.text(b), true
	} else {
		e.value = r.value(t, e, depth)
	}
	t.entries = append(t.entries, e)
}

func (r *plainReader) value(t *Table, e entry, depth int) any {
	switch b := r.peek(); {
	case b == '"' || b == '\'':
		return r.text(b)
	case b == 't' || b == 'f':
		return r.bool()
	case b >= '0' && b <= '9' || b == '-':
		return r.number()
	case b == '[' && depth < maxDepth:
		return r.list(t, e, depth)
	case b == '{' && depth < maxDepth:
		return r.inline(t, e, depth)
	}
	return r.give()
}

// text reads a text without escapes.
func (r *plainReader) text(q byte) string {
	rest := r.s[r.i+1:]
	n := strings.IndexByte(rest, q)
	if n < 0 || n == 0 && len(rest) > 1 && rest[1] == q {
		r.ok = false // not closed, or of several lines
		return ""
	}
	s := rest[:n]
	if !printable(s) || q == '"' && strings.IndexByte(s, '\\') >= 0 {
		r.ok = false
		return ""
	}
	r.i += n + 2
	return s
}

func (r *plainReader) bool() any {
	switch r.word() {
	case "true":
		return true
	case "false":
		return false
	}
	return r.give()
}

// number reads a whole number, a decimal fraction, a date or a time.
func (r *plainReader) number() any {
	from := r.i
	for r.i < len(r.s) && strings.IndexByte("0123456789-+:.TZ", r.s[r.i]) >= 0 {
		r.i++
	}
	s := r.s[from:r.i]
	switch b := r.peek(); {
	case b != 0 && b != ',' && b != ']' && b != '}' && b != ' ' && b != '\t' && b != '#':
		return r.give()
	case b == ' ' && len(s) == len(time.DateOnly): // a time may follow: 2026-11-30 18:00:00
		if rest := r.s[r.i+1:]; rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return r.give()
		}
	}
	if len(s) >= len(time.DateOnly) && s[4] == '-' {
		return r.date(s)
	}
	digits := strings.TrimPrefix(s, "-")
	whole, fraction, point := strings.Cut(digits, ".")
	if len(s) > 15 || !isNumber(whole) || len(whole) > 1 && whole[0] == '0' || point && !isNumber(fraction) {
		return r.give()
	}
	if point {
		f, err := strconv.ParseFloat(s, 64)
		r.ok = r.ok && err == nil
		return f
	}
	n, err := strconv.ParseInt(s, 10, 64)
	r.ok = r.ok && err == nil
	return n
}

func (r *plainReader) date(s string) any {
	layout, form := time.RFC3339, withOffset
	switch {
	case len(s) == len(time.DateOnly):
		layout, form = time.DateOnly, bareDate
	case len(s) == len("2006-01-02T15:04:05"):
		layout, form = "2006-01-02T15:04:05", localTime
	}
	t, err := time.Parse(layout, s)
	if err != nil || form != bareDate && (s[13] != ':' || strings.Contains(s, ".")) {
		return r.give() // time.Parse takes hours of one digit, TOML does not
	}
	return stampOf(t, form)
}

func isNumber(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func (r *plainReader) list(t *Table, e entry, depth int) any {
	r.i++
	list := make([]any, 0, 4)
	for r.ok {
		r.blanks()
		if r.eat(']') {
			return list
		}
		p := r.here()
		list = append(list, r.value(t, entry{key: e.key, at: p, val: p}, depth+1))
		r.blanks()
		if !r.eat(',') {
			r.ok = r.ok && r.eat(']')
			return list
		}
	}
	return list
}

func (r *plainReader) inline(t *Table, e entry, depth int) any {
	r.i++
	c := r.doc.table(t.Name(e.key), e.at)
	if r.blanks(); r.eat('}') {
		return c
	}
	for r.ok {
		r.pair(c, depth+1)
		if r.blanks(); r.eat('}') {
			break
		}
		r.ok = r.ok && r.eat(',')
		r.blanks()
	}
	return c
}
