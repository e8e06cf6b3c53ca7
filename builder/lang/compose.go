package lang

import "strings"

// Compose goes through a text that is to be filled: literal is given what stands
// as it is, value the name of each {placeholder}, and whether it stands in the
// language's quotation marks; see InnerQuotes.
func (l *Language) Compose(s string, literal func(string), value func(name string, quoted bool)) {
	before := ""
	for _, p := range parseText(s) {
		if p.name == "" {
			literal(p.literal)
		} else {
			value(p.name, strings.HasSuffix(before, l.quote(0)))
		}
		before = p.literal
	}
}

// InnerQuotes returns a text as it stands in quotation marks: with its own
// marks the inner ones.
func (l *Language) InnerQuotes(s string) string { return l.innerQuotes(s) }
