package gitindex

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The real git as a second witness, where there is one.

// repository is a work tree made by git.
type repository struct {
	t   *testing.T
	dir string
}

func newRepository(t *testing.T, options ...string) *repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not there")
	}
	r := &repository{t, t.TempDir()}
	r.git(append([]string{"init", "-q"}, options...)...)
	return r
}

// git runs git without the settings of whoever runs the test.
func (r *repository) git(args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main"}, args...)...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "HOME="+r.dir,
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.org")
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		r.t.Fatalf("git %s: %v: %s", strings.Join(args, " "), err, complaint.String())
	}
	return strings.TrimSpace(string(out))
}

// write writes files, long enough ago that none is racily clean.
func (r *repository) write(names ...string) {
	r.t.Helper()
	for _, name := range names {
		r.writeText(name, "picture "+name)
	}
}

func (r *repository) writeText(name, text string) {
	r.t.Helper()
	file := filepath.Join(r.dir, filepath.FromSlash(name))
	put(r.t, file, text)
	then := time.Now().Add(-time.Hour)
	if err := os.Chtimes(file, then, then); err != nil {
		r.t.Fatal(err)
	}
}

// clean lists the files of those that are clean by the index, after holding
// that the id is the one git computes from the content.
func (r *repository) clean(names ...string) string {
	r.t.Helper()
	tree := NewTree(r.dir)
	if err := tree.Err(); err != nil {
		r.t.Fatal(err)
	}
	var clean []string
	for _, name := range names {
		st, err := os.Stat(filepath.Join(r.dir, filepath.FromSlash(name)))
		if err != nil {
			continue
		}
		id, ok := tree.Blob(name, st)
		if !ok {
			continue
		}
		if want := r.git("hash-object", "--no-filters", name); id != want {
			r.t.Errorf("%s: id %s, git says %s", name, id, want)
		}
		clean = append(clean, name)
	}
	return strings.Join(clean, " ")
}

var someNames = []string{"a.jpg", "a/b.jpg", "a/b/c.jpg", "утро/оля 1.jpg", "z.jpg"}

// TestGit holds that every version of index that git writes is read, in both
// sorts of repository.
func TestGit(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		for _, version := range []string{"2", "3", "4"} {
			t.Run(format+" version "+version, func(t *testing.T) {
				r := newRepository(t, "--object-format="+format)
				names := []string{"a.jpg", "a/b.jpg", "c/d/e.jpg", "c/d/e2.jpg", "утро/оля 1.jpg", strings.Repeat("n", 200) + "/" + strings.Repeat("m", 200)}
				r.write(names...)
				r.git("add", ".")
				r.git("update-index", "--index-version", version)
				if got, want := r.clean(names...), strings.Join(names, " "); got != want {
					t.Errorf("clean: %s", got)
				}
				r.git("commit", "-q", "-m", "x")
				if got, want := r.clean(names...), strings.Join(names, " "); got != want { // with the extension TREE
					t.Errorf("clean when committed: %s", got)
				}
			})
		}
	}
}

// TestGitStates holds which states of a file in a real index are not clean.
func TestGitStates(t *testing.T) {
	r := newRepository(t)
	r.write(someNames...)
	r.git("add", ".")
	r.git("commit", "-q", "-m", "x")
	r.git("update-index", "--assume-unchanged", "a.jpg")
	r.git("update-index", "--skip-worktree", "z.jpg")
	r.write("new.jpg", "unknown.jpg")
	r.git("add", "-N", "new.jpg")
	if err := os.WriteFile(filepath.Join(r.dir, "a", "b.jpg"), []byte("picture a/B.jpg"), 0o666); err != nil {
		t.Fatal(err)
	}
	names := append(someNames, "new.jpg", "unknown.jpg")
	if got := r.clean(names...); got != "a/b/c.jpg утро/оля 1.jpg" {
		t.Errorf("clean: %s", got)
	}
}

// TestGitConflict holds that a file in conflict is not clean.
func TestGitConflict(t *testing.T) {
	r := newRepository(t)
	r.write("a.jpg", "b.jpg")
	r.git("add", ".")
	r.git("commit", "-q", "-m", "x")
	r.git("checkout", "-q", "-b", "other")
	r.writeText("b.jpg", "one thing")
	r.git("commit", "-q", "-a", "-m", "y")
	r.git("checkout", "-q", "-")
	r.writeText("b.jpg", "another")
	r.git("commit", "-q", "-a", "-m", "z")
	cmd := exec.Command("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "merge", "-q", "other")
	cmd.Dir = r.dir
	if err := cmd.Run(); err == nil {
		t.Fatal("there is no conflict")
	}
	if got := r.clean("a.jpg", "b.jpg"); got != "a.jpg" {
		t.Errorf("clean: %s", got)
	}
}

// TestGitSplit holds that a split index is given up, in words.
func TestGitSplit(t *testing.T) {
	r := newRepository(t)
	r.write("a.jpg")
	r.git("add", ".")
	r.git("update-index", "--split-index")
	if err := NewTree(r.dir).Err(); err == nil || !strings.Contains(err.Error(), "split") {
		t.Errorf("%v", err)
	}
}

// TestGitSparse holds that folders which are not checked out, and stand for
// their files in the index, are no obstacle.
func TestGitSparse(t *testing.T) {
	r := newRepository(t)
	r.write("in/a.jpg", "out/b.jpg", "out/c/d.jpg")
	r.git("add", ".")
	r.git("commit", "-q", "-m", "x")
	r.git("sparse-checkout", "set", "--cone", "--sparse-index", "in")
	if !strings.Contains(r.git("ls-files", "--sparse"), "out/") {
		t.Fatal("the index is not sparse")
	}
	if got := r.clean("in/a.jpg", "out/b.jpg"); got != "in/a.jpg" {
		t.Errorf("clean: %s", got)
	}
}

// TestGitPlaces holds that work trees and submodules are found.
func TestGitPlaces(t *testing.T) {
	r := newRepository(t)
	r.write(someNames...)
	r.git("add", ".")
	r.git("commit", "-q", "-m", "x")
	tree := &repository{t, filepath.Join(t.TempDir(), "tree")}
	r.git("worktree", "add", "-q", tree.dir)
	module := newRepository(t)
	module.git("submodule", "--quiet", "add", r.dir, "module")
	sub := &repository{t, filepath.Join(module.dir, "module")}
	for name, place := range map[string]*repository{"work tree": tree, "submodule": sub} {
		place.settle()
		if got, want := place.clean(someNames...), strings.Join(someNames, " "); got != want {
			t.Errorf("%s: clean: %s", name, got)
		}
	}
}

// settle makes the files old and lets git look at them again, so that none is
// racily clean.
func (r *repository) settle() {
	r.t.Helper()
	for _, name := range someNames {
		then := time.Now().Add(-time.Hour)
		if err := os.Chtimes(filepath.Join(r.dir, filepath.FromSlash(name)), then, then); err != nil {
			r.t.Fatal(err)
		}
	}
	r.git("update-index", "-q", "--refresh")
}

// TestGitClone holds that of a fresh clone the files are clean that were
// written before the index was.
func TestGitClone(t *testing.T) {
	r := newRepository(t)
	r.write(someNames...)
	r.git("add", ".")
	r.git("commit", "-q", "-m", "x")
	clone := &repository{t, filepath.Join(t.TempDir(), "clone")}
	r.git("clone", "-q", r.dir, clone.dir)
	x, _, err := Open(clone.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range someNames {
		st, err := os.Stat(filepath.Join(clone.dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		_, ok := x.Clean(name, st.Size(), st.ModTime(), Inode(st))
		if want := st.ModTime().Before(x.written); ok != want {
			t.Errorf("%s of %v, the index of %v: clean is %t", name, st.ModTime(), x.written, ok)
		}
	}
}
