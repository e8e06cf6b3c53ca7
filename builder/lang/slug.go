package lang

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gosimple/unidecode"
	"golang.org/x/text/unicode/norm"
)

// maxSlug is the length at which a slug is cut, at a hyphen where there is
// one in its second half.
const maxSlug = 60

// Slug makes the part of an address from a text: lower-case ASCII letters,
// digits and single hyphens. It is stable: the same text always gives the
// same slug, whatever the language. Texts without a letter or digit that has
// an ASCII counterpart give ""; the caller decides what then.
//
// Cyrillic is written as readers of English expect it and without marks, after
// BGN/PCGN romanization, in which й is y, х kh, ц ts, щ shch; ь and ъ fall
// away, ё is yo so that «объём» reads obyom, and е is always e. Other scripts
// are left to unidecode. Names that Windows keeps for devices get a final
// hyphen: "con-".
func Slug(s string) string { return slugWith(s, nil) }

func slugWith(s string, spell habit) string {
	room := [5 * maxSlug]byte{}
	b := room[:0]
	s = norm.NFC.String(strings.ToValidUTF8(s, ""))
	before := rune(0)
	for at, r := range s {
		if r < utf8.RuneSelf {
			b = appendSlug(b, byte(r))
		} else {
			latin, ok := "", false
			if spell != nil {
				after, size := utf8.DecodeRuneInString(s[at+utf8.RuneLen(r):])
				if size == 0 {
					after = 0
				}
				latin, ok = spell(before, r, after)
			}
			if !ok {
				latin, ok = cyrillic[r]
			}
			if !ok {
				latin = unidecode.Unidecode(string(r))
			}
			for i := range len(latin) {
				b = appendSlug(b, latin[i])
			}
		}
		if before = r; len(b) > 4*maxSlug {
			break
		}
	}
	slug := cut(string(bytes.Trim(b, "-")))
	if reserved(slug) {
		slug += "-"
	}
	return slug
}

// appendSlug adds c in lower case, with one hyphen for each run of anything
// that is no letter or digit. An apostrophe joins: "don't" gives "dont".
func appendSlug(b []byte, c byte) []byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return append(b, c+'a'-'A')
	case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		return append(b, c)
	case c == '\'', len(b) > 0 && b[len(b)-1] == '-':
		return b
	}
	return append(b, '-')
}

func cut(slug string) string {
	if len(slug) <= maxSlug {
		return slug
	}
	end := maxSlug
	if i := strings.LastIndexByte(slug[:maxSlug+1], '-'); i > maxSlug/2 {
		end = i
	}
	return strings.TrimRight(slug[:end], "-")
}

// reserved reports whether Windows keeps the name for a device.
func reserved(slug string) bool {
	if len(slug) == 4 && slug[3] >= '0' && slug[3] <= '9' {
		return slug[:3] == "com" || slug[:3] == "lpt"
	}
	return slices.Contains([]string{"con", "prn", "aux", "nul"}, slug)
}

// cyrillic maps the letters of Russian and of other languages written in
// Cyrillic, both cases to lower-case Latin.
var cyrillic = cyrillicTable()

func cyrillicTable() map[rune]string {
	pairs := strings.Fields(`а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p
		р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu я ya
		і i ї yi є ye ґ g ў u ј j љ lj њ nj ђ dj ћ c џ dz ѓ g ќ k ѕ dz
		ә a ғ g қ k ң n ө o ұ u ү u һ h җ j ҳ h ҷ j ӣ i ӯ u ѣ e ѳ f ѵ i`)
	table := map[rune]string{'ъ': "", 'Ъ': "", 'ь': "", 'Ь': ""}
	for i := 0; i < len(pairs); i += 2 {
		table[[]rune(pairs[i])[0]] = pairs[i+1]
		table[[]rune(strings.ToUpper(pairs[i]))[0]] = pairs[i+1]
	}
	return table
}
