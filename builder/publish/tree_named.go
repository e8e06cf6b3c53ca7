package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// namedTree reaches what is in a folder by name, as every system can. It knows
// no inodes and no places.
type namedTree struct{ dir string }

func openNamed(dir string) (tree, error) {
	info, err := os.Lstat(dir)
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: dir, Err: errors.New("not a folder")}
	}
	return namedTree{dir}, err
}

func (t namedTree) full(path string) string {
	return filepath.Join(t.dir, filepath.FromSlash(path))
}

func (t namedTree) Look(path string) (sight, error) {
	info, err := os.Lstat(t.full(path))
	if err != nil {
		return sight{}, err
	}
	return sightFrom(info), nil
}

func sightFrom(info fs.FileInfo) sight {
	s := sight{mode: info.Mode() & (fs.ModeType | fs.ModePerm)}
	s.size, s.mtime = info.Size(), info.ModTime().UnixNano()
	return s
}

func (t namedTree) List(path string) ([]entry, error) {
	found, err := os.ReadDir(t.full(path))
	if err != nil {
		return nil, err
	}
	list := make([]entry, len(found))
	for i, e := range found {
		list[i].name, list[i].mode = e.Name(), e.Type()
		if !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		list[i].sight = sightFrom(info)
	}
	return list, nil
}

func (t namedTree) Mkdir(path string) error { return os.Mkdir(t.full(path), folderMode) }

func (t namedTree) Chmod(path string, mode fs.FileMode) error { return os.Chmod(t.full(path), mode) }

func (t namedTree) Create(path string) (diskFile, error) { return create(t.full(path)) }

func (t namedTree) Link(path string, from tree) error {
	return os.Link(from.(namedTree).full(path), t.full(path))
}

func (t namedTree) Move(path string, from tree) error {
	return os.Rename(from.(namedTree).full(path), t.full(path))
}

func (t namedTree) Remove(path string) error       { return os.Remove(t.full(path)) }
func (t namedTree) RemoveFolder(path string) error { return os.Remove(t.full(path)) }
func (t namedTree) Faithful() bool                 { return false }
func (t namedTree) Close() error                   { return nil }
