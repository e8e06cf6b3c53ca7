package builder

import (
	"slices"

	"gallerist/builder/problem"
)

// roleWords are the words that a role may be: those that a language of the site
// has. A role that is none of them is shown as it is written, in all languages,
// which is told.
type roleWords []string

func newRoleWords(locales []*locale) roleWords {
	var words roleWords
	for _, l := range locales {
		words = append(words, l.Roles()...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// check warns of roles without a word.
func (w roleWords) check(at problem.Pos, roles []string, probs *problem.List) {
	for _, role := range roles {
		if _, known := slices.BinarySearch(w, role); known {
			continue
		}
		hint := `write what the person is, such as "author" or "photographer"; a word of your own is added to ` + wordsFile("en") + " below [roles], and to each other language"
		if near := problem.Suggest(role, w); near != "" {
			hint = `did you mean "` + near + `"? ` + "A word of your own is added to " + wordsFile("en") + " below [roles]"
		}
		probs.Warnf(at, hint, "unknown role %q", role)
	}
}

// checkRoles warns of roles that no language has a word for: of authors, and of
// people named in gallery.md.
func (m *model) checkRoles(locales []*locale, probs *problem.List) {
	var words roleWords
	check := func(at problem.Pos, roles []string) {
		if len(roles) == 0 {
			return
		}
		if words == nil {
			words = newRoleWords(locales)
		}
		words.check(at, roles, probs)
	}
	for _, g := range m.galleries {
		for _, each := range g.named() {
			check(each.RolesAt, each.Roles)
		}
		for _, w := range g.participants {
			for i := range w.submission.Authors {
				check(w.submission.Authors[i].Pos, w.submission.Authors[i].Roles)
			}
		}
	}
}
