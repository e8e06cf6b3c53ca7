package strict

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Clean returns s composed (NFC) and without control characters, byte order
// marks and the characters that reorder a whole line; of these, line breaks
// and tabs stay, CRLF and the Unicode line separators become line breaks.
// Joiners and direction marks stay: languages and emoji need them.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	if strings.IndexFunc(s, unwanted) >= 0 {
		s = strings.Map(func(r rune) rune {
			switch {
			case r == '\u2028' || r == '\u2029':
				return '\n'
			case unwanted(r):
				return -1
			}
			return r
		}, s)
	}
	return norm.NFC.String(s)
}

// isPlain reports whether s is printable ASCII, line breaks and tabs.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

func unwanted(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < 0x2028:
		return unicode.IsControl(r)
	}
	return r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0xfeff
}

// Line returns s with every run of white space as one space and none around.
func Line(s string) string {
	if !strings.ContainsAny(s, "\n\t") && !strings.Contains(s, "  ") {
		return strings.Trim(s, " ")
	}
	return strings.Join(strings.Fields(s), " ")
}

// Stamp is a date or time as written: with an offset from UTC, by local
// clocks, a bare date or a bare time of day.
type Stamp struct {
	t    time.Time // in UTC where the form has no offset
	form stampForm
}

type stampForm uint8

const (
	withOffset stampForm = iota
	localTime
	bareDate
	bareClock
)

var stampLayouts = []struct {
	layout string
	form   stampForm
}{
	{time.RFC3339Nano, withOffset},
	{"2006-01-02", bareDate},
	{"2006-01-02T15:04:05.999999999", localTime},
	{"2006-01-02T15:04", localTime},
	{"2006-01-02T15:04Z07:00", withOffset},
	{"2006-01-02 15:04:05.999999999Z07:00", withOffset},
	{"2006-01-02 15:04:05.999999999", localTime},
	{"2006-01-02 15:04", localTime},
}

func parseStamp(s string) (Stamp, bool) {
	for _, l := range stampLayouts {
		if t, err := time.Parse(l.layout, s); err == nil {
			return stampOf(t, l.form), true
		}
	}
	return Stamp{}, false
}

// stampOf forgets the zone's name, which may be the machine's.
func stampOf(t time.Time, form stampForm) Stamp {
	if form == withOffset {
		_, offset := t.Zone()
		return Stamp{t.In(time.FixedZone("", offset)), form}
	}
	return Stamp{time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC), form}
}

// In returns the moment, in loc; a form without offset is read by the clocks
// of loc.
func (s Stamp) In(loc *time.Location) time.Time {
	if loc == nil {
		loc = time.UTC
	}
	if s.form == withOffset {
		return s.t.In(loc)
	}
	t := s.t
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), loc)
}

// String returns the stamp as TOML writes it.
func (s Stamp) String() string {
	switch s.form {
	case localTime:
		return s.t.Format("2006-01-02T15:04:05.999999999")
	case bareDate:
		return s.t.Format(time.DateOnly)
	case bareClock:
		return s.t.Format("15:04:05.999999999")
	}
	return s.t.Format(time.RFC3339Nano)
}
