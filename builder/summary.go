package builder

import (
	"slices"

	"gallerist/builder/gallery"
)

// Summary is what a build says of itself, for people and (as JSON) for
// scripts.
type Summary struct {
	Title        string    `json:"title"`
	Galleries    int       `json:"galleries"`
	Received     int       `json:"received"`
	Published    int       `json:"published"`
	Drafts       int       `json:"drafts,omitempty"`
	Contributors int       `json:"contributors"`
	Pages        int       `json:"pages"`
	Languages    []string  `json:"languages"`
	Pictures     int       `json:"pictures"`
	Films        int       `json:"films"`
	Recordings   int       `json:"recordings"`
	Files        int       `json:"files"`
	LeftOut      []LeftOut `json:"left_out"`
	ThankPages   int       `json:"thank_pages"` // of those who have not withdrawn
	Unthanked    []string  `json:"unthanked"`   // ids
}

// LeftOut counts the submissions that are not published for one reason.
type LeftOut struct {
	Reason string `json:"reason"` // declined pending withdrawn grant expired scope guardian age release edit crop scheduled broken
	Count  int    `json:"count"`
}

// CreditSummary is a published piece's credit line and how it was made.
type CreditSummary struct {
	ID   string `json:"id"`
	Lang string `json:"lang"`
	Line string `json:"credit_line"`
	Note string `json:"note"`
	File string `json:"folder"`
}

// reasonOrder is the order in which reasons are told.
var reasonOrder = []string{
	gallery.RefusedDeclined, gallery.RefusedPending, gallery.RefusedWithdrawn, gallery.RefusedScheduled,
	gallery.RefusedExpired, gallery.RefusedGrant, gallery.RefusedScope, gallery.RefusedGuardian, gallery.RefusedAge, gallery.RefusedRelease, gallery.RefusedEdit, gallery.RefusedCrop, reasonBroken,
}

// reasonBroken: something in the submission could not be read or shown.
const reasonBroken = "broken"

func summarize(m *model, r *Result, thanked map[string]bool) Summary {
	s := Summary{
		Title: m.cfg.Text.Title, Galleries: len(m.galleries), Contributors: len(m.contributors),
		Pages: len(r.Pages), Languages: m.cfg.Languages, Files: r.Set.Len(), Unthanked: []string{}, LeftOut: []LeftOut{},
	}
	for _, p := range m.pieces {
		s.count(p.pictures)
		if p.Draft {
			s.Drafts++
		}
	}
	s.Published = len(m.pieces) - s.Drafts
	left := s.countLeft(m, thanked)
	for _, reason := range reasonOrder {
		if left[reason] > 0 {
			s.LeftOut = append(s.LeftOut, LeftOut{reason, left[reason]})
		}
	}
	if m.cfg.Pages.Thanks && len(r.locales[0].secret) >= SecretMin {
		for _, g := range m.galleries {
			s.ThankPages += len(g.participants)
		}
	}
	slices.Sort(s.Unthanked)
	return s
}

// countLeft counts who took part, and returns by reason how many of them are
// not published.
func (s *Summary) countLeft(m *model, thanked map[string]bool) map[string]int {
	left := map[string]int{}
	for _, g := range m.galleries {
		s.Received += g.received
		left[reasonBroken] += g.Broken
		left[gallery.RefusedWithdrawn] += len(g.withdrawn)
		for _, w := range g.participants {
			switch {
			case w.refused != "":
				left[w.refused]++
			case w.piece == nil:
				left[reasonBroken]++
			}
			s.mayThank(w.submission, thanked)
		}
	}
	for _, g := range m.homeless {
		s.Received += len(g.Submissions) + g.Broken
		left[reasonBroken] += g.Broken
		for _, sub := range g.Submissions {
			if sub.Status == gallery.Withdrawn {
				s.Received--
			}
			if _, refusal := gallery.Publish(sub, gallery.Policy{Now: m.now}); refusal != nil {
				left[refusal.Reason]++
			} else {
				left[reasonBroken]++
			}
			s.mayThank(sub, thanked)
		}
	}
	return left
}

// mayThank lists somebody who was not thanked yet.
func (s *Summary) mayThank(sub *gallery.Submission, thanked map[string]bool) {
	if sub.Status != gallery.Withdrawn && !thanked[sub.ID] {
		s.Unthanked = append(s.Unthanked, sub.ID)
	}
}

// count counts what a piece shows; a film elsewhere is none of the site's.
func (s *Summary) count(list []*picture) {
	for _, pic := range list {
		switch {
		case pic.clip == nil:
			s.Pictures++
		case pic.clip.info == nil:
		case pic.clip.info.Clip.Sound:
			s.Recordings++
		default:
			s.Films++
		}
	}
}

// Credits returns the credit line of every piece in every language, with how
// it was made.
func (r *Result) Credits() []CreditSummary {
	var list []CreditSummary
	for _, p := range r.model.pieces {
		for _, l := range r.locales {
			list = append(list, CreditSummary{
				ID: p.ID, Lang: l.tag, Line: l.credit(p), Note: string(l.CreditNote(l.creditInput(p))), File: "content/" + p.Dir,
			})
		}
	}
	return list
}
