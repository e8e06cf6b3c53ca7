package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// contactFolder is where a contact sheet goes if nobody says.
const contactFolder = "contact-sheet"

func newContactSheet(f *flags) *cobra.Command {
	var gallery, changed string
	cmd := &cobra.Command{
		Use:   "contact-sheet",
		Short: "Write one page with all submissions to look at, for reviewers elsewhere",
		Long: `Contact-sheet writes a folder with one page, index.html: every submission by state,
with its pictures, words, the credit line as it will be, what is missing before it
can be published, and those that look alike beside each other. It needs no server
and no script: open it, print it, or hand the folder over, such as an artifact of a
pull request (see "gallerist new review-kit").

It holds pieces that nobody has approved, so it is not to be published, and says so
to people and to search engines. Nothing private is in it: no contacts, evidence or
names of reviewers; names and places only as their authors allow; of minors the
first name and the country; pictures without what cameras write into them. What
cannot be read is counted and left out.

The folder is replaced as a whole each time; one with anything else in it is left
alone.`,
		Example: `  gallerist contact-sheet
  gallerist contact-sheet --gallery morning -o for-anna
  gallerist contact-sheet --changed origin/main -o sheet`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("changed") && changed == "" {
				return &hinted{exitUsage, errors.New("--changed needs a branch or a commit"), "write the branch that the proposal is to go into, such as --changed origin/main"}
			}
			if gallery != "" {
				gallery = galleryName(gallery)
			}
			return f.contactSheet(cmd.Context(), gallery, changed)
		},
	}
	f.add(cmd, "source", "now", "theme", "json", "quiet")
	set := cmd.Flags()
	set.StringVarP(&f.output, "output", "o", "", "`folder` to write into: empty, new, or an earlier sheet (default "+contactFolder+" in the site's folder)")
	set.StringVar(&gallery, "gallery", "", "only this gallery or series, by its `folder`")
	set.StringVar(&changed, "changed", "", "only submissions that differ from this `branch` or commit")
	return cmd
}

func (f *flags) contactSheet(ctx context.Context, gallery, changed string) error {
	if f.output == "" {
		f.output = filepath.Join(f.source, contactFolder)
	}
	if err := madeAs(f.output, builder.ContactMark, "something else than a contact sheet"); err != nil {
		return err
	}
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.root.Close()
	if s.opt.Secret, _, err = s.secret(false); err != nil { // what is looked for in the files, too
		return err
	}
	within, err := s.changedSince(ctx, changed)
	if err != nil {
		return err
	}
	bar := f.newBar()
	s.opt.Compare, s.opt.Thorough, s.opt.Drafts, s.opt.Progress = true, true, true, bar.update
	result, probs, err := builder.Plan(ctx, s.root.FS(), s.opt)
	if err != nil {
		bar.done()
		return f.unbuilt(probs, err)
	}
	ask := builder.ContactAsk{Gallery: gallery, Problems: probs, Progress: func(done, total int) { bar.update("pictures", done, total) }}
	if within != nil {
		ask.Touched, ask.Only = within.folder, "what differs from "+within.base
	}
	sheet, err := result.ContactSheet(ctx, ask)
	bar.done()
	var unknown *builder.UnknownGallery
	if errors.As(err, &unknown) {
		return &hinted{exitUsage, unknown, unknown.Hint}
	} else if err != nil {
		return &hinted{exitIO, err, ""}
	}
	target := publish.NewDir(f.output, publish.DirOptions{Site: f.source, Sources: f.notForExports()})
	if _, err := publish.Sync(ctx, sheet.Set, target, publish.Options{Verify: result.Verify}); err != nil {
		f.printProblems(result.Rendered())
		return publishing(err)
	}
	return f.printContactSheet(sheet)
}

// contactReport is what contact-sheet --json prints.
type contactReport struct {
	Output string                 `json:"output"`
	Counts []builder.ContactCount `json:"submissions"`
	Unread int                    `json:"unread"`
}

// contactWords names the states of a sheet in a sentence.
var contactWords = map[string]string{
	"pending": "waiting for review", "held": "approved but held back", "approved": "approved", "declined": "declined",
}

func (f *flags) printContactSheet(sheet *builder.ContactSheet) error {
	if f.json {
		return json.NewEncoder(f.out).Encode(contactReport{f.output, append([]builder.ContactCount{}, sheet.Counts...), sheet.Unread})
	}
	if f.quiet {
		return nil
	}
	total := 0
	var parts []string
	for _, c := range sheet.Counts {
		total += c.Count
		parts = append(parts, fmt.Sprintf("%d %s", c.Count, contactWords[c.State]))
	}
	line := count(total, "submission")
	if len(parts) > 0 {
		line += ": " + strings.Join(parts, ", ")
	}
	fmt.Fprintf(f.out, "%s\n", line)
	if sheet.Unread > 0 {
		fmt.Fprintf(f.out, "left out %s with something wrong (run \"%s check\")\n", count(sheet.Unread, "submission"), program())
	}
	fmt.Fprintf(f.out, "open %s; it is for review only, do not put it online\n", problem.Visible(filepath.ToSlash(filepath.Join(f.output, "index.html"))))
	return nil
}
