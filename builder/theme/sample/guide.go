package sample

import (
	"fmt"

	"gallerist/builder/theme"
)

// GuideLayout is the layout that Guide is the view of.
const GuideLayout = "styleguide"

// Guide returns the page that shows all that a theme's pages are made of, in one
// of Languages. Its own words are English.
func Guide(o Options, tag string) *theme.Styleguide {
	m := maker{o, tongueOf(tag)}
	g := &theme.Styleguide{
		Base: m.base(o.Theme.Title), Schemes: o.Theme.Colors(), Words: m.longText,
		Letters: []theme.LetterSample{{Lang: "en", Text: "Morning 1234"}, {Lang: "ru", Text: "Ёжик №56"}, {Lang: "ar", Text: "صباح الخير ٥٦"}},
		Lead:    m.lead("cover"), Filters: Filters(tag), Pagers: Pagers(), Calls: Calls(o, tag),
		Facts: []theme.Fact{{Name: m.places, Text: m.who[0].place, Href: "/places/"}, {Name: m.people, Text: m.long.name}, {Name: m.day, Text: m.long.place}},
	}
	g.Lead.ID, g.Lead.Picture.Priority = "lead", false
	for _, c := range Cards(o, tag) {
		g.Cards = append(g.Cards, theme.Wall{State: c.State, Cards: []*theme.Card{c.Card}})
	}
	for _, n := range []int{0, 1, 3, 24} {
		wall := theme.Wall{State: fmt.Sprintf("of %d", n), Cards: m.cards(0, n)}
		for i, c := range wall.Cards {
			c.ID = fmt.Sprintf("w%d-%d", n, i+1)
		}
		g.Walls = append(g.Walls, wall)
	}
	for i, color := range []string{"#ffffff", "#000000"} {
		c := m.piece("video", m.who[i], m.titles[i], shape{1.5, color}, 1+i)
		c.ID, c.Award = "b-"+color[1:], m.award
		g.Bright = append(g.Bright, c)
	}
	for _, p := range append(m.who[:3:3], m.long, m.foreign) {
		g.Entries = append(g.Entries, theme.Entry{Name: p.name, Note: p.place, Href: "/people/" + p.id + "/", Count: 3, Initial: "M"})
	}
	g.Page.JSONLD, g.Page.ScriptHash, g.Page.Canonical, g.Page.NoIndex, g.Page.Up = "", "", "", true, nil
	g.Page.Alternates, g.Page.Feeds, g.Page.Image = nil, nil, nil
	for i := range g.Site.Languages {
		l := &g.Site.Languages[i]
		l.Href = "/_styleguide/" + l.Lang + "/"
	}
	return g
}
