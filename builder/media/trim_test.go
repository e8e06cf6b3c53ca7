package media

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// stores are one of each sort.
func stores(t *testing.T) map[string]Store {
	return map[string]Store{"memory": MemStore(), "folder": DirStore(filepath.Join(t.TempDir(), "cache"))}
}

// putOld puts an entry that was last used so many hours ago; in memory, where
// there is no clock, the order of calls tells.
func putOld(t *testing.T, s Store, key string, size, hours int) {
	t.Helper()
	if err := s.Put(key, make([]byte, size)); err != nil {
		t.Fatal(err)
	}
	now, err := s.Now()
	if err != nil {
		t.Fatal(err)
	}
	if !now.IsZero() {
		if err := s.Touch(key, now.Add(-time.Duration(hours)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
}

func keysOf(t *testing.T, s Store) string {
	t.Helper()
	keys, err := s.Keys()
	if err != nil {
		t.Fatal(err)
	}
	keys = slices.DeleteFunc(keys, func(key string) bool { return key == trimmedKey })
	return strings.Join(keys, " ")
}

// TestTrim holds what goes, in which order, and what stays.
func TestTrim(t *testing.T) {
	tests := []struct {
		name string
		max  int64
		used string
		want string
	}{
		{"no bound", 0, "", "a b c d index"},
		{"within the bound", 410, "", "a b c d index"},
		{"above it", 409, "", "b c d index"},
		{"above it, and room is made", 320, "", "c d index"}, // 310 are within it, but not within 9/10
		{"what is used stays, though it is oldest", 409, "a b", "a b d index"},
		{"even where that alone is more", 50, "b d", "b d index"},
		{"all may go but the index", 1, "", "index"},
	}
	for _, tt := range tests {
		for name, s := range stores(t) {
			for i, key := range []string{"a", "b", "c", "d"} {
				putOld(t, s, key, 100, 40-i)
			}
			putOld(t, s, indexKey, 10, 90)
			err := Trim(t.Context(), s, tt.max, func(key string) bool { return slices.Contains(strings.Fields(tt.used), key) })
			if got := keysOf(t, s); err != nil || got != tt.want {
				t.Errorf("%s, %s: %q stay, want %q (%v)", tt.name, name, got, tt.want, err)
			}
		}
	}
}

// TestTrimTouch holds when the note of an entry's use is renewed.
func TestTrimTouch(t *testing.T) {
	s := DirStore(t.TempDir())
	putOld(t, s, "fresh", 1, 23)
	putOld(t, s, "old", 1, 25)
	putOld(t, s, "future", 1, -5)
	putOld(t, s, "unused", 1, 25)
	putOld(t, s, indexKey, 1, 25)
	putOld(t, s, "m/ab/"+tempPrefix+"1", 1, 23)
	putOld(t, s, "m/ab/"+tempPrefix+"2", 1, 25)
	if err := Trim(t.Context(), s, 0, func(key string) bool { return key != "unused" }); err != nil {
		t.Fatal(err)
	}
	now, err := s.Now()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := s.Entries()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, e := range entries {
		if e.Key == trimmedKey {
			continue
		}
		got[e.Key] = int(now.Sub(e.Used).Round(time.Hour).Hours())
	}
	want := map[string]int{"fresh": 23, "old": 0, "future": 0, "unused": 25, indexKey: 0, "m/ab/" + tempPrefix + "1": 23}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("hours since use: %v, want %v", got, want)
	}
}

// listedStore counts how often it is looked through.
type listedStore struct {
	*dirStore
	listed int
}

func (l *listedStore) Entries() ([]Entry, error) {
	l.listed++
	return l.dirStore.Entries()
}

// TestTrimDue holds when a store is looked through: when it has grown, when the
// bound is another, and once a day.
func TestTrimDue(t *testing.T) {
	dir := t.TempDir()
	s := &listedStore{dirStore: &dirStore{dir: dir}}
	trim := func(max int64, change func(Store)) int {
		t.Helper()
		s.listed = 0
		if change != nil {
			change(s)
		}
		if err := Trim(t.Context(), s, max, func(string) bool { return true }); err != nil {
			t.Fatal(err)
		}
		return s.listed
	}
	put := func(s Store) {
		if err := s.Put("a", []byte("a")); err != nil {
			t.Fatal(err)
		}
	}
	note := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, trimmedKey), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	now, err := DirStore(dir).Now()
	if err != nil {
		t.Fatal(err)
	}
	steps := []struct {
		name   string
		max    int64
		note   string
		change func(Store)
		want   int
	}{
		{"for the first time", 100, "", nil, 1},
		{"again", 100, "", nil, 0},
		{"with another bound", 50, "", nil, 1},
		{"after an entry was put", 50, "", put, 1},
		{"unchanged", 50, "", nil, 0},
		{"23 hours later", 50, fmt.Sprintf(trimmedFormat, 50, now.Add(-23*time.Hour).Unix()), nil, 0},
		{"a day later", 50, fmt.Sprintf(trimmedFormat, 50, now.Add(-25*time.Hour).Unix()), nil, 1},
		{"with a note from the future", 50, fmt.Sprintf(trimmedFormat, 50, now.Add(time.Hour).Unix()), nil, 1},
		{"with a damaged note", 50, "max fifty", nil, 1},
	}
	for _, step := range steps {
		if step.note != "" {
			note(step.note)
		}
		if n := trim(step.max, step.change); n != step.want {
			t.Errorf("%s: looked through %d times, want %d", step.name, n, step.want)
		}
	}
}

// TestTrimMemory holds that in memory too a use counts.
func TestTrimMemory(t *testing.T) {
	s := MemStore()
	for _, key := range []string{"a", "b", "c"} {
		putOld(t, s, key, 100, 0)
	}
	if err := Trim(t.Context(), s, 0, func(key string) bool { return key == "a" }); err != nil {
		t.Fatal(err)
	}
	if err := Trim(t.Context(), s, 200, func(string) bool { return false }); err != nil {
		t.Fatal(err)
	}
	if got := keysOf(t, s); got != "a" {
		t.Errorf("%q stay: the one used last is a", got)
	}
}

// threePictures returns a folder with three pictures and the jobs for each.
func threePictures(t *testing.T, s Store) (fstest.MapFS, *Studio, []Job) {
	t.Helper()
	fsys := fstest.MapFS{
		"a.jpg": {Data: jpegOf(t, quarters(340, 240))}, "b.jpg": {Data: jpegOf(t, quarters(341, 240))}, "c.jpg": {Data: jpegOf(t, quarters(342, 240))},
	}
	studio := New(fsys, s, Options{})
	return fsys, studio, jobsOf(t, studio, fsys, tile)
}

// TestTrimPictures holds that a picture's record and renditions go together,
// and that what went is made again with the same bytes.
func TestTrimPictures(t *testing.T) {
	for name, s := range stores(t) {
		fsys, studio, jobs := threePictures(t, s)
		all := contents(t, mustMake(t, studio, jobs))
		entries, err := s.Entries()
		if err != nil {
			t.Fatal(err)
		}
		var total int64
		for i, j := range jobs { // the first is the oldest
			for key := range needed(jobs[i : i+1]) {
				if now, _ := s.Now(); key != indexKey {
					if err := s.Touch(key, now.Add(time.Duration(i-9)*time.Hour)); err != nil {
						t.Fatal(err)
					}
				}
			}
			if !strings.HasPrefix(recordKey(j.Info.Hash), recordPrefix) {
				t.Fatal("records have other keys than Trim thinks")
			}
		}
		for _, e := range entries {
			total += e.Size
		}
		if err := Trim(t.Context(), s, total-1, func(string) bool { return false }); err != nil {
			t.Fatal(err)
		}
		left, err := s.Keys()
		if err != nil {
			t.Fatal(err)
		}
		for i := range jobs {
			for key := range needed(jobs[i : i+1]) {
				if there := slices.Contains(left, key); there != (i > 0) && key != indexKey {
					t.Errorf("%s: %s of picture %d: there is %t", name, key, i, there)
				}
			}
		}
		again := New(fsys, s, Options{})
		if got := contents(t, mustMake(t, again, jobsOf(t, again, fsys, tile))); fmt.Sprint(got) != fmt.Sprint(all) {
			t.Errorf("%s: made again, the pictures differ", name)
		}
	}
}

// TestTrimWhole holds that a picture of which one part was used lately stays
// whole.
func TestTrimWhole(t *testing.T) {
	s := MemStore()
	_, studio, jobs := threePictures(t, s)
	mustMake(t, studio, jobs)
	lately := jobs[1].Renditions[0].pixels
	for _, key := range []string{recordKey(jobs[0].Info.Hash), recordKey(jobs[2].Info.Hash), lately} {
		if err := s.Touch(key, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := s.Entries()
	if err != nil {
		t.Fatal(err)
	}
	var total int64
	for _, e := range entries {
		total += e.Size
	}
	if err := Trim(t.Context(), s, total-1, func(string) bool { return false }); err != nil {
		t.Fatal(err)
	}
	left := strings.Fields(keysOf(t, s))
	for i, want := range []bool{false, true, true} {
		for key := range needed(jobs[i : i+1]) {
			if there := slices.Contains(left, key); there != want && key != indexKey {
				t.Errorf("%s of picture %d: there is %t", key, i, there)
			}
		}
	}
}

// vanishingStore is trimmed by another build just before an entry is read for
// the first time.
type vanishingStore struct {
	Store
	t    *testing.T
	read map[string]bool
}

func (v *vanishingStore) Get(key string) ([]byte, error) {
	if strings.HasPrefix(key, "r/") && !v.read[key] {
		v.read[key] = true
		if err := Trim(v.t.Context(), v.Store, 1, func(string) bool { return false }); err != nil {
			v.t.Error(err)
		}
	}
	return v.Store.Get(key)
}

// TestTrimUnderReaders holds that what goes while a build is reading is made
// again by it.
func TestTrimUnderReaders(t *testing.T) {
	s := DirStore(filepath.Join(t.TempDir(), "cache"))
	fsys, studio, jobs := threePictures(t, s)
	all := contents(t, mustMake(t, studio, jobs))
	reader := New(fsys, &vanishingStore{s, t, map[string]bool{}}, Options{})
	for _, f := range mustMake(t, reader, jobs).Files {
		if data := readAll(t, f); string(data) != all[f.Path] {
			t.Errorf("%s differs", f.Path)
		}
	}
}

func readAll(t *testing.T, f File) []byte {
	rc, err := f.Open()
	if err != nil {
		t.Error(err)
		return nil
	}
	defer rc.Close()
	data, err := io.ReadAll(rc)
	if err != nil {
		t.Error(err)
	}
	return data
}

// dyingStore fails after so many deletions.
type dyingStore struct {
	Store
	left int
}

var errDead = errors.New("dead")

func (d *dyingStore) Delete(key string) error {
	if d.left--; d.left < 0 {
		return errDead
	}
	return d.Store.Delete(key)
}

// TestTrimDies holds that wherever a Trim ends, the next build makes the same.
func TestTrimDies(t *testing.T) {
	for n := 0; ; n++ {
		s := MemStore()
		fsys, studio, jobs := threePictures(t, s)
		all := contents(t, mustMake(t, studio, jobs))
		err := Trim(t.Context(), &dyingStore{s, n}, 1, func(string) bool { return false })
		again := New(fsys, s, Options{})
		if got := contents(t, mustMake(t, again, jobsOf(t, again, fsys, tile))); fmt.Sprint(got) != fmt.Sprint(all) {
			t.Errorf("after %d deletions the pictures differ", n)
		}
		if err == nil {
			break
		}
		if !errors.Is(err, errDead) {
			t.Fatal(err)
		}
		n += 2 // every third is enough: records and renditions come in turn
	}
}

// TestTrimIndex holds that the index forgets what is no longer in the cache,
// but not what this build has seen.
func TestTrimIndex(t *testing.T) {
	a, b := twoPictures(t)
	cache := DirStore(filepath.Join(t.TempDir(), "cache"))
	noted, found := jpegOf(t, quarters(50, 50)), jpegOf(t, quarters(51, 51))
	c := newCheckout(t, cache, map[string][]byte{"a.jpg": a, "b.jpg": b, "noted.jpg": noted, "found.jpg": found})
	c.build("a.jpg", "b.jpg", "found.jpg")
	s := New(os.DirFS(c.dir), cache, Options{})
	s.Identify(c.identity())
	var jobs []Job
	for _, path := range []string{"a.jpg", "noted.jpg", "found.jpg"} {
		info, fault, err := s.Probe(t.Context(), path)
		if err != nil || fault != nil {
			t.Fatal(fault, err)
		}
		jobs = append(jobs, Job{Info: info, Renditions: tile.planned(info, nil)})
	}
	if err := s.Trim(t.Context(), jobs[:1], 1, func(string) bool { return false }); err != nil {
		t.Fatal(err)
	}
	fresh := &index{}
	if err := fresh.open(cache); err != nil {
		t.Fatal(err)
	}
	for data, want := range map[string]bool{string(a): true, string(b): false, string(noted): true, string(found): true} {
		if got := fresh.content("x", sha256Hex([]byte(data)), int64(len(data))); (got != nil) != want {
			t.Errorf("%d bytes: remembered is %t, want %t", len(data), got != nil, want)
		}
	}
	if n, made := c.build("a.jpg"); n != 0 || made != 0 {
		t.Errorf("what is used was trimmed: %d opened, %d written", n, made)
	}
}

// TestTrimAnything holds for stores of all kinds that what is used stays, that
// the bound is kept where it can be, and that nothing went which was used later
// than something that stays.
func TestTrimAnything(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		s, used, age := MemStore(), map[string]bool{}, map[string]int{}
		var total, wanted int64
		for i := range r.IntN(40) {
			key := fmt.Sprintf("m/%02x/%d", r.IntN(256), i)
			size := r.IntN(1000)
			putOld(t, s, key, size, 0)
			age[key] = i
			total += int64(size)
			if used[key] = r.IntN(3) == 0; used[key] {
				wanted += int64(size)
			}
		}
		most := r.Int64N(total+100) + 1
		if err := Trim(t.Context(), s, most, func(key string) bool { return used[key] }); err != nil {
			t.Fatal(err)
		}
		entries, err := s.Entries()
		if err != nil {
			t.Fatal(err)
		}
		var left int64
		there := map[string]bool{}
		for _, e := range entries {
			if e.Key != trimmedKey {
				there[e.Key] = true
				left += e.Size
			}
		}
		if left > max(most, wanted) || total <= most && left != total {
			t.Fatalf("of %d bytes %d stay, of which %d are used; the bound is %d", total, left, wanted, most)
		}
		oldest := 1 << 30
		for key := range there {
			if !used[key] {
				oldest = min(oldest, age[key])
			}
		}
		for key, n := range age {
			if !there[key] && (used[key] || n > oldest) {
				t.Fatalf("%s went, which was used: %t", key, used[key])
			}
		}
	}
}

// BenchmarkTrim looks through the cache of 1,000 pictures, within its bound.
func BenchmarkTrim(b *testing.B) {
	s := DirStore(b.TempDir())
	for i := range 11_000 {
		if err := s.Put(fmt.Sprintf("m/%02x/%d", i%256, i), []byte("x")); err != nil {
			b.Fatal(err)
		}
	}
	always := struct{ Store }{s} // does not tell whether it has grown
	for b.Loop() {
		if err := Trim(b.Context(), always, 1<<30, func(string) bool { return true }); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUnchanged is what a build that finds nothing to do costs for 1,000
// pictures: their headers, renditions planned, and the cache kept in bounds;
// in the same folder and in a fresh checkout, where git's ids are all that is
// known.
func BenchmarkUnchanged(b *testing.B) {
	const pictures = 1000
	dir, cache := b.TempDir(), filepath.Join(b.TempDir(), "cache")
	ids, inode := map[string]string{}, uint64(1)
	build := func(first bool) {
		fsys := &openedFS{FS: os.DirFS(dir)}
		s := New(fsys, DirStore(cache), Options{})
		s.Identify(Identity{
			Inode: func(fs.FileInfo) uint64 { return inode },
			Blob:  func(path string, _ fs.FileInfo) (string, bool) { return ids[path], true },
		})
		var jobs []Job
		for path := range ids {
			info, fault, err := s.Probe(b.Context(), path)
			if err != nil || fault != nil {
				b.Fatal(fault, err)
			}
			if first {
				data, err := os.ReadFile(filepath.Join(dir, path))
				st, serr := os.Stat(filepath.Join(dir, path))
				if err := errors.Join(err, serr, s.index.prove(path, st, info, bytes.NewReader(data))); err != nil {
					b.Fatal(err)
				}
			}
			jobs = append(jobs, Job{Info: info, Renditions: tile.planned(info, nil)})
		}
		mustMake(b, s, jobs)
		if err := s.Trim(b.Context(), jobs, 1<<30, nil); err != nil {
			b.Fatal(err)
		}
		if !first && fsys.opened.Load() > 0 {
			b.Fatalf("%d files were read", fsys.opened.Load())
		}
	}
	picture, then := jpegOf(b, quarters(40, 30)), time.Now().Add(-time.Hour)
	for i := range pictures {
		name := fmt.Sprintf("%d.jpg", i)
		data := append(slices.Clone(picture), byte(i), byte(i>>8))
		ids[name] = gitID(data)
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
			b.Fatal(err)
		}
		if err := os.Chtimes(filepath.Join(dir, name), then, then); err != nil {
			b.Fatal(err)
		}
	}
	build(true)
	b.Run("same", func(b *testing.B) {
		for b.Loop() {
			build(false)
		}
	})
	b.Run("checkout", func(b *testing.B) {
		for inode++; b.Loop(); {
			build(false)
		}
	})
}

// TestPutWhileDeleted holds that a build goes on when its whole cache is taken
// away at any moment, as the command clean does.
func TestPutWhileDeleted(t *testing.T) {
	parent := t.TempDir()
	dir, away := filepath.Join(parent, "cache"), filepath.Join(parent, "away")
	s := DirStore(dir)
	finished, stop := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stop)
		for range 20 {
			<-finished // two whole Puts later at the least
			<-finished
			if err := os.Rename(dir, away); err != nil {
				t.Error(err)
			}
			if err := os.RemoveAll(away); err != nil {
				t.Error(err)
			}
		}
	}()
	for i := 0; ; i++ {
		if err := s.Put(fmt.Sprintf("m/%02x/x", i%8), []byte("x")); err != nil {
			t.Errorf("put %d: %v", i, err)
		}
		select {
		case finished <- struct{}{}:
		case <-stop:
			return
		default:
		}
	}
}
