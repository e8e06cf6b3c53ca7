package gallery

import (
	"time"

	"gallerist/builder/problem"
)

// CollaborationFacts is what a gallery of the kind Collaboration has beyond the
// common, in no language. Words are in CollaborationText, by the same places in
// the lists.
type CollaborationFacts struct {
	Pos    problem.Pos
	Team   []Member
	Steps  []Step
	Result string // id of the piece that all this led to; "" = not yet

	ResultAt problem.Pos
}

// Step is a version of the thing on its way.
type Step struct {
	Pos    problem.Pos
	Date   time.Time
	Pieces []string // ids of submissions that show it
	By     []string // ids of members
}

// CollaborationText is what a collaboration says, in one language.
type CollaborationText struct {
	Why   []Answer // why they did it, asked more than once
	Team  []MemberText
	Steps []NamedText
}

// Answer is a question and what was answered.
type Answer struct{ Question, Answer string }
