package gitlog

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// repository is a work tree made by git.
type repository struct {
	t   *testing.T
	dir string
	day int // of the next commit
}

func newRepository(t *testing.T, options ...string) *repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not there")
	}
	r := &repository{t: t, dir: t.TempDir()}
	r.git(append([]string{"init", "-q", "-b", "main"}, options...)...)
	return r
}

// git runs git without the settings of whoever runs the test.
func (r *repository) git(args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-C", r.dir, "-c", "protocol.file.allow=always", "-c", "user.name=Анна", "-c", "user.email=anna@private.example"}, args...)...)
	date := time.Date(2026, 1, 1+r.day, 12, 0, 0, 0, time.UTC).Format(time.RFC3339)
	cmd.Env = append(environment(), "HOME="+r.t.TempDir(), "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_DATE="+date, "GIT_COMMITTER_DATE=2030-01-01T00:00:00Z")
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func (r *repository) write(name, text string) {
	r.t.Helper()
	file := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		r.t.Fatal(err)
	}
}

// commit commits all there is, a day after the last time.
func (r *repository) commit(options ...string) {
	r.t.Helper()
	r.git("add", "-A")
	r.day++
	r.git(append([]string{"commit", "-q", "-m", "x"}, options...)...)
}

func open(t *testing.T, dir string) *Repo {
	t.Helper()
	repo, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return repo
}

func changed(t *testing.T, dir, base string) []string {
	t.Helper()
	list, err := open(t, dir).Changed(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestChanged(t *testing.T) {
	for _, format := range []string{"sha1", "sha256"} {
		t.Run(format, func(t *testing.T) {
			r := newRepository(t, "--object-format="+format)
			for _, name := range []string{"site/stays.md", "site/touched.md", "site/moved.md", "site/gone.md", "site/edited.md", "outside.md", "site/put back.md"} {
				r.write(name, "text of "+name)
			}
			r.write(".gitignore", "/site/private/\n")
			r.commit()
			r.git("checkout", "-q", "-b", "proposal")
			r.git("mv", "site/moved.md", "site/утро \"оля\"\n1.md")
			r.git("rm", "-q", "site/gone.md")
			r.write("site/put back.md", "other")
			r.write("outside.md", "other")
			r.commit()
			r.git("checkout", "-q", "main")
			r.write("site/stays.md", "changed on main, which is none of the proposal's doing")
			r.commit()
			r.git("checkout", "-q", "proposal")
			r.write("site/edited.md", "not committed")
			r.write("site/put back.md", "text of site/put back.md")
			r.write("site/-new|&.md", "not known to git")
			r.write("site/private/secret", "ignored")
			then := time.Now().Add(-time.Hour)
			if err := os.Chtimes(filepath.Join(r.dir, "site", "touched.md"), then, then); err != nil {
				t.Fatal(err)
			}
			want := []string{"-new|&.md", "edited.md", "gone.md", "moved.md", "put back.md", "утро \"оля\"\n1.md"}
			for _, base := range []string{"main", "main~1", r.git("rev-parse", "main")} {
				if diff := cmp.Diff(want, changed(t, filepath.Join(r.dir, "site"), base)); diff != "" {
					t.Errorf("%s: %s", base, diff)
				}
			}
			repo := open(t, filepath.Join(r.dir, "site"))
			if repo.Prefix != "site/" || repo.Shallow {
				t.Errorf("%+v", repo)
			}
		})
	}
}

// TestBadBase holds that nothing but a commit is taken, and that nothing of it is
// taken for an option.
func TestBadBase(t *testing.T) {
	r := newRepository(t)
	r.write("a.md", "a")
	r.commit()
	blob := r.git("rev-parse", "HEAD:a.md")
	victim := filepath.Join(r.dir, "victim")
	for _, base := range []string{"", "nowhere", "-h", "--output=" + victim, "--all", blob, "HEAD:a.md", "main..main", "^main", "main\nmain", "a.md", "../x", "main --output=" + victim} {
		if _, err := open(t, r.dir).Changed(t.Context(), base); !errors.Is(err, ErrNoBase) {
			t.Errorf("%q: %v", base, err)
		}
	}
	if _, err := os.Stat(victim); err == nil {
		t.Error("a file was written")
	}
	r.git("checkout", "-q", "--orphan", "other")
	r.commit()
	if _, err := open(t, r.dir).Changed(t.Context(), "main"); !errors.Is(err, ErrNoAncestor) {
		t.Errorf("nothing in common: %v", err)
	}
}

// TestPlaces holds what is said of folders that are no clone with all its history.
func TestPlaces(t *testing.T) {
	r := newRepository(t)
	r.write("content/a.md", "a")
	r.commit()
	r.git("branch", "base")
	r.write("content/a.md", "b")
	r.commit()
	r.write("content/a.md", "c")
	r.commit()

	alone := t.TempDir()
	if _, err := Open(t.Context(), alone); !errors.Is(err, ErrNoRepository) {
		t.Errorf("no repository: %v", err)
	}
	bare := &repository{t: t, dir: filepath.Join(t.TempDir(), "bare")}
	r.git("clone", "-q", "--bare", r.dir, bare.dir)
	if _, err := Open(t.Context(), bare.dir); !errors.Is(err, ErrBare) {
		t.Errorf("bare: %v", err)
	}
	shallow := &repository{t: t, dir: filepath.Join(t.TempDir(), "shallow")}
	r.git("clone", "-q", "--depth=1", "--no-single-branch", "file://"+r.dir, shallow.dir)
	repo := open(t, shallow.dir)
	if _, err := repo.Changed(t.Context(), "origin/base"); !repo.Shallow || !errors.Is(err, ErrShallow) {
		t.Errorf("shallow: %v", err)
	}
	if _, err := repo.History(t.Context(), "content"); !errors.Is(err, ErrShallow) {
		t.Errorf("history of a shallow clone: %v", err)
	}
	module := newRepository(t)
	module.git("submodule", "--quiet", "add", r.dir, "site")
	module.commit()
	module.write("site/content/a.md", "d")
	if diff := cmp.Diff([]string{"content/a.md"}, changed(t, filepath.Join(module.dir, "site"), "HEAD")); diff != "" {
		t.Error("in a submodule:", diff)
	}
	if list := changed(t, module.dir, "HEAD"); len(list) > 0 {
		t.Errorf("around a submodule: %q", list)
	}
	tree := filepath.Join(t.TempDir(), "tree")
	r.git("worktree", "add", "-q", tree)
	if list := changed(t, tree, "main~1"); len(list) != 1 {
		t.Errorf("in a work tree: %q", list)
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := Open(t.Context(), r.dir); !errors.Is(err, ErrNoGit) {
		t.Errorf("without git: %v", err)
	}
	for _, err := range []error{ErrNoGit, ErrNoRepository, ErrBare, ErrForeign, ErrNoBase, ErrNoAncestor, ErrShallow} {
		if Hint(err) == "" {
			t.Errorf("no hint for %v", err)
		}
	}
}

// TestHostile holds that a repository whose settings name programs runs none of
// them, and that variables do not point git elsewhere.
func TestHostile(t *testing.T) {
	r := newRepository(t)
	r.write("content/a/submission.md", "+++\nid = \"aaaaaa\"\nstatus = \"approved\"\n+++\n")
	r.write("content/a/1.jpg", "picture")
	r.write(".gitattributes", "* filter=evil diff=evil merge=evil\n")
	r.commit()
	ran := filepath.Join(t.TempDir(), "ran")
	evil := filepath.Join(t.TempDir(), "evil")
	if err := os.WriteFile(evil, []byte("#!/bin/sh\necho \"$0 $* by $(tr '\\0' ' ' </proc/$PPID/cmdline)\" >>'"+ran+"'\ncat\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, hook := range []string{"post-index-change", "post-checkout", "pre-commit", "reference-transaction", "fsmonitor-watchman"} {
		if err := os.MkdirAll(filepath.Join(r.dir, ".git", "hooks"), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(evil, filepath.Join(r.dir, ".git", "hooks", hook)); err != nil {
			t.Fatal(err)
		}
	}
	for _, key := range []string{
		"core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.gitProxy", "core.alternateRefsCommand", "diff.external",
		"diff.evil.command", "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "merge.evil.driver",
		"gpg.program", "pager.log", "pager.diff", "interactive.diffFilter", "uploadpack.packObjectsHook", "credential.helper",
		"alias.log", "alias.diff-index", "alias.rev-parse", "mailmap.file",
	} {
		value := evil
		if strings.HasPrefix(key, "alias.") {
			value = "!" + evil
		}
		r.git("config", key, value)
	}
	for key, value := range map[string]string{
		"log.showSignature": "true", "log.mailmap": "true", "core.hooksPath": filepath.Join(r.dir, ".git", "hooks"), "remote.origin.url": "ext::" + evil,
		"remote.origin.promisor": "true", "extensions.partialClone": "origin", "log.showRoot": "false", "log.follow": "true", "log.diffMerges": "on",
		"diff.renames": "copies", "diff.noprefix": "true", "diff.relative": "false", "diff.orderFile": evil, "status.showUntrackedFiles": "no",
		"color.ui": "always", "core.quotePath": "true", "format.pretty": "raw", "core.abbrev": "4",
	} {
		r.git("config", key, value)
	}
	_ = os.Remove(ran)
	elsewhere := newRepository(t)
	t.Setenv("GIT_DIR", filepath.Join(elsewhere.dir, ".git"))
	t.Setenv("GIT_EXTERNAL_DIFF", evil)
	t.Setenv("GIT_PAGER", evil)
	t.Setenv("GIT_CONFIG_COUNT", "1")
	t.Setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
	t.Setenv("GIT_CONFIG_VALUE_0", evil)
	r.write("content/a/1.jpg", "another")
	r.write("content/b/2.jpg", "new")
	if diff := cmp.Diff([]string{"content/a/1.jpg", "content/b/2.jpg"}, changed(t, r.dir, "main")); diff != "" {
		t.Error(diff)
	}
	h, err := open(t, r.dir).History(t.Context(), "content")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := h.Approved["aaaaaa"]; !ok {
		t.Errorf("%+v", h)
	}
	if log, err := os.ReadFile(ran); err == nil {
		t.Errorf("programs were run:\n%s", log)
	}
}

// TestHistory holds when something was approved first, through moves and later
// changes of mind.
func TestHistory(t *testing.T) {
	r := newRepository(t)
	piece := func(id, status string) string {
		return "+++\nid = \"" + id + "\"\nstatus = \"" + status + "\" # a comment\n\n[grant]\nstatus = \"granted\"\n+++\n"
	}
	r.write("site/content/утро/a \"1\"/submission.md", piece("aaaaaa", "pending"))
	r.write("site/content/утро/b/submission.md", "---\nid: bbbbbb\nstatus: featured\n---\nstatus: pending\n")
	r.write("content/elsewhere/submission.md", piece("eeeeee", "approved"))
	r.commit() // 2 January
	r.write("site/content/утро/a \"1\"/submission.md", piece("aaaaaa", "approved"))
	r.commit("--author=Бо\x02рис <b@private.example>") // 3
	r.git("checkout", "-q", "-b", "side", "main~1")
	r.write("site/content/утро/c/submission.md", piece("cccccc", "approved"))
	r.commit() // 4
	r.git("checkout", "-q", "main")
	r.git("merge", "-q", "--no-edit", "side")
	r.git("mv", "site/content/утро", "site/content/вечер")
	r.write("site/content/вечер/a \"1\"/submission.md", piece("aaaaaa", "declined"))
	r.commit() // 5
	r.write("site/content/вечер/a \"1\"/submission.md", piece("aaaaaa", "featured"))
	r.write("site/content/вечер/b/1.jpg", "picture")
	r.commit() // 6
	day := func(d int) time.Time { return time.Date(2026, 1, d, 12, 0, 0, 0, time.UTC) }
	got, err := open(t, filepath.Join(r.dir, "site")).History(t.Context(), "content")
	if err != nil {
		t.Fatal(err)
	}
	want := &History{
		Head:     r.git("rev-parse", "HEAD"),
		Approved: map[string]Approval{"aaaaaa": {day(3), "Бо\x02рис"}, "bbbbbb": {day(2), "Анна"}, "cccccc": {day(4), "Анна"}},
		Changed: map[string]time.Time{
			"content/утро/a \"1\"": day(5), "content/утро/b": day(5), "content/утро/c": day(5),
			"content/вечер/a \"1\"": day(6), "content/вечер/b": day(6), "content/вечер/c": day(5),
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	empty := newRepository(t)
	if h, err := open(t, empty.dir).History(t.Context(), "content"); err != nil || h.Head != "" {
		t.Errorf("nothing was committed: %+v, %v", h, err)
	}
}

func TestIDAndStatus(t *testing.T) {
	for src, want := range map[string]string{
		"+++\nid = \"a\"\nstatus = 'approved'\n+++\n":              "a approved",
		"\ufeff+++\r\nid=\"a\"\r\n\"status\"  =  \"x\" # y\r\n+++": "a x",
		"---\nid: \"a\"\nstatus: approved # yes\n---\nid: b":       "a approved",
		"---\nid: a\ngrant:\n  status: granted\n---\n":             "a ",
		"+++\nid = \"a\"\n[grant]\nstatus = \"granted\"\n+++\n":    "a ",
		"id = \"a\"\n":            " ",
		"+++\nid = \"a\nstatus =": " ",
		"":                        " ",
	} {
		id, status := idAndStatus([]byte(src))
		if got := id + " " + status; got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}

// FuzzRaw holds that whatever git could print is read or refused.
func FuzzRaw(f *testing.F) {
	f.Add(":100644 000000 d004 0000 D\x00content/a/submission.md\x00")
	f.Add("\x011795385703\x02A\x00\n:000000 100644 0000 d004 A\x00a\x00\x01")
	f.Add("\x01x\x02\x00:\x00")
	f.Fuzz(func(t *testing.T, text string) {
		n := 0
		for c, err := range changes([]byte(text)) {
			if n++; err == nil && c.path == "" {
				t.Errorf("a change of nothing in %q", text)
			}
		}
		if n > len(text) {
			t.Errorf("%d changes in %q", n, text)
		}
		h := &History{Approved: map[string]Approval{}, Changed: map[string]time.Time{}}
		versions, _ := readLog(bufio.NewReader(strings.NewReader(text)), h)
		_ = readContents(bufio.NewReader(strings.NewReader(text)), append(versions, version{id: "d004"}), h)
		idAndStatus([]byte(text))
	})
}

// TestPatience holds that git is given up when the caller gives up.
func TestPatience(t *testing.T) {
	r := newRepository(t)
	repo := open(t, r.dir)
	_, wait, err := start(t.Context(), repo.dir, nil, "rev-parse", "--git-dir")
	if err != nil {
		t.Fatal(err)
	}
	if err := wait(); err != nil {
		t.Errorf("what nobody read: %v", err)
	}
	if _, err := output(t.Context(), repo.dir, "no-such-command"); err == nil {
		t.Error("a command that is not there succeeds")
	}
}
