package lang

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// Words is a file of the words of a theme or a site in the shape of languages/en.toml,
// holding only what differs. One that gives language.name may bring a language
// that the program does not know.
type Words struct {
	File string // for messages
	Data []byte
}

// Load returns the language for a BCP 47 tag such as "ru" or "en-GB", with other
// words over its own: the theme's, then the site's. It always returns a usable
// language: for a tag that is not known it says so and speaks English.
func Load(tag string, over ...Words) (*Language, problem.List) {
	l := &Language{words: map[string]message{}, lists: map[string][]string{}}
	l.tag, l.base = canonical(tag)
	known := slices.Contains(Known(), l.base)
	r := reader{l: l, ours: true}
	r.read("languages/"+fallback+".toml", embedded(fallback))
	if known && l.base != fallback {
		r.read("languages/"+l.base+".toml", embedded(l.base))
	}
	for _, own := range over {
		site := reader{l: l, problems: r.problems, set: map[string]bool{}}
		site.read(own.File, own.Data)
		if !known && site.set["language.name"] {
			known = true
			site.tellMissing(own.File)
		}
		r.problems = site.problems
	}
	if !known {
		r.problems.Errorf(problem.Pos{}, problem.DidYouMean(tag, Known())+
			"; or write the words of this language into a file of your own", "unknown language %q", tag)
		l.tag, l.base = fallback, fallback
	}
	l.prepare()
	return l, r.problems
}

// Known returns the tags of the languages that the program brings, sorted.
func Known() []string {
	files, err := languages.ReadDir("languages")
	if err != nil {
		panic(err) // embedded: cannot be absent
	}
	var tags []string
	for _, f := range files {
		tags = append(tags, strings.TrimSuffix(f.Name(), ".toml"))
	}
	return tags
}

func embedded(tag string) []byte {
	data, err := languages.ReadFile("languages/" + tag + ".toml")
	if err != nil {
		panic(err) // embedded: Known lists it
	}
	return data
}

// allowed holds the keys whose values are not free.
var allowed = map[string][]string{
	"language.dir":      {"ltr", "rtl"},
	"language.plural":   {"none", "english", "russian", "polish", "french", "arabic"},
	"language.case":     {"", "genitive"},
	"language.vocative": {"", "given"},
}

// extensible are tables to which a file may add keys of its own.
var extensible = []string{"roles.", "works.", "license.", "zones."}

// reader lays one file over a language.
type reader struct {
	l        *Language
	ours     bool            // the program's own file: may bring keys
	set      map[string]bool // keys the file has; nil = of no interest
	problems problem.List
}

func (r *reader) read(file string, data []byte) {
	t := strict.TOML(file, data, 1, &r.problems)
	if t == nil {
		return
	}
	// Before all others, because texts are set by it.
	if lt, ok := t.Raw("language").(map[string]any); ok && lt["glue"] != nil {
		r.list(t.Table("language"), "glue", "language.glue")
	}
	r.table("", t)
}

func (r *reader) table(prefix string, t *strict.Table) {
	for _, name := range t.Keys() {
		key := prefix + name
		switch v := t.Raw(name).(type) {
		case string:
			r.message(t, name, key, map[string]any{"other": v})
		case []any:
			r.list(t, name, key)
		case map[string]any:
			if isPlural(v) {
				r.message(t, name, key, v)
			} else {
				r.table(key+".", t.Table(name))
			}
		default:
			t.Errorf(name, "write the words in quotation marks", "%q is not a text", key)
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

// message stores a text over the one there is: its words may change, its key
// and its placeholders may not.
func (r *reader) message(t *strict.Table, name, key string, forms map[string]any) {
	old, exists := r.l.words[key]
	if !exists && !r.mayAdd(t, name, key) {
		return
	}
	if values := allowed[key]; values != nil && !slices.Contains(values, forms["other"].(string)) {
		t.Errorf(name, problem.DidYouMean(forms["other"].(string), values), "unknown %s %q", key, forms["other"])
		return
	}
	var m message
	for i, category := range categoryNames {
		if s, ok := forms[category].(string); ok {
			m.forms[i] = parseText(r.l.typeset(strict.Clean(s)))
			if exists {
				samePlaceholders(t, name, key, old, m.forms[i])
			}
		}
	}
	for _, spare := range [...]int{many, few, two, one, zero} {
		if m.forms[other] == nil {
			m.forms[other] = m.forms[spare]
		}
	}
	r.l.words[key] = m
	r.remember(key)
}

// mayAdd reports whether a file may bring a key that there was not, and
// complains if not.
func (r *reader) mayAdd(t *strict.Table, name, key string) bool {
	if r.ours || slices.ContainsFunc(extensible, func(table string) bool { return strings.HasPrefix(key, table) }) {
		return true
	}
	keys := slices.Concat(r.l.Keys(), slices.Sorted(maps.Keys(r.l.lists)))
	t.Errorf(name, problem.DidYouMean(key, near(key, keys)), "unknown key %q", key)
	return false
}

func (r *reader) remember(key string) {
	if r.set != nil {
		r.set[key] = true
	}
}

func samePlaceholders(t *strict.Table, name, key string, old message, fresh text) {
	known := append(old.forms[other].placeholders(), "n")
	for _, p := range fresh.placeholders() {
		if !slices.Contains(known, p) {
			t.Errorf(name, "known here: {"+strings.Join(known, "}, {")+"}", "unknown placeholder {%s} in %q", p, key)
		}
	}
}

// list stores a list of words; those with a fixed number keep it.
func (r *reader) list(t *strict.Table, name, key string) {
	old, exists := r.l.lists[key]
	if !exists && !r.mayAdd(t, name, key) {
		return
	}
	list := t.Strings(name)
	if exists && key != "language.glue" && len(list) != len(old) {
		t.Errorf(name, "compare with languages/en.toml", "%q has %d words instead of %d", key, len(list), len(old))
		return
	}
	r.l.lists[key] = list
	r.remember(key)
}

// tellMissing names what a site's own language leaves to English.
func (r *reader) tellMissing(file string) {
	var missing []string
	for _, key := range r.l.Keys() {
		if !r.set[key] {
			missing = append(missing, key)
		}
	}
	if len(missing) > 0 {
		r.problems.Warnf(problem.Pos{File: file}, "add "+strings.Join(missing[:min(len(missing), 8)], ", "),
			"%d texts of the language are missing and stay English", len(missing))
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

// gluedAtMost is how long a word may be, in characters, for a short one to stay
// on its line: on a phone both together would be wider than a headline.
const gluedAtMost = 14

func isNumber(word string) bool { return word != "" && strings.Trim(word, "0123456789") == "" }

// typeset sets the no-break spaces of a sentence: after short words and
// numbers, which should not end a line, and before dashes. Labels are left alone: they are
// short, and other programs compare them; but French sets its marks everywhere.
func (l *Language) typeset(s string) string {
	if !strings.ContainsAny(s[max(0, len(s)-1):], ".!?:") {
		return l.spaced(s)
	}
	return l.Typeset(s)
}

// Typeset sets the no-break spaces of a heading as the language wants them.
// What is compared, or goes to other programs, is better left as it is.
func (l *Language) Typeset(s string) string {
	s = l.spaced(s)
	glue := l.lists["language.glue"]
	if len(glue) == 0 {
		return s
	}
	var b []byte // s as far as done, once something is glued
	done := 0
	for from := 0; ; {
		to := strings.IndexByte(s[from:], ' ')
		if to < 0 {
			break
		}
		word, rest := s[from:from+to], s[from+to+1:]
		next, _, _ := strings.Cut(rest, " ")
		short := isNumber(word) || slices.Contains(glue, strings.ToLower(strings.TrimLeft(word, "«„(")))
		if next == "—" || next == "–" || short && utf8.RuneCountInString(next) <= gluedAtMost {
			b = append(append(b, s[done:from+to]...), "\u00a0"...)
			done = from + to + 1
		}
		from += to + 1
	}
	if b == nil {
		return s
	}
	return string(append(b, s[done:]...))
}
