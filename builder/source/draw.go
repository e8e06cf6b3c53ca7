package source

import (
	"errors"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// maxRecord is how long the record of a draw may be, in bytes: that of 40,000
// tickets is shorter.
const maxRecord = 4 << 20

// record reads the record of a contest's draw, where there is one.
func (r *reader) record(f *folder, c *gallery.ContestFacts) error {
	if c == nil || c.Draw == nil || c.Draw.File == "" {
		return nil
	}
	src, err := r.readFile(f, c.Draw.File, maxRecord, nil)
	if err == nil {
		c.Draw.Text = strings.ToValidUTF8(string(src), "\uFFFD")
		return nil
	}
	file := c.Draw.File
	c.Draw.File = ""
	if errors.Is(err, errTooLarge) {
		f.probs.Errorf(problem.Pos{File: file}, "this seems to be another file than the record of a draw", "larger than %d kB", maxRecord>>10)
		return nil
	}
	return r.unreadable(f, file, err)
}
