// Package theme loads a theme and renders views with it.
//
// A theme is a folder: theme.toml, layouts/ (whole pages), partials/ (parts of
// pages) and assets/ (style sheets, fonts, scripts). Only what differs from the
// theme "plain" needs to be there. Each file is looked up in the site's folder,
// then in the theme, then in the theme it extends, then in plain; for a gallery
// of the kind contest, layouts/gallery-contest.html wherever it is comes before
// layouts/gallery.html. themes/README.md is the manual for authors of themes.
//
// Load reads everything once. For binds a theme to the words of one language;
// the Renderer it returns turns views (views.go) into pages:
//
//	t, problems := theme.Load(theme.LoadOptions{Site: site, Builtin: themes.FS, Name: "plain"})
//	r, problems := t.For(words)
//	err := r.Render(w, "gallery", view)
//
// Templates are html/template's: text never becomes markup. They are checked
// when they are loaded: a file that cannot be parsed, names an unknown field of
// a view or calls an unknown partial becomes a problem with its place, and the
// next file of the lookup is used in its stead, so that the site still builds.
//
// What a template makes is a function of its data, the words and the theme's
// files: there is no function that tells the time, counts, or remembers. So
// what thousands of pages show alike is made once (keep.go), and no template,
// however odd, can tell: what it reads of the page it is made for each page.
//
// The theme's style sheets become one file in cascade layers (see Files) whose
// colours are computed from one brand colour (see Palette).
package theme

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gallerist/builder/problem"
)

// fallback is the theme that has everything.
const fallback = "plain"

// LoadOptions say which theme to load and with what.
type LoadOptions struct {
	Site     fs.FS // the site's folder: its overrides and themes/; may be nil
	Builtin  fs.FS // the themes that come with Gallerist, by folder
	Name     string
	Brand    string         // "#c8452f"; "" for the theme's
	Settings map[string]any // the site's values of the theme's settings
	BasePath string         // of the site, with slashes at both ends; "" is "/"
	Version  string         // of Gallerist, held against the theme's needs; "" for any
	Minify   bool
	Pos      problem.Pos // where the site chose the theme, for messages
}

// Theme is a loaded theme. It does not change and may be shared.
type Theme struct {
	Name       string // of the folder
	Title      string
	Version    string
	Schemes    []string // light, dark: the first is the default
	PageSize   int
	Layout     Layout
	Renditions map[string]Rendition
	Settings   map[string]any // the theme's defaults with the site's values
	Palette    Palette
	Assets     *Assets
	Fonts      map[string][]Preload // by script, such as "cyrillic": what a page in it wants before its first view

	options   LoadOptions
	ladder    ladder
	scripts   []string // of every page
	preload   []string
	fonts     map[string]string  // by script
	tokens    map[string]setting // settings that are custom properties
	grounds   Grounds
	ground    Color
	files     []Asset
	hrefs     map[string]string // of assets, by their path in a theme
	templates templates
	plain     func() templates // plain's own, for when others fail
}

// Load loads a theme. It always returns one that works: what is wrong with the
// theme asked for becomes problems, and plain stands in.
func Load(opt LoadOptions) (*Theme, problem.List) {
	var ps problem.List
	opt.BasePath = cmp.Or(opt.BasePath, "/")
	t := &Theme{options: opt, Name: cmp.Or(opt.Name, fallback)}
	manifests := t.climb(&ps)
	t.merge(manifests, &ps)
	t.Palette = t.paint(&ps)
	t.bundle(&ps)
	t.templates = parseAll(t.ladder, &ps)
	t.check(&ps)
	t.compareCopies(&ps)
	t.plain = sync.OnceValue(t.parsePlain)
	return t, ps.Sorted()
}

// File returns a file of the theme, such as a font for drawing, by its path in
// the theme's folder.
func (t *Theme) File(name string) ([]byte, bool) {
	s, ok := t.ladder.read(name)
	return s.text, ok
}

// Sizes returns the attribute sizes for a picture of the ratio (width/height)
// in a rendition, without "auto".
func (t *Theme) Sizes(rendition string, ratio float64) string {
	return t.Renditions[rendition].sizes(ratio)
}

// Ground returns the colour that pictures with transparent places are laid on,
// as R, G and B: theme.toml's ground, white unless told otherwise.
func (t *Theme) Ground() [3]byte { return [3]byte{t.ground.R, t.ground.G, t.ground.B} }

// climb builds the ladder and returns the manifests of its themes.
func (t *Theme) climb(ps *problem.List) []*manifest {
	if t.options.Site != nil {
		t.ladder = append(t.ladder, rung{fsys: t.options.Site, dir: "."})
	}
	var manifests []*manifest
	step := func(r rung) *manifest {
		m := readManifest(r, t.options.Version, ps)
		t.ladder, manifests = append(t.ladder, r), append(manifests, m)
		return m
	}
	named := func(name string, pos problem.Pos) *manifest {
		if r, ok := t.find(name); ok {
			return step(r)
		}
		ps.Errorf(pos, problem.DidYouMean(name, t.names()), "no theme %q", name)
		return nil
	}
	own := named(t.Name, t.options.Pos)
	if own == nil {
		t.Name = fallback
	} else if own.extends != "" && own.extends != t.Name {
		further := named(own.extends, own.extendsAt)
		if further != nil && further.extends != "" && further.extends != fallback {
			ps.Warnf(own.extendsAt, fmt.Sprintf("have %q extend %q itself, or copy what you need of it", t.Name, further.extends),
				"%q extends %q in turn, and one step is all that is followed", own.extends, further.extends)
		}
	}
	if last := builtin(t.options.Builtin, fallback); !slices.ContainsFunc(t.ladder, last.same) {
		step(last)
	}
	return manifests
}

func builtin(fsys fs.FS, name string) rung {
	return rung{fsys, name, path.Join("themes", name), true}
}

// same reports whether two rungs of the built-in themes are one. A site's own
// theme called plain is another rung than the built-in one.
func (r rung) same(o rung) bool { return r.dir == o.dir && r.name == o.name }

// find returns the site's theme of the name, or the built-in one.
func (t *Theme) find(name string) (rung, bool) {
	if !fs.ValidPath(name) || strings.Contains(name, "/") || name == "." {
		return rung{}, false
	}
	own := rung{fsys: t.options.Site, dir: path.Join("themes", name), name: path.Join("themes", name)}
	for _, r := range []rung{own, builtin(t.options.Builtin, name)} {
		if r.fsys == nil {
			continue
		}
		if _, err := fs.Stat(r.fsys, path.Join(r.dir, "theme.toml")); err == nil {
			return r, true
		}
	}
	return rung{}, false
}

// names returns the themes there are.
func (t *Theme) names() []string {
	var names []string
	add := func(fsys fs.FS, pattern string) {
		if fsys == nil {
			return
		}
		found, _ := fs.Glob(fsys, pattern) // the pattern is well formed
		for _, p := range found {
			names = append(names, path.Base(path.Dir(p)))
		}
	}
	add(t.options.Site, "themes/*/theme.toml")
	add(t.options.Builtin, "*/theme.toml")
	slices.Sort(names)
	return slices.Compact(names)
}

// merge takes each value from the first manifest that has it.
func (t *Theme) merge(manifests []*manifest, ps *problem.List) {
	t.Title, t.Version = cmp.Or(manifests[0].name, t.Name), manifests[0].version
	t.Renditions, t.Settings = map[string]Rendition{}, map[string]any{}
	t.ground, t.grounds, t.fonts = Color{255, 255, 255}, defaultGrounds, map[string]string{}
	settings := map[string]setting{}
	for _, m := range slices.Backward(manifests) {
		maps.Copy(t.Renditions, m.renditions)
		maps.Copy(settings, m.settings)
		t.PageSize = cmp.Or(m.pageSize, t.PageSize)
		t.Layout.Engine = cmp.Or(m.layout.Engine, t.Layout.Engine)
		t.Layout.LaneUnits = cmp.Or(m.layout.LaneUnits, t.Layout.LaneUnits)
		if m.layout.WordsLine > 0 {
			t.Layout.WordsLine, t.Layout.WordsLineUnits, t.Layout.WordsUnits = m.layout.WordsLine, m.layout.WordsLineUnits, m.layout.WordsUnits
		}
		t.grounds = m.grounds.or(t.grounds)
		for script, file := range m.fonts {
			t.fonts[script] = cmp.Or(file, t.fonts[script])
		}
		if len(m.schemes) > 0 {
			t.Schemes = m.schemes
		}
		if len(m.scripts) > 0 {
			t.scripts = m.scripts
		}
		if len(m.preload) > 0 {
			t.preload = m.preload
		}
		if c, ok := ParseColor(m.ground); ok {
			t.ground = c
		}
	}
	t.tokens = map[string]setting{}
	for name, s := range settings {
		t.Settings[name] = s.fallback
		if s.token != "" {
			t.tokens[name] = s
		}
	}
	for _, name := range sortedKeys(t.options.Settings) {
		value := t.options.Settings[name]
		s, known := settings[name]
		if !known {
			ps.Errorf(t.options.Pos, problem.DidYouMean(name, sortedKeys(settings)), "the theme %q has no setting %q", t.Name, name)
		} else if text, hint := s.wrong(value); text != "" {
			ps.Errorf(t.options.Pos, hint, "setting %q of the theme %q: %s", name, t.Name, text)
		} else {
			t.Settings[name] = value
		}
	}
}

// paint computes the palette from the site's brand colour or the theme's.
func (t *Theme) paint(ps *problem.List) Palette {
	if t.options.Brand != "" {
		if c, ok := ParseColor(t.options.Brand); ok {
			t.Settings["brand"] = c.String()
		} else {
			ps.Errorf(t.options.Pos, `write it as "#c8452f"`, "brand %q is not a colour", t.options.Brand)
		}
	}
	text, _ := t.Settings["brand"].(string)
	brand, _ := ParseColor(text)
	return t.grounds.Palette(brand)
}

// meets compares versions "1.2.3" number by number; needs is ">=1.2".
func meets(version, needs string) bool {
	want := strings.Split(strings.TrimSpace(strings.TrimPrefix(needs, ">=")), ".")
	have := strings.Split(strings.TrimPrefix(version, "v"), ".")
	for i, w := range want {
		wanted, _ := strconv.Atoi(w)
		got := 0
		if i < len(have) {
			got, _ = strconv.Atoi(have[i])
		}
		if got != wanted {
			return got > wanted
		}
	}
	return true
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
