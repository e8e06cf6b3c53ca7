package importer

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"

	"gallerist/builder/strict"
)

var tag = regexp.MustCompile(`</?(?:p|br)\s*/?>`)

// FuzzEscape: Markdown shows escaped words as they were, and as nothing but
// paragraphs and lines.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"Мурка *не* пьёт", "1. one\n2) two", "# no title\n\n> none", "olya_photo _x_ __y__", "<b>&amp;</b>", "a\\", "- x\n+ y\n= z",
		"[a](b) ![c](d)", "`code` ~~no~~", "---\n***\n+++", "http://a.example/?b_c=d&e;", "a\n\n\n   b\n\tc", "Setext\n===", "a | b\n--|--", "line  \nbreak\\\nend", "&#35; &x", "_\u0301_a_"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strict.Clean(strings.ToValidUTF8(s, ""))
		var b bytes.Buffer
		if err := goldmark.Convert([]byte(Escape(s)), &b); err != nil {
			t.Fatal(err)
		}
		got := html.UnescapeString(tag.ReplaceAllString(b.String(), " "))
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(s), " ") || strings.Contains(tag.ReplaceAllString(b.String(), ""), "<") {
			t.Errorf("%q is written %q and shown as %q", s, Escape(s), b.String())
		}
	})
}
