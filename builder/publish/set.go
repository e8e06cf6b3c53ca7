package publish

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"gallerist/builder/problem"
)

// File is one file of a finished site. Its bytes are made when Open is
// called, which may happen at once with other files' and more than once; each
// time they must be the same.
type File struct {
	Path   string                        // slash-separated, relative: "morning/index.html"
	Origin string                        // the source it was made from, for messages: "content/morning/gallery.md"
	Type   string                        // media type; "" = by the path's extension
	Size   int64                         // bytes; 0 or less = not known before opening
	Key    string                        // names the content: equal keys promise equal bytes; "" = nothing promised
	Hash   Hash                          // of the content; zero = not known before opening
	Open   func() (io.ReadCloser, error) // a new reader over the whole content
}

// Set is the files of a site. The zero Set is empty and ready. Add must not
// be called at once with another method; the others may be.
type Set struct {
	files    []File
	byFold   map[string]int    // by folded path, into files
	folders  map[string]folder // by folded path
	problems problem.List
}

// folder remembers how a folder was first spelled and by whom.
type folder struct {
	path   string
	origin string
}

// Add puts a file into the set. A file whose path cannot exist on every
// system, or meets another's, is left out, and Problems tells why.
func (s *Set) Add(f File) {
	if s.byFold == nil {
		s.byFold, s.folders = map[string]int{}, map[string]folder{}
	}
	pos := problem.Pos{File: f.Origin}
	if why := checkPath(f.Path); why != "" {
		s.problems.Errorf(pos, "change the title or the slug it is made from", "the address %q %s", f.Path, why)
		return
	}
	folded := fold(f.Path)
	if i, taken := s.byFold[folded]; taken {
		s.clash(pos, f.Path, s.files[i].Path, s.files[i].Origin)
		return
	}
	if dir, taken := s.folders[folded]; taken {
		s.clash(pos, f.Path, dir.path+"/", dir.origin)
		return
	}
	if !s.addFolders(f, folded, pos) {
		return
	}
	s.byFold[folded] = len(s.files)
	s.files = append(s.files, f)
}

// addFolders notes the folders above f and says whether none of them meets a
// file or a folder spelled otherwise. It asks about all before it notes any.
func (s *Set) addFolders(f File, folded string, pos problem.Pos) bool {
	dir, key := f.Path, folded
	for {
		i, j := strings.LastIndexByte(dir, '/'), strings.LastIndexByte(key, '/')
		if i < 0 {
			break
		}
		dir, key = dir[:i], key[:j]
		if n, taken := s.byFold[key]; taken {
			s.clash(pos, dir+"/", s.files[n].Path, s.files[n].Origin)
			return false
		}
		if known, ok := s.folders[key]; ok {
			if known.path != dir {
				s.clash(pos, dir+"/", known.path+"/", known.origin)
				return false
			}
			break // then those above are known too
		}
	}
	top, topKey := len(dir), len(key)
	for dir, key = f.Path, folded; ; {
		i, j := strings.LastIndexByte(dir, '/'), strings.LastIndexByte(key, '/')
		if i < 0 || i < top && j < topKey {
			return true
		}
		dir, key = dir[:i], key[:j]
		if _, ok := s.folders[key]; ok {
			return true
		}
		s.folders[key] = folder{path: dir, origin: f.Origin}
	}
}

func (s *Set) clash(pos problem.Pos, path, other, origin string) {
	const hint = "give one of the two another title or slug"
	if path == other {
		s.problems.Errorf(pos, hint, "the address %q is already taken by %s", path, origin)
		return
	}
	s.problems.Errorf(pos, hint, "the address %q differs only in capitals, accents or kind from %q, made by %s", path, other, origin)
}

// Problems returns what Add refused, sorted.
func (s *Set) Problems() problem.List { return s.problems.Sorted() }

// Len returns the number of files.
func (s *Set) Len() int { return len(s.files) }

// Lookup returns the file with exactly that path.
func (s *Set) Lookup(path string) (File, bool) {
	i, ok := s.byFold[fold(path)]
	if !ok || s.files[i].Path != path {
		return File{}, false
	}
	return s.files[i], true
}

// Files returns the files sorted by path.
func (s *Set) Files() []File {
	files := slices.Clone(s.files)
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files
}
