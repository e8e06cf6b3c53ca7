package theme

import "html/template"

// Series is the view of the layout "series".
type Series struct {
	Base
	Lang      string // language of the series' title where it is not the page's
	IntroLang string // that of Intro, and of Summary where there is no Intro
	Summary   string
	Intro     template.HTML
	Numbers   []string // "A new one every Monday", "3 editions", "14 works"
	Next      *Fact    // when the next edition comes, where it is known
	Hashtag   string   // with #; ""
	Lead      *Card    // of the current edition
	Current   *Edition // nil before the first edition
	Call      *CallBox
	Live      []Session // of all editions: those to come, and the last one that is over
	Earlier   []Edition // newest first, a few
	Archive   *Link     // of all editions; nil = there are none
	Thanks    *Link     // everybody who took part
	Calendar  string    // absolute address; "" = there are no dates
}

// Edition is an edition in a list of them.
type Edition struct {
	Number     string // "Edition 3"
	Title      string
	Lang       string // language of Title and Summary where it is not the page's
	Summary    string
	Href       string
	Date       string // in words; ""
	DateTime   string // RFC 3339
	State      string // of its call, in words; ""
	Chosen     string // "10 of 80 selected"; ""
	Highlights []*Card
}

// Archive is the view of the layout "archive": all editions of a series, or
// those of a year.
type Archive struct {
	Base
	Series Link
	Years  []Filter      // with the numbers of editions; none where all are of one year
	Groups []ArchiveYear // newest first
}

// ArchiveYear holds the editions of a year, newest first.
type ArchiveYear struct {
	Year     string
	Href     string // "" on the year's own page
	Editions []Edition
}

// EditionBox says of which series a gallery is an edition, and which.
type EditionBox struct {
	Series       Link
	Number       string // "Edition 3"
	Date         string // in words; ""
	DateTime     string // RFC 3339
	Older, Newer *Link  // the editions beside it; nil = none
}

// Session is a live session. Its times are by the clocks of the site.
type Session struct {
	ID         string // for anchors; "" where it is only told of
	Lang       string // language of its own words where it is not the page's
	Title      string
	When       string // "Tuesday, 24 November 2026, 19:00–20:30"
	Zone       string // "Moscow time, UTC+3"; "" for whole days
	Starts     string // RFC 3339, or a day
	Where      string
	Text       string
	Join       string // address where to watch or to register, before it is over
	Of         *Link  // the edition, on pages of several
	Calendar   string // absolute address, before it is over
	Over       bool
	Cancelled  bool
	Recording  *Card    // here
	Watch      *Link    // the recording on another host
	Note       string   // words about that host
	Moments    []Moment // of the recording, in order
	Highlights []*Card
}

// Moment is when something begins in a recording.
type Moment struct {
	At   string // "0:42"
	Text string
	Lang string // language of Text where it is not the page's
	Href string // of the recording from there on; "" where it is elsewhere
}
