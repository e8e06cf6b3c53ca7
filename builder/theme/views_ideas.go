package theme

import "html/template"

// Board is what a gallery of the kind "ideas" shows: its ideas by status.
type Board struct {
	Statuses []Filter // links to the sections, with the number of ideas in each
	Sections []BoardSection
}

// BoardSection is the ideas of one status.
type BoardSection struct {
	ID     string // of the section on the page, and the status: "planned"
	Title  string
	Text   string // what the status means, in a sentence
	Count  int    // how many ideas have it, whether they stand here or not
	Ideas  []IdeaCard
	All    *Link // leads to all of them, where not all stand here
	Folded bool  // to be opened by who wants to see it
}

// IdeaCard is an idea on a board.
type IdeaCard struct {
	Card       *Card
	Heading    string
	Text       string // beginning of what the author wrote; ""
	Also       string // "also proposed by Petya", of ideas merged into this one
	Answer     string // of the brand, or the reason of the last change: its beginning, plain text
	Supporters string // "42 supporters on 10 November 2026", or without the date where Facts.Counted says it
	Changed    string // "since 12 November 2026"
	Date       string // RFC 3339, of Changed
	Outcome    *Link  // what came of it
	Lang       string // language of Answer and Outcome where it is not the page's
}

// Idea is what the page of an idea shows beyond a Submission.
type Idea struct {
	Status     string // new considering planned making done declined
	StatusText string // "Planned since 2 November 2026"
	Date       string // RFC 3339, of StatusText
	Supporters string // "42 supporters on 10 November 2026"
	Also       string // "also proposed by Petya"
	Answer     template.HTML
	Outcome    *Link
	Lang       string       // language of Answer, Outcome and reasons where it is not the page's
	History    []IdeaChange // the last first
	Into       *Link        // the idea that this one is merged into; then the status is that one's
	IntoText   string       // "This idea was joined with:"
	Merged     []*Card      // into this one
}

// IdeaChange is one change of an idea's status.
type IdeaChange struct {
	Status string // in words
	Day    string
	Date   string // RFC 3339
	Reason string
}
