package builder

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"gallerist/builder/gallery"
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

// sentAgain reports a file that was withdrawn with another submission, by its
// SHA-256, and returns whether it was.
func (m *model) sentAgain(file, hash, out string, probs *problem.List) bool {
	t := m.tombstones.Original(hash)
	if t == nil {
		return false
	}
	probs.Errorf(problem.Pos{File: file}, sentAgainHint(t), "this file was withdrawn as %q; %s is left out", t.ID, out)
	return true
}

// standsAgain is sentAgain for a file that is published as it is. One that cannot be
// read is reported where it is.
func (m *model) standsAgain(fsys fs.FS, file string, probs *problem.List) bool {
	if !m.tombstones.HaveOriginals() {
		return false
	}
	in, err := fsys.Open(file)
	if err != nil {
		return false
	}
	defer in.Close() // it was only read
	sum := sha256.New()
	if _, err := io.Copy(sum, in); err != nil {
		return false
	}
	return m.sentAgain(file, hex.EncodeToString(sum.Sum(nil)), "it", probs)
}

func sentAgainHint(t *gallery.Submission) string {
	return "take it out; where its author wants it shown after all, take its line out of originals in " + t.File
}
