package lang

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// A sorter holds what collation needs and may not be shared (a Collator is
// not safe for several goroutines).
type sorter struct {
	collator *collate.Collator
	buffer   collate.Buffer
}

func (l *Language) prepareSorting() {
	tag := language.Make(l.tag)
	script, _ := tag.Script()
	l.script = scripts[script.String()]
	l.collators = sync.Pool{New: func() any {
		return &sorter{collator: collate.New(tag, collate.Numeric)}
	}}
}

// scripts are those that set a language's names apart from foreign ones.
// Where a language has several or another one, names are not parted.
var scripts = map[string]*unicode.RangeTable{
	"Latn": unicode.Latin, "Cyrl": unicode.Cyrillic, "Grek": unicode.Greek, "Armn": unicode.Armenian,
	"Geor": unicode.Georgian, "Hebr": unicode.Hebrew, "Arab": unicode.Arabic,
}

// Script returns the writing system of the language by its English name, such
// as "cyrillic"; "latin" where it is none of those that fonts are told apart by.
func (l *Language) Script() string {
	script, _ := language.Make(l.tag).Script()
	return cmp.Or(scriptNames[script.String()], "latin")
}

var scriptNames = map[string]string{
	"Arab": "arabic", "Armn": "armenian", "Cyrl": "cyrillic", "Deva": "devanagari", "Geor": "georgian", "Grek": "greek",
	"Hans": "chinese", "Hant": "chinese", "Hebr": "hebrew", "Jpan": "japanese", "Kore": "korean", "Latn": "latin", "Thai": "thai",
}

// SortKey returns a string whose bytes order as the names do in the language.
// Make it once a name where many are sorted; SortBy does.
func (l *Language) SortKey(name string) string {
	core := strings.TrimLeftFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	s := l.collators.Get().(*sorter)
	defer l.collators.Put(s)
	s.buffer.Reset()
	// The letter first, so that names of one letter stand together whatever
	// collation thinks of its marks.
	letter := s.collator.KeyFromString(&s.buffer, l.Letter(core))
	rest := s.collator.KeyFromString(&s.buffer, core)
	key := make([]byte, 0, 1+len(letter)+1+len(rest)+2+len(name))
	key = append(append(append(key, l.scriptRank(core)), letter...), 0)
	key = append(append(append(key, rest...), 0, 0), name...)
	return string(key)
}

// Compare orders names as the language does: numbers by value, Ё beside Е,
// marks before the first letter ignored. Names of the language's own script
// come first, then other scripts, then what begins with no letter. It
// returns 0 only for equal strings.
func (l *Language) Compare(a, b string) int {
	if a == b {
		return 0
	}
	return strings.Compare(l.SortKey(a), l.SortKey(b))
}

// SortBy sorts items by name as Compare orders names. Items of the same name
// keep their order.
func SortBy[T any](l *Language, items []T, name func(T) string) {
	type keyed struct {
		key  string
		item T
	}
	list := make([]keyed, len(items))
	for i, item := range items {
		list[i] = keyed{l.SortKey(name(item)), item}
	}
	slices.SortStableFunc(list, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	for i := range list {
		items[i] = list[i].item
	}
}

func (l *Language) scriptRank(core string) byte {
	first, _ := utf8.DecodeRuneInString(core)
	switch {
	case !unicode.IsLetter(first):
		return 3
	case l.script == nil || unicode.Is(l.script, first):
		return 1
	}
	return 2
}

// Letter returns the letter under which a name stands in an index: its first
// letter in upper case without marks, so that Ё stands under Е, as in Russian
// dictionaries, but Й, a letter of its own, does not stand under И, nor the
// letters that only this language counts as its own under others. "#" is for
// names that begin with a digit or have no letter.
func (l *Language) Letter(name string) string {
	for _, r := range norm.NFC.String(name) {
		switch {
		case unicode.IsDigit(r):
			return "#"
		case r == 'й' || r == 'Й':
			return "Й"
		case unicode.IsLetter(r):
			if own := l.upper(r); strings.ContainsRune(ownLetters[l.base], own) {
				return string(own)
			}
			base := []rune(norm.NFKD.String(string(r)))[0]
			return string(unicode.ToUpper(base))
		}
	}
	return "#"
}
