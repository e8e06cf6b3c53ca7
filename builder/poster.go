package builder

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/publish"
	"gallerist/builder/theme"

	"golang.org/x/net/idna"
)

// Posters: one sheet each that asks the question on a shop's door, for as long
// as the call is not over.

// paper is a size of paper that posters are printed on.
type paper struct{ path, name string }

// papers lists the sizes. A poster on A5 is that on A4, smaller: all its
// measures are parts of the sheet's width.
var papers = []paper{{"call/poster/", "A4"}, {"call/poster-a5/", "A5"}}

// invites tells whether there is something to scan and to print for a gallery.
func (m *model) invites(g *plannedGallery) bool {
	return g.Call != nil && !g.Call.State(m.now).Over()
}

// qrPath is where the code of a gallery's call is.
func (g *plannedGallery) qrPath() string { return g.path + "call/qr.svg" }

// qrHref returns the address of the code of a gallery's call, "" where there is
// none.
func (l *locale) qrHref(g *plannedGallery) string {
	if !l.m.invites(g) || qrVersion(l.abs(g.path+"call/")) == 0 {
		return ""
	}
	return l.href(g.qrPath())
}

// codeFiles adds the QR codes of a language's calls.
func (l *locale) codeFiles(set *publish.Set) {
	for _, g := range l.m.galleries {
		if l.qrHref(g) == "" {
			continue
		}
		address, title := l.abs(g.path+"call/"), l.Label("poster.scan")
		file := made(l.prefix+g.qrPath(), g.Pos.File, "image/svg+xml", func() ([]byte, error) { return qrSVG(address, title) })
		file.Key = l.keys.of(file.Path, newSum().text(address, title))
		set.Add(file)
	}
}

// checkCodes names the calls whose addresses are too long for a code.
func checkCodes(m *model, locales []*locale, probs *problem.List) {
	for _, g := range m.galleries {
		tooLong := func(l *locale) bool { return qrVersion(l.abs(g.path+"call/")) == 0 }
		if m.invites(g) && slices.ContainsFunc(locales, tooLong) {
			probs.Warnf(g.Pos, `set a shorter slug = "…" here, or a shorter base_url in site.toml`,
				"the address of this call is too long for a QR code, so its pages and posters have none")
		}
	}
}

func (l *locale) posterPages(g *plannedGallery) []*Page {
	if !l.m.invites(g) {
		return nil
	}
	list := make([]*Page, len(papers))
	for i, on := range papers {
		title := l.Label("poster.title", "paper", on.name)
		list[i] = &Page{Path: g.path + on.path, Layout: "poster", Title: title, Origin: g.Pos.File, NoIndex: true, view: func(page *Page) any {
			t := l.galleryText(g)
			v := l.posterView(g, t, on)
			v.Base = l.viewBase(page, &theme.Page{
				Title: title + " · " + l.callTitle(t), Heading: v.Question, Up: &v.Call, Image: l.galleryShares[g],
			})
			return &v
		}}
	}
	return list
}

// posterLinks leads to a gallery's posters, but for the one on a paper.
func (l *locale) posterLinks(g *plannedGallery, but string) []theme.Link {
	var list []theme.Link
	if !l.m.invites(g) {
		return nil
	}
	for _, on := range papers {
		if on.name != but {
			list = append(list, theme.Link{Text: on.name, Href: l.href(g.path + on.path)})
		}
	}
	return list
}

func (l *locale) posterView(g *plannedGallery, t gallery.Text, on paper) theme.Poster {
	v := theme.Poster{
		Lang: l.langAttr(l.galleryLang(g)), Format: strings.ToLower(on.name), Paper: on.name,
		When: l.posterDates(g.Call), Hashtag: hashtagOf(g.Call), QR: l.qrHref(g), Address: typedAddress(l.abs(g.path + "call/")),
		Call: theme.Link{Text: l.callTitle(t), Href: l.href(g.path + "call/"), Lang: l.langAttr(l.galleryLang(g))}, Others: l.posterLinks(g, on.name),
	}
	p := g.posterPiece()
	if len(v.Address) > typedAtMost {
		v.Address = ""
	}
	rest := posterRest(l.text.Title, l.m.cfg.Logo != "", v.When+" "+v.Hashtag, v.Address)
	fit := fitPoster(l.Typeset(l.callTitle(t)), l.typesetAll(t.Call.Steps), p != nil, rest)
	v.Question, v.QuestionSize, v.Steps, v.StepSize = fit.question, fit.questionSize, fit.steps, fit.stepSize
	if p != nil && fit.picture {
		c := l.newCard(p, cardStyle{rendition: renditionPlate, priority: true})
		c.Picture.Sizes = posterPixels
		v.Picture = &c
	}
	return v
}

// typedAtMost is how long an address may be, in bytes, for people to type it.
const typedAtMost = 160

// posterPixels is how wide a poster's picture is in pixels, for the browser's
// choice of a file: printers have four times the dots of screens.
const posterPixels = "1600px"

// posterPiece returns the piece whose picture is on the posters: the first
// example, else the cover, else the newest, of those whose authors allow print.
// It is nil where nobody does.
func (g *plannedGallery) posterPiece() *piece {
	var list []*piece
	for _, id := range append(slices.Clone(g.Call.Examples), g.Cover) {
		if i := slices.IndexFunc(g.pieces, func(p *piece) bool { return p.ID == id }); i >= 0 {
			list = append(list, g.pieces[i])
		}
	}
	for _, p := range append(list, g.pieces...) {
		if len(p.pictures) > 0 && !p.Draft && slices.Contains(p.Scope, "print") && p.pictures[0].shows() {
			return p
		}
	}
	return nil
}

// posterDates says when one can take part, for a sheet that hangs for weeks: on
// one printed before the call opens, from when too.
func (l *locale) posterDates(c *gallery.Call) string {
	switch {
	case c.State(l.m.now) == gallery.CallOpen:
		return l.callState(c)
	case c.Closes.IsZero():
		return l.Label("poster.from", l.day(c.Opens))
	}
	in := func(t time.Time) time.Time { return t.In(l.m.cfg.Zone) }
	return l.Label("poster.span", l.DateRange(in(c.Opens), in(l.lastMoment(c.Closes))))
}

// typedAddress writes an address as people type it: without the scheme, in their
// own letters.
func typedAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	host, err := idna.Display.ToUnicode(u.Host) // what follows a colon is left as it is
	if err != nil {
		host = u.Host
	}
	return host + u.Path
}
