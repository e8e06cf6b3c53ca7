package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
)

func newCheck(f *flags) *cobra.Command {
	var which asked
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Tell what is wrong and how each piece will be credited, write nothing",
		Long: `Check reads the site as build does and tells every problem, with notes, pictures
that are the same or look alike, also among those that wait for review, and the
credit line of every piece that will be published, with how it was made:
from the author's own wording, from a form of the name that was given, from
one that was computed, or without inflecting the name.

With --expiring it lists instead the published pieces whose permission ends within
30 days, with --unthanked those who took part and were not thanked yet.`,
		Example: `  gallerist check
  gallerist check --expiring --unthanked
  gallerist check --json --now 2026-12-01`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := f.open()
			if err != nil {
				return err
			}
			defer s.root.Close()
			bar := f.newBar()
			s.opt.Compare, s.opt.Thorough, s.opt.Progress = !which.any(), true, bar.update
			result, probs, err := builder.Plan(cmd.Context(), s.root.FS(), s.opt)
			bar.done()
			if err != nil {
				return f.unbuilt(probs, err)
			}
			f.verbose = true
			f.printProblems(probs)
			if err := f.printCheck(result, probs, which); err != nil {
				return err
			}
			if probs.Count(problem.Error) > 0 {
				return exit(exitProblems)
			}
			return nil
		},
	}
	f.add(cmd, "source", "now", "theme", "drafts", "json", "quiet")
	cmd.Flags().BoolVar(&which.expiring, "expiring", false, "list the pieces whose permission ends within 30 days")
	cmd.Flags().BoolVar(&which.unthanked, "unthanked", false, "list who took part and was not thanked yet")
	return cmd
}

// isolates are the marks around a name that reads in the other direction;
// terminals show them as boxes.
var isolates = strings.NewReplacer("\u2068", "", "\u2069", "")

type checkReport struct {
	Summary   builder.Summary         `json:"summary"`
	Credits   []builder.CreditSummary `json:"credits"`
	Expiring  []builder.Expiring      `json:"expiring"`
	Unthanked []builder.Unthanked     `json:"unthanked"`
	Problems  problem.List            `json:"problems"`
}

func (f *flags) printCheck(r *builder.Result, probs problem.List, which asked) error {
	if f.json {
		return json.NewEncoder(f.out).Encode(checkReport{r.Summary, r.Credits(), r.Expiring(), r.Unthanked(), append(problem.List{}, probs...)})
	}
	if f.quiet {
		return nil
	}
	if which.any() {
		f.printLists(r, which)
		return nil
	}
	for _, c := range r.Credits() {
		fmt.Fprintf(f.out, "%s [%s]: %s (%s)\n", c.File, c.Lang, problem.Visible(isolates.Replace(c.Line)), c.Note)
	}
	fmt.Fprintf(f.out, "%s, %s, %d of %s to publish\n", count(probs.Count(problem.Error), "error"),
		count(probs.Count(problem.Warning), "warning"), r.Summary.Published, count(r.Summary.Received, "submission"))
	return nil
}
