package builder

import (
	"slices"
	"strings"

	"gallerist/builder/gallery"
)

// SubmissionState is where a submission stands, for those who review.
type SubmissionState struct {
	ID      string
	Folder  string   // below the site's folder: "content/morning/olya"
	Reason  string   // why it is not published, as LeftOut names it; "" = it is
	Credits []string // its credit line in each language; nil where nothing is shown
}

// States lists every submission that can be read, by folder.
func (r *Result) States() []SubmissionState {
	var list []SubmissionState
	for _, g := range r.model.galleries {
		for _, w := range slices.Concat(g.participants, g.left) {
			s := SubmissionState{ID: w.submission.ID, Folder: "content/" + w.submission.Dir, Reason: w.refused}
			if w.piece == nil && s.Reason == "" {
				s.Reason = reasonBroken
			}
			if w.piece != nil {
				for _, l := range r.locales {
					s.Credits = append(s.Credits, isolates.Replace(l.credit(w.piece)))
				}
			}
			list = append(list, s)
		}
	}
	for _, g := range r.model.homeless {
		for _, s := range g.Submissions {
			reason := reasonBroken
			if s.Status == gallery.Withdrawn {
				reason = gallery.RefusedWithdrawn
			}
			list = append(list, SubmissionState{ID: s.ID, Folder: "content/" + s.Dir, Reason: reason})
		}
	}
	slices.SortFunc(list, func(a, b SubmissionState) int { return strings.Compare(a.Folder, b.Folder) })
	return list
}
