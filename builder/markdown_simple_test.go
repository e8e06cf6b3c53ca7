package builder

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// plainScraps are what texts are put together from that are mostly, but not
// always, read without a tree.
var plainScraps = []string{
	"word", "word", " ", " ", " ", "a b", "ж", "é", "— ", "\u00a0", "\u3000", "\u200b", "\u0301", "7", "12 ", "3. ", "4) ", "\n", "\n", "\n\n", "\n\n", "\n \n",
	"\n- ", "\n- ", "- ", "\n> ", "\n> ", "> ", ">", "-", "\n\n- ", "\n\n> ", "\n-\n", "- - ", "+ ", "# ", "=", "\n===", "\n---\n", "|", "    ", "\t",
	" *a* ", "*b c*", " *d*,", "*", "**", " **e** ", "**f.**", "(*g*)", "***", "_", "~", "`", "\\", "&amp;", "&", "\"", "'", "<", "!", "?", ".", ":", ";", "[", "]", "(", ")",
	"[h](https://h.example/a-b_c)", "[i j](http://i.example)", "![k](https://k.example)", "[](https://l.example)", "[*m*](https://m.example)", "*[n](https://n.example)*",
	"[o]: https://o.example\n", "[o]", "(https://p.example)", "https://q.example", "[r](/r/)", "[s](https://s.example 't')", "(w", "(www.", "\x00", "\x7f", "\xff", "\r",
}

// TestSimple holds that what is read without a tree is what goldmark makes of
// it, HTML and words.
func TestSimple(t *testing.T) {
	m, r := newMarkdown("/sub/"), rand.New(rand.NewPCG(5, 6))
	taken := 0
	for range 100_000 {
		var b strings.Builder
		for range 1 + r.IntN(12) {
			b.WriteString(plainScraps[r.IntN(len(plainScraps))])
		}
		if sameSimply(t, m.stranger, b.String()) {
			taken++
		}
		sameSimply(t, m.owner, b.String())
	}
	if taken < 3_000 {
		t.Errorf("of 100,000 texts %d were read without a tree: this tests little", taken)
	}
}

// TestSimpleTakes holds that ordinary texts are read without a tree, and that
// those that need a second look are not.
func TestSimpleTakes(t *testing.T) {
	m := newMarkdown("/")
	for src, want := range map[string]bool{
		"Тихо — и *никого*. \n\n> Да, сказал **снег**.\n> Нет.\n\n- раз\n- [два](https://a.example/b)\n\n\"Three\" (four)!": true,
		"7 cats\nand a dog > a bird\n\n\n": true,
		"a\n- b":                           false,
		"a\n===":                           false,
		"- a\n\n- b":                       false,
		"- a\nb":                           false,
		"1. a":                             false,
		"![a](https://b.c)":                false,
		"[a]: https://b.c":                 false,
		"a * b":                            false,
		"snake_case":                       false,
		"a | b\n--- | ---":                 false,
		"a &amp; b":                        false,
		"# a":                              false,
	} {
		if taken := sameSimply(t, m.stranger, src); taken != want {
			t.Errorf("%q: read without a tree: %v, want %v", src, taken, want)
		}
	}
}

// sameSimply compares both ways of reading a text, where both are open to it,
// and says whether they are.
func sameSimply(t *testing.T, d *dialect, src string) bool {
	t.Helper()
	if strings.TrimSpace(src) == "" || bare([]byte(src)) {
		return false
	}
	s := new(simple)
	if !s.read(d.links, src) {
		return false
	}
	html, words := s.story(true)
	if wantHTML, wantWords := d.parsed([]byte(src), false, true); html != wantHTML || words != wantWords {
		t.Fatalf("%q\n got %q, %q\nwant %q, %q", src, html, words, wantHTML, wantWords)
	}
	return true
}

func FuzzSimple(f *testing.F) {
	for _, s := range plainScraps {
		f.Add(s + "\nword" + s + " word\n\n" + s)
	}
	f.Add("A *b* **c** [d](https://e.example).\n\n> f\n> g\n\n- h\n- i\n\nj \"k\" (l)! 12 m.\n")
	m := newMarkdown("/")
	f.Fuzz(func(t *testing.T, src string) {
		if text, _, _ := checkMarkdown(src); text == "" {
			sameSimply(t, m.stranger, src)
			sameSimply(t, m.owner, src)
		}
	})
}

func BenchmarkSimple(b *testing.B) {
	src := "So for it a *quiet* water another [waited](https://example.org/field/it) for **light rain** like before. Once of because and a had.\n\n" +
		"> Us, said the storm.\n\nHad seen once and else nobody another.\n\n- the shore\n- a *narrow* morning\n"
	m := newMarkdown("/")
	b.Run("simple", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			m.story(src)
		}
	})
	b.Run("tree", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			m.stranger.parsed([]byte(src), false, true)
		}
	})
}
