package source

import (
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// products reads what a review is about and what pictures show.
func products(s *gallery.Submission, t *strict.Table) {
	for _, p := range t.Tables("product") {
		x := gallery.Product{
			Pos: p.At(), Name: p.Line("name"), URL: webAddress(p, "url"), GTIN: gtin(p), Price: p.Line("price"),
			File: p.Line("file"), At: spot(p),
		}
		if empty(p, "name") {
			p.Errorf("name", "add "+p.Example("name", `"Cup, blue"`), "a product without a name")
		}
		s.Products = append(s.Products, x)
	}
}

// rating reads how many stars a review gives. They are a claim about a product,
// so there are none without one.
func rating(s *gallery.Submission, t *strict.Table) {
	s.Rating = t.Int("rating")
	switch {
	case s.Rating < 0 || s.Rating > 5:
		t.Errorf("rating", "1 is the worst and 5 the best; leave rating out where there is none", "rating should be from 1 to 5, not %d", s.Rating)
		s.Rating = 0
	case s.Rating > 0 && (len(s.Products) == 0 || s.Products[0].Name == ""):
		t.Warnf("rating", "say which product it is about, as name below [product], or take rating out; until then no stars are shown", "a review without a product that claims stars")
		s.Rating = 0
	}
}

// gtin returns the number of a trade item: 8, 12, 13 or 14 digits, the last of
// which checks the others (GS1 General Specifications, 7.9).
func gtin(t *strict.Table) string {
	s := strings.ReplaceAll(t.Line("gtin"), " ", "")
	if s == "" || isGTIN(s) {
		return s
	}
	t.Warnf("gtin", "copy the digits below the bar code: 8, 12, 13 or 14 of them; it is left out until then", "%s is not the number of a product", strict.Quote(s))
	return ""
}

func isGTIN(s string) bool {
	switch len(s) {
	case 8, 12, 13, 14:
	default:
		return false
	}
	sum := 0
	for i := range len(s) {
		digit := int(s[len(s)-1-i]) - '0'
		if digit < 0 || digit > 9 {
			return false
		}
		if i%2 == 1 {
			digit *= 3
		}
		sum += digit
	}
	return sum%10 == 0
}

// spot returns where a product is in its picture, nil where that is not told.
func spot(t *strict.Table) *gallery.Point {
	at := gallery.Point{X: t.Float("x"), Y: t.Float("y")}
	switch {
	case !t.Has("x") && !t.Has("y"):
		return nil
	case !t.Has("x"), !t.Has("y"):
		here, missing := "x", "y"
		if t.Has("y") {
			here, missing = missing, here
		}
		t.Errorf(here, "add "+t.Example(missing, "0.5")+": x is how far from the left the product is, y how far from the top, both from 0 to 1", "%q without %q", t.Name(here), t.Name(missing))
		return nil
	case min(at.X, at.Y) < 0, max(at.X, at.Y) > 1:
		key := "x"
		if at.X >= 0 && at.X <= 1 {
			key = "y"
		}
		t.Errorf(key, "write how far from the left (x) and from the top (y) it is, both from 0 to 1: 0.5 is the middle", "a product outside the picture")
		return nil
	}
	return &at
}

// tagged joins the products with the pictures they are said to be in.
func (f *folder) tagged() {
	s := f.piece
	if s.Status == gallery.Withdrawn { // its pictures are gone
		return
	}
	for i := range s.Products {
		p := &s.Products[i]
		if p.File == "" && p.At == nil {
			continue
		}
		at, name := 0, p.File
		if name != "" {
			at = f.indexOf(name)
		}
		switch {
		case at < 0 || at >= len(s.Media):
			f.probs.Errorf(p.Pos, "name a picture of this piece in file, or take x and y out", "a product in a picture that is not there")
		case !f.formats[at].isPicture():
			f.probs.Errorf(p.Pos, "name a picture of this piece in file, or take x and y out", "a product in %q, which is not a picture", s.Media[at].Name())
		default:
			p.File = s.Media[at].File
			f.outside(p, &s.Media[at])
			continue
		}
		p.File, p.At = "", nil
	}
}

// disclosure reads the tie between author and brand that must be told.
func disclosure(s *gallery.Submission, t *strict.Table) {
	x := t.Table("disclosure")
	if x == nil {
		return
	}
	s.Disclosure = gallery.Disclosure{Kind: x.OneOf("kind", gallery.Disclosures), Text: x.Line("text")}
	if empty(x, "kind") && empty(x, "text") {
		x.Errorf("kind", "add "+x.Example("kind", `"gift"`)+"; known here: "+strings.Join(gallery.Disclosures, ", "), "a disclosure that does not say what ties the author to the brand")
	}
}

// translateDisclosure adds the words of the tie in another language.
func translateDisclosure(s *gallery.Submission, t *strict.Table, b *gallery.BrandText) *gallery.BrandText {
	x := t.Table("disclosure")
	if x == nil {
		return b
	}
	untranslated(x, "kind")
	text := x.Line("text")
	switch {
	case s.Disclosure == gallery.Disclosure{}:
		t.Errorf("disclosure", "tell the tie in the original too: it counts in all languages", "a translation of a disclosure that is not there")
	case text != "":
		b = spoken(b)
		b.Tie = text
	}
	return b
}
