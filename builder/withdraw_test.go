package builder

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// carryOut does steps to a folder.
func carryOut(folder fstest.MapFS, steps []source.Step) {
	for _, s := range steps {
		switch s.Do {
		case "write":
			folder[s.Path] = &fstest.MapFile{Data: s.Data, ModTime: testNow}
		case "delete":
			delete(folder, s.Path)
		case "rename":
			for _, name := range slices.Sorted(maps.Keys(folder)) {
				if rest, below := strings.CutPrefix(name, s.Path+"/"); below {
					folder[s.To+"/"+rest] = folder[name]
					delete(folder, name)
				}
			}
		}
	}
}

// withdrawIn withdraws a submission of a folder, up to a number of steps.
func withdrawIn(t *testing.T, folder fstest.MapFS, id string, upTo int) *Withdrawing {
	t.Helper()
	w, _, err := PlanWithdrawal(t.Context(), folder, Options{Now: testNow, Secret: testSecret, Cache: newTestStore()}, []string{id}, testNow)
	if err != nil {
		t.Fatal(err)
	}
	steps := w.Taken[0].Steps
	carryOut(folder, steps[:min(upTo, len(steps))])
	return w
}

// randomSite is a site of galleries of several kinds with submissions of all
// states, some with pictures, translations, names in the folder, no consent.
func randomSite(rng *rand.Rand) (folder fstest.MapFS, dirs, ids []string) {
	folder = testFolder()
	addBoard(folder)
	word := func(list ...string) string { return list[rng.IntN(len(list))] }
	folder["content/dance/gallery.md"] = textFile("+++\ntitle = \"Танцы\"\nkind = \"contest\"\n+++\nПокажите.\n")
	for n := range 6 + rng.IntN(8) {
		name := word("Оля", "Маша", "Лев", "Зина", "Querty")
		md := submission(fmt.Sprintf("sent%02d", n), name, word("approved", "featured", "approved", "declined", "pending"), 1+rng.IntN(20), "", word("Рассказ.", "Ещё *рассказ*."))
		switch rng.IntN(6) {
		case 0:
			md = strings.Replace(md, "name = true", "name = false", 1)
		case 1:
			md = strings.Replace(md, "[author]", "[[award]]\nrank = 1\n[author]", 1)
		case 2:
			md = strings.Replace(md, "published = ", "# published = ", 1)
		case 3:
			md = strings.Replace(md, "until = 2028-11-01", "until = 2026-11-10", 1)
		case 4:
			md = strings.Replace(md, "[consent]", "[consent]\nthanks = true", 1)
		}
		dir := "content/" + word("morning", "dance") + "/" + fmt.Sprintf("2026-11-%02d-%s-%d", 1+n, word("cup", "olya", "zina", "Маша"), n)
		folder[dir+"/submission.md"] = textFile(md)
		if rng.IntN(2) == 0 {
			folder[dir+"/submission.en.md"] = textFile("+++\ntitle = \"In English\"\n[author]\nname = \"Somebody\"\n+++\nA story.")
		}
		for k := range rng.IntN(3) {
			folder[fmt.Sprintf("%s/%d.jpg", dir, k)] = &fstest.MapFile{Data: photo(n*10+k, 40, 30)}
		}
		dirs, ids = append(dirs, dir), append(ids, fmt.Sprintf("sent%02d", n))
	}
	return folder, dirs, ids
}

// TestWithdrawnIsNeverSent holds the promise of withdrawal: a site from which
// somebody has withdrawn is, byte for byte, the site to which they never sent
// anything. Only the neutral page, their own page of thanks and the list of what
// was withdrawn in index.json are there besides; and none of it is searched in vain.
func TestWithdrawnIsNeverSent(t *testing.T) {
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	neutral, renamed := 0, 0
	for round := range rounds {
		rng := rand.New(rand.NewPCG(6, uint64(round)))
		withdrawn, dirs, ids := randomSite(rng)
		i := rng.IntN(len(ids))
		never := maps.Clone(withdrawn)
		for name := range never {
			if strings.HasPrefix(name, dirs[i]+"/") {
				delete(never, name)
			}
		}
		before := maps.Clone(withdrawn)
		w := withdrawIn(t, withdrawn, ids[i], 99)
		got, probs, r := buildFolder(t, withdrawn)
		want, _, _ := buildFolder(t, never)
		for _, p := range probs {
			if strings.Contains(p.Pos.File, path.Base(dirs[i])) && p.Level != problem.Note {
				t.Errorf("round %d: %s", round, p)
			}
		}
		if round < 4 {
			foretold(t, w, before, got)
		}
		thanks := thankPath(testSecret, ids[i])
		for name, content := range got {
			if err := r.Verify(name, []byte(content)); err != nil {
				t.Errorf("round %d: %v", round, err)
			}
			if path.Base(name) == "index.json" {
				content = strings.Replace(strings.Replace(strings.Replace(content, `"`+ids[i]+`",`, "", 1), `,"`+ids[i]+`"`, "", 1), `["`+ids[i]+`"]`, "[]", 1)
			}
			was, there := want[name]
			switch {
			case w.Taken[0].Neutral != "" && strings.HasSuffix("/"+name, w.Taken[0].Neutral+"index.html"):
				neutral++
			case strings.HasSuffix(path.Dir(name)+"/", thanks):
			case !there:
				t.Errorf("round %d: %s would not be there", round, name)
			case was != content:
				t.Errorf("round %d: %s differs near %q", round, name, firstDifference(was, content))
			}
		}
		for name := range want {
			if _, there := got[name]; !there {
				t.Errorf("round %d: %s is missing", round, name)
			}
		}
		for name, file := range withdrawn { // what is left in the folder names nobody
			if strings.Contains(string(file.Data), `"`+ids[i]+`"`) && strings.HasSuffix(name, "submission.md") {
				if name != w.Taken[0].Folder+"/submission.md" || strings.Contains(string(file.Data), "name") || strings.Contains(string(file.Data), "Рассказ") {
					t.Errorf("round %d: %s holds %s", round, name, file.Data)
				}
				renamed += b2i(path.Dir(name) != dirs[i])
			}
		}
		if t.Failed() {
			return
		}
	}
	if !testing.Short() && (neutral == 0 || renamed == 0) {
		t.Errorf("%d neutral pages and %d renamed folders: the sites are all alike", neutral, renamed)
	}
}

// foretold holds what the plan of a withdrawal said would go against what went.
func foretold(t *testing.T, w *Withdrawing, before fstest.MapFS, after map[string]string) {
	t.Helper()
	was, _, r := buildFolder(t, before)
	files, pages := 0, []string{}
	for name := range was {
		if _, stays := after[name]; !stays && strings.HasPrefix(name, "m/") {
			files++
		}
	}
	for _, p := range r.Pages {
		if _, stays := after[p.File]; !stays || p.Layout == "submission" && p.Origin == strings.TrimPrefix(path.Dir(w.Taken[0].File), "content/") {
			pages = append(pages, p.URL)
		}
	}
	if w.Renditions != files || !slices.Equal(w.Pages, pages) {
		t.Errorf("%s: %d files were to go and %d went; the pages were %v and are %v", w.Taken[0].ID, w.Renditions, files, w.Pages, pages)
	}
}

// TestWithdrawalInterrupted holds that after any number of steps the submission
// is withdrawn, and that a second run comes to the same end as one without a
// break.
func TestWithdrawalInterrupted(t *testing.T) {
	for _, dir := range []string{"content/morning/2026-11-02-olya", "content/morning/2026-11-02-cup"} {
		sent := func() fstest.MapFS {
			folder := testFolder()
			for name, file := range folder {
				if rest, below := strings.CutPrefix(name, "content/morning/2026-11-02-olya/"); below {
					delete(folder, name)
					folder[dir+"/"+rest] = file
				}
			}
			return folder
		}
		whole := sent()
		steps := len(withdrawIn(t, whole, "olya11", 99).Taken[0].Steps)
		if steps < 4 {
			t.Fatalf("only %d steps", steps)
		}
		for n := range steps {
			folder := sent()
			withdrawIn(t, folder, "olya11", n)
			if n > 0 {
				files, probs, _ := buildFolder(t, folder)
				if strings.Contains(files["index.html"], "Фото от Оли") || files["contributors/olya-moskva/index.html"] != "" {
					t.Errorf("%s: published after %d steps", dir, n)
				}
				told := slices.ContainsFunc(probs, func(p problem.Problem) bool {
					return strings.Contains(p.Text, "not all of it has been deleted")
				})
				if !told {
					t.Errorf("%s: after %d steps nobody is told", dir, n)
				}
			}
			withdrawIn(t, folder, "olya11", 99)
			sameFiles(t, fmt.Sprintf("%s, after %d steps", dir, n), textsOf(whole), textsOf(folder))
			if again := withdrawIn(t, folder, "olya11", 99); len(again.Taken[0].Steps) != 0 {
				t.Errorf("%s: a third run does %v", dir, again.Taken[0].Steps)
			}
		}
	}
}

func textsOf(folder fstest.MapFS) map[string]string {
	texts := map[string]string{}
	for name, file := range folder {
		texts[name] = string(file.Data)
	}
	return texts
}

// What cannot be withdrawn is refused in words.
func TestWithdrawalRefused(t *testing.T) {
	twice := testFolder()
	twice["content/morning/again/submission.md"] = textFile(submission("olya11", "Оля", "approved", 3, "", "Ещё раз."))
	taken := testFolder()
	taken["content/morning/2026-11-02-olya11/readme.md"] = textFile("Here.")
	for want, c := range map[string]struct {
		folder fstest.MapFS
		id     string
	}{
		`there is no submission "olya12"`: {testFolder(), "olya12"},
		`have the id "olya11"`:            {twice, "olya11"},
		`which is there already`:          {taken, "olya11"},
	} {
		_, _, err := PlanWithdrawal(t.Context(), c.folder, Options{Now: testNow, Cache: newTestStore()}, []string{c.id}, testNow)
		var not *WithdrawRefusal
		if !errors.As(err, &not) || !strings.Contains(not.Text, want) || not.Hint == "" {
			t.Errorf("%s: %v", want, err)
		}
	}
	broken := testFolder()
	broken["content/morning/broken/submission.md"] = textFile("+++\nid = \"broken\"\nstatus = \"wrong\"\n+++\n")
	if w := withdrawIn(t, broken, "broken", 99); len(w.Taken[0].Steps) != 1 {
		t.Errorf("one that is left out: %v", w.Taken[0].Steps)
	}
	if _, probs, _ := buildFolder(t, broken); probs.Count(problem.Error) > 0 {
		t.Errorf("after that: %v", probs)
	}
}
