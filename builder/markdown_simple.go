package builder

import (
	"html/template"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Most stories are paragraphs of words, with a quotation or a list and here and
// there a word that stands out or a link. Such a text is written as it is read,
// without a tree: a tenth of the time and of the memory. What is taken here is
// narrower than Markdown wherever Markdown needs a second look; anything else is
// left to goldmark, which a fuzz test holds this against.

// simple writes one text. Its buffers are used again.
type simple struct {
	links links
	src   []byte // what is read, for bare
	html  []byte
	words []byte // the words alone, with any number of spaces between
}

var simples = sync.Pool{New: func() any { return new(simple) }}

// block is a sort of block: lines without an empty one between.
type block int

const (
	noBlock block = iota
	proseBlock
	quoteBlock
	listBlock
)

// blockMarkup is what is written around and within a block.
var blockMarkup = [...]struct{ begin, line, end string }{
	proseBlock: {"<p>", "\n", "</p>\n"},
	quoteBlock: {"<blockquote>\n<p>", "\n", "</p>\n</blockquote>\n"},
	listBlock:  {"<ul>\n<li>", "</li>\n<li>", "</li>\n</ul>\n"},
}

// read writes a text that is not bare. Where it returns false, the text is
// goldmark's, and what was written is worth nothing.
func (s *simple) read(l links, src string) bool {
	s.links, s.html, s.words = l, s.html[:0], s.words[:0]
	if !utf8.ValidString(src) {
		return false
	}
	open, last := noBlock, noBlock
	for line := range strings.SplitSeq(src, "\n") {
		line = strings.TrimSuffix(line, " ")
		if line == "" {
			if open != noBlock {
				s.html = append(s.html, blockMarkup[open].end...)
				open, last = noBlock, open
			}
			continue
		}
		kind, text := blockOf(line)
		switch {
		case open == noBlock && (kind != listBlock || last != listBlock): // two lists are one with wider spaces
			s.html = append(s.html, blockMarkup[kind].begin...)
			open = kind
		case open == kind:
			s.html = append(s.html, blockMarkup[kind].line...)
		default:
			return false
		}
		if !beginsWords(text) || !s.line(text) {
			return false
		}
		s.words = append(s.words, ' ')
	}
	s.html = append(s.html, blockMarkup[open].end...)
	return true
}

// story returns what was written, with the words alone where they are wanted.
func (s *simple) story(wanted bool) (html template.HTML, words string) {
	if wanted {
		words = singleSpaced(strings.TrimSpace(string(s.words)))
	}
	return template.HTML(s.html), words
}

// blockOf returns the sort of block a line belongs to, and the line without
// what marks it.
func blockOf(line string) (block, string) {
	if len(line) > 2 && line[1] == ' ' {
		switch line[0] {
		case '>':
			return quoteBlock, line[2:]
		case '-':
			return listBlock, line[2:]
		}
	}
	return proseBlock, line
}

// beginsWords reports whether nothing but words can begin so: no mark of a
// block, no number of a list.
func beginsWords(line string) bool {
	c := line[0]
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= utf8.RuneSelf, c == '"', c == '\'', c == '(', c == '[':
		return true
	case c == '*':
		return len(line) > 2 && (line[1] == '*' || line[1] != ' ')
	case c >= '0' && c <= '9':
		rest := strings.TrimLeft(line, "0123456789")
		return rest == "" || rest[0] != '.' && rest[0] != ')'
	}
	return false
}

// line writes words with links and emphasis.
func (s *simple) line(t string) bool {
	for at := 0; at < len(t); {
		i := strings.IndexAny(t[at:], "*[")
		if i < 0 {
			return s.plain(t[at:])
		}
		if !s.plain(t[at : at+i]) {
			return false
		}
		at += i
		n := 0
		if t[at] == '*' {
			n = s.emphasis(t, at)
		} else {
			n = s.link(t, at)
		}
		if n == 0 {
			return false
		}
		at += n
	}
	return true
}

// plainByte holds the bytes that are words wherever they stand.
var plainByte = func() (plain [256]bool) {
	for c := range plain {
		plain[c] = c >= ' ' && c != 0x7f && strings.IndexByte("*_`~[]<>&\\\"(", byte(c)) < 0
	}
	return plain
}()

// plain writes words without any markup.
func (s *simple) plain(t string) bool {
	s.words = append(s.words, t...)
	from := 0
	for i := range len(t) {
		c := t[i]
		if plainByte[c] {
			continue
		}
		switch {
		case c == '"':
			s.html = append(append(s.html, t[from:i]...), "&quot;"...)
			from = i + 1
		case c == '>':
			s.html = append(append(s.html, t[from:i]...), "&gt;"...)
			from = i + 1
		case c == '(' && !beginsAddress(t[i+1:]): // bare allows them after "(", for links
		default:
			return false
		}
	}
	s.html = append(s.html, t[from:]...)
	return true
}

func beginsAddress(s string) bool {
	return strings.HasPrefix(s, "http") || strings.HasPrefix(s, "ftp") || strings.HasPrefix(s, "www.")
}

// emphasis writes the words between asterisks that begin at a place in a line
// and returns how far they go, 0 for asterisks that need a second look.
func (s *simple) emphasis(t string, at int) int {
	marks, name := 1, "em>"
	if strings.HasPrefix(t[at:], "**") {
		marks, name = 2, "strong>"
	}
	inner := t[at+marks:]
	n := strings.IndexByte(inner, '*')
	if n <= 0 || at > 0 && t[at-1] != ' ' {
		return 0
	}
	inner = inner[:n]
	after := t[at+marks+n:]
	if len(after)-len(strings.TrimLeft(after, "*")) != marks {
		return 0
	}
	first, _ := utf8.DecodeRuneInString(inner)
	last, _ := utf8.DecodeLastRuneInString(inner)
	if after = after[marks:]; !inWord(first) || !inWord(last) || after != "" && strings.IndexByte(" .,;:!?)", after[0]) < 0 {
		return 0
	}
	s.html = append(append(s.html, '<'), name...)
	if !s.plain(inner) {
		return 0
	}
	s.html = append(append(s.html, "</"...), name...)
	return 2*marks + n
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// link writes the link that begins at a place in a line and returns how far it
// goes, 0 for brackets that need a second look.
func (s *simple) link(t string, at int) int {
	text, rest, ok := strings.Cut(t[at+1:], "](")
	dest, _, closed := strings.Cut(rest, ")")
	picture := at > 0 && t[at-1] == '!'
	if !ok || !closed || picture || text == "" || !plainAddress(dest) {
		return 0
	}
	s.html = append(append(s.html, `<a href="`...), dest...)
	s.html = append(append(append(s.html, '"'), s.links.rel(dest)...), '>')
	if !s.plain(text) {
		return 0
	}
	s.html = append(s.html, "</a>"...)
	return len("[](") + len(text) + len(dest) + len(")")
}
