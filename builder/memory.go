package builder

import (
	"fmt"
	"io/fs"

	"gallerist/builder/lang"
	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/theme"
	"gallerist/themes"
)

// Memory is what a build leaves to the next one of the same folder: results
// that are used again only where everything they were made of is as it was. It
// serves one build at a time.
type Memory struct {
	Source  *source.Memory // what was read of content; nil = nothing is kept
	scenery *scenery
}

// scenery is a theme and the languages it speaks.
type scenery struct {
	settings string   // of the site and the program
	files    *witness // what was read for it
	theme    *theme.Theme
	tongues  []tongue // by Config.Languages
	problems problem.List
}

type tongue struct {
	words  *lang.Language
	render *theme.Renderer
}

func (m *Memory) source() *source.Memory {
	if m == nil {
		return nil
	}
	return m.Source
}

// sceneryFor returns the theme and languages that the settings ask for.
func (m *Memory) sceneryFor(fsys fs.FS, cfg *Config, opt Options) *scenery {
	settings := fmt.Sprintf("%q %q %#v %q %q %q %v",
		cfg.Theme, cfg.Brand, cfg.ThemeSettings, cfg.BasePath(), opt.Version, cfg.Languages, cfg.ThemePos)
	if m != nil && m.scenery != nil && m.scenery.settings == settings && m.scenery.files.holdsFor(fsys) {
		return m.scenery
	}
	s := &scenery{settings: settings, files: newWitness(fsys)}
	s.theme, s.problems = theme.Load(theme.LoadOptions{
		Site: s.files, Builtin: themes.FS, Name: cfg.Theme, Brand: cfg.Brand, Settings: cfg.ThemeSettings,
		BasePath: cfg.BasePath(), Version: opt.Version, Minify: true, Pos: cfg.ThemePos,
	})
	for _, tag := range cfg.Languages {
		words, found := lang.Load(tag, ownWords(s.files, tag))
		s.problems = append(s.problems, found...)
		render, found := s.theme.For(words)
		s.problems = append(s.problems, found...)
		s.tongues = append(s.tongues, tongue{words, render})
	}
	if m != nil {
		m.scenery = s
	}
	return s
}
