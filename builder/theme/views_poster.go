package theme

// Poster is the view of the layout "poster": a call on one sheet of paper, to be
// printed. Sizes are chosen so that everything fits: 1 is the largest.
type Poster struct {
	Base
	Lang         string // language of the gallery's words where it is not the page's
	Format       string // of the paper, for a class: "a4", "a5"
	Paper        string // the same in words: "A4"
	Question     string
	QuestionSize int      // from 1 to 8
	Picture      *Card    // nil where there is none, or no room
	Steps        []string // at most six, short
	StepSize     int      // from 1 to 3
	When         string   // until when one can take part
	Hashtag      string   // with #; ""
	QR           string   // address of the drawing; ""
	Address      string   // of the call's page, as people type it; "" where it is too long for that
	Call         Link     // to the call's page
	Others       []Link   // the other sizes of paper
}
