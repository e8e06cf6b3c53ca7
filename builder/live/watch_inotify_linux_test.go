package live

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// The system says when a writer has closed its file, and by what name a
// folder that was moved goes.
func TestInotify(t *testing.T) {
	root := t.TempDir()
	box := newInbox(nil)
	notes, err := newNotifier(box)
	if err != nil {
		t.Fatal(err)
	}
	defer notes.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	late := time.After(30 * time.Second) // only a fault lasts that long
	heard := map[string]mark{}
	expect := func(name string, want mark) {
		t.Helper()
		for {
			named, lost, ended := box.take()
			if lost != nil || ended != nil {
				t.Fatal(lost, ended)
			}
			for path, m := range named {
				heard[path] = m
			}
			if m, ok := heard[filepath.Join(root, name)]; ok && m == want {
				clear(heard)
				return
			}
			select {
			case <-box.ping:
			case <-late:
				t.Fatalf("%s: heard %v", name, heard)
			}
		}
	}
	must(notes.Add(root))
	must(notes.Add(root)) // no fault
	f, err := os.Create(filepath.Join(root, "a.md"))
	must(err)
	expect("a.md", another|written)
	_, err = f.WriteString("half")
	must(err)
	expect("a.md", written)
	must(f.Close())
	expect("a.md", whole)
	must(os.Rename(filepath.Join(root, "a.md"), filepath.Join(root, "b.md")))
	expect("b.md", another|whole)
	must(os.Chmod(filepath.Join(root, "b.md"), 0o600))
	expect("b.md", 0)
	must(os.Remove(filepath.Join(root, "b.md")))
	expect("b.md", another)

	must(os.Mkdir(filepath.Join(root, "olya"), 0o755))
	expect("olya", another)
	must(notes.Add(filepath.Join(root, "olya")))
	must(os.Rename(filepath.Join(root, "olya"), filepath.Join(root, "vera")))
	expect("vera", another)
	must(notes.Add(filepath.Join(root, "vera")))
	notes.Remove(filepath.Join(root, "olya")) // the same watch by its old name: it stays
	must(os.WriteFile(filepath.Join(root, "vera", "c.md"), []byte("c"), 0o644))
	expect("vera/c.md", another|whole)
	notes.Remove(filepath.Join(root, "vera"))
	must(os.WriteFile(filepath.Join(root, "vera", "d.md"), nil, 0o644))
	must(os.WriteFile(filepath.Join(root, "e.md"), []byte("e"), 0o644))
	expect("e.md", another|whole)
	if m, ok := heard[filepath.Join(root, "vera", "d.md")]; ok {
		t.Errorf("a folder that is not watched tells %v", m)
	}
	if err := notes.Add(filepath.Join(root, "nobody")); !os.IsNotExist(err) {
		t.Errorf("no such folder: %v", err)
	}
	if far(root) {
		t.Error("a folder of this machine counts as far")
	}
}

// Each way of listing sees the same.
func TestListing(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"b.md", "a.md", "ignored", "я.md", "Z.md"} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(name), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(root, "olya"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a.md", filepath.Join(root, "link")); err != nil {
		t.Fatal(err)
	}
	var got []entry
	var l listing
	for range 2 {
		got = nil
		err := l.list(root, func(name string) bool { return name != "ignored" }, func(name string, s stamp) { got = append(got, entry{name: name, stamp: s}) })
		if err != nil {
			t.Fatal(err)
		}
	}
	found, err := os.ReadDir(root) // sorted
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range found {
		if e.Name() == "ignored" {
			continue
		}
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		want := entry{name: e.Name(), stamp: stampOf(info)}
		if len(got) == 0 || got[0] != want {
			t.Fatalf("%+v, want %+v", got, want)
		}
		got = got[1:]
	}
	if len(got) > 0 {
		t.Errorf("and %+v", got)
	}
	if err := l.list(filepath.Join(root, "nobody"), nil, nil); !os.IsNotExist(err) {
		t.Errorf("no such folder: %v", err)
	}
}
