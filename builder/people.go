package builder

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"gallerist/builder/gallery"
	"gallerist/builder/lang"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// Whose pieces are joined is decided by what their files say, never guessed.
// Guesses are told to whoever checks the site, as proposals.

// checkMinors tells of an id that is a minor's in one place and not in another: the
// two are kept apart, for what may be shown of them differs.
func (m *model) checkMinors(probs *problem.List) {
	minors := m.minors()
	if len(minors) == 0 {
		return
	}
	for _, g := range m.galleries {
		for _, w := range g.participants {
			s := w.submission
			for _, a := range s.Authors {
				if of := minors[a.ID]; a.ID != "" && of != nil && !s.Minor {
					probs.Warnf(a.Pos, "where they are one person, set minor = true in both; until then they have a page each", "%q is the id of a minor in %s", a.ID, of.File)
				}
			}
		}
		for _, each := range g.named() {
			if of := minors[each.ID]; each.ID != "" && of != nil {
				tellMinorNamed(each, of, probs)
			}
		}
	}
}

// minors returns a submission of each minor with an id.
func (m *model) minors() map[string]*gallery.Submission {
	list := map[string]*gallery.Submission{}
	for _, g := range m.galleries {
		for _, w := range g.participants {
			if s := w.submission; s.Minor {
				for _, a := range s.Authors {
					if a.ID != "" && list[a.ID] == nil {
						list[a.ID] = s
					}
				}
			}
		}
	}
	return list
}

// tellMinorNamed tells of a gallery.md that says more of a minor than may be
// shown of them.
func tellMinorNamed(who gallery.Member, of *gallery.Submission, probs *problem.List) {
	if who.Place == "" && who.URL == "" && len(strings.Fields(who.Name)) < 2 {
		return
	}
	probs.Warnf(who.Pos, "write the first name alone here, without place and url; where it is somebody else, give them another id",
		"%q is named here, but is a minor in %s", who.ID, of.File)
}

// proposeMerges tells of contributors who may be one person: of one name where
// nothing else contradicts, or of one address. Each is told once, with one other.
func (m *model) proposeMerges(probs *problem.List) {
	p := proposals{files: map[string]*gallery.Submission{}, ids: map[string]bool{}, probs: probs}
	for _, g := range m.galleries {
		for _, w := range g.participants {
			if w.piece != nil {
				p.files[w.piece.ID] = w.submission
			}
		}
	}
	list := make([]candidate, 0, len(m.contributors))
	for _, c := range m.contributors {
		if !c.OfMinor() { // of whom there are many of one first name
			list = append(list, candidate{c, c.id(), foldName(c.Name), foldName(c.Place), foldAddress(c.URL)})
			p.ids[c.id()] = true
		}
	}
	// Whoever was there first is who the others may be.
	slices.SortStableFunc(list, func(a, b candidate) int { return a.oldest().Received.Compare(b.oldest().Received) })
	named, at := map[string][]candidate{}, map[string][]candidate{}
	for _, c := range list {
		if c.id != "" {
			p.tellShared(c.contributor)
		}
		if !p.propose(c, named[c.name], "%s here and %s in %s may be one person") && c.address != "" {
			p.propose(c, at[c.address], "%s here and %s in %s have one address, so they may be one person")
		}
		named[c.name] = append(named[c.name], c)
		if c.address != "" {
			at[c.address] = append(at[c.address], c)
		}
	}
}

// candidate is a contributor as they are compared; "" is not told.
type candidate struct {
	*contributor
	id, name, place, address string
}

// proposals are told as they are made.
type proposals struct {
	files map[string]*gallery.Submission // by the id of a piece
	ids   map[string]bool                // of contributors
	probs *problem.List
}

// propose tells that c may be the first of others whom nothing contradicts.
func (p *proposals) propose(c candidate, others []candidate, text string) bool {
	i := slices.IndexFunc(others, c.mayBe)
	if i < 0 {
		return false
	}
	o := others[i]
	p.probs.Notef(authorAt(p.files[c.oldest().ID], c.Name), "add id = \""+p.idFor(c, o)+"\" below [author] in both if they are one person",
		text, strict.Quote(c.Name), strict.Quote(o.Name), "content/"+p.files[o.oldest().ID].Dir)
	return true
}

// mayBe tells whether nothing that is told of both differs.
func (c candidate) mayBe(o candidate) bool {
	differ := func(x, y string) bool { return x != y && x != "" && y != "" }
	return !differ(c.id, o.id) && kindLD(c.Kind) == kindLD(o.Kind) &&
		(c.name != o.name || !differ(c.place, o.place) && !differ(c.address, o.address))
}

// idFor returns the id of either, or one made of the name that nobody has.
func (p *proposals) idFor(a, b candidate) string {
	if id := cmp.Or(b.id, a.id); id != "" {
		return id
	}
	base := cmp.Or(lang.Slug(b.Name), "person")
	id := base
	for n := 2; p.ids[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	return id
}

// authorAt returns where a submission names somebody.
func authorAt(s *gallery.Submission, name string) problem.Pos {
	if i := slices.IndexFunc(s.Authors, func(a gallery.Author) bool { return a.Name == name }); i >= 0 {
		return s.Authors[i].Pos
	}
	return s.Pos
}

// tellShared tells of one id under which names stand that have no word in common:
// it may be that of two people.
func (p *proposals) tellShared(c *contributor) {
	for _, piece := range c.pieces {
		if name := c.inPiece(piece).Name; !shareWord(name, c.Name) {
			p.probs.Notef(authorAt(p.files[piece.ID], name), "give one of them another id if they are two people", "the id %q is that of %s here and of %s in %s",
				c.Key, strict.Quote(name), strict.Quote(c.Name), "content/"+c.pieces[0].Dir)
			return
		}
	}
}

// shareWord tells whether two names have a word in common, in whatever letters.
func shareWord(a, b string) bool {
	words := strings.Split(lang.Slug(foldName(a)), "-")
	return slices.ContainsFunc(strings.Split(lang.Slug(foldName(b)), "-"), func(w string) bool { return slices.Contains(words, w) })
}

// id returns the author.id that joins a contributor's pieces, "" where something
// else does.
func (c *contributor) id() string {
	if strings.Contains(c.Key, "\x00") {
		return ""
	}
	return c.Key
}

// oldest returns the first of a contributor's pieces to be published.
func (c *contributor) oldest() *piece { return c.pieces[len(c.pieces)-1] }

// foldName returns a name as it is compared: ё is е, and case and the way it is
// composed say nothing.
func foldName(s string) string {
	return strings.ReplaceAll(strings.ToLower(norm.NFC.String(strings.Join(strings.Fields(s), " "))), "ё", "е")
}

// foldAddress returns an address as it is compared: with one slash at its end or
// none, over http or https, with www or without.
func foldAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.EscapedPath(), "/") + "?" + u.RawQuery
}
