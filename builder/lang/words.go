package lang

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// A message is a text with its plural forms; one without them has only other.
type message struct{ forms [categories]text }

// A text is a sequence of literal parts and placeholders.
type text []part

type part struct {
	literal string
	name    string // of the placeholder; "" = literal
	quoted  bool   // an opening quotation mark stands before the placeholder
}

// parseText splits at {name}; a brace without a partner is ordinary text.
func parseText(s string) text {
	var t text
	for s != "" {
		open := strings.IndexByte(s, '{')
		end := strings.IndexByte(s, '}')
		if open < 0 || end < open {
			return append(t, part{literal: s})
		}
		if open > 0 {
			t = append(t, part{literal: s[:open]})
		}
		t = append(t, part{literal: s[open : end+1], name: s[open+1 : end]})
		s = s[end+1:]
	}
	return t
}

// placeholders returns the sorted names in t, each once.
func (t text) placeholders() []string {
	var names []string
	for _, p := range t {
		if p.name != "" {
			names = append(names, p.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// fill writes t with its placeholders replaced. args are pairs of name and
// value, or one value alone for a text with one placeholder.
func (l *Language) fill(t text, args []any) string {
	if len(t) == 1 && t[0].name == "" {
		return t[0].literal
	}
	var room [64]byte
	b := room[:0]
	for _, p := range t {
		v, ok := argument(p.name, args)
		switch {
		case p.name == "" || !ok:
			b = append(b, p.literal...)
		case p.quoted:
			b = append(b, l.innerQuotes(l.value(v))...)
		default:
			b = append(b, l.value(v)...)
		}
	}
	return string(b)
}

// join is Label for texts alone, which need not be put into interfaces.
func (l *Language) join(key string, pairs ...string) string {
	m, ok := l.words[key]
	if !ok {
		return "[" + key + "]"
	}
	return l.joinText(m.forms[other], pairs...)
}

func (l *Language) joinText(t text, pairs ...string) string {
	var room [64]byte
	b := room[:0]
	for _, p := range t {
		v, found := p.literal, false
		for at := 0; at < len(pairs) && p.name != "" && !found; at += 2 {
			if found = pairs[at] == p.name; found {
				v = pairs[at+1]
			}
		}
		if found && p.quoted {
			v = l.innerQuotes(v)
		}
		b = append(b, v...)
	}
	return string(b)
}

// markQuoted marks the placeholders of all texts that stand in quotation marks.
func (l *Language) markQuoted() {
	for _, m := range l.words {
		for _, t := range m.forms {
			for i := 1; i < len(t); i++ {
				t[i].quoted = t[i].name != "" && strings.HasSuffix(t[i-1].literal, l.quote(0))
			}
		}
	}
}

func argument(name string, args []any) (any, bool) {
	if name == "" {
		return nil, false
	}
	if len(args) == 1 {
		return args[0], true
	}
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

func (l *Language) value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return l.Number(v)
	case time.Time:
		return l.Date(v)
	}
	return fmt.Sprint(v)
}

// Label returns the words under a dotted key such as "gallery.older", with
// its placeholders filled from pairs of name and value ("name", "Маша"), or
// from one value where the text has one placeholder. Numbers and dates are
// written in the language's way; give a string where they must not be. A key
// that does not exist gives "[key]".
func (l *Language) Label(key string, args ...any) string {
	m, ok := l.words[key]
	if !ok {
		return "[" + key + "]"
	}
	return l.fill(m.forms[other], args)
}

// Plural returns the words under key in the form that the number n wants. {n}
// stands for the number; further placeholders are filled as in Label.
func (l *Language) Plural(key string, n int, args ...any) string {
	m, ok := l.words[key]
	if !ok {
		return "[" + key + "]"
	}
	t := m.forms[l.category(n)]
	if t == nil {
		t = m.forms[other]
	}
	pairs := make([]any, 0, 8)
	return l.fill(t, append(append(pairs, "n", n), args...))
}

// Has reports whether there are words under key.
func (l *Language) Has(key string) bool { _, ok := l.words[key]; return ok }

// Keys returns every key, sorted.
func (l *Language) Keys() []string { return slices.Sorted(maps.Keys(l.words)) }

// Roles returns the role words that front matter may use, sorted: those of
// the program and those that the site's own words add.
func (l *Language) Roles() []string {
	var roles []string
	for key := range l.words {
		if role, ok := strings.CutPrefix(key, "roles."); ok {
			roles = append(roles, role)
		}
	}
	slices.Sort(roles)
	return roles
}

// Roles returns the role words of every language of the program, sorted.
func Roles() []string {
	l, _ := Load(fallback)
	return l.Roles()
}

// Role returns the word for what somebody is, or role itself where the
// language has no word for it.
func (l *Language) Role(role string) string { return l.wordOr("roles.", role) }

// License returns the name of a licence by its SPDX identifier, "all rights
// reserved" for "", and the identifier itself where the language has no name
// for it.
func (l *Language) License(id string) string {
	if id == "" {
		return l.Label("license.none")
	}
	return l.wordOr("license.", id)
}

func (l *Language) wordOr(prefix, word string) string {
	if key := prefix + word; l.Has(key) {
		return l.Label(key)
	}
	return word
}
