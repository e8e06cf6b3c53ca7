package builder

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"gallerist/builder/gallery"
)

// award returns what a piece's i-th award is called in this language: by its
// own title, or by its rank and category: "First place, Duo".
func (l *locale) award(p *piece, i int) string {
	a := p.Awards[i]
	if title := cmp.Or(l.awardText(p, i).Title, a.Title); title != "" {
		return title
	}
	words := l.Label("award.finalist")
	if a.Rank > 0 {
		words = l.rank(a.Rank)
	}
	if a.Tie {
		words = l.Label("award.tie", words)
	}
	if category := l.categoryTitle(p.gallery, a.Category); category != "" {
		words = l.Label("award.in", "award", words, "category", category)
	}
	return words
}

// awards returns what all of a piece's awards are called.
func (l *locale) awards(p *piece) []string {
	var list []string
	for i := range p.Awards {
		list = append(list, l.award(p, i))
	}
	return list
}

// awardSentence says what a piece was given, "" for nothing.
func (l *locale) awardSentence(p *piece) string {
	if len(p.Awards) == 0 {
		return ""
	}
	return strings.Join(l.awards(p), ". ") + "."
}

// updated returns when a piece last changed for those who follow: a contest's
// results are news.
func (p *piece) updated() time.Time {
	if at := p.gallery.results(); len(p.Awards) > 0 && at.After(p.Published) {
		return at
	}
	return p.Published
}

// awardReason returns why a piece was given its i-th award, and the language of
// the words.
func (l *locale) awardReason(p *piece, i int) (reason, lang string) {
	if own := l.awardText(p, i).Reason; own != "" {
		return own, l.tag
	}
	return p.Awards[i].Reason, l.m.languageOf(p)
}

// awardText returns what this language says of a piece's i-th award where it is
// not the piece's own.
func (l *locale) awardText(p *piece, i int) gallery.AwardText {
	if b := p.In[l.tag].Brand; b != nil && i < len(b.Awards) {
		return b.Awards[i]
	}
	return gallery.AwardText{}
}

// rank names a rank: "First place".
func (l *locale) rank(n int) string {
	if n <= 3 {
		return l.Label("award.rank" + strconv.Itoa(n))
	}
	return l.Label("award.rank", n)
}

// categoryTitle returns what a contest calls a category. In other galleries a
// category is words.
func (l *locale) categoryTitle(g *plannedGallery, id string) string {
	if g.Contest == nil {
		return id
	}
	text := l.shown(g).text.Contest
	for i, c := range g.Contest.Categories {
		if c.ID == id && id != "" && text != nil && i < len(text.Categories) {
			return cmp.Or(text.Categories[i].Title, id)
		}
	}
	return id
}
