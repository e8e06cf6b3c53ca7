package builder

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	ics "github.com/arran4/golang-ical"

	"gallerist/builder/gallery"
)

const testSeries = `+++
title = "Танцы"
summary = "Каждый понедельник"
every = "week"
next = 2026-12-07
hashtag = "танцы"
+++
Приходите.
`

const testEdition = `+++
title = "Поднос"
[call]
question = "Станцуешь с подносом?"
opens = 2026-11-16
closes = 2026-11-23T18:00:00
results = 2026-11-25
[edition]
date = 2026-11-16
highlights = ["tray01"]
[[live]]
title = "Эфир"
starts = 2026-11-24T19:00:00
ends = 2026-11-24T20:30:00
recording = "https://films.example/1"
pieces = ["tray01", "olya11"]
[[live.moment]]
at = "0:42"
text = "Поднос"
+++
`

// addSeries adds a series of two editions.
func addSeries(folder fstest.MapFS) {
	folder["content/moves/series.md"] = textFile(testSeries)
	folder["content/moves/series.en.md"] = textFile("+++\ntitle = \"Dances\"\n+++\n")
	folder["content/moves/2026-11-09/gallery.md"] = textFile("+++\ntitle = \"Вдвоём\"\n[call]\ncloses = 2026-11-15\n+++\n")
	folder["content/moves/2026-11-09/a/submission.md"] = textFile(submission("pair01", "Оля", "approved", 10, "", "Вдвоём."))
	folder["content/moves/tray/gallery.md"] = textFile(testEdition)
	folder["content/moves/tray/gallery.en.md"] = textFile("+++\ntitle = \"A tray\"\n[[live]]\ntitle = \"On air\"\n+++\n")
	folder["content/moves/tray/a/submission.md"] = textFile(submission("tray01", "Лев", "approved", 17, "", "Поднос."))
	folder["content/moves/tray/b/submission.md"] = textFile(submission("tray02", "Вера", "approved", 18, "", "И чашка."))
}

// editSeries changes something of that series.
func editSeries(rng *rand.Rand, edit func(name string, change func(string) string) string, put func(name, text string) string) string {
	word := func(list ...string) string { return list[rng.IntN(len(list))] }
	replace := func(from string, to ...string) func(string) string {
		into := word(to...)
		return func(s string) string { return strings.Replace(s, from, into, 1) }
	}
	switch rng.IntN(9) {
	case 0:
		return put("content/moves/series.md", replace("Танцы", "Танцы", "Пляски")(replace("week", "week", "month")(replace("2026-12-07", "2026-12-07", "2026-11-23", "2026-11-01")(testSeries))))
	case 1:
		return put("content/moves/series.en.md", "+++\ntitle = "+word(`"Dances"`, `"Moves"`)+"\n+++\n")
	case 2:
		return edit("content/moves/2026-11-09/gallery.md", replace("Вдвоём", "Втроём", "Вдвоём и кот"))
	case 3:
		return edit("content/moves/2026-11-09/a/submission.md", replace("Вдвоём.", "Вдвоём и кот."))
	case 4:
		return edit("content/moves/tray/a/submission.md", replace("approved", "declined", "featured"))
	case 5:
		return edit("content/moves/tray/a/submission.md", replace("declined", "approved"))
	case 6:
		return put("content/moves/2026-11-30/gallery.md", "+++\ntitle = \"Скоро\"\n"+word("", "[edition]\nnumber = 7\n", "[edition]\ndate = 2025-11-03\n", "[call]\nopens = 2026-11-29\n")+"+++\n")
	}
	return put("content/moves/tray/gallery.md",
		replace("2026-11-24T19", "2026-11-24T19", "2026-11-20T19", "2026-11-24T18")(replace(`"tray01"]`, `"tray01"]`, `"tray02"]`)(replace("Поднос", "Поднос", "Чашка")(
			replace(`["tray01", "olya11"]`, `["olya11"]`, `["crowd03", "tray02"]`, `[]`)(replace("date = 2026-11-16", "date = 2026-11-16", "date = 2026-11-23", "date = 2026-11-02")(testEdition))))))
}

// TestKeysOfSeries: whatever is changed of a series, a file that differs has
// another key, and so have the pages named.
func TestKeysOfSeries(t *testing.T) {
	base := crowdedFolder()
	replaceIn := func(folder fstest.MapFS, name, from, to string) {
		old := string(folder[name].Data)
		if !strings.Contains(old, from) {
			t.Fatalf("%s holds no %q", name, from)
		}
		folder[name] = textFile(strings.Replace(old, from, to, 1))
	}
	replaceIn(base, "content/moves/tray/gallery.md", "2026-11-24T19", "2026-11-21T19")
	replaceIn(base, "content/moves/tray/gallery.md", "2026-11-24T20", "2026-11-21T20")
	replaceIn(base, "content/moves/tray/gallery.md", `"olya11"]`, `"olya11", "crowd03"]`)
	build := func(folder fstest.MapFS, now time.Time) (map[string]string, map[string]string) {
		files, _, r := buildFolder(t, folder, func(o *Options) { o.Program, o.Now = "test", now })
		keys := map[string]string{}
		for _, f := range r.Set.Files() {
			keys[f.Path] = f.Key
		}
		return files, keys
	}
	files, keys := build(base, testNow)
	for _, c := range []struct {
		file, from, to string
		now            time.Time
		change         []string
	}{
		{"content/crowd/p03/submission.md", "Рассказ 3", "Рассказ третий", testNow, []string{"moves/tray/index.html"}},
		{"content/moves/series.md", "Танцы", "Пляски", testNow, []string{"feed/index.html", "moves/tray/index.html", "moves/index.html", "moves/feed.xml", "moves/calendar.ics"}},
		{"content/moves/series.md", "next = 2026-12-07", "next = 2026-12-14", testNow, []string{"moves/index.html"}},
		{"content/moves/2026-11-09/gallery.md", "Вдвоём", "Втроём", testNow, []string{"moves/index.html", "moves/tray/index.html", "moves/archive/index.html", "calendar.ics"}},
		{"content/moves/tray/gallery.md", "closes = 2026-11-23T18:00:00", "closes = 2026-11-23T19:00:00", testNow, []string{"moves/tray/calendar.ics"}},
		{"content/moves/tray/b/submission.md", "И чашка", "И блюдце", testNow, []string{"moves/feed.xml"}},
		{"", "", "", time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC), []string{"moves/tray/index.html"}}, // before the session
		{"", "", "", time.Date(2026, 11, 20, 15, 0, 0, 0, time.UTC), []string{"moves/tray/index.html"}}, // likewise
		{"", "", "", time.Date(2026, 11, 10, 15, 0, 0, 0, time.UTC), []string{"moves/index.html"}},      // before the edition
		{"", "", "", time.Date(2026, 12, 10, 15, 0, 0, 0, time.UTC), []string{"moves/index.html"}},      // after what was next
	} {
		folder := maps.Clone(base)
		if c.file != "" {
			replaceIn(folder, c.file, c.from, c.to)
		}
		after, keysAfter := build(folder, c.now)
		for path, content := range after {
			if before, there := files[path]; there && keys[path] != "" && keys[path] == keysAfter[path] && before != content {
				t.Errorf("%s %s %s: %s has its old key, but differs near %q", c.file, c.to, c.now, path, firstDifference(before, content))
			}
		}
		for _, path := range c.change {
			if after[path] == "" || after[path] == files[path] {
				t.Errorf("%s %s %s: %s is not there or has not changed", c.file, c.to, c.now, path)
			}
		}
	}
}

// TestNextEdition: the page of a series says when the next edition comes, from
// its date, from the call of one that is there, and no more when it is past.
func TestNextEdition(t *testing.T) {
	at := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		day, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	for _, c := range []struct{ next, coming, opens, want string }{
		{"", "", "", ""},
		{"2026-12-01", "", "", "2026-12-01"},
		{"2026-11-01", "", "", ""},
		{"", "2026-11-30", "", "2026-11-30"},
		{"2026-12-01", "2026-11-30", "", "2026-11-30"},
		{"", "2026-11-30", "2026-11-28", "2026-11-28"},
		{"", "2026-11-30", "2026-11-01", "2026-11-30"}, // one can take part already
	} {
		s := &plannedSeries{Series: &gallery.Series{Next: at(c.next)}}
		if c.coming != "" {
			g := &plannedGallery{Gallery: &gallery.Gallery{Edition: &gallery.Edition{Date: at(c.coming)}}}
			if c.opens != "" {
				g.Call = &gallery.Call{Opens: at(c.opens)}
			}
			s.editions = append(s.editions, g)
		}
		got, coming := s.next(testNow)
		if !got.Equal(at(c.want)) || (coming != nil) != (c.coming != "") {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

// TestIsOver holds when a session counts as over.
func TestIsOver(t *testing.T) {
	for _, c := range []struct {
		starts, ends time.Duration // from now; 0 = not told
		recording    string
		want         bool
	}{
		{time.Hour, 0, "", false},
		{time.Hour, 0, "https://films.example/1", false},
		{-time.Hour, 0, "", false},
		{-2 * time.Hour, 0, "", true},
		{-3 * time.Hour, time.Hour, "", false},
		{-3 * time.Hour, -time.Minute, "", true},
		{-time.Hour, time.Hour, "abc123", true},
	} {
		s := &gallery.Session{Starts: testNow.Add(c.starts), Recording: c.recording}
		if c.ends != 0 {
			s.Ends = testNow.Add(c.ends)
		}
		if got := isOver(s, testNow); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// TestCalendars: an event has one name for ever, in all calendars and all
// languages, and no other event has it.
func TestCalendars(t *testing.T) {
	folder := testFolder()
	addSeries(folder)
	settings := strings.Replace(testSite, "language =", "id = \"slippers\"\nlanguage =", 1)
	folder["site.toml"] = textFile(settings)
	before, _, _ := buildFolder(t, folder)
	site := eventsOf(t, before["calendar.ics"])
	if len(site) != 2+3+1+1 { // the calls of morning, tray, pair; the session
		t.Errorf("%d events: %v", len(site), site)
	}
	for _, path := range []string{"en/calendar.ics", "moves/calendar.ics", "en/moves/calendar.ics", "moves/tray/calendar.ics", "en/moves/tray/calendar.ics", "moves/2026-11-09/calendar.ics", "morning/calendar.ics"} {
		list := eventsOf(t, before[path])
		if len(list) == 0 {
			t.Errorf("%s has no events", path)
		}
		for uid, e := range list {
			if own, there := site[uid]; !there || own.start != e.start {
				t.Errorf("%s: %s is not that of the site: %v, %v", path, uid, e, own)
			}
		}
	}
	if e := eventsOf(t, before["en/moves/tray/calendar.ics"]); !slices.ContainsFunc(slices.Collect(maps.Values(e)), func(e event) bool { return e.summary == "On air (A tray)" }) {
		t.Errorf("the English calendar is not English: %v", e)
	}

	folder["site.toml"] = textFile(strings.NewReplacer("slippers.example", "moved.example", `"Slippers"`, `"Тапочки"`).Replace(settings))
	folder["content/moves/tray/gallery.md"] = textFile(strings.NewReplacer(
		"Поднос", "Блюдо", "Эфир", "Встреча", "2026-11-24T", "2026-11-26T", "2026-11-25", "2026-11-27", "[[live]]", "[[live]]\nrevision = 1\nurl = \"https://live.example/\"",
	).Replace(testEdition))
	after, _, _ := buildFolder(t, folder)
	moved := eventsOf(t, after["calendar.ics"])
	for uid, e := range site {
		now, there := moved[uid]
		switch {
		case !there:
			t.Errorf("%v has another name now", e)
		case e.start == "20261124T190000" && (now.start != "20261126T190000" || now.sequence != "1"):
			t.Errorf("the session was moved to %v", now)
		}
	}
	if len(moved) != len(site) {
		t.Errorf("%d events became %d", len(site), len(moved))
	}
	for path, content := range after {
		if strings.HasSuffix(path, ".ics") && strings.Contains(content, "slippers.example") {
			t.Errorf("%s has an old address", path)
		}
	}
}

// TestNoDatesNoCalendar: RFC 5545 allows no calendar without events.
func TestNoDatesNoCalendar(t *testing.T) {
	folder := testFolder()
	folder["content/morning/gallery.md"] = textFile("+++\ntitle = \"Утро\"\n+++\n")
	files, _, _ := buildFolder(t, folder)
	for path, content := range files {
		if strings.HasSuffix(path, ".ics") || strings.HasSuffix(path, ".html") && strings.Contains(content, "calendar.ics") {
			t.Errorf("%s is or names a calendar", path)
		}
	}
}

type event struct{ start, sequence, summary string }

// eventsOf reads a calendar by the name of each event.
func eventsOf(t *testing.T, content string) map[string]event {
	t.Helper()
	c, err := ics.ParseCalendar(strings.NewReader(content))
	if err != nil {
		t.Fatalf("%v in %q", err, content)
	}
	list := map[string]event{}
	for _, e := range c.Events() {
		value := func(name ics.ComponentProperty) string { return e.GetProperty(name).Value }
		if _, twice := list[e.Id()]; twice {
			t.Errorf("the name %s stands twice", e.Id())
		}
		list[e.Id()] = event{value("DTSTART"), value("SEQUENCE"), value("SUMMARY")}
	}
	return list
}

// TestManyEditions: a year of weeks is numbered, parted by years and costs the
// series' page no more than its newest.
func TestManyEditions(t *testing.T) {
	folder := testFolder()
	folder["content/weekly/series.md"] = textFile("+++\ntitle = \"Недели\"\nevery = \"week\"\n+++\n")
	first := time.Date(2025, 11, 24, 0, 0, 0, 0, time.UTC) // a Monday
	for n := range 60 {
		name := first.AddDate(0, 0, 7*n).Format(time.DateOnly)
		folder["content/weekly/"+name+"/gallery.md"] = textFile(fmt.Sprintf("+++\ntitle = \"Неделя %d\"\n+++\n", n+1))
		folder["content/weekly/"+name+"/a/submission.md"] = textFile(strings.Replace(submission(fmt.Sprintf("week%02d", n), "Оля", "approved", 1, "", "Слово."), "received = 2026", "received = 2025", 1))
	}
	files, _, _ := buildFolder(t, folder)
	page := files["weekly/index.html"]
	for _, want := range []string{"Новый выпуск каждый понедельник", "52 выпуска", "Выпуск 52", "Выпуск 46", "Следующий выпуск: 23 ноября 2026"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the series does not say %q", want)
		}
	}
	if strings.Contains(page, "Выпуск 45") || strings.Contains(page, "Выпуск 53") {
		t.Error("the page of the series shows more than its newest")
	}
	if n := strings.Count(files["weekly/archive/index.html"], `class="edition"`); n != 52 {
		t.Errorf("the archive has %d editions", n)
	}
	if n := strings.Count(files["weekly/archive/2025/index.html"], `class="edition"`); n != 6 {
		t.Errorf("the archive of 2025 has %d editions", n)
	}
	if n := strings.Count(files["weekly/feed.xml"], "<item>"); n != feedItems {
		t.Errorf("the feed has %d items", n)
	}
}
