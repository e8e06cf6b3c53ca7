package publish

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// later makes the state file look written an hour from now, so that what was
// written in the same moment is believed without reading it.
func later(t *testing.T, d *Dir) {
	t.Helper()
	future := time.Now().Add(time.Hour)
	if err := os.Chtimes(d.opt.State, future, future); err != nil {
		t.Fatal(err)
	}
}

func publishSite(t *testing.T, d *Dir, site map[string]string) Report {
	t.Helper()
	r, err := Sync(context.Background(), setOf(site), d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// harms is what somebody may do to an output folder.
var harms = map[string]func(out string) error{
	"edited, other size": func(out string) error { return os.WriteFile(filepath.Join(out, "same/p.webp"), []byte("x"), 0o644) },
	"edited, same size": func(out string) error {
		return os.WriteFile(filepath.Join(out, "same/p.webp"), []byte("PICTURE"), 0o644)
	},
	"replaced, same size and time": func(out string) error {
		name := filepath.Join(out, "same/p.webp")
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		return errors.Join(os.WriteFile(name+"~", []byte("PICTURE"), 0o644),
			os.Chtimes(name+"~", info.ModTime(), info.ModTime()), os.Rename(name+"~", name))
	},
	"removed":        func(out string) error { return os.Remove(filepath.Join(out, "same/p.webp")) },
	"folder removed": func(out string) error { return os.RemoveAll(filepath.Join(out, "same")) },
	"all removed":    func(out string) error { return os.RemoveAll(out) },
	"mark removed":   func(out string) error { return os.Remove(filepath.Join(out, marker)) },
	"added":          func(out string) error { return os.WriteFile(filepath.Join(out, "same/more"), nil, 0o644) },
	"added, times put back": func(out string) error {
		info, err := os.Stat(filepath.Join(out, "same"))
		if err != nil {
			return err
		}
		return errors.Join(os.WriteFile(filepath.Join(out, "same/more"), nil, 0o644),
			os.Chtimes(filepath.Join(out, "same"), info.ModTime(), info.ModTime()))
	},
	"added at the top": func(out string) error { return os.WriteFile(filepath.Join(out, "more"), nil, 0o644) },
	"added below":      func(out string) error { return os.MkdirAll(filepath.Join(out, "same/more/deep"), 0o755) },
	"renamed": func(out string) error {
		return os.Rename(filepath.Join(out, "same/p.webp"), filepath.Join(out, "same/q"))
	},
	"folder renamed":    func(out string) error { return os.Rename(filepath.Join(out, "same"), filepath.Join(out, "sam")) },
	"link for a file":   func(out string) error { return relink(out, "same/p.webp", "index.html") },
	"link for a folder": func(out string) error { return relink(out, "same", "moved") },
	"folder for a file": func(out string) error { return refolder(out, "same/p.webp") },
	"file for a folder": func(out string) error { return refile(out, "same") },
	"swapped two folders": func(out string) error {
		same, gone, third := filepath.Join(out, "same"), filepath.Join(out, "gone"), filepath.Join(out, "third")
		return errors.Join(os.Rename(same, third), os.Rename(gone, same), os.Rename(third, gone))
	},
}

// relink moves what is at path to "moved" and leaves a link to it.
func relink(out, path, _ string) error {
	return errors.Join(os.Rename(filepath.Join(out, path), filepath.Join(out, "moved")), os.Symlink(filepath.Join(out, "moved"), filepath.Join(out, path)))
}

func refolder(out, path string) error {
	return errors.Join(os.Remove(filepath.Join(out, path)), os.Mkdir(filepath.Join(out, path), 0o755))
}

func refile(out, path string) error {
	return errors.Join(os.RemoveAll(filepath.Join(out, path)), os.WriteFile(filepath.Join(out, path), nil, 0o644))
}

// TestDirHarm does each harm to the output or to the spare tree, and then
// publishes: the same site again, and another. All is noticed and mended,
// with a spare tree and without, with the state believed and not.
func TestDirHarm(t *testing.T) {
	for name, harm := range harms {
		for _, believed := range []bool{false, true} {
			for _, spare := range []bool{false, true} {
				for _, next := range []map[string]string{oldSite, newSite} {
					t.Run(strings.Join([]string{name, where(believed, "believed"), where(spare, "spare"), next["index.html"]}, " "), func(t *testing.T) {
						root, open := scene(t, spare)
						d := open(osDisk{})
						if believed {
							later(t, d)
						}
						if err := harm(filepath.Join(root, "public")); err != nil {
							t.Fatal(err)
						}
						if name == "mark removed" && siteAt(t, filepath.Join(root, "public")) != nil {
							return // not ours any more: refused, which other tests hold
						}
						if r := publishSite(t, d, next); r.Written+r.Deleted == 0 && !strings.HasPrefix(name, "added below") {
							t.Errorf("nothing was mended: %+v", r)
						}
						mendedTo(t, root, next)
						publishSite(t, d, newSite)
						mendedTo(t, root, newSite)
					})
				}
			}
		}
	}
}

func where(yes bool, word string) string {
	if yes {
		return word
	}
	return "not " + word
}

func mendedTo(t *testing.T, root string, want map[string]string) {
	t.Helper()
	got := siteAt(t, filepath.Join(root, "public"))
	for path, text := range want {
		if got[path] != text {
			t.Errorf("%s holds %q, want %q", path, got[path], text)
		}
		delete(got, path)
	}
	if len(got) > 0 {
		t.Errorf("there is more: %v", got)
	}
	_ = filepath.WalkDir(filepath.Join(root, "public"), func(path string, e os.DirEntry, err error) error {
		if err == nil && e.Type()&os.ModeSymlink != 0 {
			t.Errorf("%s is a link", path)
		}
		return err
	})
	tidy(t, root)
}

// TestDirHarmToSpare does each harm to the spare tree: it is never shown.
func TestDirHarmToSpare(t *testing.T) {
	for name, harm := range harms {
		t.Run(name, func(t *testing.T) {
			root, open := scene(t, true)
			d := open(osDisk{})
			later(t, d)
			if err := harm(filepath.Join(root, "cache", "state.spare")); err != nil {
				t.Fatal(err)
			}
			publishSite(t, d, newSite)
			mendedTo(t, root, newSite)
			publishSite(t, d, oldSite)
			mendedTo(t, root, oldSite)
		})
	}
}

// TestKeysOpenOne: with all keys but one as they were, one file is opened, how
// ever long the keys are.
func TestKeysOpenOne(t *testing.T) {
	_, open := scene(t, true)
	opened := 0
	site := func(edit string) *Set {
		s := new(Set)
		for path := range oldSite {
			text := path
			if path == "index.html" {
				text += edit
			}
			s.Add(File{Path: path, Key: strings.Repeat("a key as long as a page ", 100) + text, Open: func() (io.ReadCloser, error) {
				opened++
				return io.NopCloser(strings.NewReader(text)), nil
			}})
		}
		return s
	}
	for _, step := range []struct {
		edit string
		want int
	}{{"", len(oldSite)}, {"", 0}, {"!", 1}, {"!", 0}, {"", 1}, {"!", 1}} {
		opened = 0
		if _, err := Sync(t.Context(), site(step.edit), open(osDisk{}), Options{Workers: 1}); err != nil || opened != step.want {
			t.Errorf("%q: %d files were opened, want %d; %v", step.edit, opened, step.want, err)
		}
	}
}

// A file whose key changed and whose bytes did not is left alone, and known by
// the new key from then on.
func TestKeyChangesAlone(t *testing.T) {
	_, open := scene(t, false)
	for i, want := range []int{1, 0, 1, 0} {
		opened := 0
		s := new(Set)
		for path, text := range oldSite {
			f := File{Path: path, Key: path, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
			if path == "index.html" {
				f.Key = string(rune('a' + i/2))
				f.Open = func() (io.ReadCloser, error) { opened++; return io.NopCloser(strings.NewReader(text)), nil }
			}
			s.Add(f)
		}
		if r, err := Sync(t.Context(), s, open(osDisk{}), Options{}); err != nil || r.Written != 0 || opened != want {
			t.Errorf("publication %d: %+v, opened %d, %v", i, r, opened, err)
		}
	}
}
