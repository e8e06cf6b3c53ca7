package builder

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"slices"
	"sync"

	"gallerist/builder/source"
	"gallerist/builder/theme"
)

// A page's key names all that the page is made from, so that publication can
// leave a page as it stands that has the key it had the last time. A key may
// name more than the page shows: that costs a page made again. It must not
// name less.
//
// What every page may show is in the site's key: the program, the settings,
// the theme, the words of galleries and articles, the private values that are
// looked for in what is published, and whatever of the clock is shown. Pages
// made from few pieces name those besides. All others name everything.

// sum names some facts.
type sum [sha256.Size]byte

// sumOf collects what a sum is made of. It ends with end or write.
type sumOf struct{ b []byte }

var sumBuffers = sync.Pool{New: func() any { return new(sumOf) }}

func newSum() *sumOf {
	s := sumBuffers.Get().(*sumOf)
	s.b = s.b[:0]
	return s
}

func (s *sumOf) text(list ...string) *sumOf {
	for _, t := range list {
		s.b = append(binary.AppendUvarint(s.b, uint64(len(t))), t...)
	}
	return s
}

func (s *sumOf) number(list ...int) *sumOf {
	for _, n := range list {
		s.b = binary.AppendVarint(s.b, int64(n))
	}
	return s
}

func (s *sumOf) flag(list ...bool) *sumOf {
	for _, on := range list {
		s.number(b2i(on))
	}
	return s
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *sumOf) sum(list ...sum) *sumOf {
	for _, x := range list {
		s.b = append(s.b, x[:]...)
	}
	return s
}

func (s *sumOf) end() sum {
	x := sha256.Sum256(s.b)
	sumBuffers.Put(s)
	return x
}

// json adds plain data.
func (s *sumOf) json(v any) *sumOf {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain data does not fail
	}
	s.number(len(b))
	s.b = append(s.b, b...)
	return s
}

// keys makes the keys of one language's pages and feeds.
type keys struct {
	l          *locale
	site       sum
	everything sum
	people     sum
	pieces     map[*piece]sum
}

// newKeys returns what makes keys, nil where nobody says which program this is.
func (l *locale) newKeys(opt Options, read []*witness, private *source.Private) *keys {
	if opt.Program == "" {
		return nil
	}
	k := &keys{l: l, pieces: make(map[*piece]sum, len(l.m.pieces))}
	k.site = k.siteSum(opt, read, private)
	sums := make([]sum, len(l.m.pieces))
	parallel(len(sums), func(i int) { sums[i] = k.pieceSum(l.m.pieces[i]) })
	all := newSum()
	all.b = slices.Grow(all.b, 4*len(sums)*sha256.Size) // of each piece its sum, and its submission's
	all.sum(k.site).sum(sums...)
	for i, p := range l.m.pieces {
		k.pieces[p] = sums[i]
	}
	for _, g := range l.m.galleries {
		all.number(g.received, g.Broken, len(g.participants))
		for _, w := range g.participants {
			all.sum(w.submission.Digest).flag(w.piece != nil).text(w.refused)
		}
		all.text(g.gone...).share(l.galleryShares[g])
	}
	k.portraits(all)
	for _, of := range l.m.series {
		all.share(l.seriesShares[of])
	}
	k.everything, k.people = all.share(l.siteShare).end(), k.peopleSum()
	return k
}

// siteSum names what every page may show.
func (k *keys) siteSum(opt Options, read []*witness, private *source.Private) sum {
	l, m := k.l, k.l.m
	s := newSum().text(opt.Program, l.tag, m.cfg.BaseURL, m.cfg.Theme).flag(opt.Drafts)
	s.text(string(opt.Secret)).text(private.Values...).addBuried(m.galleries)
	for _, w := range read {
		w.addTo(s)
	}
	s.flag(len(m.contributors) > 0, len(m.placePages()) > 0, len(m.tags) > 0).text(m.rollPath())
	for _, g := range m.galleries {
		own := *g.Gallery
		own.Submissions, own.Broken = nil, 0
		s.json(own).text(g.path)
		for _, one := range g.sessions {
			s.flag(one.over)
		}
		if g.Call != nil {
			s.text(string(g.Call.State(m.now))).flag(g.Announced(m.now), len(g.standings()) > 0)
		}
	}
	for _, of := range m.series {
		s.json(of.Series).text(of.path).number(len(of.came), len(of.editions)).flag(of.Next.After(m.now))
	}
	for _, a := range m.articles {
		s.json(a.Article).text(a.path).flag(m.outdated(a))
	}
	return s.end()
}

// pieceSum names what pages show of a piece besides what is in the site's sum.
func (k *keys) pieceSum(p *piece) sum {
	s := newSum().sum(p.digest).text(p.path, string(p.Kind)).flag(p.Draft).number(p.number)
	if k.l.m.cfg.past != nil { // else the digest names it
		s.number(int(p.Published.Unix()), int(p.modified.Unix()))
	}
	for _, c := range p.people {
		s.flag(c != nil)
		if c != nil {
			s.text(c.path, c.lang, c.Name, string(c.Kind))
		}
	}
	terms := p.tags
	if s.flag(p.place != nil); p.place != nil {
		terms = append([]*term{p.place}, terms...)
	}
	for _, t := range terms {
		s.text(t.path, t.name, t.lang)
	}
	for _, pic := range p.pictures {
		k.addPicture(s, pic)
	}
	if s.flag(p.idea != nil); p.idea != nil {
		s.text(string(p.idea.status), k.l.stamp(p.idea.counted)).number(p.idea.supporters, len(p.state().History), p.idea.place)
		if s.flag(p.idea.into != nil); p.idea.into != nil {
			s.text(p.idea.into.path)
		}
	}
	return s.share(k.l.ownShare(p)).end()
}

// peopleSum names what lists of contributors show of them: who they are, how many
// pieces each has, and the picture beside the name.
func (k *keys) peopleSum() sum {
	s, l := newSum(), k.l
	for _, c := range l.m.contributors {
		s.text(c.path, l.nameOf(c), l.word(c.Place)).number(len(c.pieces))
		cover := slices.IndexFunc(c.pieces, func(p *piece) bool { return len(p.pictures) > 0 })
		if s.flag(cover >= 0); cover >= 0 {
			k.addPicture(s, c.pieces[cover].pictures[0])
		}
	}
	return s.end()
}

// addSessions names the pieces that live sessions of a gallery show.
func (k *keys) addSessions(s *sumOf, g *plannedGallery) {
	if k == nil {
		return
	}
	for _, one := range g.sessions {
		if one.recording != nil {
			s.sum(k.pieces[one.recording])
		}
		for _, p := range one.pieces {
			s.sum(k.pieces[p])
		}
	}
}

func (k *keys) addPicture(s *sumOf, pic *picture) {
	s.text(pic.color).flag(pic.signed())
	if s.flag(pic.info != nil); pic.info != nil {
		s.number(pic.info.Width, pic.info.Height)
	}
	for _, r := range slices.Concat(k.l.m.pictures.recipes, k.l.m.pictures.ofPortraits) {
		for _, x := range pic.renditions[r.Name] {
			s.text(x.Path).number(x.Width, x.Height)
		}
	}
	if s.flag(pic.clip != nil); pic.clip == nil {
		return
	}
	s.text(pic.clip.link).flag(pic.clip.drawn, pic.clip.info != nil)
	if info := pic.clip.info; info != nil {
		s.number(info.Width, info.Height, int(info.Clip.Seconds*1000)).flag(info.Clip.Sound)
	}
	for _, f := range slices.Concat(pic.clip.files, pic.clip.track) {
		s.text(f.path, f.mediaType, f.lang, f.media).number(f.width, f.height, int(f.size))
	}
}

func (s *sumOf) share(image *theme.ShareImage) *sumOf {
	if s.flag(image != nil); image != nil {
		s.text(image.URL, image.Alt).number(image.Width, image.Height)
	}
	return s
}

// of returns the key of a page that shows pieces and what else was collected.
func (k *keys) of(page string, more *sumOf, list ...*piece) string {
	if k == nil {
		return ""
	}
	for _, p := range list {
		more.sum(k.pieces[p])
	}
	return k.write(more.text(page).sum(k.site))
}

// all returns the key of a page that may show anything.
func (k *keys) all(page string) string {
	if k == nil {
		return ""
	}
	return k.write(newSum().text(page).sum(k.everything))
}

func (k *keys) write(s *sumOf) string {
	x := s.end()
	return hex.EncodeToString(x[:16])
}
