package live

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// What the system says: what happened to a name, and by what name a folder
// that was moved goes.
func TestNotifier(t *testing.T) {
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
	heard := map[string]bool{}
	expect := func(name string, another bool) {
		t.Helper()
		for {
			named, lost := box.take()
			if lost != nil {
				t.Fatal(lost)
			}
			for path, another := range named {
				heard[path] = another
			}
			path := filepath.Join(root, name)
			if got, ok := heard[path]; ok && got == another {
				delete(heard, path)
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
	expect("a.md", true)
	_, err = f.WriteString("half")
	must(err)
	expect("a.md", false)
	must(f.Close())
	must(os.Rename(filepath.Join(root, "a.md"), filepath.Join(root, "b.md")))
	expect("b.md", true)
	must(os.WriteFile(filepath.Join(root, "b.md"), []byte("b"), 0o644))
	expect("b.md", false)
	must(os.Remove(filepath.Join(root, "b.md")))
	expect("b.md", true)

	must(os.Mkdir(filepath.Join(root, "olya"), 0o755))
	expect("olya", true)
	must(notes.Add(filepath.Join(root, "olya")))
	must(os.Rename(filepath.Join(root, "olya"), filepath.Join(root, "vera")))
	expect("vera", true)
	notes.Remove(filepath.Join(root, "olya"))
	must(notes.Add(filepath.Join(root, "vera")))
	must(os.WriteFile(filepath.Join(root, "vera", "c.md"), nil, 0o644))
	expect("vera/c.md", true)
	notes.Remove(filepath.Join(root, "vera"))
	must(os.WriteFile(filepath.Join(root, "vera", "d.md"), nil, 0o644))
	must(os.WriteFile(filepath.Join(root, "e.md"), nil, 0o644))
	expect("e.md", true)
	if _, ok := heard[filepath.Join(root, "vera", "d.md")]; ok {
		t.Error("a folder that is not watched tells")
	}
	if err := notes.Add(filepath.Join(root, "nobody")); !os.IsNotExist(err) {
		t.Errorf("no such folder: %v", err)
	}
	if far(root) {
		t.Error("a folder of this machine counts as far")
	}
}

// What is heard of a path until somebody takes it.
func TestInbox(t *testing.T) {
	box := newInbox(func(path string) bool { return path != "/s/a.md~" })
	box.put("/s/a.md", true)
	box.put("/s/a.md", false)
	box.put("/s/b.md", false)
	box.put("/s/a.md~", true)
	<-box.ping
	named, lost := box.take()
	if len(named) != 2 || !named["/s/a.md"] || named["/s/b.md"] || lost != nil {
		t.Errorf("took %v, %v", named, lost)
	}
	box.lose(os.ErrDeadlineExceeded)
	<-box.ping
	if named, lost := box.take(); len(named) != 0 || lost == nil {
		t.Errorf("took %v, %v", named, lost)
	}
	if named, lost := box.take(); len(named) != 0 || lost != nil {
		t.Errorf("took %v, %v again", named, lost)
	}
}
