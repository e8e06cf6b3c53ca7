package builder

import (
	"io/fs"
	"slices"

	"gallerist/builder/lang"
	"gallerist/builder/problem"
	"gallerist/builder/theme"
	"gallerist/themes"
)

// Themes returns the themes that the site in fsys can choose, by name.
func Themes(fsys fs.FS) []theme.About { return theme.Themes(fsys, themes.FS) }

// OpenTheme loads a theme as Build does: the one that site.toml chose, or
// opt.Theme, with the site's settings and what the site has in the theme's place.
// It always returns one that works; what is wrong becomes problems, those of
// site.toml too.
func OpenTheme(fsys fs.FS, opt Options) (*theme.Theme, problem.List) {
	var probs problem.List
	cfg := ReadConfig(fsys, &probs)
	opt.applyTo(cfg, &probs)
	t, found := theme.Load(theme.LoadOptions{
		Site: fsys, Builtin: themes.FS, Name: cfg.Theme, Brand: cfg.Brand, Settings: cfg.ThemeSettings,
		BasePath: cfg.BasePath(), Version: opt.Version, Minify: true, Pos: cfg.ThemePos,
	})
	return t, append(probs, found...).Sorted()
}

// TryTheme loads a theme as it is, without a site's settings: fsys holds it below
// themes/.
func TryTheme(fsys fs.FS, name string) (*theme.Theme, problem.List) {
	return theme.Load(theme.LoadOptions{Site: fsys, Builtin: themes.FS, Name: name, Minify: true})
}

// Speak returns a language's words in a theme: those of the program, and over them
// the theme's own and the site's.
func Speak(t *theme.Theme, tag string) (*lang.Language, problem.List) {
	var over []lang.Words
	for _, f := range slices.Backward(t.Lookup(wordsFile(tag))) {
		over = append(over, lang.Words{File: f.Shown, Data: f.Text})
	}
	return lang.Load(tag, over...)
}
