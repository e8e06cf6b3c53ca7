package main

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gallerist/builder/live"
	"gallerist/builder/problem"
)

// TestJournal holds what serve prints through a morning of edits: one line a
// build, each problem once, and when it is mended.
func TestJournal(t *testing.T) {
	var out, log strings.Builder
	folder := t.TempDir()
	clock := time.Date(2026, 11, 22, 12, 4, 11, 0, time.UTC)
	f := &flags{out: &out, log: &log}
	j := &journal{f: f, folder: folder, clock: func() time.Time { return clock }}
	step := func(want string, tell func()) {
		t.Helper()
		log.Reset()
		tell()
		if got := log.String(); got != want {
			t.Errorf("prints\n%swant\n%s", got, want)
		}
		clock = clock.Add(10 * time.Second)
	}
	changed := func(names ...string) (c live.Change) {
		for _, name := range names {
			c.Paths = append(c.Paths, filepath.Join(folder, filepath.FromSlash(name)))
		}
		return c
	}
	at := func(line int) problem.Pos { return problem.Pos{File: "content/a/submission.md", Line: line, Col: 8} }
	var one, moved, two problem.List
	one.Errorf(at(4), `did you mean "photographer"?`, `unknown role "photografer"`)
	one.Notef(at(1), "", "worth knowing")
	moved.Errorf(at(6), `did you mean "photographer"?`, `unknown role "photografer"`)
	two = append(two, moved...)
	two.Errorf(at(9), `did you mean "photographer"?`, `unknown role "photografer"`)
	two.Warnf(problem.Pos{File: "site.toml", Line: 3}, "write one", "no tagline")

	step("12:04:11  built 312 files  1.2 s\n", func() {
		j.built(live.Report{Build: 1, Files: 312, Changed: live.Change{All: true}, Took: 1234 * time.Millisecond})
	})
	step("12:04:21  content/a/submission.md  → 3 open pages  38 ms\n", func() {
		j.built(live.Report{Build: 2, Pages: 3, Changed: changed("content/a/submission.md"), Took: 38 * time.Millisecond})
	})
	step("12:04:31  content/a/submission.md  → 1 open page  38 ms  1 error\n"+
		"content/a/submission.md:4:8: unknown role \"photografer\"\n  hint: did you mean \"photographer\"?\n", func() {
		j.built(live.Report{Build: 3, Pages: 1, Changed: changed("content/a/submission.md"), Took: 38 * time.Millisecond, Problems: one})
	})
	step("12:04:41  content/a/1.jpg and 1 more  → no open page  8 ms  1 error\n", func() { // it has only moved
		j.built(live.Report{Build: 4, Changed: changed("content/b.jpg", "content/a/1.jpg"), Took: 8 * time.Millisecond, Problems: moved})
	})
	step("12:04:51  the folder  → no open page  8 ms  2 errors, 1 warning\n"+
		"content/a/submission.md:9:8: unknown role \"photografer\"\n  hint: did you mean \"photographer\"?\n"+
		"site.toml:3: warning: no tagline\n  hint: write one\n", func() {
		j.built(live.Report{Build: 5, Changed: live.Change{All: true}, Took: 8 * time.Millisecond, Problems: two})
	})
	step("12:05:01  site.toml  → no open page  8 ms\ngallerist: the disk is broken\n", func() {
		j.built(live.Report{Build: 6, Changed: changed("site.toml"), Took: 8 * time.Millisecond, Err: errors.New("the disk is broken")})
	})
	step("12:05:11  site.toml  → no open page  8 ms\n", func() {
		j.built(live.Report{Build: 7, Changed: changed("site.toml"), Took: 8 * time.Millisecond, Err: errors.New("the disk is broken")})
	})
	step("12:05:21  site.toml  → no open page  8 ms  1 error\n"+
		"mended: content/a/submission.md:6:8: unknown role \"photografer\"\nmended: site.toml:3: warning: no tagline\n", func() {
		j.built(live.Report{Build: 8, Changed: changed("site.toml"), Took: 8 * time.Millisecond, Problems: two[1:2]})
	})
	step("12:05:31  content/\\u001b.md  → no open page  8 ms\nmended: content/a/submission.md:9:8: unknown role \"photografer\"\n", func() {
		j.built(live.Report{Build: 9, Changed: changed("content/\x1b.md"), Took: 8 * time.Millisecond})
	})

	// What comes up when a picture is first shown is told once, until it changes.
	var damaged problem.List
	damaged.Errorf(problem.Pos{File: "content/a/1.jpg"}, "copy it again", "the file is damaged")
	const told = "content/a/1.jpg: the file is damaged\n  hint: copy it again\n"
	step(told, func() { j.later(damaged) })
	step("12:05:51  content/b/submission.md  → no open page  8 ms\n", func() {
		j.built(live.Report{Build: 10, Changed: changed("content/b/submission.md"), Took: 8 * time.Millisecond})
		j.later(damaged)
	})
	step("12:06:01  content/a  → no open page  8 ms\n"+told, func() {
		j.built(live.Report{Build: 11, Changed: changed("content/a"), Took: 8 * time.Millisecond})
		j.later(damaged)
	})
	step("files cannot be watched here\n", func() { j.note("files cannot be watched here") })

	f.quiet = true
	step("content/a/submission.md:4:8: unknown role \"photografer\"\n  hint: did you mean \"photographer\"?\n", func() {
		j.built(live.Report{Build: 12, Changed: changed("content/a"), Problems: one})
		j.built(live.Report{Build: 13, Changed: changed("content/a")})
		j.end()
	})
	if out.Len() > 0 {
		t.Errorf("on stdout: %s", &out)
	}
}

// TestReady holds what serve says of where the site is and who can see it.
func TestReady(t *testing.T) {
	const here = "http://127.0.0.1:1313/"
	for _, c := range []struct {
		urls          []string
		how           serving
		drafts, quiet bool
		out, log      string
	}{
		{[]string{here}, serving{bind: "127.0.0.1", port: 1313}, false, false, "the site is at " + here + " (stop with Ctrl+C)\n", ""},
		{[]string{here}, serving{bind: "localhost", port: 0}, false, false, "the site is at " + here + " (stop with Ctrl+C)\n", ""},
		{[]string{here}, serving{bind: "127.0.0.1", port: 1312, poll: 2 * time.Second}, false, false, "the site is at " + here + " (stop with Ctrl+C)\n",
			"port 1312 is taken, so another one is used\nall files are looked at every 2s\n"},
		{[]string{here}, serving{bind: "127.0.0.1", port: 1313}, false, true, "", ""},
		{[]string{here}, serving{bind: "127.0.0.1", port: 1312}, false, true, "the site is at " + here + " (stop with Ctrl+C)\n",
			"port 1312 is taken, so another one is used\n"},
		{[]string{here, "http://192.168.1.20:1313/"}, serving{bind: "0.0.0.0", port: 1313}, false, false,
			"the site is at " + here + " (stop with Ctrl+C)\nand for others in your network at http://192.168.1.20:1313/\n",
			"everybody in your network can see this site, also what is not online yet\n"},
		{[]string{here}, serving{bind: "192.168.1.20", port: 1313}, true, true, "",
			"everybody in your network can see this site, with drafts and pieces that nobody has reviewed\n"},
	} {
		var out, log strings.Builder
		j := &journal{f: &flags{out: &out, log: &log, drafts: c.drafts, quiet: c.quiet}}
		j.ready(c.urls, c.how)
		if out.String() != c.out || log.String() != c.log {
			t.Errorf("%+v: prints\n%s%swant\n%s%s", c.how, &out, &log, c.out, c.log)
		}
	}
}

func TestPublic(t *testing.T) {
	for bind, want := range map[string]bool{
		"": false, "127.0.0.1": false, "127.9.9.9": false, "::1": false, "localhost": false, "LocalHost": false,
		"0.0.0.0": true, "::": true, "192.168.1.20": true, "example.org": true, "127.evil.example": true,
	} {
		if got := (serving{bind: bind}).public(); got != want {
			t.Errorf("%q: %v", bind, got)
		}
	}
}
