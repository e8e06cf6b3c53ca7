package builder

import (
	"slices"
	"strings"

	"gallerist/builder/source"
)

// LeakError says that a file would have shown a private value. It names the
// file, never the value.
type LeakError struct {
	Path string // of the output
}

func (e *LeakError) Error() string {
	return e.Path + " would show a private value (contact data of private/contacts.csv or of a refused key)"
}

// guard prepares the scan of everything that is about to be published. The
// site's secret is private too: it opens all pages of thanks.
func (r *Result) guard(private *source.Private, secret []byte) {
	r.leaks = newLeakScan(append(slices.Clone(private.Values), string(secret)))
}

// Verify returns a LeakError where content, about to be published at path,
// holds a private value. It may be called from several goroutines.
func (r *Result) Verify(path string, content []byte) error {
	if r.leaks.find(content) >= 0 || r.leaks.find([]byte(strings.ToLower(path))) >= 0 {
		return &LeakError{path}
	}
	return nil
}
