package builder

import (
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/problem"
	"gallerist/builder/schema"
	"gallerist/builder/schema/schematest"
	"gallerist/builder/strict"
)

func readSettings(head string, asked schematest.Asked) problem.List {
	var probs problem.List
	t := strict.TOML(configFile, []byte(head), 1, &probs)
	settings(t, true, fstest.MapFS{}, &probs)
	if asked != nil {
		asked.Add(t)
	}
	return probs
}

// TestSettingsSchema: the schema of site.toml has the keys that are read, and
// allows and forbids what is read and told.
func TestSettingsSchema(t *testing.T) {
	f, _ := schema.Find("site")
	asked, head := schematest.Asked{}, schematest.Full(f)
	for _, p := range readSettings(head, asked) {
		if strings.HasPrefix(p.Text, "unknown key") || strings.Contains(p.Text, " should be ") {
			t.Error(p)
		}
	}
	asked.Compare(t, f)
	for _, s := range schematest.Samples(f) {
		s.Check(t, 0, readSettings(s.Text, nil))
	}
	if probs := readSettings("", nil); len(probs) == 0 || probs[0].Text != "the site has no title" {
		t.Errorf("without a title: %v", probs)
	}
}

// TestTranslationsSchema: so it is with what a site says in other languages.
func TestTranslationsSchema(t *testing.T) {
	f, _ := schema.Find("site")
	all, _ := f.Key("translations")
	each := schema.File{Name: "translations.en", Keys: all.Keys[0].Keys}
	head, asked := "language = \"ru\"\nlanguages = [\"en\"]\n[translations.en]\n"+schematest.Full(each), schematest.Asked{}
	readSettings(head, asked)
	for name, keys := range asked {
		if below, ok := strings.CutPrefix(name, "translations.en"); ok {
			asked[strings.TrimPrefix(below, ".")] = keys
		}
	}
	asked.Compare(t, each)
}
