package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"strings"
	"sync"
	"text/template/parse"

	"gallerist/builder/problem"
)

// Words gives a theme the words of one language: a label by its key, and the
// form of it that a number wants. args fill placeholders.
type Words interface {
	Label(key string, args ...any) string
	Plural(key string, n int, args ...any) string
	// OtherDir returns the direction of texts in a language, "ltr" or "rtl",
	// where it is not the page's own, else "".
	OtherDir(tag string) string
}

// Renderer renders pages of one language. It may be used by several goroutines.
type Renderer struct {
	theme   *Theme
	words   Words
	layouts map[string]*layout
	buffers sync.Pool

	making sync.Mutex
	cards  map[string]*program // of all layouts, by identity; guarded by making

	mu    sync.Mutex
	plain map[string]*template.Template // made when a template fails
}

// layout is what pages of a kind are rendered with, made when it is first
// asked for: a site has few of the kinds that there are.
type layout struct {
	name string
	once sync.Once
	tmpl *template.Template // plain's own where the theme's is unsafe; nil = there is none
	fast *program           // nil = the layout is beyond programs
	err  error              // what is unsafe about it
}

// RenderError says that a template failed while it rendered a page. The page
// was written all the same, with plain's files.
type RenderError struct{ Problem problem.Problem }

func (e *RenderError) Error() string { return e.Problem.String() }

// For binds the theme to the words of a language. Problems are of templates
// that cannot be made safe, such as an attribute without quotation marks that
// ends in a text; plain's stand in for them.
func (t *Theme) For(words Words) (*Renderer, problem.List) {
	var ps problem.List
	r := &Renderer{theme: t, words: words, layouts: map[string]*layout{}, cards: map[string]*program{}, plain: map[string]*template.Template{}}
	r.buffers.New = func() any { return new(bytes.Buffer) }
	ours := t.templates.ours()
	for _, name := range t.templates.layouts() {
		l := &layout{name: name}
		r.layouts[name] = l
		if ours || t.templates.own(name) {
			continue
		}
		if r.prepare(l); l.err != nil {
			ps = append(ps, t.templates.problem(name, l.err))
		}
		if l.tmpl == nil {
			delete(r.layouts, name)
		}
	}
	return r, ps.Sorted()
}

// prepare makes a layout ready, once.
func (r *Renderer) prepare(l *layout) {
	l.once.Do(func() {
		r.making.Lock()
		defer r.making.Unlock()
		if l.tmpl, l.err = r.compile(r.theme.templates, l.name); l.err != nil {
			l.tmpl = r.spare(l.name)
		}
		if l.tmpl != nil {
			l.fast = compileProgram(r.theme, l.tmpl, viewOf(l.name), r.cards)
		}
	})
}

// compile makes a layout's templates and has them escaped, which is when
// unsafe ones are found.
func (r *Renderer) compile(ts templates, layout string) (*template.Template, error) {
	funcs := template.FuncMap{
		"t": r.words.Label, "n": r.words.Plural, "asset": r.theme.Asset,
		"lang":    func(tag string) template.HTMLAttr { return langAttributes(r.words, tag) },
		"picture": func(p Picture) template.HTML { return pictureElement(r.words, p) },
	}
	root := template.New(base).Funcs(stubs).Funcs(funcs)
	for _, tree := range reach(ts.set(layout), base) {
		if r.theme.options.Minify {
			ts[tree.ParseName].squeeze()
		}
		tree = tree.Copy()
		fold(tree.Root, r.words)
		if _, err := root.AddParseTree(tree.Name, tree); err != nil {
			return nil, err
		}
	}
	root = root.Lookup(base)
	var unsafe *template.Error
	if err := root.Execute(io.Discard, blank(layout)); errors.As(err, &unsafe) {
		return nil, err
	}
	return root, nil
}

// Render writes a page with the layout of the name, such as "gallery"; "gallery-contest"
// stands for "gallery" where there is no layout for contests. A *RenderError
// comes with a whole page.
func (r *Renderer) Render(w io.Writer, name string, view any) error {
	l := r.layout(name)
	if l == nil {
		return fmt.Errorf("no layout %q", name)
	}
	buf, direct := w.(*bytes.Buffer)
	if !direct {
		buf = r.buffers.Get().(*bytes.Buffer)
		defer r.buffers.Put(buf)
		buf.Reset()
	}
	before := buf.Len()
	failed := l.execute(buf, r, view)
	if failed != nil {
		buf.Truncate(before)
		if tmpl := r.spare(l.name); tmpl == nil || tmpl.Execute(buf, view) != nil {
			buf.Truncate(before)
			return failed
		}
	}
	if !direct {
		if _, err := w.Write(buf.Bytes()); err != nil {
			return err
		}
	}
	if failed != nil {
		return &RenderError{r.theme.templates.problem(l.name, failed)}
	}
	return nil
}

// execute renders with the layout's program, and where there is none or it
// gives up, with html/template.
func (l *layout) execute(buf *bytes.Buffer, r *Renderer, view any) error {
	if l.fast != nil && l.fast.write(buf, r, view, viewOf(l.name)) {
		return nil
	}
	return l.tmpl.Execute(buf, view)
}

// layout returns the most special layout there is for the name, ready; nil =
// none.
func (r *Renderer) layout(name string) *layout {
	for name != "" {
		if l := r.layouts[name]; l != nil {
			if r.prepare(l); l.tmpl != nil {
				return l
			}
		}
		name = name[:max(strings.LastIndexByte(name, '-'), 0)]
	}
	return nil
}

// spare returns plain's own layout of the name, or nil.
func (r *Renderer) spare(layout string) *template.Template {
	r.mu.Lock()
	defer r.mu.Unlock()
	plain := r.theme.plain()
	if r.plain[layout] == nil && plain["layouts/"+layout] != nil {
		r.plain[layout], _ = r.compile(plain, layout) // kept right by tests
	}
	return r.plain[layout]
}

// problem places an error of html/template in the file it happened in.
func (ts templates) problem(layout string, err error) problem.Problem {
	var ps problem.List
	pos, text := problem.Pos{}, plainError(err)
	name := templateName(err)
	var unsafe *template.Error
	if errors.As(err, &unsafe) {
		if unsafe.Node == nil {
			name = unsafe.Name
		}
		text, _, _ = strings.Cut(unsafe.Description, ": {state") // its own terms
	}
	if file := ts.fileOf(layout, name); file != nil {
		pos = parsePos(file.shown, err)
	}
	ps.Errorf(pos, hintMend, "%s", text)
	return ps[0]
}

// fileOf returns the file that holds a layout's template of the name.
func (ts templates) fileOf(layout, name string) *file {
	if f := ts[name]; f != nil {
		return f
	}
	tree := ts.set(layout)[strings.SplitN(name, "$", 2)[0]]
	if tree == nil {
		return nil
	}
	return ts[tree.ParseName]
}

// templateName reads the name of the file's template out of an error.
func templateName(err error) string {
	text := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "html/"), "template: ")
	name, _, _ := strings.Cut(strings.TrimPrefix(text, "template:"), ":")
	return name
}

// position returns line and column, in characters, of a node.
func (f *file) position(n parse.Node) problem.Pos {
	before := string(f.text[:min(int(n.Position()), len(f.text))])
	last := before[strings.LastIndexByte(before, '\n')+1:]
	return problem.Pos{File: f.shown, Line: 1 + strings.Count(before, "\n"), Col: 1 + len([]rune(last))}
}

// blank is an empty view of the layout's type.
func blank(layout string) any {
	if view := viewOf(layout); view != nil {
		return reflect.New(view).Interface()
	}
	return struct{}{}
}
