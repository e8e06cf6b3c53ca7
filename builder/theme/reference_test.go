package theme_test

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gallerist/builder/theme"
)

// TestViewReference writes docs/views.md out of the comments of the views and of the
// functions that templates may call, and fails when the file in the repository is
// another one (run it with -update, or "make views"), or when something has no words.
func TestViewReference(t *testing.T) {
	got := newReference(t).page()
	file := filepath.Join("..", "..", "docs", "views.md")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Error(`docs/views.md is not what the comments of the views say: run "make views" and look at what has changed`)
	}
}

// reference is what is read out of the source.
type reference struct {
	t       *testing.T
	order   []string // names of the types, as they stand in the files
	types   map[string]*ast.TypeSpec
	words   map[string]string // of types
	layouts map[string][]string
	calls   []string // functions, with their words
}

func newReference(t *testing.T) *reference {
	t.Helper()
	r := &reference{t: t, types: map[string]*ast.TypeSpec{}, words: map[string]string{}, layouts: map[string][]string{}}
	files, err := filepath.Glob("views*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		r.read(name)
	}
	th, _ := plain(t, false)
	for _, layout := range th.Layouts() {
		view := theme.ViewOf(layout)
		r.layouts[view] = append(r.layouts[view], layout)
	}
	r.functions()
	return r
}

func (r *reference) read(name string) {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, d := range file.Decls {
		gen, ok := d.(*ast.GenDecl)
		if !ok || gen.Tok != token.TYPE {
			continue
		}
		for _, s := range gen.Specs {
			spec := s.(*ast.TypeSpec)
			if _, ok := spec.Type.(*ast.StructType); ok && spec.Name.IsExported() {
				r.order = append(r.order, spec.Name.Name)
				r.types[spec.Name.Name], r.words[spec.Name.Name] = spec, cmp.Or(gen.Doc.Text(), spec.Doc.Text())
			}
		}
	}
}

// functions reads what templates may call, from the comments in templates.go.
func (r *reference) functions() {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, "templates.go", nil, parser.ParseComments)
	if err != nil {
		r.t.Fatal(err)
	}
	ends := map[int]string{} // by the line on which the comment ends
	for _, c := range file.Comments {
		ends[files.Position(c.End()).Line] = c.Text()
	}
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || v.Names[0].Name != "stubs" {
			return true
		}
		for _, e := range v.Values[0].(*ast.CompositeLit).Elts {
			pair := e.(*ast.KeyValueExpr)
			name := strings.Trim(pair.Key.(*ast.BasicLit).Value, `"`)
			words := ends[files.Position(pair.Pos()).Line-1]
			if !strings.Contains(words, "{{"+name+" ") {
				r.t.Errorf("the function %q has no comment that shows how it is called", name)
			}
			r.calls = append(r.calls, "- "+codes(line(words)))
		}
		return false
	})
}

func line(s string) string { return strings.Join(strings.Fields(s), " ") }

var called = regexp.MustCompile(`<[a-z0-9]+[^{>]*\{\{[^}]*\}\}[^>]*>|\{\{[^}]*\}\}|<[a-z]+>|--[a-z]\b`)

// codes marks what is to be typed as code.
func codes(s string) string { return called.ReplaceAllString(s, "`$0`") }

// page is the whole reference.
func (r *reference) page() string {
	var b strings.Builder
	b.WriteString(referenceHead)
	for _, name := range r.order {
		if len(r.layouts[name]) > 0 {
			fmt.Fprintf(&b, "| %s | [%s](#%s) |\n", strings.Join(codeEach(r.layouts[name]), ", "), name, strings.ToLower(name))
		}
	}
	b.WriteString("\n## Functions\n\n" + strings.Join(r.calls, "\n") + "\n\nGo's own are there too: `and`, `or`, `not`, `eq`, `ne`, `lt`, `le`, `gt`, `ge`, `len`, `index`, `slice`, `print`, `printf`.\n")
	b.WriteString("\n## Views\n")
	for _, name := range r.order {
		if len(r.layouts[name]) > 0 {
			r.section(&b, name)
		}
	}
	b.WriteString("\n## Parts of views\n")
	for _, name := range r.order {
		if len(r.layouts[name]) == 0 {
			r.section(&b, name)
		}
	}
	return b.String()
}

const referenceHead = `# Views: what a theme is given

This page is made from the comments in the source; "make views" writes it, and a test holds that it is current.

A layout is given one view, which has everything that the page shows: sorted, in the page's language, with addresses that are ready for ` + "`href`" + `. A template shows what it is given and asks for nothing. [themes/README.md](../themes/README.md) tells how themes work.

How to read the tables:

- *text* is plain: the template makes it safe. *HTML* is finished and safe as it is.
- *maybe* something: there may be none, so write ` + "`{{with .Call}}…{{end}}`" + `.
- *list of* something: write ` + "`{{range .Items}}…{{end}}`" + `. A list may be empty.
- "" in a remark is an empty text, and "nil" nothing at all: for both, as for the number 0, ` + "`{{with}}` and `{{if}}`" + ` pass over what they hold.

## Layouts

| Layout | Its view |
|---|---|
`

func codeEach(list []string) []string {
	out := slices.Clone(list)
	for i, s := range out {
		out[i] = "`" + s + "`"
	}
	return out
}

func (r *reference) section(b *strings.Builder, name string) {
	words := line(r.words[name])
	if words == "" {
		r.t.Errorf("the view %s has no comment", name)
	}
	fmt.Fprintf(b, "\n### %s\n\n%s\n", name, cell(words))
	fmt.Fprintf(b, "\n| Field | Type | |\n|---|---|---|\n")
	for _, f := range r.types[name].Type.(*ast.StructType).Fields.List {
		remark := line(f.Doc.Text() + " " + f.Comment.Text())
		if len(f.Names) == 0 {
			base := f.Type.(*ast.Ident).Name
			fmt.Fprintf(b, "| `.%s` | [%s](#%s) | of every page |\n", base, base, strings.ToLower(base))
		}
		for _, n := range f.Names {
			if n.IsExported() {
				fmt.Fprintf(b, "| `.%s` | %s | %s |\n", n.Name, r.kind(f.Type), cell(remark))
			}
		}
	}
}

// cell keeps words from being taken for markup.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "*", `\*`).Replace(s)
}

// kind says what a field holds, for people who do not write Go.
func (r *reference) kind(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		if r.types[e.Name] != nil {
			return fmt.Sprintf("[%s](#%s)", e.Name, strings.ToLower(e.Name))
		}
		if word := map[string]string{"string": "text", "int": "number", "bool": "yes or no", "any": "value"}[e.Name]; word != "" {
			return word
		}
	case *ast.StarExpr:
		return "maybe " + r.kind(e.X)
	case *ast.ArrayType:
		return "list of " + strings.TrimPrefix(r.kind(e.Elt), "maybe ")
	case *ast.MapType:
		return r.kind(e.Value) + " by name"
	case *ast.SelectorExpr:
		if e.Sel.Name == "HTML" {
			return "HTML"
		}
	}
	r.t.Errorf("no words for the type %T", e)
	return ""
}
