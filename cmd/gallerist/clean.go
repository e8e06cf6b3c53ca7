package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"
)

func newClean(f *flags) *cobra.Command {
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "clean",
		Short: "Delete what builds remember and what an interrupted one left",
		Long: `Clean deletes the pictures and headers that builds remember, in .gallerist/cache
of the site's folder, and what a build that was interrupted left beside the
output folder. Only time is lost: the next build makes everything again.
Sources, the output, private/ and all other files are left alone.`,
		Example: `  gallerist clean
  gallerist clean --dry-run`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.clean(cmd.Context(), dryRun) },
	}
	f.add(cmd, "source", "output", "quiet")
	cmd.Flags().BoolVarP(&dryRun, "dry-run", "n", false, "only tell what would be deleted")
	return cmd
}

// The cache is renamed before it is deleted, so that a build that is running
// finds it gone at one moment and begins another. A clean that was interrupted
// leaves the second name.
const (
	cacheParent  = ".gallerist"
	cacheFolder  = ".gallerist/cache"
	cacheDeleted = ".gallerist/cache-deleted"
)

// freed is what was deleted, or would be.
type freed struct {
	files int
	bytes int64
}

func (f *flags) clean(ctx context.Context, dryRun bool) error {
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.root.Close()
	var sum freed
	if err := s.refuseLinks(); err != nil {
		return err
	}
	if err := f.cleanRests(ctx, dryRun, &sum); err != nil { // refuses while a build is running
		return err
	}
	if err := s.cleanCache(dryRun, &sum); err != nil {
		return err
	}
	if !f.quiet {
		f.printFreed(sum, dryRun)
	}
	return nil
}

// refuseLinks returns an error where the cache is not where it seems to be.
func (s *site) refuseLinks() error {
	for _, name := range []string{cacheParent, cacheFolder, cacheDeleted} {
		st, err := s.root.Lstat(name)
		if err == nil && !st.IsDir() {
			return &hinted{exitIO, fmt.Errorf("%s is not a folder but a link or file, nothing was deleted", name),
				"look where it leads, and delete there what is not needed"}
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return cannotClean(name, err)
		}
	}
	return nil
}

// cleanCache removes the cache, within the site's folder and through no link.
func (s *site) cleanCache(dryRun bool, sum *freed) error {
	err := errors.Join(sum.add(s.root.FS(), cacheFolder), sum.add(s.root.FS(), cacheDeleted))
	if err == nil && !dryRun {
		err = s.removeCache()
	}
	if err != nil {
		return cannotClean(cacheFolder, err)
	}
	return nil
}

func (s *site) removeCache() error {
	if err := s.root.RemoveAll(cacheDeleted); err != nil {
		return err
	}
	if err := s.root.Rename(cacheFolder, cacheDeleted); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return s.root.RemoveAll(cacheDeleted)
}

// cleanRests lets the output folder tidy up after a build that died, as the
// next build would: under its lock, so never under a build that is running,
// and putting back a site that was only renamed aside.
func (f *flags) cleanRests(ctx context.Context, dryRun bool, sum *freed) error {
	rests := f.rests()
	var found freed
	if err := found.add(os.DirFS(filepath.Dir(rests)), filepath.Base(rests)); err != nil {
		return cannotClean(rests, err)
	}
	if found.files == 0 {
		return nil
	}
	if !dryRun {
		dir := f.dir()
		if _, err := dir.Manifest(ctx); err != nil {
			return publishing(err)
		}
		if err := dir.Abort(); err != nil {
			return publishing(err)
		}
		var left freed
		if err := left.add(os.DirFS(filepath.Dir(rests)), filepath.Base(rests)); err != nil {
			return cannotClean(rests, err)
		}
		found.files, found.bytes = found.files-left.files, found.bytes-left.bytes
	}
	sum.files, sum.bytes = sum.files+found.files, sum.bytes+found.bytes
	return nil
}

// rests is the folder in which the package publish makes a new site, beside
// the output.
func (f *flags) rests() string {
	out := f.target()
	if real, err := filepath.EvalSymlinks(out); err == nil {
		out = real
	}
	if abs, err := filepath.Abs(out); err == nil {
		out = abs
	}
	return filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+".gallerist-next")
}

// add counts the files below a folder, through no link; one that is not there
// has none.
func (s *freed) add(fsys fs.FS, dir string) error {
	return fs.WalkDir(fsys, path.Clean(dir), func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			var st fs.FileInfo
			if st, err = e.Info(); err == nil {
				s.files++
				s.bytes += st.Size()
			}
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
}

func cannotClean(name string, err error) error {
	return &hinted{exitIO, fmt.Errorf("%s cannot be deleted: %w", filepath.ToSlash(name), cause(err)), "delete the folder yourself; builds do not need it"}
}

func (f *flags) printFreed(sum freed, dryRun bool) {
	verb := "freed"
	if dryRun {
		verb = "would free"
	}
	if sum.files == 0 {
		fmt.Fprintln(f.out, "nothing to clean")
		return
	}
	fmt.Fprintf(f.out, "%s %s in %s\n", verb, size(sum.bytes), count(sum.files, "file"))
}

// size writes a number of bytes as people say it.
func size(bytes int64) string {
	switch {
	case bytes >= 999_950_000:
		return fmt.Sprintf("%.1f GB", float64(bytes)/1e9)
	case bytes >= 999_500:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	case bytes >= 1000:
		return fmt.Sprintf("%.0f kB", float64(bytes)/1e3)
	}
	return count(int(bytes), "byte")
}
