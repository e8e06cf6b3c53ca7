package lang

import (
	"slices"
	"testing"
	"time"

	"gallerist/builder/gallery"
)

func TestTurkish(t *testing.T) {
	l := load(t, "tr")
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 10, 0, 0, 0, time.UTC) }
	photo := func(people ...author) string { return l.CreditLine(Credit{Kind: gallery.Photo, People: people}) }
	ayse, can := author{Name: "Ayşe", Place: "İzmir"}, author{Name: "Can", Place: "İzmir"}
	isik := author{Name: "Işık", Place: "Bursa"}
	for _, c := range []struct{ want, got string }{
		// credits
		{"Fotoğraf: Ayşe, İzmir", photo(ayse)},
		{"Fotoğraf: Ayşe ve Can, İzmir", photo(ayse, can)},
		{"Fotoğraf: Ayşe (İzmir), Can (İzmir) ve Işık (Bursa)", photo(ayse, can, isik)},
		{"Fotoğraf: Ayşe, Can, Ece, Deniz ve Umut", photo(author{Name: "Ayşe"}, author{Name: "Can"}, author{Name: "Ece"}, author{Name: "Deniz"}, author{Name: "Umut"})},
		{"Fotoğraf: Ayşe, Can, Ayşe, Can, Ayşe ve 2 kişi daha, İzmir", photo(ayse, can, ayse, can, ayse, can, ayse)},
		{"Fotoğraf: bir katılımcı", photo()},
		{"Fotoğraf: 2 katılımcı", photo(author{}, author{})},
		{"İllüstrasyon ve icra: Ayşe; fotoğraf: Can", photo(author{Name: "Ayşe", Roles: []string{"illustrator", "musician"}}, author{Name: "Can", Roles: []string{"photographer"}})},
		{"Teşekkürler, Ayşe!", l.ThankYou(ayse)},
		{"Eserin sahibi: Ayşe. Sahibinin izniyle gösteriliyor", l.Owner([]author{ayse})},
		{"Eserin sahipleri: Ayşe ve Can. Sahiplerinin izniyle gösteriliyor", l.Owner([]author{ayse, can})},
		// dates
		{"9 Kasım 2026", l.Date(day(2026, 11, 9))},
		{"Kasım 2026", l.Month(day(2026, 11, 9))},
		{"9 Kasım 2026 Pazartesi", l.WeekdayDate(day(2026, 11, 9))},
		{"1–9 Kasım 2026", l.DateRange(day(2026, 11, 1), day(2026, 11, 9))},
		{"30 Ekim – 9 Kasım 2026", l.DateRange(day(2026, 10, 30), day(2026, 11, 9))},
		{"30 Aralık 2026 – 2 Ocak 2027", l.DateRange(day(2026, 12, 30), day(2027, 1, 2))},
		{"30 Kasım 2026 tarihine kadar katılabilirsiniz.", l.Label("call.open_until", day(2026, 11, 30))},
		{"Yeni bölüm: her cumartesi", l.Label("series.every", l.Rhythm("week", day(2026, 11, 14)))},
		// numbers
		{"0 eser", l.Plural("gallery.pieces", 0)}, {"1 eser", l.Plural("gallery.pieces", 1)}, {"2 eser", l.Plural("gallery.pieces", 2)},
		{"3 eser", l.Plural("gallery.pieces", 3)}, {"5 eser", l.Plural("gallery.pieces", 5)}, {"11 eser", l.Plural("gallery.pieces", 11)},
		{"21 eser", l.Plural("gallery.pieces", 21)}, {"101 eser", l.Plural("gallery.pieces", 101)}, {"12.345 eser", l.Plural("gallery.pieces", 12345)},
		{"80 eserden 10 tanesi seçildi", l.Plural("gallery.chosen", 10, "total", 80)},
		{"1 fikri görün", l.Plural("board.show", 1)}, {"7 fikrin tümünü görün", l.Plural("board.show", 7)},
		{"8,67", l.Decimal("8.67")},
		// lists and quotation marks
		{"Ayşe", l.List([]string{"Ayşe"})},
		{"Ayşe, Can ve Işık", l.List([]string{"Ayşe", "Can", "Işık"})},
		{"“Kahve ‘Ay’ Evi”", l.Quote("Kahve “Ay” Evi")},
		{"“Kahve ‘Ay’ Evi”: bütün bölümler", l.Label("series.archive", "Kahve “Ay” Evi")},
		{"Türkiye", l.Country("TR")},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// The alphabet of an index is that of the language, and case is Turkish.
func TestOwnLetters(t *testing.T) {
	for tag, letters := range map[string]map[string]string{
		"tr": {"ırmak": "I", "Irmak": "I", "ilk": "İ", "İzmir": "İ", "I\u0307zmir": "İ", "çay": "Ç", "Şule": "Ş", "ünal": "Ü", "Âdem": "A", "élise": "E"},
		"es": {"ñora": "Ñ", "N\u0303ora": "Ñ", "Nora": "N", "Ángel": "A", "irene": "I"},
		"pl": {"łoś": "Ł", "Śnieg": "Ś", "Ángel": "A"},
		"uk": {"їжак": "Ї", "Інна": "І", "ґава": "Ґ", "Йосип": "Й"},
		"en": {"ñora": "N", "Çay": "C", "ilk": "I"},
	} {
		l := load(t, tag)
		for name, want := range letters {
			if got := l.Letter(name); got != want {
				t.Errorf("%s: Letter(%q) = %q, want %q", tag, name, got, want)
			}
		}
	}
	for tag, sorted := range map[string][]string{
		"tr": {"Can", "Cem", "Çağla", "Gül", "Ğ", "Hale", "Irmak", "Işık", "İlk", "izmir", "Jale", "Oya", "Öykü", "Su", "Şule", "Umut", "Ülkü", "Zeki"},
		"es": {"Ana", "Ángel", "Nora", "Nuria", "Ñora", "Ofelia"},
	} {
		l := load(t, tag)
		got := slices.Clone(sorted)
		slices.Reverse(got)
		slices.SortFunc(got, l.Compare)
		if !slices.Equal(got, sorted) {
			t.Errorf("%s:\n got %q\nwant %q", tag, got, sorted)
		}
	}
}
