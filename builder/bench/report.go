package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// A section of the document is what one kind of measurement came to.
type section struct {
	name    string   // "cold"
	covers  []string // what was measured: "hugo:1000"; not overwritten with less
	title   string   // a heading
	machine string   // where, when, with what
	tables  []*table
	after   string // Markdown below the tables
}

// text writes the section for the terminal.
func (s *section) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n%s\n", s.title, s.machine)
	for _, t := range s.tables {
		b.WriteString("\n" + t.text())
	}
	return b.String()
}

// markdown writes the section between its marks.
func (s *section) markdown() string {
	var b strings.Builder
	b.WriteString(s.begin() + " " + strings.Join(s.covers, " ") + " -->\n")
	fmt.Fprintf(&b, "## %s\n\n%s\n", s.title, s.machine)
	for _, t := range s.tables {
		b.WriteString("\n" + t.markdown())
	}
	if s.after != "" {
		b.WriteString("\n" + s.after + "\n")
	}
	b.WriteString(s.end())
	return b.String()
}

func (s *section) begin() string { return "<!-- bench " + s.name + ":" }
func (s *section) end() string   { return "<!-- end of bench " + s.name + " -->" }

// errFewer says that a document holds more than what would take its place.
var errFewer = errors.New("the document covers more")

// in returns a document with the section in its place, or at the end where it
// has none yet.
func (s *section) in(doc string) (string, error) {
	from := strings.Index(doc, s.begin())
	if from < 0 {
		if doc != "" {
			doc = strings.TrimRight(doc, "\n") + "\n\n"
		}
		return doc + s.markdown() + "\n", nil
	}
	length := strings.Index(doc[from:], s.end())
	if length < 0 {
		return "", fmt.Errorf("the section %q has no end", s.name)
	}
	first, _, _ := strings.Cut(doc[from+len(s.begin()):], "-->")
	for _, covered := range strings.Fields(first) {
		if !slices.Contains(s.covers, covered) {
			return "", fmt.Errorf("%w: %s", errFewer, covered)
		}
	}
	return doc[:from] + s.markdown() + doc[from+length+len(s.end()):], nil
}

// saveIn puts the section into a document's file. One that covers more stays as
// it is, which the error says.
func (s *section) saveIn(file string) error {
	doc, err := readDoc(file)
	if err != nil {
		return err
	}
	text, err := s.in(doc)
	if err != nil {
		return fmt.Errorf("%s, section %s: %w", file, s.name, err)
	}
	return os.WriteFile(file, []byte(text), 0o666)
}

// readDoc returns a document, "" where there is none.
func readDoc(file string) (string, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return string(text), err
}
