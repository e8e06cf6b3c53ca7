package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"gallerist/builder"
	"gallerist/builder/problem"
	"gallerist/builder/theme"
	"gallerist/builder/theme/audit"
)

func newThemeShow(f *flags) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show [NAME]",
		Short: "Tell what a theme offers: settings, tokens, pictures, layouts and their views",
		Long: `Show tells what can be changed about a theme, and with what. Without a name it
is the theme that the site has chosen.

  settings   what site.toml can set below [settings], with types and defaults
  tokens     colours, sizes and faces (CSS custom properties) with their values;
             assets/css/site.css can give each another one: :root { --rad: 6px }
  pictures   the renditions that the theme asks for, and in which widths
  files      the layouts, partials and sheets that the theme has of its own; what it
             has not it takes from the themes named after it
  views      which data each layout is given; docs/views.md explains them`,
		Example: `  gallerist theme show
  gallerist theme show plain
  gallerist theme show --json`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: f.completeThemes,
		RunE:              func(_ *cobra.Command, args []string) error { return f.showTheme(args) },
	}
	f.add(cmd, "source", "json")
	return cmd
}

// openTheme opens the site and one of its themes: the one that the command names, or
// the one in use.
func (f *flags) openTheme(args []string) (*site, *theme.Theme, problem.List, error) {
	s, err := f.open()
	if err != nil {
		return nil, nil, nil, err
	}
	if len(args) > 0 {
		s.opt.Theme = args[0]
		names := []string{}
		for _, a := range builder.Themes(s.root.FS()) {
			names = append(names, a.Name)
		}
		if !slices.Contains(names, args[0]) {
			s.root.Close()
			hint := "there are " + strings.Join(names, ", ")
			if near := problem.Suggest(args[0], names); near != "" {
				hint = problem.DidYouMean(args[0], names)
			}
			return nil, nil, nil, &hinted{exitUsage, fmt.Errorf("there is no theme %q", args[0]), hint}
		}
	}
	t, probs := builder.OpenTheme(s.root.FS(), s.opt)
	return s, t, probs, nil
}

// themeReport is what theme show --json prints.
type themeReport struct {
	Themes     []themeLine                `json:"themes"` // it, and what it takes the rest from
	Settings   []theme.Setting            `json:"settings"`
	Tokens     []audit.Token              `json:"tokens"`
	Renditions map[string]theme.Rendition `json:"renditions"`
	Files      map[string][]string        `json:"files"`
	Overridden map[string][]string        `json:"overridden"` // by the site
	Views      map[string]string          `json:"views"`      // by layout
}

func (f *flags) showTheme(args []string) error {
	s, t, probs, err := f.openTheme(args)
	if err != nil {
		return err
	}
	defer s.root.Close()
	r := themeReport{Settings: t.Offered(), Tokens: audit.Tokens(t), Renditions: t.Renditions, Files: ofTheme(t, t.Name), Overridden: ofTheme(t, ""), Views: map[string]string{}}
	for _, a := range t.About() {
		r.Themes = append(r.Themes, themeLine{a.Name, a.Title, a.Sentence, a.Version, a.License, a.Extends, a.Builtin, a.Name == t.Name && len(args) == 0})
	}
	for _, layout := range t.Layouts() {
		r.Views[layout] = theme.ViewOf(layout)
	}
	if f.json {
		return json.NewEncoder(f.out).Encode(r)
	}
	f.printProblems(probs)
	if err := r.print(f.out); err != nil {
		return &hinted{exitIO, err, ""}
	}
	return nil
}

func (r themeReport) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	line := func(cells ...string) { fmt.Fprintln(w, "  "+strings.TrimRight(strings.Join(cells, "\t"), "\t")) }
	it := r.Themes[0]
	fmt.Fprintf(w, "%s %s\n%s\n", problem.Visible(it.Title), problem.Visible(it.Version), problem.Visible(it.About))
	for _, further := range r.Themes[1:] {
		if further.Name != it.Name { // a site's own plain, say
			fmt.Fprintf(w, "What it has not of its own comes from %s.\n", further.Name)
		}
	}
	fmt.Fprintf(w, "\nsettings, in site.toml: brand at its top, the others below [settings]\n")
	for _, s := range r.Settings {
		line(s.Name, setTo(s), problem.Visible(s.Help))
	}
	fmt.Fprintf(w, "\ntokens, for assets/css/site.css\n")
	for _, t := range r.Tokens {
		if t.Dark != "" {
			line(t.Name, t.Light+" (dark: "+t.Dark+")")
		} else {
			line(t.Name, t.Light)
		}
	}
	fmt.Fprintf(w, "\npictures\n")
	for _, name := range sorted(r.Renditions) {
		line(name, describeRendition(r.Renditions[name]))
	}
	for _, files := range []struct {
		title string
		of    map[string][]string
	}{{"its own files", r.Files}, {"what your site has in their place, or adds", r.Overridden}} {
		if len(files.of) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", files.title)
		for _, folder := range sorted(files.of) {
			line(folder, strings.Join(files.of[folder], ", "))
		}
	}
	fmt.Fprintf(w, "\nviews, by layout\n")
	for _, layout := range sorted(r.Views) {
		if view := r.Views[layout]; view != "" {
			line(layout, view)
		}
	}
	return w.Flush()
}

func sorted[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// setTo says of which type a setting is, and what it is set to.
func setTo(s theme.Setting) string {
	text := s.Type
	if len(s.Options) > 0 {
		text = strings.Join(s.Options, " or ")
	}
	value := "not set"
	if s.Value != nil && s.Value != "" {
		value = fmt.Sprint(s.Value)
		if s.Default != nil && s.Default != "" && fmt.Sprint(s.Default) != value {
			value += fmt.Sprintf(", by default %v", s.Default)
		}
	}
	return problem.Visible(text + ": " + value)
}

func describeRendition(r theme.Rendition) string {
	if r.Draw != "" || r.Size != "" {
		return r.Size + ", drawn for share cards"
	}
	var widths []string
	for _, w := range r.Widths {
		widths = append(widths, fmt.Sprint(w))
	}
	text := strings.Join(widths, ", ") + " px wide, of "
	switch {
	case r.Ratio != "own":
		text += r.Ratio + ", cropped to that"
	case len(r.Clamp) == 2:
		text += fmt.Sprintf("its own shape, cropped beyond %v to %v", r.Clamp[0], r.Clamp[1])
	default:
		text += "its own shape"
	}
	return text
}
