package builder

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/gallery"
)

// withdrawnFolder is testFolder, in which the submission gone11 was withdrawn by
// the book: its page was at morning/x-gone/.
func withdrawnFolder(originals ...string) fstest.MapFS {
	folder := testFolder()
	folder["content/morning/x-gone/submission.md"] = textFile("+++\nid = \"gone11\"\nstatus = \"withdrawn\"\npublished = 2026-11-07\n[withdrawal]\ndate = 2026-11-20\noriginals = [\"" +
		strings.Join(originals, `", "`) + "\"]\n+++\n")
	return folder
}

// TestProof holds that traces of what was withdrawn are found in every form in
// which pages and feeds write them, and only where they may not be.
func TestProof(t *testing.T) {
	photo := photo(7, 90, 60)
	cache := newTestStore()
	folder := testFolder()
	folder["content/morning/x-gone/submission.md"] = textFile(submission("gone11", "Ушедшая", "approved", 7, "", "Ушла."))
	folder["content/morning/x-gone/1.jpg"] = &fstest.MapFile{Data: photo}
	before, _, r := buildFolder(t, folder, func(o *Options) { o.Cache = cache })
	if r.proof != nil {
		t.Error("there is a proof where nothing was withdrawn")
	}
	var made []string
	for _, p := range r.Pictures {
		if strings.Contains(p.Origin, "x-gone") {
			made = append(made, p.URL)
		}
	}
	if len(made) == 0 {
		t.Fatal("nothing was made of the picture")
	}
	uuid := r.locales[0].itemID(r.pieceOf("gone11"))
	if !strings.Contains(before["morning/feed.xml"], uuid) {
		t.Fatal("the feed does not have the id")
	}
	thanks := strings.TrimSuffix(thankPath(testSecret, "gone11"), "/")

	after, _, r := buildFolder(t, withdrawnFolder(sha256Hex(photo)), func(o *Options) { o.Cache = cache })
	for path, content := range after {
		if err := r.Verify(path, []byte(content)); err != nil {
			t.Errorf("a clean site: %v", err)
		}
	}
	bad := map[string]string{
		"address":         `<a href="/morning/x-gone/">`,
		"unquoted":        `<a href=/morning/x-gone/>`,
		"whole":           `<link>https://slippers.example/morning/x-gone/</link>`,
		"in English":      `<a href="/en/morning/x-gone/#story">`,
		"to share":        `?url=https%3A%2F%2Fslippers.example%2Fmorning%2Fx-gone%2F`,
		"id":              `{"id":"gone11"}`,
		"id in an id":     `{\"id\":\"gone11\"}`,
		"id in HTML":      `data="{&#34;gone11&#34;}"`,
		"id in feeds":     uuid,
		"capitals":        strings.ToUpper(uuid),
		"English feeds":   r.locales[1].itemID(&piece{Piece: pieceNamed("gone11")}),
		"thanks":          `href="/` + thanks + `/"`,
		"a rendition":     `<img src="` + made[0] + `">`,
		"the file itself": string(photo),
	}
	for what, text := range bad {
		for _, file := range []string{"morning/index.json", "feed.xml", "static/1.jpg"} {
			var leak *LeakError
			if err := r.Verify(file, []byte(text)); !errors.As(err, &leak) || !leak.Withdrawn || leak.Whose != "gone11" {
				t.Errorf("%s: in %s: %v", what, file, err)
			}
		}
	}
	for _, path := range append([]string{"morning/x-gone/1.jpg", thanks + "/index.xml"}, strings.TrimPrefix(made[0], "/")) {
		if r.Verify(path, []byte("x")) == nil {
			t.Errorf("%s may be published", path)
		}
	}
	good := map[string]string{
		"morning/index.json":           `{"items":[],"withdrawn":["gone11","gone12"]}`,
		"morning/x-gone/index.html":    bad["address"] + bad["in English"],
		"en/morning/x-gone/index.html": bad["whole"],
		thanks + "/index.html":         bad["thanks"],
		"index.html":                   `<a href="/series/morning/x-gone/"> <a href="/morning/x-gone-2/"> gone11`,
	}
	for file, text := range good {
		if err := r.Verify(file, []byte(text)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	if r.Verify("morning/index.json", []byte(`{"items":["gone11"],"withdrawn":["gone11"]}`)) == nil || r.Verify("thanks/x/index.html", []byte(bad["thanks"])) == nil {
		t.Error("what one file may hold, another may")
	}
}

// A short id without a digit can stand anywhere by chance.
func TestDistinctIDs(t *testing.T) {
	for id, want := range map[string]bool{"main": false, "email": false, "k2m9x1": true, "gone11": true, "h264": false, "longer-than-a-word": true} {
		if distinct(id) != want {
			t.Errorf("%q: distinct is %v", id, !want)
		}
	}
}

// TestProofSearchesAll holds that no page is left standing unsearched when
// something is withdrawn.
func TestProofSearchesAll(t *testing.T) {
	keys := func(folder fstest.MapFS) map[string]string {
		list := map[string]string{}
		_, _, r := buildFolder(t, folder, func(o *Options) { o.Program = "test" })
		for _, f := range r.Set.Files() {
			if strings.HasSuffix(f.Path, ".html") || strings.HasSuffix(f.Path, ".xml") || strings.HasSuffix(f.Path, ".json") {
				list[f.Path] = f.Key
			}
		}
		return list
	}
	before := keys(withdrawnFolder(strings.Repeat("0", 64)))
	for path, key := range keys(withdrawnFolder(strings.Repeat("1", 64))) {
		if key != "" && before[path] == key {
			t.Errorf("%s keeps its key", path)
		}
	}
}

func pieceNamed(id string) *gallery.Piece { return &gallery.Piece{ID: id} }

func sha256Hex(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
