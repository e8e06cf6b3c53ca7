package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/findings"
	"gallerist/builder/problem"
)

// checkFlags are the flags of check alone.
type checkFlags struct {
	which   asked
	format  string
	changed string // a branch or a commit; "" = everything is asked for
	fix     bool   // mend what can be mended first
	dryRun  bool   // but write nothing
}

// checkFormats are the forms in which check tells what it found.
var checkFormats = append([]string{"text", "json"}, findings.Formats...)

func newCheck(f *flags) *cobra.Command {
	var own checkFlags
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Tell what is wrong and how each piece will be credited",
		Long: `Check reads the site as build does and tells every problem, with notes, pictures
that are the same or look alike, also among those that wait for review, and the
credit line of every piece that will be published, with how it was made:
from the author's own wording, from a form of the name that was given, from
one that was computed, or without inflecting the name.

Where a file words.txt stands beside site.toml, a word or several a line, check
names each place in titles, captions, alt texts, stories and names where one of
them stands, whatever its case. It is for you to decide what becomes of it.

For a proposal (a pull or merge request) --changed BASE tells only what the
proposal touches: problems of the files and submissions that differ from BASE, the
branch it is to go into, and of others where they name one of these. A changed
gallery.md touches its whole gallery, a changed site.toml or theme everything. The
exit code is 1 only for an error among these.

--format says for whom:
  text     for people (default)
  json     for scripts, as --json
  github   annotations for a GitHub workflow, ten of a kind, and all problems in the
           summary of its job (the file that GITHUB_STEP_SUMMARY names)
  gitlab   a Code Quality report for GitLab
  sarif    SARIF 2.1.0, for code scanning and editors
  rdjson   for reviewdog, with suggestions for slips of the pen

--fix first mends what needs no decision, and says what in which file: letters
made of two characters (NFC), lines of a file that end in two ways, marks that
nobody sees, submissions without an id, and contact data in front matter, which go
into private/contacts.csv. Each change touches its own lines only. A file that
somebody changes meanwhile is left alone, and so is what needs a decision: it is
told. With --dry-run nothing is written; without --fix nothing ever is.

With --expiring it lists instead the published pieces whose permission ends within
30 days, with --unthanked those who took part and were not thanked yet.`,
		Example: `  gallerist check
  gallerist check --changed origin/main --format github
  gallerist check --changed main
  gallerist check --format gitlab > gl-code-quality-report.json
  gallerist check --fix --dry-run
  gallerist check --expiring --unthanked
  gallerist check --json --now 2026-12-01`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := own.settle(f, cmd.Flags().Changed("changed")); err != nil {
				return err
			}
			return f.check(cmd.Context(), own)
		},
	}
	f.add(cmd, "source", "now", "theme", "drafts", "json", "quiet")
	set := cmd.Flags()
	set.StringVar(&own.format, "format", "text", "for whom: "+strings.Join(checkFormats, ", "))
	set.StringVar(&own.changed, "changed", "", "tell only what differs from this `branch` or commit")
	set.BoolVar(&own.fix, "fix", false, "first mend what needs no decision")
	set.BoolVarP(&own.dryRun, "dry-run", "n", false, "with --fix: say what would be mended, write nothing")
	set.BoolVar(&own.which.expiring, "expiring", false, "list the pieces whose permission ends within 30 days")
	set.BoolVar(&own.which.unthanked, "unthanked", false, "list who took part and was not thanked yet")
	return cmd
}

// settle completes the flags, or says why they do not go together.
func (own *checkFlags) settle(f *flags, narrow bool) error {
	switch {
	case !slices.Contains(checkFormats, own.format):
		return &hinted{exitUsage, fmt.Errorf("there is no format %q", own.format), problem.DidYouMean(own.format, checkFormats)}
	case f.json && own.format != "text" && own.format != "json":
		return &hinted{exitUsage, fmt.Errorf("--json and --format %s ask for two forms", own.format), "leave one of them out"}
	case f.json:
		own.format = "json"
	}
	f.json = own.format == "json"
	switch {
	case narrow && own.changed == "":
		return &hinted{exitUsage, errors.New("--changed needs a branch or a commit"), "write the branch that the proposal is to go into, such as --changed origin/main"}
	case own.which.any() && own.format != "text" && own.format != "json":
		return &hinted{exitUsage, errors.New("lists of people are text or JSON"), "leave --format out"}
	case own.dryRun && !own.fix:
		return &hinted{exitUsage, errors.New("--dry-run is for --fix"), "check alone writes nothing"}
	case own.which.any() && own.fix:
		return &hinted{exitUsage, errors.New("--fix goes with a check of the site"), "ask for the lists of people without it"}
	case own.which.any() && own.changed != "":
		return &hinted{exitUsage, errors.New("lists of people are of the whole site"), "leave --changed out"}
	}
	return nil
}

func (f *flags) check(ctx context.Context, own checkFlags) error {
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.root.Close()
	within, err := s.changedSince(ctx, own.changed) // before the work, for it may be refused
	if err != nil {
		return err
	}
	var fixed []mended
	var left problem.List
	if own.fix {
		if fixed, left, err = f.mend(ctx, s, own, within); err != nil {
			return err
		}
	}
	bar := f.newBar()
	s.opt.Compare, s.opt.Thorough, s.opt.Progress = !own.which.any(), true, bar.update
	result, probs, err := builder.Plan(ctx, s.root.FS(), s.opt)
	bar.done()
	if err != nil {
		return f.unbuilt(probs, err)
	}
	probs = within.problems(append(left, probs...).Sorted())
	if own.format == "text" || own.format == "json" {
		f.verbose = true
		f.printProblems(probs)
		err = f.printCheck(result, probs, own.which, within, fixed)
	} else {
		err = f.report(ctx, s, own.format, result, probs, within)
	}
	if err != nil {
		return err
	}
	if probs.Count(problem.Error) > 0 {
		return exit(exitProblems)
	}
	return nil
}

// isolates are the marks around a name that reads in the other direction;
// terminals show them as boxes.
var isolates = strings.NewReplacer("\u2068", "", "\u2069", "")

type checkReport struct {
	Summary   builder.Summary         `json:"summary"`
	Credits   []builder.CreditSummary `json:"credits"`
	Expiring  []builder.Expiring      `json:"expiring"`
	Unthanked []builder.Unthanked     `json:"unthanked"`
	Changed   []string                `json:"changed,omitempty"` // files, where --changed asks
	Fixed     []mended                `json:"fixed,omitempty"`   // what --fix changed, or with --dry-run would
	Problems  problem.List            `json:"problems"`
}

func (f *flags) printCheck(r *builder.Result, probs problem.List, which asked, within *scope, fixed []mended) error {
	credits := slices.DeleteFunc(r.Credits(), func(c builder.CreditSummary) bool { return !within.folder(c.File) })
	if f.json {
		return json.NewEncoder(f.out).Encode(checkReport{
			r.Summary, append([]builder.CreditSummary{}, credits...), r.Expiring(), r.Unthanked(), within.names(), fixed, append(problem.List{}, probs...),
		})
	}
	if f.quiet {
		return nil
	}
	if which.any() {
		f.printLists(r, which)
		return nil
	}
	for _, c := range credits {
		fmt.Fprintln(f.out, forLog(fmt.Sprintf("%s [%s]: %s (%s)", c.File, c.Lang, problem.Visible(isolates.Replace(c.Line)), c.Note)))
	}
	found := count(probs.Count(problem.Error), "error") + ", " + count(probs.Count(problem.Warning), "warning")
	if within != nil {
		fmt.Fprintf(f.out, "%s in %s that differ from %s\n", found, count(len(within.files), "file"), problem.Visible(within.base))
		return nil
	}
	fmt.Fprintf(f.out, "%s, %d of %s to publish\n", found, r.Summary.Published, count(r.Summary.Received, "submission"))
	return nil
}
