package lang

import (
	"slices"
	"strings"
	"unicode"
)

// SlugIn is Slug as readers of a language spell their letters in Latin ones. For
// languages without a habit that differs it is Slug.
//
//	uk  the official table (Cabinet of Ministers, no. 55, 2010): г h, и y, х kh; є, ї, й, ю, я with y first in a word
//	de  ä ae, ö oe, ü ue, ß ss
//	ar  consonants, long vowels and the hamza's seat; short vowels are not written
func SlugIn(language, s string) string {
	base, _, _ := strings.Cut(language, "-")
	spell := habits[base]
	if spell == nil {
		return Slug(s)
	}
	return slugWith(s, spell)
}

// Slugs returns every way that a text is spelled in an address, whatever the
// language: to look for a name that an address must not hold.
func Slugs(s string) []string {
	list := []string{Slug(s)}
	for _, spell := range habits {
		if slug := slugWith(s, spell); !slices.Contains(list, slug) {
			list = append(list, slug)
		}
	}
	return list
}

// habit returns how a letter between two others is written, false where Slug does
// it right. Before a word and after it there is 0.
type habit func(before, r, after rune) (latin string, ok bool)

var habits = map[string]habit{"uk": spellUkrainian, "de": spellGerman, "ar": spellArabic}

func spellUkrainian(before, r, _ rune) (string, bool) {
	first := !unicode.IsLetter(before) && before != '’' && before != '\''
	switch unicode.ToLower(r) {
	case 'г':
		if unicode.ToLower(before) == 'з' {
			return "gh", true
		}
		return "h", true
	case 'и':
		return "y", true
	case 'є':
		return initially(first, "ye", "ie"), true
	case 'ї':
		return initially(first, "yi", "i"), true
	case 'й':
		return initially(first, "y", "i"), true
	case 'ю':
		return initially(first, "yu", "iu"), true
	case 'я':
		return initially(first, "ya", "ia"), true
	case '’', '\'', 'ʼ':
		return "", true
	}
	return "", false
}

func initially(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

func spellGerman(_, r, _ rune) (string, bool) {
	switch r {
	case 'ä', 'Ä':
		return "ae", true
	case 'ö', 'Ö':
		return "oe", true
	case 'ü', 'Ü':
		return "ue", true
	case 'ß', 'ẞ':
		return "ss", true
	}
	return "", false
}

func spellArabic(before, r, after rune) (string, bool) {
	switch r {
	case 'و':
		return arabicGlide(before, after, "w", "u"), true
	case 'ي':
		return arabicGlide(before, after, "y", "i"), true
	}
	if unicode.Is(unicode.Mn, r) || r == 'ـ' { // short vowels, the long stroke
		return "", true
	}
	latin, ok := arabic[r]
	return latin, ok
}

// arabicGlide tells a consonant, at the beginning of a word and beside a vowel,
// from a long vowel.
func arabicGlide(before, after rune, consonant, vowel string) string {
	const vowels = "اأإآةى"
	if !unicode.IsLetter(before) || strings.ContainsRune(vowels, before) || strings.ContainsRune(vowels, after) {
		return consonant
	}
	return vowel
}

var arabic = map[rune]string{
	'ا': "a", 'أ': "a", 'إ': "i", 'آ': "a", 'ٱ': "a", 'ء': "", 'ؤ': "u", 'ئ': "i", 'ى': "a", 'ة': "a",
	'ب': "b", 'ت': "t", 'ث': "th", 'ج': "j", 'ح': "h", 'خ': "kh", 'د': "d", 'ذ': "dh", 'ر': "r", 'ز': "z",
	'س': "s", 'ش': "sh", 'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "gh", 'ف': "f", 'ق': "q",
	'ك': "k", 'ل': "l", 'م': "m", 'ن': "n", 'ه': "h", 'پ': "p", 'چ': "ch", 'ژ': "zh", 'گ': "g",
}
