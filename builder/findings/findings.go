// Package findings writes what a check found in the forms that hosts of
// repositories and review tools read:
//
//	github   workflow commands for the log, and Markdown for the job's summary
//	gitlab   a Code Quality report
//	sarif    SARIF 2.1.0 (OASIS), for code scanning and editors
//	rdjson   the Reviewdog Diagnostic Format
//
// What is written can hold words of strangers: values that problems quote, names
// of files, credit lines. Each form escapes them by its own rules, so that none of
// them becomes markup, a mention or a command.
package findings

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"strings"

	"gallerist/builder/problem"
)

// Report is what a check found.
type Report struct {
	Problems problem.List // sorted
	Pieces   []Piece      // the submissions it is about, in the order of folders
	Version  string       // of the program
	Prefix   string       // of the site's folder in the repository: "" or "sites/one/"
	Mends    []Mend       // for rdjson, which can carry them

	// Read returns a file of the site, for columns that count bytes and for
	// suggestions; nil = there are neither.
	Read func(file string) ([]byte, error)
}

// Piece is a submission.
type Piece struct {
	ID      string
	Folder  string   // below the site's folder: "content/morning/olya"
	State   string   // "published", or why it is not
	Credits []string // its credit line, by language; none where it is not published
}

// Formats lists the forms that Write knows, by name.
var Formats = []string{"github", "gitlab", "sarif", "rdjson"}

// Write writes the report. A format that is not one of Formats is an error.
func Write(w io.Writer, format string, r *Report) error {
	switch format {
	case "github":
		return r.github(w)
	case "gitlab":
		return r.gitlab(w)
	case "sarif":
		return r.sarif(w)
	case "rdjson":
		return r.rdjson(w)
	}
	return fmt.Errorf("there is no format %q", format)
}

// settingsFile is where a problem stands that is in no file: hosts want one.
const settingsFile = "site.toml"

// file returns the path of a problem's file in the repository.
func (r *Report) file(p problem.Problem) string {
	return path.Join(r.Prefix, cmp.Or(p.Pos.File, settingsFile))
}

// message returns what a problem says, with what to do about it.
func message(p problem.Problem) string {
	text := problem.Visible(p.Text)
	if p.Hint != "" {
		text += "\nhint: " + problem.Visible(p.Hint)
	}
	return text
}

// fingerprints returns a name for each problem that stays when lines above it
// come and go: it is made of the rule, the file and the text. Of several that are
// the same in these, each has its place among them.
func (r *Report) fingerprints() []string {
	list := make([]string, len(r.Problems))
	seen := map[string]int{}
	for i, p := range r.Problems {
		key := strings.Join([]string{p.Level.String(), Rule(p), r.file(p), p.Text}, "\x00")
		seen[key]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		list[i] = hex.EncodeToString(sum[:16])
	}
	return list
}
