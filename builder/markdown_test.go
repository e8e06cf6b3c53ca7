package builder

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestMarkdown(t *testing.T) {
	m := newMarkdown("/sub/")
	for src, want := range map[string]string{
		"A *story*.":                              "<p>A <em>story</em>.</p>\n",
		"# Big":                                   "<h2>Big</h2>\n",
		"### Small\n\n#### Smaller":               "<h2>Small</h2>\n<h3>Smaller</h3>\n",
		"<script>alert(1)</script>":               "<!-- raw HTML omitted -->\n",
		"[x](javascript:alert(1))":                "<p>x</p>\n",
		"[x](javascript&colon;alert(1))":          "<p>x</p>\n",
		"[x](JaVaScRiPt&#58;alert(1))":            "<p>x</p>\n",
		"[x](//evil.example/)":                    "<p>x</p>\n",
		"[x](data:text/html,hi)":                  "<p>x</p>\n",
		"[x](https://e.example/?a=1&b=2 \"t\")":   `<p><a href="https://e.example/?a=1&amp;b=2" rel="nofollow ugc noopener">x</a></p>` + "\n",
		"[x](/morning/)":                          `<p><a href="/sub/morning/">x</a></p>` + "\n",
		"https://e.example/":                      `<p><a href="https://e.example/" rel="nofollow ugc noopener">https://e.example/</a></p>` + "\n",
		"<me@e.example>":                          `<p><a href="mailto:me@e.example">me@e.example</a></p>` + "\n",
		"![cat](//t.example/x.gif)":               "<p>cat</p>\n",
		"![cat](https://t.example/x.gif)":         `<p><a href="https://t.example/x.gif" rel="nofollow ugc noopener">cat</a></p>` + "\n",
		"![a \"b\" 1<2](data:image/png;base64,x)": "<p>a &#34;b&#34; 1&lt;2</p>\n",
		"|a|b|\n|-|-|\n|1|2|":                     "<p>|a|b|\n|-|-|\n|1|2|</p>\n", // no tables from strangers
	} {
		if got, _ := m.story(src); string(got) != want {
			t.Errorf("%q\n got %q\nwant %q", src, got, want)
		}
	}
	if got := m.HTML("|a|b|\n|-|-|\n|1|2|"); !strings.Contains(string(got), "<table>") {
		t.Errorf("the owner's table became %q", got)
	}
}

func TestCheckMarkdown(t *testing.T) {
	for src, line := range map[string]int{
		"fine\n\n> a quotation\n- a list":             0,
		"- - - -\n***\n-----------------------------": 0,
		"one\n" + strings.Repeat("> ", 21) + "x":      2,
		strings.Repeat("- ", 50_000) + "x":            1,
		strings.Repeat("> - ", 11):                    1,
		strings.Repeat("[a](", 2001):                  1,
		strings.Repeat("x", maxLine+1):                1,
		strings.Repeat("|", 22):                       1,
		strings.Repeat("|a|\n", 201):                  201,
		"2026.11.02) was a day":                       0,
	} {
		if text, hint, got := checkMarkdown(src); got != line || (text == "") != (line == 0) || (hint == "") != (line == 0) {
			t.Errorf("%.30q: %q at line %d, want line %d", src, text, got, line)
		}
	}
}

func TestExcerpt(t *testing.T) {
	m := newMarkdown("/")
	src := "# Кот\n\nМурка *не пьёт* кофе, но [присматривает](https://e.example/) за ним.\n\n- раз\n- два"
	if got, want := m.excerpt(src, 500), "Кот Мурка не пьёт кофе, но присматривает за ним. раз два"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := m.excerpt(src, 20), "Кот Мурка не пьёт…"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// FuzzMarkdown holds that no text of a stranger becomes markup that can act.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", "![x](x\" onerror=\"alert(1))", "```\"><script>\nx\n```",
		"[a]: javascript:alert(1)\n[a]", "<javascript:alert(1)>", "[x](  \tjava\nscript:alert(1))", "\\[x](y)",
	} {
		f.Add(s)
	}
	m := newMarkdown("/")
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 4000 {
			return
		}
		if text, _, _ := checkMarkdown(src); text != "" {
			return
		}
		story, _ := m.story(src)
		out := string(story)
		z := html.NewTokenizer(strings.NewReader(out))
		for {
			kind := z.Next()
			if kind == html.ErrorToken {
				return
			}
			if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
				continue
			}
			checkTag(t, src, z.Token())
		}
	})
}

// allowedTags are the elements that Markdown of strangers may become, with
// their attributes.
var allowedTags = map[string]string{
	"p": "", "em": "", "strong": "", "del": "", "a": "href rel", "blockquote": "", "ul": "", "ol": "start", "li": "",
	"h2": "", "h3": "", "h4": "", "h5": "", "h6": "", "hr": "", "br": "", "code": "class", "pre": "",
}

func checkTag(t *testing.T, src string, tag html.Token) {
	attrs, ok := allowedTags[tag.Data]
	if !ok {
		t.Errorf("%q became the element %s", src, tag)
	}
	for _, a := range tag.Attr {
		if !strings.Contains(" "+attrs+" ", " "+a.Key+" ") || attrs == "" {
			t.Errorf("%q got the attribute %s", src, tag)
		}
		scheme, _, found := strings.Cut(strings.ToLower(strings.TrimSpace(a.Val)), ":")
		if a.Key == "href" && found && scheme != "http" && scheme != "https" && scheme != "mailto" && !strings.ContainsAny(scheme, "/?#") {
			t.Errorf("%q got the address %q", src, a.Val)
		}
	}
}
