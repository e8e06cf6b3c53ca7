package findings

import (
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"

	"gallerist/builder/problem"
)

// The parts of SARIF 2.1.0 that are written: OASIS, Static Analysis Results
// Interchange Format, section 3.

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version,omitempty"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID      string       `json:"id"`
	Short   sarifMessage `json:"shortDescription"`
	Default sarifLevel   `json:"defaultConfiguration"`
}

type sarifLevel struct {
	Level string `json:"level"`
}

type sarifMessage struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        string            `json:"level"`
	Message      sarifMessage      `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Fingerprints map[string]string `json:"partialFingerprints"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI  string `json:"uri"`
	Base string `json:"uriBaseId"`
}

type sarifRegion struct {
	Line int `json:"startLine"`
	Col  int `json:"startColumn,omitempty"`
}

const (
	sarifSchema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
	sarifVersion = "2.1.0"
	sarifRoot    = "%SRCROOT%" // the repository's folder, by convention of those who read it
	// sarifFingerprint is the name under which GitHub looks for one.
	sarifFingerprint = "primaryLocationLineHash"
)

// sarif writes a SARIF log of one run.
func (r *Report) sarif(w io.Writer) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "Gallerist", Version: r.Version, Rules: r.sarifRules()}
	for i, name := range r.fingerprints() {
		p := r.Problems[i]
		rule := Rule(p)
		at, _ := slices.BinarySearchFunc(run.Tool.Driver.Rules, rule, func(a sarifRule, id string) int { return strings.Compare(a.ID, id) })
		where := sarifPhysical{Artifact: sarifArtifact{fileURI(r.file(p)), sarifRoot}}
		if p.Pos.Line > 0 {
			where.Region = &sarifRegion{p.Pos.Line, p.Pos.Col}
		}
		run.Results = append(run.Results, sarifResult{
			RuleID: rule, RuleIndex: at, Level: p.Level.String(), Message: sarifMessage{withoutLinks(message(p))},
			Locations: []sarifLocation{{where}}, Fingerprints: map[string]string{sarifFingerprint: name},
		})
	}
	return encode(w, sarifLog{sarifSchema, sarifVersion, []sarifRun{run}})
}

// sarifRules lists the rules of the problems, by id, with the gravest level of
// each.
func (r *Report) sarifRules() []sarifRule {
	levels := map[string]problem.Level{}
	for _, p := range r.Problems {
		id := Rule(p)
		if level, ok := levels[id]; !ok || p.Level < level {
			levels[id] = p.Level
		}
	}
	list := make([]sarifRule, 0, len(levels))
	for id, level := range levels {
		list = append(list, sarifRule{id, sarifMessage{strings.ReplaceAll(id, "-", " ")}, sarifLevel{level.String()}})
	}
	slices.SortFunc(list, func(a, b sarifRule) int { return strings.Compare(a.ID, b.ID) })
	return list
}

// withoutLinks breaks what SARIF takes for a link in plain text: [words](target).
func withoutLinks(s string) string { return strings.ReplaceAll(s, "](", "] (") }

// fileURI writes a path as a relative address (RFC 3986).
func fileURI(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(url.PathEscape(part), ":", "%3A") // else it is a scheme
	}
	return strings.Join(parts, "/")
}

// encode writes JSON for people to read too.
func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
