package main

import (
	"os"
	"path/filepath"
	"testing"

	"gallerist/builder/fix"
	"gallerist/builder/rootfs"
)

// TestMendOnlyWhatWasRead: a file that is not as it was read, one that appeared and
// one that is a link are left alone; modes stay.
func TestMendOnlyWhatWasRead(t *testing.T) {
	dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "x.md")
	write := func(name, text string, mode os.FileMode) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	in := func(name string) string { return filepath.Join(dir, name) }
	write(in("a.md"), "old", 0o640)
	write(in("b.md"), "changed", 0o644)
	write(in("c.md"), "there", 0o644)
	write(outside, "old", 0o644)
	if err := os.Symlink(outside, in("d.md")); err != nil {
		t.Skip(err)
	}
	root, err := rootfs.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	s := &site{root: root, dir: dir}
	for _, c := range []struct {
		name, before string
		written      bool
	}{{"a.md", "old", true}, {"b.md", "old", false}, {"c.md", "", false}, {"d.md", "old", false}, {"private/e.csv", "", true}} {
		change := fix.Change{File: c.name, Before: []byte(c.before), After: []byte("new")}
		if c.before == "" {
			change.Before = nil
		}
		err := s.amend(change)
		got, _ := os.ReadFile(in(c.name))
		if (err == nil) != c.written || (string(got) == "new") != c.written {
			t.Errorf("%s: %v, %q", c.name, err, got)
		}
	}
	if got, _ := os.ReadFile(outside); string(got) != "old" {
		t.Errorf("written through a link: %q", got)
	}
	for name, mode := range map[string]os.FileMode{"a.md": 0o640, "private/e.csv": 0o600} {
		if info, err := os.Stat(in(name)); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}
