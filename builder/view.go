package builder

import (
	"html/template"
	"slices"

	"gallerist/builder/theme"
)

// Names of the renditions a theme declares and the builder puts into views.
const (
	renditionTile     = "tile"     // a piece in a list
	renditionPlate    = "plate"    // a piece on its own page
	renditionStrip    = "strip"    // a small picture that leads elsewhere
	renditionCard     = "card"     // the share card
	renditionPortrait = "portrait" // somebody of a team or a jury
)

const (
	excerptLength     = 160 // characters of a story in a list
	descriptionLength = 155 // of a page's description
	latestOnHome      = 12
	nearPieces        = 4
)

// viewBase returns what every page's view begins with.
func (l *locale) viewBase(page *Page, p *theme.Page) theme.Base {
	site := l.siteOn(page)
	if p.Canonical == "" {
		p.Canonical = l.origin + page.URL
	}
	if p.Heading == "" {
		p.Heading = p.Title
	}
	if p.OGType == "" {
		p.OGType = "website"
	}
	if p.JSONLD == "" {
		p.ScriptHash = "'none'"
	}
	p.OGLocale, p.NoIndex = l.OGLocale(), page.NoIndex
	if !page.NoIndex && len(site.Languages) > 1 {
		for _, o := range l.others {
			if page.inLanguage(o.tag) {
				p.Alternates = append(p.Alternates, theme.Alternate{Lang: o.tag, Href: o.abs(page.Path)})
			}
		}
		p.Alternates = append(p.Alternates, theme.Alternate{Lang: "x-default", Href: l.others[0].abs(page.Path)})
	}
	return theme.Base{Site: site, Page: p, Assets: l.theme.Assets, Settings: l.theme.Settings}
}

// siteOn returns the site as a page shows it: with the page in the other
// languages, and marked where the menu names it.
func (l *locale) siteOn(page *Page) *theme.Site {
	here := func(link theme.Link) bool { return link.Href == page.URL }
	inMenu := slices.ContainsFunc(l.site.Menu, here)
	if len(l.others) == 1 && !inMenu {
		return l.site
	}
	site := *l.site
	if len(l.others) > 1 && !page.Only {
		site.Languages = make([]theme.Link, 0, len(l.others))
		for _, o := range l.others {
			if o == l || page.inLanguage(o.tag) {
				site.Languages = append(site.Languages, theme.Link{
					Text: o.Name(), Href: o.href(page.Path), Lang: o.tag, Current: o == l,
				})
			}
		}
		if len(site.Languages) == 1 { // a page of this language alone has nothing to choose
			site.Languages = nil
		}
	}
	if inMenu {
		site.Menu = slices.Clone(site.Menu)
		for i := range site.Menu {
			site.Menu[i].Current = here(site.Menu[i])
		}
	}
	return &site
}

// description shortens a text to what search engines and messengers show.
func description(texts ...string) string {
	for _, t := range texts {
		if t = singleSpaced(t); t != "" {
			return shorten(t, descriptionLength)
		}
	}
	return ""
}

// html renders a text of the site's owner.
func (l *locale) html(src string) template.HTML { return l.md.HTML(src) }
