package builder

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gallerist/builder/gallery"
	"gallerist/builder/lang"
)

// What a contact sheet must not say: Publish keeps what is private out of fields,
// but here nobody has read the texts yet, and problems quote what is wrong.

// hiddenMark stands where a word was taken out.
const hiddenMark = "[hidden]"

// hiddenWords returns what of a submission may not be shown to anybody but the
// owner: names and places that consent does not cover, and references to papers.
func hiddenWords(s *gallery.Submission) []string {
	list := slices.Concat(personWords(s), hiddenPlaces(s), s.Private, []string{s.Guardian, s.Grant.Evidence, s.Reviewed.By})
	if s.Subjects != nil {
		for _, p := range s.Subjects.People {
			list = append(list, p.Evidence, p.Guardian)
		}
	}
	for _, a := range s.Authors {
		if !s.Consent.Name || s.Minor {
			list = append(append(list, a.URL), a.Members...)
		}
		if !s.Consent.URL {
			list = append(list, a.URL)
		}
		if !s.Consent.Name {
			list = append(list, a.Name)
		}
	}
	list = slices.DeleteFunc(list, func(w string) bool { return utf8.RuneCountInString(strings.TrimSpace(w)) < 3 })
	slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) }) // the longer one first
	return list
}

// formsOf returns a pattern for a word and its cases: Russian ones end otherwise.
func formsOf(word string) string {
	const ending, stem = 2, 3 // letters
	letters := []rune(word)
	last := letters[len(letters)-1]
	if len(letters) < stem+ending || !unicode.Is(unicode.Cyrillic, last) || strings.ContainsFunc(word, notInWord) {
		return regexp.QuoteMeta(word)
	}
	return regexp.QuoteMeta(string(letters[:len(letters)-ending])) + `\pL{0,5}`
}

// redactor returns what takes words out of texts, whatever their case, where they
// stand as whole words.
func redactor(words []string) func(string) string {
	if len(words) == 0 {
		return func(s string) string { return s }
	}
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = formsOf(w)
	}
	pattern := regexp.MustCompile(`(?i)` + strings.Join(quoted, "|"))
	return func(s string) string {
		var b strings.Builder
		for at := 0; ; {
			found := pattern.FindStringIndex(s[at:])
			if found == nil {
				return b.String() + s[at:]
			}
			from, to := at+found[0], at+found[1]
			before, _ := utf8.DecodeLastRuneInString(s[:from])
			after, _ := utf8.DecodeRuneInString(s[to:])
			if (from == 0 || notInWord(before)) && (to == len(s) || notInWord(after)) {
				b.WriteString(s[at:from] + hiddenMark)
			} else {
				_, size := utf8.DecodeRuneInString(s[from:]) // it may begin again inside
				to = from + size
				b.WriteString(s[at:to])
			}
			at = to
		}
	}
}

// shownFolder returns a submission's folder, "" where its name says who somebody
// is who does not want to be named.
func shownFolder(language string, s *gallery.Submission) string {
	if namesPerson(lang.SlugIn(language, path.Base(s.Dir)), personWords(s)) {
		return ""
	}
	if folder := "content/" + s.Dir; redactor(hiddenWords(s))(folder) == folder {
		return folder
	}
	return ""
}
