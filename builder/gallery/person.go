package gallery

import "gallerist/builder/problem"

// Member is somebody named in gallery.md itself: of a team or a jury. What is
// written of them there is meant to be public, as far as they consent.
type Member struct {
	Pos        problem.Pos
	ID         string // joins them to the contributor with that author.id, and to what names them; "" = nobody
	Name       string
	Place      string
	Kind       AuthorKind
	Gender     string
	Forms      Forms
	URL        string
	Roles      []string // words of the language's list, in order
	Department string   // "Bakery"; "" = none
	Customer   bool     // takes part as a customer of the brand
	Portrait   *Media   // nil = none; a picture beside gallery.md
	Likeness   bool     // consents to the portrait being shown
}

// MemberText is what is said of a member, in one language.
type MemberText struct {
	Name, Place, Department string // "" = as they are
	About                   string // where they come from: "Worked on trains for eleven years"
	Says                    string // in their own words
	Alt                     string // of the portrait
}
