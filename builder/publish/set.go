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
// time they must be the same. A reader that also has Bytes() []byte, which
// returns what is left to read, is spared a copy: the bytes are read until it
// is closed, and not kept.
type File struct {
	Path   string                        // slash-separated, relative: "morning/index.html"
	Origin string                        // the source it was made from, for messages: "content/morning/gallery.md"
	Type   string                        // media type; "" = by the path's extension
	Size   int64                         // bytes; 0 or less = not known before opening
	Key    string                        // names the content: equal keys promise equal bytes; "" = nothing promised
	Hash   Hash                          // of the content; zero = not known before opening
	Open   func() (io.ReadCloser, error) // a new reader over the whole content
}

// Doubter is what a reader that File.Open returns may be. Of a file whose
// reader has doubts the key is not remembered, so that it is made again the
// next time.
type Doubter interface{ Doubted() bool }

// Set is the files of a site. The zero Set is empty and ready. Add must not
// be called at once with another method; the others may be.
type Set struct {
	files    []File
	taken    map[string]int32 // by folded path: a file's index, or ^ the index of the first file in a folder
	problems problem.List
}

// Grow makes room for n more files, each in a folder of its own.
func (s *Set) Grow(n int) {
	s.files = slices.Grow(s.files, n)
	if s.taken == nil {
		s.taken = make(map[string]int32, 2*n)
	}
}

// Add puts a file into the set. A file whose path cannot exist on every
// system, or meets another's, is left out, and Problems tells why.
func (s *Set) Add(f File) {
	if s.taken == nil {
		s.taken = map[string]int32{}
	}
	pos := problem.Pos{File: f.Origin}
	if why := checkPath(f.Path); why != "" {
		s.problems.Errorf(pos, "change the title or the slug it is made from", "the address %q %s", f.Path, why)
		return
	}
	folded := fold(f.Path)
	if i, taken := s.taken[folded]; taken {
		s.clash(pos, f.Path, i, folded)
		return
	}
	known, ok := s.knownFolder(f.Path, folded, pos)
	if !ok {
		return
	}
	for key := parent(folded); len(key) > known; key = parent(key) {
		s.taken[key] = ^int32(len(s.files))
	}
	s.taken[folded] = int32(len(s.files))
	s.files = append(s.files, f)
}

// knownFolder returns the length of the lowest folder above a file that the set
// has, and whether neither it nor those below it meet a file or a folder
// spelled otherwise. The folders above a known one are known.
func (s *Set) knownFolder(path, folded string, pos problem.Pos) (int, bool) {
	dir, key := parent(path), parent(folded)
	for ; key != ""; dir, key = parent(dir), parent(key) {
		i, taken := s.taken[key]
		if !taken {
			continue
		}
		if i >= 0 || s.spelled(i, key) != dir {
			s.clash(pos, dir+"/", i, key)
			return 0, false
		}
		break
	}
	return len(key), true
}

// spelled returns the path that what is at index i has for the folded path:
// a file's own, or as many parts of the first file in a folder.
func (s *Set) spelled(i int32, folded string) string {
	if i >= 0 {
		return s.files[i].Path
	}
	path := s.files[^i].Path
	for drop := strings.Count(path, "/") - strings.Count(folded, "/"); drop > 0; drop-- {
		path = parent(path)
	}
	return path
}

// clash tells that path meets what the set has at index i for the folded path.
func (s *Set) clash(pos problem.Pos, path string, i int32, folded string) {
	const hint = "give one of the two another title or slug"
	other, first := s.spelled(i, folded), i
	if i < 0 {
		other, first = other+"/", ^i
	}
	origin := s.files[first].Origin
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
	i, ok := s.taken[fold(path)]
	if !ok || i < 0 || s.files[i].Path != path {
		return File{}, false
	}
	return s.files[i], true
}

// Files returns the files sorted by path.
func (s *Set) Files() []File {
	files := make([]File, len(s.files))
	for at, i := range s.order() {
		files[at] = s.files[i]
	}
	return files
}

// order returns the indices of the files, sorted by path.
func (s *Set) order() []int32 {
	order := make([]int32, len(s.files))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(s.files[a].Path, s.files[b].Path) })
	return order
}
