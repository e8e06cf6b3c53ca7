package gitindex

import (
	"io/fs"
	"path"
	"sync"
)

// Tree tells the blob ids of the clean files in a folder. Its index is read
// when it is first asked, and once: what an index said of a file stays true of
// the file that looks as the index noted it. Its methods may be called at once.
type Tree struct {
	load func() (opened, error)
}

type opened struct {
	index  *Index
	prefix string
}

// NewTree returns a Tree of the folder dir, which need not lie in a repository.
func NewTree(dir string) *Tree {
	return &Tree{sync.OnceValues(func() (opened, error) {
		x, prefix, err := Open(dir)
		return opened{x, prefix}, err
	})}
}

// Blob returns the id of the blob of a file, whose path is slash-separated
// and begins in the folder, if it is clean. An index that cannot be read
// knows no file; Err tells why.
func (t *Tree) Blob(name string, st fs.FileInfo) (id string, ok bool) {
	o, err := t.load()
	if err != nil || o.index == nil || !st.Mode().IsRegular() {
		return "", false
	}
	return o.index.Clean(o.prefix+path.Clean(name), st.Size(), st.ModTime(), Inode(st))
}

// Err returns what is wrong with the repository's index, nil where there is
// none.
func (t *Tree) Err() error {
	_, err := t.load()
	return err
}
