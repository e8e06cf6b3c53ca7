package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"strings"

	"gallerist/builder/problem"
)

const thankedCSV = "private/thanked.csv"

// Thanked returns the ids of the submissions whose authors have been thanked:
// the column "id" of private/thanked.csv. No such file: nobody has been.
func Thanked(fsys fs.FS, probs *problem.List) map[string]bool {
	src, err := fs.ReadFile(fsys, thankedCSV)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			probs.Warnf(problem.Pos{File: thankedCSV}, "check its permissions", "the list of who was thanked cannot be read")
		}
		return nil
	}
	rows := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(src, []byte("\ufeff"))))
	rows.FieldsPerRecord = -1
	all, err := rows.ReadAll()
	column := -1
	if err == nil && len(all) > 0 {
		for i, name := range all[0] {
			if strings.EqualFold(strings.TrimSpace(name), "id") {
				column = i
			}
		}
	}
	if column < 0 {
		probs.Warnf(problem.Pos{File: thankedCSV, Line: 1}, "its first line must name the columns, one of them id",
			"the list of who was thanked cannot be read")
		return nil
	}
	done := make(map[string]bool, len(all))
	for _, row := range all[1:] {
		if column < len(row) {
			done[strings.TrimSpace(row[column])] = true
		}
	}
	return done
}
