package theme

// Review is what a review says of a product in stars.
type Review struct {
	Rating  int    // of 5; 0 = none was given
	Stars   string // "4 of 5"; "" = none were given
	Product Link   // Href "" where it has no page
}

// Product is one thing of a piece's list of products.
type Product struct {
	Number int    // from 1 where pictures are marked, that of its mark; else 0
	ID     string // of its line, for anchors: "product-1"
	Name   string
	Lang   string // language of Name where it is not the page's
	Price  string // with its currency; ""
	Href   string // of its page elsewhere; ""
}

// Spot marks a product on a picture: a link to its page or to its line in the
// list.
type Spot struct {
	Number int    // in the list of products
	X, Y   string // percent of the picture's width and height, from the top left: "42.5"
	Name   string // "1: Cup, 890 ₽"
	Href   string
}

// Award is one distinction of a piece.
type Award struct {
	Text   string // "First place, Duo"
	By     string // who gave it; ""
	Reason string // ""
	Lang   string // language of Reason where it is not the page's
}
