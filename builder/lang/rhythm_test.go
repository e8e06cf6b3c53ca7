package lang

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func TestRhythm(t *testing.T) {
	monday, wednesday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		tag, every string
		on         time.Time
		want       string
	}{
		{"en", "week", monday, "every Monday"},
		{"en", "week", monday.AddDate(0, 0, 6), "every Sunday"},
		{"en", "week", time.Time{}, "every week"},
		{"en", "two-weeks", wednesday, "every other Wednesday"},
		{"en", "month", monday, "every month"},
		{"en", "", monday, ""},
		{"en", "never", monday, ""},
		{"ru", "week", wednesday, "каждую среду"},
		{"ru", "two-weeks", wednesday, "раз в две недели, по средам"},
		{"ru", "quarter", monday, "раз в три месяца"},
	} {
		l, _ := Load(c.tag)
		if got := l.Rhythm(c.every, c.on); got != c.want {
			t.Errorf("%s %s %s: %q, want %q", c.tag, c.every, c.on.Weekday(), got, c.want)
		}
	}
	ru, _ := Load("ru")
	if got, want := ru.WeekdayDate(wednesday), "среда, 25 ноября 2026"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestZone(t *testing.T) {
	for _, c := range []struct{ tag, zone, want string }{
		{"en", "Europe/Moscow", "Moscow time, UTC+3"},
		{"ru", "Europe/Moscow", "московское время, UTC+3"},
		{"en", "Asia/Kathmandu", "Kathmandu, UTC+5:45"},
		{"en", "America/Argentina/Buenos_Aires", "Buenos Aires, UTC−3"},
		{"en", "UTC", "UTC"},
		{"en", "Etc/GMT+5", "UTC−5"},
	} {
		loc, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		l, _ := Load(c.tag)
		if got := l.Zone(time.Date(2026, 11, 25, 0, 0, 0, 0, loc)); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.zone, c.tag, got, c.want)
		}
	}
	site, _ := Load("en", Words{File: "languages/en.toml", Data: []byte("[zones]\n\"Asia/Kathmandu\" = \"Nepal time\"\n")})
	loc, _ := time.LoadLocation("Asia/Kathmandu")
	if got := site.Zone(time.Date(2026, 11, 25, 0, 0, 0, 0, loc)); got != "Nepal time, UTC+5:45" {
		t.Errorf("the site's own word is not taken: %q", got)
	}
}
