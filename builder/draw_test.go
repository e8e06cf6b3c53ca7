package builder

import (
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/draw"
)

// drawFolder is testFolder with a contest of ten submissions whose prizes were
// drawn with a seed.
func drawFolder(seed string) fstest.MapFS {
	folder := testFolder()
	addDraw(folder, seed)
	return folder
}

func addDraw(folder fstest.MapFS, seed string) {
	put := func(name, text string) { folder["content/dance/"+name] = &fstest.MapFile{Data: []byte(text)} }
	put("gallery.md", fmt.Sprintf("+++\ntitle = \"Танцы\"\nkind = \"contest\"\n[call]\nopens = 2026-11-01\ncloses = 2026-11-15\n"+
		"[contest]\n[contest.draw]\nseed = %q\nwinners = 3\n+++\n", seed))
	var ids []string
	for n := range 10 {
		id, status := fmt.Sprintf("dance-%d", n), []string{"approved", "declined"}[n%2]
		put(fmt.Sprintf("d%d/submission.md", n), untagged(submission(id, fmt.Sprintf("Имя%d", n), status, n+1, "", "Танец.")))
		ids = append(ids, id)
	}
	put("draw.txt", string(draw.Hold(seed, "2026-11-16", "", 3, ids).Text()))
}

var code = regexp.MustCompile(`(?s)<pre[^>]*><code>(.*?)</code></pre>`)

// TestDrawCanBeRepeated types into a shell what the page of a draw says, beside
// the record that it offers, and looks for the same winners and the same sum of
// the list.
func TestDrawCanBeRepeated(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell here")
	}
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("no sha256sum here")
	}
	for _, seed := range []string{"4 8 15 16 23 42", `it's "$HOME" \n № 5 %s `[:20], "-n"} {
		seed = strings.TrimSpace(seed)
		files, _, r := buildFolder(t, drawFolder(seed))
		page := files["dance/draw/index.html"]
		steps := code.FindAllStringSubmatch(page, -1)
		if len(steps) != 2 {
			t.Fatalf("the page shows %d steps to type", len(steps))
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "draw.txt"), []byte(files["dance/draw/draw.txt"]), 0o644); err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, step := range steps {
			cmd := exec.Command(sh, "-c", html.UnescapeString(step[1]))
			cmd.Dir, cmd.Env = dir, []string{"PATH=" + os.Getenv("PATH"), "LANG=ru_RU.UTF-8"}
			text, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, text)
			}
			out = append(out, string(text))
		}
		if sum := strings.Fields(out[0])[0]; !strings.Contains(page, sum) {
			t.Errorf("seed %q: the list has the sum %s, which is not on the page", seed, sum)
		}
		drawn := strings.Split(strings.TrimSpace(out[1]), "\n")
		won := r.model.galleries[0].drawn.Won()
		if len(drawn) != 10 || len(won) != 3 {
			t.Fatalf("%d tickets, %d winners:\n%s", len(drawn), len(won), out[1])
		}
		for i, ticket := range won {
			if want := ticket.Number + " " + ticket.ID; drawn[i] != want {
				t.Errorf("seed %q: the shell draws %q, the page says %q", seed, drawn[i], want)
			}
		}
	}
}

// TestDrawNamesNobody: whoever is not published is a ticket on the page, and
// nothing else of them is there or in the record.
func TestDrawNamesNobody(t *testing.T) {
	files, probs, r := buildFolder(t, drawFolder("4 8 15 16 23 42"))
	for _, p := range probs {
		if strings.Contains(p.Text, "draw") && !strings.Contains(p.Text, "withdrawn") {
			t.Errorf("unexpected: %s", p)
		}
	}
	page, hidden := files["dance/draw/index.html"], 0
	for _, ticket := range r.model.galleries[0].drawn.Won() {
		n := strings.TrimPrefix(ticket.ID, "dance-")
		published := strings.Contains("02468", n)
		if named := strings.Contains(page, "Имя"+n); named != published {
			t.Errorf("%s: published %v, named %v", ticket.ID, published, named)
		}
		if !published {
			hidden++
			if !strings.Contains(page, ticket.ID) {
				t.Errorf("the ticket %s won and is not on the page", ticket.ID)
			}
		}
	}
	if hidden == 0 {
		t.Error("all winners are published: the test looks at nothing")
	}
	if strings.Contains(files["dance/draw/draw.txt"], "Имя") {
		t.Error("the record names somebody")
	}
}

// TestDrawBeforehand: before it is held the page shows the seed and, once nobody
// can take part any more, the list that will be drawn from.
func TestDrawBeforehand(t *testing.T) {
	folder := drawFolder("4 8 15 16 23 42")
	sum := draw.List(func() (ids []string) {
		for n := range 10 {
			ids = append(ids, fmt.Sprintf("dance-%d", n))
		}
		return ids
	}())
	delete(folder, "content/dance/draw.txt")
	for _, c := range []struct {
		days int
		want bool
	}{{-10, false}, {0, true}} {
		files, _, _ := buildFolder(t, folder, func(o *Options) { o.Now = testNow.AddDate(0, 0, c.days) })
		page := files["dance/draw/index.html"]
		if !strings.Contains(page, "4 8 15 16 23 42") {
			t.Error("the seed is not shown")
		}
		if got := strings.Contains(page, sum); got != c.want {
			t.Errorf("%d days from now the list is shown: %v", c.days, got)
		}
		if _, ok := files["dance/draw/draw.txt"]; ok {
			t.Error("there is a record of a draw that was not held")
		}
	}
}
