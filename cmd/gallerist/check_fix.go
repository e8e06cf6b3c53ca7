package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"gallerist/builder/findings"
	"gallerist/builder/fix"
	"gallerist/builder/problem"
)

// mended is a file that --fix changes.
type mended struct {
	File string     `json:"file"`
	Done []fix.Done `json:"done"`
}

// mend changes what can be mended without asking, in the files that differ where
// --changed is given. It returns what it did, and tells what it left.
func (f *flags) mend(ctx context.Context, s *site, own checkFlags, within *scope) ([]mended, problem.List, error) {
	plan, err := fix.New(ctx, s.root.FS(), fix.Options{NewID: func(string) string { return randomID() }, Only: within.file})
	if err != nil {
		return nil, nil, &hinted{exitIO, err, ""}
	}
	list := []mended{}
	for _, c := range plan.Changes {
		if !own.dryRun {
			if err := s.amend(c); err != nil {
				return nil, nil, err
			}
		}
		list = append(list, mended{c.File, c.Done})
	}
	if !f.json && !f.quiet {
		out := f.out
		if own.format != "text" {
			out = f.log
		}
		printMended(out, list, own.dryRun)
		if plan.Moved && !own.dryRun && s.inGit() {
			fmt.Fprintln(out, "what was moved is still in earlier versions, which git keeps")
		}
		fmt.Fprintln(out)
	}
	return list, plan.Problems, nil
}

// mendable returns what --fix would mend, for those who take suggestions. Contact
// data are not among it: they go into another file, which no suggestion can write.
// The same file is given the same id each time.
func (s *site) mendable(ctx context.Context, within *scope) ([]findings.Mend, error) {
	tries := map[string]int{}
	newID := func(file string) string {
		tries[file]++
		src, _ := s.root.ReadFile(file) // unreadable: then its path alone
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%s", file, tries[file], src))
		return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:8])
	}
	plan, err := fix.New(ctx, s.root.FS(), fix.Options{NewID: newID, Only: within.file})
	if err != nil {
		return nil, &hinted{exitIO, err, ""}
	}
	var list []findings.Mend
	for _, c := range plan.Changes {
		if c.Private || c.Before == nil || slices.ContainsFunc(c.Done, func(d fix.Done) bool { return d.What == fix.Moved }) {
			continue
		}
		m := findings.Mend{File: c.File, Before: c.Before, After: c.After}
		for _, d := range c.Done {
			m.Done = append(m.Done, d.What+": "+d.How)
		}
		list = append(list, m)
	}
	return list, nil
}

// amend writes one file, if it still is what was read.
func (s *site) amend(c fix.Change) error {
	failed := func(err error) error {
		return &hinted{exitIO, fmt.Errorf("%s cannot be written: %w", problem.Visible(c.File), cause(err)), ""}
	}
	name, mode := filepath.FromSlash(c.File), ownerOnly
	switch info, err := s.root.Lstat(name); {
	case errors.Is(err, fs.ErrNotExist) && c.Before == nil:
		if err := s.root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			return failed(err)
		}
		return written(replaceFile(s.root.Root, name, c.After, mode), failed)
	case err != nil:
		return failed(err)
	default:
		mode = info.Mode().Perm()
	}
	now, err := s.root.ReadFile(name)
	if err != nil {
		return failed(err)
	}
	if !bytes.Equal(now, c.Before) {
		return &hinted{exitIO, fmt.Errorf("%s was changed by somebody else meanwhile, so it is left alone", problem.Visible(c.File)), "run this again"}
	}
	return written(replaceFile(s.root.Root, name, c.After, mode), failed)
}

func written(err error, failed func(error) error) error {
	if err != nil {
		return failed(err)
	}
	return nil
}

func printMended(out io.Writer, list []mended, dryRun bool) {
	for _, m := range list {
		fmt.Fprintln(out, forLog(problem.Visible(m.File)))
		for _, d := range m.Done {
			fmt.Fprintf(out, "  %-11s %s\n", d.What, d.How)
		}
	}
	switch n := len(list); {
	case n == 0:
		fmt.Fprintln(out, "there is nothing to mend")
	case dryRun:
		fmt.Fprintf(out, "%s to mend; nothing was written: run it without --dry-run to do it\n", count(n, "file"))
	default:
		fmt.Fprintf(out, "%s mended\n", count(n, "file"))
	}
}

// file tells whether a file is one of those that differ.
func (w *scope) file(name string) bool {
	return w == nil || w.named[norm.NFC.String(strings.TrimPrefix(name, "./"))]
}
