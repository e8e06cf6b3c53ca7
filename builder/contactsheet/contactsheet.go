// Package contactsheet writes a contact sheet: one page on which reviewers see
// every submission with its pictures, words, credit line and what is missing,
// without a server and without a script. It knows no submissions: it is given
// texts, and writes them so that none becomes markup.
package contactsheet

import (
	"embed"
	"html/template"
	"io"
	"sync"
)

// Sheet is what the page shows.
type Sheet struct {
	Title     string // of the site
	Lang      string // of the title
	Made      string // day
	Only      string // what it is limited to, in words: "what differs from main"; "" = nothing
	Sections  []Section
	Elsewhere int // submissions that cannot be read
}

// Section is the submissions of one state.
type Section struct {
	ID     string // for links: "pending"
	Title  string
	Says   string // what the state means
	Count  int
	Groups []Group
}

// Group is tiles that stand together: one, or several that look alike.
type Group struct {
	Alike bool
	Tiles []Tile
}

// Tile is one submission.
type Tile struct {
	ID       string // permanent
	State    string
	Gallery  string
	Folder   string // "" = its name is not to be shown
	Lang     string // of the texts
	Title    string
	Credit   string
	Caption  string
	Story    string // plain text, with line breaks
	Long     bool   // it is shown in a box that scrolls
	Tags     []string
	Received string // day
	Licence  string
	Grant    string // what its author allowed, in words
	Told     string // a tie between author and brand
	Media    []Medium
	Missing  []Missing // gravest first
	Alike    []string  // ids of those that look alike
}

// Medium is a picture, a film or a recording.
type Medium struct {
	Number        int
	Small, Large  string // addresses of pictures, below the sheet; "" = there is none
	Width, Height int    // of the small one
	Film          string // address of a film or a recording that plays; "" = none
	Sound         bool
	Elsewhere     string // address of a film on another host
	Note          string // why there is nothing to see
	Alt           string // "" = it has none
	Caption       string
}

// Missing is something to be put right before a submission is published.
type Missing struct {
	Level string // "error", "warning", "note" or Needed
	Where string // "line 4", "picture 2"; ""
	Text  string
	Hint  string
}

// Needed is the level of what a submission lacks to be published.
const Needed = "needed"

//go:embed sheet.html sheet.css
var files embed.FS

var page = sync.OnceValue(func() *template.Template { return template.Must(template.ParseFS(files, "sheet.html")) })

// Write writes the page.
func Write(w io.Writer, s *Sheet) error { return page().Execute(w, s) }

// StyleName is the file of the style, beside the page.
const StyleName = "contact-sheet.css"

// Style returns the style.
func Style() ([]byte, error) { return files.ReadFile("sheet.css") }

// Headers is a file _headers for hosts that read it: nobody is to find the sheet
// in a search, and nothing in it runs.
const Headers = `/*
  X-Robots-Tag: noindex, nofollow, noarchive, noimageindex
  Content-Security-Policy: default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
  Cache-Control: private, no-store
`
