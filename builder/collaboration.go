package builder

import (
	"cmp"

	"gallerist/builder/gallery"
)

// memberTexts fills what a translation does not say with the original's words.
func memberTexts(translated, own []gallery.MemberText) []gallery.MemberText {
	list := make([]gallery.MemberText, len(own))
	for i, o := range own {
		t := at(translated, i)
		list[i] = gallery.MemberText{
			Name: t.Name, Place: t.Place, Department: t.Department, // else as the glossary has them
			About: cmp.Or(t.About, o.About), Says: cmp.Or(t.Says, o.Says), Alt: cmp.Or(t.Alt, o.Alt),
		}
	}
	return list
}

// namedTexts does so with titles and what is said of them.
func namedTexts(translated, own []gallery.NamedText) []gallery.NamedText {
	list := make([]gallery.NamedText, len(own))
	for i, o := range own {
		t := at(translated, i)
		list[i] = gallery.NamedText{Title: cmp.Or(t.Title, o.Title), Text: cmp.Or(t.Text, o.Text)}
	}
	return list
}

// collaborationText returns what a collaboration says in this language.
func collaborationText(translated, own *gallery.CollaborationText) *gallery.CollaborationText {
	if own == nil {
		return nil
	}
	if translated == nil {
		return own
	}
	t := &gallery.CollaborationText{
		Team: memberTexts(translated.Team, own.Team), Steps: namedTexts(translated.Steps, own.Steps),
		Why: make([]gallery.Answer, len(own.Why)),
	}
	for i, o := range own.Why {
		in := at(translated.Why, i)
		t.Why[i] = gallery.Answer{Question: cmp.Or(in.Question, o.Question), Answer: cmp.Or(in.Answer, o.Answer)}
	}
	return t
}
