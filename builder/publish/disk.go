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

// disk is what Dir does to a file system. It and tree are interfaces so that a
// test can make each single step fail or be the last one before a crash.
type disk interface {
	Open(dir string) (tree, error)
	Mkdir(name string) error // mode 0755, less what the umask takes
	Chmod(name string, mode fs.FileMode) error
	Create(name string) (diskFile, error)
	Rename(from, to string) error
	Exchange(a, b string) error // errors.ErrUnsupported where it cannot be done
	Remove(name string) error
	RemoveAll(name string) error
	Flush(dir string) error       // everything written to the file system of dir
	FlushFolder(dir string) error // the names in dir
}

// tree is an open folder. What is below it is known by slash-separated paths
// from it, "" being itself. Where the system can, it stays the same folder when
// that is renamed.
type tree interface {
	Look(path string) (sight, error) // links are not followed
	List(path string) ([]entry, error)
	Mkdir(path string) error
	Chmod(path string, mode fs.FileMode) error // of a folder
	Create(path string) (diskFile, error)
	Link(path string, from tree) error // from's file of the same path
	Move(path string, from tree) error // the same; takes the place of a file
	Remove(path string) error          // a file
	RemoveFolder(path string) error    // an empty one
	Faithful() bool                    // a folder's place changes with every change of its names
	Close() error
}

// sight is what a file system says of a name without opening it.
type sight struct {
	stat
	mode    fs.FileMode
	changed int64 // nanoseconds since 1970: when it was changed in any way
}

// stat tells whether a regular file is still the same.
type stat struct {
	size int64
	look
}

// look is what of a stat no manifest holds.
type look struct {
	mtime int64 // nanoseconds since 1970
	inode uint64
}

// place tells whether a folder still holds the same names: the moment it was
// changed, which no program can set back, and its inode. The zero place is none.
type place struct {
	changed int64
	inode   uint64
}

func (s sight) place() place {
	if s.inode == 0 {
		return place{}
	}
	return place{changed: s.changed, inode: s.inode}
}

// entry is one name in a folder. Only a regular file has a stat.
type entry struct {
	name string
	sight
}

// diskFile is a file being written.
type diskFile interface {
	Write(p []byte) (int, error)
	Chmod(mode fs.FileMode) error
	Look() (sight, error)
	Close() error
}

// osDisk is the operating system's.
type osDisk struct{}

func (osDisk) Open(dir string) (tree, error) { return openTree(dir) }

func (osDisk) Mkdir(name string) error { return os.Mkdir(name, folderMode) }

func (osDisk) Chmod(name string, mode fs.FileMode) error { return os.Chmod(name, mode) }

func (osDisk) Create(name string) (diskFile, error) { return create(name) }

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
