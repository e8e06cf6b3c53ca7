package main

import (
	"bytes"
	"crypto/sha256"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// gallerist runs a command of the program on a site.
func gallerist(t *testing.T, dir string, args ...string) {
	t.Helper()
	var log strings.Builder
	cmd := newRoot(io.Discard, &log)
	cmd.SetArgs(append(args, "-s", dir, "--now", "2026-11-22"))
	if err := cmd.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, log.String())
	}
}

func putFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// jpegOf returns a picture of its own.
func jpegOf(t *testing.T, tint uint8) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for i := range m.Pix {
		m.Pix[i] = uint8(i*i>>7) + tint
	}
	m.Set(3, 3, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withdrawSite writes a site of two pieces, of which one is Zinaida's.
func withdrawSite(t *testing.T) (dir string, originals [][]byte) {
	t.Helper()
	dir = t.TempDir()
	t.Setenv("GALLERIST_SECRET", "a secret only the tests know")
	text := func(id, name string) []byte {
		return []byte("+++\nid = \"" + id + "\"\nalt = \"A cup\"\ncaption = \"Coffee of " + name + "\"\nstatus = \"approved\"\n[[media]]\nfile = \"1.jpg\"\n[author]\nname = \"" + name +
			"\"\n[grant]\nstatus = \"granted\"\nscope = [\"site\", \"feed\"]\n[consent]\nname = true\n+++\nA story by " + name + ".\n")
	}
	film, err := os.ReadFile(filepath.Join(samples, "h264.mp4"))
	if err != nil {
		t.Fatal(err)
	}
	originals = [][]byte{jpegOf(t, 40), film}
	content := filepath.Join(dir, "content", "morning")
	putFile(t, filepath.Join(dir, "site.toml"), []byte("title = \"Slippers\"\nbase_url = \"https://slippers.example/\"\n"))
	putFile(t, filepath.Join(content, "gallery.md"), []byte("+++\ntitle = \"Morning\"\n+++\n"))
	putFile(t, filepath.Join(content, "lev", "submission.md"), text("lev111", "Lev"))
	putFile(t, filepath.Join(content, "lev", "1.jpg"), jpegOf(t, 90))
	zina := filepath.Join(content, "2026-11-02-zinaida")
	putFile(t, filepath.Join(zina, "submission.md"), text("m7q2k4", "Zinaida"))
	putFile(t, filepath.Join(zina, "1.jpg"), originals[0])
	putFile(t, filepath.Join(zina, "walk.mp4"), film)
	return dir, originals
}

// filesBelow returns the contents of all files below a folder, by path.
func filesBelow(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files[strings.TrimPrefix(name, dir)], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestWithdrawLeavesNothing holds that after a withdrawal nothing below the site's
// folder holds what was sent, what was made of it, or its author's name: the
// folder .gallerist at once, with what is known of other outputs, and the output
// from the next build on.
func TestWithdrawLeavesNothing(t *testing.T) {
	dir, originals := withdrawSite(t)
	elsewhere := filepath.Join(t.TempDir(), "out")
	gallerist(t, dir, "build", "-q")
	gallerist(t, dir, "build", "-q", "-o", elsewhere)
	about := filepath.Join(dir, "content", "about.md")
	putFile(t, about, []byte("+++\ntitle = \"About\"\n+++\nCoffee.\n"))
	gallerist(t, dir, "build", "-q") // from now on there is a spare tree
	gallerist(t, dir, "check", "-q")

	never, _ := withdrawSite(t)
	if err := os.RemoveAll(filepath.Join(never, "content", "morning", "2026-11-02-zinaida")); err != nil {
		t.Fatal(err)
	}
	putFile(t, filepath.Join(never, "content", "about.md"), []byte("+++\ntitle = \"About\"\n+++\nCoffee.\n"))
	gallerist(t, never, "build", "-q")
	gallerist(t, never, "check", "-q")
	common := map[[32]byte]bool{}
	for _, data := range filesBelow(t, never) {
		common[sha256.Sum256(data)] = true
	}
	bad, pictures, spare := map[[32]byte]bool{}, 0, false
	for name, data := range filesBelow(t, dir) {
		spare = spare || strings.Contains(name, ".spare")
		if sum := sha256.Sum256(data); !common[sum] && name != "/site.toml" && filepath.Base(name) != "about.md" {
			bad[sum] = true
			pictures += strings.Count(name, "/public/m/")
		}
	}
	if !spare || pictures < 5 {
		t.Fatalf("a spare tree: %v; %d files made of what was sent", spare, pictures)
	}
	clean := func(when, below string) {
		t.Helper()
		for name, data := range filesBelow(t, below) {
			lower := strings.ToLower(name + string(data))
			if strings.Contains(lower, "zinaida") || strings.Contains(lower, "walk.mp4") {
				t.Errorf("%s: %s tells of her", when, name)
			}
			if bad[sha256.Sum256(data)] {
				t.Errorf("%s: %s is as it was", when, name)
			}
			for _, sent := range originals {
				if bytes.Contains(data, sent[len(sent)/2:len(sent)/2+256]) {
					t.Errorf("%s: %s holds what was sent", when, name)
				}
			}
		}
	}
	gallerist(t, dir, "withdraw", "m7q2k4")
	clean("before the next build", filepath.Join(dir, ".gallerist"))
	clean("before the next build", filepath.Join(dir, "content"))
	gallerist(t, dir, "build", "-q")
	clean("after it", dir)
	gallerist(t, dir, "build", "-q", "-o", elsewhere)
	clean("after it, elsewhere", elsewhere)
	clean("after that", dir)
	if data, err := os.ReadFile(filepath.Join(dir, "public", "morning", "index.html")); err != nil || !strings.Contains(string(data), "Lev") {
		t.Errorf("the other piece is gone too: %v", err)
	}
	if len(filesBelow(t, filepath.Join(dir, ".gallerist", "cache"))) < 3 {
		t.Error("the cache has forgotten the other piece's pictures")
	}
}

// TestWithdrawThroughNoLink holds that nothing outside the site's folder is
// touched, whatever stands in a submission's folder.
func TestWithdrawThroughNoLink(t *testing.T) {
	dir, _ := withdrawSite(t)
	outside := filepath.Join(t.TempDir(), "mine.jpg")
	putFile(t, outside, []byte("mine"))
	zina := filepath.Join(dir, "content", "morning", "2026-11-02-zinaida")
	if err := os.Symlink(outside, filepath.Join(zina, "link.jpg")); err != nil {
		t.Skip(err)
	}
	putFile(t, filepath.Join(zina, "more", "2.jpg"), []byte("below"))
	settings, err := os.ReadFile(filepath.Join(dir, "site.toml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".submission.md.new", ".withdraw.tmp"} { // where it is first written
		if err := os.Symlink(filepath.Join("..", "..", "..", "site.toml"), filepath.Join(zina, name)); err != nil {
			t.Fatal(err)
		}
	}
	gallerist(t, dir, "withdraw", "m7q2k4")
	if data, err := os.ReadFile(outside); err != nil || string(data) != "mine" {
		t.Errorf("a file outside: %q, %v", data, err)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "site.toml")); err != nil || string(data) != string(settings) {
		t.Errorf("another file of the site: %q, %v", data, err)
	}
	left := filepath.Join(dir, "content", "morning", "2026-11-02-m7q2k4")
	for _, name := range []string{"link.jpg", "more/2.jpg", "submission.md"} {
		if _, err := os.Lstat(filepath.Join(left, name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Lstat(filepath.Join(left, "1.jpg")); err == nil {
		t.Error("the picture is still there")
	}
}
