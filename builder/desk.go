package builder

import (
	"context"
	"io/fs"
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/media"
	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// Desk is a site's folder as reviewers look at it: what is in it, how each piece
// would be credited, and what keeps it from being published. Nothing is planned.
// Its methods serve one caller at a time.
type Desk struct {
	Config *Config
	Studio *media.Studio // reads and makes pictures, for any number of callers

	fsys    fs.FS
	opt     Options
	source  source.Options
	locales []*locale
	model   *model
}

// OpenDesk reads the settings and the words of the site's languages. opt.Memory
// must have a source.Memory. The error is ErrSettings where there are none.
func OpenDesk(fsys fs.FS, opt Options) (*Desk, problem.List, error) {
	var probs problem.List
	cfg := ReadConfig(fsys, &probs)
	if cfg.unread {
		return nil, probs.Sorted(), ErrSettings
	}
	opt.applyTo(cfg, &probs)
	d := &Desk{Config: cfg, fsys: fsys, opt: opt}
	d.Studio = media.New(fsys, opt.Cache, media.Options{Limits: cfg.Media.Limits})
	d.Studio.Identify(opt.Identity)
	d.source = source.Options{
		Lang: cfg.Language, Languages: cfg.Languages, Zone: cfg.Zone, Now: opt.Now, Known: d.Studio.Known, Memory: opt.Memory.Source,
		AltLevel: problem.Warning, // what waits for its alt text must stay on the desk
	}
	scenery := opt.Memory.sceneryFor(fsys, cfg, opt)
	probs = append(probs, scenery.problems...)
	d.model = &model{cfg: cfg, now: opt.Now}
	d.model.templates = scenery.thanks
	d.locales = newLocales(d.model, scenery, opt, voice{})
	return d, probs.Sorted(), nil
}

// Read reads the folder: at the named files and folders only, which are all that
// have changed since it was last read, or everywhere where none is named. What
// has not changed is the same *gallery.Submission again.
func (d *Desk) Read(ctx context.Context, names ...string) (*gallery.Site, problem.List, error) {
	if len(names) > 0 {
		d.opt.Memory.Source.LookOnly(names...)
	}
	site, _, probs, err := source.Read(ctx, d.fsys, d.source)
	return site, probs, err
}

// Credits returns the credit line that a submission would have in each of the
// site's languages.
func (d *Desk) Credits(ctx context.Context, g *gallery.Gallery, s *gallery.Submission) []CreditSummary {
	p := d.piece(ctx, g, s)
	if p == nil {
		return nil
	}
	list := make([]CreditSummary, 0, len(d.locales))
	for _, l := range d.locales {
		c := l.creditInput(p)
		list = append(list, CreditSummary{ID: s.ID, Lang: l.tag, Line: l.CreditLine(c), Note: string(l.CreditNote(c)), File: s.File})
	}
	return list
}

// Kind returns what sort of work a submission is.
func (d *Desk) Kind(ctx context.Context, g *gallery.Gallery, s *gallery.Submission) gallery.PieceKind {
	if p := d.piece(ctx, g, s); p != nil {
		return p.Kind
	}
	return s.Kind
}

// piece returns a submission as it would be published, nil where it was withdrawn.
func (d *Desk) piece(ctx context.Context, g *gallery.Gallery, s *gallery.Submission) *piece {
	public, _ := gallery.Publish(s, gallery.Policy{Now: d.opt.Now, Drafts: true})
	if public == nil {
		return nil
	}
	p := &piece{Piece: public, gallery: &plannedGallery{Gallery: g}}
	for _, m := range public.Media[:min(1, len(public.Media))] {
		pic := &picture{media: m}
		if m.Link != "" {
			pic.clip = &clip{link: m.Link}
		} else if info, fault, err := d.Studio.Probe(ctx, m.Path); fault == nil && err == nil && info.IsClip() {
			pic.clip = &clip{info: info}
		}
		p.pictures = append(p.pictures, pic)
	}
	p.Kind = kindOf(p)
	return p
}

// Hindrances returns all that would keep a submission from being published if it
// were approved now, as words of gallery.Refusal.
func (d *Desk) Hindrances(g *gallery.Gallery, s *gallery.Submission) []string {
	own := *s
	if own.Status != gallery.Featured {
		own.Status = gallery.Approved
	}
	policy := d.model.policy(g)
	var list []string
	for {
		_, refusal := gallery.Publish(&own, policy)
		if refusal == nil || slices.Contains(list, refusal.Reason) {
			return list
		}
		list = append(list, refusal.Reason)
		settle(&own, &policy, refusal.Reason)
	}
}

// settle takes away one reason for refusing a submission, so that the next one
// shows.
func settle(s *gallery.Submission, policy *gallery.Policy, reason string) {
	switch reason {
	case gallery.RefusedGrant:
		s.Grant.Status = gallery.GrantGranted
		if len(s.Grant.Scope) == 0 { // it comes with the permission
			s.Grant.Scope = []string{"site"}
		}
	case gallery.RefusedExpired:
		s.Grant.Until = policy.Now.AddDate(1, 0, 0)
		if s.Grant.Status == gallery.GrantExpired {
			s.Grant.Status = gallery.GrantGranted
		}
	case gallery.RefusedScope:
		s.Grant.Scope = append(slices.Clone(s.Grant.Scope), "site")
	case gallery.RefusedGuardian:
		s.Guardian = "settled"
	case gallery.RefusedAge:
		policy.Age = false
	case gallery.RefusedRelease:
		policy.Releases, s.Consent.Unseen = false, false
	case gallery.RefusedEdit:
		s.Edits = slices.Clone(s.Edits)
		for i := range s.Edits {
			s.Edits[i].Agreed = true
		}
	case gallery.RefusedCrop:
		s.Grant.Scope = append(slices.Clone(s.Grant.Scope), "retouch")
	case gallery.RefusedScheduled:
		s.Published = s.Received
	}
}

// Thanks returns the paragraphs with which the author of a submission would be
// thanked, in their language, if it had a status. What is known at publication
// only stands there as "…".
func (d *Desk) Thanks(ctx context.Context, g *gallery.Gallery, s *gallery.Submission, status gallery.Status) (paragraphs []string, lang string) {
	own := *s
	own.Status = status
	p := d.piece(ctx, g, &own)
	if p == nil {
		return nil, ""
	}
	p.Draft = false
	l := d.locales[0]
	for _, other := range d.locales {
		if other.tag == d.model.languageOf(p) {
			l = other
		}
	}
	who := &participant{submission: &own}
	if status == gallery.Approved || status == gallery.Featured {
		who.piece = p
	}
	t := thanked{participant: who, gallery: p.gallery, outcome: p.gallery.outcomeOf(who)}
	values := map[string]value{
		"site": {text: l.text.Title}, "gallery": {text: l.galleryText(p.gallery).Title}, "name": {text: l.Addressed(l.peopleOf(p.gallery, &own)...)},
		"page": {text: "…"}, "call": {text: "…"}, "piece": {text: "…"}, "withdraw": {text: d.Config.Thanks.Withdraw},
	}
	if i := p.wonAward(); i >= 0 {
		values["award"] = value{text: l.award(p, i)}
	}
	words, _ := l.thankWords(t)
	for _, w := range words {
		if l.has(w, values) {
			paragraphs = append(paragraphs, l.plain(l.Typeset(w), values))
		}
	}
	return paragraphs, l.tag
}
