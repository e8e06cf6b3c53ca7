package source

import (
	"slices"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// call reads the part of a call that is the same in all languages.
func (r *reader) call(f *folder, t *strict.Table) *gallery.Call {
	c := &gallery.Call{
		Pos: t.At(), Opens: t.Time("opens", r.opt.Zone), Closes: t.Until("closes", r.opt.Zone),
		Results: t.Time("results", r.opt.Zone), Revision: atLeastZero(t, "revision"),
		Form: webAddress(t, "form"), Hashtag: hashtag(t), Examples: t.Strings("examples"),
		Terms: t.Line("terms"), Scope: t.SomeOf("scope", gallery.Scopes), Months: atLeastZero(t, "months"),
	}
	switch {
	case !c.Closes.IsZero() && c.Closes.Before(c.Opens):
		t.Errorf("closes", "exchange the two, or check the years", "the call closes before it opens")
	case !c.Results.IsZero() && c.Results.Before(c.Closes):
		t.Errorf("results", "move results behind closes, or check the years", "the results come before the call closes")
	}
	if strings.HasPrefix(c.Form, "http:") {
		t.Warnf("form", "write https://, if the form is there too", "the form %s is not encrypted: what people send can be read on its way", strict.Quote(c.Form))
	}
	if c.Form != "" && len(c.Scope) == 0 && len(t.Strings("rights")) == 0 {
		f.probs.Notef(t.Pos("form"), `say what people allow you with their work: scope = ["site", "feed"] in [call], or rights in words of your own`,
			"a call with a form does not say what people agree to")
	}
	c.Consents = consents(t)
	return c
}

// consents reads what people are asked to agree to.
func consents(t *strict.Table) []gallery.Consented {
	var list []gallery.Consented
	for _, each := range t.Tables("consent") {
		c := gallery.Consented{Pos: each.At(), What: each.OneOf("what", gallery.ConsentKinds), Optional: each.Bool("optional")}
		asked := func(o gallery.Consented) bool { return o.What == c.What }
		switch {
		case each.Empty("what"):
			each.Errorf("what", "one of: "+strings.Join(gallery.ConsentKinds, ", "), "a consent that does not say to what")
		case each.Empty("text"):
			each.Errorf("text", "write what people agree to, in a sentence that begins with I", "a consent without its words")
		case slices.ContainsFunc(list, asked):
			each.Errorf("what", "make one of the two", "the consent %q is asked for twice", c.What)
		}
		list = append(list, c)
	}
	return list
}

// callText reads the words of a call.
func callText(t *strict.Table) gallery.CallText {
	text := gallery.CallText{
		Question: t.Line("question"), Steps: t.Strings("steps"), Wants: t.Strings("wants"),
		Rights: t.Strings("rights"), After: t.String("after"),
	}
	for _, each := range t.Tables("consent") {
		text.Consents = append(text.Consents, each.Line("text"))
	}
	return text
}

// hashtag reads a hashtag, which may stand with its #.
func hashtag(t *strict.Table) string {
	tag := strings.TrimLeft(t.Line("hashtag"), "#")
	if strings.ContainsFunc(tag, func(r rune) bool { return !isWordRune(r) || r == '-' }) {
		t.Errorf("hashtag", "use letters, digits and _ only: networks cut a hashtag at anything else", "%s cannot be a hashtag", strict.Quote(tag))
		return ""
	}
	return tag
}

// atLeastZero reads a number that counts something.
func atLeastZero(t *strict.Table, key string) int {
	n := t.Int(key)
	if n < 0 {
		t.Errorf(key, "write 0 or more", "%q cannot be less than nothing", key)
		return 0
	}
	return n
}
