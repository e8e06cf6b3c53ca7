package builder

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

// contest returns the facts and the words of a contest, empty where gallery.md
// says nothing.
func (l *locale) contest(g *plannedGallery) (gallery.ContestFacts, gallery.ContestText) {
	var facts gallery.ContestFacts
	var text gallery.ContestText
	if g.Contest != nil {
		facts = *g.Contest
	}
	if t := l.shown(g).text.Contest; t != nil {
		text = *t
	}
	return facts, text
}

// contestPages lists a contest's own pages.
func (l *locale) contestPages(g *plannedGallery) []*Page {
	if g.Kind != gallery.Contest {
		return nil
	}
	var list []*Page
	if g.Contest != nil {
		list = append(list, &Page{Path: g.path + "rules/", Layout: "rules", Title: l.Label("rules.title"), Origin: g.Pos.File,
			view: func(page *Page) any { return l.rulesView(page, g) }})
	}
	if groups := g.standings(); len(groups) > 0 {
		list = append(list, &Page{Path: g.path + "winners/", Layout: "winners", Title: l.Label("winners.title"), Origin: g.Pos.File, Images: honoured(groups),
			view: func(page *Page) any { return l.winnersView(page, g, groups) }})
	}
	return list
}

// contestBox returns what a contest's front page says besides, nil for galleries
// of other kinds.
func (l *locale) contestBox(g *plannedGallery, best []*piece) *theme.ContestBox {
	if g.Contest == nil {
		return nil
	}
	_, text := l.contest(g)
	box := &theme.ContestBox{Theme: l.Typeset(text.Theme), Rules: theme.Link{Text: l.Label("rules.title"), Href: l.href(g.path + "rules/")}}
	box.Draw = l.drawLink(g)
	if g.Call != nil {
		box.StateText, box.Dates = l.callState(g.Call), l.contestDates(g.Call)
		if !g.Call.State(l.m.now).Over() {
			box.Button = &theme.Link{Text: l.Label("call.read"), Href: l.href(g.path + "call/")}
		}
	}
	if len(best) > 0 {
		box.Decided, box.Button = true, &theme.Link{Text: l.Label("winners.title"), Href: l.href(g.path + "winners/")}
		box.Places = l.cards(best[1:], cardStyle{}, 3)
	}
	return box
}

// laurels shows on the home page who holds a place in a contest, nil for no
// contest.
func (l *locale) laurels(g *plannedGallery, best []*piece) *theme.Laurels {
	if g == nil {
		return nil
	}
	shown := l.shown(g)
	return &theme.Laurels{
		Title: shown.text.Title, Lang: shown.lang, Href: l.href(g.path + "winners/"),
		Cards: l.cards(best[:min(len(best), maxLaurels)], cardStyle{}, 0),
	}
}

// maxLaurels is how many winners the home page shows.
const maxLaurels = 6

// contestDates writes the dates of a contest, with time and zone: people in
// several zones take part.
func (l *locale) contestDates(c *gallery.Call) []theme.Fact {
	var list []theme.Fact
	for _, d := range []struct {
		key  string
		when time.Time
	}{{"call.opens", c.Opens}, {"call.closes", l.lastMoment(c.Closes)}, {"call.results", c.Results}} {
		if !d.when.IsZero() {
			list = append(list, theme.Fact{Name: l.Label(d.key), Text: l.DateTime(d.when.In(l.m.cfg.Zone)), Time: l.stamp(d.when)})
		}
	}
	return list
}

func (l *locale) winnersView(page *Page, g *plannedGallery, groups []prizeGroup) any {
	t := &l.shown(g).text
	facts, text := l.contest(g)
	p := &theme.Page{
		Title: page.Title + " · " + t.Title, Heading: page.Title, Image: l.galleryShares[g], Up: &theme.Link{Text: t.Title, Href: l.href(g.path)},
		Description: description(l.winnersSentence(groups), t.Summary), Draft: slices.ContainsFunc(page.Images, func(p *piece) bool { return p.Draft }),
	}
	v := &theme.Winners{
		Lang: l.langAttr(l.galleryLang(g)), Announce: l.html(text.Announce), Jury: l.members(g, facts.Jury, text.Jury), Call: l.callBox(l.m.nextCall(g)),
		Links: []theme.Link{{Text: l.Label("call.gallery"), Href: l.href(g.path)}},
	}
	if g.Contest != nil {
		v.Links = append(v.Links, theme.Link{Text: l.Label("rules.title"), Href: l.href(g.path + "rules/")})
	}
	if to := l.drawLink(g); to != nil {
		v.Links = append(v.Links, *to)
	}
	if g.Call != nil && !g.Call.Results.IsZero() {
		v.Date = l.Label("gallery.results_of", l.day(g.Call.Results))
	}
	first := true
	for _, group := range groups {
		out := l.winnerGroup(g, group)
		if group.category == "" {
			out.Title = l.Label("winners.overall")
			if len(groups) == 1 && text.Theme != "" {
				out.Title = l.Typeset(text.Theme)
			}
		}
		for i, place := range group.places {
			out.Places = append(out.Places, l.place(g, group, place, first && i == 0))
		}
		first = first && len(group.places) == 0
		for _, h := range group.special {
			out.Places = append(out.Places, theme.Place{Title: l.award(h.piece, h.award), Winners: []theme.Winner{l.winner(g, h, false)}})
		}
		for _, h := range group.finalists {
			out.Finalists = append(out.Finalists, l.unawarded(h.piece, cardStyle{}))
		}
		v.Groups = append(v.Groups, out)
	}
	if slices.ContainsFunc(page.Images, func(p *piece) bool { return scoresOf(p) != nil }) {
		v.Computed = l.Label("winners.computed")
	}
	if slices.ContainsFunc(page.Images, func(p *piece) bool { return l.votesOf(p) != "" }) {
		v.Votes, v.VotesAt = l.Label("winners.votes_note"), facts.Votes.URL
	}
	l.ldList(p, p.Title, t.Summary, page.Path, page.Images)
	v.Base = l.viewBase(page, p)
	return v
}

// winnerGroup returns a group without its places.
func (l *locale) winnerGroup(g *plannedGallery, group prizeGroup) theme.WinnerGroup {
	out := theme.WinnerGroup{ID: cmp.Or(group.category, "all")}
	facts, text := l.contest(g)
	for i, c := range facts.Categories {
		if group.category != "" && c.ID == group.category {
			named := at(text.Categories, i)
			out.Title, out.Text = cmp.Or(named.Title, c.ID), named.Text
		}
	}
	return out
}

// place returns a place with those who hold it.
func (l *locale) place(g *plannedGallery, group prizeGroup, place podium, first bool) theme.Place {
	out := theme.Place{Title: l.rank(place.rank), First: first, Lang: l.langAttr(l.galleryLang(g))}
	if n := len(place.honours); n > 1 {
		out.Shared = l.shared(place.rank, n)
	}
	facts, text := l.contest(g)
	for i, prize := range facts.Prizes {
		if prize.Rank == place.rank && prize.Category == group.category {
			out.Prizes = append(out.Prizes, l.prizeWords(at(text.Prizes, i)))
		}
	}
	for _, h := range place.honours {
		out.Winners = append(out.Winners, l.winner(g, h, first))
	}
	return out
}

// shared says how many share a place.
func (l *locale) shared(rank, n int) string {
	if rank <= 3 {
		return l.Plural("winners.share"+strconv.Itoa(rank), n)
	}
	return l.Plural("winners.share", n, "rank", rank)
}

func (l *locale) prizeWords(p gallery.PrizeText) string {
	if p.Value == "" || p.Title == "" {
		return l.Typeset(p.Title + p.Value)
	}
	return l.Typeset(p.Title + l.Comma() + p.Value)
}

// winner returns a piece that was given an award, with what the jury says of it.
func (l *locale) winner(g *plannedGallery, h honour, large bool) theme.Winner {
	p, a := h.piece, h.piece.Awards[h.award]
	style := cardStyle{}
	if large {
		style = cardStyle{rendition: renditionPlate, priority: true}
	}
	w := theme.Winner{Card: l.unawarded(p, style), Judged: l.judged(p, h.award)}
	w.Card.Rank = a.Rank
	if a.Rank > 0 {
		w.Title = cmp.Or(l.awardText(p, h.award).Title, a.Title)
	}
	return w
}

// judged returns what jury and public think of a piece, and why it was given its
// ith award.
func (l *locale) judged(p *piece, i int) theme.Judged {
	v := theme.Judged{Official: p.official(), Jury: l.juryOn(p), Points: l.points(p), Votes: l.votesOf(p)}
	if i < len(p.Awards) {
		reason, lang := l.awardReason(p, i)
		v.By, v.Reason = l.word(p.Awards[i].By), theme.Wording{Text: reason, Lang: l.langAttr(lang)}
	}
	return v
}

// verdictOn is judged for the piece's own page: nil where there is nothing to
// say.
func (l *locale) verdictOn(p *piece) *theme.Judged {
	if p.gallery.Kind != gallery.Contest || len(p.Awards)+len(p.Verdicts) == 0 {
		return nil
	}
	v := l.judged(p, len(p.Awards)) // its awards stand above
	if p.placed() {
		v.Winners = &theme.Link{Text: l.Label("winners.all"), Href: l.href(p.gallery.path + "winners/")}
	}
	return &v
}

// unawarded returns a piece's card for lists whose headings say the award.
func (l *locale) unawarded(p *piece, style cardStyle) *theme.Card {
	c := *l.card(p, style)
	c.Award, c.Rank, c.ID = "", 0, "" // one piece can stand there twice
	return &c
}

// juryOn returns what the jury said of a piece, in the order of the jury.
func (l *locale) juryOn(p *piece) []theme.Quote {
	var list []theme.Quote
	facts, text := l.contest(p.gallery)
	for i, m := range facts.Jury {
		for n, v := range p.Verdicts {
			if v.By != m.ID || m.ID == "" {
				continue
			}
			q := theme.Quote{By: l.inWords(at(text.Jury, i).Name, m.Name), Wording: theme.Wording{Text: v.Words, Lang: l.langAttr(l.m.languageOf(p))}}
			if b := p.In[l.tag].Brand; b != nil && at(b.Words, n) != "" {
				q.Wording = theme.Wording{Text: b.Words[n]}
			}
			if q.Text != "" {
				list = append(list, q)
			}
		}
	}
	return list
}

// points returns the table of a piece's points, nil where there are none.
func (l *locale) points(p *piece) *theme.Points {
	s := scoresOf(p)
	if s == nil {
		return nil
	}
	facts, text := l.contest(p.gallery)
	v := &theme.Points{}
	for _, verdict := range s.verdicts {
		i := slices.IndexFunc(facts.Jury, func(m gallery.Member) bool { return m.ID == verdict.By })
		v.Jurors = append(v.Jurors, l.inWords(at(text.Jury, i).Name, facts.Jury[i].Name))
	}
	for i, c := range facts.Criteria {
		if s.means[i] == nil {
			continue
		}
		row := theme.PointsRow{Criterion: l.criterion(facts, text, i), Mean: l.Decimal(hundredths(s.means[i]))}
		for _, verdict := range s.verdicts {
			points := "–"
			if n, ok := verdict.Scores[c.ID]; ok {
				points = l.Decimal(decimal(n))
			}
			row.Points = append(row.Points, points)
		}
		v.Rows = append(v.Rows, row)
	}
	if s.total != nil {
		v.Total = l.Label("winners.of", "n", l.Decimal(hundredths(s.total)), "most", l.Decimal(short(s.most)))
	}
	return v
}

// short writes a number without digits that say nothing.
func short(r *big.Rat) string {
	return strings.TrimSuffix(strings.TrimRight(hundredths(r), "0"), ".")
}

// criterion names a criterion, with its weight where that differs from others.
func (l *locale) criterion(facts gallery.ContestFacts, text gallery.ContestText, i int) string {
	c := facts.Criteria[i]
	title := cmp.Or(at(text.Criteria, i).Title, c.ID)
	if slices.ContainsFunc(facts.Criteria, func(o gallery.Criterion) bool { return o.Weight != c.Weight }) {
		return title + "\u00a0×\u00a0" + l.Decimal(decimal(c.Weight))
	}
	return title
}

// votesOf says how many votes a piece had elsewhere, where and when.
func (l *locale) votesOf(p *piece) string {
	facts, text := l.contest(p.gallery)
	if facts.Votes == nil {
		return ""
	}
	n, counted := facts.Votes.Counts[p.ID]
	if !counted || text.Votes == "" || facts.Votes.Date.IsZero() {
		return ""
	}
	return l.Plural("winners.votes", n, "source", text.Votes, "date", l.day(facts.Votes.Date))
}

// winnersSentence says who came first, for descriptions.
func (l *locale) winnersSentence(groups []prizeGroup) string {
	var list []string
	for _, group := range groups {
		for _, place := range group.places {
			for _, h := range place.honours {
				if place.rank == 1 {
					list = append(list, l.award(h.piece, h.award)+": "+l.titleOf(h.piece))
				}
			}
		}
	}
	return strings.Join(list, ". ")
}
