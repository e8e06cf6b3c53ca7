package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/theme"
	"gallerist/cmd/gallerist/starter"
)

func newThemeNew(f *flags) *cobra.Command {
	var from, title string
	cmd := &cobra.Command{
		Use:   "new NAME",
		Short: "Write a theme of your own that builds at once",
		Long: `New writes a folder themes/NAME into the site: theme.toml, a small style sheet to
play with, and a README. The theme extends another one (--from, by default plain): it
needs only what differs from that, so it works from the first moment, and takes over
whatever gets better there.

Your site goes on with the theme it has until site.toml says theme = "NAME".

You may not need a theme: for other colours, sizes or faces brand in site.toml and
assets/css/site.css do, and "gallerist theme eject" changes a single part.`,
		Example: `  gallerist theme new ours
  gallerist theme new ours --from plain --title "Our own"`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return f.newTheme(args[0], from, title) },
	}
	f.add(cmd, "source")
	cmd.Flags().StringVar(&from, "from", "plain", "`theme` to extend")
	cmd.Flags().StringVar(&title, "title", "", "`title` of the theme (default its name)")
	_ = cmd.RegisterFlagCompletionFunc("from", f.completeThemes) // the flag is there
	return cmd
}

var themeName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

func (f *flags) newTheme(name, from, title string) error {
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.root.Close()
	there := builder.Themes(s.root.FS())
	if err := mayBe(name, from, there); err != nil {
		return err
	}
	if title == "" {
		title = strings.ToUpper(name[:1]) + name[1:]
	}
	files, err := themeFiles(name, from, title)
	if err != nil {
		return &hinted{exitIO, err, ""}
	}
	if err := f.write(f.source, files); err != nil {
		return err
	}
	fmt.Fprintf(f.out, "\nlook at it  %s serve --open%s -t %s\nchoose it   theme = %q in site.toml\n", program(), f.sourceFlag(), name, name)
	return nil
}

// mayBe says why a theme cannot be made.
func mayBe(name, from string, there []theme.About) error {
	if !themeName.MatchString(name) {
		return &hinted{exitUsage, fmt.Errorf("%q cannot be a theme's name", name), "it becomes a folder: write small Latin letters, digits and hyphens, such as ours or winter-26"}
	}
	names := make([]string, len(there))
	for i, a := range there {
		names[i] = a.Name
		if a.Name == name {
			return &hinted{exitUsage, fmt.Errorf("there is a theme %q already", name), "choose another name"}
		}
	}
	at := slices.Index(names, from)
	if at < 0 {
		return &hinted{exitUsage, fmt.Errorf("there is no theme %q to begin from", from), problem.DidYouMean(from, names)}
	}
	if e := there[at].Extends; e != "" && e != "plain" {
		return &hinted{exitUsage, fmt.Errorf("%q extends %q, and one step is all that is followed", from, e), fmt.Sprintf("begin from %q, and copy what you need of %q", e, from)}
	}
	return nil
}

// themeFiles are the starter's files of a theme, filled in.
func themeFiles(name, from, title string) ([]source.NewFile, error) {
	if strings.ContainsFunc(title, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' }) {
		return nil, errors.New(`a title is one line without " and \`)
	}
	fill := strings.NewReplacer("{{name}}", name, "{{from}}", from, "{{title}}", title)
	var files []source.NewFile
	err := fs.WalkDir(starter.FS, "theme", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := starter.FS.ReadFile(p)
		to := path.Join("themes", name, strings.TrimPrefix(p, "theme/"))
		files = append(files, source.NewFile{Path: to, Data: []byte(fill.Replace(string(data)))})
		return err
	})
	return files, err
}
