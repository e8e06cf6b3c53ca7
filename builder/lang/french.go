package lang

import (
	"strconv"
	"strings"
)

// frenchSpaces sets the spaces that French has inside quotation marks and
// before marks of two parts so that no line breaks there: narrow before ; ! ?
// and full elsewhere, as in the Lexique des règles typographiques of the
// Imprimerie nationale.
var frenchSpaces = strings.NewReplacer("« ", "«\u00a0", " »", "\u00a0»", " :", "\u00a0:",
	" ;", "\u202f;", " !", "\u202f!", " ?", "\u202f?")

// spaced sets the no-break spaces that stand beside punctuation.
func (l *Language) spaced(s string) string {
	if l.base == "fr" {
		return frenchSpaces.Replace(s)
	}
	return s
}

// dayOfMonth writes the number of a day in a date. In French the first one
// alone is ordinal: "1er novembre 2026".
func (l *Language) dayOfMonth(day int) string {
	if day == 1 && l.base == "fr" {
		return "1er"
	}
	return strconv.Itoa(day)
}
