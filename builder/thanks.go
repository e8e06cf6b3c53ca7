package builder

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"path"
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

// Everybody who took part has a page of thanks at an address made from their
// submission's id and the site's secret: it can be sent to them, and cannot
// be found or guessed by anybody else.

// SecretMin is the length in bytes under which a secret is no secret.
const SecretMin = 16

var tokenAlphabet = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// thankPath returns the address of a participant's page, "" without a secret.
// It is 128 bits of HMAC-SHA256 (RFC 2104) of the id.
func thankPath(secret []byte, id string) string {
	if len(secret) < SecretMin {
		return ""
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("thanks\x00" + id))
	return "thanks/" + tokenAlphabet.EncodeToString(mac.Sum(nil)[:16]) + "/"
}

// thanked is somebody with all that their page and their letter are made from.
type thanked struct {
	*participant
	gallery *plannedGallery
	outcome gallery.ThanksOutcome
	shown   *piece // what they are shown: their piece, or what their team made; nil = nothing
}

// thankedFor returns a participant with what came of it.
func (g *plannedGallery) thankedFor(w *participant) thanked {
	t := thanked{participant: w, gallery: g, shown: w.public()}
	t.outcome = g.outcomeOf(w)
	if t.shown == nil && t.outcome == gallery.ThanksTeam && g.team != nil && g.team.result != nil && !g.team.result.Draft {
		t.shown = g.team.result
	}
	return t
}

// thankPages lists the pages of those participants whose language this is.
func (l *locale) thankPages() []*Page {
	var list []*Page
	if !l.m.cfg.Pages.Thanks {
		return nil
	}
	for _, g := range l.m.galleries {
		for _, some := range [][]*participant{g.participants, g.left} {
			for _, w := range some {
				if path := thankPath(l.secret, w.submission.ID); path != "" && l.m.languageFor(g, w.submission) == l.tag {
					list = append(list, l.thankPage(g.thankedFor(w), path))
				}
			}
		}
	}
	return list
}

func (l *locale) thankPage(t thanked, path string) *Page {
	return &Page{
		Path: path, Layout: "thank", Title: l.Label("thanks.title"), Origin: t.submission.File, NoIndex: true, Only: true,
		view: func(page *Page) any { return l.thankView(page, t) },
		key: func(k *keys) string {
			s := newSum().sum(t.submission.Digest).text(string(t.outcome)).share(l.galleryShares[t.gallery])
			if t.shown == nil {
				return k.of(path, s)
			}
			return k.of(path, s.share(l.shareImage(t.shown)), t.shown)
		},
	}
}

// languageFor returns the language somebody is thanked in: that of what they
// sent, where the site speaks it.
func (m *model) languageFor(g *plannedGallery, s *gallery.Submission) string {
	for _, tag := range []string{s.Lang, g.Lang} {
		if slices.Contains(m.cfg.Languages, tag) {
			return tag
		}
	}
	return m.cfg.Language
}

// thankView is one participant's page. It shows no more of them than consent
// covers, for pages sent to one person are passed on.
func (l *locale) thankView(page *Page, t thanked) any {
	text := l.galleryText(t.gallery)
	v := theme.Thank{
		Outcome: string(t.outcome), Selected: t.shown != nil, Pending: t.outcome == gallery.ThanksPending,
		Greeting: l.greeting(t), Text: l.thankParagraphs(t, l.origin+page.URL),
		Gallery: theme.Link{Text: text.Title, Href: l.href(t.gallery.path), Lang: l.langAttr(l.galleryLang(t.gallery))},
	}
	p := &theme.Page{Title: v.Greeting, Heading: v.Greeting, Description: text.Title}
	if t.outcome != gallery.ThanksWithdrawn {
		p.Image, v.Withdraw = l.galleryShares[t.gallery], l.howToWithdraw()
		v.Call = l.callBox(cmp.Or(l.m.callAfter(t.gallery), t.gallery))
	}
	if t.shown != nil {
		share := l.share(t.shown)
		v.Card, v.Share = l.card(t.shown, cardStyle{priority: true}), &share
		p.Image = l.shareImage(t.shown)
	}
	if !v.Pending {
		v.Save = l.saveCard(p.Image, t)
	}
	v.Base = l.viewBase(page, p)
	return &v
}

// saveCard returns the picture that somebody can keep and send on, nil where
// there is none.
func (l *locale) saveCard(image *theme.ShareImage, t thanked) *theme.Download {
	if image == nil || image.URL == "" {
		return nil
	}
	of := t.gallery.path
	if t.shown != nil {
		of = t.shown.path
	}
	return &theme.Download{Href: image.URL[len(l.origin):], Name: path.Base(of) + path.Ext(image.URL)}
}

// callAfter returns the gallery in which somebody who took part in one can take
// part next, nil where nothing is open or coming.
func (m *model) callAfter(g *plannedGallery) *plannedGallery {
	if g.Call != nil && !g.Call.State(m.now).Over() {
		return g
	}
	return m.nextCall(g)
}

// greeting thanks those who sent a submission, by name where it may be shown.
func (l *locale) greeting(t thanked) string {
	if t.outcome == gallery.ThanksWithdrawn {
		return l.ThankYou()
	}
	return l.ThankYou(l.peopleOf(t.gallery, t.submission)...)
}

// peopleOf returns who sent a submission as this language names them. Forms of a
// name hold for the language they were given in only.
func (l *locale) peopleOf(g *plannedGallery, s *gallery.Submission) []gallery.PublicAuthor {
	people := gallery.PublicAuthors(s)
	if cmp.Or(s.Lang, g.Lang, l.m.cfg.Language) == l.tag {
		return people
	}
	for i, a := range people {
		if a.Name != "" {
			people[i].Name, people[i].Forms = cmp.Or(a.Names[l.tag], l.word(a.Name)), gallery.Forms{}
		}
	}
	return people
}
