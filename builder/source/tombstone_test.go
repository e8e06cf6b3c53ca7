package source

import (
	"context"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf16"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// withSubmission is a site of one gallery with one submission and what else is
// in its folder.
func withSubmission(text string, more fstest.MapFS) fstest.MapFS {
	site := fstest.MapFS{
		"content/g/gallery.md":      {Data: []byte("+++\ntitle = \"G\"\n+++\n")},
		"content/g/x/submission.md": {Data: []byte(text)},
	}
	maps.Copy(site, more)
	return site
}

// onlySubmission reads a site of one submission.
func onlySubmission(t *testing.T, site fstest.MapFS) (*gallery.Submission, problem.List) {
	t.Helper()
	content, _, probs, err := Read(context.Background(), site, testOptions)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range content.Broken {
		return s, probs
	}
	for _, g := range content.Galleries {
		for _, s := range g.Submissions {
			return s, probs
		}
	}
	return nil, probs
}

// FuzzTombstone holds that what a withdrawal leaves can be read, says nothing but
// what it should, and is left alone by a second withdrawal.
func FuzzTombstone(f *testing.F) {
	for _, seed := range []string{
		"+++\nid = \"olya11\"\nreceived = 2026-11-02T08:14:00+03:00 # by mail\nstatus = \"approved\"\n[author]\nname = \"Olya\"\n+++\nWords.\n",
		"---\r\nid: olya11\r\nreceived: 2026-11-02\r\npublished: 2026-11-03\r\nstatus: featured\r\nauthor:\r\n  name: Olya\r\n---\r\nWords.\r\n",
		"\ufeff+++\nid = \"1e5-\"\npublished = 2026-11-02T08:14:00Z\nreceived = 2026-11-01 08:14:00\nstatus = \"declined\"\n+++\n",
		"---\nid: \"null\"\nreceived: \"2026-11-02\"\nstatus: pending\n---\nreceived: 2020-01-01\n",
		"+++\nid = \"torn11\"\nstatus = \"wrong\"\nemail = \"a@b.example\"\n[withdrawal]\nunfinished = \"x\"\n+++\n",
		"+++\nid = \"half11\"\nstatus = \"withdrawn\"\n[withdrawal]\ndate = 2026-11-20\nunfinished = \"2026-11-20-half11\"\n+++\n",
	} {
		f.Add(seed)
	}
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, testOptions.Zone)
	f.Fuzz(func(t *testing.T, text string) {
		site := withSubmission(text, fstest.MapFS{"content/g/x/1.jpg": {Data: []byte("\xff\xd8\xff\xe0")}, "content/g/x/submission.ru.md": {Data: []byte("+++\n+++\n")}})
		s, _ := onlySubmission(t, site)
		if s == nil || s.ID == "" {
			return
		}
		w, err := TakeBack(site, s, Tombstone{Folder: "2026-11-02-" + s.ID, Slug: s.Slug, Published: s.Published, Date: day})
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range w.Steps {
			switch step.Do {
			case "write":
				site[step.Path] = &fstest.MapFile{Data: step.Data}
			case "delete":
				delete(site, step.Path)
			case "rename":
				for name, file := range maps.Clone(site) {
					if rest, below := strings.CutPrefix(name, step.Path+"/"); below {
						delete(site, name)
						site[step.To+"/"+rest] = file
					}
				}
			}
		}
		left, probs := onlySubmission(t, site)
		if left == nil || left.Status != gallery.Withdrawn || left.ID != s.ID || left.Withdrawal.Unfinished != "" || len(left.Withdrawal.Originals) == 0 {
			t.Fatalf("what is left is %+v: %v\n%s", left, probs, site[left.File].Data)
		}
		if !left.Received.Equal(s.Received) || !left.Published.Equal(s.Published) || left.Slug != s.Slug || s.Withdrawal.Date.IsZero() && !left.Withdrawal.Date.Equal(day) {
			t.Errorf("%v %v %v %q is left of %v %v %q\n%s", left.Received, left.Published, left.Withdrawal.Date, left.Slug, s.Received, s.Published, s.Slug, site[left.File].Data)
		}
		for _, p := range probs {
			if strings.HasPrefix(p.Pos.File, "content/g/2026") && !strings.Contains(p.Text, "lies in the future") {
				t.Errorf("%s\n%s", p, site[left.File].Data)
			}
		}
		if len(left.Authors)+len(left.Media)+len(left.In)+len(left.Private) > 0 || left.Text.Title+left.Text.Body != "" {
			t.Errorf("too much is left: %s", site[left.File].Data)
		}
		if crlf := strings.Contains(text, "---\r\n"); crlf != strings.Contains(string(site[left.File].Data), "\r") && strings.HasPrefix(text, "---\r\n") {
			t.Errorf("other line ends: %q", site[left.File].Data)
		}
		again, err := TakeBack(site, left, Tombstone{Folder: "2026-11-02-" + s.ID, Slug: left.Slug, Published: left.Published, Date: day.AddDate(1, 0, 0)})
		if err != nil || len(again.Steps) > 0 {
			t.Errorf("a second withdrawal: %v, %+v", err, again)
		}
	})
}

// TestOriginals holds what counts as sent: pictures and films by their names,
// whatever is in them, and what Git LFS keeps elsewhere by its own hash.
func TestOriginals(t *testing.T) {
	oid := strings.Repeat("ab", 32)
	site := withSubmission("+++\nid = \"olya11\"\nstatus = \"pending\"\n+++\n", fstest.MapFS{
		"content/g/x/1.jpg":            {Data: []byte("version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize 12345\n")},
		"content/g/x/broken.png":       {Data: []byte("no picture")},
		"content/g/x/film.vtt":         {Data: []byte("WEBVTT\n")},
		"content/g/x/submission.ru.md": {Data: []byte("+++\n+++\n")},
		"content/g/x/notes.txt":        {Data: []byte("Call her.")},
		"content/g/x/.hidden":          {Data: []byte("x")},
		"content/g/x/README.md":        {Data: []byte("x")},
		"content/g/x/more/2.jpg":       {Data: []byte("x")},
	})
	s, _ := onlySubmission(t, site)
	w, err := TakeBack(site, s, Tombstone{Folder: "x", Date: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Originals) != 2 || w.Originals[0] != oid && w.Originals[1] != oid {
		t.Errorf("sent: %v, want two", w.Originals)
	}
	var gone []string
	for _, step := range w.Steps {
		if step.Do == "delete" {
			gone = append(gone, step.Path)
		}
	}
	if got := strings.Join(gone, " "); got != "content/g/x/1.jpg content/g/x/broken.png content/g/x/film.vtt content/g/x/notes.txt content/g/x/submission.ru.md" {
		t.Errorf("deleted: %s", got)
	}
	if got := strings.Join(w.Stay, " "); got != "content/g/x/.hidden content/g/x/README.md content/g/x/more" {
		t.Errorf("left: %s", got)
	}
}

// TestKept holds where the private folder is looked through, whatever encoding a
// spreadsheet chose.
func TestKept(t *testing.T) {
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune("id;email\nolya11;a@b.example\n")) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	site := fstest.MapFS{
		"private/contacts.csv":       {Data: wide},
		"private/thanked.csv":        {Data: []byte("id,date\n\"lev111\",\"a\nb\"\nolya11,2026-11-20\nolya111,2026\n")},
		"private/thanks/olya11.txt":  {Data: []byte("Thank you")},
		"private/thanks/letters.csv": {Data: []byte("name,id\nOlya,olya11\n")},
		"private/secret":             {Data: []byte("olya11")},
	}
	var got []string
	for _, k := range KeptOf(site, "olya11") {
		got = append(got, problem.Pos{File: k.File, Line: k.Line}.String())
	}
	if text := strings.Join(got, " "); text != "private/contacts.csv:2 private/thanked.csv:4 private/thanks/letters.csv:2 private/thanks/olya11.txt" {
		t.Error(text)
	}
}
