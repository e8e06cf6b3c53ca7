package audit_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/lang"
	"gallerist/builder/theme"
	"gallerist/builder/theme/audit"
	"gallerist/themes"
)

func speak(tag string) theme.Words {
	words, _ := lang.Load(tag)
	return words
}

func load(t testing.TB, site fstest.MapFS, name string) *theme.Theme {
	t.Helper()
	opt := theme.LoadOptions{Builtin: themes.FS, Name: name, Minify: true}
	if site != nil {
		opt.Site = site
	}
	th, problems := theme.Load(opt)
	for _, p := range problems {
		t.Error(p)
	}
	return th
}

// TestBuiltin holds that nothing is wrong with the themes that come with the program.
func TestBuiltin(t *testing.T) {
	plain := load(t, nil, "plain")
	for _, name := range []string{"plain", "broadsheet", "courtyard", "limelight"} {
		for _, p := range audit.Check(load(t, nil, name), plain, speak) {
			t.Error(p)
		}
	}
}

// TestNothingNeedless holds what is not wrong: selectors and values that resemble what
// is, and copies of plain's own files.
func TestNothingNeedless(t *testing.T) {
	site := fstest.MapFS{
		"themes/mine/theme.toml":                 {Data: []byte("name = \"Mine\"\n")},
		"themes/mine/assets/css/tokens.more.css": {Data: []byte(":root { --night: #123; }\n")},
		"themes/mine/assets/css/parts.more.css": {Data: []byte(`/* a { left: 0; color: #fff } */
.a:is(.b, .c > .d .e) > li a[href^="#fff"] { background: url("data:image/svg+xml,%3Csvg fill='red'%3E"), var(--night); content: "#fff; left: 1px }"; }
.a:hover:focus { opacity: .5; color: var(--absent, var(--ink)); margin: 0 auto 1em auto; white-space: nowrap; }
@media (prefers-reduced-motion: no-preference) { .a { animation: x 1s; } }
@keyframes x { 0%, 50%, 100% { translate: 0 } }
@media print { .a { color: black !important } }
.a, .a:hover { display: flex }
.m { mask: linear-gradient(#000 0 0); fill: currentColor; color: transparent; }
`)},
	}
	for _, name := range []string{"partials/card.html", "layouts/gallery.html"} {
		_, text, err := load(t, nil, "plain").Copy(name)
		if err != nil {
			t.Fatal(err)
		}
		site["themes/mine/"+name] = &fstest.MapFile{Data: text}
	}
	ps := audit.Check(load(t, site, "mine"), load(t, nil, "plain"), speak)
	if len(ps) != 1 || !strings.Contains(ps[0].Text, `"black" stands outside`) { // print has colours of its own in tokens.css
		t.Errorf("told %v", ps)
	}
}

// TestTokens holds what show prints: the last value that stands, by scheme.
func TestTokens(t *testing.T) {
	site := fstest.MapFS{
		"themes/mine/theme.toml": {Data: []byte("name = \"Mine\"\n")},
		"assets/css/site.css":    {Data: []byte(":root{--paper:#eee}@media (prefers-color-scheme:dark){:root{--paper:#111}}@media print{:root{--paper:#fff}}\n")},
	}
	for _, token := range audit.Tokens(load(t, site, "mine")) {
		if token.Name == "--paper" && (token.Light != "#eee" || token.Dark != "#111") || token.Name == "--rad" && token.Dark != "" {
			t.Errorf("got %+v", token)
		}
	}
}

// TestEveryProblemOccurs: each text that this package can report stands in a script of
// the command.
func TestEveryProblemOccurs(t *testing.T) {
	var shown strings.Builder
	scripts, _ := filepath.Glob("../../../cmd/gallerist/testdata/script/theme-check*.txtar")
	for _, name := range scripts {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		shown.Write(data)
	}
	sources, _ := filepath.Glob("*.go")
	found := 0
	for _, name := range sources {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if text, ok := told(n); ok {
				found++
				pattern := regexp.MustCompile(`%[a-z.0-9]+`).ReplaceAllString(regexp.QuoteMeta(text), ".+")
				pattern = regexp.MustCompile(`%\\\.[0-9]f|%[a-z]`).ReplaceAllString(pattern, ".+")
				if !regexp.MustCompile(`(?m): (?:warning: )?` + pattern).MatchString(shown.String()) {
					t.Errorf("no script shows the problem %q", text)
				}
			}
			return true
		})
	}
	if found < 30 {
		t.Errorf("only %d problems found in the code", found)
	}
}

// told is the text of a call that tells a problem.
func told(n ast.Node) (string, bool) {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return "", false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	at := map[string]int{"Errorf": 2, "Warnf": 2, "errorf": 1, "warnf": 1}[sel.Sel.Name]
	if at == 0 || len(call.Args) <= at {
		return "", false
	}
	lit, ok := call.Args[at].(*ast.BasicLit)
	if !ok {
		return "", false
	}
	text, _ := strconv.Unquote(lit.Value)
	return text, text != "%s"
}

// FuzzSheets: whatever stands in a sheet, looking at it ends and places are in it.
func FuzzSheets(f *testing.F) {
	for _, seed := range []string{"", "a{b:c}", "@media print{a{b:c;d:e}}", "/*", "a{", "}", "a{b:'", `a{b:"\`, "a{b:url(", ":root{--ink:var(--ink)}", "a{margin:1 2 3 4}", "a,,b>c~d{left:0}", ";;;", "@import 'x'", "a:hover{opacity:0!important}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, css string) {
		lines := 1 + strings.Count(css, "\n")
		for _, p := range audit.Sheet("x.css", css) {
			if p.Pos.Line < 1 || p.Pos.Line > lines || p.Pos.Col < 1 {
				t.Errorf("%q: %v", css, p)
			}
		}
	})
}
