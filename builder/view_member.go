package builder

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

// members returns those whom a gallery names, as pages show them. The texts are
// those of this language by the same places.
func (l *locale) members(g *plannedGallery, list []gallery.Member, texts []gallery.MemberText) []theme.Member {
	out := make([]theme.Member, 0, len(list))
	for i, m := range list {
		if m.Name != "" { // one without a name is reported
			out = append(out, l.member(g, m, at(texts, i)))
		}
	}
	return out
}

func (l *locale) member(g *plannedGallery, m gallery.Member, t gallery.MemberText) theme.Member {
	v := theme.Member{
		Name: l.inWords(t.Name, m.Name), Place: l.inWords(t.Place, m.Place), Department: l.inWords(t.Department, m.Department),
		Customer: m.Customer, Roles: l.rolesOf(m), About: l.Typeset(t.About), Says: l.brief(t.Says), URL: m.URL,
	}
	own := g.saidOf(m)
	v.AboutLang, v.SaysLang = l.langOf(g, t.About, own.About), l.langOf(g, t.Says, own.Says)
	v.Initial = l.Initial(v.Name)
	if c := l.m.contributorBy(m.ID); c != nil {
		v.Href = l.href(c.path)
	}
	if m.Portrait == nil {
		return v
	}
	if pic := l.m.pictures.portraits[m.Portrait.Path]; pic != nil {
		v.Portrait = l.rendered(pic, renditionPortrait)
		v.Portrait.Alt, v.Portrait.Lang = cmp.Or(t.Alt, v.Name), l.langOf(g, t.Alt, own.Alt)
		v.Ratio, v.Color = ratio(v.Portrait.Width, v.Portrait.Height), pic.color
	}
	return v
}

// saidOf returns what the gallery.md itself says of somebody whom it names.
func (g *plannedGallery) saidOf(m gallery.Member) (t gallery.MemberText) {
	of := func(list []gallery.Member, texts []gallery.MemberText) {
		if i := slices.IndexFunc(list, func(o gallery.Member) bool { return o.Pos == m.Pos }); i >= 0 {
			t = at(texts, i)
		}
	}
	if g.Collaboration != nil && g.Text.Collaboration != nil {
		of(g.Collaboration.Team, g.Text.Collaboration.Team)
	}
	if g.Contest != nil && g.Text.Contest != nil {
		of(g.Contest.Jury, g.Text.Contest.Jury)
	}
	return t
}

// inWords returns a word as a text in this language has it, else as the site's
// glossary does.
func (l *locale) inWords(translated, own string) string {
	if translated == "" || translated == own {
		return l.word(own)
	}
	return translated
}

// rolesOf says what somebody did, and that they are a customer.
func (l *locale) rolesOf(m gallery.Member) string {
	var words []string
	if m.Customer && !slices.Contains(m.Roles, "customer") {
		words = append(words, l.Role("customer"))
	}
	for _, role := range m.Roles {
		words = append(words, l.Role(role))
	}
	return strings.Join(words, l.Comma())
}

// at returns the ith of a list, and nothing behind its end: translations may be
// shorter than what they translate.
func at[T any](list []T, i int) (x T) {
	if i < len(list) {
		x = list[i]
	}
	return x
}

// brief makes a few words of the owner's HTML: Markdown, unless there is too
// much of it to be a few words.
func (l *locale) brief(s string) template.HTML {
	if s == "" {
		return ""
	}
	if costly, _, _ := checkMarkdown(s); costly != "" {
		return paragraph(s)
	}
	return l.html(s)
}
