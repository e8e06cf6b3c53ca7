package strict

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"gallerist/builder/problem"
)

// TOML reads a document that begins on line firstLine of the file. When it
// cannot be read the reason is added to probs and the result is nil.
func TOML(file string, src []byte, firstLine int, probs *problem.List) *Table {
	text, ok := prepare(file, src, probs)
	if !ok {
		return nil
	}
	return readTOML(&doc{file: file, probs: probs}, text, firstLine)
}

func readTOML(d *doc, text string, firstLine int) *Table {
	if !d.checkSize(text, firstLine) {
		return nil
	}
	if t := readPlain(d, text, firstLine); t != nil {
		return t
	}
	index, over := scanTOML(text, firstLine)
	if over != nil {
		d.probs.Errorf(d.pos(over.at), over.hint, "%s", over.text)
		return nil
	}
	values, err := decodeTOML(text)
	if err != nil {
		d.tomlError(err, text, firstLine)
		return nil
	}
	b := tomlBuilder{d, index}
	return b.table(values, "", "", place{})
}

// decodeTOML keeps a panic of the parser from ending the program: one bad
// document must never stop the others.
func decodeTOML(text string) (m map[string]any, err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("not TOML")
		}
	}()
	var v any // decoding into an interface hands over the parser's own map
	if _, err = toml.Decode(text, &v); err != nil {
		return nil, err
	}
	m, _ = v.(map[string]any)
	return m, nil
}

// tomlBuilder joins the parser's values with the scan's places.
type tomlBuilder struct {
	doc   *doc
	index map[string]where
}

func (b *tomlBuilder) table(m map[string]any, path, name string, at place) *Table {
	t := &Table{doc: b.doc, name: name, at: at, entries: make([]entry, 0, len(m))}
	for key, v := range m {
		below := join(path, key)
		w := b.index[below]
		t.entries = append(t.entries, entry{key: key, at: w.key, val: w.val, value: b.value(v, below, childName(name, key), w.key)})
	}
	slices.SortFunc(t.entries, func(x, y entry) int {
		return cmp.Or(cmp.Compare(x.at.line, y.at.line), cmp.Compare(x.at.col, y.at.col), cmp.Compare(x.key, y.key))
	})
	return t
}

func (b *tomlBuilder) value(v any, path, name string, at place) any {
	switch v := v.(type) {
	case map[string]any:
		return b.table(v, path, name, at)
	case []map[string]any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = b.element(x, path, name, i)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = b.element(x, path, name, i)
		}
		return out
	case time.Time:
		return stampOf(v, formOf(v))
	}
	return v
}

func (b *tomlBuilder) element(v any, path, name string, i int) any {
	below := joinIndex(path, i)
	return b.value(v, below, name, b.index[below].key)
}

// formOf tells the parser's four types of times apart: it marks those without
// an offset by the name of their zone.
func formOf(t time.Time) stampForm {
	switch t.Location().String() {
	case "datetime-local":
		return localTime
	case "date-local":
		return bareDate
	case "time-local":
		return bareClock
	}
	return withOffset
}

// tomlError reports a parser's error in our words: the parser's own may quote
// the file, and what it would quote may be private.
func (d *doc) tomlError(err error, text string, firstLine int) {
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		d.probs.Errorf(problem.Pos{File: d.file, Line: firstLine}, "write one key = value on each line, with text between double quotes", "this is not TOML")
		return
	}
	what, hint := tomlMistake(pe)
	start := min(max(pe.Position.Start, 0), len(text))
	d.probs.Errorf(d.pos(placeAt(text, start, firstLine)), hint, "%s", what)
}

// tomlMistake says what is wrong and what to do, by the parser's message.
func tomlMistake(pe toml.ParseError) (what, hint string) {
	of, key := strings.NewReplacer(" of KEY", "", "KEY", "this"), pe.LastKey
	if key != "" {
		of = strings.NewReplacer("KEY", Quote(key))
	}
	for _, m := range tomlMistakes {
		if strings.Contains(pe.Message, m.sign) {
			return of.Replace(m.what), m.hint
		}
	}
	return "this is not TOML", "write one key = value on each line, with text between double quotes"
}

var tomlMistakes = []struct{ sign, what, hint string }{
	{"already been defined", "KEY stands twice", "keep one of the two"},
	{"already created", "KEY stands twice", "keep one of the two; several tables are written [[name]], each time"},
	{"is not a table", "KEY stands twice, once as a value and once as a table", "keep one of the two"},
	{"newlines", "the text of KEY is not closed", "put a double quote at its end, or three at both ends of a text of several lines"},
	{`expected '"`, "the text of KEY is not closed", "put quotes at its end, as many as at its beginning"},
	{`expected "'`, "the text of KEY is not closed", "put quotes at its end, as many as at its beginning"},
	{"out of range", "the number of KEY is too large", "put it between double quotes where it is a name, such as a phone's or a product's"},
	{"escape", "the text of KEY has a \\ that means nothing", "write \\\\ for a backslash, or put the text between single quotes"},
	{"hexadecimal", "the text of KEY has a \\ that means nothing", "write \\\\ for a backslash, or put the text between single quotes"},
	{"control characters", "a control character stands here", "delete it and type the text again"},
	{"expected value", "the value of KEY cannot be read", "put text between double quotes; numbers, dates, true and false go without"},
	{"array terminator", "the list of KEY is not closed, or lacks a comma", "write [\"one\", \"two\"]"},
	{"inline table terminator", "the table of KEY is not closed, or lacks a comma", "write { one = \"…\", two = \"…\" }"},
	{"end with a newline", "something stands after the value of KEY", "put text with quotes in it between single quotes, and one key on each line"},
	{"'.' or '='", "a key has no = after it", "write key = value; a key of several words stands between quotes"},
	{"key separator", "a key has no = after it", "write key = value"},
	{"date", "the value of KEY is not a date of the calendar", "write 2026-11-30 or 2026-11-30T18:00:00+03:00"},
	{"nteger", "the value of KEY is not a number", "write digits only, and text between double quotes"},
	{"loat", "the value of KEY is not a number", "write digits only, and text between double quotes"},
	{"digit", "the value of KEY is not a number", "write digits only, and text between double quotes"},
}
