package source

import (
	"io/fs"
	"slices"
	"strings"

	"gallerist/builder/problem"
)

const thankedCSV = "thanked.csv"

// Thanked returns the ids of the submissions whose authors have been thanked:
// the column "id" of private/thanked.csv. No such file: nobody has been.
func Thanked(fsys fs.FS, probs *problem.List) map[string]bool {
	entries, err := fs.ReadDir(fsys, privateDir)
	src, _, err := readPrivate(fsys, thankedCSV, entries, err, probs)
	pos := problem.Pos{File: privateDir + "/" + thankedCSV}
	if err != nil {
		probs.Warnf(pos, "check the disk", "the list of who was thanked cannot be read")
	}
	if src == nil {
		return nil
	}
	text, _, ok := DecodeTable(src)
	if !ok {
		probs.Warnf(pos, "save the table as CSV in UTF-8", "the letters of the list of who was thanked cannot be told")
		return nil
	}
	t := thankedRows(text)
	if t.column < 0 {
		pos.Line = 1
		probs.Warnf(pos, "let its first line name the columns, one of them id", "the list of who was thanked has no column id")
		return nil
	}
	return t.ids
}

// thankedTable is private/thanked.csv as read.
type thankedTable struct {
	header []string
	comma  rune
	column int // of the ids; -1 = there is none
	ids    map[string]bool
}

func thankedRows(src []byte) thankedTable {
	in, header, err := table(src)
	t := thankedTable{header, in.Comma, slices.Index(header, "id"), map[string]bool{}}
	if err != nil {
		t.column = -1
	}
	in.FieldsPerRecord, in.LazyQuotes = -1, true
	for t.column >= 0 {
		row, err := in.Read()
		if err != nil {
			break
		}
		if t.column < len(row) {
			t.ids[strings.TrimSpace(row[t.column])] = true
		}
	}
	return t
}
