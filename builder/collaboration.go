package builder

import (
	"cmp"
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// teamwork is what of a collaboration is published.
type teamwork struct {
	groups []teamGroup
	steps  []teamStep // by date
	result *piece     // nil = not yet
	why    bool       // somebody said
}

// tells says whether there is anything that other galleries do not have.
func (t *teamwork) tells() bool {
	return t != nil && (t.why || t.result != nil || len(t.groups)+len(t.steps) > 0)
}

// teamGroup is a department, or the customers, in the order in which the first
// of each stands in gallery.md.
type teamGroup struct {
	department string // "" = of none
	customers  bool
	members    []int // places in the team
}

// teamStep is a step with the pieces that show it.
type teamStep struct {
	place  int // in the lists of facts and texts
	pieces []*piece
	by     []int // places in the team
}

// part is somebody's part in a team or a jury.
type part struct {
	gallery *plannedGallery
	member  gallery.Member
	jury    bool
}

// joinTeams finds what is published of collaborations, and the teams and juries
// that each contributor was on.
func (m *model) joinTeams(probs *problem.List) {
	for _, g := range m.galleries {
		if g.Collaboration != nil {
			g.team = m.teamwork(g, probs)
			m.joinParts(g, g.Collaboration.Team, false)
			m.tellNameless(g, probs)
		}
		if g.Contest != nil {
			m.joinParts(g, g.Contest.Jury, true)
		}
	}
}

func (m *model) joinParts(g *plannedGallery, list []gallery.Member, jury bool) {
	for _, member := range list {
		if c := m.contributorBy(member.ID); c != nil {
			c.parts = append(c.parts, part{g, member, jury})
		}
	}
}

func (m *model) teamwork(g *plannedGallery, probs *problem.List) *teamwork {
	facts := g.Collaboration
	t := &teamwork{groups: groupsOf(facts.Team), why: g.Text.Collaboration != nil && len(g.Text.Collaboration.Why) > 0}
	if shown := m.shownPieces(g, []string{facts.Result}, facts.ResultAt, probs); len(shown) > 0 {
		t.result = shown[0]
	}
	for i, s := range facts.Steps {
		step := teamStep{place: i, pieces: m.shownPieces(g, s.Pieces, s.Pos, probs)}
		for _, id := range s.By {
			if at := slices.IndexFunc(facts.Team, func(m gallery.Member) bool { return m.ID == id }); at >= 0 && facts.Team[at].Name != "" {
				step.by = append(step.by, at)
			}
		}
		t.steps = append(t.steps, step)
	}
	slices.SortStableFunc(t.steps, func(a, b teamStep) int { return facts.Steps[a.place].Date.Compare(facts.Steps[b.place].Date) })
	return t
}

// groupsOf parts a team into departments and customers. Those without a name
// are reported and left out.
func groupsOf(team []gallery.Member) []teamGroup {
	var list []teamGroup
	for i, m := range team {
		if m.Name == "" {
			continue
		}
		department := m.Department
		if m.Customer {
			department = ""
		}
		at := slices.IndexFunc(list, func(g teamGroup) bool { return g.department == department && g.customers == m.Customer })
		if at < 0 {
			at = len(list)
			list = append(list, teamGroup{department: department, customers: m.Customer})
		}
		list[at].members = append(list[at].members, i)
	}
	return list
}

// shownPieces returns those pieces of a gallery that are named by their ids.
// Ids of none have been reported, of those that are not published people are
// told: they may be waiting for them.
func (m *model) shownPieces(g *plannedGallery, ids []string, at problem.Pos, probs *problem.List) []*piece {
	var list []*piece
	for _, id := range ids {
		if i := slices.IndexFunc(g.pieces, func(p *piece) bool { return p.ID == id }); i >= 0 {
			list = append(list, g.pieces[i])
			continue
		}
		for _, other := range m.galleries {
			if slices.ContainsFunc(other.Submissions, func(s *gallery.Submission) bool { return s.ID == id }) {
				if other != g {
					probs.Warnf(at, "move its folder below "+g.Dir+", or name a piece of this gallery", "%q is a piece of another gallery, so it is not shown here", id)
				} else {
					probs.Notef(at, "nothing to do if it is to appear later", "%q is not published, so it is not shown here", id)
				}
			}
		}
	}
	return list
}

// tellNameless warns of somebody named on a team whose submissions are published
// without their name, because they did not agree to it.
func (m *model) tellNameless(g *plannedGallery, probs *problem.List) {
	for _, member := range g.Collaboration.Team {
		if s := m.namelessBy(member.ID); s != nil {
			probs.Warnf(member.Pos, "ask them: either they want to be named, then set name = true below [consent] there, or take them out here",
				"%q is named here, but does not agree to be named in %s", member.ID, s.Dir)
		}
	}
}

// namelessBy returns a submission by an author with the id who does not agree to
// be named, nil where there is none.
func (m *model) namelessBy(id string) *gallery.Submission {
	if id == "" {
		return nil
	}
	for _, g := range m.galleries {
		for _, s := range g.Submissions {
			if !s.Consent.Name && s.Status != gallery.Withdrawn && slices.ContainsFunc(s.Authors, func(a gallery.Author) bool { return a.ID == id }) {
				return s
			}
		}
	}
	return nil
}

// memberTexts fills what a translation does not say with the original's words.
func memberTexts(translated, own []gallery.MemberText) []gallery.MemberText {
	list := make([]gallery.MemberText, len(own))
	for i, o := range own {
		t := at(translated, i)
		list[i] = gallery.MemberText{
			Name: t.Name, Place: t.Place, Department: t.Department, // else as the glossary has them
			About: cmp.Or(t.About, o.About), Says: cmp.Or(t.Says, o.Says), Alt: cmp.Or(t.Alt, o.Alt),
		}
	}
	return list
}

// namedTexts does so with titles and what is said of them.
func namedTexts(translated, own []gallery.NamedText) []gallery.NamedText {
	list := make([]gallery.NamedText, len(own))
	for i, o := range own {
		t := at(translated, i)
		list[i] = gallery.NamedText{Title: cmp.Or(t.Title, o.Title), Text: cmp.Or(t.Text, o.Text)}
	}
	return list
}

// collaborationText returns what a collaboration says in this language.
func collaborationText(translated, own *gallery.CollaborationText) *gallery.CollaborationText {
	if own == nil {
		return nil
	}
	if translated == nil {
		return own
	}
	t := &gallery.CollaborationText{
		Team: memberTexts(translated.Team, own.Team), Steps: namedTexts(translated.Steps, own.Steps),
		Why: make([]gallery.Answer, len(own.Why)),
	}
	for i, o := range own.Why {
		in := at(translated.Why, i)
		t.Why[i] = gallery.Answer{Question: cmp.Or(in.Question, o.Question), Answer: cmp.Or(in.Answer, o.Answer)}
	}
	return t
}
