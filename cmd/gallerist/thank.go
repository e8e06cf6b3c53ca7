package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// thankFlags are the flags of thank alone.
type thankFlags struct {
	ask     builder.LetterRequest
	letters string
	sent    bool
	dryRun  bool
}

func newThank(f *flags) *cobra.Command {
	var own thankFlags
	cmd := &cobra.Command{
		Use:   "thank",
		Short: "Write the letters of thanks to those who were not thanked yet",
		Long: `Thank writes, for everybody who took part and is not in private/thanked.csv, what
to send them: a letter in their language with the words for what came of it and
the address of their own page. Nothing is sent.

Into the folder private/thanks go ID.txt, a letter each, and letters.csv for a mail
merge, with those who have a line in private/contacts.csv. Those without one are
listed: write to them where they wrote to you. After sending, --sent adds the ids
of letters.csv to private/thanked.csv, so that nobody is thanked twice.

Who waits for a decision, or for the results of a contest, is thanked later; with
--pending now. Nobody who has withdrawn is written to. The words are those of
[thanks] in gallery.md, of the site's thanks/OUTCOME.md, or of the language;
thanks/letter.md is the frame of all letters.`,
		Example: `  gallerist thank --dry-run
  gallerist thank --gallery morning
  gallerist thank --sent`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := f.open()
			if err != nil {
				return err
			}
			defer s.root.Close()
			if s.opt.Secret, _, err = s.secret(false); err != nil {
				return err
			}
			if own.ask.Gallery != "" {
				own.ask.Gallery = galleryName(own.ask.Gallery)
			}
			letters, probs, err := builder.WriteLetters(cmd.Context(), s.root.FS(), s.opt, own.ask)
			var not *builder.LetterRefusal
			if errors.As(err, &not) {
				return &hinted{exitUsage, not, not.Hint}
			} else if err != nil {
				return f.unbuilt(probs, err)
			}
			if own.sent {
				return f.markSent(s, own, letters)
			}
			return f.writeLetters(s, own, letters, probs)
		},
	}
	f.add(cmd, "source", "base-url", "now", "json", "quiet")
	set := cmd.Flags()
	set.StringVarP(&own.letters, "letters", "o", "", "`folder` for the letters, below private/ or outside the site (default private/thanks)")
	set.StringVarP(&own.ask.Gallery, "gallery", "g", "", "only those who took part in the gallery or series in this `folder`")
	set.StringVar(&own.ask.Since, "since", "", "only what was received on this `date` or later")
	set.BoolVar(&own.ask.Pending, "pending", false, "also those for whom nothing is decided yet")
	set.BoolVar(&own.sent, "sent", false, "the letters of letters.csv were sent: add their ids to private/thanked.csv")
	set.BoolVarP(&own.dryRun, "dry-run", "n", false, "say what would be written, write nothing")
	return cmd
}

const (
	lettersDir = "private/thanks"
	lettersCSV = "letters.csv"
	thankedCSV = "private/thanked.csv"
)

// writeLetters writes the letters and says to whom.
func (f *flags) writeLetters(s *site, own thankFlags, letters *builder.Letters, probs problem.List) error {
	probs = slices.DeleteFunc(probs, func(p problem.Problem) bool {
		return !strings.HasPrefix(p.Pos.File, "thanks/") && !strings.HasPrefix(p.Pos.File, "private/")
	})
	f.printProblems(probs)
	switch {
	case own.dryRun:
	case letters.Nowhere:
		return &hinted{exitUsage, errors.New("the site has no address, so nobody could open their page"), `write base_url = "https://…" into site.toml, or give --base-url`}
	case probs.Count(problem.Error) > 0:
		return &hinted{exitProblems, errors.New("nothing was written, because something is wrong with the words or the contacts"), "mend what is told above"}
	}
	dir := cmp.Or(own.letters, filepath.Join(f.source, filepath.FromSlash(lettersDir)))
	if !own.dryRun {
		box, err := f.letterbox(s, own.letters, true)
		if err != nil {
			return err
		}
		defer box.Close()
		if err := fillLetterbox(box, letters); err != nil {
			return &hinted{exitIO, fmt.Errorf("the letters cannot be written into %s: %w", show(dir), cause(err)), ""}
		}
	}
	return f.printLetters(own, letters, dir)
}

// letterbox opens the folder for letters. They hold private data, so it is no
// folder of the site but below private.
func (f *flags) letterbox(s *site, dir string, make bool) (*os.Root, error) {
	failed := func(err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return &hinted{exitUsage, fmt.Errorf("there is no folder %q", show(cmp.Or(dir, lettersDir))), `run "gallerist thank" first`}
		}
		return &hinted{exitIO, fmt.Errorf("the folder %q cannot be opened: %w", show(cmp.Or(dir, lettersDir)), cause(err)), ""}
	}
	if dir != "" {
		below, inside, err := withinSite(f.source, dir)
		switch {
		case err != nil:
			return nil, failed(err)
		case inside && !strings.HasPrefix(below, "private/"):
			return nil, &hinted{exitUsage, fmt.Errorf("letters hold private data and do not belong into %q", show(dir)), "choose a folder below private/, or one outside the site's folder"}
		case !inside:
			if make {
				if err := os.MkdirAll(dir, 0o700); err != nil {
					return nil, failed(err)
				}
			}
			box, err := os.OpenRoot(dir)
			if err != nil {
				return nil, failed(err)
			}
			return box, nil
		}
		dir = below
	} else {
		dir = lettersDir
	}
	if make {
		if err := s.root.MkdirAll(dir, 0o700); err != nil {
			return nil, failed(err)
		}
	}
	box, err := s.root.OpenRoot(dir)
	if err != nil {
		return nil, failed(err)
	}
	return box, nil
}

// withinSite tells where below the site's folder another one lies, wherever
// symbolic links lead.
func withinSite(site, dir string) (below string, inside bool, err error) {
	if site, err = realPath(site); err != nil {
		return "", false, err
	}
	if dir, err = realPath(dir); err != nil {
		return "", false, err
	}
	rel, err := filepath.Rel(site, dir)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", false, nil // on another disk
	}
	return filepath.ToSlash(rel), true, nil
}

// realPath returns a path without symbolic links, also where its last parts are not
// there yet.
func realPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	is, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(path) != path {
		if is, err = realPath(filepath.Dir(path)); err == nil {
			is = filepath.Join(is, filepath.Base(path))
		}
	}
	return is, err
}

// fillLetterbox writes a file for each letter and the table of all, and takes out
// letters of before that are not to be sent any more.
func fillLetterbox(box *os.Root, letters *builder.Letters) error {
	wanted := map[string]bool{}
	for _, x := range letters.List {
		name := letterFile(x.ID)
		wanted[name] = true
		if err := replaceFile(box, name, []byte(x.Text), ownerOnly); err != nil {
			return err
		}
	}
	for _, id := range letters.Known {
		if name := letterFile(id); !wanted[name] {
			if err := box.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	var table bytes.Buffer
	if err := source.WriteCSV(&table, letters.BOM, letters.Rows()); err != nil {
		return err
	}
	return replaceFile(box, lettersCSV, table.Bytes(), ownerOnly)
}

// letterFile returns the name of somebody's letter. Ids are small letters, digits
// and hyphens; Windows keeps some of those names for devices.
func letterFile(id string) string {
	if len(id) == 4 && (strings.HasPrefix(id, "com") || strings.HasPrefix(id, "lpt")) {
		id += "-"
	}
	return id + ".txt"
}

// markSent adds those of letters.csv to private/thanked.csv.
func (f *flags) markSent(s *site, own thankFlags, letters *builder.Letters) error {
	box, err := f.letterbox(s, own.letters, false)
	if err != nil {
		return err
	}
	defer box.Close()
	const again = `write the letters again with "gallerist thank"`
	src, err := box.ReadFile(lettersCSV)
	if err != nil {
		return &hinted{exitUsage, fmt.Errorf("%s cannot be read: %w", lettersCSV, cause(err)), again}
	}
	ids, err := source.LetterIDs(src)
	if err != nil {
		return &hinted{exitUsage, fmt.Errorf("%s is not the table it was: %w", lettersCSV, err), again}
	}
	for _, id := range ids {
		if _, known := slices.BinarySearch(letters.Known, id); !known {
			return &hinted{exitUsage, fmt.Errorf("%s names %q, which is no submission of this site", lettersCSV, problem.Visible(id)), again}
		}
	}
	if info, err := s.root.Lstat(thankedCSV); err == nil && !info.Mode().IsRegular() {
		return &hinted{exitUsage, fmt.Errorf("%s is not a regular file", thankedCSV), "put the file itself there"}
	}
	before, err := s.root.ReadFile(thankedCSV)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &hinted{exitIO, fmt.Errorf("%s cannot be read: %w", thankedCSV, cause(err)), ""}
	}
	after, added, err := source.AppendThanked(before, ids, s.opt.Now.Format(time.DateOnly))
	if err != nil {
		return &hinted{exitUsage, fmt.Errorf("%s: %w", thankedCSV, err), "let its first line name the columns, one of them id, and save it as CSV in UTF-8"}
	}
	if added > 0 && !own.dryRun {
		if err := s.root.MkdirAll("private", 0o700); err != nil {
			return &hinted{exitIO, err, ""}
		}
		if err := replaceFile(s.root.Root, filepath.FromSlash(thankedCSV), after, ownerOnly); err != nil {
			return &hinted{exitIO, fmt.Errorf("%s cannot be written: %w", thankedCSV, cause(err)), ""}
		}
	}
	if f.json {
		return json.NewEncoder(f.out).Encode(struct {
			Added int `json:"added"`
		}{added})
	}
	would := ""
	if own.dryRun {
		would = "would be "
	}
	fmt.Fprintf(f.out, "%s %sadded to %s, %d were there already\n", people(added), would, thankedCSV, len(ids)-added)
	return nil
}

// letterReport is what thank --json prints. It holds no private value.
type letterReport struct {
	Folder  string            `json:"folder"`
	Written bool              `json:"written"`
	Letters []letterLine      `json:"letters"`
	Thanked []string          `json:"thanked"` // ids of those who were before
	Waiting []builder.Waiting `json:"waiting"`
}

type letterLine struct {
	ID      string `json:"id"`
	Outcome string `json:"outcome"`
	Lang    string `json:"lang"`
	File    string `json:"file"`
	Contact bool   `json:"contact"` // there is an address to write to
	Page    bool   `json:"page"`
}

func (f *flags) printLetters(own thankFlags, letters *builder.Letters, dir string) error {
	if f.json {
		report := letterReport{Folder: filepath.ToSlash(dir), Written: !own.dryRun, Letters: []letterLine{}, Thanked: append([]string{}, letters.Thanked...), Waiting: append([]builder.Waiting{}, letters.Waiting...)}
		for _, x := range letters.List {
			report.Letters = append(report.Letters, letterLine{x.ID, x.Outcome, x.Lang, letterFile(x.ID), x.Reached(), x.Page != ""})
		}
		return json.NewEncoder(f.out).Encode(report)
	}
	if f.quiet {
		return nil
	}
	line := func(name, format string, args ...any) {
		fmt.Fprintf(f.out, "%-11s %s\n", name, fmt.Sprintf(format, args...))
	}
	fmt.Fprintf(f.out, "%s\n\n", problem.Visible(letters.Title))
	into := "written into " + show(dir)
	if own.dryRun {
		into = "to write into " + show(dir)
	}
	line("letters", "%d %s%s", len(letters.List), into, outcomeWords(letters.List))
	if n := len(letters.Thanked); n > 0 {
		line("thanked", "%s before, left alone", people(n))
	}
	f.listLetters(line, "no contact", letters.List, func(x *builder.Letter) bool { return !x.Reached() },
		"in letters.csv only those are whom private/contacts.csv has an address of: write to the others where they wrote to you")
	f.listLetters(line, "no page", letters.List, func(x *builder.Letter) bool { return x.Page == "" },
		"set GALLERIST_SECRET or keep private/secret, and let [pages] have no thanks = false")
	for _, why := range reasonsOf(letters.Waiting) {
		var ids []string
		for _, w := range letters.Waiting {
			if w.Why == why {
				ids = append(ids, w.ID)
			}
		}
		line("later", "%s: %s (%s)", people(len(ids)), why, some(ids))
	}
	fmt.Fprintln(f.out)
	switch {
	case own.dryRun:
		fmt.Fprintln(f.out, "nothing was written and nothing was sent")
	case len(letters.List) == 0:
		fmt.Fprintln(f.out, "there is nobody to be thanked")
	default:
		fmt.Fprintf(f.out, "nothing was sent: send the letters, then run\n  %s thank --sent%s%s\n", program(), f.sourceFlag(), lettersFlag(own))
	}
	return nil
}

func lettersFlag(own thankFlags) string {
	if own.letters == "" {
		return ""
	}
	return " -o " + own.letters
}

// listLetters names those of the letters for which something holds.
func (f *flags) listLetters(line func(name, format string, args ...any), name string, list []*builder.Letter, holds func(*builder.Letter) bool, hint string) {
	var ids []string
	for _, x := range list {
		if holds(x) {
			ids = append(ids, x.ID)
		}
	}
	if len(ids) > 0 {
		line(name, "%s (%s)", people(len(ids)), some(ids))
		line("", "%s", hint)
	}
}

// outcomeWords counts letters by outcome, the best first.
func outcomeWords(list []*builder.Letter) string {
	var parts []string
	for _, outcome := range builder.Outcomes() {
		n := 0
		for _, x := range list {
			if x.Outcome == string(outcome) {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, outcome))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return ": " + strings.Join(parts, ", ")
}

func reasonsOf(list []builder.Waiting) []string {
	var whys []string
	for _, w := range list {
		if !slices.Contains(whys, w.Why) {
			whys = append(whys, w.Why)
		}
	}
	return whys
}

// some names the first of many ids.
func some(ids []string) string {
	const most = 8
	if len(ids) <= most {
		return strings.Join(ids, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(ids[:most], ", "), len(ids)-most)
}
