package lang

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestCompare(t *testing.T) {
	ru := []string{
		"Алёна", "Алена Б.", "«Белка»", "Ёжик", "Елена", "Ель", "Ёлка", "Ем", "Иван", "Ия", "Йога", "Йод", "Клуб 2", "Клуб 10", "оля", "Оля",
		"Яна", "Anna", "Élise", "Emma", "ليلى", "4-й курс", "12", "🌸",
	}
	for tag, sorted := range map[string][]string{
		"ru": {"Алёна", "Алена Б.", "«Белка»", "Ёжик", "Елена", "Ёлка", "Ель", "Ем", "Иван", "Ия", "Йога", "Йод", "Клуб 2", "Клуб 10", "оля", "Оля",
			"Яна", "Anna", "Élise", "Emma", "ليلى", "🌸", "4-й курс", "12"},
		"en": {"Anna", "Élise", "Emma", "Алёна", "Алена Б.", "«Белка»", "Ёжик", "Елена", "Ёлка", "Ель", "Ем", "Иван", "Ия", "Йога", "Йод",
			"Клуб 2", "Клуб 10", "оля", "Оля", "Яна", "ليلى", "🌸", "4-й курс", "12"},
	} {
		l := load(t, tag)
		got := slices.Clone(ru)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, l.Compare)
		if !slices.Equal(got, sorted) {
			t.Errorf("%s:\n got %q\nwant %q", tag, got, sorted)
		}
		again := slices.Clone(ru)
		SortBy(l, again, func(s string) string { return s })
		if !slices.Equal(again, got) {
			t.Errorf("%s: SortBy and Compare differ: %q", tag, again)
		}
	}
}

func TestLetter(t *testing.T) {
	l := load(t, "ru")
	for name, want := range map[string]string{
		"Оля": "О", "оля": "О", "Ёлка": "Е", "ёж": "Е", "Йога": "Й", "и\u0306од": "Й", "«Кафе»": "К", "4-й курс": "#", "🌸": "#", "": "#",
		"Élise": "E", "@olya": "O", "ليلى": "ل", "ﬁn": "F",
	} {
		if got := l.Letter(name); got != want {
			t.Errorf("Letter(%q) = %q, want %q", name, got, want)
		}
	}
}

// Names of one letter always stand together.
func FuzzLettersStandTogether(f *testing.F) {
	f.Add("Ёж", "Йод", "Ель")
	f.Add("Łukasz", "Lena", "Æsa")
	f.Add("4", "", "٣")
	l := load(f, "ru")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		names := []string{a, b, c}
		slices.SortFunc(names, l.Compare)
		if l.Letter(names[0]) == l.Letter(names[2]) && l.Letter(names[1]) != l.Letter(names[0]) {
			t.Errorf("%q has %q between its ends' %q", names, l.Letter(names[1]), l.Letter(names[0]))
		}
		if l.Compare(a, b) != -l.Compare(b, a) || (l.Compare(a, b) == 0) != (a == b) {
			t.Errorf("Compare(%q, %q) is not an order", a, b)
		}
	})
}

func BenchmarkSortKey(b *testing.B) {
	l := load(b, "ru")
	b.ReportAllocs()
	for b.Loop() {
		l.SortKey("Анна-Мария")
	}
}
