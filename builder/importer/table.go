package importer

import (
	"fmt"
	"strings"

	"gallerist/builder/problem"
	"gallerist/builder/source"
	"gallerist/builder/strict"
)

// Limits of a table.
const (
	maxTable    = 128 << 20 // bytes of the file
	maxColumns  = 1000      // Google's own forms have a few hundred at most
	maxRows     = 200_000
	maxCell     = 64 << 10 // bytes; a story may have half of it
	maxUnclosed = 50       // quotes; after as many, quotes mean nothing in this file
	sampleRows  = 30       // by which separators are told
)

// Table is a table of answers as read: CSV (RFC 4180) with whatever parts its
// cells.
type Table struct {
	Pos     problem.Pos
	Columns []string // names as they are shown and saved: clean, each another one
	Rows    []Row
	Comma   byte
}

// Row is one answer.
type Row struct {
	Line  int      // where it begins
	Cells []string // as many as columns, clean
}

// At returns the place of a row.
func (t *Table) At(r *Row) problem.Pos { return problem.Pos{File: t.Pos.File, Line: r.Line} }

// ReadTable reads a table. nil: it cannot be read at all, which is told. Rows
// that cannot be are told and left out.
func ReadTable(pos problem.Pos, src []byte, probs *problem.List) *Table {
	if len(src) > maxTable {
		probs.Errorf(pos, "part it into several tables", "larger than %d MB", maxTable>>20)
		return nil
	}
	text, guessed, ok := source.DecodeTable(src)
	if !ok {
		probs.Errorf(pos, "save it as CSV in UTF-8", "the letters of this table cannot be told: it is neither UTF-8 nor UTF-16 nor Windows-1251")
		return nil
	}
	if guessed {
		probs.Notef(pos, "if letters in it are wrong, save it as CSV in UTF-8", "read as Windows-1251")
	}
	t := &Table{Pos: pos}
	s := newScanner(string(text))
	t.Comma = s.comma
	header, line, _ := s.row()
	for header != nil && blank(header) {
		header, line, _ = s.row()
	}
	if header == nil {
		probs.Errorf(pos, "export the answers again", "the table is empty")
		return nil
	}
	if len(header) > maxColumns {
		probs.Errorf(problem.Pos{File: pos.File, Line: line}, "choose the table of the answers: one row an answer, one column a question",
			"%d columns are more than %d", len(header), maxColumns)
		return nil
	}
	t.rows(s, header, probs)
	t.Columns = columnNames(header)
	return t
}

// rows reads what follows the header.
func (t *Table) rows(s *scanner, header []string, probs *problem.List) {
	for {
		cells, line, unclosed := s.row()
		if cells == nil {
			return
		}
		at := problem.Pos{File: t.Pos.File, Line: line}
		if unclosed > 0 {
			at.Line = unclosed
			probs.Errorf(at, `end the cell with a quote, and write a quote within it as two: ""`, "a quote that opens here never closes, so this row is left out")
			continue
		}
		for len(cells) > len(header) && strings.TrimSpace(cells[len(cells)-1]) == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) > len(header) {
			probs.Errorf(at, "put a cell that holds a comma, a quote or a line break between double quotes",
				"%d cells in a table of %d columns, so this row is left out", len(cells), len(header))
			continue
		}
		if blank(cells) {
			continue
		}
		if len(t.Rows) == maxRows {
			probs.Errorf(at, "part it into several tables", "more than %d rows: from here on nothing is read", maxRows)
			return
		}
		row := Row{Line: line, Cells: make([]string, len(header))}
		for i, cell := range cells {
			row.Cells[i] = cleanCell(cell)
		}
		t.Rows = append(t.Rows, row)
	}
}

// cleanCell composes a cell and takes off what is around it: space, also such as
// does not break, and the apostrophe that guards spreadsheets against formulas.
func cleanCell(s string) string { return source.Unguard(trim(strict.Clean(s))) }

func trim(s string) string { return strings.Trim(s, " \t\n\u00a0\u202f\u2007\ufeff") }

func blank(cells []string) bool {
	for _, c := range cells {
		if trim(c) != "" {
			return false
		}
	}
	return true
}

// columnNames makes the names of columns: of one line, each another one.
func columnNames(header []string) []string {
	list, used := make([]string, len(header)), map[string]bool{}
	for i, cell := range header {
		name := strict.Line(strings.Map(plainSpace, cleanCell(cell)))
		if name == "" {
			name = fmt.Sprintf("column %d", i+1)
		}
		own := name
		for n := 2; used[own]; n++ {
			own = fmt.Sprintf("%s (%d)", name, n)
		}
		list[i], used[own] = own, true
	}
	return list
}

// plainSpace makes an ordinary space of those that do not break.
func plainSpace(r rune) rune {
	if r == '\u00a0' || r == '\u202f' || r == '\u2007' || r == '\u2009' {
		return ' '
	}
	return r
}

// Column returns the place of a column by its name, -1 where there is none.
func (t *Table) Column(name string) int {
	for i, c := range t.Columns {
		if c == name {
			return i
		}
	}
	return -1
}
