package findings

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"gallerist/builder/problem"
)

// SummaryMost is how many bytes GitHub keeps of a step's summary.
const SummaryMost = 1 << 20

// summaryRest is kept free for the line that says that there is more.
const summaryRest = 200

// Summary writes the report as Markdown for the summary of a GitHub job: a table
// of the submissions with their state, credit line and problems, then what is
// wrong elsewhere. It writes at most room bytes, and says where that cut it.
func (r *Report) Summary(w io.Writer, room int) error {
	s := &summary{room: room - summaryRest}
	s.add(fmt.Sprintf("## Gallerist\n\n%s, %s, %s\n\n", count(r.Problems.Count(problem.Error), "error"),
		count(r.Problems.Count(problem.Warning), "warning"), count(r.Problems.Count(problem.Note), "note")))
	rest := r.Problems
	if len(r.Pieces) > 0 {
		s.add("| submission | state | credit line | problems |\n|---|---|---|---|\n")
		rest = r.rows(s)
		s.add("\n")
	}
	if len(rest) > 0 {
		s.add("| where | problem |\n|---|---|\n")
		for _, p := range rest {
			s.add(fmt.Sprintf("| %s | %s |\n", markdown(cmp.Or(p.Pos.String(), "the site")), problemCell(p)))
		}
	}
	s.end()
	_, err := io.WriteString(w, s.b.String())
	return err
}

// rows adds a row for each submission, those with the gravest problems first, and
// returns the problems that are of none.
func (r *Report) rows(s *summary) problem.List {
	at := make(map[string]int, len(r.Pieces))
	for i, p := range r.Pieces {
		at[p.Folder] = i
	}
	of := make([]problem.List, len(r.Pieces))
	var rest problem.List
	for _, p := range r.Problems {
		if i, ok := pieceOf(p.Pos.File, at); ok {
			of[i] = append(of[i], p)
		} else {
			rest = append(rest, p)
		}
	}
	for grave := problem.Error; grave <= problem.Note+1; grave++ {
		for i, p := range r.Pieces {
			if gravest(of[i]) == grave {
				s.add(row(p, of[i]))
			}
		}
	}
	return rest
}

// pieceOf returns whose file this is: the nearest folder above it that is a
// submission's.
func pieceOf(file string, at map[string]int) (int, bool) {
	for {
		cut := strings.LastIndexByte(file, '/')
		if cut < 0 {
			return 0, false
		}
		file = file[:cut]
		if i, ok := at[file]; ok {
			return i, true
		}
	}
}

// gravest returns the gravest level, one more than a note's where there is none.
func gravest(list problem.List) problem.Level {
	level := problem.Note + 1
	for _, p := range list {
		level = min(level, p.Level)
	}
	return level
}

func row(p Piece, list problem.List) string {
	cells := make([]string, len(list))
	for i, x := range list {
		cells[i] = problemCell(x)
		if place := placeIn(x.Pos, p.Folder); place != "" {
			cells[i] = markdown(place) + " " + cells[i]
		}
	}
	credits := make([]string, len(p.Credits))
	for i, c := range p.Credits {
		credits[i] = markdown(c)
	}
	return fmt.Sprintf("| %s<br>%s | %s | %s | %s |\n", markdown(p.ID), markdown(p.Folder), markdown(p.State),
		strings.Join(credits, "<br>"), strings.Join(cells, "<br>"))
}

// placeIn names a place in a folder.
func placeIn(pos problem.Pos, folder string) string {
	return strings.TrimPrefix(pos.String(), folder+"/")
}

// levelMarks tell a level by more than colour.
var levelMarks = [...]string{problem.Error: "❌ error", problem.Warning: "⚠️ warning", problem.Note: "note"}

func problemCell(p problem.Problem) string {
	text := levelMarks[p.Level] + ": " + markdown(p.Text)
	if p.Hint != "" {
		text += "<br>→ " + markdown(p.Hint)
	}
	return text
}

// summary is a text that stops growing where it would be too long.
type summary struct {
	b    strings.Builder
	room int
	left int // lines that did not find room
}

func (s *summary) add(line string) {
	if s.left > 0 || s.b.Len()+len(line) > s.room {
		s.left++
		return
	}
	s.b.WriteString(line)
}

func (s *summary) end() {
	if s.left > 0 && s.room >= 0 {
		fmt.Fprintf(&s.b, "\nThat is all there is room for, and %s left out: `gallerist check` tells all.\n", count(s.left, "line")+" "+wasWere(s.left))
	}
}

func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// markdown writes a text of a stranger so that it is shown as it is: as
// characters that mean nothing to Markdown and HTML, and without the neighbours
// that make a mention, a reference, an address or an emoji of a name.
func markdown(s string) string {
	var b strings.Builder
	visible := problem.Visible(s)
	for i, r := range visible {
		switch {
		case r == '@' || r == '#' || r == ':':
			fmt.Fprintf(&b, "&#%d;&#8203;", r)
		case r == '.' && i >= 3 && strings.EqualFold(visible[i-3:i], "www"):
			b.WriteString("&#8203;.")
		case r < 0x80 && !plainASCII(byte(r)):
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// plainASCII tells which characters mean nothing in the middle of a line.
func plainASCII(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(" ,./%?;", c) >= 0
}
