package theme_test

import (
	"path"
	"strings"
	"testing"

	"gallerist/builder/theme"
	"gallerist/themes"
)

// sheetOf returns the style sheet of all pages.
func sheetOf(t *testing.T, th *theme.Theme) string {
	t.Helper()
	for _, f := range th.Files() {
		if strings.HasSuffix(th.Assets.CSS, f.Path) {
			return string(f.Bytes)
		}
	}
	t.Fatal("no style sheet")
	return ""
}

// What a site sets of a theme's tokens stands after the theme's, and a script's
// page is told of the face that its first view wants.
func TestTokensAndFonts(t *testing.T) {
	mine := []string{
		"themes/mine/theme.toml", "name = \"Mine\"\n[fonts]\nlatin = \"assets/fonts/l.woff2\"\ncyrillic = \"assets/fonts/c.woff2\"\n[palette]\ntint = 2\ndark = 0.12\n" +
			"[settings.edge]\ntype = \"number\"\ntoken = \"rad\"\ndefault = 0\n",
		"themes/mine/assets/fonts/l.woff2", "latin", "themes/mine/assets/fonts/c.woff2", "cyrillic",
		"themes/mine/assets/css/parts.more.css", ".card { color: var(--tint-2); }",
		"themes/mine/assets/js/spare.js", "let x",
		"assets/fonts/own.woff2", "own",
	}
	load := func(settings map[string]any) *theme.Theme {
		th, problems := theme.Load(theme.LoadOptions{Site: layer(mine...), Builtin: themes.FS, Name: "mine", Settings: settings, Minify: true})
		if len(problems) > 0 {
			t.Error(messages(problems))
		}
		return th
	}
	names := func(list []theme.Preload) string {
		var out []string
		for _, p := range list {
			out = append(out, strings.SplitN(path.Base(p.Href), "-", 2)[0])
		}
		return strings.Join(out, " ")
	}

	th := load(nil)
	if th.Fonts["latin"] == nil || names(th.Fonts["latin"]) != "l" || names(th.Fonts["cyrillic"]) != "c" || names(th.Fonts["arabic"]) != "" {
		t.Errorf("fonts are %v", th.Fonts)
	}
	sheet := sheetOf(t, th)
	if strings.Contains(sheet, "--tint-1:") || strings.Count(sheet, "--tint-2:") != 2 {
		t.Error("not the roles that are used, in both schemes")
	}
	if strings.Contains(sheet, "--rad:0}") || !strings.Contains(sheet, th.Palette.Dark.Paper.String()) {
		t.Error("a default was written, or the ground was not")
	}
	if plain, _ := theme.Load(theme.LoadOptions{Builtin: themes.FS}); plain.Palette.Dark.Paper == th.Palette.Dark.Paper {
		t.Error("the ground is plain's")
	}
	if parts, more := strings.Index(sheet, ".masthead"), strings.Index(sheet, "var(--tint-2)"); more < parts {
		t.Error("what is added does not come after")
	}
	for _, f := range th.Files() {
		if strings.Contains(f.Path, "spare") {
			t.Error("a script that nobody lists is published")
		}
	}

	th = load(map[string]any{"font": "assets/fonts/own.woff2", "text_font": `"Noto Serif", serif`, "edge": int64(4)})
	sheet = sheetOf(t, th)
	for _, part := range []string{"Site font", "url(own-", "--font-display:\"Site font\",system-ui", "--font-text:\"Noto Serif\",serif", "--rad:4"} {
		if !strings.Contains(strings.ReplaceAll(sheet, ", ", ","), part) {
			t.Errorf("the sheet lacks %s", part)
		}
	}
	if got := names(th.Fonts["cyrillic"]); got != "own" {
		t.Errorf("wanted before the first view: %s", got)
	}
	if th = load(map[string]any{"font": "Georgia, serif"}); names(th.Fonts["latin"]) != "" {
		t.Error("a face that is not used is fetched")
	}
}

func TestSpans(t *testing.T) {
	lanes := theme.Layout{Engine: "lanes", LaneUnits: 40, WordsLine: 20, WordsLineUnits: 4, WordsUnits: 20}
	for _, c := range []struct{ got, want string }{
		{lanes.PictureSpan(1.5), "27"}, {lanes.PictureSpan(.5), "80"},
		{lanes.PictureSpan(2, "Olya was given the slippers."), "23"},
		{lanes.WordsSpan("Short."), "24"}, {lanes.WordsSpan(strings.Repeat("д", 41), "title"), "35"},
		{theme.Layout{Engine: "rows"}.PictureSpan(1.5), ""}, {theme.Layout{}.WordsSpan("words"), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
