package builder

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"gallerist/builder/feed"
	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

func (l *locale) homePage() *Page {
	return &Page{Path: "", Layout: "home", Title: l.text.Title, Origin: configFile, view: l.homeView}
}

func (l *locale) homeView(page *Page) any {
	m := l.m
	lead, latest := leadOf(m.pieces)
	decided, best := m.decided()
	if decided != nil {
		first, rest := leadAmong(best, m.pieces)
		if lead.Featured && lead.gallery != decided && lead.Published.After(decided.results()) { // it is newer
			rest = slices.DeleteFunc(rest, func(p *piece) bool { return p == lead })
		} else {
			lead, best = first, best[1:]
		}
		latest = rest
	}
	if len(latest) > latestOnHome {
		latest = latest[:latestOnHome]
	}
	p := &theme.Page{Title: l.text.Title, Heading: l.Typeset(l.text.Title), Description: description(l.text.Description, l.text.Tagline), Image: l.siteShare, Feeds: l.feedsOf("", l.text.Title)}
	l.ldHome(p, lead, slices.Concat(best[:min(len(best), maxLaurels)], latest))
	v := theme.Home{People: len(m.contributors), Call: l.callBox(m.openCall())}
	if lead != nil {
		c := l.card(lead, cardStyle{rendition: renditionPlate, mixed: true, priority: true})
		v.Lead = c
	}
	v.Thanks = l.rollLink(l.Label("gallery.thanks"))
	v.Base = l.viewBase(page, p)
	v.Intro = paragraph(l.text.Description)
	v.Laurels = l.laurels(decided, best)
	eager := 3
	if lead != nil { // it fills the first view
		eager = 0
	}
	v.Latest = l.cards(latest, cardStyle{mixed: len(m.galleries) > 1}, eager)
	for _, e := range m.entries() {
		if e.series != nil {
			v.Galleries = append(v.Galleries, l.seriesEntry(e.series, lead))
			continue
		}
		v.Galleries = append(v.Galleries, l.galleryLink(e.gallery, lead))
	}
	return &v
}

// leadOf picks the newest featured piece, else the newest, to stand first and
// large, and returns the others.
func leadOf(list []*piece) (*piece, []*piece) {
	if len(list) == 0 {
		return nil, nil
	}
	at := 0
	for i, p := range list {
		if p.Featured && len(p.pictures) > 0 {
			at = i
			break
		}
	}
	rest := make([]*piece, 0, len(list)-1)
	return list[at], append(append(rest, list[:at]...), list[at+1:]...)
}

// leadAmong is leadOf where the best of a list are known: the first of them
// stands first, and none of them is among the others.
func leadAmong(best, list []*piece) (*piece, []*piece) {
	if len(best) == 0 {
		return leadOf(list)
	}
	return best[0], slices.DeleteFunc(slices.Clone(list), func(p *piece) bool { return slices.Contains(best, p) })
}

// galleryLink returns a gallery as one of a list. Its cover is another piece
// than the one that stands first on the page.
func (l *locale) galleryLink(g *plannedGallery, lead *piece) theme.GalleryLink {
	t := l.galleryText(g)
	link := theme.GalleryLink{
		Title: t.Title, Summary: t.Summary, Href: l.href(g.path),
		Lang: l.langAttr(l.galleryLang(g)), Chosen: cmp.Or(l.madeBy(g), l.chosen(g)),
	}
	if g.Call != nil {
		link.State = l.callDates(g.Call)
	}
	cover := g.cover()
	if i := slices.IndexFunc(g.pieces, func(p *piece) bool { return p != lead && len(p.pictures) > 0 }); cover == lead && i >= 0 {
		cover = g.pieces[i]
	}
	if cover != nil {
		c := l.card(cover, cardStyle{})
		link.Cover = c
	}
	return link
}

// cover returns the piece that stands for a gallery: the one it names, else
// what a collaboration led to, else the newest featured, else the newest.
func (g *plannedGallery) cover() *piece {
	for _, p := range g.pieces {
		if p.ID == g.Cover {
			return p
		}
	}
	if g.team != nil && g.team.result != nil {
		return g.team.result
	}
	lead, _ := leadOf(g.pieces)
	return lead
}

// chosen says how many of those received are shown.
func (l *locale) chosen(g *plannedGallery) string {
	n := 0
	for _, p := range g.pieces {
		if !p.Draft {
			n++
		}
	}
	if n == g.received {
		return ""
	}
	return l.Plural("gallery.chosen", n, "total", g.received)
}

// paragraph makes a plain text a paragraph.
func paragraph(s string) template.HTML {
	if s == "" {
		return ""
	}
	return template.HTML("<p>" + template.HTMLEscapeString(s) + "</p>")
}

func (l *locale) ldHome(page *theme.Page, lead *piece, latest []*piece) {
	setLD(page, func(w *jsonWriter) {
		w.ldNode("WebSite", func() {
			w.text("name", l.text.Title)
			w.text("url", l.abs(""))
			w.text("inLanguage", l.tag)
			w.optional("description", l.text.Description)
		})
		if lead != nil {
			l.ldFirst(w, lead, false)
		}
		for _, p := range latest {
			l.ldFirst(w, p, false)
		}
	})
}

func (l *locale) articlePage(a *plannedArticle) *Page {
	t := l.articleText(a)
	return &Page{Path: a.path, Layout: "page", Title: t.Title, Origin: a.Pos.File, view: func(page *Page) any {
		p := &theme.Page{Title: t.Title, Heading: l.Typeset(t.Title), Description: description(t.Summary, l.md.excerpt(t.Body, descriptionLength))}
		v := theme.Article{Base: l.viewBase(page, p), Body: l.html(t.Body), Terms: l.termsView(a)}
		v.Lang, v.BodyLang = l.articleLang(a)
		return &v
	}}
}

func (l *locale) articleText(a *plannedArticle) gallery.ArticleText {
	t, ok := a.In[l.tag]
	if !ok {
		return a.Text
	}
	if t.Title == "" {
		t.Title = a.Text.Title
	}
	if strings.TrimSpace(t.Body) == "" {
		t.Body = a.Text.Body
	}
	return t
}

func (l *locale) feedPage() *Page {
	return &Page{Path: "feed/", Layout: "feed", Title: l.Label("feed.title"), Origin: configFile, view: func(page *Page) any {
		p := &theme.Page{Title: page.Title, Description: l.Label("feed.intro")}
		v := theme.FeedPage{Base: l.viewBase(page, p), AllFormats: len(l.m.cfg.Feeds.Formats) == len(feed.Formats)}
		v.Groups = append(v.Groups, theme.FeedGroup{
			Title: l.text.Title, Feeds: l.feedsAndCalendar("", l.text.Title, slices.ContainsFunc(l.m.galleries, (*plannedGallery).isDated)),
		})
		for _, e := range l.m.entries() {
			v.Groups = append(v.Groups, l.feedGroup(e))
			if e.gallery != nil && e.gallery.board != nil {
				v.Groups = append(v.Groups, theme.FeedGroup{Title: l.Label("board.feed", l.galleryText(e.gallery).Title), Feeds: l.changeFeeds(e.gallery)})
			}
		}
		for _, g := range v.Groups {
			for i := range g.Feeds {
				f := &g.Feeds[i]
				f.Host, f.Path = splitAddress(f.Href)
			}
		}
		v.Latest = l.cards(l.m.pieces[:min(10, len(l.m.pieces))], cardStyle{mixed: len(l.m.galleries) > 1}, 2)
		return &v
	}}
}

// splitAddress parts "https://shop.example/cats/feed.xml" in "shop.example" and
// "/cats/feed.xml", between which a line may break.
func splitAddress(address string) (host, path string) {
	_, rest, _ := strings.Cut(address, "://")
	i := max(0, strings.IndexByte(rest, '/'))
	return rest[:i], rest[i:]
}

// feedGroup tells how a gallery is followed, or a series with all its editions.
func (l *locale) feedGroup(e entry) theme.FeedGroup {
	if s := e.series; s != nil {
		title := l.seriesText(s).Title
		return theme.FeedGroup{Title: title, Feeds: l.feedsAndCalendar(s.path, title, s.isDated())}
	}
	return theme.FeedGroup{Title: l.shown(e.gallery).text.Title, Feeds: l.feedsAndCalendar(e.gallery.path, l.shown(e.gallery).text.Title, e.gallery.isDated())}
}

func (l *locale) notFoundPage() *Page {
	return &Page{Path: "404.html", Layout: "404", Title: l.Label("missing.title"), Origin: configFile, NoIndex: true, Only: true,
		view: func(page *Page) any {
			p := &theme.Page{Title: page.Title, Description: l.Label("missing.text")}
			v := theme.NotFound{Base: l.viewBase(page, p), Call: l.callBox(l.m.openCall())}
			v.Latest = l.cards(l.m.pieces[:min(3, len(l.m.pieces))], cardStyle{}, 0)
			return &v
		}}
}

func (l *locale) gonePage(path string) *Page {
	return &Page{Path: path, Layout: "gone", Title: l.Label("gone.title"), Origin: path, NoIndex: true, view: func(page *Page) any {
		p := &theme.Page{Title: page.Title, Description: l.Label("gone.text")}
		v := theme.Gone{Base: l.viewBase(page, p), Gallery: theme.Link{Text: l.text.Title, Href: l.href("")}}
		for _, g := range l.m.galleries {
			if strings.HasPrefix(path, g.path) {
				v.Gallery = theme.Link{Text: l.galleryText(g).Title, Href: l.href(g.path)}
			}
		}
		return &v
	}}
}

// menuArticles returns the plain pages that ask for a place in the menu, in
// the order they ask for.
func (l *locale) menuArticles() []*plannedArticle {
	var list []*plannedArticle
	for _, a := range l.m.articles {
		if a.Menu > 0 {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b *plannedArticle) int {
		return cmp.Or(cmp.Compare(a.Menu, b.Menu), cmp.Compare(a.path, b.path))
	})
	return list
}
