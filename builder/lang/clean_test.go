package lang

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestIsClean holds that what is taken for clean is.
func TestIsClean(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	parts := []string{"a", "Оля", "é", "שלום", "日本", "👩‍👧", " ", " ", "\t", "\n", "\u00a0", "\u00ad", "\u0085", "\u200b", "\u200d", "\u2028", "\u202e", "\u2068", "\u2003", "\u061c", "\ufeff", "\ufffd", "\xff", "\xe2\x80", "\x7f", "\x00"}
	clean := 0
	for range 50_000 {
		var b strings.Builder
		for range r.IntN(5) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		if s := b.String(); isClean(s) {
			clean++
			if got := scrub(s); got != s {
				t.Fatalf("%q is taken for clean, and would be %q", s, got)
			}
		}
	}
	if clean < 1000 {
		t.Errorf("only %d texts were clean", clean)
	}
	for _, s := range []string{"", "Olya", "Оля Иванова-Петрова", "Zoë d’Arc", "李小龍", "אורי לוי"} {
		if !isClean(s) {
			t.Errorf("%q takes the long way", s)
		}
	}
}

// TestTypeset holds Typeset against the same rule in words: of the space after
// a short word or a number, but before a long word, or before a dash, a no-break space.
func TestTypeset(t *testing.T) {
	l, _ := Load("ru")
	glue := l.lists["language.glue"]
	r := rand.New(rand.NewPCG(3, 4))
	parts := []string{"и", "«И", "Не", "кошка", "—", "–", "", "(в", "дом", "До", "сна.", "22", "Лосиноостровской"}
	for range 20_000 {
		words := make([]string, r.IntN(7))
		for i := range words {
			words[i] = parts[r.IntN(len(parts))]
		}
		want := ""
		for i, w := range words {
			space := " "
			if i == len(words)-1 {
				space = ""
			} else if next := words[i+1]; next == "—" || next == "–" || next != "Лосиноостровской" && (w == "22" || slices.Contains(glue, strings.ToLower(strings.TrimLeft(w, "«„(")))) {
				space = "\u00a0"
			}
			want += w + space
		}
		if got := l.Typeset(strings.Join(words, " ")); got != want {
			t.Fatalf("%q: %q, want %q", words, got, want)
		}
	}
}
