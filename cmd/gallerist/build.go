package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

func newBuild(f *flags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the site into a folder that any file server can show",
		Long: `Build the site. Only approved and featured submissions with a granted
permission are published. What is wrong with a submission is told with its
place; it is left out, and the rest is built.

The folder is replaced as a whole: a build that is interrupted or goes wrong
leaves it as it was. Files that did not change are not touched.`,
		Example: `  gallerist build
  gallerist build --base-url https://example.org/mornings/ --strict
  gallerist build --plan`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.plan {
				return f.printPlan(cmd.Context())
			}
			return f.build(cmd.Context())
		},
	}
	f.add(cmd, "source", "output", "base-url", "now", "theme", "drafts", "strict", "plan", "json", "quiet", "verbose")
	cmd.Flags().BoolVar(&f.timings, "timings", false, "print how long each stage took")
	cmd.Flags().StringVar(&f.profile, "profile", "", "write cpu.pprof and allocs.pprof into this `folder`, for go tool pprof")
	return cmd
}

// buildReport is what build --json prints.
type buildReport struct {
	Summary  builder.Summary `json:"summary"`
	Output   string          `json:"output"`
	Written  int             `json:"written"`
	Deleted  int             `json:"deleted"`
	Bytes    int64           `json:"bytes"`
	Problems problem.List    `json:"problems"`
}

func (f *flags) build(ctx context.Context) (err error) {
	start := time.Now()
	stop, err := profile(f.profile)
	if err != nil {
		return &hinted{exitIO, err, "--profile names a folder that can be written"}
	}
	defer func() {
		if unwritten := stop(); unwritten != nil {
			err = errors.Join(err, unwritten)
		}
	}()
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.root.Close()
	secretMade := false
	if s.opt.Secret, secretMade, err = s.secret(true); err != nil {
		return err
	}
	s.opt.Program = executable()
	if s.remember() {
		sparinglyAgain()
	}
	bar := f.newBar()
	s.opt.Progress = bar.update
	var watch stopwatch
	var target *publish.Begun
	s.opt.Stage = func(name string) {
		if watch.begin(name); name == builder.ListingPages { // not before: making pictures takes long
			target = publish.Begin(ctx, f.dir())
		}
	}
	result, probs, err := builder.Build(ctx, s.root.FS(), s.opt)
	bar.done()
	if err != nil {
		if target != nil {
			err = errors.Join(err, target.Abort())
		}
		return f.unbuilt(probs, err)
	}
	if f.strict && probs.Count(problem.Error) > 0 {
		f.printProblems(probs)
		if err := target.Abort(); err != nil {
			return publishing(err)
		}
		return &hinted{exitProblems, errors.New("nothing was written, because --strict was given and something is wrong"), ""}
	}
	watch.begin("making pages and publishing")
	kept := s.keepMemory()
	report, err := publish.Sync(ctx, result.Set, target, publish.Options{Verify: result.Verify})
	unkept := kept()
	probs = append(probs, result.Rendered()...).Sorted()
	if err != nil {
		f.printProblems(probs)
		return publishing(err)
	}
	f.printProblems(probs)
	watch.begin("")
	if f.timings {
		watch.print(f.log)
	}
	if unkept != nil {
		fmt.Fprintln(f.log, "gallerist: what was read cannot be kept for the next build:", cause(unkept))
	}
	if err := result.Trim(ctx); err != nil {
		fmt.Fprintln(f.log, "gallerist: the cache could not be kept within its bound:", cause(err))
	}
	if f.json {
		err = json.NewEncoder(f.out).Encode(buildReport{
			result.Summary, f.target(), report.Written, report.Deleted, report.Bytes, append(problem.List{}, probs...),
		})
	} else if !f.quiet {
		f.printSummary(s, result, report, secretMade, time.Since(start))
	}
	if err == nil && probs.Count(problem.Error) > 0 {
		err = exit(exitProblems)
	}
	return err
}

// dir is the folder to publish into.
func (f *flags) dir() *publish.Dir {
	out := f.target()
	name := out
	if abs, err := filepath.Abs(out); err == nil {
		name = abs
	}
	sum := sha256.Sum256([]byte(name))
	return publish.NewDir(out, publish.DirOptions{
		State: filepath.Join(f.source, ".gallerist", "output-"+hex.EncodeToString(sum[:6])),
		Site:  f.source,
		Sources: []string{
			filepath.Join(f.source, "content"), filepath.Join(f.source, "themes"), filepath.Join(f.source, "private"),
		},
	})
}

// publishing gives an error of the output folder its hint and exit code.
func publishing(err error) error {
	var p *publish.Error
	if errors.As(err, &p) {
		return &hinted{exitIO, err, p.Hint}
	}
	var leak *builder.LeakError
	if errors.As(err, &leak) && leak.Withdrawn {
		return &hinted{exitProblems, err, "nothing was written; find what leads to it or shows it (a link in a text, a file in static/) and take it out"}
	}
	if errors.As(err, &leak) {
		return &hinted{exitProblems, err, "nothing was written; take the value out of the texts that are published, or out of the private file if it is no secret"}
	}
	return &hinted{exitIO, err, ""}
}

// printPlan prints every page that will exist.
func (f *flags) printPlan(ctx context.Context) error {
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.root.Close()
	if s.opt.Secret, _, err = s.secret(false); err != nil {
		return err
	}
	result, probs, err := builder.Plan(ctx, s.root.FS(), s.opt)
	if err != nil {
		return f.unbuilt(probs, err)
	}
	f.printProblems(probs)
	if err := f.printPages(result); err != nil {
		return err
	}
	if probs.Count(problem.Error) > 0 {
		return exit(exitProblems)
	}
	return nil
}

// unbuilt tells why the folder could not be read.
func (f *flags) unbuilt(probs problem.List, err error) error {
	if errors.Is(err, builder.ErrSettings) {
		f.printProblems(probs)
		return &hinted{exitProblems, err, "nothing was written: what was built before stays as it is"}
	}
	return &hinted{exitIO, err, ""}
}

type pageLine struct {
	URL    string `json:"url"`
	File   string `json:"file"`
	Layout string `json:"layout"`
	Lang   string `json:"lang"`
	Title  string `json:"title"`
	From   string `json:"from"`
}

// planReport is what build --plan --json prints.
type planReport struct {
	Pages    []pageLine        `json:"pages"`
	Pictures []builder.Picture `json:"pictures"`
}

func (f *flags) printPages(r *builder.Result) error {
	plan := planReport{Pages: []pageLine{}, Pictures: append([]builder.Picture{}, r.Pictures...)}
	for _, p := range r.Pages {
		plan.Pages = append(plan.Pages, pageLine{p.URL, p.File, p.Layout, p.Lang, p.Title, p.Origin})
	}
	if f.json {
		return json.NewEncoder(f.out).Encode(plan)
	}
	for _, l := range plan.Pages {
		fmt.Fprintf(f.out, "%-12s %s  %s\n", l.Layout, l.URL, problem.Visible(l.Title))
	}
	for _, p := range plan.Pictures {
		fmt.Fprintf(f.out, "%-12s %s  %d × %d from %s\n", "picture", p.URL, p.Width, p.Height, problem.Visible(p.Origin))
	}
	return nil
}
