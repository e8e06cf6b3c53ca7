package lang

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Plural categories, in the order of CLDR.
const (
	one = iota
	few
	many
	other
	categories
)

var categoryNames = [categories]string{"one", "few", "many", "other"}

// category returns the CLDR plural category of a whole number.
func (l *Language) category(n int) int {
	if n < 0 {
		n = -n
	}
	switch l.meta.Plural {
	case "english":
		if n == 1 {
			return one
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
	}
	return other
}

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
	return sign + strings.Join(groups, l.meta.Group)
}

// listWords is the table [list].
type listWords struct{ Comma, And string }

// List joins items as in a sentence: "Olya, Masha and Lev".
func (l *Language) List(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := len(items) - 1
	return strings.Join(items[:last], l.list.Comma) + l.list.And + items[last]
}

// Quote puts s between the language's quotation marks; marks of that kind
// within s become the inner ones.
func (l *Language) Quote(s string) string {
	q := l.meta.Quotes
	s = strings.NewReplacer(q[0], q[2], q[1], q[3]).Replace(s)
	return q[0] + s + q[1]
}

// dateWords is the table [date].
type dateWords struct {
	Day, Month, Time    string
	Days, Months, Years string
	Names, Nameless     [12]string
}

// Date writes the day of t, in the zone that t carries: "9 November 2026".
func (l *Language) Date(t time.Time) string {
	return dateFill(l.date.Day, "day", strconv.Itoa(t.Day()),
		"month", l.date.Names[t.Month()-1], "year", strconv.Itoa(t.Year()))
}

// Month writes the month of t: "November 2026".
func (l *Language) Month(t time.Time) string {
	return dateFill(l.date.Month, "month", l.date.Nameless[t.Month()-1], "year", strconv.Itoa(t.Year()))
}

// DateTime writes day, time and zone: "9 November 2026, 10:00 (UTC+3)". The
// zone is written as its offset, because its name depends on the machine.
func (l *Language) DateTime(t time.Time) string {
	return dateFill(l.date.Time, "date", l.Date(t), "time", t.Format("15:04"), "zone", zone(t))
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
		return dateFill(l.date.Years, "from", l.Date(first), "to", l.Date(last))
	}
	layout := l.date.Days
	if first.Month() != last.Month() {
		layout = l.date.Months
	}
	return dateFill(layout, "from", strconv.Itoa(first.Day()), "to", strconv.Itoa(last.Day()),
		"month", l.date.Names[first.Month()-1], "month2", l.date.Names[last.Month()-1],
		"year", strconv.Itoa(last.Year()))
}

// dateFill replaces {name} by value for each pair.
func dateFill(layout string, pairs ...string) string {
	var b strings.Builder
	for _, p := range parseText(layout) {
		s := p.literal
		for i := 0; i < len(pairs) && p.name != ""; i += 2 {
			if pairs[i] == p.name {
				s = pairs[i+1]
			}
		}
		b.WriteString(s)
	}
	return b.String()
}
