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

// faithful says whether the file system of an open folder is one that is known
// to note, at each change of a folder's names, the moment in the folder, and to
// number it for as long as it is there.
func faithful(fd int) bool {
	var st unix.Statfs_t
	if err := unix.Fstatfs(fd, &st); err != nil {
		return false
	}
	switch uint32(st.Type) {
	case unix.EXT4_SUPER_MAGIC, unix.XFS_SUPER_MAGIC, unix.BTRFS_SUPER_MAGIC, unix.TMPFS_MAGIC, unix.F2FS_SUPER_MAGIC,
		unix.BCACHEFS_SUPER_MAGIC, unix.OVERLAYFS_SUPER_MAGIC, zfsMagic:
		return true
	}
	return false
}

// zfsMagic is ZFS_SUPER_MAGIC of OpenZFS, which is not part of Linux.
const zfsMagic = 0x2fc12fc1

var listBuffers = sync.Pool{New: func() any { return new([8 << 10]byte) }}

// List lists a folder. Names come with their kinds, and only files are looked
// at, from the open folder.
func (t *unixTree) List(path string) (list []entry, err error) {
	in := &unixTree{name: t.full(path)}
	err = t.call("open", path, func() (err error) {
		in.fd, err = unix.Openat(t.fd, below(path), unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	buf := listBuffers.Get().(*[8 << 10]byte)
	defer listBuffers.Put(buf)
	for {
		n := 0
		err := in.call("readdir", "", func() (err error) {
			n, err = unix.Getdents(in.fd, buf[:])
			return err
		})
		if err != nil || n <= 0 {
			return list, err
		}
		if list, err = in.entries(list, buf[:n]); err != nil {
			return nil, err
		}
	}
}

// entries reads struct linux_dirent64 of getdents64(2): inode and offset of 8
// bytes each, the record's length of 2, the kind of 1, the name up to a zero.
func (t *unixTree) entries(list []entry, buf []byte) ([]entry, error) {
	const lengthAt, kindAt, nameAt = 16, 18, 19
	for len(buf) > nameAt {
		length := int(binary.NativeEndian.Uint16(buf[lengthAt:]))
		if length <= nameAt || length > len(buf) {
			return nil, &fs.PathError{Op: "readdir", Path: t.name, Err: unix.EIO}
		}
		name, _, _ := bytes.Cut(buf[nameAt:length], []byte{0})
		if string(name) != "." && string(name) != ".." {
			e, err := t.entry(string(name), buf[kindAt])
			if err != nil {
				return nil, err
			}
			list = append(list, e)
		}
		buf = buf[length:]
	}
	return list, nil
}

func (t *unixTree) entry(name string, kind byte) (e entry, err error) {
	e.name, e.mode = name, fs.ModeIrregular
	switch kind {
	case unix.DT_DIR:
		e.mode = fs.ModeDir
	case unix.DT_REG, unix.DT_UNKNOWN: // some file systems do not say
		e.sight, err = t.Look(name)
	}
	return e, err
}
