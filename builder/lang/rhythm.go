package lang

import (
	"strings"
	"time"
)

// Weekday returns the name of the day of the week of t, in the zone that t
// carries: "Monday".
func (l *Language) Weekday(t time.Time) string { return l.lists["weekdays.names"][weekday(t)] }

// weekday counts from Monday, as the lists of words do.
func weekday(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }

// WeekdayDate writes the day of t with its name: "Monday, 9 November 2026".
func (l *Language) WeekdayDate(t time.Time) string {
	return l.join("weekdays.date", "weekday", l.Weekday(t), "date", l.Date(t))
}

// Rhythm says how often something comes, in a word of gallery.Rhythms: "every
// Monday", where it always comes on the weekday of on, and "every week" where
// on is zero. It is "" for an unknown word.
func (l *Language) Rhythm(every string, on time.Time) string {
	if days := l.lists["weekdays."+every]; len(days) == 7 && !on.IsZero() {
		return days[weekday(on)]
	}
	if key := "rhythm." + every; l.Has(key) {
		return l.Label(key)
	}
	return ""
}

// Zone names the zone that t carries, with its offset from UTC at t: "Moscow
// time, UTC+3". A zone that the language has no word for is called by its city,
// as the names of zones have it.
func (l *Language) Zone(t time.Time) string {
	offset, id := zone(t), t.Location().String()
	name := ""
	if at := strings.LastIndexByte(id, '/'); at >= 0 && !strings.HasPrefix(id, "Etc/") {
		name = strings.ReplaceAll(id[at+1:], "_", " ")
	}
	if key := "zones." + id; l.Has(key) {
		name = l.Label(key)
	}
	if name == "" || offset == "UTC" && name == offset {
		return offset
	}
	return name + l.Comma() + offset
}
