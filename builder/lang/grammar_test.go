package lang

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	moscow := time.FixedZone("any name", 3*3600)
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 10, 5, 0, 0, moscow) }
	en, ru := load(t, "en"), load(t, "ru")
	for _, c := range []struct{ want, got string }{
		{"9 November 2026", en.Date(day(2026, 11, 9))},
		{"9 ноября 2026", ru.Date(day(2026, 11, 9))},
		{"November 2026", en.Month(day(2026, 11, 9))},
		{"ноябрь 2026", ru.Month(day(2026, 11, 9))},
		{"9 November 2026, 10:05 (UTC+3)", en.DateTime(day(2026, 11, 9))},
		{"9 ноября 2026, 07:05 (UTC)", ru.DateTime(day(2026, 11, 9).UTC())},
		{"9 May 2026, 00:00 (UTC+5:30)", en.DateTime(time.Date(2026, 5, 9, 0, 0, 0, 0, time.FixedZone("", 19800)))},
		{"9 May 2026, 00:00 (UTC−3:30)", en.DateTime(time.Date(2026, 5, 9, 0, 0, 0, 0, time.FixedZone("", -12600)))},
		{"1–9 November 2026", en.DateRange(day(2026, 11, 1), day(2026, 11, 9))},
		{"1–9 ноября 2026", ru.DateRange(day(2026, 11, 1), day(2026, 11, 9))},
		{"30 October – 9 November 2026", en.DateRange(day(2026, 10, 30), day(2026, 11, 9))},
		{"30 октября — 9 ноября 2026", ru.DateRange(day(2026, 10, 30), day(2026, 11, 9))},
		{"30 декабря 2026 — 9 января 2027", ru.DateRange(day(2026, 12, 30), day(2027, 1, 9))},
		{"9 November 2026", en.DateRange(day(2026, 11, 9), day(2026, 11, 9))},
		{"9 November 2026", en.DateRange(day(2026, 11, 9), time.Time{})},
		{"9 November 2026", en.DateRange(time.Time{}, day(2026, 11, 9))},
		{"", en.DateRange(time.Time{}, time.Time{})},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	for m := time.January; m <= time.December; m++ {
		if got, want := en.Month(day(2026, m, 1)), m.String()+" 2026"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	en, ru := load(t, "en"), load(t, "ru")
	for n, want := range map[int][2]string{
		0: {"0", "0"}, 999: {"999", "999"}, 1000: {"1,000", "1\u00a0000"}, -1234567: {"-1,234,567", "-1\u00a0234\u00a0567"}, 123456: {"123,456", "123\u00a0456"},
	} {
		if got := [2]string{en.Number(n), ru.Number(n)}; got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestListAndQuote(t *testing.T) {
	en, ru := load(t, "en"), load(t, "ru")
	for _, c := range []struct{ want, got string }{
		{"", en.List(nil)},
		{"Olya", en.List([]string{"Olya"})},
		{"Olya and Lev", en.List([]string{"Olya", "Lev"})},
		{"Olya, Masha and Lev", en.List([]string{"Olya", "Masha", "Lev"})},
		{"Оля, Маша и Лев", ru.List([]string{"Оля", "Маша", "Лев"})},
		{"{item}, {list}, c and d", en.List([]string{"{item}", "{list}", "c", "d"})},
		{"«Утро»", ru.Quote("Утро")},
		{"«Кафе „Ромашка“ и „Василёк“»", ru.Quote("Кафе «Ромашка» и «Василёк»")},
		{"“A ‘b’ c”", en.Quote("A “b” c")},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct{ given, en, ru string }{
		{"8.67", "8.67", "8,67"}, {"0.50", "0.50", "0,50"}, {"-0.5", "-0.5", "-0,5"}, {"12", "12", "12"}, {"-1234.5", "-1,234.5", "-1\u00a0234,5"},
	} {
		if en, ru := load(t, "en").Decimal(c.given), load(t, "ru").Decimal(c.given); en != c.en || ru != c.ru {
			t.Errorf("%s: %q and %q", c.given, en, ru)
		}
	}
}

func TestCountry(t *testing.T) {
	for _, c := range []struct{ code, en, ru string }{
		{"RU", "Russia", "Россия"}, {"KZ", "Kazakhstan", "Казахстан"}, {"AM", "Armenia", "Армения"}, {"??", "??", "??"},
	} {
		if en, ru := load(t, "en").Country(c.code), load(t, "ru").Country(c.code); en != c.en || ru != c.ru {
			t.Errorf("%s: %q and %q", c.code, en, ru)
		}
	}
}
