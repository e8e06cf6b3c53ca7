package gallery

import (
	"time"

	"gallerist/builder/problem"
)

// ContestFacts is what a gallery of the kind Contest has beyond the common, in no
// language. Words are in ContestText, by the same places in the lists.
type ContestFacts struct {
	Pos        problem.Pos
	Official   bool // winners' works are marked as official content of the brand
	Categories []Category
	Criteria   []Criterion
	Prizes     []Prize
	Jury       []Member
	Votes      *Votes // nil = nobody voted elsewhere
	Rules      Rules
	Draw       *Draw // nil = nothing is drawn
}

// Announced tells whether what a gallery's jury thinks is known to the public at
// now. A contest's is known from the moment that its call promises; where it
// promises none, once nothing is taken any more.
func (g *Gallery) Announced(now time.Time) bool {
	switch c := g.Call; {
	case g.Kind != Contest || c == nil || c.Results.IsZero() && c.Closes.IsZero():
		return true
	case c.Results.IsZero():
		return c.State(now).Over()
	default:
		return !now.Before(c.Results)
	}
}

// Withhold takes out of a piece what the jury thinks of it, because it is not
// announced yet.
func (p *Piece) Withhold() {
	p.Awards, p.Verdicts = nil, nil
	p.Text = p.Text.unjudged()
	for lang, t := range p.In { // the piece's own, from Publish
		p.In[lang] = t.unjudged()
	}
}

// unjudged returns a text without the jury's words.
func (t PieceText) unjudged() PieceText {
	if t.Brand != nil {
		own := *t.Brand
		own.Awards, own.Words = nil, nil
		t.Brand = &own
	}
	return t
}

// Category is a part of a contest with winners of its own.
type Category struct {
	Pos problem.Pos
	ID  string // named by awards: "duo"
}

// Criterion is what the jury gives points for.
type Criterion struct {
	Pos    problem.Pos
	ID     string  // named by scores: "rhythm"
	Weight float64 // 1 unless told
	Most   float64 // the most points; 10 unless told
}

// Prize is what a rank brings.
type Prize struct {
	Pos      problem.Pos
	Rank     int    // 0 = not for a rank
	Category string // "" = of the whole contest
}

// Votes are votes of the public that were counted elsewhere, as of a date.
// Nothing is counted by the site.
type Votes struct {
	Pos    problem.Pos
	URL    string // of where they were counted; its name is in ContestText
	Date   time.Time
	Counts map[string]int // by id of the submission
}

// Rules are the parts of a contest's rules that are not words. The list of
// fields is that of RulesText and these; builder says which are missing.
type Rules struct {
	Pos        problem.Pos
	MinAge     int
	Countries  []string // ISO 3166-1 alpha-2; none = everywhere
	Limit      int      // entries a person; 0 = not limited
	Formats    []string
	Contact    string    // address of a page or mailto:
	Notice     time.Time // winners are told before then
	AnswerDays int       // a winner has so many days to answer
}

// Draw is a draw among those who took part that anybody can repeat: the list
// and the method are published with the seed and the result.
type Draw struct {
	Pos     problem.Pos
	Seed    string // published beforehand, or a public number nobody can choose
	Date    time.Time
	Winners int
	File    string // below the site's folder: the record of the draw, draw.txt beside gallery.md; "" = not drawn yet
	Text    string // what stands in it
}

// ContestText is what a contest says, in one language.
type ContestText struct {
	Theme      string
	Categories []NamedText
	Criteria   []NamedText
	Prizes     []PrizeText
	Jury       []MemberText
	Rules      RulesText
	Votes      string // where the votes were counted: "the poll in our group"
	Announce   string // Markdown: stands above the winners
	AnnounceAt problem.Pos
	DrawNote   string // where the seed of the draw comes from
}

// NamedText is a title with what is said of it.
type NamedText struct{ Title, Text string }

// PrizeText is a prize and its value in words: "a drum machine", "12 000 ₽".
type PrizeText struct{ Title, Value string }

// RulesText are the rules, a paragraph or less a field.
type RulesText struct {
	Sponsor, Eligibility, Entry, Judging, TieBreak, Notice, Releases, Privacy, Platform, Law string
}

// Award is a distinction given to a piece.
type Award struct {
	Pos      problem.Pos
	Title    string // "" = made from the rank and the category
	Category string // id of the contest's category; in other galleries any words
	By       string
	Reason   string
	Rank     int  // 1 = first; 0 = none
	Tie      bool // shares the rank
	Finalist bool
}

// Verdict is one juror's view of a piece.
type Verdict struct {
	Pos    problem.Pos
	By     string // id of a member of the jury
	Words  string
	Scores map[string]float64 // by id of a criterion
}
