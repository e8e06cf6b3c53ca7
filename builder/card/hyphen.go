package card

import "unicode"

// A word is divided only where it is longer than its line. The rules are few
// and careful rather than complete: each part has a vowel and two letters at
// least, and a part begins with one consonant and its vowel.
//
// Russian: Правила русской орфографии и пунктуации (1956), §§ 117–124: no
// part without a vowel, no single letter, none that begins with ь, ъ or й;
// § 119 leaves the place among several consonants free. English: divisions
// between two consonants that are heard apart, and before common endings.

const (
	cyrillicVowels = "аеёиоуыэюяіїєѣәөүұӓӧӱӹӑӗ"
	latinVowels    = "aeiouyàáâãäåāăąæèéêëēĕėęěìíîïĩīįòóôõöøōŏőœùúûüũūůűųýÿ"
	greekVowels    = "αάεέηήιίϊΐοόυύϋΰωώ"
	neverFirst     = "ьъйў" // a part does not begin with these
)

// pairs of letters that stand for one sound and stay together.
var oneSound = []string{"th", "sh", "ch", "ph", "wh", "gh", "ck", "qu", "dj", "дж", "дз"}

// endings before which an English word divides well.
var endings = []string{"tion", "sion", "ment", "ness", "less", "ship", "ful", "ing", "ble"}

// divisions returns the places (in runes) at which the word may be divided
// with a hyphen. Soft hyphens of the author go before all rules.
func divisions(word []rune) []int {
	var at []int
	for i, r := range word {
		if r == softHyphen && i > 0 && i+1 < len(word) {
			at = append(at, i+1)
		}
	}
	if at != nil {
		return at
	}
	for i, last := 2, 0; i+2 <= len(word); i++ {
		if i-last >= 2 && divides(word, i) {
			at, last = append(at, i), i
		}
	}
	return at
}

func divides(word []rune, i int) bool {
	low := func(k int) rune { return unicode.ToLower(word[k]) }
	for k := i - 2; k < i+2; k++ {
		if !unicode.IsLetter(word[k]) {
			return false
		}
	}
	if isIn(neverFirst, low(i)) || !hasVowel(word[:i]) || !hasVowel(word[i:]) {
		return false
	}
	for _, pair := range oneSound {
		if string([]rune{low(i - 1), low(i)}) == pair {
			return false
		}
	}
	if unicode.Is(unicode.Latin, word[i]) {
		return dividesLatin(word, i)
	}
	before := low(i - 1)
	if isVowel(low(i)) {
		return before == 'ъ' || before == 'й' || isVowel(before) && !isVowel(low(i-2)) // объ-езд, рай-он, по-эма
	}
	return isVowel(low(i + 1)) // сест-ра, боль-шой
}

func dividesLatin(word []rune, i int) bool {
	low := func(k int) rune { return unicode.ToLower(word[k]) }
	for _, end := range endings {
		if string(lower(word[i:])) == end && i >= 3 {
			return true
		}
	}
	digraph := false
	if i+2 < len(word) {
		for _, pair := range oneSound {
			digraph = digraph || string([]rune{low(i), low(i + 1)}) == pair && isVowel(low(i+2))
		}
	}
	return i+3 <= len(word) && !isVowel(low(i-1)) && !isVowel(low(i)) && (isVowel(low(i+1)) || digraph)
}

func lower(word []rune) []rune {
	out := make([]rune, len(word))
	for i, r := range word {
		out[i] = unicode.ToLower(r)
	}
	return out
}

func hasVowel(word []rune) bool {
	for _, r := range word {
		if isVowel(unicode.ToLower(r)) {
			return true
		}
	}
	return false
}

func isVowel(r rune) bool {
	return isIn(cyrillicVowels, r) || isIn(latinVowels, r) || isIn(greekVowels, r)
}

func isIn(set string, r rune) bool {
	for _, s := range set {
		if s == r {
			return true
		}
	}
	return false
}
