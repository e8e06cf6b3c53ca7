package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// Private is what is known about people that must never be published.
type Private struct {
	Values   []string           // what the output is searched for, sorted; none shorter than 5 characters
	Contacts map[string]Contact // by the id of a submission
}

// Contact is one line of private/contacts.csv.
type Contact struct {
	ID    string
	Line  int // of contacts.csv, where it stands
	Name  string
	Email string
	Phone string
	More  map[string]string // the other columns, by their names in small letters
}

const (
	privateDir  = "private"
	contactsCSV = "contacts.csv"
	maxContacts = 64 << 20
	minPrivate  = 5 // characters; a shorter value would be found everywhere
)

// harmless are the columns that hold no contact data, so that their cells may
// be published: the place somebody lives in, the language they speak.
var harmless = []string{"id", "name", "place", "city", "country", "lang", "language", "gender",
	"gallery", "title", "status", "date", "received", "submitted", "consent"}

// contacts is private/contacts.csv as read.
type contacts struct {
	*Private // with its own values only
	probs    problem.List
	traces
	merged *Private // with values of front matter
	more   []string // those
}

// contacts reads private/contacts.csv: a line of column names, of which id is
// needed, then a line for each person, with commas, semicolons or tabs between
// the cells; see encoding.go for its letters. It reports what is wrong by line only. What is remembered of it is
// taken where the file is as it was.
func (r *reader) contacts(old *contacts) (*contacts, error) {
	if old.asTheyWere() && !r.look.at(privateDir) {
		return old, nil
	}
	_, entries, err := r.list(privateDir)
	c := &contacts{Private: &Private{Contacts: map[string]Contact{}}}
	c.trace(r, nil, slices.DeleteFunc(slices.Clone(entries), func(e fs.DirEntry) bool { return e.Name() != contactsCSV }))
	if err == nil && old.asTheyWere() && slices.Equal(c.stamps, old.stamps) {
		return old, nil
	}
	src, fleeting, err := readPrivate(r.fsys, contactsCSV, entries, err, &c.probs)
	c.fleeting = fleeting
	if err == nil && src != nil {
		c.parse(privateDir+"/"+contactsCSV, src, &c.probs)
	}
	return c, err
}

// with returns the private values of the site: those of contacts.csv and more.
func (c *contacts) with(more []string) *Private {
	if c.merged == nil || !slices.Equal(c.more, more) {
		c.more = more
		c.merged = &Private{Contacts: c.Contacts, Values: slices.Clone(c.Values)}
		c.merged.hide(more)
	}
	return c.merged
}

// readPrivate reads a file of the private folder, whose entries were listed: nil
// when it is not there or cannot be read, which is then reported and may be
// otherwise the next time.
func readPrivate(fsys fs.FS, name string, entries []fs.DirEntry, err error, probs *problem.List) (src []byte, fleeting bool, _ error) {
	r, f := &reader{fsys: fsys}, &folder{path: privateDir}
	defer func() { *probs = append(*probs, f.probs...) }()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, true, r.unreadable(f, privateDir, err)
	}
	i := slices.IndexFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name })
	if i < 0 {
		return nil, false, nil
	}
	file := privateDir + "/" + name
	if !entries[i].Type().IsRegular() {
		f.probs.Errorf(problem.Pos{File: file}, "put the file itself there", "not a regular file, so it is not opened")
		return nil, false, nil
	}
	src, err = r.read(file, maxContacts, nil)
	if errors.Is(err, errTooLarge) {
		f.probs.Errorf(problem.Pos{File: file}, "keep only the lines of people who still have a submission", "larger than %d MB", maxContacts>>20)
		return nil, false, nil
	}
	if err != nil {
		return nil, true, r.unreadable(f, file, err)
	}
	return src, false, nil
}

func (p *Private) parse(name string, src []byte, probs *problem.List) {
	text, guessed, ok := DecodeTable(src)
	if !ok {
		probs.Errorf(problem.Pos{File: name}, "save the table as CSV in UTF-8", "the letters of this table cannot be told: it is neither UTF-8 nor UTF-16 nor Windows-1251")
		p.salvage(src)
		return
	}
	if src = text; guessed {
		probs.Notef(problem.Pos{File: name}, "if names in it are wrong, save it as CSV in UTF-8", "read as Windows-1251")
	}
	in, header, err := table(src)
	if err == io.EOF {
		return
	}
	if err != nil || !slices.Contains(header, "id") {
		probs.Errorf(problem.Pos{File: name, Line: 1}, "let the first line name the columns, separated by commas: id,name,email,phone", "there is no column id")
		p.salvage(src)
		return
	}
	for {
		row, err := in.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			probs.Errorf(problem.Pos{File: name, Line: csvLine(err)}, "give each line as many cells as the first, and put a cell that holds a comma or a quote between double quotes",
				"this line does not fit the table")
			if !errors.Is(err, csv.ErrFieldCount) {
				p.salvage(src)
				return
			}
		}
		line, _ := in.FieldPos(0)
		p.add(problem.Pos{File: name, Line: line}, header, row, probs)
	}
}

// salvage takes what looks like a contact out of a table that cannot be read,
// so that the output is searched for it all the same.
func (p *Private) salvage(src []byte) {
	src = bytes.ReplaceAll(src, []byte{0}, nil) // of UTF-16
	for _, s := range strings.FieldsFunc(string(src), func(r rune) bool { return strings.ContainsRune(",;\t\r\n\"", r) }) {
		n := 0
		for _, c := range s {
			n += b2i(c >= '0' && c <= '9')
		}
		if s = strings.TrimSpace(s); strings.Contains(s, "@") || n >= 6 {
			p.Values = append(p.Values, Unguard(s))
		}
	}
}

func csvLine(err error) int {
	var pe *csv.ParseError
	if errors.As(err, &pe) {
		return pe.StartLine
	}
	return 1
}

func (p *Private) add(pos problem.Pos, header, row []string, probs *problem.List) {
	c := Contact{More: map[string]string{}, Line: pos.Line}
	for i, cell := range row {
		cell = Unguard(strings.TrimSpace(strict.Clean(cell)))
		column := ""
		if i < len(header) {
			column = header[i]
		}
		if cell != "" && (!slices.Contains(harmless, column) || strings.Contains(cell, "@")) {
			p.Values = append(p.Values, cell)
		}
		switch column {
		case "id":
			c.ID = cell
		case "name":
			c.Name = cell
		case "email", "e-mail":
			c.Email = cell
		case "phone":
			c.Phone = cell
		default:
			c.More[column] = cell
		}
	}
	switch _, twice := p.Contacts[c.ID]; {
	case c.ID == "":
		probs.Warnf(pos, "write the id of the submission into the column id", "a line without an id")
	case twice:
		probs.Warnf(pos, "keep one line for each submission", "the same id as in line %d", p.Contacts[c.ID].Line)
	default:
		p.Contacts[c.ID] = c
	}
}

// unknown tells once of the lines whose ids are no submission's. Their cells are
// not shown: somebody may have put an address into that column.
func (c *contacts) unknown(ids map[string]problem.Pos, probs *problem.List) {
	var lines []int
	for id, contact := range c.Contacts {
		if _, ok := ids[id]; !ok {
			lines = append(lines, contact.Line)
		}
	}
	if len(lines) == 0 {
		return
	}
	slices.Sort(lines)
	more := ""
	switch n := len(lines); {
	case n == 2:
		more = "; so is that in " + lineList(lines[1:])
	case n > 2:
		more = "; so are those in " + lineList(lines[1:])
	}
	probs.Warnf(problem.Pos{File: privateDir + "/" + contactsCSV, Line: lines[0]},
		"write the id that stands in its submission.md; where that is gone for good, delete the line", "an id that is no submission's%s", more)
}

// lineList names lines, the first ten of them.
func lineList(lines []int) string {
	const most = 10
	var b strings.Builder
	for i, n := range lines[:min(len(lines), most)] {
		switch {
		case i > 0:
			b.WriteString(", ")
		case len(lines) > 1:
			b.WriteString("lines ")
		default:
			b.WriteString("line ")
		}
		b.WriteString(strconv.Itoa(n))
	}
	if rest := len(lines) - most; rest > 0 {
		fmt.Fprintf(&b, " and %d more", rest)
	}
	return b.String()
}

// hide adds values and puts all in order.
func (p *Private) hide(values []string) {
	p.Values = append(p.Values, values...)
	p.Values = slices.DeleteFunc(p.Values, func(s string) bool { return utf8.RuneCountInString(s) < minPrivate })
	slices.Sort(p.Values)
	p.Values = slices.Compact(p.Values)
}
