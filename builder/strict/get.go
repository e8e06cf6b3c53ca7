package strict

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"gallerist/builder/problem"
)

// String returns a text, clean and without space around it.
func (t *Table) String(key string) string {
	e := t.get(key)
	if e == nil {
		return ""
	}
	s, ok := e.str()
	if !ok {
		t.wrong(e, "text", "put it between quotes: "+t.Example(key, "\"…\""))
		return ""
	}
	return strings.TrimSpace(Clean(s))
}

// Line returns a text of one line: every run of white space is one space.
func (t *Table) Line(key string) string { return Line(t.String(key)) }

// Bool returns true or false.
func (t *Table) Bool(key string) bool {
	e := t.get(key)
	if e == nil {
		return false
	}
	b, ok := e.value.(bool)
	if !ok {
		t.wrong(e, "true or false", "write true or false, without quotes")
	}
	return b
}

// Int returns a whole number. An empty text is none: editors in a browser write
// it for a field that was left empty.
func (t *Table) Int(key string) int {
	e := t.get(key)
	if e == nil {
		return 0
	}
	if text, isText := e.str(); isText && strings.TrimSpace(text) == "" {
		return 0
	}
	n, ok := e.value.(int64)
	if !ok || n != int64(int32(n)) {
		t.wrong(e, "a whole number", "write digits, without quotes")
		return 0
	}
	return int(n)
}

// Float returns a number.
func (t *Table) Float(key string) float64 {
	e := t.get(key)
	if e == nil {
		return 0
	}
	f, ok := number(e.value)
	if !ok {
		t.wrong(e, "a number", "write digits, without quotes")
	}
	return f
}

// Floats returns a list of numbers.
func (t *Table) Floats(key string) []float64 {
	e := t.get(key)
	if e == nil {
		return nil
	}
	const want = "a list of numbers"
	list, ok := e.value.([]any)
	if !ok {
		t.wrong(e, want, "write numbers between brackets: "+t.Example(key, "[0.5, 0.25]"))
		return nil
	}
	out := make([]float64, 0, len(list))
	for _, x := range list {
		f, isNumber := number(x)
		if !isNumber {
			t.wrongIn(e, x, want, "write digits, without quotes")
			return nil
		}
		out = append(out, f)
	}
	return out
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	return 0, false
}

// Strings returns a list of texts, each clean, of one line and not empty.
func (t *Table) Strings(key string) []string {
	e := t.get(key)
	if e == nil {
		return nil
	}
	const want = "a list of texts"
	list, ok := e.value.([]any)
	if !ok {
		t.wrong(e, want, t.between(key))
		return nil
	}
	out := make([]string, 0, len(list))
	for _, x := range list {
		s, isText := x.(string)
		if !isText {
			t.wrongIn(e, x, want, t.between(key))
			return nil
		}
		if s = Line(Clean(s)); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// OneOf returns one of the allowed words.
func (t *Table) OneOf(key string, allowed []string) string {
	s := t.Line(key)
	if s != "" && !slices.Contains(allowed, s) {
		t.Errorf(key, problem.DidYouMean(s, allowed), "unknown %s %s", t.Name(key), Quote(s))
		return ""
	}
	return s
}

// SomeOf returns those of a list that are allowed words.
func (t *Table) SomeOf(key string, allowed []string) []string {
	list := t.Strings(key)
	return slices.DeleteFunc(list, func(s string) bool {
		if slices.Contains(allowed, s) {
			return false
		}
		t.Errorf(key, problem.DidYouMean(s, allowed), "unknown %s %s", t.Name(key), Quote(s))
		return true
	})
}

// Time returns a moment: as written where the value has an offset from UTC,
// else by the clocks of loc; a bare date is the beginning of that day. The
// result is in loc. A nil loc is UTC.
func (t *Table) Time(key string, loc *time.Location) time.Time {
	s, ok := t.stamp(key)
	if !ok {
		return time.Time{}
	}
	return s.In(loc)
}

// Until returns the first moment after a time: that time itself, or for a
// bare date the end of that day.
func (t *Table) Until(key string, loc *time.Location) time.Time {
	s, ok := t.stamp(key)
	if !ok {
		return time.Time{}
	}
	if s.form == bareDate {
		s.t = s.t.AddDate(0, 0, 1)
	}
	return s.In(loc)
}

func (t *Table) stamp(key string) (Stamp, bool) {
	e := t.get(key)
	if e == nil {
		return Stamp{}, false
	}
	s, ok := e.value.(Stamp)
	if text, isText := e.str(); isText {
		if text = strings.TrimSpace(text); text == "" {
			return Stamp{}, false // as Int
		}
		s, ok = parseStamp(text)
	}
	if !ok || s.form == bareClock {
		t.wrong(e, "a date or a time", "write a date as 2026-11-30, a time as 2026-11-30T18:00:00, or with a zone as 2026-11-30T18:00:00+03:00")
		return Stamp{}, false
	}
	return s, true
}

// Table returns the table under key, or nil.
func (t *Table) Table(key string) *Table {
	e := t.get(key)
	if e == nil {
		return nil
	}
	c, ok := e.value.(*Table)
	if !ok {
		t.wrong(e, "a table", t.below(key, false))
		return nil
	}
	c.open = true
	return c
}

// Tables returns the tables under key: several, or one standing alone.
func (t *Table) Tables(key string) []*Table {
	e := t.get(key)
	if e == nil {
		return nil
	}
	if c, ok := e.value.(*Table); ok {
		c.open = true
		return []*Table{c}
	}
	const want = "one or more tables"
	list, ok := e.value.([]any)
	if !ok {
		t.wrong(e, want, t.below(key, true))
	}
	out := make([]*Table, 0, len(list))
	for _, x := range list {
		c, isTable := x.(*Table)
		if !isTable {
			t.wrongIn(e, x, want, t.below(key, true))
			return nil
		}
		c.open = true
		out = append(out, c)
	}
	return out
}

// Raw returns the value as plain data: string, int64, float64, bool, []any or
// map[string]any; dates and times are strings as TOML writes them. It is for
// values whose keys are the user's own.
func (t *Table) Raw(key string) any {
	e := t.get(key)
	if e == nil {
		return nil
	}
	return raw(e.any())
}

// Empty reports whether there is no value, or the empty text.
func (t *Table) Empty(key string) bool {
	e := t.get(key)
	if e == nil {
		return true
	}
	s, ok := e.str()
	return ok && Clean(s) == ""
}

func raw(v any) any {
	switch v := v.(type) {
	case string:
		return Clean(v)
	case Stamp:
		return v.String()
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = raw(x)
		}
		return out
	case *Table:
		out := make(map[string]any, len(v.entries))
		for _, e := range v.entries {
			out[Clean(e.key)] = raw(e.any())
		}
		return out
	}
	return v
}

// wrong reports a value of another type than wanted, wrongIn a list with such
// a value in it.
func (t *Table) wrong(e *entry, want, hint string) {
	t.doc.probs.Errorf(t.doc.pos(e.val), hint, "%s should be %s, not %s", Quote(t.Name(e.key)), want, describe(e.any()))
}

func (t *Table) wrongIn(e *entry, x any, want, hint string) {
	t.doc.probs.Errorf(t.doc.pos(e.val), hint, "%s should be %s, but holds %s", Quote(t.Name(e.key)), want, describe(x))
}

// Example returns how a key with a value is written in this document, for
// hints: title = "…" in TOML, title: "…" in YAML.
func (t *Table) Example(key, value string) string {
	if t != nil && t.doc.yaml {
		return key + ": " + value
	}
	return key + " = " + value
}

// between is the hint for lists of texts, below that for tables.
func (t *Table) between(key string) string {
	return "write texts between brackets: " + t.Example(key, `["one", "two"]`)
}

func (t *Table) below(key string, several bool) string {
	switch {
	case t.doc.yaml && several:
		return "write " + key + ": on a line of its own and below it, for each, its keys, the first after a hyphen"
	case t.doc.yaml:
		return "write " + key + ": on a line of its own and its keys below, indented"
	case several:
		return "write [[" + t.Name(key) + "]] on a line of its own and its keys below, once for each"
	}
	return "write [" + t.Name(key) + "] on a line of its own and its keys below"
}

// describe says what a value is: short ones as they are, others by type.
func describe(v any) string {
	switch v := v.(type) {
	case string:
		return Quote(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	case Stamp:
		return v.String()
	case []any:
		return "a list"
	case nil:
		return "nothing"
	}
	return "a table"
}
