package publish

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"
)

// bigSite is as many files as a site of 4,500 submissions has: a page and a
// card each in a folder of its own, and pictures in 256 shared folders.
// Picture files say their key, as renditions do, and with keys pages do too.
func bigSite(pages int, edit string, keys bool) *Set {
	s := new(Set)
	body := bytes.Repeat([]byte("<p>A grey cat guards a latte.</p>\n"), 120)
	for i := range pages {
		key := fmt.Sprint("page ", i)
		if i == pages/2 {
			key += edit
		}
		if !keys {
			key = ""
		}
		open := func() (io.ReadCloser, error) {
			page := append(bytes.Clone(body), strconv.Itoa(i)...)
			if i == pages/2 {
				page = append(page, edit...)
			}
			return io.NopCloser(bytes.NewReader(page)), nil
		}
		dir := fmt.Sprintf("g%03d/p%05d", i%100, i)
		s.Add(File{Path: dir + "/index.html", Key: key, Open: open})
		s.Add(File{Path: dir + "/card.jpg", Key: key, Open: open})
		media := fmt.Sprintf("media/%02x/%05d.webp", i%256, i)
		s.Add(File{Path: media, Key: media, Open: open})
	}
	return s
}

// cpu reports the processor time of all threads an operation took.
func cpu(b *testing.B, op func()) {
	var spent time.Duration
	for b.Loop() {
		before := processTime(b)
		op()
		spent += processTime(b) - before
	}
	b.ReportMetric(float64(spent.Microseconds())/1000/float64(b.N), "cpu-ms/op")
}

// BenchmarkDir measures publishing 13,700 and 200,000 files to a folder below
// the temporary folder: set TMPDIR to choose the file system.
func BenchmarkDir(b *testing.B) {
	for _, files := range []int{13_700, 200_000} {
		b.Run(strconv.Itoa(files), func(b *testing.B) { benchmarkDir(b, files/3) })
	}
}

func benchmarkDir(b *testing.B, pages int) {
	ctx := context.Background()
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
	// settled is a folder in which the set lies, some builds old.
	settled := func(b *testing.B, sets ...*Set) *Dir {
		b.Helper()
		d := fresh(b)
		for _, s := range sets {
			sync(b, d, s)
		}
		future := time.Now().Add(time.Hour) // else what was written in the same moment is read again
		if err := os.Chtimes(d.opt.State, future, future); err != nil {
			b.Fatal(err)
		}
		runtime.GC()
		return d
	}
	b.Run("cold", func(b *testing.B) {
		s, root := bigSite(pages, "", false), b.TempDir()
		var spent time.Duration
		n := 0
		for b.Loop() {
			d := NewDir(filepath.Join(root, strconv.Itoa(n)), DirOptions{State: filepath.Join(root, "state", strconv.Itoa(n))})
			before := processTime(b)
			sync(b, d, s)
			spent += processTime(b) - before
			n++
		}
		b.ReportMetric(float64(spent.Microseconds())/1000/float64(n), "cpu-ms/op")
	})
	for _, keys := range []bool{false, true} {
		name := map[bool]string{false: "", true: " by key"}[keys]
		sets := []*Set{bigSite(pages, "", keys), bigSite(pages, "and supervises", keys)}
		b.Run("unchanged"+name, func(b *testing.B) {
			d := settled(b, sets[0])
			cpu(b, func() { sync(b, d, sets[0]) })
		})
		b.Run("one changed"+name, func(b *testing.B) {
			d, n := settled(b, sets[0], sets[1], sets[0]), 0
			cpu(b, func() { n++; sync(b, d, sets[n%2]) })
		})
		b.Run("one changed for the first time"+name, func(b *testing.B) {
			d, n := settled(b, sets[0]), 0
			cpu(b, func() {
				n++
				if err := d.dropSpare(); err != nil {
					b.Fatal(err)
				}
				sync(b, d, sets[n%2])
			})
		})
	}
}
