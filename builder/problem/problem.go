// Package problem says what is wrong with a site's content, where, and what
// to do about it.
//
// A Problem is about content: it is collected, sorted and shown together with
// all the others, and the rest of the site still builds. A Go error is kept
// for a broken disk, a cancelled context or wrong usage.
//
// Texts are lower case, without a full stop, quote the value that is wrong
// (never a private one), and are followed by a hint for a person who may not
// program:
//
//	content/spring/mila/submission.md:4:8: unknown role "photografer"
//	  hint: did you mean "photographer"?
package problem

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Level tells how grave a problem is.
type Level uint8

// Error means that something was left out of the site; Warning that it was
// published but wants attention; Note that nothing is wrong but worth knowing.
const (
	Error Level = iota
	Warning
	Note
)

// String returns "error", "warning" or "note".
func (l Level) String() string { return [...]string{"error", "warning", "note"}[l] }

// MarshalText makes JSON say the word.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// Pos is a place in a file of the site. File is slash-separated and relative
// to the site's folder. Line and Col count from 1; Col counts characters; 0
// means unknown (the whole file, the whole line).
type Pos struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"`
	Col  int    `json:"col,omitempty"`
}

// String returns file:line:col with the unknown parts left out.
func (p Pos) String() string {
	s := p.File
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
		if p.Col > 0 {
			s += ":" + strconv.Itoa(p.Col)
		}
	}
	return s
}

// Problem is one thing that is wrong.
type Problem struct {
	Pos   Pos    `json:"pos"`
	Level Level  `json:"level"`
	Text  string `json:"text"`
	Hint  string `json:"hint,omitempty"`
}

// String returns the problem as shown to people, hint on a second line.
// Control characters and those that reorder text are shown escaped, so that a
// file's name or value cannot paint over the terminal.
func (p Problem) String() string {
	var b strings.Builder
	if s := p.Pos.String(); s != "" {
		b.WriteString(Visible(s) + ": ")
	}
	if p.Level != Error {
		b.WriteString(p.Level.String() + ": ")
	}
	b.WriteString(Visible(p.Text))
	if p.Hint != "" {
		b.WriteString("\n  hint: " + Visible(p.Hint))
	}
	return b.String()
}

// List collects problems. The zero List is empty and ready.
type List []Problem

// Errorf adds an error at pos with a hint; text is formatted with args.
func (l *List) Errorf(pos Pos, hint, text string, args ...any) {
	l.add(Error, pos, hint, text, args)
}

// Warnf adds a warning at pos with a hint; text is formatted with args.
func (l *List) Warnf(pos Pos, hint, text string, args ...any) {
	l.add(Warning, pos, hint, text, args)
}

// Notef adds a note at pos with a hint; text is formatted with args.
func (l *List) Notef(pos Pos, hint, text string, args ...any) {
	l.add(Note, pos, hint, text, args)
}

func (l *List) add(level Level, pos Pos, hint, text string, args []any) {
	*l = append(*l, Problem{Pos: pos, Level: level, Text: fmt.Sprintf(text, args...), Hint: hint})
}

// Count returns how many problems have the level.
func (l List) Count(level Level) int {
	n := 0
	for _, p := range l {
		if p.Level == level {
			n++
		}
	}
	return n
}

// Sorted returns the problems by file, line, column, level and text, with
// repeated ones once.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortFunc(out, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Col, b.Pos.Col), cmp.Compare(a.Level, b.Level),
			cmp.Compare(a.Text, b.Text), cmp.Compare(a.Hint, b.Hint))
	})
	return slices.Compact(out)
}

// Visible returns s with control characters, line breaks and characters that
// reorder or hide text written as \u escapes.
func Visible(s string) string {
	hidden := func(r rune) bool {
		return unicode.IsControl(r) || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e ||
			r >= 0x2060 && r <= 0x206f || r == 0xfeff
	}
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
