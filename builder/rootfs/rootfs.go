// Package rootfs reads the files below one folder and never one outside it,
// by few calls of the system.
//
// An os.Root opens the folders on the way to a file one by one and prepares
// each file for pipes and sockets: about seven calls of the system for a small
// file that lies three folders deep. Linux can be asked for a whole path
// beneath a folder in one call (openat2(2), since 5.6), so that four suffice;
// and where a folder's entries come with their kinds, listing it looks nothing
// else up.
//
// What a file system says here is what os.Root says, because os.Root is asked
// wherever the quick way does not lead to a file at once: for a path with a
// symbolic link in it, for anything missing or forbidden, on a kernel or in a
// sandbox without openat2, and on all other systems. So links are followed
// where they stay below the folder, and errors are those of os.Root, but that
// those of an open file name it as it was asked for.
//
// A pipe or device that is opened the quick way does not make the reader wait
// for whoever is at its other end.
package rootfs

import (
	"io/fs"
	"os"
)

// Root is an os.Root whose FS is quick.
type Root struct {
	*os.Root
	fsys folderFS
}

// folderFS is a file system that can be closed.
type folderFS interface {
	fs.FS
	close()
}

// Open opens the folder dir. The error is that of os.OpenRoot.
func Open(dir string) (*Root, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Root{root, newFS(root)}, nil
}

// FS returns the folder as a file system, which can be used by any number of
// goroutines. It is a fs.ReadDirFS, fs.ReadFileFS, fs.StatFS and
// fs.ReadLinkFS; its files are io.ReaderAt and io.Seeker. On Linux it has the
// methods ReadDirInfo, ReadSize and Seen too. After Close all its methods fail.
func (r *Root) FS() fs.FS { return r.fsys }

// Close closes the folder. Files that were opened in it stay open.
func (r *Root) Close() error {
	r.fsys.close()
	return r.Root.Close()
}

// plainFS is the file system of an os.Root as it is.
type plainFS struct{ rooted }

// rooted is what os.Root.FS returns, by its documentation.
type rooted interface {
	fs.ReadDirFS
	fs.ReadFileFS
	fs.StatFS
	fs.ReadLinkFS
}

func plain(root *os.Root) plainFS { return plainFS{root.FS().(rooted)} }

func (plainFS) close() {}
