package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
)

func newThemeList(f *flags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the themes that the site can choose",
		Long: `List prints the themes that the site can choose: those that come with Gallerist,
and those in the site's folder themes/. A star stands before the one in use.

To look at another one without choosing it:  gallerist serve --open -t NAME
To choose it, write into site.toml:          theme = "NAME"`,
		Example: `  gallerist theme list
  gallerist theme list --json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return f.listThemes() },
	}
	f.add(cmd, "source", "json")
	return cmd
}

// themeLine is a theme as theme list --json prints it.
type themeLine struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	About   string `json:"about"`
	Version string `json:"version"`
	License string `json:"license"`
	Extends string `json:"extends,omitempty"`
	Builtin bool   `json:"builtin"`
	InUse   bool   `json:"in_use"`
}

func (f *flags) listThemes() error {
	s, err := f.open()
	if err != nil {
		return err
	}
	defer s.root.Close()
	used, _ := builder.OpenTheme(s.root.FS(), s.opt) // what is wrong with it tells build
	lines := []themeLine{}
	for _, a := range builder.Themes(s.root.FS()) {
		lines = append(lines, themeLine{a.Name, a.Title, a.Sentence, a.Version, a.License, a.Extends, a.Builtin, a.Name == used.Name})
	}
	if f.json {
		return json.NewEncoder(f.out).Encode(lines)
	}
	w := tabwriter.NewWriter(f.out, 0, 0, 2, ' ', 0)
	for _, l := range lines {
		star, from := " ", "in your themes/"
		if l.InUse {
			star = "*"
		}
		if l.Builtin {
			from = "comes with Gallerist"
		}
		fmt.Fprintf(w, "%s %s\t%s\t%s\n", star, l.Name, from, problem.Visible(l.About))
	}
	if err := w.Flush(); err != nil {
		return &hinted{exitIO, err, ""}
	}
	fmt.Fprintf(f.out, "\nlook at one  %s serve --open%s -t NAME\nchoose it    theme = \"NAME\" in site.toml\n", program(), f.sourceFlag())
	return nil
}
