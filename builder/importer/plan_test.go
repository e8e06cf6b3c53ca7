package importer

import (
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// newSite is a site with a gallery that has a call.
func newSite() fstest.MapFS {
	return fstest.MapFS{
		"content/morning/gallery.md": &fstest.MapFile{Data: []byte("+++\ntitle = \"Morning\"\n[call]\nscope = [\"site\", \"feed\"]\nmonths = 24\nterms = \"2026-10\"\n+++\n")},
	}
}

// table is an input of one file.
func table(name, text string) Input {
	return Input{Name: name, File: name, FS: fstest.MapFS{name: &fstest.MapFile{Data: []byte(text)}}}
}

// photos is a folder with files of these names, each another picture.
func photos(names ...string) Input {
	fsys := fstest.MapFS{}
	for _, name := range names {
		fsys[name] = &fstest.MapFile{Data: []byte("\xff\xd8\xff\xe0" + name)}
	}
	return Input{Name: "photos", FS: fsys}
}

// run imports into a site, and writes it.
func run(t *testing.T, site fstest.MapFS, ask Ask) (*Plan, problem.List) {
	t.Helper()
	content, _, _, err := source.Read(t.Context(), site, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ask.Gallery, ask.Salt = "morning", "a salt that only the tests know"
	ask.Options.Lang, ask.Options.Languages = "en", []string{"en", "ru"}
	if ask.Options.Zone == nil {
		ask.Options.Zone = time.UTC
	}
	plan, probs, err := MakePlan(t.Context(), site, content, ask)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range plan.Files {
		site[f.Path] = &fstest.MapFile{Data: f.Data}
	}
	for _, folder := range slices.Concat(plan.Folders, plan.Completed) {
		for _, f := range folder.Files {
			data := f.Data
			if f.Open != nil {
				data = readOpen(t, f)
			}
			name := path.Join(folder.Dir, f.Path)
			if old := site[name]; old != nil && f.Path != "submission.md" {
				t.Errorf("%s is written over", name)
			}
			site[name] = &fstest.MapFile{Data: data}
		}
	}
	return plan, probs
}

func readOpen(t *testing.T, f File) []byte {
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// texts returns a site as text.
func texts(site fstest.MapFS) map[string]string {
	all := map[string]string{}
	for name, f := range site {
		all[name] = string(f.Data)
	}
	return all
}

// answerRows are answers as Google Forms gives them: several in one second, some
// with files of one name, some without anything.
func answerRows(r *rand.Rand, n, from int) (rows, files []string) {
	for i := from; i < from+n; i++ {
		at := time.Date(2026, 9, 1+r.IntN(8), 1+r.IntN(11), from%59, r.IntN(2), 0, time.UTC) // forms only add later ones
		name := []string{"Olya", "Lev", "Nelli", "Оля", "=cmd", "a \"b\"\nc", ""}[r.IntN(7)]
		photo := ""
		if r.IntN(3) > 0 {
			photo = fmt.Sprintf("IMG_%d.jpg", i)
			if r.IntN(5) > 0 {
				files = append(files, photo)
			}
		}
		consent := []string{"Yes", "No", "Yes, but not my name", "Yes, My name too", ""}[r.IntN(5)]
		cells := []string{at.Format("2006/01/02 3:04:05 PM") + " GMT+3", name, fmt.Sprintf("p%d@mail.example", i), photo, fmt.Sprintf("Story %d, *so*", i), consent}
		for at, c := range cells {
			cells[at] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		rows = append(rows, strings.Join(cells, ","))
	}
	return rows, files
}

const answerHeader = "Timestamp,What is your name?,Email address,Upload your photo,Tell us your story,Do you agree that we show your photo?\n"

// TestImportAgain: importing twice is importing once, whatever the order of the
// rows; what is new is added; what people edited, moved and withdrew stays.
func TestImportAgain(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 7))
		rows, files := answerRows(r, 25, 0)
		more, moreFiles := answerRows(r, 10, 25)
		ask := func(rows, files []string) Ask {
			rows = slices.Clone(rows)
			r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			return Ask{Inputs: []Input{table("a.csv", answerHeader+strings.Join(rows, "\n")+"\n")}, Media: []Input{photos(files...)},
				Options: Options{Accept: []string{"Yes"}}}
		}
		site := newSite()
		run(t, site, ask(rows, files))
		once := texts(site)
		plan, _ := run(t, site, ask(rows, files))
		if again := texts(site); !maps.Equal(once, again) || len(plan.Folders)+len(plan.Files) > 0 {
			t.Fatalf("seed %d: importing again changes the site: %d new", seed, len(plan.Folders))
		}
		edited := editSite(t, r, site)
		_, _ = run(t, site, ask(slices.Concat(rows, more), slices.Concat(files, moreFiles)))
		for name, text := range edited {
			if now := site[name]; now == nil || string(now.Data) != text {
				t.Fatalf("seed %d: %s was changed", seed, name)
			}
		}
		all := texts(site)
		plan, _ = run(t, site, ask(slices.Concat(rows, more), slices.Concat(files, moreFiles)))
		if !maps.Equal(all, texts(site)) || len(plan.Folders) > 0 {
			t.Fatalf("seed %d: what was added is added again", seed)
		}
		counts(t, site, seed, len(rows)+len(more))
	}
}

// editSite does what people do: edits some submissions, moves some, withdraws
// some, and breaks one. It returns what must stay.
func editSite(t *testing.T, r *rand.Rand, site fstest.MapFS) map[string]string {
	t.Helper()
	var heads []string
	for name := range site {
		if path.Base(name) == "submission.md" {
			heads = append(heads, name)
		}
	}
	slices.Sort(heads)
	for _, name := range heads {
		dir, text := path.Dir(name), string(site[name].Data)
		switch r.IntN(6) {
		case 0:
			text = strings.Replace(text, `status   = "pending"`, `status   = "declined"`, 1) + "An edit.\n"
		case 1:
			text = "+++\nid = \"" + text[strings.Index(text, `"`)+1:][:idLen] + "\"\nstatus = \"withdrawn\"\n[withdrawal]\ndate = 2026-10-01\n+++\n"
			for f := range site {
				if path.Dir(f) == dir {
					delete(site, f)
				}
			}
		case 2:
			text = strings.Replace(text, "status   =", "status   ==", 1) // nobody can read it now
		case 3:
			for f, data := range maps.Clone(site) {
				if path.Dir(f) == dir {
					site["content/morning/moved/"+path.Base(dir)+"/"+path.Base(f)] = data
					delete(site, f)
				}
			}
			continue
		}
		site[name] = &fstest.MapFile{Data: []byte(text)}
	}
	delete(site, "content/morning/import.toml.bak")
	stay := texts(site)
	delete(stay, source.ContactsFile)           // is added to
	delete(stay, "content/morning/import.toml") // may get answers
	return stay
}

// counts holds that each row is one submission, and that nobody agreed to what
// they did not.
func counts(t *testing.T, site fstest.MapFS, seed uint64, want int) {
	n := 0
	for name, f := range site {
		text := string(f.Data)
		if path.Base(name) != "submission.md" {
			continue
		}
		n++
		if strings.Contains(text, "mail.example") {
			t.Errorf("seed %d: %s holds an address", seed, name)
		}
	}
	if n != want {
		t.Errorf("seed %d: %d submissions of %d rows", seed, n, want)
	}
}

// TestShards: past a thousand, folders of years and months; what is there stays.
func TestShards(t *testing.T) {
	site := newSite()
	rows, _ := answerRows(rand.New(rand.NewPCG(1, 1)), 900, 0)
	more, _ := answerRows(rand.New(rand.NewPCG(2, 1)), 200, 900)
	ask := func(rows []string) Ask {
		return Ask{Inputs: []Input{table("a.csv", answerHeader+strings.Join(rows, "\n"))}, Options: Options{Accept: []string{"Yes"}}}
	}
	run(t, site, ask(rows))
	plan, _ := run(t, site, ask(slices.Concat(rows, more)))
	if len(plan.Folders) != 200 {
		t.Errorf("%d new", len(plan.Folders))
	}
	shards, flat := 0, 0
	for name := range site {
		if ok, _ := path.Match("content/morning/2026/0?/*/submission.md", name); ok {
			shards++
		}
		if ok, _ := path.Match("content/morning/*/submission.md", name); ok {
			flat++
		}
	}
	if shards != 200 || flat != 900 {
		t.Errorf("%d in years and months, %d not", shards, flat)
	}
}

// TestWithdrawnFile: a file that somebody took back is left out of another
// answer.
func TestWithdrawnFile(t *testing.T) {
	site := newSite()
	media := photos("cat.jpg", "dog.jpg")
	hash, err := source.HashOf(media.FS, "cat.jpg")
	if err != nil {
		t.Fatal(err)
	}
	site["content/morning/gone/submission.md"] = &fstest.MapFile{Data: []byte("+++\nid = \"gone11\"\nstatus = \"withdrawn\"\n[withdrawal]\ndate = 2026-10-01\noriginals = [\"" + hash + "\"]\n+++\n")}
	plan, probs := run(t, site, Ask{Inputs: []Input{table("a.csv", "id,name,photo\n1,Olya,cat.jpg\n2,Lev,dog.jpg\n")}, Media: []Input{media}})
	var files []string
	for _, f := range plan.Folders {
		for _, x := range f.Files[1:] {
			files = append(files, x.Path)
		}
	}
	if !slices.Equal(files, []string{"dog.jpg"}) || !strings.Contains(fmt.Sprint(probs), "somebody took this file back") {
		t.Errorf("%q %v", files, probs)
	}
}

// FuzzFrontMatter: whatever answers say, submission.md reads as they do.
func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{"Olya", "a \"b\" \\ c", "+++", "line\nline", "\t\x00\u202e", "---", "''' \"\"\"", "@olya", "="} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, name, story string) {
		name, story = strings.ToValidUTF8(name, ""), strings.ToValidUTF8(story, "")
		if len(name)+len(story) > 2000 {
			return
		}
		quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
		site := newSite()
		plan, _ := run(t, site, Ask{Inputs: []Input{table("a.csv", "id,name,story\n1,"+quote(name)+","+quote(story)+"\n")}})
		content, _, probs, err := source.Read(t.Context(), site, source.Options{})
		if err != nil || len(plan.Folders) != 1 || len(content.Galleries[0].Submissions) != 1 {
			t.Fatalf("%d planned, %v, %v", len(plan.Folders), probs, err)
		}
		s := content.Galleries[0].Submissions[0]
		want := strings.Join(strings.Fields(cleanCell(name)), " ")
		got := ""
		if len(s.Authors) > 0 {
			got = strings.Join(strings.Fields(s.Authors[0].Name), " ")
		}
		if got != want {
			t.Errorf("the name %q is read as %q", want, got)
		}
		if s.Status != "pending" || s.Grant.Status != "none" {
			t.Errorf("status %q, grant %q", s.Status, s.Grant.Status)
		}
	})
}
