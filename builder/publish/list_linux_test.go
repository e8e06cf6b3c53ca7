package publish

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestListFolder holds the fast listing to the portable one: files, folders,
// links, pipes, long names and more names than one read holds.
func TestListFolder(t *testing.T) {
	dir := t.TempDir()
	for i := range 200 {
		name := strings.Repeat(string(rune('а'+i%32)), 1+i%100) + string(rune('a'+i/32))
		if err := os.WriteFile(filepath.Join(dir, name), make([]byte, i), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{
		os.Mkdir(filepath.Join(dir, "folder"), 0o755),
		os.Symlink("nowhere", filepath.Join(dir, "link")),
		os.Symlink("folder", filepath.Join(dir, "link to a folder")),
		syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o644),
		os.WriteFile(filepath.Join(dir, marker), nil, 0o644),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	open, err := openTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	fast, err := open.List("")
	if err != nil {
		t.Fatal(err)
	}
	slow, err := namedTree{dir}.List("")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, list := range [][]entry{fast, slow} {
		slices.SortFunc(list, func(a, b entry) int { return cmp.Compare(a.name, b.name) })
		for i := range list {
			list[i].inode, list[i].changed = 0, 0 // only the fast one knows
			if !list[i].mode.IsDir() && !list[i].mode.IsRegular() {
				list[i].mode = fs.ModeIrregular // what is neither is gone, whatever it is
			}
		}
	}
	for _, e := range fast {
		kinds[e.mode.Type().String()]++
	}
	if !slices.Equal(fast, slow) {
		t.Errorf("fast:\n%v\nslow:\n%v", fast, slow)
	}
	if len(fast) != 205 || len(kinds) != 3 {
		t.Errorf("%d entries of kinds %v", len(fast), kinds)
	}
	if _, err := open.List("missing"); !os.IsNotExist(err) {
		t.Errorf("a missing folder: %v", err)
	}
}

// TestListFolderUnknownKinds reads a folder of a file system that does not say
// what its names are.
func TestListFolderUnknownKinds(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), []byte("four"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	open, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	f := unixTree{name: dir, fd: int(open.Fd())}
	file, err := f.entry("file", syscall.DT_UNKNOWN)
	if err != nil || !file.mode.IsRegular() || file.size != 4 {
		t.Errorf("a file: %+v, %v", file, err)
	}
	folder, err := f.entry("folder", syscall.DT_UNKNOWN)
	if err != nil || !folder.mode.IsDir() {
		t.Errorf("a folder: %+v, %v", folder, err)
	}
	_, err = f.entry("gone", syscall.DT_REG)
	if !os.IsNotExist(err) {
		t.Errorf("a file that went away: %v", err)
	}
}
