package review

import (
	"net/http"
	"strings"
	"testing"
)

// TestCrop: four numbers of the form become one line of the file, with the picture
// where there are several, and go again; others are refused in a sentence, and the
// file stays as it was.
func TestCrop(t *testing.T) {
	one := map[string]string{olyaFile: pendingMD, "content/" + olya + "/1.jpg": photo(3)}
	several := map[string]string{olyaFile: pendingMD, "content/" + olya + "/1.jpg": photo(3), "content/" + olya + "/2.jpg": photo(4)}
	for _, c := range []struct {
		name   string
		files  map[string]string
		field  string
		values [4]string
		wanted string // added to the file; "" = refused
	}{
		{"one", one, "crop:1.jpg", [4]string{"0.25", "0", "0.5", "1"}, "crop     = [0.25, 0.0, 0.5, 1.0]\n"},
		{"commas", one, "crop:1.jpg", [4]string{" 0,25", "0", "0,5", "1"}, "crop     = [0.25, 0.0, 0.5, 1.0]\n"},
		{"digits", one, "crop:1.jpg", [4]string{"0.33333", "0", "0.66667", "0.5"}, "crop     = [0.333, 0.0, 0.667, 0.5]\n"},
		{"several", several, "crop:2.jpg", [4]string{"0.25", "0", "0.5", "1"}, "\n[[media]]\nfile = \"1.jpg\"\n\n[[media]]\nfile = \"2.jpg\"\ncrop = [0.25, 0.0, 0.5, 1.0]\n"},
		{"first", several, "crop:1.jpg", [4]string{"0.25", "0", "0.5", "1"}, "\n[[media]]\nfile = \"1.jpg\"\ncrop = [0.25, 0.0, 0.5, 1.0]\n"},
		{"three", one, "crop:1.jpg", [4]string{"0.25", "", "0.5", "1"}, ""},
		{"words", one, "crop:1.jpg", [4]string{"left", "0", "0.5", "1"}, ""},
		{"pixels", one, "crop:1.jpg", [4]string{"10", "0", "50", "1"}, ""},
		{"beyond", one, "crop:1.jpg", [4]string{"0.6", "0", "0.5", "1"}, ""},
		{"thin", one, "crop:1.jpg", [4]string{"0.6", "0", "0.05", "1"}, ""},
		{"nan", one, "crop:1.jpg", [4]string{"nan", "0", "0.5", "1"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := set(t, c.files)
			form := x.form(x.get("/piece/" + keyOf(olya)))
			form[c.field] = c.values[:]
			form.Set("do", "save")
			want(t, x.ask(http.MethodPost, "/piece/"+keyOf(olya), form, nil), http.StatusSeeOther)
			got := x.read(olyaFile)
			if c.wanted == "" {
				if got != pendingMD || !strings.Contains(x.server.said.Text, "is no crop") {
					t.Errorf("%q and\n%s", x.server.said.Text, got)
				}
				return
			}
			if len(lostLines(pendingMD, got)) > 0 || !strings.Contains(got, c.wanted) || len(got) != len(pendingMD)+len(c.wanted) {
				t.Fatalf("got\n%s", got)
			}
			page := x.get("/piece/" + keyOf(olya))
			if !strings.Contains(page, "It is cropped, and the author has not agreed.") {
				t.Error("nobody says that the author must agree")
			}
			form = x.form(page)
			if form.Set("do", "save"); strings.Join(form[c.field], " ") != form.Get("was."+c.field) {
				t.Errorf("the form has %q and was %q", form[c.field], form.Get("was."+c.field))
			}
			x.ask(http.MethodPost, "/piece/"+keyOf(olya), form, nil) // nothing is changed
			if x.read(olyaFile) != got {
				t.Errorf("saved as it was, it is\n%s", x.read(olyaFile))
			}
			form[c.field] = []string{"", "", "", ""}
			want(t, x.ask(http.MethodPost, "/piece/"+keyOf(olya), form, nil), http.StatusSeeOther)
			if strings.Contains(x.read(olyaFile), "crop") {
				t.Errorf("taken back, it is\n%s", x.read(olyaFile))
			}
		})
	}
}

// TestCroppedPictures: the sheet and the preview show what is published, the large
// view all of it.
func TestCroppedPictures(t *testing.T) {
	src := strings.Replace(pendingMD, "\n[author]", "crop = [0, 0, 0.5, 1]\n\n[author]", 1)
	x := set(t, map[string]string{olyaFile: src, "content/" + olya + "/1.jpg": photo(3)})
	if sheet := x.get("/"); !strings.Contains(sheet, "/0/shown?v=") || strings.Contains(sheet, "/0/tile?v=") {
		t.Error("the sheet shows the whole picture")
	}
	sizes := map[string]int{}
	for _, size := range []string{"tile", "shown", "large"} {
		w := x.ask(http.MethodGet, "/picture/"+keyOf(olya)+"/0/"+size, nil, nil)
		want(t, w, http.StatusOK)
		sizes[size] = w.Body.Len()
	}
	if sizes["shown"] >= sizes["tile"] {
		t.Errorf("bytes: %v", sizes)
	}
	page := x.get("/piece/" + keyOf(olya))
	for _, wanted := range []string{`M0 0h50v100h-50z`, `<svg x="0%" y="0%" width="50%" height="100%"`, "/0/shown?v=", "/0/large?v="} {
		if !strings.Contains(page, wanted) {
			t.Errorf("the page has no %s", wanted)
		}
	}
}
