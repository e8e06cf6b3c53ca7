package builder

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"gallerist/builder/gallery"
)

// ugcFolder is testFolder with a piece of each sort that people send, and with
// all that can be said of one.
func ugcFolder() fstest.MapFS {
	folder := testFolder()
	put := func(name, data string) { folder["content/morning/"+name] = &fstest.MapFile{Data: []byte(data)} }
	film := func(name, sample string) {
		data, err := os.ReadFile(filepath.Join("media", "film", "testdata", sample))
		if err != nil {
			panic(err)
		}
		put(name, string(data))
	}
	below := func(more string) func(string) string { // tables, behind the lines of the first one
		return func(s string) string { return strings.Replace(s, "\n[author]", "\n"+more+"\n[author]", 1) }
	}
	put("t-series/submission.md", below(`[[media]]
file = "1.jpg"
[[media]]
file = "2.jpg"
alt = "Чашка сверху"
[[product]]
name = "Чашка"
url = "https://shop.example/cup"
price = "890 ₽"
x = 0.425
y = 0.3
[[product]]
name = "Блюдце"
file = "2.jpg"
x = 0
y = 1
[[product]]
name = "Ложка & Ко"
url = "https://shop.example/spoon"
[disclosure]
kind = "gift"
text = "Чашку нам подарили"
[[edit]]
what = "Кадрировано слева"
by = "Студия"
date = 2026-11-05
agreed = true
[[award]]
rank = 2
category = "Дуэт"
by = "Жюри"
reason = "Всё на своих местах"
`)(submission("series", "Света", "featured", 13, "", "Натюрморт.")))
	put("t-series/submission.en.md", "+++\ntitle = \"Still life\"\n[[edit]]\nwhat = \"Cropped on the left\"\n[[award]]\nreason = \"Everything is in its place\"\n+++\n")
	put("t-series/1.jpg", string(photo(11, 120, 80)))
	put("t-series/2.jpg", string(photo(12, 80, 120)))
	put("u-review/submission.md", below("[product]\nname = \"Зерно\"\nurl = \"https://shop.example/beans\"\ngtin = \"4006381333931\"\n")(
		submission("review", "Ева", "approved", 12, "rating = 4", "Пахнет как у вас.")))
	put("v-film/submission.md", strings.NewReplacer("[author]", "[[author]]", "gender = \"f\"", "gender = \"f\"\nroles = [\"choreographer\", \"editor\"]\n\n[[author]]\nname = \"Лев\"\nplace = \"Москва\"\nrole = \"dancer\"\n\n[[author]]\nname = \"Оля\"\nrole = \"dancer\"").Replace(
		submission("film11", "Оля", "approved", 8, "", "Танцуем.")))
	film("v-film/a.mp4", "h264.mp4")
	put("v-film/a.jpg", string(photo(13, 120, 80)))
	put("w-sound/submission.md", submission("sound1", "Рита", "approved", 7, "", "Шумит."))
	film("w-sound/a.mp3", "tags.mp3")
	put("x-employee/submission.md", below("[disclosure]\nkind = \"employee\"\n[[edit]]\nwhat = \"Выровнен свет\"\n")(
		strings.Replace(submission("worker", "Гоша", "approved", 6, `kind = "review"`, "Хороший кофе."), `["site", "feed", "embed"]`, `["site", "feed", "embed", "retouch"]`, 1)))
	put("x-employee/1.jpg", string(photo(14, 100, 80)))
	put("gallery.md", strings.Replace(testGallery, "[call]", "cover = \"series\"\n[call]\nexamples = [\"series\"]", 1))
	folder["content/evening/gallery.md"] = &fstest.MapFile{Data: []byte("+++\ntitle = \"Вечер\"\n+++\n")}
	folder["content/evening/dina/submission.md"] = &fstest.MapFile{Data: []byte(submission("dina11", "Дина", "featured", 14, "", "Поздно."))}
	folder["content/evening/dina/1.jpg"] = &fstest.MapFile{Data: photo(15, 100, 80)}
	return folder
}

// pagesOf builds a folder and returns its pages.
func pagesOf(t *testing.T, folder fstest.MapFS) map[string]string {
	t.Helper()
	files, probs, _ := buildFolder(t, folder)
	for _, p := range probs {
		if p.Level == 0 {
			t.Error(p)
		}
	}
	for path := range files {
		if !strings.HasSuffix(path, ".html") {
			delete(files, path)
		}
	}
	return files
}

// TestDisclosure: wherever a picture or the words of a piece are shown, what ties
// its author to the brand stands beside them, in the page's language.
func TestDisclosure(t *testing.T) {
	files, _, r := buildFolder(t, ugcFolder())
	for _, c := range []struct{ id, slug, ru, en string }{
		{"series", "t-series", "Чашку нам подарили", "The product was a gift from this brand"},
		{"worker", "x-employee", "Работа от сотрудника компании", "By somebody who works for this brand"},
	} {
		own := r.model.pieces[slices.IndexFunc(r.model.pieces, func(p *piece) bool { return p.ID == c.id })]
		var addresses []string // of its pictures
		for _, pic := range own.pictures {
			for _, list := range pic.renditions {
				for _, x := range list {
					addresses = append(addresses, x.Path)
				}
			}
		}
		shown, pages := 0, map[string]bool{}
		for path, page := range files {
			if !strings.HasSuffix(path, ".html") {
				continue
			}
			want := c.ru
			if strings.HasPrefix(path, "en/") {
				want = c.en
			}
			for n := range parsed(t, page).Descendants() {
				if n.Data != "img" || !slices.ContainsFunc(addresses, func(a string) bool { return strings.HasSuffix(attribute(n, "src"), a) }) {
					continue
				}
				shown++
				pages[path] = true
				if !strings.Contains(textOf(surrounding(n)), want) {
					t.Errorf("%s shows a picture of %s without %q", path, c.id, want)
				}
			}
			if strings.HasSuffix(path, c.slug+"/index.html") && (!strings.Contains(page, `<meta name="description" content="`+want) || !strings.Contains(page, `og:description" content="`+want)) {
				t.Errorf("%s is described without %q", path, want)
			}
		}
		if shown < 12 {
			t.Errorf("%s is shown %d times only, on %v", c.id, shown, pages)
		}
		for path, want := range map[string]string{
			"feed.xml": c.ru, "atom.xml": c.ru, "feed.json": c.ru, "morning/feed.xml": c.ru, "morning/index.json": c.ru,
			"en/feed.xml": c.en, "en/atom.xml": c.en, "en/feed.json": c.en, "en/morning/index.json": c.en,
		} {
			if !strings.Contains(files[path], want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
		thanks := files[thankPath(testSecret, c.id)+"index.html"]
		if !strings.Contains(thanks, c.ru) {
			t.Errorf("the page of thanks of %s does not say %q", c.id, c.ru)
		}
		for _, l := range r.locales {
			if want := map[string]string{"ru": c.ru, "en": c.en}[l.tag]; !strings.HasSuffix(l.share(own).Text, ". "+want) {
				t.Errorf("%q does not end in %q", l.share(own).Text, want)
			}
			if want := map[string]string{"ru": c.ru, "en": c.en}[l.tag]; !strings.HasSuffix(l.pieceCard(own).Credit, ". "+want) {
				t.Errorf("the share card says %q", l.pieceCard(own).Credit)
			}
		}
	}
}

// surrounding returns what a picture stands in: its card, its cover, or the page
// of its piece.
func surrounding(n *html.Node) *html.Node {
	for n.Parent != nil {
		n = n.Parent
		if n.Data == "article" || n.Data == "figure" && attribute(n, "class") == "" || strings.HasPrefix(attribute(n, "class"), "cover") {
			return n
		}
	}
	return n
}

func parsed(t *testing.T, page string) *html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// TestProducts: products are marked where they are in the picture, by links that
// say what they are, and stand in a list with the same numbers.
func TestProducts(t *testing.T) {
	files, _, _ := buildFolder(t, ugcFolder())
	page := parsed(t, files["morning/t-series/index.html"])
	var marks, list []string
	for n := range page.Descendants() {
		switch attribute(n, "class") {
		case "spot":
			img := n.Parent.FirstChild.LastChild // of the <picture>
			marks = append(marks, textOf(n)+" "+attribute(n, "aria-label")+" "+attribute(n, "style")+" "+attribute(n, "href")+" on "+attribute(img, "alt"))
		case "products":
			for li := range n.Descendants() {
				if li.Data == "li" {
					list = append(list, attribute(li, "id")+" "+textOf(li))
				}
			}
		}
	}
	wantMarks := []string{
		"1 1: Чашка, 890 ₽ --x:42.5%;--y:30% https://shop.example/cup on Чашка на окне",
		"2 2: Блюдце --x:0%;--y:100% #product-2 on Чашка сверху",
	}
	if !slices.Equal(marks, wantMarks) {
		t.Errorf("marks:\n%s", strings.Join(marks, "\n"))
	}
	wantList := []string{"product-1 1 Чашка 890\u00a0₽", "product-2 2 Блюдце", "product-3 3 Ложка & Ко"}
	if !slices.Equal(list, wantList) {
		t.Errorf("list: %q", list)
	}
	var index struct {
		Items []struct {
			ID       string
			Rating   int
			Products []indexProduct
			Pictures []indexPicture
		}
	}
	if err := json.Unmarshal([]byte(files["morning/index.json"]), &index); err != nil {
		t.Fatal(err)
	}
	for _, it := range index.Items {
		switch it.ID {
		case "series":
			if p := it.Products; len(p) != 3 || p[1].Picture != it.Pictures[1].URL || *p[1].X != 0 || *p[1].Y != 1 || p[2].Picture != "" || p[2].X != nil {
				t.Errorf("index.json: %+v", it)
			}
		case "review":
			if it.Rating != 4 || it.Products[0].GTIN != "4006381333931" {
				t.Errorf("index.json: %+v", it)
			}
		}
	}
}

// TestCropped: where a theme crops its plates nothing is marked, and the list is
// there all the same.
func TestCropped(t *testing.T) {
	folder := ugcFolder()
	folder["site.toml"].Data = []byte(strings.Replace(testSite, "[trans", "theme = \"square\"\n[trans", 1))
	folder["themes/square/theme.toml"] = &fstest.MapFile{Data: []byte("name = \"Square\"\nextends = \"plain\"\n[renditions]\nplate = { widths = [640], ratio = \"1:1\" }\n")}
	page := pagesOf(t, folder)["morning/t-series/index.html"]
	if strings.Contains(page, `class="spot"`) || !strings.Contains(page, `id="product-2"`) || strings.Contains(page, `class="dot"`) {
		t.Error("a cropped picture is marked, or there is no plain list")
	}
}

// TestCards: a list says of each piece what its picture does not tell, and gives
// words the shape of a picture.
func TestCards(t *testing.T) {
	files, _, _ := buildFolder(t, ugcFolder())
	cards := map[string]*html.Node{}
	for n := range parsed(t, files["en/places/moskva/index.html"]).Descendants() {
		if strings.HasPrefix(attribute(n, "class"), "card ") {
			cards[strings.TrimPrefix(attribute(n, "id"), "p-")] = n
		}
	}
	for id, want := range map[string]string{
		"series": "2 photosSecond place, ДуэтPhoto by Света, MoscowThe product was a gift from this brandStill life",
		"review": "Пахнет как у вас.Review by Ева, Moscow★★★★★ 4 of 5 Зерно",
		"film11": "0:02Choreography and editing: Оля, Moscow; dance: Оля and Лев, Moscow",
		"sound1": "0:02Sound by Рита, Moscow",
		"lev111": "Слова без снимка.Story by Лев, Moscow",
		"worker": "Review by Гоша, MoscowBy somebody who works for this brand",
	} {
		card := cards[id]
		if card == nil {
			t.Errorf("no card of %s", id)
			continue
		}
		if got := textOf(card); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
		if !regexp.MustCompile(`^--r:[0-9.]+`).MatchString(attribute(card, "style")) {
			t.Errorf("%s has no shape: %q", id, attribute(card, "style"))
		}
	}
}

// TestToldEdits: what the brand changed stands on the piece's page in one line,
// and so does who did what.
func TestToldEdits(t *testing.T) {
	files, _, _ := buildFolder(t, ugcFolder())
	for path, wants := range map[string][]string{
		"morning/t-series/index.html":      {"Кадрировано слева (Студия, 5 ноября 2026, согласовано с автором)", "Второе место, Дуэт · ЖюриВсё на своих местах"},
		"en/morning/t-series/index.html":   {"Cropped on the left (Студия, 5 November 2026, agreed with the author)", "Second place, Дуэт · ЖюриEverything is in its place"},
		"morning/x-employee/index.html":    {"Выровнен свет (с разрешения автора)"},
		"en/morning/x-employee/index.html": {"Выровнен свет (with the author’s permission)"},
		"morning/v-film/index.html":        {"Хореография и монтаж: Оля, Москва; танец: Оля и Лев, Москва", "Оля, Москва: хореография, монтаж, танец", "Лев, Москва: танец"},
		"en/morning/v-film/index.html":     {"Оля, Moscow: choreography, editing, dance"},
	} {
		text := textOf(parsed(t, files[path]))
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
	}
	if n := strings.Count(files["morning/v-film/index.html"], `/contributors/olya-moskva/">`); n != 1 {
		t.Errorf("who made it names one person %d times", n)
	}
}

// TestReview: structured data tells a review of the product it names, and none of
// a piece that names none.
func TestReview(t *testing.T) {
	files, _, _ := buildFolder(t, ugcFolder())
	var got string
	for _, node := range graph(t, "review", files["morning/u-review/index.html"]) {
		if n := node.(map[string]any); n["@type"] == "Review" {
			b, _ := json.Marshal([]any{n["itemReviewed"], n["reviewRating"], n["author"], n["reviewBody"]})
			got = string(b)
		}
	}
	want := `[{"@type":"Product","gtin":"4006381333931","name":"Зерно","url":"https://shop.example/beans"},` +
		`{"@type":"Rating","bestRating":5,"ratingValue":4,"worstRating":1},` +
		`[{"@type":"Person","name":"Ева","url":"https://slippers.example/contributors/eva-moskva/"}],"Пахнет как у вас."]`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for path, page := range files {
		if strings.HasSuffix(path, ".html") && !strings.Contains(path, "u-review") && strings.Contains(page, `"Review"`) {
			t.Errorf("%s claims to be a review", path)
		}
	}
	if !strings.Contains(files["en/feed.json"], "Review of Зерно – 4 of 5") {
		t.Error("the feed does not tell the stars")
	}
}

// sayMore changes what is said of a piece beyond the usual, or takes it out.
func sayMore(rng *rand.Rand, s string) string {
	s = moreSaid.ReplaceAllString(s, "")
	put := func(before, text string) {
		s = strings.Replace(s, before, "# more\n"+text+"\n# end\n"+before, 1)
	}
	switch rng.IntN(11) {
	case 0:
		put("[grant]", fmt.Sprintf("[product]\nname = \"Чашка\"\nx = 0.%d\ny = 0.5\n", 1+rng.IntN(3)))
	case 1:
		put("[grant]", "[product]\nname = \"Зерно\"\nprice = \"5 ₽\"\n")
		put("status = ", fmt.Sprintf("rating = %d", 1+rng.IntN(5)))
	case 2:
		put("[grant]", "[[edit]]\nwhat = \"Обрезано\"\nagreed = true\n")
	case 3:
		put("[grant]", "[[edit]]\nwhat = \"Обрезано\"\n")
	case 4:
		put("[grant]", fmt.Sprintf("[[award]]\nrank = %d\n", 1+rng.IntN(3)))
	case 5:
		put("[grant]", "[disclosure]\nkind = \""+gallery.Disclosures[rng.IntN(len(gallery.Disclosures))]+"\"\n")
	case 6:
		put("gender = ", `roles = ["dancer", "editor"]`)
	case 7:
		put("[author]", "[[media]]\nlink = \"https://vimeo.com/1\"\nalt = \"Танец\"\n")
	case 8, 9:
		put("status = ", fmt.Sprintf("crop = [0.%d, 0, 0.5, 0.%d]", rng.IntN(5), 2+rng.IntN(8)))
		if rng.IntN(3) > 0 {
			put("[grant]", "[[edit]]\nwhat = \"Обрезано\"\nagreed = true\n")
		}
	}
	return s
}

var moreSaid = regexp.MustCompile(`(?s)# more\n.*?\n# end\n`)
