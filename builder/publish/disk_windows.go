package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// exchange cannot be done here; Dir then renames the old folder aside.
func exchange(a, b string) error { return errors.ErrUnsupported }

// Folders cannot be flushed here: the journal of NTFS keeps names whole.
func flush(dir string) error       { return nil }
func flushFolder(dir string) error { return nil }

func openTree(dir string) (tree, error) { return openNamed(dir) }

// create makes a file. Modes are not known here, so it has the wanted one.
func create(name string) (diskFile, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode)
	return osFile{f}, err
}

type osFile struct{ *os.File }

func (f osFile) Look() (sight, error) {
	info, err := f.File.Stat()
	if err != nil {
		return sight{}, err
	}
	s := sightFrom(info)
	s.mode = fileMode
	return s, nil
}

// lockFile takes the lock on an open file, which ends with the process
// however that dies. It reports false when somebody else has it. The locked
// byte lies far behind the content, which must stay readable.
func lockFile(f *os.File) (bool, error) {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, &windows.Overlapped{OffsetHigh: 1})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	return err == nil, err
}
