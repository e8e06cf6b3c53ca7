package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// ownerOnly is the mode of what is private.
const ownerOnly fs.FileMode = 0o600

// replaceFile writes a file whole or not at all: beside its place, under a name
// that content passes over, and into its place once it is on the disk. What stands
// under that name, a link too, is taken away and never written through.
func replaceFile(root *os.Root, name string, data []byte, mode fs.FileMode) error {
	fresh := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+".new")
	if err := root.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	w, err := root.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	if err = errors.Join(err, w.Sync(), w.Close()); err == nil {
		err = root.Rename(fresh, name)
	}
	if err != nil {
		_ = root.Remove(fresh)
	}
	return err
}
