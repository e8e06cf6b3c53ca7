package builder

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// session is a live session of a gallery with what it leads to.
type session struct {
	*gallery.Session
	gallery   *plannedGallery
	at        int    // place in the gallery's list, which is that of its words
	id        string // permanent, among those of the gallery
	over      bool
	recording *piece // nil = none here
	pieces    []*piece
}

// untold is how long a session is taken to last that does not say when it ends.
const untold = 2 * time.Hour

// isOver says whether a session has taken place: it has ended or, where nobody
// said when it ends, began two hours ago; or it has begun, and there is a
// recording of it.
func isOver(s *gallery.Session, now time.Time) bool {
	switch {
	case now.Before(s.Starts):
		return false
	case s.Recording != "" || !now.Before(s.Starts.Add(untold)) && s.Ends.IsZero():
		return true
	}
	return !s.Ends.IsZero() && !now.Before(s.Ends)
}

// joinSessions finds what sessions and highlights of editions lead to, once
// all pieces are known.
func (m *model) joinSessions(probs *problem.List) {
	var r *references
	for _, g := range m.galleries {
		if len(g.Live) == 0 && (g.Edition == nil || len(g.Edition.Highlights) == 0) {
			continue
		}
		if r == nil {
			r = m.newReferences()
		}
		if g.Edition != nil {
			g.highlit = r.pieces(g.Edition.Highlights, g, "highlights", g.Edition.Pos, probs)
		}
		for i := range g.Live {
			if !g.Live[i].Starts.IsZero() {
				g.sessions = append(g.sessions, m.session(g, i, r, probs))
			}
		}
		sortSessions(g.sessions)
	}
}

// sortSessions puts those to come first, the next one at the beginning, then
// those that are over, the last one first.
func sortSessions(list []*session) {
	slices.SortStableFunc(list, func(a, b *session) int {
		if c := cmp.Compare(b2i(a.over), b2i(b.over)); c != 0 {
			return c
		}
		if a.over {
			return b.Starts.Compare(a.Starts)
		}
		return a.Starts.Compare(b.Starts)
	})
}

func (m *model) session(g *plannedGallery, at int, r *references, probs *problem.List) *session {
	s := &session{Session: &g.Live[at], gallery: g, at: at}
	s.id = cmp.Or(s.ID, strconv.Itoa(at+1))
	s.over = isOver(s.Session, m.now)
	s.pieces = r.pieces(s.Pieces, nil, "pieces", s.Pos, probs)
	if s.Recording != "" && m.now.Before(s.Starts) {
		probs.Warnf(s.Pos, "check the year and the day of its start", "the session has a recording, but starts only on %s", s.Starts.Format("2006-01-02 15:04 -0700"))
	}
	if s.Recording == "" || strings.Contains(s.Recording, "/") {
		return s
	}
	for _, p := range r.pieces([]string{s.Recording}, nil, "recording", s.Pos, probs) {
		if p.clip() == nil {
			probs.Warnf(s.Pos, "name a piece with a film or a sound, or write the address of the recording", "the recording %q is neither a film nor a sound", p.ID)
			continue
		}
		s.recording = p
	}
	return s
}

// clip returns the first film or sound of a piece, nil where it has none.
func (p *piece) clip() *picture {
	for _, pic := range p.pictures {
		if pic.clip != nil {
			return pic
		}
	}
	return nil
}

// references finds pieces by the ids that galleries name.
type references struct {
	published map[string]*piece
	received  map[string]bool
}

func (m *model) newReferences() *references {
	r := &references{published: make(map[string]*piece, len(m.pieces)), received: map[string]bool{}}
	for _, p := range m.pieces {
		r.published[p.ID] = p
	}
	for _, g := range m.galleries {
		for _, s := range g.Submissions {
			r.received[s.ID] = true
		}
	}
	return r
}

// pieces returns the published pieces of ids, of one gallery where one is
// given. Of ids that nobody has, the reader of the folder has told.
func (r *references) pieces(ids []string, of *plannedGallery, key string, pos problem.Pos, probs *problem.List) []*piece {
	var list []*piece
	for _, id := range ids {
		p := r.published[id]
		switch {
		case p == nil && r.received[id]:
			probs.Warnf(pos, "publish it, or name another piece", "%s names %q, which is not published", key, id)
		case p != nil && of != nil && p.gallery != of:
			probs.Warnf(pos, "name pieces of this gallery", "%s names %q, which is a piece of %s", key, id, p.gallery.Dir)
		case p != nil && !slices.Contains(list, p):
			list = append(list, p)
		}
	}
	return list
}
