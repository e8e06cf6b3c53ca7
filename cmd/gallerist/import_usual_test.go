package main

import (
	"encoding/csv"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder"
	"gallerist/builder/importer"
	"gallerist/builder/source"
)

// TestUsualConsents: the consents that a form of Gallerist asks for, in each of
// its languages, are known in a table of another gallery too. Accepted they give
// exactly what they say; unaccepted they give nothing.
func TestUsualConsents(t *testing.T) {
	usual := builder.UsualAgreements()
	if len(usual) < 9*6 {
		t.Fatalf("%d agreements are not those of nine languages", len(usual))
	}
	site := fstest.MapFS{"content/open/gallery.md": &fstest.MapFile{Data: []byte("+++\ntitle = \"Open\"\n+++\n")}}
	content, _, _, err := source.Read(t.Context(), site, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{"name": "name", "place": "place", "likeness": "likeness", "thanks": "thanks", "age": "minor", "minor": "minor"}
	for _, a := range usual {
		for _, accepted := range []bool{true, false} {
			var b strings.Builder
			w := csv.NewWriter(&b)
			if err := w.WriteAll([][]string{{"id", "My words", a.Question}, {"1", "A cup and a cat", a.Text}}); err != nil {
				t.Fatal(err)
			}
			ask := importer.Ask{Gallery: "open", Salt: "a salt that only the tests know",
				Inputs: []importer.Input{{Name: "a.csv", File: "a.csv", FS: fstest.MapFS{"a.csv": &fstest.MapFile{Data: []byte(b.String())}}}}}
			for _, x := range usual {
				ask.Options.Usual = append(ask.Options.Usual, importer.Agreement(x))
			}
			if accepted {
				ask.Options.Accept = []string{a.Text}
			}
			plan, probs, err := importer.MakePlan(t.Context(), site, content, ask)
			if err != nil || len(plan.Folders) != 1 {
				t.Fatalf("%q: %v %v", a.Text, err, probs)
			}
			checkUsual(t, a, accepted, plan.Undecided, keys, string(plan.Folders[0].Files[0].Data))
		}
	}
}

// checkUsual compares what one answer gave with what it says.
func checkUsual(t *testing.T, a builder.Agreement, accepted, undecided bool, keys map[string]string, head string) {
	t.Helper()
	if undecided == accepted {
		t.Errorf("%q to %q, accepted %v: undecided %v", a.Text, a.Question, accepted, undecided)
	}
	if !strings.Contains(head, "status = \"none\"") {
		t.Errorf("%q is taken for a permission:\n%s", a.Text, head)
	}
	for _, key := range keys {
		value, has := "", false
		for line := range strings.Lines(head) {
			if name, v, ok := strings.Cut(line, "="); ok && strings.TrimSpace(name) == key {
				value, has = strings.TrimSpace(v), true
			}
		}
		want := ""
		if accepted && key == keys[a.Gives] {
			if want = "true"; a.Gives == "age" {
				want = "false"
			}
		}
		if has != (want != "") || value != want {
			t.Errorf("%q, accepted %v: %s = %q, want %q", a.Text, accepted, key, value, want)
		}
	}
}
