package builder

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gallerist/builder/problem"
)

const testTeam = `+++
title = "Булка"
kind = "collaboration"
summary = "Пекарня и депо испекли булку для первого трамвая."
result = "bun002"

[[why]]
question = "Почему булка?"
answer = "Трамвай уходит в *пять*."

[[why]]
question = "Почему вместе?"
answer = "Никто не печёт один."

[[member]]
id = "vera"
name = "Вера"
place = "Тверь"
gender = "f"
roles = ["author", "photographer"]
department = "Пекарня"
portrait = "vera.jpg"
likeness = true
alt = "Женщина с мукой на рукавах"
about = "Пекла для депо"
says = "Тесто никого не ждёт."

[[member]]
id = "oleg"
name = "Олег"
customer = true
role = "idea"
portrait = "oleg.jpg"
alt = "Мужчина"

[[member]]
name = "Хор депо"
kind = "group"
department = "Депо"
role = "singer"

[[member]]
name = "Лев"
department = "Пекарня"

[[step]]
date = 2026-11-20
title = "В трамвае"
pieces = ["bun002", "pend77"]
by = ["oleg", "vera"]

[[step]]
date = 2026-11-01
title = "Первое тесто"
text = "Вышло солоно."
pieces = ["bun001"]
+++
`

const testTeamEnglish = `+++
title = "The bun"

[[why]]
question = "Why a bun?"

[[why]]
answer = "Nobody bakes alone."

[[member]]
name = "Vera"
department = "Bakery"
says = "Dough waits for nobody."

[[member]]
[[member]]
name = "Depot choir"

[[step]]
title = "On the tram"
+++
`

// withComment puts a comment into a JPEG, as cameras put there what is nobody's
// business.
func withComment(jpeg []byte, comment string) []byte {
	n := len(comment) + 2
	return slices.Concat(jpeg[:2], []byte{0xff, 0xfe, byte(n >> 8), byte(n)}, []byte(comment), jpeg[2:])
}

// teamFolder is testFolder with a collaboration.
func teamFolder() fstest.MapFS {
	folder := testFolder()
	addTeam(folder)
	return folder
}

// addTeam adds a collaboration to a site.
func addTeam(folder fstest.MapFS) {
	by := func(id, author, name string, day int) string {
		s := submission(id, name, "approved", day, "", "")
		return strings.Replace(s, "[author]\n", "[author]\nid = \""+author+"\"\n", 1)
	}
	folder["content/bun/gallery.md"] = textFile(testTeam)
	folder["content/bun/gallery.en.md"] = textFile(testTeamEnglish)
	folder["content/bun/vera.jpg"] = &fstest.MapFile{Data: withComment(photo(7, 300, 400), "SECRET-CAMERA")}
	folder["content/bun/oleg.jpg"] = &fstest.MapFile{Data: photo(8, 300, 400)}
	folder["content/bun/1/submission.md"] = textFile(by("bun001", "oleg", "Олег", 12))
	folder["content/bun/1/1.jpg"] = &fstest.MapFile{Data: photo(9, 90, 60)}
	folder["content/bun/2/submission.md"] = textFile(by("bun002", "vera", "Вера", 13))
	folder["content/bun/2/1.jpg"] = &fstest.MapFile{Data: photo(10, 60, 60)}
	folder["content/bun/3/submission.md"] = textFile(by("pend77", "vera", "Вера", 13))
	folder["content/bun/3/submission.md"].Data = []byte(strings.Replace(string(folder["content/bun/3/submission.md"].Data), "approved", "pending", 1))
}

// editTeam changes something of that collaboration.
func editTeam(rng *rand.Rand, put func(name, text string) string, step int) string {
	word := func(list ...string) string { return list[rng.IntN(len(list))] }
	switch rng.IntN(5) {
	case 0:
		return put("content/bun/vera.jpg", string(photo(step, 300+step%5, 400)))
	case 1:
		return put("content/bun/vera.jpg", word("no picture", string(photo(1, 300, 400)[:900])))
	case 2:
		return put("content/bun/gallery.en.md", strings.Replace(testTeamEnglish, "Vera", word("Vera", "Viera", ""), 1))
	}
	text := testTeam
	for _, change := range [][2]string{
		{`"vera"`, word(`"vera"`, `"zoya"`)}, {"Тесто никого не ждёт", word("Тесто ждёт", "Тесто")}, {"likeness = true", word("likeness = true", "likeness = false")},
		{`department = "Депо"`, word(`department = "Пекарня"`, "")}, {"bun002", word("bun001", "pend77", "bun002")}, {"2026-11-20", word("2026-10-20", "2026-11-24")},
		{`role = "idea"`, word(`role = "singer"`, "")}, {`kind = "collaboration"`, word(`kind = "collaboration"`, `kind = "ugc"`)},
	} {
		if rng.IntN(3) == 0 {
			text = strings.ReplaceAll(text, change[0], change[1])
		}
	}
	return put("content/bun/gallery.md", text)
}

// TestGoldenCollaboration shows, word by word, a collaboration in both languages
// and the page of somebody who was on its team.
func TestGoldenCollaboration(t *testing.T) {
	files, _, _ := buildFolder(t, teamFolder())
	goldenPages(t, files, "bun/index.html", "en/bun/index.html", "contributors/vera-moskva/index.html")
}

var idAttribute = regexp.MustCompile(` id="([^"]+)"`)

// TestCollaborationPage holds what a page of a collaboration promises, whatever
// it looks like.
func TestCollaborationPage(t *testing.T) {
	files, probs, r := buildFolder(t, teamFolder())
	page := strings.ReplaceAll(files["bun/index.html"], "\u00a0", " ")
	inOrder(t, page, "Почему булка?", "<em>пять</em>", "Почему вместе?", "Пекарня", "Вера", "Лев", "Клиенты", "Олег", "Депо", "Хор депо",
		"Первое тесто", "В трамвае", "Что получилось", "Кто что делал", "Все работы")
	if n := strings.Count(page, `id="p-bun002"`); n != 1 {
		t.Errorf("the result stands %d times in a list, not once", n)
	}
	ids := map[string]bool{}
	for _, m := range idAttribute.FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("the id %q stands twice", m[1])
		}
		ids[m[1]] = true
	}
	for _, want := range []string{`<dt>фото</dt><dd><bdi><a href="/contributors/vera-moskva/">Вера</a></bdi></dd>`, "2 человека</span><span>1 группа</span><span>1 клиент"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if !strings.Contains(files["index.html"], "2 человека, 1 группа и 1 клиент") {
		t.Error("the home page does not say how many made it")
	}
	_, roll, _ := strings.Cut(files["bun/thanks/index.html"], "<main")
	for name, times := range map[string]int{"Вера": 1, "Олег": 1, "Лев": 1, "Хор депо": 1} {
		if n := strings.Count(roll, "<bdi>"+name+"</bdi>"); n != times {
			t.Errorf("%s is thanked %d times", name, n)
		}
	}
	var told []string
	for _, p := range probs {
		told = append(told, p.String())
	}
	all := strings.Join(told, "\n")
	for _, want := range []string{`"pend77" is not published`, `"oleg.jpg" is left out`} {
		if !strings.Contains(all, want) {
			t.Errorf("nobody says %q", want)
		}
	}
	from := map[string]int{}
	for _, p := range r.Pictures {
		from[p.Origin]++
	}
	if from["content/bun/vera.jpg"] == 0 || from["content/bun/oleg.jpg"] != 0 {
		t.Errorf("of the portraits there are %v", from)
	}
	for path, content := range files {
		if strings.Contains(content, "SECRET-CAMERA") {
			t.Errorf("%s says what the camera wrote", path)
		}
		if strings.Contains(path, "m/") && len(content) > 50_000 {
			t.Errorf("%s is too large", path)
		}
	}
}

// inOrder holds that texts stand on a page one behind the other.
func inOrder(t *testing.T, page string, texts ...string) {
	t.Helper()
	_, rest, _ := strings.Cut(page, "<main")
	for i, text := range texts {
		_, after, ok := strings.Cut(rest, text)
		if !ok {
			t.Errorf("%q does not stand behind %q", text, texts[max(i-1, 0)])
			return
		}
		rest = after
	}
}

// TestPortraits: a portrait that cannot be shown leaves its owner a monogram and
// everything else as it is; one that is another picture gives other files.
func TestPortraits(t *testing.T) {
	folder := teamFolder()
	before, _, _ := buildFolder(t, folder)
	if page := before["bun/index.html"]; !strings.Contains(page, `alt="Женщина с мукой на рукавах"`) {
		t.Error("no portrait")
	}
	for name, data := range map[string][]byte{"header alone": photo(7, 300, 400)[:400], "cut": photo(7, 300, 400)[:1200]} {
		folder["content/bun/vera.jpg"] = &fstest.MapFile{Data: data}
		after, probs, _ := buildFolder(t, folder)
		if !slices.ContainsFunc(probs, func(p problem.Problem) bool {
			return p.Pos.File == "content/bun/vera.jpg" && strings.Contains(p.Text, "the portrait is left out")
		}) {
			t.Errorf("%s: nothing is said", name)
		}
		page := after["bun/index.html"]
		if strings.Contains(page, "Женщина с мукой") || !strings.Contains(page, `<span class="portrait" aria-hidden="true">В</span>`) {
			t.Errorf("%s: no monogram", name)
		}
		if got, want := len(pagesIn(after)), len(pagesIn(before)); got != want {
			t.Errorf("%s: %d pages, not %d", name, got, want)
		}
	}
}

// TestJuryPortrait: a jury is shown as a team is, with portraits of those who
// agree.
func TestJuryPortrait(t *testing.T) {
	folder := contestFolder(t)
	dir := ""
	for name := range folder {
		if strings.HasSuffix(name, "/gallery.md") && strings.Contains(string(folder[name].Data), "[[contest.jury]]") {
			dir = strings.TrimSuffix(name, "gallery.md")
		}
	}
	for i, name := range []string{"vera", "jonas"} {
		folder[dir+name+".jpg"] = &fstest.MapFile{Data: photo(20+i, 300, 400)}
	}
	amend(t, folder, dir+"gallery.md", `id = "vera"`, "id = \"vera\"\nportrait = \"vera.jpg\"\nlikeness = true\nalt = \"Женщина в туфлях\"")
	amend(t, folder, dir+"gallery.md", `id = "jonas"`, "id = \"jonas\"\nportrait = \"jonas.jpg\"\nalt = \"Мужчина в лифте\"")
	files, _, r := buildFolder(t, folder)
	shown := 0
	for path, page := range files {
		if strings.Contains(page, "Мужчина в лифте") {
			t.Errorf("%s shows somebody who did not agree", path)
		}
		if strings.HasSuffix(path, ".html") && strings.Contains(page, `alt="Женщина в туфлях"`) {
			shown++
		}
	}
	if shown == 0 {
		t.Error("nobody shows the portrait")
	}
	for _, p := range r.Pictures {
		if strings.HasSuffix(p.Origin, "jonas.jpg") {
			t.Errorf("%s is published", p.URL)
		}
	}
}

func pagesIn(files map[string]string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(path string) bool { return !strings.HasSuffix(path, ".html") })
}

// TestNamelessOnTeam: people are told when a team names somebody who did not
// want to be named with their pieces.
func TestNamelessOnTeam(t *testing.T) {
	folder := teamFolder()
	for _, n := range []int{1, 2} {
		name := fmt.Sprintf("content/bun/%d/submission.md", n)
		folder[name] = textFile(strings.Replace(string(folder[name].Data), "name = true", "name = false", 1))
	}
	files, probs, _ := buildFolder(t, folder)
	told := 0
	for _, p := range probs {
		if strings.Contains(p.Text, "does not agree to be named in content/bun/") || strings.Contains(p.Text, "does not agree to be named in bun/") {
			told++
			if strings.Contains(p.Text, "Вера") {
				t.Errorf("%s shows the name", p)
			}
		}
	}
	if told != 2 {
		t.Errorf("told %d times, not twice", told)
	}
	if strings.Contains(files["bun/index.html"], `href="/contributors/vera`) {
		t.Error("a link to a page that is not there")
	}
}

// TestPortraitInPreview: a portrait is made when somebody looks at it, and is
// then what a build makes.
func TestPortraitInPreview(t *testing.T) {
	folder := teamFolder()
	built, _, _ := buildFolder(t, folder)
	r, _ := preview(t, folder)
	files := 0
	for _, p := range r.Pictures {
		if p.Origin != "content/bun/vera.jpg" {
			continue
		}
		files++
		path := strings.TrimPrefix(p.URL, "/")
		f, there := r.Set.Lookup(path)
		if !there || open(t, f.Open) != built[path] {
			t.Errorf("%s is not what a build makes", path)
		}
	}
	if files != 4 { // two widths in two formats
		t.Errorf("%d files of the portrait", files)
	}
}

// TestPlainCollaboration: a gallery of the kind that says nothing more looks as
// others do.
func TestPlainCollaboration(t *testing.T) {
	folder := testFolder()
	folder["content/morning/gallery.md"] = textFile(strings.Replace(testGallery, "[call]", "kind = \"collaboration\"\n[call]", 1))
	page, _, _ := buildFolder(t, folder)
	folder["content/morning/gallery.md"] = textFile(testGallery)
	usual, _, _ := buildFolder(t, folder)
	main := func(files map[string]string) string {
		_, main, _ := strings.Cut(files["morning/index.html"], "<main")
		return strings.NewReplacer("spread story", "spread", `<section class="band">`, "", "</section>", "", "\n", "").Replace(main)
	}
	if diff := cmp.Diff(main(usual), main(page)); diff != "" {
		t.Error(diff)
	}
}
