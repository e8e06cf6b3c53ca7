package theme_test

import (
	"bytes"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/problem"
	"gallerist/builder/theme"
	"gallerist/themes"
)

// layer makes a file system of paths and texts.
func layer(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

func messages(ps problem.List) string {
	var lines []string
	for _, p := range ps {
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

// The lookup: the site's folder, the theme, its extends, plain.
func TestLadder(t *testing.T) {
	const credit = "partials/credit.html"
	files := []string{
		credit, "from the site",
		"themes/mine/theme.toml", "name = \"Mine\"\nextends = \"base\"", "themes/mine/" + credit, "from the theme",
		"themes/base/theme.toml", "name = \"Base\"\npage_size = 12", "themes/base/" + credit, "from its extends",
	}
	for i, want := range []string{"from the site", "from the theme", "from its extends", "Фото от Оли"} {
		site := layer(files...)
		for n, p := range []string{credit, "themes/mine/" + credit, "themes/base/" + credit} {
			if n < i {
				delete(site, p)
			}
		}
		th, problems := theme.Load(theme.LoadOptions{Site: site, Builtin: themes.FS, Name: "mine"})
		r, _ := th.For(echo{})
		if len(problems) > 0 {
			t.Error(messages(problems))
		}
		if page := render(t, r, views(th, 3)[1]); !strings.Contains(page, want) {
			t.Errorf("rung %d: the page does not hold %q", i, want)
		}
		if th.PageSize != 12 || th.Title != "Mine" || th.Renditions["tile"].Widths == nil {
			t.Errorf("page size %d, title %q, tile %v", th.PageSize, th.Title, th.Renditions["tile"])
		}
	}
}

// A layout without "main" adds its blocks to those of the next one of the lookup,
// whatever that is; what is wrong is told of the file it stands in.
func TestAddedBlocks(t *testing.T) {
	const (
		layout = "layouts/gallery.html"
		head   = `{{define "head"}}<meta name="of" content="the theme">{{end}}`
		aside  = `{{define "aside"}}<p>from the site</p>{{end}}`
	)
	_, good := plain(t, false)
	for _, c := range []struct{ head, want, told string }{
		{head, `<meta name="of" content="the theme">`, ""},
		{"", `<link rel="stylesheet"`, ""},
		{"{{define \"head\"}}\n{{.Nothing}}{{end}}", `<link rel="stylesheet"`, `themes/mine/layouts/gallery.html:2:3: a Gallery has no field "Nothing"`},
		{"{{define \"head\"}}<a href='{{if .Kind}}'{{end}}>{{end}}", `<link rel="stylesheet"`, "themes/mine/layouts/gallery.html:1:31: {{if}} branches end"},
	} {
		site := layer(layout, aside, "themes/mine/theme.toml", `name = "Mine"`, "themes/mine/"+layout, c.head)
		th, problems := theme.Load(theme.LoadOptions{Site: site, Builtin: themes.FS, Name: "mine"})
		r, more := th.For(echo{})
		if got := messages(append(problems, more...)); !strings.HasPrefix(got, c.told) || c.told == "" && got != "" {
			t.Errorf("%q\ngot  %s\nwant %s", c.head, got, c.told)
		}
		v := views(th, 3)[1]
		page, plain := render(t, r, v), render(t, good, v)
		if !strings.Contains(page, c.want) || mainOf(t, page) != mainOf(t, plain) {
			t.Errorf("%q: the page lacks %q, or its main part is not plain's", c.head, c.want)
		}
		if asTold := strings.Contains(page, "<p>from the site</p>"); asTold == strings.Contains(c.told, "branches") {
			t.Errorf("%q: with the site's aside: %v", c.head, asTold)
		}
	}
}

func mainOf(t *testing.T, page string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, "<main")
	main, _, closed := strings.Cut(rest, "</main>")
	if !ok || !closed {
		t.Fatal("no main part")
	}
	return main
}

// gallery-contest.html comes before gallery.html, on whatever rung it is.
func TestLadderKind(t *testing.T) {
	site := layer(
		"layouts/gallery.html", `{{define "main"}}all{{end}}`,
		"themes/mine/theme.toml", `name = "Mine"`,
		"themes/mine/layouts/gallery-contest.html", `{{define "main"}}contest{{end}}`,
	)
	th, problems := theme.Load(theme.LoadOptions{Site: site, Builtin: themes.FS, Name: "mine"})
	if len(problems) > 0 {
		t.Error(messages(problems))
	}
	r, _ := th.For(echo{})
	for layout, want := range map[string]string{"gallery-contest": "contest\n</main>", "gallery-ugc": "all\n</main>", "gallery": "all\n</main>"} {
		var b bytes.Buffer
		if err := r.Render(&b, layout, views(th, 1)[1].data); err != nil || !strings.Contains(b.String(), want) {
			t.Errorf("%s: no %q (%v)", layout, want, err)
		}
	}
}

// An override that is wrong is told with its place, and the page is the same
// as without it.
func TestTemplateProblems(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"partials/credit.html", "<p>\n{{.CreditLine}", `partials/credit.html:2: bad character U+007D '}'`},
		{"partials/credit.html", "<p>\n  {{.CreditLin}}</p>", "partials/credit.html:2:5: a Card has no field \"CreditLin\"\n  hint: did you mean \"CreditLine\"?"},
		{"partials/credit.html", "{{with .Gallery}}{{.Titel}}{{end}}", `partials/credit.html:1:20: a Link has no field "Titel"`},
		{"partials/credit.html", "{{.CreditLine.Name}}", `partials/credit.html:1:14: .CreditLine.Name has no field "Name"`},
		{"partials/credit.html", "{{range .Title}}x{{end}}", `partials/credit.html:1:9: .Title is not a list`},
		{"partials/credit.html", "{{range $i, $c := .Credits}}{{$i}}{{$c.Nam}}{{end}}", `partials/credit.html:1:39: a Credit has no field "Nam"`},
		{"partials/credit.html", "{{nosuch .}}", `partials/credit.html:1: function "nosuch" not defined`},
		{"partials/card.html", "<li>\n{{template \"partials/figur\" .}}", "partials/card.html:2:12: no partial or block \"partials/figur\"\n  hint: did you mean \"partials/figure\"?"},
		{"partials/masthead.html", `{{asset "assets/icn.svg"}}`, "partials/masthead.html:1:3: no asset \"assets/icn.svg\"\n  hint: did you mean \"assets/icon.svg\"?"},
		{"layouts/gallery.html", "{{define \"main\"}}\nЙ{{.Itmes}}{{end}}", "layouts/gallery.html:2:4: a Gallery has no field \"Itmes\"\n  hint: did you mean \"Items\"?"},
		{"layouts/gallery.html", "{{define \"main\"}}<a href='{{if .Kind}}'{{end}}>{{end}}", "layouts/gallery.html:1:31: {{if}} branches end in different contexts\n"},
	} {
		th, problems := theme.Load(theme.LoadOptions{Site: layer(c.file, c.text), Builtin: themes.FS})
		r, more := th.For(echo{})
		if got := messages(append(problems, more...)); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s %q\ngot  %s\nwant %s", c.file, c.text, got, c.want)
		}
		_, good := plain(t, false)
		if v := views(th, 3)[1]; render(t, r, v) != render(t, good, v) {
			t.Errorf("%s %q: the page differs from plain's", c.file, c.text)
		}
	}
}

// What only goes wrong with a certain view is told when it does, and the page
// is written with plain's files.
func TestRenderProblem(t *testing.T) {
	site := layer("partials/credit.html", "{{.CreditLine}}\n{{index .Credits 7}}")
	th, problems := theme.Load(theme.LoadOptions{Site: site, Builtin: themes.FS})
	if len(problems) > 0 {
		t.Error(messages(problems))
	}
	r, _ := th.For(echo{})
	v := views(th, 3)[1]
	var b bytes.Buffer
	err := r.Render(&b, v.layout, v.data)
	failed, ok := err.(*theme.RenderError)
	if !ok || !strings.HasPrefix(failed.Problem.String(), "partials/credit.html:2:2: error calling index") {
		t.Errorf("got %v", err)
	}
	if _, good := plain(t, false); b.String() != render(t, good, v) {
		t.Error("the page differs from plain's")
	}
}

func TestManifestProblems(t *testing.T) {
	for _, c := range []struct{ toml, want string }{
		{`nam = "x"`, "themes/mine/theme.toml:1:1: unknown key \"nam\"\n  hint: did you mean \"name\"?"},
		{"schemes = [\"ligt\"]", `themes/mine/theme.toml:1:11: unknown schemes "ligt"`},
		{"page_size = -4", "themes/mine/theme.toml:1:13: page_size is -4"},
		{"needs = \">=9.1\"", "themes/mine/theme.toml:1:9: the theme needs Gallerist >=9.1, and this is 0.4.2"},
		{"extends = \"plan\"", "themes/mine/theme.toml:1:11: no theme \"plan\"\n  hint: did you mean \"plain\"?"},
		{"[renditions]\ntile = { widths = [640, 320], ratio = \"own\" }", "themes/mine/theme.toml:2:19: rendition \"tile\": width 320"},
		{"[renditions]\ntile = { widths = [640], ratio = \"3x2\" }", "themes/mine/theme.toml:2:34: rendition \"tile\": ratio \"3x2\""},
		{"[renditions]\ncard = { size = \"big\", draw = \"credit\" }", "themes/mine/theme.toml:2:17: rendition \"card\": size \"big\""},
		{"[settings.head]\ntype = \"choice\"\noptions = [\"flood\", \"photo\"]\ndefault = \"flod\"", "themes/mine/theme.toml:4:11: setting \"head\": unknown choice \"flod\"\n  hint: did you mean \"flood\"?"},
		{"scripts = [\"assets/js/vew.js\"]", "themes/mine/theme.toml: no asset \"assets/js/vew.js\""},
		{"name =", "themes/mine/theme.toml:1"},
	} {
		site := layer("themes/mine/theme.toml", c.toml)
		th, problems := theme.Load(theme.LoadOptions{Site: site, Builtin: themes.FS, Name: "mine", Version: "0.4.2"})
		if got := messages(problems); !strings.HasPrefix(got, c.want) {
			t.Errorf("%q\ngot  %s\nwant %s", c.toml, got, c.want)
		}
		if len(th.Renditions) != 6 || th.PageSize != 24 {
			t.Errorf("%q: plain's values are gone: %v, %d", c.toml, th.Renditions, th.PageSize)
		}
	}
}

func TestOptionProblems(t *testing.T) {
	at := problem.Pos{File: "site.toml", Line: 3}
	for _, c := range []struct {
		opt  theme.LoadOptions
		want string
	}{
		{theme.LoadOptions{Name: "plian"}, "site.toml:3: no theme \"plian\"\n  hint: did you mean \"plain\"?"},
		{theme.LoadOptions{Name: "../plain"}, `site.toml:3: no theme "../plain"`},
		{theme.LoadOptions{Brand: "red"}, `site.toml:3: brand "red" is not a colour`},
		{theme.LoadOptions{Settings: map[string]any{"brnd": "#fff"}}, "site.toml:3: the theme \"plain\" has no setting \"brnd\"\n  hint: did you mean \"brand\"?"},
		{theme.LoadOptions{Settings: map[string]any{"brand": int64(7)}}, `site.toml:3: setting "brand" of the theme "plain": "7" is not a colour`},
	} {
		c.opt.Builtin, c.opt.Pos = themes.FS, at
		th, problems := theme.Load(c.opt)
		if got := messages(problems); !strings.HasPrefix(got, c.want) {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
		if th.Name != "plain" || th.Palette.Brand.String() != "#b4482e" {
			t.Errorf("theme %q with brand %s", th.Name, th.Palette.Brand)
		}
	}
}

func TestFiles(t *testing.T) {
	site := layer(
		"themes/mine/theme.toml", "name = \"Mine\"\nscripts = [\"assets/js/view.js\"]\npreload = [\"assets/fonts/face.woff2\"]",
		"themes/mine/assets/js/view.js", "let  x = 1;\nexport { x };",
		"themes/mine/assets/fonts/face.woff2", "font",
		"themes/mine/assets/fonts/OFL.txt", "licence",
		"themes/mine/assets/css/tokens.css", "@font-face { font-family: F; src: url('../fonts/face.woff2') format('woff2'); }",
		"assets/css/site.css", ":root { --rad: 4px }",
	)
	th, problems := theme.Load(theme.LoadOptions{Site: site, Builtin: themes.FS, Name: "mine", Brand: "#0b7a5c", BasePath: "/sub/", Minify: true})
	if len(problems) > 0 {
		t.Error(messages(problems))
	}
	var names []string
	sheet := ""
	for _, f := range th.Files() {
		names = append(names, strings.SplitN(path.Base(f.Path), "-", 2)[0]+path.Ext(f.Path)+" "+f.Type)
		switch path.Ext(f.Path) {
		case ".css":
			if text := string(f.Bytes); strings.HasPrefix(path.Base(f.Path), "mine-") {
				sheet = text
			} else if !strings.HasPrefix(text, "@layer parts{") {
				t.Errorf("%s is in no layer", f.Path)
			}
		case ".svg":
			if !bytes.Contains(f.Bytes, []byte(th.Palette.Light.Fill.String())) || bytes.Contains(f.Bytes, []byte("var(")) {
				t.Errorf("the icon is not painted: %s", f.Bytes)
			}
		}
	}
	want := "face.woff2 font/woff2, icon.svg image/svg+xml, kinds.css text/css; charset=utf-8, mine.css text/css; charset=utf-8, poster.css text/css; charset=utf-8, view.js text/javascript; charset=utf-8"
	if got := strings.Join(names, ", "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	font := path.Base(th.Assets.Preload[0].Href)
	order := []string{"@layer tokens,base,layout,parts,site", "--brand:#0b7a5c", "url(" + font + ")", "@layer base", ".masthead", ".rows", "@media print", "@layer site", "--rad:4px"}
	for _, part := range order {
		_, rest, ok := strings.Cut(sheet, part)
		if !ok {
			t.Errorf("the style sheet has no %q after those before it in %q", part, order)
			break
		}
		sheet = rest
	}
	if !strings.HasPrefix(th.Assets.CSS, "/sub/assets/mine-") || len(th.Assets.Scripts) != 1 {
		t.Errorf("assets: %+v", th.Assets)
	}
}

func TestForeignURL(t *testing.T) {
	site := layer("assets/css/site.css", "\nbody { background: url(https://cdn.example/a.png) }")
	_, problems := theme.Load(theme.LoadOptions{Site: site, Builtin: themes.FS})
	if got, want := messages(problems), `assets/css/site.css:2: no asset "https://cdn.example/a.png"`; !strings.HasPrefix(got, want) {
		t.Errorf("got %s", got)
	}
}

// Colours stand in tokens.css alone.
func TestColorsInTokens(t *testing.T) {
	sheets, err := fs.Glob(themes.FS, "plain/assets/css/*.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sheets {
		text, err := fs.ReadFile(themes.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if path.Base(name) != "tokens.css" && colorLiteral.MatchString(line) {
				t.Errorf("%s:%d: a colour: %s", name, i+1, line)
			}
			if physical.MatchString(line) {
				t.Errorf("%s:%d: a physical side, which is the wrong one from right to left: %s", name, i+1, line)
			}
		}
	}
}

func TestSizes(t *testing.T) {
	th, _ := plain(t, false)
	for _, c := range []struct {
		rendition string
		ratio     float64
		want      string
	}{
		{"tile", 1.5, "(max-width:32rem) 92vw,450px"}, {"tile", 9, "(max-width:32rem) 92vw,720px"},
		{"plate", 1.5, "min(92vw,117vh)"}, {"nosuch", 1, "92vw"},
	} {
		if got := th.Sizes(c.rendition, c.ratio); got != c.want {
			t.Errorf("%s %v: %s", c.rendition, c.ratio, got)
		}
	}
}

// The labels that plain asks for; the builder holds them against the languages.
func TestLabels(t *testing.T) {
	th, _ := plain(t, false)
	labels := strings.Join(th.Labels(), " ")
	for _, want := range []string{"site.skip", "gallery.people", "piece.in_picture"} {
		if !strings.Contains(labels, want) {
			t.Errorf("no %s in %s", want, labels)
		}
	}
}
