package theme_test

import (
	"bytes"
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"gallerist/builder/problem"
	"gallerist/builder/theme"
	"gallerist/themes"
)

// TestCopies holds that every file of plain that can be copied, copied unchanged,
// makes the same pages and sheets and gives no problem.
func TestCopies(t *testing.T) {
	th, r := plain(t, true)
	site := fstest.MapFS{}
	for _, name := range th.Paths() {
		_, text, err := th.Copy(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		site[name] = &fstest.MapFile{Data: text}
	}
	own, problems := theme.Load(theme.LoadOptions{Site: site, Builtin: themes.FS, Minify: true})
	mine, more := own.For(echo{})
	for _, p := range append(problems, more...) {
		t.Error(p)
	}
	for _, v := range views(th, 5) {
		var a, b bytes.Buffer
		if err := errors.Join(r.Render(&a, v.layout, v.data), mine.Render(&b, v.layout, v.data)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: another page is made of copied files", v.layout)
		}
	}
	for i, f := range th.Files() {
		if o := own.Files()[i]; o.Path != f.Path {
			t.Errorf("%s became %s", f.Path, o.Path)
		}
	}
}

// TestCopyRefused holds what cannot be copied.
func TestCopyRefused(t *testing.T) {
	th, _ := plain(t, true)
	for name, want := range map[string]error{
		"partials/nope.html": fs.ErrNotExist, "theme.toml": fs.ErrInvalid, "../site.css": fs.ErrNotExist, "assets/fonts/x.woff2": fs.ErrInvalid,
	} {
		if _, _, err := th.Copy(name); !errors.Is(err, want) {
			t.Errorf("%s: %v, not %v", name, err, want)
		}
	}
}

// TestChangedCopies holds that a copy is told once its original has changed, and
// not before.
func TestChangedCopies(t *testing.T) {
	older := fstest.MapFS{
		"themes/a/theme.toml":         {Data: []byte("name = \"A\"\nversion = \"1.0\"\n")},
		"themes/a/partials/head.html": {Data: []byte("<!-- one -->\n")},
		"themes/a/assets/css/x.css":   {Data: []byte("p { margin: 0 }\n")},
		"themes/a/assets/icon.svg":    {Data: []byte("<svg/>\n")},
	}
	load := func(site fstest.MapFS) (*theme.Theme, problem.List) {
		return theme.Load(theme.LoadOptions{Site: site, Builtin: themes.FS, Name: "a"})
	}
	th, _ := load(older)
	for _, name := range []string{"partials/head.html", "assets/css/x.css", "assets/icon.svg"} {
		_, text, err := th.Copy(name)
		if err != nil {
			t.Fatal(err)
		}
		older[name] = &fstest.MapFile{Data: append(text, "mine\n"...)}
	}
	if _, ps := load(older); len(ps) != 0 {
		t.Errorf("told too early: %v", ps)
	}
	older["themes/a/theme.toml"] = &fstest.MapFile{Data: []byte("name = \"A\"\nversion = \"1.1\"\n")}
	for _, name := range []string{"partials/head.html", "assets/css/x.css", "assets/icon.svg"} {
		older["themes/a/"+name] = &fstest.MapFile{Data: append(bytes.Clone(older["themes/a/"+name].Data), "<!-- two -->\n"...)}
	}
	_, ps := load(older)
	if len(ps) != 3 || ps[0].Level != problem.Warning || ps[2].Pos.String() != "partials/head.html:1" ||
		ps[2].Text != "this is a copy out of a 1.0, and what a 1.1 has there is another text by now" {
		t.Errorf("told %v", ps)
	}
}
