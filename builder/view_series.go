package builder

import (
	"cmp"
	"slices"
	"strconv"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

const (
	earlierEditions   = 6 // on the page of a series
	editionHighlights = 4 // of each edition in a list
)

// seriesText returns what a series says in this language.
func (l *locale) seriesText(s *plannedSeries) gallery.Text {
	t, ok := s.In[l.tag]
	if !ok {
		return s.Text
	}
	if t.Body == "" {
		t.Body, t.BodyAt = s.Text.Body, s.Text.BodyAt
	}
	t.Title, t.Summary = cmp.Or(t.Title, s.Text.Title), cmp.Or(t.Summary, s.Text.Summary)
	return t
}

// seriesLang returns the language attribute of a series' words.
func (l *locale) seriesLang(s *plannedSeries) string {
	if l.seriesText(s).Title != s.Text.Title {
		return ""
	}
	return l.langAttr(cmp.Or(s.Lang, l.m.cfg.Language))
}

func (l *locale) seriesLink(s *plannedSeries) *theme.Link {
	return &theme.Link{Text: l.seriesText(s).Title, Href: l.href(s.path), Lang: l.seriesLang(s)}
}

// seriesPages lists the page of a series and its archive, by year where it has
// editions of several.
func (l *locale) seriesPages(s *plannedSeries) []*Page {
	t := l.seriesText(s)
	list := []*Page{{Path: s.path, Layout: "series", Title: t.Title, Origin: s.Pos.File,
		view: func(page *Page) any { return l.seriesView(page, s, t) }}}
	if len(s.came) == 0 {
		return list
	}
	list = append(list, l.seriesRollPage(s))
	years := l.yearsOf(s)
	list = append(list, l.archivePage(s, 0, years))
	for _, year := range years {
		if len(years) > 1 {
			list = append(list, l.archivePage(s, year, years))
		}
	}
	return list
}

func (l *locale) seriesView(page *Page, s *plannedSeries, t gallery.Text) any {
	p := &theme.Page{
		Title: t.Title, Heading: l.Typeset(t.Title), Image: l.seriesShares[s], Feeds: l.feedsAndCalendar(s.path, t.Title, s.isDated()),
		Description: description(t.Summary, l.md.excerpt(t.Body, descriptionLength)),
		Up:          &theme.Link{Text: l.text.Title, Href: l.href("")},
	}
	v := &theme.Series{
		Lang: l.seriesLang(s), IntroLang: l.introLang(s.Lang, t, s.Text), Summary: t.Summary, Intro: l.html(t.Body), Numbers: l.seriesNumbers(s),
		Live: l.sessionsOf(s), Calendar: l.calendarAt(s.path, s.isDated()),
	}
	if s.Hashtag != "" {
		v.Hashtag = "#" + s.Hashtag
	}
	if at, coming := s.next(l.m.now); !at.IsZero() {
		v.Next = &theme.Fact{Text: l.Label("series.next", l.moment(at)), Time: l.stamp(at)}
		if coming != nil {
			v.Next.Href = l.href(coming.path)
		}
	}
	var shown []*piece
	if g := s.current(); g != nil {
		current := l.edition(g, 0)
		v.Current, v.Call = &current, l.callBox(g)
		if v.Call == nil {
			v.Call = l.callBox(s.coming())
		}
		lead := g.cover()
		if lead != nil {
			v.Lead = l.card(lead, cardStyle{rendition: renditionPlate, priority: true})
			shown = append(shown, lead)
		}
		var rest []*piece
		for _, p := range slices.Concat(g.highlights(editionHighlights+1), g.pieces) {
			if p != lead && len(rest) < editionHighlights && !slices.Contains(rest, p) {
				rest = append(rest, p)
			}
		}
		current.Highlights = l.cards(rest, cardStyle{}, 0)
		shown = append(shown, rest...)
		for _, earlier := range s.came[1:min(1+earlierEditions, len(s.came))] {
			v.Earlier = append(v.Earlier, l.edition(earlier, editionHighlights))
			shown = append(shown, earlier.highlights(editionHighlights)...)
		}
		v.Archive = &theme.Link{Text: l.Label("series.all"), Href: l.href(s.path + archiveDir)}
		v.Thanks = &theme.Link{Text: l.Label("gallery.thanks"), Href: l.href(s.path + rollDir)}
	} else {
		v.Call = l.callBox(s.coming())
	}
	p.Draft = slices.ContainsFunc(shown, func(p *piece) bool { return p.Draft })
	l.ldList(p, t.Title, t.Summary, page.Path, shown)
	v.Base = l.viewBase(page, p)
	return v
}

// seriesNumbers says how often a series comes and how much there is of it.
func (l *locale) seriesNumbers(s *plannedSeries) []string {
	var list []string
	if rhythm := l.Rhythm(s.Every, s.weekday(l.m.cfg.Zone)); rhythm != "" {
		list = append(list, l.Label("series.every", rhythm))
	}
	if len(s.came) == 0 {
		return append(list, l.Label("series.none"))
	}
	list = append(list, l.Plural("gallery.editions", len(s.came)))
	people := map[*contributor]bool{}
	for _, p := range s.pieces {
		for _, c := range p.people {
			if c != nil {
				people[c] = true
			}
		}
	}
	if len(s.pieces) > 0 {
		list = append(list, l.Plural("gallery.pieces", len(s.pieces)))
	}
	if len(people) > 0 {
		list = append(list, l.Plural("gallery.people", len(people)))
	}
	return list
}

// edition returns an edition as one of a list, with so many highlights.
func (l *locale) edition(g *plannedGallery, highlights int) theme.Edition {
	t := l.galleryText(g)
	e := theme.Edition{
		Number: l.editionNumber(g), Title: l.Typeset(t.Title), Lang: l.langAttr(l.galleryLang(g)), Summary: t.Summary, Href: l.href(g.path),
		Date: l.day(g.Edition.Date), DateTime: l.stamp(g.Edition.Date), Chosen: l.chosen(g),
	}
	if g.Call != nil {
		e.State = l.callDates(g.Call)
	}
	e.Highlights = l.cards(g.highlights(highlights), cardStyle{}, 0)
	return e
}

func (l *locale) editionNumber(g *plannedGallery) string {
	return l.Label("series.edition", strconv.Itoa(g.Edition.Number))
}

// editionBox says which edition a gallery is, nil where it is none.
func (l *locale) editionBox(g *plannedGallery) *theme.EditionBox {
	if g.series == nil {
		return nil
	}
	b := &theme.EditionBox{
		Series: *l.seriesLink(g.series), Number: l.editionNumber(g),
		Date: l.day(g.Edition.Date), DateTime: l.stamp(g.Edition.Date),
	}
	beside := func(g *plannedGallery) *theme.Link {
		if g == nil {
			return nil
		}
		return &theme.Link{
			Text: l.Label("series.on", "edition", l.editionNumber(g), "title", l.galleryText(g).Title),
			Href: l.href(g.path), Lang: l.langAttr(l.galleryLang(g)),
		}
	}
	older, newer := g.series.neighbours(g)
	b.Older, b.Newer = beside(older), beside(newer)
	return b
}

// yearOf returns the year of an edition, 0 where it has no date.
func (l *locale) yearOf(g *plannedGallery) int {
	if g.Edition.Date.IsZero() {
		return 0
	}
	return g.Edition.Date.In(l.m.cfg.Zone).Year()
}

// yearsOf returns the years of editions that have come, the newest first.
func (l *locale) yearsOf(s *plannedSeries) []int {
	var years []int
	for _, g := range s.came {
		if year := l.yearOf(g); year != 0 && !slices.Contains(years, year) {
			years = append(years, year)
		}
	}
	return years
}

// archivePage lists the editions of a year or, for 0, all: with highlights,
// but for a list of several years.
func (l *locale) archivePage(s *plannedSeries, year int, years []int) *Page {
	t := l.seriesText(s)
	title, path := l.Label("series.archive", "series", t.Title), s.path+archiveDir
	if year != 0 {
		title, path = l.Label("series.archive_of", "series", t.Title, "year", strconv.Itoa(year)), path+strconv.Itoa(year)+"/"
	}
	return &Page{Path: path, Layout: "archive", Title: title, Origin: s.Pos.File, view: func(page *Page) any {
		link := l.seriesLink(s)
		p := &theme.Page{
			Title: title, Heading: l.Typeset(title), Image: l.seriesShares[s], Feeds: l.feedsOf(s.path, t.Title),
			Description: description(t.Summary, title), Up: link,
		}
		v := &theme.Archive{Series: *link, Years: l.archiveYears(s, year, years)}
		highlights := editionHighlights
		if year == 0 && len(years) > 1 {
			highlights = 0
		}
		var shown []*piece
		for _, g := range s.came {
			of := l.yearOf(g)
			if year != 0 && of != year {
				continue
			}
			if n := len(v.Groups); n == 0 || v.Groups[n-1].Year != strconv.Itoa(of) {
				group := theme.ArchiveYear{Year: strconv.Itoa(of)}
				if year == 0 && len(years) > 1 && of != 0 {
					group.Href = l.href(s.path + archiveDir + group.Year + "/")
				}
				v.Groups = append(v.Groups, group)
			}
			last := &v.Groups[len(v.Groups)-1]
			e := l.edition(g, highlights)
			if highlights == 0 {
				e.Summary, e.State, e.Chosen = "", "", ""
			}
			last.Editions = append(last.Editions, e)
			shown = append(shown, g.highlights(highlights)...)
		}
		p.Draft = slices.ContainsFunc(shown, func(p *piece) bool { return p.Draft })
		l.ldList(p, title, "", page.Path, shown)
		v.Base = l.viewBase(page, p)
		return v
	}}
}

// archiveYears links the archive's pages, none where there is but one.
func (l *locale) archiveYears(s *plannedSeries, here int, years []int) []theme.Filter {
	if len(years) < 2 {
		return nil
	}
	list := []theme.Filter{{Text: l.Label("gallery.all"), Href: l.href(s.path + archiveDir), Count: len(s.came), Current: here == 0}}
	for _, year := range years {
		f := theme.Filter{Text: strconv.Itoa(year), Href: l.href(s.path + archiveDir + strconv.Itoa(year) + "/"), Current: year == here}
		for _, g := range s.came {
			f.Count += b2i(l.yearOf(g) == year)
		}
		list = append(list, f)
	}
	return list
}

// seriesEntry returns a series as one of a list of galleries, with what it
// shows of its current edition.
func (l *locale) seriesEntry(s *plannedSeries, lead *piece) theme.GalleryLink {
	t := l.seriesText(s)
	link := theme.GalleryLink{Title: t.Title, Summary: t.Summary, Href: l.href(s.path), Lang: l.seriesLang(s)}
	if len(s.came) > 0 {
		link.Chosen = l.Plural("gallery.editions", len(s.came))
	}
	g := s.current()
	if g == nil {
		if at, _ := s.next(l.m.now); !at.IsZero() {
			link.State = l.Label("series.next", l.moment(at))
		}
		return link
	}
	of := l.galleryLink(g, lead)
	link.Cover, link.State = of.Cover, of.State
	link.Edition = &theme.Link{Text: l.Label("series.on", "edition", l.editionNumber(g), "title", of.Title), Href: of.Href, Lang: of.Lang}
	return link
}
