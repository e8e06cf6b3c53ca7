package builder

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"math"
	"strconv"
	"sync"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

// Structured data (schema.org, as Google's image metadata wants it): it must
// stand on every page that shows a picture. It is written as it goes, for
// every page has some; see jsonWriter. No value can end the script, as <, >
// and & are escaped.

const (
	ldOpen  = `<script type="application/ld+json">`
	ldClose = "</script>"
)

var ldBuffers = sync.Pool{New: func() any { return new(jsonWriter) }}

// setLD gives a page its structured data, a whole script element, and the
// source expression that lets it hold that and no script at all (Content
// Security Policy Level 3). Browsers ask no policy about a data block, but checkers
// of HTML do.
func setLD(p *theme.Page, nodes func(w *jsonWriter)) {
	w := ldBuffers.Get().(*jsonWriter)
	defer ldBuffers.Put(w)
	*w = jsonWriter{b: append(w.b[:0], ldOpen...)}
	w.object(func() {
		w.text("@context", "https://schema.org")
		w.list("@graph", func() { nodes(w) })
	})
	sum := sha256.Sum256(w.b[len(ldOpen):])
	w.b = append(w.b, ldClose...)
	p.JSONLD = template.HTML(w.b)
	const before, after = "'sha256-", "'"
	var room [len(before) + 44 + len(after)]byte
	hash := base64.StdEncoding.AppendEncode(append(room[:0], before...), sum[:])
	p.ScriptHash = string(append(hash, after...))
}

// ldNode is what all nodes of the graph begin with.
func (w *jsonWriter) ldNode(kind string, rest func()) {
	w.object(func() {
		w.text("@type", kind)
		rest()
	})
}

// ldPeople writes a piece's named authors.
func (l *locale) ldPeople(w *jsonWriter, key string, p *piece) {
	w.optionalList(key, func() {
		for i, c := range p.people {
			if c == nil {
				continue
			}
			w.ldNode(kindLD(c.Kind), func() {
				w.text("name", l.author(p, i).Name)
				w.optional("url", l.origin, l.base, l.prefix, c.path)
			})
		}
	})
}

// ldRights writes whose a piece is.
func (l *locale) ldRights(w *jsonWriter, p *piece) {
	w.text("creditText", l.credit(p))
	w.text("copyrightNotice", l.copyright(p))
	if address := gallery.Licenses[p.License]; address != "" {
		w.text("license", address)
	} else {
		w.text("license", l.origin, l.base, l.prefix, p.path, "#rights")
	}
}

// ldPicture writes a piece's i-th picture, nothing where it has no JPEG or is
// a film. In a list less is said of it.
func (l *locale) ldPicture(w *jsonWriter, p *piece, i int, listed bool) bool {
	pic := p.pictures[i]
	big := l.largest(pic, renditionPlate)
	if big == nil || pic.clip != nil {
		return false
	}
	t := l.pieceText(p)
	w.ldNode("ImageObject", func() {
		w.text("contentUrl", l.origin, l.base, big.Path)
		w.optional("url", l.origin, l.base, l.prefix, p.path)
		w.optional("name", t.Title)
		if !listed {
			w.optional("description", l.alt(p, i))
			w.optional("caption", t.Caption)
		}
		w.optionalNumber("width", big.Width)
		w.optionalNumber("height", big.Height)
		l.ldPeople(w, "creator", p)
		l.ldRights(w, p)
		w.optional("acquireLicensePage", p.Acquire)
		w.optional("datePublished", l.stamp(p.Published))
		if listed {
			return
		}
		w.optional("dateModified", l.stamp(p.modified))
		w.optional("inLanguage", l.languageOfPiece(p))
		l.ldAwards(w, p)
	})
	return true
}

// ldAwards writes what a piece was given.
func (l *locale) ldAwards(w *jsonWriter, p *piece) {
	w.optionalList("award", func() {
		for i := range p.Awards {
			w.item(l.award(p, i))
		}
	})
}

// ldFirst writes the first picture of a piece as one of a list.
func (l *locale) ldFirst(w *jsonWriter, p *piece, listed bool) {
	for i := range p.pictures {
		if l.ldPicture(w, p, i, listed) {
			return
		}
	}
}

// ldClip writes a film or a recording of a piece: a VideoObject or an
// AudioObject, which want a picture, a name and the date since when they are
// there. A poster of words is no picture of one.
func (l *locale) ldClip(w *jsonWriter, p *piece, i int) {
	pic, caption := p.pictures[i], l.pieceText(p).Caption
	if caption == "" {
		caption = l.alt(p, i)
	}
	kind, film := "VideoObject", pic.clip.info
	if film != nil && film.Clip.Sound {
		kind = "AudioObject"
	}
	w.ldNode(kind, func() {
		w.text("name", l.titleOf(p))
		w.optional("description", caption)
		if big := l.largest(pic, renditionPlate); big != nil {
			w.optional("thumbnailUrl", l.origin, l.base, big.Path)
		}
		w.text("uploadDate", l.stamp(p.Published))
		if film == nil {
			w.text("url", pic.clip.link)
		} else {
			best := pic.clip.files[len(pic.clip.files)-1]
			w.text("duration", "PT", strconv.Itoa(int(math.Ceil(film.Clip.Seconds))), "S")
			w.text("contentUrl", l.origin, l.base, best.path)
			w.text("url", l.origin, l.base, l.prefix, p.path)
			w.optionalNumber("width", best.width)
			w.optionalNumber("height", best.height)
		}
		l.ldPeople(w, "creator", p)
		l.ldRights(w, p)
		w.optional("inLanguage", l.languageOfPiece(p))
		l.ldAwards(w, p)
	})
}

// ldWords writes a piece without a picture. Its words stand on the page: they
// are not written twice.
func (l *locale) ldWords(w *jsonWriter, p *piece) {
	w.ldNode("CreativeWork", func() {
		w.optional("name", l.pieceText(p).Title)
		w.text("url", l.origin, l.base, l.prefix, p.path)
		l.ldPeople(w, "author", p)
		l.ldAlso(w, p)
		l.ldRights(w, p)
		w.optional("datePublished", l.card(p, cardStyle{}).DateTime)
		w.optional("dateModified", l.stamp(p.modified))
		w.optional("inLanguage", l.languageOfPiece(p))
		l.ldAwards(w, p)
	})
}

// ldReview writes what a piece says of a product: of that alone, for stars for the
// brand itself would be stars it gave itself. What all reviews say on average is
// not told, as those shown were chosen.
func (l *locale) ldReview(w *jsonWriter, p *piece, r *theme.Review) {
	w.ldNode("Review", func() {
		w.optional("name", l.pieceText(p).Title)
		w.text("url", l.origin, l.base, l.prefix, p.path)
		w.field("itemReviewed", func() {
			w.text("@type", "Product")
			w.text("name", r.Product.Text)
			w.optional("url", r.Product.Href)
			w.optional("gtin", p.Products[0].GTIN)
		})
		if r.Rating > 0 {
			w.field("reviewRating", func() {
				w.text("@type", "Rating")
				w.optionalNumber("ratingValue", r.Rating)
				w.optionalNumber("bestRating", 5)
				w.optionalNumber("worstRating", 1)
			})
		}
		l.ldPeople(w, "author", p)
		w.optional("reviewBody", shorten(l.body(p).plain, 5000))
		l.ldRights(w, p)
		w.optional("datePublished", l.stamp(p.Published))
		w.optional("dateModified", l.stamp(p.modified))
		w.optional("inLanguage", l.languageOfPiece(p))
		l.ldAwards(w, p)
	})
}

// ldPiece writes the structured data of a piece's own page.
func (l *locale) ldPiece(w *jsonWriter, p *piece) {
	before := len(w.b)
	for i := range p.pictures {
		l.ldPicture(w, p, i, false)
	}
	for i, pic := range p.pictures {
		if pic.clip != nil {
			l.ldClip(w, p, i)
		}
	}
	if r := l.review(p); r != nil {
		l.ldReview(w, p, r)
	} else if len(w.b) == before {
		l.ldWords(w, p)
	}
	w.ldNode("BreadcrumbList", func() {
		w.list("itemListElement", func() {
			l.ldCrumb(w, 1, l.text.Title, "")
			l.ldCrumb(w, 2, l.shown(p.gallery).text.Title, p.gallery.path)
			w.ldNode("ListItem", func() { // the page itself: its address may be left out
				w.optionalNumber("position", 3)
				w.text("name", l.titleOf(p))
			})
		})
	})
}

func (l *locale) ldCrumb(w *jsonWriter, n int, name, path string) {
	w.ldNode("ListItem", func() {
		w.optionalNumber("position", n)
		w.text("name", name)
		w.text("item", l.origin, l.base, l.prefix, path)
	})
}

// ldList gives a page of a list of pieces its structured data; more writes what
// else it has.
func (l *locale) ldList(page *theme.Page, name, summary, path string, shown []*piece, more ...func(w *jsonWriter)) {
	setLD(page, func(w *jsonWriter) {
		w.ldNode("ImageGallery", func() {
			w.text("name", name)
			w.optional("description", summary)
			w.text("url", l.origin, l.base, l.prefix, path)
			w.text("inLanguage", l.tag)
			w.optionalList("image", func() {
				for _, p := range shown {
					l.ldFirst(w, p, true)
				}
			})
		})
		for _, write := range more {
			write(w)
		}
	})
}
