package lang

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"gallerist/builder/gallery"
)

func TestArabic(t *testing.T) {
	l := load(t, "ar")
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 10, 5, 0, 0, time.UTC) }
	photo := func(people ...author) string { return l.CreditLine(Credit{Kind: gallery.Photo, People: people}) }
	layla, omar, nur, samir, huda := author{Name: "ليلى"}, author{Name: "عمر"}, author{Name: "نور"}, author{Name: "سمير"}, author{Name: "هدى"}
	moscow, err := time.LoadLocation("Europe/Moscow")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ want, got string }{
		{"rtl", l.Dir()},
		{"ar_AR", l.OGLocale()},
		{"ar_EG", load(t, "ar-EG").OGLocale()},
		// who made it
		{"صورة: ليلى، القاهرة", photo(with(layla, func(a *author) { a.Place = "القاهرة" }))},
		{"صورة: ليلى وعمر", photo(layla, omar)},
		{"صورة: ليلى (القاهرة) وعمر", photo(with(layla, func(a *author) { a.Place = "القاهرة" }), omar)},
		{"صورة: ليلى وعمر ونور وسمير وهدى", photo(layla, omar, nur, samir, huda)},
		{"صورة: ليلى وعمر ونور وسمير وهدى وشخصان آخران", photo(layla, omar, nur, samir, huda, layla, omar)},
		{"صورة: ليلى وشخص آخر", photo(layla, author{})},
		{"صورة: أحد المشاركين", photo()},
		{"صورة: 3 مشاركين", photo(author{}, author{}, author{})},
		{"رقص: ليلى؛ تصميم الرقصات ومونتاج: عمر", l.CreditLine(Credit{Kind: gallery.Video, People: []author{
			{Name: "ليلى", Roles: []string{"dancer"}}, {Name: "عمر", Roles: []string{"choreographer", "editor"}}}})},
		{"رقص، مونتاج", l.Works([]string{"dancer", "editor"})},
		{"الحقوق: ليلى وعمر. يُعرض العمل بموافقة من أبدعه", l.Owner([]author{layla, omar})},
		{"شكرًا، ليلى!", l.ThankYou(layla)},
		// names written from left to right, alone and after "and"
		{"صورة: \u2068Olya (SPb)\u2069، \u2068Москва\u2069", photo(author{Name: "Olya (SPb)", Place: "Москва"})},
		{"صورة: ليلى و\u2068@olya_photo\u2069", photo(layla, author{Name: "@olya_photo"})},
		{"صورة: \u2068ليلى L.\u2069", photo(author{Name: "ليلى L."})},
		{"شكرًا، \u2068Оля\u2069!", l.ThankYou(olya)},
		// dates
		{"9 نوفمبر 2026", l.Date(day(2026, 11, 9))},
		{"نوفمبر 2026", l.Month(day(2026, 11, 9))},
		{"الاثنين، 9 نوفمبر 2026", l.WeekdayDate(day(2026, 11, 9))},
		{"9 نوفمبر 2026، 10:05 (UTC)", l.DateTime(day(2026, 11, 9))},
		{"1–9 نوفمبر 2026", l.DateRange(day(2026, 11, 1), day(2026, 11, 9))},
		{"30 أكتوبر – 9 نوفمبر 2026", l.DateRange(day(2026, 10, 30), day(2026, 11, 9))},
		{"30 ديسمبر 2026 – 9 يناير 2027", l.DateRange(day(2026, 12, 30), day(2027, 1, 9))},
		{"حلقة جديدة كل يوم أربعاء", l.Label("series.every", l.Rhythm("week", day(2026, 11, 25)))},
		{"توقيت موسكو، UTC+3", l.Zone(day(2026, 11, 9).In(moscow))},
		// numbers, lists, quotation marks
		{"1,234,567", l.Number(1234567)},
		{"1,234.5", l.Decimal("1234.5")},
		{"مصر", l.Country("EG")},
		{"ليلى وعمر ونور", l.List([]string{"ليلى", "عمر", "نور"})},
		{"«صباح»", l.Quote("صباح")},
		{"كل حلقات «مقهى ‹صباح›»", l.Label("series.archive", "مقهى «صباح»")},
		{"اختيرت 10 أعمال من 80", l.Plural("gallery.chosen", 10, "total", 80)},
		{"اختير عملان من 80", l.Plural("gallery.chosen", 2, "total", 80)},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestArabicPlural(t *testing.T) {
	l := load(t, "ar")
	for n, want := range map[int]string{
		0: "لا أعمال", 1: "عمل واحد", 2: "عملان", 3: "3 أعمال", 5: "5 أعمال", 10: "10 أعمال", 11: "11 عملًا", 21: "21 عملًا", 99: "99 عملًا",
		100: "100 عمل", 101: "101 عمل", 102: "102 عمل", 103: "103 أعمال", 111: "111 عملًا", 1000: "1,000 عمل", 1002: "1,002 عمل", 1022: "1,022 عملًا",
	} {
		if got := l.Plural("gallery.pieces", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int]int{0: zero, 1: one, -1: one, 2: two, -2: two, 3: few, 10: few, -110: few, 11: many, 99: many, 100: other, 202: other} {
		if got := l.category(n); got != want {
			t.Errorf("%d: %s, want %s", n, categoryNames[got], categoryNames[want])
		}
	}
}

// Alef with its marks is one letter; the own script comes before others.
func TestArabicOrder(t *testing.T) {
	l := load(t, "ar")
	want := []string{"آدم", "أحمد", "إيمان", "باسم", "تامر", "ليلى", "هدى", "ياسر", "Anna", "Оля", "12"}
	got := slices.Clone(want)
	slices.Reverse(got)
	SortBy(l, got, func(s string) string { return s })
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, name := range []string{"آدم", "أحمد", "إيمان", "ادم"} {
		if letter := l.Letter(name); letter != "ا" {
			t.Errorf("%q stands under %q", name, letter)
		}
	}
}
