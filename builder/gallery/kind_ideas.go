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
	Status      IdeaStatus // that of the last change
	History     []IdeaChange
	Supporters  int       // counted elsewhere
	Counted     time.Time // when
	DuplicateOf string    // id of the idea that this one is merged into
	Outcome     *Outcome  // what came of it
}

// IdeaChange is one change of an idea's status.
type IdeaChange struct {
	Pos    problem.Pos
	Status IdeaStatus
	Date   time.Time
	Reason string
}

// Outcome leads to what came of an idea: an address, or the id of a piece.
type Outcome struct {
	URL   string
	Piece string
	Text  string
}
