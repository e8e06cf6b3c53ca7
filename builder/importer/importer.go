// Package importer turns what people sent elsewhere (a form's answers, a folder
// of photos, an export of a network, another site) into submission folders that
// somebody can review.
//
// A Source reads one shape of input and returns Entries; a file each. What
// becomes of the entries is the same for all: a folder with submission.md and
// its media, status pending, an id that is made from the entry's key and stays
// the same however often it is imported. Contact data goes to
// private/contacts.csv, and nowhere else.
//
// The package only plans: it reads file systems and returns what is to be
// written. It asks no clock, no chance and no network.
//
// Who writes a plan owes it this: a folder under its own name is whole, for the
// next import knows it by its id and leaves it as it is. So the command makes it
// under a name that content passes over, has its files and their names on the
// disk, and renames it then. One sync at the end would be less work, but a folder
// whose photo is empty after a power cut would stay so; several folders at a time
// cost about as little, since a disk says of several at once that it has them.
package importer

import (
	"context"
	"io"
	"io/fs"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// Input is what the person named: a file, a ZIP file or a folder.
type Input struct {
	Name string // as named, with slashes: "answers.zip"; begins the positions of problems
	FS   fs.FS  // what is in it; of a single file, that file under its own name
	File string // the name in FS of a single file; "" of folders and ZIP files
}

// At returns the position of a file of the input: "answers.zip/form.csv", or
// the input itself where it is one file.
func (in Input) At(file string) problem.Pos {
	if in.File != "" || file == "" || file == "." {
		return problem.Pos{File: in.Name}
	}
	return problem.Pos{File: in.Name + "/" + file}
}

// Source reads one shape of input.
type Source interface {
	// Tells reports whether an input has the shape, by as little as can be read
	// of it.
	Tells(in Input) bool
	// Read returns the entries of an input. What is wrong with one is a problem,
	// and the others go on; an error means that the disk failed or ctx ended.
	// Key and At of each entry are set, and no two entries have one key.
	Read(ctx context.Context, in Input, opt *Options, probs *problem.List) ([]Entry, error)
}

// Kind is a source under its name.
type Kind struct {
	Name   string // as --from names it: "google-forms"
	About  string // what it is, for the help: "Google Forms' own download, a ZIP file"
	Source Source
	Keys   string // by what its keys are told from those of others; "" = Name
}

// Kinds lists every source. The first that tells an input is taken, so those
// that are surer of their shape come first.
func Kinds() []Kind {
	return []Kind{
		{"google-forms", "Google Forms: the file that \"Download responses\" gives, a ZIP", tableSource{googleForms}, "google"},
		{"tally", "Tally: the CSV of the submissions", tableSource{tally}, ""},
		{"typeform", "Typeform: the CSV of the responses", tableSource{typeform}, ""},
		{"google-sheet", "Google Forms: the linked sheet as CSV", tableSource{googleSheet}, "google"},
		{"instagram", "Instagram: your information as JSON, a folder or its ZIP files", instagram{}, ""},
		{"hugo", "a gallery made with Hugo: page bundles", hugo{}, ""},
		{"decap", "folders of a CMS that keeps files, such as Decap or Sveltia", decap{}, ""},
		{"csv", "any other table: one row an answer, one column a question", tableSource{anyTable}, ""},
		{"folder", "a folder of photos and films", photoFolder{}, ""},
	}
}

// Options says how inputs are read.
type Options struct {
	Zone      *time.Location // of times without an offset; nil = nobody said
	DateOrder string         // "dmy", "mdy", "ymd", or "" = told from the dates
	Lang      string         // language of the gallery
	Languages []string       // of the site
	Now       time.Time      // what lies after it is in the future
	Author    string         // of an export of one person's own posts; "" = nobody said
	ByOrder   bool           // media without names may be matched by their order

	Mapping *Mapping    // of the gallery; sources of tables add what they guess
	Agreed  []Agreement // what the gallery's call asks people to agree to, word for word
	// Usual is what forms of Gallerist ask, in any language: a column of these is
	// about consent, and one that is accepted gives what it says and nothing else.
	Usual  []Agreement
	Accept []string // answers that count as consent, given by the person who imports
	// Questions are those of the gallery's own form, word for word, and where
	// their answers go.
	Questions map[string]string
}

// Agreement is a text of the gallery that people agree to.
type Agreement struct {
	Text     string
	Gives    string // one of gallery.ConsentKinds, or "minor"
	Question string // whose answer it is
}

// Entry is what one row, post or folder gives, before it is a submission. A
// zero field says nothing: the key is then not written.
type Entry struct {
	Key      string      // stable within its source, however often it is exported; never private, never shown
	At       problem.Pos // the row or file it comes from
	Received time.Time
	Taken    time.Time
	Kind     gallery.PieceKind // "" = told from the media
	Title    string
	Alt      string // of the first medium
	Caption  string
	Story    string // Markdown, the body; words of a form are escaped by their source with Escape
	Place    string // where the work was made
	Lang     string // of the texts; "" = the gallery's
	License  string
	Tags     []string
	Authors  []gallery.Author // without Pos
	Minor    *bool            // nil = nobody said
	Consent  Consent
	Grant    gallery.Grant  // zero = nobody said: written as status = "none"
	Contact  []Contact      // for private/contacts.csv only
	Media    []Medium       // in the order of publication
	exact    bool           // Received is known to the second
	alone    string         // the key it would have, were it the only one of its second
	Front    map[string]any // other keys of front matter, in our own words: string, bool, int64, float64, time.Time, []any, map[string]any
}

// Consent is what may be shown about the person; nil = nobody said.
type Consent struct{ Name, Place, URL, Thanks, Likeness *bool }

// Contact is one cell for private/contacts.csv.
type Contact struct {
	Column string // in small letters: "email", "phone", "name", or the question's own words
	Value  string
}

// Medium is one picture, film or recording of an entry.
type Medium struct {
	Name    string // file name as the source gives it, without folders: "IMG_0042.jpg"; "" = unknown
	ID      string // what else it may be known by, such as the id of a file in Drive
	Link    string // address of a film elsewhere, to be linked and not copied
	Alt     string
	Caption string
	// Open opens its bytes. nil: it is looked for, by ID and Name, in what the
	// person gives with --media.
	Open func() (io.ReadCloser, error)
	from *item // where it was found, nil = its source has it

	Front  map[string]any // other keys of [[media]], in our own words, as Entry.Front
	path   string         // in its input; "" = its source does not say
	poster string         // path of the picture that stands for this film, "" = none
	aside  bool           // it is only a poster
}
