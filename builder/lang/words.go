package lang

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"gallerist/builder/problem"
)

// maxWords limits a site's own word file; ours have a tenth of it.
const maxWords = 256 << 10

// meta is the table [language].
type meta struct {
	Name, Dir, Locale, Plural, Group, Case string
	Quotes                                 [4]string
	Glue                                   []string
}

// A message is a text with its plural forms; one without them has only other.
type message struct {
	forms  [categories]text
	plural bool
}

// A text is a sequence of literal parts and placeholders.
type text []part

type part struct {
	literal string
	name    string // of the placeholder; "" = literal
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
	var b strings.Builder
	for _, p := range t {
		if p.name == "" {
			b.WriteString(p.literal)
		} else if v, ok := argument(p.name, args); ok {
			b.WriteString(l.value(v))
		} else {
			b.WriteString(p.literal)
		}
	}
	return b.String()
}

func argument(name string, args []any) (any, bool) {
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

// read lays the words of one file over those there are. problems is nil for
// the program's own files, which tests keep right.
func (l *Language) read(file string, data []byte, problems *problem.List) {
	r := reader{l: l, file: file, data: string(data), problems: problems}
	if len(data) > maxWords {
		r.complain("", "keep only the words that differ from the program's", "the file has %d bytes, more than %d", len(data), maxWords)
		return
	}
	tables := map[string]any{}
	if _, err := toml.Decode(r.data, &tables); err != nil {
		r.syntax(err)
		return
	}
	doc := struct { // filled first, so that a file need not repeat what it keeps
		Language meta
		Date     dateWords
		List     listWords
	}{l.meta, l.date, l.list}
	if _, err := toml.Decode(r.data, &doc); err != nil {
		r.complain("language", "compare with languages/en.toml", "the table [language], [date] or [list] has a value of another kind than expected: %v", err)
		return
	}
	l.meta, l.date, l.list = doc.Language, doc.Date, doc.List
	for _, name := range []string{"language", "date", "list"} {
		delete(tables, name)
	}
	r.table("", tables)
}

// reader lays one file over a language.
type reader struct {
	l        *Language
	file     string
	data     string
	problems *problem.List
}

func (r *reader) table(prefix string, table map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(table)) {
		key := prefix + name
		switch v := table[name].(type) {
		case string:
			r.set(key, map[string]any{"other": v})
		case map[string]any:
			if isPlural(v) {
				r.set(key, v)
			} else {
				r.table(key+".", v)
			}
		default:
			r.complain(key, "write the words in quotation marks", "%q is not a text", key)
		}
	}
}

func isPlural(table map[string]any) bool {
	for name, v := range table {
		if _, ok := v.(string); !ok || !slices.Contains(categoryNames[:], name) {
			return false
		}
	}
	return len(table) > 0
}

// set stores one message after comparing it with the one it replaces: the
// words may change, the key and the placeholders may not.
func (r *reader) set(key string, forms map[string]any) {
	old, exists := r.l.words[key]
	if r.problems != nil && !exists && !strings.HasPrefix(key, "roles.") && !strings.HasPrefix(key, "works.") && !strings.HasPrefix(key, "license.") {
		r.complain(key, problem.DidYouMean(key, near(key, r.l.Keys())), "unknown key %q", key)
		return
	}
	m := message{plural: len(forms) > 1}
	for i, name := range categoryNames {
		s, ok := forms[name].(string)
		if !ok {
			continue
		}
		m.forms[i] = parseText(r.l.typeset(s))
		if exists {
			r.comparePlaceholders(key, old, m.forms[i])
		}
	}
	if m.forms[other] == nil {
		m.forms[other] = m.forms[many]
	}
	r.l.words[key] = m
}

func (r *reader) comparePlaceholders(key string, old message, new text) {
	allowed := append(old.forms[other].placeholders(), "n")
	for _, name := range new.placeholders() {
		if !slices.Contains(allowed, name) {
			r.complain(key, "known here: {"+strings.Join(allowed, "}, {")+"}", "unknown placeholder {%s} in %q", name, key)
		}
	}
}

// near returns the keys of the same table, for a shorter hint.
func near(key string, keys []string) []string {
	table, _, _ := strings.Cut(key, ".")
	var same []string
	for _, k := range keys {
		if strings.HasPrefix(k, table+".") {
			same = append(same, k)
		}
	}
	if same == nil {
		return keys
	}
	return same
}

func (r *reader) complain(key, hint, format string, args ...any) {
	if r.problems == nil {
		panic(fmt.Sprintf("lang: "+format, args...)) // our own file: a test would have failed
	}
	r.problems.Errorf(problem.Pos{File: r.file, Line: lineOf(r.data, key)}, hint, format, args...)
}

func (r *reader) syntax(err error) {
	pos, text := problem.Pos{File: r.file}, err.Error()
	if p, ok := err.(toml.ParseError); ok {
		pos.Line, pos.Col = p.Position.Line, p.Position.Col
		text = p.Message
	}
	if r.problems == nil {
		panic("lang: " + text)
	}
	r.problems.Errorf(pos, "texts stand in quotation marks after an equals sign: older = \"Older\"", "this is not TOML: %s", text)
}

// lineOf returns the line on which a dotted key is written, or 0.
func lineOf(data, key string) int {
	table, line := "", 0
	for s := range strings.Lines(data) {
		line++
		s = strings.TrimSpace(s)
		if strings.HasPrefix(s, "[") {
			table = strings.Trim(strings.SplitN(s, "#", 2)[0], "[] \t") + "."
			if strings.TrimSuffix(table, ".") == key {
				return line
			}
			continue
		}
		name, _, ok := strings.Cut(s, "=")
		name = strings.TrimSpace(name)
		if unquoted, err := strconv.Unquote(name); err == nil {
			name = unquoted
		}
		if ok && (table+name == key || name == key) {
			return line
		}
	}
	return 0
}

// typeset sets the no-break spaces of a sentence: after short words that
// should not end a line and before dashes. Labels are left alone: they are
// short, and other programs compare them.
func (l *Language) typeset(s string) string {
	if len(l.meta.Glue) == 0 || !strings.ContainsAny(s[max(0, len(s)-1):], ".!?:") {
		return s
	}
	words := strings.Split(s, " ")
	var b strings.Builder
	for i, w := range words {
		b.WriteString(w)
		if i == len(words)-1 {
			break
		}
		bare := strings.ToLower(strings.TrimLeft(w, "«„(\u00a0"))
		if slices.Contains(l.meta.Glue, bare) || words[i+1] == "—" {
			b.WriteString("\u00a0")
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
