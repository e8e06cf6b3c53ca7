package builder

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gallerist/builder/gallery"
	"gallerist/builder/media"
	"gallerist/builder/problem"
)

// A submission that was withdrawn is published as if it had never been sent.
// Three things tell of it all the same: a neutral page at the address that
// people were given, its id in index.json, for copies elsewhere, and its own page
// of thanks.

// authorWords returns the parts of all names of a submission's authors, whether
// or not they wanted to be named: who withdraws does not.
func authorWords(s *gallery.Submission) []string {
	nameless := *s
	nameless.Consent.Name = false
	names := personWords(&nameless)
	for _, a := range s.Authors {
		for _, name := range slices.Concat(a.Members, []string{a.ID, a.Forms.Gen, a.Forms.Dat, a.Forms.Acc, a.Forms.Ins, a.Forms.Voc}) {
			names = append(names, strings.FieldsFunc(name, notInWord)...)
		}
	}
	return slices.DeleteFunc(names, func(name string) bool { return utf8.RuneCountInString(name) < 3 })
}

// keepsPage says whether a neutral page stays at a withdrawn submission's
// address, of which slug is the last part: where it was published and the address
// names nobody.
func keepsPage(s *gallery.Submission, slug string) bool {
	return s.Status == gallery.Withdrawn && !s.Published.IsZero() && s.Withdrawal.Unfinished == "" && !namesPerson(slug, authorWords(s))
}

// sentAgain reports a file that was withdrawn with another submission, and
// returns whether it was.
func (m *model) sentAgain(info *media.Info, out string, probs *problem.List) bool {
	t := m.tombstones.Original(info.Hash)
	if t == nil {
		return false
	}
	probs.Errorf(problem.Pos{File: info.Path}, sentAgainHint(t),
		"this file was withdrawn as %q; %s is left out", t.ID, out)
	return true
}

func sentAgainHint(t *gallery.Submission) string {
	return "take it out; where its author wants it shown after all, take its line out of originals in " + t.File
}
