package lang

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Plural categories, in the order of CLDR.
const (
	zero = iota
	one
	two
	few
	many
	other
	categories
)

var categoryNames = [categories]string{"zero", "one", "two", "few", "many", "other"}

// category returns the plural category of a whole number by the rules of
// CLDR 48.
func (l *Language) category(n int) int {
	if n < 0 {
		n = -n
	}
	switch l.meta.plural {
	case "english":
		if n == 1 {
			return one
		}
	case "french":
		switch {
		case n <= 1:
			return one
		case n%1_000_000 == 0:
			return many
		}
	case "russian":
		ten, hundred := n%10, n%100
		switch {
		case ten == 1 && hundred != 11:
			return one
		case ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14):
			return few
		}
		return many
	case "polish": // as Russian, but 21 and 101 are many
		switch ten, hundred := n%10, n%100; {
		case n == 1:
			return one
		case ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14):
			return few
		}
		return many
	case "arabic":
		switch hundred := n % 100; {
		case n <= 2:
			return zero + n
		case hundred >= 3 && hundred <= 10:
			return few
		case hundred >= 11:
			return many
		}
	}
	return other
}

// Comma returns what stands between two things that are only put side by
// side: a comma, in the shape that the language's script gives it, and a space.
func (l *Language) Comma() string { return l.meta.comma }

// Number writes n with the language's mark between thousands.
func (l *Language) Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	if len(s) <= 3 {
		return sign + s
	}
	head := len(s) % 3
	groups := make([]string, 0, 8)
	if head > 0 {
		groups = append(groups, s[:head])
	}
	for ; head < len(s); head += 3 {
		groups = append(groups, s[head:head+3])
	}
	return sign + strings.Join(groups, l.meta.group)
}

// Decimal writes a decimal number, given as in Go ("1234.5"), in the language's
// way: "1,234.5", «1 234,5».
func (l *Language) Decimal(s string) string {
	whole, rest, found := strings.Cut(s, ".")
	if n, err := strconv.Atoi(whole); err == nil && n != 0 {
		whole = l.Number(n)
	}
	if !found {
		return whole
	}
	return whole + l.meta.decimal + rest
}

// Country names a country by its code (ISO 3166-1 alpha-2), as CLDR does. One
// that it does not know stays the code.
func (l *Language) Country(code string) string {
	tag, err := language.Parse(l.tag)
	region, errRegion := language.ParseRegion(code)
	if err != nil || errRegion != nil {
		return code
	}
	names := display.Regions(tag)
	if names == nil {
		names = display.Regions(language.English)
	}
	return cmp.Or(names.Name(region), code)
}

// List joins items as in a sentence: "Olya, Masha and Lev".
func (l *Language) List(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := len(items) - 1
	head := items[0]
	for _, item := range items[1:last] {
		head = l.join("list.more", "list", head, "item", item)
	}
	return l.joinText(l.lastItem(items[last]), "list", head, "item", items[last])
}

// Quote puts s between the language's quotation marks; marks of that kind
// within s become the inner ones.
func (l *Language) Quote(s string) string { return l.quote(0) + l.innerQuotes(s) + l.quote(1) }

// quote returns a mark of language.quotes: outer pair, inner pair.
func (l *Language) quote(i int) string { return l.lists["language.quotes"][i] }

// innerQuotes turns outer quotation marks within s into inner ones.
func (l *Language) innerQuotes(s string) string {
	s = l.spaced(s)
	if !strings.Contains(s, l.quote(0)) && !strings.Contains(s, l.quote(1)) {
		return s
	}
	return strings.NewReplacer(l.quote(0), l.quote(2), l.quote(1), l.quote(3)).Replace(s)
}

// Date writes the day of t, in the zone that t carries: "9 November 2026".
func (l *Language) Date(t time.Time) string {
	year, month, day := t.Date()
	return l.joinText(l.meta.day, "day", l.dayOfMonth(day), "month", l.meta.months[month-1], "year", strconv.Itoa(year))
}

// Month writes the month of t: "November 2026".
func (l *Language) Month(t time.Time) string {
	return l.join("date.month", "month", l.lists["date.alone"][t.Month()-1], "year", strconv.Itoa(t.Year()))
}

// monthOf returns the name of the month as it stands beside a day.
func (l *Language) monthOf(t time.Time) string { return l.meta.months[t.Month()-1] }

// DateTime writes day, time and zone: "9 November 2026, 10:00 (UTC+3)". The
// zone is written as its offset, because its name depends on the machine.
func (l *Language) DateTime(t time.Time) string {
	return l.join("date.time", "date", l.Date(t), "time", t.Format("15:04"), "zone", zone(t))
}

func zone(t time.Time) string {
	_, seconds := t.Zone()
	if seconds == 0 {
		return "UTC"
	}
	sign := "+"
	if seconds < 0 {
		sign, seconds = "−", -seconds
	}
	s := "UTC" + sign + strconv.Itoa(seconds/3600)
	if minutes := seconds / 60 % 60; minutes != 0 {
		s += fmt.Sprintf(":%02d", minutes)
	}
	return s
}

// DateRange writes the days from first to last without repeating what they
// share: "1–9 November 2026". Where one of them is zero or both are the same
// day it writes one date.
func (l *Language) DateRange(first, last time.Time) string {
	switch {
	case first.IsZero() && last.IsZero():
		return ""
	case last.IsZero() || l.Date(first) == l.Date(last):
		return l.Date(first)
	case first.IsZero():
		return l.Date(last)
	case first.Year() != last.Year():
		return l.join("date.years", "from", l.Date(first), "to", l.Date(last))
	}
	key := "date.days"
	if first.Month() != last.Month() {
		key = "date.months"
	}
	return l.join(key, "from", l.dayOfMonth(first.Day()), "to", l.dayOfMonth(last.Day()),
		"month", l.monthOf(first), "month2", l.monthOf(last),
		"year", strconv.Itoa(last.Year()))
}
