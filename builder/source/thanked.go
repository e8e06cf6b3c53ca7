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
	text, _, ok := decodeTable(src)
	if !ok {
		probs.Warnf(pos, "save the table as CSV in UTF-8", "the letters of the list of who was thanked cannot be told")
		return nil
	}
	in, header, err := table(text)
	column := slices.Index(header, "id")
	if err != nil || column < 0 {
		pos.Line = 1
		probs.Warnf(pos, "let its first line name the columns, one of them id", "the list of who was thanked has no column id")
		return nil
	}
	done := map[string]bool{}
	in.FieldsPerRecord = -1
	in.LazyQuotes = true
	for row, err := in.Read(); err == nil; row, err = in.Read() {
		if column < len(row) {
			done[strings.TrimSpace(row[column])] = true
		}
	}
	return done
}
