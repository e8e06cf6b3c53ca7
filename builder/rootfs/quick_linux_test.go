package rootfs

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// TestQuick holds that the tests above are about openat2 where the kernel has
// it.
func TestQuick(t *testing.T) {
	dir, err := os.Open(t.TempDir())
	must(t, err)
	defer dir.Close()
	if f, err := unix.Openat2(int(dir.Fd()), ".", &unix.OpenHow{Flags: unix.O_PATH, Resolve: unix.RESOLVE_BENEATH}); err != nil {
		t.Skip("no openat2:", err)
	} else {
		unix.Close(f)
	}
	if _, ok := open(t, site(t)).FS().(*beneath); !ok {
		t.Error("the quick file system is not used")
	}
}

// TestPipe holds that opening a pipe does not wait for a writer.
func TestPipe(t *testing.T) {
	dir := site(t)
	oddities(t, dir)
	b, ok := open(t, dir).FS().(*beneath)
	if !ok {
		t.Skip("no openat2")
	}
	f, err := b.Open("pipe")
	must(t, err)
	defer f.Close()
	if st, err := f.Stat(); err != nil || st.Mode().Type() != fs.ModeNamedPipe {
		t.Error(st, err)
	}
	if n, err := f.Read(make([]byte, 1)); n != 0 || err == nil {
		t.Errorf("read %d bytes, %v", n, err)
	}
}

// TestUnknownKinds reads a folder of a file system that does not say what its
// entries are.
func TestUnknownKinds(t *testing.T) {
	dir := site(t)
	oddities(t, dir)
	folder, err := os.Open(dir)
	must(t, err)
	defer folder.Close()
	list, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range list {
		if got, err := fd(folder.Fd()).kind(e.Name(), unix.DT_UNKNOWN); got != e.Type() || err != nil {
			t.Errorf("%s is %v, not %v: %v", e.Name(), got, e.Type(), err)
		}
	}
	if _, err := fd(folder.Fd()).kind("gone", unix.DT_UNKNOWN); err != unix.ENOENT {
		t.Errorf("one that went away: %v", err)
	}
}

// TestReadDirInfo holds it to Lstat.
func TestReadDirInfo(t *testing.T) {
	dir := site(t)
	oddities(t, dir)
	fsys, ok := open(t, dir).FS().(*beneath)
	if !ok {
		t.Skip("no openat2")
	}
	for _, name := range []string{".", "many", "inside/spring", "content/spring/olya", "empty", "missing", "site.toml", "up"} {
		want := ""
		entries, wantErr := fs.ReadDir(fsys, name)
		for _, e := range entries {
			st, err := os.Lstat(filepath.Join(dir, name, e.Name()))
			must(t, err)
			want += describe(st) + fmt.Sprint(numbers(st)) + "\n"
		}
		got := ""
		own, infos, err := fsys.ReadDirInfo(name)
		if own != nil {
			st, err := fs.Stat(fsys, name)
			must(t, err)
			if want, got := describe(st)+fmt.Sprint(numbers(st)), describe(own)+fmt.Sprint(numbers(own)); got != want {
				t.Errorf("%s is said to be %s, not %s", name, got, want)
			}
		}
		for _, e := range infos {
			st, err := e.Info()
			must(t, err)
			if st.IsDir() != e.IsDir() || st.Mode().Type() != e.Type() || st.Name() != e.Name() {
				t.Errorf("%v is said to be %v", e, st)
			}
			got += describe(st) + fmt.Sprint(numbers(st)) + "\n"
		}
		if want != got || fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Errorf("%s: want %v\n%s\ngot %v\n%s", name, wantErr, want, err, got)
		}
	}
}

// TestSeen holds it to Lstat, and that a folder that is given a name is seen to
// have changed.
func TestSeen(t *testing.T) {
	dir := site(t)
	oddities(t, dir)
	root := open(t, dir)
	fsys, ok := root.FS().(*beneath)
	if !ok || !fsys.faithful {
		t.Skip("no openat2, or a file system that is not known")
	}
	for _, name := range []string{".", "many", "content/spring/olya", "site.toml", "up", "pipe", "missing"} {
		kind, size, mtime, changed, inode, ok := fsys.Seen(name)
		st, err := os.Lstat(filepath.Join(dir, name))
		if ok != (err == nil) {
			t.Errorf("%s: seen %v, %v", name, ok, err)
		}
		if err != nil {
			continue
		}
		sys := st.Sys().(*syscall.Stat_t)
		if kind != st.Mode().Type() || size != st.Size() || mtime != st.ModTime().UnixNano() || changed != sys.Ctim.Nano() || inode != sys.Ino {
			t.Errorf("%s: %v %d %d %d %d, not %s", name, kind, size, mtime, changed, inode, describe(st))
		}
	}
	_, _, _, before, _, _ := fsys.Seen("empty")
	for i := 0; ; i++ { // the clock of file systems goes in ticks
		write(t, filepath.Join(dir, "empty", "new"), "")
		must(t, os.Remove(filepath.Join(dir, "empty", "new")))
		if _, _, _, changed, _, _ := fsys.Seen("empty"); changed != before {
			break
		}
		if i > 1e6 {
			t.Fatal("a folder that is given names looks as it did")
		}
	}
	must(t, root.Close())
	if _, _, _, _, _, ok := fsys.Seen("many"); ok {
		t.Error("seen after Close")
	}
}

// FuzzTree makes a tree of folders, files and links that lead anywhere, and
// holds the quick file system to os.Root at every path in it.
func FuzzTree(f *testing.F) {
	f.Add([]byte("\x00a\x01b\x02c"))
	f.Add([]byte("\x02\x01\x04..\x00\x05\x03/"))
	for i := range 40 {
		seed := make([]byte, 60)
		for j := range seed {
			seed[j] = byte(i*(j+7) + j*j*(i+3))
		}
		f.Add(seed)
	}
	letters := []string{"a", "b", "c"}
	f.Fuzz(func(t *testing.T, plan []byte) {
		top := t.TempDir()
		dir := filepath.Join(top, "r")
		must(t, os.Mkdir(dir, 0o755))
		write(t, filepath.Join(top, "a"), "secret")
		next := func() int {
			if len(plan) == 0 {
				return 0
			}
			n := int(plan[0])
			plan = plan[1:]
			return n
		}
		some := func(words []string, most int) string { // a path of these words
			parts := []string{words[next()%len(words)]}
			for len(parts) < most && next()%2 == 1 {
				parts = append(parts, words[next()%len(words)])
			}
			return strings.Join(parts, "/")
		}
		for n := 0; len(plan) > 0 && n < 30; n++ {
			name := filepath.Join(dir, some(letters, 3))
			switch next() % 4 { // what cannot be made there is not
			case 0:
				os.MkdirAll(name, 0o755)
			case 1:
				if st, err := os.Lstat(name); err != nil || st.Mode().IsRegular() {
					os.WriteFile(name, []byte(name), 0o644)
				}
			default:
				target := some([]string{"a", "b", "c", "..", ".", "", "../r"}, 4)
				os.Symlink(target, name)
			}
		}
		r, err := Open(dir)
		must(t, err)
		defer r.Close()
		quick, slow := r.FS(), plain(r.Root)
		for _, x := range letters {
			for _, y := range append(letters, "") {
				for _, z := range append(letters, "") {
					name := strings.TrimRight(x+"/"+y+"/"+z, "/")
					if want, got := short(said(slow, name), dir), short(said(quick, name), dir); want != got || strings.Contains(got, "data secret") {
						t.Errorf("%s: os.Root says\n%s\nwe say\n%s", name, want, got)
					}
				}
			}
		}
	})
}

// numbers are what only the system's own record holds.
func numbers(st fs.FileInfo) []uint64 {
	s := st.Sys().(*syscall.Stat_t)
	return []uint64{uint64(s.Dev), s.Ino, uint64(s.Nlink), uint64(s.Uid), uint64(s.Gid), uint64(s.Ctim.Nano()), uint64(s.Mtim.Nano()), uint64(s.Blocks)}
}

// TestReadSize: a file is had where it has the size that it is said to have.
func TestReadSize(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "five"), "hello")
	write(t, filepath.Join(dir, "none"), "")
	must(t, os.Symlink("five", filepath.Join(dir, "link")))
	b, ok := open(t, dir).FS().(*beneath)
	if !ok {
		t.Skip("no openat2")
	}
	for _, c := range []struct {
		name string
		size int64
		want string
		ok   bool
	}{
		{"five", 5, "hello", true},
		{"five", 4, "", false},
		{"five", 6, "", false},
		{"five", -1, "", false},
		{"five", 1 << 40, "", false},
		{"none", 0, "", true},
		{"none", 1, "", false},
		{"link", 5, "", false}, // os.Root follows it
		{"gone", 5, "", false},
		{"../five", 5, "", false},
		{".", 0, "", false},
	} {
		for _, room := range []int{0, 3, 5, 6, 100} {
			got, ok := b.ReadSize(c.name, c.size, make([]byte, 0, room))
			if ok != c.ok || ok && string(got) != c.want {
				t.Errorf("%s of %d into %d: %q %v", c.name, c.size, room, got, ok)
			}
		}
	}
}
