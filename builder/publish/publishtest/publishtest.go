// Package publishtest holds the contract test of publish.Target: every place
// to publish to passes it.
package publishtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"gallerist/builder/publish"
)

// Place is a target under test.
type Place struct {
	Target publish.Target
	// Contents returns all that visitors can see, by path.
	Contents func() (map[string]string, error)
}

// Target runs the contract against places that open makes: each empty and
// independent of the others.
func Target(t *testing.T, open func(t *testing.T) Place) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, p *place)
	}{
		{"holds exactly the set", exact},
		{"leaves alone what it has", unchanged},
		{"does not open what it has by key", keyed},
		{"hashes what is there", hashes},
		{"shows nothing of a refused set", refused},
		{"repeats after an error", repeats},
		{"stops when cancelled", cancelled},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, &place{Place: open(t), t: t}) })
	}
}

type place struct {
	Place
	t *testing.T
}

// Set makes a set out of path, content pairs.
func Set(pairs ...string) *publish.Set {
	s := new(publish.Set)
	for pair := range slices.Chunk(pairs, 2) {
		s.Add(publish.File{Path: pair[0], Origin: "test", Open: Text(pair[1])})
	}
	return s
}

// Text returns a File.Open for a content.
func Text(content string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }
}

func (p *place) sync(set *publish.Set) publish.Report {
	p.t.Helper()
	r, err := publish.Sync(context.Background(), set, p.Target, publish.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	return r
}

func (p *place) want(pairs ...string) {
	p.t.Helper()
	got, err := p.Contents()
	if err != nil {
		p.t.Fatal(err)
	}
	for pair := range slices.Chunk(pairs, 2) {
		if got[pair[0]] != pair[1] {
			p.t.Errorf("%s holds %.40q, want %.40q", pair[0], got[pair[0]], pair[1])
		}
		delete(got, pair[0])
	}
	for path := range got {
		p.t.Errorf("%s is there and should not be", path)
	}
}

func exact(t *testing.T, p *place) {
	large := strings.Repeat("film ", 1<<20) // over what is held in memory
	p.sync(Set("index.html", "home", "a/b/c/index.html", "deep", "film.mp4", large, "empty.txt", "", "кот.html", "cat"))
	p.want("index.html", "home", "a/b/c/index.html", "deep", "film.mp4", large, "empty.txt", "", "кот.html", "cat")
	r := p.sync(Set("index.html", "home 2", "film.mp4", large, "a/b/index.html", "other", "empty.txt", "now"))
	p.want("index.html", "home 2", "film.mp4", large, "a/b/index.html", "other", "empty.txt", "now")
	if r.Written != 3 || r.Unchanged != 1 || r.Deleted != 2 || r.Bytes != int64(len("home 2other now")-1) {
		t.Errorf("report %+v", r)
	}
	if want := []string{"a/b/index.html", "empty.txt", "index.html"}; !slices.Equal(r.Changed, want) {
		t.Errorf("changed %q, want %q", r.Changed, want)
	}
	if want := []string{"a/b/c/index.html", "кот.html"}; !slices.Equal(r.Removed, want) {
		t.Errorf("removed %q, want %q", r.Removed, want)
	}
	p.sync(Set("a", "a file where a folder was"))
	p.want("a", "a file where a folder was")
	p.sync(Set("a/x", "and back"))
	p.want("a/x", "and back")
}

func unchanged(t *testing.T, p *place) {
	set := Set("index.html", "home", "a/index.html", "a")
	p.sync(set)
	if r := p.sync(set); r.Written != 0 || r.Deleted != 0 || r.Unchanged != 2 || r.Bytes != 0 {
		t.Errorf("report %+v", r)
	}
}

func keyed(t *testing.T, p *place) {
	var opened atomic.Int32
	set := new(publish.Set)
	set.Add(publish.File{Path: "p.webp", Key: "k1", Size: 7, Open: func() (io.ReadCloser, error) {
		opened.Add(1)
		return Text("picture")()
	}})
	p.sync(set)
	p.sync(set)
	if n := opened.Load(); n != 1 {
		t.Errorf("opened %d times", n)
	}
	other := new(publish.Set)
	other.Add(publish.File{Path: "p.webp", Key: "k2", Open: Text("another")})
	p.sync(other)
	p.want("p.webp", "another")
}

func hashes(t *testing.T, p *place) {
	p.sync(Set("index.html", "home"))
	m, err := p.Target.Manifest(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if tx, ok := p.Target.(publish.Transaction); ok {
		if err := tx.Abort(); err != nil {
			t.Error(err)
		}
	}
	if e, _ := m.Find("index.html"); e.Hash != sha256.Sum256([]byte("home")) || e.Size != 4 || len(m) != 1 {
		t.Errorf("manifest %v", m)
	}
}

// refused: Verify sees each content that is made once, and its error is the end.
func refused(t *testing.T, p *place) {
	p.sync(Set("index.html", "home", "same.html", "same"))
	seen := make(chan string, 10)
	_, err := publish.Sync(context.Background(), Set("index.html", "olya@example.org", "same.html", "same"), p.Target,
		publish.Options{Verify: func(path string, content []byte) error {
			seen <- path
			if bytes.Contains(content, []byte("@")) {
				return errors.New("a private address")
			}
			return nil
		}})
	if err == nil || !strings.Contains(err.Error(), "index.html (made from test): a private address") {
		t.Errorf("error %v", err)
	}
	close(seen)
	var asked []string
	for path := range seen {
		asked = append(asked, path)
	}
	slices.Sort(asked)
	if !slices.Equal(asked, []string{"index.html", "same.html"}) {
		t.Errorf("asked about %q", asked)
	}
	p.want("index.html", "home", "same.html", "same")
}

func repeats(t *testing.T, p *place) {
	p.sync(Set("index.html", "home"))
	broken := Set("index.html", "home 2")
	broken.Add(publish.File{Path: "z.txt", Open: func() (io.ReadCloser, error) { return nil, errors.New("cannot render") }})
	if _, err := publish.Sync(context.Background(), broken, p.Target, publish.Options{}); err == nil {
		t.Error("no error")
	}
	p.sync(Set("index.html", "home 2", "z.txt", "z"))
	p.want("index.html", "home 2", "z.txt", "z")
}

func cancelled(t *testing.T, p *place) {
	p.sync(Set("index.html", "home"))
	ctx, cancel := context.WithCancel(context.Background())
	set := new(publish.Set)
	set.Add(publish.File{Path: "index.html", Open: func() (io.ReadCloser, error) { cancel(); return Text("new")() }})
	set.Add(publish.File{Path: "later.html", Open: Text("later")})
	if _, err := publish.Sync(ctx, set, p.Target, publish.Options{Workers: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if _, whole := p.Target.(publish.Transaction); whole {
		p.want("index.html", "home")
	}
	p.sync(Set("index.html", "home"))
	p.want("index.html", "home")
}
