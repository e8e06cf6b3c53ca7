package builder

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"gallerist/builder/draw"
	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// drawList is who can be drawn, and how many cannot.
type drawList struct {
	ids                    []string
	withdrawn, late, extra int
}

// drawListOf returns who can be drawn in a contest: whose submission was
// received before the call closed, whatever became of it, unless it was
// withdrawn. A ticket is a submission; where the rules limit how many entries
// one person may send, those after the limit have none, as far as author.id
// tells whose they are. With a category, only submissions with its id among their
// tags.
func drawListOf(g *gallery.Gallery, category string) drawList {
	var list drawList
	var closes time.Time
	if g.Call != nil {
		closes = g.Call.Closes
	}
	limit, sent := 0, map[string]int{}
	if g.Contest != nil {
		limit = g.Contest.Rules.Limit
	}
	for _, s := range byArrival(g.Submissions) {
		switch {
		case category != "" && !slices.Contains(s.Tags, category):
		case s.Status == gallery.Withdrawn:
			list.withdrawn++
		case !closes.IsZero() && !s.Received.Before(closes):
			list.late++
		default:
			if who := senderOf(s); who != "" {
				if sent[who]++; limit > 0 && sent[who] > limit {
					list.extra++
					continue
				}
			}
			list.ids = append(list.ids, s.ID)
		}
	}
	slices.Sort(list.ids)
	return list
}

func byArrival(list []*gallery.Submission) []*gallery.Submission {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b *gallery.Submission) int {
		return cmp.Or(a.Received.Compare(b.Received), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// senderOf returns the id of a submission's first author, "" where none was
// given: a name alone may be anybody's.
func senderOf(s *gallery.Submission) string {
	if len(s.Authors) == 0 {
		return ""
	}
	return s.Authors[0].ID
}

// draws tells whether a gallery has a draw, held or to come.
func (g *plannedGallery) draws() bool { return g.Contest != nil && g.Contest.Draw != nil }

// checkDraw draws again by the record of a contest's draw. A record that does
// not come out the same is left out.
func (g *plannedGallery) checkDraw(now time.Time, probs *problem.List) {
	if !g.draws() || g.Contest.Draw.File == "" {
		return
	}
	d := g.Contest.Draw
	at := problem.Pos{File: d.File}
	const again = `bring the file back as it was, or take it out and draw again with "gallerist draw"`
	record, err := draw.Parse(d.Text)
	var wrong *draw.Error
	switch {
	case errors.As(err, &wrong):
		at.Line = wrong.Line
		probs.Errorf(at, again, "the record of a draw whose line %s, so it is not shown", strings.TrimPrefix(wrong.Error(), "line "))
		return
	case d.Seed != "" && d.Seed != record.Seed:
		probs.Errorf(d.Pos, again, "the draw was held with the seed %q, not with this one, so it is not shown", record.Seed)
		return
	case d.Winners > 0 && d.Winners != record.Winners && record.Winners < len(record.Tickets):
		probs.Warnf(d.Pos, again, "%d should win, but the draw was held for %d", d.Winners, record.Winners)
	case record.Date > now.Format(time.DateOnly):
		probs.Warnf(at, "check the date of the draw and of this computer", "a draw that will be held on %s", record.Date)
	}
	if was, is := record.IDs(), drawListOf(g.Gallery, record.Category).ids; !slices.Equal(was, is) {
		probs.Notef(at, "nothing is to be done: the draw stays as it was held",
			"since the draw %d of its submissions went and %d came", missing(was, is), missing(is, was))
	}
	g.drawn = record
}

// missing counts those of a that are not in b; both are sorted.
func missing(a, b []string) int {
	n := 0
	for _, id := range a {
		if _, ok := slices.BinarySearch(b, id); !ok {
			n++
		}
	}
	return n
}

// DrawRequest says what to draw.
type DrawRequest struct {
	Gallery  string // its folder below content
	Seed     string // "" = that of its gallery.md
	Category string // "" = among all who took part
	Winners  int    // 0 = as its gallery.md says, or 1
}

// DrawResult is a draw that was held.
type DrawResult struct {
	Title                  string
	Record                 *draw.Record
	List                   string            // sum of the list
	Folders                map[string]string // of the submissions, by id
	Withdrawn, Late, Extra int               // submissions without a ticket
	File                   string            // where the record belongs, below the site's folder
	Not                    *DrawRefusal      // why it may not be kept; nil = it may
}

// DrawRefusal says why nothing can be drawn, or why a draw is a rehearsal only.
type DrawRefusal struct{ Text, Hint string }

func (r *DrawRefusal) Error() string { return r.Text }

// HoldDraw draws in a contest of the site. An error that is no *DrawRefusal means
// that the folder cannot be read.
func HoldDraw(ctx context.Context, fsys fs.FS, opt Options, ask DrawRequest) (*DrawResult, problem.List, error) {
	cfg, content, probs, err := readFolder(ctx, fsys, opt)
	if err != nil {
		return nil, probs, err
	}
	probs = probs.Sorted()
	g, err := contestAt(content, ask.Gallery)
	if err != nil {
		return nil, probs, err
	}
	if err := ask.complete(g); err != nil {
		return nil, probs, err
	}
	list := drawListOf(g, ask.Category)
	if len(list.ids) == 0 {
		return nil, probs, &DrawRefusal{"nobody took part", "look at the dates in received, and at the tags where you draw in a category"}
	}
	r := &DrawResult{
		Title:  g.Text.Title,
		Record: draw.Hold(ask.Seed, opt.Now.In(cfg.Zone).Format(time.DateOnly), ask.Category, ask.Winners, list.ids),
		List:   draw.List(list.ids), Folders: map[string]string{},
		Withdrawn: list.withdrawn, Late: list.late, Extra: list.extra,
		File: strings.TrimSuffix(g.Pos.File, "gallery.md") + "draw.txt", Not: mayNotKeep(g, opt.Now),
	}
	for _, s := range g.Submissions {
		r.Folders[s.ID] = s.Dir
	}
	return r, probs, nil
}

// contestAt finds a contest by its folder.
func contestAt(content *gallery.Site, dir string) (*gallery.Gallery, error) {
	var dirs []string
	for _, g := range content.Galleries {
		switch {
		case g.Dir == dir && g.Contest == nil:
			return nil, &DrawRefusal{"the gallery \"" + dir + "\" is no contest", `set kind = "contest" in its gallery.md and add [contest]: who draws a prize needs rules`}
		case g.Dir == dir:
			return g, nil
		case g.Contest != nil:
			dirs = append(dirs, g.Dir)
		}
	}
	hint := "there is no contest in this site"
	if len(dirs) > 0 {
		hint = problem.DidYouMean(dir, dirs)
	}
	return nil, &DrawRefusal{"there is no gallery \"" + dir + "\"", hint}
}

// complete takes what was not asked for from the gallery.
func (ask *DrawRequest) complete(g *gallery.Gallery) error {
	var own gallery.Draw
	if g.Contest.Draw != nil {
		own = *g.Contest.Draw
	}
	var categories []string
	for _, c := range g.Contest.Categories {
		categories = append(categories, c.ID)
	}
	switch {
	case ask.Seed != "" && own.Seed != "" && ask.Seed != own.Seed:
		return &DrawRefusal{"gallery.md has another seed", "leave --seed out: who published a seed keeps to it"}
	case ask.Seed == "" && own.Seed == "":
		return &DrawRefusal{"there is no seed", `set seed = "…" below [contest.draw], or give it with --seed; best is a public number that nobody can choose, such as that of a lottery held after the call has closed`}
	case ask.Category != "" && !slices.Contains(categories, ask.Category):
		return &DrawRefusal{"there is no category \"" + ask.Category + "\"", problem.DidYouMean(ask.Category, categories)}
	case ask.Winners < 0:
		return &DrawRefusal{"fewer than one winner", "leave --winners out, or write how many win"}
	}
	ask.Seed, ask.Winners = cmp.Or(ask.Seed, own.Seed), cmp.Or(ask.Winners, own.Winners, 1)
	if !draw.GoodSeed(ask.Seed) {
		return &DrawRefusal{"this cannot be a seed", "write one line of at most 200 letters, figures and signs"}
	}
	return nil
}

// mayNotKeep says why a draw is a rehearsal only, nil where it is not.
func mayNotKeep(g *gallery.Gallery, now time.Time) *DrawRefusal {
	switch {
	case g.Contest.Draw != nil && g.Contest.Draw.File != "":
		return &DrawRefusal{g.Contest.Draw.File + " is there already", "a draw is held once; where that one was a mistake, say so in public, take the file out and draw again"}
	case g.Call == nil || g.Call.Closes.IsZero():
		return &DrawRefusal{"the call has no end, so nobody can say who took part in time", "add closes below [call]"}
	case g.Call.State(now) == gallery.CallOpen || g.Call.State(now) == gallery.CallUpcoming:
		return &DrawRefusal{"people can still take part", "draw after " + g.Call.Closes.Format("2006-01-02 15:04 -0700")}
	case g.Broken > 0:
		return &DrawRefusal{"some submissions cannot be read, and would have no ticket", `mend what "gallerist check" tells, then draw`}
	}
	return nil
}

// Method names how the tickets were numbered.
func (r *DrawResult) Method() string { return draw.Method }
