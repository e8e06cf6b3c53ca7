package lang

import (
	"regexp"
	"strings"
	"testing"
)

func TestSlug(t *testing.T) {
	for s, want := range map[string]string{
		"Утро с нашими клиентами": "utro-s-nashimi-klientami",
		"Объём":                     "obyom",
		"Подъезд и Ёжик":            "podezd-i-yozhik",
		"Щука, чай, хлеб, цирк":     "shchuka-chay-khleb-tsirk",
		"Йогурт":                    "yogurt",
		"И\u0306огурт":              "yogurt",
		"Юля & Яна":                 "yulya-yana",
		"Ростов-на-Дону":            "rostov-na-donu",
		"Київ, Łódź, Ñandú, Straße": "kiyiv-lodz-nandu-strasse",
		"Морква в Минску — Ўладзь":  "morkva-v-minsku-uladz",
		"Don't stop":                "dont-stop",
		"  --Latte__with  Murka!! ": "latte-with-murka",
		"50 % off":                  "50-off",
		"北京":                        "bei-jing",
		"🌸🌸":                        "",
		"":                          "",
		"…":                         "",
		"con":                       "con-",
		"CON":                       "con-",
		"Com1":                      "com1-",
		"lpt9":                      "lpt9-",
		"com10":                     "com10",
		"конь":                      "kon",
		"con-":                      "con-",
		"\xff\xfea":                 "a",
		"oﬀice":                     "office",
		strings.Repeat("a", 100):    strings.Repeat("a", 60),
		"Очень длинное название галереи, которое ни в какой адрес не поместится": "ochen-dlinnoe-nazvanie-galerei-kotoroe-ni-v-kakoy-adres-ne",
	} {
		if got := Slug(s); got != want {
			t.Errorf("Slug(%q) = %q, want %q", s, got, want)
		}
	}
}

func FuzzSlug(f *testing.F) {
	for _, s := range []string{"Утро", "con", "a-", "ÀÉ", "\x00", "北京 🌸", "'", "-", strings.Repeat("ь", 300), strings.Repeat("щ", 30)} {
		f.Add(s)
	}
	shape := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*-?$`)
	f.Add("Їжак мʼята")
	f.Add("قَهْوة ١٢")
	f.Add("Größe ẞ")
	f.Fuzz(func(t *testing.T, s string) {
		for _, slug := range Slugs(s) {
			if slug != "" && (!shape.MatchString(slug) || len(slug) > maxSlug || Slug(slug) != slug) {
				t.Errorf("of %q: %q", s, slug)
			}
		}
		slug := Slug(s)
		if slug == "" {
			return
		}
		if !shape.MatchString(slug) || len(slug) > maxSlug {
			t.Errorf("Slug(%q) = %q", s, slug)
		}
		if strings.HasSuffix(slug, "-") != reserved(strings.TrimSuffix(slug, "-")) {
			t.Errorf("Slug(%q) = %q ends in a hyphen", s, slug)
		}
		if again := Slug(slug); again != slug {
			t.Errorf("Slug(%q) = %q, but of that %q", s, slug, again)
		}
	})
}

func BenchmarkSlug(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Slug("Утро с нашими клиентами")
	}
}

// Languages with a habit of their own are spelled by it, others as ever.
func TestSlugIn(t *testing.T) {
	for _, c := range []struct{ tag, text, want string }{
		{"uk", "Гомін Хрещатика", "homin-khreshchatyka"}, {"uk", "Їжак і Юлія", "yizhak-i-yuliia"}, {"uk", "Згоряни", "zghoriany"}, {"uk", "мій м’яч", "mii-miach"},
		{"de", "Größe Übermut", "groesse-uebermut"}, {"de-AT", "Jürgen", "juergen"},
		{"ar", "القاهرة", "alqahra"}, {"ar", "نور", "nur"}, {"ar", "قَهْوة الصباح", "qhwa-alsbah"}, {"ar", "ياسمين", "yasmin"}, {"ar", "موسى ١٢", "musa-12"}, {"ar", "Olya ليلى", "olya-lila"},
		{"tr", "Işık Şişli Ağaç", "isik-sisli-agac"}, {"pl", "Łódź żółw", "lodz-zolw"}, {"fr", "Œuvre d’été", "oeuvre-dete"}, {"es", "Señor Ñandú", "senor-nandu"},
		{"ru", "Гриша и объём", "grisha-i-obyom"}, {"en", "Jürgen", "jurgen"}, {"", "Гриша", "grisha"},
	} {
		if got := SlugIn(c.tag, c.text); got != c.want {
			t.Errorf("SlugIn(%q, %q) = %q, want %q", c.tag, c.text, got, c.want)
		}
	}
}
