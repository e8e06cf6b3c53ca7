package importer

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/problem"
	"gallerist/builder/source"
)

// toldOf returns all that a plan tells, refusals too.
func toldOf(t *testing.T, site fstest.MapFS, ask Ask) string {
	t.Helper()
	content, _, _, err := source.Read(t.Context(), site, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if ask.Gallery == "" {
		ask.Gallery = "morning"
	}
	ask.Salt = "a salt that only the tests know"
	_, probs, err := MakePlan(t.Context(), site, content, ask)
	text := fmt.Sprint(probs)
	var not *Refusal
	if errors.As(err, &not) {
		text += not.Text
	} else if err != nil {
		t.Fatal(err)
	}
	return text
}

// brokenFS has pictures that cannot be read.
type brokenFS struct{ fstest.MapFS }

func (b brokenFS) Open(name string) (fs.File, error) {
	if path.Ext(name) == ".jpg" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return b.MapFS.Open(name)
}

// TestTold: what is told of what a script cannot make, or only slowly.
func TestTold(t *testing.T) {
	one := []Input{table("a.csv", "id,name,email,photo\n1,Olya,olya@mail.example,cat.jpg\n")}
	with := func(name, text string) fstest.MapFS {
		site := newSite()
		site[name] = &fstest.MapFile{Data: []byte(text)}
		return site
	}
	linked := func(name string) fstest.MapFS {
		site := newSite()
		site[name] = &fstest.MapFile{Mode: fs.ModeSymlink | 0o777, Data: []byte("elsewhere")}
		return site
	}
	many := fstest.MapFS{}
	for i := range maxItems + 1 {
		many[fmt.Sprint(i)] = &fstest.MapFile{}
	}
	for want, got := range map[string]string{
		"a text of 40 kB is longer than 32 kB, so this row is left out":          toldOf(t, newSite(), Ask{Inputs: []Input{table("a.csv", "id,story\n1,"+strings.Repeat("x", 40<<10)+"\n")}}),
		"it cannot be read, so it is left out":                                   toldOf(t, newSite(), Ask{Inputs: one, Media: []Input{{Name: "photos", FS: brokenFS{photos("cat.jpg").FS.(fstest.MapFS)}}}}),
		"more than 200000 files: from here on nothing is looked at":              toldOf(t, newSite(), Ask{Inputs: one, Media: []Input{{Name: "photos", FS: many}}}),
		"the site has no gallery to import into":                                 toldOf(t, fstest.MapFS{"content/about.md": &fstest.MapFile{Data: []byte("Hello")}}, Ask{Inputs: one}),
		"content/morning/import.toml is not a regular file, so it is not opened": toldOf(t, linked("content/morning/import.toml"), Ask{Inputs: one}),
		`unknown time zone "Mars" in content/morning/import.toml`:                toldOf(t, with("content/morning/import.toml", "salt = \"0123456789abcdef\"\nzone = \"Mars\"\n"), Ask{Inputs: one}),
		`nobody can tell what "nothing" is`:                                      toldOf(t, newSite(), Ask{Inputs: []Input{{Name: "nothing", FS: fstest.MapFS{}}}}),
		"private/contacts.csv is not a regular file, or too large":               toldOf(t, linked("private/contacts.csv"), Ask{Inputs: one}),
		"private/contacts.csv cannot be added to: there is no column id":         toldOf(t, with("private/contacts.csv", "who,where\na,b\n"), Ask{Inputs: one}),
		"there is not one table in it, but none or several":                      toldOf(t, newSite(), Ask{Kind: "csv", Inputs: []Input{{Name: "none", FS: fstest.MapFS{}}}}),
		"1 person said \"Perhaps\" to \"Do you agree?\", which is not an accepted answer, so nothing is taken for granted": toldOf(t,
			with("content/morning/import.toml", "salt = \"0123456789abcdef\"\n[columns]\n\"Do you agree?\" = \"consent\"\n"),
			Ask{Inputs: []Input{table("a.csv", "id,Do you agree?\n1,Perhaps\n")}}),
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not told, but %.300q", want, got)
		}
	}
	var probs problem.List
	ReadTable(problem.Pos{File: "t"}, []byte("a\n"+strings.Repeat("1\n", maxRows+1)), &probs)
	if len(probs) != 1 || probs[0].Text != "more than 200000 rows: from here on nothing is read" {
		t.Errorf("%.300q", fmt.Sprint(probs))
	}
}

// TestSameSecond: an answer whose second was another's alone before is not lost,
// and told.
func TestSameSecond(t *testing.T) {
	site := newSite()
	head, a, b := "Timestamp,Name\n", "2026/09/27 3:00:00 PM GMT+3,Olya\n", "2026/09/27 3:00:00 PM GMT+3,Lev\n"
	run(t, site, Ask{Inputs: []Input{table("a.csv", head+a)}})
	plan, probs := run(t, site, Ask{Inputs: []Input{table("a.csv", head+a+b)}})
	if want := "several answers of the same second, of which one was imported before: this one may be there twice now"; len(plan.Folders) != 2 || !strings.Contains(fmt.Sprint(probs), want) {
		t.Errorf("%d new, %v", len(plan.Folders), probs)
	}
}
