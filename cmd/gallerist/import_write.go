package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"gallerist/builder/importer"
	"gallerist/builder/problem"
)

// carryIn does what was planned, or only tells it.
func (f *flags) carryIn(ctx context.Context, s *site, plan *importer.Plan, probs problem.List, own importFlags) error {
	if !own.dryRun {
		if plan.Undecided {
			plan.Folders, plan.Completed, plan.Contacts = nil, nil, 0
		}
		if err := f.writeImport(ctx, s, plan, &probs); err != nil {
			if ctx.Err() != nil {
				fmt.Fprintln(f.log, "what was made so far is complete: run this again to go on")
			}
			return err
		}
	}
	f.printProblems(probs)
	if f.json {
		if err := json.NewEncoder(f.out).Encode(importReport{plan, probs, own.dryRun}); err != nil {
			return err
		}
	} else {
		f.printImport(plan, own)
	}
	if plan.Undecided || probs.Count(problem.Error) > 0 {
		return exit(exitProblems)
	}
	return nil
}

// importReport is the result as JSON.
type importReport struct {
	*importer.Plan
	Problems problem.List `json:"problems"`
	DryRun   bool         `json:"dry_run"`
}

// writeImport writes the mapping and the contacts, without which the folders
// would be half of what was sent, then the folders. One with a file that cannot be
// read is told of and left out of the plan; the next run tries again.
func (f *flags) writeImport(ctx context.Context, s *site, plan *importer.Plan, probs *problem.List) error {
	for _, file := range plan.Files {
		if plan.Undecided && file.Private {
			continue
		}
		if err := writeWhole(s, file); err != nil {
			return &hinted{exitIO, fmt.Errorf("%s cannot be written: %w", file.Path, cause(err)), "run this again once it can"}
		}
	}
	made, err := f.makeFolders(ctx, s, plan.Folders, probs)
	if err != nil {
		return err
	}
	var completed []*importer.Folder
	for _, folder := range plan.Completed {
		err := s.completeFolder(folder)
		if err != nil && !tellBadSource(err, folder, probs) {
			return &hinted{exitIO, fmt.Errorf("%s cannot be completed: %w", folder.Dir, cause(err)), "run this again once it can be written"}
		}
		if err == nil {
			completed = append(completed, folder)
		}
	}
	plan.Folders, plan.Completed = made, completed
	return nil
}

// makers is how many folders are made at a time: most of the time goes into waiting
// for the disk to say that a file is on it, which it says of several at once.
const makers = 16

// makeFolders makes the folders, whole each, and returns those that could be.
func (f *flags) makeFolders(ctx context.Context, s *site, folders []*importer.Folder, probs *problem.List) (made []*importer.Folder, err error) {
	bar := f.newBar()
	defer bar.done()
	var mu sync.Mutex
	done := 0
	bad := make([]error, len(folders))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(makers)
	for i, folder := range folders {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			err := makeFolder(s, folder)
			var source *badSource
			if errors.As(err, &source) {
				bad[i], err = err, nil
			}
			if err != nil {
				return &hinted{exitIO, fmt.Errorf("%s cannot be made: %w", folder.Dir, cause(err)),
					"what was made so far is complete: run this again once it can be written"}
			}
			mu.Lock()
			defer mu.Unlock()
			done++
			bar.update("submissions", done, len(folders))
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	parents := map[string]bool{}
	for i, folder := range folders {
		if bad[i] != nil {
			tellBadSource(bad[i], folder, probs)
			continue
		}
		parents[path.Dir(folder.Dir)] = true
		made = append(made, folder)
	}
	for dir := range parents {
		syncDir(s.root.Root, filepath.FromSlash(dir))
	}
	return made, nil
}

// badSource is the error of a file of what is imported, which is not our disk's.
type badSource struct {
	from string
	err  error
}

func (u *badSource) Error() string { return u.err.Error() }
func (u *badSource) Unwrap() error { return u.err }

// tellBadSource tells of a file that cannot be read, and whether that is what an
// error says.
func tellBadSource(err error, folder *importer.Folder, probs *problem.List) bool {
	var bad *badSource
	if !errors.As(err, &bad) {
		return false
	}
	probs.Errorf(folder.At, "download or copy that file again, then run this again", "the file %q cannot be read, so this piece waits: %v", bad.from, cause(bad.err))
	return true
}

// completeFolder adds files to a submission, then takes out the note that they
// were missing. Nothing is written over but submission.md.
func (s *site) completeFolder(folder *importer.Folder) error {
	dir := filepath.FromSlash(folder.Dir)
	for _, file := range folder.Files {
		name := filepath.Join(dir, file.Path)
		if file.Open == nil {
			return replaceFile(s.root.Root, name, file.Data, 0o644)
		}
		fresh := filepath.Join(dir, ".import-"+file.Path)
		if err := s.root.RemoveAll(fresh); err != nil {
			return err
		}
		err := copyInto(s.root.Root, fresh, file)
		if err == nil {
			if _, there := s.root.Lstat(filepath.ToSlash(name)); !errors.Is(there, fs.ErrNotExist) {
				err = fs.ErrExist
			} else {
				err = s.root.Rename(fresh, name)
			}
		}
		if err != nil {
			_ = s.root.Remove(fresh)
			return err
		}
	}
	return nil
}

func writeWhole(s *site, file importer.File) error {
	dir, mode := fs.FileMode(0o755), fs.FileMode(0o644)
	if file.Private {
		dir, mode = 0o700, ownerOnly
	}
	if err := s.root.MkdirAll(filepath.FromSlash(path.Dir(file.Path)), dir); err != nil {
		return err
	}
	return replaceFile(s.root.Root, filepath.FromSlash(file.Path), file.Data, mode)
}

// makeFolder makes a submission's folder under a name that content passes over,
// and renames it once it is whole and on the disk: a folder under its own name has
// all its files, whatever ends the program, and the next import need not look.
func makeFolder(s *site, folder *importer.Folder) error {
	parent := filepath.FromSlash(path.Dir(folder.Dir))
	if err := s.root.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	fresh := filepath.Join(parent, ".import-"+folder.ID)
	if err := s.root.RemoveAll(fresh); err != nil { // of a run that was interrupted
		return err
	}
	if err := s.root.Mkdir(fresh, 0o755); err != nil {
		return err
	}
	for _, file := range folder.Files {
		if err := copyInto(s.root.Root, filepath.Join(fresh, file.Path), file); err != nil {
			_ = s.root.RemoveAll(fresh)
			return fmt.Errorf("%s: %w", file.Path, err)
		}
	}
	syncDir(s.root.Root, fresh)
	err := s.root.Rename(fresh, filepath.FromSlash(folder.Dir))
	if err != nil {
		_ = s.root.RemoveAll(fresh)
	}
	return err
}

// syncDir has the names in a folder on the disk. Where a system knows no such thing,
// or cannot do it, the files themselves are there all the same.
func syncDir(root *os.Root, name string) {
	dir, err := root.Open(name)
	if err != nil {
		return
	}
	_ = dir.Sync()
	_ = dir.Close() // it was only read
}

// copyInto writes a file that is not there yet, and returns once it is on the disk.
func copyInto(root *os.Root, name string, file importer.File) error {
	w, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if file.Open == nil {
		_, err = w.Write(file.Data)
		return errors.Join(err, w.Sync(), w.Close())
	}
	r, err := file.Open()
	if err != nil {
		return errors.Join(&badSource{file.From, err}, w.Close())
	}
	in := &fallible{r: r}
	_, err = io.Copy(w, in)
	if in.err != nil {
		err = &badSource{file.From, in.err}
	}
	return errors.Join(err, r.Close(), w.Sync(), w.Close())
}

// fallible keeps the error of reading apart from those of writing.
type fallible struct {
	r   io.Reader
	err error
}

func (f *fallible) Read(b []byte) (int, error) {
	n, err := f.r.Read(b)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}
