package lang

import (
	"math/rand/v2"
	"slices"
	"strings"
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

// Names stand in the order of the language's own alphabet, each under its letter.
func TestAlphabets(t *testing.T) {
	for tag, alphabet := range map[string]string{
		"uk": "А Б В Г Ґ Д Е Є Ж З И І Ї Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ь Ю Я",
		"pl": "A Ą B C Ć D E Ę F G H I J K L Ł M N Ń O Ó P Q R S Ś T U V W X Y Z Ź Ż",
	} {
		l := load(t, tag)
		want := strings.Fields(alphabet)
		got := slices.Clone(want)
		slices.Reverse(got)
		SortBy(l, got, func(letter string) string { return letter + "я" })
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %q\nwant %q", tag, got, want)
		}
		for _, letter := range want {
			if got := l.Letter(strings.ToLower(letter)); got != letter {
				t.Errorf("%s: %s stands under %s", tag, letter, got)
			}
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
