// Package gitlog asks the program git what a proposal changes and what the
// history of a site's folder says: which files differ from another branch, and in
// which commit a submission was first approved.
//
// # Git is started with care
//
// A repository's own settings can name programs: hooks, a file system monitor,
// external diffs, text converters, filters, helpers of transports. None is run
// here. Only plumbing is asked that reads commits, trees and the names in the work
// tree; contents of the work tree are compared in this package and not by git,
// which would send them through filters; nothing is fetched; submodules are not
// entered. Variables that point git elsewhere (GIT_DIR and the others) are not
// passed on, so a hook can call this program. What a person writes,
// the name of a branch, stands behind --end-of-options, and is resolved to the id
// of a commit before anything else sees it.
//
// Git's refusal to read a repository that belongs to somebody else is kept.
package gitlog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Patience is how long one call of git may take.
const Patience = 2 * time.Minute

// outputMost bounds what one call may print, in bytes: the raw log of a million
// changes has a fifth of it.
const outputMost = 1 << 30

// ErrNoGit says that there is no program git.
var ErrNoGit = errors.New("the program git is not installed")

// safely are the options that every call begins with.
var safely = []string{
	"--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs",
	"-c", "core.quotepath=false", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull,
	"-c", "core.pager=cat", "-c", "protocol.allow=never", "-c", "submodule.recurse=false",
	"-c", "log.showSignature=false", "-c", "log.showRoot=true", "-c", "diff.ignoreSubmodules=all",
}

// kept are the variables that git gets from this program's environment: where
// programs and the user's own settings are.
var kept = []string{
	"PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR", "TEMP", "TMP", "USER", "LOGNAME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA",
	"SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT",
}

// environment returns the variables for git.
func environment() []string {
	env := []string{"LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0"}
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		if slices.ContainsFunc(kept, func(k string) bool { return k == name || runtime.GOOS == "windows" && strings.EqualFold(k, name) }) {
			env = append(env, pair)
		}
	}
	return env
}

// failure is git's own word for what went wrong.
type failure struct {
	code int
	text string
}

func (f *failure) Error() string { return "git: " + f.text }

// start starts git in a folder; what it prints is read from the pipe, and wait
// returns how it ended.
func start(ctx context.Context, dir string, in io.Reader, args ...string) (out io.Reader, wait func() error, err error) {
	program, err := exec.LookPath("git")
	if err != nil {
		return nil, nil, ErrNoGit
	}
	ctx, cancel := context.WithTimeout(ctx, Patience)
	cmd := exec.CommandContext(ctx, program, slices.Concat([]string{"-C", dir}, safely, args)...)
	cmd.Env, cmd.Stdin, cmd.WaitDelay = environment(), in, 5*time.Second
	var complaint bytes.Buffer
	cmd.Stderr = &limited{w: &complaint, room: 64 << 10}
	pipe, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		cancel()
		return nil, nil, err
	}
	return io.LimitReader(pipe, outputMost), func() error {
		defer cancel()
		_, _ = io.Copy(io.Discard, io.LimitReader(pipe, outputMost)) // what nobody wanted to read
		err := cmd.Wait()
		switch {
		case ctx.Err() == context.DeadlineExceeded:
			return fmt.Errorf("git did not answer within %v", Patience)
		case ctx.Err() != nil:
			return context.Cause(ctx)
		}
		var ended *exec.ExitError
		if errors.As(err, &ended) {
			return &failure{ended.ExitCode(), lastLine(complaint.String())}
		}
		return err
	}, nil
}

// output returns all that git prints.
func output(ctx context.Context, dir string, args ...string) ([]byte, error) {
	out, wait, err := start(ctx, dir, nil, args...)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(out)
	return text, errors.Join(err, wait())
}

// lastLine returns what git complained of last, without its "fatal: ".
func lastLine(s string) string {
	s = strings.TrimSpace(s)
	for line := range strings.Lines(s) { // hints follow the line that says what is wrong
		if text, ok := strings.CutPrefix(line, "fatal: "); ok {
			return strings.TrimSpace(text)
		}
	}
	return s[strings.LastIndexByte(s, '\n')+1:]
}

// limited forgets what comes after the first bytes.
type limited struct {
	w    io.Writer
	room int
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.room)
	l.room -= n
	if _, err := l.w.Write(p[:n]); err != nil {
		return 0, err
	}
	return len(p), nil
}
