package builder

import (
	"strings"
	"time"

	"gallerist/builder/draw"
	"gallerist/builder/publish"
	"gallerist/builder/theme"
)

// recordName is the record of a draw as it is published, beside the page.
const recordName = "draw.txt"

func drawPath(g *plannedGallery) string { return g.path + "draw/" }

// drawLink leads to the page of a gallery's draw, nil where there is none.
func (l *locale) drawLink(g *plannedGallery) *theme.Link {
	if !g.draws() {
		return nil
	}
	return &theme.Link{Text: l.Label("draw.title"), Href: l.href(drawPath(g))}
}

func (l *locale) drawPage(g *plannedGallery) *Page {
	title := l.Label("draw.title")
	return &Page{Path: drawPath(g), Layout: "draw", Title: title, Origin: g.Pos.File, view: func(page *Page) any {
		t := l.galleryText(g)
		p := &theme.Page{
			Title: title + " · " + t.Title, Heading: title, Description: description(l.Label("draw.intro")),
			Up: &theme.Link{Text: t.Title, Href: l.href(g.path)}, Image: l.galleryShares[g],
		}
		v := &theme.Draw{Gallery: theme.Link{Text: t.Title, Href: l.href(g.path)}}
		if g.drawn != nil {
			l.heldDraw(v, g)
		} else {
			l.comingDraw(v, g)
		}
		v.Base = l.viewBase(page, p)
		return v
	}}
}

// heldDraw shows who won and how to draw again.
func (l *locale) heldDraw(v *theme.Draw, g *plannedGallery) {
	r := g.drawn
	sum := draw.List(r.IDs())
	day, _ := time.Parse(time.DateOnly, r.Date) // Parse of the record saw to it
	v.Held, v.State = true, l.Label("draw.held", l.Date(day))
	v.File = theme.Link{Text: recordName, Href: l.file(drawPath(g) + recordName)}
	v.Facts = l.drawFacts(g, r.Category, len(r.Tickets), r.Winners, sum, r.Seed)
	for i, ticket := range r.Won() {
		w := theme.DrawWinner{Place: i + 1, ID: ticket.ID}
		if p := g.pieceOf(ticket.ID); p != nil {
			w.Card = l.card(p, cardStyle{eager: i == 0})
		}
		v.Winners = append(v.Winners, w)
	}
	v.Steps = []theme.DrawStep{
		{Text: l.Label("draw.step_file")},
		{Text: l.Label("draw.step_list"), Code: `sed -n 's/^[0-9]* [0-9a-f]\{64\} \([a-z0-9-]*\).*/\1/p' ` + recordName + " | LC_ALL=C sort > list.txt\nsha256sum list.txt"},
		{Text: l.Label("draw.step_draw", r.Winners), Code: shellDraw(r)},
	}
}

// shellDraw is how a shell draws from list.txt.
func shellDraw(r *draw.Record) string {
	return "while read -r id; do\n" +
		"  n=$(printf '%s\\n%s' " + shellQuote(r.Seed) + ` "$id" | sha256sum)` + "\n" +
		"  echo \"${n%% *} $id\"\n" +
		"done < list.txt | LC_ALL=C sort"
}

// shellQuote writes a text as one word of a POSIX shell.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// comingDraw says when the draw will be, from which seed and, once nobody can
// take part any more, from which list.
func (l *locale) comingDraw(v *theme.Draw, g *plannedGallery) {
	d := g.Contest.Draw
	v.State = l.Label("draw.coming")
	if !d.Date.IsZero() {
		v.State = l.Label("draw.coming_on", l.moment(d.Date))
	}
	tickets, sum := 0, ""
	if g.Call != nil && !g.Call.Closes.IsZero() && !l.m.now.Before(g.Call.Closes) && g.Broken == 0 {
		list := drawListOf(g.Gallery, "").ids
		tickets, sum = len(list), draw.List(list)
	}
	v.Facts = l.drawFacts(g, "", tickets, d.Winners, sum, d.Seed)
}

// drawFacts are the facts of a draw, without those that are not known.
func (l *locale) drawFacts(g *plannedGallery, category string, tickets, winners int, sum, seed string) []theme.Fact {
	var facts []theme.Fact
	add := func(key, text string) {
		if text != "" {
			facts = append(facts, theme.Fact{Name: l.Label("draw." + key), Text: text})
		}
	}
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return l.Number(n)
	}
	add("category", l.categoryTitle(g, category))
	add("tickets", number(tickets))
	add("winners", number(winners))
	add("seed", l.Code(seed))
	if t := l.galleryText(g).Contest; t != nil {
		add("note", t.DrawNote)
	}
	add("list", l.Code(sum))
	add("method", l.Code(draw.Method))
	return facts
}

// pieceOf returns the published piece of a gallery with an id, or nil.
func (g *plannedGallery) pieceOf(id string) *piece {
	for _, p := range g.pieces {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// addRecords adds the records of draws that were held: made anew, so that they
// hold nothing but what the method gives.
func (m *model) addRecords(set *publish.Set) {
	for _, g := range m.galleries {
		if g.drawn != nil {
			set.Add(made(drawPath(g)+recordName, g.Contest.Draw.File, "text/plain", func() ([]byte, error) { return g.drawn.Text(), nil }))
		}
	}
}
