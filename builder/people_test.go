package builder

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// editPeople changes what is said of an author, of those in the picture, or what
// the site wants to know of them.
func editPeople(rng *rand.Rand, edit func(string, func(string) string) string, piece string) string {
	above := func(line string) func(string) string {
		return func(s string) string { return strings.Replace(s, "\nstatus = ", "\n"+line+"\nstatus = ", 1) }
	}
	author := func(lines string) func(string) string {
		return func(s string) string { return strings.Replace(s, "\n[author]\n", "\n[author]\n"+lines+"\n", 1) }
	}
	policy := func(lines string) func(string) string {
		return func(s string) string {
			s, _, _ = strings.Cut(s, "\n[people]")
			return s + "\n[people]\n" + lines + "\n"
		}
	}
	switch rng.IntN(8) {
	case 0:
		return edit(piece, above("minor = true\nguardian = \"g-1\""))
	case 1:
		return edit(piece, above("minor = false"))
	case 2:
		return edit(piece, author("id = \""+[]string{"one", "two"}[rng.IntN(2)]+"\""))
	case 3:
		return edit(piece, author("kind = \"group\"\nmembers = [\"Оля\", \"Лев\"]\nroles = [\"dancer\"]"))
	case 4:
		return edit(piece, author("country = \"Россия\""))
	case 5:
		return edit(piece, above([]string{"nobody = true", "person = [{ release = \"limited\" }]", "person = [{ release = \"granted\" }]"}[rng.IntN(3)]))
	case 6:
		return edit("site.toml", policy([]string{"age = \"all\"", "age = \"contests\"", "age = \"none\""}[rng.IntN(3)]))
	}
	return edit("site.toml", policy([]string{"releases = true", "releases = false"}[rng.IntN(2)]))
}

// TestHiddenPeople: of random people who agree to random things, nothing gets out
// that may not: neither of those who are not to be named, nor more of minors than
// a first name and a country.
func TestHiddenPeople(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 2026))
	for round := range 3 {
		folder := testFolder()
		folder["site.toml"] = &fstest.MapFile{Data: []byte(strings.Replace(testSite, "[trans", "share = [\"mail\"]\n[trans", 1))}
		var hidden []string
		shown := map[string]bool{} // country or first name, by who may be shown
		for n := range 8 {
			who := somebody(rng, fmt.Sprintf("q%dx%d", round, n))
			hidden = append(hidden, who.hidden...)
			for _, word := range who.shown {
				shown[word] = true
			}
			folder["content/morning/"+who.dir+"/submission.md"] = &fstest.MapFile{Data: []byte(who.text)}
			if n%3 == 0 {
				folder["content/morning/"+who.dir+"/1.jpg"] = &fstest.MapFile{Data: photo(n, 40+n, 30)}
			}
		}
		files, probs, _ := buildFolder(t, folder)
		noProblems(t, probs)
		all := strings.Builder{}
		for path, content := range files {
			all.WriteString(path + "\n" + content)
			text := strings.ToLower(path + "\n" + content)
			for _, word := range hidden {
				if strings.Contains(text, strings.ToLower(word)) {
					t.Errorf("round %d: %s holds %q", round, path, word)
				}
			}
		}
		for word := range shown {
			if !strings.Contains(all.String(), word) {
				t.Errorf("round %d: %q is shown nowhere", round, word)
			}
		}
	}
}

// anybody is a submission by somebody, with the words that may be shown of them
// and those that must not.
type anybody struct {
	dir, text     string
	hidden, shown []string
}

// somebody returns a submission in which everything that tells who its author is
// has a word of its own.
func somebody(rng *rand.Rand, id string) anybody {
	name, place, link, minor := rng.IntN(3) > 0, rng.IntN(3) > 0, rng.IntN(2) == 0, rng.IntN(2) == 0
	thanks, status := name && rng.IntN(2) == 0, []string{"approved", "featured", "approved", "declined", "pending"}[rng.IntN(5)]
	word := func(what string) string { return "X" + what + strings.ReplaceAll(strings.Map(letters, id), " ", "") }
	first, last := word("first"), word("last")
	words := map[string]string{}
	for _, what := range []string{"town", "country", "handle", "voc", "credit", "notice", "shop", "member", "yard"} {
		words[what] = word(what)
	}
	a := anybody{dir: "2026-11-12-" + last}
	if rng.IntN(2) == 0 || !minor { // of a group's name no single word tells who it is
		a.dir = "2026-11-12-" + first + "-" + last
	}
	head := fmt.Sprintf("copyright = %q\ncredit = %q\nacquire_url = %q\n", words["notice"], "", "https://"+words["shop"]+".example/")
	if minor {
		head += "minor = true\nguardian = \"g\"\n"
		head = strings.Replace(head, `credit = ""`, fmt.Sprintf("credit = %q", words["credit"]), 1)
	}
	a.text = submission(strings.ToLower(id), first+" "+last, status, 12, head, "Story.")
	a.text = strings.Replace(a.text, "\nplace = \"Москва\"\ntags", fmt.Sprintf("\nplace = %q\ntags", words["yard"]), 1)
	a.text = strings.Replace(a.text, "\nplace = \"Москва\"\ngender", fmt.Sprintf("\nplace = %q\ncountry = %q\nurl = %q\nmembers = [%q]\nkind = \"group\"\nforms = { voc = %q }\ngender",
		words["town"], words["country"], "https://"+words["handle"]+".example/", words["member"], words["voc"]), 1)
	if minor { // a group of several words would not be named at all
		a.text = strings.NewReplacer("kind = \"group\"\n", "", fmt.Sprintf("members = [%q]\n", words["member"]), "").Replace(a.text)
	}
	a.text = strings.Replace(a.text, "name = true\nplace = true", fmt.Sprintf("name = %v\nplace = %v\nurl = %v\nthanks = %v", name, place, link && name, thanks), 1)
	if status == "declined" || status == "pending" { // who asked for it may be thanked by name, and everybody is on their own page
		a.hidden = slices.Collect(maps.Values(words))
		if !name {
			a.hidden = append(a.hidden, first, last)
		} else if minor {
			a.hidden = append(a.hidden, last)
		}
		a.hidden = slices.DeleteFunc(a.hidden, func(w string) bool { return w == words["voc"] && name && !minor })
		return a
	}
	show := func(may bool, what ...string) {
		if may {
			a.shown = append(a.shown, what...)
		} else {
			a.hidden = append(a.hidden, what...)
		}
	}
	show(name, first)
	show(name && !minor, last, words["notice"], words["member"])
	show(name && !minor && link, words["handle"])
	show(place && !minor, words["town"], words["yard"])
	show(place && minor, words["country"])
	if minor || !name {
		a.hidden = append(a.hidden, words["shop"], words["voc"], words["credit"])
	}
	slices.Sort(a.shown)
	return a
}

// letters makes letters of digits: a handle is no name.
func letters(r rune) rune {
	if r >= '0' && r <= '9' {
		return 'a' + r - '0'
	}
	return r
}

// TestFoldName: what is compared of a name.
func TestFoldName(t *testing.T) {
	for _, same := range [][2]string{{"Лёва", "ЛЕВА"}, {"Jos\u00e9", "jose\u0301"}, {"Оля  Ким", "оля ким"}} {
		if foldName(same[0]) != foldName(same[1]) {
			t.Errorf("%q and %q differ", same[0], same[1])
		}
	}
	if !shareWord("Оля П.", "Olya") || !shareWord("Лёва", "лева ким") || shareWord("Оля", "Толя") {
		t.Error("words of names are taken for others")
	}
	if foldName("Оля") == foldName("Толя") || foldAddress("https://www.a.example/x/") != foldAddress("http://A.example/x") ||
		foldAddress("https://a.example/x") == foldAddress("https://a.example/y") || foldAddress("mailto:a") != "" {
		t.Error("names or addresses are taken for others")
	}
}

// TestContributorsStay: neither a later piece from another place nor somebody else
// of the same name moves a contributor's page.
func TestContributorsStay(t *testing.T) {
	folder := testFolder()
	put := func(dir, id, name, received, more string) {
		text := strings.Replace(submission(id, name, "approved", 12, "", "Рассказ."), "\n[author]\n", "\n[author]\n"+more, 1)
		text = strings.Replace(text, "received = 2026-11-12", "received = "+received, 1)
		folder["content/morning/"+dir+"/submission.md"] = textFile(text)
	}
	paths := func() map[string]string {
		_, probs, r := buildFolder(t, folder)
		noProblems(t, probs)
		list := map[string]string{}
		for _, c := range r.model.contributors {
			for _, p := range c.pieces {
				list[p.ID] = c.path
			}
		}
		return list
	}
	put("a", "zzzz11", "Вера", "2026-11-03", "id = \"vera\"\n")
	put("b", "mmmm11", "Ким", "2026-11-04", "id = \"kim-b\"\n")
	before := paths()
	put("c", "zzzz12", "Вера", "2026-11-13", "id = \"vera\"\n")
	folder["content/morning/c/submission.md"].Data = []byte(strings.ReplaceAll(strings.Replace(string(folder["content/morning/c/submission.md"].Data), "2026-11-12T10", "2026-11-14T10", 1), `"Москва"`, `"Казань"`))
	put("d", "aaaa11", "Ким", "2026-11-05", "id = \"kim-a\"\n")
	after := paths()
	for _, id := range []string{"zzzz11", "mmmm11", "olya11"} {
		if before[id] == "" || before[id] != after[id] {
			t.Errorf("the page of the author of %q moved from %q to %q", id, before[id], after[id])
		}
	}
	if after["zzzz12"] != after["zzzz11"] || after["aaaa11"] == after["mmmm11"] {
		t.Errorf("who is who: %v", after)
	}
}

// peopleFolder is a small site of a group that took part in a gallery, a contest
// and two editions of a series, a minor and somebody nameless.
func peopleFolder() fstest.MapFS {
	folder := testFolder()
	addSeries(folder)
	band := func(id string, day int, more string) *fstest.MapFile {
		return textFile(strings.NewReplacer("gender = \"f\"",
			"id = \"kettle\"\nkind = \"group\"\nmembers = [\"Оля\", \"ليلى\"]\nroles = [\"dancer\", \"editor\"]\nurl = \"https://kettle.example/\"",
			"name = true", "name = true\nurl = true").Replace(submission(id, "Чайник", "approved", day, more, "Мы танцуем.")))
	}
	folder["content/morning/z/submission.md"] = band("band01", 12, "")
	folder["content/moves/tray/z/submission.md"] = band("band02", 13, "")
	folder["content/moves/2026-11-09/z/submission.md"] = band("band03", 14, "")
	folder["content/moves/2026-11-09/z/1.jpg"] = &fstest.MapFile{Data: photo(5, 90, 60)}
	folder["content/duel/gallery.md"] = textFile("+++\ntitle = \"Дуэль\"\nkind = \"contest\"\n[call]\ncloses = 2026-11-16\nresults = 2026-11-20\n[contest]\ntheme = \"Дуэль\"\n[[contest.jury]]\nname = \"Оля\"\nid = \"olya\"\n+++\n")
	folder["content/duel/z/submission.md"] = band("band04", 15, "[[award]]\nrank = 1\n")
	folder["content/duel/z/submission.en.md"] = textFile("+++\ntitle = \"A duel\"\n+++\n")
	folder["content/later/gallery.md"] = textFile("+++\ntitle = \"Потом\"\nkind = \"contest\"\n[call]\ncloses = 2026-11-21\nresults = 2026-11-30\n[contest]\ntheme = \"Потом\"\n+++\n")
	folder["content/later/z/submission.md"] = band("band05", 16, "[[award]]\ntitle = \"Тайна\"\n")
	folder["content/morning/kid/submission.md"] = textFile(strings.Replace(submission("kid001", "Тимоша Петров", "approved", 17, "minor = true\nguardian = \"g-1\"", "Мне десять."),
		"gender = \"f\"", "gender = \"m\"\ncountry = \"Россия\"\nnames = { en = \"Timosha Petrov\" }", 1))
	folder["content/morning/nobody/submission.md"] = textFile(strings.Replace(submission("nobody1", "Зина", "approved", 18, "", "Ничья."), "name = true", "name = false", 1))
	return folder
}

// TestGoldenPeople shows, word by word, the page of a group and of a minor, and
// who made a piece.
func TestGoldenPeople(t *testing.T) {
	files, _, _ := buildFolder(t, peopleFolder())
	for path, content := range files { // the frame is held elsewhere
		if _, main, ok := strings.Cut(content, "<main"); ok {
			main, _, _ = strings.Cut(main, "</main>")
			files[path] = "<main" + main
		}
	}
	goldenPages(t, files, "contributors/chaynik-moskva/index.html", "en/contributors/chaynik-moskva/index.html",
		"en/contributors/timosha-rossiya/index.html", "morning/kid/index.html", "morning/nobody/index.html")
}

// TestContributorPage holds what a contributor's page promises, whatever it looks
// like.
func TestContributorPage(t *testing.T) {
	files, _, _ := buildFolder(t, peopleFolder())
	page := files["en/contributors/chaynik-moskva/index.html"]
	for _, want := range []string{
		">Moscow</a>", "Оля and \u2068ليلى\u2069", "dance, editing", `href="/en/morning/">Morning</a>`, `href="/en/moves/">Dances</a>`,
		`First place</span>: <a href="/en/duel/z/"`, `"@type":"Organization","name":"Чайник","url":"https://kettle.example/","member":[{"@type":"Person","name":"Оля"}`,
		`<meta property="og:type" content="profile">`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
	for _, never := range []string{"Тайна", `href="/en/moves/tray/">A tray</a></li>`} {
		if strings.Contains(page, never) {
			t.Errorf("the page has %q", never)
		}
	}
	// Their own card, although the latest piece has no picture.
	_, image, _ := strings.Cut(page, `property="og:image" content="https://slippers.example/`)
	image, _, _ = strings.Cut(image, `"`)
	if files[image] == "" || strings.Contains(files["en/morning/index.html"], image) || strings.Contains(files["en/moves/2026-11-09/z/index.html"], image) {
		t.Errorf("the card %q is not there or not theirs", image)
	}
	for path, content := range files {
		if strings.Contains(content, "Зина") || strings.Contains(content, "Петров") || strings.Contains(content, "Petrov") {
			t.Errorf("%s names who is not to be named", path)
		}
	}
}
