package lang

import (
	"fmt"
	"testing"
)

// Polish: names stay in the nominative, dates take the genitive, and of the
// numbers that end in 1 only 1 itself is one.
func TestPolish(t *testing.T) {
	l := load(t, "pl")
	testSentences(t, l, sentences{
		one:    "Zdjęcie: Оля, Москва",
		two:    "Zdjęcie: Оля (Москва) i Лев (Казань)",
		five:   "Zdjęcie: Оля, Маша, Оля, Маша i jeszcze 1 osoba, Москва",
		nobody: "Zdjęcie: jedna z uczestniczących osób",
		roles:  "Taniec: Оля, Москва; montaż: Лев, Казань",
		thanks: [2]string{"Dziękujemy!", "Dziękujemy, Олю!"},
		owners: [2]string{"Autorstwo i prawa: Оля. Pokazujemy za zgodą autora lub autorki", "Autorstwo i prawa: Оля i Лев. Pokazujemy za zgodą wszystkich autorów"},
		day:    "9 listopada 2026", month: "listopad 2026", weekday: "poniedziałek, 9 listopada 2026",
		inMonth: "1–9 listopada 2026", inYear: "30 października – 9 listopada 2026", years: "30 grudnia 2026 – 9 stycznia 2027",
		every: "w każdy poniedziałek", everyOther: "co drugi poniedziałek",
		plurals: map[int]string{0: "0 prac", 1: "1 praca", 2: "2 prace", 3: "3 prace", 5: "5 prac", 11: "11 prac", 21: "21 prac", 101: "101 prac", 1022: "1\u00a0022 prace"},
		list:    "А, Б i В", quote: [2]string{"Kawiarnia „Rumianek”", "„Kawiarnia «Rumianek»”"}, decimal: "8,67", country: "Ukraina",
		glued: "Hasło na\u00a0dziś\u00a0– kawa i\u00a0rozmowa",
	})
}

// The categories of Polish by CLDR, counted another way: by the last digits
// as they are written.
func TestPolishCategories(t *testing.T) {
	l := load(t, "pl")
	for n := range 1200 {
		s := fmt.Sprintf("%02d", n)
		tens, last := s[len(s)-2], s[len(s)-1]
		want := many
		switch {
		case s == "01":
			want = one
		case tens != '1' && last >= '2' && last <= '4':
			want = few
		}
		if got := l.category(n); got != want {
			t.Errorf("%d: %s, want %s", n, categoryNames[got], categoryNames[want])
		}
	}
}
