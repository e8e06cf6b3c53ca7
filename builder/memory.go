package builder

import (
	"fmt"
	"io/fs"

	"gallerist/builder/gallery"
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
	told    map[*gallery.Submission]*told
}

// told is what was found out of a submission. It holds as long as that is the
// same one, which the memory of what was read sees to.
type told struct {
	slug     string   // "" = there is something to say about it
	slugIn   string   // the site's language it was made in
	harmless bool     // there is nothing to say about the texts
	credits  []string // by Config.Languages
	kind     gallery.PieceKind
	lang     string // of the texts
	by       voice  // who wrote the credit lines
}

// voice is what the words of a site depend on besides its submissions.
type voice struct {
	scenery  *scenery
	settings sum
}

// recall returns what is known of a submission, or room for it.
func (m *Memory) recall(s *gallery.Submission) *told {
	if m != nil {
		if t := m.told[s]; t != nil {
			return t
		}
	}
	return new(told)
}

// keep forgets all submissions but those of the galleries.
func (m *Memory) keep(galleries []*plannedGallery) {
	if m == nil {
		return
	}
	n := 0
	for _, g := range galleries {
		n += len(g.Submissions)
	}
	m.told = make(map[*gallery.Submission]*told, n)
	for _, g := range galleries {
		for i, s := range g.Submissions {
			m.told[s] = g.told[i]
		}
	}
}

// slugOf returns the last part of a submission's address.
func (t *told) slugOf(language string, s *gallery.Submission, probs *problem.List) string {
	if t.slug != "" && t.slugIn == language {
		return t.slug
	}
	before := len(*probs)
	slug := submissionSlug(language, s, probs)
	if len(*probs) == before {
		t.slug, t.slugIn = slug, language
	}
	return slug
}

// creditsOf returns a piece's credit line in each language.
func (t *told) creditsOf(p *piece, locales []*locale, by voice) []string {
	lang := locales[0].m.languageOf(p)
	if t.credits != nil && t.by == by && t.kind == p.Kind && t.lang == lang {
		return t.credits
	}
	list := make([]string, len(locales))
	for i, l := range locales {
		list[i] = l.CreditLine(l.creditInput(p))
	}
	t.credits, t.by, t.kind, t.lang = list, by, p.Kind, lang
	return list
}

// scenery is a theme and the languages it speaks.
type scenery struct {
	settings string   // of the site and the program
	files    *witness // what was read for it
	theme    *theme.Theme
	tongues  []tongue // by Config.Languages
	thanks   gallery.ThanksTemplates
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
		words, found := Speak(s.theme, tag)
		s.problems = append(s.problems, found...)
		render, found := s.theme.For(words)
		s.problems = append(s.problems, found...)
		s.tongues = append(s.tongues, tongue{words, render})
	}
	s.thanks = source.ThanksTemplates(s.files, cfg.Language, cfg.Languages, &s.problems)
	if m != nil {
		m.scenery = s
	}
	return s
}
