package publish_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"gallerist/builder/publish"
	"gallerist/builder/publish/publishtest"
)

// keyedSite is a page with a key, and one made so long after it that the state
// need not hash the first.
type keyedSite struct {
	*testing.T
	out    string
	dir    *publish.Dir
	opened atomic.Int32 // how often the page was made
}

func newKeyedSite(t *testing.T) *keyedSite {
	root := t.TempDir()
	out := filepath.Join(root, "public")
	return &keyedSite{T: t, out: out, dir: publish.NewDir(out, publish.DirOptions{State: filepath.Join(root, "state"), Site: root})}
}

// stamp is the moment that a file written now gets.
func (s *keyedSite) stamp() time.Time {
	name := filepath.Join(filepath.Dir(s.out), "stamp")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		panic(err) // not on the test's own goroutine
	}
	info, err := os.Stat(name)
	if err != nil {
		panic(err) // not on the test's own goroutine
	}
	return info.ModTime()
}

func (s *keyedSite) sync(key, content string) publish.Report {
	s.Helper()
	s.opened.Store(0)
	set := publishtest.Set("later.html", "later")
	set.Add(publish.File{Path: "page.html", Key: key, Open: func() (io.ReadCloser, error) {
		s.opened.Add(1)
		return publishtest.Text(content)()
	}})
	set.Add(publish.File{Path: "wait.html", Key: "wait", Open: func() (io.ReadCloser, error) {
		for begun := s.stamp(); s.stamp().Sub(begun) < 40*time.Millisecond; {
		}
		return publishtest.Text("waited")() // when the disk's clock has moved on
	}})
	r, err := publish.Sync(context.Background(), set, s.dir, publish.Options{Workers: 1})
	if err != nil {
		s.Fatal(err)
	}
	if data, err := os.ReadFile(filepath.Join(s.out, "page.html")); err != nil || string(data) != content {
		s.Fatalf("published %q, %v; want %q", data, err, content)
	}
	return r
}

// entry is what the folder's manifest has of the page.
func (s *keyedSite) entry() publish.Entry {
	s.Helper()
	m, err := s.dir.Manifest(context.Background())
	if err != nil {
		s.Fatal(err)
	}
	e, _ := m.Find("page.html")
	if err := s.dir.Abort(); err != nil {
		s.Fatal(err)
	}
	return e
}

// What has a key is known by it, and by its content when the key changes.
func TestUnhashed(t *testing.T) {
	s := newKeyedSite(t)
	s.sync("1", "content")
	if e := s.entry(); e.Hash != (publish.Hash{}) || e.Key != publish.SumKey("1") {
		t.Fatalf("hashed without need: %v", e)
	}
	before := info(t, s.out, "page.html")
	for _, step := range []struct {
		what, key, content string
		opened             int32
		written            int
	}{
		{"nothing new", "1", "content", 0, 0},
		{"another key", "2", "content", 1, 0},
		{"that key again", "2", "content", 0, 0},
		{"another content of that size", "3", "CONTENT", 1, 1},
		{"another size", "4", "more content", 1, 1},
		{"without a key", "", "more content", 1, 0},
		{"without a key, changed", "", "less", 1, 1},
		{"with a key again", "5", "less", 1, 0},
	} {
		r := s.sync(step.key, step.content)
		if s.opened.Load() != step.opened || r.Written != step.written {
			t.Errorf("%s: made %d times, wrote %q; want %d, %d files", step.what, s.opened.Load(), r.Changed, step.opened, step.written)
		}
		if step.what == "that key again" && !os.SameFile(before, info(t, s.out, "page.html")) {
			t.Error("a page of the same content was written again")
		}
	}
}

// A page that somebody touched, or changed without changing its size, is looked
// at: its key speaks for it no more.
func TestUnhashedHarmed(t *testing.T) {
	s := newKeyedSite(t)
	s.sync("1", "content")
	file := filepath.Join(s.out, "page.html")
	if err := os.Chtimes(file, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if r := s.sync("1", "content"); s.opened.Load() != 1 || r.Written != 0 {
		t.Errorf("touched: made %d times, wrote %q", s.opened.Load(), r.Changed)
	}
	s.sync("1", "content")
	if err := os.WriteFile(file, []byte("harmed!"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := s.sync("1", "content"); r.Written != 1 {
		t.Errorf("harmed: wrote %q", r.Changed)
	}
}

// What was written in the moment in which the state was has its hash there, as a
// look would not believe it: a small site is not made twice.
func TestJustWritten(t *testing.T) {
	s := newKeyedSite(t)
	for range 5 {
		set := publishtest.Set()
		var opened atomic.Int32
		set.Add(publish.File{Path: "page.html", Key: "1", Open: func() (io.ReadCloser, error) {
			opened.Add(1)
			return publishtest.Text("content")()
		}})
		if err := os.RemoveAll(s.out); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			opened.Store(0)
			if _, err := publish.Sync(context.Background(), set, s.dir, publish.Options{}); err != nil {
				t.Fatal(err)
			}
		}
		if opened.Load() != 0 {
			t.Error("made again")
		}
	}
}
