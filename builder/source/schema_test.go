package source

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/problem"
	"gallerist/builder/schema"
	"gallerist/builder/schema/schematest"
	"gallerist/builder/strict"
)

// schemaFiles says where each kind of file stands in the test's folder.
var schemaFiles = map[string]string{
	"gallery":    "content/g/gallery.md",
	"submission": "content/g/s/submission.md",
	"series":     "content/r/series.md",
	"page":       "content/page.md",
}

// readHead reads one file with this front matter, among others that it needs,
// and hands over each table that was read.
func readHead(t *testing.T, kind, head string, asked func(*strict.Table)) problem.List {
	t.Helper()
	fsys := fstest.MapFS{"content/g/gallery.md": {Data: []byte("+++\ntitle = \"G\"\n+++\n")}}
	name := schemaFiles[kind]
	fsys[name] = &fstest.MapFile{Data: []byte("+++\n" + head + "+++\nWords.\n")}
	opt := testOptions
	opt.Jobs = 1
	r := &reader{fsys: fsys, opt: opt, ctx: context.Background()}
	r.asked = func(file string, t *strict.Table) {
		if file == name && asked != nil {
			asked(t)
		}
	}
	root, _, err := r.all(past{})
	if err != nil {
		t.Fatal(err)
	}
	a := newAssembly(root.count, opt.Zone)
	a.add(root, nil, nil)
	var probs problem.List
	for _, p := range a.probs {
		if p.Pos.File == name {
			probs = append(probs, p)
		}
	}
	return probs
}

// before returns the line that a file needs for a key to be its own.
func before(file, path string) string {
	first, _, _ := strings.Cut(path, ".")
	switch {
	case file == "page" && first == "date":
		return "terms = \"2026-10\"\n"
	case file != "gallery":
		return ""
	case first == "contest":
		return "kind = \"contest\"\n"
	case first == "why" || first == "member" || first == "step" || first == "result":
		return "kind = \"collaboration\"\n"
	}
	return ""
}

// TestSchemaKeys: the keys of the schema are those that are asked for.
func TestSchemaKeys(t *testing.T) {
	for _, f := range schema.Files() {
		if schemaFiles[f.Name] == "" {
			continue
		}
		asked := schematest.Asked{}
		kinds := []string{""}
		if f.Name == "gallery" {
			kinds = []string{`kind = "contest"`, `kind = "collaboration"`}
		}
		for _, kind := range kinds {
			head := schematest.Full(f, kind)
			for _, p := range readHead(t, f.Name, head, asked.Add) {
				if strings.HasPrefix(p.Text, "unknown key") || strings.Contains(p.Text, " should be ") {
					t.Errorf("%s\n%s", p, strings.Split(head, "\n")[max(0, p.Pos.Line-2)])
				}
			}
		}
		asked.Compare(t, f)
	}
}

// TestSchemaKinds: what the schema allows and forbids is what is read and told.
func TestSchemaKinds(t *testing.T) {
	n := 0
	for _, f := range schema.Files() {
		if schemaFiles[f.Name] == "" {
			continue
		}
		for _, s := range schematest.Samples(f) {
			head := before(f.Name, s.Path)
			s.Check(t, 1+strings.Count(head, "\n"), readHead(t, f.Name, head+s.Text, nil))
			n++
		}
	}
	if n < 500 {
		t.Errorf("only %d samples", n)
	}
}

// TestSchemaNeeded: without a key that the schema requires something is said.
func TestSchemaNeeded(t *testing.T) {
	for _, f := range schema.Files() {
		if schemaFiles[f.Name] == "" {
			continue
		}
		for _, k := range f.Keys {
			if !k.Needed {
				continue
			}
			probs := readHead(t, f.Name, "", nil)
			found := false
			for _, p := range probs {
				found = found || p.Text == "there is no "+k.Name
			}
			if !found {
				t.Errorf("%s without %s: %v", f.Name, k.Name, probs)
			}
		}
	}
}
