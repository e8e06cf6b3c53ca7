package builder

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gallerist/builder/gallery"
	"gallerist/builder/lang"
	"gallerist/builder/problem"
)

// thanksFolder is a site in which somebody is thanked for each outcome: the
// names of the ids say for which.
func thanksFolder() fstest.MapFS {
	folder := fstest.MapFS{
		"site.toml":                       textFile(strings.Replace(testSite, "brand =", "share = [\"mail\", \"telegram\"]\nbrand =", 1) + "\n[thanks]\nwithdraw = \"hello@slippers.example\"\n"),
		"content/morning/gallery.md":      textFile(testGallery),
		"content/dance/gallery.md":        textFile("+++\ntitle = \"Танцы «на кухне»\"\nkind = \"contest\"\n[call]\nopens = 2026-11-01\ncloses = 2026-11-10\nresults = 2026-11-15\n[[contest.category]]\nid = \"duo\"\ntitle = \"Дуэт\"\n+++\n"),
		"content/ideas/gallery.md":        textFile("+++\ntitle = \"Идеи\"\nkind = \"ideas\"\n+++\n"),
		"content/bun/gallery.md":          textFile("+++\ntitle = \"Плюшка\"\nkind = \"collaboration\"\nresult = \"approved-bun\"\n[[member]]\nid = \"vera\"\nname = \"Вера\"\n+++\n"),
		"content/bun/thing/submission.md": textFile(submission("approved-bun", "Пекарня", "approved", 9, "", "Вот она.")),
	}
	add := func(where, id, name, status string, day int, more, body string) {
		folder["content/"+where+"/"+id+"/submission.md"] = textFile(submission(id, name, status, day, more, body))
	}
	add("dance", "winner-1", "Оля", "featured", 2, "[[award]]\nrank = 1\ncategory = \"duo\"\n[[award]]\ntitle = \"Приз зала\"", "Танец.")
	add("dance", "finalist-1", "Маша", "approved", 3, "[[award]]\nfinalist = true", "Танец.")
	add("ideas", "taken-1", "Лев", "approved", 4, "[idea]\n[[idea.status]]\nstatus = \"making\"\ndate = 2026-11-10", "Идея.")
	add("ideas", "merged-1", "Нина", "approved", 5, "[idea]\nduplicate_of = \"taken-1\"", "Идея.")
	add("bun", "team-1", "Вера", "declined", 6, "", "Набросок.")
	vera := "content/bun/team-1/submission.md"
	folder[vera] = textFile(strings.Replace(string(folder[vera].Data), "name = \"Вера\"", "id = \"vera\"\nname = \"Вера\"", 1))
	add("morning", "featured-1", "Зоя", "featured", 7, "", "Утро.")
	add("morning", "approved-1", "Ева", "approved", 8, "", "Утро.")
	add("morning", "pending-1", "Ия", "pending", 9, "", "Утро.")
	add("morning", "others-1", "Яна", "declined", 10, "", "Утро.")
	add("morning", "withdrawn-1", "Тайна", "withdrawn", 11, "", "Утро.")
	folder["content/morning/featured-1/1.jpg"] = &fstest.MapFile{Data: photo(1, 90, 60)}
	return folder
}

func thankPageOf(files map[string]string, id string) string {
	return files[thankPath(testSecret, id)+"index.html"]
}

// TestThankPagesGolden holds what somebody is told for each outcome, word by
// word.
func TestThankPagesGolden(t *testing.T) {
	files, probs, _ := buildFolder(t, thanksFolder())
	if n := probs.Count(problem.Error); n > 0 {
		t.Errorf("%d errors: %v", n, probs)
	}
	for _, outcome := range gallery.ThanksOutcomes {
		page := thankPageOf(files, string(outcome)+"-1")
		_, page, _ = strings.Cut(page, "<main")
		page, call, _ := strings.Cut(page, `<div class="lead`) // the card is held elsewhere
		if _, call, _ = strings.Cut(call, "</article>"); call == "" {
			page, call, _ = strings.Cut(page, "</article>")
		}
		call, _, _ = strings.Cut(call, "</main>")
		page += call
		got := readable("x.html", "<main"+page)
		name := filepath.Join("testdata", "golden", "thank_"+string(outcome)+".html")
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s differs (run go test ./builder -update and look at the change):\n%s", outcome, diff)
		}
	}
}

// editThanks changes what somebody is told.
func editThanks(rng *rand.Rand, edit func(string, func(string) string) string, put func(string, string) string, piece string) string {
	word := func(list ...string) string { return list[rng.IntN(len(list))] }
	switch rng.IntN(5) {
	case 0:
		return edit(piece, func(s string) string {
			return strings.Replace(s, "\n[author]", word("\n[[award]]\nrank = 2\n", "\n[[award]]\ntitle = \"Приз\"\n", "\n[[award]]\nfinalist = true\n")+"\n[author]", 1)
		})
	case 1:
		return edit("site.toml", func(s string) string {
			s, _, _ = strings.Cut(s, "\n[thanks]")
			return s + word("", "\n[thanks]\nwithdraw = \"hello@slippers.example\"\n", "\n[thanks]\nwithdraw = \"https://slippers.example/write/\"\nbom = true\n")
		})
	case 2:
		return edit(piece, func(s string) string { return strings.Replace(s, "[consent]", "[consent]\nthanks = true", 1) })
	}
	name := word("approved", "featured", "others", "withdrawn", "winner", "merged", "taken", "pending", "team")
	return put("thanks/"+name+word("", ".en")+".md", word("Спасибо, {name}!", "Thank you.\n\nIt is here: {piece}", "Here: {page}"))
}

// TestThanksPrecedence: the gallery's own words stand before the site's, and
// those before the language's; each language for itself.
func TestThanksPrecedence(t *testing.T) {
	folder := thanksFolder()
	gallery := strings.Replace(testGallery, "[call]", "[thanks]\nselected = \"От галереи: {piece}\"\n[call]", 1)
	folder["content/morning/gallery.md"] = textFile(gallery)
	folder["thanks/approved.md"] = textFile("От сайта.")
	folder["thanks/winner.md"] = textFile("<b>{name}</b>, {award}!\n\nЭто ты: {page}\n\nКуда дальше: {call}")
	folder["thanks/others.md"] = textFile("Не в этот раз, {name}.\n\nПиши: {withdraw}")
	folder["thanks/others.en.md"] = textFile("Not this time.")
	folder["content/morning/nameless/submission.md"] = textFile(strings.Replace(submission("nameless-1", "Тихоня", "declined", 3, "", "Утро."), "name = true", "name = false", 1))
	folder["content/morning/english/submission.md"] = textFile(submission("english-1", "Ann", "approved", 3, "lang = \"en\"", "Morning."))
	files, probs, _ := buildFolder(t, folder)
	if n := probs.Count(problem.Error); n > 0 {
		t.Errorf("%d errors: %v", n, probs)
	}
	winner := thankPath(testSecret, "winner-1")
	for id, want := range map[string][]string{
		"approved-1": {`От галереи: <a href="https://slippers.example/morning/approved-1/">https://slippers.example/morning/approved-1/</a>`},
		"winner-1": {
			"<p>&lt;b&gt;<bdi>Оля</bdi>&lt;/b&gt;, <bdi>Первое место, Дуэт</bdi>!</p>", `<a href="https://slippers.example/` + winner + `">https://slippers.example/` + winner + `</a>`,
			`<a href="https://slippers.example/morning/call/">`,
		},
		"others-1":     {"<p>Не в этот раз, <bdi>Яна</bdi>.</p>", `Пиши: <a href="mailto:hello@slippers.example">hello@slippers.example</a>`},
		"nameless-1":   {"<h1>Спасибо!</h1>", "<p>Пиши: "},
		"finalist-1":   {"среди финалистов"},
		"approved-bun": {"От сайта."},
	} {
		page := strings.ReplaceAll(thankPageOf(files, id), "\u00a0", " ")
		for _, w := range want {
			if !strings.Contains(page, w) {
				t.Errorf("the page of %s does not hold %q: %s", id, w, page)
			}
		}
	}
	if strings.Contains(thankPageOf(files, "nameless-1"), "этот раз") {
		t.Error("a paragraph that names nobody is there")
	}
	english := files["en/"+thankPath(testSecret, "english-1")+"index.html"]
	if strings.Contains(english, "От ") || !strings.Contains(english, "Your work is in “<bdi lang=\"ru\">Утро</bdi>”.") {
		t.Errorf("words in another language than the page's: %s", english)
	}
}

// TestOutcomes holds what counts of several things, and what nobody is told
// before it is known.
func TestOutcomes(t *testing.T) {
	outcomes := func(change func(fstest.MapFS), opt ...func(*Options)) map[string]gallery.ThanksOutcome {
		folder := thanksFolder()
		change(folder)
		_, _, r := buildFolder(t, folder, opt...)
		list := map[string]gallery.ThanksOutcome{}
		for _, g := range r.model.galleries {
			for _, w := range slices.Concat(g.participants, g.left) {
				list[w.submission.ID] = g.outcomeOf(w)
			}
		}
		return list
	}
	replace := func(name, from, to string) func(fstest.MapFS) {
		return func(folder fstest.MapFS) {
			s := string(folder["content/"+name].Data)
			if !strings.Contains(s, from) {
				t.Fatalf("%s does not hold %q", name, from)
			}
			folder["content/"+name] = textFile(strings.Replace(s, from, to, 1))
		}
	}
	nothing := func(fstest.MapFS) {}
	for id, got := range outcomes(nothing) {
		if want, _ := strings.CutSuffix(id, "-1"); id != "approved-bun" && string(got) != want {
			t.Errorf("%s: %s", id, got)
		}
	}
	for _, c := range []struct {
		what   string
		change func(fstest.MapFS)
		opt    func(*Options)
		id     string
		want   gallery.ThanksOutcome
	}{
		{"results to come", nothing, func(o *Options) { o.Now = time.Date(2026, 11, 12, 0, 0, 0, 0, time.UTC) }, "winner-1", gallery.ThanksFeatured},
		{"a prize without a rank", replace("dance/finalist-1/submission.md", "finalist = true", "title = \"Приз зала\""), nil, "finalist-1", gallery.ThanksWinner},
		{"a finalist with a rank", replace("dance/finalist-1/submission.md", "finalist = true", "finalist = true\nrank = 3"), nil, "finalist-1", gallery.ThanksWinner},
		{"an idea thought over", replace("ideas/taken-1/submission.md", "making", "considering"), nil, "taken-1", gallery.ThanksApproved},
		{"an idea that waits for a date", replace("ideas/taken-1/submission.md", "date = 2026-11-10", "date = 2026-12-10"), nil, "taken-1", gallery.ThanksApproved},
		{"a team's own piece", replace("bun/team-1/submission.md", `"declined"`, `"featured"`), nil, "team-1", gallery.ThanksTeam},
		{"approved for later", replace("morning/approved-1/submission.md", "published = 2026-11", "published = 2026-12"), nil, "approved-1", gallery.ThanksPending},
		{"no answer yet", replace("morning/approved-1/submission.md", `"granted"`, `"requested"`), nil, "approved-1", gallery.ThanksPending},
		{"the answer was no", replace("morning/approved-1/submission.md", `"granted"`, `"declined"`), nil, "approved-1", gallery.ThanksOthers},
		{"the time is over", replace("morning/approved-1/submission.md", "until = 2028", "until = 2025"), nil, "approved-1", gallery.ThanksOthers},
		{"a draft", nothing, func(o *Options) { o.Drafts = true }, "others-1", gallery.ThanksOthers},
		{"withdrawn after all", replace("dance/winner-1/submission.md", `"featured"`, `"withdrawn"`), nil, "winner-1", gallery.ThanksWithdrawn},
	} {
		var opt []func(*Options)
		if c.opt != nil {
			opt = append(opt, c.opt)
		}
		if got := outcomes(c.change, opt...)[c.id]; got != c.want {
			t.Errorf("%s: %s is thanked as %s, want %s", c.what, c.id, got, c.want)
		}
	}
}

// TestRolls holds who stands on the rolls of a site, a series and a gallery, and
// that nobody stands or is counted there twice.
func TestRolls(t *testing.T) {
	folder := testFolder()
	addSeries(folder)
	again := func(id, name, status, more string) *fstest.MapFile {
		s := strings.Replace(submission(id, name, status, 3, "", "Ещё."), "[author]", "[author]\n"+more, 1)
		return textFile(strings.Replace(s, "[consent]", "[consent]\nthanks = true", 1))
	}
	edition := ""
	for name := range folder {
		if dir, ok := strings.CutSuffix(name, "/gallery.md"); ok && dir != "content/morning" {
			edition = max(edition, dir)
		}
	}
	series := strings.TrimPrefix(edition[:strings.LastIndex(edition, "/")], "content/") + "/"
	folder["content/morning/again/submission.md"] = again("again1", "Оля", "declined", "")                             // is published: named once
	folder["content/morning/zoya/submission.md"] = again("zoya11", "Зоя", "declined", `id = "zoya"`)                   // is not: named
	folder[edition+"/zoya/submission.md"] = again("zoya12", "Зоя", "declined", `id = "zoya"`)                          // the same
	folder["content/morning/quiet/submission.md"] = textFile(submission("quiet1", "Тихоня", "declined", 3, "", "Тс.")) // counted
	folder[edition+"/quiet/submission.md"] = textFile(submission("quiet2", "Тихоня", "declined", 3, "", "Тс."))        // the same
	files, _, _ := buildFolder(t, folder)
	roll := func(path string) string {
		_, page, ok := strings.Cut(files[path+"thanks/index.html"], "<main")
		if !ok {
			t.Fatalf("%q has no roll", path)
		}
		page, _, _ = strings.Cut(page, "</main>")
		return page
	}
	site := roll("")
	for name, times := range map[string]int{"Оля": 1, "Маша": 1, "Лев": 1, "Зоя": 1, "Тихоня": 0, "Тайна": 0, "Ждун": 0, "Ушедшая": 0} {
		if n := strings.Count(site, "<bdi>"+name+"</bdi>"); n != times {
			t.Errorf("%s stands %d times on the site's roll", name, n)
		}
	}
	if at, after := strings.Index(site, ">Лев<"), strings.Index(site, ">Оля<"); at < 0 || after < at {
		t.Error("the site's roll is in no order of the alphabet")
	}
	for path, want := range map[string]string{"": "и ещё 3 человека", "morning/": "и ещё 3 человека", series: "и ещё 1 человек"} {
		if !strings.Contains(roll(path), want) {
			t.Errorf("%q: not %q: %s", path, want, roll(path))
		}
	}
	for path, link := range map[string]string{"index.html": `href="/thanks/"`, "morning/olya/index.html": `href="/thanks/"`, series + "index.html": `href="/` + series + `thanks/"`} {
		if !strings.Contains(files[path], link) {
			t.Errorf("%s does not lead to %s", path, link)
		}
	}
	if !strings.Contains(files["sitemap.xml"], "<loc>https://slippers.example/thanks/</loc>") {
		t.Error("the roll is in no sitemap")
	}
}

// TestThanksInLanguages holds that every outcome has words in every language, in
// which nothing stays unfilled, and that who has to be called by a vocative is so
// or by no name.
func TestThanksInLanguages(t *testing.T) {
	for _, tag := range lang.Known() {
		folder := thanksFolder()
		folder["site.toml"] = textFile("title = \"Slippers\"\nbase_url = \"https://slippers.example/\"\nlanguage = \"" + tag + "\"\ntimezone = \"Europe/Moscow\"\n")
		voc := "content/morning/approved-1/submission.md"
		folder[voc] = textFile(strings.Replace(string(folder[voc].Data), "gender = \"f\"", "gender = \"f\"\nforms = { voc = \"Єво\" }", 1))
		r, probs, err := Plan(t.Context(), folder, Options{Now: testNow, Secret: testSecret, Cache: newTestStore()})
		if err != nil || probs.Count(problem.Error) > 0 {
			t.Fatal(err, probs)
		}
		l := r.localeFor(tag)
		said := map[string]gallery.ThanksOutcome{}
		for _, g := range r.model.galleries {
			for _, w := range slices.Concat(g.participants, g.left) {
				x := g.thankedFor(w)
				subject, text := l.letterText(x, "https://slippers.example/thanks/x/")
				words, page := l.thankWords(x)
				all := subject + text + page + string(l.howToWithdraw())
				if len(words) == 0 || !strings.Contains(text, "https://slippers.example/thanks/x/") || strings.ContainsAny(all, "{}[]") {
					t.Errorf("%s: %s: %q %q", tag, x.outcome, subject, all)
				}
				if other, is := said[words[0]]; is && other != x.outcome {
					t.Errorf("%s: %s and %s are told the same: %q", tag, x.outcome, other, words[0])
				}
				said[words[0]] = x.outcome
				needsVocative := tag == "uk" || tag == "pl"
				switch name, hello := strings.Contains(text, "Зоя"), strings.Contains(text, "Єво"); {
				case x.submission.ID == "featured-1" && name == needsVocative:
					t.Errorf("%s: %q", tag, text)
				case x.submission.ID == "approved-1" && !hello:
					t.Errorf("%s: %q", tag, text)
				case x.outcome == gallery.ThanksWithdrawn && strings.Contains(text, "Тайна"):
					t.Errorf("%s: %q", tag, text)
				}
			}
		}
	}
}
