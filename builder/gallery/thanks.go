package gallery

import "gallerist/builder/problem"

// ThanksOutcome is what came of taking part, as somebody is thanked for it.
type ThanksOutcome string

// Outcomes, the best first: of several that hold, somebody is thanked for the
// first. Who has withdrawn is thanked for nothing else.
const (
	ThanksWinner    ThanksOutcome = "winner"    // was given an award
	ThanksFinalist  ThanksOutcome = "finalist"  // reached a contest's final
	ThanksTaken     ThanksOutcome = "taken"     // an idea that is planned, in the making or done
	ThanksMerged    ThanksOutcome = "merged"    // an idea that was joined with another
	ThanksTeam      ThanksOutcome = "team"      // made a collaboration together with others
	ThanksFeatured  ThanksOutcome = "featured"  // is published among the best
	ThanksApproved  ThanksOutcome = "approved"  // is published
	ThanksPending   ThanksOutcome = "pending"   // is not decided yet
	ThanksOthers    ThanksOutcome = "others"    // took part
	ThanksWithdrawn ThanksOutcome = "withdrawn" // took it back
)

// ThanksSelected stands for ThanksFeatured and ThanksApproved in gallery.md.
const ThanksSelected = "selected"

// ThanksOutcomes lists every outcome, the best first.
var ThanksOutcomes = []ThanksOutcome{
	ThanksWinner, ThanksFinalist, ThanksTaken, ThanksMerged, ThanksTeam, ThanksFeatured, ThanksApproved, ThanksPending, ThanksOthers, ThanksWithdrawn,
}

// ThanksTemplate is a site's own words for an outcome, or the frame of its
// letters, in one language. Words in braces stand for values: {name}.
type ThanksTemplate struct {
	Pos        problem.Pos
	Subject    string   // of a letter; "" = the language's
	Paragraphs []string // those of a letter's frame keep their lines
}

// ThanksTemplates are a site's own words of thanks: by language, then by outcome,
// or ThanksLetter.
type ThanksTemplates map[string]map[string]*ThanksTemplate

// ThanksLetter names the frame of letters among the templates.
const ThanksLetter = "letter"
