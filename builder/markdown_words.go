package builder

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// plainText returns the words of a node and all below it.
func plainText(n ast.Node, src []byte) string {
	var b strings.Builder
	b.Grow(len(src))
	writeWords(&b, n, src)
	return strings.TrimSpace(b.String())
}

func writeWords(b *strings.Builder, n ast.Node, src []byte) {
	switch n := n.(type) {
	case *ast.Text:
		words := n.Segment.Value(src)
		if bytes.IndexByte(words, '&') >= 0 || bytes.IndexByte(words, '\\') >= 0 {
			words = util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(words)))
		}
		b.Write(words)
		if n.SoftLineBreak() || n.HardLineBreak() {
			b.WriteByte(' ')
		}
	case *ast.String:
		b.Write(n.Value)
	case *ast.AutoLink:
		b.Write(n.Label(src))
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		writeWords(b, c, src)
	}
	if n.Type() == ast.TypeBlock && b.Len() > 0 && !strings.HasSuffix(b.String(), " ") {
		b.WriteByte(' ')
	}
}

// singleSpaced returns s with one space for each stretch of white space within
// it and none around it.
func singleSpaced(s string) string {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c == ' ' && (i == 0 || s[i-1] == ' ') || c >= 0x80 && isSpace(s[i:]) {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return strings.TrimSuffix(s, " ")
}

// isSpace reports whether s, which begins with no ASCII character, begins with
// white space.
func isSpace(s string) bool {
	switch s[0] {
	case 0xc2, 0xe1, 0xe2, 0xe3: // that all such begin with
		r, _ := utf8.DecodeRuneInString(s)
		return unicode.IsSpace(r)
	}
	return false
}

// shorten cuts s between words to at most limit characters, with an ellipsis.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	cut, n := s, 0
	for i := range s {
		if n == limit {
			cut = s[:i]
			break
		}
		n++
	}
	if len(cut) == len(s) {
		return s
	}
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.—–-") + "…"
}
