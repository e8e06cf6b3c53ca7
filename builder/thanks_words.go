package builder

import (
	"html/template"
	"strings"

	"gallerist/builder/gallery"
)

// What somebody is told begins with words to them alone ([thanks] of the submission).
// The rest comes from the gallery ([thanks] in gallery.md), else
// from the site's templates (thanks/*.md), else from the language.

// thanksKeys are the language's words for each outcome, and those that are said
// on the page only.
var thanksKeys = map[gallery.ThanksOutcome]struct {
	words []string
	page  string
}{
	gallery.ThanksWinner:    {[]string{"thanks.winner"}, "thanks.selected_share"},
	gallery.ThanksFinalist:  {[]string{"thanks.finalist"}, "thanks.selected_share"},
	gallery.ThanksTaken:     {[]string{"thanks.taken"}, "thanks.selected_share"},
	gallery.ThanksMerged:    {[]string{"thanks.merged"}, "thanks.selected_share"},
	gallery.ThanksTeam:      {[]string{"thanks.team"}, "thanks.selected_share"},
	gallery.ThanksFeatured:  {[]string{"thanks.featured"}, "thanks.selected_share"},
	gallery.ThanksApproved:  {[]string{"thanks.selected"}, "thanks.selected_share"},
	gallery.ThanksPending:   {[]string{"thanks.pending"}, "thanks.pending_next"},
	gallery.ThanksOthers:    {[]string{"thanks.others_text", "thanks.others_next"}, ""},
	gallery.ThanksWithdrawn: {[]string{"thanks.withdrawn"}, ""},
}

// thankWords returns what somebody is told, as paragraphs that are to be filled,
// and what of it is said on the page only.
func (l *locale) thankWords(t thanked) (words []string, page string) {
	if t.outcome != gallery.ThanksWithdrawn {
		defer func() { words = append(paragraphs(t.submission.ThankWords), words...) }()
	}
	if own := l.galleryThanks(t); own != "" {
		return paragraphs(own), ""
	}
	if own := l.m.templates[l.tag][string(t.outcome)]; own != nil {
		return own.Paragraphs, ""
	}
	keys := thanksKeys[t.outcome]
	for _, key := range keys.words {
		words = append(words, l.Label(key))
	}
	if keys.page != "" {
		page = l.Label(keys.page)
	}
	return words, page
}

// galleryThanks returns what a gallery itself says for an outcome, "" for
// nothing. Words in another language than the page's would be odd; the
// language's own stand in for them.
func (l *locale) galleryThanks(t thanked) string {
	if l.galleryLang(t.gallery) != l.tag {
		return ""
	}
	own := l.galleryText(t.gallery).Thanks
	words := own[string(t.outcome)]
	if words == "" && (t.outcome == gallery.ThanksFeatured || t.outcome == gallery.ThanksApproved) {
		words = own[gallery.ThanksSelected]
	}
	return words
}

// paragraphs returns a text's paragraphs, each on one line.
func paragraphs(text string) []string {
	var list []string
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// value is what stands for a placeholder.
type value struct {
	text string
	lang string // where it is another than the page's
	href string // where it leads; "" = nowhere
	name bool   // of somebody or something, kept apart from the text's direction
}

// thankValues returns what placeholders stand for. A name that is missing has
// nothing to say.
func (l *locale) thankValues(t thanked, page string) map[string]value {
	m := map[string]value{
		"site":    {text: l.text.Title, name: true},
		"gallery": {text: l.galleryText(t.gallery).Title, lang: l.langAttr(l.galleryLang(t.gallery)), name: true},
	}
	address := func(key, to string) {
		if to != "" {
			m[key] = value{text: to, href: to}
		}
	}
	address("page", page)
	if g := l.m.callAfter(t.gallery); g != nil {
		address("call", l.abs(g.path+"call/"))
	}
	if t.outcome == gallery.ThanksWithdrawn {
		return m
	}
	if name := l.Addressed(l.peopleOf(t.gallery, t.submission)...); name != "" {
		m["name"] = value{text: name, name: true}
	}
	if to := l.m.cfg.Thanks.Withdraw; to != "" {
		m["withdraw"] = value{text: to, href: l.m.cfg.Thanks.href()}
	}
	if t.shown == nil {
		return m
	}
	address("piece", l.abs(t.shown.path))
	if i := t.shown.wonAward(); i >= 0 {
		m["award"] = value{text: l.award(t.shown, i), name: true}
	} else if t.outcome == gallery.ThanksFinalist {
		m["award"] = value{text: l.Label("award.finalist"), name: true}
	}
	if t.shown.idea != nil {
		m["status"] = value{text: l.ideaLabel(t.shown.idea.status), name: true}
	}
	return m
}

// has tells whether all that a paragraph names is there. One that names what is
// not there is left out as a whole.
func (l *locale) has(paragraph string, values map[string]value) bool {
	all := true
	l.Compose(paragraph, func(string) {}, func(name string, _ bool) { all = all && values[name].text != "" })
	return all
}

// plain fills a paragraph as plain text.
func (l *locale) plain(paragraph string, values map[string]value) string {
	var b strings.Builder
	l.Compose(paragraph, func(s string) { b.WriteString(s) }, func(name string, quoted bool) {
		text := values[name].text
		if quoted {
			text = l.InnerQuotes(text)
		}
		b.WriteString(text)
	})
	return b.String()
}

// rich fills a paragraph as HTML: addresses are links, names keep to themselves
// whatever direction they are written in.
func (l *locale) rich(paragraph string, values map[string]value) template.HTML {
	var b strings.Builder
	l.Compose(paragraph, func(s string) { template.HTMLEscape(&b, []byte(s)) }, func(name string, quoted bool) {
		v := values[name]
		text := v.text
		if quoted {
			text = l.InnerQuotes(text)
		}
		text = template.HTMLEscapeString(text)
		switch {
		case v.href != "":
			b.WriteString(`<a href="` + template.HTMLEscapeString(v.href) + `">` + text + `</a>`)
		case v.lang != "":
			b.WriteString(`<bdi lang="` + template.HTMLEscapeString(v.lang) + `">` + text + `</bdi>`)
		case v.name:
			b.WriteString("<bdi>" + text + "</bdi>")
		default:
			b.WriteString(text)
		}
	})
	return template.HTML(b.String())
}

// thankParagraphs returns the words of a page of thanks.
func (l *locale) thankParagraphs(t thanked, page string) []template.HTML {
	words, only := l.thankWords(t)
	if only != "" {
		words = append(words, only)
	}
	values := l.thankValues(t, page)
	var list []template.HTML
	for _, p := range words {
		if l.has(p, values) {
			list = append(list, l.rich(l.Typeset(p), values))
		}
	}
	return list
}

// howToWithdraw says how somebody takes their work back.
func (l *locale) howToWithdraw() template.HTML {
	to := l.m.cfg.Thanks
	if to.Withdraw == "" {
		return template.HTML(template.HTMLEscapeString(l.Label("thanks.withdraw_reply")))
	}
	return l.rich(l.Label("thanks.withdraw"), map[string]value{"address": {text: to.Withdraw, href: to.href()}})
}
