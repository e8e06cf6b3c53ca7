package findings

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"gallerist/builder/problem"
)

// annotationsMost is how many annotations of each level GitHub shows of a step.
const annotationsMost = 10

// commands are GitHub's workflow commands by level.
var commands = [...]string{problem.Error: "error", problem.Warning: "warning", problem.Note: "notice"}

// github writes annotations for the log of a GitHub workflow: the first ten of
// each level, errors first, and how many more there are.
func (r *Report) github(w io.Writer) error {
	var b strings.Builder
	var more []string
	for level := problem.Error; level <= problem.Note; level++ {
		n := 0
		for _, p := range r.Problems {
			if p.Level != level {
				continue
			}
			if n++; n <= annotationsMost {
				b.WriteString(r.annotation(p) + "\n")
			}
		}
		if n > annotationsMost {
			more = append(more, count(n-annotationsMost, "more "+level.String()))
		}
	}
	if len(more) > 0 {
		fmt.Fprintf(&b, "%s: the summary of the job tells all of them\n", strings.Join(more, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// annotation writes a problem as a workflow command.
func (r *Report) annotation(p problem.Problem) string {
	properties := []string{"file=" + property(r.file(p))}
	if p.Pos.Line > 0 {
		properties = append(properties, "line="+strconv.Itoa(p.Pos.Line))
		if p.Pos.Col > 0 {
			properties = append(properties, "col="+strconv.Itoa(p.Pos.Col))
		}
	}
	properties = append(properties, "title="+property("gallerist: "+Rule(p)))
	return "::" + commands[p.Level] + " " + strings.Join(properties, ",") + "::" + data(message(p))
}

var (
	inData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	inProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// data and property escape a text where workflow commands hold it.
func data(s string) string     { return inData.Replace(s) }
func property(s string) string { return inProperty.Replace(s) }

// ForLog returns a text for the log of a GitHub workflow, in which no line is
// read as a command: none begins with "::", and the older "##[" stands nowhere.
func ForLog(s string) string {
	lines := strings.SplitAfter(strings.ReplaceAll(s, "##[", "## ["), "\n")
	for i, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), "::") {
			lines[i] = ". " + line
		}
	}
	return strings.Join(lines, "")
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
