package builder

import (
	"slices"
	"strconv"
	"strings"

	"gallerist/builder/problem"
)

// Page is one HTML page that will exist. Its view is made when it is
// rendered, so that a large site is never in memory as a whole.
type Page struct {
	Path    string // below the site and its language: "morning/olya/"
	File    string // of the output: "en/morning/olya/index.html"
	URL     string // "/sub/en/morning/olya/"
	Layout  string
	Lang    string
	Title   string
	Origin  string // what it is made from, for messages
	NoIndex bool   // neither in the sitemap nor to be indexed
	Only    bool   // exists in this language alone
	Images  []*piece

	view func(*Page) any
	key  func(*keys) string // nil where it may show anything
}

// keyOf returns the page's key, "" where there are none.
func (p *Page) keyOf(k *keys) string {
	switch {
	case k == nil:
		return ""
	case p.key == nil:
		return k.all(p.File)
	}
	return p.key(k)
}

// inLanguage tells whether the page exists in a language.
func (p *Page) inLanguage(tag string) bool { return !p.Only || p.Lang == tag }

// pages lists every page of a language, a gallery's together: what they share
// can then be forgotten early.
func (l *locale) pages() []*Page {
	list := make([]*Page, 0, len(l.m.pieces)*5/4+len(l.m.contributors)+64)
	list = append(list, l.homePage())
	for _, s := range l.m.series {
		list = append(list, l.seriesPages(s)...)
	}
	for _, g := range l.m.galleries {
		list = append(list, l.galleryPages(g)...)
		for _, p := range g.pieces {
			list = append(list, l.piecePage(p))
		}
	}
	list = append(list, l.indexPages()...)
	for _, a := range l.m.articles {
		list = append(list, l.articlePage(a))
	}
	list = append(list, l.feedPage())
	if l.index == 0 { // hosts show one page for whatever is missing
		list = append(list, l.notFoundPage())
	}
	for _, path := range l.m.gone {
		list = append(list, l.gonePage(path))
	}
	if l.m.rollPath() == rollDir {
		list = append(list, l.siteRollPage())
	}
	list = append(list, l.thankPages()...)
	for _, p := range list {
		p.Lang = l.tag
		p.File = l.prefix + p.Path
		if !strings.HasSuffix(p.File, ".html") {
			p.File += "index.html"
		}
		p.URL = l.href(p.Path)
	}
	return list
}

func (l *locale) galleryPages(g *plannedGallery) []*Page {
	pages := l.itemPages(g)
	if g.Call != nil {
		pages = append(append(pages, l.callPage(g)), l.posterPages(g)...)
	}
	if g.draws() {
		pages = append(pages, l.drawPage(g))
	}
	pages = append(pages, l.contestPages(g)...)
	return append(pages, l.rollPage(g))
}

// itemPages lists the pages on which a gallery's pieces stand.
func (l *locale) itemPages(g *plannedGallery) []*Page {
	if g.board != nil {
		return l.boardPages(g)
	}
	list := l.listPages(g.path, g.pieces)
	for i, part := range list {
		page := part.page
		page.Layout, page.Title, page.Origin = "gallery-"+string(g.Kind), l.galleryText(g).Title, g.Pos.File
		first := i == 0
		page.view = func(p *Page) any { return l.galleryView(p, g, part, first) }
		page.key = func(k *keys) string {
			if first && g.team != nil {
				return k.all(page.File) // its people have pages and portraits
			}
			s := part.pager.sum().share(l.galleryShares[g])
			k.addSessions(s, g)
			if first { // its numbers are the whole gallery's
				return k.of(page.File, s.number(g.received), g.pieces...)
			}
			return k.of(page.File, s, part.pieces...)
		}
	}
	pages := make([]*Page, 0, len(list)+2)
	for _, part := range list {
		pages = append(pages, part.page)
	}
	return pages
}

// slice is one page of a list in pages.
type slice struct {
	page   *Page
	pieces []*piece // newest first
	pager  pagerPlan
}

// pagerPlan is where a page stands in its list.
type pagerPlan struct {
	number       int      // from 1 for the oldest
	older, newer string   // paths or ""
	all          []string // paths, newest first; on the front page only
}

func (p pagerPlan) sum() *sumOf {
	return newSum().number(p.number).text(p.older, p.newer).text(p.all...)
}

// listPages cuts a list into pages. Pages are numbered from the oldest, so
// that an old page never changes: page/1/ holds the oldest pieces, and the
// front page, which has no number in its address, the newest: one page's
// worth up to just under two.
func (l *locale) listPages(path string, list []*piece) []slice {
	size := l.theme.PageSize
	frozen := frozenPages(len(list), size)
	at := func(n int) string { return pagePath(path, n, frozen) }
	cut := len(list) - frozen*size
	front := slice{page: &Page{Path: path, Images: list[:cut]}, pieces: list[:cut], pager: pagerPlan{number: frozen + 1}}
	out := []slice{front}
	for n := frozen; n >= 1; n-- {
		from := cut + (frozen-n)*size
		part := slice{page: &Page{Path: at(n), Images: list[from : from+size]}, pieces: list[from : from+size]}
		part.pager = pagerPlan{number: n, newer: at(n + 1)}
		out = append(out, part)
	}
	for i := range out {
		if out[i].pager.number > 1 {
			out[i].pager.older = at(out[i].pager.number - 1)
		}
	}
	if frozen > 0 {
		for n := frozen + 1; n >= 1; n-- {
			out[0].pager.all = append(out[0].pager.all, at(n))
		}
	}
	return out
}

// frozenPages returns how many pages a list of n pieces has besides the front
// page.
func frozenPages(n, size int) int { return max(n/size-1, 0) }

// pagePath returns the address of the n-th page from the oldest.
func pagePath(path string, n, frozen int) string {
	if n > frozen {
		return path
	}
	return path + "page/" + strconv.Itoa(n) + "/"
}

// listedAt returns the address of the page of its gallery that a piece is on.
func (l *locale) listedAt(p *piece) string {
	if p.idea != nil {
		return l.boardAt(p)
	}
	size := l.theme.PageSize
	return pagePath(p.gallery.path, (p.number-1)/size+1, frozenPages(len(p.gallery.pieces), size))
}

// collide reports pages that would have the same address and returns the list
// without the later ones.
func collide(list []*Page, probs *problem.List) []*Page {
	taken := make(map[string]*Page, len(list))
	return slices.DeleteFunc(list, func(p *Page) bool {
		first := taken[p.File]
		if first == nil {
			taken[p.File] = p
			return false
		}
		probs.Errorf(problem.Pos{File: p.Origin}, `set slug = "…" in one of them`,
			"the address %q is also that of %s", p.URL, first.Origin)
		return true
	})
}
