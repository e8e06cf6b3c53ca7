package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gallerist/builder/source"
	"gallerist/cmd/gallerist/starter"
)

func newNew(f *flags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new",
		Short: "Write a new site, gallery or submission, a form, or what review needs",
		Example: `  gallerist new site our-gallery --title "Morning people"
  gallerist new gallery evening --title "Evening with our customers"
  gallerist new submission morning olya
  gallerist new call morning
  gallerist new review-kit --team @slippers/editors`,
	}
	cmd.AddCommand(newNewSite(f), newNewGallery(f), newNewSubmission(f), newNewCall(f), newNewKit(f))
	return cmd
}

func newNewSite(f *flags) *cobra.Command {
	var title string
	cmd := &cobra.Command{
		Use:     "site DIR",
		Short:   "Write a site with one gallery and one sample submission",
		Example: `  gallerist new site our-gallery --title "Morning people"`,
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := args[0]
			if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
				return &hinted{exitUsage, fmt.Errorf("the folder %q is not empty", dir), "name a new folder"}
			} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return &hinted{exitIO, fmt.Errorf("the folder %q cannot be used: %w", dir, cause(err)), ""}
			}
			if title == "" {
				title = filepath.Base(filepath.Clean(dir))
			}
			files, err := source.NewSite(starter.FS, title)
			if err != nil {
				return &hinted{exitUsage, err, ""}
			}
			files = append(files, siteSchema())
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return &hinted{exitIO, fmt.Errorf("the folder %q cannot be made: %w", dir, cause(err)), ""}
			}
			if err := f.write(dir, files); err != nil {
				return err
			}
			fmt.Fprintf(f.out, "\nlook at it  %s serve --open -s %s\n", program(), dir)
			return nil
		},
	}
	f.add(cmd)
	cmd.Flags().StringVar(&title, "title", "", "`title` of the site (default the folder's name)")
	return cmd
}

func newNewGallery(f *flags) *cobra.Command {
	var title string
	cmd := &cobra.Command{
		Use:     "gallery PATH",
		Short:   "Write a gallery into content/",
		Example: `  gallerist new gallery evening --title "Evening with our customers"`,
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := f.open()
			if err != nil {
				return err
			}
			defer s.root.Close()
			files, err := source.NewGallery(s.root.FS(), starter.FS, filepath.ToSlash(args[0]), title)
			if err != nil {
				return &hinted{exitUsage, err, ""}
			}
			return f.write(f.source, files)
		},
	}
	f.add(cmd, "source")
	cmd.Flags().StringVar(&title, "title", "", "`title` of the gallery (default the folder's name)")
	return cmd
}

func newNewSubmission(f *flags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "submission GALLERY NAME",
		Short: "Write a submission into a gallery, to be filled in",
		Long: `Write a submission into a gallery. NAME becomes part of the folder's name and
of the page's address; put the pictures beside the file that is written.`,
		Example: "  gallerist new submission morning olya",
		Args:    cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := f.open()
			if err != nil {
				return err
			}
			defer s.root.Close()
			files, err := source.NewSubmission(s.root.FS(), starter.FS, filepath.ToSlash(args[0]), args[1], randomID(), s.opt.Now.Truncate(time.Second))
			if err != nil {
				return &hinted{exitUsage, err, ""}
			}
			return f.write(f.source, files)
		},
	}
	f.add(cmd, "source", "now")
	return cmd
}

// randomID returns an id that no other submission has: 40 bits of chance.
func randomID() string { return strings.ToLower(rand.Text()[:8]) }

// write puts new files into a site's folder. A file that is there is never
// written over.
func (f *flags) write(dir string, files []source.NewFile) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return &hinted{exitIO, fmt.Errorf("the folder %q cannot be opened: %w", dir, cause(err)), ""}
	}
	defer root.Close()
	for _, file := range files {
		if err := writeNew(root, file); err != nil {
			return err
		}
		fmt.Fprintf(f.out, "wrote %s\n", filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(file.Path))))
	}
	return nil
}

func writeNew(root *os.Root, file source.NewFile) error {
	name := filepath.FromSlash(file.Path)
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return &hinted{exitIO, fmt.Errorf("%s cannot be written: %w", file.Path, cause(err)), ""}
	}
	w, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return &hinted{exitUsage, fmt.Errorf("%s is there already", file.Path), "choose another name"}
	}
	if err == nil {
		_, err = w.Write(file.Data)
		err = errors.Join(err, w.Close())
	}
	if err != nil {
		return &hinted{exitIO, fmt.Errorf("%s cannot be written: %w", file.Path, cause(err)), ""}
	}
	return nil
}
