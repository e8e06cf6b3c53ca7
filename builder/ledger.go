package builder

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// LedgerState is where somebody's permission stands.
type LedgerState string

// States of a permission, as the ledger names them.
const (
	LedgerInForce   LedgerState = "in force"
	LedgerEndsSoon  LedgerState = "ends soon" // within LedgerSoon
	LedgerEnded     LedgerState = "ended"
	LedgerRefused   LedgerState = "refused"
	LedgerMissing   LedgerState = "missing" // not asked for, or not answered
	LedgerRevoked   LedgerState = "revoked"
	LedgerWithdrawn LedgerState = "withdrawn"
)

// LedgerStates lists every state, in the order in which they are summed up.
var LedgerStates = []string{
	string(LedgerInForce), string(LedgerEndsSoon), string(LedgerEnded), string(LedgerMissing), string(LedgerRefused),
	string(LedgerRevoked), string(LedgerWithdrawn),
}

// LedgerSoon is how long before its end a permission ends soon.
const LedgerSoon = 30 * 24 * time.Hour

// Ledger says who granted what, for every submission that can be read. It holds
// private values and is for the owner alone.
type Ledger struct {
	Entries []LedgerEntry
	Terms   []LedgerTerms // those that have a page, the newest first, then the others
	Broken  int           // submissions that cannot be read
}

// LedgerEntry is one submission's permission. Days are dates in the site's zone,
// "" = not told.
type LedgerEntry struct {
	State     LedgerState `json:"state"`
	ID        string      `json:"id"`
	Who       []string    `json:"who"` // as they call themselves, whether that may be published or not
	Gallery   string      `json:"gallery"`
	Status    string      `json:"status"` // of review
	Grant     string      `json:"grant"`  // as it is written
	Terms     string      `json:"terms"`
	Changed   bool        `json:"terms_changed"` // their text is no longer the one agreed to
	Given     string      `json:"given"`
	Until     string      `json:"until"`     // the last day on which it holds
	DaysLeft  *int        `json:"days_left"` // nil = without end
	Scope     []string    `json:"scope"`
	Territory string      `json:"territory"`
	Method    string      `json:"method"`
	Evidence  string      `json:"evidence"`
	Reviewer  string      `json:"reviewed_by"` // of front matter or, where the site asks for it, of a commit
	Reviewed  string      `json:"reviewed_on"`
	Minor     string      `json:"minor"` // yes no unknown
	Guardian  string      `json:"guardian"`
	People    []string    `json:"people"` // releases of those who can be recognised: "granted (p-17)"
	File      string      `json:"file"`
}

// LedgerTerms is one version of the terms.
type LedgerTerms struct {
	Version string `json:"version"`
	Since   string `json:"since"`   // a date; "" = not told
	Grants  int    `json:"grants"`  // that name it
	Changed int    `json:"changed"` // of these, agreed to another text
	SHA256  string `json:"sha256"`  // "" = it has no page
	File    string `json:"file"`    // ""
}

// LedgerAsk narrows a ledger down; what is empty does not.
type LedgerAsk struct {
	Gallery string // folder below content of a gallery or a series
	State   LedgerState
}

// UnknownGallery says that there is no gallery of a name.
type UnknownGallery struct{ Name, Hint string }

func (e *UnknownGallery) Error() string { return fmt.Sprintf("there is no gallery %q", e.Name) }

// ReadLedger reads the ledger of a site. An error that is no *UnknownGallery means
// that the folder cannot be read.
func ReadLedger(ctx context.Context, fsys fs.FS, opt Options, ask LedgerAsk) (*Ledger, problem.List, error) {
	cfg, content, probs, err := readFolder(ctx, fsys, opt)
	if err != nil {
		return nil, probs, err
	}
	if err := knownGallery(content, ask.Gallery); err != nil {
		return nil, probs.Sorted(), err
	}
	m := newModel(content, cfg, opt, &probs)
	l := &Ledger{}
	for _, g := range content.Galleries {
		if !inGallery(g.Dir, ask.Gallery) {
			continue
		}
		l.Broken += g.Broken
		for _, s := range g.Submissions {
			if e := m.ledgerEntry(g, s); ask.State == "" || e.State == ask.State {
				l.Entries = append(l.Entries, e)
			}
		}
	}
	l.Terms = m.ledgerTerms(l.Entries)
	return l, probs.Sorted(), nil
}

// inGallery reports whether a folder is the one asked for, or below it.
func inGallery(dir, asked string) bool {
	return asked == "" || dir == asked || strings.HasPrefix(dir, asked+"/")
}

// knownGallery returns an *UnknownGallery where nothing is in the folder asked
// for.
func knownGallery(content *gallery.Site, asked string) error {
	var dirs []string
	for _, g := range content.Galleries {
		dirs = append(dirs, g.Dir)
	}
	return unknownGallery(dirs, asked)
}

func unknownGallery(dirs []string, asked string) error {
	if asked == "" || slices.ContainsFunc(dirs, func(dir string) bool { return inGallery(dir, asked) }) {
		return nil
	}
	return &UnknownGallery{asked, problem.DidYouMean(asked, dirs)}
}

func (m *model) ledgerEntry(g *gallery.Gallery, s *gallery.Submission) LedgerEntry {
	grant := &s.Grant
	e := LedgerEntry{
		State: ledgerState(s, m.now), ID: s.ID, Who: namesOf(s), Gallery: g.Dir, Status: string(s.Status), Grant: string(grant.Status),
		Terms: grant.Terms, Given: m.dayOf(grant.Date), Scope: append([]string{}, grant.Scope...), Territory: grant.Territory,
		Method: grant.Method, Evidence: grant.Evidence, Minor: "unknown", Guardian: s.Guardian, People: []string{}, File: s.File,
	}
	decision := m.cfg.past.reviewed(s)
	e.Reviewer, e.Reviewed = decision.By, m.dayOf(decision.On)
	if page := m.termsOf(grant.Terms); page != nil {
		e.Changed = !page.Terms.Agreed(grant)
	}
	if !grant.Until.IsZero() {
		days := daysLeft(m.now, grant.Until)
		e.Until, e.DaysLeft = m.dayOf(grant.Until.Add(-time.Second)), &days
	}
	switch {
	case s.Minor:
		e.Minor = "yes"
	case s.Adult:
		e.Minor = "no"
	}
	if s.Subjects != nil {
		for _, p := range s.Subjects.People {
			e.People = append(e.People, releaseText(p))
		}
	}
	return e
}

// releaseText says what somebody in a picture allowed, with the reference to it.
func releaseText(p gallery.Subject) string {
	text := p.Release
	if text == "" {
		text = "unknown"
	}
	if p.Evidence != "" {
		text += " (" + p.Evidence + ")"
	}
	return text
}

// dayOf writes a date as a table holds it, in the site's zone.
func (m *model) dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(m.cfg.Zone).Format(time.DateOnly)
}

// daysLeft counts the days, begun ones too, until a moment; 0 = it is past.
func daysLeft(now, until time.Time) int {
	const day = 24 * time.Hour
	return int(max(until.Sub(now)+day-1, 0) / day)
}

func ledgerState(s *gallery.Submission, now time.Time) LedgerState {
	g := &s.Grant
	if s.Status == gallery.Withdrawn {
		return LedgerWithdrawn
	}
	switch g.Status {
	case gallery.GrantRevoked:
		return LedgerRevoked
	case gallery.GrantDeclined:
		return LedgerRefused
	case gallery.GrantExpired:
		return LedgerEnded
	case gallery.GrantGranted:
	default:
		return LedgerMissing
	}
	switch left := g.Until.Sub(now); {
	case g.Until.IsZero() || left > LedgerSoon:
		return LedgerInForce
	case left > 0:
		return LedgerEndsSoon
	}
	return LedgerEnded
}

// ledgerTerms counts the grants of each version: those that have a page, then
// those that have none.
func (m *model) ledgerTerms(entries []LedgerEntry) []LedgerTerms {
	var list []LedgerTerms
	for _, a := range m.terms {
		list = append(list, LedgerTerms{Version: a.Terms.Version, Since: m.dayOf(a.Terms.Since), SHA256: a.Terms.Hash, File: a.Pos.File})
	}
	for _, e := range entries {
		if e.Terms == "" || e.Grant != string(gallery.GrantGranted) || e.State == LedgerWithdrawn {
			continue
		}
		i := slices.IndexFunc(list, func(t LedgerTerms) bool { return t.Version == e.Terms })
		if i < 0 {
			i = len(list)
			list = append(list, LedgerTerms{Version: e.Terms})
		}
		list[i].Grants++
		list[i].Changed += b2i(e.Changed)
	}
	return list
}
