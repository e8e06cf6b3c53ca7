package publish

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step that nobody can see half done.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	return exchangeError(a, b, err)
}

// flush writes the whole file system out. For thousands of files it is many
// times cheaper than one fsync each.
func flush(dir string) (err error) {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := unix.Syncfs(int(f.Fd())); err != nil {
		return &os.PathError{Op: "syncfs", Path: dir, Err: err}
	}
	return nil
}

var listBuffers = sync.Pool{New: func() any { return new([8 << 10]byte) }}

// listFolder lists a folder as listAny does, with half the calls of the system:
// names come with their kinds, and files are looked up in the open folder.
func listFolder(dir string) (list []entry, err error) {
	f := unixFile{name: dir}
	err = f.call("open", func() (err error) {
		f.fd, err = unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	buf := listBuffers.Get().(*[8 << 10]byte)
	defer listBuffers.Put(buf)
	for {
		n := 0
		err := f.call("readdir", func() (err error) {
			n, err = unix.Getdents(f.fd, buf[:])
			return err
		})
		if err != nil || n <= 0 {
			return list, err
		}
		if list, err = f.entries(list, buf[:n]); err != nil {
			return nil, err
		}
	}
}

// entries reads struct linux_dirent64 of getdents64(2): inode and offset of 8
// bytes each, the record's length of 2, the kind of 1, the name up to a zero.
func (f *unixFile) entries(list []entry, buf []byte) ([]entry, error) {
	const lengthAt, kindAt, nameAt = 16, 18, 19
	for len(buf) > nameAt {
		length := int(binary.NativeEndian.Uint16(buf[lengthAt:]))
		if length <= nameAt || length > len(buf) {
			return nil, &fs.PathError{Op: "readdir", Path: f.name, Err: unix.EIO}
		}
		name, _, _ := bytes.Cut(buf[nameAt:length], []byte{0})
		if string(name) != "." && string(name) != ".." {
			e, err := f.entry(string(name), buf[kindAt])
			if err != nil {
				return nil, err
			}
			list = append(list, e)
		}
		buf = buf[length:]
	}
	return list, nil
}

func (f *unixFile) entry(name string, kind byte) (entry, error) {
	e := entry{name: name, kind: fs.ModeIrregular}
	if kind == unix.DT_DIR {
		e.kind = fs.ModeDir
	}
	if kind != unix.DT_REG && kind != unix.DT_UNKNOWN { // some file systems do not say
		return e, nil
	}
	var st unix.Stat_t
	err := f.call("lstat", func() error { return unix.Fstatat(f.fd, name, &st, unix.AT_SYMLINK_NOFOLLOW) })
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFREG:
		e.kind, e.stat = 0, statFrom(&st)
	case unix.S_IFDIR:
		e.kind = fs.ModeDir
	}
	return e, err
}
