//go:build unix

package publish

import (
	"errors"
	"os"
	"syscall"
)

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

// lockFile takes the lock on an open file, which ends with the process
// however that dies. It reports false when somebody else has it.
func lockFile(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}
