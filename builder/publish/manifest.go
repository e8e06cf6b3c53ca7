package publish

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Hash is the SHA-256 of a file's content; the zero Hash is none.
type Hash [sha256.Size]byte

// String returns the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// KeySum stands for a File.Key, however long, in manifests: the first 128 bits
// of its SHA-256. The zero KeySum is no key.
type KeySum [16]byte

// SumKey returns what stands for a key.
func SumKey(key string) KeySum {
	if key == "" {
		return KeySum{}
	}
	sum := sha256.Sum256([]byte(key))
	return KeySum(sum[:])
}

// Entry is what is known of one published file.
type Entry struct {
	Path string
	Hash Hash // zero = not known; without a key something is there, but not what was published
	Size int64
	Key  KeySum // of the File.Key it was published with
}

// Manifest is what a target holds, each path once, sorted by path.
type Manifest []Entry

// Find returns the entry of a path.
func (m Manifest) Find(path string) (Entry, bool) {
	i, ok := m.index(path)
	if !ok {
		return Entry{}, false
	}
	return m[i], true
}

func (m Manifest) index(path string) (int, bool) {
	return slices.BinarySearchFunc(m, path, func(e Entry, path string) int { return cmp.Compare(e.Path, path) })
}

// sorted returns m in the order it should have come in.
func (m Manifest) sorted() Manifest {
	byPath := func(a, b Entry) int { return cmp.Compare(a.Path, b.Path) }
	if slices.IsSortedFunc(m, byPath) {
		return m
	}
	m = slices.Clone(m)
	slices.SortFunc(m, byPath)
	return m
}

// outline is the folders of a manifest and which files lie directly in each.
// Folders are in the order of the first file below each, so that one comes
// after all those above it; the first is the top, "". It follows from the
// manifest alone.
type outline struct {
	folders []string
	files   []int32 // into the manifest: those of the first folder, of the second, …
	from    []int32 // into files, where each folder's begin; one more than folders
}

// outlineOf makes the outline of a manifest. All paths below one folder follow
// each other in it, so the one before tells which folders are new.
func outlineOf(m Manifest) outline {
	o := outline{folders: append(make([]string, 0, len(m)+1), "")} // most files have a folder of their own
	in := make([]int32, len(m))                                    // the folder each file is in
	open := []int32{0}                                             // the folder of the file before, and those above it
	for i := range m {
		dir := parent(m[i].Path)
		if top := open[len(open)-1]; o.folders[top] != dir {
			for !within(dir, o.folders[open[len(open)-1]]) {
				open = open[:len(open)-1]
			}
			open = o.descend(open, dir)
		}
		in[i] = open[len(open)-1]
	}
	o.group(in)
	return o
}

// descend adds the folders that lead to dir and returns all that are open.
func (o *outline) descend(open []int32, dir string) []int32 {
	for at := len(o.folders[open[len(open)-1]]); at < len(dir); {
		next := strings.IndexByte(dir[at+1:], '/')
		if at == 0 {
			next = strings.IndexByte(dir, '/')
		} else if next >= 0 {
			next += at + 1
		}
		if at = next; at < 0 {
			at = len(dir)
		}
		open = append(open, int32(len(o.folders)))
		o.folders = append(o.folders, dir[:at])
	}
	return open
}

// group sorts the files by folder, in time that grows with their number.
func (o *outline) group(in []int32) {
	o.from = make([]int32, len(o.folders)+1)
	for _, f := range in {
		o.from[f+1]++
	}
	for f := range o.folders {
		o.from[f+1] += o.from[f]
	}
	o.files = make([]int32, len(in))
	next := slices.Clone(o.from)
	for i, f := range in {
		o.files[next[f]] = int32(i)
		next[f]++
	}
}

// in returns the files of the ith folder, as indices into the manifest, sorted
// by path.
func (o *outline) in(i int) []int32 { return o.files[o.from[i]:o.from[i+1]] }

// find returns where a folder is in the outline.
func (o *outline) find(dir string) (int, bool) {
	if len(o.folders) == 0 {
		return 0, false
	}
	return slices.BinarySearchFunc(o.folders, dir, compareFolders)
}

// within says whether dir is outer or below it.
func within(dir, outer string) bool {
	return outer == "" || strings.HasPrefix(dir, outer) && (len(dir) == len(outer) || dir[len(outer)] == '/')
}

// compareFolders compares in the order of an outline: as if each name but the
// top's ended in a slash.
func compareFolders(a, b string) int {
	n := min(len(a), len(b))
	if c := strings.Compare(a[:n], b[:n]); c != 0 || len(a) == len(b) {
		return c
	}
	switch {
	case a == "":
		return -1
	case b == "":
		return 1
	case len(a) < len(b):
		return cmp.Or(cmp.Compare('/', b[n]), -1)
	default:
		return cmp.Or(cmp.Compare(a[n], '/'), 1)
	}
}

// parent returns the folder of a slash-separated path, "" at the top.
func parent(path string) string {
	return path[:max(strings.LastIndexByte(path, '/'), 0)]
}
