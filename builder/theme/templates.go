package theme

import (
	"html/template"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/template/parse"

	"gallerist/builder/lazyregexp"
	"gallerist/builder/problem"
)

// templates is the theme's parsed files by name. Names are paths in the theme
// without the ending: "layouts/home", "partials/card".
type templates map[string]*file

// file is one parsed template file: the template of its own name and the
// blocks that it defines.
type file struct {
	source
	name  string
	trees map[string]*parse.Tree
	below string    // the file whose blocks a layout without "main" adds to; ""
	rest  []source  // what the lookup has after this one
	once  sync.Once // squeezes it
}

// base is the frame of every page; the other layouts fill its blocks.
const base = "layouts/base"

// stubs gives the parser the names of the functions that templates may call.
// For binds the ones that depend on the language. The comments stand in docs/views.md.
var stubs = template.FuncMap{
	// {{t "gallery.older"}} gives the words of the page's language. Pairs fill their
	// braces: {{t "series.archive" "series" .Text}}.
	"t": func(key string, args ...any) string { return "" },

	// {{n "gallery.people" .People}} gives the form of the words that a number wants:
	// "1 person", "10 people".
	"n": func(key string, n int, args ...any) string { return "" },

	// {{asset "assets/mark.svg"}} gives the address of a file of the theme or the site.
	"asset": func(name string) string { return "" },

	// {{picture .Picture}} gives a whole <picture> element, with its widths, its
	// alternative text and, where it is not in the first view, lazy loading.
	"picture": func(p Picture) template.HTML { return "" },

	// {{lang .Lang}} stands within a tag, <h2{{lang .Lang}}>: it gives lang="ar" dir="rtl"
	// for a text in another language than the page's, with dir where that reads the
	// other way, and nothing for "".
	"lang": func(tag string) template.HTMLAttr { return "" },

	// <li style="{{style .Ratio .Color}}"> gives a tile its numbers: --r, its width
	// divided by its height, and --c, its average colour.
	"style": style,

	// <a style="{{spot .X .Y}}"> gives a mark its place in a picture: --x and --y, in
	// percent from the top left.
	"spot": spot,
}

// parse parses the first good file of each name that the ladder has.
func parseAll(l ladder, ps *problem.List) templates {
	all := templates{}
	for _, folder := range []string{"layouts", "partials"} {
		for _, name := range l.list(folder) {
			if short, ok := strings.CutSuffix(path.Join(folder, name), ".html"); ok {
				all.add(short, l.candidates(short+".html"), ps)
			}
		}
	}
	return all
}

// parsePlain parses the templates that stand in for those that fail.
func (t *Theme) parsePlain() templates {
	var none problem.List // its templates are kept right by tests
	return parseAll(ladder{builtin(t.options.Builtin, fallback)}, &none)
}

// add parses a file under the name. A layout without the block "main" adds to the
// next layout of the lookup, which goes under a name of its own.
func (ts templates) add(name string, sources []source, ps *problem.List) {
	f := parseFirst(name, sources, ps)
	ts[name] = f
	if !strings.HasPrefix(name, "partials/") && name != base && f.trees["main"] == nil && len(f.rest) > 0 {
		f.below = belowPrefix + name
		ts.add(f.below, f.rest, ps)
	}
}

// belowPrefix stands before the names of layouts that others add to, once for each.
const belowPrefix = "below/"

// parseFirst parses the first source that can be parsed. Where none can, the
// template is empty, so that the pages that call it are whole but for it.
func parseFirst(name string, sources []source, ps *problem.List) *file {
	for i, s := range sources {
		// The line break at the end of a file is no part of the partial.
		text := strings.TrimRight(string(s.text), "\n")
		trees, err := parse.Parse(name, text, "", "", stubs, builtins)
		if err == nil {
			return &file{source: s, name: name, trees: trees, rest: sources[i+1:]}
		}
		ps.Errorf(parsePos(s.shown, err), hintMend, "%s", plainError(err))
	}
	trees, _ := parse.Parse(name, "", "", "") // nothing cannot fail
	return &file{name: name, trees: trees}
}

const hintMend = "templates are those of Go's html/template; until this is mended, the next file of the lookup is used"

// layouts returns the names of the layouts, sorted: "404", "gallery",
// "gallery-contest".
func (ts templates) layouts() []string {
	var names []string
	for name := range ts {
		if layout, ok := strings.CutPrefix(name, "layouts/"); ok && name != base {
			names = append(names, layout)
		}
	}
	slices.Sort(names)
	return names
}

// set returns the templates that a layout is rendered with, by name: base and
// all partials, with the layout's blocks in place of base's.
func (ts templates) set(layout string) map[string]*parse.Tree {
	set := map[string]*parse.Tree{}
	for _, name := range sortedKeys(ts) {
		if strings.HasPrefix(name, "partials/") {
			maps.Copy(set, ts[name].trees)
		}
	}
	maps.Copy(set, ts[base].trees)
	ts.fill(set, "layouts/"+layout)
	return set
}

// fill puts a layout's blocks into the set, over those of the layout below it.
func (ts templates) fill(set map[string]*parse.Tree, name string) {
	f := ts[name]
	if f == nil {
		return
	}
	ts.fill(set, f.below)
	maps.Copy(set, f.trees)
}

// ours reports whether all templates come with the program.
func (ts templates) ours() bool {
	for _, f := range ts {
		if !f.own {
			return false
		}
	}
	return true
}

// own reports whether all that a layout is made of comes with the program, and
// so is kept right by tests.
func (ts templates) own(layout string) bool {
	for _, tree := range reach(ts.set(layout), base) {
		if f := ts[tree.ParseName]; f == nil || !f.own {
			return false
		}
	}
	return true
}

// reach returns the trees that a tree calls, itself first, each once.
func reach(set map[string]*parse.Tree, name string) []*parse.Tree {
	trees, seen := []*parse.Tree{set[name]}, map[string]bool{name: true}
	for i := 0; i < len(trees); i++ {
		walk(trees[i].Root, func(n parse.Node) {
			if call, ok := n.(*parse.TemplateNode); ok && !seen[call.Name] && set[call.Name] != nil {
				seen[call.Name] = true
				trees = append(trees, set[call.Name])
			}
		})
	}
	return trees
}

// builtins names the functions that every template has.
var builtins = map[string]any{
	"and": 0, "or": 0, "not": 0, "len": 0, "index": 0, "slice": 0, "print": 0, "printf": 0, "println": 0,
	"eq": 0, "ne": 0, "lt": 0, "le": 0, "gt": 0, "ge": 0, "html": 0, "js": 0, "urlquery": 0, "call": 0,
}

var errorPlace = lazyregexp.New(`^(?:html/)?template: ?[^:]*:(\d+)(?::(\d+))?: (?:executing "[^"]*" at <.*?>: )?`)

// parsePos reads the place out of an error of the template packages.
func parsePos(shown string, err error) problem.Pos {
	pos := problem.Pos{File: shown}
	if m := errorPlace().FindStringSubmatch(err.Error()); m != nil {
		pos.Line, _ = strconv.Atoi(m[1])
		pos.Col, _ = strconv.Atoi(m[2])
	}
	return pos
}

// plainError is the message without its place, which stands before it.
func plainError(err error) string {
	text := errorPlace().ReplaceAllString(err.Error(), "")
	return strings.TrimSuffix(strings.TrimSpace(text), ".")
}

// Labels returns the keys that the theme's templates look up in the language,
// sorted.
func (t *Theme) Labels() []string {
	var keys []string
	for _, f := range t.templates {
		for _, tree := range f.trees {
			walk(tree.Root, func(n parse.Node) {
				if c, ok := n.(*parse.CommandNode); ok {
					if key, ok := labelKey(c); ok {
						keys = append(keys, key)
					}
				}
			})
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// labelKey returns the key of a call {{t "key" …}} or {{n "key" …}}.
func labelKey(c *parse.CommandNode) (string, bool) {
	if len(c.Args) < 2 {
		return "", false
	}
	name, ok := c.Args[0].(*parse.IdentifierNode)
	key, ok2 := c.Args[1].(*parse.StringNode)
	if !ok || !ok2 || name.Ident != "t" && name.Ident != "n" {
		return "", false
	}
	return key.Text, true
}
