package source

import (
	"cmp"
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// collaboration reads the language-free part of a collaboration.
func (r *reader) collaboration(f *folder, t *strict.Table, near *beside) *gallery.CollaborationFacts {
	c := &gallery.CollaborationFacts{Pos: t.At(), Team: r.members(f, t, "member", near), Result: t.Line("result"), ResultAt: t.Pos("result")}
	f.refer(t, "result", c.Result)
	for _, each := range t.Tables("why") {
		for _, key := range []string{"question", "answer"} {
			if each.Empty(key) {
				each.Errorf(key, "add "+each.Example(key, `"…"`), "a why without its %s", key)
			}
		}
	}
	for _, each := range t.Tables("step") {
		c.Steps = append(c.Steps, r.step(f, each, c.Team))
	}
	if len(c.Team) == 0 {
		f.probs.Notef(c.Pos, "name those who made it: write [[member]] and below it name, roles, department", "a collaboration without a team")
	}
	return c
}

func (r *reader) step(f *folder, t *strict.Table, team []gallery.Member) gallery.Step {
	s := gallery.Step{Pos: t.At(), Date: t.Time("date", r.opt.Zone), Pieces: t.Strings("pieces")}
	f.refer(t, "pieces", s.Pieces...)
	if s.Date.After(f.latest) {
		f.latest = s.Date
	}
	if !r.opt.Now.IsZero() && s.Date.After(r.opt.Now) {
		f.probs.Notef(t.Pos("date"), "check the year; if it is planned, all is well", "a step that is still to come")
	}
	if t.Empty("title") {
		t.Errorf("title", "add "+t.Example("title", `"…"`)+": what was there at that time", "a step without a title")
	}
	if t.Empty("date") {
		t.Errorf("date", "add "+t.Example("date", "2026-11-02")+", the day of this version", "a step without a date")
	}
	for _, id := range t.Strings("by") {
		if slices.ContainsFunc(team, func(m gallery.Member) bool { return m.ID == id }) {
			s.By = append(s.By, id)
			continue
		}
		t.Errorf("by", "write the id of a [[member]]", "%s is nobody of the team", strict.Quote(id))
	}
	return s
}

// collaborationText reads the words of a collaboration, nil where there are
// none.
func collaborationText(t *strict.Table) *gallery.CollaborationText {
	var c gallery.CollaborationText
	for _, each := range t.Tables("why") {
		c.Why = append(c.Why, gallery.Answer{Question: each.Line("question"), Answer: each.String("answer")})
	}
	c.Team = memberTexts(t, "member")
	for _, each := range t.Tables("step") {
		c.Steps = append(c.Steps, gallery.NamedText{Title: each.Line("title"), Text: each.String("text")})
	}
	if len(c.Why)+len(c.Team)+len(c.Steps) == 0 {
		return nil
	}
	return &c
}

// collaborationIn reads them from a translation, whose lists speak to the places
// of the original's.
func collaborationIn(t *strict.Table, original *gallery.CollaborationText) *gallery.CollaborationText {
	own := cmp.Or(original, &gallery.CollaborationText{})
	fits(t, "why", len(own.Why))
	fits(t, "member", len(own.Team))
	fits(t, "step", len(own.Steps))
	return collaborationText(t)
}
