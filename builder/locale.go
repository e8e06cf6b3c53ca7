package builder

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/lang"
	"gallerist/builder/theme"
)

// locale is the site in one of its languages: what pages, feeds and indexes
// of that language are made with. It is read-only once made.
type locale struct {
	*lang.Language
	tag    string
	index  int // among the site's languages
	m      *model
	theme  *theme.Theme
	render *theme.Renderer
	md     *markdown
	text   SiteText
	prefix string // of every address: "" for the site's own language, else "en/"
	base   string // the site's base path: "/" or "/sub/"
	origin string // "https://host"
	site   *theme.Site
	secret []byte
	others []*locale // every locale of the site, this one too
	shelf  shelf

	alphabet alphabet // of the contributors

	keys          *keys // nil = pages have none
	siteShare     *theme.ShareImage
	galleryShares map[*plannedGallery]*theme.ShareImage
	seriesShares  map[*plannedSeries]*theme.ShareImage
	peopleShares  map[*contributor]*theme.ShareImage
}

// languageName returns what a language calls itself, or the tag of one that
// neither the site nor the program speaks.
func (l *locale) languageName(tag string) string {
	for _, o := range l.others {
		if o.tag == tag {
			return o.Name()
		}
	}
	if base, _, _ := strings.Cut(tag, "-"); slices.Contains(lang.Known(), base) {
		if words, _ := lang.Load(tag); words != nil {
			return words.Name()
		}
	}
	return tag
}

// href returns the address of a page of this language.
func (l *locale) href(path string) string { return l.base + l.prefix + path }

// abs is href with the host.
func (l *locale) abs(path string) string { return l.origin + l.base + l.prefix + path }

// file returns the address of a file that all languages share.
func (l *locale) file(path string) string { return l.base + path }

// absFile is file with the host.
func (l *locale) absFile(path string) string { return l.origin + l.file(path) }

// word translates a place, tag or name by the site's glossary.
func (l *locale) word(s string) string { return cmp.Or(l.text.Words[s], s) }

// stamp writes a time for machines: RFC 3339 in the site's zone, "" for none.
func (l *locale) stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(l.m.cfg.Zone).Format(time.RFC3339)
}

// day writes a date for people, in the site's zone.
func (l *locale) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return l.Date(t.In(l.m.cfg.Zone))
}

// moment writes a date, with the time of day where it is not the day's
// beginning or end.
func (l *locale) moment(t time.Time) string {
	t = t.In(l.m.cfg.Zone)
	h, m, _ := t.Clock()
	if h == 0 && m == 0 || h == 23 && m == 59 {
		return l.Date(t)
	}
	return l.DateTime(t)
}

// lastMoment returns the last second of a span that ends before t: people say
// "until 30 November" and mean all of that day.
func (l *locale) lastMoment(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(-time.Second)
}

// lastDay writes the last day of a span that ends before t.
func (l *locale) lastDay(t time.Time) string { return l.day(l.lastMoment(t)) }

// galleryText returns what a gallery says in this language.
func (l *locale) galleryText(g *plannedGallery) gallery.Text {
	t, ok := g.In[l.tag]
	if !ok {
		return g.Text
	}
	own := g.Text
	if t.Body == "" {
		t.Body, t.BodyAt = own.Body, own.BodyAt
	}
	t.Title, t.Summary = cmp.Or(t.Title, own.Title), cmp.Or(t.Summary, own.Summary)
	t.Call.Question, t.Call.After = cmp.Or(t.Call.Question, own.Call.Question), cmp.Or(t.Call.After, own.Call.After)
	t.Call.Steps, t.Call.Wants = orList(t.Call.Steps, own.Call.Steps), orList(t.Call.Wants, own.Call.Wants)
	t.Call.Rights, t.Call.Consents = orList(t.Call.Rights, own.Call.Rights), orEach(t.Call.Consents, own.Call.Consents)
	t.Collaboration = collaborationText(t.Collaboration, own.Collaboration)
	t.Contest = contestText(t.Contest, own.Contest)
	// Words of thanks in another language than the page's would be odd; the
	// language's own stand in for them.
	return t
}

func orList(a, b []string) []string {
	if len(a) > 0 {
		return a
	}
	return b
}

// orEach returns the texts of a list in the same places as own, and its own
// where there is none.
func orEach(list, own []string) []string {
	all := slices.Clone(own)
	for i := range min(len(list), len(own)) {
		all[i] = cmp.Or(list[i], own[i])
	}
	return all
}

// pieceText returns what a piece says in this language.
func (l *locale) pieceText(p *piece) gallery.PieceText {
	t, ok := p.In[l.tag]
	if !ok {
		return p.Text
	}
	own := p.Text
	if t.Body == "" {
		t.Body, t.BodyAt = own.Body, own.BodyAt
	}
	t.Title, t.Alt, t.Caption = cmp.Or(t.Title, own.Title), cmp.Or(t.Alt, own.Alt), cmp.Or(t.Caption, own.Caption)
	return t
}

// titleOf returns a piece's title, or its credit line where it has none.
func (l *locale) titleOf(p *piece) string {
	return cmp.Or(l.pieceText(p).Title, l.credit(p))
}

// author returns a piece's i-th author with name and place in this language.
// Forms of the name hold for the language they were given in only.
func (l *locale) author(p *piece, i int) gallery.PublicAuthor {
	a := p.Authors[i]
	if l.m.languageOf(p) == l.tag || a.Name == "" {
		return a
	}
	if name := cmp.Or(a.Names[l.tag], l.text.Words[a.Name]); name != "" {
		a.Name = name
	}
	a.Forms = gallery.Forms{}
	if a.Place != "" {
		place := ""
		if a.Place == p.Place { // the translation is of the place of the piece
			place = p.In[l.tag].Place
		}
		a.Place = cmp.Or(place, l.word(a.Place))
	}
	return a
}

// credit returns a piece's credit line. It is made once a piece and language,
// so that page, feed, card and metadata say the same words.
func (l *locale) credit(p *piece) string { return p.words[l.index].credit }

// creditInput is what the credit line is made from.
func (l *locale) creditInput(p *piece) lang.Credit {
	c := lang.Credit{Kind: p.Kind}
	if l.m.languageOf(p) == l.tag {
		c.Override = p.Text.Credit
	} else {
		c.Override = p.In[l.tag].Credit
	}
	c.People = l.authors(p)
	return c
}

// authors returns a piece's authors as this language names them. They are not
// to be changed.
func (l *locale) authors(p *piece) []gallery.PublicAuthor {
	if l.m.languageOf(p) == l.tag {
		return p.Authors
	}
	list := make([]gallery.PublicAuthor, len(p.Authors))
	for i := range list {
		list[i] = l.author(p, i)
	}
	return list
}

// nameOf returns a contributor's name in this language.
func (l *locale) nameOf(c *contributor) string {
	if c.lang == l.tag {
		return c.Name
	}
	return cmp.Or(c.Names[l.tag], l.word(c.Name))
}

// termName returns a place or tag in this language.
func (l *locale) termName(t *term) string { return l.word(t.name) }

// placeHref returns the address of a place's page, "" where places have none.
func (l *locale) placeHref(t *term) string {
	if !l.m.cfg.Pages.Places {
		return ""
	}
	return l.href(t.path)
}

// alt returns the alternative text of a piece's i-th picture. Without one it
// says what the picture is; never the name of the file.
func (l *locale) alt(p *piece, i int) string {
	t := l.pieceText(p)
	m := p.pictures[i].media
	alt := cmp.Or(t.Media[m.File].Alt, m.Text.Alt)
	if alt == "" && i == 0 {
		alt = t.Alt
	}
	return cmp.Or(alt, l.AltFallback(l.creditInput(p)))
}

// copyright returns the notice of a piece.
func (l *locale) copyright(p *piece) string {
	if p.Copyright != "" {
		return p.Copyright
	}
	return "© " + p.Published.In(l.m.cfg.Zone).Format("2006") + " " + l.People(l.authors(p))
}
