package card

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/image/math/fixed"
)

// piece is a part of a text within which no line ends.
type piece struct {
	text  string
	end   ending // of a line after this piece
	space bool   // a space follows, unless the line ends
	dash  bool   // a hyphen is added if the line ends
	width fixed.Int26_6
}

// ending says how well a line can end after a piece.
type ending int

const (
	good   ending = iota // after a comma, a dash, a full stop
	plain                // between words
	poor                 // a preposition of three letters, a number and its noun
	hyphen               // between syllables
	inside               // within a compound: only where there is no room otherwise
	bound                // between words that belong together or letters: the same
)

// pieces divides a cleaned text at the places where a line may end, in the
// language's way.
func pieces(clean, lang string) []piece {
	var out []piece
	words := strings.Split(clean, " ")
	for i, w := range words {
		parts := compound(w)
		for k, part := range parts {
			p := piece{text: part, end: inside}
			if k == len(parts)-1 {
				p.space, p.end = true, plain
				if i+1 < len(words) {
					p.end = between(w, words[i+1], lang)
				}
			}
			out = append(out, p)
		}
	}
	out[len(out)-1].space = false
	return out
}

// compound divides a word after the hyphens that have two letters on both
// sides, after slashes and at zero-width spaces.
func compound(word string) []string {
	var parts []string
	r := []rune(word)
	from := 0
	for i, c := range r {
		divides := c == zeroWidth || c == '/' && i > 1 && i+2 < len(r) ||
			(c == '-' || c == '‐' || c == '–') && letters(r[:i]) >= 2 && letters(r[i+1:]) >= 2 && unicode.IsLetter(r[i-1])
		if !divides {
			continue
		}
		parts = append(parts, strings.TrimSuffix(string(r[from:i+1]), string(zeroWidth)))
		from = i + 1
	}
	return append(parts, string(r[from:]))
}

func letters(r []rune) int {
	n := 0
	for _, c := range r {
		if unicode.IsLetter(c) {
			n++
		}
	}
	return n
}

// What stays with the word before it, and what is loath to end a line. After
// Мильчин and Чельцова, Справочник издателя и автора (2014), 8.2.
var (
	particles    = []string{"б", "бы", "ж", "же", "ли", "ль", "би", "чи"}
	prepositions = []string{
		"без", "для", "над", "под", "при", "про", "изо", "обо", "ото", "или", "как", "что", "між", "від", "або",
		"the", "and", "for", "but", "nor", "von", "und", "der", "die", "das", "les", "des", "una", "los",
	}
	// leaning are words of two letters that belong to the next; he, we, am do not.
	leaning = []string{
		"во", "да", "до", "за", "зі", "из", "із", "ко", "на", "не", "ни", "ні", "но", "об", "од", "от",
		"по", "са", "со", "та", "то", "ад", "bo", "do", "ku", "na", "ni", "od", "po", "se", "za", "ze", "we",
	}
)

// between says how well a line can end between two words.
func between(word, next, lang string) ending {
	core, rest := coreOf(word)
	follows, _ := coreOf(next)
	switch {
	case onlyDashes(next), slices.Contains(particles, strings.ToLower(follows)):
		return bound
	case strings.ContainsAny(word, "№§#") && core == "":
		return bound
	case isNumber(core) && rest == "":
		if n := letters([]rune(follows)); n <= 8 || isNumber(follows) {
			return bound // 5 кг, 10 000, 7 утра, 31 октября
		}
		return poor
	case rest == "." && letters([]rune(core)) <= 2 && core != "":
		return bound // А. Блок, ул. Мира, St. Ives
	case rest != "":
		return good
	}
	switch n := letters([]rune(core)); {
	case n == 0:
		if onlyDashes(word) {
			return good
		}
		return plain
	case n == 1, n == 2 && language(lang) != "en" && slices.Contains(leaning, strings.ToLower(core)):
		return bound
	case n == 2, slices.Contains(prepositions, strings.ToLower(core)):
		return poor
	}
	return plain
}

// coreOf returns a word without the marks before it, and those after it.
func coreOf(word string) (core, after string) {
	isCore := func(r rune) bool { return isWord(r) || unicode.Is(unicode.M, r) }
	from := strings.IndexFunc(word, isCore)
	if from < 0 {
		return "", ""
	}
	to := strings.LastIndexFunc(word, isCore)
	for to++; to < len(word) && word[to]&0xc0 == 0x80; to++ { // to the end of that rune
	}
	return word[from:to], word[to:]
}

func onlyDashes(word string) bool { return word != "" && strings.Trim(word, "—–-") == "" }

func isNumber(core string) bool {
	return core != "" && strings.Trim(core, "0123456789.,:–-×") == ""
}

// language returns the first subtag of a BCP 47 tag.
func language(tag string) string {
	first, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(first)
}

// measure gives each piece its width.
func (s *setter) measure(ps []piece, st style) {
	for i := range ps {
		ps[i].width = s.set(ps[i].text, st).width
	}
}

// divide divides the pieces that are wider than the line at syllables, or,
// where there are none, between letters.
func (s *setter) divide(ps []piece, st style, width fixed.Int26_6) []piece {
	var out []piece
	for _, p := range ps {
		if p.width <= width {
			out = append(out, p)
			continue
		}
		out = append(out, s.parts(p.text, st, width)...)
		last := &out[len(out)-1]
		last.end, last.space, last.dash = p.end, p.space, p.dash
	}
	return out
}

// parts divides one word at the author's soft hyphens or into syllables; a
// part that is still too wide is divided further.
func (s *setter) parts(word string, st style, width fixed.Int26_6) []piece {
	r := []rune(word)
	at := divisions(r)
	if at == nil {
		return s.letters(r, st)
	}
	var out []piece
	from := 0
	for _, to := range append(at, len(r)) {
		p := piece{text: strings.Trim(string(r[from:to]), string(softHyphen)), end: hyphen, dash: true}
		p.width = s.set(p.text, st).width
		if p.width <= width {
			out = append(out, p)
		} else {
			out = append(out, s.parts(p.text, st, width)...)
			last := &out[len(out)-1]
			last.end, last.dash = hyphen, true
		}
		from = to
	}
	return out
}

// letters divides a word into letters with their marks.
func (s *setter) letters(word []rune, st style) []piece {
	var out []piece
	for i, r := range word {
		if n := len(out); n > 0 && isMark(r) {
			out[n-1].text += string(r)
			continue
		}
		if i > 0 {
			out[len(out)-1].dash = unicode.IsLetter(r) && unicode.IsOneOf([]*unicode.RangeTable{unicode.L, unicode.M}, word[i-1])
		}
		out = append(out, piece{text: string(r), end: bound})
	}
	s.measure(out, st)
	return out
}
