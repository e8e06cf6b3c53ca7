package rootfs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// site makes a folder with a file outside it, and returns the folder.
func site(t testing.TB) string {
	t.Helper()
	top := t.TempDir()
	dir := filepath.Join(top, "site")
	must(t, os.MkdirAll(filepath.Join(dir, "content/spring/olya"), 0o755))
	must(t, os.MkdirAll(filepath.Join(dir, "empty"), 0o750))
	write(t, filepath.Join(top, "secret"), "secret")
	write(t, filepath.Join(dir, "site.toml"), "title = \"x\"\n")
	write(t, filepath.Join(dir, "empty file"), "")
	write(t, filepath.Join(dir, "content/spring/olya/submission.md"), strings.Repeat("a story ", 3000))
	write(t, filepath.Join(dir, "content/spring/olya/ночь.jpg"), "\xff\xd8\xff")
	return dir
}

func write(t testing.TB, name, text string) {
	t.Helper()
	must(t, os.WriteFile(name, []byte(text), 0o640))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, dir string) *Root {
	t.Helper()
	r, err := Open(dir)
	must(t, err)
	t.Cleanup(func() { r.Close() })
	return r
}

// TestFS runs the standard library's check of file systems.
func TestFS(t *testing.T) {
	dir := site(t)
	must(t, fstest.TestFS(open(t, dir).FS(), "site.toml", "empty file", "empty", "content/spring/olya/ночь.jpg"))
}

// said is all that a file system says about a name, in words that two file
// systems can be compared by.
func said(fsys fs.FS, name string) string {
	var b strings.Builder
	tell := func(what string, v any, err error) {
		if err != nil {
			v = err
		}
		fmt.Fprintf(&b, "%s %v\n", what, v)
	}
	stat, err := fs.Stat(fsys, name)
	tell("stat", describe(stat), err)
	lstat, err := fs.Lstat(fsys, name)
	tell("lstat", describe(lstat), err)
	link, err := fs.ReadLink(fsys, name)
	tell("link", link, err)
	if stat != nil && !stat.Mode().IsRegular() && !stat.IsDir() {
		return b.String() // os.Root waits for the other end of a pipe
	}
	list, err := fs.ReadDir(fsys, name)
	tell("list", entries(list), err)
	data, err := fs.ReadFile(fsys, name)
	tell("data", string(data), err)
	f, err := fsys.Open(name)
	tell("open", err == nil, err)
	if err != nil {
		return b.String()
	}
	data, err = io.ReadAll(f)
	tell("read", string(data), err)
	st, err := f.Stat()
	tell("its stat", describe(st), err)
	tell("close", nil, f.Close())
	_, err = f.Read(make([]byte, 1))
	tell("read after", nil, err)
	return b.String()
}

// short takes the folder out of what was said: the errors of an os.File name it.
func short(said, dir string) string {
	return strings.ReplaceAll(said, dir+string(filepath.Separator), "")
}

func describe(st fs.FileInfo) string {
	if st == nil {
		return ""
	}
	return fmt.Sprintf("%s %v %d %v %v", st.Name(), st.Mode(), st.Size(), st.ModTime(), st.IsDir())
}

func entries(list []fs.DirEntry) string {
	var b strings.Builder
	for _, e := range list {
		st, err := e.Info()
		fmt.Fprintln(&b, e.Name(), e.Type(), e.IsDir(), describe(st), err)
	}
	return b.String()
}

// TestAsRoot holds the quick file system to what os.Root says.
func TestAsRoot(t *testing.T) {
	dir := site(t)
	oddities(t, dir)
	names := []string{
		".", "site.toml", "empty file", "empty", "content", "content/spring/olya", "content/spring/olya/submission.md",
		"content/spring/olya/ночь.jpg", "missing", "missing/x", "site.toml/x", "",
		"/", "/site.toml", "..", "../secret", "content/..", "content/../site.toml", "./site.toml", "content/", "content//spring",
		"content\x00", strings.Repeat("n", 300), strings.Repeat("deep/", 900) + "x", "content\\spring", "\xff",
	}
	list, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range list {
		names = append(names, e.Name(), e.Name()+"/spring", e.Name()+"/olya/submission.md")
	}
	quick, slow := open(t, dir).FS(), plain(open(t, dir).Root)
	found := 0
	for _, name := range names {
		want, got := said(slow, name), said(quick, name)
		if d := cmp.Diff(short(want, dir), short(got, dir)); d != "" {
			t.Errorf("%.80q: os.Root - we +\n%s", name, d)
		}
		if strings.Contains(got, "data secret") {
			t.Errorf("%q leads out", name)
		}
		found += strings.Count(got, "close <nil>")
	}
	if found < 8 {
		t.Errorf("only %d of the names were opened: the test looks in the wrong place", found)
	}
}

// TestSecretIsThere holds that the test above would see the file outside.
func TestSecretIsThere(t *testing.T) {
	if got := said(os.DirFS(filepath.Dir(site(t))), "secret"); !strings.Contains(got, "data secret") {
		t.Error(got)
	}
}

// TestFile holds what readers of films ask of an open file.
func TestFile(t *testing.T) {
	f, err := open(t, site(t)).FS().Open("content/spring/olya/submission.md")
	must(t, err)
	defer f.Close()
	at, buf := f.(io.ReaderAt), make([]byte, 7)
	if n, err := at.ReadAt(buf, 8); n != 7 || err != nil || string(buf) != "a story" {
		t.Errorf("%d %v %q", n, err, buf)
	}
	if n, err := at.ReadAt(buf, 24000-3); n != 3 || err != io.EOF {
		t.Errorf("at the end: %d %v", n, err)
	}
	if _, err := at.ReadAt(buf, -1); err == nil {
		t.Error("read before the beginning")
	}
	if n, err := f.(io.Seeker).Seek(-6, io.SeekEnd); n != 24000-6 || err != nil {
		t.Errorf("seek: %d %v", n, err)
	}
	if rest, err := io.ReadAll(f); string(rest) != "story " || err != nil {
		t.Errorf("after a seek %q %v", rest, err)
	}
	must(t, f.Close())
	if err := f.Close(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("closed twice: %v", err)
	}
	if _, err := at.ReadAt(buf, 0); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("read after it was closed: %v", err)
	}
}

// TestClosed holds that a closed folder says so, and that files opened in it
// stay open.
func TestClosed(t *testing.T) {
	r := open(t, site(t))
	f, err := r.FS().Open("site.toml")
	must(t, err)
	defer f.Close()
	must(t, r.Close())
	must(t, r.Close())
	if data, err := io.ReadAll(f); len(data) == 0 || err != nil {
		t.Errorf("%q %v", data, err)
	}
	for what, err := range map[string]error{
		"open":    second(r.FS().Open("site.toml")),
		"stat":    second(fs.Stat(r.FS(), "site.toml")),
		"lstat":   second(fs.Lstat(r.FS(), "site.toml")),
		"read":    second(fs.ReadFile(r.FS(), "site.toml")),
		"readdir": second(fs.ReadDir(r.FS(), ".")),
	} {
		if !errors.Is(err, fs.ErrClosed) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// TestManyAtOnce reads while others close, under the race detector.
func TestManyAtOnce(t *testing.T) {
	r := open(t, site(t))
	f, err := r.FS().Open("content/spring/olya/submission.md")
	must(t, err)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 200 {
				data, err := fs.ReadFile(r.FS(), "site.toml")
				if err == nil && len(data) == 0 {
					t.Error("a file without data")
				}
				f.(io.ReaderAt).ReadAt(make([]byte, 10), 5)
			}
		})
	}
	wg.Go(func() { f.Close(); r.Close() })
	wg.Wait()
}

// TestMoved holds that the folder is the one that was opened, whatever it is
// called later and whatever takes its name.
func TestMoved(t *testing.T) {
	dir := site(t)
	r := open(t, dir)
	if err := os.Rename(dir, dir+"-moved"); err != nil {
		t.Skip("an open folder cannot be renamed here:", err)
	}
	must(t, os.Mkdir(dir, 0o755))
	if data, err := fs.ReadFile(r.FS(), "site.toml"); err != nil || len(data) == 0 {
		t.Errorf("%q %v", data, err)
	}
}

// BenchmarkRead reads a small file three folders deep.
func BenchmarkRead(b *testing.B) {
	dir := site(b)
	write(b, filepath.Join(dir, "content/spring/olya/submission.md"), strings.Repeat("a story ", 150))
	r := open(b, dir)
	for name, fsys := range map[string]fs.FS{"quick": r.FS(), "os.Root": r.Root.FS()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := fs.ReadFile(fsys, "content/spring/olya/submission.md"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkReadDir lists a folder of two files.
func BenchmarkReadDir(b *testing.B) {
	r := open(b, site(b))
	for name, fsys := range map[string]fs.FS{"quick": r.FS(), "os.Root": r.Root.FS()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := fs.ReadDir(fsys, path.Join("content", "spring", "olya")); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
