package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gallerist/builder"
	"gallerist/builder/media"
)

// TestServeStyleguide: the preview shows the theme piece by piece where it is asked
// to, with the site's own partials, and no build makes a site of it.
func TestServeStyleguide(t *testing.T) {
	s := startServing(t, serving{bind: "127.0.0.1", styleguide: true})
	s.prints("its theme, piece by piece, is at " + s.url + "_styleguide/\n")
	s.prints("built")
	code, page := s.get("_styleguide/")
	for _, want := range []string{
		`lang="en"`, `href="/_styleguide/ar/"`, "--ink on --paper<br>", "Photo by Mila, Bristol", "Llanfairpwllgwyngyll", "Nothing here yet",
		"three credits", "photo 0.4<", "photo 3.5<", "--tint-1",
	} {
		if code != 200 || !strings.Contains(page, want) {
			t.Errorf("%d, the style guide lacks %q", code, want)
		}
	}
	picture := regexp.MustCompile(`src="/(_styleguide/media/[^"]+)"`).FindStringSubmatch(page)
	if picture == nil {
		t.Fatal("no picture in it")
	}
	if code, svg := s.get(picture[1]); code != 200 || !strings.HasPrefix(svg, "<svg") {
		t.Errorf("its picture: %d %.40q", code, svg)
	}
	if code, page := s.get("_styleguide/ar/"); code != 200 || !strings.Contains(page, `dir="rtl"`) {
		t.Errorf("in Arabic: %d", code)
	}

	own := filepath.Join(s.dir, "partials", "credit.html")
	if err := os.MkdirAll(filepath.Dir(own), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(own, []byte("<em>made by {{.CreditLine}}</em>"), 0o644); err != nil {
		t.Fatal(err)
	}
	for page = ""; !strings.Contains(page, "<em>made by Photo by Mila, Bristol</em>"); _, page = s.get("_styleguide/") {
		if s.ctx.Err() != nil {
			t.Fatal("the style guide never follows an edit")
		}
	}

	plain := startServing(t, serving{bind: "127.0.0.1"})
	plain.prints("built")
	if code, _ := plain.get("_styleguide/"); code != 404 {
		t.Errorf("not asked for: %d", code)
	}
	r, _, err := builder.Build(t.Context(), os.DirFS(s.dir), builder.Options{
		Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Cache: media.MemStore(), Styleguide: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"_styleguide/index.html", "_styleguide/en/index.html"} {
		if _, there := r.Set.Lookup(path); there {
			t.Errorf("a build has %s", path)
		}
	}
}
