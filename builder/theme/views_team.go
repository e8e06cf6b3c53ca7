package theme

import "html/template"

// Member is somebody of a team or a jury, for the partial "member".
type Member struct {
	Name       string
	Lang       string // language of the texts where it is not the page's
	Href       string // of their own page; "" = they have none
	URL        string // of theirs, elsewhere; ""
	Place      string
	Department string // "Bakery"; ""
	Customer   bool   // takes part as a customer of the brand
	Roles      string // in words: "customer, author of the idea"; ""
	About      string // where they come from
	Says       template.HTML
	Portrait   *Picture // nil = a monogram stands in its place
	Ratio      string   // of the portrait: width/height
	Color      string   // its average colour
	Initial    string   // first letter of the name, for a monogram
}
