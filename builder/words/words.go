// Package words finds phrases of a list in texts: whole words, whatever their
// case and what stands between them.
//
// Letters are compared composed (NFC) and case-folded (Unicode, full folding), and
// Russian ё as е. A word is a run of letters, marks and digits; of scripts that
// put no space between words, each character is one. Signs such as + $ # and
// emoji are words too, so that "C++" is not every "c"; other punctuation and white
// space only part words, so "black friday" is found in "Black-Friday".
package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"gallerist/builder/problem"
)

// Name is the file of a site's list, beside its settings.
const Name = "words.txt"

// MaxSize is how large a list may be, in bytes.
const MaxSize = 1 << 20

// List is a list of phrases.
type List struct {
	phrases []phrase
	first   map[string][]int // phrases by their first word
}

type phrase struct {
	Entry
	words []string
}

// Entry is one phrase of a list.
type Entry struct {
	Phrase string
	Line   int // where it stands in the list
}

// Match is where a phrase stands in a text, in bytes.
type Match struct {
	Entry
	From, End int
}

// Parse reads a list: a phrase a line; blank lines and those that begin with #
// count for nothing. A list that cannot be read is nil, and probs says why.
func Parse(src []byte, probs *problem.List) *List {
	pos := problem.Pos{File: Name}
	if !utf8.Valid(src) {
		probs.Errorf(pos, "save it as text in UTF-8", "the letters of the list of words cannot be told")
		return nil
	}
	l := &List{first: map[string][]int{}}
	seen := map[string]bool{}
	line := 0
	for text := range strings.Lines(strings.TrimPrefix(string(src), "\ufeff")) {
		line++
		text = strings.TrimSpace(text)
		if text == "" || text[0] == '#' {
			continue
		}
		words := foldAll(text)
		pos.Line = line
		switch key := strings.Join(words, " "); {
		case len(words) == 0:
			probs.Warnf(pos, "write a word, or several with spaces between them; a line that begins with # is for yourselves", "there is no word in this line")
		case !seen[key]:
			seen[key] = true
			l.first[words[0]] = append(l.first[words[0]], len(l.phrases))
			l.phrases = append(l.phrases, phrase{Entry{text, line}, words})
		}
	}
	return l
}

// Empty reports whether there is nothing to look for.
func (l *List) Empty() bool { return l == nil || len(l.phrases) == 0 }

// Find returns where phrases of the list stand in a text, from left to right.
func (l *List) Find(text string) (found []Match) {
	if l.Empty() {
		return nil
	}
	all := make([]word, 0, len(text)/6)
	for w, rest := next(text, 0); w.end > 0; w, rest = next(text, rest) {
		all = append(all, w)
	}
	for i, w := range all {
		for _, n := range l.first[w.folded] {
			p := l.phrases[n]
			if matches(all[i:], p.words) {
				found = append(found, Match{p.Entry, w.from, all[i+len(p.words)-1].end})
			}
		}
	}
	return found
}

func matches(all []word, words []string) bool {
	if len(all) < len(words) {
		return false
	}
	for i, w := range words {
		if all[i].folded != w {
			return false
		}
	}
	return true
}

type word struct {
	folded    string
	from, end int
}

func foldAll(text string) (words []string) {
	for w, rest := next(text, 0); w.end > 0; w, rest = next(text, rest) {
		words = append(words, w.folded)
	}
	return words
}

// next returns the first word of a text from an offset on, and where to look for
// the one after it. The last one ends at 0.
func next(text string, from int) (w word, rest int) {
	for from < len(text) {
		r, size := utf8.DecodeRuneInString(text[from:])
		switch {
		case alone(r):
			return word{fold(text[from : from+size]), from, from + size}, from + size
		case inWord(r):
			end := from + size
			for end < len(text) {
				r, size := utf8.DecodeRuneInString(text[end:])
				if !inWord(r) || alone(r) {
					break
				}
				end += size
			}
			return word{fold(text[from:end]), from, end}, end
		}
		from += size
	}
	return word{}, from
}

func inWord(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return isCyrillic(r) || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}

// unspaced are scripts that put no space between words.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// alone reports whether a character is a word by itself.
func alone(r rune) bool {
	if r < 0x80 {
		return strings.ContainsRune("+$<=>|~^#@%&*", r)
	}
	return !isCyrillic(r) && (unicode.IsSymbol(r) || r >= 0xe00 && unicode.In(r, unspaced...))
}

// isCyrillic reports whether a character is a letter of a Cyrillic alphabet; it
// saves looking most of them up.
func isCyrillic(r rune) bool { return r >= 0x400 && r <= 0x481 }

var yo = strings.NewReplacer("ё", "е")

// fold makes words equal that are the same word.
func fold(s string) string {
	if strings.IndexFunc(s, isHard) < 0 {
		return strings.Map(soft, s)
	}
	return yo.Replace(norm.NFC.String(cases.Fold().String(norm.NFC.String(s))))
}

// isHard reports whether a letter may be folded otherwise than to its small form,
// or composed: letters of European and Cyrillic alphabets are not.
func isHard(r rune) bool {
	return r >= 0x80 && (r < 0xc0 || r > 0xff || r == 'ß') && !isCyrillic(r)
}

func soft(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r == 'ё' || r == 'Ё':
		return 'е'
	case r < 0x80:
		return r
	}
	return unicode.ToLower(r)
}
