package media

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// openedFS counts how often files are opened.
type openedFS struct {
	fs.FS
	opened atomic.Int64
}

func (o *openedFS) Open(name string) (fs.File, error) {
	o.opened.Add(1)
	return o.FS.Open(name)
}

func (o *openedFS) Stat(name string) (fs.FileInfo, error) { return fs.Stat(o.FS, name) }

// TestIndex holds that an unchanged file is not read again, and that a change
// is seen wherever a file system can show it.
func TestIndex(t *testing.T) {
	dir, cache := t.TempDir(), DirStore(filepath.Join(t.TempDir(), "cache"))
	file := filepath.Join(dir, "a.jpg")
	first, second := jpegOf(t, quarters(60, 40)), jpegOf(t, quarters(40, 60))
	for len(first) != len(second) { // the size alone must not tell them apart
		if len(first) < len(second) {
			first = append(first, 0)
		} else {
			second = append(second, 0)
		}
	}
	write := func(data []byte, age time.Duration) {
		t.Helper()
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
		now, err := cache.Now()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	// probe is a whole run; it returns how often the file was opened.
	probe := func(want []byte, limits Limits) int {
		t.Helper()
		fsys := &openedFS{FS: os.DirFS(dir)}
		s := New(fsys, cache, Options{Limits: limits})
		info, fault, err := s.Probe(context.Background(), "a.jpg")
		if err != nil || fault != nil {
			t.Fatal(fault, err)
		}
		fresh, _ := inspect(want, Limits{})
		fresh.Path = "a.jpg"
		if *info != *fresh {
			t.Fatalf("got %+v, want %+v", info, fresh)
		}
		opened := int(fsys.opened.Load())
		mustMake(t, s, []Job{{Info: info, Renditions: tile.planned(info, nil)}})
		return opened
	}
	write(first, time.Hour)
	if n := probe(first, Limits{}); n != 1 {
		t.Errorf("cold: opened %d times", n)
	}
	if n := probe(first, Limits{}); n != 0 {
		t.Errorf("unchanged: opened %d times", n)
	}
	write(second, time.Minute)
	if n := probe(second, Limits{}); n != 1 {
		t.Errorf("changed, with the same size: opened %d times", n)
	}
	write(first, 2*time.Second) // just now: it may change again within the same tick
	probe(first, Limits{})
	write(second, 2*time.Second)
	if n := probe(second, Limits{}); n != 1 {
		t.Errorf("changed just now: opened %d times", n)
	}
	write(first, time.Hour)
	probe(first, Limits{})
	if _, fault, err := New(os.DirFS(dir), cache, Options{Limits: Limits{Bytes: 10}}).Probe(context.Background(), "a.jpg"); fault == nil {
		t.Errorf("what is remembered passes a smaller limit (%v)", err)
	}
	damageIndex(t, cache)
	if n := probe(first, Limits{}); n != 1 {
		t.Errorf("with a damaged index: opened %d times", n)
	}
	if err := New(os.DirFS(dir), cache, Options{}).Prune(context.Background(), nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	if n := probe(first, Limits{}); n != 1 {
		t.Errorf("after pruning: opened %d times", n)
	}
}

// damageIndex makes the index tell another size, as a flipped bit would.
func damageIndex(t *testing.T, s Store) {
	t.Helper()
	v, err := s.Get(indexKey)
	if err != nil {
		t.Fatal(err)
	}
	v[len(v)/2] ^= 1
	if err := s.Put(indexKey, v); err != nil {
		t.Fatal(err)
	}
}

// checkout is a folder with pictures, all last changed an hour ago, and what a
// machine knows of its files.
type checkout struct {
	t     *testing.T
	dir   string
	cache Store
	ids   map[string]string // git's, by path; a file without one is not clean
	inode uint64
}

func newCheckout(t *testing.T, cache Store, content map[string][]byte) *checkout {
	t.Helper()
	c := &checkout{t: t, dir: t.TempDir(), cache: cache, ids: map[string]string{}}
	for path, data := range content {
		c.write(path, data, time.Hour)
		c.ids[path] = gitID(data)
	}
	return c
}

func (c *checkout) write(path string, data []byte, age time.Duration) {
	c.t.Helper()
	file := filepath.Join(c.dir, path)
	if err := os.WriteFile(file, data, 0o666); err != nil {
		c.t.Fatal(err)
	}
	now, err := c.cache.Now()
	if err != nil {
		c.t.Fatal(err)
	}
	if err := os.Chtimes(file, now.Add(-age), now.Add(-age)); err != nil {
		c.t.Fatal(err)
	}
}

// gitID is what git calls a file in a repository of SHA-1.
func gitID(data []byte) string {
	sum := sha1.Sum(append(fmt.Appendf(nil, "blob %d\x00", len(data)), data...))
	return hex.EncodeToString(sum[:])
}

func (c *checkout) identity() Identity {
	return Identity{
		Inode: func(fs.FileInfo) uint64 { return c.inode },
		Blob:  func(path string, _ fs.FileInfo) (string, bool) { id, ok := c.ids[path]; return id, ok },
	}
}

// build is a whole run over the pictures; it returns how many files were
// opened, and how many pictures made.
func (c *checkout) build(paths ...string) (opened, put int) {
	c.t.Helper()
	fsys := &openedFS{FS: os.DirFS(c.dir)}
	cache := &countingStore{Store: c.cache}
	s := New(fsys, cache, Options{})
	s.Identify(c.identity())
	var jobs []Job
	for _, path := range paths {
		before := fsys.opened.Load()
		info, fault, err := s.Probe(context.Background(), path)
		if err != nil || fault != nil {
			c.t.Fatal(path, fault, err)
		}
		data, err := os.ReadFile(filepath.Join(c.dir, path))
		if err != nil {
			c.t.Fatal(err)
		}
		fresh, _ := inspect(data, Limits{})
		fresh.Path = path
		if *info != *fresh {
			c.t.Fatalf("%s: got %+v, want %+v", path, info, fresh)
		}
		if fsys.opened.Load() > before {
			st, err := os.Stat(filepath.Join(c.dir, path))
			if err != nil {
				c.t.Fatal(err)
			}
			if err := s.index.prove(path, st, info, bytes.NewReader(data)); err != nil {
				c.t.Fatal(err)
			}
		}
		jobs = append(jobs, Job{Info: info, Renditions: tile.planned(info, nil)})
	}
	mustMake(c.t, s, jobs)
	return int(fsys.opened.Load()), int(cache.puts.Load())
}

func twoPictures(t *testing.T) (a, b []byte) {
	a, b = jpegOf(t, quarters(60, 40)), jpegOf(t, quarters(40, 60))
	for len(a) < len(b) {
		a = append(a, 0)
	}
	for len(b) < len(a) {
		b = append(b, 0)
	}
	return a, b
}

// TestIndexInode holds that a file put in another's place, with its size and
// time, is read.
func TestIndexInode(t *testing.T) {
	a, b := twoPictures(t)
	c := newCheckout(t, DirStore(t.TempDir()), map[string][]byte{"a.jpg": a})
	c.ids = nil
	c.inode = 7
	c.build("a.jpg")
	if n, _ := c.build("a.jpg"); n != 0 {
		t.Errorf("unchanged: opened %d times", n)
	}
	st, err := os.Stat(filepath.Join(c.dir, "a.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(c.dir, "a.jpg"), b, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(c.dir, "a.jpg"), st.ModTime(), st.ModTime()); err != nil {
		t.Fatal(err)
	}
	c.inode = 8
	if n, _ := c.build("a.jpg"); n == 0 {
		t.Error("another file in its place is not read")
	}
	c.inode = 0
	if n, _ := c.build("a.jpg"); n != 0 {
		t.Errorf("where inodes are not known: opened %d times", n)
	}
}

// TestIndexCheckout holds that of a fresh checkout with a kept cache nothing
// is read and nothing made, at whatever time, inode and path its files are; and
// that what git does not vouch for is read.
func TestIndexCheckout(t *testing.T) {
	a, b := twoPictures(t)
	cache := DirStore(filepath.Join(t.TempDir(), "cache"))
	first := newCheckout(t, cache, map[string][]byte{"a.jpg": a, "b.jpg": b})
	if n, _ := first.build("a.jpg", "b.jpg"); n == 0 {
		t.Fatal("cold: nothing is read")
	}
	second := newCheckout(t, cache, map[string][]byte{"a.jpg": b, "b.jpg": a, "moved.jpg": a})
	second.inode = 99
	for path := range second.ids {
		when := time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)
		if err := os.Chtimes(filepath.Join(second.dir, path), when, when); err != nil {
			t.Fatal(err)
		}
	}
	if n, made := second.build("a.jpg", "b.jpg", "moved.jpg"); n != 0 || made != 0 {
		t.Errorf("fresh checkout: %d files opened, %d entries written", n, made)
	}
	delete(second.ids, "a.jpg") // changed, says git
	if n, made := second.build("a.jpg", "b.jpg"); n != 1 || made != 1 {
		t.Errorf("with a file that is not clean: %d files opened, %d entries written", n, made)
	}
}

// TestIndexYoung holds that a checkout of this very moment is not read either.
func TestIndexYoung(t *testing.T) {
	a, _ := twoPictures(t)
	cache := DirStore(filepath.Join(t.TempDir(), "cache"))
	newCheckout(t, cache, map[string][]byte{"a.jpg": a}).build("a.jpg")
	young := newCheckout(t, cache, map[string][]byte{"a.jpg": a})
	young.write("a.jpg", a, 0)
	if n, _ := young.build("a.jpg"); n != 0 {
		t.Errorf("opened %d times", n)
	}
	young.ids = nil
	young.build("a.jpg")
	if n, _ := young.build("a.jpg"); n == 0 {
		t.Error("without git a file of this moment is not read")
	}
}

// TestIndexSettled holds how old a file must be to be known by its time.
func TestIndexSettled(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.jpg")
	if err := os.WriteFile(file, []byte("picture"), 0o666); err != nil {
		t.Fatal(err)
	}
	read := time.Unix(1_770_000_000, 0)
	for age, want := range map[time.Duration]bool{
		-time.Second: false, 0: false, 2 * time.Second: false, 3 * time.Second: false, 3*time.Second + time.Millisecond: true, time.Hour: true,
	} {
		if err := os.Chtimes(file, read.Add(-age), read.Add(-age)); err != nil {
			t.Fatal(err)
		}
		st, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		x := &index{now: read, seen: map[string]bool{}, remembered: nothing()}
		x.note("a.jpg", st, infoOf("picture"))
		if got := x.find("a.jpg", st) != nil; got != want {
			t.Errorf("%v old: known is %t", age, got)
		}
	}
}

// TestIndexLies holds that an id which does not name a content never leads to
// it, whatever a git index says, and that size tells a pointer from its content.
func TestIndexLies(t *testing.T) {
	a, b := twoPictures(t)
	cache := DirStore(filepath.Join(t.TempDir(), "cache"))
	first := newCheckout(t, cache, map[string][]byte{"a.jpg": a})
	first.ids["a.jpg"] = gitID(b)
	first.build("a.jpg")
	second := newCheckout(t, cache, map[string][]byte{"a.jpg": b})
	if n, _ := second.build("a.jpg"); n == 0 {
		t.Error("what a filter made is taken for the content")
	}
	first.ids["a.jpg"] = "none at all"
	first.write("a.jpg", a, time.Minute)
	first.build("a.jpg")
	longer := append(append([]byte{}, b...), 0)
	third := newCheckout(t, cache, map[string][]byte{"a.jpg": longer})
	third.ids["a.jpg"] = gitID(b)
	if n, _ := third.build("a.jpg"); n == 0 {
		t.Error("a file of another size has the blob's content")
	}
}

// TestIndexPointer holds that a content is found by the pointer of Git LFS:
// by the pointer's id where the content is checked out, by what the pointer
// says where it is not.
func TestIndexPointer(t *testing.T) {
	a, _ := twoPictures(t)
	cache := DirStore(filepath.Join(t.TempDir(), "cache"))
	info, _ := inspect(a, Limits{})
	first := newCheckout(t, cache, map[string][]byte{"a.jpg": a})
	first.ids["a.jpg"] = gitID([]byte(pointerText(info.Hash, info.Size)))
	first.build("a.jpg")
	second := newCheckout(t, cache, map[string][]byte{"b.jpg": a})
	second.ids["b.jpg"] = first.ids["a.jpg"]
	if n, made := second.build("b.jpg"); n != 0 || made != 0 {
		t.Errorf("checked out again: %d files opened, %d entries written", n, made)
	}
	s := New(os.DirFS(t.TempDir()), cache, Options{})
	if err := s.index.open(cache); err != nil {
		t.Fatal(err)
	}
	hash, size, ok := pointer([]byte(pointerText(info.Hash, info.Size)))
	got := s.index.content("c.jpg", hash, size)
	if !ok || got == nil || got.Path != "c.jpg" || got.Hash != info.Hash || got.Width != info.Width {
		t.Errorf("by its pointer: %+v", got)
	}
	if got := s.index.content("c.jpg", hash, size+1); got != nil {
		t.Errorf("with another size: %+v", got)
	}
}

// TestIndexKeep holds that what is forgotten is forgotten under all names.
func TestIndexKeep(t *testing.T) {
	m := someMemory(4)
	x := &index{remembered: m}
	paths := sortedKeys(m.files)
	m.files["copy.jpg"] = m.files[paths[0]]
	x.keep(map[string]bool{"copy.jpg": true, paths[1]: true, "new.jpg": true})
	if len(m.files) != 2 || len(m.contents) != 2 || len(m.blobs) != 2 || !x.changed {
		t.Errorf("%d files, %d contents and %d blobs stay", len(m.files), len(m.contents), len(m.blobs))
	}
	x.changed = false
	x.keep(map[string]bool{"copy.jpg": true, paths[1]: true})
	if x.changed {
		t.Error("nothing is forgotten, but the index is to be written")
	}
}

// TestIndexAtOnce lets many ask and note at the same time, for the race
// detector.
func TestIndexAtOnce(t *testing.T) {
	a, b := twoPictures(t)
	c := newCheckout(t, DirStore(t.TempDir()), map[string][]byte{"a.jpg": a, "b.jpg": b})
	s := New(os.DirFS(c.dir), c.cache, Options{})
	s.Identify(c.identity())
	var group sync.WaitGroup
	for i := range 16 {
		group.Go(func() {
			path, data := "a.jpg", a
			if i%2 == 0 {
				path, data = "b.jpg", b
			}
			info, fault, err := s.Probe(context.Background(), path)
			if err != nil || fault != nil {
				t.Error(fault, err)
				return
			}
			st, err := os.Stat(filepath.Join(c.dir, path))
			if err := errors.Join(err, s.index.prove(path, st, info, bytes.NewReader(data)), s.index.save(c.cache)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := s.index.content("", sha256Hex(a), int64(len(a))); got == nil {
		t.Error("nothing is remembered")
	}
}

func sha256Hex(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
