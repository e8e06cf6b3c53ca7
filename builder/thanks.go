package builder

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

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

// thankPages lists the pages of those participants whose language this is.
func (l *locale) thankPages() []*Page {
	var list []*Page
	if !l.m.cfg.Pages.Thanks {
		return nil
	}
	for _, g := range l.m.galleries {
		for _, w := range g.participants {
			path := thankPath(l.secret, w.submission.ID)
			if path == "" || l.m.languageFor(g, w.submission) != l.tag {
				continue
			}
			list = append(list, &Page{
				Path: path, Layout: "thank", Title: l.Label("thanks.title"), Origin: w.submission.File, NoIndex: true, Only: true,
				view: func(page *Page) any { return l.thankView(page, g, w) },
				key: func(k *keys) string {
					s := newSum().sum(w.submission.Digest).share(l.galleryShares[g])
					if w.piece != nil {
						s.share(l.shareImage(w.piece))
					}
					return k.of(path, s, w.piece)
				},
			})
		}
	}
	return list
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

// named tells whether a participant without a published piece asked to be
// named all the same.
func (w *participant) named() bool {
	s := w.submission
	// A name that nobody has looked at is not published.
	return s.Consent.Thanks && !s.Minor && s.Status != gallery.Pending && slices.ContainsFunc(s.Authors, func(a gallery.Author) bool { return a.Name != "" })
}

// participantName returns the name of one who asked to be named.
func (l *locale) participantName(w *participant, i int, a gallery.Author) string {
	if t := w.submission.In[l.tag]; i < len(t.Authors) && t.Authors[i] != "" {
		return t.Authors[i]
	}
	return l.word(a.Name)
}

// thankView is one participant's page. It shows no more of them than consent
// covers, for pages sent to one person are passed on.
func (l *locale) thankView(page *Page, g *plannedGallery, w *participant) any {
	t := l.galleryText(g)
	s := w.submission
	shown := w.piece
	if shown != nil && shown.Draft {
		shown = nil // a draft is selected in the preview only
	}
	v := theme.Thank{
		Selected: shown != nil, Pending: shown == nil && s.Status == gallery.Pending,
		Greeting: l.greeting(w),
		Gallery:  theme.Link{Text: t.Title, Href: l.href(g.path)}, Call: l.callBox(g),
	}
	switch {
	case v.Selected:
		v.Text = paragraphs(t.Thanks.Selected, l.Label("thanks.selected", t.Title), l.Label("thanks.selected_share"))
		c := l.card(shown, cardStyle{priority: true})
		share := l.share(shown)
		v.Card, v.Share = c, &share
	case v.Pending:
		v.Text = []string{l.Label("thanks.pending", t.Title), l.Label("thanks.pending_next")}
	default:
		v.Text = paragraphs(t.Thanks.Others, l.Label("thanks.others_text", t.Title), l.Label("thanks.others_next"))
	}
	p := &theme.Page{Title: v.Greeting, Heading: v.Greeting, Description: t.Title, Image: l.galleryShares[g]}
	if shown != nil {
		p.Image = l.shareImage(shown)
	}
	v.Base = l.viewBase(page, p)
	return &v
}

// greeting thanks those who sent a submission, by name where it may be shown.
func (l *locale) greeting(w *participant) string {
	if w.piece != nil && len(w.piece.Authors) > 1 {
		return l.Label("thanks.hello", l.People(l.authors(w.piece)))
	}
	if list := gallery.PublicAuthors(w.submission); len(list) > 0 {
		return l.ThankYou(list[0])
	}
	return l.ThankYou(gallery.PublicAuthor{})
}

// paragraphs returns the owner's own words as paragraphs, or the language's.
func paragraphs(own string, words ...string) []string {
	if strings.TrimSpace(own) == "" {
		return words
	}
	var list []string
	for p := range strings.SplitSeq(own, "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			list = append(list, p)
		}
	}
	return list
}
