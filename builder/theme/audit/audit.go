// Package audit finds what is wrong with a theme without a browser.
//
// It renders pages of every layout in every state (package sample) and looks at what
// came out: landmarks, headings, credit lines, languages, what plain shows and the
// theme does not. It reads the theme's sheets: colours outside of tokens.css, physical
// properties, contrasts of the colours that the theme sets itself. And it weighs what
// a visitor would load.
//
// What only a browser can tell (layout shift, overflow, the contrast of text over
// pictures, keyboard tours) it does not look at.
package audit

import (
	"fmt"
	"slices"
	"strings"

	"gallerist/builder/problem"
	"gallerist/builder/theme"
	"gallerist/builder/theme/sample"
)

// Check returns all that is wrong with a theme beyond what loading it tells: of the
// files that the theme has itself and of those that the site has in their place.
func Check(t, plain *theme.Theme, speak func(tag string) theme.Words) problem.List {
	a := &auditor{theme: t, seen: map[string]*sighting{}}
	a.sheets()
	a.contrasts()
	a.scripts()
	a.weights()
	for _, name := range t.Unused() {
		a.probs.Warnf(problem.Pos{File: name}, "layouts are called by the names that themes/README.md lists", "no page asks for this layout")
	}
	a.pages(plain, speak)
	a.sum()
	return a.probs.Sorted()
}

// auditor collects what is wrong with a theme.
type auditor struct {
	theme *theme.Theme
	seen  map[string]*sighting // what was seen on pages, by its words
	order []string             // in which it was seen
	probs problem.List
}

// sighting is something that is wrong with pages: mostly one cause is seen on many.
type sighting struct {
	warning     bool
	layouts     []string
	state, lang string // of the first page
	hint        string
}

// own reports whether a file is the theme's or the site's, and so is looked at.
func (a *auditor) own(f theme.Found) bool { return f.Theme == "" || f.Theme == a.theme.Name }

// ownFiles are the used files of a kind that the theme or the site has itself.
func (a *auditor) ownFiles(ending string) []theme.Found {
	var list []theme.Found
	for _, name := range a.theme.Paths() {
		if f := a.theme.Lookup(name)[0]; strings.HasSuffix(name, ending) && a.own(f) {
			list = append(list, f)
		}
	}
	return list
}

// pages renders every sample and looks at it.
func (a *auditor) pages(plain *theme.Theme, speak func(tag string) theme.Words) {
	const media = "/_sample/"
	for _, tag := range sample.Languages() {
		words := speak(tag)
		mine, found := a.theme.For(words)
		if tag == sample.Languages()[0] {
			a.probs = append(a.probs, found...)
		}
		theirs, _ := plain.For(words) // kept right by tests
		for _, v := range sample.Views(sample.Options{Theme: a.theme, Media: media}) {
			if v.Lang == tag {
				a.page(v, mine, theirs)
			}
		}
	}
}

// tell notes what is wrong with a page.
func (a *auditor) tell(warning bool, v sample.View, hint, text string) {
	at := a.seen[text]
	if at == nil {
		at = &sighting{warning: warning, state: v.State, lang: v.Lang, hint: hint}
		a.seen[text], a.order = at, append(a.order, text)
	}
	if !slices.Contains(at.layouts, v.Layout) {
		at.layouts = append(at.layouts, v.Layout)
	}
}

// sum tells everything that was seen on pages once, with the file of the first layout
// on which it was: one that the theme has itself, where there is one.
func (a *auditor) sum() {
	for _, text := range a.order {
		at := a.seen[text]
		file, on := "", at.layouts[0]
		for _, layout := range at.layouts {
			if found := a.theme.Lookup("layouts/" + layout + ".html"); len(found) > 0 && (file == "" || a.own(found[0]) && !strings.HasPrefix(file, "themes/"+a.theme.Name+"/")) {
				file, on = found[0].Shown, layout
			}
		}
		text += fmt.Sprintf(" (layout %s, %s, in %s", on, at.state, at.lang)
		switch n := len(at.layouts) - 1; n {
		case 0:
		case 1:
			text += "; one more layout too"
		default:
			text += fmt.Sprintf("; %d more layouts too", n)
		}
		if text += ")"; at.warning {
			a.probs.Warnf(problem.Pos{File: file}, at.hint, "%s", text)
		} else {
			a.probs.Errorf(problem.Pos{File: file}, at.hint, "%s", text)
		}
	}
}
