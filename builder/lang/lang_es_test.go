package lang

import (
	"testing"
	"time"

	"gallerist/builder/gallery"
)

func TestSpanish(t *testing.T) {
	l := load(t, "es")
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 10, 0, 0, 0, time.UTC) }
	photo := func(people ...author) string { return l.CreditLine(Credit{Kind: gallery.Photo, People: people}) }
	ana, ines := author{Name: "Ana", Place: "Sevilla"}, author{Name: "Inés", Place: "Sevilla"}
	leo := author{Name: "Leo", Place: "Lima"}
	for _, c := range []struct{ want, got string }{
		// credits
		{"Foto de Ana, Sevilla", photo(ana)},
		{"Foto de Ana e Inés, Sevilla", photo(ana, ines)},
		{"Foto de Inés (Sevilla), Ana (Sevilla) y Leo (Lima)", photo(ines, ana, leo)},
		{"Foto de Ana, Leo, Mar, Luz y Sol", photo(author{Name: "Ana"}, author{Name: "Leo"}, author{Name: "Mar"}, author{Name: "Luz"}, author{Name: "Sol"})},
		{"Foto de Ana, Inés, Ana, Inés, Ana y 2 personas más, Sevilla", photo(ana, ines, ana, ines, ana, ines, ana)},
		{"Foto de alguien que participó", photo()},
		{"Foto de 2 participantes", photo(author{}, author{})},
		{"Coreografía y montaje: Ana; danza: Leo", photo(author{Name: "Ana", Roles: []string{"choreographer", "editor"}}, author{Name: "Leo", Roles: []string{"dancer"}})},
		{"¡Gracias, Ana!", l.ThankYou(ana)},
		{"Los derechos son de Ana e Inés. Se muestra con su consentimiento", l.Owner([]author{ana, ines})},
		// dates
		{"9 de noviembre de 2026", l.Date(day(2026, 11, 9))},
		{"noviembre de 2026", l.Month(day(2026, 11, 9))},
		{"lunes, 9 de noviembre de 2026", l.WeekdayDate(day(2026, 11, 9))},
		{"del 1 al 9 de noviembre de 2026", l.DateRange(day(2026, 11, 1), day(2026, 11, 9))},
		{"del 30 de octubre al 9 de noviembre de 2026", l.DateRange(day(2026, 10, 30), day(2026, 11, 9))},
		{"del 30 de diciembre de 2026 al 2 de enero de 2027", l.DateRange(day(2026, 12, 30), day(2027, 1, 2))},
		{"Se puede participar hasta el 30 de noviembre de 2026.", l.Label("call.open_until", day(2026, 11, 30))},
		{"Nueva edición cada dos sábados", l.Label("series.every", l.Rhythm("two-weeks", day(2026, 11, 14)))},
		// numbers
		{"0 obras", l.Plural("gallery.pieces", 0)}, {"1 obra", l.Plural("gallery.pieces", 1)}, {"2 obras", l.Plural("gallery.pieces", 2)},
		{"3 obras", l.Plural("gallery.pieces", 3)}, {"5 obras", l.Plural("gallery.pieces", 5)}, {"11 obras", l.Plural("gallery.pieces", 11)},
		{"21 obras", l.Plural("gallery.pieces", 21)}, {"101 obras", l.Plural("gallery.pieces", 101)}, {"12\u202f345 obras", l.Plural("gallery.pieces", 12345)},
		{"1 de 80 seleccionada", l.Plural("gallery.chosen", 1, "total", 80)},
		{"y 1 persona más", l.Plural("thanks.others", 1)},
		{"8,67", l.Decimal("8.67")},
		// lists and quotation marks
		{"Ana", l.List([]string{"Ana"})},
		{"Ana, Leo y Mar", l.List([]string{"Ana", "Leo", "Mar"})},
		{"Ana, Leo e Íñigo", l.List([]string{"Ana", "Leo", "Íñigo"})},
		{"Ana e Hilda", l.List([]string{"Ana", "Hilda"})},
		{"Ana y Yago", l.List([]string{"Ana", "Yago"})},
		{"agua y Hielo", l.List([]string{"agua", "Hielo"})},
		{"Uno y otro e Irene", l.List([]string{"Uno y otro", "Irene"})},
		{"«Café “La Luna”»", l.Quote("Café «La Luna»")},
		{"Todas las ediciones de «Café “La Luna”»", l.Label("series.archive", "Café «La Luna»")},
		{"España", l.Country("ES")},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// A site's own words for a list are kept, and "y" still becomes "e".
func TestSpanishOwnList(t *testing.T) {
	l, problems := Load("es-MX", Words{"es.toml", []byte("[list]\nlast = \"{list}, y {item}\"\n")})
	if got, want := l.List([]string{"Ana", "Leo", "Irene"}), "Ana, Leo, e Irene"; got != want || len(problems) > 0 {
		t.Errorf("got %q, want %q, problems %v", got, want, problems)
	}
}
