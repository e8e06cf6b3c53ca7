package lang

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestGenitive(t *testing.T) {
	data, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	check := func(name, gender, want string) {
		got, ok := genitive(name, gender)
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("genitive(%q, %q) = %s, want %s", name, gender, got, want)
		}
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		f := strings.Fields(line)
		if len(f) != 4 {
			t.Fatalf("line has %d columns: %s", len(f), line)
		}
		n++
		name, gender, form, without := f[0], f[1], f[2], f[3]
		if without == "=" {
			without = form
		}
		if gender != "-" {
			check(name, gender, form)
			check(norm.NFD.String(name), gender, form)
		}
		check(name, "", without)
	}
	if n < 300 {
		t.Errorf("only %d names", n)
	}
}

// What is no single given name in Russian letters is never inflected.
func TestGenitiveGuards(t *testing.T) {
	for _, name := range []string{
		"", "olya_photo", "Olya", "Oля", "Оля2", "@оля", "Оля П.", "О.", "Оля Петрова", "Ольга и Пётр", "Ольга&Пётр",
		"«Оля»", "\"Оля\"", "Кафе Ромашка", "Оля🌸", "ООО", "МАМА", "Маша!", "Оля-", "-Оля", "--", "-", "Маша-2", "Олеся+Лев",
		"Оксана’", "Зоя\u0301", "Їжак", "Ўладзь", "Әсел", "O'Нил", "Абд-ар-Рахман", " Оля", "Оля\n", "ь", "ъъъ", "Я",
	} {
		for _, gender := range []string{"f", "m", ""} {
			if got, ok := genitive(name, gender); ok {
				t.Errorf("genitive(%q, %q) = %q, want none", name, gender, got)
			}
		}
	}
}

func FuzzGenitive(f *testing.F) {
	for _, s := range []string{"Оля", "Анна-Мария", "Лев", "Ё", "ёё", "а-а", "Бщ", "Ая", "\xff", "Й", "Иий"} {
		f.Add(s, "f")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, name, gender string) {
		got, ok := genitive(name, gender)
		if !ok {
			if got != "" {
				t.Errorf("%q beside false", got)
			}
			return
		}
		if !utf8.ValidString(got) || got == "" || strings.ContainsAny(got, " \n") {
			t.Errorf("genitive(%q) = %q", name, got)
		}
		if a, b := []rune(norm.NFC.String(name))[0], []rune(got)[0]; a != b {
			t.Errorf("genitive(%q) = %q begins with another letter", name, got)
		}
	})
}
