//go:build unix

package publish

import (
	"io/fs"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// unixTree reaches what is in a folder from its descriptor: the system need not
// walk down to the folder again for each of thousands of files.
type unixTree struct {
	name     string
	fd       int
	faithful bool
}

func openTree(dir string) (tree, error) {
	t := &unixTree{name: dir}
	err := retry("open", dir, func() (err error) {
		t.fd, err = unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	t.faithful = faithful(t.fd)
	return t, nil
}

// retry repeats a call of the system that a signal has interrupted.
func retry(op, name string, call func() error) error {
	for {
		switch err := call(); err {
		case nil:
			return nil
		case unix.EINTR:
		default:
			return &fs.PathError{Op: op, Path: name, Err: err}
		}
	}
}

func (t *unixTree) call(op, path string, call func() error) error {
	err := retry(op, path, call)
	if failed, ok := err.(*fs.PathError); ok {
		failed.Path = t.full(path)
	}
	return err
}

func (t *unixTree) full(path string) string { return filepath.Join(t.name, path) }

// below is path as the system wants it.
func below(path string) string {
	if path == "" {
		return "."
	}
	return path
}

func (t *unixTree) Look(path string) (sight, error) {
	var st unix.Stat_t
	err := t.call("lstat", path, func() error {
		return unix.Fstatat(t.fd, below(path), &st, unix.AT_SYMLINK_NOFOLLOW)
	})
	return sightOf(&st), err
}

// sightOf returns what the system said of a name.
func sightOf(st *unix.Stat_t) sight {
	s := sight{
		stat:    stat{size: st.Size, look: look{mtime: st.Mtim.Nano(), inode: uint64(st.Ino)}},
		mode:    fs.FileMode(st.Mode) & fs.ModePerm,
		changed: st.Ctim.Nano(),
	}
	if st.Mode&(unix.S_ISUID|unix.S_ISGID|unix.S_ISVTX) != 0 {
		s.mode |= fs.ModeSetuid // whichever it is, the mode is not the one that is wanted
	}
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFREG:
	case unix.S_IFDIR:
		s.mode |= fs.ModeDir
	default:
		s.mode |= fs.ModeIrregular
	}
	return s
}

func (t *unixTree) Mkdir(path string) error {
	return t.call("mkdir", path, func() error { return unix.Mkdirat(t.fd, below(path), uint32(folderMode)) })
}

func (t *unixTree) Chmod(path string, mode fs.FileMode) error {
	return t.call("chmod", path, func() error { return unix.Fchmodat(t.fd, below(path), uint32(mode.Perm()), 0) })
}

func (t *unixTree) Create(path string) (diskFile, error) { return createAt(t.fd, path, t.name) }

func (t *unixTree) Link(path string, from tree) error {
	if f, ok := from.(*unixTree); ok {
		return t.call("link", path, func() error { return unix.Linkat(f.fd, path, t.fd, path, 0) })
	}
	return fs.ErrInvalid
}

func (t *unixTree) Move(path string, from tree) error {
	if f, ok := from.(*unixTree); ok {
		return t.call("rename", path, func() error { return unix.Renameat(f.fd, path, t.fd, path) })
	}
	return fs.ErrInvalid
}

func (t *unixTree) Remove(path string) error {
	return t.call("remove", path, func() error { return unix.Unlinkat(t.fd, path, 0) })
}

func (t *unixTree) RemoveFolder(path string) error {
	return t.call("remove", path, func() error { return unix.Unlinkat(t.fd, path, unix.AT_REMOVEDIR) })
}

func (t *unixTree) Faithful() bool { return t.faithful }

func (t *unixTree) Close() error {
	err := unix.Close(t.fd)
	if err != nil && err != unix.EINTR {
		return &fs.PathError{Op: "close", Path: t.name, Err: err}
	}
	return nil
}

// unixFile is a file being written: four calls of the system where an os.File,
// which prepares for pipes and sockets, makes seven. Thousands are written.
type unixFile struct {
	name string
	fd   int
}

func create(name string) (diskFile, error) { return createAt(unix.AT_FDCWD, name, "") }

// createAt creates the file at path from an open folder, which has a name for
// messages.
func createAt(dir int, path, folder string) (diskFile, error) {
	f := &unixFile{name: path}
	for {
		fd, err := unix.Openat(dir, path, unix.O_WRONLY|unix.O_CREAT|unix.O_TRUNC|unix.O_CLOEXEC, uint32(fileMode))
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: filepath.Join(folder, path), Err: err}
		}
		f.fd = fd
		return f, nil
	}
}

func (f *unixFile) Write(p []byte) (written int, err error) {
	for written < len(p) && err == nil {
		err = retry("write", f.name, func() error {
			n, err := unix.Write(f.fd, p[written:min(len(p), written+maxWrite)])
			written += max(n, 0)
			return err
		})
	}
	return written, err
}

// maxWrite is how much is written at once: macOS refuses 2 GiB and more.
const maxWrite = 1 << 30

func (f *unixFile) Chmod(mode fs.FileMode) error {
	return retry("chmod", f.name, func() error { return unix.Fchmod(f.fd, uint32(mode.Perm())) })
}

func (f *unixFile) Look() (sight, error) {
	var st unix.Stat_t
	err := retry("stat", f.name, func() error { return unix.Fstat(f.fd, &st) })
	return sightOf(&st), err
}

// Close is not repeated: after an interruption the file is closed all the same.
func (f *unixFile) Close() error {
	if err := unix.Close(f.fd); err != nil && err != unix.EINTR {
		return &fs.PathError{Op: "close", Path: f.name, Err: err}
	}
	return nil
}
