package main

import (
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"gallerist/builder/live"
	"gallerist/builder/problem"
)

// journal is what serve prints: one line for each build, each problem once,
// and when it is mended.
type journal struct {
	f      *flags
	folder string // of the site, absolute
	clock  func() time.Time

	mu   sync.Mutex // guards what follows, and printing
	now  problem.List
	err  string
	seen problem.List // what came up while files were opened
}

// ready tells where the site is.
func (j *journal) ready(urls []string, how serving) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if u, err := url.Parse(urls[0]); err == nil && how.port != 0 && u.Port() != strconv.Itoa(int(how.port)) {
		fmt.Fprintf(j.f.log, "port %d is taken, so another one is used\n", how.port)
	} else if j.f.quiet {
		urls = nil
	}
	if len(urls) > 0 {
		fmt.Fprintf(j.f.out, "the site is at %s (stop with Ctrl+C)\n", urls[0])
		for _, other := range urls[1:] {
			fmt.Fprintf(j.f.out, "and for others in your network at %s\n", other)
		}
		if how.styleguide {
			fmt.Fprintf(j.f.out, "its theme, piece by piece, is at %s\n", how.first(urls[0]))
		}
	}
	if how.public() {
		what := "everybody in your network can see this site, also what is not online yet"
		if j.f.drafts {
			what = "everybody in your network can see this site, with drafts and pieces that nobody has reviewed"
		}
		fmt.Fprintln(j.f.log, j.paint(yellow, what))
	}
	if how.poll > 0 && !j.f.quiet {
		fmt.Fprintf(j.f.log, "all files are looked at every %s\n", how.poll)
	}
}

// note tells something that happens once.
func (j *journal) note(text string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.f.quiet {
		fmt.Fprintln(j.f.log, j.paint(yellow, text))
	}
}

// built tells what a build came to.
func (j *journal) built(r live.Report) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.f.quiet {
		fmt.Fprintln(j.f.log, j.line(r))
	}
	if r.Err != nil {
		if j.err != r.Err.Error() {
			fmt.Fprintln(j.f.log, "gallerist:", problem.Visible(r.Err.Error()))
		}
		j.err = r.Err.Error()
		return // nothing is known of the problems
	}
	j.err = ""
	now := slices.DeleteFunc(r.Problems.Sorted(), func(p problem.Problem) bool { return p.Level == problem.Note })
	fresh, mended := differences(j.now, now)
	j.now = now
	j.f.printProblems(fresh)
	if !j.f.quiet {
		for _, p := range mended {
			fmt.Fprintln(j.f.log, j.paint(green, "mended: "+problem.Problem{Pos: p.Pos, Level: p.Level, Text: p.Text}.String()))
		}
	}
	j.seen = slices.DeleteFunc(j.seen, func(p problem.Problem) bool { return j.touched(r.Changed, p.Pos.File) })
}

// later tells what came up while files were opened, unless it did before.
func (j *journal) later(list problem.List) {
	j.mu.Lock()
	defer j.mu.Unlock()
	fresh := slices.DeleteFunc(slices.Clone(list), func(p problem.Problem) bool { return slices.Contains(j.seen, p) })
	j.seen = append(j.seen, fresh...)
	j.f.printProblems(fresh)
}

// end leaves the shell's line to the shell.
func (j *journal) end() {
	if j.f.terminal() {
		fmt.Fprintln(j.f.log)
	}
}

// line is the one line about a build.
func (j *journal) line(r live.Report) string {
	what := "built " + count(r.Files, "file")
	if r.Build > 1 {
		colour := green
		if r.Pages == 0 {
			colour = dim
		}
		what = j.changed(r.Changed) + "  " + j.paint(colour, "→ "+openPages(r.Pages))
	}
	line := j.paint(dim, j.clock().Format(time.TimeOnly)) + "  " + what + "  " + j.paint(dim, short(r.Took))
	var wrong []string
	if n := r.Problems.Count(problem.Error); n > 0 {
		wrong = append(wrong, j.paint(red, count(n, "error")))
	}
	if n := r.Problems.Count(problem.Warning); n > 0 {
		wrong = append(wrong, j.paint(yellow, count(n, "warning")))
	}
	if len(wrong) > 0 {
		line += "  " + strings.Join(wrong, ", ")
	}
	return line
}

func openPages(n int) string {
	if n == 0 {
		return "no open page"
	}
	return count(n, "open page")
}

// short is a length of time with as many digits as one cares for.
func short(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// changed names what has changed, the first by its name.
func (j *journal) changed(c live.Change) string {
	if c.All || len(c.Paths) == 0 {
		return "the folder"
	}
	name := j.name(slices.Min(c.Paths))
	if more := len(c.Paths) - 1; more > 0 {
		name += fmt.Sprintf(" and %d more", more)
	}
	return name
}

// name is a path as people of this site write it.
func (j *journal) name(path string) string {
	below, err := filepath.Rel(j.folder, path)
	switch {
	case err != nil:
		below = path
	case below == ".":
		return "the folder"
	}
	return problem.Visible(filepath.ToSlash(below))
}

// touched says whether a change may have changed a file of the site.
func (j *journal) touched(c live.Change, file string) bool {
	path := filepath.Join(j.folder, filepath.FromSlash(file))
	return c.All || slices.ContainsFunc(c.Paths, func(p string) bool {
		return p == path || strings.HasPrefix(path, p+string(filepath.Separator))
	})
}

// differences returns what is in now and was not before, and the other way
// round. A problem that has only moved to another line is the same.
func differences(before, now problem.List) (fresh, mended problem.List) {
	same := func(p problem.Problem) problem.Problem {
		return problem.Problem{Pos: problem.Pos{File: p.Pos.File}, Level: p.Level, Text: p.Text}
	}
	here := map[problem.Problem]bool{}
	moved := map[problem.Problem]int{} // by what they are but for the line: how many are gone from where they were
	for _, p := range now {
		here[p] = true
	}
	for _, p := range before {
		if !here[p] {
			moved[same(p)]++
		}
	}
	there := map[problem.Problem]bool{}
	for _, p := range before {
		there[p] = true
	}
	for _, p := range now {
		switch key := same(p); {
		case there[p]:
		case moved[key] > 0:
			moved[key]--
		default:
			fresh = append(fresh, p)
		}
	}
	for _, p := range before {
		if key := same(p); !here[p] && moved[key] > 0 {
			moved[key]--
			mended = append(mended, p)
		}
	}
	return fresh, mended
}

// The colours of the terminal.
const (
	red    = "\x1b[31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	dim    = "\x1b[2m"
)

func (j *journal) paint(colour, text string) string {
	if !j.f.colour() {
		return text
	}
	return colour + text + "\x1b[0m"
}
