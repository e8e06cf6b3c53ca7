package audit

import (
	"bytes"
	"compress/gzip"
	"path"
	"strings"

	"gallerist/builder/lazyregexp"
	"gallerist/builder/problem"
	"gallerist/builder/theme"
)

// What a page may weigh, in bytes: sheets, scripts and pages compressed (gzip -9),
// fonts as they are, since they are compressed already.
const (
	maxSheet    = 6 << 10
	maxApart    = 4 << 10
	maxScripts  = 2 << 10
	maxFont     = 20 << 10
	maxPage     = 8 << 10
	maxElements = 600
)

// zipped is how many bytes are sent.
func zipped(b []byte) int {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(b)
	}
	if err != nil || w.Close() != nil {
		return len(b)
	}
	return out.Len()
}

func kilobytes(n int) float64 { return float64(n) / 1024 }

// weights weighs what is loaded beside a page.
func (a *auditor) weights() {
	manifest := problem.Pos{File: a.manifest()}
	scripts := map[string]bool{}
	for _, href := range a.theme.Assets.Scripts {
		scripts[path.Base(href)] = true
	}
	sent := 0
	for _, f := range a.theme.Files() {
		name := path.Base(f.Path)
		n := zipped(f.Bytes)
		switch {
		case name == path.Base(a.theme.Assets.CSS) && n > maxSheet:
			a.probs.Warnf(manifest, "it is what the first view waits for: leave out what few pages need, or link it from the layouts that do", "the style sheet of all pages has %.1f KB as sent, and %d should do", kilobytes(n), maxSheet>>10)
		case strings.HasSuffix(name, ".css") && name != path.Base(a.theme.Assets.CSS) && n > maxApart:
			a.probs.Warnf(manifest, "leave out what is not needed", "the style sheet %q has %.1f KB as sent, and %d should do", name, kilobytes(n), maxApart>>10)
		case strings.HasSuffix(name, ".woff2") && len(f.Bytes) > maxFont:
			a.probs.Warnf(manifest, `keep one weight and the letters of one script: "A font" in themes/README.md shows how`, "the font %q has %.1f KB, and %d should do", name, kilobytes(len(f.Bytes)), maxFont>>10)
		case scripts[name]:
			sent += n
		}
	}
	if sent > maxScripts {
		a.probs.Warnf(manifest, "pages must work without them, so they are small extras", "the scripts of a page have %.1f KB as sent, and %d should do", kilobytes(sent), maxScripts>>10)
	}
	a.licences()
}

// manifest is the theme's own theme.toml, as shown to people.
func (a *auditor) manifest() string {
	for _, f := range a.theme.Lookup("theme.toml") {
		if f.Theme == a.theme.Name {
			return f.Shown
		}
	}
	return "theme.toml"
}

// licences tells of fonts without a licence beside them.
func (a *auditor) licences() {
	licensed := false
	var fonts []theme.Found
	for _, name := range a.theme.Paths() {
		f := a.theme.Lookup(name)[0]
		base := strings.ToUpper(path.Base(name))
		licensed = licensed || strings.HasPrefix(name, "assets/fonts/") && (strings.HasPrefix(base, "OFL") || strings.HasPrefix(base, "LICEN"))
		if strings.HasSuffix(name, ".woff2") && a.own(f) {
			fonts = append(fonts, f)
		}
	}
	if len(fonts) > 0 && !licensed {
		a.probs.Warnf(problem.Pos{File: fonts[0].Shown}, "put its licence into the same folder, such as OFL.txt: most licences of fonts ask for that", "no licence stands beside this font")
	}
}

var loads = lazyregexp.New(`(?:\bimport\b[^;'"]*|\bimport\s*\(\s*|\bfetch\s*\(\s*|\bsrc\s*=\s*)['"](?:https?:)?//`)

// scripts reads the scripts of the theme and of the site.
func (a *auditor) scripts() {
	for _, f := range a.ownFiles(".js") {
		text := string(f.Text)
		if m := loads().FindStringIndex(text); m != nil {
			a.probs.Errorf(pos(f.Shown, text, m[0]), "copy what you need into the theme: pages load nothing from other servers, and their policy forbids it", "this loads something from another server")
		}
		if i := strings.Index(text, "document.write"); i >= 0 {
			a.probs.Errorf(pos(f.Shown, text, i), "change the elements of the page instead", "document.write does nothing in a module")
		}
		if t := strings.TrimSpace(text); !strings.HasPrefix(t, "//") && !strings.HasPrefix(t, "/*") {
			a.probs.Warnf(problem.Pos{File: f.Shown, Line: 1}, "begin with a comment that says what visitors lack where it does not run", "nobody says what is lost without this script")
		}
	}
}
