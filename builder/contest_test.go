package builder

import (
	"fmt"
	"html"
	"maps"
	"math/big"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// contestFolder is the site of testdata/contest.txtar.
func contestFolder(t testing.TB) fstest.MapFS {
	t.Helper()
	a, err := txtar.ParseFile("testdata/contest.txtar")
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for n, f := range a.Files {
		var width, height int
		if fmt.Sscanf(string(f.Data), "photo %d %d", &width, &height); width > 0 {
			f.Data = photo(n, width, height)
		}
		folder[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return folder
}

// amend edits a file of a folder, which must hold the text.
func amend(t testing.TB, folder fstest.MapFS, name, from, to string) {
	t.Helper()
	text := string(folder[name].Data)
	if !strings.Contains(text, from) {
		t.Fatalf("%s does not hold %q", name, from)
	}
	folder[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, from, to, 1))}
}

func at2026(t testing.TB, stamp string) func(*Options) {
	now, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		t.Fatal(err)
	}
	return func(o *Options) { o.Now = now }
}

// TestContestIsSound holds that the site of these tests has nothing to tell.
func TestContestIsSound(t *testing.T) {
	_, probs, _ := buildFolder(t, contestFolder(t))
	for _, p := range probs {
		if p.Level != problem.Note {
			t.Error(p)
		}
	}
}

// TestNothingBeforeResults holds that until the very moment of its results
// nothing of what a contest's jury thinks is anywhere in what is published,
// drafts or not, and that it is there from that moment on.
func TestNothingBeforeResults(t *testing.T) {
	secret := []string{
		"Первое место", "First place", "В финале", "Финалисты", "Самый тихий танец", "пекарня напротив", "За каблук", "For a heel",
		"Такие ноги", "Such feet", "Мука ведёт", "Официальный контент", "дважды подогревали", "218 голос", "9,25", "/winners/",
		`"award`, `"official"`,
	}
	told := func(now string, drafts bool) (found []string) {
		files, _, _ := buildFolder(t, contestFolder(t), at2026(t, now), func(o *Options) { o.Drafts = drafts })
		for path, content := range files {
			for _, s := range secret {
				prize := strings.HasSuffix(path, "rules/index.html") && (s == "Первое место" || s == "First place") // what it brings
				if strings.Contains(content, s) && !prize && !strings.HasPrefix(path, "assets/") {
					found = append(found, s+" in "+path)
				}
			}
			if strings.Contains(path, "winners") {
				found = append(found, path)
			}
		}
		return found
	}
	for _, drafts := range []bool{false, true} {
		if found := told("2026-11-12T11:59:59+03:00", drafts); len(found) > 0 {
			t.Errorf("a second before the results, drafts %v: %q", drafts, found)
		}
	}
	found := strings.Join(told("2026-11-12T12:00:00+03:00", false), "\n")
	for _, s := range secret {
		if !strings.Contains(found, s) {
			t.Errorf("the results do not say %q", s)
		}
	}
	for _, path := range []string{
		"dance/index.html", "dance/winners/index.html", "en/dance/winners/index.html", "dance/p01/index.html", "index.html",
		"contributors/olya-moskva/index.html", "dance/feed.xml", "dance/atom.xml", "dance/feed.json", "feed.json", "dance/index.json",
	} {
		if !strings.Contains(found, "in "+path) {
			t.Errorf("the results do not stand in %s", path)
		}
	}
}

// TestPhases holds what a contest's pages say at each moment, always with a date.
func TestPhases(t *testing.T) {
	for _, phase := range []struct{ now, state, words string }{
		{"2026-11-01T23:59:59+03:00", "upcoming", "2 ноября 2026"},
		{"2026-11-02T00:00:00+03:00", "open", "8 ноября 2026"},
		{"2026-11-08T23:59:59+03:00", "open", "8 ноября 2026"},
		{"2026-11-08T21:00:00Z", "judging", "12 ноября 2026"},
		{"2026-11-12T11:59:59+03:00", "judging", "12 ноября 2026"},
		{"2026-11-12T12:00:00+03:00", "closed", "12 ноября 2026"},
	} {
		files, _, _ := buildFolder(t, contestFolder(t), at2026(t, phase.now))
		for path, wants := range map[string][]string{
			"dance/rules/index.html": {`rules ` + phase.state + `"`, phase.words, "2 ноября 2026, 00:00 (UTC+3)", "8 ноября 2026, 23:59 (UTC+3)", "12 ноября 2026, 12:00 (UTC+3)"},
			"dance/call/index.html":  {`class="call ` + phase.state + `"`, phase.words, `href="/dance/rules/"`},
			"dance/index.html":       {`class="callbox ` + phase.state + `"`, phase.words},
		} {
			for _, want := range wants {
				if !strings.Contains(plainly(files[path]), want) {
					t.Errorf("%s: no %q in %s", phase.now, want, path)
				}
			}
		}
	}
}

var spaced = regexp.MustCompile(`[\s\x{a0}]+`)

// plainly returns a page with ordinary spaces and no escapes.
func plainly(page string) string { return spaced.ReplaceAllString(html.UnescapeString(page), " ") }

// TestWinnersPage holds who stands where on the page of winners.
func TestWinnersPage(t *testing.T) {
	files, _, _ := buildFolder(t, contestFolder(t))
	page := plainly(files["dance/winners/index.html"])
	last := 0
	for _, part := range []string{
		"<h1>Победители</h1>", "Итоги подведены 12 ноября 2026", "до закрытия", `id="solo"`, "<h2>Соло</h2>",
		"<h3>Первое место</h3>", "Кофе каждое утро до весны, 18 000 ₽", "Фото от Оли", "За каблук", "Такие ноги", "Вера Лисицына", "Итог: 9,25 из 10",
		"218 голосов (опрос в нашей группе, подсчёт 10 ноября 2026)",
		"<h3>Второе место</h3>", "Тапочки с вышивкой", "Фото от Маши", "Мука ведёт.", "41 голос (опрос в нашей группе, подсчёт 10 ноября 2026)",
		"<h3>Третье место делят 2 работы</h3>", "Фото от Льва", "Фото от Тимура", "<h3>Финалисты</h3>", "Фото от Нелли", "Фото от Дины",
		`id="duo"`, "<h3>Первое место</h3>", "Чайник на двоих, 3 000 ₽", "Фото от Кати", "<h3>Самый тихий танец</h3>", "Решение: пекарня напротив",
		"Как считается итог", "на места они не влияют", "https://example.org/poll", "<h2>Жюри</h2>", "Двадцать лет учит",
	} {
		at := strings.Index(page[last:], part)
		if at < 0 && strings.HasPrefix(part, "Итоги") {
			at = strings.Index(page[last:], "и"+strings.TrimPrefix(part, "И")) // the style sheet makes it a capital
		}
		if at < 0 {
			t.Fatalf("no %q behind %q", part, page[max(0, last-100):last])
		}
		last += at
	}
	if strings.Contains(page, "Ашот") || strings.Contains(page, "Тайна") {
		t.Error("somebody who won nothing")
	}
}

// TestRulesPage holds that every part of the rules stands on their page, in both
// languages, and that one without words is not there.
func TestRulesPage(t *testing.T) {
	files, _, _ := buildFolder(t, contestFolder(t))
	page := plainly(files["dance/rules/index.html"])
	for _, want := range []string{
		"Одно движение, одна минута", "«В тапочках», Москва.", "mailto:contest@slippers.example", "Все, кроме тех", "С 14 лет.", "Россия, Казахстан и Армения",
		"не больше 2 работ", "Форматы: MP4, MOV.", "Дуэты", "Попадает ли движение", "вес 2, наибольший балл 10", "смотрит ещё раз", "тётя Галя",
		"Чайник на двоих", "3 000 ₽", "Первое место, Дуэты", "не позже 14 ноября 2026", "На ответ — 7 дней.", "в наших соцсетях", "2 года",
		"Спроси всех", "Адреса храним", "Ни одна соцсеть", "Российское право.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the rules do not say %q", want)
		}
	}
	if !strings.Contains(files["en/dance/rules/index.html"], "Russia, Kazakhstan and Armenia") {
		t.Error("the English rules do not say who may take part")
	}
	folder := contestFolder(t)
	amend(t, folder, "content/dance/gallery.md", "privacy = \"Адреса храним, пока не отправим призы, потом удаляем.\"\n", "")
	files, _, _ = buildFolder(t, folder)
	if strings.Contains(files["dance/rules/index.html"], `id="privacy"`) {
		t.Error("a part that says nothing")
	}
}

// TestRulesLack holds that whatever part of the rules is taken out is told, in
// one problem.
func TestRulesLack(t *testing.T) {
	name := "content/dance/gallery.md"
	for key, line := range map[string]string{
		"call.opens": `opens = .*`, "call.closes": `closes = .*`, "call.results": `results = .*`, "call.scope": `scope = .*`, "contest.theme": `theme = .*`,
		"contest.rules.sponsor": `sponsor = .*`, "contest.rules.contact": `contact = .*`, "contest.rules.eligibility": `eligibility = .*`,
		"contest.rules.min_age": `min_age = .*`, "contest.rules.entry": `entry = .*`, "contest.rules.formats": `formats = .*`,
		"contest.rules.tie_break": `tie_break = .*`, "contest.rules.notice": `notice = .*`, "contest.rules.notice_by": `notice_by = .*`,
		"contest.rules.answer_days": `answer_days = .*`, "contest.rules.releases": `releases = .*`, "contest.rules.privacy": `privacy = .*`,
		"contest.rules.platform": `platform = .*`, "contest.rules.law": `law = .*`,
	} {
		folder := contestFolder(t)
		text := regexp.MustCompile(`(?m)^`+line+`\n`).ReplaceAllString(string(folder[name].Data), "")
		folder[name] = &fstest.MapFile{Data: []byte(text)}
		_, probs, err := Plan(t.Context(), folder, Options{Now: testNow, Cache: newTestStore()})
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, p := range probs {
			if strings.Contains(p.Text, "do not say everything") {
				told = append(told, p.Text)
				if p.Pos.Line == 0 || p.Hint == "" || p.Level != problem.Warning {
					t.Errorf("without place or hint: %v", p)
				}
			}
		}
		if len(told) != 1 || !strings.HasSuffix(told[0], "there is no "+key) {
			t.Errorf("without %s: %q", key, told)
		}
	}
}

// TestStandings holds, for whatever is awarded, that everybody who holds a place
// in a known category stands there exactly once, in order, and that no finalist
// holds a place of the same category.
func TestStandings(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 2026))
	for range 2000 {
		g := &plannedGallery{Gallery: &gallery.Gallery{Kind: gallery.Contest, Contest: &gallery.ContestFacts{Categories: []gallery.Category{{ID: "a"}, {ID: "b"}, {}}}}}
		want := map[string]int{} // by category, rank, piece
		for n := range rng.IntN(9) {
			p := &piece{Piece: &gallery.Piece{ID: fmt.Sprint(n)}, gallery: g}
			for range rng.IntN(3) {
				a := gallery.Award{Category: []string{"", "a", "b", "c"}[rng.IntN(4)], Rank: rng.IntN(4), Finalist: rng.IntN(2) == 0}
				p.Awards = append(p.Awards, a)
				if a.Rank > 0 && a.Category != "c" {
					want[fmt.Sprint(a.Category, a.Rank, p.ID)]++
				}
			}
			g.pieces = append(g.pieces, p)
		}
		got := map[string]int{}
		order := []string{"", "a", "b"}
		for _, group := range g.standings() {
			for order[0] != group.category { // groups come in order, each once
				order = order[1:]
			}
			order = order[1:]
			rank, holds := 0, map[*piece]bool{}
			for _, place := range group.places {
				if place.rank <= rank || len(place.honours) == 0 {
					t.Fatalf("rank %d behind %d", place.rank, rank)
				}
				rank = place.rank
				for _, h := range place.honours {
					got[fmt.Sprint(group.category, place.rank, h.piece.ID)]++
					holds[h.piece] = true
				}
			}
			for _, h := range group.finalists {
				if holds[h.piece] {
					t.Fatal("a finalist who holds a place")
				}
			}
			order = append(order, "end")
		}
		if !maps.Equal(want, got) {
			t.Fatalf("want %v, got %v", want, got)
		}
		list := winners(g.standings())
		for i, p := range list {
			if slices.Contains(list[:i], p) || i > 0 && bestRank(list[i-1]) > bestRank(p) {
				t.Fatalf("%d of %d winners", i, len(list))
			}
		}
	}
}

func bestRank(p *piece) int {
	best := 1000
	for _, a := range p.Awards {
		if a.Rank > 0 && a.Category != "c" {
			best = min(best, a.Rank)
		}
	}
	return best
}

// TestScores holds the means against sums of whole numbers: points have one
// digit behind the point here, so that ten times as many are whole.
func TestScores(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 2026))
	for range 2000 {
		c := &gallery.ContestFacts{Jury: []gallery.Member{{ID: "v"}, {ID: "j"}, {ID: "g"}}}
		p := &piece{Piece: &gallery.Piece{}, gallery: &plannedGallery{Gallery: &gallery.Gallery{Contest: c}}}
		for n := range 1 + rng.IntN(4) {
			c.Criteria = append(c.Criteria, gallery.Criterion{ID: fmt.Sprint(n), Weight: float64(1+rng.IntN(30)) / 10, Most: 10})
		}
		jurors := 1 + rng.IntN(3)
		sums := make([]int64, len(c.Criteria)) // tenths
		for j := range jurors {
			v := gallery.Verdict{By: c.Jury[j].ID, Scores: map[string]float64{}}
			for n, k := range c.Criteria {
				tenths := rng.IntN(101)
				v.Scores[k.ID] = float64(tenths) / 10
				sums[n] += int64(tenths)
			}
			p.Verdicts = append(p.Verdicts, v)
		}
		var above, below int64 // total = above / (10 * jurors * below)
		for n, k := range c.Criteria {
			weight := int64(k.Weight*10 + .5)
			above += weight * sums[n]
			below += weight
		}
		want := big.NewRat(above, 10*int64(jurors)*below)
		s := scoresOf(p)
		if s.total.Cmp(want) != 0 || s.most.Cmp(big.NewRat(10, 1)) != 0 {
			t.Fatalf("total %v of %v, want %v", s.total, s.most, want)
		}
		if round := roundedHundredths(above, 10*int64(jurors)*below); hundredths(s.total) != round {
			t.Fatalf("%v is written %s, want %s", want, hundredths(s.total), round)
		}
	}
}

// roundedHundredths divides with whole numbers alone, halves going up.
func roundedHundredths(a, b int64) string {
	n := (200*a + b) / (2 * b)
	return fmt.Sprintf("%d.%02d", n/100, n%100)
}

// TestScoresMissing holds that there is no total where a criterion is without
// points, and no table where nobody of the jury gave any.
func TestScoresMissing(t *testing.T) {
	c := &gallery.ContestFacts{Jury: []gallery.Member{{ID: "v"}}, Criteria: []gallery.Criterion{{ID: "a", Weight: 1, Most: 10}, {ID: "b", Weight: 1, Most: 5}}}
	p := &piece{Piece: &gallery.Piece{}, gallery: &plannedGallery{Gallery: &gallery.Gallery{Contest: c}}}
	p.Verdicts = []gallery.Verdict{{By: "v", Scores: map[string]float64{"a": 4}}}
	if s := scoresOf(p); s.total != nil || hundredths(s.means[0]) != "4.00" || s.means[1] != nil {
		t.Errorf("got %+v", s)
	}
	p.Verdicts[0].Scores["b"] = 5
	if s := scoresOf(p); hundredths(s.total) != "4.50" || short(s.most) != "7.5" {
		t.Errorf("got %s of %s", hundredths(s.total), short(s.most))
	}
	p.Verdicts[0].By = "somebody"
	if scoresOf(p) != nil {
		t.Error("points of somebody who is not of the jury")
	}
}

// TestVotesDecideNothing holds that votes change no place: the page with the
// votes exchanged differs in the figures alone.
func TestVotesDecideNothing(t *testing.T) {
	before, _, _ := buildFolder(t, contestFolder(t))
	folder := contestFolder(t)
	amend(t, folder, "content/dance/gallery.md", "tan001 = 218\ntan002 = 41\n", "tan001 = 41\ntan002 = 218\n")
	after, _, _ := buildFolder(t, folder)
	swap := strings.NewReplacer("218 голосов", "41 голос", "41 голос", "218 голосов")
	if got := swap.Replace(after["dance/winners/index.html"]); got != before["dance/winners/index.html"] {
		t.Errorf("more than the figures differs, near %q", firstDifference(before["dance/winners/index.html"], got))
	}
}

// TestWinnersFirst holds that once the results are out the first place leads the
// contest's front page and, while nothing newer is featured, the home page.
func TestWinnersFirst(t *testing.T) {
	lead := regexp.MustCompile(`class="lead[^>]*><figure><a class="ph" href="([^"]*)"`)
	of := func(page string) string {
		if m := lead.FindStringSubmatch(page); m != nil {
			return m[1]
		}
		return ""
	}
	files, _, _ := buildFolder(t, contestFolder(t))
	if of(files["dance/index.html"]) != "/dance/p01/" || of(files["index.html"]) != "/dance/p01/" {
		t.Errorf("%q and %q lead", of(files["dance/index.html"]), of(files["index.html"]))
	}
	for _, path := range []string{"index.html", "dance/index.html"} {
		for n := 1; n <= 10; n++ {
			if count := strings.Count(files[path], fmt.Sprintf(`id="p-tan%03d"`, n)); count != 1 {
				t.Errorf("piece %d stands %d times in %s", n, count, path)
			}
		}
	}
	folder := contestFolder(t)
	amend(t, folder, "content/morning/one/submission.md", "published = 2026-10-02", "published = 2026-11-20")
	files, _, _ = buildFolder(t, folder)
	if of(files["index.html"]) != "/morning/one/" {
		t.Errorf("%q leads, though something newer is featured", of(files["index.html"]))
	}
}

// editContest makes the crowd a contest, of one kind or another, or says
// something of a piece of it, for TestKeys.
func editContest(rng *rand.Rand, edit func(string, func(string) string) string, put func(name, text string) string) string {
	word := func(list ...string) string { return list[rng.IntN(len(list))] }
	switch rng.IntN(5) {
	case 0:
		return put("content/crowd/gallery.md", "+++\ntitle = \"Толпа\"\nkind = \"contest\"\n[call]\ncloses = 2026-11-10\n"+
			word("results = 2026-11-20T10:00:00+03:00\n", "results = 2026-11-24T10:00:00+03:00\n", "")+
			"[contest]\n"+word("official = true\n", "")+"announce = "+word(`"Было весело."`, `"Было *очень* весело."`)+
			"\n[[contest.category]]\nid = \"duo\"\ntitle = "+word(`"Дуэты"`, `"Пары"`)+
			"\n[[contest.criterion]]\nid = \"joy\"\nweight = "+word("1", "2")+"\n[[contest.criterion]]\nid = \"art\"\n[[contest.jury]]\nid = \"vera\"\nname = "+word(`"Вера"`, `"Вера Л."`)+
			"\n[contest.votes]\nsource = \"опрос\"\ndate = 2026-11-10\ncounts = { crowd03 = "+word("1", "2")+" }\n+++\nВсе здесь.\n")
	case 1:
		return put("content/crowd/gallery.en.md", "+++\n"+word("title = \"A crowd\"\n[contest]\n[[contest.category]]\ntitle = \"Two\"\n", "")+"+++\n")
	}
	given := word(
		"[[award]]\nrank = 1\ncategory = \"duo\"\n", "[[award]]\nrank = 1\ntie = true\n", "[[award]]\nfinalist = true\n",
		"[[award]]\nrank = 2\nreason = \"За смех.\"\n", "[[verdict]]\nby = \"vera\"\nwords = \"Смешно.\"\n[verdict.scores]\njoy = 7.5\nart = 8\n", "",
	)
	had := regexp.MustCompile(`(?s)\[\[(award|verdict)\]\].*?\n\[consent\]`)
	return edit(fmt.Sprintf("content/crowd/p%02d/submission.md", rng.IntN(crowd)), func(s string) string {
		return strings.Replace(had.ReplaceAllString(s, "[consent]"), "[consent]", given+"\n[consent]", 1)
	})
}

// TestKeysOfResults holds that a file that keeps its key keeps its bytes when
// the first award is given and when the results come: pages of other pieces then
// lead to the winners.
func TestKeysOfResults(t *testing.T) {
	awards := regexp.MustCompile(`(?s)\[\[(award|verdict)\]\].*?\n\+\+\+`)
	bare := contestFolder(t)
	for name, f := range bare {
		if strings.HasSuffix(name, "submission.md") {
			bare[name] = &fstest.MapFile{Data: awards.ReplaceAll(f.Data, []byte("+++"))}
		}
	}
	delete(bare, "content/dance/2026-11-03-p01/submission.en.md") // translates them
	first := maps.Clone(bare)
	amend(t, first, "content/dance/2026-11-03-p01/submission.md", "[consent]", "[[award]]\nrank = 1\n\n[consent]")
	type version struct{ bytes, when string }
	known, cache := map[string]version{}, newTestStore()
	for _, v := range []struct {
		when   string
		folder fstest.MapFS
	}{{"2026-11-13T00:00:00Z", bare}, {"2026-11-13T00:00:00Z", first}, {"2026-11-12T08:59:59Z", first}, {"2026-11-12T09:00:00Z", first}, {"2026-11-12T08:59:59Z", bare}} {
		files, _, r := buildFolder(t, v.folder, at2026(t, v.when), func(o *Options) { o.Program, o.Cache = "test", cache })
		for _, f := range r.Set.Files() {
			id := f.Path + "\x00" + f.Key
			if before, again := known[id]; again && f.Key != "" && before.bytes != files[f.Path] {
				t.Errorf("%s at %s has the key of %s, but differs near %q", f.Path, v.when, before.when, firstDifference(before.bytes, files[f.Path]))
			}
			known[id] = version{files[f.Path], v.when}
		}
	}
}
