package review

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// variants are one submission written in different ways.
var variants = map[string]string{
	"toml": pendingMD,
	"crlf": strings.ReplaceAll(pendingMD, "\n", "\r\n"),
	"yaml": `---
# from the form
id: abcd2345
title: "Latte with Murka"   # as she wrote it
status: pending
received: 2026-11-02T08:14:00Z
tags:
  - cat
author:
  name: Olya
grant:
  status: granted
  scope: [site]
---
She supervises.
`,
	"inline": `+++
id = "abcd2345"
status = 'pending'
tags = [ "cat", # of cats
  "sun" ]
author = { name = "Olya" }
review = { by = "Lev", on = 2026-01-02, note = "look again" }
+++
Words.
`,
	"listed": `+++
id = "abcd2345"
status = "pending"
alt = "Above"

[author]
name = "Olya"

# the pictures
[[media]]
file = "2.jpg"   # first, for it is better

[[media]]
file = "1.jpg"
alt  = "Listed"

[[award]]
title = "Warmest"
rank = 1
+++
`,
}

// TestAnyDecisionChangesItsLinesOnly: whatever is set, the file then says it, says
// all else as before, and no line is gone but one for each value that changed.
// Undone, it is the same bytes.
func TestAnyDecisionChangesItsLinesOnly(t *testing.T) {
	texts := []string{"", "Plain", `With "quotes" and \ and 'more'`, "Утро: # no comment", "a, b", "true", "2026-01-01", "+++", "---", "[x]", "🐈 = 'cat'", "  spaces  "}
	for name, src := range variants {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{olyaFile: src}
			for i := range 3 {
				files[fmt.Sprintf("content/%s/%d.jpg", olya, i+1)] = photo(i + 3)
			}
			x := set(t, files)
			random := rand.New(rand.NewPCG(7, uint64(len(src))))
			for range 30 {
				before := x.read(olyaFile)
				e := x.server.board.byKey[keyOf(olya)]
				was := readDocument(olyaFile, []byte(before)).fields(e.sub)
				form := x.form(x.get("/piece/" + keyOf(olya)))
				do := []string{"save", "approve", "feature", "decline", "wait", "later"}[random.IntN(6)]
				wanted := maps.Clone(was)
				if status, ok := decisions[do]; ok {
					wanted[fieldStatus] = string(status)
				}
				names := slices.Sorted(maps.Keys(was))
				for range random.IntN(4) {
					field := names[random.IntN(len(names))]
					value := texts[random.IntN(len(texts))]
					switch {
					case field == fieldStatus, strings.HasPrefix(field, fieldAward):
						continue
					case strings.HasPrefix(field, fieldFocus):
						value = []string{"", "0.25 0.5", "1 0"}[random.IntN(3)]
					case strings.HasPrefix(field, fieldCrop):
						value = []string{"", "0.25 0 0.5 1", "0.7 0.1 0.3 0.333"}[random.IntN(3)]
					}
					form.Set(field, value)
					wanted[field] = strings.TrimSpace(value)
					if field == fieldTags {
						wanted[field] = strings.Join(tagsOf(value), ", ")
					}
				}
				form.Set("do", do)
				want(t, x.ask(http.MethodPost, "/piece/"+keyOf(olya), form, nil), http.StatusSeeOther)
				if x.server.said.Bad {
					t.Fatalf("refused: %s\n%v\n%s", x.server.said.Text, form, before)
				}
				after := x.read(olyaFile)
				e = x.server.board.byKey[keyOf(olya)]
				if e == nil {
					t.Fatalf("the file cannot be read any more:\n%s", after)
				}
				got := readDocument(olyaFile, []byte(after)).fields(e.sub)
				if !maps.Equal(got, wanted) {
					t.Fatalf("%s: from\n%s\ncame\n%s\nwhich says %q, not %q", do, before, after, got, wanted)
				}
				changed := 2 // by and on
				for field := range wanted {
					if wanted[field] != was[field] {
						changed++
					}
				}
				if lost := lostLines(before, after); len(lost) > changed {
					t.Fatalf("%d values changed, and %q went: from\n%s\ncame\n%s", changed, lost, before, after)
				}
				if before != after && random.IntN(3) == 0 {
					x.ask(http.MethodPost, "/undo", url.Values{"form": {x.server.form}}, nil)
					if x.read(olyaFile) != before {
						t.Fatalf("undone it is\n%s\nnot\n%s", x.read(olyaFile), before)
					}
				}
			}
		})
	}
}

// lostLines returns the lines of one text that another has not got.
func lostLines(before, after string) []string {
	have := map[string]int{}
	for line := range strings.Lines(after) {
		have[line]++
	}
	var lost []string
	for line := range strings.Lines(before) {
		if have[line]--; have[line] < 0 {
			lost = append(lost, line)
		}
	}
	return lost
}

// TestOrder moves media, and with them what is said of them.
func TestOrder(t *testing.T) {
	src := strings.Replace(pendingMD, "\n[author]", "alt = \"One\"\nfocus = [0.5, 0.25]\n\n[author]", 1)
	x := set(t, map[string]string{olyaFile: src, "content/" + olya + "/1.jpg": photo(3), "content/" + olya + "/2.jpg": photo(4), "content/" + olya + "/3.jpg": photo(5)})
	order := func() (names string) {
		for _, m := range x.server.board.byKey[keyOf(olya)].sub.Media {
			names += m.Name() + " " + m.Text.Alt + focusText(m.Focus) + "; "
		}
		return names
	}
	steps := []struct{ do, alt, wanted string }{
		{"save", "Three", "1.jpg One0.5 0.25; 2.jpg ; 3.jpg Three; "},
		{"up:3.jpg", "Three", "1.jpg One0.5 0.25; 3.jpg Three; 2.jpg ; "},
		{"up:3.jpg", "Three", "3.jpg Three; 1.jpg One0.5 0.25; 2.jpg ; "},
		{"down:3.jpg", "3", "1.jpg One0.5 0.25; 3.jpg 3; 2.jpg ; "},
		{"up:1.jpg", "3", "1.jpg One0.5 0.25; 3.jpg 3; 2.jpg ; "},
		{"down:nothing.jpg", "3", "1.jpg One0.5 0.25; 3.jpg 3; 2.jpg ; "},
	}
	for _, s := range steps {
		want(t, x.decide(olya, s.do, "alt:3.jpg", s.alt), http.StatusSeeOther)
		if got := order(); got != s.wanted {
			t.Fatalf("%s: %s, want %s\n%s", s.do, got, s.wanted, x.read(olyaFile))
		}
	}
}

// TestOrderThatOthersLeanOn is left as it is.
func TestOrderThatOthersLeanOn(t *testing.T) {
	product := "\n[[product]]\nname = \"Pot\"\nx = 0.5\ny = 0.5\n"
	for name, c := range map[string]struct{ more, translation, wanted string }{
		"translation": {"", "+++\nalt = \"Один\"\n+++\n", "Not moved: submission.ru.md has alt text"},
		"product":     {product, "", "Not moved: a product is marked"},
	} {
		t.Run(name, func(t *testing.T) {
			src := strings.Replace(pendingMD, "+++\nMurka", c.more+"+++\nMurka", 1)
			files := map[string]string{olyaFile: src, "content/" + olya + "/1.jpg": photo(3), "content/" + olya + "/2.jpg": photo(4)}
			if c.translation != "" {
				files["content/"+olya+"/submission.ru.md"] = c.translation
			}
			x := set(t, files)
			x.decide(olya, "up:2.jpg")
			if page := x.get("/piece/" + keyOf(olya)); !strings.Contains(page, c.wanted) || x.read(olyaFile) != src {
				t.Errorf("%q is not told, or it was written:\n%s", c.wanted, x.read(olyaFile))
			}
		})
	}
}

func TestAwardsAndEdits(t *testing.T) {
	x := set(t, map[string]string{olyaFile: pendingMD})
	x.decide(olya, "save", "award:0.title", "Warmest", "award:0.rank", "2", "edit.what", "light evened", "edit.agreed", "yes")
	got := x.read(olyaFile)
	for _, text := range []string{"[[award]]\ntitle = \"Warmest\"\nrank = 2\n", "[[edit]]\nwhat = \"light evened\"\nby = \"Vera\"\ndate = 2026-11-22\nagreed = true\n"} {
		if !strings.Contains(got, text) {
			t.Errorf("%q is not in\n%s", text, got)
		}
	}
	x.decide(olya, "save", "award:1.finalist", "yes", "award:0.rank", "")
	got = x.read(olyaFile)
	if strings.Count(got, "[[award]]") != 2 || !strings.Contains(got, "finalist = true") || strings.Contains(got, "rank") {
		t.Errorf("got\n%s", got)
	}
	x.decide(olya, "save", "award:0.gone", "yes")
	if got = x.read(olyaFile); strings.Count(got, "[[award]]") != 1 || strings.Contains(got, "Warmest") {
		t.Errorf("got\n%s", got)
	}
	before := got
	x.decide(olya, "approve", "award:0.rank", "first")
	if page := x.get("/piece/" + keyOf(olya)); !strings.Contains(page, "is no rank") || x.read(olyaFile) != before {
		t.Error("a rank that is none is written, or not told of")
	}
}

func TestNobodyWithoutAuthorIsApproved(t *testing.T) {
	src := "+++\nid = \"abcd2345\"\nstatus = \"pending\"\n+++\nWords.\n"
	x := set(t, map[string]string{olyaFile: src})
	x.decide(olya, "approve")
	if page := x.get("/piece/" + keyOf(olya)); !strings.Contains(page, "Not approved: it has no author.") || x.read(olyaFile) != src {
		t.Error("it was approved, or nothing is told")
	}
	x.decide(olya, "decline")
	if !strings.Contains(x.read(olyaFile), `"declined"`) {
		t.Error("it cannot be declined")
	}
}

// TestWords: every text that a template or the program asks for is there.
func TestWords(t *testing.T) {
	asked := regexp.MustCompile(`\{\{[^}]*?\bt "([^"]+)"|\(t "([^"]+)"\)|\b(?:say|refuse|add)\("([^"]+)"[,)]`)
	names, _ := filepath.Glob("*.go")
	pages, _ := filepath.Glob("page/*.html")
	n := 0
	for _, name := range append(names, pages...) {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range asked.FindAllStringSubmatch(string(src), -1) {
			n++
			key := m[1] + m[2] + m[3]
			if !hasWord(key) && !hasWord("held."+key+".text") && !hasWord("note."+key) {
				t.Errorf("%s asks for %q, which nobody has written", name, key)
			}
		}
	}
	if n < 150 {
		t.Errorf("only %d are found", n)
	}
	for _, prefix := range []string{"state.", "explain.", "empty."} {
		for _, s := range states {
			if !hasWord(prefix + string(s)) {
				t.Errorf("there is no %q", prefix+string(s))
			}
		}
	}
}
