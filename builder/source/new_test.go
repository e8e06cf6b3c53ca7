package source

import (
	"context"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// starter is what the command embeds.
var starter = os.DirFS("../../cmd/gallerist/starter")

var now = time.Date(2026, 11, 2, 8, 14, 0, 0, time.FixedZone("", 3*60*60))

func put(t *testing.T, site fstest.MapFS, files []NewFile, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if site[f.Path] != nil || !fs.ValidPath(f.Path) {
			t.Errorf("%s is written twice, or outside", f.Path)
		}
		site[f.Path] = &fstest.MapFile{Data: f.Data}
	}
}

// TestNew writes a site, a gallery and a submission, and reads them without
// an error.
func TestNew(t *testing.T) {
	site := fstest.MapFS{}
	files, err := NewSite(starter, `The "Cup" \ Çay`)
	put(t, site, files, err)
	files, err = NewGallery(site, starter, "spring/street", "Spring on \"our\" street")
	put(t, site, files, err)
	files, err = NewGallery(site, starter, "content/Чай", "")
	put(t, site, files, err)
	files, err = NewSubmission(site, starter, "spring/street", "olya", "m7q2k4", now)
	put(t, site, files, err)
	files, err = NewSubmission(site, starter, "content/spring/street/may", "olya", "m7q2k5", now)
	put(t, site, files, err)

	for _, name := range []string{"site.toml", ".gitignore", "README.md", "content/about.md"} {
		if site[name] == nil || strings.Contains(string(site[name].Data), "{{") {
			t.Errorf("%s is missing or unfinished", name)
		}
	}
	var probs problem.List
	if conf := strict.TOML("site.toml", site["site.toml"].Data, 1, &probs); conf.Line("title") != `The "Cup" \ Çay` || len(probs) > 0 {
		t.Error(conf.Line("title"), probs)
	}
	read, _, probs, err := Read(context.Background(), site, Options{Now: now.AddDate(1, 0, 0)})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range probs {
		if p.Level != problem.Note {
			t.Error(p)
		}
	}
	titles := ""
	for _, g := range read.Galleries {
		titles += g.Text.Title + "; "
		for _, s := range g.Submissions {
			titles += string(s.Status) + " " + s.ID + "; "
		}
	}
	if want := `Morning with our customers; approved first-cup; Spring on "our" street; pending m7q2k5; pending m7q2k4; Чай; `; titles != want {
		t.Errorf("got  %s\nwant %s", titles, want)
	}
	sample := read.Galleries[0].Submissions[0]
	if _, refused := gallery.Publish(sample, gallery.Policy{Now: now.AddDate(1, 0, 0)}); refused != nil || len(sample.Media) != 1 {
		t.Errorf("the sample is not published: %+v", refused)
	}
}

// TestSubmissionTemplate: what is commented out is right once the # is gone.
func TestSubmissionTemplate(t *testing.T) {
	for _, name := range []string{"submission.md", "gallery.md"} {
		data, err := fs.ReadFile(starter, name)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.NewReplacer("\n# ", "\n", "{{id}}", `"abcd"`, "{{title}}", `"T"`, "{{received}}", "2026-01-01", "\"1.jpg\"", `"a.jpg"`,
			`"id of the submission that stands for the gallery"`, `"abcd"`).Replace(string(data))
		site := fstest.MapFS{
			"content/g/gallery.md":      {Data: []byte("+++\ntitle = \"G\"\n+++\n")},
			"content/g/x/submission.md": {Data: []byte("+++\nid = \"abcd\"\nstatus = \"pending\"\n+++\n")},
			"content/g/x/a.jpg":         {Data: []byte("\xff\xd8\xff")},
		}
		for file := range site {
			if strings.HasSuffix(file, "/"+name) {
				site[file].Data = []byte(text)
			}
		}
		_, _, probs, err := Read(context.Background(), site, Options{})
		if err != nil || len(probs) > 0 {
			t.Errorf("%s: %v %v\n%s", name, probs, err, text)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	site := fstest.MapFS{"content/g/gallery.md": {}, "content/g/x/submission.md": {}}
	for _, dir := range []string{"", ".", "content", "..", "../up", "a/../..", "g", "content/g", "/abs", ".hidden", "a:b", "tab\there", "g/x", "end.", " space"} {
		if files, err := NewGallery(site, starter, dir, "T"); err == nil {
			t.Errorf("gallery %q: wrote %s", dir, files[0].Path)
		}
	}
	for _, c := range []struct{ gallery, name, id string }{
		{"g", "x", "abcd"}, {"nowhere", "x", "abcd"}, {"g", "../../x", "abcd"}, {"g", "y", "A!"}, {"g", "", "abcd"}, {"", "y", "abcd"},
	} {
		if files, err := NewSubmission(site, starter, c.gallery, c.name, c.id, now); err == nil {
			t.Errorf("%v: wrote %s", c, files[0].Path)
		}
	}
}
