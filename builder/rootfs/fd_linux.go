package rootfs

import (
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"sync"

	"golang.org/x/sys/unix"
)

// fd is an open file. Its methods repeat what a signal has interrupted.
type fd int

// close is not repeated: after an interruption the file is closed all the same.
func (f fd) close() error {
	if err := unix.Close(int(f)); err != nil && err != unix.EINTR {
		return err
	}
	return nil
}

// maxRead is how much is read at once: Linux takes no more than 2 GiB.
const maxRead = 1 << 30

func (f fd) read(p []byte) (int, error) {
	return whole(p, func(p []byte) (int, error) { return unix.Read(int(f), p) })
}

func (f fd) readAt(p []byte, at int64) (int, error) {
	return whole(p, func(p []byte) (int, error) { return unix.Pread(int(f), p, at) })
}

// whole makes one reading of p, of which nothing left is io.EOF.
func whole(p []byte, read func([]byte) (int, error)) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for {
		n, err := read(p[:min(len(p), maxRead)])
		switch {
		case err == unix.EINTR:
		case err != nil:
			return 0, err
		case n == 0:
			return 0, io.EOF
		default:
			return n, nil
		}
	}
}

func (f fd) seek(offset int64, whence int) (int64, error) {
	return unix.Seek(int(f), offset, whence)
}

func (f fd) stat(st *unix.Stat_t) error {
	for {
		if err := unix.Fstat(int(f), st); err != unix.EINTR {
			return err
		}
	}
}

// lstatAt says what a name in the folder is.
func (f fd) lstatAt(name string, st *unix.Stat_t) error {
	for {
		if err := unix.Fstatat(int(f), name, st, unix.AT_SYMLINK_NOFOLLOW); err != unix.EINTR {
			return err
		}
	}
}

// readAll reads to the end, whatever size the file is said to have.
func (f fd) readAll() ([]byte, error) {
	var st unix.Stat_t
	if err := f.stat(&st); err != nil {
		return nil, err
	}
	buf := make([]byte, 0, min(max(st.Size, 0), maxRead)+512)
	for {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := f.read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if err == io.EOF {
			return buf, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

var listBuffers = sync.Pool{New: func() any { return new([8 << 10]byte) }}

// names returns the entries of a folder, by name.
func (f fd) names() (list []named, err error) {
	buf := listBuffers.Get().(*[8 << 10]byte)
	defer listBuffers.Put(buf)
	for {
		n, err := unix.Getdents(int(f), buf[:])
		switch {
		case err == unix.EINTR:
			continue
		case err != nil:
			return nil, err
		case n <= 0:
			byName(list)
			return list, nil
		}
		if list, err = f.entries(list, buf[:n]); err != nil {
			return nil, err
		}
	}
}

// entries reads struct linux_dirent64 of getdents64(2): inode and offset of 8
// bytes each, the record's length of 2, the kind of 1, the name up to a zero.
func (f fd) entries(list []named, buf []byte) ([]named, error) {
	const lengthAt, kindAt, nameAt = 16, 18, 19
	for len(buf) > nameAt {
		length := int(binary.NativeEndian.Uint16(buf[lengthAt:]))
		if length <= nameAt || length > len(buf) {
			return nil, unix.EIO
		}
		name, _, _ := bytes.Cut(buf[nameAt:length], []byte{0})
		if string(name) != "." && string(name) != ".." {
			e := named{name: string(name)}
			var err error
			e.kind, err = f.kind(e.name, buf[kindAt])
			if err != nil && err != unix.ENOENT { // that one went away
				return nil, err
			}
			if err == nil {
				list = append(list, e)
			}
		}
		buf = buf[length:]
	}
	return list, nil
}

// kind makes a kind of what getdents says; some file systems do not say.
func (f fd) kind(name string, dt byte) (fs.FileMode, error) {
	switch dt {
	case unix.DT_REG:
		return 0, nil
	case unix.DT_DIR:
		return fs.ModeDir, nil
	case unix.DT_LNK:
		return fs.ModeSymlink, nil
	case unix.DT_FIFO:
		return fs.ModeNamedPipe, nil
	case unix.DT_SOCK:
		return fs.ModeSocket, nil
	case unix.DT_CHR:
		return fs.ModeDevice | fs.ModeCharDevice, nil
	case unix.DT_BLK:
		return fs.ModeDevice, nil
	}
	var st unix.Stat_t
	if err := f.lstatAt(name, &st); err != nil {
		return 0, err
	}
	return modeOf(st.Mode).Type(), nil
}
