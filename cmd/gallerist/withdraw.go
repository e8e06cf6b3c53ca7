package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

func newWithdraw(f *flags) *cobra.Command {
	var dryRun bool
	var date string
	cmd := &cobra.Command{
		Use:   "withdraw ID…",
		Short: "Take back a submission whose author asks for it",
		Long: `Withdraw takes a submission back: of its folder only submission.md stays, with the
id, the dates and the hashes of what was sent, so that nothing of it is taken
anew. Texts, pictures and films are deleted, the folder is renamed where it names
the author, and so is everything that builds remember of them. The next build
publishes the site as if it had never been sent, and proves it.

It says what goes, which texts still name it, what is to be deleted in private/
once you have answered, and what nobody can call back. An ID is the one in the
submission's front matter; its folder does too. A run that was interrupted is
finished by the next one.`,
		Example: `  gallerist withdraw m7q2k4 --dry-run
  gallerist withdraw m7q2k4
  gallerist withdraw content/morning/2026-11-02-olya --date 2026-11-20`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.withdraw(cmd.Context(), args, date, dryRun)
		},
	}
	f.add(cmd, "source", "now", "json")
	cmd.Flags().StringVar(&date, "date", "", "`day` of the withdrawal, such as 2026-12-01 (default today)")
	cmd.Flags().BoolVarP(&dryRun, "dry-run", "n", false, "only tell what would be done")
	return cmd
}

func (f *flags) withdraw(ctx context.Context, ids []string, date string, dryRun bool) error {
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.root.Close()
	if s.opt.Secret, _, err = s.secret(false); err != nil {
		return err
	}
	day := s.opt.Now
	if date != "" {
		if day, err = time.Parse(time.DateOnly, date); err != nil {
			return &hinted{exitUsage, fmt.Errorf("%q is not a day", date), "write it as 2026-12-01"}
		}
	}
	w, probs, err := builder.PlanWithdrawal(ctx, s.root.FS(), s.opt, ids, day)
	var not *builder.WithdrawRefusal
	if errors.As(err, &not) {
		f.printProblems(probs)
		return &hinted{exitUsage, not, not.Hint}
	} else if err != nil {
		return f.unbuilt(probs, err)
	}
	if !dryRun {
		if err := s.carryOut(ctx, w); err != nil {
			return err
		}
	}
	if f.json {
		return json.NewEncoder(f.out).Encode(withdrawReport{w, dryRun})
	}
	f.printWithdrawal(w, s.inGit(), dryRun)
	return nil
}

// withdrawReport is the result as JSON.
type withdrawReport struct {
	*builder.Withdrawing
	DryRun bool `json:"dry_run"`
}

// carryOut does what was planned, and lets everything be forgotten that was
// made of it.
func (s *site) carryOut(ctx context.Context, w *builder.Withdrawing) error {
	for _, t := range w.Taken {
		for _, step := range t.Steps {
			if err := s.do(step); err != nil {
				return &hinted{exitIO, fmt.Errorf("%s: %w", step.Path, cause(err)), fmt.Sprintf("%q counts as withdrawn from the first step on; run this again to finish", t.ID)}
			}
		}
	}
	if err := s.forget(ctx); err != nil {
		return &hinted{exitIO, fmt.Errorf("what builds remember cannot be deleted: %w", cause(err)), `run this again, or delete the folder .gallerist yourself`}
	}
	return nil
}

// do carries out one step: whoever looks sees it done or not begun.
func (s *site) do(step source.Step) error {
	switch step.Do {
	case "write":
		return replaceFile(s.root.Root, filepath.FromSlash(step.Path), step.Data, 0o644)
	case "rename":
		return s.root.Rename(step.Path, step.To)
	}
	return s.root.Remove(step.Path)
}

// forget deletes what builds remember: of the cache what the site no longer
// needs, all that was read, and what is known of outputs, with their spare trees.
func (s *site) forget(ctx context.Context) error {
	if err := s.refuseLinks(); err != nil {
		return err
	}
	entries, err := fs.ReadDir(s.root.FS(), cacheParent)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if name := e.Name(); strings.HasPrefix(name, "read") || strings.HasPrefix(name, "output-") {
			if err := s.root.RemoveAll(path.Join(cacheParent, name)); err != nil {
				return err
			}
		}
	}
	if _, err := s.root.Stat(cacheFolder); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	left, _, err := builder.Plan(ctx, s.root.FS(), s.opt)
	if err != nil {
		return err
	}
	return left.Prune(ctx)
}

// inGit says whether the site's folder, or one above it, is kept by git.
func (s *site) inGit() bool {
	dir, err := filepath.Abs(s.dir)
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return true
		}
		if up := filepath.Dir(dir); up != dir {
			dir = up
			continue
		}
		break
	}
	return false
}

func (f *flags) printWithdrawal(w *builder.Withdrawing, inGit, dryRun bool) {
	line := func(name, format string, args ...any) {
		fmt.Fprintf(f.out, "  %-11s %s\n", name, problem.Visible(fmt.Sprintf(format, args...)))
	}
	for _, t := range w.Taken {
		f.printTaken(t, w, dryRun, line)
	}
	fmt.Fprintf(f.out, "\nWith the next build these go from the site:\n")
	line("pages", "%s%s", count(len(w.Pages), "page"), listed(w.Pages))
	line("feeds", "items in %s, in each format and language%s", count(len(w.Feeds), "feed"), listed(w.Feeds))
	line("files", "%s made of what was sent: pictures, films, share cards", count(w.Renditions, "file"))
	for _, m := range w.Moves {
		line("moves", "%s to %s: add slug = %q in %s to keep its address", m.From, m.To, m.Slug, m.File)
	}
	f.printTodo(w, line)
	f.printGone(w, inGit)
	if dryRun {
		fmt.Fprintln(f.out, "\nnothing was changed: run it without --dry-run to do it")
		return
	}
	fmt.Fprintf(f.out, "\nnow build   %s build%s, and publish it\n", program(), f.sourceFlag())
}

// printTaken says what is done to one submission.
func (f *flags) printTaken(t *builder.Taken, w *builder.Withdrawing, dryRun bool, line func(name, format string, args ...any)) {
	fmt.Fprintf(f.out, "%s  %s\n", t.ID, problem.Visible(t.File))
	if len(t.Steps) == 0 {
		line("done", "it was withdrawn already, and nothing of it is left here")
	}
	deleted := 0
	for _, step := range t.Steps {
		switch {
		case step.Do == "delete" && dryRun:
			line("delete", "%s", step.Path)
		case step.Do == "delete":
			deleted++
		case step.Do == "rename":
			line("rename", "to %s, because the folder named the author", step.To)
		}
	}
	if deleted > 0 {
		line("deleted", "%s", count(deleted, "file"))
	}
	switch {
	case t.Neutral != "":
		line("page", "a neutral one stays at %s", t.Neutral)
	case t.Published:
		line("page", "none stays, because its address named the author")
	}
	if w.Names[t.ID] {
		line("id", "it holds the author's name, and stays in index.json for copies elsewhere: tell them to drop it")
	}
	for _, a := range t.Awards {
		line("award", "%s: decide what becomes of it", a)
	}
	for _, ref := range t.References {
		line("named", "%s in %s: take it out there", ref.Pos, ref.Key)
	}
	if t.Draw != "" {
		line("draw", "%s keeps its ticket, a number without a name, so that the draw can be repeated", t.Draw)
	}
	for _, name := range t.Stay {
		line("look at", "%s: it is left to you", name)
	}
}

// printTodo says what is left to do by hand.
func (f *flags) printTodo(w *builder.Withdrawing, line func(name, format string, args ...any)) {
	if len(w.Mentions)+len(w.Kept) == 0 {
		return
	}
	fmt.Fprintf(f.out, "\nStill to do:\n")
	for _, pos := range w.Mentions {
		line("text", "%s leads to its page: take the link out, or the next build stops", pos)
	}
	for _, k := range w.Kept {
		if k.Line > 0 {
			line("private", "delete line %d of %s once you have answered", k.Line, k.File)
		} else {
			line("private", "delete %s once you have answered", k.File)
		}
	}
}

// printGone says what nobody can call back.
func (f *flags) printGone(w *builder.Withdrawing, inGit bool) {
	fmt.Fprintf(f.out, `
What nobody can call back, so tell the author:
  copies in feed readers, and whatever people saved or passed on
  your own posts, newsletters and prints: delete the posts yourself
  caches of search engines and web archives: ask each to drop the address
  earlier versions at your web host, which many keep: delete them there
`)
	if !inGit {
		return
	}
	fmt.Fprintf(f.out, "  git, which remembers every version. To clean it, commit this first, then:\n")
	for _, t := range w.Taken {
		dir := path.Dir(t.File)
		if t.Folder == dir {
			fmt.Fprintf(f.out, "    cp %s ../tombstone-%s.md\n", quoted(t.File), t.ID)
		}
		fmt.Fprintf(f.out, "    git filter-repo --force --invert-paths --path %s\n", quoted(dir+"/"))
		if t.Folder == dir {
			fmt.Fprintf(f.out, "    mkdir -p %s && mv ../tombstone-%s.md %s && git add %s && git commit -m 'withdrawn: %s'\n", quoted(dir), t.ID, quoted(t.File), quoted(dir), t.ID)
		}
	}
	fmt.Fprintf(f.out, `    git push --force --all && git push --force --tags
    git lfs prune   # where Git LFS keeps the pictures; ask its host to delete them too
  then everybody clones anew; forks and open pull requests keep what they have
`)
}

// quoted writes a path for a shell.
func quoted(s string) string {
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// listed writes the first of a list after a colon.
func listed(list []string) string {
	const most = 12
	switch {
	case len(list) == 0:
		return ""
	case len(list) > most:
		return ": " + strings.Join(list[:most], " ") + fmt.Sprintf(" and %d more (--json lists all)", len(list)-most)
	}
	return ": " + strings.Join(list, " ")
}
