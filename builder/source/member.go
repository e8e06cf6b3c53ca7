package source

import (
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// members reads the people that a gallery.md names under a key: a team or a
// jury. What is said of them is read by memberTexts.
func (r *reader) members(f *folder, t *strict.Table, key string, near *beside) []gallery.Member {
	var list []gallery.Member
	for _, each := range t.Tables(key) {
		m := r.member(f, each, near)
		if m.ID != "" && slices.ContainsFunc(list, func(o gallery.Member) bool { return o.ID == m.ID }) {
			each.Errorf("id", "give each person an id of their own", "the id %q is that of two in %q", m.ID, key)
			m.ID = ""
		}
		list = append(list, m)
	}
	return list
}

func (r *reader) member(f *folder, t *strict.Table, near *beside) gallery.Member {
	m := gallery.Member{
		Pos: t.At(), ID: personID(t), Name: t.Line("name"), Place: t.Line("place"),
		Kind: gallery.AuthorKind(t.OneOf("kind", gallery.AuthorKinds)), Gender: t.OneOf("gender", []string{"f", "m"}),
		Forms: forms(t), URL: webAddress(t, "url"), Department: t.Line("department"), Customer: t.Bool("customer"),
	}
	m.Roles, m.RolesAt = roles(t)
	if m.Name == "" {
		t.Errorf("name", "add "+t.Example("name", `"…"`)+"; whoever does not want to be named is not to be listed", "somebody without a name")
	}
	m.Portrait = r.portrait(f, t, near)
	return m
}

// memberTexts reads what is said of them, in one language.
func memberTexts(t *strict.Table, key string) []gallery.MemberText {
	var list []gallery.MemberText
	for _, each := range t.Tables(key) {
		list = append(list, gallery.MemberText{
			Name: each.Line("name"), Place: each.Line("place"), Department: each.Line("department"),
			About: each.Line("about"), Says: each.String("says"), Alt: each.Line("alt"),
		})
	}
	return list
}

// roles reads what somebody did: a list under roles, or one word under role.
// Whether there are such words the builder knows, who knows the languages.
func roles(t *strict.Table) ([]string, problem.Pos) {
	list, at := t.Strings("roles"), t.Pos("roles")
	if role := t.Line("role"); role != "" && len(list) == 0 {
		return []string{role}, t.Pos("role")
	} else if role != "" {
		t.Errorf("role", "put it into the list of roles", "both role and roles")
	}
	return list, at
}
