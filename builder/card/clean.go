package card

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	nbsp        = '\u00a0'
	narrowNBSP  = '\u202f'
	figureSpace = '\u2007'
	softHyphen  = '\u00ad'
	zeroWidth   = '\u200b' // a place where a line may end
	hardHyphen  = '\u2011' // a hyphen at which no line ends
	dropped     = -1       // stands for a symbol that is left out

	longestText   = 600 // letters of a text that are looked at; no card has room for them
	marksOnLetter = 2   // marks on one letter that are still drawn
)

// Clean returns the text as a card can show it: in NFC, without emoji and
// other symbols that the fonts lack (nor the blanks around them), without
// characters that only steer, each stretch of blanks one space. Letters in
// disguise, such as 𝓜 and Ⓜ, become plain ones. Spaces and hyphens at which no
// line may end stay what they are, and so do soft hyphens.
func Clean(text string) string {
	if simple(text) {
		return text
	}
	return newSetter().clean(text)
}

func (s *setter) clean(text string) string {
	var out []rune
	space, drop := false, false // seen since the last rune of out
	for _, r := range s.plain(text) {
		switch r {
		case ' ':
			space = true
			continue
		case dropped:
			drop = true
			continue
		}
		if n := len(out); n > 0 {
			joins := drop && isWord(out[n-1]) && isWord(r) // a symbol was all that parted them
			closes := drop && strings.ContainsRune(",.!?:;)»”", r)
			if (space || joins) && !closes && !isBlank(out[n-1]) && !isBlank(r) {
				out = append(out, ' ')
			}
		}
		out = append(out, r)
		space, drop = false, false
	}
	return norm.NFC.String(strings.TrimFunc(string(out), func(r rune) bool {
		return isBlank(r) || r == softHyphen || r == zeroWidth
	}))
}

// Draws reports whether every letter of the text, once cleaned, has a glyph
// in the fonts: Latin, Cyrillic and Greek have. What Draw cannot draw it
// leaves out as a whole.
func Draws(text string) bool {
	if simple(text) {
		return true
	}
	s := newSetter()
	return s.draws(s.clean(text))
}

// simple reports whether a text surely is what Clean makes of it, and can be
// drawn: letters and signs of ours with single spaces between words.
func simple(text string) bool {
	if len(text) > longestText {
		return false
	}
	known, before := lone(), ' '
	for _, r := range text {
		if r == ' ' && before == ' ' || int(r) >= len(known) || !known[r] {
			return false
		}
		before = r
	}
	return before != ' ' || text == ""
}

// lone marks the runes of Latin, Greek and Cyrillic, and the dashes and
// quotation marks, that stay as they are whatever is beside them.
var lone = sync.OnceValue(func() *[0x2040]bool {
	var table [0x2040]bool
	s := newSetter()
	mark := func(from, to rune) {
		for r := from; r < to; r++ {
			out := s.plain(string(r))
			table[r] = len(out) == 1 && out[0] == r && s.has(r) && !unicode.Is(unicode.M, r)
		}
	}
	mark(' ', 0x7f)
	mark(0xa1, softHyphen)
	mark(softHyphen+1, rune(len(common())))
	mark(0x2012, 0x2028)
	return &table
})

func (s *setter) draws(clean string) bool {
	marks, letter := 0, false
	for _, r := range clean {
		switch {
		case r == softHyphen || r == zeroWidth:
		case !s.has(r):
			return false
		case isMark(r):
			if marks++; !letter || marks > marksOnLetter {
				return false
			}
		default:
			marks, letter = 0, isWord(r)
		}
	}
	return true
}

// plain returns the runes of the text with blanks as spaces and what cannot
// be drawn as letters replaced, dropped or, if it is a letter, kept.
func (s *setter) plain(text string) []rune {
	var out []rune
	for _, r := range norm.NFC.String(firstLetters(text)) {
		switch {
		case r == narrowNBSP || r == figureSpace:
			out = append(out, nbsp)
		case r == nbsp || r == softHyphen || r == zeroWidth:
			out = append(out, r)
		case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
			out = append(out, ' ')
		case isSteering(r):
		case s.has(r):
			out = append(out, r)
		default:
			out = append(out, s.substitute(r)...)
		}
	}
	return out
}

// substitute returns what stands for a rune that has no glyph.
func (s *setter) substitute(r rune) []rune {
	alike := []rune(norm.NFKC.String(string(r)))
	for _, a := range alike {
		if !s.has(a) {
			alike = nil
			break
		}
	}
	switch {
	case alike != nil:
		return alike
	case isSymbol(r):
		return []rune{dropped}
	}
	return []rune{r}
}

// firstLetters cuts a text that is longer than any card has room for, between
// letters.
func firstLetters(text string) string {
	n := 0
	for i, r := range text {
		if n >= longestText && !unicode.Is(unicode.M, r) || n >= 2*longestText {
			return text[:i]
		}
		n++
	}
	return text
}

func isBlank(r rune) bool { return r == ' ' || r == nbsp }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isMark reports whether the rune is drawn over or under the letter before it.
func isMark(r rune) bool { return r >= 0x300 && unicode.Is(unicode.Mn, r) }

// isAbove reports whether the mark stands over its letter: combining classes
// 230 and 232 of Unicode.
func isAbove(r rune) bool {
	class := norm.NFC.PropertiesString(string(r)).CCC()
	return class == 230 || class == 232
}

// isSteering reports whether the rune has no shape of its own: controls,
// joiners, directions, variation selectors, tags.
func isSteering(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector) || r == '\ufffd' || r == '\ufffc'
}

// isSymbol reports whether the rune is an emoji or another sign that a text
// can do without. Blocks of emoji are named so that those younger than the
// tables of this Go are known too; U+20E3 turns the digit before it into a key.
func isSymbol(r rune) bool {
	return unicode.In(r, unicode.So, unicode.Sk) || r >= 0x1f000 && r <= 0x1faff || r == '\u20e3'
}
