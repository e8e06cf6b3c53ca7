package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

// NewContact is a line for private/contacts.csv.
type NewContact struct {
	ID    string
	Cells []ContactCell
}

// ContactCell is what stands in a column, whose name is in small letters.
type ContactCell struct{ Column, Value string }

// ContactsFile is where what is known of people is kept, below the site's folder.
const ContactsFile = privateDir + "/" + contactsCSV

// MaxContacts is how large it may be, in bytes.
const MaxContacts = maxContacts

// AppendContacts returns private/contacts.csv with lines for people who have none
// yet, and how many were added. What stands there stays: its lines, the order of
// its columns, its separators and ends of line. Columns that it lacks are added
// at the end. In another encoding than UTF-8 it becomes UTF-8. No cell begins as
// a formula does. No file yet: nil.
func AppendContacts(src []byte, list []NewContact) (after []byte, added int, err error) {
	if len(bytes.TrimSpace(bytes.TrimPrefix(src, []byte("\ufeff")))) == 0 {
		src = []byte("\ufeffid\n")
	}
	text, _, ok := DecodeTable(src)
	if !ok {
		return nil, 0, errors.New("its letters cannot be told")
	}
	in, header, err := table(text)
	column := slices.Index(header, "id")
	if err != nil || column < 0 {
		return nil, 0, errors.New("there is no column id")
	}
	t := contactsText{comma: in.Comma, header: header, end: "\n"}
	if first := bytes.IndexByte(text, '\n'); first > 0 && text[first-1] == '\r' {
		t.end = "\r\n"
	}
	ids, ends, err := recordsOf(in, column)
	if err != nil {
		return nil, 0, err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(c NewContact) bool { return ids[c.ID] })
	if len(list) == 0 {
		return src, 0, nil
	}
	widened := t.widen(text, ends, list)
	for _, c := range list {
		if widened, err = t.line(widened, c, column); err != nil {
			return nil, 0, err
		}
		ids[c.ID] = true
	}
	again, _, err := table(widened)
	if err != nil {
		return nil, 0, err
	}
	now, _, err := recordsOf(again, column)
	if err != nil || len(now) != len(ids) {
		return nil, 0, errors.New("a quote in it is not closed")
	}
	if mark := []byte("\ufeff"); bytes.HasPrefix(src, mark) || !bytes.Equal(src, text) {
		widened = append(mark, widened...)
	}
	return widened, len(list), nil
}

// recordsOf returns the ids of a table whose header was read, and where each of
// its records ends, the header first.
func recordsOf(in *csv.Reader, column int) (ids map[string]bool, ends []int64, err error) {
	ids, ends = map[string]bool{}, []int64{in.InputOffset()}
	in.FieldsPerRecord = -1
	for {
		row, err := in.Read()
		if err == io.EOF {
			return ids, ends, nil
		}
		if err != nil {
			return nil, nil, errors.New("a quote in it is not closed")
		}
		if ends = append(ends, in.InputOffset()); column < len(row) {
			ids[strings.TrimSpace(row[column])] = true
		}
	}
}

// contactsText is how a table of contacts is written.
type contactsText struct {
	comma  rune
	header []string
	end    string // of a line
}

// of returns the column for a value, -1 where there is none.
func (t *contactsText) of(name string) int {
	if at := slices.Index(t.header, name); at >= 0 || name != "email" {
		return at
	}
	return slices.Index(t.header, "e-mail")
}

// widen adds the columns that are missing, empty in what is there.
func (t *contactsText) widen(text []byte, ends []int64, list []NewContact) []byte {
	var names []string
	for _, c := range list {
		for _, cell := range c.Cells {
			if t.of(cell.Column) < 0 {
				t.header = append(t.header, cell.Column)
				names = append(names, cell.Column)
			}
		}
	}
	var out []byte
	from := int64(0)
	for i, end := range ends {
		line := text[from:end]
		body := bytes.TrimRight(line, "\r\n")
		out = append(out, body...)
		for _, name := range names {
			out = append(out, string(t.comma)...)
			if i == 0 {
				out = append(out, t.cell(name)...)
			}
		}
		if out = append(out, line[len(body):]...); len(body) == len(line) {
			out = append(out, t.end...)
		}
		from = end
	}
	return append(out, bytes.TrimLeft(text[from:], "\r\n")...)
}

// line adds the line of one person.
func (t *contactsText) line(text []byte, c NewContact, column int) ([]byte, error) {
	row := make([]string, len(t.header))
	row[column] = c.ID
	for _, cell := range c.Cells {
		at := t.of(cell.Column)
		if row[at] != "" {
			row[at] += "; "
		}
		row[at] += cell.Value
	}
	for i, cell := range row {
		if i > 0 {
			text = append(text, string(t.comma)...)
		}
		text = append(text, t.cell(guard(cell))...)
	}
	return append(text, t.end...), nil
}

// cell writes a cell.
func (t *contactsText) cell(s string) string {
	if s == "" || !strings.ContainsAny(s, "\"\r\n"+string(t.comma)) && strings.TrimSpace(s) == s {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
