package theme

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// About is what a theme says of itself in its theme.toml.
type About struct {
	Name     string // of the folder
	Title    string
	Sentence string // what it is like
	Version  string // "" where it says none
	License  string
	Extends  string // "" = plain, as all do
	Builtin  bool   // it comes with the program
}

// Themes returns the themes that a site can choose, by name: its own, of which site
// is the folder, and those that come with the program. Site may be nil.
func Themes(site, builtin fs.FS) []About {
	t := &Theme{options: LoadOptions{Site: site, Builtin: builtin}}
	var list []About
	for _, name := range t.names() {
		if r, ok := t.find(name); ok {
			list = append(list, r.about())
		}
	}
	return list
}

// about reads what a rung's theme says of itself; what is wrong there is told when
// the theme is loaded.
func (r rung) about() About {
	file, _ := r.read("theme.toml")
	var told problem.List
	t := strict.TOML(file.shown, file.text, 1, &told)
	name := path.Base(r.dir)
	return About{
		Name: name, Title: cmp.Or(t.Line("name"), name), Sentence: t.Line("about"), Version: t.Line("version"),
		License: t.Line("license"), Extends: t.Line("extends"), Builtin: r.own,
	}
}

// About returns what the theme says of itself, and then the themes that it takes
// the rest from.
func (t *Theme) About() []About {
	var list []About
	for _, r := range t.ladder {
		if r.name != "" {
			list = append(list, r.about())
		}
	}
	return list
}

// Setting is a setting of a theme, with what the site made of it.
type Setting struct {
	Name    string
	Type    string   // color, choice, text, number, yesno, font
	Options []string // of a choice
	Default any      // nil = none
	Value   any      // nil = none
	Help    string
	From    string // name of the theme that declares it
}

// Offered returns the settings that the theme and those it takes the rest from
// declare, by name.
func (t *Theme) Offered() []Setting {
	all := map[string]Setting{}
	for _, r := range slices.Backward(t.ladder) {
		file, ok := r.read("theme.toml")
		if !ok || r.name == "" {
			continue
		}
		var told problem.List
		table := strict.TOML(file.shown, file.text, 1, &told).Table("settings")
		for _, name := range table.Keys() {
			row := table.Table(name)
			all[name] = Setting{
				Name: name, Type: row.Line("type"), Options: row.Strings("options"), Default: row.Raw("default"),
				Value: t.Settings[name], Help: row.Line("help"), From: path.Base(r.dir),
			}
		}
	}
	var list []Setting
	for _, name := range sortedKeys(all) {
		list = append(list, all[name])
	}
	return list
}

// Found is a file of a theme or of the site.
type Found struct {
	Path  string // in the theme: "partials/card.html"
	Shown string // as shown to people: "themes/plain/partials/card.html"
	Theme string // name of the theme that it belongs to; "" = it is the site's own
	Text  []byte
}

// Lookup returns all files of a path, such as "partials/card.html", in the order
// of the lookup: the first is the one that is used.
func (t *Theme) Lookup(name string) []Found {
	var found []Found
	if !fs.ValidPath(name) {
		return nil
	}
	for _, r := range t.ladder {
		if s, ok := r.read(name); ok {
			found = append(found, Found{name, s.shown, r.theme(), s.text})
		}
	}
	return found
}

// theme is the name of a rung's theme, "" of the site's folder.
func (r rung) theme() string {
	if r.name == "" {
		return ""
	}
	return path.Base(r.dir)
}

// Paths returns the paths of all files that the lookup can find below layouts/,
// partials/ and assets/, sorted.
func (t *Theme) Paths() []string {
	var names []string
	for _, folder := range []string{"assets", "layouts", "partials"} {
		for _, name := range t.ladder.list(folder) {
			names = append(names, path.Join(folder, name))
		}
	}
	return names
}

// Layouts returns the names of the theme's layouts, sorted: "404", "gallery",
// "gallery-contest".
func (t *Theme) Layouts() []string { return t.templates.layouts() }

// ViewOf returns the name of the view that a layout gets: "Gallery" for
// "gallery-contest", "" for a layout that no page asks for.
func ViewOf(layout string) string {
	if v := viewOf(layout); v != nil {
		return v.Name()
	}
	return ""
}

// Unused returns the files in layouts/ of the theme and the site that no page asks
// for, as shown to people.
func (t *Theme) Unused() []string {
	var list []string
	for _, layout := range t.Layouts() {
		if viewOf(layout) == nil {
			list = append(list, t.templates[path.Join("layouts", layout)].shown)
		}
	}
	slices.Sort(list)
	return slices.DeleteFunc(list, func(s string) bool { return strings.TrimSpace(s) == "" })
}
