package rootfs

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"sync"

	"golang.org/x/sys/unix"
)

// file is an open file or folder. Like an os.File it can be used by several
// goroutines, and closed while others read.
type file struct {
	name string

	mu     sync.RWMutex // held for reading while fd is in use
	fd     fd
	closed bool

	listed bool          // rest is the folder's
	rest   []fs.DirEntry // what ReadDir has not returned yet
}

// use calls do with the open file.
func (f *file) use(op string, do func(fd) error) error {
	f.mu.RLock()
	defer f.mu.RUnlock()
	err := fs.ErrClosed
	if !f.closed {
		err = do(f.fd)
	}
	if err == io.EOF {
		return err
	}
	return wrap(op, f.name, err)
}

// Read implements io.Reader.
func (f *file) Read(p []byte) (n int, err error) {
	err = f.use("read", func(d fd) (err error) { n, err = d.read(p); return err })
	return n, err
}

// ReadAt implements io.ReaderAt.
func (f *file) ReadAt(p []byte, at int64) (n int, err error) {
	if at < 0 {
		return 0, wrap("readat", f.name, errors.New("negative offset"))
	}
	err = f.use("read", func(d fd) error {
		for n < len(p) {
			m, err := d.readAt(p[n:], at+int64(n))
			n += m
			if err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// Seek implements io.Seeker.
func (f *file) Seek(offset int64, whence int) (at int64, err error) {
	err = f.use("seek", func(d fd) (err error) { at, err = d.seek(offset, whence); return err })
	return at, err
}

// Stat implements fs.File.
func (f *file) Stat() (st fs.FileInfo, err error) {
	err = f.use("stat", func(d fd) error {
		var s unix.Stat_t
		err := d.stat(&s)
		if err == nil {
			st = newInfo(path.Base(f.name), &s)
		}
		return err
	})
	return st, err
}

// Close implements io.Closer.
func (f *file) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return wrap("close", f.name, fs.ErrClosed)
	}
	f.closed = true
	return wrap("close", f.name, f.fd.close())
}

// ReadDir implements fs.ReadDirFile.
func (f *file) ReadDir(n int) ([]fs.DirEntry, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.list(); err != nil {
		return nil, wrap("readdir", f.name, err)
	}
	if n <= 0 {
		list := f.rest
		f.rest = nil
		return slices.Clip(list), nil
	}
	if len(f.rest) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(f.rest))
	list := slices.Clip(f.rest[:n])
	f.rest = f.rest[n:]
	return list, nil
}

// list reads a folder's entries, once, with what they are: the folder may have
// another name by the time somebody asks for that.
func (f *file) list() error {
	switch {
	case f.closed:
		return fs.ErrClosed
	case f.listed:
		return nil
	}
	names, err := f.fd.names()
	if err != nil {
		return err
	}
	f.listed = true
	for _, n := range names {
		var st unix.Stat_t
		if f.fd.lstatAt(n.name, &st) == nil {
			f.rest = append(f.rest, &informed{infoOf(n.name, &st)})
		}
	}
	return nil
}
