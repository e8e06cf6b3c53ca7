package importer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gallerist/builder/lazyregexp"
)

var (
	special   = lazyregexp.New("[\\\\`*\\[\\]<>~|]|&(?:#?[A-Za-z0-9]+;)")
	lineBegin = lazyregexp.New(`^([#+=-]|\d{1,9}[.)])`)
	digitList = lazyregexp.New(`^(\d{1,9})([.)])`)
)

// Escape returns plain words as Markdown that shows them as they are: each line
// is a line, a blank line begins a paragraph, no sign means anything.
func Escape(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	var b strings.Builder
	blank := false
	for _, line := range lines {
		line = strings.Trim(line, " \t\r\u00a0")
		if line == "" {
			blank = true
			continue
		}
		switch {
		case b.Len() == 0:
		case blank:
			b.WriteString("\n\n")
		default:
			b.WriteString("\\\n")
		}
		blank = false
		b.WriteString(escapeLine(line))
	}
	return b.String()
}

func escapeLine(line string) string {
	line = special().ReplaceAllString(line, `\$0`)
	line = escapeUnderlines(line)
	if rest, ok := strings.CutSuffix(line, `\\`); ok {
		line = rest + "&#92;" // a break of the line follows it
	}
	if !lineBegin().MatchString(line) {
		return line
	}
	if digitList().MatchString(line) {
		return digitList().ReplaceAllString(line, `$1\$2`)
	}
	return `\` + line
}

// escapeUnderlines escapes those that do not stand within a word, where they mean
// nothing.
func escapeUnderlines(line string) string {
	if !strings.Contains(line, "_") {
		return line
	}
	var b strings.Builder
	isWord := func(r rune) bool { return unicode.In(r, unicode.L, unicode.N) }
	for i, r := range line {
		if r == '_' {
			before, _ := utf8.DecodeLastRuneInString(line[:i])
			after, _ := utf8.DecodeRuneInString(line[i+1:])
			if !isWord(before) || !isWord(after) {
				b.WriteByte('\\')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}
