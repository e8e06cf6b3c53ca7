// Package gallery holds the nouns of Gallerist: what a site consists of, as
// read from its folder, and what of a submission the public may see.
//
// Everything here is plain data. Submission is what was received, private
// parts and all; Piece is what may be shown of it, and is made by Publish
// alone. Pages, feeds, indexes and logs are given Pieces.
package gallery

import (
	"time"

	"gallerist/builder/problem"
)

// Site is the content folder as read.
type Site struct {
	Series    []*Series  // by folder
	Galleries []*Gallery // by folder
	Articles  []*Article // plain pages, by file

	Broken     []*Submission // those that are left out for an error in them: only ID, Dir, File and Pos count
	References []Reference   // of submissions in front matter, wherever it is
}

// Kind is the kind of a gallery.
type Kind string

// The four kinds.
const (
	UGC           Kind = "ugc"           // photos, films, reviews, stories from customers
	Collaboration Kind = "collaboration" // chosen people make one thing together
	Contest       Kind = "contest"       // a theme, a jury, prizes
	Ideas         Kind = "ideas"         // an open platform for ideas
)

// Kinds lists every kind, for reading and for hints.
var Kinds = []string{string(UGC), string(Collaboration), string(Contest), string(Ideas)}

// Text is what a gallery or series says, in one language. An empty field of a
// translation is taken from the gallery's own language.
type Text struct {
	Title   string
	Summary string // one or two sentences, for lists, feeds and share cards
	Body    string // Markdown: the introduction
	BodyAt  problem.Pos
	Call    CallText
	Thanks  ThanksText
	Live    []SessionText // as Gallery.Live

	Contest       *ContestText       // as Gallery.Contest
	Collaboration *CollaborationText // as Gallery.Collaboration
}

// CallText is what the call for entries says.
type CallText struct {
	Question string   // "How do you drink coffee in the morning?"
	Steps    []string // how to take part, in order
	Wants    []string // what is wanted
	Rights   []string // what the brand may do with it and what the author keeps, in plain words
	After    string   // what happens next and when results come
	Consents []string // what to agree to, as Call.Consents; none = made from the scopes
}

// ThanksText is what is said to those who took part, by outcome; what is missing
// the site's templates say, or the language. ThanksSelected is for all who are
// published without anything more having come of it.
type ThanksText map[string]string

// Gallery is one gallery: a folder with gallery.md.
type Gallery struct {
	Dir           string // folder below content, slash-separated
	Pos           problem.Pos
	Slug          string // last part of the address; "" = made from the folder
	Series        *Series
	Kind          Kind
	Lang          string
	Text          Text
	In            map[string]Text
	Cover         string              // id of the submission that stands for the gallery; "" = the newest featured
	Call          *Call               // nil = nobody is asked
	Watermark     *Watermark          // nil = the site's
	Edition       *Edition            // nil = not in a series
	Live          []Session           // as written
	Contest       *ContestFacts       // nil = of another kind
	Collaboration *CollaborationFacts // nil = of another kind
	Submissions   []*Submission       // by folder
	Broken        int                 // submissions that were left out of Submissions for an error in them
}

// Watermark is the owner's logo on pictures, and where it is laid.
type Watermark struct {
	Pos     problem.Pos
	Off     bool    // none here, whatever the site says
	File    string  // below the site's folder; "" = the site's
	Corner  string  // one of WatermarkCorners; "" = the site's, or bottom-right
	Size    float64 // its longer edge as part of the picture's shorter one; 0 = the site's, or 0.15
	Opacity float64 // 0 to 1; 0 = the site's, or 0.8
}

// WatermarkCorners lists where a watermark can stand.
var WatermarkCorners = []string{"top-left", "top-right", "bottom-left", "bottom-right"}

// Call is the language-free part of a call for entries.
type Call struct {
	Pos      problem.Pos
	Opens    time.Time // zero = already
	Closes   time.Time // zero = no end
	Results  time.Time // zero = not promised
	Form     string    // address of the form
	Hashtag  string    // without #
	Examples []string  // ids of submissions that show what is wanted
	Revision int       // how often the dates were changed: a calendar's SEQUENCE
	Judged   bool      // a contest's: between closing and results a jury is at work

	Terms    string   // version of the terms and of the consent texts: "2026-10"
	Scope    []string // what is asked for, of Scopes; none = not told
	Months   int      // how long it is asked for; 0 = without end
	Consents []Consented
}

// Consented is one thing that people are asked to agree to. Its words are in
// CallText.
type Consented struct {
	Pos      problem.Pos
	What     string // one of ConsentKinds
	Optional bool   // one can take part without
}

// ConsentKinds lists what people are asked to agree to, each for itself: rights
// in the work are one thing, the person's data another.
var ConsentKinds = []string{"grant", "name", "place", "likeness", "url", "thanks", "news", "age"}

// CallState says where a call stands at a moment.
type CallState string

// States of a call.
const (
	CallUpcoming CallState = "upcoming"
	CallOpen     CallState = "open"
	CallJudging  CallState = "judging" // of contests only
	CallClosed   CallState = "closed"
)

// Over tells whether nothing is taken any more.
func (s CallState) Over() bool { return s == CallJudging || s == CallClosed }

// State returns where the call stands at now.
func (c *Call) State(now time.Time) CallState {
	switch {
	case !c.Opens.IsZero() && now.Before(c.Opens):
		return CallUpcoming
	case c.Closes.IsZero() || now.Before(c.Closes):
		return CallOpen
	case c.Judged && now.Before(c.Results):
		return CallJudging
	}
	return CallClosed
}

// Article is a plain page such as content/about.md.
type Article struct {
	File  string // below content: "about.md"
	Pos   problem.Pos
	Slug  string
	Lang  string
	Menu  int    // place in the menu; 0 = not in it
	Terms *Terms // nil = no terms
	Text  ArticleText
	In    map[string]ArticleText
}

// ArticleText is a plain page in one language.
type ArticleText struct {
	Title   string
	Summary string
	Body    string // Markdown
	BodyAt  problem.Pos
}
