package builder

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

// badge says of a piece what its first picture does not tell: how many there
// are, how long a film plays, where one elsewhere is.
func (l *locale) badge(p *piece) string {
	if len(p.pictures) == 0 {
		return ""
	}
	if c := p.pictures[0].clip; c != nil && c.info == nil {
		return hostName(c.link)
	} else if c != nil {
		return l.length(c.info.Clip.Seconds)
	}
	switch n := len(p.pictures); {
	case n == 1:
		return ""
	case slices.ContainsFunc(p.pictures, func(pic *picture) bool { return pic.clip != nil }):
		return l.Plural("piece.files", n)
	default:
		return l.Plural("piece.photos", n)
	}
}

// wordsRatio returns the shape of a card of words, width by height: the more
// words, the wider. They are as tall as the pictures beside them.
func wordsRatio(words string) string {
	n := float64(utf8.RuneCountInString(words))
	return strconv.FormatFloat(math.Round(min(0.9+n/180, 1.8)*100)/100, 'f', -1, 64)
}

// review returns what a piece says of a product in stars, nil for one that is no
// review or names no product: stars are a claim about something.
func (l *locale) review(p *piece) *theme.Review {
	if p.Kind != gallery.Review && p.Rating == 0 || len(p.Products) == 0 {
		return nil
	}
	own := p.Products[0].Name
	r := &theme.Review{Rating: p.Rating, Product: theme.Link{Text: l.word(own), Href: p.Products[0].URL}}
	if r.Product.Text == own {
		r.Product.Lang = l.langAttr(l.m.languageOf(p))
	}
	if p.Rating > 0 {
		r.Stars = l.Label("piece.rating", p.Rating)
	}
	return r
}

// reviewLine says the same in one line, for programs that draw no stars: "Review
// of Cup: 4 of 5".
func (l *locale) reviewLine(p *piece) string {
	r := l.review(p)
	if r == nil {
		return ""
	}
	line := l.Label("piece.review_of", r.Product.Text)
	if r.Stars != "" {
		line += " – " + r.Stars
	}
	return line
}

// disclosure says what ties a piece's author to the brand. Somebody's own words
// for it count in their language; in others it is their translation, else the
// tie is told in that one's.
func (l *locale) disclosure(p *piece) string {
	d := p.Disclosure
	if b := p.In[l.tag].Brand; b != nil && b.Tie != "" {
		return b.Tie
	}
	if d.Text != "" && (d.Kind == "" || l.m.languageOf(p) == l.tag) {
		return d.Text
	}
	if d.Kind == "" {
		return ""
	}
	return l.Label("disclosure." + d.Kind)
}

// products lists what a piece is about and shows, but for the one product of a
// review, of which there is no more to say than stands with its stars.
func (l *locale) products(p *piece) []theme.Product {
	if len(p.Products) == 1 && p.Products[0].At == nil && p.Products[0].Price == "" && l.review(p) != nil {
		return nil
	}
	var list []theme.Product
	marked := slices.ContainsFunc(p.pictures, func(pic *picture) bool { return len(l.spots(p, pic)) > 0 })
	for i, x := range p.Products {
		item := theme.Product{ID: productID(i), Name: l.word(x.Name), Price: l.Typeset(l.word(x.Price)), Href: x.URL}
		if l.word(x.Name) == x.Name {
			item.Lang = l.langAttr(l.m.languageOf(p))
		}
		if marked {
			item.Number = i + 1
		}
		list = append(list, item)
	}
	return list
}

func productID(i int) string { return "product-" + strconv.Itoa(i+1) }

// spots marks the products on one of a piece's pictures. Where a theme crops its
// plates nothing would be where it is said to be, so there are none.
func (l *locale) spots(p *piece, pic *picture) []theme.Spot {
	if len(p.Products) == 0 || pic.clip != nil || pic.info == nil {
		return nil
	}
	big := l.largest(pic, renditionPlate)
	if big == nil || cropped(pic.info.Width, pic.info.Height, big.Width, big.Height) {
		return nil
	}
	var list []theme.Spot
	for i, x := range p.Products {
		if x.At == nil || x.File != pic.media.File {
			continue
		}
		name := strconv.Itoa(i+1) + ": " + l.word(x.Name)
		if x.Price != "" {
			name += l.Comma() + l.word(x.Price)
		}
		list = append(list, theme.Spot{
			Number: i + 1, X: percent(x.At.X), Y: percent(x.At.Y), Name: name, Href: cmp.Or(x.URL, "#"+productID(i)),
		})
	}
	return list
}

// cropped reports whether a rendition has another shape than its picture, beyond
// what rounding to pixels does.
func cropped(w, h, rw, rh int) bool {
	return math.Abs(float64(w)*float64(rh)-float64(h)*float64(rw)) > float64(max(w, h))
}

// percent writes a fraction from 0 to 1: "42.5".
func percent(f float64) string {
	return strconv.FormatFloat(math.Round(f*1000)/10, 'f', -1, 64)
}

// edits tells what the brand changed.
func (l *locale) edits(p *piece) []theme.Edit {
	var list []theme.Edit
	for i, e := range p.Edits {
		what, lang := l.editText(p, i)
		how := slices.DeleteFunc([]string{l.word(e.By), l.day(e.Date), l.Label("piece.edit_allowed")}, func(s string) bool { return s == "" })
		if e.Agreed {
			how[len(how)-1] = l.Label("piece.edit_agreed")
		}
		list = append(list, theme.Edit{What: what, Lang: l.langAttr(lang), How: strings.Join(how, l.Comma())})
	}
	return list
}

// editText returns what a piece's i-th edit changed, and the language of the
// words.
func (l *locale) editText(p *piece, i int) (what, lang string) {
	switch p.Edits[i].What {
	case watermarkEdit:
		return l.Label("piece.watermark"), l.tag
	case cropEdit:
		return l.Label("piece.cropped"), l.tag
	}
	if b := p.In[l.tag].Brand; b != nil && i < len(b.Edits) && b.Edits[i] != "" {
		return b.Edits[i], l.tag
	}
	return p.Edits[i].What, l.m.languageOf(p)
}

// awardViews lists what a piece was given, with who gave it and why.
func (l *locale) awardViews(p *piece) []theme.Award {
	var list []theme.Award
	for i, a := range p.Awards {
		v := theme.Award{Text: l.award(p, i), By: l.word(a.By)}
		reason, lang := l.awardReason(p, i)
		v.Reason, v.Lang = reason, l.langAttr(lang)
		list = append(list, v)
	}
	return list
}
