package builder

import (
	"strings"
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

// shownGalleries are those of a language, made when the first page asks.
type shownGalleries struct {
	once sync.Once
	all  map[*plannedGallery]*shownGallery
}

// shown returns what pages say of a gallery. It is not to be changed.
func (l *locale) shown(g *plannedGallery) *shownGallery {
	l.galleries.once.Do(func() {
		l.galleries.all = make(map[*plannedGallery]*shownGallery, len(l.m.galleries))
		for _, g := range l.m.galleries {
			l.galleries.all[g] = l.newShown(g)
		}
	})
	return l.galleries.all[g]
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
	list := make([]theme.Feed, 0, len(feedFormats))
	for _, f := range feedFormats {
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

func (l *locale) newCallBox(g *plannedGallery, t *gallery.Text) *theme.CallBox {
	if g.Call == nil {
		return nil
	}
	state := g.Call.State(l.m.now)
	box := &theme.CallBox{
		State: string(state), Title: l.callState(g.Call), Question: l.Typeset(t.Call.Question),
		Dates: l.callDates(g.Call), Href: l.href(g.path + "call/"), Button: l.Label("call.read"),
	}
	if state == gallery.CallOpen {
		box.Form, box.Button = g.Call.Form, l.Label("call.send")
	}
	if g.Call.Hashtag != "" {
		box.Hashtag = "#" + strings.TrimPrefix(g.Call.Hashtag, "#")
	}
	return box
}
