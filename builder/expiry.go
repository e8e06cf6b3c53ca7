package builder

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// Expiring is a published piece whose permission ends within LedgerSoon.
type Expiring struct {
	ID    string   `json:"id"`
	Who   []string `json:"who"`       // as they call themselves, whether that may be published or not
	Until string   `json:"until"`     // the last day on which it holds
	Days  int      `json:"days_left"` // begun ones too
	File  string   `json:"file"`
}

// Unthanked is somebody who took part and was not thanked yet.
type Unthanked struct {
	ID      string   `json:"id"`
	Who     []string `json:"who"`
	Outcome string   `json:"outcome"` // "" = of a gallery without an address
	File    string   `json:"file"`
}

// tellExpiring warns of a published piece whose permission ends soon.
func (m *model) tellExpiring(probs *problem.List) {
	for _, e := range m.expiring() {
		pos, ok := e.s.At("grant.until")
		if !ok {
			pos = e.s.Pos
		}
		days := "1 day"
		if e.Days != 1 {
			days = fmt.Sprintf("%d days", e.Days)
		}
		probs.Warnf(pos, "ask the author to renew it, then change until below [grant]; after that day the piece is left out",
			"the permission for %q ends in %s, %s is its last", e.ID, days, e.Until)
	}
}

// ending is an Expiring with its submission.
type ending struct {
	Expiring
	s *gallery.Submission
}

// expiring lists what is published with a permission that ends soon, the first to
// end first.
func (m *model) expiring() []ending {
	var list []ending
	for _, g := range m.galleries {
		for _, w := range g.participants {
			if p, until := w.public(), w.submission.Grant.Until; p != nil && !until.IsZero() && until.Sub(m.now) <= LedgerSoon {
				e := m.ledgerEntry(g.Gallery, w.submission)
				list = append(list, ending{Expiring{e.ID, e.Who, e.Until, *e.DaysLeft, e.File}, w.submission})
			}
		}
	}
	slices.SortFunc(list, func(a, b ending) int {
		return cmp.Or(a.s.Grant.Until.Compare(b.s.Grant.Until), strings.Compare(a.File, b.File))
	})
	return list
}

// Expiring lists the published pieces whose permission ends soon, the first to end
// first.
func (r *Result) Expiring() []Expiring {
	list := []Expiring{}
	for _, e := range r.model.expiring() {
		list = append(list, e.Expiring)
	}
	return list
}

// Unthanked lists who took part and was not thanked yet, by file. It names the same
// ones as the summary.
func (r *Result) Unthanked() []Unthanked {
	list := []Unthanked{}
	add := func(s *gallery.Submission, outcome string) {
		if _, found := slices.BinarySearch(r.Summary.Unthanked, s.ID); found {
			list = append(list, Unthanked{s.ID, namesOf(s), outcome, s.File})
		}
	}
	for _, g := range r.model.galleries {
		for _, w := range g.participants {
			add(w.submission, string(g.outcomeOf(w)))
		}
	}
	for _, g := range r.model.homeless {
		for _, s := range g.Submissions {
			add(s, "")
		}
	}
	slices.SortFunc(list, func(a, b Unthanked) int { return strings.Compare(a.File, b.File) })
	return list
}

// namesOf returns the names of those who sent a submission, each once.
func namesOf(s *gallery.Submission) []string {
	list := []string{}
	for _, a := range s.Authors {
		if !slices.Contains(list, a.Name) && a.Name != "" {
			list = append(list, a.Name)
		}
	}
	return list
}
