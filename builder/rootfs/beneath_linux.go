package rootfs

import (
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sys/unix"
)

// beneath is the quick file system. Its methods try one call of openat2 and
// leave whatever that refuses to the os.Root.
type beneath struct {
	slow plainFS

	mu     sync.RWMutex // held for reading while dir is in use
	dir    *os.File
	fd     int // of dir
	closed bool

	faithful bool   // the file system of dir notes each change of a folder's names in it
	dev      uint64 // that file system
}

func newFS(root *os.Root) folderFS {
	slow := plain(root)
	dir, err := root.Open(".")
	if err != nil {
		return slow
	}
	b := &beneath{slow: slow, dir: dir, fd: int(dir.Fd())}
	f, ok := b.open(".", unix.O_DIRECTORY)
	if !ok { // an old kernel, or a sandbox that does not know the call
		dir.Close()
		return slow
	}
	defer f.close()
	var st unix.Stat_t
	b.faithful = notesChanges(b.fd) && f.stat(&st) == nil
	b.dev = uint64(st.Dev)
	return b
}

// notesChanges says whether the file system of an open folder is one that is
// known to note, at each change of a folder's names, the moment in the folder,
// and to number it for as long as it is there.
func notesChanges(fd int) bool {
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

func (b *beneath) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.closed {
		b.closed = true
		b.dir.Close()
	}
}

// open opens a path without links in it; ok is false where that does not
// succeed for whatever reason. With O_PATH and O_NOFOLLOW the path may end in
// a link. What is no regular file does not make it wait.
func (b *beneath) open(name string, flags uint64) (f fd, ok bool) {
	if !fs.ValidPath(name) {
		return 0, false
	}
	if flags&unix.O_PATH == 0 {
		flags |= unix.O_RDONLY | unix.O_NONBLOCK | unix.O_NOCTTY
	}
	how := unix.OpenHow{
		Flags:   flags | unix.O_CLOEXEC,
		Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS | unix.RESOLVE_NO_MAGICLINKS,
	}
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.closed {
		return 0, false
	}
	for {
		n, err := unix.Openat2(b.fd, name, &how)
		if err != unix.EINTR {
			return fd(n), err == nil
		}
	}
}

// Open implements fs.FS.
func (b *beneath) Open(name string) (fs.File, error) {
	f, ok := b.open(name, 0)
	if !ok {
		return b.slow.Open(name)
	}
	return &file{fd: f, name: name}, nil
}

// ReadFile implements fs.ReadFileFS.
func (b *beneath) ReadFile(name string) ([]byte, error) {
	f, ok := b.open(name, 0)
	if !ok {
		return b.slow.ReadFile(name)
	}
	defer f.close()
	data, err := f.readAll()
	return data, wrap("read", name, err)
}

// ReadSize reads a file that is said to have so many bytes, into buf where that
// is large enough. It asks the system three times and is not ok where the file
// turns out to be another one, or cannot be read this way.
func (b *beneath) ReadSize(name string, size int64, buf []byte) (data []byte, ok bool) {
	if size < 0 || size >= maxRead {
		return nil, false
	}
	f, ok := b.open(name, 0)
	if !ok {
		return nil, false
	}
	defer f.close()
	buf = slices.Grow(buf[:0], int(size)+1)[:size+1] // a byte more shows whether it has grown
	n, err := f.read(buf)
	if err == io.EOF {
		err = nil
	}
	return buf[:n], err == nil && int64(n) == size
}

// Lstat implements fs.ReadLinkFS.
func (b *beneath) Lstat(name string) (fs.FileInfo, error) {
	if f, ok := b.open(name, unix.O_PATH|unix.O_NOFOLLOW); ok {
		defer f.close()
		var st unix.Stat_t
		if f.stat(&st) == nil {
			return newInfo(path.Base(name), &st), nil
		}
	}
	return b.slow.Lstat(name)
}

// Stat implements fs.StatFS.
func (b *beneath) Stat(name string) (fs.FileInfo, error) {
	if f, ok := b.open(name, unix.O_PATH); ok {
		defer f.close()
		var st unix.Stat_t
		if f.stat(&st) == nil {
			return newInfo(path.Base(name), &st), nil
		}
	}
	return b.slow.Stat(name)
}

// ReadLink implements fs.ReadLinkFS.
func (b *beneath) ReadLink(name string) (string, error) { return b.slow.ReadLink(name) }

// ReadDir implements fs.ReadDirFS.
func (b *beneath) ReadDir(name string) ([]fs.DirEntry, error) {
	f, ok := b.open(name, 0)
	if !ok {
		return b.slow.ReadDir(name)
	}
	defer f.close()
	names, err := f.names()
	if err != nil {
		return nil, wrap("readdirent", name, err)
	}
	entries := make([]entry, len(names))
	list := make([]fs.DirEntry, len(names))
	for i, n := range names {
		entries[i] = entry{n, name, b}
		list[i] = &entries[i]
	}
	return list, nil
}

// Seen says when a file or folder was last changed, in nanoseconds since 1970,
// and its number, and of a file the kind, size and time of writing. It is ok for
// a folder only where each change of the names in it changes the moment.
//
// It is one call of the system, which follows links on the way to the name: its
// answer only shows that what is remembered of a name is so still, and a file
// elsewhere has another number.
func (b *beneath) Seen(name string) (kind fs.FileMode, size, mtime, changed int64, inode uint64, ok bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.closed || !b.faithful {
		return 0, 0, 0, 0, 0, false
	}
	var st unix.Stat_t
	if fd(b.fd).lstatAt(name, &st) != nil || uint64(st.Dev) != b.dev && st.Mode&unix.S_IFMT == unix.S_IFDIR {
		return 0, 0, 0, 0, 0, false
	}
	return modeOf(st.Mode).Type(), st.Size, st.Mtim.Nano(), st.Ctim.Nano(), uint64(st.Ino), true
}

// ReadDirInfo is ReadDir, but the entries of regular files know their Info
// already, and so is the folder's own known, as it was before it was read; that
// is nil where Seen would not be ok. What goes away meanwhile is left out.
func (b *beneath) ReadDirInfo(name string) (own fs.FileInfo, _ []fs.DirEntry, _ error) {
	f, ok := b.open(name, 0)
	if !ok {
		list, err := b.slow.ReadDir(name)
		return nil, list, err
	}
	defer f.close()
	if b.faithful {
		var st unix.Stat_t
		if f.stat(&st) == nil && uint64(st.Dev) == b.dev {
			own = newInfo(path.Base(name), &st)
		}
	}
	names, err := f.names()
	if err != nil {
		return nil, nil, wrap("readdirent", name, err)
	}
	list := make([]fs.DirEntry, 0, len(names))
	infos := make([]informed, 0, regular(names))
	for _, n := range names {
		if !n.kind.IsRegular() {
			list = append(list, &entry{n, name, b})
			continue
		}
		var st unix.Stat_t
		err := f.lstatAt(n.name, &st)
		if err == unix.ENOENT {
			continue
		}
		if err != nil {
			return nil, nil, wrap("lstat", path.Join(name, n.name), err)
		}
		infos = append(infos, informed{infoOf(n.name, &st)})
		list = append(list, &infos[len(infos)-1])
	}
	return own, list, nil
}

// regular counts files.
func regular(names []named) (n int) {
	for _, e := range names {
		if e.kind.IsRegular() {
			n++
		}
	}
	return n
}

// entry is one name in a folder.
type entry struct {
	named
	dir string
	b   *beneath
}

func (e *entry) Name() string               { return e.name }
func (e *entry) IsDir() bool                { return e.kind.IsDir() }
func (e *entry) Type() fs.FileMode          { return e.kind }
func (e *entry) Info() (fs.FileInfo, error) { return e.b.Lstat(path.Join(e.dir, e.name)) }
func (e *entry) String() string             { return fs.FormatDirEntry(e) }

// informed is one name with its Info.
type informed struct{ info }

func (e *informed) Type() fs.FileMode          { return e.Mode().Type() }
func (e *informed) Info() (fs.FileInfo, error) { return &e.info, nil }
func (e *informed) String() string             { return fs.FormatDirEntry(e) }

// named is a name with its kind.
type named struct {
	name string
	kind fs.FileMode
}

func byName(list []named) {
	slices.SortFunc(list, func(a, b named) int { return strings.Compare(a.name, b.name) })
}

// wrap says which file an error is about.
func wrap(op, name string, err error) error {
	if err == nil {
		return nil
	}
	return &fs.PathError{Op: op, Path: name, Err: err}
}
