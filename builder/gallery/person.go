package gallery

import "gallerist/builder/problem"

// Member is somebody named in gallery.md itself: of a team or a jury. What is
// written of them there was written by the brand, to be public: whoever does not
// want to be named is not to be in it. Only a portrait asks for a word more, that
// they agree to its being shown.
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
	RolesAt    problem.Pos
	Department string // "Bakery"; "" = none
	Customer   bool   // takes part as a customer of the brand
	Portrait   *Media // nil = none, or none that may be shown; a picture beside gallery.md
}

// MemberText is what is said of a member, in one language.
type MemberText struct {
	Name, Place, Department string // "" = as they are
	About                   string // where they come from: "Worked on trains for eleven years"
	Says                    string // in their own words
	Alt                     string // of the portrait
}
