package importer

import (
	"strconv"
	"strings"
	"time"

	"gallerist/builder/lazyregexp"
	"gallerist/builder/strict"
)

// stamp is a date with or without a time of day, as a table writes it. Which of
// the three parts of the date is what, only the whole column may tell.
type stamp struct {
	parts   [3]int
	sep     byte // between them: '/', '.' or '-'
	first   bool // the first part is the year, else the last
	timed   bool // has a time of day
	seconds bool
	clock   time.Duration // since midnight
	zoned   bool
	offset  int // seconds east of Greenwich
}

var (
	datePart = lazyregexp.New(`^(\d{1,4})([./-])[ ]?(\d{1,2})[./-][ ]?(\d{1,4})\.?(?:(?:[ ]?г\.?)?,?(?: |t)[ ]*(\S.*))?$`)
	timePart = lazyregexp.New(`^([^\d:+-]*)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?[ ]*([^\d:+-]*?)[ ]*((?:gmt|utc)?[ ]*[+-]\d{1,2}(?::?\d{2})?|gmt|utc|z)?$`)
	zonePart = lazyregexp.New(`([+-])(\d{1,2}):?(\d{2})?$`)
)

// dayPeriods are the halves of the day, as languages write them, without space
// and dots. True is the second half.
var dayPeriods = map[string]bool{
	"am": false, "pm": true, "a": false, "p": true,
	"дп": false, "пп": true, "прпоб": false, "слоб": true, "пролад": false, "попл": true,
	"ص": false, "م": true, "öö": false, "ös": true, "πμ": false, "μμ": true, "fm": false, "em": true,
	"ap": false, "ip": true, "dop": false, "odp": true, "de": false, "du": true, "vorm": false, "nachm": true,
	"上午": false, "下午": true, "午前": false, "午後": true, "오전": false, "오후": true, "sa": false, "ch": true,
	"קבוצ": false, "לפנהצ": false, "אחהצ": true, "قظ": false, "بظ": true, "damanhã": false, "datarde": true, "danoite": true,
}

// parseStamp reads a date as forms and spreadsheets write it.
func parseStamp(s string) (st stamp, ok bool) {
	s = strings.ToLower(strict.Line(strings.Map(plainDigit, strict.Clean(s))))
	m := datePart().FindStringSubmatch(s)
	if m == nil {
		return st, false
	}
	for i, at := range []int{1, 3, 4} {
		st.parts[i], _ = strconv.Atoi(m[at])
	}
	st.sep = m[2][0]
	switch {
	case len(m[1]) == 4 && len(m[4]) <= 2:
		st.first = true
	case len(m[1]) > 2 || len(m[4]) != 4 && len(m[4]) != 2:
		return st, false
	case len(m[4]) == 2:
		st.parts[2] += 2000
	}
	if m[5] == "" {
		return st, true
	}
	st.timed = true
	return st, st.time(m[5])
}

// time reads the time of day and the zone.
func (st *stamp) time(s string) bool {
	m := timePart().FindStringSubmatch(s)
	if m == nil {
		return false
	}
	h, _ := strconv.Atoi(m[2])
	minute, _ := strconv.Atoi(m[3])
	second, _ := strconv.Atoi(m[4])
	st.seconds = m[4] != ""
	if period := bare(m[1] + m[5]); period != "" {
		second, known := dayPeriods[period]
		if !known || h > 12 {
			return false
		}
		if h %= 12; second {
			h += 12
		}
	}
	st.clock = time.Duration(h)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
	if st.zoned = m[6] != ""; st.zoned {
		if z := zonePart().FindStringSubmatch(m[6]); z != nil {
			hours, _ := strconv.Atoi(z[2])
			minutes, _ := strconv.Atoi(z[3])
			if st.offset = hours*3600 + minutes*60; z[1] == "-" {
				st.offset = -st.offset
			}
			if hours > 14 || minutes > 59 {
				return false
			}
		}
	}
	return h < 24 && minute < 60 && second < 60
}

// bare takes dots, space and quotes out of a day period.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .,'\"׳״’", r) {
			return -1
		}
		return r
	}, s)
}

// plainDigit makes Western digits of Arabic ones, an ordinary space of others, and
// drops marks of direction.
func plainDigit(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	case r >= '\u200e' && r <= '\u200f' || r == '\u061c':
		return -1
	case r == '−':
		return '-'
	case r == '،':
		return ','
	}
	return plainSpace(r)
}

// dateOrders are the ways to write a date.
var dateOrders = []string{"dmy", "mdy", "ymd"}

// date returns the day at midnight UTC, by an order; with the year first, the
// order counts for nothing.
func (st *stamp) date(order string) (time.Time, bool) {
	y, m, d := st.parts[2], st.parts[1], st.parts[0]
	switch {
	case st.first:
		y, m, d = st.parts[0], st.parts[1], st.parts[2]
	case order == "mdy":
		m, d = d, m
	case order == "ymd":
		return time.Time{}, false
	}
	day := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return day, y >= 1900 && y <= 2200 && day.Day() == d && int(day.Month()) == m
}

// moment returns what the stamp means. A date without a time is its midnight.
func (st *stamp) moment(order string, zone *time.Location) (time.Time, bool) {
	day, ok := st.date(order)
	if !ok {
		return day, false
	}
	if st.zoned {
		loc := time.FixedZone("", st.offset)
		return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, loc).Add(st.clock), true
	}
	if zone == nil {
		zone = time.UTC
	}
	return time.Date(day.Year(), day.Month(), day.Day(), int(st.clock.Hours()), int(st.clock.Minutes())%60, int(st.clock.Seconds())%60, 0, zone), true
}

// orderOf tells from all dates of a column which of the day and the month comes
// first. "" with sure: no order fits all. "" without: both do.
func orderOf(list []stamp) (order string, sure bool) {
	var dmy, mdy, differ bool = true, true, false
	for i := range list {
		st := &list[i]
		if st.first {
			continue
		}
		a, okA := st.date("dmy")
		b, okB := st.date("mdy")
		dmy, mdy = dmy && okA, mdy && okB && st.sep != '.' // with dots the day comes first, everywhere
		differ = differ || okA != okB || !a.Equal(b)
	}
	switch {
	case !dmy && !mdy:
		return "", true
	case dmy && mdy && differ:
		return "", false
	case dmy:
		return "dmy", true
	}
	return "mdy", true
}

// stampsOf reads a column; what is no date is zero.
func stampsOf(t *Table, column int) []stamp {
	list := make([]stamp, len(t.Rows))
	for i := range t.Rows {
		if st, ok := parseStamp(t.Rows[i].Cells[column]); ok {
			list[i] = st
		}
	}
	return list
}

// isZero tells what is no date.
func (st *stamp) isZero() bool { return st.parts == [3]int{} }
