package amend

import "strings"

type span struct{ from, end int }

// flow is a list between brackets or a table between braces: what stands in it
// is parted by commas, in TOML and in YAML.
type flow struct {
	text      string // of the whole document
	from, end int    // brackets counted
	items     []span
	newline   string
	pad       string // between brackets and what stands in them
}

// lineStart and lineEnd return where the line of an offset begins, and where the
// next one does.
func lineStart(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }

func lineEnd(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(text)
}

func (f flow) splice(from, end int, text string) string {
	return f.text[:from] + text + f.text[end:]
}

// alone returns what stands before an item on its line, if it is only space, and
// the brackets begin on a line before.
func (f flow) alone(item span) (indent string, ok bool) {
	from := lineStart(f.text, item.from)
	indent = f.text[from:item.from]
	return indent, from > f.from && strings.TrimSpace(indent) == ""
}

// add returns the document with text as the i-th item.
func (f flow) add(i int, text string) string {
	switch {
	case len(f.items) == 0:
		return f.addFirst(text)
	case i < len(f.items):
		if indent, ok := f.alone(f.items[i]); ok {
			from := lineStart(f.text, f.items[i].from)
			return f.splice(from, from, indent+text+","+f.newline)
		}
		return f.splice(f.items[i].from, f.items[i].from, text+", ")
	}
	last := f.items[len(f.items)-1]
	if indent, ok := f.alone(last); ok {
		return f.addLine(last, indent, text)
	}
	return f.splice(last.end, last.end, ", "+text)
}

// addFirst writes into empty brackets.
func (f flow) addFirst(text string) string {
	if strings.TrimSpace(f.text[f.from+1:f.end-1]) == "" {
		return f.splice(f.from+1, f.end-1, f.pad+text+f.pad)
	}
	return f.splice(f.from+1, f.from+1, text+",") // a comment stands in it
}

// addLine writes a line below the last item, with a comma where that one has.
func (f flow) addLine(last span, indent, text string) string {
	after := strings.TrimLeft(f.text[last.end:], " \t")
	at := lineEnd(f.text, last.end)
	switch {
	case strings.HasPrefix(after, ","):
		return f.splice(at, at, indent+text+","+f.newline)
	case strings.HasPrefix(after, "]") || strings.HasPrefix(after, "}"): // on the line of the last one
		return f.splice(last.end, last.end, ","+f.newline+indent+text)
	}
	return f.splice(last.end, at, ","+f.text[last.end:at]+indent+text+f.newline)
}

// remove returns the document without the n-th item.
func (f flow) remove(n int) string {
	item := f.items[n]
	end := lineEnd(f.text, item.end)
	rest := strings.TrimLeft(f.text[item.end:end], " \t\r\n,")
	if _, ok := f.alone(item); ok && (rest == "" || rest[0] == '#') {
		return f.splice(lineStart(f.text, item.from), end, "")
	}
	switch {
	case n+1 < len(f.items):
		return f.splice(item.from, f.items[n+1].from, "")
	case n > 0:
		before := f.items[n-1].end
		if strings.Contains(f.text[before:item.from], "\n") {
			before = item.from // a comment may stand there
		}
		return f.splice(before, item.end, "")
	}
	end = item.end
	if after := strings.TrimLeft(f.text[end:], " \t"); strings.HasPrefix(after, ",") {
		end = len(f.text) - len(after) + 1
	}
	if strings.TrimSpace(f.text[f.from+1:item.from]) == "" && strings.TrimSpace(f.text[end:f.end-1]) == "" {
		return f.splice(f.from+1, f.end-1, "")
	}
	return f.splice(item.from, end, "")
}
