package gallery

import (
	"cmp"
	"slices"
	"time"

	"gallerist/builder/problem"
)

// Piece is what the public may see of a submission. It is made by Publish
// alone, field by field: a field that is not copied there cannot get out.
type Piece struct {
	ID       string
	Dir      string // for messages and for opening media; never shown
	Slug     string
	Kind     PieceKind
	Featured bool
	Draft    bool // shown in a preview only
	Lang     string
	Text     PieceText
	In       map[string]PieceText

	Authors    []PublicAuthor
	Place      string
	Tags       []string
	License    string
	Copyright  string
	Acquire    string
	Source     string
	Focus      *Point
	Media      []Media
	Products   []Product
	Rating     int
	Idea       *IdeaState
	Received   time.Time
	Taken      time.Time
	Published  time.Time
	Scope      []string // uses granted
	Edits      []Edit
	Awards     []Award
	Verdicts   []Verdict
	Disclosure Disclosure
}

// PublicAuthor is what may be shown of an author. A name that may not be
// shown is empty: the language then says "a participant".
type PublicAuthor struct {
	Key    string // joins one contributor's pieces; "" = nobody to be joined
	Name   string
	Names  map[string]string // in other languages
	Place  string
	Kind   AuthorKind
	Gender string
	Forms  Forms
	URL    string
	Roles  []string

	Members []string // names of those who are a group
}

// Refusal says why a submission is not published.
type Refusal struct {
	Reason string // one of the Refused words
	Pos    problem.Pos
}

// Reasons for not publishing. The first four are review's ordinary outcome;
// the others are approved submissions held back, which people are told of.
const (
	RefusedPending   = "pending"
	RefusedDeclined  = "declined"
	RefusedWithdrawn = "withdrawn"
	RefusedUnknown   = "unknown"
	RefusedGrant     = "grant"     // no granted permission
	RefusedExpired   = "expired"   // the permission has ended
	RefusedScope     = "scope"     // the permission does not cover the site
	RefusedGuardian  = "guardian"  // a minor without a guardian's consent
	RefusedAge       = "age"       // nobody says whether the author is a minor
	RefusedRelease   = "release"   // shows people who did not allow it
	RefusedEdit      = "edit"      // changed without the author's agreement
	RefusedCrop      = "crop"      // cropped without it
	RefusedScheduled = "scheduled" // published lies in the future
)

// Rules are what decides over publication besides the submission itself.
type Policy struct {
	Now      time.Time
	Drafts   bool // what would be refused is shown too, marked as a draft
	Age      bool // whether the author is a minor must be said
	Releases bool // everybody who can be recognised must have allowed it

	Since func(*Submission) time.Time // when a piece that does not say so was first shown; nil or zero = when it was received
}

// Publish returns what may be shown of s, or why nothing may. With drafts,
// review state, grant and dates are not asked for, the piece is marked a draft,
// and names and places are still shown as consented only. A withdrawn submission
// is refused with drafts too.
func Publish(s *Submission, policy Policy) (*Piece, *Refusal) {
	refusal := refuse(s, policy)
	if refusal != nil && (!policy.Drafts || refusal.Reason == RefusedWithdrawn) {
		return nil, refusal
	}
	p := &Piece{
		ID: s.ID, Dir: s.Dir, Slug: s.Slug, Kind: s.Kind, Lang: s.Lang,
		Featured: s.Status == Featured, Draft: refusal != nil,
		Text: s.Text, In: s.In, Tags: s.Tags,
		License: s.License, Copyright: s.Copyright, Acquire: s.Acquire, Source: s.Source,
		Focus: s.Focus, Media: publicMedia(s), Products: s.Products, Rating: s.Rating,
		Received: s.Received, Taken: s.Taken, Published: s.Published,
		Scope: s.Grant.Scope, Edits: s.Edits, Awards: s.Awards, Verdicts: s.Verdicts, Disclosure: s.Disclosure,
	}
	if p.Published.IsZero() && policy.Since != nil {
		p.Published = policy.Since(s)
	}
	if p.Published.IsZero() {
		p.Published = s.Received
	}
	if s.Idea != nil {
		p.Idea = s.Idea.At(policy.Now)
	}
	if s.Consent.Place && !s.Minor {
		p.Place = s.Place
	}
	if !s.Consent.Name { // a notice of one's own names its owner, a shop of one's own does too
		p.Copyright, p.Acquire = "", ""
	}
	if s.Minor {
		p.Copyright, p.Acquire = "", ""
	}
	p.Text, p.In = publicText(s, s.Text), nil
	for lang, text := range s.In {
		if p.In == nil {
			p.In = make(map[string]PieceText, len(s.In))
		}
		p.In[lang] = publicText(s, text)
	}
	p.Authors = PublicAuthors(s)
	p.cut()
	return p, refusal
}

// publicMedia returns a submission's media without links, where the author is
// not to be known: the page a link leads to says whose film it is.
func publicMedia(s *Submission) []Media {
	if s.Consent.Name && !s.Minor {
		return s.Media
	}
	return slices.DeleteFunc(slices.Clone(s.Media), func(m Media) bool { return m.Link != "" })
}

// publicText drops from a text what consent does not cover.
func publicText(s *Submission, t PieceText) PieceText {
	if !s.Consent.Name || s.Minor { // names of authors stand in PublicAuthor.Names
		t.Authors, t.Credit = nil, ""
	}
	if !s.Consent.Place || s.Minor {
		t.Place = ""
	}
	return t
}

// PublicAuthors returns what may be shown of a submission's authors, each once,
// whether it is published or not.
func PublicAuthors(s *Submission) []PublicAuthor {
	list := make([]PublicAuthor, 0, len(s.Authors))
	if len(s.Authors) == 1 {
		return append(list, publicAuthor(s, 0, s.Authors[0]))
	}
	for _, p := range people(s.Authors) {
		list = append(list, publicAuthor(s, p.at, p.Author))
	}
	return list
}

// person is an author with all that is said of them, and where first.
type person struct {
	Author
	at int
}

// people puts together what is said of each author: somebody may stand there
// several times, once for each role.
func people(authors []Author) []person {
	var list []person
	for i, a := range authors {
		same := slices.IndexFunc(list, func(p person) bool { return samePerson(a, p.Author) })
		if same < 0 {
			list = append(list, person{a, i})
			continue
		}
		p := &list[same]
		p.ID, p.Place, p.URL = cmp.Or(p.ID, a.ID), cmp.Or(p.Place, a.Place), cmp.Or(p.URL, a.URL)
		p.Kind, p.Gender, p.Forms = cmp.Or(p.Kind, a.Kind), cmp.Or(p.Gender, a.Gender), cmp.Or(p.Forms, a.Forms)
		p.Country = cmp.Or(p.Country, a.Country)
		if len(p.Members) == 0 {
			p.Members = a.Members
		}
		p.Roles = slices.Clip(p.Roles) // it is the submission's own
		for _, role := range a.Roles {
			if !slices.Contains(p.Roles, role) {
				p.Roles = append(p.Roles, role)
			}
		}
	}
	return list
}

// samePerson reports whether two authors of one submission are one: those of one
// name of whom nothing else differs that is told of both. Two people of one name
// are told apart by an id, a place or an address.
func samePerson(a, b Author) bool {
	differ := func(x, y string) bool { return x != y && x != "" && y != "" }
	return a.Name == b.Name && a.Name != "" && !differ(a.ID, b.ID) && !differ(a.Place, b.Place) &&
		!differ(a.URL, b.URL) && !differ(string(a.Kind), string(b.Kind))
}

func publicAuthor(s *Submission, i int, a Author) PublicAuthor {
	p := PublicAuthor{Roles: a.Roles, Kind: a.Kind}
	if s.Consent.Place {
		p.Place = a.Place
		if s.Minor {
			p.Place = a.Country
		}
	}
	if !s.Consent.Name {
		return p
	}
	p.Name, p.Gender, p.Forms, p.Members = a.Name, a.Gender, a.Forms, a.Members
	for lang, t := range s.In {
		if a.Name != "" && i < len(t.Authors) && t.Authors[i] != "" {
			if p.Names == nil {
				p.Names = map[string]string{}
			}
			p.Names[lang] = t.Authors[i]
		}
	}
	if s.Consent.URL {
		p.URL = a.URL
	}
	switch {
	case s.Minor:
		p.ofMinor(s, a)
	case a.ID != "":
		p.Key = a.ID
	case p.Place == "" && p.URL == "": // a name alone may be anybody's
		p.Key = p.Name + "\x00\x00\x00" + s.ID
	default:
		p.Key = p.Name + "\x00" + p.Place + "\x00" + p.URL
	}
	return p
}

func refuse(s *Submission, policy Policy) *Refusal {
	now := policy.Now
	because := func(reason, key string) *Refusal {
		pos, ok := s.At(key)
		if !ok {
			pos = s.Pos
		}
		return &Refusal{Reason: reason, Pos: pos}
	}
	switch s.Status {
	case Approved, Featured:
	case Pending:
		return because(RefusedPending, "status")
	case Declined:
		return because(RefusedDeclined, "status")
	case Withdrawn:
		return because(RefusedWithdrawn, "status")
	default:
		return because(RefusedUnknown, "status")
	}
	switch g := s.Grant; {
	case g.Status == GrantExpired, !g.Until.IsZero() && !now.Before(g.Until):
		return because(RefusedExpired, "grant.until")
	case g.Status != GrantGranted:
		return because(RefusedGrant, "grant.status")
	case !slices.Contains(g.Scope, "site") && !slices.Contains(g.Scope, "web"):
		return because(RefusedScope, "grant.scope")
	}
	if s.Minor && s.Guardian == "" {
		return because(RefusedGuardian, "minor")
	}
	if policy.Age && !s.Minor && !s.Adult {
		return because(RefusedAge, "author")
	}
	if policy.Releases || s.Consent.Unseen {
		if who, missing := s.unreleased(); who != nil {
			return &Refusal{Reason: RefusedRelease, Pos: who.Pos}
		} else if missing {
			return because(RefusedRelease, "author")
		}
	}
	for _, e := range s.Edits {
		if !e.Agreed && !slices.Contains(s.Grant.Scope, "retouch") {
			return &Refusal{Reason: RefusedEdit, Pos: e.Pos}
		}
	}
	if c := s.unagreed(); c != nil {
		return &Refusal{Reason: RefusedCrop, Pos: c.Pos}
	}
	if s.Published.After(now) {
		return because(RefusedScheduled, "published")
	}
	return nil
}
