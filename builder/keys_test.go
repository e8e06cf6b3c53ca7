package builder

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gallerist/builder/source"
)

// TestKeys holds the promise of keys: whatever is edited, a file that keeps
// its key keeps its bytes. It holds that of Memory too: a build with one gives
// what a build without gives.
func TestKeys(t *testing.T) {
	steps := 120
	if testing.Short() {
		steps = 30
	}
	rng := rand.New(rand.NewPCG(4, 2026))
	folder, now, cache := crowdedFolder(), testNow, newTestStore()
	type version struct{ bytes, when string }
	known := map[string]version{} // by path and key
	kept := 0
	memory := &Memory{Source: source.NewMemory(func() time.Time { return testNow })}
	for step := range steps {
		what := editAnything(rng, folder, &now, step)
		files, _, r := buildFolder(t, folder, func(o *Options) { o.Program, o.Now, o.Cache = "test", now, cache; o.Memory = memory })
		if step%6 == 5 {
			fresh, _, _ := buildFolder(t, folder, func(o *Options) { o.Now, o.Cache = now, cache })
			sameFiles(t, fmt.Sprintf("step %d (%s)", step, what), fresh, files)
		}
		for _, f := range r.Set.Files() {
			if f.Key == "" {
				continue
			}
			id, bytes := f.Path+"\x00"+f.Key, files[f.Path]
			before, again := known[id]
			if again && before.bytes != bytes {
				t.Errorf("step %d (%s): %s has the key of %s, but differs near %q", step, what, f.Path, before.when, firstDifference(before.bytes, bytes))
			}
			if again {
				kept++
			} else {
				known[id] = version{bytes, fmt.Sprintf("step %d", step)}
			}
		}
		if t.Failed() {
			return
		}
	}
	if kept < steps*20 {
		t.Errorf("only %d files kept their keys", kept)
	}
}

// TestKeysOfOneEdit holds what keys are for: a new caption is the business of
// few pages.
func TestKeysOfOneEdit(t *testing.T) {
	folder := crowdedFolder()
	keys := func() map[string]string {
		list := map[string]string{}
		_, _, r := buildFolder(t, folder, func(o *Options) { o.Program = "test" })
		for _, p := range r.Pages {
			f, _ := r.Set.Lookup(p.File)
			list[p.File] = f.Key
		}
		return list
	}
	before := keys()
	name := "content/crowd/p07/submission.md"
	folder[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(folder[name].Data), "Рассказ", "Новый рассказ", 1))}
	changed := map[string]bool{}
	for path, key := range keys() {
		if before[path] != key {
			changed[path] = true
		}
	}
	for _, path := range []string{"crowd/p07/index.html", "crowd/index.html", "crowd/p08/index.html", "index.html", "tags/okno/page/2/index.html"} {
		if !changed[path] {
			t.Errorf("%s kept its key", path)
		}
	}
	for _, path := range []string{"crowd/p01/index.html", "morning/olya/index.html", "morning/index.html", "tags/okno/index.html", "contributors/index.html", "thanks/index.html"} {
		if _, there := before[path]; !there || changed[path] {
			t.Errorf("%s is not there or has a new key", path)
		}
	}
}

// TestNoProgramNoKeys: whoever does not say what runs gets no keys.
func TestNoProgramNoKeys(t *testing.T) {
	_, _, r := buildFolder(t, testFolder())
	for _, p := range r.Pages {
		if f, _ := r.Set.Lookup(p.File); f.Key != "" {
			t.Errorf("%s has a key", p.File)
		}
	}
}

const crowd = 14 // submissions

// crowdedFolder is testFolder with a gallery of several pages.
func crowdedFolder() fstest.MapFS {
	folder := testFolder()
	addTeam(folder)
	addBoard(folder)
	addDraw(folder, "4 8 15")
	addSeries(folder)
	addTermsPages(folder)
	folder["content/crowd/gallery.md"] = &fstest.MapFile{Data: []byte("+++\ntitle = \"Толпа\"\n+++\nВсе здесь.\n")}
	folder["site.toml"].Data = append(folder["site.toml"].Data[:0:0], strings.Replace(testSite, "[trans", "theme = \"small\"\n[trans", 1)...)
	folder["themes/small/theme.toml"] = &fstest.MapFile{Data: []byte("name = \"Small\"\nextends = \"plain\"\npage_size = 4\n")}
	for n := range crowd {
		md := submission(fmt.Sprintf("crowd%02d", n), fmt.Sprintf("Имя%d", n%5), "approved", n%14+1, "", fmt.Sprintf("Рассказ %d.", n))
		if n > 8 {
			md = strings.Replace(md, `["кот", "окно"]`, `["мост"]`, 1)
		}
		folder[fmt.Sprintf("content/crowd/p%02d/submission.md", n)] = &fstest.MapFile{Data: []byte(md)}
	}
	return folder
}

// editAnything changes something that a site is made from.
func editAnything(rng *rand.Rand, folder fstest.MapFS, now *time.Time, step int) string {
	written := testNow.Add(time.Duration(step-1000) * time.Hour) // a memory goes by times and sizes
	edit := func(name string, change func(string) string) string {
		if f := folder[name]; f != nil {
			folder[name] = &fstest.MapFile{Data: []byte(change(string(f.Data))), ModTime: written}
		}
		return name
	}
	put := func(name, text string) string {
		folder[name] = &fstest.MapFile{Data: []byte(text), ModTime: written}
		return name
	}
	set := func(key string, values ...string) func(string) string { // the first line with the key
		line := regexp.MustCompile(`(?m)^` + key + ` = .*$`)
		value := values[rng.IntN(len(values))]
		return func(s string) string {
			at := line.FindStringIndex(s)
			if at == nil {
				return s
			}
			return s[:at[0]] + key + " = " + value + s[at[1]:]
		}
	}
	piece := fmt.Sprintf("content/crowd/p%02d/submission.md", rng.IntN(crowd))
	if rng.IntN(4) == 0 {
		piece = "content/morning/" + []string{"2026-11-02-olya", "2026-11-03-masha", "2026-11-04-lev", "x-declined", "x-pending"}[rng.IntN(5)] + "/submission.md"
	}
	if rng.IntN(7) == 0 {
		return edit(piece, func(s string) string { return sayMore(rng, s) })
	}
	word := func(list ...string) string { return list[rng.IntN(len(list))] }
	if rng.IntN(7) == 0 {
		return editBoard(rng, folder, put, step)
	}
	if rng.IntN(8) == 0 {
		return editTeam(rng, put, step)
	}
	if rng.IntN(5) == 0 {
		return editContest(rng, edit, put)
	}
	if rng.IntN(7) == 0 {
		return editSeries(rng, edit, put)
	}
	if rng.IntN(8) == 0 {
		return editCall(rng, edit, piece)
	}
	if rng.IntN(8) == 0 {
		return editPeople(rng, edit, piece)
	}
	if rng.IntN(14) == 0 {
		return editTerms(rng, folder, now, put)
	}
	if rng.IntN(10) == 0 {
		return editThanks(rng, edit, put, piece)
	}
	switch kind := rng.IntN(29); kind {
	case 0:
		return edit(piece, set("title", `"Другое утро"`, fmt.Sprintf(`"Утро %d"`, step)))
	case 1:
		return edit(piece, set("place", `"Сочи"`, `"Москва"`, `"москва"`))
	case 2:
		return edit(piece, set("tags", `["кот"]`, `["Кот", "мост"]`, `["окно", "кот"]`, `[]`))
	case 3:
		return edit(piece, set("status", `"approved"`, `"featured"`, `"declined"`, `"pending"`, `"withdrawn"`))
	case 4:
		return edit(piece, set("name", `"Ольга"`, `"Имя3"`, "true", "false"))
	case 5:
		return edit(piece, set("published", "2026-11-03T10:00:00+03:00", "2026-11-28T10:00:00+03:00", "2026-11-20T10:00:00+03:00"))
	case 6:
		return edit(piece, set("until", "2026-11-25", "2028-11-01"))
	case 7:
		return edit(piece, func(s string) string { return s + fmt.Sprintf("\nЕщё строка %d.\n", step) })
	case 8:
		return edit(piece, set("id", `"crowd05"`, fmt.Sprintf(`"other%03d"`, step)))
	case 9:
		delete(folder, piece)
		return "no " + piece
	case 10:
		return put(fmt.Sprintf("content/crowd/n%d/submission.md", step), submission(fmt.Sprintf("new%03d", step), word("Новая", "Имя2"), "approved", 1+step%14, "", "Новое."))
	case 11:
		return put(strings.Replace(piece, ".md", ".en.md", 1), "+++\n"+word("title = \"In English\"\n", "", "[author]\nname = \"Somebody\"\n")+"+++\n"+word("Told in English.", ""))
	case 12:
		return put(strings.Replace(piece, "submission.md", "1.jpg", 1), string(photo(step, 50+step%3, 70)))
	case 13:
		delete(folder, strings.Replace(piece, "submission.md", "1.jpg", 1))
		return "no picture of " + piece
	case 14:
		return put("content/crowd/gallery.md", "+++\ntitle = "+word(`"Толпа"`, `"Много людей"`)+"\n"+word("", "lang = \"en\"\n")+"+++\nВсе здесь.\n")
	case 15:
		return edit("content/morning/gallery.md", set("question", `"Чай или кофе?"`, `"Как вы пьёте кофе?"`))
	case 16:
		return edit("content/morning/gallery.md", set("closes", "2026-11-20", "2026-11-30"))
	case 17:
		*now = now.Add(time.Duration(rng.IntN(200)-100) * time.Hour)
		return "now is " + now.String()
	case 18:
		return edit("site.toml", set("title", `"Тапочки"`, `"Slippers"`))
	case 19:
		return edit("site.toml", set(`"Москва"`, `"Moscow"`, `"Moskva"`))
	case 20:
		return edit("site.toml", set("languages", `["ru"]`, `["ru", "en"]`))
	case 21:
		return edit("site.toml", set("base_url", `"https://slippers.example/"`, `"https://slippers.example/sub/"`))
	case 22:
		return put("partials/footer.html", word(`<footer>{{.Site.Title}}</footer>`, `<footer>here</footer>`))
	case 23:
		delete(folder, "partials/footer.html")
		return "the theme's own footer"
	case 24:
		return put("languages/en.toml", word("[site]\ntags = \"Labels\"\n", "[site]\ntags = \"Keywords\"\n"))
	case 25:
		return edit("content/about.md", set("title", `"О нас"`, `"Кто мы"`))
	case 26:
		return edit(piece, set("license", `"CC-BY-4.0"`, `"CC0-1.0"`))
	case 27: // a withdrawal by the book, of a picture that others may have sent too
		sum := sha256Hex(photo(rng.IntN(step+1), 50+step%3, 70))
		return put(piece, fmt.Sprintf("+++\nid = \"gone%03d\"\nstatus = \"withdrawn\"\n%s[withdrawal]\ndate = 2026-11-20\noriginals = [%q]\n%s+++\n", step,
			word("", "published = 2026-11-10\n"), sum, word("", "", "unfinished = \"2026-11-20-gone\"\n")))
	}
	return put("content/crowd/gallery.en.md", "+++\n"+word("title = \"A crowd\"\n", "summary = \"Many\"\n")+"+++\n")
}
