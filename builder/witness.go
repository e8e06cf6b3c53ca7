package builder

import (
	"cmp"
	"crypto/sha256"
	"io/fs"
	"maps"
	"slices"
	"sync"
)

// witness is a site's folder that remembers what was asked of it and what it
// answered, also of files that are not there.
type witness struct {
	fs.FS
	mu      sync.Mutex
	answers map[question]sum
}

// question is one call of fs.FS.
type question struct {
	call string // "read", "list" or "look"
	name string
}

func newWitness(fsys fs.FS) *witness { return &witness{FS: fsys, answers: map[question]sum{}} }

func (w *witness) note(call, name string, answer *sumOf) {
	x := answer.end()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answers[question{call, name}] = x
}

// ReadFile is fs.ReadFile, remembered.
func (w *witness) ReadFile(name string) ([]byte, error) {
	b, err := fs.ReadFile(w.FS, name)
	x := sha256.Sum256(b)
	w.note("read", name, newSum().flag(err == nil).sum(x))
	return b, err
}

// ReadDir is fs.ReadDir, remembered: names and kinds.
func (w *witness) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(w.FS, name)
	s := newSum().flag(err == nil)
	for _, e := range list {
		s.text(e.Name()).number(int(e.Type()))
	}
	w.note("list", name, s)
	return list, err
}

// Stat is fs.Stat, remembered: whether it is there, and of what kind.
func (w *witness) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(w.FS, name)
	w.note("look", name, lookSum(info, err))
	return info, err
}

// Lstat is fs.Lstat, remembered as Stat is.
func (w *witness) Lstat(name string) (fs.FileInfo, error) {
	info, err := fs.Lstat(w.FS, name)
	w.note("look through no link", name, lookSum(info, err))
	return info, err
}

func lookSum(info fs.FileInfo, err error) *sumOf {
	s := newSum().flag(err == nil)
	if err == nil {
		s.number(int(info.Mode().Type()))
	}
	return s
}

// ReadLink is fs.ReadLink. Whoever follows a link looks at what it leads to.
func (w *witness) ReadLink(name string) (string, error) { return fs.ReadLink(w.FS, name) }

// holdsFor says whether a folder gives the same answers still.
func (w *witness) holdsFor(fsys fs.FS) bool {
	now := newWitness(fsys)
	w.mu.Lock()
	defer w.mu.Unlock()
	for q, was := range w.answers {
		switch q.call {
		case "read":
			_, _ = now.ReadFile(q.name)
		case "list":
			_, _ = now.ReadDir(q.name)
		case "look":
			_, _ = now.Stat(q.name)
		default:
			_, _ = now.Lstat(q.name)
		}
		if now.answers[q] != was {
			return false
		}
	}
	return true
}

// sum names all answers.
func (w *witness) sum() sum {
	s := newSum()
	w.addTo(s)
	return s.end()
}

// addTo adds all answers.
func (w *witness) addTo(s *sumOf) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, q := range slices.SortedFunc(maps.Keys(w.answers), func(a, b question) int {
		return cmp.Or(cmp.Compare(a.call, b.call), cmp.Compare(a.name, b.name))
	}) {
		s.text(q.call, q.name).sum(w.answers[q])
	}
}
