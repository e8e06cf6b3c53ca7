package builder

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

// sessionsOf returns the sessions of all editions that are to come, the next
// one first, and the last one that is over.
func (l *locale) sessionsOf(s *plannedSeries) []theme.Session {
	var all []*session
	for _, g := range s.editions {
		all = append(all, g.sessions...)
	}
	sortSessions(all)
	var list []theme.Session
	for _, one := range all {
		if one.over && one.Cancelled {
			continue
		}
		v := l.session(one)
		v.ID = "" // it is on the page of its edition
		link := l.shown(one.gallery).link
		v.Of = &theme.Link{Text: link.Text, Href: link.Href + "#" + anchorOf(one), Lang: link.Lang}
		list = append(list, v)
		if one.over {
			break
		}
	}
	return list
}

func (l *locale) liveOf(g *plannedGallery) []theme.Session {
	list := make([]theme.Session, 0, len(g.sessions))
	for _, s := range g.sessions {
		v := l.session(s)
		v.Highlights = slices.DeleteFunc(v.Highlights, func(c *theme.Card) bool { return c.Gallery == nil }) // they are on the page
		list = append(list, v)
	}
	return list
}

// anchorOf is the id of a session on its gallery's page.
func anchorOf(s *session) string { return "live-" + slugOr("", s.id, s.id) }

// sessionText returns the words of a session in this language.
func (l *locale) sessionText(s *session) gallery.SessionText {
	own := s.gallery.Text.Live[s.at]
	var t gallery.SessionText
	if list := s.gallery.In[l.tag].Live; s.at < len(list) {
		t = list[s.at]
	}
	moments := slices.Clone(own.Moments)
	for i := range moments {
		if i < len(t.Moments) {
			moments[i] = cmp.Or(t.Moments[i], moments[i])
		}
	}
	return gallery.SessionText{
		Title: cmp.Or(t.Title, own.Title, s.gallery.Text.Title), Where: cmp.Or(t.Where, own.Where), Text: cmp.Or(t.Text, own.Text), Moments: moments,
	}
}

func (l *locale) session(s *session) theme.Session {
	t := l.sessionText(s)
	v := theme.Session{
		ID: anchorOf(s), Lang: l.langAttr(l.galleryLang(s.gallery)), Title: l.Typeset(t.Title), Where: t.Where, Text: t.Text,
		Over: s.over, Cancelled: s.Cancelled,
	}
	l.sessionTime(&v, s)
	if s.Cancelled {
		return v
	}
	if !s.over {
		v.Join, v.Calendar = s.URL, l.calendarAt(s.gallery.path, true)
		return v
	}
	l.recording(&v, s, t.Moments)
	for _, p := range s.pieces {
		v.Highlights = append(v.Highlights, l.quoted(p, cardStyle{mixed: p.gallery != s.gallery}))
	}
	return v
}

// quoted returns a card that is on the page besides the piece's own: without
// its anchor.
func (l *locale) quoted(p *piece, style cardStyle) *theme.Card {
	c := *l.card(p, style)
	c.ID = ""
	return &c
}

// recording tells of a session's recording, once there is one.
func (l *locale) recording(v *theme.Session, s *session, words []string) {
	href := ""
	switch {
	case s.recording != nil:
		v.Recording = l.quoted(s.recording, cardStyle{})
		if c := s.recording.clip().clip; len(c.files) > 0 {
			href = l.file(c.files[0].path)
		}
	case strings.Contains(s.Recording, "/"):
		host := hostName(s.Recording)
		v.Watch = &theme.Link{Text: l.Label("live.watch", "host", host), Href: s.Recording}
		v.Note = l.Label("live.external", "host", host)
	default:
		return
	}
	for i, at := range s.Moments {
		if at < 0 || i >= len(words) {
			continue
		}
		m := theme.Moment{At: l.length(at.Seconds()), Text: words[i], Lang: v.Lang}
		if href != "" { // a media fragment (W3C, Media Fragments URI 1.0): browsers play on from there
			m.Href = href + "#t=" + strconv.Itoa(int(at.Seconds()))
		}
		v.Moments = append(v.Moments, m)
	}
}

// sessionTime writes when a session is.
func (l *locale) sessionTime(v *theme.Session, s *session) {
	starts, ends := s.Starts.In(l.m.cfg.Zone), s.Ends.In(l.m.cfg.Zone)
	if days(starts, s.Ends) {
		v.Starts, v.When = starts.Format(time.DateOnly), l.WeekdayDate(starts)
		if last := ends.Add(-time.Second); !s.Ends.IsZero() && l.Date(last) != l.Date(starts) {
			v.When = l.DateRange(starts, last)
		}
		return
	}
	v.Starts, v.Zone = l.stamp(starts), l.Zone(starts)
	v.When = l.WeekdayDate(starts) + l.Comma() + starts.Format(clockForm)
	switch {
	case s.Ends.IsZero():
	case l.Date(ends) == l.Date(starts):
		v.When += "–" + ends.Format(clockForm)
	default:
		v.When = l.Label("date.years", "from", v.When, "to", l.WeekdayDate(ends)+l.Comma()+ends.Format(clockForm))
	}
}

const clockForm = "15:04"

// days says whether something lasts whole days: from the beginning of one to
// the end of one.
func days(starts, ends time.Time) bool {
	return atMidnight(starts) && (ends.IsZero() || atMidnight(ends.In(starts.Location())))
}

func atMidnight(t time.Time) bool {
	h, m, s := t.Clock()
	return h == 0 && m == 0 && s == 0
}
