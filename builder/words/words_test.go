package words

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"gallerist/builder/problem"
)

const list = "\ufeff# ours\r\nCasino\nчёрный кот\n\n  black   friday \nC++\nstraße\ncasino\n猫\n🍆\nİs\ncafé\n5 %\n"

func TestFind(t *testing.T) {
	var probs problem.List
	l := Parse([]byte(list), &probs)
	if len(probs) > 0 {
		t.Fatal(probs)
	}
	for text, want := range map[string]string{
		"A casino, CASINO!":                  "2:2-8 2:10-16",
		"casinos and casino's and my-casino": "2:12-18 2:28-34",
		"Черный кот и ЧЁРНЫЙ\nКОТ":           "3:0-19 3:23-42",
		"Чёрные коты":                        "",
		"Black-Friday; black, friday":        "5:0-12 5:14-27",
		"black fridays, blackfriday":         "",
		"I like C++ and c + +, not c":        "6:7-10 6:15-20",
		"STRASSE, Straße":                    "7:0-7 7:9-16",
		"私の猫です":                              "9:6-9",
		"x🍆y":                                "10:1-5",
		"Cafe\u0301, CAFÉ":                   "12:0-6 12:8-13",
		"5%, 5 percent":                      "13:0-2",
		"":                                   "",
	} {
		got := ""
		for _, m := range l.Find(text) {
			got += fmt.Sprintf(" %d:%d-%d", m.Line, m.From, m.End)
		}
		if got = strings.TrimSpace(got); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	var probs problem.List
	if l := Parse([]byte("\xff"), &probs); !l.Empty() || probs.Count(problem.Error) != 1 {
		t.Errorf("%v", probs)
	}
	probs = nil
	if l := Parse([]byte("#\n...\n"), &probs); !l.Empty() || len(probs) != 1 || probs[0].Pos.Line != 2 {
		t.Errorf("%v", probs)
	}
}

// FuzzFind: every phrase is found in itself, in capitals and between words, and
// each match is a part of the text.
func FuzzFind(f *testing.F) {
	for s := range strings.Lines(list) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var probs problem.List
		l := Parse([]byte(s), &probs)
		if l.Empty() {
			return
		}
		p := l.phrases[0].Phrase
		for _, text := range []string{p, "one " + p + ", two", p + "\n" + p} {
			found := l.Find(text)
			if len(found) == 0 {
				t.Fatalf("%q is not found in %q", p, text)
			}
			for _, m := range found {
				if m.From >= m.End || m.End > len(text) || !utf8.ValidString(text[m.From:m.End]) {
					t.Fatalf("%q: %+v", text, m)
				}
			}
		}
	})
}

// TestFold: the short way to fold a word is the long way.
func TestFold(t *testing.T) {
	for r := rune(1); r < 0x3000; r++ {
		s := string(r) + "x"
		long := yo.Replace(norm.NFC.String(cases.Fold().String(norm.NFC.String(s))))
		if got := fold(s); got != long {
			t.Errorf("%q: %q, not %q", s, got, long)
		}
	}
}
