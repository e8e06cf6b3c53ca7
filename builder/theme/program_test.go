package theme

import (
	"bytes"
	"html/template"
	"sync"
	"testing"
	"testing/fstest"

	"gallerist/themes"
)

type noWords struct{}

func (noWords) Label(string, ...any) string       { return "label" }
func (noWords) Plural(string, int, ...any) string { return "plural" }
func (noWords) OtherDir(string) string            { return "" }

// All layouts of the themes that come with the program can be programs, but for the style guide's: a
// template that is beyond them makes its pages several times as slow.
func TestPrograms(t *testing.T) {
	own, err := themes.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range own {
		th, problems := Load(LoadOptions{Builtin: themes.FS, Name: dir.Name(), Minify: true})
		for _, p := range problems {
			t.Error(p)
		}
		r, _ := th.For(noWords{})
		for _, layout := range th.templates.layouts() {
			if l := r.layout(layout); l == nil || l.fast == nil && layout != "styleguide" { // which is one page, in a preview
				t.Errorf("%s: layout %q is beyond programs", dir.Name(), layout)
			}
		}
	}
}

// Slow returns a renderer that leaves everything to html/template.
func (r *Renderer) Slow() *Renderer {
	slow := &Renderer{theme: r.theme, words: r.words, layouts: map[string]*layout{}, plain: map[string]*template.Template{}, buffers: sync.Pool{New: r.buffers.New}}
	for name := range r.layouts {
		if l := r.layout(name); l != nil {
			made := &layout{name: l.name, tmpl: l.tmpl}
			made.once.Do(func() {})
			slow.layouts[name] = made
		}
	}
	return slow
}

// What a program cannot do is left to html/template, with the same result.
func TestBeyondPrograms(t *testing.T) {
	for _, text := range []string{
		`{{range $i, $c := .Credits}}{{$i}}{{$c.Name}}{{end}}`, `{{printf "%s!" .CreditLine}}`, `{{len .Credits}}`,
		`<a href="/x?q={{.CreditLine}}">x</a>`, `<p title='{{.CreditLine}}'>`, `<p title={{.CreditLine}}>`, `{{$x := .Title}}{{$x = "y"}}{{$x}}`,
		`{{if $x := .Title}}{{$x}}{{end}}`, `{{with $x := .Title}}{{$x}}{{else with .Place}}{{.}}{{end}}`, `{{range .Credits}}{{.Name}}{{else}}nobody{{end}}`,
		`{{and .Title .Place}}{{or .Picture "none"}}{{not .Title}}`, `{{if and .Picture (eq .Kind "photo")}}{{.Picture.Alt}}{{end}}`,
		`<script>var x = {{.CreditLine}}</script>`, `{{if gt .Count 1}}{{.Count}}{{end}}{{.Featured}}`, `{{range .Credits}}{{if .Href}}{{continue}}{{end}}{{.Name}}{{end}}`,
	} {
		site := fstest.MapFS{"partials/figure.html": {Data: []byte(text)}}
		th, problems := Load(LoadOptions{Site: site, Builtin: themes.FS})
		r, more := th.For(noWords{})
		if len(problems)+len(more) > 0 {
			t.Errorf("%s: %v %v", text, problems, more)
			continue
		}
		card := &Card{Kind: "photo", CreditLine: `"Photo" by <Olya> & 'co' + x`, Title: "T & t", Credits: []Credit{{Name: "<b>"}, {Name: "c", Href: "/c/"}}, Count: 3}
		view := &List{Base: Base{Site: &Site{}, Page: &Page{}, Assets: th.Assets}, Items: []*Card{card, {}}}
		var fast, slow bytes.Buffer
		errFast, errSlow := r.Render(&fast, "list", view), r.Slow().Render(&slow, "list", view)
		if fast.String() != slow.String() || (errFast == nil) != (errSlow == nil) {
			t.Errorf("%s\ngot  %s %v\nwant %s %v", text, &fast, errFast, &slow, errSlow)
		}
	}
}
