package importer

import (
	"slices"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// MappingFile is kept beside gallery.md. Only import reads it.
const MappingFile = "import.toml"

// Mapping says how answers become submissions of a gallery: import.toml.
type Mapping struct {
	Pos       problem.Pos
	Saved     bool   // it stands in import.toml, and is not only guessed
	Salt      string // of ids; permanent
	Zone      string // of times without one: a name of the IANA list; "" = not needed yet
	DateOrder string // "dmy", "mdy", "ymd"; "" = not needed yet
	Columns   []Column
	Answers   []Answer
	Grant     Terms
}

// Column is a question and the field that its answers go to.
type Column struct {
	Question string
	Field    string // of fields, or contact.WHATEVER; "" = not taken
	Pos      problem.Pos
	Fresh    bool // guessed just now
	Own      bool // of the gallery's own form, whose answers are known
}

// Answer is an answer to a question about consent, and what it gives.
type Answer struct {
	Question string
	Text     string   // to the letter; but for space around it
	Gives    []string // of gives; none = nothing
	Scope    []string // of a "grant"; none = as Terms says
	Count    int      // how many gave it, when it was guessed
}

// Terms is what is asked for: the same for everybody who gives a grant.
type Terms struct {
	Version string
	Text    string   // beginning of the hash of their text; "" = not known
	Scope   []string // what they allow
	Months  int      // how long; 0 = without end
}

// fields are what a question can be about, but for contact.WHATEVER.
var fields = []string{"received", "key", "taken", "title", "alt", "caption", "story", "place", "lang", "license", "tags", "media",
	"author.name", "author.place", "author.country", "author.url", "author.role", "age", "consent"}

// several are the fields to which several questions may go.
var several = []string{"story", "tags", "media", "consent"}

const contactField = "contact."

func isContact(field string) bool { return strings.HasPrefix(field, contactField) }

// gives are what an accepted answer can give: gallery.ConsentKinds, and that
// somebody is a minor.
var gives = append(slices.Clone(gallery.ConsentKinds), "minor")

// field returns where the answers to a question go, and whether that is known.
func (m *Mapping) field(question string) (string, bool) {
	if c := m.column(question); c != nil {
		return c.Field, true
	}
	return "", false
}

func (m *Mapping) column(question string) *Column {
	for i := range m.Columns {
		if m.Columns[i].Question == question {
			return &m.Columns[i]
		}
	}
	return nil
}

// ReadMapping reads import.toml. Without one it is empty; nil where it cannot be
// read.
func ReadMapping(file string, src []byte, probs *problem.List) *Mapping {
	m := &Mapping{Pos: problem.Pos{File: file}}
	if src == nil {
		return m
	}
	before := probs.Count(problem.Error)
	t := strict.TOML(file, src, 1, probs)
	if t == nil {
		return nil
	}
	m.Saved = true
	m.Salt, m.Zone = t.Line("salt"), t.String("zone")
	m.DateOrder = t.OneOf("date_order", dateOrders)
	m.readColumns(t.Table("columns"))
	m.readAnswers(t)
	if g := t.Table("grant"); g != nil {
		m.Grant = Terms{Version: g.Line("terms"), Text: g.Line("text"), Scope: g.SomeOf("scope", gallery.Scopes), Months: g.Int("months")}
	}
	if len(m.Salt) < saltMin {
		t.Errorf("salt", "bring back the line as it was, from an earlier version or a copy: with another one all answers would be taken for new ones",
			"there is no salt, from which the ids are made")
	}
	t.Done()
	if probs.Count(problem.Error) > before {
		return nil
	}
	return m
}

// saltMin is the shortest salt, in characters: 80 bits of chance.
const saltMin = 16

func (m *Mapping) readColumns(t *strict.Table) {
	for _, key := range t.Keys() {
		question, field := strict.Line(strings.Map(plainSpace, strict.Clean(key))), t.Line(key)
		switch {
		case field == "", isContact(field) && len(field) > len(contactField):
		case !slices.Contains(fields, field):
			t.Errorf(key, problem.DidYouMean(field, append(slices.Clone(fields), "contact.email", "contact.phone", "contact.name")), "unknown field %s", strict.Quote(field))
		}
		m.Columns = append(m.Columns, Column{Question: question, Field: field, Pos: t.Pos(key)})
	}
}

func (m *Mapping) readAnswers(t *strict.Table) {
	for _, a := range t.Tables("consent") {
		answer := Answer{Question: strict.Line(strings.Map(plainSpace, a.String("question"))), Text: sameSpace(a.String("answer")),
			Gives: a.SomeOf("gives", gives), Scope: a.SomeOf("scope", gallery.Scopes)}
		if answer.Text == "" {
			a.Errorf("answer", "write the answer as it stands in the table, to the letter", "a consent without the answer that gives it")
			continue
		}
		m.Answers = append(m.Answers, answer)
	}
}

// sameSpace makes every run of space one space, as answers are compared.
func sameSpace(s string) string { return strict.Line(strings.Map(plainSpace, strict.Clean(s))) }
