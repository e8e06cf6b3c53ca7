package builder

import (
	"slices"

	"gallerist/builder/gallery"
)

// named tells whether a participant without a published piece asked to be
// named all the same.
func (w *participant) named() bool {
	s := w.submission
	// A name that nobody has looked at is not published.
	return s.Consent.Thanks && !s.Minor && s.Status != gallery.Pending && slices.ContainsFunc(s.Authors, func(a gallery.Author) bool { return a.Name != "" })
}

// participantName returns the name of one who asked to be named.
func (l *locale) participantName(w *participant, i int, a gallery.Author) string {
	if t := w.submission.In[l.tag]; i < len(t.Authors) && t.Authors[i] != "" {
		return t.Authors[i]
	}
	return l.word(a.Name)
}
