package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"gallerist/builder"
	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// Rules for what is printed: results on stdout, talk on stderr; problems
// first, the summary last, for it stays on the screen; words that a marketer
// knows; a number is never without its noun; no colour but on a terminal that
// wants it.

// printProblems writes the problems to stderr: errors and warnings, and notes
// where they were asked for.
func (f *flags) printProblems(probs problem.List) {
	if f.json {
		return
	}
	for _, p := range probs {
		if p.Level == problem.Note && !f.verbose {
			continue
		}
		text := forLog(p.String())
		if f.colour() {
			text = paint(p, text)
		}
		fmt.Fprintln(f.log, text)
	}
}

func paint(p problem.Problem, text string) string {
	colour := map[problem.Level]string{problem.Error: "\x1b[31m", problem.Warning: "\x1b[33m", problem.Note: "\x1b[2m"}[p.Level]
	place := problem.Visible(p.Pos.String())
	if place != "" && strings.HasPrefix(text, place) {
		return "\x1b[1m" + place + "\x1b[0m" + colour + text[len(place):] + "\x1b[0m"
	}
	return colour + text + "\x1b[0m"
}

// terminal tells whether stderr is one that somebody looks at.
func (f *flags) terminal() bool {
	file, ok := f.log.(*os.File)
	return ok && os.Getenv("CI") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(file.Fd()))
}

// colour honours NO_COLOR (no-color.org).
func (f *flags) colour() bool { return os.Getenv("NO_COLOR") == "" && f.terminal() }

// bar shows the progress of long work on a terminal.
type bar struct {
	shown bool
	stage string
	p     *progressbar.ProgressBar
	f     *flags
}

// barMin is from how many steps on progress is worth showing.
const barMin = 8

func (f *flags) newBar() *bar { return &bar{shown: f.terminal() && !f.quiet && !f.json, f: f} }

func (b *bar) update(stage string, done, total int) {
	if !b.shown || total < barMin && stage != "films" { // one film can take minutes
		return
	}
	if b.p == nil || b.stage != stage {
		b.stage = stage
		b.p = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(b.f.log), progressbar.OptionSetDescription(stage),
			progressbar.OptionClearOnFinish(), progressbar.OptionShowCount(), progressbar.OptionSetWidth(24))
	}
	_ = b.p.Set(done)
}

func (b *bar) done() {
	if b.p != nil {
		_ = b.p.Clear()
	}
}

// reasonWords says why submissions were left out.
var reasonWords = map[string]string{
	"declined": "declined", "pending": "waiting for review", "withdrawn": "withdrawn by their authors",
	"scheduled": "waiting for their day", "expired": "with a permission that has expired",
	"grant": "approved without a permission", "scope": "without a permission for the site",
	"guardian": "by minors without a guardian's consent",
	"age":      "by authors of whom nobody says whether they are minors",
	"release":  "without the word of everybody in the picture",
	"edit":     "changed without their authors' agreement", "crop": "cropped without their authors' agreement", "broken": "with something wrong, told above",
}

func (f *flags) printSummary(s *site, r *builder.Result, report publish.Report, secretMade bool, took time.Duration) {
	sum := r.Summary
	line := func(name, format string, args ...any) {
		fmt.Fprintf(f.out, "%-11s %s\n", name, fmt.Sprintf(format, args...))
	}
	fmt.Fprintf(f.out, "%s\n\n", problem.Visible(sum.Title))
	line("published", "%d of %s, by %s", sum.Published, count(sum.Received, "submission"), count(sum.Contributors, "contributor"))
	if sum.Drafts > 0 {
		line("drafts", "%s shown that are not published: do not put this build online", count(sum.Drafts, "submission"))
	}
	var out []string
	for _, l := range sum.LeftOut {
		out = append(out, fmt.Sprintf("%d %s", l.Count, reasonWords[l.Reason]))
	}
	if len(out) > 0 {
		line("left out", "%s", strings.Join(out, ", "))
	}
	line("made", "%s in %s, %s", count(sum.Pages, "page"), plural(sum.Languages), made(sum))
	f.printThanks(line, sum)
	line("written", "%s of %d into %s in %s", count(report.Written, "file"), sum.Files, show(f.target()), took.Round(10*time.Millisecond))
	fmt.Fprintln(f.out)
	if secretMade {
		fmt.Fprintln(f.out, "private/secret was made for the addresses of the thank-you pages: keep a copy of it")
	}
	fmt.Fprintf(f.out, "look at it  %s serve --open%s\n", program(), f.sourceFlag())
	fmt.Fprintf(f.out, "publish it  put what is in %s on any web server\n", show(f.target()))
}

func (f *flags) printThanks(line func(name, format string, args ...any), sum builder.Summary) {
	switch {
	case sum.ThankPages == 0 && len(sum.Unthanked) > 0:
		line("thanks", "no personal pages: set GALLERIST_SECRET or keep private/secret to make them")
	case len(sum.Unthanked) > 0:
		line("thanks", "%s ready, %s not thanked yet: %s thank%s writes their letters", count(sum.ThankPages, "personal page"), people(len(sum.Unthanked)), program(), f.sourceFlag())
	case sum.ThankPages > 0:
		line("thanks", "everybody has been thanked")
	}
}

// made counts what is shown, naming films and recordings only where there are
// some.
func made(sum builder.Summary) string {
	text := count(sum.Pictures, "picture")
	if sum.Films > 0 {
		text += ", " + count(sum.Films, "film")
	}
	if sum.Recordings > 0 {
		text += ", " + count(sum.Recordings, "recording")
	}
	return text
}

// program returns what to type to run this program again.
func program() string {
	if exe, err := os.Executable(); err == nil && strings.Contains(filepath.ToSlash(exe), "/go-build") {
		return "go run ./cmd/gallerist"
	}
	return "gallerist"
}

func (f *flags) sourceFlag() string {
	if f.source == "." {
		return ""
	}
	return " -s " + f.source
}

// show writes a folder as people write it, with a slash at the end.
func show(dir string) string { return filepath.ToSlash(filepath.Clean(dir)) + "/" }

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

func plural(languages []string) string { return count(len(languages), "language") }
