package strict

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// where is where a key and its value stand.
type where struct{ key, val place }

// overrun is a limit that a document goes beyond.
type overrun struct {
	at         place
	text, hint string
}

// scanner walks TOML without understanding values: it finds where keys stand
// and holds the limits of nesting, parts and length. It is right for every
// document up to its first mistake, and stops somewhere after it; the parser,
// which stops at the mistake, is then never given more than the scan saw.
type scanner struct {
	s     string
	i     int
	line  int
	start int // of the line, in s
	index map[string]where
	count map[string]int // elements so far of arrays of tables
	over  *overrun

	outline *outline // nil unless asked for
}

// scanTOML returns where everything stands, by path, or the limit overrun.
// The parts of a path are joined by NUL, elements of arrays are numbers.
func scanTOML(text string, firstLine int) (map[string]where, *overrun) {
	c := newScanner(text, firstLine)
	c.document()
	return c.index, c.over
}

func newScanner(text string, firstLine int) *scanner {
	return &scanner{s: text, line: firstLine, index: map[string]where{}, count: map[string]int{}}
}

func (c *scanner) document() {
	table := ""
	for c.space(true); c.i < len(c.s) && c.over == nil; c.space(true) {
		ok := false
		if c.s[c.i] == '[' {
			table, ok = c.header()
		} else {
			ok = c.pair(table, 0)
		}
		if !ok {
			return
		}
	}
}

func join(path, key string) string {
	return path + "\x00" + key
}

func joinIndex(path string, i int) string { return join(path, strconv.Itoa(i)) }

func (c *scanner) here() place {
	return newPlace(c.line, 1+utf8.RuneCountInString(c.s[c.start:c.i]))
}

func (c *scanner) peek() byte {
	if c.i < len(c.s) {
		return c.s[c.i]
	}
	return 0
}

func (c *scanner) eat(b byte) bool {
	if c.peek() != b {
		return false
	}
	c.i++
	return true
}

func (c *scanner) newline() {
	c.i++
	c.line++
	c.start = c.i
}

// space skips blanks and, with lines, line ends and comments.
func (c *scanner) space(lines bool) {
	for c.i < len(c.s) {
		switch b := c.s[c.i]; {
		case b == ' ' || b == '\t' || b == '\r':
			c.i++
		case b == '\n' && lines:
			c.newline()
		case b == '#' && lines:
			if n := strings.IndexByte(c.s[c.i:], '\n'); n >= 0 {
				c.i += n
			} else {
				c.i = len(c.s)
			}
		default:
			return
		}
	}
}

// header reads [a.b] or [[a.b]] and returns the path of what follows.
func (c *scanner) header() (path string, ok bool) {
	from := c.i
	c.i++
	array := c.eat('[')
	parts, at, ok := c.key()
	if !ok || !c.eat(']') || array && !c.eat(']') {
		return "", false
	}
	for i, part := range parts {
		path = join(path, part)
		c.note(path, where{at[i], at[i]})
		last := i == len(parts)-1
		n := c.count[path]
		if last && array {
			c.count[path]++
			n++
		}
		if n > 0 {
			path = joinIndex(path, n-1)
			c.note(path, where{at[i], at[i]})
		}
	}
	if c.outline != nil {
		c.outline.header(path, array, from, c.i)
	}
	return path, true
}

// note keeps the first place of a path.
func (c *scanner) note(path string, w where) {
	if _, ok := c.index[path]; !ok {
		c.index[path] = w
	}
}

// pair reads key = value.
func (c *scanner) pair(path string, depth int) bool {
	from := c.i
	parts, at, ok := c.key()
	if !ok || !c.eat('=') {
		return false
	}
	c.space(false)
	val, valFrom := c.here(), c.i
	for i, part := range parts {
		path = join(path, part)
		if i < len(parts)-1 {
			c.note(path, where{at[i], at[i]})
		} else {
			c.note(path, where{at[i], val})
		}
	}
	if c.outline != nil {
		defer c.outline.open(c, Part{Kind: Pair, Path: split(path), Parts: len(parts), From: from, Value: valFrom})()
	}
	return c.value(path, depth)
}

// key reads a dotted key and the blanks around it.
func (c *scanner) key() (parts []string, at []place, ok bool) {
	for {
		c.space(false)
		p := c.here()
		part, ok := c.part()
		if !ok {
			return nil, nil, false
		}
		if len(part) > maxKey {
			return nil, nil, c.beyond(p, "shorten it", "a key of %d bytes is longer than %d", len(part), maxKey)
		}
		if parts, at = append(parts, part), append(at, p); len(parts) > maxParts {
			return nil, nil, c.beyond(p, "use fewer dots", "a key of more than %d parts", maxParts)
		}
		c.space(false)
		if !c.eat('.') {
			return parts, at, true
		}
	}
}

func (c *scanner) beyond(at place, hint, text string, args ...any) bool {
	c.over = &overrun{at, fmt.Sprintf(text, args...), hint}
	return false
}

// part reads one part of a key, bare or quoted.
func (c *scanner) part() (string, bool) {
	from := c.i
	switch q := c.peek(); q {
	case '"', '\'':
		if !c.text(q) || strings.Contains(c.s[from:c.i], "\n") {
			return "", false
		}
		raw := c.s[from+1 : c.i-1]
		if q == '"' && strings.Contains(raw, "\\") {
			return unescape(raw), true
		}
		return raw, true
	}
	for isBare(c.peek()) {
		c.i++
	}
	return c.s[from:c.i], c.i > from
}

func isBare(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_' || b == '-'
}

// text skips a text that begins with the quote q, of one line or of several.
func (c *scanner) text(q byte) bool {
	three := strings.Repeat(string(rune(q)), 3)
	if strings.HasPrefix(c.s[c.i:], three) {
		return c.longText(q, three)
	}
	for c.i++; c.i < len(c.s); c.i++ {
		switch b := c.s[c.i]; {
		case b == q:
			c.i++
			return true
		case b == '\n':
			return false
		case b == '\\' && q == '"':
			c.i++
			if c.peek() == '\n' {
				return false
			}
		}
	}
	return false
}

func (c *scanner) longText(q byte, three string) bool {
	for c.i += 3; c.i < len(c.s); {
		switch b := c.s[c.i]; {
		case b == '\n':
			c.newline()
		case b == '\\' && q == '"':
			if c.i++; c.peek() == '\n' {
				c.newline()
			} else {
				c.i++
			}
		case b == q && strings.HasPrefix(c.s[c.i:], three):
			c.i += 3
			for n := 0; n < 2 && c.eat(q); n++ { // up to two quotes belong to the text
			}
			return true
		default:
			c.i++
		}
	}
	return false
}

// value skips a value and notes the keys in it.
func (c *scanner) value(path string, depth int) bool {
	if depth > maxDepth {
		return c.beyond(c.here(), "use fewer levels", "lists and tables stand in one another more than %d deep", maxDepth)
	}
	switch b := c.peek(); b {
	case '"', '\'':
		return c.text(b)
	case '[':
		return c.list(path, depth)
	case '{':
		return c.inline(path, depth)
	}
	n := strings.IndexAny(c.s[c.i:], ",]}#\n")
	if n < 0 {
		n = len(c.s) - c.i
	}
	c.i += n
	return n > 0
}

func (c *scanner) list(path string, depth int) bool {
	c.i++
	for n := 0; ; n++ {
		c.space(true)
		if c.eat(']') {
			return true
		}
		p := c.here()
		below := joinIndex(path, n)
		c.note(below, where{p, p})
		if !c.element(below, depth+1) {
			return false
		}
		c.space(true)
		if !c.eat(',') {
			return c.eat(']')
		}
	}
}

func (c *scanner) element(path string, depth int) bool {
	if c.outline != nil {
		defer c.outline.open(c, Part{Kind: Element, Path: split(path), From: c.i, Value: c.i})()
	}
	return c.value(path, depth)
}

func (c *scanner) inline(path string, depth int) bool {
	c.i++
	for {
		c.space(true)
		if c.eat('}') {
			return true
		}
		if !c.pair(path, depth+1) {
			return false
		}
		c.space(true)
		if !c.eat(',') {
			return c.eat('}')
		}
	}
}

// unescape reads the escapes of a quoted key, so that it equals the parser's.
func unescape(s string) string {
	m, err := decodeTOML("k = \"" + s + "\"")
	if err != nil {
		return s
	}
	text, _ := m["k"].(string)
	return text
}

// placeAt returns the line and column of an offset.
func placeAt(text string, offset, firstLine int) place {
	before := text[:offset]
	return newPlace(firstLine+strings.Count(before, "\n"), 1+utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]))
}
