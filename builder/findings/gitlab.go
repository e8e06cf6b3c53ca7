package findings

import (
	"io"

	"gallerist/builder/problem"
)

// gitlabIssue is an entry of a Code Quality report.
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string `json:"path"`
	Lines struct {
		Begin int `json:"begin"`
	} `json:"lines"`
}

// gitlabSeverities are GitLab's words by level.
var gitlabSeverities = [...]string{problem.Error: "major", problem.Warning: "minor", problem.Note: "info"}

// gitlab writes a Code Quality report.
func (r *Report) gitlab(w io.Writer) error {
	list := make([]gitlabIssue, len(r.Problems))
	for i, name := range r.fingerprints() {
		p := r.Problems[i]
		list[i] = gitlabIssue{Description: message(p), CheckName: Rule(p), Fingerprint: name, Severity: gitlabSeverities[p.Level]}
		list[i].Location.Path = r.file(p)
		list[i].Location.Lines.Begin = max(p.Pos.Line, 1)
	}
	return encode(w, list)
}
