package gitindex

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// put writes a file and returns what a listing says of it.
func put(t *testing.T, name, text string) fs.FileInfo {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// indexOf writes the index of one file that is as it should be.
func indexOf(t *testing.T, name, path string, st fs.FileInfo) {
	t.Helper()
	l := layout{2, 20, false}
	data := l.write([]file{{name: path, id: 9, size: uint32(st.Size()), changed: st.ModTime(), inode: uint32(Inode(st))}})
	put(t, name, string(data))
	later := st.ModTime().Add(10 * time.Second)
	if err := os.Chtimes(name, later, later); err != nil {
		t.Fatal(err)
	}
}

// TestOpen holds that the repository is found from the folder itself, from
// one inside it, through links, and where .git is a file.
func TestOpen(t *testing.T) {
	top := t.TempDir()
	st := put(t, filepath.Join(top, "site", "content", "a.jpg"), "picture")
	want := idOf(9, 20)
	check := func(name, dir, path string) {
		t.Helper()
		tree := NewTree(dir)
		if id, ok := tree.Blob(path, st); !ok || id != want {
			t.Errorf("%s: got %q, %t (%v)", name, id, ok, tree.Err())
		}
	}
	site := filepath.Join(top, "site")
	if x, _, err := Open(site); x != nil || err != nil {
		t.Fatalf("without a repository: %v, %v", x, err)
	}
	indexOf(t, filepath.Join(top, ".git", "index"), "site/content/a.jpg", st)
	check("from the top", top, "site/content/a.jpg")
	check("from below", site, "content/a.jpg")
	check("from further below", filepath.Join(site, "content"), "a.jpg")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(site, link); err == nil {
		check("through a link", link, "content/a.jpg")
	}

	put(t, filepath.Join(site, ".git"), "gitdir: ../modules/site\n")
	if x, _, err := Open(site); x != nil || err != nil {
		t.Errorf("a submodule without an index: %v, %v", x, err)
	}
	indexOf(t, filepath.Join(top, "modules", "site", "index"), "content/a.jpg", st)
	check("in a submodule", site, "content/a.jpg")
	put(t, filepath.Join(site, ".git"), "gitdir: "+filepath.Join(top, "worktree")+"\r\n")
	indexOf(t, filepath.Join(top, "worktree", "index"), "content/a.jpg", st)
	check("in a work tree", site, "content/a.jpg")

	changed := put(t, filepath.Join(site, "content", "a.jpg"), "picture2")
	if id, ok := NewTree(site).Blob("content/a.jpg", changed); ok {
		t.Errorf("a changed file has the id %s", id)
	}
	dir, err := os.Stat(site)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := NewTree(top).Blob("site", dir); ok {
		t.Error("a folder has an id")
	}
}

// TestOpenRefuses holds that what is no repository is told, not believed.
func TestOpenRefuses(t *testing.T) {
	tests := []struct {
		name, file, text, want string
	}{
		{"a .git that says nothing", ".git", "hello\n", "does not tell"},
		{"a .git that is too long", ".git", "gitdir: " + strings.Repeat("x", maxLink), "larger than"},
		{"an index that is none", ".git/index", strings.Repeat("x", 100), "not a git index"},
		{"an empty index", ".git/index", "", "not a git index"},
		{"an index that is a folder", ".git/index/x", "", "is not a file"},
	}
	for _, tt := range tests {
		dir := t.TempDir()
		put(t, filepath.Join(dir, filepath.FromSlash(tt.file)), tt.text)
		tree := NewTree(dir)
		if err := tree.Err(); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
		st := put(t, filepath.Join(dir, "a.jpg"), "picture")
		if _, ok := tree.Blob("a.jpg", st); ok {
			t.Errorf("%s: knows a file", tt.name)
		}
	}
	if _, _, err := Open(filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("a folder that does not exist is opened")
	}
}
