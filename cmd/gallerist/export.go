package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

func newExport(f *flags) *cobra.Command {
	var ask builder.ExportAsk
	cmd := &cobra.Command{
		Use:   "export --use USE -o DIR",
		Short: "Copy what may be used elsewhere, with its credits, into a folder",
		Long: `Export makes a folder of the pieces whose authors allow one use: social, print,
ads, web or embed. Of each picture it holds the largest rendition, with the credit
inside the file; of a film or recording a copy without its private data; of a
piece of words the words. credits.csv and credits.txt say what must stand beside
each: the credit line, the alt text, the licence, the address of its page, until
when it may be used, and where.

Pieces without that permission are listed with the reason and left out. Originals
are never copied. The folder must be empty or an earlier export, which is replaced
as a whole.`,
		Example: `  gallerist export --use social --gallery morning -o for-social
  gallerist export --use print -o for-the-printer`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case ask.Use == "":
				return &hinted{exitUsage, errors.New("an export is for a use"), "add --use and one of: " + strings.Join(builder.ExportUses, ", ")}
			case !slices.Contains(builder.ExportUses, ask.Use):
				return &hinted{exitUsage, fmt.Errorf("there is no use %q", ask.Use), problem.DidYouMean(ask.Use, builder.ExportUses)}
			case f.output == "":
				return &hinted{exitUsage, errors.New("an export needs a folder"), "add -o and an empty folder or a new one"}
			}
			if ask.Gallery != "" {
				ask.Gallery = galleryName(ask.Gallery)
			}
			return f.export(cmd.Context(), ask)
		},
	}
	f.add(cmd, "source", "now", "base-url", "theme", "json", "quiet", "verbose")
	cmd.Flags().StringVarP(&f.output, "output", "o", "", "`folder` to export into: empty, new, or an earlier export")
	cmd.Flags().StringVar(&ask.Use, "use", "", "what it is `for`: "+strings.Join(builder.ExportUses, ", "))
	cmd.Flags().StringVar(&ask.Gallery, "gallery", "", "only this gallery or series, by its `folder`")
	return cmd
}

func (f *flags) export(ctx context.Context, ask builder.ExportAsk) error {
	if err := madeAs(f.output, builder.ExportMark, "a site, not an earlier export"); err != nil {
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
	result, probs, err := builder.Preview(ctx, s.root.FS(), s.opt)
	if err != nil {
		return &hinted{exitIO, err, ""}
	}
	export, err := result.Export(ask)
	var unknown *builder.UnknownGallery
	if errors.As(err, &unknown) {
		return &hinted{exitUsage, unknown, unknown.Hint}
	}
	target := publish.NewDir(f.output, publish.DirOptions{Site: f.source, Sources: f.notForExports()})
	if _, err := publish.Sync(ctx, export.Set, target, publish.Options{Verify: result.Verify}); err != nil {
		f.printProblems(append(probs, result.Rendered()...).Sorted())
		return publishing(err)
	}
	if f.verbose {
		f.printProblems(probs)
	}
	f.printProblems(append(export.Set.Problems(), result.Rendered()...))
	return f.printExport(export)
}

// notForExports are folders of the site that no export may lie in or hold.
func (f *flags) notForExports() []string {
	var list []string
	for _, name := range []string{"content", "themes", "private", "public", "static", ".gallerist", ".git"} {
		list = append(list, filepath.Join(f.source, name))
	}
	return list
}

// madeAs refuses a folder that this program has made something else in: one of its
// own without the mark.
func madeAs(dir, mark, other string) error {
	has := func(name string) bool {
		info, err := os.Lstat(filepath.Join(dir, name))
		return err == nil && info.Mode().IsRegular()
	}
	if has(".gallerist") && !has(mark) {
		return &hinted{exitUsage, fmt.Errorf("%q holds %s", dir, other), "choose an empty folder or a new one"}
	}
	return nil
}

// exportReport is what export --json prints.
type exportReport struct {
	Output string                `json:"output"`
	Pieces []builder.ExportPiece `json:"pieces"`
	Left   []builder.ExportLeft  `json:"left_out"`
	Broken int                   `json:"broken"`
}

func (f *flags) printExport(e *builder.Export) error {
	if f.json {
		return json.NewEncoder(f.out).Encode(exportReport{f.output, append([]builder.ExportPiece{}, e.Pieces...), append([]builder.ExportLeft{}, e.Left...), e.Broken})
	}
	if f.quiet {
		return nil
	}
	f.printLeft(e.Left)
	if e.Broken > 0 {
		fmt.Fprintf(f.out, "left out %s with something wrong (run \"%s check\")\n", count(e.Broken, "submission"), program())
	}
	if len(e.Pieces) == 0 {
		fmt.Fprintf(f.out, "nothing to export: %s holds no files but empty lists\n", show(f.output))
		return nil
	}
	files := 0
	for _, p := range e.Pieces {
		files += len(p.Files)
	}
	fmt.Fprintf(f.out, "exported %s, %s, into %s; credits.txt and credits.csv say what to show beside them\n", count(len(e.Pieces), "piece"), count(files, "file"), show(f.output))
	return nil
}

// printLeft lists what is left out, by reason.
func (f *flags) printLeft(list []builder.ExportLeft) {
	var reasons []string
	for _, left := range list {
		if !slices.Contains(reasons, left.Why) {
			reasons = append(reasons, left.Why)
		}
	}
	for _, why := range reasons {
		fmt.Fprintf(f.out, "left out, because %s:\n", why)
		for _, left := range list {
			if left.Why == why {
				fmt.Fprintf(f.out, "  %s  content/%s\n", left.ID, problem.Visible(left.Folder))
			}
		}
	}
}
