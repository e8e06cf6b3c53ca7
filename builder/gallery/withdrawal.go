package gallery

import (
	"time"

	"gallerist/builder/problem"
)

// Withdrawal is the author's taking back. What is left of the submission then is
// its tombstone: the id, so that it is not taken anew, and the hashes of what was
// sent, so that nobody else's submission brings it back.
type Withdrawal struct {
	Date      time.Time
	Originals []string // SHA-256 of the pictures, films and recordings that were sent, 64 small hex digits each
	// Unfinished is the name the folder is still to get, while what was sent is
	// being deleted; "" = that is done.
	Unfinished string
}

// Reference is a submission named by its id in some front matter.
type Reference struct {
	ID  string
	Key string // where, without the table's name: "cover", "examples"
	Pos problem.Pos
}

// Tombstones is what is known of the withdrawn submissions of a site, so that
// none of them comes back. The zero value is of a site without any.
type Tombstones struct {
	List      []*Submission // by folder
	ids       map[string]*Submission
	originals map[string]*Submission
}

// Tombstones returns those of a site.
func (s *Site) Tombstones() *Tombstones {
	t := &Tombstones{}
	for _, g := range s.Galleries {
		for _, sub := range g.Submissions {
			if sub.Status == Withdrawn {
				t.add(sub)
			}
		}
	}
	return t
}

func (t *Tombstones) add(s *Submission) {
	if t.ids == nil {
		t.ids, t.originals = map[string]*Submission{}, map[string]*Submission{}
	}
	t.List = append(t.List, s)
	t.ids[s.ID] = s
	for _, hash := range s.Withdrawal.Originals {
		if t.originals[hash] == nil {
			t.originals[hash] = s
		}
	}
}

// Of returns the withdrawn submission with an id, or nil.
func (t *Tombstones) Of(id string) *Submission { return t.ids[id] }

// HaveOriginals says whether any of them tells what was sent.
func (t *Tombstones) HaveOriginals() bool { return len(t.originals) > 0 }

// Original returns the withdrawn submission that a file with this SHA-256, in
// small hex digits, was sent with, or nil.
func (t *Tombstones) Original(hash string) *Submission { return t.originals[hash] }
