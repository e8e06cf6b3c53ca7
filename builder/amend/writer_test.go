package amend

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// writer writes random documents and changes.
type writer struct {
	*rand.Rand
	newline  string
	comments int
}

func pick[T any](w *writer, from ...T) T { return from[w.IntN(len(from))] }

// place chooses where to change something: what is there, or a key that is not.
func (w *writer) place(t tree) (path []string, old any, is bool) {
	var at any = t
	for {
		switch x := at.(type) {
		case map[string]any:
			keys := slices.Sorted(maps.Keys(x))
			if len(keys) == 0 || w.IntN(4) == 0 {
				from := len(path)
				path = append(path, "new"+pick(w, "", "-er", "est"))
				for range w.IntN(3) {
					path = append(path, pick(w, "sub", "0"))
				}
				if slices.Equal(path[len(path)-1:], []string{"0"}) && pick(w, true, false) {
					path = append(path, "x")
				}
				if i := from + slices.Index(path[from:], "0"); i > from && slices.Contains(path[i+1:], "0") {
					path = path[:i] // lists in lists are nobody's
				}
				return path, nil, false
			}
			path = append(path, pick(w, keys...))
			at = x[path[len(path)-1]]
		case []any:
			n := w.IntN(len(x) + 1)
			if len(x) > 0 && !isTable(x) && pick(w, true, false) {
				return path, at, true
			}
			path = append(path, fmt.Sprint(n))
			if n == len(x) {
				if isTable(x) {
					path = append(path, "key")
				}
				return path, nil, false
			}
			at = x[n]
		default:
			return path, at, true
		}
		if w.IntN(12) == 0 && isTable(at) {
			return path, at, true
		}
	}
}

// value chooses what to set; of a table, only nothing.
func (w *writer) value(old any) any {
	if isTable(old) {
		return nil
	}
	if _, ok := old.([]any); ok {
		out := []string{}
		for range w.IntN(4) {
			out = append(out, pick(w, "cat", "dog", "sun", "a, b", "it's"))
		}
		return out
	}
	return pick[any](w, "approved", "word", "", "it's", `a "b" \ c`, "x: y # z", "a\nb", "two\n\nparts\n", "кот", "yes", "12", "2026-01-01", " x", "-",
		true, false, 7, 2.5, 3.0, []string{"a", "b"}, []float64{0.5, 1}, Date{time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)},
		time.Date(2026, 11, 2, 10, 0, 0, 0, time.FixedZone("", 3*3600)))
}

func (w *writer) document() []byte {
	var b strings.Builder
	b.WriteString(pick(w, "", "", "", "\ufeff"))
	fence, inner := "+++", w.toml
	if pick(w, true, false) {
		fence, inner = "---", w.yaml
	}
	b.WriteString(fence + "\n" + inner() + fence + pick(w, "", "\n", "\nA story.\n", "\nA story."))
	text := b.String()
	if w.IntN(3) == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return []byte(text)
}

func (w *writer) comment() string {
	if w.comments++; w.IntN(3) > 0 {
		return ""
	}
	return fmt.Sprintf("%s#c%d", pick(w, " ", "   "), w.comments)
}

// gap is what may stand between lines.
func (w *writer) gap(indent string) string {
	w.comments++
	return pick(w, "", "", "", "\n", fmt.Sprintf("%s#c%d\n", indent, w.comments))
}

func (w *writer) words() string { return pick(w, "cat", "dog", "sun", "balcony", "latte", "tea") }

func (w *writer) toml() string {
	var b strings.Builder
	used := map[string]bool{}
	pairs := func(indent string) {
		clear(used)
		for range w.IntN(5) {
			b.WriteString(w.gap(indent) + indent + w.tomlPair(used) + w.comment() + "\n")
		}
	}
	pairs("")
	for _, table := range []string{"author", "grant", "deep.er"} {
		if w.IntN(2) == 0 {
			indent := pick(w, "", "", "  ")
			b.WriteString(w.gap("") + pick(w, "", "\n") + "[" + table + "]" + w.comment() + "\n")
			pairs(indent)
		}
	}
	for range w.IntN(4) {
		b.WriteString(w.gap("") + pick(w, "", "\n") + "[[award]]" + w.comment() + "\n")
		pairs("")
		if w.IntN(3) == 0 {
			b.WriteString("[award.more]\n")
			pairs("")
		}
	}
	return b.String() + w.gap("")
}

func (w *writer) tomlPair(used map[string]bool) string {
	key := pick(w, "a", "bb", "ccc", "title", "status", `"odd key"`, "dot.one", "dot.two", "'q.x'")
	for used[key] {
		key = "x" + strings.NewReplacer(`"`, "", "'", "", " ", "", ".", "").Replace(key)
	}
	used[key] = true
	return key + pick(w, " = ", " = ", "=", "   = ", " =  ") + w.tomlValue(0)
}

func (w *writer) tomlValue(depth int) string {
	n := 12
	if depth > 0 {
		n = 6
	}
	switch w.IntN(n) {
	case 0, 1:
		return `"` + w.words() + `"`
	case 2:
		return "'" + w.words() + "'"
	case 3:
		return pick(w, "true", "false")
	case 4:
		return pick(w, "1", "25", "0.5", "-3")
	case 5:
		return pick(w, "2026-11-02", "2026-11-02T08:14:00+03:00", "2026-11-02T08:14:00", "2026-11-02 08:14:00Z")
	case 6:
		return `"` + pick(w, `a \"b\" \\ c`, "кот", "a # b", "é́", "") + `"`
	case 7:
		quote := pick(w, `"""`, "'''")
		return quote + pick(w, "", "\n") + "one\ntwo " + pick(w, "", "\"", "\n") + "x" + quote
	case 8:
		return "[" + pick(w, "", " ") + w.list(", ", `"`) + "]"
	case 9:
		return "[\n  " + strings.ReplaceAll(w.list(fmt.Sprintf(",%s\n  ", w.comment()), `"`), "x", "y") + pick(w, "", ",") + w.comment() + "\n]"
	case 10:
		return "{ a = " + w.tomlValue(1) + ", b = " + w.tomlValue(1) + " }"
	}
	return "[{ a = " + w.tomlValue(1) + " }, {b=" + w.tomlValue(1) + "}]"
}

// list writes one to four texts.
func (w *writer) list(between, quote string) string {
	var out []string
	for range 1 + w.IntN(4) {
		out = append(out, quote+w.words()+quote)
	}
	return strings.Join(out, between)
}

func (w *writer) yaml() string {
	var b strings.Builder
	w.yamlTable(&b, "", 0)
	return b.String() + w.gap("")
}

func (w *writer) yamlTable(b *strings.Builder, indent string, depth int) {
	used := map[string]bool{}
	for range 1 + w.IntN(4) {
		b.WriteString(w.gap(indent))
		w.yamlPair(b, indent, depth, used)
	}
}

func (w *writer) yamlPair(b *strings.Builder, indent string, depth int, used map[string]bool) {
	key := pick(w, "a", "bb", "title", "status", `"odd key"`, "'q.x'", "on", "имя")
	for used[key] {
		key = "x" + strings.Trim(key, `"'`)
	}
	used[key] = true
	b.WriteString(indent + key + ":")
	n := 12
	if depth > 2 {
		n = 9
	}
	switch w.IntN(n) {
	case 0:
		b.WriteString(w.comment() + "\n")
	case 1:
		sign := pick(w, "|", "|-", ">", ">-", "|+")
		b.WriteString(" " + sign + w.comment() + "\n" + indent + "   one\n" + indent + "   two # no\n")
		if w.IntN(2) == 0 {
			b.WriteString("\n" + indent + "   three\n")
		}
	case 2:
		b.WriteString(" one\n" + indent + "    two" + w.comment() + "\n")
	case 3:
		b.WriteString(" [\n" + indent + "  " + w.list(fmt.Sprintf(",%s\n%s  ", w.comment(), indent), `"`) + pick(w, "", ",") + w.comment() + "\n" + indent + "]\n")
	case 9:
		b.WriteString(w.comment() + "\n")
		w.yamlTable(b, indent+pick(w, "  ", "    "), depth+1)
	case 10:
		b.WriteString(w.comment() + "\n")
		in := indent + pick(w, "", "  ")
		for range 1 + w.IntN(3) {
			b.WriteString(in + "- " + w.words() + w.comment() + "\n" + w.gap(in))
		}
	case 11:
		b.WriteString(w.comment() + "\n")
		in := indent + pick(w, "", "  ")
		for range 1 + w.IntN(3) {
			var item strings.Builder
			w.yamlTable(&item, in+"  ", depth+1)
			text := item.String()
			if first := strings.TrimLeft(text, " \n"); first[0] != '#' {
				text = in + "- " + first
			} else {
				text = in + "-\n" + text
			}
			b.WriteString(text)
		}
	default:
		b.WriteString(pick(w, " ", " ", "   ") + w.yamlValue(0) + w.comment() + "\n")
	}
}

func (w *writer) yamlValue(depth int) string {
	n := 8
	if depth > 0 {
		n = 5
	}
	switch w.IntN(n) {
	case 0, 1:
		return w.words()
	case 2:
		return `"` + w.words() + `"`
	case 3:
		return "'" + w.words() + "'"
	case 4:
		return pick(w, "true", "12", "0.5", "2026-11-02", "2026-11-02T08:14:00+03:00", "~")
	case 5:
		return "[" + w.list(", ", pick(w, "", "'")) + "]"
	case 6:
		return "{" + pick(w, "", " ") + "a: " + w.yamlValue(1) + ", b: " + w.yamlValue(1) + "}"
	}
	return "[{a: " + w.yamlValue(1) + "}, {b: " + w.yamlValue(1) + "}]"
}
