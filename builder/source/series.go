package source

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// series reads series.md and its translations.
func (r *reader) series(f *folder, files []file) error {
	if !f.original(files, "series") {
		return nil
	}
	d, _, err := r.document(f, files[0].name, maxBody)
	if err != nil || d.head == nil {
		return err
	}
	t := d.head
	s := &gallery.Series{
		Dir: f.dir, Pos: problem.Pos{File: d.file}, Slug: slug(t), Lang: r.lang(t), Text: galleryText(d, false),
		Every: t.OneOf("every", gallery.Rhythms), Next: t.Time("next", r.opt.Zone), Hashtag: hashtag(t),
	}
	s.Text.Title = f.title(t, s.Text.Title)
	t.Allow("extra")
	f.other().series = s
	_, err = r.translations(f, files, t, cmp.Or(s.Lang, r.opt.Lang), maxBody, func(lang string, d document) {
		if s.In == nil {
			s.In = map[string]gallery.Text{}
		}
		s.In[lang] = galleryText(d, false)
	})
	r.done(d.file, t)
	return err
}

// edition reads what a gallery says of itself as an edition, nil where it says
// nothing.
func (r *reader) edition(f *folder, t *strict.Table) *gallery.Edition {
	e := t.Table("edition")
	if e == nil {
		return nil
	}
	n := e.Int("number")
	if n < 0 {
		e.Errorf("number", "count from 1, or take it out: then it is counted", "an edition cannot have the number %d", n)
		n = 0
	}
	highlights := e.Strings("highlights")
	f.refer(e, "highlights", highlights...)
	return &gallery.Edition{Pos: e.At(), Date: e.Time("date", r.opt.Zone), Number: n, Highlights: highlights}
}

// edition completes what is known of a gallery as an edition of its series. The
// gallery is a copy of what is remembered, what it points to is not.
func (a *assembly) edition(g *gallery.Gallery) {
	if g.Series == nil {
		if g.Edition != nil {
			a.probs.Errorf(g.Edition.Pos, "move its folder into one that has series.md, or take [edition] out", "an edition outside any series")
			g.Edition = nil
		}
		return
	}
	a.filled[g.Series] = append(a.filled[g.Series], g)
	e := gallery.Edition{Pos: g.Pos}
	if g.Edition != nil {
		e = *g.Edition
	}
	if e.Date.IsZero() {
		e.Date = leadingDate(path.Base(g.Dir), a.zone)
	}
	if e.Date.IsZero() && g.Call != nil {
		e.Date = g.Call.Opens
	}
	if e.Date.IsZero() {
		a.probs.Errorf(e.Pos, "begin the folder's name with its date, such as 2026-11-02, or set date below [edition]", "an edition without a date")
	}
	g.Edition = &e
	if g.Call != nil && g.Call.Hashtag == "" && g.Series.Hashtag != "" {
		call := *g.Call
		call.Hashtag = g.Series.Hashtag
		g.Call = &call
	}
}

var dateAhead = regexp.MustCompile(`^\d{4}-\d{2}(-\d{2})?(?:\D|$)`)

// leadingDate returns the day or the month that a folder's name begins with,
// zero where it begins with none.
func leadingDate(name string, zone *time.Location) time.Time {
	found := dateAhead.FindString(name)
	for _, layout := range []string{"2006-01-02", "2006-01"} {
		if len(found) < len(layout) {
			continue
		}
		if t, err := time.ParseInLocation(layout, found[:len(layout)], zone); err == nil {
			return t
		}
	}
	return time.Time{}
}

// numberEditions gives each edition of a series its number: what it says, else
// one more than the edition before. Those without a date come last.
func numberEditions(list []*gallery.Gallery, probs *problem.List) {
	slices.SortFunc(list, func(a, b *gallery.Gallery) int {
		x, y := a.Edition, b.Edition
		return cmp.Or(cmp.Compare(b2i(x.Date.IsZero()), b2i(y.Date.IsZero())), x.Date.Compare(y.Date), cmp.Compare(x.Number, y.Number), cmp.Compare(a.Dir, b.Dir))
	})
	taken := map[int]*gallery.Gallery{}
	last, told := 0, false // of the edition before
	for i, g := range list {
		e := g.Edition
		same := i > 0 && !e.Date.IsZero() && e.Date.Equal(list[i-1].Edition.Date)
		if same && (e.Number == 0 || !told) {
			probs.Warnf(e.Pos, "set number below [edition] in both, or another date in one",
				"the edition has the same date as %s, so nothing tells which comes first", list[i-1].Dir)
		}
		if told = e.Number > 0; !told {
			e.Number = last + 1
		}
		last = e.Number
		if first := taken[last]; first != nil {
			probs.Errorf(e.Pos, "give one of the two another number below [edition]", "edition %d is %s already", last, first.Dir)
			continue
		}
		taken[last] = g
	}
}
