package source

import (
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// assembly puts the folders together, in order.
type assembly struct {
	site    *gallery.Site
	probs   problem.List
	private []string
	ids     map[string]problem.Pos // of all submissions, where each stands first
	refs    []reference
	none    others
	zone    *time.Location // of dates in names of folders
	filled  map[*gallery.Series][]*gallery.Gallery
}

// newAssembly makes room for so many folders.
func newAssembly(folders int, zone *time.Location) *assembly {
	return &assembly{
		site: &gallery.Site{}, ids: make(map[string]problem.Pos, folders), zone: zone,
		filled: map[*gallery.Series][]*gallery.Gallery{},
	}
}

// add adds a folder and all below it; s and g are the nearest above. What a
// folder said is remembered, so nothing is written into it: a gallery, which
// gets its submissions here, is a copy.
func (a *assembly) add(b *branch, s *gallery.Series, g *gallery.Gallery) {
	f := b.folder
	o := f.others
	if o == nil {
		o = &a.none
	}
	if o.series != nil {
		s = o.series
		a.site.Series = append(a.site.Series, s)
	}
	if o.gallery != nil {
		own := *o.gallery
		g = &own
		g.Series = s
		a.edition(g)
		a.site.Galleries = append(a.site.Galleries, g)
	}
	a.site.Articles = append(a.site.Articles, o.articles...)
	a.refs = append(a.refs, o.refs...)
	a.private = append(a.private, o.private...)
	if f.piece != nil {
		a.submission(f, g)
	}
	a.probs = append(a.probs, f.probs...)
	for _, sub := range b.sub {
		a.add(sub, s, g)
	}
}

func (a *assembly) submission(f *folder, g *gallery.Gallery) {
	s, broken := f.piece, f.broken
	if s.ID != "" {
		at, ok := s.At("id")
		if !ok {
			at = s.Pos
		}
		if first, twice := a.ids[s.ID]; twice {
			a.probs.Errorf(at, "give the later one an id of its own", "the id %q is already that of %s", s.ID, first)
			broken = true
		} else {
			a.ids[s.ID] = at
		}
	}
	switch {
	case g == nil:
		a.probs.Errorf(s.Pos, "move its folder below one that has gallery.md", "a submission outside any gallery")
	case broken:
		g.Broken++
		a.site.Broken = append(a.site.Broken, s)
	default:
		g.Submissions = append(g.Submissions, s)
	}
}

// check reports what can be told only when everything is known.
func (a *assembly) check() {
	for _, g := range a.site.Galleries {
		if len(g.Submissions) == 0 && g.Broken == 0 {
			a.probs.Notef(g.Pos, "run \"gallerist new submission\" to add one", "a gallery without submissions")
		}
	}
	for _, s := range a.site.Series {
		if len(a.filled[s]) == 0 {
			a.probs.Notef(s.Pos, "run \"gallerist new gallery\" below its folder", "a series without galleries")
		}
		numberEditions(a.filled[s], &a.probs)
	}
	for _, r := range a.refs {
		a.site.References = append(a.site.References, gallery.Reference{ID: r.id, Key: r.key, Pos: r.pos})
		if _, ok := a.ids[r.id]; !ok {
			a.probs.Warnf(r.pos, "write the id of a submission", "%s names %s, which is no submission's id", r.key, strict.Quote(r.id))
		}
	}
}
