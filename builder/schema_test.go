package builder

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// vocabulary is what testdata/schema.txt holds: by type the type above it and
// its own properties.
type vocabulary map[string]struct {
	above      string
	properties []string
}

func readVocabulary(t *testing.T) vocabulary {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "schema.txt"))
	if err != nil {
		t.Fatal(err)
	}
	v := vocabulary{}
	for line := range strings.Lines(string(data)) {
		words := strings.Fields(line)
		if len(words) < 2 || strings.HasPrefix(line, "#") {
			continue
		}
		x := v[words[0]]
		x.above, x.properties = words[1], words[2:]
		v[words[0]] = x
	}
	return v
}

// allows reports whether a type or one above it has a property.
func (v vocabulary) allows(kind, property string) bool {
	for v[kind].above != "" {
		if slices.Contains(v[kind].properties, property) {
			return true
		}
		kind = v[kind].above
	}
	return false
}

// check walks structured data and reports what schema.org does not know.
func (v vocabulary) check(t *testing.T, path string, data any, seen map[string]int) {
	t.Helper()
	switch data := data.(type) {
	case []any:
		for _, x := range data {
			v.check(t, path, x, seen)
		}
	case map[string]any:
		kind, _ := data["@type"].(string)
		seen[kind]++
		if _, known := v[kind]; !known {
			t.Errorf("%s: %q is no type of testdata/schema.txt", path, kind)
		}
		for property, value := range data {
			if property == "@type" {
				continue
			}
			if !v.allows(kind, property) {
				t.Errorf("%s: a %s has no %q", path, kind, property)
			}
			if value == nil || value == "" || value == 0.0 {
				t.Errorf("%s: %s.%s is empty", path, kind, property)
			}
			v.check(t, path, value, seen)
		}
	}
}

// graph returns the nodes of a page's structured data, nil where there are none.
func graph(t *testing.T, path, page string) []any {
	t.Helper()
	_, rest, found := strings.Cut(page, ldOpen)
	if !found {
		return nil
	}
	text, _, _ := strings.Cut(rest, ldClose)
	var data struct {
		Context string `json:"@context"`
		Graph   []any  `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(text), &data); err != nil || data.Context != "https://schema.org" || len(data.Graph) == 0 {
		t.Errorf("%s: %v in %s", path, err, text)
	}
	return data.Graph
}

// TestSchema: every type that structured data names is schema.org's, and has
// every property that is written of it, in the demo site and in sites that use
// all there is. What all reviews say on average is never told.
func TestSchema(t *testing.T) {
	v, seen := readVocabulary(t), map[string]int{}
	look := func(path, page string) {
		if strings.Contains(page, "AggregateRating") || strings.Contains(page, "aggregateRating") {
			t.Errorf("%s tells an average", path)
		}
		v.check(t, path, graph(t, path, page), seen)
	}
	for _, folder := range []fstest.MapFS{ugcFolder(), boardFolder(), teamFolder()} {
		for path, page := range pagesOf(t, folder) {
			look(path, page)
		}
	}
	if !testing.Short() {
		r, _, err := Plan(t.Context(), os.DirFS(".."), Options{Now: testNow, Secret: testSecret, Cache: newTestStore()}) // pages say the same before pictures are made
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Pages {
			f, _ := r.Set.Lookup(p.File)
			look(p.File, open(t, f.Open))
		}
	}
	for _, kind := range []string{"ImageObject", "VideoObject", "AudioObject", "CreativeWork", "Review", "Product", "Rating", "Person", "BreadcrumbList", "ImageGallery", "ProfilePage", "WebSite"} {
		if seen[kind] == 0 {
			t.Errorf("no %s was seen", kind)
		}
	}
}

// TestSchemaCheck: the check itself tells what is wrong.
func TestSchemaCheck(t *testing.T) {
	v := readVocabulary(t)
	for _, c := range []struct {
		kind, property string
		want           bool
	}{
		{"ImageObject", "creditText", true}, {"ImageObject", "contentUrl", true}, {"ImageObject", "name", true},
		{"ImageObject", "reviewRating", false}, {"Person", "creditText", false}, {"AggregateRating", "name", false}, {"", "name", false},
	} {
		if got := v.allows(c.kind, c.property); got != c.want {
			t.Errorf("%s.%s is allowed: %v", c.kind, c.property, got)
		}
	}
}
