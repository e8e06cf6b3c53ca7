package builder

import (
	"cmp"
	"fmt"
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/publish"
	"gallerist/builder/theme"
)

// The terms that people agree to are plain pages, one a version. A grant names
// the version and may name the beginning of its text's hash, so that nobody can
// say later that somebody agreed to other words.

// termsFile is the text of the terms as it is hashed, beside their page.
const termsFile = "terms.txt"

// collectTerms lists the pages of terms, the newest version first, and tells of
// two pages of one version.
func (m *model) collectTerms(probs *problem.List) {
	for _, a := range m.articles {
		if a.Terms == nil {
			continue
		}
		if other := m.termsOf(a.Terms.Version); other != nil {
			probs.Errorf(a.Terms.Pos, "give a text that has changed a version of its own: what people agreed to must stay as it was",
				"the terms %q are also those of %s, so they are left out here", a.Terms.Version, other.Pos.File)
			continue
		}
		m.terms = append(m.terms, a)
	}
	slices.SortStableFunc(m.terms, func(a, b *plannedArticle) int {
		return cmp.Or(b.Terms.Since.Compare(a.Terms.Since), cmp.Compare(b.Terms.Version, a.Terms.Version))
	})
}

// termsOf returns the page of a version, nil where there is none.
func (m *model) termsOf(version string) *plannedArticle {
	for _, a := range m.terms {
		if a.Terms.Version == version {
			return a
		}
	}
	return nil
}

// outdated reports whether a page holds terms that newer ones have followed, so
// that only other terms lead to it.
func (m *model) outdated(a *plannedArticle) bool {
	at := slices.Index(m.terms, a)
	return at > 0 && !m.terms[at-1].Terms.Since.After(m.now)
}

// naming is who names a version of the terms, or a text of one.
type naming struct {
	first  problem.Pos
	whose  string // id of the first grant
	grants int
	calls  int
}

// namedTerms is a version of the terms, with the beginning of its text's hash.
type namedTerms struct{ version, text string }

// checkTerms tells of terms that are nowhere, and of those that have changed
// since somebody agreed to them, each once. Without any page of terms the former
// is a note, unless somebody asks what is wrong.
func (m *model) checkTerms(thorough bool, probs *problem.List) {
	tell := probs.Warnf
	if len(m.terms) == 0 && !thorough {
		tell = probs.Notef
	}
	missing, changed := map[string]*naming{}, map[namedTerms]*naming{}
	var last namedTerms // most grants name what the one before did
	var to *naming
	for _, g := range m.galleries {
		if c := g.Call; c != nil && c.Terms != "" && m.termsOf(c.Terms) == nil {
			nameTerms(missing, c.Terms, c.Pos).calls++
		}
		for _, s := range g.Submissions {
			grant := &s.Grant
			if grant.Terms == "" || grant.Status != gallery.GrantGranted || s.Status == gallery.Withdrawn {
				continue
			}
			if now := (namedTerms{grant.Terms, grant.Text}); now != last {
				last, to = now, nil
				if page := m.termsOf(grant.Terms); page == nil {
					to = nameTerms(missing, grant.Terms, keyAt(s, "grant.terms"))
				} else if !page.Terms.Agreed(grant) {
					to = nameTerms(changed, now, keyAt(s, "grant.text"))
				}
			}
			if to != nil {
				to.whose = cmp.Or(to.whose, s.ID)
				to.grants++
			}
		}
	}
	for version, n := range missing {
		tell(n.first, fmt.Sprintf("make a page such as content/terms.md with terms = %q in its front matter, so that everybody can read what was agreed to", version),
			"there is no page with the terms %q%s", version, n.alsoNamed())
	}
	for named, n := range changed {
		probs.Warnf(n.first, "give the new text a version of its own and bring the old one back, or ask the authors to agree to it",
			"the terms %q changed since %q agreed to them%s", named.version, n.whose, n.alsoAgreed())
	}
}

// nameTerms returns who names something, with the place of the first.
func nameTerms[K comparable](all map[K]*naming, key K, pos problem.Pos) *naming {
	if all[key] == nil {
		all[key] = &naming{first: pos}
	}
	return all[key]
}

// keyAt returns where a key of a submission stands, or the submission.
func keyAt(s *gallery.Submission, key string) problem.Pos {
	if pos, ok := s.At(key); ok {
		return pos
	}
	return s.Pos
}

// alsoNamed counts the grants that name what is missing.
func (n *naming) alsoNamed() string {
	switch {
	case n.grants > 1:
		return fmt.Sprintf(", which %d permissions name", n.grants)
	case n.grants == 1:
		return ", which a permission names"
	}
	return ""
}

// alsoAgreed counts those who agreed to the same text.
func (n *naming) alsoAgreed() string {
	if n.grants > 1 {
		return fmt.Sprintf(" (%d permissions)", n.grants)
	}
	return ""
}

// addTerms adds the text of each version as a file, so that anybody can hash it.
func (m *model) addTerms(set *publish.Set) {
	for _, a := range m.terms {
		text := gallery.TermsText(a.Text.Body)
		set.Add(made(a.path+termsFile, a.Pos.File, "text/plain", func() ([]byte, error) { return []byte(text), nil }))
	}
}

// termsView says what a page of terms says of itself, nil for other pages.
func (l *locale) termsView(a *plannedArticle) *theme.Terms {
	if a.Terms == nil || l.m.termsOf(a.Terms.Version) != a {
		return nil
	}
	v := &theme.Terms{
		Facts: []theme.Fact{{Name: l.Label("terms.version"), Text: l.Code(a.Terms.Version)}},
		Hash:  a.Terms.Hash, File: l.file(a.path + termsFile),
	}
	if !a.Terms.Since.IsZero() {
		v.Facts = append(v.Facts, theme.Fact{Name: l.Label("terms.since"), Text: l.moment(a.Terms.Since), Time: l.stamp(a.Terms.Since)})
	}
	original := cmp.Or(a.Lang, l.m.cfg.Language)
	switch _, translated := a.In[l.tag]; {
	case translated:
		v.Counts = l.Label("terms.translation")
		for _, o := range l.others {
			if o.tag == original {
				v.Original = &theme.Link{Text: o.Name(), Href: o.href(a.path), Lang: o.tag}
			}
		}
	case len(a.In) > 0:
		v.Counts = l.Label("terms.counts")
	}
	for _, other := range l.m.terms {
		if other != a {
			v.Others = append(v.Others, theme.Link{Text: l.termsTitle(other), Href: l.href(other.path)})
		}
	}
	return v
}

// termsTitle names a version of the terms, with the day from which it holds.
func (l *locale) termsTitle(a *plannedArticle) string {
	title := l.Label("consent.version", l.Code(a.Terms.Version))
	if !a.Terms.Since.IsZero() {
		title += l.Comma() + l.day(a.Terms.Since)
	}
	return title
}

// callTerms leads from a call to the text of its terms, nil where there is none.
func (l *locale) callTerms(c *gallery.Call) *theme.Link {
	a := l.m.termsOf(c.Terms)
	if a == nil {
		return nil
	}
	return &theme.Link{Text: l.Label("terms.read"), Href: l.href(a.path)}
}
