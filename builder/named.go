package builder

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gallerist/builder/gallery"
	"gallerist/builder/lang"
	"gallerist/builder/problem"
)

// Publish drops the fields that name a person. A name can also stand where
// people write freely: in the folder's name, of which the address is made, and
// in the texts. Addresses are made without it here; of texts people are told,
// for only they know whether the word is the person.

// personWords returns the parts of the names of those who do not want to be
// named, and of minors all but the first name: with a small first letter or of one
// or two letters they say nothing. A handle is one part too, small or not.
func personWords(s *gallery.Submission) []string {
	if s.Consent.Name && !s.Minor {
		return nil
	}
	var names, handles []string
	for _, a := range s.Authors {
		if a.Kind == "" || a.Kind == gallery.Person {
			names = append(names, strings.FieldsFunc(a.Name, notInWord)...)
		} else {
			names = append(names, a.Name)
		}
		if strings.ContainsAny(a.Name, "@_.0123456789") {
			handles = append(handles, strings.TrimPrefix(a.Name, "@"))
		}
	}
	for _, t := range s.In {
		for _, name := range t.Authors {
			names = append(names, strings.FieldsFunc(name, notInWord)...)
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		first, _ := utf8.DecodeRuneInString(name)
		return unicode.IsLower(first) || utf8.RuneCountInString(name) < 3
	})
	names = append(names, handles...)
	if s.Consent.Name {
		for _, shown := range gallery.PublicAuthors(s) {
			names = slices.DeleteFunc(names, func(name string) bool {
				return name == shown.Name || slices.Contains(slices.Collect(maps.Values(shown.Names)), name)
			})
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func notInWord(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.Nd) }

// namesPerson tells whether a slug holds the name of somebody who does not
// want to be named.
func namesPerson(slug string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		return slices.ContainsFunc(lang.Slugs(word), func(part string) bool {
			return part != "" && strings.Contains("-"+slug+"-", "-"+part+"-")
		})
	})
}

// anonymousSlug stands for a slug that would name somebody.
func anonymousSlug(s *gallery.Submission, words []string) string {
	if namesPerson(s.ID, words) {
		return "w-" + shortHash(s.ID)
	}
	return slugOr("", s.ID, s.ID)
}

// warnNamed tells of texts of a published piece that hold what consent does
// not cover. It does not repeat the word.
func warnNamed(s *gallery.Submission, probs *problem.List) {
	names, places := personWords(s), hiddenPlaces(s)
	if len(names)+len(places) == 0 {
		return
	}
	type hidden struct {
		words      []string
		text, hint string
	}
	list := [2]hidden{
		{names, "%q holds a name of the author, who does not want to be named", "write it otherwise, or set name = true below [consent] if the author agrees"},
		{places, "%q holds a place that the author does not want to be shown", "write it otherwise, or set place = true below [consent] if the author agrees"},
	}
	if s.Minor && s.Consent.Name {
		list[0] = hidden{names, "%q holds more of a minor's name than may be shown", "write it with the first name alone"}
	}
	if s.Minor {
		list[1] = hidden{places, "%q holds a place that is not shown of a minor", "write it otherwise: of where a minor lives nothing finer than the country is shown"}
	}
	told := map[string]bool{}
	warn := func(key, text string) {
		for _, what := range list {
			if id := what.text + key; !told[id] && holdsWord(text, what.words) {
				told[id] = true
				pos, ok := s.At(key)
				if !ok {
					pos = s.Pos
				}
				probs.Warnf(pos, what.hint, what.text, key)
			}
		}
	}
	texts := func(t gallery.PieceText) {
		warn("title", t.Title)
		warn("alt", t.Alt)
		warn("caption", t.Caption)
		warn("story", t.Body)
		if s.Consent.Name && !s.Minor { // else it is dropped
			warn("credit", t.Credit)
		}
		for _, m := range t.Media {
			warn("media", m.Alt+"\n"+m.Caption)
		}
		if said := t.Brand; said != nil {
			for _, a := range said.Awards {
				warn("award", a.Title+"\n"+a.Reason)
			}
			warn("verdict", strings.Join(said.Words, "\n"))
			warn("idea", said.Answer+"\n"+strings.Join(said.Reasons, "\n")+"\n"+said.Outcome)
		}
	}
	texts(s.Text)
	for _, t := range s.In {
		texts(t)
	}
	for _, m := range s.Media {
		warn("media", m.Text.Alt+"\n"+m.Text.Caption)
	}
	for _, a := range s.Awards {
		warn("award", a.Title+"\n"+a.Reason)
	}
	for _, v := range s.Verdicts {
		warn("verdict", v.Words)
	}
	warn("tags", strings.Join(s.Tags, "\n"))
	for _, e := range s.Edits {
		warn("edit", e.What)
	}
}

// hiddenPlaces returns the places of a submission that may not be shown.
func hiddenPlaces(s *gallery.Submission) []string {
	if s.Consent.Place && !s.Minor {
		return nil
	}
	list := []string{s.Place}
	var shown []string
	for _, a := range s.Authors {
		list = append(list, a.Place)
		if s.Consent.Place {
			shown = append(shown, a.Country)
		}
	}
	for _, t := range s.In {
		list = append(list, t.Place)
	}
	return slices.DeleteFunc(list, func(p string) bool { return utf8.RuneCountInString(p) < 3 || slices.Contains(shown, p) })
}

// holdsWord tells whether one of the words stands in a text as a whole word.
func holdsWord(text string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		for at := 0; ; {
			i := strings.Index(text[at:], word)
			if i < 0 {
				return false
			}
			before, _ := utf8.DecodeLastRuneInString(text[:at+i])
			after, _ := utf8.DecodeRuneInString(text[at+i+len(word):])
			if (at+i == 0 || notInWord(before)) && (at+i+len(word) == len(text) || notInWord(after)) {
				return true
			}
			at += i + len(word)
		}
	})
}
