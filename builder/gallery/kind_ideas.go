package gallery

import (
	"time"

	"gallerist/builder/problem"
)

// IdeaStatus is where an idea stands on its board.
type IdeaStatus string

// The states of an idea.
const (
	IdeaNew         IdeaStatus = "new"
	IdeaConsidering IdeaStatus = "considering"
	IdeaPlanned     IdeaStatus = "planned"
	IdeaMaking      IdeaStatus = "making"
	IdeaDone        IdeaStatus = "done"
	IdeaDeclined    IdeaStatus = "declined"
)

// IdeaStatuses lists every state, in the order of the board.
var IdeaStatuses = []string{string(IdeaNew), string(IdeaConsidering), string(IdeaPlanned), string(IdeaMaking), string(IdeaDone), string(IdeaDeclined)}

// IdeaState is what a submission of a gallery of the kind Ideas has beyond the
// common.
type IdeaState struct {
	Pos         problem.Pos
	Status      IdeaStatus   // that of the last change, IdeaNew without any
	History     []IdeaChange // the oldest first; their reasons are in BrandText
	Supporters  int          // counted elsewhere
	Counted     time.Time    // when
	DuplicateOf string       // id of the idea that this one is merged into
	DuplicateAt problem.Pos
	Outcome     *Outcome // what came of it
}

// IdeaChange is one change of an idea's status.
type IdeaChange struct {
	Pos    problem.Pos
	Status IdeaStatus
	Date   time.Time
}

// Outcome leads to what came of an idea: an address, or the id of a piece. Its
// words are in BrandText.
type Outcome struct {
	Pos   problem.Pos
	URL   string
	Piece string
}

// At returns the idea as it stands at now: what is dated later has not
// happened yet.
func (i *IdeaState) At(now time.Time) *IdeaState {
	for n, change := range i.History {
		if change.Date.After(now) {
			then := *i
			then.History = i.History[:n]
			then.Status = IdeaNew
			if n > 0 {
				then.Status = i.History[n-1].Status
			}
			return &then
		}
	}
	return i
}
