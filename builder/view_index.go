package builder

import (
	"cmp"
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/lang"
	"gallerist/builder/theme"
)

// indexPages lists the contributors, places and tags, and the page of each.
func (l *locale) indexPages() []*Page {
	var list []*Page
	if len(l.m.contributors) > 0 {
		index := l.indexPage("contributors", l.peopleLetters)
		index.key = func(k *keys) string { return k.of(index.File, newSum().sum(k.people)) }
		list = append(list, index)
	}
	// Contributors are in the order of their keys, which may be made of what is not
	// shown: the order of pages must not tell it.
	byPath := slices.SortedFunc(slices.Values(l.m.contributors), func(a, b *contributor) int { return cmp.Compare(a.path, b.path) })
	for _, c := range byPath {
		list = append(list, l.contributorPage(c))
	}
	for _, kind := range []struct {
		name, one string
		terms     []*term
	}{{"places", "place", l.m.placePages()}, {"tags", "tag", l.m.tags}} {
		if len(kind.terms) == 0 {
			continue
		}
		list = append(list, l.indexPage(kind.name, func() []theme.Letter { return l.termLetters(kind.terms) }))
		for _, t := range kind.terms {
			list = append(list, l.termPages(kind.name, kind.one, t)...)
		}
	}
	return list
}

func (l *locale) indexPage(kind string, letters func() []theme.Letter) *Page {
	title := l.Label("site." + kind)
	return &Page{Path: kind + "/", Layout: "index", Title: title, Origin: configFile, view: func(page *Page) any {
		v := theme.Index{Kind: kind, Letters: letters()}
		switch kind {
		case "contributors":
			v.Total = l.Plural("gallery.people", len(l.m.contributors))
		case "places":
			v.Total = l.Plural("gallery.places", len(l.m.places))
		}
		p := &theme.Page{Title: title, Description: description(title + " · " + l.text.Title)}
		v.Base = l.viewBase(page, p)
		return &v
	}}
}

func (l *locale) peopleLetters() []theme.Letter {
	var entries []theme.Entry
	for _, c := range l.sorted(l.m.contributors) {
		entries = append(entries, l.contributorEntry(c))
	}
	return l.letters(entries)
}

func (l *locale) contributorEntry(c *contributor) theme.Entry {
	name := l.nameOf(c)
	e := theme.Entry{
		Name: name, Note: l.word(c.Place), Href: l.href(c.path), Count: len(c.pieces), Initial: l.Initial(name),
	}
	l.entryCover(&e, c.pieces)
	return e
}

// entryCover puts the newest picture of a list into its entry.
func (l *locale) entryCover(e *theme.Entry, list []*piece) {
	for _, p := range list {
		if len(p.pictures) > 0 {
			e.Cover, e.Color = l.picture(p, 0, renditionStrip), p.pictures[0].color
			e.Cover.Alt = "" // the link's words say what it is
			return
		}
	}
}

func (l *locale) termLetters(terms []*term) []theme.Letter {
	entries := make([]theme.Entry, 0, len(terms))
	for _, t := range terms {
		e := theme.Entry{Name: l.termName(t), Href: l.href(t.path), Count: len(t.pieces)}
		l.entryCover(&e, t.pieces)
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b theme.Entry) int { return cmp.Compare(a.Href, b.Href) })
	lang.SortBy(l.Language, entries, func(e theme.Entry) string { return e.Name })
	return l.letters(entries)
}

// letters groups sorted entries by their first letter.
func (l *locale) letters(entries []theme.Entry) []theme.Letter {
	var list []theme.Letter
	for _, e := range entries {
		letter := l.Letter(e.Name)
		if len(list) == 0 || list[len(list)-1].Letter != letter {
			list = append(list, theme.Letter{Letter: letter})
		}
		last := &list[len(list)-1]
		last.Entries = append(last.Entries, e)
	}
	return list
}

// kindLD returns the schema.org type of a kind of author.
func kindLD(k gallery.AuthorKind) string {
	if k == "" || k == gallery.Person {
		return "Person"
	}
	return "Organization"
}

func (l *locale) termPages(dir, kind string, t *term) []*Page {
	var pages []*Page
	for _, part := range l.listPages(t.path, t.pieces) {
		page := part.page
		page.Layout, page.Title, page.Origin = "list", l.termName(t), t.pieces[0].Dir
		page.key = func(k *keys) string {
			return k.of(page.File, part.pager.sum().number(len(t.pieces)).text(t.name, t.lang), part.pieces...)
		}
		page.view = func(page *Page) any {
			name := l.termName(t)
			p := &theme.Page{
				Title: name, Heading: name, Image: l.ownShare(part.pieces[0]),
				Description: description(name + " · " + l.text.Title),
				Up:          l.indexLink(dir),
			}
			v := theme.List{
				Kind: kind, Name: name, Pager: l.pager(part.pager, p),
				Items: l.cards(part.pieces, cardStyle{mixed: true}, 4),
			}
			if part.pager.newer == "" {
				v.Total = l.Plural("gallery.pieces", len(t.pieces))
			} else {
				p.Title += " · " + l.Label("gallery.page", part.pager.number)
			}
			l.ldList(p, name, "", page.Path, part.pieces)
			v.Base = l.viewBase(page, p)
			return &v
		}
		pages = append(pages, page)
	}
	return pages
}
