package builder

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// boardOrder is the order in which a board shows what became of its ideas: what
// was made of them first, for it shows that asking helps.
var boardOrder = []gallery.IdeaStatus{
	gallery.IdeaDone, gallery.IdeaMaking, gallery.IdeaPlanned, gallery.IdeaConsidering, gallery.IdeaNew, gallery.IdeaDeclined,
}

// board is the ideas of a gallery by status, as they stand on its page.
type board struct {
	sections []*section // without those that hold nothing
	ideas    int        // in all of them
	around   []*piece   // of other galleries, that came of its ideas
}

// section is a board's ideas of one status: those that changed last first.
type section struct {
	status gallery.IdeaStatus
	ideas  []*piece
}

// idea is what is known of a piece of a board beyond the piece: who else is
// merged into it, or what it is merged into itself.
type idea struct {
	status     gallery.IdeaStatus // of the idea that it is merged into, if it is
	into       *piece             // the idea at the end of the chain; nil = it stands for itself
	merged     []*piece           // into this one, also by way of others; the first received first
	supporters int                // of all of them
	counted    time.Time          // the last of them
	outcome    *piece             // what came of it, where that is a piece
	section    *section           // where its card stands, or that of the idea it is merged into
	place      int                // there, from 0
}

// planBoards says which ideas stand on each board and what belongs to them.
func (m *model) planBoards(probs *problem.List) {
	for _, g := range m.galleries {
		if g.Kind != gallery.Ideas {
			continue
		}
		g.board = &board{}
		for _, p := range g.pieces {
			p.idea = &idea{}
		}
		m.mergeIdeas(g, probs)
		g.countSupporters()
		m.linkOutcomes(g, probs)
		g.fillBoard()
	}
}

// state returns what the brand says of an idea, also where it says nothing.
func (p *piece) state() gallery.IdeaState {
	if p.Idea == nil {
		return gallery.IdeaState{Status: gallery.IdeaNew}
	}
	return *p.Idea
}

// changed returns when an idea's status changed last, or when it arrived.
func (p *piece) changed() time.Time {
	if h := p.state().History; len(h) > 0 {
		return h[len(h)-1].Date
	}
	return cmp.Or(p.Received, p.Published)
}

// mergeIdeas finds for each idea the one at the end of its chain.
func (m *model) mergeIdeas(g *plannedGallery, probs *problem.List) {
	next := map[*piece]*piece{}
	for _, p := range g.pieces {
		if other := m.duplicateOf(g, p, probs); other != nil {
			next[p] = other
		}
	}
	openCircles(g.pieces, next, probs)
	for _, p := range g.pieces {
		into := p
		for next[into] != nil {
			into = next[into]
		}
		if into != p {
			p.idea.into = into
			into.idea.merged = append(into.idea.merged, p)
		}
	}
	for _, p := range g.pieces {
		slices.SortFunc(p.idea.merged, func(a, b *piece) int {
			return cmp.Or(a.Received.Compare(b.Received), cmp.Compare(a.ID, b.ID))
		})
	}
}

// duplicateOf returns the idea of the same board that a piece is merged into,
// nil where it stands for itself. An id that nobody has was told of before.
func (m *model) duplicateOf(g *plannedGallery, p *piece, probs *problem.List) *piece {
	id, at := p.state().DuplicateOf, p.state().DuplicateAt
	if id == "" {
		return nil
	}
	for _, other := range g.pieces {
		if other.ID == id {
			return other
		}
	}
	for _, other := range m.galleries {
		if !slices.ContainsFunc(other.Submissions, func(s *gallery.Submission) bool { return s.ID == id }) {
			continue
		}
		if other == g {
			probs.Warnf(at, "approve that one, or take duplicate_of out", "%q is not published, so this idea stands for itself", id)
		} else {
			probs.Warnf(at, "name an idea of the same board", "%q is in %s, so this idea stands for itself", id, other.Dir)
		}
	}
	return nil
}

// openCircles takes those merges out that lead back to where they began.
func openCircles(list []*piece, next map[*piece]*piece, probs *problem.List) {
	const onTheWay, done = 1, 2
	seen := map[*piece]int{}
	for _, p := range list {
		var way []*piece
		for ; p != nil && seen[p] == 0; p = next[p] {
			seen[p] = onTheWay
			way = append(way, p)
		}
		if p != nil && seen[p] == onTheWay {
			circle := way[slices.Index(way, p):]
			for _, c := range circle {
				probs.Warnf(c.state().DuplicateAt, "take duplicate_of out of the one that is to be kept", "ideas that are merged in a circle: %s", circleOf(circle))
				delete(next, c)
			}
		}
		for _, w := range way {
			seen[w] = done
		}
	}
}

// circleOf writes a circle the same, wherever it was entered.
func circleOf(list []*piece) string {
	ids := make([]string, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	first := slices.Index(ids, slices.Min(ids))
	ids = slices.Concat(ids[first:], ids[:first])
	return strings.Join(append(ids, ids[0]), ", ")
}

// countSupporters adds up those of an idea and of all merged into it, each once.
// The date is that of the last count: there were at least so many then.
func (g *plannedGallery) countSupporters() {
	for _, p := range g.pieces {
		for _, x := range append([]*piece{p}, p.idea.merged...) {
			s := x.state()
			if p.idea.supporters += s.Supporters; s.Supporters > 0 && s.Counted.After(p.idea.counted) {
				p.idea.counted = s.Counted
			}
		}
	}
}

// linkOutcomes finds the pieces that came of ideas.
func (m *model) linkOutcomes(g *plannedGallery, probs *problem.List) {
	for _, p := range g.pieces {
		s := p.state()
		switch {
		case s.Outcome == nil && s.Status == gallery.IdeaDone && p.idea.into == nil:
			probs.Notef(s.Pos, `add outcome = { url = "https://…" } or { piece = "…" } below [idea], with a few words as text`,
				"%q is done, but nothing shows what came of it", p.ID)
		case s.Outcome != nil && s.Outcome.Piece != "":
			p.idea.outcome = m.pieceOf(s.Outcome.Piece)
			if to := p.idea.outcome; to == nil {
				probs.Warnf(s.Outcome.Pos, "name a piece that is published", "%q is not published, so nothing leads there", s.Outcome.Piece)
			} else if to.gallery != g {
				g.board.around = append(g.board.around, to)
			}
		}
	}
}

// pieceOf returns the published piece with an id, or nil.
func (m *model) pieceOf(id string) *piece {
	for _, p := range m.pieces {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// fillBoard puts the ideas that stand for themselves into sections.
func (g *plannedGallery) fillBoard() {
	for _, status := range boardOrder {
		s := &section{status: status}
		for _, p := range g.pieces {
			if p.idea.into == nil && p.state().Status == status {
				s.ideas = append(s.ideas, p)
			}
		}
		slices.SortFunc(s.ideas, func(a, b *piece) int {
			return cmp.Or(b.changed().Compare(a.changed()), cmp.Compare(b.idea.supporters, a.idea.supporters), cmp.Compare(a.ID, b.ID))
		})
		for i, p := range s.ideas {
			for _, x := range append([]*piece{p}, p.idea.merged...) {
				x.idea.status, x.idea.section, x.idea.place = status, s, i
			}
		}
		if len(s.ideas) > 0 {
			g.board.sections = append(g.board.sections, s)
			g.board.ideas += len(s.ideas)
		}
	}
}

// related returns the pieces that a page of an idea names besides its own.
func (p *piece) related() []*piece {
	if p.idea == nil {
		return nil
	}
	list := slices.Clone(p.idea.merged)
	if p.idea.into != nil {
		list = append(list, p.idea.into)
	}
	if p.idea.outcome != nil {
		list = append(list, p.idea.outcome)
	}
	return list
}

// change is a change of an idea's status, as a feed tells it.
type change struct {
	*piece
	nth int // of the idea's history, from 0
	id  string
}

// changes returns the changes of a board's ideas that feeds may tell of, the
// last first. That an idea is new is told by the gallery's own feed.
func (m *model) changes(g *plannedGallery) []change {
	var list []change
	for _, s := range g.board.sections {
		for _, p := range s.ideas {
			if p.Draft || !slices.Contains(p.Scope, "feed") {
				continue
			}
			taken := map[string]int{}
			for i, h := range p.state().History {
				if i == 0 && h.Status == gallery.IdeaNew {
					continue
				}
				id := "change/" + p.ID + "/" + h.Date.In(m.cfg.Zone).Format(time.DateOnly) + "/" + string(h.Status)
				if taken[id]++; taken[id] > 1 { // told again on the same day
					id += strings.Repeat("+", taken[id]-1)
				}
				list = append(list, change{p, i, id})
			}
		}
	}
	slices.SortFunc(list, func(a, b change) int {
		return cmp.Or(b.when().Compare(a.when()), cmp.Compare(a.ID, b.ID), cmp.Compare(b.nth, a.nth))
	})
	return list
}

func (c change) when() time.Time { return c.state().History[c.nth].Date }
