package builder

import (
	"cmp"
	"slices"

	"gallerist/builder/theme"
)

func (l *locale) contributorPage(c *contributor) *Page {
	name := l.nameOf(c)
	return &Page{Path: c.path, Layout: "contributor", Title: name, Origin: c.pieces[0].Dir, Images: c.pieces, key: func(k *keys) string {
		s := newSum().text(c.path, c.lang, c.Key).share(cmp.Or(l.peopleShares[c], l.shareImage(c.pieces[0])))
		return k.of(c.path, s, c.pieces...)
	}, view: func(page *Page) any {
		view := &struct { // one piece of memory
			theme.Contributor
			head theme.Page
		}{}
		v, p := &view.Contributor, &view.head
		*v = theme.Contributor{
			Name: name, Places: l.placesOf(c), URL: c.URL, Initial: l.Initial(name),
			Since:       l.Label("contributor.since", l.Month(c.oldest().Published.In(l.m.cfg.Zone))),
			Submissions: l.cards(c.pieces, cardStyle{mixed: true}, 3), Awards: l.honoursOf(c), Facts: l.factsOf(c),
		}
		*p = theme.Page{
			Title: name, OGType: "profile", Image: cmp.Or(l.peopleShares[c], l.shareImage(c.pieces[0])),
			Description: description(l.Label("contributor.description", "name", name, "site", l.text.Title)),
			Up:          l.indexLink("contributors"),
		}
		setLD(p, func(w *jsonWriter) {
			w.ldNode("ProfilePage", func() {
				w.text("url", l.origin, l.base, l.prefix, c.path)
				w.field("mainEntity", func() {
					w.text("@type", kindLD(c.Kind))
					w.text("name", name)
					w.optional("url", c.URL)
					w.optionalList("member", func() {
						for _, m := range c.members() {
							w.ldNode("Person", func() { w.text("name", l.word(m)) })
						}
					})
				})
			})
			for _, piece := range c.pieces {
				l.ldFirst(w, piece, false)
			}
		})
		v.Base = l.viewBase(page, p)
		return v
	}}
}

// placesOf lists where a contributor's pieces say they are from, the latest first,
// with the pages of those places that have one.
func (l *locale) placesOf(c *contributor) []theme.Link {
	var list []theme.Link
	for _, p := range c.pieces {
		for i, who := range p.people {
			place := p.Authors[i].Place
			if who != c || place == "" {
				continue
			}
			link := theme.Link{Text: l.author(p, i).Place}
			if p.place != nil && p.place.name == place {
				link = l.link(p.place)
			}
			if !slices.ContainsFunc(list, func(o theme.Link) bool { return o.Text == link.Text }) {
				list = append(list, link)
			}
		}
	}
	return list
}

// honoursOf lists what a contributor's pieces were given, each with the piece.
func (l *locale) honoursOf(c *contributor) []theme.Honour {
	var list []theme.Honour
	for _, p := range c.pieces {
		link := theme.Link{Text: l.titleOf(p), Href: l.href(p.path), Lang: l.langAttr(l.titleLang(p))}
		for i := range p.Awards {
			list = append(list, theme.Honour{Text: l.award(p, i), Piece: link})
		}
	}
	return list
}

// factsOf says what a contributor took part in, and as whom.
func (l *locale) factsOf(c *contributor) []theme.Fact {
	var list []theme.Fact
	if members := l.membersOf(c.members()); members != "" {
		list = append(list, theme.Fact{Name: l.Label("contributor.members"), Text: members})
	}
	if roles := c.roles(); len(roles) > 0 {
		list = append(list, theme.Fact{Name: l.Label("contributor.works"), Text: l.Works(roles)})
	}
	if took := l.tookPart(c); len(took) > 0 {
		list = append(list, theme.Fact{Name: l.Label("contributor.took"), Links: took})
	}
	return append(list, l.partsOf(c)...)
}

// roles lists what a contributor did, over all pieces.
func (c *contributor) roles() []string {
	var list []string
	for _, p := range c.pieces {
		for i, who := range p.people {
			if who == c {
				list = append(list, p.Authors[i].Roles...)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// members lists who is a group, as the latest piece says that does.
func (c *contributor) members() []string {
	for _, p := range c.pieces {
		for i, who := range p.people {
			if who == c && len(p.Authors[i].Members) > 0 {
				return p.Authors[i].Members
			}
		}
	}
	return nil
}

// membersOf lists the members of a group as in a sentence, "" for none.
func (l *locale) membersOf(names []string) string {
	if len(names) == 0 {
		return ""
	}
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = l.Isolate(l.word(name))
	}
	return l.List(list)
}

// tookPart lists the galleries and series that a contributor has pieces in, the
// latest first. Of several editions of a series it is the series. A single one
// stands below the pieces anyway.
func (l *locale) tookPart(c *contributor) []theme.Link {
	var galleries []*plannedGallery
	var editions map[*plannedSeries]int
	for _, p := range c.pieces {
		g := p.gallery
		if slices.Contains(galleries, g) {
			continue
		}
		galleries = append(galleries, g)
		if g.series != nil {
			if editions == nil {
				editions = map[*plannedSeries]int{}
			}
			editions[g.series]++
		}
	}
	if len(galleries) < 2 {
		return nil
	}
	var list []theme.Link
	for _, g := range galleries {
		switch n := editions[g.series]; {
		case slices.ContainsFunc(c.parts, func(p part) bool { return p.gallery == g }): // said with what they did there
		case g.series == nil || n == 1:
			list = append(list, *l.shown(g).link)
		case n > 1:
			list = append(list, *l.seriesLink(g.series))
			editions[g.series] = 0 // told
		}
	}
	return list
}
