package sample

import (
	"html/template"
	"strings"

	"gallerist/builder/theme"
)

func (m maker) contributor(n int) *theme.Contributor {
	c := m.contributorNamed(m.who[0])
	c.Submissions = m.cards(0, n)
	c.Awards = []theme.Honour{{Text: m.award, Piece: theme.Link{Text: m.titles[0], Href: "/morning/1/"}}}
	c.Facts = []theme.Fact{{Name: m.about, Links: []theme.Link{m.link(), {Text: m.longText, Href: "/evening/"}}}}
	return c
}

func (m maker) contributorNamed(p person) *theme.Contributor {
	c := &theme.Contributor{Base: m.base(p.name), Name: p.name, Places: []theme.Link{{Text: p.place, Href: "/places/1/"}, {Text: m.who[1].place}}, URL: "https://example.org/" + p.id,
		Since: m.since, Initial: string([]rune(p.name)[:1]), Submissions: []*theme.Card{m.piece("photo", p, m.titles[0], shapeOf(0), 0)}}
	c.Base.Page.Up = &theme.Link{Text: m.people, Href: "/people/"}
	return c
}

func (m maker) index(kind string) *theme.Index {
	v := &theme.Index{Base: m.base(m.people), Kind: kind, Total: m.numberPeople}
	v.Base.Page.Up = nil
	for i, p := range append(append([]person{}, m.who...), m.long, m.foreign) {
		name := p.name
		if kind != "contributors" {
			v.Base.Page.Title, v.Base.Page.Heading = m.places, m.places
			name = p.place
		}
		e := theme.Entry{Name: name, Note: p.place, Href: "/people/" + p.id + "/", Count: i + 1, Initial: string([]rune(name)[:1]), Color: shapeOf(i).color}
		if i%2 == 0 {
			e.Cover = m.picture("strip", shapeOf(i), "", i)
		}
		letter := theme.Letter{Letter: e.Initial, Entries: []theme.Entry{e, e}}
		if kind == "tags" {
			letter.Letter = ""
		}
		v.Letters = append(v.Letters, letter)
	}
	return v
}

func (m maker) list(kind string, n int) *theme.List {
	v := &theme.List{Base: m.base(m.long.place), Kind: kind, Name: m.long.place, Items: m.cards(0, n), Total: m.chosen}
	v.Base.Page.Up = &theme.Link{Text: m.places, Href: "/places/"}
	if n > 1 {
		v.Pager = pager(2, 3)
	}
	return v
}

// call is the page of a call: upcoming, open, judging or closed.
func (m maker) call(state string) *theme.Call {
	c := &theme.Call{
		Base: m.base(m.question), State: state, StateText: m.until, Question: m.question, Intro: paragraph(m.asks), Steps: m.steps, Wants: m.wants,
		Rights: m.keeps, After: m.thanked, Dates: m.dates(), Calendar: "https://windowsill.example/call.ics", Gallery: m.link(), Examples: m.cards(0, 3),
	}
	switch state {
	case "upcoming":
		c.StateText, c.Examples = m.beginsOn, nil
	case "open":
		c.Form, c.Button, c.Hashtag, c.QR = "https://forms.example/morning", m.button, "#morning", m.Media+"1-d9cfc1-320x320.svg"
		c.Posters = []theme.Link{{Text: "A4", Href: "/morning/call/poster/"}, {Text: "A5", Href: "/morning/call/poster-a5/"}}
		c.Allows, c.Version = m.wants, m.version
		c.Terms = &theme.Link{Text: m.about, Href: "/terms/"}
		c.Consents = []theme.Consent{{What: m.people, Text: m.keeps[0]}, {What: m.places, Text: m.longText, Optional: true}}
		c.Rules = &theme.Link{Text: m.about, Href: "/morning/rules/"}
	default:
		c.StateText, c.Next = m.wasUntil, m.callBox("open")
	}
	return c
}

func (m maker) thanks(named bool) *theme.Thanks {
	v := &theme.Thanks{Base: m.base(m.greeting), Text: m.thanked, Gallery: m.link(), Call: m.callBox("open"), Others: m.chosen}
	if !named {
		return v
	}
	v.Roll = m.numberPeople
	for _, p := range append(append([]person{}, m.who...), m.long, m.foreign) {
		v.People = append(v.People, theme.Entry{Name: p.name, Note: p.place, Href: "/people/" + p.id + "/"})
		v.Named = append(v.Named, strings.ToUpper(p.name))
	}
	return v
}

// thank is somebody's own page.
func (m maker) thank(outcome string) *theme.Thank {
	v := &theme.Thank{Base: m.base(m.greeting), Outcome: outcome, Greeting: m.greeting, Text: []template.HTML{template.HTML(m.thanked), template.HTML(m.asks)},
		Withdraw: template.HTML(m.keeps[1]), Gallery: m.link(), Call: m.callBox("open")}
	v.Base.Page.NoIndex = true
	switch outcome {
	case "winner", "featured":
		v.Selected, v.Card, v.Save = true, m.lead("plate"), &theme.Download{Href: "/media/card.jpg", Name: "card.jpg"}
		v.Share = &theme.Share{URL: "https://windowsill.example/", Links: []theme.Link{{Text: "Telegram", Href: "https://t.me/share/url?url=x"}}}
	case "pending":
		v.Pending = true
	case "withdrawn":
		v.Withdraw, v.Call = "", nil
	}
	return v
}
