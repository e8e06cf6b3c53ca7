package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/theme"
)

func newThemeEject(f *flags) *cobra.Command {
	var print bool
	cmd := &cobra.Command{
		Use:   "eject PATH",
		Short: "Copy one layout, partial or sheet of the theme into the site, to change it there",
		Long: `Eject copies a file of the theme in use to the same path in your site, where it
takes the place of the theme's. Then change the copy as you like.

Its first line says what it was copied from. When a new version of the theme has
another text there, build and check tell you, and --print prints that text, so that
you can take over what is new. Nothing is ever written over.

Copy as little as you can: what you do not copy gets better with each version of the
theme. Often a few lines in assets/css/site.css do.`,
		Example: `  gallerist theme eject partials/credit.html
  gallerist theme eject layouts/call.html
  gallerist theme eject assets/css/print.css
  gallerist theme eject partials/credit.html --print`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: f.completePaths,
		RunE:              func(_ *cobra.Command, args []string) error { return f.eject(args[0], print) },
	}
	f.add(cmd, "source", "theme")
	cmd.Flags().BoolVarP(&print, "print", "p", false, "print the file as it would be copied, write nothing")
	return cmd
}

func (f *flags) eject(name string, print bool) error {
	s, t, _, err := f.openTheme(nil)
	if err != nil {
		return err
	}
	defer s.root.Close()
	name = path.Clean(filepath.ToSlash(name))
	from, text, err := t.Copy(name)
	if err != nil {
		return notCopied(t, name, err)
	}
	if print {
		if _, err := f.out.Write(text); err != nil {
			return &hinted{exitIO, err, ""}
		}
		return nil
	}
	if err := f.write(f.source, []source.NewFile{{Path: name, Data: text}}); err != nil {
		var known *hinted
		if errors.As(err, &known) && known.code == exitUsage {
			known.hint = "your site has this file already, and it is left as it is; --print shows what the theme has"
		}
		return err
	}
	fmt.Fprintf(f.out, "\nIt was copied from %s %s. Change it and look at it with %s serve --open%s\n", from.Theme, versionOf(t, from.Theme), program(), f.sourceFlag())
	return nil
}

func versionOf(t *theme.Theme, name string) string {
	for _, a := range t.About() {
		if a.Name == name {
			return problem.Visible(a.Version)
		}
	}
	return ""
}

// notCopied says why a file cannot be copied and what can be.
func notCopied(t *theme.Theme, name string, err error) error {
	if errors.Is(err, fs.ErrInvalid) && len(t.Lookup(name)) > 0 {
		return &hinted{exitUsage, fmt.Errorf("%s is no text that could say what it was copied from", name), "put a file of your own at the same path into your site"}
	}
	hint := problem.DidYouMean(name, copyable(t))
	if problem.Suggest(name, copyable(t)) == "" {
		hint = `"gallerist theme show" lists the files; write the path as it stands in the theme, such as partials/credit.html`
	}
	return &hinted{exitUsage, fmt.Errorf("the theme %q has no file %q", t.Name, name), hint}
}
