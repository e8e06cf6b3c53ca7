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
		Customer: m.Customer, Roles: l.rolesOf(m), About: t.About, Says: l.brief(t.Says), URL: m.URL,
		Lang: l.langAttr(l.galleryLang(g)),
	}
	v.Initial = initial(v.Name)
	if c := l.m.contributorBy(m.ID); c != nil {
		v.Href = l.href(c.path)
	}
	if m.Portrait == nil {
		return v
	}
	if pic := l.m.pictures.portraits[m.Portrait.Path]; pic != nil {
		v.Portrait = l.rendered(pic, renditionPortrait)
		v.Portrait.Alt = cmp.Or(t.Alt, v.Name)
		v.Ratio, v.Color = ratio(v.Portrait.Width, v.Portrait.Height), pic.color
	}
	return v
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
	return strings.Join(words, ", ")
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
