//go:build unix && !linux

package publish

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// List lists a folder and looks at its files.
func (t *unixTree) List(path string) (list []entry, err error) {
	fd := -1
	err = t.call("open", path, func() (err error) {
		fd, err = unix.Openat(t.fd, below(path), unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	f := os.NewFile(uintptr(fd), t.full(path))
	defer func() { err = errors.Join(err, f.Close()) }()
	found, err := f.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	in := &unixTree{name: t.full(path), fd: fd}
	for _, e := range found {
		seen := entry{name: e.Name(), sight: sight{mode: fs.ModeIrregular}}
		if e.IsDir() {
			seen.mode = fs.ModeDir
		}
		if e.Type().IsRegular() {
			if seen.sight, err = in.Look(e.Name()); err != nil {
				return nil, err
			}
		}
		list = append(list, seen)
	}
	return list, nil
}
