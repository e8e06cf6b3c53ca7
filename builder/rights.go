package builder

import (
	"slices"

	"gallerist/builder/gallery"
	"gallerist/builder/theme"
)

// Rights in plain words: what a call asks people to allow is written out from
// the scopes of the grant, so that the words and what the build enforces are
// the same.

// rightsOf returns what people allow by taking part and what stays theirs: the
// gallery's own words, else those made from the scopes, else what always holds.
func (l *locale) rightsOf(c *gallery.Call, t gallery.Text) (allows, keeps []string) {
	switch {
	case len(t.Call.Rights) > 0:
		return nil, l.typesetAll(t.Call.Rights)
	case len(c.Scope) == 0:
		return nil, l.labels("call.rights_", "author", "name", "edit", "back", "people")
	}
	return l.allowed(c), l.kept(c)
}

// placesOfUse are the scopes that say where a piece may be shown, in the order
// in which a sentence names them.
var placesOfUse = []string{"site", "feed", "embed", "web", "social", "print", "ads"}

// waysOfUse are the scopes that say what may be done with it.
var waysOfUse = []string{"retouch", "translate", "ai-training"}

// allowed says what the brand may do.
func (l *locale) allowed(c *gallery.Call) []string {
	list := []string{l.Label("rights.show", l.List(l.usePlaces(c)))}
	for _, scope := range waysOfUse {
		if slices.Contains(c.Scope, scope) {
			list = append(list, l.Label("rights.may_"+scope))
		}
	}
	return append(list, l.term(c))
}

// usePlaces names where a piece may be shown: "on this site", "in its feeds".
func (l *locale) usePlaces(c *gallery.Call) []string {
	var list []string
	for _, scope := range placesOfUse {
		if slices.Contains(c.Scope, scope) {
			list = append(list, l.Label("rights.in_"+scope))
		}
	}
	return list
}

// term says how long that holds.
func (l *locale) term(c *gallery.Call) string {
	switch n := c.Months; {
	case n == 0:
		return l.Label("rights.no_end")
	case n%12 == 0:
		return l.Plural("rights.years", n/12)
	default:
		return l.Plural("rights.months", n)
	}
}

// kept says what stays the author's, and what the brand does not do without
// asking.
func (l *locale) kept(c *gallery.Call) []string {
	list := l.labels("call.rights_", "author", "name")
	for _, scope := range []string{"retouch", "ads", "print", "ai-training"} {
		if !slices.Contains(c.Scope, scope) {
			list = append(list, l.Label("rights.not_"+scope))
		}
	}
	return append(list, l.labels("call.rights_", "back", "people")...)
}

// consents returns what people are asked to agree to, as a call's page says it.
func (l *locale) consents(g *plannedGallery, c *gallery.Call, t gallery.Text) []theme.Consent {
	var list []theme.Consent
	for i, asked := range l.consentsAsked(c, t) {
		own := theme.Consent{What: l.Label("consent.what_" + asked.what), Text: asked.text, Optional: asked.optional}
		if len(c.Consents) > 0 {
			own.Text, own.Lang = l.Typeset(asked.text), l.langOf(g, asked.text, at(g.Text.Call.Consents, i))
		}
		list = append(list, own)
	}
	return list
}

// consentAsked is one thing that people are asked to agree to, in their words.
type consentAsked struct {
	what     string // one of gallery.ConsentKinds
	text     string
	optional bool
}

// consentsAsked returns what people are asked to agree to, each apart (rights in
// a work are one thing, a person's data another): the gallery's own words, else
// those made from the scopes. Pages, forms and what is taken for a yes when
// answers come back are all made from this list.
func (l *locale) consentsAsked(c *gallery.Call, t gallery.Text) []consentAsked {
	var list []consentAsked
	for i, asked := range c.Consents {
		list = append(list, consentAsked{asked.What, t.Call.Consents[i], asked.Optional})
	}
	if len(list) > 0 || len(c.Scope) == 0 {
		return list
	}
	return []consentAsked{
		{"grant", l.consentToUse(c), false},
		{"name", l.Label("consent.name"), true},
		{"place", l.Label("consent.place"), true},
		{"likeness", l.Label("consent.likeness"), false},
		{"thanks", l.Label("consent.thanks"), true},
	}
}

// consentToUse writes the permission as its giver says it.
func (l *locale) consentToUse(c *gallery.Call) string {
	text := l.Label("consent.use", "site", l.text.Title, "places", l.List(l.usePlaces(c)))
	for _, scope := range waysOfUse {
		if slices.Contains(c.Scope, scope) {
			text += " " + l.Label("consent.use_"+scope)
		}
	}
	switch n := c.Months; {
	case n == 0:
		return text + " " + l.Label("consent.no_end")
	case n%12 == 0:
		return text + " " + l.Plural("consent.years", n/12)
	default:
		return text + " " + l.Plural("consent.months", n)
	}
}

func (l *locale) labels(prefix string, keys ...string) []string {
	list := make([]string, len(keys))
	for i, key := range keys {
		list[i] = l.Label(prefix + key)
	}
	return list
}
