package builder

import (
	"context"
	"encoding/csv"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"gallerist/builder/media"
)

// exported makes an export of a folder: its files by name, and what it told.
func exported(t *testing.T, r *Result, ask ExportAsk) (map[string]string, *Export) {
	t.Helper()
	e, err := r.Export(ask)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range e.Set.Files() {
		files[f.Path] = open(t, f.Open)
	}
	if probs := e.Set.Problems(); len(probs) > 0 {
		t.Errorf("the files of the export: %v", probs)
	}
	return files, e
}

// TestExport: a piece is exported where it is published and its permission
// covers the use, and else it is told why not. Pictures are those of the site,
// never originals, and say whose they are.
func TestExport(t *testing.T) {
	folder := testFolder()
	scopes := addScopes(folder, []string{"site", "social", "print"})
	original := map[string]bool{}
	for name, f := range folder {
		if path.Ext(name) == ".jpg" {
			original[string(f.Data)] = true
		}
	}
	site, _, r := buildFolder(t, folder)
	onSite := map[string]bool{}
	for name, data := range site {
		onSite[data] = strings.HasPrefix(name, "m/")
	}
	for _, use := range ExportUses {
		files, e := exported(t, r, ExportAsk{Use: use})
		table, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(files[exportCSV], "\ufeff"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for id, list := range scopes {
			in := slices.ContainsFunc(e.Pieces, func(p ExportPiece) bool { return p.ID == id })
			told := slices.ContainsFunc(e.Left, func(l ExportLeft) bool { return l.ID == id && l.Why != "" })
			want := slices.Contains(list, "site") && slices.Contains(list, use)
			inTable := slices.ContainsFunc(table, func(row []string) bool { return row[1] == id })
			if in != want || told == want || inTable != want || strings.Contains(files[exportText], id+"/") != want {
				t.Errorf("%s, %v: exported %v, told %v, in the table %v", use, list, in, told, inTable)
			}
		}
		for name, data := range files {
			if path.Ext(name) != ".jpg" {
				continue
			}
			if original[data] {
				t.Errorf("%s: %s is an original", use, name)
			}
			if !onSite[data] {
				t.Errorf("%s: %s is not on the site", use, name)
			}
			if !strings.Contains(data, "Фото: Имя") && !strings.Contains(data, "Фото от") {
				t.Errorf("%s: %s does not say whose it is", use, name)
			}
		}
	}
	if _, err := r.Export(ExportAsk{Use: "social", Gallery: "mornin"}); err == nil {
		t.Error("there is a gallery that is not there")
	}
}

// TestExportLater: what has not been made is made for the export, as the site's.
func TestExportLater(t *testing.T) {
	folder := testFolder()
	addScopes(folder, []string{"site", "social"})
	_, _, built := buildFolder(t, folder)
	later, _, err := Preview(context.Background(), folder, Options{Now: testNow, Secret: testSecret, Cache: media.MemStore()})
	if err != nil {
		t.Fatal(err)
	}
	a, _ := exported(t, built, ExportAsk{Use: "social"})
	b, _ := exported(t, later, ExportAsk{Use: "social"})
	sameFiles(t, "built and not built", a, b)
	if a["morning-scope-11-1.jpg"] == "" {
		t.Error("nothing is exported")
	}
}

// TestExportOfClips: a film goes out as the site shows it, with its captions, and
// in print as its picture; a recording is not printed, nor is a film that is
// elsewhere anywhere to be had.
func TestExportOfClips(t *testing.T) {
	widen := func(md string) string {
		return strings.Replace(md, `["site", "feed", "embed"]`, `["site", "social", "print"]`, 1)
	}
	folder := testFolder()
	put := func(name string, data []byte) { folder["content/morning/"+name] = textFile(string(data)) }
	put("film/submission.md", []byte(widen(submission("film11", "Нина", "approved", 12, "", ""))))
	put("film/walk.mov", sampleFilm(t, "h264.mov"))
	put("film/walk.jpg", photo(6, 120, 90))
	put("film/walk.en.vtt", []byte("WEBVTT\n\n00:01.000 --> 00:02.000\nMeow\n"))
	put("sound/submission.md", []byte(widen(submission("sound1", "Рита", "approved", 13, "", ""))))
	put("sound/hum.mp3", sampleFilm(t, "tags.mp3"))
	put("away/submission.md", []byte(widen(submission("away11", "Вера", "approved", 14, "", ""))))
	put("away/submission.md", []byte(strings.Replace(string(folder["content/morning/away/submission.md"].Data), "\n[author]", "\n[[media]]\nlink = \"https://vimeo.com/123\"\n\n[author]", 1)))
	site, _, r := buildFolder(t, folder)
	for use, want := range map[string][]string{
		"social": {"morning-film-1.en.vtt", "morning-film-1.mp4", "morning-sound-1.mp3"},
		"print":  {"morning-film-1.jpg"},
	} {
		files, e := exported(t, r, ExportAsk{Use: use})
		var names []string
		for name, data := range files {
			if strings.HasPrefix(name, "credits.") {
				continue
			}
			names = append(names, name)
			if !slices.Contains(slices.Collect(maps.Values(site)), data) {
				t.Errorf("%s: %s is not as on the site", use, name)
			}
		}
		if slices.Sort(names); !slices.Equal(names, want) {
			t.Errorf("%s: exported %v, want %v", use, names, want)
		}
		for id, why := range map[string]string{"away11": "the film is on Vimeo", "sound1": "cannot be printed"} {
			told := slices.ContainsFunc(e.Left, func(l ExportLeft) bool { return l.ID == id && strings.Contains(l.Why, why) })
			if !told && (use == "print" && id == "sound1" || use == "social" && id == "away11") {
				t.Errorf("%s: nobody is told why %s is left out: %v", use, id, e.Left)
			}
		}
	}
}
