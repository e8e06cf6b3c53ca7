package source

import (
	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// idea reads where an idea stands on its board.
func (r *reader) idea(f *folder, t *strict.Table) {
	i := t.Table("idea")
	if i == nil {
		return
	}
	state := &gallery.IdeaState{
		Pos: i.At(), Status: gallery.IdeaNew, Supporters: i.Int("supporters"), Counted: r.past(f, i, "counted"),
		DuplicateOf: i.Line("duplicate_of"), DuplicateAt: i.Pos("duplicate_of"), Outcome: outcome(f, i),
	}
	switch {
	case state.Supporters < 0:
		i.Errorf("supporters", "write how many there were, or leave it out", "%d supporters", state.Supporters)
	case state.Supporters > 0 && i.Empty("counted"):
		i.Warnf("supporters", "add "+i.Example("counted", "2026-11-10")+": a number without its date says nothing a year later",
			"supporters without the date they were counted, so they are not shown")
		state.Supporters = 0
	}
	f.refer(i, "duplicate_of", state.DuplicateOf)
	for _, c := range i.Tables("status") {
		change := gallery.IdeaChange{
			Pos: c.At(), Status: gallery.IdeaStatus(c.OneOf("status", gallery.IdeaStatuses)), Date: r.past(f, c, "date"),
		}
		if c.Empty("status") {
			c.Errorf("status", "add "+c.Example("status", `"planned"`), "a change of status that does not say to which")
		}
		if c.Empty("date") {
			c.Errorf("date", "add "+c.Example("date", "2026-11-02"), "a change of status without a date")
		}
		if n := len(state.History); n > 0 && change.Date.Before(state.History[n-1].Date) {
			c.Warnf("date", "put the changes in order, the oldest first: the last one counts", "a change of status that is dated before the one above it")
		}
		state.History = append(state.History, change)
		state.Status = change.Status
	}
	f.piece.Idea = state
	ideaText(f.piece, t, &f.piece.Text)
}

// outcome reads what came of an idea.
func outcome(f *folder, i *strict.Table) *gallery.Outcome {
	t := i.Table("outcome")
	if t == nil {
		return nil
	}
	o := &gallery.Outcome{Pos: t.At(), URL: webAddress(t, "url"), Piece: t.Line("piece")}
	switch {
	case t.Empty("url") && t.Empty("piece"):
		t.Errorf("url", "add "+t.Example("url", `"https://…"`)+", or "+t.Example("piece", `"…"`)+" with the id of a submission", "an outcome that leads nowhere")
	case !t.Empty("url") && !t.Empty("piece"):
		t.Errorf("piece", "keep the one that visitors should be led to", "an outcome with both an address and a piece")
	}
	f.refer(t, "piece", o.Piece)
	return o
}

// ideaText reads what the brand says of an idea, in one language.
func ideaText(s *gallery.Submission, t *strict.Table, text *gallery.PieceText) {
	i := t.Table("idea")
	if i == nil || s.Idea == nil {
		return
	}
	said := gallery.BrandText{Answer: i.String("answer")}
	for n, c := range i.Tables("status") {
		if n == len(s.Idea.History) {
			c.Errorf("reason", "list the same changes in the same order", "more changes of status than in the original")
		}
		said.Reasons = append(said.Reasons, c.String("reason"))
	}
	if o := i.Table("outcome"); o != nil {
		said.Outcome = o.Line("text")
	}
	if text.Brand == nil {
		text.Brand = &gallery.BrandText{}
	}
	text.Brand.Answer, text.Brand.Reasons, text.Brand.Outcome = said.Answer, said.Reasons, said.Outcome
}
