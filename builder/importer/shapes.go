package importer

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// shape is what is particular about the tables of one form tool.
type shape struct {
	name string
	is   func(t *Table) bool
	own  map[string]string // columns of the tool's own → field
	zone *time.Location    // of its times without one; nil = not known
	// row reports whether a row is an answer, else why not.
	row func(t *Table, r *Row) string
}

// googleForms is what "Download responses (.csv)" of Google Forms gives: a ZIP
// with one CSV, whose first column has times with a zone.
var googleForms = &shape{name: "google-forms", is: func(t *Table) bool {
	st, ok := firstStamp(t)
	return ok && st.timed && st.zoned && st.first && st.sep == '/'
}}

// googleSheet is the sheet linked with a form, as CSV: times in the ways of the
// sheet's country, without a zone.
var googleSheet = &shape{name: "google-sheet", is: func(t *Table) bool {
	if slices.Contains(timestampNames, strings.ToLower(t.Columns[0])) {
		return true
	}
	st, ok := firstStamp(t)
	return ok && st.timed && guess(t.Columns[0]) == ""
}}

// tally is Tally's CSV. Its times have no zone and are taken for UTC.
var tally = &shape{name: "tally", zone: time.UTC,
	is: func(t *Table) bool {
		return len(t.Columns) > 2 && t.Columns[0] == "Submission ID" && t.Columns[1] == "Respondent ID" && t.Column("Submitted at") > 0
	},
	own: map[string]string{"Submission ID": "key", "Respondent ID": "", "Submitted at": "received"},
}

// typeform is Typeform's CSV: a token first, then the answers, then its own
// columns, of which older files have fewer.
var typeform = &shape{name: "typeform", zone: time.UTC,
	is: func(t *Table) bool {
		return t.Columns[0] == "#" && (t.Column("Network ID") > 0 || t.Column("Submit Date (UTC)") > 0)
	},
	own: map[string]string{"#": "key", "Response Type": "", "Start Date (UTC)": "", "Stage Date (UTC)": "", "Submit Date (UTC)": "received",
		"Network ID": "", "Tags": "", "Ending": ""},
	row: func(t *Table, r *Row) string {
		if at := t.Column("Response Type"); at >= 0 && !slices.Contains([]string{"completed", ""}, strings.ToLower(r.Cells[at])) {
			return "not completed"
		}
		return ""
	},
}

// anyTable is any other table.
var anyTable = &shape{name: "csv", is: func(t *Table) bool { return true }}

// firstStamp reads the first cell of the first column that is not empty.
func firstStamp(t *Table) (stamp, bool) {
	for i := range t.Rows {
		if cell := t.Rows[i].Cells[0]; cell != "" {
			return parseStamp(cell)
		}
	}
	return stamp{}, false
}

// tableSource reads tables of a shape.
type tableSource struct{ *shape }

// tellBytes is how much of a table is read to tell its shape.
const tellBytes = 256 << 10

// Tells implements Source.
func (s tableSource) Tells(in Input) bool {
	file, ok := tableIn(in)
	if !ok {
		return false
	}
	src, err := begin(in.FS, file)
	if err != nil {
		return false
	}
	t := ReadTable(problem.Pos{}, src, &problem.List{})
	return t != nil && s.is(t)
}

// begin reads the first lines of a file.
func begin(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // it was only read
	src, err := io.ReadAll(io.LimitReader(f, tellBytes))
	return src[:len(src)&^1], err // UTF-16 has two bytes a letter
}

// tableIn returns the one table of an input: the file itself, or the only one in
// a ZIP file or folder.
func tableIn(in Input) (file string, ok bool) {
	isTable := func(name string) bool {
		return slices.Contains([]string{".csv", ".tsv", ".tab", ".txt"}, strings.ToLower(path.Ext(name))) && !strings.HasPrefix(path.Base(name), ".")
	}
	if in.File != "" {
		return in.File, !source.IsMediaName(in.File)
	}
	found := 0
	_ = fs.WalkDir(in.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || strings.HasPrefix(name, "__MACOSX") || path.Base(name) == "media.csv" {
			return nil
		}
		if e.Type().IsRegular() && isTable(name) && path.Ext(name) != ".txt" {
			file = name
			found++
		}
		return nil
	})
	return file, found == 1
}

// HasTable reports whether an input is a table, or holds one among other files.
func HasTable(in Input) bool {
	_, ok := tableIn(in)
	return ok
}

// Read implements Source.
func (s tableSource) Read(ctx context.Context, in Input, opt *Options, probs *problem.List) ([]Entry, error) {
	file, ok := tableIn(in)
	if !ok {
		probs.Errorf(problem.Pos{File: in.Name}, "name the table itself", "there is not one table in it, but none or several")
		return nil, nil
	}
	src, err := readAll(in.FS, file)
	if err != nil {
		return nil, err
	}
	t := ReadTable(in.At(file), src, probs)
	if t == nil {
		return nil, ctx.Err()
	}
	r := &rows{Table: t, shape: s.shape, opt: opt, m: opt.Mapping, probs: probs}
	return r.entries(), ctx.Err()
}

var errNotRegular = errors.New("not a regular file")

// readAll reads a table, and a byte more than it may have where it is longer.
func readAll(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // it was only read
	if st, err := f.Stat(); err != nil || !st.Mode().IsRegular() {
		return nil, errors.Join(err, errNotRegular)
	}
	return io.ReadAll(io.LimitReader(f, maxTable+1))
}
