package builder

import (
	"bytes"
	"cmp"
	"errors"
	"regexp"
	"slices"

	"gallerist/builder/theme"
	"gallerist/builder/theme/sample"
)

// styleguideDir is where a preview shows the theme piece by piece. No site has it.
const styleguideDir = "_styleguide/"

// addStyleguide adds the theme's style guide to a preview: a page in each language
// of the sample, of which one stands at the front too, and their drawn pictures.
func (r *Result) addStyleguide(sc *scenery, cfg *Config) error {
	at := cfg.BasePath() + styleguideDir
	front := "en"
	if slices.Contains(sample.Languages(), cfg.Language) {
		front = cfg.Language
	}
	drawing := regexp.MustCompile(regexp.QuoteMeta(at) + `media/([0-9a-fx-]+\.svg)`)
	drawn := map[string]bool{}
	for _, tag := range sample.Languages() {
		page, err := r.styleguidePage(sc, tag, at)
		if err != nil {
			return err
		}
		for _, path := range []string{styleguideDir + tag + "/index.html", styleguideDir + "index.html"} {
			if path == styleguideDir+"index.html" && tag != front {
				continue
			}
			r.Set.Add(made(path, "themes/"+sc.theme.Name, "text/html; charset=utf-8", func() ([]byte, error) { return page, nil }))
		}
		for _, m := range drawing.FindAllSubmatch(page, -1) {
			name := string(m[1])
			if svg, ok := sample.Drawing(name); ok && !drawn[name] {
				drawn[name] = true
				r.Set.Add(made(styleguideDir+"media/"+name, "themes/"+sc.theme.Name, "image/svg+xml", func() ([]byte, error) { return svg, nil }))
			}
		}
	}
	return nil
}

// styleguidePage renders the guide in a language. What is wrong with the site's own
// templates is told like anywhere else, and plain's stand in.
func (r *Result) styleguidePage(sc *scenery, tag, at string) ([]byte, error) {
	words, _ := Speak(sc.theme, tag) // told for the site's languages
	render, _ := sc.theme.For(words)
	guide := sample.Guide(sample.Options{Theme: sc.theme, Media: at + "media/"}, tag)
	guide.Page.Heading = cmp.Or(sc.theme.Title, sc.theme.Name)
	for i := range guide.Site.Languages {
		guide.Site.Languages[i].Href = at + guide.Site.Languages[i].Lang + "/"
	}
	var b bytes.Buffer
	var broken *theme.RenderError
	err := render.Render(&b, sample.GuideLayout, guide)
	if errors.As(err, &broken) {
		r.rendered = append(r.rendered, broken.Problem)
		err = nil
	}
	return b.Bytes(), err
}
