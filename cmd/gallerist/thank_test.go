package main

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// thankSite writes a site with somebody to thank and returns its folder.
func thankSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("GALLERIST_SECRET", "a secret only the tests know")
	for name, text := range map[string]string{
		"site.toml":                        "title = \"Slippers\"\nbase_url = \"https://slippers.example/\"\n",
		"content/tea/gallery.md":           "+++\ntitle = \"Tea\"\n+++\n",
		"content/tea/masha/submission.md":  "+++\nid = \"masha1\"\nstatus = \"declined\"\n+++\nTea.\n",
		"content/tea/device/submission.md": "+++\nid = \"com1\"\nstatus = \"declined\"\n+++\nTea.\n",
		"private/contacts.csv":             "id,email\nmasha1,masha@mail.example\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func thank(t *testing.T, dir string, args ...string) error {
	t.Helper()
	cmd := newRoot(io.Discard, io.Discard)
	cmd.SetArgs(append([]string{"thank", "-s", dir}, args...))
	return cmd.ExecuteContext(t.Context())
}

// TestThankFiles holds that letters are for their owner's eyes, that the folder
// keeps what is not of ours, and that what failed leaves nothing behind.
func TestThankFiles(t *testing.T) {
	dir := thankSite(t)
	outside := filepath.Join(t.TempDir(), "letters")
	for _, args := range [][]string{nil, {"-o", outside}, {"-o", filepath.Join(dir, "private", "post")}} {
		to := filepath.Join(dir, "private", "thanks")
		if args != nil {
			to = args[1]
		}
		if err := os.MkdirAll(to, 0o700); err != nil {
			t.Fatal(err)
		}
		for name, mode := range map[string]os.FileMode{"notes.txt": 0o644, "masha1.txt": 0o644, "letters.csv": 0o644} {
			if err := os.WriteFile(filepath.Join(to, name), []byte("before"), mode); err != nil {
				t.Fatal(err)
			}
		}
		if err := thank(t, dir, args...); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(to)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
			info, err := e.Info()
			if err != nil {
				t.Fatal(err)
			}
			if mode := info.Mode().Perm(); e.Name() != "notes.txt" && mode != 0o600 && runtime.GOOS != "windows" {
				t.Errorf("%s in %s is %o", e.Name(), to, mode)
			}
		}
		if got := strings.Join(names, " "); got != "com1-.txt letters.csv masha1.txt notes.txt" {
			t.Errorf("%s holds %s", to, got)
		}
	}
	if err := thank(t, dir, "--sent"); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Join(dir, "private", "thanked.csv")); err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("%v %v", info, err)
	}
}

// TestThankFollowsNoLink: a link among the folders leads no letter out of
// private, and none into what is published.
func TestThankFollowsNoLink(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights there")
	}
	for what, make := range map[string]func(dir, elsewhere string) (link, to string, args []string){
		"private/thanks leads out": func(dir, elsewhere string) (string, string, []string) {
			return filepath.Join(dir, "private", "thanks"), elsewhere, nil
		},
		"private/post leads into public": func(dir, _ string) (string, string, []string) {
			return filepath.Join(dir, "private", "post"), filepath.Join(dir, "public"), []string{"-o", filepath.Join(dir, "private", "post")}
		},
		"a folder outside leads into content": func(dir, elsewhere string) (string, string, []string) {
			return filepath.Join(elsewhere, "in"), filepath.Join(dir, "content"), []string{"-o", filepath.Join(elsewhere, "in", "letters")}
		},
	} {
		dir, elsewhere := thankSite(t), t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "public"), 0o777); err != nil {
			t.Fatal(err)
		}
		link, to, args := make(dir, elsewhere)
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
		if err := thank(t, dir, args...); err == nil {
			t.Errorf("%s, and letters went there", what)
		}
		for _, place := range []string{elsewhere, filepath.Join(dir, "public"), filepath.Join(dir, "content")} {
			if found, _ := filepath.Glob(filepath.Join(place, "letters*")); found != nil {
				t.Errorf("%s: there is %v", what, found)
			}
		}
	}
}
