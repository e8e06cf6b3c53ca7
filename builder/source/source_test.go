package source

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

var update = flag.Bool("update", false, "write what was found into testdata")

var testOptions = Options{
	Lang: "en", Languages: []string{"en", "ru"}, Zone: time.FixedZone("MSK", 3*60*60),
	Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), AltLevel: problem.Warning, Program: "test",
}

// TestSites reads each archive of testdata as a site and compares what was
// found with its file "want": the galleries, what is in them, the private
// values and the problems. In names and in files of one line that begin with
// a quote, Go's escapes are understood; such a line may also be the word
// symlink, pipe, forbidden, gone or broken, which is then what happens there. An archive
// whose comment ends in "as JSON" shows all fields.
func TestSites(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txtar")
	if len(names) == 0 {
		t.Fatal("no archives")
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			site, want := siteOf(t, a)
			got := readAll(t, site, strings.Contains(string(a.Comment), "as JSON"))
			if d := cmp.Diff(want, got); d != "" && !*update {
				t.Errorf("want - got +\n%s", d)
			}
			if *update {
				a.Files = append(a.Files[:len(a.Files)-b2i(want != "")], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// siteOf returns the file system an archive describes, and its last file when
// that is "want".
func siteOf(t *testing.T, a *txtar.Archive) (fs.FS, string) {
	site, want := fstest.MapFS{}, ""
	for _, f := range a.Files {
		name, err := strconv.Unquote(`"` + f.Name + `"`)
		if err != nil {
			t.Fatal(err)
		}
		if name == "want" {
			want = string(f.Data)
			continue
		}
		file := &fstest.MapFile{Data: f.Data}
		switch line := strings.TrimSuffix(string(f.Data), "\n"); {
		case line == "symlink":
			file.Mode, file.Data = fs.ModeSymlink, []byte("../../../../etc/passwd")
		case line == "pipe":
			file.Mode = fs.ModeNamedPipe
		case strings.HasPrefix(line, `"`) && !strings.Contains(line, "\n"):
			text, err := strconv.Unquote(line)
			if err != nil {
				t.Fatal(f.Name, err)
			}
			file.Data = []byte(text)
		}
		site[name] = file
	}
	return forbidding{site}, want
}

// forbidding is a file system that opens no link and no pipe, and not those
// files that hold a word for an error.
type forbidding struct{ fstest.MapFS }

func (f forbidding) Open(name string) (fs.File, error) {
	if file := f.MapFS[name]; file != nil {
		if file.Mode&(fs.ModeSymlink|fs.ModeNamedPipe) != 0 {
			panic("opened " + name)
		}
		if string(file.Data) == "forbidden\n" {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
		}
		if string(file.Data) == "broken\n" {
			return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("input/output error")}
		}
		if string(file.Data) == "gone\n" {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
	}
	return f.MapFS.Open(name)
}

func (f forbidding) ReadFile(name string) ([]byte, error) {
	file, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

func (f forbidding) ReadDir(name string) ([]fs.DirEntry, error) { return f.MapFS.ReadDir(name) }

func readAll(t *testing.T, fsys fs.FS, full bool) string {
	site, private, probs, err := Read(context.Background(), fsys, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if full {
		b.WriteString(asJSON(t, site) + "\n")
	} else {
		outline(&b, site)
	}
	for _, v := range private.Values {
		b.WriteString("private " + v + "\n")
	}
	var more problem.List
	for id := range Thanked(fsys, &more) {
		b.WriteString("thanked " + id + "\n")
	}
	templates := ThanksTemplates(fsys, testOptions.Lang, testOptions.Languages, &more)
	for _, lang := range slices.Sorted(maps.Keys(templates)) {
		for _, name := range slices.Sorted(maps.Keys(templates[lang])) {
			x := templates[lang][name]
			fmt.Fprintf(&b, "thanks %s %s %q %q\n", name, lang, x.Subject, x.Paragraphs)
		}
	}
	for _, p := range append(probs, more...) {
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}

func outline(b *strings.Builder, site *gallery.Site) {
	for _, s := range site.Series {
		b.WriteString("series " + s.Dir + ": " + s.Text.Title + "\n")
	}
	for _, g := range site.Galleries {
		b.WriteString("gallery " + g.Dir + ": " + g.Text.Title)
		if g.Series != nil {
			b.WriteString(", of " + g.Series.Dir)
		}
		if g.Broken > 0 {
			b.WriteString(", " + strconv.Itoa(g.Broken) + " broken")
		}
		b.WriteString("\n")
		for _, s := range g.Submissions {
			b.WriteString("  " + s.ID + " " + string(s.Status) + " " + s.Dir)
			for _, m := range s.Media {
				b.WriteString(" [" + strconv.QuoteToASCII(m.Name()) + " " + m.Text.Alt)
				if m.Poster != "" {
					b.WriteString(" poster " + path.Base(m.Poster))
				}
				for _, c := range m.Captions {
					b.WriteString(" captions " + path.Base(c.Path) + " " + strconv.Quote(c.Lang))
				}
				if in, ok := s.In["ru"].Media[m.Name()]; ok {
					b.WriteString(" ru " + in.Caption)
				}
				b.WriteString("]")
			}
			b.WriteString("\n")
		}
	}
	for _, a := range site.Articles {
		b.WriteString("page " + a.File + ": " + a.Text.Title + "\n")
	}
}

// asJSON returns all fields that are not empty.
func asJSON(t *testing.T, v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	data, _ = json.MarshalIndent(prune(tree), "", " ")
	return string(data)
}

func prune(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if x = prune(x); x == nil || k == "Digest" {
				delete(v, k)
			} else {
				v[k] = x
			}
		}
		if len(v) > 0 {
			return v
		}
		return nil
	case []any:
		for i := range v {
			v[i] = prune(v[i])
		}
		if len(v) > 0 {
			return v
		}
		return nil
	case string:
		if v == "" || v == "0001-01-01T00:00:00Z" {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	}
	return v
}

// TestEveryProblemOccurs: each text that this package can report stands in a
// "want" of testdata, or in limits_test.go.
func TestEveryProblemOccurs(t *testing.T) {
	var wants strings.Builder
	names, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range append(names, "limits_test.go") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, want, ok := strings.Cut(string(data), "-- want --")
		if !ok {
			want = string(data)
		}
		wants.WriteString(want)
	}
	var files []ast.Node
	sources, _ := filepath.Glob("*.go")
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	found := 0
	look := func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) < 3 {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Errorf" && sel.Sel.Name != "Warnf" && sel.Sel.Name != "Notef" {
			return true
		}
		if lit, ok := call.Args[2].(*ast.BasicLit); ok {
			text, _ := strconv.Unquote(lit.Value)
			pattern := regexp.MustCompile(`%[a-z]`).ReplaceAllString(regexp.QuoteMeta(text), ".+")
			if found++; text != "%s" && !regexp.MustCompile(` `+pattern+`["\n]|"`+pattern+`"`).MatchString(wants.String()) {
				t.Errorf("no archive shows the problem %q", text)
			}
		}
		return true
	}
	for _, file := range files {
		ast.Inspect(file, look)
	}
	for is, r := range refusals {
		if text := strings.Replace(r.text, "WHAT", "picture", 1); !strings.Contains(wants.String(), text) {
			t.Errorf("no archive shows the refusal of %s: %s", is, text)
		}
	}
	if found < 30 {
		t.Errorf("only %d problems found in the code", found)
	}
}
