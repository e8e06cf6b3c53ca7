package source

import (
	"bytes"
	"slices"
	"testing"
	"testing/fstest"

	"gallerist/builder/problem"
)

// TestAppendThanked: what stands there stays, new lines are as it is written.
func TestAppendThanked(t *testing.T) {
	for _, c := range []struct{ before, want string }{
		{"", "id,date\nolya,2026-11-22\nlev1,2026-11-22\n"},
		{"\ufeff", "\ufeffid,date\nolya,2026-11-22\nlev1,2026-11-22\n"},
		{"id,date\nolya,2026-11-01", "id,date\nolya,2026-11-01\nlev1,2026-11-22\n"},
		{"\ufeffdate;id;note\r\n2026-11-01;lev1;rang\r\n", "\ufeffdate;id;note\r\n2026-11-01;lev1;rang\r\n2026-11-22;olya;\r\n"},
		{"id\nlev1\nolya\n", "id\nlev1\nolya\n"},
		{"ID\n", "ID\nolya\nlev1\n"},
		{"name,date\nolya,1\n", ""},
		{"id\n\x98\x99\n", ""},
		{"i\x00d\x00\n\x00", "\ufeffid\nolya\nlev1\n"},
		{"id,who\nanna,\xce\xeb\xff \xcf\xe5\xf2\xf0\xee\xe2\xe0\n", "\ufeffid,who\nanna,Оля Петрова\nolya,\nlev1,\n"},
	} {
		got, added, err := AppendThanked([]byte(c.before), []string{"olya", "lev1", "olya"}, "2026-11-22")
		if string(got) != c.want || (err != nil) != (c.want == "") {
			t.Errorf("after %q: %q, %v; want %q", c.before, got, err, c.want)
		}
		if again, n, err := AppendThanked(got, []string{"olya", "lev1"}, "2026-11-23"); c.want != "" && (err != nil || n != 0 || !bytes.Equal(again, got)) {
			t.Errorf("a second time %d were added: %q", n, again)
		} else if added > 2 {
			t.Errorf("%d were added", added)
		}
	}
}

// FuzzAppendThanked: whoever is added is read as thanked, and so is who was.
func FuzzAppendThanked(f *testing.F) {
	for _, s := range []string{"", "id,date\na,b\n", "date;id\r\n1;2\r\n", "\ufeffid\n\"a\nb\"\n", "id\tx\n", "id,id\n", "id,date\n\"open", "id\r\n"} {
		f.Add([]byte(s))
	}
	read := func(src []byte) map[string]bool {
		var probs problem.List
		return Thanked(fstest.MapFS{"private/thanked.csv": {Data: src}}, &probs)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		before := read(src)
		after, added, err := AppendThanked(src, []string{"olya-1", "lev-2"}, "2026-11-22")
		if err != nil {
			return
		}
		plain := bytes.TrimPrefix(src, []byte("\ufeff"))
		if text, _, _ := DecodeTable(src); !bytes.Equal(text, plain) { // it becomes UTF-8
			src = text
			after = bytes.TrimPrefix(after, []byte("\ufeff"))
		}
		if !bytes.HasPrefix(after, bytes.TrimRight(src, "\n")) && len(bytes.TrimSpace(bytes.TrimPrefix(src, []byte("\ufeff")))) > 0 {
			t.Fatalf("%q became %q", src, after)
		}
		done := read(after)
		for id := range before {
			if !done[id] {
				t.Errorf("%q is lost from %q", id, after)
			}
		}
		if added > 0 && !(done["olya-1"] && done["lev-2"]) {
			t.Errorf("%q does not thank those it was to", after)
		}
	})
}

// FuzzBraces: a template that is taken names nothing but what it may.
func FuzzBraces(f *testing.F) {
	for _, s := range []string{"{name}", "{", "}", "{{name}}", "{na\nme}", "a {nmae} b", "+++\nsubject = \"{x}\"\n+++\nA", "{}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var probs problem.List
		x := thanksTemplate("thanks/others.md", "others", []byte(text), &probs)
		if x == nil {
			if probs.Count(problem.Error) == 0 {
				t.Errorf("%q is left out and nobody is told", text)
			}
			return
		}
		for _, p := range append(slices.Clone(x.Paragraphs), x.Subject) {
			var more problem.List
			if checkBraces(problem.Pos{}, p, toPresent, &more); len(more) > 0 {
				t.Errorf("%q holds %q: %v", text, p, more)
			}
		}
	})
}
