//go:build unix

package publish

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// unixFile is a file being written: four calls of the system where an os.File,
// which prepares for pipes and sockets, makes seven. Thousands are written.
type unixFile struct {
	name string
	fd   int
}

func create(name string) (diskFile, error) {
	f := unixFile{name: name}
	err := f.call("open", func() (err error) {
		f.fd, err = unix.Open(name, unix.O_WRONLY|unix.O_CREAT|unix.O_TRUNC|unix.O_CLOEXEC, uint32(fileMode))
		return err
	})
	if err != nil {
		return nil, err
	}
	return &f, nil
}

// call repeats a call of the system that a signal has interrupted.
func (f *unixFile) call(op string, do func() error) error {
	for {
		switch err := do(); err {
		case nil:
			return nil
		case unix.EINTR:
		default:
			return &fs.PathError{Op: op, Path: f.name, Err: err}
		}
	}
}

func (f *unixFile) Write(p []byte) (written int, err error) {
	for written < len(p) && err == nil {
		err = f.call("write", func() error {
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
	return f.call("chmod", func() error { return unix.Fchmod(f.fd, uint32(mode.Perm())) })
}

func (f *unixFile) Stat() (stat, fs.FileMode, error) {
	var st unix.Stat_t
	err := f.call("stat", func() error { return unix.Fstat(f.fd, &st) })
	return statFrom(&st), fs.FileMode(st.Mode & 0o7777), err
}

func statFrom(st *unix.Stat_t) stat {
	return stat{size: st.Size, mtime: st.Mtim.Nano(), inode: uint64(st.Ino)}
}

// Close is not repeated: after an interruption the file is closed all the same.
func (f *unixFile) Close() error {
	if err := unix.Close(f.fd); err != nil && err != unix.EINTR {
		return &fs.PathError{Op: "close", Path: f.name, Err: err}
	}
	return nil
}

// exchangeError tells a file system that cannot exchange from one where
// something went wrong.
func exchangeError(a, b string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOSYS) || errors.Is(err, errors.ErrUnsupported) {
		return errors.ErrUnsupported
	}
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
}

// flushFolder makes the names in dir outlive a power cut.
func flushFolder(dir string) (err error) {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) { // EINVAL: a file system that has no such thing
		return err
	}
	return nil
}

// inode numbers a file within its file system.
func inode(info fs.FileInfo) uint64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Ino)
	}
	return 0
}

// lockFile takes the lock on an open file, which ends with the process
// however that dies. It reports false when somebody else has it.
func lockFile(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}
