package publish

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// bigSite is as many files as a site of 4,500 submissions has: a page and a
// card each in a folder of its own, and pictures in 256 shared folders.
// Picture files say their key, as renditions do.
func bigSite(pages int, edit string) *Set {
	s := new(Set)
	body := bytes.Repeat([]byte("<p>A grey cat guards a latte.</p>\n"), 120)
	for i := range pages {
		page := fmt.Appendf(body[:len(body):len(body)], "%d", i)
		if i == pages/2 {
			page = append(page, edit...)
		}
		open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(page)), nil }
		dir := fmt.Sprintf("g%03d/p%05d", i%100, i)
		s.Add(File{Path: dir + "/index.html", Open: open})
		s.Add(File{Path: dir + "/card.jpg", Open: open})
		media := fmt.Sprintf("media/%02x/%05d.webp", i%256, i)
		s.Add(File{Path: media, Key: media, Open: open})
	}
	return s
}

// BenchmarkDir measures publishing 13,700 files to a folder below the
// temporary folder: set TMPDIR to choose the file system.
func BenchmarkDir(b *testing.B) {
	const pages = 13700 / 3
	ctx := context.Background()
	sets := []*Set{bigSite(pages, ""), bigSite(pages, "and supervises")}
	fresh := func(b *testing.B) *Dir {
		root := b.TempDir()
		return NewDir(filepath.Join(root, "public"), DirOptions{State: filepath.Join(root, ".gallerist", "published")})
	}
	sync := func(b *testing.B, d *Dir, s *Set) {
		b.Helper()
		if _, err := Sync(ctx, s, d, Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			d := fresh(b)
			b.StartTimer()
			sync(b, d, sets[0])
			b.StopTimer()
			if err := os.RemoveAll(d.path); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		d := fresh(b)
		sync(b, d, sets[0])
		for b.Loop() {
			sync(b, d, sets[0])
		}
	})
	b.Run("one changed", func(b *testing.B) {
		d := fresh(b)
		sync(b, d, sets[0])
		for i := 0; b.Loop(); i++ {
			sync(b, d, sets[(i+1)%2])
		}
	})
}
