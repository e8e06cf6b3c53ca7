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
	Path      string // of the output
	Whose     string // id of the submission; "" = not known
	Withdrawn bool   // it is no private value, but a trace of that submission, which was withdrawn
}

func (e *LeakError) Error() string {
	if e.Withdrawn {
		return e.Path + " would show a trace of \"" + e.Whose + "\", which was withdrawn"
	}
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
	r.proof = r.newProof(secret)
}

// Verify returns a LeakError where content, about to be published at path,
// holds a private value. It may be called from several goroutines.
func (r *Result) Verify(path string, content []byte) error {
	i := r.leaks.find(content)
	if i < 0 {
		i = r.leaks.find([]byte(strings.ToLower(path)))
	}
	if i < 0 {
		return r.prove(path, content)
	}
	e := &LeakError{Path: path}
	if i < len(r.private.Values) {
		e.Whose = whose(r.private, r.private.Values[i])
	}
	return e
}

// prove returns a LeakError where content holds a trace of what was withdrawn, or
// where the address that it would be published at is one.
func (r *Result) prove(path string, content []byte) error {
	id := r.proof.find(path, content)
	if id == "" && r.proof != nil {
		id = r.proof.find(path, []byte(`"`+r.Config.BasePath()+path))
	}
	if id == "" {
		return nil
	}
	return &LeakError{Path: path, Whose: id, Withdrawn: true}
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
