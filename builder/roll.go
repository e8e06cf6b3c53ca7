package builder

import (
	"cmp"
	"slices"
	"sync"

	"gallerist/builder/gallery"
	"gallerist/builder/lang"
	"gallerist/builder/theme"
)

// The rolls of thanks name everybody who took part in a gallery, in a series or
// anywhere, each once: those who are published with their pages, those who are
// not and asked to be named all the same. The others are counted.

// rollDir is where a roll stands below what it is of.
const rollDir = "thanks/"

// roll is who took part.
type roll struct {
	people []*contributor
	named  []string
	others int
}

// rollOf returns who took part in galleries. Nobody is there twice as far as an
// id, or a name together with a place or an address, tells who is who.
func (l *locale) rollOf(galleries []*plannedGallery) roll {
	var r roll
	seen, there := map[*contributor]bool{}, map[string]bool{}
	isNew := func(who string) bool {
		was := there[who]
		there[who] = who != ""
		return !was
	}
	compared := slices.ContainsFunc(galleries, func(g *plannedGallery) bool { // else who is who need not be known
		return slices.ContainsFunc(g.participants, func(w *participant) bool { return w.piece == nil })
	})
	for _, g := range galleries {
		for _, w := range g.participants {
			if w.piece == nil {
				continue
			}
			authors := w.submission.Authors
			for i, c := range w.piece.people {
				who := ""
				if len(authors) == len(w.piece.people) && (compared || c == nil) {
					who = identity(authors[i])
				}
				if fresh := isNew(who); c == nil {
					r.others += b2i(fresh)
				} else if !seen[c] {
					seen[c] = true
					r.people = append(r.people, c)
				}
			}
		}
	}
	for _, g := range galleries {
		r.others += g.Broken
		for _, w := range g.participants {
			if w.piece != nil {
				continue
			}
			if len(w.submission.Authors) == 0 {
				r.others++
			}
			for i, a := range w.submission.Authors {
				switch fresh := isNew(identity(a)); {
				case !fresh:
				case w.named() && a.Name != "":
					r.named = append(r.named, l.participantName(w, i, a))
				default:
					r.others++
				}
			}
		}
	}
	r.people = l.sorted(r.people)
	lang.SortBy(l.Language, r.named, func(name string) string { return name })
	return r
}

// identity returns what tells an author from others, "" where nothing does: a
// name alone may be anybody's.
func identity(a gallery.Author) string {
	switch {
	case a.ID != "":
		return a.ID
	case a.Name == "" || a.Place == "" && a.URL == "":
		return ""
	}
	return a.Name + "\x00" + a.Place + "\x00" + a.URL
}

// named tells whether a participant without a published piece asked to be
// named all the same.
func (w *participant) named() bool {
	s := w.submission
	// A name that nobody has looked at is not published.
	return s.Consent.Thanks && !s.Minor && s.Status != gallery.Pending
}

// participantName returns the name of one who asked to be named.
func (l *locale) participantName(w *participant, i int, a gallery.Author) string {
	if t := w.submission.In[l.tag]; i < len(t.Authors) && t.Authors[i] != "" {
		return t.Authors[i]
	}
	return l.word(a.Name)
}

// alphabet is the order of all contributors in a language, made when it is first
// asked for.
type alphabet struct {
	once sync.Once
	rank map[*contributor]int
}

// sorted returns contributors by the language's alphabet.
func (l *locale) sorted(list []*contributor) []*contributor {
	l.alphabet.once.Do(func() {
		all := slices.Clone(l.m.contributors)
		slices.SortFunc(all, func(a, b *contributor) int { return cmp.Compare(a.path, b.path) })
		lang.SortBy(l.Language, all, l.nameOf)
		l.alphabet.rank = make(map[*contributor]int, len(all))
		for i, c := range all {
			l.alphabet.rank[c] = i
		}
	})
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b *contributor) int { return cmp.Compare(l.alphabet.rank[a], l.alphabet.rank[b]) })
	return out
}

// rollPage is the roll of a gallery.
func (l *locale) rollPage(g *plannedGallery) *Page {
	t := l.galleryText(g)
	page := l.newRollPage(g.path, t.Title, g.Pos.File, func(p *theme.Page) *theme.Thanks {
		p.Image = l.galleryShares[g]
		v := &theme.Thanks{Text: l.Label("thanks.intro"), Gallery: *l.shown(g).link, Call: l.callBox(g)}
		r := l.rollOf([]*plannedGallery{g})
		for _, c := range r.people {
			v.People = append(v.People, l.contributorEntry(c))
		}
		l.fillRoll(v, r, g)
		return v
	})
	page.key = func(k *keys) string {
		if g.team != nil {
			return k.all(page.File) // those on the team may have pieces anywhere
		}
		s, shown := newSum().number(g.Broken).share(l.galleryShares[g]), []*piece(nil)
		for _, w := range g.participants {
			if s.sum(w.submission.Digest).flag(w.piece != nil); w.piece == nil {
				continue
			}
			for _, c := range w.piece.people {
				if s.flag(c != nil); c == nil {
					continue
				}
				s.text(c.path, c.lang, c.Key).number(len(c.pieces))
				shown = append(shown, c.pieces[0]) // it says who they are
				if i := slices.IndexFunc(c.pieces, func(p *piece) bool { return len(p.pictures) > 0 }); i > 0 {
					shown = append(shown, c.pieces[i]) // the entry's cover
				}
			}
		}
		return k.of(page.File, s.number(len(shown)), shown...)
	}
	return page
}

// newRollPage returns the roll below a path, of a title.
func (l *locale) newRollPage(path, of, origin string, view func(*theme.Page) *theme.Thanks) *Page {
	title := l.Label("thanks.title")
	return &Page{Path: path + rollDir, Layout: "thanks", Title: title, Origin: origin, view: func(page *Page) any {
		p := &theme.Page{Title: title + " · " + of, Heading: title}
		v := view(p)
		p.Description, p.Up = description(v.Text), &v.Gallery
		v.Base = l.viewBase(page, p)
		return v
	}}
}

// fillRoll completes a roll whose people are there: with those of teams, those
// who asked to be named, and the number of the others.
func (l *locale) fillRoll(v *theme.Thanks, r roll, galleries ...*plannedGallery) {
	for _, g := range galleries {
		v.People = l.withTeam(v.People, g)
	}
	v.Named = r.named
	if r.others > 0 {
		v.Others = l.Plural("thanks.others", r.others)
	}
}

// wideRoll is the roll of several galleries. Their people are too many for
// pictures.
func (l *locale) wideRoll(v *theme.Thanks, galleries []*plannedGallery) *theme.Thanks {
	r := l.rollOf(galleries)
	v.People = make([]theme.Entry, 0, len(r.people))
	for _, c := range r.people {
		name := l.nameOf(c)
		v.People = append(v.People, theme.Entry{Name: name, Note: l.word(c.Place), Href: l.href(c.path), Count: len(c.pieces), Initial: l.Initial(name)})
	}
	l.fillRoll(v, r, galleries...)
	v.Roll = l.Label("thanks.roll_all")
	return v
}

// seriesRollPage is the roll of all editions of a series.
func (l *locale) seriesRollPage(s *plannedSeries) *Page {
	page := l.newRollPage(s.path, l.seriesText(s).Title, s.Pos.File, func(p *theme.Page) *theme.Thanks {
		p.Image = l.seriesShares[s]
		v := &theme.Thanks{Text: l.Label("thanks.series_intro"), Gallery: *l.seriesLink(s)}
		for _, g := range s.editions {
			if v.Call == nil && g.Call != nil && !g.Call.State(l.m.now).Over() {
				v.Call = l.callBox(g)
			}
		}
		return l.wideRoll(v, s.editions)
	})
	page.key = func(k *keys) string {
		return k.of(page.File, k.addEverybody(newSum().share(l.seriesShares[s]), s.editions))
	}
	return page
}

// siteRollPage is the roll of the whole site.
func (l *locale) siteRollPage() *Page {
	page := l.newRollPage("", l.text.Title, configFile, func(p *theme.Page) *theme.Thanks {
		p.Image = l.siteShare
		v := &theme.Thanks{Text: l.Label("thanks.site_intro"), Gallery: theme.Link{Text: l.text.Title, Href: l.href("")}, Call: l.callBox(l.m.openCall())}
		return l.wideRoll(v, l.m.galleries)
	})
	page.key = func(k *keys) string {
		return k.of(page.File, k.addEverybody(newSum().share(l.siteShare), l.m.galleries))
	}
	return page
}

// addEverybody names whom a roll of galleries names and counts.
func (k *keys) addEverybody(s *sumOf, galleries []*plannedGallery) *sumOf {
	s.sum(k.people)
	for _, g := range galleries {
		s.number(g.Broken, len(g.participants))
		for _, w := range g.participants {
			if s.flag(w.piece != nil); w.piece == nil {
				s.sum(w.submission.Digest)
				continue
			}
			s.number(len(w.piece.people), len(w.submission.Authors))
			for _, c := range w.piece.people {
				if s.flag(c != nil); c != nil {
					s.text(c.path)
				}
			}
			for _, a := range w.submission.Authors {
				s.text(identity(a))
			}
		}
		if s.flag(g.team != nil); g.team == nil {
			continue
		}
		for i, m := range g.Collaboration.Team {
			link := k.l.memberLink(m, at(k.l.teamTexts(g), i))
			s.text(link.Text, link.Href)
		}
	}
	return s
}

// rollPath returns the address of the roll of the whole site: of a site with one
// gallery or series it is that one's, of a site in which nobody took part "".
func (m *model) rollPath() string {
	took := func(g *plannedGallery) bool { return len(g.participants)+g.Broken > 0 }
	path, n := "", 0
	for _, e := range m.entries() {
		switch {
		case e.gallery != nil && took(e.gallery):
			path, n = e.gallery.path+rollDir, n+1
		case e.series != nil && slices.ContainsFunc(e.series.editions, took):
			path, n = e.series.path+rollDir, n+1
		}
	}
	if n > 1 {
		return rollDir
	}
	return path
}

// rollLink leads to the roll of the whole site, nil where there is none.
func (l *locale) rollLink(text string) *theme.Link {
	path := l.m.rollPath()
	if path == "" {
		return nil
	}
	return &theme.Link{Text: text, Href: l.href(path)}
}
