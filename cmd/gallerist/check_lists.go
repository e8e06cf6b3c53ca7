package main

import (
	"fmt"
	"strings"

	"gallerist/builder"
	"gallerist/builder/problem"
)

// asked are the lists that check is asked for instead of the credit lines.
type asked struct{ expiring, unthanked bool }

func (a asked) any() bool { return a.expiring || a.unthanked }

// printLists writes a line for each entry: its id first, as scripts want it.
func (f *flags) printLists(r *builder.Result, which asked) {
	if which.expiring {
		for _, e := range r.Expiring() {
			fmt.Fprintf(f.out, "%s  until %s  %-8s %s  %s\n", e.ID, e.Until, count(e.Days, "day"), who(e.Who), problem.Visible(e.File))
		}
	}
	if which.unthanked {
		for _, u := range r.Unthanked() {
			fmt.Fprintf(f.out, "%s  %-9s %s  %s\n", u.ID, u.Outcome, who(u.Who), problem.Visible(u.File))
		}
	}
}

// who writes names as a terminal can show them.
func who(names []string) string {
	if len(names) == 0 {
		return "somebody without a name"
	}
	return problem.Visible(strings.Join(names, ", "))
}
