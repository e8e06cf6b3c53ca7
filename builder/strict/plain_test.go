package strict

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gallerist/builder/problem"
)

// dump shows a table with every place in it.
func dump(v any) any {
	switch v := v.(type) {
	case *Table:
		if v == nil {
			return nil
		}
		out := []any{v.name, v.at.line, v.at.col}
		for _, e := range v.entries {
			out = append(out, []any{e.key, e.at.line, e.at.col, e.val.line, e.val.col, dump(e.any())})
		}
		return out
	case []any:
		out := []any{"list"}
		for _, x := range v {
			out = append(out, dump(x))
		}
		return out
	case Stamp:
		return v.String() + string(rune('a'+v.form))
	}
	return v
}

// throughParser reads text as readTOML does when it is not plain.
func throughParser(text string) (*Table, error) {
	index, over := scanTOML(text, 1)
	if over != nil {
		return nil, os.ErrInvalid
	}
	m, err := decodeTOML(text)
	if err != nil {
		return nil, err
	}
	b := tomlBuilder{&doc{probs: new(problem.List)}, index}
	return b.table(m, "", "", place{}), nil
}

// FuzzPlain holds the short reader equal to the parser: what it accepts, the
// parser reads in the same way, and everything stands where the scan says.
func FuzzPlain(f *testing.F) {
	f.Add(example)
	f.Add("a = 1\n[b]\nc = [1, -2.5, \"x\", {d = 'e', f = {g = []}}] # h\n[[i]]\nj = 2026-11-02T10:00:00Z\n[[i]]\n")
	f.Add("a = 2026-11-02 10:00:00\nb = 2026-11-02T10:00:00.5\nc=0.5\n\td = -7 # ü\n é = 1")
	f.Add("a = {}\n[a]\n")
	f.Add("x = \"\" # y\nz = ''\r\n[q]\nw = [ [ ], [1,2,], ]")
	f.Fuzz(func(t *testing.T, text string) {
		text, ok := prepare("f", []byte(text), new(problem.List))
		if !ok || len(text) > maxSize {
			t.Skip()
		}
		plain := readPlain(&doc{probs: new(problem.List)}, text, 1)
		if plain == nil {
			t.Skip()
		}
		full, err := throughParser(text)
		if err != nil {
			t.Fatalf("plain reader took what the parser refuses: %v", err)
		}
		if d := cmp.Diff(dump(full), dump(plain)); d != "" {
			t.Errorf("parser - plain +:\n%s", d)
		}
	})
}

func TestExampleIsPlain(t *testing.T) {
	if readPlain(&doc{}, example, 1) == nil {
		t.Error("the usual front matter should be read by the short reader")
	}
}

func BenchmarkPlain(b *testing.B) {
	b.ReportAllocs()
	src := []byte("+++\n" + example + "+++\nMurka does not drink coffee.\n")
	for b.Loop() {
		FrontMatter("f", src, new(problem.List))
	}
}

func BenchmarkParser(b *testing.B) {
	b.ReportAllocs()
	src := []byte("+++\n" + strings.Replace(example, "[consent]", "[ \"consent\" ]", 1) + "+++\nMurka does not drink coffee.\n")
	for b.Loop() {
		FrontMatter("f", src, new(problem.List))
	}
}

const example = `
id       = "m7q2k4"            # permanent, opaque
title    = "Latte with Murka"
alt      = "A grey cat guards a latte on a balcony at sunrise"
place    = "Москва"
tags     = ["cat", "balcony"]
lang     = "ru"
received = 2026-11-02T08:14:00+03:00
status   = "featured"          # pending approved featured declined withdrawn
published = 2026-11-09T10:00:00+03:00
license  = "CC-BY-4.0"
focus    = [0.42, 0.35]

[author]                        # or several [[author]] with role
name  = "Оля"
place = "Москва"
gender = "f"
forms = { gen = "Оли", voc = "Оля" }
url   = "https://example.org/olya"

[grant]
status = "granted"
terms  = "2026-10"
date   = 2026-11-02
scope  = ["site", "feed", "embed", "social"]
until  = 2028-11-02

[consent]
name = true
place = true

[[edit]]
what = "logo added, sound evened"
by = "Studio"
date = 2026-11-05
agreed = true
`

// TestFree: what is read into memory that was used before is what is read into
// new memory, whatever was there.
func TestFree(t *testing.T) {
	docs := []string{
		"+++\n" + example + "+++\nBody", "+++\n+++\n", "text alone", "---\ntitle: x\n---\n", "+++\na = {b = {c = 1}}\n[[d]]\ne = [1]\n[[d]]\n+++\n",
		"+++\n[a]\n[b]\n[c]\nd = \"\"\"\ne\"\"\"\n+++\n", "+++\na = \n+++\n", "+++\n[ a ]\nb = 1\n[a]\n+++\n", "---\n: [\n---\n", "+++\nx = 1\nx = 2\n+++\n",
	}
	read := func(src string) (any, *Table) {
		var probs problem.List
		head, body, at := FrontMatter("f", []byte(src), &probs)
		head.Line("title")
		head.Table("author").Line("name")
		found := []any{dump(head), body, at, head.Asked()}
		head.Done()
		return append(found, probs), head
	}
	fresh := make([]any, len(docs))
	for i, src := range docs {
		fresh[i], _ = read(src)
	}
	for n := range 300 {
		i := (n*7 + n/9) % len(docs)
		got, head := read(docs[i])
		if d := cmp.Diff(fresh[i], got); d != "" {
			t.Fatalf("after %d documents, fresh - used +\n%s", n, d)
		}
		if n%5 > 0 {
			head.Free()
		}
	}
}
