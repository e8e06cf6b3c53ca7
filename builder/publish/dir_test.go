package publish_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gallerist/builder/publish"
	"gallerist/builder/publish/publishtest"
)

// contents returns the files below root by slash-separated path.
func contents(root string) (map[string]string, error) {
	got := map[string]string{}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		if !e.Type().IsRegular() {
			got[filepath.ToSlash(rel)] = e.Type().String()
			return nil
		}
		data, err := os.ReadFile(path)
		if rel != ".gallerist" {
			got[filepath.ToSlash(rel)] = string(data)
		}
		return err
	})
	return got, err
}

func TestDirContract(t *testing.T) {
	publishtest.Target(t, func(t *testing.T) publishtest.Place {
		root := t.TempDir()
		out := filepath.Join(root, "public")
		return publishtest.Place{
			Target:   publish.NewDir(out, publish.DirOptions{State: filepath.Join(root, ".gallerist", "published"), Site: root}),
			Contents: func() (map[string]string, error) { return contents(out) },
		}
	})
}

func TestNamedDirContract(t *testing.T) {
	publishtest.Target(t, func(t *testing.T) publishtest.Place {
		root := t.TempDir()
		out := filepath.Join(root, "public")
		return publishtest.Place{
			Target:   publish.NewDir(out, publish.DirOptions{State: filepath.Join(root, "state"), Site: root}).ByName(),
			Contents: func() (map[string]string, error) { return contents(out) },
		}
	})
}

func sync(t *testing.T, target publish.Target, pairs ...string) publish.Report {
	t.Helper()
	r, err := publish.Sync(context.Background(), publishtest.Set(pairs...), target, publish.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func info(t *testing.T, parts ...string) os.FileInfo {
	t.Helper()
	st, err := os.Lstat(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// names lists a folder, hidden files too.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

func TestDirKeepsUnchangedFiles(t *testing.T) {
	root := t.TempDir()
	out := filepath.Join(root, "public")
	d := publish.NewDir(out, publish.DirOptions{State: filepath.Join(root, "state")})
	sync(t, d, "same/index.html", "same", "other.html", "1")
	before, folder := info(t, out, "same/index.html"), info(t, out)
	sync(t, d, "same/index.html", "same", "other.html", "1")
	if !os.SameFile(folder, info(t, out)) {
		t.Error("the folder was exchanged although nothing changed")
	}
	sync(t, d, "same/index.html", "same", "other.html", "2")
	after := info(t, out, "same/index.html")
	if !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("an unchanged file was touched")
	}
	if got := names(t, root); got != "public state state.spare" {
		t.Errorf("left behind: %s", got)
	}
}

func TestDirRemovesLitter(t *testing.T) {
	root := t.TempDir()
	out := filepath.Join(root, "public")
	d := publish.NewDir(out, publish.DirOptions{})
	sync(t, d, "index.html", "x", "a/b/c.html", "c")
	for _, err := range []error{
		os.MkdirAll(filepath.Join(out, "void/deep"), 0o755),
		os.Symlink("/etc/passwd", filepath.Join(out, "link")),
		os.Symlink("/etc", filepath.Join(out, "folderlink")),
		os.WriteFile(filepath.Join(out, "stray.txt"), nil, 0o600),
		os.Remove(filepath.Join(out, "index.html")),
		os.Symlink("/etc/passwd", filepath.Join(out, "index.html")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	sync(t, d, "index.html", "x")
	if got := names(t, out); got != ".gallerist index.html" {
		t.Errorf("holds %s", got)
	}
	if !info(t, out, "index.html").Mode().IsRegular() {
		t.Error("index.html is still a link")
	}
	if err := os.Mkdir(filepath.Join(out, "void"), 0o755); err != nil {
		t.Fatal(err)
	}
	sync(t, d, "index.html", "x")
	if got := names(t, out); got != ".gallerist index.html" {
		t.Errorf("holds %s", got)
	}
}

// Whatever happens to the state file or to the output, the next build mends.
func TestDirMends(t *testing.T) {
	write := func(t *testing.T, path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, harm := range map[string]func(t *testing.T, out, state string){
		"state lost":    func(t *testing.T, _, state string) { _ = os.Remove(state) },
		"state empty":   func(t *testing.T, _, state string) { write(t, state, "") },
		"file edited":   func(t *testing.T, out, _ string) { write(t, filepath.Join(out, "index.html"), "hack") },
		"file removed":  func(t *testing.T, out, _ string) { _ = os.Remove(filepath.Join(out, "a/index.html")) },
		"output lost":   func(t *testing.T, out, _ string) { _ = os.RemoveAll(out) },
		"other's state": func(t *testing.T, _, state string) { write(t, state, "gallerist published files 9\n\n") },
		"state cut": func(t *testing.T, _, state string) {
			data, _ := os.ReadFile(state)
			write(t, state, string(data[:len(data)/2]))
		},
		"state flipped": func(t *testing.T, _, state string) {
			data, _ := os.ReadFile(state)
			data[len(data)/2] ^= 1
			write(t, state, string(data))
		},
		"same size and time": func(t *testing.T, out, _ string) {
			// A git checkout or a copy can set any time; the inode tells.
			path := filepath.Join(out, "index.html")
			st := info(t, path)
			write(t, path+".new", "hack")
			if err := errors.Join(os.Chtimes(path+".new", st.ModTime(), st.ModTime()), os.Rename(path+".new", path)); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			out, state := filepath.Join(root, "public"), filepath.Join(root, "state")
			d := publish.NewDir(out, publish.DirOptions{State: state})
			sync(t, d, "index.html", "home", "a/index.html", "a")
			harm(t, out, state)
			sync(t, d, "index.html", "home", "a/index.html", "a")
			got, err := contents(out)
			if err != nil || got["index.html"] != "home" || got["a/index.html"] != "a" || len(got) != 2 {
				t.Errorf("holds %v, %v", got, err)
			}
		})
	}
}

func TestDirRefusesDangerousPlaces(t *testing.T) {
	site := t.TempDir()
	home := filepath.Join(site, "home")
	t.Setenv("HOME", home)
	for _, dir := range []string{"home/me", "content/spring", "full", "repo/.git", ".gallerist"} {
		if err := os.MkdirAll(filepath.Join(site, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{
		os.WriteFile(filepath.Join(site, "full", "thesis.doc"), []byte("mine"), 0o644),
		os.WriteFile(filepath.Join(site, "repo", ".gallerist"), nil, 0o644),
		os.WriteFile(filepath.Join(site, "file"), nil, 0o644),
		os.Symlink(filepath.Join(site, "content"), filepath.Join(site, "link")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for out, want := range map[string]string{
		"/":                          "root of the disk",
		site:                         "home folder or one above",
		filepath.Dir(site):           "home folder or one above",
		home:                         "home folder",
		site + "/content":            "site's folder content",
		site + "/content/spring/out": "site's folder content",
		site + "/link":               "site's folder content",
		site + "/link/spring":        "site's folder content",
		site + "/full":               "did not make",
		site + "/repo":               "git repository",
		site + "/file":               "is a file",
		site + "/file/public":        "a file is where a folder should be",
		site + "/.gallerist":         "own cache",
	} {
		before, err := contents(site)
		if err != nil {
			t.Fatal(err)
		}
		d := publish.NewDir(out, publish.DirOptions{
			Site: site, Sources: []string{filepath.Join(site, "content"), filepath.Join(site, "themes")},
			State: filepath.Join(site, ".gallerist", "published"),
		})
		_, err = publish.Sync(context.Background(), publishtest.Set("index.html", "x"), d, publish.Options{})
		var told *publish.Error
		if !errors.As(err, &told) || told.Hint == "" || !strings.Contains(told.Error(), want) {
			t.Errorf("%s: %v, want %q and a hint", out, err, want)
		}
		after, err := contents(site)
		if err != nil || len(before) != len(after) {
			t.Errorf("%s: something was left or lost: %v %v", out, after, err)
		}
	}
	d := publish.NewDir(filepath.Join(site, "new/deep/public"), publish.DirOptions{Site: site})
	sync(t, d, "index.html", "x")
}

func TestDirRefusesSiteFolder(t *testing.T) {
	site := t.TempDir()
	d := publish.NewDir(site, publish.DirOptions{Site: site})
	if _, err := d.Manifest(context.Background()); err == nil || !strings.Contains(err.Error(), "site's own folder") {
		t.Errorf("error %v", err)
	}
}

func TestDirFollowsALinkedOutput(t *testing.T) {
	root := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(root, "www"), 0o755), os.Symlink("www", filepath.Join(root, "public"))); err != nil {
		t.Fatal(err)
	}
	d := publish.NewDir(filepath.Join(root, "public"), publish.DirOptions{})
	sync(t, d, "index.html", "1")
	sync(t, d, "index.html", "2")
	if info(t, root, "public").Mode()&fs.ModeSymlink == 0 || names(t, filepath.Join(root, "www")) != ".gallerist index.html" {
		t.Error("the link was replaced")
	}
}

func TestDirLock(t *testing.T) {
	root := t.TempDir()
	out := filepath.Join(root, "public")
	first, second := publish.NewDir(out, publish.DirOptions{}), publish.NewDir(out, publish.DirOptions{})
	if _, err := first.Manifest(context.Background()); err != nil {
		t.Fatal(err)
	}
	_, err := publish.Sync(context.Background(), publishtest.Set("a", "a"), second, publish.Options{})
	var told *publish.Error
	if !errors.As(err, &told) || !strings.Contains(told.Text, "process ") || told.Hint == "" {
		t.Errorf("second build: %v", err)
	}
	if err := first.Abort(); err != nil {
		t.Fatal(err)
	}
	sync(t, second, "a", "a")
	if got := names(t, root); got != "public" {
		t.Errorf("left behind: %s", got)
	}
}

func TestDirAbortRemovesParents(t *testing.T) {
	root := t.TempDir()
	d := publish.NewDir(filepath.Join(root, "a/b/public"), publish.DirOptions{})
	_, err := publish.Sync(context.Background(), publishtest.Set("x", "x"), d,
		publish.Options{Verify: func(string, []byte) error { return errors.New("no") }})
	if err == nil || names(t, root) != "" {
		t.Errorf("error %v, left behind: %s", err, names(t, root))
	}
}
