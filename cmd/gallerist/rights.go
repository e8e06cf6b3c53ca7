package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// rightsFlags are those of rights alone.
type rightsFlags struct {
	format, gallery, state string
	terms, bom             bool
}

func newRights(f *flags) *cobra.Command {
	var own rightsFlags
	cmd := &cobra.Command{
		Use:   "rights",
		Short: "List who granted what, until when, and on which evidence",
		Long: `Rights prints the ledger: for every submission what its author allowed, when,
until when, for which uses, under which terms, and where the evidence is. It is
for you alone: it names everybody, also those who want no name on the site.

A permission is in force, ends soon (within 30 days), has ended, is missing (not
asked for or not answered), refused, revoked, or withdrawn with the submission.
"terms changed" says that the text of the terms is no longer the one agreed to.`,
		Example: `  gallerist rights --state "ends soon"
  gallerist rights --gallery morning --format csv > rights.csv
  gallerist rights --terms`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ask, err := own.ask(f)
			if err != nil {
				return err
			}
			s, err := f.open()
			if err != nil {
				return err
			}
			defer s.root.Close()
			ledger, probs, err := builder.ReadLedger(cmd.Context(), s.root.FS(), s.opt, ask)
			var unknown *builder.UnknownGallery
			if errors.As(err, &unknown) {
				return &hinted{exitUsage, unknown, unknown.Hint}
			} else if err != nil {
				return f.unbuilt(probs, err)
			}
			if err := f.printLedger(ledger, own); err != nil {
				return &hinted{exitIO, err, ""}
			}
			if ledger.Broken > 0 && !f.quiet {
				fmt.Fprintf(f.log, "not in this list: %s with something wrong (run \"%s check\")\n", count(ledger.Broken, "submission"), program())
			}
			return nil
		},
	}
	f.add(cmd, "source", "now", "quiet")
	cmd.Flags().StringVar(&own.format, "format", "table", "`table`, csv or json")
	cmd.Flags().StringVar(&own.gallery, "gallery", "", "only this gallery or series, by its `folder`")
	cmd.Flags().StringVar(&own.state, "state", "", "only permissions in this `state`: "+strings.Join(builder.LedgerStates, ", "))
	cmd.Flags().BoolVar(&own.terms, "terms", false, "list the versions of the terms instead, with their hashes and how many agreed to them")
	cmd.Flags().BoolVar(&own.bom, "bom", false, "begin the CSV with a byte-order mark, for spreadsheets that need one")
	return cmd
}

// formats are those of a ledger.
var formats = []string{"table", "csv", "json"}

func (own *rightsFlags) ask(f *flags) (builder.LedgerAsk, error) {
	if !slices.Contains(formats, own.format) {
		return builder.LedgerAsk{}, &hinted{exitUsage, fmt.Errorf("there is no format %q", own.format), problem.DidYouMean(own.format, formats)}
	}
	state := strings.ReplaceAll(own.state, "-", " ")
	if state != "" && !slices.Contains(builder.LedgerStates, state) {
		return builder.LedgerAsk{}, &hinted{exitUsage, fmt.Errorf("there is no state %q", own.state), problem.DidYouMean(state, builder.LedgerStates)}
	}
	ask := builder.LedgerAsk{State: builder.LedgerState(state)}
	if own.gallery != "" {
		ask.Gallery = galleryName(own.gallery)
	}
	return ask, nil
}

func (f *flags) printLedger(l *builder.Ledger, own rightsFlags) error {
	rows := ledgerRows(l.Entries)
	if own.terms {
		rows = termsRows(l.Terms)
	}
	switch {
	case own.format == "json" && own.terms:
		return json.NewEncoder(f.out).Encode(append([]builder.LedgerTerms{}, l.Terms...))
	case own.format == "json":
		return json.NewEncoder(f.out).Encode(append([]builder.LedgerEntry{}, l.Entries...))
	case own.format == "csv":
		return source.WriteCSV(f.out, own.bom, visible(rows))
	case own.terms:
		return f.printTable(rows)
	}
	if err := f.printTable(narrow(rows)); err != nil {
		return err
	}
	if !f.quiet {
		fmt.Fprintf(f.out, "\n%s\n", sumUp(l.Entries))
	}
	return nil
}

// ledgerRows is a ledger as a table, its first row the names of the columns.
func ledgerRows(entries []builder.LedgerEntry) [][]string {
	rows := [][]string{{
		"state", "id", "who", "gallery", "status", "grant", "terms", "terms_changed", "given", "until", "days_left", "scope", "territory",
		"method", "evidence", "reviewed_by", "reviewed_on", "minor", "guardian", "people", "file",
	}}
	for _, e := range entries {
		days, changed := "", ""
		if e.DaysLeft != nil {
			days = strconv.Itoa(*e.DaysLeft)
		}
		if e.Changed {
			changed = "changed"
		}
		rows = append(rows, []string{
			string(e.State), e.ID, strings.Join(e.Who, ", "), e.Gallery, e.Status, e.Grant, e.Terms, changed, e.Given, e.Until, days,
			strings.Join(e.Scope, " "), e.Territory, e.Method, e.Evidence, e.Reviewer, e.Reviewed, e.Minor, e.Guardian, strings.Join(e.People, ", "), e.File,
		})
	}
	return rows
}

func termsRows(list []builder.LedgerTerms) [][]string {
	rows := [][]string{{"version", "since", "grants", "changed", "sha256", "file"}}
	for _, t := range list {
		file := t.File
		if file == "" {
			file = "no page"
		}
		rows = append(rows, []string{t.Version, t.Since, strconv.Itoa(t.Grants), strconv.Itoa(t.Changed), t.SHA256, file})
	}
	return rows
}

// onScreen are the columns that a table has room for.
var onScreen = []string{"state", "id", "who", "gallery", "status", "terms", "terms_changed", "given", "until", "days_left", "scope", "evidence"}

// narrow keeps the columns that a table has room for, and of these the ones in
// which something stands.
func narrow(rows [][]string) [][]string {
	list := make([][]string, len(rows))
	for i, name := range rows[0] {
		filled := slices.ContainsFunc(rows[1:], func(row []string) bool { return row[i] != "" })
		if !slices.Contains(onScreen, name) || !filled && len(rows) > 1 {
			continue
		}
		for at := range rows {
			list[at] = append(list[at], shortened(rows[at][i]))
		}
	}
	return list
}

// shortened cuts a cell that would make its column too wide.
func shortened(cell string) string {
	const most = 32
	if letters := []rune(cell); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return cell
}

// visible returns rows whose cells hold nothing that a terminal would obey.
func visible(rows [][]string) [][]string {
	list := make([][]string, len(rows))
	for i, row := range rows {
		list[i] = make([]string, len(row))
		for j, cell := range row {
			list[i][j] = problem.Visible(cell)
		}
	}
	return list
}

// printTable prints rows in columns, the names of the columns in capitals.
func (f *flags) printTable(rows [][]string) error {
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for i, row := range visible(rows) {
		line := strings.Join(row, "\t")
		if i == 0 {
			line = strings.ToUpper(strings.ReplaceAll(line, "_", " "))
		}
		fmt.Fprintln(w, line)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for line := range strings.Lines(b.String()) {
		fmt.Fprintln(f.out, strings.TrimRight(line, " \n"))
	}
	return nil
}

// sumUp counts the permissions by state.
func sumUp(entries []builder.LedgerEntry) string {
	counts := map[builder.LedgerState]int{}
	for _, e := range entries {
		counts[e.State]++
	}
	parts := []string{}
	for _, state := range builder.LedgerStates {
		if n := counts[builder.LedgerState(state)]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, state))
		}
	}
	if len(parts) == 0 {
		return "no submissions"
	}
	return count(len(entries), "submission") + ": " + strings.Join(parts, ", ")
}
