package feed

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func writtenCalendar(t testing.TB, c *Calendar) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteCalendar(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func parsedCalendar(t testing.TB, s string) *ics.Calendar {
	t.Helper()
	c, err := ics.ParseCalendar(strings.NewReader(s))
	if err != nil {
		t.Fatalf("%v in\n%s", err, s)
	}
	return c
}

// TestCalendar holds a calendar word by word.
func TestCalendar(t *testing.T) {
	moscow, berlin := zone(t, "Europe/Moscow"), zone(t, "Europe/Berlin")
	got := writtenCalendar(t, &Calendar{
		Name: "Танцы у кофемашины", Home: "https://кофе.example/танцы/", At: "https://slippers.example/dance/calendar.ics",
		Events: []Event{
			{
				UID: "7f9c", Sequence: 2, Start: time.Date(2026, 11, 24, 19, 0, 0, 0, moscow), End: time.Date(2026, 11, 24, 20, 30, 0, 0, moscow),
				Summary: "Прямой эфир: репетиция; танец с подносом, двумя чашками и одной очень терпеливой цаплей", Description: "Строка\nи \\ ещё",
				Location: "У стойки, второй стул", URL: "https://slippers.example/dance/3/#live-1", Categories: []string{"эфир, живой", "dance"},
			},
			{UID: "a", Start: time.Date(2026, 7, 1, 12, 0, 0, 0, berlin), Summary: "Summer", Cancelled: true, Free: true},
			{UID: "b", Start: time.Date(2026, 12, 1, 12, 0, 0, 0, berlin), Summary: "Winter"},
			{UID: "c", Days: true, Start: time.Date(2026, 12, 5, 0, 0, 0, 0, moscow), Summary: "One day"},
			{UID: "d", Days: true, Start: time.Date(2026, 12, 31, 0, 0, 0, 0, moscow), End: time.Date(2027, 1, 3, 0, 0, 0, 0, moscow), Summary: "Three days"},
			{UID: "e", Start: time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC), Summary: "By UTC"},
			{UID: "f", Summary: "Never"},
		},
	})
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Gallerist//Gallerist//EN
CALSCALE:GREGORIAN
NAME:Танцы у кофемашины
X-WR-CALNAME:Танцы у кофемашины
URL:https://xn--e1ajmy.example/%D1%82%D0%B0%D0%BD%D1%86%D1%8B/
SOURCE;VALUE=URI:https://slippers.example/dance/calendar.ics
REFRESH-INTERVAL;VALUE=DURATION:P1D
X-PUBLISHED-TTL:P1D
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
BEGIN:VTIMEZONE
TZID:Europe/Moscow
BEGIN:STANDARD
DTSTART:20141026T020000
TZOFFSETFROM:+0400
TZOFFSETTO:+0300
TZNAME:MSK
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:7f9c
DTSTAMP:20000101T000002Z
SEQUENCE:2
DTSTART;TZID=Europe/Moscow:20261124T190000
DTEND;TZID=Europe/Moscow:20261124T203000
SUMMARY:Прямой эфир: репетиция\; танец с подн
 осом\, двумя чашками и одной очень терпел
 ивой цаплей
DESCRIPTION:Строка\nи \\ ещё
LOCATION:У стойки\, второй стул
URL:https://slippers.example/dance/3/#live-1
CATEGORIES:эфир\, живой,dance
END:VEVENT
BEGIN:VEVENT
UID:a
DTSTAMP:20000101T000000Z
SEQUENCE:0
DTSTART;TZID=Europe/Berlin:20260701T120000
SUMMARY:Summer
STATUS:CANCELLED
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:b
DTSTAMP:20000101T000000Z
SEQUENCE:0
DTSTART;TZID=Europe/Berlin:20261201T120000
SUMMARY:Winter
END:VEVENT
BEGIN:VEVENT
UID:c
DTSTAMP:20000101T000000Z
SEQUENCE:0
DTSTART;VALUE=DATE:20261205
DTEND;VALUE=DATE:20261206
SUMMARY:One day
END:VEVENT
BEGIN:VEVENT
UID:d
DTSTAMP:20000101T000000Z
SEQUENCE:0
DTSTART;VALUE=DATE:20261231
DTEND;VALUE=DATE:20270103
SUMMARY:Three days
END:VEVENT
BEGIN:VEVENT
UID:e
DTSTAMP:20000101T000000Z
SEQUENCE:0
DTSTART:20261201T120000Z
SUMMARY:By UTC
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("want - got +\n%s", d)
	}
}

// TestCalendarParsed: another program reads the same instants, by the zones
// that the calendar itself describes, and the same words.
func TestCalendarParsed(t *testing.T) {
	long := strings.Repeat("Ё", 200) + ", \\;\n" + strings.Repeat("цапля 🦩 ", 40) + "x"
	for _, name := range []string{"Europe/Moscow", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca", "UTC", "Etc/GMT+5", "America/Argentina/Buenos_Aires"} {
		loc := zone(t, name)
		var events []Event
		for month := range 36 {
			start := time.Date(2026, time.Month(1+month), 15, 19, 7, 0, 0, loc)
			events = append(events, Event{UID: fmt.Sprint(month), Sequence: month, Start: start, End: start.Add(90 * time.Minute), Summary: long, Description: long, Location: long})
		}
		s := writtenCalendar(t, &Calendar{Name: long, Events: events})
		checkLines(t, s)
		list := parsedCalendar(t, s).Events()
		if len(list) != len(events) {
			t.Fatalf("%s: %d events of %d", name, len(list), len(events))
		}
		spans := describedZones(t, s)
		for i, e := range list {
			start, end := instantOf(t, spans, e, "DTSTART"), instantOf(t, spans, e, "DTEND")
			if !start.Equal(events[i].Start) || !end.Equal(events[i].End) {
				t.Errorf("%s: %s is read as %s to %s", name, events[i].Start, start, end)
			}
			if got := e.GetProperty(ics.ComponentPropertySummary).Value; got != strings.Replace(strings.TrimSpace(long), "\n", " ", 1) {
				t.Errorf("%s: the words are read as %q", name, got)
			}
			if got := e.GetProperty(ics.ComponentPropertyDescription).Value; got != long {
				t.Errorf("%s: the description is read as %q", name, got)
			}
		}
	}
}

// checkLines holds the form of lines.
func checkLines(t testing.TB, s string) {
	t.Helper()
	lines := strings.Split(s, "\r\n")
	for _, line := range lines {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
	if lines[len(lines)-1] != "" {
		t.Errorf("the last line has no end")
	}
}

// span is a rule of a zone as a calendar describes it.
type span struct {
	onset    time.Time // by the clocks of before, written as if they were UTC
	from, to time.Duration
}

// describedZones reads the calendar's own descriptions of zones, and nothing
// this machine knows of them.
func describedZones(t testing.TB, s string) map[string][]span {
	t.Helper()
	zones, name, now := map[string][]span{}, "", span{}
	for line := range strings.SplitSeq(s, "\r\n") {
		key, value, _ := strings.Cut(line, ":")
		switch key {
		case "TZID":
			name = value
		case "DTSTART":
			now.onset, _ = time.Parse("20060102T150405", value)
		case "TZOFFSETFROM":
			now.from = offsetOf(t, value)
		case "TZOFFSETTO":
			now.to = offsetOf(t, value)
		case "END":
			if value == "STANDARD" || value == "DAYLIGHT" {
				zones[name] = append(zones[name], now)
			}
		}
	}
	return zones
}

func offsetOf(t testing.TB, s string) time.Duration {
	t.Helper()
	at, err := time.Parse("-0700", s)
	if err != nil {
		t.Fatal(err)
	}
	_, seconds := at.Zone()
	return time.Duration(seconds) * time.Second
}

// instantOf reads a time of an event by the rule whose onset is the last before.
func instantOf(t testing.TB, zones map[string][]span, e *ics.VEvent, name ics.ComponentProperty) time.Time {
	t.Helper()
	p := e.GetProperty(name)
	if utc, err := time.Parse("20060102T150405Z", p.Value); err == nil {
		return utc
	}
	local, err := time.Parse("20060102T150405", p.Value)
	if err != nil {
		t.Fatal(err)
	}
	var best span
	for _, s := range zones[p.ICalParameters["TZID"][0]] {
		if !s.onset.After(local) && (best.onset.IsZero() || s.onset.After(best.onset)) {
			best = s
		}
	}
	if best.onset.IsZero() {
		t.Fatalf("no rule for %s", p.Value)
	}
	return local.Add(-best.to)
}

// FuzzCalendar: whatever is written, another program reads it back.
func FuzzCalendar(f *testing.F) {
	f.Add("Репетиция", "a\r\nb\\n;,:", "x\x00\xff\u2028", int64(1795000000), int64(3600), 7)
	f.Add(strings.Repeat("ё", 100), "\\", "BEGIN:VEVENT\r\nEND:VCALENDAR", int64(-1), int64(0), -3)
	moscow := zone(f, "Europe/Moscow")
	f.Fuzz(func(t *testing.T, summary, description, location string, at, length int64, sequence int) {
		start := time.Unix(at%1e10, 0).In(moscow)
		if y := start.Year(); y < 1970 {
			return
		}
		e := Event{UID: "u" + summary, Sequence: sequence, Start: start, End: start.Add(time.Duration(length%1e6) * time.Second), Summary: summary, Description: description, Location: location, URL: location, Categories: []string{summary, description}}
		s := writtenCalendar(t, &Calendar{Name: summary, Description: description, Home: location, At: location, Events: []Event{e}})
		checkLines(t, s)
		c := parsedCalendar(t, s)
		if len(c.Events()) != 1 {
			t.Fatalf("%d events in\n%s", len(c.Events()), s)
		}
		got := c.Events()[0]
		for name, want := range map[ics.ComponentProperty]string{
			ics.ComponentPropertySummary: text(summary), ics.ComponentPropertyLocation: text(location),
			ics.ComponentPropertyDescription: strings.TrimSpace(printable(description)),
		} {
			value := ""
			if p := got.GetProperty(name); p != nil {
				value = p.Value
			}
			if value != strings.TrimSpace(want) {
				t.Errorf("%s: %q is read as %q", name, want, value)
			}
		}
		if read := instantOf(t, describedZones(t, s), got, "DTSTART"); !read.Equal(start) {
			t.Errorf("%s is read as %s", start, read)
		}
	})
}
