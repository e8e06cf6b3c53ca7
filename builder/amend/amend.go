// Package amend changes values in front matter, and leaves every other byte of
// the file as it is: comments, order, blank lines, alignment, the way texts are
// quoted, line ends and a byte order mark. So one decision of a person is one
// line of a diff.
//
//	src, err = amend.Apply("content/a/submission.md", src,
//		amend.Change{Path: "status", Value: "approved"},
//		amend.Change{Path: "review.by", Value: "Vera"},
//		amend.Change{Path: "award.0.reason", Value: nil})
//
// Front matter is TOML between lines of +++ or YAML between lines of ---. A new
// key goes to the end of its table's own lines (of the document's, before the
// first table), a new table to the end, a new table of a list behind the last of
// its kind. A value keeps the quotes it stands in where the new one can. A key
// that has the value already is not touched.
//
// How the bytes are changed never has to be right for every document that
// somebody can write: the result is read again by package strict, and it must
// differ from what was read before in exactly the changes, else Apply returns an
// *Error and no bytes.
package amend

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"time"

	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// Change is one value to be set or taken out.
type Change struct {
	// Path names the key from the top, its parts separated by dots, tables and
	// values of a list by their number from 0: status, review.by, award.0.title,
	// media.1.alt, tags.2. The number one behind the last adds one to the list;
	// a list that is not there begins with 0. A single table counts as a list of
	// one. A part that holds a dot stands between double quotes; see Join.
	Path string
	// Value is a string, bool, int, int64, float64, []string, []float64,
	// time.Time (a moment, with its offset from UTC) or Date. Nil takes the key
	// out, or the table or list that Path names; a table whose last key goes
	// stays as an empty one.
	Value any
}

// Date is a day without a time.
type Date struct{ time.Time }

// Error says where and why a change cannot be made.
type Error struct{ problem.Problem }

func (e *Error) Error() string { return e.Problem.String() }

// Apply returns the file with the changes made one after the other, so that a
// number in a path counts what stands there after the changes before it. A file
// without front matter gets one. Errors are an *Error, whose place is in file.
func Apply(file string, src []byte, changes ...Change) ([]byte, error) {
	before, err := read(file, src)
	if err != nil {
		return nil, err
	}
	out := src
	for _, c := range changes {
		want, path, v, err := plan(before, c)
		if err != nil {
			return nil, split(out).where(file, err)
		}
		if want == nil {
			continue // it is so already
		}
		if out, before, err = edit(file, out, before, want, path, v); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// edit makes one change: the first way to write it that reads as wanted.
func edit(file string, src []byte, is, want tree, path []string, value any) ([]byte, tree, error) {
	f := split(src)
	var ways []string
	var err error
	if f.yaml {
		ways, err = editYAML(f, is, path, value)
	} else {
		ways, err = editTOML(f, is, path, value)
	}
	if err != nil {
		return nil, nil, f.where(file, err)
	}
	var unread error
	for _, inner := range ways {
		out := f.with(inner)
		got, err := read(file, out)
		if err == nil && reflect.DeepEqual(prune(got), prune(want)) {
			return out, got, nil
		}
		unread = err
	}
	if unread != nil {
		return nil, nil, unread
	}
	return nil, nil, f.where(file, refuseAt(path, "write it into the file by hand",
		"%s cannot be changed here without touching more than it", name(path)))
}

// read returns what the front matter of a file says.
func read(file string, src []byte) (tree, error) {
	var probs problem.List
	head, _, _ := strict.FrontMatter(file, src, &probs)
	if head == nil || probs.Count(problem.Error) > 0 {
		if len(probs) == 0 {
			probs.Errorf(problem.Pos{File: file}, "", "the front matter cannot be read")
		}
		return nil, &Error{probs.Sorted()[0]}
	}
	return plainTable(head.Exact()), nil
}

// file is a file in parts: before the first line of front matter, the front
// matter, and from its closing line on.
type file struct {
	before, inner, after string
	yaml                 bool
	newline              string // how lines end
	line                 int    // of the first line of inner
}

// split takes a file apart that strict can read.
func split(src []byte) file {
	text := string(src)
	f := file{newline: mostlyEnds(text), line: 2}
	mark := ""
	if rest, ok := strings.CutPrefix(text, "\ufeff"); ok {
		text, mark = rest, "\ufeff"
	}
	first, rest, _ := strings.Cut(text, "\n")
	fence := strings.TrimRight(first, " \t\r")
	if fence != "+++" && fence != "---" {
		f.before, f.after = mark+"+++"+f.newline, "+++"+f.newline+text
		return f
	}
	f.yaml = fence == "---"
	f.before = mark + text[:len(text)-len(rest)]
	for at := 0; at < len(rest); {
		line, _, _ := strings.Cut(rest[at:], "\n")
		if strings.TrimRight(line, " \t\r") == fence {
			f.inner, f.after = rest[:at], rest[at:]
			break
		}
		at += len(line) + 1
	}
	return f
}

// mostlyEnds returns how most lines of a text end.
func mostlyEnds(text string) string {
	if crlf := strings.Count(text, "\r\n"); crlf*2 > strings.Count(text, "\n") {
		return "\r\n"
	}
	return "\n"
}

// with returns the file with other front matter.
func (f file) with(inner string) []byte {
	var b bytes.Buffer
	b.WriteString(f.before)
	b.WriteString(inner)
	b.WriteString(f.after)
	return b.Bytes()
}

// refusal is an error at an offset of the front matter, or at what a path leads to.
type refusal struct {
	at         int
	path       []string
	text, hint string
}

func (r *refusal) Error() string { return r.text }

func refuse(at int, hint, text string, args ...any) error {
	return &refusal{at: at, text: fmt.Sprintf(text, args...), hint: hint}
}

func refuseAt(path []string, hint, text string, args ...any) error {
	return &refusal{path: path, text: fmt.Sprintf(text, args...), hint: hint}
}

// where gives a refusal its place in the file.
func (f file) where(file string, err error) error {
	r, ok := err.(*refusal)
	if !ok {
		return err
	}
	at := min(max(r.at, f.find(r.path)), len(f.inner))
	begin := strings.LastIndexByte(f.inner[:at], '\n') + 1
	pos := problem.Pos{File: file, Line: f.line + strings.Count(f.inner[:at], "\n"), Col: 1 + len([]rune(f.inner[begin:at]))}
	return &Error{problem.Problem{Pos: pos, Text: r.text, Hint: r.hint}}
}

// find returns where the deepest known part of a path stands.
func (f file) find(path []string) (at int) {
	if f.yaml {
		y := &yamlDoc{text: f.inner, newline: f.newline}
		if len(path) == 0 || y.load() != nil {
			return 0
		}
		for n := len(path); n > 0; n-- {
			if at := y.keyAt(path[:n]); at >= 0 {
				return at
			}
		}
		return 0
	}
	for _, p := range strict.Outline(f.inner) {
		if below(path, p.Path) || below(p.Path, path) && len(path) > 0 && at == 0 {
			at = p.From
		}
	}
	return at
}
