package builder

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gallerist/builder/gallery"
)

// ideaMD writes a submission with a table [idea]; changes are "status date".
func ideaMD(id, name, more string, changes ...string) string {
	md := untagged(submission(id, name, "approved", 2, "", "Слова об идее "+id+"."))
	idea := "\n[idea]\n" + more + "\n"
	for _, c := range changes {
		status, date, _ := strings.Cut(c, " ")
		idea += fmt.Sprintf("[[idea.status]]\nstatus = %q\ndate = %s\nreason = \"Потому что %s.\"\n", status, date, status)
	}
	return strings.Replace(md, "\n+++\nСлова", idea+"\n+++\nСлова", 1)
}

// untagged takes the tags out, so that lists of tags stay as long as they are.
func untagged(md string) string { return strings.Replace(md, `["кот", "окно"]`, `[]`, 1) }

// boardFolder is testFolder with a board of ideas.
func boardFolder() fstest.MapFS {
	folder := testFolder()
	addBoard(folder)
	return folder
}

func addBoard(folder fstest.MapFS) {
	put := func(name, text string) { folder["content/board/"+name] = &fstest.MapFile{Data: []byte(text)} }
	put("gallery.md", "+++\ntitle = \"Идеи\"\nkind = \"ideas\"\nsummary = \"Чего не хватает\"\n+++\n")
	put("quiet/submission.md", ideaMD("quiet1", "Оля", "answer = \"Пробуем *по вторникам*.\"\nsupporters = 40\ncounted = 2026-11-10", "planned 2026-11-03", "making 2026-11-05"))
	put("quiet/submission.en.md", "+++\ntitle = \"Quiet hour\"\n[idea]\nanswer = \"We try on Tuesdays.\"\n[[idea.status]]\nreason = \"\"\n[[idea.status]]\nreason = \"It has begun.\"\n+++\n")
	put("hush/submission.md", ideaMD("hush11", "Петя", "duplicate_of = \"quiet1\"\nsupporters = 2\ncounted = 2026-11-12"))
	put("still/submission.md", ideaMD("still1", "Нина", "duplicate_of = \"hush11\"\nsupporters = 1\ncounted = 2026-11-01"))
	put("mug/submission.md", ideaMD("mug111", "Лев", "outcome = { piece = \"olya11\" }", "done 2026-11-06"))
	put("tap/submission.md", ideaMD("tap111", "Иван", "outcome = { url = \"https://tap.example/\", text = \"Кран\" }", "planned 2026-11-02", "done 2026-11-07"))
	put("moose/submission.md", ideaMD("moose1", "Миша", "answer = \"Лось против.\"", "declined 2026-11-04"))
	put("new/submission.md", ideaMD("newone", "Ира", ""))
	put("plain/submission.md", untagged(submission("plain1", "Яна", "approved", 8, "", "Идея без таблицы.")))
}

// editBoard changes something of a board or of a draw.
func editBoard(rng *rand.Rand, folder fstest.MapFS, put func(name, text string) string, step int) string {
	word := func(list ...string) string { return list[rng.IntN(len(list))] }
	date := func() string { return fmt.Sprintf("2026-11-%02d", 1+rng.IntN(28)) }
	id := word("quiet1", "hush11", "still1", "mug111")
	name := "content/board/" + map[string]string{"quiet1": "quiet", "hush11": "hush", "still1": "still", "mug111": "mug"}[id] + "/submission.md"
	switch rng.IntN(9) {
	case 0:
		delete(folder, name)
		return "no " + name
	case 1:
		if f := folder[name]; f != nil {
			return put(name, strings.Replace(string(f.Data), word(`"approved"`, `"site", "feed"`), word(`"pending"`, `"site"`), 1))
		}
	case 2:
		delete(folder, "content/dance/draw.txt")
		return "no draw"
	case 3:
		dance := drawFolder(word("4 8 15", "16 23 42"))
		return put("content/dance/"+word("draw.txt", "gallery.md"), string(dance["content/dance/"+word("draw.txt", "gallery.md")].Data))
	case 4:
		n := rng.IntN(10)
		return put(fmt.Sprintf("content/dance/d%d/submission.md", n), untagged(submission(fmt.Sprintf("dance-%d", n), word("Имя1", "Олег"), word("approved", "withdrawn", "declined"), 1+rng.IntN(20), "", "Танец.")))
	}
	more := word("", "", "answer = \""+fmt.Sprint("Ответ ", step)+"\"\n") + word("", "supporters = "+fmt.Sprint(1+rng.IntN(50))+"\ncounted = "+date()+"\n") +
		word("", "duplicate_of = \""+word("quiet1", "hush11", "still1", "mug111", "tap111")+"\"\n") +
		word("", "outcome = { piece = \""+word("olya11", "crowd03", "crowd12")+"\" }\n", "outcome = { url = \"https://x.example/\", text = \"Там\" }\n")
	var changes []string
	for range rng.IntN(3) {
		changes = append(changes, gallery.IdeaStatuses[rng.IntN(6)]+" "+date())
	}
	return put(name, ideaMD(id, word("Оля", "Петя", "Нина"), more, changes...))
}

var cardID = regexp.MustCompile(`class="idea-card" id="p-([^"]+)"`)

// cardsOn returns the ids of the ideas whose cards stand on a page, in order.
func cardsOn(page string) []string {
	var ids []string
	for _, m := range cardID.FindAllStringSubmatch(page, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

func TestBoard(t *testing.T) {
	files, probs, _ := buildFolder(t, boardFolder())
	noProblems(t, probs)
	page := files["board/index.html"]
	if got, want := strings.Join(cardsOn(page), " "), "tap111 mug111 quiet1 plain1 newone moose1"; got != want {
		t.Errorf("the board shows %s, want %s", got, want)
	}
	var sections []string
	for _, m := range regexp.MustCompile(`<section class="board" id="(\w+)"`).FindAllStringSubmatch(page, -1) {
		sections = append(sections, m[1])
	}
	if got := strings.Join(sections, " "); got != "done making new declined" {
		t.Errorf("the sections are %s", got)
	}
	for path, want := range map[string][]string{
		"board/index.html": {
			"43 сторонника на 12 ноября 2026", "Идея от Оли, Москва", "Та же идея: Петя и Нина", "Пробуем по вторникам.",
			`href="/morning/olya/"`, `href="https://tap.example/"`, "6 идей", `href="#making"`, "<details>", "обновлено 5 ноября 2026",
			"предложено 2 ноября 2026", `href="https://slippers.example/board/changes/atom.xml"`, `"CollectionPage"`,
		},
		"board/quiet/index.html": {
			"Делаем, 5 ноября 2026", "43 сторонника на 12 ноября 2026", "<em>по вторникам</em>", "Потому что planned.", "Та же идея: Петя и Нина",
			`href="/board/hush/"`, `href="/board/still/"`, `"contributor":[{"@type":"Person","name":"Петя"`, `href="/board/#p-quiet1"`,
		},
		"board/hush/index.html":     {"Эту идею", `href="/board/quiet/"`, "Делаем, 5 ноября 2026", `href="/board/#p-quiet1"`},
		"en/board/quiet/index.html": {"We try on Tuesdays.", "It has begun.", "Being made, 5 November 2026", "43 supporters on 12 November 2026"},
		"board/mug/index.html":      {"Сделано, 6 ноября 2026", `class="button" href="/morning/olya/"`},
		"contributors/petya-moskva/index.html": {
			"Делаем",
		},
		"feed/index.html":  {"board/changes/feed.json"},
		"board/index.json": {`"idea":{"status":"making","since":"2026-11-05T00:00:00+03:00","supporters":43,"counted":"2026-11-12T00:00:00+03:00"}`, `"merged_into":"https://slippers.example/board/quiet/"`},
		"board/feed.xml":   {"Та же идея: Петя и Нина"},
	} {
		for _, w := range want {
			if !strings.Contains(files[path], w) {
				t.Errorf("%s does not hold %q", path, w)
			}
		}
	}
	history := files["board/quiet/index.html"]
	making, planned, arrived := strings.Index(history, "Потому что making"), strings.Index(history, "Потому что planned"), strings.Index(history, "Новая идея")
	if making < 0 || planned < making || arrived < planned {
		t.Errorf("the history is not the last first: %d %d %d", making, planned, arrived)
	}
}

// TestChangesFeed: the three formats tell the same changes, the last first; ids
// stay whatever is renamed; what may not be in feeds is in none.
func TestChangesFeed(t *testing.T) {
	folder := boardFolder()
	files, _, _ := buildFolder(t, folder)
	ids := regexp.MustCompile(`urn:uuid:[0-9a-f-]+`)
	titles := []string{"Сделано: Утро номер 2", "Сделано: Утро номер 2", "Делаем: Утро номер 2", "Не в этот раз: Утро номер 2", "В планах: Утро номер 2", "В планах: Утро номер 2"}
	for name, item := range map[string]string{"feed.xml": "<item>", "atom.xml": "<entry>", "feed.json": `{"id":"urn`} {
		content := files["board/changes/"+name]
		parts := strings.Split(content, item)[1:]
		if len(parts) != len(titles) {
			t.Errorf("%s tells %d changes, want %d", name, len(parts), len(titles))
			continue
		}
		for i, part := range parts {
			if !strings.Contains(part, titles[i]) {
				t.Errorf("%s: the change %d is not %q", name, i+1, titles[i])
			}
		}
		if !strings.Contains(content, "Потому что making.") || !strings.Contains(content, "https://tap.example/") {
			t.Errorf("%s lacks a reason or an outcome", name)
		}
	}
	before := ids.FindAllString(files["board/changes/feed.xml"], -1)
	slices.Sort(before)
	if len(slices.Compact(slices.Clone(before))) != len(titles) {
		t.Errorf("changes share ids: %v", before)
	}
	text := folder["content/board/quiet/submission.md"].Data
	folder["content/board/renamed/submission.md"] = &fstest.MapFile{Data: []byte(strings.Replace(string(text), "Утро номер 2", "Тишина", 1))}
	delete(folder, "content/board/quiet/submission.md")
	delete(folder, "content/board/quiet/submission.en.md")
	files, _, _ = buildFolder(t, folder)
	after := ids.FindAllString(files["board/changes/feed.xml"], -1)
	slices.Sort(after)
	if !strings.Contains(files["board/changes/feed.xml"], "Делаем: Тишина") || !slices.Equal(before, after) {
		t.Errorf("a new title and address change the ids:\n%v\n%v", before, after)
	}
	for what, change := range map[string][2]string{
		"without the scope feed": {`"site", "feed"`, `"site"`},
		"withdrawn":              {`status = "approved"`, `status = "withdrawn"`},
		"waiting":                {`status = "approved"`, `status = "pending"`},
	} {
		folder["content/board/renamed/submission.md"] = &fstest.MapFile{Data: []byte(strings.Replace(strings.Replace(string(text), "Утро номер 2", "Тишина", 1), change[0], change[1], 1))}
		files, _, _ := buildFolder(t, folder, func(o *Options) { o.Drafts = true })
		for _, name := range []string{"feed.xml", "atom.xml", "feed.json"} {
			if content := files["board/changes/"+name]; strings.Contains(content, "Тишина") || !strings.Contains(content, "Сделано") {
				t.Errorf("%s: %s tells of it, or of nothing", what, name)
			}
		}
	}
}

// TestBoardPages builds boards of many sizes, with random statuses and merges:
// each idea that stands for itself has one card on one page, each other one is
// credited with the idea it was merged into, and every page of an idea leads to
// the page on which the card stands.
func TestBoardPages(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 2026))
	for _, size := range []int{0, 1, 7, 8, 15, 40} {
		folder := testFolder()
		folder["site.toml"].Data = append(folder["site.toml"].Data[:0:0], strings.Replace(testSite, "[trans", "theme = \"small\"\n[trans", 1)...)
		folder["themes/small/theme.toml"] = &fstest.MapFile{Data: []byte("name = \"Small\"\nextends = \"plain\"\npage_size = 4\n")}
		folder["content/board/gallery.md"] = &fstest.MapFile{Data: []byte("+++\ntitle = \"Идеи\"\nkind = \"ideas\"\n+++\n")}
		total := 0
		for n := range size {
			more, supporters := "", rng.IntN(9)
			total += supporters
			if supporters > 0 {
				more = fmt.Sprintf("supporters = %d\ncounted = 2026-11-%02d\n", supporters, 1+rng.IntN(20))
			}
			if rng.IntN(4) == 0 {
				more += fmt.Sprintf("duplicate_of = \"idea%02d\"\n", rng.IntN(size)) // circles too
			}
			var changes []string
			if rng.IntN(3) > 0 {
				changes = []string{gallery.IdeaStatuses[rng.IntN(6)] + " 2026-11-05"}
			}
			folder[fmt.Sprintf("content/board/i%02d/submission.md", n)] = &fstest.MapFile{Data: []byte(ideaMD(fmt.Sprintf("idea%02d", n), fmt.Sprint("Имя", n), more, changes...))}
		}
		files, _, r := buildFolder(t, folder)
		g := boardOf(r)
		stands := map[string]string{} // page by id
		for path, content := range files {
			if !strings.HasPrefix(path, "board/") {
				continue
			}
			whole := map[string]bool{}
			for _, id := range cardsOn(content) {
				if whole[id] {
					t.Errorf("%d ideas: %s shows %s twice", size, path, id)
				}
				whole[id] = true
				if old, twice := stands[id]; twice && old != "board/index.html" && path != "board/index.html" {
					t.Errorf("%d ideas: %s stands on %s and %s", size, id, old, path)
				}
				if old := stands[id]; old != "board/index.html" { // the board shows the first of a section that has pages of its own
					stands[id] = path
				}
			}
		}
		sum := 0
		for _, p := range g.pieces {
			kept := p
			if p.idea.into != nil {
				kept = p.idea.into
			} else {
				sum += p.idea.supporters
			}
			at := stands[kept.ID]
			if at == "" {
				t.Errorf("%d ideas: %s has no card", size, kept.ID)
			}
			link := fmt.Sprintf(`href="/%s#p-%s"`, strings.TrimSuffix(at, "index.html"), kept.ID)
			if content := files[p.path+"index.html"]; !strings.Contains(content, link) {
				t.Errorf("%d ideas: the page of %s does not lead to %s", size, p.ID, link)
			}
		}
		if sum != total {
			t.Errorf("%d ideas: %d supporters of all, %d on cards", size, total, sum)
		}
		if size == 0 && !strings.Contains(files["board/index.html"], "Здесь пока ничего нет") {
			t.Errorf("an empty board does not say so")
		}
	}
}

func boardOf(r *Result) *plannedGallery {
	i := slices.IndexFunc(r.model.galleries, func(g *plannedGallery) bool { return g.board != nil })
	return r.model.galleries[i]
}

// TestIdeaAt holds that what is dated later has not happened yet.
func TestIdeaAt(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	s := gallery.IdeaState{Status: gallery.IdeaDone, History: []gallery.IdeaChange{{Status: gallery.IdeaPlanned, Date: day(3)}, {Status: gallery.IdeaDone, Date: day(9)}}}
	for n, want := range map[int]gallery.IdeaStatus{2: gallery.IdeaNew, 3: gallery.IdeaPlanned, 8: gallery.IdeaPlanned, 9: gallery.IdeaDone} {
		if got := s.At(day(n)).Status; got != want {
			t.Errorf("on day %d it is %s, want %s", n, got, want)
		}
	}
	if len(s.History) != 2 || s.Status != gallery.IdeaDone {
		t.Error("the submission itself was changed")
	}
}

// TestKeysOfRelatedIdeas: what a page of an idea says of pieces far away in the
// list is in its key.
func TestKeysOfRelatedIdeas(t *testing.T) {
	folder := boardFolder()
	const hush = "content/board/hush/submission.md"
	far := strings.ReplaceAll(string(folder[hush].Data), "2026-11-02T", "2026-11-20T")
	folder[hush] = &fstest.MapFile{Data: []byte(far)}
	for n := range 12 {
		folder[fmt.Sprintf("content/board/f%d/submission.md", n)] = &fstest.MapFile{Data: []byte(submission(fmt.Sprintf("filler%d", n), "Все", "approved", 5+n, "", "Слова."))}
	}
	keys := func() map[string]string {
		list := map[string]string{}
		_, _, r := buildFolder(t, folder, func(o *Options) { o.Program = "test" })
		for _, f := range r.Set.Files() {
			list[f.Path] = f.Key
		}
		return list
	}
	before := keys()
	for name, pages := range map[string][]string{
		"content/morning/2026-11-02-olya/submission.md": {"board/mug/index.html", "board/index.html", "board/changes/feed.xml"},
		hush:                                {"board/quiet/index.html", "board/index.html", "board/feed.xml", "board/changes/atom.xml"},
		"content/board/quiet/submission.md": {"board/hush/index.html", "board/still/index.html"},
	} {
		old := folder[name]
		folder[name] = &fstest.MapFile{Data: []byte(strings.NewReplacer(`title = "Утро`, `title = "Вечер`, `name = "`, `name = "Дед `).Replace(string(old.Data)))}
		after := keys()
		for _, path := range pages {
			if before[path] == "" || before[path] == after[path] {
				t.Errorf("%s has the key %q, with and without a change of %s", path, after[path], name)
			}
		}
		folder[name] = old
	}
}
