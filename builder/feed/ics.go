package feed

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A calendar (RFC 5545, with names and refreshing as RFC 7986 and readers that
// came before it have them). It is for subscribing as well as for taking over
// once, so it names no method.
//
// The text is well formed whatever is in it: characters that may not stand in a
// calendar are left out, the others escaped, and lines folded after at most 75
// octets, never within a character.

// CalendarFile and CalendarType are what calendars are called.
const (
	CalendarFile = "calendar.ics"
	CalendarType = "text/calendar"
)

// Calendar is a list of events. One without events is not allowed by RFC 5545.
type Calendar struct {
	Name        string
	Description string
	Home        string // address of the page whose dates these are
	At          string // address of the calendar itself
	Events      []Event
}

// Event is something at a time. Times are written by the clocks of the zone
// they carry, which the calendar then describes; those in UTC, and in a zone
// without a name, in UTC.
type Event struct {
	UID         string // permanent, the same however the event changes
	Sequence    int    // how often it was moved or called off
	Start       time.Time
	End         time.Time // zero = not told: a moment, or one day
	Days        bool      // whole days, from that of Start to the one before that of End
	Free        bool      // nobody is busy meanwhile
	Cancelled   bool
	Summary     string
	Description string
	Location    string
	URL         string
	Categories  []string
}

// firstStamp is the DTSTAMP of an event that was never moved. RFC 5545 wants
// the instant at which the event was last revised. The folder does not tell it,
// and a clock would make another file each day; so it is this one, and a second
// later for each revision, which puts revisions into their order.
var firstStamp = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// WriteCalendar writes a calendar; events without a start are left out.
func WriteCalendar(w io.Writer, c *Calendar) error {
	b := calendarWriter{bufio.NewWriter(w)}
	b.line("BEGIN", "VCALENDAR")
	b.line("VERSION", "2.0")
	b.line("PRODID", "-//Gallerist//Gallerist//EN")
	b.line("CALSCALE", "GREGORIAN")
	b.text("NAME", c.Name)
	b.text("X-WR-CALNAME", c.Name)
	b.text("DESCRIPTION", c.Description)
	b.text("X-WR-CALDESC", c.Description)
	b.address("URL", c.Home)
	b.address("SOURCE;VALUE=URI", c.At)
	b.line("REFRESH-INTERVAL;VALUE=DURATION", "P1D")
	b.line("X-PUBLISHED-TTL", "P1D")
	b.zones(c.Events)
	for i := range c.Events {
		if !c.Events[i].Start.IsZero() {
			b.event(&c.Events[i])
		}
	}
	b.line("END", "VCALENDAR")
	return b.out.Flush()
}

type calendarWriter struct{ out *bufio.Writer }

func (b calendarWriter) event(e *Event) {
	b.line("BEGIN", "VEVENT")
	b.text("UID", e.UID)
	b.line("DTSTAMP", firstStamp.Add(time.Duration(max(e.Sequence, 0))*time.Second).Format(utcForm))
	b.line("SEQUENCE", strconv.Itoa(max(e.Sequence, 0)))
	if e.Days {
		b.day("DTSTART", e.Start)
		end := e.End.In(e.Start.Location())
		if y, m, d := e.Start.Date(); e.End.IsZero() || !end.After(time.Date(y, m, d+1, 0, 0, 0, 0, e.Start.Location())) {
			end = e.Start.AddDate(0, 0, 1)
		}
		b.day("DTEND", end)
	} else {
		b.moment("DTSTART", e.Start)
		if e.End.After(e.Start) {
			b.moment("DTEND", e.End)
		}
	}
	b.text("SUMMARY", text(e.Summary))
	b.text("DESCRIPTION", e.Description)
	b.text("LOCATION", text(e.Location))
	b.address("URL", e.URL)
	b.categories(e.Categories)
	if e.Cancelled {
		b.line("STATUS", "CANCELLED")
	}
	if e.Free {
		b.line("TRANSP", "TRANSPARENT")
	}
	b.line("END", "VEVENT")
}

// Forms of times (RFC 5545, 3.3.4 and 3.3.5).
const (
	dayForm   = "20060102"
	localForm = "20060102T150405"
	utcForm   = "20060102T150405Z"
)

func (b calendarWriter) day(name string, t time.Time) { b.line(name+";VALUE=DATE", t.Format(dayForm)) }

func (b calendarWriter) moment(name string, t time.Time) {
	if zone := zoneOf(t); zone != "" {
		b.line(name+";TZID="+zone, t.Format(localForm))
		return
	}
	b.line(name, t.UTC().Format(utcForm))
}

// zoneOf returns the name of the zone by whose clocks a time is written, "" for
// UTC.
func zoneOf(t time.Time) string {
	name := t.Location().String()
	if abbreviation, _ := t.Zone(); abbreviation == "UTC" || name == "Local" || strings.ContainsFunc(name, notInZone) {
		return ""
	}
	return name
}

// notInZone tells what no name of a zone has.
func notInZone(r rune) bool {
	return r >= utf8.RuneSelf || !strings.ContainsRune("/_+-", r) && (r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z')
}

// zones describes the zones of all times: of each zone those spans between two
// changes of its clocks in which one of the times lies.
func (b calendarWriter) zones(events []Event) {
	spans := map[string][]time.Time{} // a time in each
	seen := map[string]bool{}
	add := func(t time.Time) {
		zone := zoneOf(t)
		if zone == "" {
			return
		}
		begins, _ := t.ZoneBounds()
		if key := zone + begins.UTC().Format(time.RFC3339); !seen[key] {
			seen[key] = true
			spans[zone] = append(spans[zone], t)
		}
	}
	for i := range events {
		if e := &events[i]; !e.Days && !e.Start.IsZero() {
			add(e.Start)
			if e.End.After(e.Start) {
				add(e.End)
			}
		}
	}
	names := make([]string, 0, len(spans))
	for name := range spans {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b.line("BEGIN", "VTIMEZONE")
		b.line("TZID", name)
		slices.SortFunc(spans[name], time.Time.Compare)
		for _, t := range spans[name] {
			b.span(t)
		}
		b.line("END", "VTIMEZONE")
	}
}

// span describes the time between two changes of the clocks that t lies in.
func (b calendarWriter) span(t time.Time) {
	kind := "STANDARD"
	if t.IsDST() {
		kind = "DAYLIGHT"
	}
	name, offset := t.Zone()
	before, onset := offset, "19700101T000000"
	if begins, _ := t.ZoneBounds(); !begins.IsZero() {
		_, before = begins.Add(-time.Second).Zone()
		onset = begins.UTC().Add(time.Duration(before) * time.Second).Format(localForm) // by the clocks of before
	}
	b.line("BEGIN", kind)
	b.line("DTSTART", onset)
	b.line("TZOFFSETFROM", offsetForm(before))
	b.line("TZOFFSETTO", offsetForm(offset))
	b.text("TZNAME", name)
	b.line("END", kind)
}

// offsetForm writes an offset from UTC in seconds (RFC 5545, 3.3.14).
func offsetForm(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	s := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		s += fmt.Sprintf("%02d", seconds%60)
	}
	return s
}

// text writes a property that is a text, nothing where it is empty.
func (b calendarWriter) text(name, value string) {
	if value = strings.TrimSpace(printable(value)); value != "" {
		b.line(name, calendarEscapes.Replace(value))
	}
}

// calendarEscapes is how texts are written (RFC 5545, 3.3.11).
var calendarEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// address writes a property that is an address, nothing where there is none.
func (b calendarWriter) address(name, value string) {
	if value = address(value); value != "" {
		b.line(name, value)
	}
}

func (b calendarWriter) categories(list []string) {
	var words []string
	for _, s := range list {
		if s = text(s); s != "" {
			words = append(words, calendarEscapes.Replace(s))
		}
	}
	if len(words) > 0 {
		b.line("CATEGORIES", strings.Join(words, ","))
	}
}

// maxCalendarLine is how many octets a line may have, without its end.
const maxCalendarLine = 75

// line writes a property, folded. The writer keeps the first error.
func (b calendarWriter) line(name, value string) {
	line := name + ":" + value
	for room := maxCalendarLine; len(line) > room; room = maxCalendarLine - 1 { // a folded line begins with a space
		cut := room
		for cut > 1 && !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.out.WriteString(line[:cut])
		b.out.WriteString("\r\n ")
		line = line[cut:]
	}
	b.out.WriteString(line)
	b.out.WriteString("\r\n")
}
