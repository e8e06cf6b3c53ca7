// Package feed writes what programs read of a site: feeds in three formats
// (RSS 2.0, Atom, JSON Feed 1.1), calendars (iCalendar) and the sitemap.
//
// # What goes in
//
// A Feed with its Items, newest first, cut by the caller (50 is usual). All
// formats say the same: the caller fills one Feed and hands it to each Format
// of Formats. The package decides nothing about rights: an Item holds only
// what the public may see.
//
//	var b bytes.Buffer
//	err := feed.RSS.Write(&b, f) // belongs at f.At + feed.RSS.File
//
// Shapes and units:
//
//   - Every address is absolute (http or https). Spaces and letters outside
//     ASCII are written with percent signs and host names as Punycode. An
//     author's address, a licence, a logo, an icon or a hub of another scheme
//     is left out.
//   - IDs are permanent and belong to nothing that may change (no slug, no
//     title, no domain of today): "tag:example.org,2026:m7q2k4" or "urn:uuid:…".
//     A subscriber sees an item again whenever its ID changes.
//   - Texts are plain; only Item.HTML is markup, and ItemHTML makes it.
//   - Lengths are bytes, sizes are pixels of the linked file. 0 is unknown.
//   - Times are instants; they are written in UTC, to the second. A zero time,
//     or one outside the years 1 to 9999, is unknown.
//
// # What comes out
//
// The same Feed gives the same bytes. The XML is well formed and the JSON
// parses whatever the texts hold: characters that XML 1.0 does not allow,
// other control characters and noncharacters are left out, and bytes that are
// not UTF-8 become U+FFFD. The only errors are those of the io.Writer.
//
// Picture feeds show well in many readers because each item says its picture
// three times: an <img> at the top of its HTML, one enclosure with its length,
// and media:content. Only the first file is the enclosure (readers expect at
// most one); further pictures stand in the HTML and in further media:content,
// which is not grouped, because a group means one work in several versions.
//
// A film or a sound is the enclosure of its item before any picture; its
// poster is then the first of Images.
//
// Atom wants no two entries updated at the same moment, but pieces are often
// published together. So an Atom entry's second carries a fraction made from
// the entry's ID. It does not depend on the entry's neighbours, so nothing
// looks changed when others come or go; should two fractions meet all the
// same, the later entry takes the next free microsecond.
//
// Feeds are not styled with XSLT, which browsers give up. Stylesheet is CSS;
// browsers apply it when the file is served as application/xml, which is what
// hosts make of feed.xml and atom.xml.
//
// # Rules held
//
// RSS 2.0 (rssboard.org/rss-specification), its content, Dublin Core, Media
// RSS and Atom modules; RFC 4287 and RFC 4946 (Atom); jsonfeed.org/version/1.1;
// RFC 822 dates with four-digit years; WebSub; sitemaps.org with Google's
// image extension.
package feed

import (
	"io"
	"time"
)

// Feed is a list of what was published, newest first.
type Feed struct {
	ID          string // permanent
	Title       string
	Description string // "" = the title
	Language    string // BCP 47
	Home        string // address of the page whose news this is
	At          string // address of the folder the feed's files lie in, with the last slash
	Updated     time.Time
	Author      Author // who publishes, and in Atom stands for an item without authors; Name "" = the title
	Icon        string // address of a small square picture
	Logo        string // address of a large square picture
	Rights      string
	Stylesheet  string // address of CSS for browsers; "" = none
	Hub         string // address of a WebSub hub; "" = none
	Expired     bool   // nothing will come any more, as after a contest
	Items       []Item

	clean bool // by Clean
}

// Item is one published piece.
type Item struct {
	ID         string // permanent
	URL        string // the piece's page
	Title      string // "" = the credit line
	Summary    string
	HTML       string // as ItemHTML makes it
	CreditLine string // the sentence: "Photo by Olya, Moscow"
	Award      string // what the piece was given, as a sentence; stands before everything else
	Disclosure string // a tie between author and brand, as a sentence; stands before the summary
	Authors    []Author
	Images     []Image
	Files      []File // films and sounds
	Published  time.Time
	Updated    time.Time // last change that subscribers should see; zero = Published
	Tags       []string
	License    string // address of the licence to the public; "" = none
	Rights     string
	Language   string // of most of its words; "" = the feed's
	TitleLang  string // of the title; "" = Language
	Before     string // a sentence before the story, and
	After      string // one after it, in the feed's language
	Dir        string // of the story, "ltr" or "rtl", where it is not the feed's own; ItemHTML writes it beside Language
}

// Author is somebody who made a piece. One without a name is left out.
type Author struct {
	Name  string
	URL   string
	Roles []string // lower case, English: "photographer"
}

// Image is a picture in a format every reader knows (JPEG, PNG, GIF).
type Image struct {
	URL    string
	Type   string // MIME
	Length int64
	Width  int
	Height int
	Alt    string
	Credit string // sentence below the picture; "" = the item's credit line
}

// File is a film or a sound. Files of one item with the same title are taken
// for versions of one thing by readers of JSON Feed.
type File struct {
	URL     string
	Type    string // MIME: "video/mp4"
	Title   string
	Length  int64
	Width   int
	Height  int
	Seconds float64
}

// Format is one way to write a feed.
type Format struct {
	Key   string // in settings: "atom"
	Name  string // for people, and to tell one feed's formats apart: "Atom"
	File  string // name in the folder Feed.At
	Type  string // MIME, for <link rel="alternate">
	Write func(io.Writer, *Feed) error
}

// The formats.
var (
	RSS  = Format{"rss", "RSS", rssFile, rssType, writeRSS}
	Atom = Format{"atom", "Atom", atomFile, atomType, writeAtom}
	JSON = Format{"json", "JSON Feed", jsonFile, jsonType, writeJSON}
)

// Formats lists every format in the order to offer them.
var Formats = []Format{RSS, Atom, JSON}

const generator = "Gallerist"

// enclosure returns the one file that stands for the item.
func (it *Item) enclosure() (url, mime string, length int64, ok bool) {
	if len(it.Files) > 0 {
		f := &it.Files[0]
		return f.URL, f.Type, f.Length, true
	}
	if len(it.Images) > 0 {
		m := &it.Images[0]
		return m.URL, m.Type, m.Length, true
	}
	return "", "", 0, false
}
