package builder

import (
	"cmp"
	"slices"
	"strconv"

	"gallerist/builder/theme"
)

func (l *locale) galleryView(page *Page, g *plannedGallery, part slice, front bool) any {
	t := l.galleryText(g)
	p := &theme.Page{
		Title: t.Title, Heading: l.Typeset(t.Title), Feeds: l.shown(g).feeds,
		Description: description(t.Summary, l.md.excerpt(t.Body, descriptionLength)),
		Image:       l.galleryShares[g], Up: &theme.Link{Text: l.text.Title, Href: l.href("")},
		Draft: slices.ContainsFunc(part.pieces, func(p *piece) bool { return p.Draft }),
	}
	if g.series != nil {
		p.Up = l.seriesLink(g.series)
	}
	v := theme.Gallery{
		Kind: string(g.Kind), Lang: l.langAttr(l.galleryLang(g)), IntroLang: l.introLang(g.Lang, t, g.Text), Summary: t.Summary,
		Pager:  l.pager(part.pager, p),
		Thanks: &theme.Link{Text: l.Label("gallery.thanks"), Href: l.href(g.path + "thanks/")},
	}
	shown, listed, eager := part.pieces, part.pieces, 4
	if front {
		v.Intro, v.Facts, v.Call = l.html(t.Body), l.facts(g), l.callBox(g)
		v.Edition, v.Live = l.editionBox(g), l.liveOf(g)
		p.Feeds = l.feedsAndCalendar(g.path, t.Title, g.isDated())
		v.Filters = l.filters(g)
		best := winners(g.standings())
		v.Contest = l.contestBox(g, best)
		if len(best) > 0 { // those of older pages stand here too
			_, others := leadAmong(best, shown)
			listed = slices.Concat(best, others)
		}
		if g.team.tells() {
			v.Team, eager = l.teamView(g), 0
			shown = slices.DeleteFunc(slices.Clone(shown), func(p *piece) bool { return p == g.team.result })
		} else if lead, rest := leadAmong(best, shown); lead != nil {
			c := l.card(lead, cardStyle{rendition: renditionPlate, priority: true})
			v.Lead, shown, eager = c, rest, 0 // it fills the first view
		}
	} else {
		p.Title = t.Title + " · " + l.Label("gallery.page", part.pager.number)
		p.Image = l.ownShare(part.pieces[0]) // the gallery's cover changes, this page must not
	}
	v.Items = l.cards(shown, cardStyle{}, eager)
	l.ldList(p, t.Title, t.Summary, page.Path, listed, func(w *jsonWriter) {
		if front && g.team != nil {
			l.ldResult(w, g)
		}
	})
	v.Base = l.viewBase(page, p)
	return &v
}

// pager returns the links through a list, nil for a list of one page, and
// tells the page its neighbours.
func (l *locale) pager(plan pagerPlan, p *theme.Page) *theme.Pager {
	if plan.older == "" && plan.newer == "" {
		return nil
	}
	pager := &theme.Pager{Number: plan.number}
	if plan.older != "" {
		pager.Older = l.href(plan.older)
		p.Next = pager.Older
	}
	if plan.newer != "" {
		pager.Newer = l.href(plan.newer)
		p.Prev = pager.Newer
	}
	for i, path := range plan.all {
		pager.Pages = append(pager.Pages, theme.Filter{
			Text: strconv.Itoa(len(plan.all) - i), Href: l.href(path), Current: i == 0,
		})
	}
	return pager
}

// facts returns a gallery's numbers in words.
func (l *locale) facts(g *plannedGallery) theme.Facts {
	people, places := map[*contributor]bool{}, map[*term]bool{}
	for _, p := range g.pieces {
		for _, c := range p.people {
			if c != nil {
				people[c] = true
			}
		}
		if p.place != nil {
			places[p.place] = true
		}
	}
	f := theme.Facts{Chosen: l.chosen(g)}
	if len(people) > 0 {
		f.People = l.Plural("gallery.people", len(people))
	}
	if len(places) > 0 {
		f.Places = l.Plural("gallery.places", len(places))
	}
	if g.Call != nil {
		f.Dates = l.callDates(g.Call)
	}
	return f
}

// filters returns links to the gallery's tags, most used first.
func (l *locale) filters(g *plannedGallery) []theme.Filter {
	count := map[*term]int{}
	for _, p := range g.pieces {
		for _, t := range p.tags {
			count[t]++
		}
	}
	if len(count) < 2 {
		return nil
	}
	list := []theme.Filter{{Text: l.Label("gallery.all"), Href: l.href(g.path), Count: len(g.pieces), Current: true}}
	for t, n := range count {
		list = append(list, theme.Filter{Text: l.termName(t), Href: l.href(t.path), Count: n})
	}
	slices.SortFunc(list[1:], func(a, b theme.Filter) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), l.Compare(a.Text, b.Text), cmp.Compare(a.Href, b.Href))
	})
	return list[:min(len(list), 9)]
}

func (l *locale) articleLink(a *plannedArticle) theme.Link {
	title, _ := l.articleLang(a)
	return theme.Link{Text: l.articleText(a).Title, Href: l.href(a.path), Lang: title}
}
