package findings

import (
	"slices"
	"strings"
	"testing"
)

// TestMendSuggestions: a suggestion carried out gives the file as it should be.
func TestMendSuggestions(t *testing.T) {
	for name, c := range map[string]struct {
		before, after string
		n             int
	}{
		"letters":         {"a\ncafe\u0301\nb\n", "a\ncaf\u00e9\nb\n", 1},
		"several lines":   {"e\u0301\nx\ne\u0301\n", "\u00e9\nx\n\u00e9\n", 2},
		"an id":           {"+++\ntitle = \"T\"\n+++\n", "+++\nid = \"abcd2345\"\ntitle = \"T\"\n+++\n", 1},
		"an id alone":     {"+++\n+++\n", "+++\nid = \"abcd2345\"\n+++\n", 1},
		"an id and marks": {"+++\ntitle = \"\ufeffT\"\n+++\n", "+++\nid = \"abcd2345\"\ntitle = \"T\"\n+++\n", 1},
		"ends only":       {"a\r\nb\n", "a\nb\n", 0},
		"ends and more":   {"a\r\ne\u0301\n", "a\n\u00e9\n", 1},
	} {
		m := Mend{File: "submission.md", Before: []byte(c.before), After: []byte(c.after), Done: []string{"letters: one"}}
		d := m.diagnostic("site/submission.md")
		if len(d.Suggestions) != c.n || d.Location.Path != "site/submission.md" || !strings.Contains(d.Message, "letters: one") {
			t.Errorf("%s: %d suggestions, want %d: %+v", name, len(d.Suggestions), c.n, d)
		}
		lines := linesOf(m.Before)
		for _, s := range slices.Backward(d.Suggestions) {
			first, last := s.Range.Start, s.Range.End
			if first.Column != 1 || last.Column != len(lines[last.Line-1])+1 {
				t.Errorf("%s: not whole lines: %+v", name, s.Range)
			}
			lines = slices.Replace(lines, first.Line-1, last.Line, strings.Split(s.Text, "\n")...)
		}
		if got := strings.Join(lines, "\n"); got != strings.ReplaceAll(c.after, "\r\n", "\n") {
			t.Errorf("%s: carried out it is %q, want %q", name, got, c.after)
		}
	}
}
