package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/lang"
	"gallerist/builder/problem"
	"gallerist/builder/rootfs"
	"gallerist/builder/theme"
	"gallerist/builder/theme/audit"
)

func newThemeCheck(f *flags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check [NAME|DIR]",
		Short: "Try a theme with pages in every state and tell what is wrong with it",
		Long: `Check tells what is wrong with a theme, each thing with its place and what to do.
Without a name it is the theme in use, with what your site has in its place; a folder
that holds a theme.toml is checked by itself, wherever it is.

It renders pages of every kind with everything and with nothing on them: galleries
of 0, 1, 3 and 24 pieces, films, words, long names, names and texts that read the other
way, in Russian, English and Arabic. On these it looks at what every page must have:
one heading, landmarks, the way past them, the credit line beside each picture, the
date beside the state of a call, the language of texts, and whatever plain shows.

In the sheets it looks for colours outside of tokens.css, left and right where the
text's own sides are meant, selectors of many steps, names that are cut off, and
computes the contrast of the colours that the theme sets itself. It weighs what a
visitor loads: the sheet of all pages 6 KB, scripts 2 KB, a page of 24 pieces 8 KB and
600 elements, a font 20 KB.

What only a browser can tell it does not look at: look at the pages yourself, on a
telephone too, with "gallerist serve --open -t NAME". Exit code 1: something is wrong;
warnings alone leave it 0.`,
		Example: `  gallerist theme check
  gallerist theme check ours
  gallerist theme check ../our-theme
  gallerist theme check ours --json`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: f.completeThemes,
		RunE:              func(_ *cobra.Command, args []string) error { return f.checkTheme(args) },
	}
	f.add(cmd, "source", "json", "quiet")
	return cmd
}

func (f *flags) checkTheme(args []string) error {
	root, t, own, probs, err := f.themeToCheck(args)
	if err != nil {
		return err
	}
	defer root.Close()
	plain, _ := builder.TryTheme(nil, "plain") // kept right by tests
	probs = append(probs, audit.Check(t, plain, func(tag string) theme.Words {
		words, _ := builder.Speak(t, tag)
		return words
	})...)
	for _, tag := range lang.Known() {
		_, found := builder.Speak(t, tag)
		probs = append(probs, found...)
	}
	if own != "" {
		probs = relocate(probs, "themes/"+t.Name, own)
	}
	probs = probs.Sorted()
	f.verbose = true
	f.printProblems(probs)
	if f.json {
		err = json.NewEncoder(f.out).Encode(append(problem.List{}, probs...))
	} else if !f.quiet {
		errors, warnings := probs.Count(problem.Error), probs.Count(problem.Warning)
		if errors+warnings == 0 {
			fmt.Fprintf(f.out, "nothing is wrong with %s, as far as can be told without a browser\n", t.Name)
		} else {
			fmt.Fprintf(f.out, "%s, %s in %s\n", count(errors, "error"), count(warnings, "warning"), t.Name)
		}
	}
	if err == nil && probs.Count(problem.Error) > 0 {
		err = exit(exitProblems)
	}
	return err
}

// themeToCheck loads the theme that a command names out of a folder that must stay
// open. Own is the folder of a theme that is checked by itself, as it was named.
func (f *flags) themeToCheck(args []string) (root *rootfs.Root, t *theme.Theme, own string, probs problem.List, err error) {
	if len(args) == 0 || !isTheme(args[0]) {
		s, t, probs, err := f.openTheme(args)
		if err != nil {
			return nil, nil, "", nil, err
		}
		return s.root, t, "", probs, nil
	}
	dir, err := filepath.Abs(args[0])
	if err == nil {
		root, err = rootfs.Open(dir)
	}
	if err != nil {
		return nil, nil, "", nil, &hinted{exitIO, fmt.Errorf("the folder %q cannot be opened: %w", args[0], cause(err)), ""}
	}
	name := filepath.Base(dir)
	t, probs = builder.TryTheme(mounted{root.FS(), path.Join("themes", name)}, name)
	return root, t, filepath.ToSlash(filepath.Clean(args[0])), probs, nil
}

// isTheme reports whether an argument is a folder with a theme and no mere name.
func isTheme(arg string) bool {
	info, err := os.Stat(filepath.Join(arg, "theme.toml"))
	return err == nil && info.Mode().IsRegular()
}

// relocate names the files of a theme as the command did.
func relocate(probs problem.List, from, to string) problem.List {
	moved := make(problem.List, len(probs))
	for i, p := range probs {
		if rest, ok := strings.CutPrefix(p.Pos.File, from+"/"); ok {
			p.Pos.File = path.Join(to, rest)
		}
		moved[i] = p
	}
	return moved
}

// mounted shows a folder as one that lies deeper, such as a theme below themes/.
type mounted struct {
	fs.FS
	at string
}

// within returns the name in the folder; ok is false for what is not in it.
func (m mounted) within(name string) (string, bool) {
	if name == m.at || name != "." && strings.HasPrefix(m.at, name+"/") {
		return ".", true
	}
	return strings.CutPrefix(name, m.at+"/")
}

// Open opens a file of the folder.
func (m mounted) Open(name string) (fs.File, error) {
	if in, ok := m.within(name); ok {
		return m.FS.Open(in)
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Lstat tells what a file of the folder is.
func (m mounted) Lstat(name string) (fs.FileInfo, error) {
	if in, ok := m.within(name); ok {
		return fs.Lstat(m.FS, in)
	}
	return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
}

// ReadLink follows no links, as no theme does.
func (m mounted) ReadLink(name string) (string, error) {
	return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
}
