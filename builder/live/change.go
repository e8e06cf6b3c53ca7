package live

import (
	"path/filepath"
	"slices"
)

// Change says where the site's folder may differ from what was seen before.
type Change struct {
	All   bool     // anywhere
	Paths []string // absolute, sorted: files and folders that came, changed or went; all below a folder counts
}

// None says that nothing differs.
func (c Change) None() bool { return !c.All && len(c.Paths) == 0 }

// and is both changes in one.
func (c Change) and(more Change) Change {
	if c.All || more.All {
		return Change{All: true}
	}
	paths := slices.Concat(c.Paths, more.Paths)
	slices.Sort(paths)
	return Change{Paths: withoutBelow(slices.Compact(paths))}
}

// withoutBelow leaves out what lies below another path of a sorted list.
func withoutBelow(paths []string) []string {
	named := make(map[string]bool, len(paths))
	for _, path := range paths {
		named[path] = true
	}
	return slices.DeleteFunc(paths, func(path string) bool {
		for above := filepath.Dir(path); above != path; path, above = above, filepath.Dir(above) {
			if named[above] {
				return true
			}
		}
		return false
	})
}
