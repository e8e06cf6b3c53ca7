package importer

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"gallerist/builder/problem"
)

// show writes a table as text: its rows with their lines.
func show(t *Table) string {
	if t == nil {
		return "none"
	}
	var b strings.Builder
	b.WriteString(strings.Join(t.Columns, "|"))
	for _, r := range t.Rows {
		fmt.Fprintf(&b, "\n%d %s", r.Line, strings.Join(r.Cells, "|"))
	}
	return b.String()
}

// TestTable: what parts cells, quotes, line ends, encodings, names of columns, and
// that a bad row costs itself alone.
func TestTable(t *testing.T) {
	wide := func(s string) string {
		var b bytes.Buffer
		b.WriteString("\xff\xfe")
		for _, u := range utf16.Encode([]rune(s)) {
			b.WriteByte(byte(u))
			b.WriteByte(byte(u >> 8))
		}
		return b.String()
	}
	cyrillic, _ := charmap.Windows1251.NewEncoder().String("Имя;Город\nОля;Москва\n")
	for name, c := range map[string]struct{ src, want, probs string }{
		"comma":        {"a,b\n1,2\n", "a|b\n2 1|2", ""},
		"semicolon":    {"a;b, c\n1;2,5\n", "a|b, c\n2 1|2,5", ""},
		"tab":          {"a\tb\n1,5\t2;5\n", "a|b\n2 1,5|2;5", ""},
		"sep":          {"sep=;\na;b\n1;2\n", "a|b\n3 1|2", ""},
		"one column":   {"a\n1\n2\n", "a\n2 1\n3 2", ""},
		"crlf":         {"a,b\r\n\"1\r\n1\",2\r\n3,4\r\n", "a|b\n2 1\n1|2\n4 3|4", ""},
		"old Mac":      {"a,b\r1,2\r3,4", "a|b\n2 1|2\n3 3|4", ""},
		"quotes":       {"a,b\n\"say \"\"hi\"\", now\",2\n", "a|b\n2 say \"hi\", now|2", ""},
		"lax quote":    {"a,b\n\"say \"hi\" now\",2\nx \"y\",3\n", "a|b\n2 say \"hi\" now|2\n3 x \"y\"|3", ""},
		"blank lines":  {"\n\na,b\n\n,\n1,2\n", "a|b\n6 1|2", ""},
		"short row":    {"a,b,c\n1\n", "a|b|c\n2 1||", ""},
		"long row":     {"a,b\n1,2,,\n1,2,3\n4,5\n", "a|b\n2 1|2\n4 4|5", "t.csv:3: 3 cells in a table of 2 columns, so this row is left out;"},
		"open quote":   {"a,b\n1,\"two\n3,4\n5,6\n", "a|b\n3 3|4\n4 5|6", "t.csv:2: a quote that opens here never closes, so this row is left out;"},
		"open quotes":  {"a,b\n\"1,2\n\"3,4\n5,6\n", "a|b\n4 5|6", "t.csv:2: a quote that opens here never closes, so this row is left out;t.csv:3: a quote that opens here never closes, so this row is left out;"},
		"names":        {"a,,a,a (2), a \n1,2,3,4,5\n", "a|column 2|a (2)|a (2) (2)|a (3)\n2 1|2|3|4|5", ""},
		"guards":       {"a,b\n'+7 999,'=1\n'quoted',O'Brien\n", "a|b\n2 +7 999|=1\n3 'quoted'|O'Brien", ""},
		"spaces":       {"a\u00a0b,c\n\u202fx\u00a0y\u202f,2\n", "a b|c\n2 x\u00a0y|2", ""},
		"composed":     {"и\u0306мя,b\nи\u0306,2\n", "ймя|b\n2 й|2", ""},
		"bom":          {"\ufeffa,b\n1,2\n", "a|b\n2 1|2", ""},
		"utf-16":       {wide("Имя\tГород\nОля\tМосква\n"), "Имя|Город\n2 Оля|Москва", ""},
		"cp1251":       {cyrillic, "Имя|Город\n2 Оля|Москва", "t.csv: note: read as Windows-1251;"},
		"other":        {"\x81\x8d,\xff\n", "none", "t.csv: the letters of this table cannot be told: it is neither UTF-8 nor UTF-16 nor Windows-1251;"},
		"empty":        {"\n\n", "none", "t.csv: the table is empty;"},
		"header alone": {"a,b", "a|b", ""},
		"100,000":      {strings.Repeat("a,", 99_999) + "a\n1\n", "none", "t.csv:1: 100000 columns are more than 1000;"},
		"long cell":    {"a,b\n\"" + strings.Repeat("x\n", 40_000) + "\",2\n", "", "t.csv:2: a quote that opens here never closes, so this row is left out;"},
	} {
		t.Run(name, func(t *testing.T) {
			var probs problem.List
			got := show(ReadTable(problem.Pos{File: "t.csv"}, []byte(c.src), &probs))
			if got != c.want && c.want != "" {
				t.Errorf("got %q, want %q", got, c.want)
			}
			told := ""
			for _, p := range probs {
				p.Hint = ""
				told += p.String() + ";"
			}
			if told != c.probs && !(name == "long cell" && strings.HasPrefix(told, c.probs)) {
				t.Errorf("told %.300q, want %q", told, c.probs)
			}
		})
	}
}

// TestUnclosedQuotes: a file full of quotes that never close is read in time that
// grows with its length.
func TestUnclosedQuotes(t *testing.T) {
	var probs problem.List
	table := ReadTable(problem.Pos{File: "t.csv"}, []byte("a,b\n"+strings.Repeat("\"x,1\n", 200_000)), &probs)
	if len(probs) != maxUnclosed || len(table.Rows) != 200_000-maxUnclosed {
		t.Errorf("%d problems, %d rows", len(probs), len(table.Rows))
	}
}

// FuzzTable: whatever a file holds, each row is a line of it and has as many cells
// as there are columns, whose names differ; and what encoding/csv writes is read
// as it was.
func FuzzTable(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a;b\r\n\"x\ny\";2", "\"\n\"\"", "sep=|\na|b", "\xff\xfea\x00", "a\tb\n\"", "\ufeff,,\n,,\n1"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		var probs problem.List
		table := ReadTable(problem.Pos{File: "t"}, src, &probs)
		if table == nil {
			if len(probs) == 0 {
				t.Error("nothing was read and nothing told")
			}
			return
		}
		sorted := slices.Sorted(slices.Values(table.Columns))
		if len(slices.Compact(sorted)) != len(table.Columns) {
			t.Errorf("columns of one name: %q", table.Columns)
		}
		line := 0
		for _, r := range table.Rows {
			if len(r.Cells) != len(table.Columns) || r.Line <= line {
				t.Errorf("a row of %d cells in line %d after %d", len(r.Cells), r.Line, line)
			}
			line = r.Line
			for _, c := range r.Cells {
				if !utf8.ValidString(c) {
					t.Errorf("%q", c)
				}
			}
		}
		sameAgain(t, table)
	})
}

// sameAgain holds that a table that is written as RFC 4180 says reads the same.
func sameAgain(t *testing.T, table *Table) {
	if len(table.Columns) < 2 {
		return
	}
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	rows := [][]string{table.Columns}
	for _, r := range table.Rows {
		rows = append(rows, r.Cells)
	}
	for _, row := range rows {
		guarded := slices.Clone(row)
		for i, c := range guarded {
			if strings.HasPrefix(c, "'") || len(c) > 1000 { // a guard would be taken off again
				return
			}
			guarded[i] = c
		}
		_ = out.Write(guarded)
	}
	out.Flush()
	s := &scanner{src: b.String(), line: 1, comma: ','}
	for i, row := range rows {
		got, _, unclosed := s.row()
		if unclosed > 0 || !slices.Equal(got, row) {
			t.Fatalf("row %d: %q is read as %q", i, row, got)
		}
	}
}
