package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"html"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
)

var update = flag.Bool("update", false, "write the golden files anew")

func write(t testing.TB, format Format, f *Feed) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := format.Write(&b, f); err != nil {
		t.Fatalf("%s: %v", format.Name, err)
	}
	return b.Bytes()
}

// TestGolden compares whole feeds with testdata; go test -update writes it.
func TestGolden(t *testing.T) {
	for _, format := range Formats {
		got := write(t, format, sample())
		if format.Name == JSON.Name { // which is one line
			var b bytes.Buffer
			if err := json.Indent(&b, got, "", "  "); err != nil {
				t.Fatal(err)
			}
			got = b.Bytes()
		}
		name := filepath.Join("testdata", format.File)
		if *update {
			if err := os.WriteFile(name, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s differs (-want +got):\n%s", name, diff)
		}
	}
}

func TestRules(t *testing.T) {
	empty := sample()
	empty.Items = nil
	for name, f := range map[string]*Feed{"sample": sample(), "empty": empty} {
		t.Run(name, func(t *testing.T) {
			channel := checkRSS(t, write(t, RSS, f))
			checkAtom(t, write(t, Atom, f))
			feed := checkJSON(t, write(t, JSON, f))
			if n := len(channel.all("item")); n != len(f.Items) || len(feed["items"].([]any)) != n {
				t.Errorf("%d items in RSS, want %d", n, len(f.Items))
			}
		})
	}
}

func TestRSSItem(t *testing.T) {
	items := checkRSS(t, write(t, RSS, sample())).all("item")
	latte, dance, film, words := items[0], items[1], items[2], items[3]
	if got := latte.one(t, "enclosure").attr; got["length"] != "183204" || got["type"] != "image/jpeg" {
		t.Errorf("enclosure %v", got)
	}
	if got := latte.one(t, "description").text; !strings.HasPrefix(got, "Работа прислана на конкурс. Мурка") {
		t.Errorf("description without the disclosure: %q", got)
	}
	if got := len(latte.all("category")); got != 2 {
		t.Errorf("%d categories", got)
	}
	picture := latte.one(t, nsMedia+" content")
	if got := picture.one(t, nsMedia+" description").text; got != "Серая кошка сторожит латте на балконе" {
		t.Errorf("alternative text %q", got)
	}
	if got := picture.one(t, nsMedia+" credit"); got.text != "Оля" || got.attr["role"] != "photographer" || got.attr["scheme"] != "" {
		t.Errorf("credit %q %v", got.text, got.attr)
	}
	if got := len(dance.all("http://purl.org/dc/elements/1.1/ creator")); got != 2 {
		t.Errorf("%d creators", got)
	}
	second := dance.all(nsMedia + " content")[1].all(nsMedia + " credit")[2]
	if second.attr["role"] != "barista" || !strings.HasSuffix(second.attr["scheme"], "#roles") {
		t.Errorf("own role %v", second.attr)
	}
	if got := film.one(t, "enclosure").attr["type"]; got != "video/mp4" {
		t.Errorf("the film's enclosure is %s", got)
	}
	if film.has(nsContent+" encoded") || !strings.HasPrefix(film.one(t, "description").text, "<figure>") {
		t.Error("without a summary the markup is the description")
	}
	if words.has("enclosure") || words.has(nsMedia+" content") {
		t.Error("words have no media")
	}
}

// TestReader reads all three formats with a feed reader's parser: a subscriber
// gets the same from each.
func TestReader(t *testing.T) {
	type item struct {
		Title, ID, Link, Summary, HTML, Enclosure string
		Published                                 time.Time
		Authors, Tags                             []string
	}
	type feed struct {
		Title, Description, Link, Self, Language string
		Items                                    []item
	}
	f := sample()
	read := func(format Format) feed {
		parsed, err := gofeed.NewParser().Parse(bytes.NewReader(write(t, format, f)))
		if err != nil {
			t.Fatalf("%s: %v", format.Name, err)
		}
		got := feed{parsed.Title, parsed.Description, parsed.Link, parsed.FeedLink, parsed.Language, nil}
		for _, p := range parsed.Items {
			i := item{
				Title: p.Title, ID: p.GUID, Link: p.Link, Summary: p.Description, HTML: p.Content,
				Published: p.PublishedParsed.UTC(), Tags: p.Categories,
			}
			if format.Name == RSS.Name { // whose descriptions are HTML
				if i.HTML == "" {
					i.HTML, i.Summary = i.Summary, ""
				}
				i.Summary = html.UnescapeString(i.Summary)
				i.Authors = p.DublinCoreExt.Creator
			} else {
				for _, a := range p.Authors {
					i.Authors = append(i.Authors, a.Name)
				}
			}
			if len(p.Enclosures) > 0 {
				i.Enclosure = p.Enclosures[0].URL + " " + p.Enclosures[0].Type
			}
			got.Items = append(got.Items, i)
		}
		return got
	}
	c := Clean(f)
	want := feed{Title: f.Title, Description: f.Description, Link: c.Home, Language: "en"}
	for i, it := range c.Items {
		w := item{
			Title: it.Title, ID: f.Items[i].ID, Link: it.URL, Summary: it.Summary, HTML: it.HTML,
			Published: f.Items[i].Published.UTC(), Tags: it.Tags,
		}
		for _, a := range it.Authors {
			w.Authors = append(w.Authors, a.Name)
		}
		if url, mime, _, ok := it.enclosure(); ok {
			w.Enclosure = url + " " + mime
		}
		want.Items = append(want.Items, w)
	}
	for _, format := range Formats {
		want.Self = c.At + format.File
		got := read(format)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format.Name, diff)
		}
	}
}

func TestHostileTexts(t *testing.T) {
	var controls strings.Builder
	for r := rune(0); r < 0xa0; r++ {
		controls.WriteRune(r)
	}
	for _, s := range []string{
		controls.String(), "a\ufffeb\uffffc\ufdd0", "]]>", "]]]]>><![CDATA[", "\xff\xfe \xc3(", "\xed\xa0\x80",
		"☕️ 👩‍👩‍👧", "\u202eabc\u202c שלום", "a\r\nb\rc\u2028d", "<script>alert(1)</script>", "&amp;&#0;&#x1;", `"'<>&`,
		"<!--", "?>", strings.Repeat("&", 1000),
	} {
		f := hostile(s)
		checkRSS(t, write(t, RSS, f))
		checkAtom(t, write(t, Atom, f))
		checkJSON(t, write(t, JSON, f))
	}
}

// hostile is a feed with s in every text; addresses are good, and hold s too.
func hostile(s string) *Feed {
	home := "https://x.example/?q="
	item := func(id string) Item {
		it := Item{
			ID: "tag:x.example,2026:" + id + s, URL: home + s, Title: s, Summary: s, CreditLine: s, Disclosure: s, Award: s,
			Authors: []Author{{Name: s, URL: s, Roles: []string{s}}, {Name: "A"}}, Tags: []string{s}, License: home + s, Rights: s, Language: s, TitleLang: s + "x", Before: s, After: s, Dir: "rtl",
			Images:    []Image{{URL: home + s, Type: s, Length: -1, Width: 3, Height: 2, Alt: s, Credit: s}},
			Files:     []File{{URL: home + s, Type: s, Title: s, Seconds: math.NaN()}},
			Published: day(2, 1),
		}
		it.HTML = ItemHTML(it, s+"<p>"+s+`<a href="`+s+`">`+s+"</a>")
		return it
	}
	return &Feed{
		ID: "tag:x.example,2026:" + s, Title: "T" + s, Description: s, Language: s, Home: home + s, At: home + s,
		Author: Author{Name: s, URL: home + s}, Icon: home + s, Logo: home + s, Rights: s, Stylesheet: home + s, Hub: home + s,
		Items: []Item{item("1"), item("2")},
	}
}

func FuzzFeed(f *testing.F) {
	f.Add("a", "b")
	f.Add("]]>\x00", "<p>\ufffe<a href=//x>")
	f.Add("<svg/><figure><img src=x alt='\"'><figcaption>", "\xff&")
	f.Fuzz(func(t *testing.T, a, b string) {
		feed := hostile(a)
		for i := range feed.Items {
			feed.Items[i].HTML = ItemHTML(feed.Items[i], b)
		}
		feed.Stylesheet, feed.Items[0].Title = b, b
		checkRSS(t, write(t, RSS, feed))
		checkAtom(t, write(t, Atom, feed))
		checkJSON(t, write(t, JSON, feed))

		// Even markup that ItemHTML has not seen cannot break the document.
		feed.Items[0].HTML = b
		parseXML(t, write(t, RSS, feed))
		parseXML(t, write(t, Atom, feed))
	})
}

// TestEntryMoments: Atom entries are updated at distinct moments, each within
// its own second, and whatever its neighbours are.
func TestEntryMoments(t *testing.T) {
	f := sample()
	var want []string
	for _, e := range checkAtom(t, write(t, Atom, f)).all(nsAtom + " entry") {
		want = append(want, e.one(t, nsAtom+" updated").text)
	}
	if !strings.HasPrefix(want[1], "2026-11-09T07:00:00.") {
		t.Errorf("the second of publication is lost: %s", want[1])
	}
	for i := range f.Items {
		alone := sample()
		alone.Items = alone.Items[i : i+1]
		entry := checkAtom(t, write(t, Atom, alone)).one(t, nsAtom+" entry")
		if got := entry.one(t, nsAtom+" updated").text; got != want[i] {
			t.Errorf("entry %d: %s beside others, %s alone", i, want[i], got)
		}
	}
	taken := map[time.Time]bool{}
	for range 3 { // one ID three times is the worst case of meeting fractions
		distinct(&f.Items[0], taken)
	}
	if len(taken) != 3 {
		t.Errorf("%d moments for 3 entries", len(taken))
	}
}

func TestUnknownDates(t *testing.T) {
	f := sample()
	for i, d := range []time.Time{{}, time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)} {
		f.Items[i].Published, f.Items[i].Updated = d, d
	}
	f.Items, f.Updated = f.Items[:3], time.Time{}
	for _, item := range parseXML(t, write(t, RSS, f)).one(t, "channel").all("item") {
		if item.has("pubDate") {
			t.Error("a date for an item without one")
		}
	}
	for _, e := range parseXML(t, write(t, Atom, f)).all(nsAtom + " entry") {
		if d := date(t, e.one(t, nsAtom+" updated").text); d.Year() != 1970 {
			t.Errorf("unknown date written as %v", d)
		}
	}
	for _, i := range checkJSON(t, write(t, JSON, f))["items"].([]any) {
		if i.(map[string]any)["date_published"] != nil {
			t.Error("a date for an item without one")
		}
	}
}

func TestCleaning(t *testing.T) {
	f := sample()
	if first, second := write(t, RSS, f), write(t, RSS, f); !bytes.Equal(first, second) {
		t.Error("two writings differ")
	}
	if c := Clean(f); Clean(c) != c {
		t.Error("what is clean is cleaned again")
	}
	if diff := cmp.Diff(sample(), f, cmp.AllowUnexported(Feed{})); diff != "" {
		t.Errorf("writing changed the feed (-before +after):\n%s", diff)
	}
	for in, want := range map[string]string{
		"":                           "",
		"a b":                        "a b",
		"  a \n\t b  ":               "a b",
		"Photo\u00a0: Olya":          "Photo\u00a0: Olya",
		"a\x00b\x7fc\u0081":          "abc",
		"a\u0085b\r\nc":              "a b c",
		"a\xffb":                     "a\ufffdb",
		"© a… b\u2028c":              "© a… b c",
		"a\ufdd0b\U0001fffec":        "abc",
		"👩‍👧 \u2067שלום\u2069\ufeff": "👩‍👧 \u2067שלום\u2069\ufeff",
	} {
		if got := text(in); got != want {
			t.Errorf("text(%+q) = %+q, want %+q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"https://x.example/a?b=c&d#e": "https://x.example/a?b=c&d#e",
		"https://кофе.рф:8080/ё/":     "https://xn--e1ajmy.xn--p1ai:8080/%D1%91/",
		"https://x.example/a b<c>":    "https://x.example/a%20b%3Cc%3E",
		"https://x.example/%D1%91 ":   "https://x.example/%D1%91",
		"tag:x.example,2026:ё":        "tag:x.example,2026:%D1%91",
		"https://x.example/100%":      "https://x.example/100%25",
		"https://x.example/?q=\xff":   "https://x.example/?q=%EF%BF%BD",
	} {
		if got := address(in); got != want {
			t.Errorf("address(%+q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"": "", "ru": "ru", "zh-Hant-TW": "zh-Hant-TW", "de_DE": "", "a b": "", "1a": "", "en-": ""} {
		if got := language(in); got != want {
			t.Errorf("language(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestPermanence: nothing but its ID makes an item the same or another.
func TestPermanence(t *testing.T) {
	f := sample()
	f.Home, f.At = "https://elsewhere.example/", "https://elsewhere.example/"
	for i := range f.Items {
		f.Items[i].URL, f.Items[i].Title = "https://elsewhere.example/new/", "new"
	}
	was, is := checkRSS(t, write(t, RSS, sample())).all("item"), checkRSS(t, write(t, RSS, f)).all("item")
	for i := range was {
		if a, b := was[i].one(t, "guid").text, is[i].one(t, "guid").text; a != b {
			t.Errorf("guid %q became %q", a, b)
		}
	}
}

func TestRolesSorted(t *testing.T) {
	if !slices.IsSorted(ebuRoles) {
		t.Error("the list of roles is searched by halves, and is not sorted")
	}
}

// TestSchemes: what is not on the web is no address of an author or a licence.
func TestSchemes(t *testing.T) {
	f := sample()
	f.Items[0].Authors[0].URL, f.Items[0].License = "javascript:alert(1)", "LicenseRef-own"
	f.Author.URL, f.Logo, f.Icon, f.Hub = "data:,x", "logo.png", "/icon.png", "//hub.example/"
	for _, format := range Formats {
		got := string(write(t, format, f))
		for _, s := range []string{"javascript:", "data:,", "LicenseRef", "\"logo.png", "/icon.png", "//hub.example"} {
			if strings.Contains(got, s) {
				t.Errorf("%s holds %q", format.Name, s)
			}
		}
	}
}

func TestExpired(t *testing.T) {
	f := sample()
	if checkJSON(t, write(t, JSON, f))["expired"] != nil {
		t.Error("expired is told of a living feed")
	}
	f.Expired = true
	if checkJSON(t, write(t, JSON, f))["expired"] != true {
		t.Error("expired is not told")
	}
}

type brokenDisk struct{}

func (brokenDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteError(t *testing.T) {
	for _, format := range Formats {
		if err := format.Write(brokenDisk{}, sample()); err == nil || !strings.Contains(err.Error(), "disk full") {
			t.Errorf("%s: error %v", format.Name, err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	f := sample()
	for len(f.Items) < 50 {
		f.Items = append(f.Items, f.Items[:2]...)
	}
	for _, format := range Formats {
		b.Run(format.Name, func(b *testing.B) {
			b.ReportAllocs()
			var buf bytes.Buffer
			for b.Loop() {
				buf.Reset()
				if err := format.Write(&buf, f); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(buf.Len()))
		})
	}
}
