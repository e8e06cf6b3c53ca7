package live

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gallerist/builder/problem"
)

// note is a problem as the browser shows it.
type note struct {
	Level string `json:"level"`
	Where string `json:"where,omitempty"`
	Text  string `json:"text"`
	Hint  string `json:"hint,omitempty"`
	Lines []line `json:"lines,omitempty"` // of the file, around the place
}

// line is a line of a file. At is the one a problem is about; what is wrong with
// it stands in Mark, which is empty where something is missing at its end.
type line struct {
	N      int    `json:"n"`
	At     bool   `json:"at,omitempty"`
	Before string `json:"before"`
	Mark   string `json:"mark,omitempty"`
	After  string `json:"after,omitempty"`
}

// maxNotes is how many problems a browser is told; the terminal has them all.
const maxNotes = 50

// notesOf returns errors and warnings as notes, errors first, with the lines
// that they are about where read, which may be nil, can give the file.
func notesOf(problems problem.List, read func(file string) ([]byte, error)) []note {
	var notes []note
	files := map[string][]string{}
	for _, level := range []problem.Level{problem.Error, problem.Warning} {
		for _, p := range problems {
			if p.Level != level {
				continue
			}
			n := note{Level: level.String(), Where: problem.Visible(p.Pos.String()), Text: problem.Visible(p.Text), Hint: problem.Visible(p.Hint)}
			if len(notes) < maxNotes && p.Pos.Line > 0 && read != nil {
				if _, known := files[p.Pos.File]; !known {
					files[p.Pos.File] = linesOf(read(p.Pos.File))
				}
				n.Lines = excerpt(files[p.Pos.File], p.Pos)
			}
			notes = append(notes, n)
		}
	}
	return notes
}

// maxExcerpted is the size in bytes up to which lines of a file are shown.
const maxExcerpted = 1 << 20

func linesOf(text []byte, err error) []string {
	if err != nil || len(text) > maxExcerpted || !utf8.Valid(text) {
		return nil
	}
	return strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
}

// excerpt returns the line of a problem and those beside it.
func excerpt(lines []string, pos problem.Pos) []line {
	if pos.Line > len(lines) {
		return nil
	}
	var out []line
	for n := max(1, pos.Line-1); n <= min(len(lines), pos.Line+1); n++ {
		col := 0
		if n == pos.Line {
			col = max(1, pos.Col)
		} else if strings.TrimSpace(lines[n-1]) == "" {
			continue
		}
		out = append(out, cut(n, []rune(lines[n-1]), col))
	}
	return out
}

// Of a long line, this many characters are shown before the place and in all.
const (
	cutBefore = 40
	cutAll    = 160
)

// cut marks what begins at a column, which counts from 1: a text in quotes or
// a word. Column 0 marks nothing.
func cut(n int, text []rune, col int) line {
	if col == 0 {
		if len(text) > cutAll {
			return line{N: n, Before: plain(text[:cutAll]) + "…"}
		}
		return line{N: n, Before: plain(text)}
	}
	from := min(col-1, len(text))
	first := 0
	if from > cutAll-cutBefore {
		first = from - cutBefore
	}
	last := min(len(text), first+cutAll)
	to := min(last, from+wordLen(text[from:]))
	l := line{N: n, At: true, Before: plain(text[first:from]), Mark: plain(text[from:to]), After: plain(text[to:last])}
	if first > 0 {
		l.Before = "…" + l.Before
	}
	if last < len(text) {
		l.After += "…"
	}
	return l
}

// wordLen is how long the text in quotes or the word is that text begins with.
func wordLen(text []rune) int {
	if len(text) == 0 {
		return 0
	}
	if quote := text[0]; quote == '"' || quote == '\'' {
		if i := slices.Index(text[1:], quote); i >= 0 {
			return i + 2
		}
	}
	if i := slices.IndexFunc(text, func(r rune) bool { return strings.ContainsRune(" \t,]}", r) }); i > 0 {
		return i
	}
	return len(text)
}

// plain is text that cannot reorder or hide anything.
func plain(text []rune) string {
	return problem.Visible(strings.ReplaceAll(string(text), "\t", "    "))
}
