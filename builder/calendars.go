package builder

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"

	"gallerist/builder/feed"
	"gallerist/builder/publish"
	"gallerist/builder/theme"
)

// Calendars hold the dates of calls, of results and of live sessions: one for
// each gallery that has dates, one for each series, one for the site. An event
// has one UID in all of them and in all languages: whoever changes from one to
// another is shown no event twice.

// isDated says whether a gallery has dates for a calendar.
func (g *plannedGallery) isDated() bool {
	c := g.Call
	return len(g.sessions) > 0 || c != nil && !(c.Opens.IsZero() && c.Closes.IsZero() && c.Results.IsZero())
}

func (s *plannedSeries) isDated() bool {
	return slices.ContainsFunc(s.editions, (*plannedGallery).isDated)
}

// calendarAt returns the address of the calendar below a path: absolute, so
// that webcal: can stand before it; "" where there are no dates.
func (l *locale) calendarAt(path string, dated bool) string {
	if !dated {
		return ""
	}
	return l.abs(path + feed.CalendarFile)
}

// calendarFeed tells of a calendar where feeds are told of.
func (l *locale) calendarFeed(title, href string) theme.Feed {
	name := l.Label("calendar.name")
	return theme.Feed{Title: title + " · " + name, Type: feed.CalendarType, Href: href, Short: name}
}

// feedsAndCalendar returns what can be followed below a path.
func (l *locale) feedsAndCalendar(path, title string, dated bool) []theme.Feed {
	list := l.feedsOf(path, title)
	if dated {
		list = append(list, l.calendarFeed(title, l.calendarAt(path, true)))
	}
	return list
}

// calendarFiles adds the calendars of a language.
func (l *locale) calendarFiles(set *publish.Set) {
	add := func(path, title, about, origin string, galleries []*plannedGallery) {
		if !slices.ContainsFunc(galleries, (*plannedGallery).isDated) {
			return
		}
		file := written(l.prefix+path+feed.CalendarFile, origin, "", func(b *bytes.Buffer) error {
			return feed.WriteCalendar(b, l.calendar(path, title, about, galleries))
		})
		file.Key = l.keys.of(file.Path, newSum())
		set.Add(file)
	}
	add("", l.Label("calendar.site", "title", l.text.Title), l.text.Description, configFile, l.m.galleries)
	for _, s := range l.m.series {
		t := l.seriesText(s)
		add(s.path, t.Title, t.Summary, s.Pos.File, s.editions)
	}
	for _, g := range l.m.galleries {
		t := l.galleryText(g)
		add(g.path, t.Title, t.Summary, g.Pos.File, []*plannedGallery{g})
	}
}

func (l *locale) calendar(path, title, about string, galleries []*plannedGallery) *feed.Calendar {
	c := &feed.Calendar{Name: title, Description: about, Home: l.abs(path), At: l.calendarAt(path, true)}
	for _, g := range galleries {
		c.Events = append(c.Events, l.callEvents(g)...)
		for _, s := range g.sessions {
			c.Events = append(c.Events, l.sessionEvent(s))
		}
	}
	slices.SortFunc(c.Events, func(a, b feed.Event) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.UID, b.UID))
	})
	return c
}

// eventID names an event for ever. A site without an id has no better name than
// its address.
func (l *locale) eventID(g *plannedGallery, what string) string {
	return nameUUID(cmp.Or(l.m.cfg.ID, l.m.cfg.BaseURL), "calendar/"+g.Dir+"#"+what)
}

// callEvents returns the dates of a gallery's call: nobody is busy meanwhile.
func (l *locale) callEvents(g *plannedGallery) []feed.Event {
	c := g.Call
	if c == nil {
		return nil
	}
	t, home := l.galleryText(g), l.abs(g.path+"call/")
	var list []feed.Event
	add := func(what, label string, at time.Time, days bool) {
		if at.IsZero() {
			return
		}
		list = append(list, feed.Event{
			UID: l.eventID(g, what), Sequence: c.Revision, Start: at.In(l.m.cfg.Zone), Days: days, Free: true,
			Summary: l.Label("calendar."+label, "title", t.Title), Description: inParagraphs(t.Call.Question, home), URL: home,
			Categories: l.categoriesOf(g),
		})
	}
	add("opens", "opens", c.Opens, days(c.Opens.In(l.m.cfg.Zone), time.Time{}))
	if at := c.Closes.In(l.m.cfg.Zone); atMidnight(at) || at.Format(clockForm) == "23:59" {
		add("closes", "last_day", dayOf(l.lastMoment(c.Closes).In(l.m.cfg.Zone)), true)
	} else {
		add("closes", "closes", c.Closes, false)
	}
	add("results", "results", c.Results, days(c.Results.In(l.m.cfg.Zone), time.Time{}))
	return list
}

// dayOf returns the beginning of a day, zero for no time.
func dayOf(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

func (l *locale) sessionEvent(s *session) feed.Event {
	g, t := s.gallery, l.sessionText(s)
	home := l.abs(g.path) + "#" + anchorOf(s)
	e := feed.Event{
		UID: l.eventID(g, "live/"+s.id), Sequence: s.Revision, Start: s.Starts.In(l.m.cfg.Zone), Cancelled: s.Cancelled,
		Summary:     l.Label("calendar.live", "session", t.Title, "title", l.galleryText(g).Title),
		Description: inParagraphs(t.Text, s.URL, home), Location: t.Where, URL: home, Categories: l.categoriesOf(g),
	}
	if !s.Ends.IsZero() {
		e.End = s.Ends.In(l.m.cfg.Zone)
	}
	e.Days = days(e.Start, s.Ends)
	return e
}

// categoriesOf names the gallery of an event, and its series.
func (l *locale) categoriesOf(g *plannedGallery) []string {
	list := []string{l.galleryText(g).Title}
	if g.series != nil {
		list = append([]string{l.seriesText(g.series).Title}, list...)
	}
	return list
}

// inParagraphs joins those texts that are not empty.
func inParagraphs(list ...string) string {
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return s == "" }), "\n\n")
}
