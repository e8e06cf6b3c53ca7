package theme

import "html/template"

// ContestBox is what the front page of a contest's gallery says besides.
type ContestBox struct {
	Theme     string
	StateText string // where it stands, in a sentence with dates
	Dates     []Fact // opens, closes, results: always as dates
	Rules     Link
	Draw      *Link   // the page of its draw; nil = nothing is drawn
	Button    *Link   // to the winners or to take part; nil in between
	Decided   bool    // there are winners; the first of them is the page's Lead
	Places    []*Card // those who hold a place, the first places first; none before the results
}

// Laurels is the winners of the contest that was decided last, on the home page;
// the first of them may be the page's Lead instead.
type Laurels struct {
	Title string // of the gallery
	Lang  string // of the title
	Href  string // of the winners' page
	Cards []*Card
}

// Rules is the view of the layout "rules": what holds in a contest.
type Rules struct {
	Base
	Lang      string // language of the contest's own words where it is not the page's
	Theme     string
	State     string // upcoming open judging closed
	StateText string
	Dates     []Fact // always with the time and its zone
	Parts     []RulePart
	Button    *Link // to take part or to see the winners; nil
}

// RulePart is a part of the rules. Title, Said and the notes are in the page's
// language, the other texts in the contest's.
type RulePart struct {
	ID    string // for anchors: "prizes"
	Title string
	Text  []string // paragraphs
	Items []RuleItem
	Said  []string // what the language makes of numbers and dates
	Link  *Link
}

// RuleItem is a category, a criterion, a prize or somebody of the jury.
type RuleItem struct {
	Name, Text string
	Note       string // "weight 2, up to 10 points"
}

// Winners is the view of the layout "winners".
type Winners struct {
	Base
	Lang     string        // language of the contest's own words where it is not the page's
	Date     string        // "results of 25 November 2026"
	Announce template.HTML // the brand's words
	Groups   []WinnerGroup
	Computed string // how totals are computed; "" where nobody gave points
	Votes    string // what votes of the public are worth here; "" where there are none
	VotesAt  string // address of where they were counted, or ""
	Jury     []Member
	Links    []Link // to all works and to the rules
	Call     *CallBox
}

// WinnerGroup is a category, or the contest as a whole.
type WinnerGroup struct {
	ID        string // for anchors
	Title     string
	Text      string
	Places    []Place
	Finalists []*Card
}

// Place is a place and who holds it, or an award without a rank.
type Place struct {
	Title   string   // "First place"
	Shared  string   // "Two share first place", in place of Title; ""
	Prizes  []string // "A drum machine, 12 000 ₽"
	Lang    string   // of the prizes where it is not the page's
	First   bool
	Winners []Winner
}

// Winner is a piece that was given an award, and why.
type Winner struct {
	Card   *Card
	Title  string // of an award that has one of its own; ""
	Judged Judged
}

// Judged is what a jury and the public thought of a piece, as published.
type Judged struct {
	Official bool   // the brand shows it as its own content
	By       string // who gave the award, where that is not the jury; ""
	Reason   Wording
	Jury     []Quote
	Points   *Points
	Votes    string // "218 votes in the poll by the till, counted on 20 November 2026"
	Winners  *Link  // to the winners' page, on the piece's own
}

// Wording is a text and its language where that is not the page's.
type Wording struct{ Text, Lang string }

// Quote is what somebody of the jury said.
type Quote struct {
	Wording
	By string
}

// Points is a table of points: a row a criterion, a column a juror.
type Points struct {
	Jurors []string
	Rows   []PointsRow
	Total  string // "8.67 of 10"; "" where points are missing
}

// PointsRow is the points for a criterion, in words: "8.5", or "–" for none.
type PointsRow struct {
	Criterion string
	Points    []string // by juror
	Mean      string
}
