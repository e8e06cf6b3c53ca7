package builder

import (
	"cmp"
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/lang"
	"gallerist/builder/theme"
)

// teamView returns what the front page of a collaboration shows beyond the
// common.
func (l *locale) teamView(g *plannedGallery) *theme.Team {
	t := l.shown(g).text.Collaboration
	if t == nil {
		t = &gallery.CollaborationText{}
	}
	facts, own := g.Collaboration, cmp.Or(g.Text.Collaboration, &gallery.CollaborationText{})
	v := &theme.Team{Numbers: l.teamNumbers(g, true), Result: l.teamResult(g, t)}
	for i, why := range t.Why {
		if why.Question != "" && why.Answer != "" {
			o := at(own.Why, i)
			v.Why = append(v.Why, theme.Answer{
				Question: l.Typeset(why.Question), QuestionLang: l.langOf(g, why.Question, o.Question),
				Answer: l.brief(why.Answer), AnswerLang: l.langOf(g, why.Answer, o.Answer),
			})
		}
	}
	for _, group := range g.team.groups {
		out := theme.TeamGroup{Name: l.groupName(group, facts.Team, t.Team)}
		out.Lang = l.langOf(g, out.Name, group.department)
		for _, i := range group.members {
			out.Members = append(out.Members, l.member(g, facts.Team[i], at(t.Team, i)))
		}
		v.Groups = append(v.Groups, out)
	}
	for _, s := range g.team.steps {
		fact, text := facts.Steps[s.place], at(t.Steps, s.place)
		o := at(own.Steps, s.place)
		step := theme.TeamStep{
			Title: l.Typeset(text.Title), TitleLang: l.langOf(g, text.Title, o.Title),
			Text: l.brief(text.Text), TextLang: l.langOf(g, text.Text, o.Text),
			Date: l.moment(fact.Date), DateTime: l.stamp(fact.Date),
		}
		if fact.Date.IsZero() {
			step.Date = ""
		}
		for _, i := range s.by {
			step.By = append(step.By, l.memberLink(facts.Team[i], at(t.Team, i)))
		}
		for _, p := range s.pieces {
			c := *l.card(p, cardStyle{})
			c.ID = "" // it stands in the list below
			step.Items = append(step.Items, &c)
		}
		v.Steps = append(v.Steps, step)
	}
	return v
}

// groupName names a group in this language: as the first of its members is who
// has a translation.
func (l *locale) groupName(group teamGroup, team []gallery.Member, texts []gallery.MemberText) string {
	if group.customers {
		return l.Label("team.customers")
	}
	if group.department == "" {
		return ""
	}
	for _, i := range group.members {
		if name := at(texts, i).Department; name != "" && name != team[i].Department {
			return name
		}
	}
	return l.word(group.department)
}

// teamNumbers says how many made it together. A choir is one group, however many
// sing in it.
func (l *locale) teamNumbers(g *plannedGallery, versions bool) []string {
	people, customers, groups, departments := 0, 0, 0, 0
	for _, group := range g.team.groups {
		departments += b2i(group.department != "")
		for _, i := range group.members {
			switch m := g.Collaboration.Team[i]; {
			case m.Customer:
				customers++
			case m.Kind == "" || m.Kind == gallery.Person:
				people++
			default:
				groups++
			}
		}
	}
	var list []string
	if people > 0 {
		text := l.Plural("gallery.people", people)
		if departments > 0 && groups == 0 {
			text += " " + l.Plural("team.from", departments)
		}
		list = append(list, text)
	}
	for _, each := range []struct {
		key string
		n   int
	}{{"team.groups", groups}, {"team.customers_count", customers}, {"team.versions", len(g.team.steps) * b2i(versions)}} {
		if each.n > 0 {
			list = append(list, l.Plural(each.key, each.n))
		}
	}
	return list
}

// madeBy says in a few words who made a collaboration, "" of other galleries.
func (l *locale) madeBy(g *plannedGallery) string {
	if !g.team.tells() {
		return ""
	}
	return l.List(l.teamNumbers(g, false))
}

// teamResult shows what it led to and who did what, nil where it is not there
// yet.
func (l *locale) teamResult(g *plannedGallery, t *gallery.CollaborationText) *theme.TeamResult {
	p := g.team.result
	if p == nil {
		return nil
	}
	r := &theme.TeamResult{Card: l.card(p, cardStyle{rendition: renditionPlate})}
	add := func(role string, who theme.Link) {
		word := l.Works([]string{role})
		i := slices.IndexFunc(r.Credits, func(c theme.RoleCredit) bool { return c.Role == word })
		if i < 0 {
			i = len(r.Credits)
			r.Credits = append(r.Credits, theme.RoleCredit{Role: word})
		}
		if !slices.Contains(r.Credits[i].People, who) {
			r.Credits[i].People = append(r.Credits[i].People, who)
		}
	}
	for i, m := range g.Collaboration.Team {
		if m.Name == "" {
			continue
		}
		for _, role := range rolesOr(m.Roles, "participant") {
			add(role, l.memberLink(m, at(t.Team, i)))
		}
	}
	for i, a := range l.authors(p) {
		if a.Name == "" || g.onTeam(p.people[i], a) {
			continue
		}
		for _, role := range rolesOr(a.Roles, "author") {
			add(role, theme.Link{Text: a.Name, Href: l.href(p.people[i].path)})
		}
	}
	return r
}

// onTeam tells whether an author is one of the team, who has been named.
func (g *plannedGallery) onTeam(c *contributor, a gallery.PublicAuthor) bool {
	return slices.ContainsFunc(g.Collaboration.Team, func(m gallery.Member) bool {
		return m.ID != "" && m.ID == c.Key || m.Name == a.Name
	})
}

func rolesOr(roles []string, other string) []string {
	if len(roles) == 0 {
		return []string{other}
	}
	return roles
}

// withTeam adds those of a gallery's team to the people of its roll of thanks
// who are not there for a piece of theirs.
func (l *locale) withTeam(people []theme.Entry, g *plannedGallery) []theme.Entry {
	if g.team == nil {
		return people
	}
	there := func(e theme.Entry) bool {
		return slices.ContainsFunc(people, func(o theme.Entry) bool {
			return o.Name == e.Name && (o.Href == e.Href || e.Href == "") || o.Href == e.Href && e.Href != ""
		})
	}
	for _, group := range g.team.groups {
		for _, i := range group.members {
			m := g.Collaboration.Team[i]
			link := l.memberLink(m, at(l.teamTexts(g), i))
			e := theme.Entry{Name: link.Text, Href: link.Href, Initial: l.Initial(link.Text)}
			if !there(e) {
				people = append(people, e)
			}
		}
	}
	lang.SortBy(l.Language, people, func(e theme.Entry) string { return e.Name })
	return people
}

// teamTexts returns what is said of a team in this language.
func (l *locale) teamTexts(g *plannedGallery) []gallery.MemberText {
	if t := l.shown(g).text.Collaboration; t != nil {
		return t.Team
	}
	return nil
}

// memberLink names somebody of a team and leads to their page, if they have one.
func (l *locale) memberLink(m gallery.Member, t gallery.MemberText) theme.Link {
	link := theme.Link{Text: l.inWords(t.Name, m.Name)}
	if c := l.m.contributorBy(m.ID); c != nil {
		link.Href = l.href(c.path)
	}
	return link
}

// partsOf lists the teams and juries that a contributor was on, with what they did
// there.
func (l *locale) partsOf(c *contributor) []theme.Fact {
	var list []theme.Fact
	for _, p := range c.parts {
		role := cmp.Or(l.rolesOf(p.member), l.Role("participant"))
		if p.jury {
			role = l.Label("winners.jury")
		}
		shown := l.shown(p.gallery)
		list = append(list, theme.Fact{Name: role, Text: shown.text.Title, Href: shown.href})
	}
	return list
}

// ldResult writes what a collaboration led to, with everybody's part in it: the
// pattern of schema.org/Role, which stands between a thing and a person and
// repeats the property.
func (l *locale) ldResult(w *jsonWriter, g *plannedGallery) {
	p, t := g.team.result, l.shown(g).text.Collaboration
	if p == nil || t == nil {
		return
	}
	w.ldNode("CreativeWork", func() {
		w.text("name", l.titleOf(p))
		w.text("url", l.origin, l.base, l.prefix, p.path)
		w.optional("datePublished", l.stamp(p.Published))
		l.ldPeople(w, "creator", p)
		w.optionalList("contributor", func() {
			for i, m := range g.Collaboration.Team {
				if m.Name != "" {
					l.ldPart(w, m, at(t.Team, i))
				}
			}
		})
		l.ldRights(w, p)
	})
}

func (l *locale) ldPart(w *jsonWriter, m gallery.Member, t gallery.MemberText) {
	w.ldNode(kindLD(m.Kind), func() {
		w.text("name", l.inWords(t.Name, m.Name))
		if c := l.m.contributorBy(m.ID); c != nil {
			w.text("url", l.origin, l.base, l.prefix, c.path)
		}
	})
}
