package builder

import (
	"maps"
	"slices"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// plannedSeries is a series with an address and its editions.
type plannedSeries struct {
	*gallery.Series
	path     string            // "dance/", below the site and its language
	editions []*plannedGallery // newest first; some may be still to come
	came     []*plannedGallery // those of them whose date has come
	pieces   []*piece          // newest first
}

// Pages below a series.
const archiveDir = "archive/"

// planSeries gives the series their addresses, of which those of editions are
// made. A series whose address is taken is none: its editions are galleries as
// any others.
func (m *model) planSeries(list []*gallery.Series, roots map[string]problem.Pos, probs *problem.List) {
	for _, s := range list { // by folder, so those above come first
		p := &plannedSeries{Series: withoutCostlySeries(s, probs), path: m.addressOf(s.Dir, s.Slug)}
		if m.takeRoot(p.path, s.Pos, roots, probs) {
			roots[p.path+archiveDir] = s.Pos
			roots[p.path+rollDir] = s.Pos
			m.series = append(m.series, p)
		}
	}
}

// addressOf returns the address of a series or gallery by its folder: below
// that of the nearest series above, else that of the folder.
func (m *model) addressOf(dir, slug string) string {
	above, below := "", dir
	for _, s := range m.series { // a series in a series comes after it
		if rest, ok := strings.CutPrefix(dir, s.Dir+"/"); ok {
			above, below = s.path, rest
		}
	}
	return above + folderPath(m.cfg.Language, below, slug)
}

// seriesOf returns the series that a gallery is an edition of, nil for none.
func (m *model) seriesOf(g *gallery.Gallery) *plannedSeries {
	if g.Series == nil {
		return nil
	}
	for _, s := range m.series {
		if s.Dir == g.Series.Dir {
			return s
		}
	}
	return nil
}

// joinSeries puts editions and pieces into their series, once all pieces are
// known.
func (m *model) joinSeries(probs *problem.List) {
	if len(m.series) == 0 {
		return
	}
	for _, g := range m.galleries {
		if g.series != nil {
			g.series.editions = append(g.series.editions, g)
		}
	}
	for _, p := range m.pieces {
		if s := p.gallery.series; s != nil {
			s.pieces = append(s.pieces, p)
		}
	}
	for _, s := range m.series {
		slices.SortStableFunc(s.editions, func(a, b *plannedGallery) int {
			x, y := a.Edition, b.Edition
			if c := y.Date.Compare(x.Date); c != 0 {
				return c
			}
			return y.Number - x.Number
		})
		for _, g := range s.editions {
			if !g.Edition.Date.After(m.now) {
				s.came = append(s.came, g)
			}
		}
		if !s.Next.IsZero() && !s.Next.After(m.now) {
			probs.Notef(s.Pos, "set next to the date of the one after, or take it out", "the next edition was to come on %s, which is past", s.Next.Format(time.DateOnly))
		}
	}
}

// current returns the newest edition whose date has come, nil where there is
// none.
func (s *plannedSeries) current() *plannedGallery {
	if len(s.came) == 0 {
		return nil
	}
	return s.came[0]
}

// coming returns the next edition whose date has not come, nil where there is
// none.
func (s *plannedSeries) coming() *plannedGallery {
	if n := len(s.editions) - len(s.came); n > 0 {
		return s.editions[n-1]
	}
	return nil
}

// next returns when the next edition comes, zero where nobody knows, and that
// edition where it is there already.
func (s *plannedSeries) next(now time.Time) (time.Time, *plannedGallery) {
	coming := s.coming()
	switch {
	case coming == nil:
		if s.Next.After(now) {
			return s.Next, nil
		}
		return time.Time{}, nil
	case coming.Call != nil && coming.Call.Opens.After(now):
		return coming.Call.Opens, coming
	}
	return coming.Edition.Date, coming
}

// weekday returns a day on whose weekday all editions come, zero where they do
// not, or where there is but one.
func (s *plannedSeries) weekday(zone *time.Location) time.Time {
	var days []time.Time
	for _, g := range s.editions {
		days = append(days, g.Edition.Date.In(zone))
	}
	if !s.Next.IsZero() {
		days = append(days, s.Next.In(zone))
	}
	if len(days) < 2 || slices.ContainsFunc(days, func(t time.Time) bool { return t.Weekday() != days[0].Weekday() }) {
		return time.Time{}
	}
	return days[0]
}

// neighbours returns the editions before and after one, nil where there is
// none.
func (s *plannedSeries) neighbours(g *plannedGallery) (older, newer *plannedGallery) {
	i := slices.Index(s.editions, g)
	if i > 0 {
		newer = s.editions[i-1]
	}
	if i >= 0 && i+1 < len(s.editions) {
		older = s.editions[i+1]
	}
	return older, newer
}

// highlights returns the pieces that stand for an edition, at most so many:
// those it names, else those who won, those featured and the newest.
func (g *plannedGallery) highlights(most int) []*piece {
	list := g.highlit
	if len(list) == 0 {
		list = winners(g.standings())
		for _, featured := range []bool{true, false} {
			for _, p := range g.pieces {
				if len(list) < most && p.Featured == featured && !slices.Contains(list, p) {
					list = append(list, p)
				}
			}
		}
	}
	return list[:min(most, len(list))]
}

// entry is what stands in the site's lists of galleries: a gallery of its own,
// or a series in place of its editions.
type entry struct {
	gallery *plannedGallery
	series  *plannedSeries
}

// entries returns the galleries and series of the site, in the order of their
// folders.
func (m *model) entries() []entry {
	list := make([]entry, 0, len(m.galleries))
	seen := map[*plannedSeries]bool{}
	for _, g := range m.galleries {
		switch s := g.series; {
		case s == nil:
			list = append(list, entry{gallery: g})
		case !seen[s]:
			seen[s] = true
			list = append(list, entry{series: s})
		}
	}
	for _, s := range m.series {
		if !seen[s] {
			list = append(list, entry{series: s})
		}
	}
	return list
}

// withoutCostlySeries is withoutCostly of a series.
func withoutCostlySeries(s *gallery.Series, probs *problem.List) *gallery.Series {
	own := *s
	if markdownProblem(s.Text.Body, s.Text.BodyAt, probs) {
		own.Text.Body = ""
	}
	own.In = maps.Clone(s.In)
	for tag, t := range s.In {
		if markdownProblem(t.Body, t.BodyAt, probs) {
			t.Body = ""
			own.In[tag] = t
		}
	}
	return &own
}
