package builder

import (
	"slices"

	"gallerist/builder/gallery"
)

// public returns a participant's piece where it is published, nil where it is
// not, or in the preview only.
func (w *participant) public() *piece {
	if w.piece == nil || w.piece.Draft {
		return nil
	}
	return w.piece
}

// outcomeOf returns what came of taking part: the best that holds.
func (g *plannedGallery) outcomeOf(w *participant) gallery.ThanksOutcome {
	s, p := w.submission, w.public()
	if s.Status == gallery.Withdrawn {
		return gallery.ThanksWithdrawn
	}
	if p != nil {
		if best := p.outcome(); best != "" {
			return best
		}
	}
	switch {
	case g.onItsTeam(s):
		return gallery.ThanksTeam
	case p != nil && p.Featured:
		return gallery.ThanksFeatured
	case p != nil:
		return gallery.ThanksApproved
	case w.undecided():
		return gallery.ThanksPending
	}
	return gallery.ThanksOthers
}

// outcome returns what came of a published piece beyond being published, "" for
// nothing. Awards that are not announced are not in it.
func (p *piece) outcome() gallery.ThanksOutcome {
	switch final := slices.ContainsFunc(p.Awards, onlyFinalist); {
	case p.wonAward() >= 0:
		return gallery.ThanksWinner
	case final:
		return gallery.ThanksFinalist
	case p.idea == nil:
		return ""
	case p.idea.into != nil:
		return gallery.ThanksMerged
	}
	switch p.idea.status {
	case gallery.IdeaPlanned, gallery.IdeaMaking, gallery.IdeaDone:
		return gallery.ThanksTaken
	}
	return ""
}

// wonAward returns the place of a piece's best award in the list, -1 for none:
// the highest rank, else the first without one.
func (p *piece) wonAward() int {
	best := -1
	for i, a := range p.Awards {
		switch {
		case onlyFinalist(a):
		case best < 0, a.Rank > 0 && (p.Awards[best].Rank == 0 || a.Rank < p.Awards[best].Rank):
			best = i
		}
	}
	return best
}

func onlyFinalist(a gallery.Award) bool { return a.Finalist && a.Rank == 0 }

// onItsTeam tells whether a submission is by somebody of the gallery's team.
func (g *plannedGallery) onItsTeam(s *gallery.Submission) bool {
	return g.Collaboration != nil && slices.ContainsFunc(s.Authors, func(a gallery.Author) bool {
		return a.ID != "" && slices.ContainsFunc(g.Collaboration.Team, func(m gallery.Member) bool { return m.ID == a.ID })
	})
}

// undecided tells whether a submission that is not published may be yet: review
// has not looked at it, or has approved it and something is still missing.
func (w *participant) undecided() bool {
	switch w.submission.Status {
	case gallery.Pending:
		return true
	case gallery.Approved, gallery.Featured:
		switch w.submission.Grant.Status {
		case gallery.GrantDeclined, gallery.GrantRevoked, gallery.GrantExpired:
			return false
		}
		return w.refused != gallery.RefusedExpired
	}
	return false
}
