package amend

import (
	"bytes"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// FuzzApply: whatever a file holds, a change is made whole or not at all: the
// story and what stands before the front matter stay, the result reads as
// wanted, and the change made again is none.
func FuzzApply(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for i := 0; i+2 < len(a.Files); i += 3 {
			for line := range strings.Lines(string(a.Files[i+1].Data)) {
				path, v, _ := strings.Cut(strings.TrimSpace(line), " = ")
				f.Add(a.Files[i].Data, path, v)
				f.Add(a.Files[i].Data, strings.TrimPrefix(path, "-"), "")
			}
		}
	}
	f.Fuzz(func(t *testing.T, src []byte, path, text string) {
		c := Change{Path: path, Value: text}
		if text == "" {
			c.Value = nil
		}
		out, err := Apply("x.md", src, c)
		if err != nil {
			if !errors.As(err, new(*Error)) {
				t.Fatal(err)
			}
			return
		}
		before, err := read("x.md", src)
		if err != nil {
			t.Fatal("changed what cannot be read")
		}
		keys, _ := parts(path)
		keys = resolve(before, keys)
		after, err := read("x.md", out)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := lookup(after, keys); ok && c.Value != nil && !same(got, c.Value) {
			t.Fatalf("%q reads as %v", path, got)
		}
		if body := split(src).after; !bytes.HasSuffix(out, []byte(body)) && !bytes.Equal(out, src) {
			t.Fatalf("the story changed: %q", out)
		}
		if c.Value == nil {
			return
		}
		if again, err := Apply("x.md", out, c); err != nil || !bytes.Equal(again, out) {
			t.Fatalf("again: %v %q", err, again)
		}
		if old, ok := lookup(before, keys); ok && reflect.DeepEqual(old, c.Value) && !bytes.Equal(out, src) {
			t.Fatal("changed what was so already")
		}
	})
}
