package publish

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkKnown is what a build begins with where something was published:
// 9,100 pages, each in a folder of its own, and 4,500 pictures are held
// against the state file.
func BenchmarkKnown(b *testing.B) {
	root := b.TempDir()
	d := NewDir(filepath.Join(root, "public"), DirOptions{State: filepath.Join(root, "state")})
	if _, err := Sync(b.Context(), bigSite(13700/3, "", true), d, Options{}); err != nil {
		b.Fatal(err)
	}
	future := time.Now().Add(time.Hour) // else what was written in the same moment is read again
	if err := os.Chtimes(d.opt.State, future, future); err != nil {
		b.Fatal(err)
	}
	site, err := d.openSite()
	if err != nil {
		b.Fatal(err)
	}
	b.Run("state", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if s := readState(d.opt.State, d.root); len(s.files) == 0 {
				b.Fatal("nothing was remembered")
			}
		}
	})
	s := readState(d.opt.State, d.root)
	b.Run("look", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if f, err := d.search(context.Background(), site, s); err != nil || !f.exact {
				b.Fatal(err)
			}
		}
	})
}
