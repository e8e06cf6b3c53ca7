package media

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// openedFS counts how often files are opened.
type openedFS struct {
	fs.FS
	opened int
}

func (o *openedFS) Open(name string) (fs.File, error) {
	o.opened++
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
		s := New(fsys, cache, limits)
		info, fault, err := s.Probe(context.Background(), "a.jpg")
		if err != nil || fault != nil {
			t.Fatal(fault, err)
		}
		fresh, _ := inspect(want, Limits{})
		fresh.Path = "a.jpg"
		if *info != *fresh {
			t.Fatalf("got %+v, want %+v", info, fresh)
		}
		opened := fsys.opened
		mustMake(t, s, []Job{{Info: info, Renditions: tile.Plan(info, nil)}})
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
	write(first, 0) // just now: it may change again within the same tick
	probe(first, Limits{})
	write(second, 0)
	if n := probe(second, Limits{}); n != 1 {
		t.Errorf("changed just now: opened %d times", n)
	}
	write(first, time.Hour)
	probe(first, Limits{})
	if _, fault, err := New(os.DirFS(dir), cache, Limits{Bytes: 10}).Probe(context.Background(), "a.jpg"); fault == nil {
		t.Errorf("what is remembered passes a smaller limit (%v)", err)
	}
	damageIndex(t, cache)
	if n := probe(first, Limits{}); n != 1 {
		t.Errorf("with a damaged index: opened %d times", n)
	}
	if err := New(os.DirFS(dir), cache, Limits{}).Prune(context.Background(), nil); err != nil {
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
