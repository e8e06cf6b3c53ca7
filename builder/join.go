package builder

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// join finds the contributors, places and tags of the published pieces, and
// the neighbours and numbers of each piece.
func (m *model) join() {
	sortNewestFirst(m.pieces)
	var wg sync.WaitGroup
	wg.Go(m.joinGalleries)
	wg.Go(m.joinPeople)
	wg.Go(m.joinPlaces)
	m.joinTags()
	wg.Wait()
}

// joinGalleries puts each gallery's pieces into the order of all, with their
// numbers and neighbours.
func (m *model) joinGalleries() {
	for _, g := range m.galleries {
		g.pieces = g.pieces[:0]
	}
	for _, p := range m.pieces {
		p.gallery.pieces = append(p.gallery.pieces, p)
	}
	for _, g := range m.galleries {
		for i, p := range g.pieces {
			p.number = len(g.pieces) - i
			if i > 0 {
				p.newer = g.pieces[i-1]
			}
			if i+1 < len(g.pieces) {
				p.older = g.pieces[i+1]
			}
		}
	}
}

func (m *model) joinPlaces() {
	places := newTermSet("places/", m.cfg.Language)
	for _, p := range m.pieces {
		if name := placeOf(p.Piece); name != "" {
			p.place = places.add(name, p, m.languageOf(p))
		}
	}
	m.places = places.sorted()
}

func (m *model) joinTags() {
	tags := newTermSet("tags/", m.cfg.Language)
	for _, p := range m.pieces {
		for _, name := range p.Tags {
			if t := tags.add(name, p, m.languageOf(p)); t != nil {
				p.tags = append(p.tags, t)
			}
		}
	}
	m.tags = tags.sorted()
}

// sortNewestFirst sorts pieces by when they were published, the newest first,
// and at one moment by id.
func sortNewestFirst(list []*piece) {
	type dated struct {
		second int64 // most comparisons end with it
		*piece
	}
	keyed := make([]dated, len(list))
	for i, p := range list {
		keyed[i] = dated{p.Published.Unix(), p}
	}
	slices.SortFunc(keyed, func(a, b dated) int {
		if a.second != b.second {
			return cmp.Compare(b.second, a.second)
		}
		return cmp.Or(b.Published.Compare(a.Published), cmp.Compare(a.ID, b.ID))
	})
	for i, k := range keyed {
		list[i] = k.piece
	}
}

// placePages returns the places that have pages.
func (m *model) placePages() []*term {
	if !m.cfg.Pages.Places {
		return nil
	}
	return m.places
}

// kindOf returns what sort of work a piece is, told from its first medium where its
// front matter does not say.
func kindOf(p *piece) gallery.PieceKind {
	switch {
	case p.Kind != "":
		return p.Kind
	case p.gallery.Kind == gallery.Ideas: // also with a sketch
		return gallery.Idea
	case p.Rating > 0:
		return gallery.Review
	case len(p.pictures) == 0:
		return gallery.Story
	}
	switch c := p.pictures[0].clip; {
	case c == nil:
		return gallery.Photo
	case c.info != nil && c.info.Clip.Sound:
		return gallery.Sound
	}
	return gallery.Video
}

// placeOf returns where a piece belongs: where it was made, else where its
// author lives.
func placeOf(p *gallery.Piece) string {
	if p.Place != "" || len(p.Authors) == 0 {
		return p.Place
	}
	return p.Authors[0].Place
}

// languageOf returns the language a piece's own words are in.
func (m *model) languageOf(p *piece) string {
	return cmp.Or(p.Lang, p.gallery.Lang, m.cfg.Language)
}

// joinPeople finds the contributors and gives them addresses.
func (m *model) joinPeople() {
	people := make(map[string]*contributor, len(m.pieces)/2)
	for _, p := range m.pieces {
		p.people = make([]*contributor, len(p.Authors))
		for i := range p.Authors {
			a := &p.Authors[i]
			if a.Name == "" {
				continue
			}
			c := people[a.Key]
			if c == nil {
				c = &contributor{PublicAuthor: *a, lang: m.languageOf(p)}
				people[a.Key] = c
				m.contributors = append(m.contributors, c)
			}
			if len(c.pieces) == 0 || c.pieces[len(c.pieces)-1] != p {
				c.pieces = append(c.pieces, p)
			}
			p.people[i] = c
		}
	}
	m.addressPeople()
}

// addressPeople gives each contributor an address made of name and place, as
// their first piece has them: another piece from another place moves no page. Of
// two with one address the one who was there first keeps it.
func (m *model) addressPeople() {
	slices.SortFunc(m.contributors, func(a, b *contributor) int { return cmp.Compare(a.Key, b.Key) })
	slugs := make([]string, len(m.contributors))
	parallel(len(slugs), func(i int) {
		c := m.contributors[i]
		a := c.inPiece(c.oldest())
		who := a.Name
		if a.Place != "" {
			who += " " + a.Place
		}
		slugs[i] = slugOr(m.cfg.Language, who, c.Key)
	})
	first := make(map[string]*contributor, len(slugs))
	for i, c := range m.contributors {
		if other := first[slugs[i]]; other == nil || c.cameBefore(other) {
			first[slugs[i]] = c
		}
	}
	for i, c := range m.contributors {
		slug := slugs[i]
		if first[slug] != c {
			slug += "-" + shortHash(c.Key)
		}
		c.path = "contributors/" + slug + "/"
	}
}

// inPiece returns what a piece of a contributor says of them.
func (c *contributor) inPiece(p *piece) *gallery.PublicAuthor {
	return &p.Authors[slices.Index(p.people, c)]
}

// cameBefore tells which of two contributors sent something first.
func (c *contributor) cameBefore(other *contributor) bool {
	received := func(c *contributor) time.Time {
		return slices.MinFunc(c.pieces, func(a, b *piece) int { return a.Received.Compare(b.Received) }).Received
	}
	return received(c).Before(received(other))
}

// termSet collects places or tags; two ways of writing that give the same
// slug are one.
type termSet struct {
	dir, language string
	byName        map[string]*term // by each way of writing
	bySlug        map[string]*term
}

func newTermSet(dir, language string) *termSet {
	return &termSet{dir: dir, language: language, byName: map[string]*term{}, bySlug: map[string]*term{}}
}

// add returns the term of a name, with the piece in its list; nil where the
// piece has it already.
func (s *termSet) add(name string, p *piece, language string) *term {
	t := s.byName[name]
	if t == nil {
		slug := slugOr(s.language, name, strings.ToLower(name))
		if t = s.bySlug[slug]; t == nil {
			t = &term{name: name, path: s.dir + slug + "/", lang: language}
			s.bySlug[slug] = t
		}
		s.byName[name] = t
	}
	if len(t.pieces) > 0 && t.pieces[len(t.pieces)-1] == p {
		return nil
	}
	t.pieces = append(t.pieces, p)
	return t
}

func (s *termSet) sorted() []*term {
	list := make([]*term, 0, len(s.bySlug))
	for _, t := range s.bySlug {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b *term) int { return cmp.Compare(a.path, b.path) })
	return list
}

// reportRefusal tells of an approved submission that is held back. What is
// pending or declined is review's ordinary outcome and not told of.
func reportRefusal(s *gallery.Submission, r *gallery.Refusal, probs *problem.List) {
	switch r.Reason {
	case gallery.RefusedGrant:
		probs.Errorf(r.Pos, `ask the author, then set status = "granted" below [grant]`,
			"%q is %s without a granted permission, so it is left out", s.ID, s.Status)
	case gallery.RefusedExpired:
		probs.Warnf(r.Pos, "ask the author to renew it, then change until below [grant]",
			"the permission for %q has expired, so it is left out", s.ID)
	case gallery.RefusedScope:
		probs.Errorf(r.Pos, `where the author agreed to it, add "site" to scope below [grant]`,
			"the permission for %q does not cover the site, so it is left out", s.ID)
	case gallery.RefusedGuardian:
		probs.Errorf(r.Pos, `set guardian = "…" to the reference of the guardian's consent`,
			"%q is by a minor without a guardian's consent, so it is left out", s.ID)
	case gallery.RefusedAge:
		probs.Errorf(r.Pos, "ask, then add minor = false, or minor = true and the reference of a guardian's consent as guardian = \"…\"",
			"%q does not say whether its author is a minor, so it is left out", s.ID)
	case gallery.RefusedRelease:
		if s.Subjects == nil && s.Consent.Unseen {
			probs.Errorf(r.Pos, "if nobody can be recognised, add nobody = true above all tables; else ask them, and add [[person]] and below it release = \"granted\" for each",
				"whoever can be recognised in %q may not be shown, as likeness = false below [consent] says, so it is left out", s.ID)
			return
		}
		if s.Subjects == nil {
			probs.Errorf(r.Pos, "add [[person]] and below it release = \"granted\" for everybody who can be recognised, or nobody = true above all tables",
				"%q does not say who can be recognised in it, so it is left out", s.ID)
			return
		}
		probs.Errorf(r.Pos, "ask whoever can be recognised, then set release = \"granted\" below [[person]]; for a child add the reference of a guardian's consent as guardian = \"…\"",
			"%q shows somebody who did not allow it, so it is left out", s.ID)
	case gallery.RefusedEdit:
		probs.Errorf(r.Pos, `ask the author, then add agreed = true to the edit; where the permission covers all changes, add "retouch" to scope below [grant]`,
			"%q was changed without its author's agreement, so it is left out", s.ID)
	case gallery.RefusedCrop:
		probs.Errorf(r.Pos, `ask the author, then add [[edit]] with what = "…" and agreed = true; where the permission covers all changes, add "retouch" to scope below [grant]`,
			"%q is cropped without its author's agreement, so it is left out", s.ID)
	case gallery.RefusedScheduled:
		probs.Notef(r.Pos, "it appears in the first build after that",
			"%q waits for its day, %s", s.ID, s.Published.Format("2006-01-02 15:04 -0700"))
	}
}
