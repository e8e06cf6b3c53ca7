package publish

import (
	"context"
	"os"
)

// NoteLimit is how many bytes a note may have.
const NoteLimit = 1 << 10

// NoteNext says what is to be remembered with what is published from now on:
// what the maker of the site can later tell by that a new one would be the same.
// A note longer than NoteLimit is not remembered.
func (d *Dir) NoteNext(note string) {
	if len(note) > NoteLimit {
		note = ""
	}
	d.note = note
}

// Fresh says whether the output folder is exactly what the last publication
// left, and that had the note, and of how many files it is. It changes nothing
// and needs no lock: where in doubt, also while or after a build that did not
// finish, or where the disk refuses, it says no. No output is fresh for "".
func (d *Dir) Fresh(ctx context.Context, note string) (files int, ok bool) {
	if note == "" || d.opt.State == "" || d.locate() != nil {
		return 0, false
	}
	if _, err := os.Lstat(d.shop); !os.IsNotExist(err) {
		return 0, false
	}
	s := readState(d.opt.State, d.root)
	if s.note != note {
		return 0, false
	}
	site, err := d.disk.Open(d.root)
	if err != nil {
		return 0, false
	}
	f, err := d.search(ctx, site, s)
	if ok = err == nil && f.exact; site.Close() != nil || !ok {
		return 0, false
	}
	return len(s.files), true
}
