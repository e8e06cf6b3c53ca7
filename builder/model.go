package builder

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"gallerist/builder/draw"
	"gallerist/builder/gallery"
	"gallerist/builder/lang"
	"gallerist/builder/problem"
	"gallerist/builder/theme"
)

// model is what will be published, decided and addressed, in no language yet.
type model struct {
	cfg          *Config
	now          time.Time
	drafts       bool
	galleries    []*plannedGallery
	series       []*plannedSeries // by folder
	pieces       []*piece         // newest first
	contributors []*contributor
	places, tags []*term
	articles     []*plannedArticle
	terms        []*plannedArticle // those that are the terms, newest version first
	gone         []string          // addresses of withdrawn pieces
	tombstones   *gallery.Tombstones
	homeless     []*gallery.Gallery // whose address is taken
	pictures     *pictures
	templates    gallery.ThanksTemplates // the site's own words of thanks
}

// plannedGallery is a gallery with an address and its published pieces.
type plannedGallery struct {
	*gallery.Gallery
	path         string   // "morning/", below the site and its language
	pieces       []*piece // newest first
	participants []*participant
	told         []*told      // of its submissions
	withdrawn    []string     // ids
	buried       []buried     // the same ones
	gone         []string     // addresses of those that were published
	received     int          // submissions of any state but withdrawn
	board        *board       // nil = of another kind than Ideas
	drawn        *draw.Record // nil = nothing was drawn

	series   *plannedSeries // nil = none
	highlit  []*piece       // highlights of an edition
	sessions []*session     // to come, then over

	team *teamwork // nil = no collaboration

	left []*participant // who took part and has withdrawn
}

// piece is a published piece with its address.
type piece struct {
	*gallery.Piece
	modified time.Time // last, as commits say; zero = nobody knows
	digest   sum       // of its submission
	told     *told     // of its submission
	gallery  *plannedGallery
	path     string         // "morning/olya/"
	number   int            // in its gallery, from 1 for the oldest
	people   []*contributor // by author; nil for one who is not named
	place    *term
	tags     []*term
	pictures []*picture
	words    []pieceWords // by language
	newer    *piece
	older    *piece
	idea     *idea // nil = of no board
}

// pieceWords is what is made of a piece once a language and said in many
// places.
type pieceWords struct {
	credit string // the credit line
	body   body   // the story, once somebody asked for it
	share  *theme.ShareImage
	cards  cardSet // as lists show it
}

// participant is somebody who took part, published or not.
type participant struct {
	submission *gallery.Submission
	piece      *piece // nil where nothing is published
	refused    string // why it is not, or would not be but for a preview of drafts
}

// contributor is somebody named on published pieces.
type contributor struct {
	gallery.PublicAuthor
	path   string   // "contributors/olya-moskva/"
	lang   string   // language the name is written in
	pieces []*piece // newest first
	parts  []part   // of teams, by gallery
}

// term is a place or a tag.
type term struct {
	name   string
	path   string // "places/moskva/"
	lang   string
	pieces []*piece // newest first
}

type plannedArticle struct {
	*gallery.Article
	path string
}

// Last parts of addresses that pages of a gallery take.
var reservedInGallery = []string{
	"page", "call", "thanks", "feed", "rules", "winners", "draw", "changes", "live", "archive", "calendar",
}

// First parts of addresses that pages of the site take.
var reservedAtRoot = []string{"contributors", "places", "tags", "feed", "thanks", "assets", "m", "404"}

// newModel decides what of content is published at now, and where. The model
// is whole after drop and join.
func newModel(content *gallery.Site, cfg *Config, opt Options, probs *problem.List) *model {
	m := &model{cfg: cfg, now: opt.Now, drafts: opt.Drafts, tombstones: content.Tombstones()}
	roots := map[string]problem.Pos{}
	m.planSeries(content.Series, roots, probs)
	for _, g := range content.Galleries {
		pg := &plannedGallery{Gallery: g, path: m.addressOf(g.Dir, g.Slug), series: m.seriesOf(g)}
		if m.takeRoot(pg.path, g.Pos, roots, probs) {
			m.galleries = append(m.galleries, pg)
		} else {
			m.homeless = append(m.homeless, g)
		}
	}
	found := make([]problem.List, len(m.galleries))
	parallel(len(m.galleries), func(i int) {
		m.galleries[i].decide(m.cfg, m.policy(m.galleries[i].Gallery), opt.Memory, &found[i])
	})
	opt.Memory.keep(m.galleries)
	for i, g := range m.galleries {
		m.pieces = append(m.pieces, g.pieces...)
		m.gone = append(m.gone, g.gone...)
		*probs = append(*probs, found[i]...)
	}
	m.tellExpiring(probs)
	for _, a := range content.Articles {
		m.addArticle(a, roots, probs)
	}
	m.collectTerms(probs)
	m.checkTerms(opt.Thorough, probs)
	return m
}

// policy returns by what policy submissions of a gallery are published.
func (m *model) policy(g *gallery.Gallery) gallery.Policy {
	p := m.cfg.People
	return gallery.Policy{
		Since: m.cfg.past.approved,
		Now:   m.now, Drafts: m.drafts, Releases: p.Releases,
		Age: p.Age == ageAll || p.Age == ageContests && g.Kind == gallery.Contest,
	}
}

// decide says what of a gallery is published, and where.
func (g *plannedGallery) decide(cfg *Config, policy gallery.Policy, memory *Memory, probs *problem.List) {
	now := policy.Now
	g.told = make([]*told, len(g.Submissions))
	for i, s := range g.Submissions {
		g.told[i] = memory.recall(s)
	}
	slugs, announced := assignSlugs(cfg.Language, g, probs), g.Announced(now)
	g.received = len(g.Submissions) + g.Broken
	for i, s := range g.Submissions {
		if s.Status == gallery.Withdrawn {
			g.received--
			g.withdrawn = append(g.withdrawn, s.ID)
			g.buried = append(g.buried, buried{s, g.path + slugs[i] + "/"})
			g.left = append(g.left, &participant{submission: s, refused: gallery.RefusedWithdrawn})
			if keepsPage(s, slugs[i]) {
				g.gone = append(g.gone, g.path+slugs[i]+"/")
			}
			continue
		}
		who := &participant{submission: s}
		g.participants = append(g.participants, who)
		public, refusal := gallery.Publish(s, policy)
		if refusal != nil {
			who.refused = refusal.Reason
		}
		if public == nil {
			reportRefusal(s, refusal, probs)
			continue
		}
		if !announced {
			public.Withhold()
		}
		if public.Idea != nil && g.Kind != gallery.Ideas {
			probs.Warnf(public.Idea.Pos, `set kind = "ideas" in the gallery.md, or take the table out`, "a table for ideas in a gallery of another kind, so it is not shown")
			public.Idea = nil
		}
		if !g.told[i].harmless {
			before := len(*probs)
			if costly(public, probs) {
				continue
			}
			warnNamed(s, probs)
			g.told[i].harmless = len(*probs) == before
		}
		who.piece = &piece{Piece: public, modified: cfg.past.changed(s), digest: s.Digest, told: g.told[i], gallery: g, path: g.path + slugs[i] + "/"}
		g.pieces = append(g.pieces, who.piece)
	}
	g.checkContest(announced, probs)
	g.checkDraw(now, probs)
	g.Gallery = withoutCostly(g.Gallery, probs)
}

// drop takes out pieces that cannot be shown after all; their people remain
// participants.
func (m *model) drop(broken map[*piece]bool) {
	if len(broken) == 0 {
		return
	}
	gone := func(p *piece) bool { return broken[p] }
	m.pieces = slices.DeleteFunc(m.pieces, gone)
	for _, g := range m.galleries {
		g.pieces = slices.DeleteFunc(g.pieces, gone)
		for _, w := range g.participants {
			if w.piece != nil && broken[w.piece] {
				w.piece = nil
			}
		}
	}
}

// takeRoot claims an address for a gallery or a plain page.
func (m *model) takeRoot(p string, pos problem.Pos, roots map[string]problem.Pos, probs *problem.List) bool {
	first, _, _ := strings.Cut(p, "/")
	if slices.Contains(reservedAtRoot, first) || slices.Contains(m.cfg.Languages, first) {
		probs.Errorf(pos, `rename the folder, or set slug = "…" to another word`,
			"the address %q is taken by pages of the site itself", "/"+p)
		return false
	}
	if other, taken := roots[p]; taken {
		probs.Errorf(pos, `set slug = "…" in one of them`, "the address %q is also that of %s", "/"+p, other.File)
		return false
	}
	roots[p] = pos
	return true
}

// folderPath returns the address of a folder, whose last part may be another
// word than its name.
func folderPath(language, dir, slug string) string {
	var parts []string
	for part := range strings.SplitSeq(dir, "/") {
		parts = append(parts, slugOr(language, part, part))
	}
	if slug != "" {
		parts[len(parts)-1] = slugOr("", slug, slug)
	}
	return strings.Join(parts, "/") + "/"
}

// slugOr returns the slug of s in the site's own language or, where nothing of it can be transliterated,
// a short hash of identity.
func slugOr(language, s, identity string) string {
	if slug := lang.SlugIn(language, s); slug != "" {
		return slug
	}
	return "w-" + shortHash(identity)
}

func shortHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}

var leadingDate = regexp.MustCompile(`^\d{4}[-_.]?\d{2}([-_.]?\d{2})?[-_. ]*`)

// assignSlugs returns the last part of each submission's address, by index.
// All submissions take part, published or not, so that no later approval
// moves a page; of two with the same slug the one received first keeps it and
// the other's is followed by its id. A withdrawn one takes part where a neutral
// page stays at its address.
func assignSlugs(language string, g *plannedGallery, probs *problem.List) []string {
	slugs := make([]string, len(g.Submissions))
	order := make([]int, 0, len(g.Submissions))
	seen := make(map[string]bool, len(g.Submissions))
	for i, s := range g.Submissions {
		slugs[i] = g.told[i].slugOf(language, s, probs)
		if s.Status == gallery.Withdrawn && !keepsPage(s, slugs[i]) {
			continue
		}
		order = append(order, i)
		seen[slugs[i]] = true
	}
	if len(seen) == len(order) && !slices.ContainsFunc(reservedInGallery, func(s string) bool { return seen[s] }) {
		return slugs
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := g.Submissions[a], g.Submissions[b]
		return cmp.Or(x.Received.Compare(y.Received), cmp.Compare(x.ID, y.ID))
	})
	taken := make(map[string]*gallery.Submission, len(order))
	for _, i := range order {
		s := g.Submissions[i]
		first := taken[slugs[i]]
		reserved := slices.Contains(reservedInGallery, slugs[i])
		if first != nil || reserved {
			if first != nil {
				probs.Notef(s.Pos, `set slug = "…" for an address of your choice`,
					"the address %q is that of %s already; this one gets %q", slugs[i], first.Dir, slugs[i]+"-"+s.ID)
			}
			slugs[i] += "-" + s.ID
		}
		taken[slugs[i]] = s
	}
	return slugs
}

func submissionSlug(language string, s *gallery.Submission, probs *problem.List) string {
	slug := slugOf(language, s, probs)
	if words := personWords(s); namesPerson(slug, words) {
		return anonymousSlug(s, words)
	}
	return slug
}

func slugOf(language string, s *gallery.Submission, probs *problem.List) string {
	if s.Slug != "" {
		slug := slugOr("", s.Slug, s.ID)
		if slug != s.Slug {
			pos, ok := s.At("slug")
			if !ok {
				pos = s.Pos
			}
			probs.Warnf(pos, "use small Latin letters, digits and hyphens", "slug %q was changed to %q", s.Slug, slug)
		}
		return slug
	}
	name := path.Base(s.Dir)
	if name[0] >= '0' && name[0] <= '9' {
		if rest := leadingDate.ReplaceAllString(name, ""); rest != "" {
			name = rest
		}
	}
	return slugOr(language, name, s.ID)
}

func (m *model) addArticle(a *gallery.Article, roots map[string]problem.Pos, probs *problem.List) {
	dir, base := path.Split(strings.TrimSuffix(a.File, ".md"))
	var parts []string
	for part := range strings.SplitSeq(strings.Trim(dir, "/"), "/") {
		if part != "" {
			parts = append(parts, slugOr(m.cfg.Language, part, part))
		}
	}
	p := strings.Join(append(parts, slugOr(m.cfg.Language, cmp.Or(a.Slug, base), a.File)), "/") + "/"
	if costlyArticle(a, probs) || !m.takeRoot(p, a.Pos, roots, probs) {
		return
	}
	m.articles = append(m.articles, &plannedArticle{Article: a, path: p})
}
