package live

import (
	"errors"
	"io/fs"
	"slices"
	"syscall"

	"golang.org/x/sys/unix"
)

// listing is what listing folders uses again.
type listing struct {
	buffer [16 << 10]byte
	names  []string
}

// list calls f with the name and stamp of each of a folder's entries that
// wanted says yes to, sorted by name. It does what os.ReadDir and Lstat do in
// half the time, which counts for 10,000 folders.
func (l *listing) list(path string, wanted func(name string) bool, f func(name string, s stamp)) error {
	fd, err := open(path)
	if err != nil {
		return &fs.PathError{Op: "open", Path: path, Err: err}
	}
	defer syscall.Close(fd) // it was only read
	l.names = l.names[:0]
	for {
		n, err := syscall.ReadDirent(fd, l.buffer[:])
		switch {
		case errors.Is(err, syscall.EINTR):
			continue
		case err != nil:
			return &fs.PathError{Op: "readdirent", Path: path, Err: err}
		}
		if n <= 0 {
			break
		}
		_, _, l.names = syscall.ParseDirent(l.buffer[:n], -1, l.names)
	}
	slices.Sort(l.names)
	for _, name := range l.names {
		if !wanted(name) {
			continue
		}
		var st unix.Stat_t
		if err := unix.Fstatat(fd, name, &st, unix.AT_SYMLINK_NOFOLLOW); err == nil { // else it is gone again
			f(name, stampOfStat(&st))
		}
	}
	return nil
}

func open(path string) (fd int, err error) {
	for {
		fd, err = syscall.Open(path, syscall.O_RDONLY|syscall.O_DIRECTORY|syscall.O_CLOEXEC|syscall.O_NONBLOCK, 0)
		if !errors.Is(err, syscall.EINTR) {
			return fd, err
		}
	}
}

func stampOfStat(st *unix.Stat_t) stamp {
	mode := modeOf(st.Mode)
	if mode.IsDir() {
		return stamp{serial: st.Ino, mode: fs.ModeDir}
	}
	return stamp{size: st.Size, mtime: st.Mtim.Nano(), ctime: st.Ctim.Nano(), serial: st.Ino, mode: mode}
}

// modeOf is as much of fs.FileInfo's Mode as tells a change.
func modeOf(mode uint32) fs.FileMode {
	m := fs.FileMode(mode & 0o7777)
	switch mode & unix.S_IFMT {
	case unix.S_IFDIR:
		m |= fs.ModeDir
	case unix.S_IFLNK:
		m |= fs.ModeSymlink
	case unix.S_IFREG:
	default:
		m |= fs.ModeIrregular
	}
	return m
}
