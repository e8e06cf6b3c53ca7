package builder

import (
	"cmp"
	"html/template"
	"slices"

	"gallerist/builder/feed"
	"gallerist/builder/gallery"
	"gallerist/builder/publish"
	"gallerist/builder/theme"
)

// changesPath is where the feeds of a board's changes lie.
func changesPath(g *plannedGallery) string { return g.path + "changes/" }

// changeFeeds returns the feeds of a board's changes; none for other galleries.
func (l *locale) changeFeeds(g *plannedGallery) []theme.Feed {
	if g.board == nil {
		return nil
	}
	return l.feedsOf(changesPath(g), l.Label("board.feed", l.galleryText(g).Title))
}

// addChanges adds the feeds of a board's changes.
func (l *locale) addChanges(set *publish.Set, g *plannedGallery) {
	l.addFormats(set, changesPath(g), g.Pos.File, slices.Concat(g.pieces, g.board.around), func() *feed.Feed { return l.changesFeed(g) })
}

// changesFeed tells what became of a board's ideas, one item a change.
func (l *locale) changesFeed(g *plannedGallery) *feed.Feed {
	t := l.galleryText(g)
	f := &feed.Feed{
		ID: l.feedID(g.Dir + "/changes"), Title: l.Label("board.feed", t.Title), Description: cmp.Or(t.Summary, l.text.Tagline),
		Language: l.tag, Home: l.abs(g.path), At: l.abs(changesPath(g)), Author: feed.Author{Name: l.text.Title, URL: l.abs("")},
		Rights: l.text.Copyright, Updated: noUpdate,
	}
	list := l.m.changes(g)
	for _, c := range list[:min(len(list), feedItems)] {
		f.Items = append(f.Items, l.changeItem(c))
	}
	if len(list) > 0 {
		f.Updated = list[0].when()
	}
	return f
}

// changeItem is a change of status: its reason, the brand's answer and, once it
// is done, what came of it.
func (l *locale) changeItem(c change) feed.Item {
	status, said := c.state().History[c.nth].Status, l.said(c.piece)
	it := feed.Item{
		ID: l.permanentID(l.m.cfg.ID, c.id), URL: l.abs(c.path), CreditLine: l.credit(c.piece),
		Title:     l.Label("idea.change", "status", l.ideaLabel(status), "title", l.titleOf(c.piece)),
		Published: c.when(), Updated: c.when(), Disclosure: l.disclosure(c.piece),
	}
	if said.lang != "" {
		it.Language = said.lang
	}
	it.Summary = cmp.Or(said.reason(c.nth), l.md.excerpt(said.Answer, 280))
	story := string(paragraph(said.reason(c.nth))) + string(l.answer(said.Answer))
	if to := l.outcome(c.piece, said); to != nil && status == gallery.IdeaDone {
		story += string(linkParagraph(*to))
	}
	story += string(paragraph(l.also(c.piece)))
	it.Authors = l.feedAuthors(c.piece)
	it.HTML = feed.ItemHTML(it, story)
	return it
}

func linkParagraph(to theme.Link) template.HTML {
	return template.HTML(`<p><a href="` + template.HTMLEscapeString(to.Href) + `">` + template.HTMLEscapeString(to.Text) + `</a></p>`)
}

// indexIdea is what a gallery's index says of an idea.
type indexIdea struct {
	Status     string `json:"status"`
	Since      string `json:"since,omitempty"`
	Supporters int    `json:"supporters,omitempty"`
	Counted    string `json:"counted,omitempty"`
	MergedInto string `json:"merged_into,omitempty"` // address of the idea
}

func (l *locale) indexIdea(p *piece) *indexIdea {
	if into := p.idea.into; into != nil {
		return &indexIdea{Status: string(p.idea.status), MergedInto: l.abs(into.path)}
	}
	return &indexIdea{
		Status: string(p.idea.status), Since: l.stamp(p.changed()),
		Supporters: p.idea.supporters, Counted: l.stamp(p.idea.counted),
	}
}
