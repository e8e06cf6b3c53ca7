package lang

import (
	"regexp"
	"testing"
	"time"

	"gallerist/builder/gallery"
)

func TestFrench(t *testing.T) {
	l := load(t, "fr")
	anna, lea := author{Name: "Anna", Place: "Lyon"}, author{Name: "Léa", Place: "Lyon"}
	five := []author{anna, lea, {Name: "Hugo"}, {Name: "Inès"}, {Name: "Zoé"}}
	day := func(m time.Month, d int) time.Time { return time.Date(2026, m, d, 10, 5, 0, 0, time.UTC) }
	credit := func(people ...author) string { return l.CreditLine(Credit{Kind: gallery.Photo, People: people}) }
	for _, c := range []struct{ want, got string }{
		{"Photo\u00a0: Anna, Lyon", credit(anna)},
		{"Photo\u00a0: Anna et Léa, Lyon", credit(anna, lea)},
		{"Photo\u00a0: Anna (Lyon), Léa (Lyon), Hugo, Inès et Zoé", credit(five...)},
		{"Photo\u00a0: Anna et 1 autre personne, Lyon", credit(anna, author{Place: "Lyon"})},
		{"Photo\u00a0: anonyme", credit()},
		{"Danse\u00a0: Léa\u202f; photo\u00a0: Anna", credit(author{Name: "Léa", Roles: []string{"dancer"}}, author{Name: "Anna"})},
		{"Appartient à Anna, publication avec son accord", l.Owner([]author{anna})},
		{"Appartient à Anna et Léa, publication avec leur accord", l.Owner([]author{anna, lea})},
		{"Merci, Léa\u202f!", l.ThankYou(lea)},
		{"9 novembre 2026", l.Date(day(11, 9))},
		{"1er août 2026", l.Date(day(8, 1))},
		{"9 novembre 2026 à 10:05 (UTC)", l.DateTime(day(11, 9))},
		{"lundi 9 novembre 2026", l.WeekdayDate(day(11, 9))},
		{"février 2026", l.Month(day(2, 1))},
		{"1er–9 novembre 2026", l.DateRange(day(11, 1), day(11, 9))},
		{"30 octobre – 1er novembre 2026", l.DateRange(day(10, 30), day(11, 1))},
		{"30 décembre 2026 – 9 janvier 2027", l.DateRange(day(12, 30), day(13, 9))},
		{"Vous pouvez participer jusqu’au 1er novembre 2026.", l.Label("call.open_until", day(11, 1))},
		{"Nouvelle édition un mercredi sur deux", l.Label("series.every", l.Rhythm("two-weeks", day(11, 25)))},
		{"Anna, Léa et Hugo", l.List([]string{"Anna", "Léa", "Hugo"})},
		{"«\u00a0Café “Rose”\u00a0»", l.Quote("Café «\u00a0Rose\u00a0»")},
		{"Toutes les éditions\u00a0: «\u00a0Danse “au” café\u00a0»", l.Label("series.archive", "Danse « au » café")},
		{"Qui danse\u202f?", l.Typeset("Qui danse ?")},
		{"1\u202f234\u202f567", l.Number(1234567)},
		{"8,67", l.Decimal("8.67")},
		{"Allemagne", l.Country("DE")},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	for n, want := range map[int]string{0: "0 contribution", 1: "1 contribution", 2: "2 contributions", 3: "3 contributions", 5: "5 contributions", 11: "11 contributions", 21: "21 contributions", 101: "101 contributions"} {
		if got := l.Plural("gallery.pieces", n); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	for n, want := range map[int]int{0: one, 1: one, -1: one, 2: other, 1000: other, 999_999: other, 1_000_000: many, 1_000_001: other, 3_000_000: many} {
		if got := l.category(n); got != want {
			t.Errorf("%d: %s, want %s", n, categoryNames[got], categoryNames[want])
		}
	}
	if l.Compare("Éric", "Zoé") > 0 || l.Compare("Eric", "Éric") > 0 || l.Letter("Élodie") != "E" {
		t.Error("accents are not sorted beside their letters")
	}
}

// TestFrenchSpaces holds that no French text can be broken before a mark of
// two parts or inside quotation marks, and that none lacks its space.
func TestFrenchSpaces(t *testing.T) {
	l := load(t, "fr")
	wrong := regexp.MustCompile(`« | [»:;!?]|«[^\x{a0}]|[^\x{a0}]»|[^\x{a0}]:|[^\x{202f}][;!?]`)
	for _, key := range l.Keys() {
		for _, form := range l.words[key].forms {
			s := ""
			for _, p := range form {
				s += p.literal
			}
			if at := wrong.FindString(s); at != "" {
				t.Errorf("%s = %q contains %q", key, s, at)
			}
		}
	}
}
