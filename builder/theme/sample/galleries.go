package sample

import (
	"fmt"
	"html/template"

	"gallerist/builder/theme"
)

// paragraph is prose as Markdown makes it.
func paragraph(text string) template.HTML {
	return template.HTML("<p>" + template.HTMLEscapeString(text) + "</p>")
}

// link is a link within the sample's site.
func (m maker) link() theme.Link { return theme.Link{Text: m.galleryTitle, Href: "/morning/"} }

// Calls returns the box of a call in each of its states, in one of Languages.
func Calls(o Options, tag string) []*theme.CallBox {
	m := maker{o, tongueOf(tag)}
	var all []*theme.CallBox
	for _, state := range []string{"upcoming", "open", "judging", "closed"} {
		all = append(all, m.callBox(state))
	}
	return all
}

func (m maker) callBox(state string) *theme.CallBox {
	c := &theme.CallBox{State: state, Title: m.galleryTitle, Question: m.question, Dates: m.wasUntil, Href: "/morning/call/", Button: m.take}
	switch state {
	case "open":
		c.Dates, c.Form, c.Hashtag = m.until, "https://forms.example/morning", "#morning"
	case "upcoming":
		c.Dates = m.beginsOn
	default:
		c.Button, c.Next = "", &theme.Link{Text: m.galleryTitle + " 2", Href: "/evening/call/"}
	}
	return c
}

// Pagers returns a pager on its first, a middle, the last and the only page, of few
// and of many pages.
func Pagers() []*theme.Pager {
	var all []*theme.Pager
	for _, p := range []struct{ number, of int }{{3, 3}, {2, 3}, {1, 3}, {84, 84}, {40, 84}} {
		all = append(all, pager(p.number, p.of))
	}
	return all
}

// pager leads through pages that are numbered from the oldest.
func pager(number, of int) *theme.Pager {
	p := &theme.Pager{Number: number}
	address := func(n int) string {
		if n == of {
			return "/morning/"
		}
		return fmt.Sprintf("/morning/%d/", n)
	}
	if number > 1 {
		p.Older = address(number - 1)
	}
	if number < of {
		p.Newer = address(number + 1)
	}
	for n := of; n > 0; n-- {
		if n == of || n == 1 || n >= number-2 && n <= number+2 {
			p.Pages = append(p.Pages, theme.Filter{Text: fmt.Sprint(n), Href: address(n), Current: n == number})
		}
	}
	return p
}

// Filters returns the links of a gallery to narrower lists, in one of Languages.
func Filters(tag string) []theme.Filter { return maker{tongue: tongueOf(tag)}.filters(24) }

func (m maker) filters(n int) []theme.Filter {
	list := []theme.Filter{{Text: m.all, Href: "/morning/", Count: n, Current: true}}
	for i, p := range m.who[:5] {
		list = append(list, theme.Filter{Text: p.place, Href: fmt.Sprintf("/places/%d/", i), Count: i + 1})
	}
	return append(list, theme.Filter{Text: m.long.place, Href: "/places/long/", Count: 1})
}

func (m maker) facts() theme.Facts {
	return theme.Facts{Chosen: m.chosen, People: m.numberPeople, Places: m.numberPlaces, Dates: m.until}
}

func (m maker) home(n int) *theme.Home {
	h := &theme.Home{Base: m.base(m.site), Intro: paragraph(m.intro), Call: m.callBox("open")}
	h.Base.Page.Up = nil
	if n == 0 {
		return h
	}
	h.Lead, h.Latest, h.People = m.lead("plate"), m.cards(1, min(n-1, 12)), n
	h.Thanks = &theme.Link{Text: m.thanked, Href: "/thanks/"}
	h.Galleries = append(h.Galleries, m.galleryLink(0))
	if n > 2 {
		h.Galleries = append(h.Galleries, m.galleryLink(1), theme.GalleryLink{Title: m.longText, Href: "/words/"})
		h.Laurels = &theme.Laurels{Title: m.galleryTitle, Href: "/dance/winners/", Cards: m.cards(30, 2)}
	}
	return h
}

func (m maker) galleryLink(i int) theme.GalleryLink {
	cover := m.piece("photo", m.who[i+2], m.titles[i+2], shapeOf(i+2), i+2)
	cover.Picture = m.picture("cover", shapeOf(i+2), m.titles[i+2], i+2)
	g := theme.GalleryLink{Title: m.galleryTitle, Summary: m.summary, Href: "/morning/", State: m.until, Chosen: m.chosen, Cover: cover}
	if i == 1 {
		g.Edition = &theme.Link{Text: m.edition, Href: "/monday/2026-11/"}
	}
	return g
}

func (m maker) gallery(n int) *theme.Gallery {
	g := &theme.Gallery{Base: m.base(m.galleryTitle), Kind: "ugc", Summary: m.summary, Intro: paragraph(m.intro), Facts: m.facts(), Call: m.callBox("open")}
	g.Base.Page.Up = nil
	if n == 0 {
		return g
	}
	g.Lead, g.Items = m.lead("plate"), m.cards(1, n-1)
	g.Thanks = &theme.Link{Text: m.thanked, Href: "/morning/thanks/"}
	if n > 3 {
		g.Filters, g.Pager = m.filters(n), pager(3, 3)
	}
	return g
}

func (m maker) olderPage() *theme.Gallery {
	g := m.gallery(24)
	g.Lead, g.Intro, g.Pager = nil, "", pager(2, 3)
	g.Base.Page.Prev, g.Base.Page.Next = g.Pager.Newer, g.Pager.Older
	return g
}

func (m maker) editionPage() *theme.Gallery {
	g := m.gallery(3)
	g.Base = draft(g.Base)
	g.Edition = m.editionBox()
	g.Live = m.sessions()
	return g
}

func (m maker) editionBox() *theme.EditionBox {
	return &theme.EditionBox{Series: theme.Link{Text: m.galleryTitle, Href: "/monday/"}, Number: m.edition, Date: m.day, DateTime: "2026-11-09T00:00:00+03:00",
		Older: &theme.Link{Text: m.titles[1], Href: "/monday/2/"}, Newer: &theme.Link{Text: m.titles[6], Href: "/monday/4/"}}
}

// sessions are one to come, one that is called off and one that is over.
func (m maker) sessions() []theme.Session {
	coming := theme.Session{ID: "live-1", Title: m.titles[3], When: m.later, Zone: "UTC+3", Starts: "2026-11-12T19:00:00+03:00", Where: m.who[0].place, Text: m.asks,
		Join: "https://live.example/1", Calendar: "https://windowsill.example/live.ics"}
	off := coming
	off.ID, off.Cancelled, off.Join = "live-2", true, ""
	over := theme.Session{ID: "live-3", Title: m.titles[4], When: m.day, Starts: "2026-11-09T19:00:00+03:00", Over: true, Recording: m.piece("video", m.who[4], m.titles[4], shapeOf(7), 7),
		Moments: []theme.Moment{{At: "0:42", Text: m.titles[0], Href: "/film.mp4#t=42"}, {At: "3:07", Text: m.longText}}, Highlights: m.cards(40, 2)}
	elsewhere := theme.Session{ID: "live-4", Title: m.titles[5], When: m.day, Starts: "2026-11-09", Over: true,
		Watch: &theme.Link{Text: m.take, Href: "https://film.example/1"}, Note: m.summary, Of: &theme.Link{Text: m.edition, Href: "/monday/3/"}}
	return []theme.Session{coming, off, over, elsewhere}
}

func (m maker) series(running bool) *theme.Series {
	s := &theme.Series{Base: m.base(m.galleryTitle), Summary: m.summary, Intro: paragraph(m.intro), Call: m.callBox("upcoming"),
		Next: &theme.Fact{Name: m.take, Text: m.later, Time: "2026-11-16T00:00:00+03:00"}}
	s.Base.Page.Up = nil
	if !running {
		return s
	}
	s.Lead, s.Call, s.Hashtag, s.Numbers = m.lead("plate"), m.callBox("open"), "#monday", []string{m.edition, m.numberPeople}
	current := m.editionOf(3)
	s.Current, s.Live = &current, m.sessions()[:1]
	s.Earlier = []theme.Edition{m.editionOf(2), m.editionOf(1)}
	s.Archive = &theme.Link{Text: m.all, Href: "/monday/archive/"}
	s.Thanks = &theme.Link{Text: m.thanked, Href: "/monday/thanks/"}
	s.Calendar = "https://windowsill.example/monday.ics"
	return s
}

func (m maker) editionOf(n int) theme.Edition {
	return theme.Edition{Number: m.edition, Title: m.titles[n], Summary: m.summary, Href: fmt.Sprintf("/monday/%d/", n), Date: m.day, DateTime: "2026-11-09T00:00:00+03:00",
		State: m.wasUntil, Chosen: m.chosen, Highlights: m.cards(10*n, n)}
}

func (m maker) archive() *theme.Archive {
	return &theme.Archive{Base: m.base(m.all), Series: theme.Link{Text: m.galleryTitle, Href: "/monday/"},
		Years: []theme.Filter{{Text: m.all, Href: "/monday/archive/", Count: 4, Current: true}, {Text: "2026", Href: "/monday/2026/", Count: 3}, {Text: "2025", Href: "/monday/2025/", Count: 1}},
		Groups: []theme.ArchiveYear{{Year: "2026", Href: "/monday/2026/", Editions: []theme.Edition{m.editionOf(3), m.editionOf(2)}},
			{Year: "2025", Editions: []theme.Edition{m.editionOf(1)}}}}
}
