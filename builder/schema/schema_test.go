package schema_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"gallerist/builder/problem"
	"gallerist/builder/schema"
	"gallerist/builder/schema/schematest"
	"gallerist/builder/strict"
)

// compile reads the schema of a kind of file by the library, which holds it to
// draft 4 itself.
func compile(t *testing.T, data []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func compileAll(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	all := map[string]*jsonschema.Schema{}
	for _, f := range schema.Files() {
		all[f.Name] = compile(t, f.JSON())
	}
	return all
}

// plain returns a document as editors hand it to a schema.
func plain(t *testing.T, head *strict.Table) any {
	t.Helper()
	doc := map[string]any{}
	for _, key := range head.Keys() {
		doc[key] = head.Raw(key)
	}
	data, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func toml(t *testing.T, text string) any {
	t.Helper()
	var probs problem.List
	head := strict.TOML("x.toml", []byte(text), 1, &probs)
	if len(probs) > 0 {
		t.Fatalf("%v in\n%s", probs, text)
	}
	return plain(t, head)
}

// TestSamples: what the reader takes and refuses, the JSON Schema takes and
// refuses.
func TestSamples(t *testing.T) {
	all, n := compileAll(t), 0
	for _, f := range schema.Files() {
		full := schematest.Full(f)
		if err := all[f.Name].Validate(toml(t, full)); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		for _, k := range f.Keys {
			short := regexp.MustCompile(`(?m)^`+k.Name+` = .*\n`).ReplaceAllString(full, "")
			if k.Needed && all[f.Name].Validate(toml(t, short)) == nil {
				t.Errorf("%s: taken without %s", f.Name, k.Name)
			}
		}
		one := relaxed(t, f.Name)
		for _, s := range schematest.Samples(f) {
			if err := one.Validate(toml(t, s.Text)); (err == nil) != s.Good {
				t.Errorf("%s: good is %v:\n%s%v", f.Name, s.Good, s.Text, err)
			}
			n++
		}
	}
	if n < 600 {
		t.Errorf("only %d samples", n)
	}
}

// TestEveryFile: the front matter of the demo site and of what new writes is
// what the schemas allow.
func TestEveryFile(t *testing.T) {
	all, seen := compileAll(t), map[string]int{}
	check := func(kind, name string, head *strict.Table, probs problem.List) {
		if len(probs) > 0 || head == nil {
			t.Errorf("%s: %v", name, probs)
			return
		}
		seen[kind]++
		if err := all[kind].Validate(plain(t, head)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	root := os.DirFS("../..")
	for _, dir := range []string{".", "cmd/gallerist/starter/site"} {
		err := fs.WalkDir(root, path.Join(dir, "content"), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".md") || d.Name() == "README.md" {
				return err
			}
			var probs problem.List
			src, err := fs.ReadFile(root, name)
			src = bytes.ReplaceAll(src, []byte("{{title}}"), []byte(`"T"`))
			head, _, _ := strict.FrontMatter(name, src, &probs)
			kind, rest, _ := strings.Cut(d.Name(), ".")
			if all[kind] == nil {
				kind = "page"
			}
			if rest != "md" { // a translation has what differs
				if err := relaxed(t, kind).Validate(plain(t, head)); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				return nil
			}
			check(kind, name, head, probs)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"site.toml", "cmd/gallerist/starter/site/site.toml"} {
		var probs problem.List
		src, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		src = bytes.ReplaceAll(src, []byte("{{title}}"), []byte(`"T"`))
		check("site", name, strict.TOML(name, src, 1, &probs), probs)
	}
	if seen["submission"] < 20 || seen["gallery"] < 4 || seen["series"] < 1 || seen["page"] < 2 {
		t.Errorf("seen %v", seen)
	}
}

// relaxed is a schema without what it requires.
func relaxed(t *testing.T, kind string) *jsonschema.Schema {
	t.Helper()
	f, _ := schema.Find(kind)
	var doc any
	if err := json.Unmarshal(f.JSON(), &doc); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(without(doc, "required"))
	if err != nil {
		t.Fatal(err)
	}
	return compile(t, data)
}

func without(v any, key string) any {
	switch v := v.(type) {
	case map[string]any:
		delete(v, key)
		for k, x := range v {
			v[k] = without(x, key)
		}
	case []any:
		for i, x := range v {
			v[i] = without(x, key)
		}
	}
	return v
}

// TestEveryExample: each example of content/README.md is what some schema
// allows. They show a part of a file, so nothing is required.
func TestEveryExample(t *testing.T) {
	page, err := os.ReadFile("../../content/README.md")
	if err != nil {
		t.Fatal(err)
	}
	var schemas []*jsonschema.Schema
	for _, name := range schema.Names() {
		schemas = append(schemas, relaxed(t, name))
	}
	blocks := regexp.MustCompile("(?s)```toml\n(.*?)```").FindAllSubmatch(page, -1)
	for _, b := range blocks {
		text := string(b[1])
		if front, ok := strings.CutPrefix(text, "+++\n"); ok {
			text, _, _ = strings.Cut(front, "+++\n")
		}
		if strings.HasPrefix(text, "subject = ") {
			continue // a letter of thanks, which is none of these files
		}
		doc := toml(t, text)
		fits := slices.ContainsFunc(schemas, func(s *jsonschema.Schema) bool { return s.Validate(doc) == nil })
		if !fits {
			t.Errorf("no schema allows\n%s", text)
		}
	}
	if len(blocks) < 20 {
		t.Errorf("only %d examples", len(blocks))
	}
}

// TestEveryKeyIsExplained: people read the titles and hints, in an editor or a
// form.
func TestEveryKeyIsExplained(t *testing.T) {
	var check func(name string, keys []schema.Key)
	check = func(name string, keys []schema.Key) {
		for _, k := range keys {
			at := name + "." + k.Name
			if k.Title == "" || len(k.Title) > 40 || strings.HasSuffix(k.Title, ".") {
				t.Errorf("%s has the title %q", at, k.Title)
			}
			if k.About != "" && !strings.HasSuffix(k.About, ".") && !strings.HasSuffix(k.About, "?") && !strings.HasSuffix(name, ".forms") {
				t.Errorf("%s: %q is no sentence", at, k.About)
			}
			if k.Kind == schema.Table || k.Kind == schema.Tables {
				check(at, k.Keys)
			}
		}
	}
	for _, f := range schema.Files() {
		check(f.Name, f.Keys)
	}
}

// TestKeywords: only words that draft 4 and all later drafts share.
func TestKeywords(t *testing.T) {
	known := []string{
		"$schema", "title", "description", "type", "anyOf", "enum", "pattern", "minimum", "maximum", "items", "minItems", "maxItems",
		"properties", "required", "additionalProperties",
	}
	var walk func(v any)
	walk = func(v any) {
		n, ok := v.(map[string]any)
		if !ok {
			return
		}
		for word, x := range n {
			if !slices.Contains(known, word) {
				t.Errorf("the word %q", word)
			}
			switch x := x.(type) {
			case map[string]any:
				if word != "properties" {
					walk(x)
					continue
				}
				for _, p := range x {
					walk(p)
				}
			case []any:
				for _, each := range x {
					walk(each)
				}
			}
		}
	}
	for _, f := range schema.Files() {
		var doc any
		if err := json.Unmarshal(f.JSON(), &doc); err != nil {
			t.Fatal(err)
		}
		walk(doc)
	}
}
