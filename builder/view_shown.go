package builder

import (
	"sync"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

// shownGallery is what every page of a gallery's pieces says of it.
type shownGallery struct {
	text  gallery.Text
	lang  string // "" for the page's
	href  string
	feeds []theme.Feed
	call  *theme.CallBox // nil where nobody is asked
	link  *theme.Link
}

// shelf holds what many pages of a language say in the same way, made when the
// first of them asks.
type shelf struct {
	once      sync.Once
	galleries map[*plannedGallery]*shownGallery
	terms     map[*term]theme.Link
	indexes   map[string]*theme.Link // of contributors, places and tags
	recent    recentGalleries
}

func (l *locale) fillShelf() {
	l.shelf.galleries = make(map[*plannedGallery]*shownGallery, len(l.m.galleries))
	for _, g := range l.m.galleries {
		l.shelf.galleries[g] = l.newShown(g)
	}
	l.shelf.indexes = map[string]*theme.Link{}
	for _, key := range []string{"contributors", "places", "tags"} {
		l.shelf.indexes[key] = &theme.Link{Text: l.Label("site." + key), Href: l.href(key + "/")}
	}
	l.shelf.terms = make(map[*term]theme.Link, len(l.m.places)+len(l.m.tags))
	for _, t := range l.m.places {
		l.shelf.terms[t] = theme.Link{Text: l.termName(t), Href: l.placeHref(t)}
	}
	for _, t := range l.m.tags {
		l.shelf.terms[t] = theme.Link{Text: l.termName(t), Href: l.href(t.path)}
	}
}

// shown returns what pages say of a gallery. It is not to be changed.
func (l *locale) shown(g *plannedGallery) *shownGallery {
	l.shelf.once.Do(l.fillShelf)
	return l.shelf.galleries[g]
}

// link returns the link to a place or a tag; places may have no page.
func (l *locale) link(t *term) theme.Link {
	l.shelf.once.Do(l.fillShelf)
	return l.shelf.terms[t]
}

// indexLink returns the link to the index of contributors, places or tags.
func (l *locale) indexLink(key string) *theme.Link {
	l.shelf.once.Do(l.fillShelf)
	return l.shelf.indexes[key]
}

func (l *locale) newShown(g *plannedGallery) *shownGallery {
	s := &shownGallery{text: l.galleryText(g), lang: l.langAttr(l.galleryLang(g)), href: l.href(g.path)}
	s.link = &theme.Link{Text: s.text.Title, Href: s.href, Lang: s.lang}
	s.feeds = l.feedsOf(g.path, s.text.Title)
	s.call = l.newCallBox(g, &s.text)
	return s
}

// feedsOf returns the feeds below a path, of a title.
func (l *locale) feedsOf(path, title string) []theme.Feed {
	formats := l.m.cfg.Feeds.Formats
	list := make([]theme.Feed, 0, len(formats))
	for _, f := range formats {
		list = append(list, theme.Feed{
			Title: title + " · " + f.Name, Type: f.Type, Href: l.abs(path + f.File), Short: f.Name,
		})
	}
	return list
}

// callBox invites to a gallery's call, or returns nil where nobody is asked.
func (l *locale) callBox(g *plannedGallery) *theme.CallBox {
	if g == nil {
		return nil
	}
	return l.shown(g).call
}
