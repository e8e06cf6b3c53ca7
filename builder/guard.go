package builder

import (
	"maps"
	"slices"
	"strings"

	"gallerist/builder/source"
)

// LeakError says that a file would have shown a private value. It names the
// file and whose value it is, never the value.
type LeakError struct {
	Path  string // of the output
	Whose string // id of the submission; "" = not known
}

func (e *LeakError) Error() string {
	if e.Whose == "" {
		return e.Path + " would show a private value"
	}
	return e.Path + " would show a private value of \"" + e.Whose + "\" in private/contacts.csv"
}

// guard prepares the scan of everything that is about to be published. The
// site's secret is private too: it opens all pages of thanks.
func (r *Result) guard(private *source.Private, secret []byte) {
	r.private = private
	r.leaks = newLeakScan(append(slices.Clone(private.Values), string(secret)))
}

// Verify returns a LeakError where content, about to be published at path,
// holds a private value. It may be called from several goroutines.
func (r *Result) Verify(path string, content []byte) error {
	i := r.leaks.find(content)
	if i < 0 {
		i = r.leaks.find([]byte(strings.ToLower(path)))
	}
	if i < 0 {
		return nil
	}
	e := &LeakError{Path: path}
	if i < len(r.private.Values) {
		e.Whose = whose(r.private, r.private.Values[i])
	}
	return e
}

// whose returns the id of the contact that has a value.
func whose(private *source.Private, value string) string {
	for _, id := range slices.Sorted(maps.Keys(private.Contacts)) {
		c := private.Contacts[id]
		cells := append(slices.Collect(maps.Values(c.More)), c.Email, c.Phone)
		if slices.ContainsFunc(cells, func(cell string) bool { return cell != "" && strings.Contains(cell, value) }) {
			return id
		}
	}
	return ""
}
