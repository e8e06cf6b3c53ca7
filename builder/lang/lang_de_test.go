package lang

import (
	"testing"
	"time"

	"gallerist/builder/gallery"
)

func TestGerman(t *testing.T) {
	l := load(t, "de")
	anna, lev := author{Name: "Anna", Place: "Köln"}, author{Name: "Lev", Place: "Köln"}
	five := []author{anna, lev, {Name: "Mia"}, {Name: "Jonas"}, {Name: "Zoë"}}
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 10, 5, 0, 0, time.UTC) }
	credit := func(people ...author) string { return l.CreditLine(Credit{Kind: gallery.Photo, People: people}) }
	for _, c := range []struct{ want, got string }{
		{"Foto von Anna, Köln", credit(anna)},
		{"Foto von Anna und Lev, Köln", credit(anna, lev)},
		{"Foto von Anna (Köln), Lev (Köln), Mia, Jonas und Zoë", credit(five...)},
		{"Foto von Anna und noch 2 Personen, Köln", credit(anna, author{Place: "Köln"}, author{Place: "Köln"})},
		{"Foto von Anonym", credit()},
		{"Foto und Schnitt: Anna; Tanz: Lev", credit(author{Name: "Anna", Roles: []string{"photographer", "editor"}}, author{Name: "Lev", Roles: []string{"dancer"}})},
		{"Foto: Anna; Komposition und Regie: Lev", credit(author{Name: "Anna"}, author{Name: "Lev", Roles: []string{"composer", "director"}})},
		{"Tanz: Lev; Foto: Anna", credit(author{Name: "Lev", Roles: []string{"dancer"}}, author{Name: "Anna"})}, // a noun within a line
		{"Gehört Anna und Lev und wird mit Einverständnis aller gezeigt", l.Owner([]author{anna, lev})},
		{"Danke, Anna!", l.ThankYou(anna)},
		{"9. November 2026", l.Date(day(11, 9))},
		{"9. November 2026, 10:05 Uhr (UTC)", l.DateTime(day(11, 9))},
		{"Montag, 9. November 2026", l.WeekdayDate(day(11, 9))},
		{"März 2026", l.Month(day(3, 1))},
		{"1.–9. November 2026", l.DateRange(day(11, 1), day(11, 9))},
		{"30. Oktober – 9. November 2026", l.DateRange(day(10, 30), day(11, 9))},
		{"30. Dezember 2026 – 9. Januar 2027", l.DateRange(day(12, 30), day(13, 9))},
		{"Neue Ausgabe jeden zweiten Mittwoch", l.Label("series.every", l.Rhythm("two-weeks", day(11, 25)))},
		{"Anna, Lev und Mia", l.List([]string{"Anna", "Lev", "Mia"})},
		{"„Café ‚Rose‘“", l.Quote("Café „Rose“")},
		{"Alle Ausgaben von „Tanz ‚im‘ Café“", l.Label("series.archive", "Tanz „im“ Café")},
		{"1.234.567", l.Number(1234567)},
		{"8,67", l.Decimal("8.67")},
		{"Frankreich", l.Country("FR")},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	for n, want := range map[int]string{0: "0 Beiträge", 1: "1 Beitrag", 2: "2 Beiträge", 3: "3 Beiträge", 5: "5 Beiträge", 11: "11 Beiträge", 21: "21 Beiträge", 101: "101 Beiträge"} {
		if got := l.Plural("gallery.pieces", n); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if l.Compare("Äpfel", "Apfelsine") > 0 || l.Compare("Öl", "Zoo") > 0 || l.Letter("Özlem") != "O" {
		t.Error("umlauts are not sorted beside their letters")
	}
}
