package theme_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var (
	colorLiteral = regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklch|oklab|color)\(`)
	physical     = regexp.MustCompile(`(?:margin|padding|border|inset)-(?:left|right|top|bottom)|text-align: (?:left|right)|[\s;{](?:left|right|top|bottom|width|height):`)
)

// FuzzText puts one text into every string of every view: whatever it is, the
// pages have the same elements with the same attributes as with a harmless
// text, no address runs a script, and programs write what html/template does.
func FuzzText(f *testing.F) {
	for _, seed := range []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='x`, "javascript:alert(1)",
		"</title><b>", "--><b>", "<!--", "a b", "`${x}`", "\x00<b>", "&lt;b&gt;", "url(javascript:x)", "1;background:url(x)", "}*{display:none",
		"https://x.example/\"onload=\"x", "data:text/html,<b>", "a, javascript:x 2x", "https://x.example/é?a=1&b=%zz+%20", "mailto:a@b.example", "HTTPS://x/", "//x.example/[1]", "/a%2", "/it's(1)", "\xff\xfe<", "{{.}}", "{{template \"x\"}}", "\u2028<i>",
	} {
		f.Add(seed)
	}
	th, r := plain(f, true)
	const harmless = "x"
	skeletons := map[string]string{}
	for _, v := range views(th, 3) {
		fill(reflect.ValueOf(v.data), harmless)
		skeletons[v.layout], _ = skeleton(f, render(f, r, v))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.TrimSpace(text) == "" {
			return // an empty text leaves its element out
		}
		for _, v := range views(th, 3) {
			fill(reflect.ValueOf(v.data), text)
			page := render(t, r, v)
			if page != render(t, r.Slow(), v) {
				t.Errorf("%s: with %q a program writes another page than html/template", v.layout, text)
			}
			got, bad := skeleton(t, page)
			if got != skeletons[v.layout] {
				t.Errorf("%s: %q changes the page", v.layout, text)
			}
			if bad != "" {
				t.Errorf("%s: %q gives %s", v.layout, text, bad)
			}
		}
	})
}

// fill sets every plain string below v. Finished HTML is left as it is: it is
// not text.
func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && v.Type().Elem().Name() != "Assets" {
			fill(v.Elem(), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), text)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fill(v.Index(i), text)
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.CanSet() {
			v.SetString(text)
		}
	}
}

// skeleton lists elements with the names of their attributes, and returns the
// first attribute that could run something.
func skeleton(t testing.TB, page string) (shape, bad string) {
	var b strings.Builder
	for n := range parseHTML(t, page).Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		b.WriteString("<" + n.Data)
		for _, a := range n.Attr {
			if a.Key == "style" {
				// A ratio or a colour that is none is left out.
				if strings.Trim(a.Val, "-:;#.%rnxy0123456789abcdef Zgotmpl") != "" {
					bad = a.Key + "=" + a.Val
				}
			}
			b.WriteString(" " + a.Key)
			scheme, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(a.Val)), ":")
			if (a.Key == "href" || a.Key == "src" || a.Key == "poster") && (scheme == "javascript" || scheme == "data" || scheme == "vbscript") {
				bad = a.Key + "=" + a.Val
			}
		}
	}
	return b.String(), bad
}
