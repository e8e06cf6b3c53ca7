package builder

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/feed"
)

// threeLanguages is a site in Russian, English and Arabic with a piece in Arabic
// that Russian has the title of, one in Russian that Arabic has the story of, and
// a gallery that Arabic has the title of.
func threeLanguages() fstest.MapFS {
	folder := testFolder()
	folder["site.toml"] = textFile(strings.NewReplacer(`["ru", "en"]`, `["ru", "en", "ar"]`,
		"[translations.en]", "[translations.ar]\ntitle = \"خف\"\n\n[translations.en]").Replace(testSite))
	folder["content/morning/gallery.ar.md"] = textFile("+++\ntitle = \"الصباح\"\n+++\n")
	folder["content/morning/2026-11-12-layla/submission.md"] = textFile(strings.Replace(
		submission("layla1", "ليلى", "approved", 12, "lang = \"ar\"\ncaption = \"على مهلك\"", "اليوم أقولها وحدي."), "Утро номер 12", "يا قهوة", 1))
	folder["content/morning/2026-11-12-layla/submission.ru.md"] = textFile("+++\ntitle = \"Не торопись\"\n+++\n")
	folder["content/morning/2026-11-04-lev/submission.ar.md"] = textFile("+++\n+++\nكلمات بلا صورة.\n")
	return folder
}

// Each text on a page says which language it is in, and which way it reads where
// that is not the page's, whatever of a translation is missing.
func TestLanguageOfEachText(t *testing.T) {
	files, probs, _ := buildFolder(t, threeLanguages())
	noProblems(t, probs)
	for path, parts := range map[string][]string{
		"morning/layla/index.html": { // title translated, caption and story not
			"<h1>Не\u00a0торопись</h1>", `<p class="standfirst" lang="ar" dir="rtl">على مهلك</p>`, `<div class="prose" lang="ar" dir="rtl"><p>اليوم`,
			`"inLanguage":"ar"`, `<bdi lang="ar" dir="rtl"><a href="/contributors/`,
		},
		"en/morning/layla/index.html": {`<h1 lang="ar" dir="rtl">يا قهوة</h1>`, `<p class="standfirst" lang="ar" dir="rtl">`},
		"ar/morning/layla/index.html": {"<h1>يا قهوة</h1>", `<p class="standfirst">على مهلك</p>`, `<div class="prose"><p>اليوم`},
		"ar/morning/lev/index.html":   {`<h1 lang="ru" dir="ltr">Утро номер 11</h1>`, `<div class="prose"><p>كلمات`, `"inLanguage":"ar"`},
		"en/morning/lev/index.html":   {`<h1 lang="ru">Утро номер 11</h1>`, `<div class="prose" lang="ru"><p>Слова`, `"inLanguage":"ru"`},
		"ar/morning/masha/index.html": {`alt="Чашка на окне" lang="ru" dir="ltr"`},
		"en/morning/masha/index.html": {`alt="Чашка на окне" lang="ru"`},
		"morning/index.html": { // a card: excerpt in one language, title in another
			`<blockquote lang="ar" dir="rtl"><a href="/morning/layla/">على مهلك</a></blockquote>`, `<span class="title">Не торопись</span>`,
		},
		"ar/morning/index.html": {
			`<h1>الصباح</h1>`, `<div class="standfirst" lang="ru" dir="ltr"><p>Вступление`,
			`<blockquote><a href="/ar/morning/lev/">كلمات`, `<span class="title" lang="ru" dir="ltr">Утро номер 11</span>`,
		},
		"ar/contributors/index.html": {`<html lang="ar" dir="rtl">`},
	} {
		for _, part := range parts {
			if !strings.Contains(strings.ReplaceAll(files[path], ">\n", ">"), part) {
				t.Errorf("%s lacks %s", path, part)
			}
		}
	}
}

// A site in three languages names all of a page's languages on each of them, and
// has a feed of each language in every format, which says whose it is, leads to
// pages of its own language and names each item's.
func TestLanguagesNameEachOther(t *testing.T) {
	files, probs, _ := buildFolder(t, threeLanguages())
	noProblems(t, probs)
	const host = "https://slippers.example/"
	for _, path := range []string{"", "morning/", "morning/layla/", "morning/call/", "contributors/", "about/", "morning/thanks/", "feed/"} {
		for _, prefix := range []string{"", "en/", "ar/"} {
			page := files[prefix+path+"index.html"]
			for tag, at := range map[string]string{"ru": "", "en": "en/", "ar": "ar/", "x-default": ""} {
				if link := `<link rel="alternate" hreflang="` + tag + `" href="` + host + at + path + `">`; strings.Count(page, link) != 1 {
					t.Errorf("%s%s has %d times %s", prefix, path, strings.Count(page, link), link)
				}
			}
			if !strings.Contains(page, `<link rel="canonical" href="`+host+prefix+path+`">`) {
				t.Errorf("%s%s is not canonical", prefix, path)
			}
			of := "" // the feed of the page's gallery, the site's where it is of none
			if path == "morning/" || path == "morning/layla/" {
				of = "morning/"
			}
			formats := feed.Formats
			if path != "" && path != "morning/" { // these are what the feeds are of
				formats = formats[:1]
			}
			for _, format := range formats {
				if link := `href="` + host + prefix + of + format.File + `">`; !strings.Contains(page, link) {
					t.Errorf("%s%s does not lead to its own feed %s", prefix, path, format.File)
				}
			}
		}
	}
	for tag, prefix := range map[string]string{"ru": "", "en": "en/", "ar": "ar/"} {
		for _, path := range []string{"", "morning/"} {
			at := prefix + path
			has(t, files, at+"feed.xml", "<language>"+tag+"</language>", "<link>"+host+at+"</link>", `href="`+host+at+`feed.xml" rel="self"`)
			has(t, files, at+"atom.xml", `xml:lang="`+tag+`"`, `href="`+host+at+`atom.xml" rel="self"`, `<link href="`+host+prefix+`morning/layla/" rel="alternate"`)
			var feed struct {
				Language string
				Home     string `json:"home_page_url"`
				Self     string `json:"feed_url"`
				Items    []struct{ URL, Language string }
			}
			if err := json.Unmarshal([]byte(files[at+"feed.json"]), &feed); err != nil {
				t.Fatal(err)
			}
			if feed.Language != tag || feed.Home != host+at || feed.Self != host+at+"feed.json" || len(feed.Items) != 4 {
				t.Errorf("%sfeed.json says %+v", at, feed)
			}
			if it := feed.Items[0]; it.URL != host+prefix+"morning/layla/" || it.Language != "ar" {
				t.Errorf("%sfeed.json begins with %+v", at, it)
			}
		}
	}
	has(t, files, "atom.xml", `<title xml:lang="ru">Не торопись</title>`)
	has(t, files, "feed.json", `<p lang=\"ar\" dir=\"rtl\">اليوم`)
	has(t, files, "ar/feed.json", `<p>اليوم`, `<p lang=\"ru\" dir=\"ltr\">Завтрак.`)
	has(t, files, "en/feed.json", `<p>Завтрак.`)
}

func has(t *testing.T, files map[string]string, path string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(files[path], part) {
			t.Errorf("%s lacks %s", path, part)
		}
	}
}

// Addresses are spelled as the site's own language does; those of Russian and
// English sites stay where they are, whatever language a piece is in.
func TestAddressesOfLanguages(t *testing.T) {
	for language, want := range map[string]string{
		"ru": "contributors/jurgen-grodno", "en": "contributors/jurgen-grodno", "de": "contributors/juergen-grodno", "uk": "contributors/jurgen-hrodno",
	} {
		folder := testFolder()
		folder["site.toml"] = textFile(strings.NewReplacer(`language = "ru"`, `language = "`+language+`"`, `["ru", "en"]`, `["`+language+`"]`).Replace(
			testSite[:strings.Index(testSite, "[translations")]))
		for name := range folder {
			if strings.Contains(name, ".en.md") {
				delete(folder, name)
			}
		}
		folder["content/morning/2026-11-12-j/submission.md"] = textFile(strings.Replace(
			submission("jurgen", "Jürgen", "approved", 12, `lang = "de"`, "So."), "name = \"Jürgen\"\nplace = \"Москва\"", "name = \"Jürgen\"\nplace = \"Гродно\"", 1))
		files, _, _ := buildFolder(t, folder)
		if files[want+"/index.html"] == "" {
			t.Errorf("a site in %q has no %s", language, want)
		}
	}
}

// A folder that spells a hidden name as another language does gives no address
// that tells it.
func TestNamesInAnySpelling(t *testing.T) {
	for slug, name := range map[string]string{"juergen": "Jürgen", "jurgen": "Jürgen", "hryhorii": "Григорій", "lila": "ليلى"} {
		if !namesPerson(slug, []string{name}) {
			t.Errorf("%q does not name %s", slug, name)
		}
	}
	if namesPerson("morning", []string{"Jürgen", "Григорій"}) {
		t.Error("everything names everybody")
	}
}
