package theme

import (
	"bytes"
	"html/template"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/themes"
)

var escapeTemplates = template.Must(template.New("").Parse(
	`{{define "text"}}<p>{{.}}</p>{{end}}{{define "attribute"}}<p title="{{.}}">{{end}}{{define "title"}}<title>{{.}}</title>{{end}}{{define "address"}}<a href="{{.}}">{{end}}`))

// What programs write by themselves is what html/template writes.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "a & b", "seven_s<", "eight of+plain", "a long text of plain words & one that's not", "плохо\x00long\"enough>", "<script>", `"'+`, "\x00", "\xff", "\u2028", "javascript:alert(1)", "//x", "https://x/%zz?a=b&c=[d]#e", "/a b", "mailto:a@b", "mailto:?subject=a%20b&body=it's", "mailto://a:b", "Mailto:a", "http://x/\u00e9'()"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, around := range map[string][2]string{
			"text": {"<p>", "</p>"}, "attribute": {`<p title="`, `">`}, "title": {"<title>", "</title>"}, "address": {`<a href="`, `">`},
		} {
			var want bytes.Buffer
			var got output
			if err := escapeTemplates.ExecuteTemplate(&want, name, s); err != nil {
				t.Fatal(err)
			}
			got.write(around[0])
			if name == "address" {
				writeAddress(&got, s)
			} else {
				writeText(&got, s)
			}
			got.write(around[1])
			if string(got.page) != want.String() {
				t.Errorf("%s of %q: %q, want %q", name, s, got.page, &want)
			}
		}
	})
}

// A template that calls itself for ever is a fault of the theme, which the
// page survives.
func TestEndlessTemplate(t *testing.T) {
	site := fstest.MapFS{"partials/figure.html": {Data: []byte(`{{template "partials/figure" .}}`)}}
	th, _ := Load(LoadOptions{Site: site, Builtin: themes.FS})
	r, _ := th.For(noWords{})
	view := &List{Base: Base{Site: &Site{}, Page: &Page{}, Assets: th.Assets}, Items: []*Card{{}}}
	var b bytes.Buffer
	if _, ok := r.Render(&b, "list", view).(*RenderError); !ok || !strings.Contains(b.String(), "</html>") {
		t.Errorf("the page is not whole")
	}
}

// In a title, HTML is text as well.
func TestHTMLInTitle(t *testing.T) {
	site := fstest.MapFS{
		"partials/words.html": {Data: []byte(`{{.}}`)},
		"layouts/home.html":   {Data: []byte(`{{define "title"}}{{template "partials/words" .Intro}}{{end}}{{define "main"}}{{template "partials/words" .Intro}}{{end}}`)},
	}
	th, problems := Load(LoadOptions{Site: site, Builtin: themes.FS})
	r, more := th.For(noWords{})
	view := &Home{Base: Base{Site: &Site{}, Page: &Page{}, Assets: th.Assets}, Intro: "<p>a & b</p></title><b>"}
	var fast, slow bytes.Buffer
	errFast, errSlow := r.Render(&fast, "home", view), r.Slow().Render(&slow, "home", view)
	if fast.String() != slow.String() || errFast != nil || errSlow != nil {
		t.Errorf("got  %s\nwant %s\n%v %v %v", &fast, &slow, problems, more, errFast)
	}
}
