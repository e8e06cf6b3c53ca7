package findings

import (
	"slices"
	"strings"
)

// Mend is a file that can be mended without a decision, as it is and as it should
// be.
type Mend struct {
	File          string // below the site's folder
	Before, After []byte
	Done          []string // what is done to it, in words
}

// diagnostic returns a mend with what to put in the place of which lines. Lines that
// only end in another way have none: no review can show that.
func (m *Mend) diagnostic(path string) rdDiagnostic {
	d := rdDiagnostic{Message: "gallerist check --fix mends it: " + strings.Join(m.Done, "; "), Severity: "INFO", Code: rdCode{"fix"}, Location: rdLocation{Path: path}}
	before, after := linesOf(m.Before), linesOf(m.After)
	if len(before) == len(after) {
		for i := range before {
			d.replace(i, before[i:i+1], after[i:i+1])
		}
	} else {
		same := 0
		for same < min(len(before), len(after))-1 && before[same] == after[same] {
			same++
		}
		end := 0
		for end < min(len(before), len(after))-same-1 && before[len(before)-1-end] == after[len(after)-1-end] {
			end++
		}
		d.replace(same, before[same:len(before)-end], after[same:len(after)-end])
	}
	if len(d.Suggestions) > 0 {
		d.Location.Range = &rdRange{Start: d.Suggestions[0].Range.Start}
	}
	return d
}

// replace suggests other lines for those from the nth on, from 0.
func (d *rdDiagnostic) replace(n int, old, fresh []string) {
	if slices.Equal(old, fresh) {
		return
	}
	last := n + len(old)
	d.Suggestions = append(d.Suggestions, rdSuggestion{
		rdRange{rdPosition{n + 1, 1}, &rdPosition{last, len(old[len(old)-1]) + 1}}, strings.Join(fresh, "\n"),
	})
}

func linesOf(src []byte) []string {
	return strings.Split(strings.ReplaceAll(string(src), "\r\n", "\n"), "\n")
}
