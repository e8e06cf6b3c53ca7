package theme

import "html/template"

// The views: what each layout and partial gets. They are complete, sorted and
// final: a layout shows what it is given and asks for nothing. Every address
// in a view is ready for an href: it begins with the site's base path. Texts
// are plain strings (html/template escapes them); template.HTML fields are
// finished, safe HTML made from Markdown or by an encoder.

// Site is the same on every page of one language.
type Site struct {
	Title     string
	Tagline   string
	Home      string // address of the home page in this language
	Lang      string // BCP 47
	Dir       string // "ltr" or "rtl"
	Menu      []Link
	Languages []Link // this page in the other languages; empty on a site with one
	Footer    []Link
	Feeds     []Feed    // the first of the site's, for pages that have none
	FeedPage  string    // the page about the feeds, for people
	Preload   []Preload // fonts for the language's script
	Copyright string    // one line for the foot of the page
	Logo      string    // address of the logo, or ""

	kept *kept // KeepSite
}

// Link is a link with its words. Current marks the page one is on.
type Link struct {
	Text    string
	Href    string
	Lang    string // language of the text where it is not the page's
	Current bool
}

// Feed is one feed for autodiscovery and for the feed page.
type Feed struct {
	Title string // "Morning with our customers, Atom"
	Type  string // MIME type
	Href  string // absolute, as autodiscovery wants it
	Short string // "Atom"

	// The address in two parts without its scheme, for people to read: only on the feed page.
	Host, Path string
}

// Page is about the page being shown.
type Page struct {
	Title       string // for <title>, without the site's name
	Heading     string // for <h1>
	Description string
	Canonical   string // absolute
	Alternates  []Alternate
	OGType      string // "website", "article"
	OGLocale    string // "ru_RU"
	Image       *ShareImage
	NoIndex     bool
	JSONLD      template.HTML // whole <script type="application/ld+json"> element, or ""
	ScriptHash  string        // what a Content-Security-Policy calls it: "'sha256-…'", or "'none'"
	Feeds       []Feed        // all of this gallery, or on the page of a piece the first; a page without some names the site's
	Up          *Link
	Prev        string // address of rel=prev, or ""
	Next        string
	Draft       bool // holds something that is not published
}

// Alternate is the page in another language, for hreflang. Href is absolute.
type Alternate struct{ Lang, Href string }

// ShareImage is the picture of a share card. URL is absolute.
type ShareImage struct {
	URL           string
	Width, Height int
	Alt           string
	Type          string
}

// Base is in every layout's view.
type Base struct {
	Site     *Site
	Page     *Page
	Assets   *Assets
	Settings map[string]any // the theme's settings with the site's values
}

// Assets are the theme's finished files. CSS and Scripts are addresses.
type Assets struct {
	CSS     string
	Icon    string
	Scripts []string
	Preload []Preload

	ColorScheme string       // "light dark"
	ThemeColors []ThemeColor // of the browser's own frame
}

// ThemeColor is the colour of the page in a scheme, "light" or "dark".
type ThemeColor struct{ Scheme, Color string }

// Preload is a font that is wanted before the first view.
type Preload struct{ Href, Type string }

// Picture is one picture in one of the theme's renditions, for the partial
// "picture". Width and Height are those of Src, in pixels.
type Picture struct {
	Sources  []Source // best first; the <img> below is the last resort
	Src      string
	Srcset   string
	Sizes    string // without "auto"; the partial adds it to lazy pictures
	Width    int
	Height   int
	Alt      string
	Lang     string // language of Alt where it is not the page's
	Eager    bool   // in the first view: not lazy
	Priority bool   // the page's main picture: fetched first
}

// Source is one <source> of a <picture>.
type Source struct{ Type, Srcset string }

// Card is one piece in a list, for the partial "card".
type Card struct {
	Kind        string // photo video sound story review idea
	Href        string
	ID          string // of the piece, for anchors
	Number      int    // of the piece in its gallery, from 1 for the oldest
	Ratio       string // width/height for layout, clamped by the theme: "1.5"
	Span        string // rows of the grid that it takes in lanes: "27"; "" where the theme has none
	Color       string // average colour of the picture: "#8a7f6b"
	Picture     *Picture
	Drawn       bool   // Picture is a poster of words, which shows what the piece is
	Count       int    // how many pictures the piece has
	Badge       string // what Picture does not tell: "5 photos", of a film its length: "0:42"; ""
	Title       string
	Excerpt     string // beginning of the story, plain text
	Brief       bool   // no picture, and words few enough to be set large
	CreditLine  string
	Credits     []Credit
	Initial     string // first letter of the first author, for a monogram; "" of one who is not named
	Place       string
	Gallery     *Link  // where the list is mixed
	Lang        string // language of Title where it is not the page's
	ExcerptLang string // language of Excerpt where it is not the page's
	Award       string
	Rank        int     // the place that Award tells, or the heading over the list: 1 for the first; 0 = none
	Focus       *Focus  // what must stay in Picture where a theme cuts it once more; nil = nobody said
	Status      string  // of an idea, in words
	Review      *Review // nil = no review
	Disclosure  string  // what ties the author to the brand, as a sentence; stands wherever the piece does
	Official    bool    // a winner's, which the brand shows as its own content
	Featured    bool
	Draft       bool
	Date        string // in words
	DateTime    string // RFC 3339

	kept *kept // KeepCard
}

// Focus is a point of a picture.
type Focus struct {
	X, Y string // percent of its width and height, from the top left: "42.5"
}

// Credit is one contributor in a role. Href is "" for those without a page.
type Credit struct {
	Role  string // what they did, in the page's language: "choreography, editing"; "" = the author
	Name  string // "a participant" where the name is not shown
	Lang  string // language of Name where it is known to differ from the page's
	Place string
	Href  string

	Members string // of a group: "Olya and Lev"; ""
}

// Home is the view of the layout "home".
type Home struct {
	Base
	Intro     template.HTML
	Lead      *Card
	Galleries []GalleryLink
	Latest    []*Card
	Call      *CallBox
	Laurels   *Laurels // nil where no contest was decided lately
	People    int      // how many contributors are published
	Thanks    *Link    // everybody who took part
}

// GalleryLink is a gallery in a list of galleries.
type GalleryLink struct {
	Title   string
	Lang    string
	Summary string
	Href    string
	State   string // of its call, in words; ""
	Chosen  string // "10 of 80 selected"
	Edition *Link  // the current edition, where it is a series
	Cover   *Card
}

// Gallery is the view of the layout "gallery".
type Gallery struct {
	Base
	Kind      string
	Lang      string // language of the gallery's title where it is not the page's
	IntroLang string // that of Intro, and of Summary where there is no Intro
	Summary   string
	Intro     template.HTML // on the front page of the gallery only
	Lead      *Card         // on the front page, where a piece is featured
	Items     []*Card
	Facts     Facts
	Filters   []Filter
	Pager     *Pager
	Call      *CallBox
	Thanks    *Link
	Board     *Board      // of a gallery of ideas; Lead and Items are then empty
	Edition   *EditionBox // on the front page of an edition
	Live      []Session   // on the front page
	Team      *Team       // of a collaboration, on its front page; its result is in no other list there
	Contest   *ContestBox // of a contest, on its front page
}

// Facts are a gallery's numbers, in words ready to be shown.
type Facts struct {
	Chosen string // "10 of 80 selected"
	People string // "10 people"
	Places string // "8 places"
	Dates  string // "open until 30 November 2026"

	Counted string // on a board: "supporters counted on 20 November 2026", where its cards leave that to it
}

// Filter is a link to a narrower list with the number of pieces in it.
type Filter struct {
	Text    string
	Href    string
	Count   int
	Current bool
}

// Pager leads through a list in pages, which are numbered from the oldest, so
// that old pages never change. Older and Newer are addresses or "".
type Pager struct {
	Older, Newer string
	Number       int      // of this page
	Pages        []Filter // newest first; Count is unused
}

// CallBox invites to take part.
type CallBox struct {
	State    string // upcoming open judging closed
	Title    string
	Question string
	Lang     string // language of the question where it is not the page's
	Dates    string // always written as dates
	Href     string // of the call's page
	Button   string // words of the button; "" where there is nothing to press
	Form     string // address of the form, where the call is open; else ""
	Hashtag  string // with #; ""
	Next     *Link  // the call to take part in instead, once this one is closed
}

// Submission is the view of the layout "submission": the page of one piece.
type Submission struct {
	Base
	Kind        string
	Lang        string // language of the heading where it is not the page's
	CaptionLang string // that of Caption
	StoryLang   string // that of Story
	Media       []Plate
	Caption     string // above the story; "" where it stands below a picture
	Story       template.HTML
	CreditLine  string
	Credits     []Credit
	Facts       []Fact
	Rights      Rights
	Review      *Review // nil = no review
	Products    []Product
	Disclosure  string // what ties the author to the brand, as a sentence; ""
	Awards      []Award
	Judged      *Judged // of a contest's piece, once the results are out
	Edits       []Edit
	Tags        []Link
	Gallery     Link
	Position    string // "3 of 10"
	Prev, Next  *Card  // newer, older
	Near        []*Card
	Call        *CallBox
	Share       Share
	Idea        *Idea // of an idea on a board
}

// Plate is one medium of a piece, large.
type Plate struct {
	Picture     Picture
	Ratio       string
	Color       string
	Caption     string
	CaptionLang string // where it is not the page's
	Full        string // address of the largest rendition
	FullSize    string // its size in words: "2400 × 1600"
	Clip        *Clip  // of a film or a recording; Picture is then its poster
	Spots       []Spot // products in the picture
}

// Clip is what plays. A film on another host is a link to it: nothing is
// loaded from there before the visitor goes.
type Clip struct {
	Sound     bool
	Drawn     bool   // its poster is words alone, which stand on the page already
	Length    string // "0:42"
	Poster    string // address of a picture of moderate size
	Sources   []ClipSource
	Captions  []Link // caption files: Href, Lang and Text, the name of the language
	Elsewhere string // address on another host, in place of Sources
	Note      string // words about that host, or how long it is: "Length: 0:42"
}

// ClipSource is one file of a clip. Media is the media query of the screens it
// is for, "" for all.
type ClipSource struct{ Type, Media, Href string }

// Fact is a row of the facts column.
type Fact struct {
	Name  string
	Text  string
	Href  string // ""
	Time  string // RFC 3339 where Text is a date; ""
	Links []Link // several, in place of Text; none
}

// Rights says whom the piece belongs to and what others may do with it.
type Rights struct {
	Owner   string // "belongs to Olya, shown with her consent"
	License Link   // Href "" for all rights reserved
	Acquire string // address where a licence can be had
}

// Edit is one change the brand made.
type Edit struct {
	What string
	Lang string // language of What where it is not the page's
	How  string // who, when, and that the author agreed: "Studio, 5 November 2026, agreed with the author"
}

// Share is what a visitor needs to pass the page on.
type Share struct {
	URL   string // absolute
	Text  string
	Links []Link // plain links to services the site lists
}

// Contributor is the view of the layout "contributor".
type Contributor struct {
	Base
	Name        string
	Places      []Link // where they are from, the latest first; Href "" where places have no pages
	URL         string
	Since       string // "Here since November 2026"
	Initial     string // first letter, for a monogram
	Submissions []*Card
	Awards      []Honour
	Facts       []Fact // members of a group, what they did, what they took part in
}

// Honour is an award with the piece it was given to.
type Honour struct {
	Text  string // "First place, Duo"
	Piece Link
}

// Index is the view of the layout "index": contributors, places or tags.
type Index struct {
	Base
	Kind    string // contributors places tags
	Letters []Letter
	Total   string // "10 people"
}

// Letter groups entries by their first letter.
type Letter struct {
	Letter  string
	Entries []Entry
}

// Entry is one line of an index.
type Entry struct {
	Name    string
	Note    string // place of a contributor
	Href    string
	Count   int
	Cover   *Picture
	Color   string
	Initial string
}

// List is the view of the layout "list": the pieces of a place or a tag.
type List struct {
	Base
	Kind  string // place tag
	Name  string
	Items []*Card
	Pager *Pager
	Total string
}

// Call is the view of the layout "call": a call for entries.
type Call struct {
	Base
	Lang      string // language of the gallery's words where it is not the page's: question, intro, steps, wants
	State     string // upcoming open judging closed
	StateText string // in words
	Question  string
	Intro     template.HTML
	Steps     []string
	Wants     []string
	Allows    []string // what people allow by taking part; none = all is in Rights
	Rights    []string // what stays theirs
	After     string
	Dates     []Fact // opens, closes, results: always as dates
	Calendar  string // absolute address of these dates as a calendar; ""
	Rules     *Link  // of a contest
	Form      string
	Button    string
	Hashtag   string
	QR        string // address of a drawing of a QR code of this page's address; "" once the call is over
	Posters   []Link // by size of paper; none once the call is over
	Examples  []*Card
	Consents  []Consent // what people agree to when they send something
	Version   string    // of the consents, in words; ""
	Terms     *Link     // to the text of the terms; nil = it is nowhere
	Next      *CallBox  // where to take part instead, once this call is closed
	Gallery   Link

	RightsLang, AfterLang string // where these are the gallery's words and in another language than the page
}

// Consent is one thing that people are asked to agree to.
type Consent struct {
	What     string // in a word or two
	Text     string
	Lang     string // of Text where it is not the page's
	Optional bool   // one can take part without
}

// Thanks is the view of the layout "thanks": the public roll of a gallery, a
// series or the site, which Gallery leads back to.
type Thanks struct {
	Base
	Lang    string
	Text    string
	Roll    string   // heading over the people; "" = that of a gallery
	People  []Entry  // everybody published by name
	Named   []string // not published, and asked to be named all the same
	Others  string   // "and 67 more people"
	Gallery Link
	Call    *CallBox
}

// Thank is the view of the layout "thank": one participant's own page, at an
// address nobody can guess.
type Thank struct {
	Base
	Outcome  string // winner, finalist, taken, merged, team, featured, approved, pending, others or withdrawn
	Greeting string // "Thank you, Masha!"
	Selected bool
	Pending  bool            // not yet decided
	Text     []template.HTML // paragraphs, without <p>
	Card     *Card           // the piece, where it is published, or what their team made
	Share    *Share
	Save     *Download     // the share card, to keep
	Withdraw template.HTML // a sentence: how to take the work back; "" = it was
	Gallery  Link
	Call     *CallBox // where to take part next
}

// Download is a link to a file that the browser saves.
type Download struct {
	Href string
	Name string // of the file: "olya.jpg"
}

// Article is the view of the layout "page": a plain page.
type Article struct {
	Base
	Lang     string // language of the heading where it is not the page's
	Body     template.HTML
	BodyLang string // that of Body
	Terms    *Terms // of a page that is the text of the terms; else nil
}

// FeedPage is the view of the layout "feed": the feeds, for people.
type FeedPage struct {
	Base
	Groups     []FeedGroup
	AllFormats bool // each feed is there as RSS, Atom and JSON Feed
	Latest     []*Card
}

// FeedGroup is a gallery's feeds, or the site's.
type FeedGroup struct {
	Title string
	Feeds []Feed
}

// NotFound is the view of the layout "404".
type NotFound struct {
	Base
	Latest []*Card
	Call   *CallBox
}

// Gone is the view of the layout "gone": what stands at the address of a
// withdrawn piece. It tells nothing of it.
type Gone struct {
	Base
	Gallery Link
}
