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
	if _, err := Sync(b.Context(), bigSite(13700/3, ""), d, Options{}); err != nil {
		b.Fatal(err)
	}
	future := time.Now().Add(time.Hour) // else what was written in the same moment is read again
	if err := os.Chtimes(d.opt.State, future, future); err != nil {
		b.Fatal(err)
	}
	b.Run("walk", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := d.walk(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	})
	found, err := d.walk(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	b.Run("known", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := d.known(context.Background(), found); err != nil {
				b.Fatal(err)
			}
		}
	})
}
