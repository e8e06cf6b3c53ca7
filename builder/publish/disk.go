package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// Modes of what is published, whatever the umask.
const (
	folderMode fs.FileMode = 0o755
	fileMode   fs.FileMode = 0o644
)

// disk is what Dir does to a file system. It is an interface so that a test
// can make each single step fail or be the last one before a crash.
type disk interface {
	Mkdir(name string) error // mode 0755, less what the umask takes
	Chmod(name string, mode fs.FileMode) error
	Create(name string) (diskFile, error)
	Link(from, to string) error
	Rename(from, to string) error
	Exchange(a, b string) error // errors.ErrUnsupported where it cannot be done
	Remove(name string) error
	RemoveAll(name string) error
	Flush(dir string) error       // everything written to the file system of dir
	FlushFolder(dir string) error // the names in dir
}

// diskFile is a file being written.
type diskFile interface {
	Write(p []byte) (int, error)
	Chmod(mode fs.FileMode) error
	Stat() (stat, fs.FileMode, error)
	Close() error
}

// osDisk is the operating system's.
type osDisk struct{}

func (osDisk) Mkdir(name string) error { return os.Mkdir(name, folderMode) }

func (osDisk) Chmod(name string, mode fs.FileMode) error { return os.Chmod(name, mode) }

func (osDisk) Create(name string) (diskFile, error) { return create(name) }

func (osDisk) Link(from, to string) error   { return os.Link(from, to) }
func (osDisk) Rename(from, to string) error { return os.Rename(from, to) }
func (osDisk) Exchange(a, b string) error   { return exchange(a, b) }
func (osDisk) Remove(name string) error     { return os.Remove(name) }
func (osDisk) RemoveAll(name string) error  { return os.RemoveAll(name) }
func (osDisk) Flush(dir string) error       { return flush(dir) }
func (osDisk) FlushFolder(dir string) error { return flushFolder(dir) }

// noLinks says whether err means that hard links cannot be made here: the
// file system has none, or the file is somebody else's and the kernel guards
// it. Copying then does instead.
func noLinks(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EMLINK)
}

// explain makes a disk's error one for people.
func explain(path string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	e := &Error{Path: path, Err: err, Text: "the site could not be written", Hint: "look at the disk; the last good site is untouched"}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		e.Text, e.Hint = "the disk is full", "free some space and build again; the last good site is untouched"
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		e.Text, e.Hint = "the folder may not be written", "choose another output folder, or ask for the right to write to this one and the folder it lies in"
	case errors.Is(err, syscall.EXDEV), errors.Is(err, syscall.EBUSY):
		e.Text, e.Hint = "the folder is a disk of its own or in use, so it cannot be exchanged for the new one", "choose a folder inside it as the output"
	case errors.Is(err, syscall.ENOTDIR):
		e.Text, e.Hint = "a file is where a folder should be", "choose another output folder"
	}
	return e
}
