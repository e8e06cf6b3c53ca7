package theme

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// ladder is the lookup: the site's folder, then the theme, then its extends,
// then plain.
type ladder []rung

// rung is one folder that may hold layouts/, partials/ and assets/.
type rung struct {
	fsys fs.FS
	dir  string // of the rung in fsys
	name string // its path as shown to people, "" for the site's folder
	own  bool   // it comes with the program
}

// source is a file found on a rung.
type source struct {
	shown string // path as shown to people
	text  []byte
	own   bool // it comes with the program
}

func (r rung) read(name string) (source, bool) {
	shown := path.Join(r.name, name)
	if !r.plain(name, false) {
		return source{shown: shown}, false
	}
	text, err := fs.ReadFile(r.fsys, path.Join(r.dir, name))
	return source{shown, text, r.own}, err == nil
}

// plain reports whether a name is that of a regular file, or of a folder,
// which no symbolic link leads to: through one, what is private could be
// published, and a pipe would be waited for.
func (r rung) plain(name string, folder bool) bool {
	whole := path.Join(r.dir, name)
	for i := range len(whole) {
		if whole[i] == '/' && !isPlain(r.fsys, whole[:i], true) {
			return false
		}
	}
	return isPlain(r.fsys, whole, folder)
}

func isPlain(fsys fs.FS, name string, folder bool) bool {
	info, err := fs.Lstat(fsys, name)
	return err == nil && (folder && info.IsDir() || !folder && info.Mode().IsRegular())
}

// read returns the first file of the name.
func (l ladder) read(name string) (source, bool) {
	for _, r := range l {
		if s, ok := r.read(name); ok {
			return s, true
		}
	}
	return source{}, false
}

// candidates returns all files of the name, the one to use first.
func (l ladder) candidates(name string) []source {
	var found []source
	for _, r := range l {
		if s, ok := r.read(name); ok {
			found = append(found, s)
		}
	}
	return found
}

// list returns the names of all files below a folder, sorted. Names that begin
// with a dot are passed over.
func (l ladder) list(folder string) []string {
	var names []string
	for _, r := range l {
		if !r.plain(folder, true) {
			continue
		}
		top := path.Join(r.dir, folder)
		fs.WalkDir(r.fsys, top, func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil // a rung without the folder
			}
			if strings.HasPrefix(d.Name(), ".") {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if d.Type().IsRegular() {
				names = append(names, strings.TrimPrefix(p[len(top):], "/"))
			}
			return nil
		})
	}
	slices.Sort(names)
	return slices.Compact(names)
}
