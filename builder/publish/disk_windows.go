package publish

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// exchange cannot be done here; Dir then renames the old folder aside.
func exchange(a, b string) error { return errors.ErrUnsupported }

// Folders cannot be flushed here: the journal of NTFS keeps names whole.
func flush(dir string) error       { return nil }
func flushFolder(dir string) error { return nil }

// inode is not told by a listing here; size and time must do.
func inode(fs.FileInfo) uint64 { return 0 }

// create makes a file. Modes are not known here, so it has the wanted one.
func create(name string) (diskFile, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode)
	return osFile{f}, err
}

type osFile struct{ *os.File }

func (f osFile) Stat() (stat, fs.FileMode, error) {
	info, err := f.File.Stat()
	if err != nil {
		return stat{}, 0, err
	}
	return statOf(info), fileMode, nil
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

// listFolder lists a folder.
func listFolder(dir string) ([]entry, error) { return listAny(dir) }
