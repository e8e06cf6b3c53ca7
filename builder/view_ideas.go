package builder

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

// answerLength is how many characters of an answer stand on the board.
const answerLength = 220

// boardPages lists the pages of a board. Up to two pages' worth of ideas stand
// on one, as in other lists; of more, each section shows half a page's worth and
// leads to pages of its own.
func (l *locale) boardPages(g *plannedGallery) []*Page {
	front := &Page{Path: g.path, Images: g.pieces}
	front.view = func(page *Page) any {
		p := &theme.Page{}
		v := l.boardView(g, p)
		t := v.text
		v.Intro, v.Facts, v.Call = l.html(t.Body), l.boardFacts(g), l.callBox(g)
		v.Edition, v.Live = l.editionBox(g), l.liveOf(g)
		p.Feeds = slices.Concat(l.changeFeeds(g), l.feedsAndCalendar(g.path, t.Title, g.isDated()))
		v.Board.Statuses = l.boardFilters(g, "")
		v.Thanks = &theme.Link{Text: l.Label("gallery.thanks"), Href: l.href(g.path + "thanks/")}
		for _, s := range g.board.sections {
			v.Board.Sections = append(v.Board.Sections, l.boardSection(g, s, s.ideas[:l.boardCut(g, s)], v.Facts.Counted == ""))
		}
		setLD(p, func(w *jsonWriter) { l.ldBoard(w, g, page.Path, g.boardIdeas()) })
		v.Base = l.viewBase(page, p)
		return &v.Gallery
	}
	pages := []*Page{front}
	for _, s := range g.board.sections {
		if l.boardCut(g, s) == len(s.ideas) {
			continue
		}
		for _, part := range l.listPages(sectionPath(g, s), s.ideas) {
			pages = append(pages, part.page)
			part.page.view = func(page *Page) any { return l.sectionView(page, g, s, part) }
		}
	}
	for _, p := range pages {
		p.Layout, p.Title, p.Origin = "gallery-ideas", l.galleryText(g).Title, g.Pos.File
		p.key = func(k *keys) string {
			s := newSum().number(g.received).share(l.galleryShares[g])
			k.addSessions(s, g)
			return k.of(p.File, s, slices.Concat(g.pieces, g.board.around)...)
		}
	}
	return pages
}

// boardPage is a view of a board while it is made.
type boardPage struct {
	theme.Gallery
	text gallery.Text
}

func (l *locale) boardView(g *plannedGallery, p *theme.Page) *boardPage {
	v := &boardPage{text: l.galleryText(g)}
	t := v.text
	p.Title, p.Heading, p.Image = t.Title, l.Typeset(t.Title), l.galleryShares[g]
	p.Description = description(t.Summary, l.md.excerpt(t.Body, descriptionLength))
	if p.Up = (&theme.Link{Text: l.text.Title, Href: l.href("")}); g.series != nil {
		p.Up = l.seriesLink(g.series)
	}
	p.Feeds = slices.Concat(l.changeFeeds(g), l.shown(g).feeds)
	p.Draft = slices.ContainsFunc(g.pieces, func(p *piece) bool { return p.Draft })
	v.Kind, v.Lang, v.Summary = string(g.Kind), l.langAttr(l.galleryLang(g)), t.Summary
	v.IntroLang = l.introLang(g.Lang, t, g.Text)
	v.Board = &theme.Board{}
	return v
}

// sectionView is a page of the ideas of one status.
func (l *locale) sectionView(page *Page, g *plannedGallery, s *section, part slice) any {
	p := &theme.Page{}
	v := l.boardView(g, p)
	p.Title = l.boardLabel(s.status) + " · " + v.text.Title
	if part.pager.newer != "" {
		p.Title += " · " + l.Label("gallery.page", part.pager.number)
	}
	p.Up = &theme.Link{Text: l.Plural("board.ideas", g.board.ideas), Href: l.href(g.path)}
	v.Summary, v.Pager = "", l.pager(part.pager, p)
	v.Board.Statuses = l.boardFilters(g, string(s.status))
	all := l.boardSection(g, s, part.pieces, true)
	all.Folded, all.All = false, nil
	v.Board.Sections = []theme.BoardSection{all}
	setLD(p, func(w *jsonWriter) { l.ldBoard(w, g, page.Path, part.pieces) })
	v.Base = l.viewBase(page, p)
	return &v.Gallery
}

func sectionPath(g *plannedGallery, s *section) string {
	return g.path + "page/" + string(s.status) + "/"
}

// boardIdeas returns the ideas that stand for themselves, as on the board.
func (g *plannedGallery) boardIdeas() []*piece {
	var list []*piece
	for _, s := range g.board.sections {
		list = append(list, s.ideas...)
	}
	return list
}

// boardCut returns how many ideas of a section stand on the board itself.
func (l *locale) boardCut(g *plannedGallery, s *section) int {
	if frozenPages(g.board.ideas, l.theme.PageSize) == 0 {
		return len(s.ideas)
	}
	return min(len(s.ideas), max(l.theme.PageSize/2, 1))
}

// boardAt returns the address of the page on which an idea's card stands.
func (l *locale) boardAt(p *piece) string {
	g, s := p.gallery, p.idea.section
	if p.idea.place < l.boardCut(g, s) {
		return g.path
	}
	size, number := l.theme.PageSize, len(s.ideas)-p.idea.place
	return pagePath(sectionPath(g, s), (number-1)/size+1, frozenPages(len(s.ideas), size))
}

// boardFilters returns links to the sections; current is the status of whose
// own pages this is one.
func (l *locale) boardFilters(g *plannedGallery, current string) []theme.Filter {
	if len(g.board.sections) < 2 {
		return nil
	}
	var list []theme.Filter
	if current != "" {
		list = append(list, theme.Filter{Text: l.Label("gallery.all"), Href: l.href(g.path), Count: g.board.ideas})
	}
	for _, s := range g.board.sections {
		f := theme.Filter{Text: l.boardLabel(s.status), Href: "#" + string(s.status), Count: len(s.ideas), Current: current == string(s.status)}
		switch {
		case current != "" && l.boardCut(g, s) < len(s.ideas):
			f.Href = l.href(sectionPath(g, s))
		case current != "":
			f.Href = l.href(g.path) + f.Href
		}
		list = append(list, f)
	}
	return list
}

func (l *locale) boardLabel(s gallery.IdeaStatus) string { return l.Label("board." + string(s)) }
func (l *locale) boardMeaning(s gallery.IdeaStatus) string {
	return l.Label("board." + string(s) + "_text")
}
func (l *locale) ideaLabel(s gallery.IdeaStatus) string { return l.Label("idea." + string(s)) }

// boardFacts returns a board's numbers in words.
func (l *locale) boardFacts(g *plannedGallery) theme.Facts {
	f := l.facts(g)
	f.Chosen = l.Plural("board.ideas", g.board.ideas)
	if day := countedOn(g.boardIdeas()); !day.IsZero() {
		f.Counted = l.Label("idea.counted", l.day(day))
	}
	return f
}

// countedOn returns the day on which the supporters of several ideas were
// counted, zero where each has its own or only one has any.
func countedOn(ideas []*piece) (day time.Time) {
	counted := 0
	for _, p := range ideas {
		if p.idea.supporters == 0 {
			continue
		}
		if counted++; counted > 1 && !p.idea.counted.Equal(day) {
			return time.Time{}
		}
		day = p.idea.counted
	}
	if counted < 2 {
		return time.Time{}
	}
	return day
}

// boardSection shows ideas of one status; dated tells whether each says when its
// supporters were counted.
func (l *locale) boardSection(g *plannedGallery, s *section, ideas []*piece, dated bool) theme.BoardSection {
	v := theme.BoardSection{
		ID: string(s.status), Title: l.boardLabel(s.status), Text: l.boardMeaning(s.status),
		Count: len(s.ideas), Folded: s.status == gallery.IdeaDeclined,
	}
	if len(ideas) < len(s.ideas) {
		v.All = &theme.Link{Text: l.Plural("board.show", len(s.ideas)), Href: l.href(sectionPath(g, s))}
	}
	for _, p := range ideas {
		v.Ideas = append(v.Ideas, l.ideaCard(p, dated))
	}
	return v
}

func (l *locale) ideaCard(p *piece, dated bool) theme.IdeaCard {
	said := l.said(p)
	c := theme.IdeaCard{
		Card: l.card(p, cardStyle{rendition: renditionStrip}), Also: l.also(p), Supporters: l.supporters(p, dated),
		Answer: cmp.Or(l.md.excerpt(said.Answer, answerLength), shorten(said.reason(len(p.state().History)-1), answerLength)), Outcome: l.outcome(p, said), Lang: said.lang, Date: l.stamp(p.changed()),
	}
	if c.Heading, c.Text = l.Typeset(c.Card.Title), c.Card.Excerpt; c.Heading == "" {
		c.Heading, c.Text = cmp.Or(c.Text, c.Card.CreditLine), ""
	}
	key := "board.changed"
	if len(p.state().History) == 0 {
		key = "board.proposed"
	}
	c.Changed = l.Label(key, l.day(p.changed()))
	return c
}

// ideaView is what the page of an idea shows of its board, nil for other pieces.
func (l *locale) ideaView(p *piece) *theme.Idea {
	if p.idea == nil {
		return nil
	}
	said, kept := l.said(p), p
	v := &theme.Idea{Answer: l.answer(said.Answer), Outcome: l.outcome(p, said), Lang: said.lang, Also: l.also(p)}
	if kept = cmp.Or(p.idea.into, p); kept != p {
		v.Into = &theme.Link{Text: l.titleOf(kept), Href: l.href(kept.path), Lang: l.langAttr(l.titleLang(kept))}
		v.IntoText = l.Label("idea.into")
	}
	v.Status, v.Supporters, v.Date = string(p.idea.status), l.supporters(kept, true), l.stamp(kept.changed())
	v.StatusText = l.Label("idea.since", "status", l.ideaLabel(p.idea.status), "date", l.day(kept.changed()))
	v.History = l.history(p, said)
	for _, m := range p.idea.merged {
		v.Merged = append(v.Merged, l.card(m, cardStyle{rendition: renditionStrip}))
	}
	return v
}

// history returns the changes of an idea's status, the last first, down to its
// arrival.
func (l *locale) history(p *piece, said said) []theme.IdeaChange {
	s := p.state()
	var list []theme.IdeaChange
	add := func(status gallery.IdeaStatus, day, date, reason string) {
		list = append(list, theme.IdeaChange{Status: l.ideaLabel(status), Day: day, Date: date, Reason: reason})
	}
	if len(s.History) == 0 || s.History[0].Status != gallery.IdeaNew {
		arrived := cmp.Or(p.Received, p.Published)
		add(gallery.IdeaNew, l.day(arrived), l.stamp(arrived), "")
	}
	for i, h := range s.History {
		add(h.Status, l.day(h.Date), l.stamp(h.Date), said.reason(i))
	}
	slices.Reverse(list)
	return list
}

// said is what the brand says of an idea in this language.
type said struct {
	gallery.BrandText
	lang string // where it is not the page's
}

func (s said) reason(i int) string {
	if i >= 0 && i < len(s.Reasons) {
		return s.Reasons[i]
	}
	return ""
}

// said returns the brand's words: those that are not translated, as they were
// written.
func (l *locale) said(p *piece) said {
	var own, here gallery.BrandText
	if p.Text.Brand != nil {
		own = *p.Text.Brand
	}
	if t, ok := p.In[l.tag]; ok && t.Brand != nil {
		here = *t.Brand
	}
	s := said{BrandText: gallery.BrandText{Answer: cmp.Or(here.Answer, own.Answer), Outcome: cmp.Or(here.Outcome, own.Outcome)}}
	for i, reason := range own.Reasons {
		if i < len(here.Reasons) {
			reason = cmp.Or(here.Reasons[i], reason)
		}
		s.Reasons = append(s.Reasons, reason)
	}
	if here.Answer == "" && strings.Join(here.Reasons, "") == "" && here.Outcome == "" {
		s.lang = l.langAttr(l.m.languageOf(p))
	}
	return s
}

func (l *locale) answer(text string) template.HTML {
	if text == "" {
		return ""
	}
	return l.html(text)
}

// outcome returns the link to what came of an idea, nil where there is none.
func (l *locale) outcome(p *piece, said said) *theme.Link {
	o := p.state().Outcome
	switch {
	case o == nil:
		return nil
	case p.idea.outcome != nil:
		to := p.idea.outcome
		return &theme.Link{Text: cmp.Or(said.Outcome, l.titleOf(to)), Href: l.href(to.path)}
	case o.URL != "":
		return &theme.Link{Text: cmp.Or(said.Outcome, l.Label("idea.outcome")), Href: o.URL}
	}
	return nil
}

// supporters says how many support an idea, with the date of the count but where
// the page says it once for all.
func (l *locale) supporters(p *piece, dated bool) string {
	if p.idea.supporters == 0 {
		return ""
	}
	text := l.Plural("idea.supporters", p.idea.supporters)
	if dated {
		text = l.Label("idea.supporters_on", "supporters", text, "date", l.day(p.idea.counted))
	}
	return text
}

// also names those whose ideas were merged into this one, but for its own
// authors.
func (l *locale) also(p *piece) string {
	var people []gallery.PublicAuthor
	known := map[string]bool{}
	for _, a := range p.Authors {
		known[a.Key] = true
	}
	for _, m := range p.idea.merged {
		for _, a := range l.authors(m) {
			if a.Name == "" || !known[a.Key] {
				known[a.Key] = true
				people = append(people, a)
			}
		}
	}
	if len(people) == 0 {
		return ""
	}
	return l.Label("idea.also", l.People(people))
}

// alsoCredits are those of also as a list.
func (l *locale) alsoCredits(p *piece, list []theme.Credit) []theme.Credit {
	if p.idea == nil || len(p.idea.merged) == 0 {
		return list
	}
	list = slices.Clone(list)
	for _, m := range p.idea.merged {
		for _, c := range l.creditsOf(m) {
			if c.Role = l.Label("idea.also_role"); c.Href == "" || !slices.ContainsFunc(list, func(x theme.Credit) bool { return x.Href == c.Href }) {
				list = append(list, c)
			}
		}
	}
	return list
}

// ldBoard writes the structured data of a page of a board.
func (l *locale) ldBoard(w *jsonWriter, g *plannedGallery, path string, ideas []*piece) {
	t := l.shown(g).text
	w.ldNode("CollectionPage", func() {
		w.text("name", t.Title)
		w.optional("description", t.Summary)
		w.text("url", l.origin, l.base, l.prefix, path)
		w.text("inLanguage", l.tag)
		w.optionalList("hasPart", func() {
			for _, p := range ideas {
				w.ldNode("CreativeWork", func() {
					w.text("name", l.titleOf(p))
					w.text("url", l.origin, l.base, l.prefix, p.path)
				})
			}
		})
	})
}

// ldAlso writes those whose ideas were merged into this one.
func (l *locale) ldAlso(w *jsonWriter, p *piece) {
	if p.idea == nil {
		return
	}
	known := map[*contributor]bool{}
	for _, c := range p.people {
		known[c] = true
	}
	w.optionalList("contributor", func() {
		for _, m := range p.idea.merged {
			for i, c := range m.people {
				if c == nil || known[c] {
					continue
				}
				known[c] = true
				w.ldNode(kindLD(c.Kind), func() {
					w.text("name", l.author(m, i).Name)
					w.optional("url", l.origin, l.base, l.prefix, c.path)
				})
			}
		}
	})
}
