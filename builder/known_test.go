package builder

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"gallerist/builder/media"
)

// countingFS counts how often a picture or a film is opened.
type countingFS struct {
	fs.FS
	opened atomic.Int64
}

func (c *countingFS) Open(name string) (fs.File, error) {
	switch path.Ext(name) {
	case ".jpg", ".mov":
		c.opened.Add(1)
	}
	return c.FS.Open(name)
}

func (c *countingFS) Stat(name string) (fs.FileInfo, error)  { return fs.Stat(c.FS, name) }
func (c *countingFS) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(c.FS, name) }
func (c *countingFS) ReadLink(name string) (string, error)   { return fs.ReadLink(c.FS, name) }

// TestNothingReadAgain holds that a build in which nothing has changed opens no
// picture, no portrait and no film.
func TestNothingReadAgain(t *testing.T) {
	dir := t.TempDir()
	folder := withPiece("", map[string][]byte{"walk.mov": sampleFilm(t, "h264.mov"), "walk.jpg": photo(6, 120, 90)})
	addTeam(folder) // whose portraits are pictures too
	for name, file := range folder {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, file.Data, 0o666); err != nil {
			t.Fatal(err)
		}
		old := time.Now().Add(-time.Hour)
		if err := os.Chtimes(to, old, old); err != nil {
			t.Fatal(err)
		}
	}
	cache := t.TempDir()
	build := func() (map[string]string, int64) {
		fsys := &countingFS{FS: os.DirFS(dir)}
		r, _, err := Build(t.Context(), fsys, Options{Now: testNow, Cache: media.DirStore(cache)})
		if err != nil {
			t.Fatal(err)
		}
		opened := fsys.opened.Load()
		files := map[string]string{}
		for _, f := range r.Set.Files() {
			files[f.Path] = open(t, f.Open)
		}
		return files, opened
	}
	cold, first := build()
	warm, again := build()
	if first == 0 || again != 0 {
		t.Errorf("opened %d times, then %d", first, again)
	}
	sameFiles(t, "warm", cold, warm)
}
