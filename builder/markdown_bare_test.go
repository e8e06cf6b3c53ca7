package builder

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
)

// scraps are what texts are put together from, to hold that leaving Linkify
// away changes nothing.
var scraps = []string{
	"http:", "https://a.example", "HTTP://b.example", "ftp://c.example/d", "www.e.example", "www.", "@", "f@g.example",
	" ", " ", " ", "  ", "\t", "\n", "\n", "\n\n", "\r\n", "\r", "\v", "\u00a0", "*", "_", "**", "~~", "(", ")", "[", "]", "](", "![",
	"](https://h.example)", "](https://h.example/a-b_c)", "<https://i.example>", "<b>", "</b>", "<", ">", "[j]: http://k.example",
	"\\", "`", "&amp;", "&", "\"", ".", ":", "!", "|", "- ", "> ", "# ", "1. ", "    ", "===", "word", "x", "ж", "\x00", "\xff",
}

// TestWithoutLinkify holds that a text gives the same HTML and the same words
// whether or not Linkify may be left away.
func TestWithoutLinkify(t *testing.T) {
	m := newMarkdown("/sub/")
	r := rand.New(rand.NewPCG(1, 2))
	left := 0
	for range 20_000 {
		var b strings.Builder
		for range 2 + r.IntN(14) {
			b.WriteString(scraps[r.IntN(len(scraps))])
		}
		if !bare([]byte(b.String())) {
			left++
		}
		sameWithLinkify(t, m.stranger, b.String())
		sameWithLinkify(t, m.owner, b.String())
	}
	if left < 1000 {
		t.Errorf("of 20,000 texts Linkify was left away in %d: this tests nothing", left)
	}
}

func sameWithLinkify(t *testing.T, d *dialect, src string) {
	t.Helper()
	if strings.TrimSpace(src) == "" {
		return // for goldmark a space beyond ASCII is a word
	}
	wantHTML, wantWords := d.parsed([]byte(src), true, true)
	if html, words := d.read(src, true); html != wantHTML || words != wantWords {
		t.Fatalf("%q\n got %q, %q\nwant %q, %q", src, html, words, wantHTML, wantWords)
	}
}

func FuzzWithoutLinkify(f *testing.F) {
	for _, s := range []string{
		"a http://b.example/c d", "[a](https://b.example)", "\\[a](https://b.example) www.c.example", "a@b.example",
		"a \t \nb", "[a [b](c)](https://d.example)", "`a`http://b.example", "[a]: http://b.example\n\n[a] c",
	} {
		f.Add(s)
	}
	m := newMarkdown("/")
	f.Fuzz(func(t *testing.T, src string) {
		if text, _, _ := checkMarkdown(src); text == "" {
			sameWithLinkify(t, m.stranger, src)
		}
	})
}

// TestPlainAddress holds that the short way is right where it is taken.
func TestPlainAddress(t *testing.T) {
	l, r, taken := links{basePath: "/"}, rand.New(rand.NewPCG(3, 4)), 0
	parts := []string{"https://", "http://", "https:", "a", "Z", "0", "-", "_", ".", "/", "//", ":80", "@", "?", "#", "%41", "%", "ж", "example.org", "[", "\\", "&amp;", " ", "~"}
	for range 50_000 {
		var b strings.Builder
		b.WriteString(parts[r.IntN(2)])
		for range r.IntN(6) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		dest := []byte(b.String())
		if !plainAddress(string(dest)) {
			continue
		}
		taken++
		if want, ok := l.oddHref(dest); !ok || want != string(dest) {
			t.Fatalf("%q is taken for plain, and would be %q, %v", dest, want, ok)
		}
	}
	if taken < 1000 {
		t.Errorf("only %d addresses were plain", taken)
	}
}

func TestSingleSpaced(t *testing.T) {
	for _, s := range []string{"", " ", "a", " a", "a ", "a b", "a  b", "a\nb", "a \n", "а\u00a0б", "a\u2003 b", "\x85 a", "тихо — и"} {
		if got, want := singleSpaced(s), strings.Join(strings.Fields(s), " "); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// TestIsSpace holds that no white space beyond ASCII begins with another byte.
func TestIsSpace(t *testing.T) {
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		if got := isSpace(string(r)); got != unicode.IsSpace(r) {
			t.Errorf("U+%04X: %v", r, got)
		}
	}
}
