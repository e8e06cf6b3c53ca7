// Package strict reads TOML and YAML so that every mistake is told with its
// place and nothing is passed over in silence.
//
// A document becomes a Table. Its getters (String, Bool, Time, OneOf, …)
// return a typed value, or the zero value where the key is absent or where
// the value was of another type, which is then a problem at the value. Each
// getter also remembers that its key was asked for: Done reports every key
// nobody asked for, with the nearest one that somebody did. So the code that
// reads a file is at the same time the list of keys the file may have.
//
//	var probs problem.List
//	head, body, bodyAt := strict.FrontMatter("a/submission.md", src, &probs)
//	title := head.Line("title")
//	author := head.Table("author") // nil where there is none; getters of nil work
//	name := author.Line("name")
//	head.Done()
//
// Positions count lines from the file's first, and columns in characters;
// that of a value is where the value begins, that of a table where its name
// stands.
//
// Texts come out as clean UTF-8 (see Clean): composed (NFC), and without
// control characters or those that reorder text.
//
// # Limits
//
// Documents come from strangers, and parsers of both formats have inputs on
// which they take seconds and gigabytes, such as deeply nested tables or very
// long dotted keys. Before a parser runs, a scan holds these limits: 64 kB a
// document, 10 kB a line, 20 levels, 20 parts a dotted key, 200 bytes a key.
// YAML is read without anchors, aliases, tags and merge keys.
//
// TOML is version 1.0 (and what of 1.1 BurntSushi/toml takes), read by
// BurntSushi/toml. Plain documents, in which every line is a comment, a header
// or a key with a value on the same line, are read by a short reader of our
// own that is ten times as fast and gives up at anything else; a fuzz test
// holds the two equal.
package strict

import (
	"slices"
	"strings"
	"sync"

	"gallerist/builder/problem"
)

// Limits of a document; see the package comment.
const (
	maxSize  = 64 << 10
	maxLine  = 10 << 10
	maxDepth = 20
	maxParts = 20
	maxKey   = 200
)

// Table is one table of a document: keys and values in the file's order. A nil
// Table is empty.
type Table struct {
	doc     *doc
	name    string // dotted name for messages; "" for the document itself
	at      place
	entries []entry
	asked   []string
	open    bool // got by Table or Tables, so its keys are asked for one by one
}

// doc is what the tables of one document share.
type doc struct {
	file  string
	probs *problem.List
	yaml  bool

	tables []*Table // of this document, and behind them those of earlier ones
	used   int      // how many are this one's
	path   [8]string
}

// docs are documents whose tables are used again; see Free.
var docs = sync.Pool{New: func() any { return new(doc) }}

func newDoc(file string, probs *problem.List) *doc {
	d := docs.Get().(*doc)
	d.file, d.probs, d.yaml = file, probs, false
	return d
}

// table returns an empty table.
func (d *doc) table(name string, at place) *Table {
	if d.used == len(d.tables) {
		d.tables = append(d.tables, &Table{doc: d})
	}
	t := d.tables[d.used]
	d.used++
	t.name, t.at = name, at
	return t
}

// Free gives the memory of a document read by FrontMatter to the next one. It
// is called on the head, by whoever needs neither it nor any table below it any
// more; what their getters returned stays.
func (t *Table) Free() {
	if t == nil || t.doc.used == 0 || t.doc.tables[0] != t {
		return // not made for it
	}
	d := t.doc
	d.drop(0)
	d.file, d.probs = "", nil
	docs.Put(d)
}

// drop empties all tables but the first n.
func (d *doc) drop(n int) {
	for _, t := range d.tables[n:d.used] {
		clear(t.entries)
		*t = Table{doc: d, entries: t.entries[:0], asked: t.asked[:0]}
	}
	d.used = n
}

// entry is one key. The value is a string, int64, float64, bool, Stamp, []any
// of these, *Table, or nil for YAML's null. A text may stand in text instead,
// where it takes no memory of its own.
type entry struct {
	key     string
	value   any
	text    string
	isText  bool
	at, val place
	used    bool
}

// any returns the value, wherever it stands.
func (e *entry) any() any {
	if e.isText {
		return e.text
	}
	return e.value
}

// str returns the value if it is a text.
func (e *entry) str() (s string, ok bool) {
	if e.isText {
		return e.text, true
	}
	s, ok = e.value.(string)
	return s, ok
}

// place is a line and a column of the document's file, both from 1.
// Documents are far too short for more than an int32 counts.
type place struct{ line, col int32 }

func newPlace(line, col int) place { return place{int32(line), int32(col)} }

func (d *doc) pos(p place) problem.Pos {
	return problem.Pos{File: d.file, Line: int(p.line), Col: int(p.col)}
}

// Pos returns where the key's value stands, or where the table begins when it
// has no such key.
func (t *Table) Pos(key string) problem.Pos {
	if t == nil {
		return problem.Pos{}
	}
	if e := t.find(key); e != nil {
		return t.doc.pos(e.val)
	}
	return t.doc.pos(t.at)
}

// At returns where the table begins; for a whole document, its file.
func (t *Table) At() problem.Pos {
	if t == nil {
		return problem.Pos{}
	}
	return t.doc.pos(t.at)
}

// Has reports whether the key is there, without asking for it.
func (t *Table) Has(key string) bool { return t.find(key) != nil }

// Keys returns the table's keys, without asking for them.
func (t *Table) Keys() []string {
	if t == nil {
		return nil
	}
	keys := make([]string, len(t.entries))
	for i, e := range t.entries {
		keys[i] = e.key
	}
	return keys
}

// Errorf reports an error at the key's value.
func (t *Table) Errorf(key, hint, text string, args ...any) {
	if t == nil {
		return
	}
	t.doc.probs.Errorf(t.Pos(key), hint, text, args...)
}

// Warnf reports a warning at the key's value.
func (t *Table) Warnf(key, hint, text string, args ...any) {
	if t == nil {
		return
	}
	t.doc.probs.Warnf(t.Pos(key), hint, text, args...)
}

// Allow asks for keys whose values are of no interest.
func (t *Table) Allow(keys ...string) {
	for _, key := range keys {
		t.get(key)
	}
}

// Done reports every key that was never asked for, here and in the tables
// that Table and Tables returned.
func (t *Table) Done() {
	if t == nil {
		return
	}
	unknown := 0
	for i := range t.entries {
		e := &t.entries[i]
		if !e.used {
			if unknown++; unknown <= maxUnknown {
				t.doc.probs.Errorf(t.doc.pos(e.at), problem.DidYouMean(e.key, t.Asked()), "unknown key %s", Quote(t.Name(e.key)))
			}
			continue
		}
		switch v := e.value.(type) {
		case *Table:
			if v.open {
				v.Done()
			}
		case []any:
			for _, x := range v {
				if c, ok := x.(*Table); ok && c.open {
					c.Done()
				}
			}
		}
	}
	if unknown > maxUnknown {
		t.doc.probs.Errorf(t.At(), "this seems to be another kind of file", "%d more unknown keys", unknown-maxUnknown)
	}
}

// maxUnknown is how many unknown keys of one table are told one by one.
const maxUnknown = 20

// Asked returns the keys that were asked for, each once, in the order asked.
func (t *Table) Asked() []string {
	if t == nil {
		return nil
	}
	var keys []string
	for _, k := range t.asked {
		if !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// Taken is an entry that Take removed.
type Taken struct {
	Path  []string // from the document: author, email
	Pos   problem.Pos
	Value any // as Raw gives it
}

// Take removes, here and in all tables below, the entries for which match
// returns true, and returns them. path leads from this table to the key.
func (t *Table) Take(match func(path []string) bool) []Taken {
	if t == nil {
		return nil
	}
	return t.take(t.doc.path[:0], match)
}

func (t *Table) take(path []string, match func([]string) bool) (out []Taken) {
	kept := t.entries[:0]
	for _, e := range t.entries {
		here := append(path, e.key)
		if match(here) {
			out = append(out, Taken{slices.Clone(here), t.doc.pos(e.at), raw(e.any())})
			continue
		}
		kept = append(kept, e)
		out = append(out, takeBelow(e.value, here, match)...)
	}
	clear(t.entries[len(kept):])
	t.entries = kept
	return out
}

func takeBelow(v any, path []string, match func([]string) bool) (out []Taken) {
	switch v := v.(type) {
	case *Table:
		return v.take(path, match)
	case []any:
		for _, x := range v {
			out = append(out, takeBelow(x, path, match)...)
		}
	}
	return out
}

func (t *Table) find(key string) *entry {
	if t == nil {
		return nil
	}
	for i := range t.entries {
		if t.entries[i].key == key {
			return &t.entries[i]
		}
	}
	return nil
}

// get asks for a key: nil when it is absent or null.
func (t *Table) get(key string) *entry {
	if t == nil {
		return nil
	}
	if t.asked == nil {
		t.asked = make([]string, 0, 12)
	}
	t.asked = append(t.asked, key)
	e := t.find(key)
	if e == nil {
		return nil
	}
	e.used = true
	if e.value == nil && !e.isText {
		return nil
	}
	return e
}

// Name returns the key's name for messages: "grant.until".
func (t *Table) Name(key string) string {
	if t.name == "" {
		return key
	}
	return t.name + "." + key
}

// childName makes a child's name from its place in the document.
func childName(parent, key string) string {
	if parent == "" {
		return key
	}
	return parent + "." + key
}

// Quote puts a value from a file between quotes for a message, shortened where
// it is long. One with an @ is not shown: it may be somebody's address.
func Quote(s string) string {
	if strings.Contains(s, "@") {
		return `"…@…"`
	}
	if runes := []rune(s); len(runes) > 60 {
		s = string(runes[:60]) + "…"
	}
	return "\"" + strings.ReplaceAll(s, "\n", " ") + "\""
}
