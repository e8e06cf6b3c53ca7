package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"

	"gallerist/builder/lazyregexp"
	"gallerist/builder/problem"
)

// Asset is a finished file of the theme. Path is where it goes in the site,
// and holds a hash of the content, so that it may be kept for ever.
type Asset struct {
	Path  string
	Bytes []byte
	Type  string
}

// Files returns the theme's files, sorted by path: one style sheet, the icon,
// fonts and scripts.
func (t *Theme) Files() []Asset { return t.files }

// sheets are the style sheets in the order of the bundle, each in the cascade
// layer of its name; print.css comes with parts. site.css is the site's own.
var sheets = []struct{ layer, file string }{
	{"tokens", "tokens"}, {"base", "base"}, {"layout", "layout"},
	{"parts", "parts"}, {"parts", "print"}, {"site", "site"},
}

// apart are the sheets that some layouts link besides, in the layer of parts:
// those of posters and of the kinds of galleries.
var apart = []string{"kinds", "poster"}

// published are the kinds of file that go from assets/ into the site.
var published = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".webp": "image/webp", ".avif": "image/avif", ".gif": "image/gif", ".ico": "image/x-icon",
}

// bundle makes all finished files and fills Assets.
func (t *Theme) bundle(ps *problem.List) {
	t.hrefs = map[string]string{}
	t.Assets = &Assets{ColorScheme: strings.Join(t.Schemes, " ")}
	for _, name := range t.ladder.list("assets") {
		file := path.Join("assets", name)
		kind := published[path.Ext(name)]
		if kind == "" || kind == published[".css"] || strings.HasPrefix(file, "assets/js/") && !slices.Contains(t.scripts, file) {
			continue
		}
		t.add(file, kind)
	}
	for _, name := range apart {
		if text := t.layer("parts", name, ps); text != nil {
			file := "assets/css/" + name + ".css"
			t.hrefs[file] = t.publish(file, published[".css"], t.minify("text/css", text, file, ps))
		}
	}
	text := t.minify("text/css", t.sheet(ps), "assets/css", ps)
	t.Assets.CSS = t.publish("assets/"+t.Name+".css", published[".css"], text)
	t.Assets.Icon = t.hrefs["assets/icon.svg"]
	for _, name := range t.wanted("scripts", t.scripts, ps) {
		t.Assets.Scripts = append(t.Assets.Scripts, t.hrefs[name])
	}
	for _, name := range t.wanted("preload", t.preload, ps) {
		t.Assets.Preload = append(t.Assets.Preload, Preload{t.hrefs[name], published[path.Ext(name)]})
	}
	t.preloadFonts(ps)
	for _, s := range t.Schemes {
		color := t.Palette.Light.Paper
		if s == "dark" {
			color = t.Palette.Dark.Paper
		}
		t.Assets.ThemeColors = append(t.Assets.ThemeColors, ThemeColor{s, color.String()})
	}
	slices.SortFunc(t.files, func(a, b Asset) int { return strings.Compare(a.Path, b.Path) })
}

// wanted returns those of the assets that a key of theme.toml lists that exist.
func (t *Theme) wanted(key string, names []string, ps *problem.List) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		if t.hrefs[name] != "" {
			return false
		}
		ps.Errorf(problem.Pos{File: path.Join("themes", t.Name, "theme.toml")},
			problem.DidYouMean(name, sortedKeys(t.hrefs)), "no asset %q for %q", name, key)
		return true
	})
}

// add publishes one file as it is, but for the colours of a drawing and what
// is superfluous in drawings and scripts.
func (t *Theme) add(name, kind string) {
	s, _ := t.ladder.read(name)
	var none problem.List // what cannot be minified is published as it is
	switch kind {
	case published[".svg"]:
		s.text = t.minify("image/svg+xml", t.Palette.Light.draw(s.text), s.shown, &none)
	case published[".js"]:
		s.text = t.minify("text/javascript", s.text, s.shown, &none)
	}
	t.hrefs[name] = t.publish(name, kind, s.text)
}

// publish adds a file under its name with a hash, flat in assets/, and returns
// its address.
func (t *Theme) publish(name, kind string, text []byte) string {
	sum := sha256.Sum256(text)
	ext := path.Ext(name)
	file := "assets/" + strings.TrimSuffix(path.Base(name), ext) + "-" + hex.EncodeToString(sum[:5]) + ext
	t.files = append(t.files, Asset{file, text, kind})
	return t.options.BasePath + file
}

// Asset returns the address of a file below assets/, by its path in the theme or
// the site, such as "assets/logo.svg", or "".
func (t *Theme) Asset(name string) string { return t.hrefs[name] }

var drawingVar = lazyregexp.New(`var\(--([a-z0-9-]+)\)`)

// draw writes the scheme's colours into a drawing, which cannot see the
// properties of the page.
func (s Scheme) draw(svg []byte) []byte {
	return drawingVar().ReplaceAllFunc(svg, func(m []byte) []byte {
		for _, c := range s.named() {
			if string(m) == "var(--"+c.name+")" {
				return []byte(c.String())
			}
		}
		return m
	})
}

// sheet joins the style sheets in their layers. The computed colours come
// first, so that tokens.css may put its own in their place.
func (t *Theme) sheet(ps *problem.List) []byte {
	var b bytes.Buffer
	b.WriteString("@layer tokens,base,layout,parts,site;\n@layer tokens{\n" + t.Palette.css(t.Schemes, t.uses) + "}\n")
	for _, sheet := range sheets {
		b.Write(t.layer(sheet.layer, sheet.file, ps))
		if sheet.file == "tokens" {
			b.WriteString(t.ownTokens())
		}
	}
	return b.Bytes()
}

// uses says whether a sheet of the theme or of the site names a custom property.
func (t *Theme) uses(name string) bool {
	for _, file := range t.ladder.list("assets/css") {
		if s, ok := t.ladder.read("assets/css/" + file); ok && bytes.Contains(s.text, []byte("var(--"+name+")")) {
			return true
		}
	}
	return false
}

// layer returns a sheet in its cascade layer, followed by what is added to it
// (parts.more.css), or nil if there is neither.
func (t *Theme) layer(layer, name string, ps *problem.List) []byte {
	var b []byte
	for _, file := range []string{name + ".css", name + ".more.css"} {
		if s, ok := t.ladder.read("assets/css/" + file); ok {
			b = fmt.Appendf(b, "@layer %s{\n%s}\n", layer, t.link(s, ps))
		}
	}
	return b
}

var cssURL = lazyregexp.New(`url\(\s*["']?([^"')]*)["']?\s*\)`)

// link gives the files that a sheet names their published names.
func (t *Theme) link(s source, ps *problem.List) []byte {
	return cssURL().ReplaceAllFunc(s.text, func(m []byte) []byte {
		ref := string(cssURL().FindSubmatch(m)[1])
		if strings.HasPrefix(ref, "data:") || strings.HasPrefix(ref, "#") {
			return m
		}
		line := 1 + bytes.Count(s.text[:bytes.Index(s.text, m)], []byte("\n"))
		href := t.hrefs[path.Join("assets/css", ref)]
		if href == "" {
			ps.Errorf(problem.Pos{File: s.shown, Line: line},
				"put the file into assets/ and write its address from there; nothing is loaded from other servers", "no asset %q", ref)
			return []byte("none")
		}
		return []byte("url(" + path.Base(href) + ")")
	})
}

func (t *Theme) minify(kind string, text []byte, shown string, ps *problem.List) []byte {
	if !t.options.Minify {
		return text
	}
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	m.AddFunc("image/svg+xml", svg.Minify)
	small, err := m.Bytes(kind, text)
	if err != nil {
		ps.Warnf(problem.Pos{File: shown}, "the file was published as it is", "%s", err)
		return text
	}
	return small
}
