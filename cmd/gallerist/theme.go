package main

import (
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/rootfs"
	"gallerist/builder/theme"
)

func newTheme(f *flags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "theme",
		Short: "List, explain, make and check themes, and copy parts of one to change them",
		Long: `A theme decides how the pages look. site.toml chooses one: theme = "plain".

  list    which themes there are
  show    what a theme offers: settings, tokens, pictures, layouts, and their views
  eject   copy one file of the theme into your site, to change it there
  new     write a theme of your own that builds at once
  check   try a theme with pages in every state, and tell what is wrong with it

Most sites need none of these: one colour in site.toml (brand = "#0b7a5c") and a
few lines in assets/css/site.css go far. themes/README.md shows each way of changing
a theme, from the least to the most.`,
		Example: `  gallerist theme list
  gallerist theme show
  gallerist theme eject partials/credit.html
  gallerist theme new ours --from plain
  gallerist theme check ours`,
	}
	cmd.AddCommand(newThemeList(f), newThemeShow(f), newThemeEject(f), newThemeNew(f), newThemeCheck(f))
	return cmd
}

// completeThemes proposes the names of themes, with what they are like, to a shell.
func (f *flags) completeThemes(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	root, err := rootfs.Open(f.source)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer root.Close()
	var names []string
	for _, a := range builder.Themes(root.FS()) {
		names = append(names, a.Name+"\t"+a.Sentence)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completePaths proposes the files of the theme in use that can be copied.
func (f *flags) completePaths(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	root, err := rootfs.Open(f.source)
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	defer root.Close()
	t, _ := builder.OpenTheme(root.FS(), builder.Options{Theme: f.theme})
	names := slices.DeleteFunc(copyable(t), func(name string) bool { return !strings.HasPrefix(name, typed) })
	return names, cobra.ShellCompDirectiveNoFileComp
}

// copyable are the paths of the theme's files that can be copied.
func copyable(t *theme.Theme) []string {
	return slices.DeleteFunc(t.Paths(), func(name string) bool {
		_, _, err := t.Copy(name)
		return err != nil
	})
}

// ofTheme are the files that a theme has itself, by folder: layouts, partials,
// assets. The theme of the name "" is what the site has in its place.
func ofTheme(t *theme.Theme, name string) map[string][]string {
	list := map[string][]string{}
	for _, p := range t.Paths() {
		if slices.ContainsFunc(t.Lookup(p), func(s theme.Found) bool { return s.Theme == name }) {
			folder, rest, _ := strings.Cut(p, "/")
			if folder != "assets" {
				rest = strings.TrimSuffix(rest, path.Ext(rest))
			}
			list[folder] = append(list[folder], rest)
		}
	}
	return list
}
