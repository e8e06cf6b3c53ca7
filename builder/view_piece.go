package builder

import (
	"cmp"
	"slices"
	"strconv"
	"sync"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

func (l *locale) piecePage(p *piece) *Page {
	return &Page{Path: p.path, Layout: "submission", Title: l.titleOf(p), Origin: p.Dir, Images: []*piece{p}, NoIndex: p.Draft,
		view: func(page *Page) any { return l.pieceView(page, p) },
		key: func(k *keys) string {
			s := newSum().number(len(p.gallery.pieces)).text(l.listedAt(p)).share(l.shareImage(p))
			return k.of(p.path, s, slices.Concat([]*piece{p, p.newer, p.older}, p.near(), p.related())...)
		}}
}

// pieceViews are views of pieces' pages with their lists empty, which are used
// again: most pages of a site are such.
var pieceViews = sync.Pool{New: func() any {
	view := &struct { // one piece of memory
		theme.Submission
		head theme.Page
		up   theme.Link
	}{}
	view.Page, view.head.Up = &view.head, &view.up
	view.Facts, view.Tags, view.Near = make([]theme.Fact, 0, 4), make([]theme.Link, 0, 8), make([]*theme.Card, 0, nearPieces)
	return &view.Submission
}}

// forget gives back what a view was made in, once its page is rendered.
func forget(view any) {
	v, ok := view.(*theme.Submission)
	if !ok {
		return
	}
	head, up := v.Page, v.Page.Up
	*v = theme.Submission{Facts: emptied(v.Facts), Tags: emptied(v.Tags), Near: emptied(v.Near)}
	*head, *up = theme.Page{Up: up}, theme.Link{}
	v.Page = head
	pieceViews.Put(v)
}

// emptied returns a list's memory for another one.
func emptied[T any](list []T) []T {
	clear(list)
	return list[:0]
}

func (l *locale) pieceView(page *Page, p *piece) any {
	t, g, own, body := l.pieceText(p), l.shown(p.gallery), l.card(p, cardStyle{}), l.body(p)
	v := pieceViews.Get().(*theme.Submission)
	head, up := v.Page, v.Page.Up
	*up = theme.Link{Text: g.text.Title, Href: l.listedHref(p, own.ID)}
	*head = theme.Page{
		Title: l.titleOf(p), Heading: l.Typeset(t.Title), OGType: "article", Image: l.shareImage(p), Draft: p.Draft,
		Description: description(t.Caption, body.excerpt), Up: up, Feeds: g.feeds[:1], NoIndex: page.NoIndex,
	}
	if head.Description == "" {
		head.Description = description(own.CreditLine + ". " + g.text.Title)
	}
	if own.Disclosure != "" { // first: what is long is cut
		head.Description = description(own.Disclosure + ". " + head.Description)
	}
	setLD(head, func(w *jsonWriter) { l.ldPiece(w, p) })
	*v = theme.Submission{
		Kind: own.Kind, Lang: own.Lang, Caption: t.Caption, CaptionLang: l.langAttr(l.captionLang(p)), Story: body.html, StoryLang: l.langAttr(l.storyLang(p)),
		CreditLine: own.CreditLine, Credits: l.alsoCredits(p, own.Credits), Facts: l.pieceFacts(v.Facts, p, own), Rights: l.rights(p),
		Review: own.Review, Products: l.products(p), Disclosure: own.Disclosure, Edits: l.edits(p), Awards: l.awardViews(p),
		Gallery:  *g.link,
		Position: l.Label("piece.position", "n", len(p.gallery.pieces)-p.number+1, "total", len(p.gallery.pieces)),
		Call:     g.call, Share: l.share(p), Tags: v.Tags, Near: v.Near, Idea: l.ideaView(p),
	}
	if len(p.pictures) > 0 && body.html != "" {
		v.Caption = ""
	}
	head.Canonical, v.Judged = v.Share.URL, l.verdictOn(p)
	for i, pic := range p.pictures {
		v.Media = append(v.Media, l.plate(p, i, pic))
	}
	for _, tag := range p.tags {
		v.Tags = append(v.Tags, l.link(tag))
	}
	l.neighbours(v, head, p)
	v.Base = l.viewBase(page, head)
	l.showed(p)
	return v
}

// listedHref returns the address of a piece's card in its gallery.
func (l *locale) listedHref(p *piece, id string) string {
	if p.idea != nil && p.idea.into != nil {
		p = p.idea.into
		id = anchor(p)
	}
	path, page := p.gallery.path, l.listedAt(p)
	if page == path {
		return l.base + l.prefix + path + "#" + id
	}
	return l.href(page) + "#" + id
}

// neighbours puts the way through the gallery into a piece's view.
func (l *locale) neighbours(v *theme.Submission, head *theme.Page, p *piece) {
	strip := cardStyle{rendition: renditionStrip}
	if p.newer != nil {
		c := l.card(p.newer, strip)
		v.Prev, head.Prev = c, c.Href
	}
	if p.older != nil {
		c := l.card(p.older, strip)
		v.Next, head.Next = c, c.Href
	}
	for _, near := range p.near() {
		v.Near = append(v.Near, l.card(near, strip))
	}
}

// near returns the pieces around p in its gallery, without its neighbours:
// they have links of their own.
func (p *piece) near() []*piece {
	list := p.gallery.pieces
	at := len(list) - p.number
	near := make([]*piece, 0, nearPieces)
	for d := 2; len(near) < nearPieces && (at-d >= 0 || at+d < len(list)); d++ {
		if at+d < len(list) {
			near = append(near, list[at+d])
		}
		if at-d >= 0 && len(near) < nearPieces {
			near = append(near, list[at-d])
		}
	}
	return near
}

func (l *locale) plate(p *piece, i int, pic *picture) theme.Plate {
	big := l.picture(p, i, renditionPlate)
	big.Eager, big.Priority = i == 0, i == 0
	plate := theme.Plate{Picture: *big, Clip: l.clipView(p, pic), Ratio: ratio(big.Width, big.Height), Color: pic.color, Spots: l.spots(p, pic)}
	if plate.Clip != nil {
		l.setStage(&plate, pic)
	}
	t := l.pieceText(p)
	plate.Caption = cmp.Or(t.Media[pic.media.Name()].Caption, pic.media.Text.Caption)
	plate.CaptionLang = l.langAttr(l.plateLang(p, pic))
	if full := l.largest(pic, renditionPlate); full != nil && pic.clip == nil {
		plate.Full = l.file(full.Path)
		plate.FullSize = strconv.Itoa(full.Width) + " × " + strconv.Itoa(full.Height)
	}
	return plate
}

// setStage gives a film its poster, and its own shape: a poster of another one
// must not move the page when the film begins.
func (l *locale) setStage(plate *theme.Plate, pic *picture) {
	if r := l.feedRendition(pic); r != nil {
		plate.Clip.Poster = l.file(r.Path)
	}
	if film := pic.clip.info; film != nil && film.Height > 0 {
		plate.Picture.Width, plate.Picture.Height = film.Width, film.Height
		plate.Ratio = ratio(film.Width, film.Height)
	}
}

// pieceFacts appends the rows of the facts column. Some stand on the piece's
// card too.
func (l *locale) pieceFacts(facts []theme.Fact, p *piece, own *theme.Card) []theme.Fact {
	add := func(key, text, href, iso string) {
		if text != "" {
			facts = append(facts, theme.Fact{Name: l.Label(key), Text: text, Href: href, Time: iso})
		}
	}
	if p.place != nil {
		place := l.link(p.place)
		add("piece.place", place.Text, place.Href, "")
	}
	add("piece.taken", l.day(p.Taken), "", l.stamp(p.Taken))
	if !p.Received.Equal(p.Published) {
		if day := l.day(p.Received); day != own.Date {
			add("piece.received", day, "", l.stamp(p.Received))
		}
	}
	add("piece.published", own.Date, "", own.DateTime)
	for _, pic := range p.pictures {
		if pic.signed() {
			add("piece.original", l.Label("piece.signed"), "", "")
			break
		}
	}
	return facts
}

// rights says whose the piece is and what others may do with it.
func (l *locale) rights(p *piece) theme.Rights {
	return theme.Rights{
		Owner:   l.Owner(l.authors(p)),
		License: theme.Link{Text: l.License(p.License), Href: gallery.Licenses[p.License]},
		Acquire: p.Acquire,
	}
}
