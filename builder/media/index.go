package media

import (
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"sync"
	"time"
)

// index remembers what Probe found, so that a picture that is known is not
// read again. It lies in the store under one key. Its rules:
//
//   - What was found is kept once for each content, under the SHA-256 that
//     names it. It never changes; another version of this program, or one that
//     remembers other things, begins anew.
//   - A file is known by path, size, time of change and inode. The time can
//     lie: what is written twice within one tick of the file system's clock
//     keeps it. So a file is remembered only where it was last changed well
//     before it was read, and what is younger is settled by its hash. Both
//     times are told by file systems: there is no clock here. The inode shows
//     what was put in a file's place with its time; where one of the two is
//     not known, size and time must do.
//   - A content is known by the id of its git blob as well, so that a file
//     whose path, time and inode are new (a fresh checkout, another branch) is
//     not read either, if it is as git left it. That an id names a content
//     is not taken from git: prove holds them against one another when the
//     content is at hand, as the blob itself or as the pointer that Git LFS
//     keeps in its place. An id that a filter has made of something else is
//     not remembered. So whatever a git index says, an id leads to the
//     content it names or to none.
//   - A pointer of Git LFS whose content was never fetched names it by its
//     SHA-256 too: content finds it.
//   - Nothing here is needed. A damaged index, or one that another build has
//     written in the meantime, costs time and nothing else.
type index struct {
	identity Identity

	once sync.Once
	err  error
	now  time.Time // before anything was read

	mu      sync.Mutex
	changed bool
	seen    map[string]bool // hashes of what was found or noted since it was opened
	remembered
}

// remembered is what an index holds. The Infos have no path.
type remembered struct {
	contents map[string]*Info // by hash
	files    map[string]known // by path
	blobs    map[string]*Info // by the id of git's blob, as bytes
}

// known is a file as it was when it was read.
type known struct {
	changed int64 // Unix time in nanoseconds
	inode   uint64
	info    *Info
}

// Identity tells of a file what fs.FileInfo does not. Either may be nil; both
// may be called at once.
type Identity struct {
	// Inode returns the number of a file within its file system, 0 where it is
	// not known.
	Inode func(st fs.FileInfo) uint64
	// Blob returns the id of the git blob of a file, as hex digits, where git
	// noted that id for a file that looked exactly so.
	Blob func(path string, st fs.FileInfo) (id string, ok bool)
}

// Identify lets the Studio know files by more than size and time. It is called
// before anything else.
func (s *Studio) Identify(by Identity) { s.index.identity = by }

func (d Identity) inode(st fs.FileInfo) uint64 {
	if d.Inode == nil {
		return 0
	}
	return d.Inode(st)
}

// blob returns the id as bytes.
func (d Identity) blob(path string, st fs.FileInfo) (id []byte, ok bool) {
	if d.Blob == nil {
		return nil, false
	}
	digits, ok := d.Blob(path, st)
	if !ok {
		return nil, false
	}
	id, err := hex.DecodeString(digits)
	return id, err == nil
}

const indexKey = "index"

// settled is how long before reading a file must last have changed. The
// coarsest file systems tick every two seconds.
const settled = 3 * time.Second

// open reads the index, once.
func (x *index) open(store Store) error {
	x.once.Do(func() {
		x.remembered, x.seen = nothing(), map[string]bool{}
		if x.now, x.err = store.Now(); x.err != nil {
			return
		}
		value, err := store.Get(indexKey)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			x.err = err
			return
		}
		if body, ok := unseal(indexKey, value); ok {
			x.remembered = parseIndex(string(body))
		}
	})
	return x.err
}

// find returns what is known of a file, or nil.
func (x *index) find(path string, st fs.FileInfo) *Info {
	if info := x.findFile(path, st); info != nil {
		return info
	}
	id, ok := x.identity.blob(path, st)
	if !ok {
		return nil
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.hand(x.blobs[string(id)], path, st.Size())
}

func (x *index) findFile(path string, st fs.FileInfo) *Info {
	inode := x.identity.inode(st)
	x.mu.Lock()
	defer x.mu.Unlock()
	k, ok := x.files[path]
	if !ok || k.changed != st.ModTime().UnixNano() || k.inode != 0 && inode != 0 && k.inode != inode {
		return nil
	}
	return x.hand(k.info, path, st.Size())
}

// hand returns what is known of a content as a file of this path has it, nil
// where nothing is known or the size is another. The lock is held.
func (x *index) hand(info *Info, path string, size int64) *Info {
	if info == nil || info.Size != size {
		return nil
	}
	x.seen[info.Hash] = true
	return info.at(path)
}

// content returns what is known of a content by its SHA-256, in hex, and its
// size, as a file at path would have it, or nil.
func (x *index) content(path, hash string, size int64) *Info {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.hand(x.contents[hash], path, size)
}

// at returns a copy of what is known of a content, for a file that has it.
func (i *Info) at(path string) *Info {
	info := *i
	info.Path = path
	return &info
}

// note remembers a file, if its time of change can be trusted. St is from
// before it was read.
func (x *index) note(path string, st fs.FileInfo, info *Info) {
	if st.ModTime().IsZero() || !st.ModTime().Add(settled).Before(x.now) {
		return
	}
	inode := x.identity.inode(st)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.files[path] = known{st.ModTime().UnixNano(), inode, x.keepContent(info)}
	x.changed = true
}

// prove remembers the blob of a file that is clean, if the id git has for it
// names the content. That is what info was found in.
func (x *index) prove(path string, st fs.FileInfo, info *Info, content io.Reader) error {
	id, ok := x.identity.blob(path, st)
	if !ok {
		return nil
	}
	named, err := names(id, info, content)
	if err != nil || !named {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.blobs[string(id)] = x.keepContent(info)
	x.changed = true
	return nil
}

// keepContent remembers what was found in a content, once. The lock is held.
func (x *index) keepContent(info *Info) *Info {
	if x.contents[info.Hash] == nil {
		x.contents[info.Hash] = info.at("")
	}
	x.seen[info.Hash] = true
	return x.contents[info.Hash]
}

// keep forgets all paths but those that are wanted, and with them all contents
// that none of these has.
func (x *index) keep(wanted map[string]bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	hashes := map[string]bool{}
	for path, k := range x.files {
		if !wanted[path] {
			delete(x.files, path)
			x.changed = true
			continue
		}
		hashes[k.info.Hash] = true
	}
	x.forget(func(hash string) bool { return !hashes[hash] })
}

// forget drops contents and all that leads to them. The lock is held.
func (x *index) forget(gone func(hash string) bool) {
	before := len(x.contents)
	for hash := range x.contents {
		if gone(hash) {
			delete(x.contents, hash)
		}
	}
	if len(x.contents) == before {
		return
	}
	x.changed = true
	for path, k := range x.files {
		if x.contents[k.info.Hash] == nil {
			delete(x.files, path)
		}
	}
	for id, info := range x.blobs {
		if x.contents[info.Hash] == nil {
			delete(x.blobs, id)
		}
	}
}

// save writes the index where it has changed.
func (x *index) save(store Store) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.changed {
		return nil
	}
	x.changed = false
	return store.Put(indexKey, seal(indexKey, x.format()))
}
