package live

import (
	"path/filepath"
	"strings"
)

// leftBy says that a file is nobody's content: what vim, Emacs, JetBrains,
// Kate, GNOME, macOS and Windows leave beside what is being edited, git's
// folder and our own.
func leftBy(name string) bool {
	switch name {
	case ".git", ".gallerist", "4913", ".DS_Store", "Thumbs.db", "desktop.ini":
		return true
	}
	for _, end := range []string{"~", ".swp", ".swo", ".swx", ".swpx", ".kate-swp", "___jb_tmp___", "___jb_old___"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return strings.HasPrefix(name, ".#") || strings.HasPrefix(name, "._") || strings.HasPrefix(name, ".goutputstream-") ||
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#")
}

// wanted says whether a path is of interest: a root or below one, and neither
// left by some program nor to be ignored.
func (w *watcher) wanted(path string) bool {
	return w.inside(path) && !leftBy(filepath.Base(path)) && (w.ignore == nil || !w.ignore(path))
}

// inside says whether a path is a root or below one.
func (w *watcher) inside(path string) bool {
	for _, root := range w.roots {
		if rest, ok := strings.CutPrefix(path, root); ok &&
			(rest == "" || rest[0] == filepath.Separator || root[len(root)-1] == filepath.Separator) {
			return true
		}
	}
	return false
}
