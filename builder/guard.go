package builder

import (
	"fmt"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/source"
)

// LeakError says that a page would have shown a private value. It names the
// place of the value, never the value.
type LeakError struct {
	Path string // of the output
	What string // where the value comes from
}

func (e *LeakError) Error() string {
	return fmt.Sprintf("%s would show a private value from %s", e.Path, e.What)
}

// guard prepares the scan of everything that is about to be published.
func (r *Result) guard(content *gallery.Site, private *source.Private) {
	var values []string
	add := func(where string, list []string) {
		for _, v := range list {
			values = append(values, v)
			r.sources = append(r.sources, where)
		}
	}
	if private != nil {
		add("private/contacts.csv", private.Values)
	}
	for _, g := range content.Galleries {
		for _, s := range g.Submissions {
			add(s.File, s.Private)
		}
	}
	r.leaks = newLeakScan(values)
}

// Verify returns a LeakError where content, about to be published at path,
// holds a private value. It may be called from several goroutines.
func (r *Result) Verify(path string, content []byte) error {
	if i := r.leaks.find(content); i >= 0 {
		return &LeakError{path, r.sources[i]}
	}
	if i := r.leaks.find([]byte(strings.ToLower(path))); i >= 0 {
		return &LeakError{path, r.sources[i]}
	}
	return nil
}
