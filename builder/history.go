package builder

import (
	"context"
	"errors"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// ReviewConfig is the table [review]: where dates and reviewers come from that
// front matter does not tell.
type ReviewConfig struct {
	History    bool // from the commits of the site's repository
	HistoryPos problem.Pos
}

// History is what the commits of a site's repository say of its submissions. It is
// a part of what a site is made from: the same folder with the same commits gives
// the same bytes. Names of those who approved are for the ledger alone.
type History struct {
	Approved map[string]Approval  // by id: when a submission was first approved or featured
	Changed  map[string]time.Time // by folder below the site's: when something in it was last changed
}

// Approval is when a submission was approved, and by whom.
type Approval struct {
	On time.Time
	By string
}

// NoHistory says why there is none, and what to do. The build goes on without.
type NoHistory struct{ Why, Hint string }

func (e *NoHistory) Error() string { return e.Why }

func readReview(t *strict.Table) ReviewConfig {
	r := t.Table("review")
	if r == nil {
		return ReviewConfig{}
	}
	return ReviewConfig{History: r.Bool("history"), HistoryPos: r.Pos("history")}
}

// recall asks for the history where the site wants it. An error is a cancelled
// context or a broken disk.
func (o Options) recall(ctx context.Context, cfg *Config, probs *problem.List) error {
	if !cfg.Review.History || o.History == nil {
		return nil
	}
	past, err := o.History(ctx)
	var not *NoHistory
	if errors.As(err, &not) {
		probs.Warnf(cfg.Review.HistoryPos, not.Hint, "no dates are taken from git: %s", not.Why)
		return nil
	}
	cfg.past = past
	return err
}

// approved returns when a submission was first approved; zero = nobody knows.
func (h *History) approved(s *gallery.Submission) time.Time {
	if h == nil {
		return time.Time{}
	}
	return h.Approved[s.ID].On
}

// changed returns when something of a submission was last changed; zero = nobody
// knows.
func (h *History) changed(s *gallery.Submission) time.Time {
	if h == nil {
		return time.Time{}
	}
	return h.Changed["content/"+s.Dir]
}

// reviewed returns who decided on a submission and when: what front matter says or,
// where it says nothing of the kind, who approved it in a commit.
func (h *History) reviewed(s *gallery.Submission) gallery.Decision {
	if s.Reviewed != (gallery.Decision{}) || h == nil {
		return s.Reviewed
	}
	a := h.Approved[s.ID]
	return gallery.Decision{By: a.By, On: a.On}
}
