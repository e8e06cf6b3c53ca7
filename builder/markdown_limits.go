package builder

import (
	"maps"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// Bounds of what is handed to goldmark, whose time grows with the square of
// nested markers.
const (
	maxNesting  = 20     // markers of quotations and lists at the beginning of a line
	maxBrackets = 2_000  // "[" in a text
	maxMarks    = 2_000  // "*", "_" and "~" in a text
	maxLine     = 10_000 // bytes of a line
	maxColumns  = 20     // of a table
	maxRows     = 200    // "|"-lines of a text with tables
)

// checkMarkdown returns what makes a text too costly to parse, with a hint,
// and the line it is on; "" means that the text is fine.
func checkMarkdown(src string) (text, hint string, line int) {
	brackets, marks, rows := 0, 0, 0
	for l := range strings.Lines(src) {
		line++
		if len(l) > maxLine {
			return "this line is over 10,000 bytes long", "break it into paragraphs", line
		}
		if nesting(l) > maxNesting {
			return "quotations or lists are nested over 20 deep here", "use fewer > or - at the beginning of the line", line
		}
		if brackets += strings.Count(l, "["); brackets > maxBrackets {
			return "the text has over 2,000 opening brackets", `write "\[" for a bracket that is not a link`, line
		}
		if marks += strings.Count(l, "*") + strings.Count(l, "_") + strings.Count(l, "~"); marks > maxMarks {
			return "the text has over 2,000 asterisks, underscores and tildes", "take some out: they make words stand out only where few do", line
		}
		if strings.Contains(l, "|") {
			if rows++; rows > maxRows || strings.Count(l, "|") > maxColumns {
				return "the table is larger than 20 columns or 200 rows", "split it, or publish it as a file", line
			}
		}
	}
	return "", "", 0
}

// nesting counts the block markers a line begins with. A rule such as "- - -"
// is none.
func nesting(l string) int {
	n, rule, last := 0, true, byte(0)
scan:
	for i := 0; i < len(l); i++ {
		c := l[i]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			continue
		case c == '>' || c == '-' || c == '*' || c == '+', (c == '.' || c == ')') && last >= '0' && last <= '9':
			n++
		case c >= '0' && c <= '9':
		default:
			rule = false
			break scan
		}
		rule = rule && (c == '-' || c == '*') && (last == 0 || last == c)
		last = c
	}
	if rule {
		return 0
	}
	return n
}

// markdownProblem reports a text that is too costly to parse and says whether
// there was one.
func markdownProblem(src string, at problem.Pos, probs *problem.List) bool {
	text, hint, line := checkMarkdown(src)
	if text == "" {
		return false
	}
	probs.Errorf(problem.Pos{File: at.File, Line: max(at.Line, 1) + line - 1}, hint, "%s", text)
	return true
}

// costly reports the texts of a piece that are too costly to parse, in all its
// languages, and says whether there was one.
func costly(p *gallery.Piece, probs *problem.List) bool {
	found := markdownProblem(p.Text.Body, p.Text.BodyAt, probs)
	for _, t := range p.In {
		found = markdownProblem(t.Body, t.BodyAt, probs) || found
	}
	return found
}

func costlyArticle(a *gallery.Article, probs *problem.List) bool {
	found := markdownProblem(a.Text.Body, a.Text.BodyAt, probs)
	for _, t := range a.In {
		found = markdownProblem(t.Body, t.BodyAt, probs) || found
	}
	return found
}

// withoutCostly returns a gallery without the introductions that are too
// costly to parse, which are reported: its pieces need not suffer for them.
func withoutCostly(g *gallery.Gallery, probs *problem.List) *gallery.Gallery {
	own := *g
	own.Text = withoutCostlyWords(g.Text, probs)
	own.In = maps.Clone(g.In)
	for tag, t := range g.In {
		own.In[tag] = withoutCostlyWords(t, probs)
	}
	return &own
}

func withoutCostlyWords(t gallery.Text, probs *problem.List) gallery.Text {
	if markdownProblem(t.Body, t.BodyAt, probs) {
		t.Body = ""
	}
	if c := t.Contest; c != nil && markdownProblem(c.Announce, c.AnnounceAt, probs) {
		silent := *c
		silent.Announce = ""
		t.Contest = &silent
	}
	return t
}
