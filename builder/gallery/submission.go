package gallery

import (
	"time"

	"gallerist/builder/problem"
)

// Status is where a submission stands in review.
type Status string

// The states of review.
const (
	Pending   Status = "pending"
	Approved  Status = "approved"
	Featured  Status = "featured"
	Declined  Status = "declined"
	Withdrawn Status = "withdrawn"
)

// Statuses lists every state, for reading and for hints.
var Statuses = []string{string(Pending), string(Approved), string(Featured), string(Declined), string(Withdrawn)}

// PieceKind is what sort of work a submission is.
type PieceKind string

// Sorts of work. An empty kind in front matter means: told from the media.
const (
	Photo  PieceKind = "photo"
	Video  PieceKind = "video"
	Sound  PieceKind = "sound"
	Story  PieceKind = "story"
	Review PieceKind = "review"
	Idea   PieceKind = "idea"
)

// PieceKinds lists every sort of work.
var PieceKinds = []string{string(Photo), string(Video), string(Sound), string(Story), string(Review), string(Idea)}

// Submission is what one person or group gave: a folder with submission.md.
// It may hold what must never be published; see Publish.
type Submission struct {
	Dir  string // folder below content, slash-separated: "morning/2026-11-02-olya"
	File string // the submission.md, below the site's folder
	Pos  problem.Pos
	Keys []KeyPlace // where those front matter keys stand that others may report; see At

	// Digest names all that its own files say (SHA-256): where they stand, the
	// texts of submission.md and its translations, the names, sizes and kinds of
	// its media. Where it and the site's languages and zone are the same, every
	// field is.
	Digest [32]byte

	ID     string // permanent and opaque
	Slug   string // last part of the address; "" = made from the folder
	Kind   PieceKind
	Status Status
	Lang   string // language of the texts; "" = the gallery's
	Text   PieceText
	In     map[string]PieceText

	Authors   []Author
	Place     string // where the work was made
	Tags      []string
	License   string // outbound, SPDX id or LicenseRef-…; "" = all rights reserved by the author
	Copyright string // notice; "" = made from the authors
	Acquire   string // address where a licence can be had
	Source    string // IPTC digital source type, last part: "digitalCapture"
	Focus     *Point // point of the first picture that must stay in every shape
	Media     []Media
	Products  []Product  // what a review is about (the first), what a picture shows
	Rating    int        // of the first product, 1–5; 0 = none
	Idea      *IdeaState // nil = no idea of a board

	Received  time.Time
	Taken     time.Time
	Published time.Time

	Reviewed   Decision
	Grant      Grant
	Consent    Consent
	Edits      []Edit
	Awards     []Award
	Verdicts   []Verdict
	Disclosure Disclosure
	ThankWords string // to those who sent it alone: on their page of thanks and in their letter, before the other words
	Withdrawal Withdrawal
	Minor      bool
	Adult      bool      // said to be no minor; neither = nobody said
	Guardian   string    // opaque reference to a guardian's consent
	Subjects   *Subjects // who can be recognised in the media; nil = nobody said

	Private []string // values found under private keys: refused, and looked for in the output
}

// ReportedKeys are the keys of a submission.md at which others report what they
// find.
var ReportedKeys = [...]string{"id", "slug", "alt", "status", "published", "minor", "author", "grant.status", "grant.until", "grant.scope", "grant.terms", "grant.text"}

// KeyPlace is where a key of the submission.md stands.
type KeyPlace struct {
	Line int32
	Col  uint16
	Key  ReportedKey
}

// ReportedKey is one of ReportedKeys, by its place there.
type ReportedKey uint8

// MarshalText returns the key as it is written.
func (k ReportedKey) MarshalText() ([]byte, error) { return []byte(ReportedKeys[k]), nil }

// At returns where a key of the submission.md stands, and whether that is
// known.
func (s *Submission) At(key string) (pos problem.Pos, ok bool) {
	for _, k := range s.Keys {
		if ReportedKeys[k.Key] == key {
			return problem.Pos{File: s.File, Line: int(k.Line), Col: int(k.Col)}, true
		}
	}
	return problem.Pos{}, false
}

// PieceText is what a submission says, in one language. An empty field of a
// translation is taken from the submission's own language.
type PieceText struct {
	Title   string
	Alt     string // of the first picture
	Caption string
	Body    string // Markdown: the story
	BodyAt  problem.Pos
	Credit  string   // the author's own wording of the credit line
	Authors []string // names in this language, in the order of Submission.Authors; "" = as they are
	Place   string
	Media   map[string]MediaText // by file name
	Brand   *BrandText           // nil = nothing
}

// BrandText is what others than the author say of a piece, in one language: the
// brand and the jury. An empty text of a translation is taken from the original.
type BrandText struct {
	Edits   []string    // what was changed, as Submission.Edits
	Awards  []AwardText // as Submission.Awards
	Words   []string    // of the jury, as Submission.Verdicts
	Answer  string      // to an idea
	Reasons []string    // of changes of an idea's status, as IdeaState.History
	Outcome string      // what came of an idea, in words
	Tie     string      // of a translation: Submission.Disclosure.Text
}

// AwardText is an award in another language; "" = as it is.
type AwardText struct{ Title, Reason string }

// MediaText is what is said about one file, in one language.
type MediaText struct{ Alt, Caption string }

// Point is a place in a picture as fractions of its width and height, from
// the top left of the picture as displayed.
type Point struct{ X, Y float64 }

// Media is one picture, film or recording of a submission, in the order of
// publication: a file of its folder, or a link to a film on another host.
type Media struct {
	File     string // name in the submission's folder, as it is on disk; "" for a link
	Path     string // below the site's folder, for opening
	Link     string // address of a film elsewhere, https
	Poster   string // picture shown before a film plays, below the site's folder; "" = none was given
	Captions []Captions
	Size     int64 // bytes
	Pos      problem.Pos
	Text     MediaText
	Focus    *Point
	Crop     *Crop // of a picture: what is shown of it; nil = all
}

// Name is what a medium is called in front matter: its file or its link.
func (m *Media) Name() string {
	if m.File != "" {
		return m.File
	}
	return m.Link
}

// Captions is a WebVTT file with the words of a film or a recording.
type Captions struct {
	Path string // below the site's folder
	Lang string // "" = the submission's
}

// AuthorKind tells a person from a group, a company or a bare handle.
type AuthorKind string

// Kinds of authors. An empty kind means a person.
const (
	Person  AuthorKind = "person"
	Group   AuthorKind = "group"
	Company AuthorKind = "company"
)

// AuthorKinds lists every kind of author.
var AuthorKinds = []string{string(Person), string(Group), string(Company)}

// Author is one of those who made a submission.
type Author struct {
	Pos    problem.Pos
	ID     string // joins the same contributor's submissions; "" = by name, place and url
	Name   string // as they want to be called, nominative
	Place  string
	Kind   AuthorKind
	Gender string // "f", "m" or "": only for grammar
	Forms  Forms
	URL    string
	Roles  []string // "photographer": words of the language's list, in order

	Country string   // shown of a minor in place of any finer place
	Members []string // names of those who are a group
}

// Forms are the cases of a name that its owner gave.
type Forms struct{ Gen, Dat, Acc, Ins, Voc string }

// GrantStatus is where the author's permission to the brand stands.
type GrantStatus string

// States of a grant.
const (
	GrantNone      GrantStatus = "none"
	GrantRequested GrantStatus = "requested"
	GrantGranted   GrantStatus = "granted"
	GrantDeclined  GrantStatus = "declined"
	GrantExpired   GrantStatus = "expired"
	GrantRevoked   GrantStatus = "revoked"
)

// GrantStatuses lists every state of a grant.
var GrantStatuses = []string{"none", "requested", "granted", "declined", "expired", "revoked"}

// Scopes lists the uses a grant can name.
var Scopes = []string{"site", "feed", "embed", "social", "web", "ads", "print", "retouch", "translate", "ai-training"}

// Grant is the author's permission to the brand.
type Grant struct {
	Status    GrantStatus
	Terms     string // version of the terms the author saw
	Text      string // beginning of the hash of their text, HashMin digits or more; "" = not told
	Date      time.Time
	Scope     []string
	Until     time.Time // first moment at which it no longer holds; zero = no end
	Method    string    // form, reply, mail, paper
	Evidence  string    // opaque reference into the private store
	Territory string
}

// Consent is what may be shown about the person.
type Consent struct {
	Name   bool
	Place  bool
	URL    bool
	Thanks bool // name on the roll of thanks even when the piece is not published
	Unseen bool // who can be recognised may not be shown, as somebody said; see Subjects
}

// Decision is the reviewer's.
type Decision struct {
	By string
	On time.Time
}

// Edit is one change the brand made.
type Edit struct {
	Pos    problem.Pos
	What   string
	By     string
	Date   time.Time
	Agreed bool // by the author
}

// Disclosure is a tie between author and brand that must be told beside the
// piece (FTC 16 CFR 255).
type Disclosure struct {
	Kind string // one of Disclosures
	Text string
}

// Disclosures lists the kinds of ties.
var Disclosures = []string{"contest-entry", "gift", "paid", "discount", "employee"}

// Product is what a review is about or a picture shows.
type Product struct {
	Pos   problem.Pos
	Name  string
	URL   string
	GTIN  string
	Price string // with its currency, as it is to be shown
	File  string // the picture it is in; "" = the first
	At    *Point // where it is in that picture, of a Piece in what is shown of it; nil = nowhere in particular
}

// SourceTypes are the IPTC's digital source types, by the last part of their
// address (cv.iptc.org/newscodes/digitalsourcetype).
var SourceTypes = []string{
	"digitalCapture", "computationalCapture", "negativeFilm", "positiveFilm", "print", "humanEdits",
	"compositeWithTrainedAlgorithmicMedia", "algorithmicallyEnhanced", "digitalCreation", "dataDrivenMedia",
	"trainedAlgorithmicMedia", "algorithmicMedia", "screenCapture", "virtualRecording", "composite",
	"compositeCapture", "compositeSynthetic",
}

// GrantMethods lists how a permission can have been given.
var GrantMethods = []string{"form", "reply", "mail", "paper"}
