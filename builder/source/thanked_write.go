package source

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"
)

// AppendThanked returns private/thanked.csv as it is after ids were thanked on a
// date, and how many were not in it before. What stands there stays as it is;
// new lines have its columns, separators and ends of line. In another encoding
// than UTF-8 it becomes UTF-8. No file yet: nil.
func AppendThanked(src []byte, ids []string, date string) (after []byte, added int, err error) {
	if len(bytes.TrimSpace(bytes.TrimPrefix(src, []byte("\ufeff")))) == 0 {
		src = append(bytes.Clone(src[:len(src)-len(bytes.TrimPrefix(src, []byte("\ufeff")))]), "id,date\n"...)
	}
	text, _, ok := DecodeTable(src)
	if !ok {
		return nil, 0, errors.New("its letters cannot be told")
	}
	if !bytes.Equal(bytes.TrimPrefix(src, []byte("\ufeff")), text) {
		src = append([]byte("\ufeff"), text...) // it was in another encoding
	}
	before := thankedRows(text)
	if before.column < 0 {
		return nil, 0, errors.New("there is no column id")
	}
	done := maps.Clone(before.ids)
	end := "\n"
	if first := bytes.IndexByte(src, '\n'); first > 0 && src[first-1] == '\r' {
		end = "\r\n"
	}
	after = bytes.Clone(src)
	if !bytes.HasSuffix(after, []byte("\n")) {
		after = append(after, end...)
	}
	for _, id := range ids {
		if done[id] {
			continue
		}
		done[id] = true
		added++
		row := make([]string, len(before.header))
		if at := slices.Index(before.header, "date"); at >= 0 {
			row[at] = date
		}
		row[before.column] = id
		after = append(append(after, strings.Join(row, string(before.comma))...), end...)
	}
	if !maps.Equal(thankedRows(bytes.TrimPrefix(after, []byte("\ufeff"))).ids, done) {
		return nil, 0, errors.New("a quote in it is not closed")
	}
	return after, added, nil
}

// LetterIDs returns the ids of a table of letters.
func LetterIDs(src []byte) ([]string, error) {
	text, _, ok := DecodeTable(src)
	in, header, err := table(text)
	column := slices.Index(header, "id")
	if err != nil || column < 0 || !ok {
		return nil, errors.New("there is no column id")
	}
	rows, err := in.ReadAll()
	var ids []string
	for _, row := range rows {
		ids = append(ids, Unguard(row[column]))
	}
	return ids, err
}
