package gallery

import (
	"time"

	"gallerist/builder/problem"
)

// Series holds galleries as editions ("every Monday").
type Series struct {
	Dir     string // folder, slash-separated, below content: "monday-moves"
	Pos     problem.Pos
	Slug    string    // last part of the address; "" = made from the folder
	Lang    string    // language of the texts; "" = the site's
	Every   string    // one of Rhythms; "" = not told
	Next    time.Time // the next edition begins; zero = told by its own call, or not yet known
	Hashtag string    // of editions without one of their own, without #
	Text    Text
	In      map[string]Text // translations by language tag: only what differs
}

// Rhythms lists how often editions come.
var Rhythms = []string{"week", "two-weeks", "month", "quarter", "year"}

// Edition is what makes a gallery an edition of its series.
type Edition struct {
	Pos        problem.Pos
	Date       time.Time // orders the editions; zero = nothing tells it
	Number     int       // from 1, in the order of dates
	Highlights []string  // ids of pieces; none = those featured
}

// Session is a meeting at a time: a stream, a rehearsal, a prize-giving.
type Session struct {
	Pos       problem.Pos
	ID        string // of the gallery's sessions; "" = its place in the list. Calendars know it by that
	Starts    time.Time
	Ends      time.Time       // zero = not told
	URL       string          // where to watch or to register
	Recording string          // https address of the recording, or id of a submission that holds it; "" = none yet
	Pieces    []string        // ids of pieces: its highlights
	Moments   []time.Duration // from the recording's beginning; their words are in SessionText
	Revision  int             // how often the session was moved: a calendar's SEQUENCE
	Cancelled bool
}

// SessionText is what is said of a session, in one language.
type SessionText struct {
	Title   string
	Where   string
	Text    string
	Moments []string
}
