package lang

import (
	"testing"
	"time"

	"gallerist/builder/gallery"
)

func load(t *testing.T, tag string) *Language {
	t.Helper()
	l, problems := Load(tag, nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return l
}

func TestSmoke(t *testing.T) {
	for _, tag := range Known() {
		l := load(t, tag)
		d := time.Date(2026, 11, 9, 10, 0, 0, 0, time.FixedZone("", 3*3600))
		t.Log(l.Tag(), l.Dir(), l.Name(), l.OGLocale(), l.Date(d), l.DateTime(d), l.Month(d), l.DateRange(d, d.AddDate(0, 0, 3)),
			l.List([]string{"a", "b", "c"}), l.Quote("x"), l.Number(1234567), l.Plural("gallery.chosen", 10, "total", 80))
		t.Log(l.CreditLine(Credit{Kind: gallery.Photo, People: []gallery.PublicAuthor{{Name: "Olya", Place: "Moscow"}}}))
		t.Log(l.CreditLine(Credit{Kind: gallery.Photo}), "|", l.ThankYou(gallery.PublicAuthor{Name: "Маша"}))
		t.Log(Slug("Утро с нашими клиентами"), Slug("Объём"), l.Letter("Ёлка"), l.Compare("Ёлка", "Ель"))
	}
}
