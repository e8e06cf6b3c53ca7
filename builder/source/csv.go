package source

import (
	"encoding/csv"
	"io"
	"strings"
)

// WriteCSV writes rows as CSV (RFC 4180, lines ended by LF) that a spreadsheet
// opens without taking a cell for a formula: an apostrophe keeps such a cell
// from being one, and reading a table of the private folder takes it off again.
// With bom, the byte-order mark by which spreadsheets know UTF-8 comes first.
func WriteCSV(w io.Writer, bom bool, rows [][]string) error {
	if bom {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	for _, row := range rows {
		guarded := make([]string, len(row))
		for i, cell := range row {
			guarded[i] = guard(cell)
		}
		if err := out.Write(guarded); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// guard puts an apostrophe before what a spreadsheet would take for a formula.
// It goes before what has one too, so that Unguard gives back every text.
func guard(s string) string {
	if isFormula(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// Unguard takes off the apostrophe that keeps spreadsheets from reading a cell
// as a formula.
func Unguard(s string) string {
	if strings.HasPrefix(s, "'") && isFormula(strings.TrimLeft(s, "'")) {
		return s[1:]
	}
	return s
}

// isFormula reports whether a spreadsheet may take a cell for a formula: by its
// first character, also in the wide form of East Asian keyboards, and whatever
// is not seen before it (OWASP, CSV injection).
func isFormula(s string) bool {
	s = strings.TrimLeft(s, " \u00a0\u200b\u2060\u3000\ufeff")
	for _, first := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, first) {
			return true
		}
	}
	return false
}
