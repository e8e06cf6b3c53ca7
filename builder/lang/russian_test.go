package lang

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestRussianNames(t *testing.T) {
	data, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	check := func(name, gender string, c nameCase, want string) {
		got, ok := inflect(name, gender, c)
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("%s of %q, gender %q: %s, want %s", [...]string{"genitive", "dative"}[c], name, gender, got, want)
		}
	}
	names := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		f := strings.Fields(line)
		if len(f) != 5 {
			t.Fatalf("line has %d columns: %s", len(f), line)
		}
		name, gender, without := f[0], f[1], f[4]
		names[name] = true
		for c, form := range f[2:4] {
			if gender != "-" {
				check(name, gender, nameCase(c), form)
				check(norm.NFD.String(name), gender, nameCase(c), form)
			}
			if without == "-" {
				form = "-"
			}
			check(name, "", nameCase(c), form)
		}
	}
	if len(names) < 600 {
		t.Errorf("only %d names", len(names))
	}
}

// What is no single given name in Russian letters is never inflected, nor is a
// surname behind a name.
func TestRussianNamesLeftAlone(t *testing.T) {
	for _, name := range []string{
		"", "olya_photo", "Olya", "Oля", "Оля2", "@оля", "Оля П.", "О.", "Оля Петрова", "Ольга Римская-Корсакова", "Анна Мария", "Пётр I", "Иван Иванович", "Ольга и Пётр", "Ольга&Пётр",
		"«Оля»", "\"Оля\"", "Кафе Ромашка", "Оля🌸", "ООО", "МАМА", "Маша!", "Оля-", "-Оля", "--", "-", "Маша-2", "Олеся+Лев",
		"Оксана’", "Зоя\u0301", "Їжак", "Ўладзь", "Әсел", "O'Нил", "Абд-ар-Рахман", " Оля", "Оля\n", "ь", "ъъъ", "Я",
	} {
		for _, gender := range []string{"f", "m", ""} {
			for _, c := range []nameCase{genitive, dative} {
				if got, ok := inflect(name, gender, c); ok {
					t.Errorf("inflect(%q, %q) = %q, want none", name, gender, got)
				}
			}
		}
	}
}

func FuzzRussianNames(f *testing.F) {
	for _, s := range []string{"Оля", "Анна-Мария", "Лев", "Ё", "ёё", "а-а", "Бщ", "Ая", "\xff", "Й", "Иий"} {
		f.Add(s, "f")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, name, gender string) {
		for _, c := range []nameCase{genitive, dative} {
			got, ok := inflect(name, gender, c)
			if !ok {
				if got != "" {
					t.Errorf("%q beside false", got)
				}
				continue
			}
			if !utf8.ValidString(got) || got == "" || strings.ContainsAny(got, " \n") {
				t.Errorf("inflect(%q) = %q", name, got)
			}
			if a, b := []rune(norm.NFC.String(name))[0], []rune(got)[0]; a != b {
				t.Errorf("inflect(%q) = %q begins with another letter", name, got)
			}
		}
	})
}
