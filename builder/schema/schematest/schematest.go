// Package schematest holds what reads a kind of file to what package schema says
// of it, for the tests of those who read.
package schematest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gallerist/builder/problem"
	"gallerist/builder/schema"
	"gallerist/builder/strict"
)

// Asked collects the keys that were asked for, by the dotted name of their table.
type Asked map[string][]string

// Add adds those of a table that has been read, and of the tables below it.
func (a Asked) Add(t *strict.Table) { a.add(t, "") }

func (a Asked) add(t *strict.Table, name string) {
	for _, key := range t.Asked() {
		if !slices.Contains(a[name], key) {
			a[name] = append(a[name], key)
		}
	}
	for _, key := range t.Keys() {
		below := strings.TrimPrefix(name+"."+key, ".")
		switch v := t.Raw(key).(type) {
		case map[string]any:
			a.add(t.Table(key), below)
		case []any:
			if len(v) > 0 && isTable(v[0]) {
				a.add(t.Tables(key)[0], below)
			}
		}
	}
}

func isTable(v any) bool { _, is := v.(map[string]any); return is }

// Compare fails for every key that is asked for and not listed, and the reverse.
func (a Asked) Compare(t *testing.T, f schema.File) {
	t.Helper()
	a.compare(t, f.Name, "", f.Keys)
}

func (a Asked) compare(t *testing.T, file, name string, keys []schema.Key) {
	t.Helper()
	where := strings.TrimSuffix(file+"."+name, ".")
	if a[name] == nil {
		t.Errorf("%s: nothing was asked for", where)
		return
	}
	var listed []string
	for _, k := range keys {
		listed = append(listed, k.Name)
		if !slices.Contains(a[name], k.Name) {
			t.Errorf("%s: the schema has %q, which nobody asks for", where, k.Name)
		}
		if k.Kind == schema.Table || k.Kind == schema.Tables {
			a.compare(t, file, strings.TrimPrefix(name+"."+k.Name, "."), k.Keys)
		}
	}
	for i, name := range listed {
		if slices.Contains(listed[:i], name) {
			t.Errorf("%s: the schema has %q twice", where, name)
		}
	}
	for _, key := range a[name] {
		if !slices.Contains(listed, key) {
			t.Errorf("%s: %q is read, but the schema lacks it", where, key)
		}
	}
}

// Full is a document, in TOML, with every key that a kind of file has. begin are
// lines in front of it, whose keys are not written again.
func Full(f schema.File, begin ...string) string {
	var b strings.Builder
	for _, l := range begin {
		b.WriteString(l + "\n")
	}
	write(&b, "", f.Keys, func(k schema.Key) bool {
		return !slices.ContainsFunc(begin, func(l string) bool { return strings.HasPrefix(l, k.Name+" =") })
	})
	return b.String()
}

func write(b *strings.Builder, name string, keys []schema.Key, wanted func(schema.Key) bool) {
	for _, k := range keys { // of a table first what is no table
		if k.Kind != schema.Table && k.Kind != schema.Tables && wanted(k) {
			fmt.Fprintf(b, "%s = %s\n", k.Name, good(k))
		}
	}
	for _, k := range keys {
		below := strings.TrimPrefix(name+"."+k.Name, ".")
		switch k.Kind {
		case schema.Table:
			fmt.Fprintf(b, "[%s]\n", below)
		case schema.Tables:
			fmt.Fprintf(b, "[[%s]]\n", below)
		default:
			continue
		}
		write(b, below, k.Keys, func(schema.Key) bool { return true })
	}
}

// examples are values that must be of a certain form.
var examples = map[string]string{
	"lang": `"en"`, "language": `"en"`, "license": `"CC-BY-4.0"`, "timezone": `"Europe/Moscow"`, "brand": `"#b8432c"`,
	"languages": `["en"]`, "translations": `{ en = {} }`,
}

// good returns a value of the key's kind as TOML writes it.
func good(k schema.Key) string {
	if text := examples[k.Name]; text != "" {
		return text
	}
	if len(k.Choice) > 0 && k.Kind == schema.Line {
		return `"` + k.Choice[0] + `"`
	}
	switch k.Kind {
	case schema.Whole:
		return "1"
	case schema.Number:
		return "0.5"
	case schema.Switch:
		return "true"
	case schema.Moment:
		return "2026-11-02"
	case schema.Lines:
		if len(k.Choice) > 0 {
			return `["` + strings.Join(k.Choice, `", "`) + `"]`
		}
		return `["one"]`
	case schema.Point:
		return "[0.5, 0.25]"
	case schema.Part:
		return "[0.5, 0.25, 0.5, 0.5]"
	case schema.Map:
		return "{ one = " + good(k.Keys[0]) + " }"
	case schema.Address:
		return `"https://example.org/"`
	}
	return `"word"`
}

// bad returns values that are none of the key's kind; those of "" are good.
func bad(k schema.Key) []string {
	var list []string
	switch k.Kind {
	case schema.Any:
		return nil
	case schema.Line, schema.Words, schema.Address, schema.Moment:
		list = []string{"true"}
	case schema.Whole:
		list = []string{"1.5", `"x"`}
	case schema.Map:
		if list = []string{"5"}; k.Keys[0].Kind != schema.Any {
			list = append(list, "{ en = [[]] }")
		}
	case schema.Lines, schema.Table, schema.Tables:
		list = []string{"5", "[5]"}
	default:
		list = []string{`"x"`}
	}
	switch {
	case len(k.Choice) > 0 && k.Kind == schema.Line:
		list = append(list, `"zzz"`)
	case len(k.Choice) > 0:
		list = append(list, `["zzz"]`)
	case k.Kind == schema.Address:
		list = append(list, `"nowhere"`)
	case k.Kind == schema.Point:
		list = append(list, "[0.5]", "[0.5, 2.0]")
	case k.Kind == schema.Part:
		list = append(list, "[0.5, 0.25]", "[0.5, 0.25, 0.5, 2.0]")
	case k.Kind == schema.Moment:
		list = append(list, `"tomorrow"`)
	}
	return list
}

// Sample is a document with one key.
type Sample struct {
	Path string // dotted
	Text string // TOML
	Line int    // of the key, in Text
	Good bool
}

// Samples returns documents with one key each: good ones with every word that it
// may have, and bad ones. The caller reads each and hands the problems to Check.
func Samples(f schema.File) []Sample {
	var list []Sample
	samples(&list, "", "", f.Keys)
	return list
}

func samples(list *[]Sample, name, head string, keys []schema.Key) {
	for _, k := range keys {
		path := strings.TrimPrefix(name+"."+k.Name, ".")
		add := func(value string, isGood bool) {
			text := head + k.Name + " = " + value + "\n"
			*list = append(*list, Sample{path, text, strings.Count(text, "\n"), isGood})
		}
		for _, value := range bad(k) {
			add(value, false)
		}
		switch k.Kind {
		case schema.Table:
			samples(list, path, head+"["+path+"]\n", k.Keys)
			continue
		case schema.Tables:
			samples(list, path, head+"[["+path+"]]\n", k.Keys)
			continue
		}
		add(good(k), true)
		for _, word := range k.Choice {
			if k.Kind == schema.Line {
				add(`"`+word+`"`, true)
			}
		}
	}
}

// Check fails where a bad value was taken or a good one refused for what it is.
// shift is how many lines stand before the sample in its file.
func (s Sample) Check(t *testing.T, shift int, probs problem.List) {
	t.Helper()
	told := false
	for _, p := range probs {
		if p.Pos.Line != s.Line+shift {
			continue
		}
		refused := strings.Contains(p.Text, " should be ") || strings.HasPrefix(p.Text, "unknown ")
		if s.Good && refused {
			t.Errorf("%s is refused:\n%s%s", s.Path, s.Text, p)
		}
		told = told || p.Level == problem.Error || p.Level == problem.Warning
	}
	if !s.Good && !told {
		t.Errorf("%s: nothing is said of\n%s", s.Path, s.Text)
	}
}
