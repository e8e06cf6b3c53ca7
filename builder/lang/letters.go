package lang

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ownLetters are letters with marks that a language's dictionaries count as
// letters of their own, by language, in upper case.
var ownLetters = map[string]string{
	"es": "Ñ",
	"pl": "ĄĆĘŁŃÓŚŹŻ",
	"tr": "ÇĞİÖŞÜ",
	"uk": "ЇҐ",
}

// upper and lower are those of unicode, but in Turkish, where i and ı are two
// letters, i is the small letter of İ, and ı that of I.
func (l *Language) upper(r rune) rune {
	if l.base == "tr" {
		return unicode.TurkishCase.ToUpper(r)
	}
	return unicode.ToUpper(r)
}

// Initial returns the first letter of a name as a capital of the language, for a
// monogram.
func (l *Language) Initial(name string) string {
	for _, r := range norm.NFC.String(name) {
		return string(l.upper(r))
	}
	return ""
}

func (l *Language) lower(r rune) rune {
	if l.base == "tr" {
		return unicode.TurkishCase.ToLower(r)
	}
	return unicode.ToLower(r)
}

// lastItem returns the pattern that joins the last item to a list. In Spanish
// "y" is "e" before the sound i: "Ana e Inés", but "Ana y Hielo", where the i
// is half a vowel (Real Academia Española, Diccionario panhispánico de dudas,
// under "y").
func (l *Language) lastItem(item string) text {
	t := l.words["list.last"].forms[other]
	if l.base != "es" || !beginsWithI(item) {
		return t
	}
	changed := make(text, len(t))
	for i, p := range t {
		if p.name == "" {
			p.literal = strings.ReplaceAll(p.literal, " y ", " e ")
		}
		changed[i] = p
	}
	return changed
}

// beginsWithI reports whether a Spanish word begins with the sound i, and not
// with the half of a diphthong.
func beginsWithI(word string) bool {
	word = strings.ToLower(word)
	word = strings.TrimPrefix(word, "h")
	if rest, found := strings.CutPrefix(word, "i"); found {
		return !strings.HasPrefix(rest, "a") && !strings.HasPrefix(rest, "e") && !strings.HasPrefix(rest, "o") && !strings.HasPrefix(rest, "u")
	}
	return strings.HasPrefix(word, "í")
}
