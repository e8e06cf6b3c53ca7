package findings

import (
	"io"
	"strings"
	"unicode/utf8"

	"gallerist/builder/problem"
)

// The Reviewdog Diagnostic Format. Its columns count bytes of UTF-8 from 1.

type rdResult struct {
	Source      rdSource       `json:"source"`
	Diagnostics []rdDiagnostic `json:"diagnostics"`
}

type rdSource struct {
	Name string `json:"name"`
}

type rdDiagnostic struct {
	Message     string         `json:"message"`
	Location    rdLocation     `json:"location"`
	Severity    string         `json:"severity"`
	Code        rdCode         `json:"code"`
	Suggestions []rdSuggestion `json:"suggestions,omitempty"`
}

type rdLocation struct {
	Path  string   `json:"path"`
	Range *rdRange `json:"range,omitempty"`
}

type rdRange struct {
	Start rdPosition  `json:"start"`
	End   *rdPosition `json:"end,omitempty"`
}

type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column,omitempty"`
}

type rdCode struct {
	Value string `json:"value"`
}

type rdSuggestion struct {
	Range rdRange `json:"range"`
	Text  string  `json:"text"`
}

var rdSeverities = [...]string{problem.Error: "ERROR", problem.Warning: "WARNING", problem.Note: "INFO"}

// rdjson writes one DiagnosticResult.
func (r *Report) rdjson(w io.Writer) error {
	out := rdResult{Source: rdSource{"gallerist"}, Diagnostics: []rdDiagnostic{}}
	files := lines{read: r.Read}
	for _, p := range r.Problems {
		d := rdDiagnostic{Message: message(p), Severity: rdSeverities[p.Level], Code: rdCode{Rule(p)}, Location: rdLocation{Path: r.file(p)}}
		if p.Pos.Line > 0 {
			line, known := files.line(p.Pos)
			start := rdPosition{Line: p.Pos.Line}
			if known {
				start.Column = byteColumn(line, p.Pos.Col)
			}
			d.Location.Range = &rdRange{Start: start}
			if from, to, text, ok := suggestion(p, line); ok {
				d.Suggestions = append(d.Suggestions, rdSuggestion{rdRange{rdPosition{p.Pos.Line, from + 1}, &rdPosition{p.Pos.Line, to + 1}}, text})
			}
		}
		out.Diagnostics = append(out.Diagnostics, d)
	}
	for i := range r.Mends {
		out.Diagnostics = append(out.Diagnostics, r.Mends[i].diagnostic(r.Prefix+r.Mends[i].File))
	}
	return encode(w, out)
}

// lines gives lines of files, each of which is read once.
type lines struct {
	read  func(file string) ([]byte, error)
	files map[string][]string
}

// line returns the line of a place, without its end.
func (l *lines) line(pos problem.Pos) (string, bool) {
	if l.read == nil {
		return "", false
	}
	list, ok := l.files[pos.File]
	if !ok {
		if l.files == nil {
			l.files = map[string][]string{}
		}
		if src, err := l.read(pos.File); err == nil && utf8.Valid(src) {
			list = strings.Split(string(src), "\n")
		}
		l.files[pos.File] = list
	}
	if pos.Line > len(list) {
		return "", false
	}
	return strings.TrimSuffix(list[pos.Line-1], "\r"), true
}

// byteColumn returns the column in bytes of the col-th character, 0 where there
// is none.
func byteColumn(line string, col int) int {
	if col == 0 {
		return 0
	}
	for at := range line {
		if col--; col == 0 {
			return at + 1
		}
	}
	if col == 1 { // right behind the last
		return len(line) + 1
	}
	return 0
}

// suggestion returns what to put in the place of line[from:to], where the hint
// names one word instead of the one that the text quotes, and that stands once in
// the line.
func suggestion(p problem.Problem, line string) (from, to int, text string, ok bool) {
	better, found := strings.CutPrefix(p.Hint, `did you mean "`)
	better, _, end := strings.Cut(better, `"?`)
	wrong := quoted.FindAllString(p.Text, -1)
	if !found || !end || len(wrong) == 0 || strings.ContainsAny(better, `"\`) {
		return 0, 0, "", false
	}
	value := strings.Trim(wrong[0], `"`)
	from = strings.Index(line, value)
	if value == "" || from < 0 || strings.LastIndex(line, value) != from {
		return 0, 0, "", false
	}
	return from, from + len(value), better, true
}
