package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

func newDraw(f *flags) *cobra.Command {
	var ask builder.DrawRequest
	var write bool
	cmd := &cobra.Command{
		Use:   "draw GALLERY",
		Short: "Draw prizes among those who took part, so that anybody can repeat it",
		Long: `Draw gives a ticket to everybody whose submission was received before the call
closed, chosen for the gallery or not, and was not withdrawn; where the rules
have a limit, entries of one author.id beyond it have none. The number of a ticket
is the SHA-256 of the seed and the submission's id; the lowest numbers win. So
nothing but the list and the seed decides. Publish the seed beforehand, or where
it will come from, in [contest.draw]: the best is a public number that nobody can
choose, such as that of a lottery held after the call has closed.

Without --write it is a rehearsal. With --write the record is kept in draw.txt
beside the gallery.md, and the next build shows it, with what anybody needs to
draw again.`,
		Example: `  gallerist draw dance/2026-11-09
  gallerist draw dance/2026-11-09 --seed "6 из 45, тираж 12345: 4 8 15 16 23 42" --winners 3 --write`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.open()
			if err != nil {
				return err
			}
			defer s.root.Close()
			ask.Gallery = galleryName(args[0])
			r, probs, err := builder.HoldDraw(cmd.Context(), s.root.FS(), s.opt, ask)
			var not *builder.DrawRefusal
			if errors.As(err, &not) {
				return &hinted{exitUsage, not, not.Hint}
			} else if err != nil {
				return f.unbuilt(probs, err)
			}
			if write && r.Not != nil {
				f.printProblems(probs)
				return &hinted{exitUsage, fmt.Errorf("nothing was written: %w", r.Not), r.Not.Hint}
			}
			if write {
				if err := writeNew(s.root.Root, source.NewFile{Path: r.File, Data: r.Record.Text()}); err != nil {
					return err
				}
			}
			return f.printDraw(r, write)
		},
	}
	f.add(cmd, "source", "now", "json")
	cmd.Flags().StringVar(&ask.Seed, "seed", "", "`text` that decides, where gallery.md has none")
	cmd.Flags().IntVar(&ask.Winners, "winners", 0, "how `many` win (default as gallery.md says, or 1)")
	cmd.Flags().StringVar(&ask.Category, "category", "", "draw only among those with the `id` of this category among their tags")
	cmd.Flags().BoolVar(&write, "write", false, "keep the draw in draw.txt beside the gallery.md")
	return cmd
}

// galleryName takes a folder as a shell completes it.
func galleryName(arg string) string {
	return strings.TrimPrefix(path.Clean(strings.ReplaceAll(arg, `\`, "/")), "content/")
}

// drawReport is the result as JSON.
type drawReport struct {
	Gallery  string       `json:"gallery"`
	Method   string       `json:"method"`
	Seed     string       `json:"seed"`
	Date     string       `json:"date"`
	Category string       `json:"category,omitempty"`
	List     string       `json:"list_sha256"`
	Winners  int          `json:"winners"`
	Tickets  []drawTicket `json:"tickets"`
	Left     drawLeft     `json:"without_ticket"`
	File     string       `json:"file,omitempty"` // that was written
	Not      string       `json:"may_not_be_kept,omitempty"`
}

type drawLeft struct {
	Withdrawn int `json:"withdrawn"`
	Late      int `json:"late"`
	Limit     int `json:"beyond_limit"`
}

type drawTicket struct {
	Place  int    `json:"place"`
	Number string `json:"number"`
	ID     string `json:"id"`
	Folder string `json:"folder"`
	Wins   bool   `json:"wins"`
}

func (f *flags) printDraw(r *builder.DrawResult, written bool) error {
	if f.json {
		return json.NewEncoder(f.out).Encode(reportOf(r, written))
	}
	line := func(name, text string) { fmt.Fprintf(f.out, "%-9s %s\n", name, problem.Visible(text)) }
	fmt.Fprintf(f.out, "%s\n\n", problem.Visible(r.Title))
	line("tickets", fmt.Sprintf("%d, one a submission%s", len(r.Record.Tickets), leftWords(r)))
	line("list", r.List+" (SHA-256)")
	line("seed", r.Record.Seed)
	if r.Record.Category != "" {
		line("category", r.Record.Category)
	}
	line("winners", fmt.Sprint(r.Record.Winners))
	fmt.Fprintln(f.out)
	for i, t := range r.Record.Won() {
		fmt.Fprintf(f.out, "%d  %s  content/%s\n", i+1, t.ID, problem.Visible(r.Folders[t.ID]))
	}
	fmt.Fprintln(f.out)
	switch {
	case written:
		fmt.Fprintf(f.out, "wrote %s: the next build shows the draw, and everybody can repeat it\n", r.File)
	case r.Not != nil:
		fmt.Fprintf(f.out, "a rehearsal: %s (%s)\n", r.Not.Text, r.Not.Hint)
	default:
		fmt.Fprintln(f.out, "a rehearsal, nothing was written: add --write to hold the draw")
	}
	return nil
}

// leftWords says who has no ticket.
func leftWords(r *builder.DrawResult) string {
	var parts []string
	for _, left := range []struct {
		n    int
		text string
	}{{r.Withdrawn, "withdrawn"}, {r.Late, "too late"}, {r.Extra, "beyond the limit of the rules"}} {
		if left.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", left.n, left.text))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "; without a ticket: " + strings.Join(parts, ", ")
}

func reportOf(r *builder.DrawResult, written bool) drawReport {
	rec := r.Record
	out := drawReport{
		Gallery: r.Title, Method: r.Method(), Seed: rec.Seed, Date: rec.Date, Category: rec.Category, List: r.List,
		Winners: rec.Winners, Tickets: []drawTicket{}, Left: drawLeft{r.Withdrawn, r.Late, r.Extra},
	}
	for i, t := range rec.Tickets {
		out.Tickets = append(out.Tickets, drawTicket{i + 1, t.Number, t.ID, "content/" + r.Folders[t.ID], i < rec.Winners})
	}
	if written {
		out.File = r.File
	}
	if r.Not != nil {
		out.Not = r.Not.Text
	}
	return out
}
