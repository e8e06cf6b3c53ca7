package source

import (
	"fmt"
	"path"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// withdrawal reads what is left of a submission that was taken back.
func (r *reader) withdrawal(f *folder, t *strict.Table) {
	s, w := f.piece, t.Table("withdrawal")
	if w == nil {
		return
	}
	s.Withdrawal.Date = r.past(f, w, "date")
	for _, hash := range w.Strings("originals") {
		if !isHash(hash) {
			w.Warnf("originals", `write the SHA-256 of a file that was sent, as "gallerist withdraw" does: 64 digits and letters from a to f`, "%s names no file", strict.Quote(hash))
			continue
		}
		s.Withdrawal.Originals = append(s.Withdrawal.Originals, hash)
	}
	if to := w.Line("unfinished"); to != "" {
		w.Warnf("unfinished", withdrawAgain(s.ID), "%q was withdrawn, but not all of it has been deleted", s.ID)
		if path.Base(to) == to && to != ".." && to != "." {
			s.Withdrawal.Unfinished = to
		}
	}
	if s.Status != gallery.Withdrawn && s.Status != "" {
		w.Errorf("date", `set status = "withdrawn", or take [withdrawal] out`, "withdrawn, but status is %q", s.Status)
	}
}

func withdrawAgain(id string) string { return fmt.Sprintf("run \"gallerist withdraw %s\"", id) }

// rests tells what still lies in the folder of a withdrawn submission, once for
// all of it.
func (f *folder) rests() {
	s := f.piece
	if s.Status != gallery.Withdrawn || s.Withdrawal.Unfinished != "" {
		return
	}
	var what []string
	if len(s.Authors) > 0 {
		what = append(what, "its author's name")
	}
	if len(s.Media) > 0 {
		what = append(what, "its pictures and films")
	}
	if s.Text.Title+s.Text.Alt+s.Text.Caption+s.Text.Body != "" || len(s.In) > 0 {
		what = append(what, "its texts")
	}
	if len(what) > 0 {
		f.probs.Notef(s.Pos, withdrawAgain(s.ID)+": it deletes them", "%q was withdrawn, but %s still lie here", s.ID, strings.Join(what, ", "))
	}
}
