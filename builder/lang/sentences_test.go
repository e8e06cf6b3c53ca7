package lang

import (
	"strings"
	"testing"
	"time"

	"gallerist/builder/gallery"
)

// sentences are what a language should say of the same few facts.
type sentences struct {
	one, two, five, nobody, roles string    // credit lines of so many people
	thanks                        [2]string // as the name is, in the form given for thanks
	owners                        [2]string // of one author, of two
	day, month, weekday           string    // of 9 November 2026
	inMonth, inYear, years        string    // ranges of days
	every, everyOther             string    // Monday
	plurals                       map[int]string
	list, decimal, country        string
	quote                         [2]string // a text, and the same in quotation marks
	glued                         string    // any text with its no-break spaces
}

func testSentences(t *testing.T, l *Language, want sentences) {
	t.Helper()
	photo := func(people ...author) string {
		return l.CreditLine(Credit{Kind: gallery.Photo, People: people})
	}
	in := func(role string, a author) author {
		return with(a, func(a *author) { a.Roles = []string{role} })
	}
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 10, 0, 0, 0, time.UTC) }
	monday := day(2026, 11, 9)
	for _, c := range []struct{ got, want string }{
		{photo(olya), want.one},
		{photo(olya, lev), want.two},
		{photo(olya, masha, olya, masha, shy), want.five},
		{photo(), want.nobody},
		{photo(in("dancer", olya), in("editor", lev)), want.roles},
		{l.ThankYou(olya), want.thanks[0]},
		{l.ThankYou(with(olya, func(a *author) { a.Forms.Voc = "Олю" })), want.thanks[1]},
		{l.Owner([]author{olya}), want.owners[0]},
		{l.Owner([]author{olya, lev}), want.owners[1]},
		{l.Date(monday), want.day},
		{l.Month(monday), want.month},
		{l.WeekdayDate(monday), want.weekday},
		{l.DateRange(day(2026, 11, 1), monday), want.inMonth},
		{l.DateRange(day(2026, 10, 30), monday), want.inYear},
		{l.DateRange(day(2026, 12, 30), day(2027, 1, 9)), want.years},
		{l.Rhythm("week", monday), want.every},
		{l.Rhythm("two-weeks", monday), want.everyOther},
		{l.List([]string{"А", "Б", "В"}), want.list},
		{l.Quote(want.quote[0]), want.quote[1]},
		{l.Decimal("8.67"), want.decimal},
		{l.Country("UA"), want.country},
		{l.Typeset(strings.ReplaceAll(want.glued, "\u00a0", " ")), want.glued},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", l.Tag(), c.got, c.want)
		}
	}
	for n, text := range want.plurals {
		if got := l.Plural("gallery.pieces", n); got != text {
			t.Errorf("%s: got %q, want %q", l.Tag(), got, text)
		}
	}
}
