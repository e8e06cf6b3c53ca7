package builder

import (
	"context"
	"encoding/csv"
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
