package sample

import (
	"fmt"

	"gallerist/builder/theme"
)

func (m maker) dates() []theme.Fact {
	return []theme.Fact{{Name: m.take, Text: m.day, Time: "2026-11-09T00:00:00+03:00"}, {Name: m.award, Text: m.later, Time: "2026-11-12T12:00:00+03:00"}}
}

// contest is the front page of a contest: upcoming, open, judging or decided.
func (m maker) contest(state string) *theme.Gallery {
	g := m.gallery(0)
	g.Kind, g.Base.Page.Heading = "contest", m.titles[4]
	g.Contest = &theme.ContestBox{Theme: m.titles[6], StateText: m.until, Dates: m.dates(), Rules: theme.Link{Text: m.about, Href: "/dance/rules/"}}
	switch state {
	case "upcoming":
		g.Contest.StateText, g.Call = m.beginsOn, m.callBox("upcoming")
	case "open":
		g.Contest.Button = &theme.Link{Text: m.button, Href: "/dance/call/"}
	case "judging":
		g.Contest.StateText, g.Call, g.Items = m.wasUntil, m.callBox("judging"), m.cards(0, 8)
		g.Contest.Draw = &theme.Link{Text: m.prize, Href: "/dance/draw/"}
	case "decided":
		g.Lead, g.Items, g.Call = m.lead("plate"), m.cards(4, 8), nil
		g.Lead.Award, g.Lead.Rank = m.first, 1
		g.Contest.Decided, g.Contest.Places = true, m.awarded(1, 2)
		g.Contest.Button = &theme.Link{Text: m.award, Href: "/dance/winners/"}
		g.Thanks = &theme.Link{Text: m.thanked, Href: "/dance/thanks/"}
	}
	return g
}

// awarded are n cards with a place.
func (m maker) awarded(from, n int) []*theme.Card {
	list := m.cards(from, n)
	for _, c := range list {
		c.Award, c.Rank = m.second, 2
	}
	return list
}

func (m maker) rules() *theme.Rules {
	return &theme.Rules{
		Base: m.base(m.about), Theme: m.titles[6], State: "open", StateText: m.until, Dates: m.dates(), Button: &theme.Link{Text: m.button, Href: "/dance/call/"},
		Parts: []theme.RulePart{
			{ID: "sponsor", Title: m.about, Text: []string{m.tagline, m.summary}, Link: &theme.Link{Text: m.take, Href: "/ask/"}},
			{ID: "judging", Title: m.rhythm, Items: []theme.RuleItem{{Name: m.rhythm, Text: m.reason, Note: "2 × 10"}, {Name: m.courage}}, Said: m.keeps},
			{ID: "prizes", Title: m.longText, Items: []theme.RuleItem{{Name: m.prize}}},
		},
	}
}

func (m maker) judged() theme.Judged {
	return theme.Judged{
		Official: true, By: m.site, Reason: theme.Wording{Text: m.reason}, Votes: m.counted,
		Jury: []theme.Quote{{Wording: theme.Wording{Text: m.quote}, By: m.who[0].name}, {Wording: theme.Wording{Text: "Everything stands still!", Lang: other(m.tag)}, By: m.long.name}},
		Points: &theme.Points{Jurors: []string{m.who[0].name, m.long.name, m.who[2].name}, Total: "8.67",
			Rows: []theme.PointsRow{{Criterion: m.rhythm + " × 2", Points: []string{"9", "8", "–"}, Mean: "8.50"}, {Criterion: m.courage, Points: []string{"9", "10", "8"}, Mean: "9.00"}}},
	}
}

// other is English where that is not the page's language.
func other(tag string) string {
	if tag == "en" {
		return ""
	}
	return "en"
}

func (m maker) winners() *theme.Winners {
	winner := func(i, rank int) theme.Winner {
		c := *m.card(i)
		c.Rank = rank
		return theme.Winner{Card: &c, Judged: m.judged()}
	}
	titled := theme.Winner{Card: m.card(7), Title: m.titles[2], Judged: theme.Judged{Reason: theme.Wording{Text: m.reason}}}
	return &theme.Winners{
		Base: m.base(m.award), Date: m.later, Announce: paragraph(m.thanked),
		Groups: []theme.WinnerGroup{
			{ID: "all", Title: m.galleryTitle, Places: []theme.Place{
				{Title: m.first, First: true, Prizes: []string{m.prize, m.cup}, Winners: []theme.Winner{winner(0, 1)}}, {Title: m.second, Winners: []theme.Winner{winner(1, 2)}}}},
			{ID: "duo", Title: m.longText, Text: m.summary, Places: []theme.Place{
				{Title: m.first, Shared: m.first + ": 2", Winners: []theme.Winner{winner(2, 1), {Card: m.card(5)}}}, {Title: m.titles[2], Winners: []theme.Winner{titled}}},
				Finalists: m.cards(8, 3)},
		},
		Computed: m.reason, Votes: m.counted, VotesAt: "https://poll.example/1", Jury: m.members(3),
		Links: []theme.Link{{Text: m.all, Href: "/dance/"}, {Text: m.about, Href: "/dance/rules/"}}, Call: m.callBox("upcoming"),
	}
}

// members are n people of a team; every second has a portrait.
func (m maker) members(n int) []theme.Member {
	var list []theme.Member
	for i := range n {
		p := m.who[i%len(m.who)]
		one := theme.Member{Name: p.name, Place: p.place, Roles: m.baker, Department: m.baker, Initial: string([]rune(p.name)[:1])}
		if i%2 == 0 {
			one.Portrait = m.picture("portrait", shapeOf(i), p.name, i)
			one.Ratio, one.Color = decimal(m.Theme.Renditions["portrait"].ShownRatio(shapeOf(i).ratio)), shapeOf(i).color
			one.Says, one.About, one.Href = paragraph(m.quote), m.tagline, "/people/"+p.id+"/"
		} else {
			one.Customer, one.URL = true, "https://example.org/"+p.id
		}
		list = append(list, one)
	}
	return append(list, theme.Member{Name: m.long.name, Initial: string([]rune(m.long.name)[:1])})
}

func (m maker) draw(held bool) *theme.Draw {
	d := &theme.Draw{Base: m.base(m.prize), State: m.until, Gallery: m.link(), Facts: []theme.Fact{{Name: m.people, Text: "80"}}}
	if !held {
		return d
	}
	d.Held, d.State = true, m.later
	d.Facts = append(d.Facts, theme.Fact{Name: m.chosen, Text: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})
	d.Winners = []theme.DrawWinner{{Place: 1, ID: "aaaa2222", Card: m.card(1)}, {Place: 2, ID: "m7q2k4aa"}, {Place: 3, ID: "bbbb", Card: m.card(5)}}
	d.File = theme.Link{Text: "draw.txt", Href: "/dance/draw/draw.txt"}
	d.Steps = []theme.DrawStep{{Text: m.steps[0]}, {Text: m.steps[1], Code: "sort tickets.txt | sha256sum | cut -c1-64 # one line that is wider than a telephone"}}
	return d
}

// board has n ideas of each status.
func (m maker) board(n int) *theme.Gallery {
	g := m.gallery(0)
	g.Kind, g.Lead, g.Items, g.Facts, g.Board = "ideas", nil, nil, theme.Facts{Chosen: m.chosen, Counted: m.counted}, &theme.Board{}
	if n == 0 {
		return g
	}
	for i, id := range []string{"done", "making", "planned", "considering", "new", "declined"} {
		s := theme.BoardSection{ID: id, Title: m.statuses[i], Text: m.summary, Count: n, Folded: id == "declined"}
		for j := range n {
			s.Ideas = append(s.Ideas, m.idea(i*n+j))
		}
		if id == "new" {
			s.Count, s.All = n+40, &theme.Link{Text: m.all, Href: "/ideas/new/"}
		}
		g.Board.Sections = append(g.Board.Sections, s)
		g.Board.Statuses = append(g.Board.Statuses, theme.Filter{Text: m.statuses[i], Href: "#" + id, Count: s.Count})
	}
	g.Thanks = &theme.Link{Text: m.thanked, Href: "/ideas/thanks/"}
	return g
}

func (m maker) idea(i int) theme.IdeaCard {
	c := m.piece("idea", m.who[i%len(m.who)], m.titles[i%len(m.titles)], shapeOf(i), i)
	c.ID = fmt.Sprintf("p-idea-%d", i)
	idea := theme.IdeaCard{Card: c, Heading: m.titles[i%len(m.titles)], Text: m.stories[0], Changed: m.later, Date: "2026-11-12"}
	switch i % 3 {
	case 0:
		idea.Answer, idea.Supporters, idea.Also = m.answer, "42", m.who[3].name
		idea.Outcome = &theme.Link{Text: m.take, Href: "/quiet/"}
	case 1:
		c.Picture, c.Color, c.Ratio = m.picture("tile", shapeOf(i), idea.Heading, i), shapeOf(i).color, decimal(m.Theme.Renditions["tile"].ShownRatio(shapeOf(i).ratio))
	}
	return idea
}

func (m maker) collaboration(finished bool) *theme.Gallery {
	g := m.gallery(0)
	g.Kind = "collaboration"
	g.Team = &theme.Team{Why: []theme.Answer{{Question: m.why, Answer: paragraph(m.stories[0])}}, Numbers: []string{m.numberPeople},
		Groups: []theme.TeamGroup{{Name: m.baker, Members: m.members(3)}, {Members: m.members(1)}}}
	if !finished {
		return g
	}
	for i := range 3 {
		g.Team.Steps = append(g.Team.Steps, theme.TeamStep{Title: m.titles[i], Date: m.day, DateTime: "2026-11-09", Text: paragraph(m.stories[i%2]),
			By: []theme.Link{{Text: m.who[i].name, Href: "/people/x/"}, {Text: m.long.name}}, Items: m.cards(50+10*i, i)})
	}
	for _, s := range g.Team.Steps {
		for _, c := range s.Items {
			c.ID = ""
		}
	}
	result := m.lead("plate")
	g.Team.Result = &theme.TeamResult{Card: result, Credits: []theme.RoleCredit{{Role: m.baker, People: []theme.Link{{Text: m.who[0].name, Href: "/people/x/"}, {Text: m.who[1].name}}}, {Role: m.rhythm, People: []theme.Link{{Text: m.long.name}}}}}
	g.Items = m.cards(0, 5)
	return g
}
