package main

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A table is written for the terminal and for Markdown. The first column is
// words, the others are figures.
type table struct {
	title string
	head  []string
	rows  [][]string
	notes []string // a line each, below
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

// text writes t with columns of equal width.
func (t *table) text() string { return t.write("", "  ", "", nil) }

// markdown writes t as a table of GitHub's Markdown, its columns aligned in the
// source too.
func (t *table) markdown() string {
	return t.write("| ", " | ", " |", func(i, width int) string {
		if i == 0 {
			return strings.Repeat("-", width)
		}
		return strings.Repeat("-", width-1) + ":"
	})
}

func (t *table) write(open, between, end string, rule func(column, width int) string) string {
	widths := make([]int, len(t.head))
	for _, row := range append([][]string{t.head}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell), 2)
		}
	}
	var b strings.Builder
	line := func(cell func(i int) string) {
		b.WriteString(open)
		for i := range t.head {
			if i > 0 {
				b.WriteString(between)
			}
			b.WriteString(cell(i))
		}
		b.WriteString(end + "\n")
	}
	pad := func(row []string) func(int) string {
		return func(i int) string {
			cell := ""
			if i < len(row) {
				cell = row[i]
			}
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				return cell + space
			}
			return space + cell
		}
	}
	if t.title != "" && rule != nil {
		b.WriteString("**" + t.title + "**\n\n")
	} else if t.title != "" {
		b.WriteString(t.title + "\n\n")
	}
	line(pad(t.head))
	if rule != nil {
		line(func(i int) string { return rule(i, widths[i]) })
	}
	for _, row := range t.rows {
		line(pad(row))
	}
	for i, note := range t.notes {
		if i == 0 || rule != nil {
			b.WriteByte('\n')
		}
		b.WriteString(note + "\n")
	}
	return b.String()
}

// figure writes a number with three digits that count, as people do: 0.123,
// 1.23, 12.3, 123, 1234.
func figure(v float64) string {
	switch {
	case v >= 99.95:
		return fmt.Sprintf("%.0f", v)
	case v >= 9.995:
		return fmt.Sprintf("%.1f", v)
	case v >= 0.9995:
		return fmt.Sprintf("%.2f", v)
	}
	return fmt.Sprintf("%.3f", v)
}

// thousands writes a whole number in groups: 200,000.
func thousands(n int) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// mebibytes writes a number of bytes.
func mebibytes(bytes float64) string {
	if bytes == 0 {
		return "?"
	}
	return figure(bytes / (1 << 20))
}
