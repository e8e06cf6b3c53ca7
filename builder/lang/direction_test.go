package lang

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func TestOtherDir(t *testing.T) {
	for _, c := range []struct{ page, text, want string }{
		{"ru", "ar", "rtl"}, {"ru", "ar-EG", "rtl"}, {"en", "he", "rtl"}, {"en", "fa", "rtl"}, {"ar", "ru", "ltr"}, {"ar", "he", ""},
		{"ru", "en", ""}, {"ru", "ru", ""}, {"en", "az-Arab", "rtl"}, {"en", "ar-Latn", ""}, {"ar", "ar-Latn-EG", "ltr"}, {"en", "de-1996", ""}, {"en", "", ""},
	} {
		l, _ := Load(c.page)
		if got := l.OtherDir(c.text); got != c.want {
			t.Errorf("on a page in %s a text in %q has the direction %q, not %q", c.page, c.text, got, c.want)
		}
	}
}

// What reads from left to right everywhere is set apart where the rest does not.
func TestCode(t *testing.T) {
	ar, _ := Load("ar")
	ru, _ := Load("ru")
	if got := ar.Code("2026-10"); got != "\u20662026-10\u2069" {
		t.Errorf("%q", got)
	}
	if ru.Code("2026-10") != "2026-10" || ar.Code("") != "" {
		t.Error("set apart where nothing needs it")
	}
}

// Every language calls the zones of large cities by their cities.
func TestZonesOfCities(t *testing.T) {
	at := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, tag := range Known() {
		l, _ := Load(tag)
		for _, id := range []string{
			"Europe/Kyiv", "Europe/Kiev", "Europe/Warsaw", "Europe/Istanbul", "Africa/Cairo", "Asia/Riyadh", "Europe/Paris", "Europe/Madrid",
			"Europe/Moscow", "Europe/Berlin", "Europe/London",
		} {
			zone, err := time.LoadLocation(id)
			if err != nil {
				t.Fatal(err)
			}
			if !l.Has("zones."+id) || l.Zone(at.In(zone)) == "" {
				t.Errorf("%s has no word for %s", tag, id)
			}
		}
	}
	ru, _ := Load("ru")
	kyiv, _ := time.LoadLocation("Europe/Kyiv")
	if got := ru.Zone(at.In(kyiv)); got != "киевское время, UTC+2" {
		t.Errorf("%q", got)
	}
}

func TestInitial(t *testing.T) {
	for _, c := range []struct{ tag, name, want string }{
		{"tr", "ilker", "İ"}, {"tr", "ışık", "I"}, {"en", "ilker", "I"}, {"ru", "оля", "О"}, {"uk", "їжак", "Ї"}, {"ar", "ليلى", "ل"}, {"en", "", ""},
	} {
		l, _ := Load(c.tag)
		if got := l.Initial(c.name); got != c.want {
			t.Errorf("%s: %q begins with %q, not %q", c.tag, c.name, got, c.want)
		}
	}
}
