package audit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gallerist/builder/problem"
)

// sheet is a style sheet taken apart.
type sheet struct {
	shown string // its path as shown to people
	text  string // with blanks in place of comments, so that offsets hold
	rules []rule
	decls []decl
	open  int   // offset of a { that is never closed; -1 = none
	lines []int // where each line begins
}

// rule is what stands before a {: a selector, or an at-rule with its words.
type rule struct {
	prelude string
	within  []string // preludes of the rules around it, the outermost first
	at      int
}

// decl is a property with its value. Statements such as @import are declarations
// without a property.
type decl struct {
	property, value string
	within          []string // preludes, the outermost first
	at              int
}

// scan takes a sheet apart. It asks for braces that match and for nothing else:
// what a browser makes of a value is not its business.
func scan(shown, text string) *sheet {
	s := &sheet{shown: shown, text: blankComments(text), open: -1, lines: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			s.lines = append(s.lines, i+1)
		}
	}
	var stack []string
	var opened []int
	start := 0
	for i := 0; i < len(s.text); i++ {
		switch s.text[i] {
		case '"', '\'':
			i = endOfString(s.text, i)
		case '(':
			i = endOfParens(s.text, i)
		case '{':
			prelude, at := s.piece(start, i)
			s.rules = append(s.rules, rule{prelude, clone(stack), at})
			stack, opened, start = append(stack, prelude), append(opened, i), i+1
		case ';', '}':
			s.declare(start, i, stack)
			if start = i + 1; s.text[i] == '}' && len(stack) > 0 {
				stack, opened = stack[:len(stack)-1], opened[:len(opened)-1]
			}
		}
	}
	s.declare(min(start, len(s.text)), len(s.text), stack)
	if len(opened) > 0 {
		s.open = opened[len(opened)-1]
	}
	return s
}

func clone(list []string) []string { return append([]string(nil), list...) }

// piece is a part of the sheet without the blanks around it, and where it begins.
func (s *sheet) piece(from, to int) (string, int) {
	text := strings.TrimLeft(s.text[from:to], " \t\r\n\f")
	return strings.TrimRight(text, " \t\r\n\f"), to - len(text)
}

func (s *sheet) declare(from, to int, stack []string) {
	text, at := s.piece(from, to)
	if text == "" {
		return
	}
	property, value, ok := strings.Cut(text, ":")
	if !ok || text[0] == '@' {
		property, value = "", text
	}
	s.decls = append(s.decls, decl{strings.ToLower(strings.TrimSpace(property)), strings.TrimSpace(value), clone(stack), at})
}

func blankComments(text string) string {
	b := []byte(text)
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == '"' || b[i] == '\'':
			i = endOfString(text, i)
		case b[i] == '/' && i+1 < len(b) && b[i+1] == '*':
			end := len(b)
			if n := strings.Index(text[i+2:], "*/"); n >= 0 {
				end = i + n + 4
			}
			for ; i < end; i++ {
				if b[i] != '\n' {
					b[i] = ' '
				}
			}
			i--
		}
	}
	return string(b)
}

// endOfString returns where the string that begins at i ends: at its quotation
// mark, or at the end of the line.
func endOfString(text string, i int) int {
	quote := text[i]
	for i++; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case quote, '\n':
			return i
		}
	}
	return len(text)
}

// endOfParens returns where the parenthesis that begins at i is closed.
func endOfParens(text string, i int) int {
	for depth := 0; i < len(text); i++ {
		switch text[i] {
		case '"', '\'':
			i = endOfString(text, i)
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(text)
}

// pos returns the place of an offset, with the column in characters.
func pos(shown, text string, at int) problem.Pos {
	before := text[:min(at, len(text))]
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return problem.Pos{File: shown, Line: 1 + strings.Count(before, "\n"), Col: 1 + len([]rune(line))}
}

// pos returns the place of an offset in the sheet.
func (s *sheet) pos(at int) problem.Pos {
	line, _ := slices.BinarySearch(s.lines, at+1)
	return problem.Pos{File: s.shown, Line: line, Col: 1 + utf8.RuneCountInString(s.text[s.lines[line-1]:min(at, len(s.text))])}
}

// inside reports whether one of the preludes around something is an at-rule of the
// name whose words have the part: inside(d.within, "@media", "print").
func inside(within []string, name, part string) bool {
	for _, w := range within {
		if strings.HasPrefix(w, name) && strings.Contains(strings.ReplaceAll(w, " ", ""), part) {
			return true
		}
	}
	return false
}
