package gitlog

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// What can be wrong with a folder or a base. Each says what in words, and Hint
// what to do.
var (
	ErrNoRepository = errors.New("the site's folder is in no git repository")
	ErrBare         = errors.New("the site's folder is in a repository without a work tree")
	ErrForeign      = errors.New("git does not read this repository, because its folder belongs to another user")
	ErrNoBase       = errors.New("git knows no such branch or commit")
	ErrNoAncestor   = errors.New("the two have no commit in common")
	ErrShallow      = errors.New("the history is cut off before the commit that both have in common")
)

// Hint returns what to do about an error of this package, "" where nobody knows.
func Hint(err error) string {
	switch {
	case errors.Is(err, ErrNoGit):
		return "install git, or leave the option out"
	case errors.Is(err, ErrNoRepository):
		return `run "git init" in the site's folder, or leave the option out`
	case errors.Is(err, ErrBare):
		return "run this in a clone that has files"
	case errors.Is(err, ErrForeign):
		return `if you trust it, run "git config --global --add safe.directory" and the folder's path`
	case errors.Is(err, ErrNoBase):
		return `write a branch or a commit, such as main or origin/main; "git branch --all" lists those that are there, and "git fetch origin main" brings one`
	case errors.Is(err, ErrShallow):
		return `run "git fetch --unshallow", or set fetch-depth: 0 (GitHub) or GIT_DEPTH: 0 (GitLab) in the workflow`
	case errors.Is(err, ErrNoAncestor):
		return "name the branch that this one was begun from"
	}
	return ""
}

// Repo is the repository that a folder lies in.
type Repo struct {
	dir     string
	Prefix  string // of the folder in it: "" or "sites/one/"
	Shallow bool   // its history is cut off
}

// Open finds the repository of a folder.
func Open(ctx context.Context, dir string) (*Repo, error) {
	text, err := output(ctx, dir, "rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
	var f *failure
	switch {
	case errors.As(err, &f) && strings.Contains(f.text, "not a git repository"):
		return nil, ErrNoRepository
	case errors.As(err, &f) && strings.Contains(f.text, "dubious ownership"):
		return nil, ErrForeign
	case err != nil:
		return nil, err
	}
	lines := strings.SplitN(string(text), "\n", 3)
	if len(lines) < 3 {
		return nil, fmt.Errorf("git says %q of its own folder", text)
	}
	if lines[0] != "true" {
		return nil, ErrBare
	}
	return &Repo{dir: dir, Shallow: lines[1] == "true", Prefix: strings.TrimSuffix(lines[2], "\n")}, nil
}

// commit resolves what a person writes to the id of a commit.
func (r *Repo) commit(ctx context.Context, name string) (string, error) {
	if name == "" || strings.HasPrefix(name, "-") || strings.ContainsAny(name, "\x00\n\r") {
		return "", ErrNoBase
	}
	text, err := output(ctx, r.dir, "rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	var f *failure
	if errors.As(err, &f) {
		return "", ErrNoBase
	}
	id := strings.TrimSpace(string(text))
	if err == nil && !isID(id) {
		err = ErrNoBase
	}
	return id, err
}

// Head returns the id of the commit that is checked out; "" = nothing was committed
// yet.
func (r *Repo) Head(ctx context.Context) (string, error) {
	id, err := r.commit(ctx, "HEAD")
	if errors.Is(err, ErrNoBase) {
		return "", nil
	}
	return id, err
}

// isID tells whether this is the whole id of an object, SHA-1 or SHA-256.
func isID(s string) bool {
	return (len(s) == 40 || len(s) == 64) && strings.Trim(s, "0123456789abcdef") == ""
}
