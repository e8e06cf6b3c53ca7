package findings

import (
	"regexp"
	"strings"

	"gallerist/builder/problem"
)

// ruleWords bounds the words of a rule's id.
const ruleWords = 12

// otherRule is the id of a problem whose text has no words of its own.
const otherRule = "other"

// quoted is a value in a problem's text, as %q writes it.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// plainWord is a word of the program's own: no figure, no part of a path or an
// address, no word of another script.
var plainWord = regexp.MustCompile(`^[A-Za-z]+(?:['’-][A-Za-z]+)*$`)

// Rule returns the id of what is wrong: the constant words of the problem's text,
// joined by hyphens. Values are quoted in texts, and left out, as are figures and
// paths, so the id is the same for every value. It changes where the text is
// written anew, which a changelog tells.
//
//	unknown role "photografer"          unknown-role
//	the same picture as content/a/1.jpg the-same-picture-as
func Rule(p problem.Problem) string {
	var words []string
	for _, word := range withoutPaths(strings.Fields(quoted.ReplaceAllString(p.Text, " "))) {
		word = strings.Trim(word, ",;:.()!?–")
		if plainWord.MatchString(word) {
			word = strings.ToLower(word)
			words = append(words, strings.NewReplacer("'", "", "’", "").Replace(word))
		}
	}
	if len(words) == 0 {
		return otherRule
	}
	return strings.Join(words[:min(len(words), ruleWords)], "-")
}

// withoutPaths takes paths out of the words of a text. The names of folders and
// files can hold spaces: what lies between two parts of a path is of it.
func withoutPaths(words []string) []string {
	first, last := -1, -1
	for i, word := range words {
		if !strings.Contains(word, "/") && (first < 0 || !strings.Contains(strings.Trim(word, "."), ".")) {
			continue
		}
		if last = i; first < 0 {
			first = i
		}
	}
	if first < 0 {
		return words
	}
	return append(words[:first:first], words[last+1:]...)
}
