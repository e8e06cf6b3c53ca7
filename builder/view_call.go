package builder

import (
	"cmp"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

func (l *locale) callPage(g *plannedGallery) *Page {
	t := l.galleryText(g)
	title := l.callTitle(t)
	return &Page{Path: g.path + "call/", Layout: "call", Title: title, Origin: g.Pos.File, view: func(page *Page) any {
		p := &theme.Page{
			Title: title, Image: l.galleryShares[g], Up: &theme.Link{Text: t.Title, Href: l.href(g.path)},
			Description: description(strings.TrimPrefix(l.callDates(g.Call)+". "+t.Summary, ". ")),
		}
		v := l.callView(g, t)
		v.Base = l.viewBase(page, p)
		return &v
	}}
}

// typesetAll returns texts as they are printed.
func (l *locale) typesetAll(texts []string) []string {
	list := make([]string, len(texts))
	for i, t := range texts {
		list[i] = l.Typeset(t)
	}
	return list
}

// callTitle returns what a call is called.
func (l *locale) callTitle(t gallery.Text) string {
	return cmp.Or(t.Call.Question, l.Label("gallery.take_part"))
}

// hashtagOf returns a call's hashtag with #, or "".
func hashtagOf(c *gallery.Call) string {
	if c.Hashtag == "" {
		return ""
	}
	return "#" + c.Hashtag
}

func (l *locale) callView(g *plannedGallery, t gallery.Text) theme.Call {
	c := g.Call
	state := c.State(l.m.now)
	v := theme.Call{
		Lang: l.questionLang(g), State: string(state), StateText: l.callState(c),
		Question: l.Typeset(t.Call.Question), Intro: l.html(t.Body), Steps: l.typesetAll(t.Call.Steps), Wants: l.typesetAll(t.Call.Wants),
		After:   l.Typeset(cmp.Or(t.Call.After, l.Label("call.default_after"))),
		Gallery: theme.Link{Text: t.Title, Href: l.href(g.path)},
	}
	if v.Allows, v.Rights = l.rightsOf(c, t); len(t.Call.Rights) > 0 {
		v.RightsLang = v.Lang
	}
	if t.Call.After != "" {
		v.AfterLang = v.Lang
	}
	if state == gallery.CallOpen && c.Form != "" {
		v.Form, v.Button = c.Form, l.Label("call.send")
	}
	v.Hashtag, v.QR, v.Posters = hashtagOf(c), l.qrHref(g), l.posterLinks(g, "")
	for _, d := range []struct {
		key string
		at  time.Time
	}{{"call.opens", c.Opens}, {"call.closes", l.lastMoment(c.Closes)}, {"call.results", c.Results}} {
		if !d.at.IsZero() {
			v.Dates = append(v.Dates, theme.Fact{Name: l.Label(d.key), Text: l.moment(d.at), Time: l.stamp(d.at)})
		}
	}
	v.Calendar = l.calendarAt(g.path, g.isDated())
	if g.Contest != nil {
		v.Rules = &theme.Link{Text: l.Label("rules.title"), Href: l.href(g.path + "rules/")}
	}
	v.Examples = l.cards(g.examples(), cardStyle{}, 0)
	v.Consents = l.consents(g, c, t)
	if len(v.Consents) > 0 && c.Terms != "" {
		v.Version = l.Label("consent.version", l.Code(c.Terms))
	}
	v.Terms = l.callTerms(c)
	if state.Over() {
		v.Next = l.callBox(l.m.nextCall(g))
	}
	return v
}

// examples returns the pieces that show what is wanted: those the call names,
// else the newest three.
func (g *plannedGallery) examples() []*piece {
	var list []*piece
	for _, id := range g.Call.Examples {
		for _, p := range g.pieces {
			if p.ID == id {
				list = append(list, p)
			}
		}
	}
	if len(list) == 0 {
		list = g.pieces[:min(3, len(g.pieces))]
	}
	return list
}

func (l *locale) newCallBox(g *plannedGallery, t *gallery.Text) *theme.CallBox {
	if g.Call == nil {
		return nil
	}
	state := g.Call.State(l.m.now)
	box := &theme.CallBox{
		State: string(state), Title: l.callState(g.Call), Question: l.Typeset(t.Call.Question), Lang: l.questionLang(g),
		Dates: l.callDates(g.Call), Href: l.href(g.path + "call/"), Button: l.Label("call.read"),
	}
	if state == gallery.CallOpen {
		box.Form, box.Button = g.Call.Form, l.Label("call.send")
	}
	if state.Over() && len(g.standings()) > 0 {
		box.Href, box.Button = l.href(g.path+"winners/"), l.Label("winners.title")
	}
	if next := l.m.nextCall(g); next != nil && state.Over() {
		box.Next = &theme.Link{
			Text: cmp.Or(l.galleryText(next).Call.Question, l.galleryText(next).Title),
			Href: l.href(next.path + "call/"), Lang: l.questionLang(next),
		}
	}
	box.Hashtag = hashtagOf(g.Call)
	return box
}

// callState says in a sentence where a call stands, with its date.
func (l *locale) callState(c *gallery.Call) string {
	switch c.State(l.m.now) {
	case gallery.CallUpcoming:
		return l.Label("call.upcoming", l.moment(c.Opens))
	case gallery.CallJudging:
		return l.Label("call.judging", "closed", l.lastDay(c.Closes), "results", l.moment(c.Results))
	case gallery.CallClosed:
		if c.Judged && !c.Results.IsZero() {
			return l.Label("call.judged", "closed", l.lastDay(c.Closes), "results", l.day(c.Results))
		}
		return l.Label("call.closed", l.lastDay(c.Closes))
	}
	if c.Closes.IsZero() {
		return l.Label("call.open")
	}
	return l.Label("call.open_until", l.lastDay(c.Closes))
}

// callDates writes when a call is open, always as dates: a page built in June
// must not lie in July.
func (l *locale) callDates(c *gallery.Call) string {
	switch state := c.State(l.m.now); {
	case state == gallery.CallUpcoming:
		return l.Label("gallery.opens_on", l.day(c.Opens))
	case c.Closes.IsZero():
		return ""
	case state == gallery.CallJudging:
		return l.Label("gallery.judged_on", l.day(c.Results))
	case state == gallery.CallClosed && c.Judged && !c.Results.IsZero():
		return l.Label("gallery.results_of", l.day(c.Results))
	case state == gallery.CallClosed:
		return l.Label("gallery.closed_on", l.lastDay(c.Closes))
	}
	return l.Label("gallery.open_until", l.lastDay(c.Closes))
}

// openCall returns the gallery whose open call closes first, else one whose
// call is upcoming.
func (m *model) openCall() *plannedGallery {
	var best *plannedGallery
	for _, g := range m.galleries {
		if g.Call == nil || g.Call.State(m.now).Over() {
			continue
		}
		if best == nil || sooner(g.Call, best.Call) {
			best = g
		}
	}
	return best
}

// nextCall returns where somebody who comes too late for a call can take part:
// the next edition of its series, else whatever is open or coming. It is nil
// where nothing is.
func (m *model) nextCall(late *plannedGallery) *plannedGallery {
	var best *plannedGallery
	for _, g := range m.galleries {
		if g == late || g.Series != late.Series || g.Series == nil || g.Call == nil || g.Call.State(m.now).Over() {
			continue
		}
		if best == nil || sooner(g.Call, best.Call) {
			best = g
		}
	}
	if best != nil {
		return best
	}
	return m.openCall()
}

func sooner(a, b *gallery.Call) bool {
	if a.Closes.IsZero() || b.Closes.IsZero() {
		return !a.Closes.IsZero()
	}
	return a.Closes.Before(b.Closes)
}
