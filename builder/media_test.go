package builder

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/media"
	"gallerist/builder/problem"
)

// sampleFilm returns a small film of the package film's tests.
func sampleFilm(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("media/film/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// withFile returns the test folder with one piece more, of some files.
func withPiece(front string, files map[string][]byte) fstest.MapFS {
	fsys := testFolder()
	dir := "content/morning/2026-11-05-nina/"
	fsys[dir+"submission.md"] = &fstest.MapFile{Data: []byte(submission("nina11", "Нина", "approved", 12, front, "Песня."))}
	for name, data := range files {
		fsys[dir+name] = &fstest.MapFile{Data: data}
	}
	return fsys
}

func TestFilm(t *testing.T) {
	files, probs, _ := buildFolder(t, withPiece("", map[string][]byte{
		"walk.mov": sampleFilm(t, "h264.mov"), "walk.jpg": photo(6, 120, 90),
		"walk.vtt":    []byte("WEBVTT\n\nNOTE made by Secretary\n\n1\n00:01.000 --> 00:02.000\nМяу\n"),
		"walk.en.vtt": []byte("WEBVTT - title\n\n00:01.000 --> 00:02.000\nMeow\n"),
	}))
	noProblems(t, probs)
	page := files["morning/nina/index.html"]
	for _, want := range []string{"<video controls", `type="video/mp4; codecs=`, `<track kind="captions"`, `srclang="en" label="English"`, `srclang="ru"`, `"VideoObject"`, `"duration":"PT`, `class="piece video"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not contain %s\n%s", want, page)
		}
	}
	for name, want := range map[string][]string{
		"morning/feed.xml":   {"video/mp4", `<enclosure`},
		"morning/feed.json":  {`"mime_type":"video/mp4"`},
		"morning/index.json": {`"clips":[{`, `"seconds":`},
	} {
		for _, w := range want {
			if !strings.Contains(strings.ReplaceAll(files[name], `": `, `":`), w) {
				t.Errorf("%s does not contain %s", name, w)
			}
		}
	}
	var film, captions string
	for name, data := range files {
		switch path.Ext(name) {
		case ".mp4":
			film = data
		case ".vtt":
			captions += data
		case ".mov":
			t.Errorf("%s is published", name)
		}
	}
	if !strings.Contains(film[:16], "ftyp") || strings.Contains(film, "55.7558") || strings.Contains(film, "Moscow") {
		t.Error("the film is not there, or as it was")
	}
	if !strings.Contains(captions, "Meow") || !strings.Contains(captions, "Мяу") || strings.Contains(captions, "Secretary") {
		t.Errorf("captions: %q", captions)
	}
}

func TestSound(t *testing.T) {
	files, probs, _ := buildFolder(t, withPiece("", map[string][]byte{"song.mp3": sampleFilm(t, "tags.mp3")}))
	noProblems(t, probs)
	page := files["morning/nina/index.html"]
	if !strings.Contains(page, "<audio controls") || !strings.Contains(page, `"AudioObject"`) || !strings.Contains(page, `type="audio/mpeg`) {
		t.Errorf("no recording on %s", page)
	}
	if !strings.Contains(files["morning/index.html"], `class="card sound`) {
		t.Error("the gallery does not show the recording")
	}
}

func TestFilmElsewhere(t *testing.T) {
	front := "[[media]]\nlink = \"https://youtu.be/abc\"\n"
	files, probs, _ := buildFolder(t, withPiece(front, nil))
	noProblems(t, probs)
	page := files["morning/nina/index.html"]
	if !strings.Contains(page, `href="https://youtu.be/abc"`) || !strings.Contains(page, "YouTube") || strings.Contains(page, "<iframe") {
		t.Errorf("the link is not there: %s", page)
	}
	for name, data := range files {
		if path.Ext(name) == ".html" && strings.Contains(data, `src="https://`) {
			t.Errorf("%s loads something from elsewhere", name)
		}
	}
}

// fakeFilms stands for a program that makes pictures of films.
type fakeFilms struct{ fails bool }

func (fakeFilms) Version() string { return "fake 1" }

func (f fakeFilms) Frame(context.Context, string, string, float64) ([]byte, error) {
	if f.fails {
		return nil, errors.New("no frame")
	}
	m := image.NewRGBA(image.Rect(0, 0, 64, 36))
	draw.Draw(m, m.Rect, image.NewUniform(color.RGBA{200, 30, 30, 255}), image.Point{}, draw.Src)
	var b bytes.Buffer
	err := png.Encode(&b, m)
	return b.Bytes(), err
}

func (fakeFilms) Convert(_ context.Context, file, format, key string, lines int) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader("film of " + file)), nil
}

func TestFilmsByProgram(t *testing.T) {
	fsys := withPiece("", map[string][]byte{"walk.mp4": sampleFilm(t, "hevc.mp4")}) // which some browsers do not play
	ask := func(fails bool) func(*Options) {
		return func(o *Options) {
			o.Films, o.Cache = func() (Films, error) { return fakeFilms{fails}, nil }, media.MemStore()
		}
	}
	off, probs, _ := buildFolder(t, fsys, ask(false))
	if told := graver(probs); len(told) != 1 || !strings.Contains(told[0].Text, "HEVC") {
		t.Errorf("turned off: %v", probs)
	}
	fsys["site.toml"] = &fstest.MapFile{Data: []byte(testSite + "\n[media]\nffmpeg = true\n")}
	on, probs, _ := buildFolder(t, fsys, ask(false))
	noProblems(t, probs)
	made := func(files map[string]string) (films []string) {
		for name, data := range files {
			if path.Ext(name) == ".mp4" {
				films = append(films, data)
			}
		}
		return films
	}
	if got := made(off); len(got) != 1 || !strings.Contains(got[0][:16], "ftyp") {
		t.Errorf("turned off: %d films", len(got))
	}
	if got := made(on); len(got) != 1 || got[0] != "film of content/morning/2026-11-05-nina/walk.mp4" {
		t.Errorf("turned on: %d films", len(got))
	}
	if off["morning/nina/index.html"] == on["morning/nina/index.html"] {
		t.Error("the poster is the same")
	}
	_, probs, _ = buildFolder(t, fsys, ask(true))
	if told := graver(probs); len(told) != 1 || !strings.Contains(told[0].Text, "no frame") {
		t.Errorf("a frame that cannot be made: %v", probs)
	}
}

func TestWatermark(t *testing.T) {
	logo := image.NewNRGBA(image.Rect(0, 0, 400, 400))
	draw.Draw(logo, image.Rect(50, 50, 350, 350), image.NewUniform(color.NRGBA{0, 255, 0, 255}), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, logo); err != nil {
		t.Fatal(err)
	}
	fsys := withPiece("", map[string][]byte{"1.jpg": photo(1, 900, 600)})
	plain, _, _ := buildFolder(t, fsys)
	fsys["assets/logo.png"] = &fstest.MapFile{Data: b.Bytes()}
	fsys["site.toml"] = &fstest.MapFile{Data: []byte(testSite + "\n[watermark]\nfile = \"assets/logo.png\"\ncorner = \"top-left\"\nsize = 0.2\nopacity = 1.0\n")}
	without, probs, _ := buildFolder(t, fsys)
	if !slices.ContainsFunc(probs, func(p problem.Problem) bool { return strings.Contains(p.Text, "go without the watermark") }) {
		t.Errorf("nothing is said of pieces without it: %v", probs)
	}
	if without["morning/nina/index.html"] != plain["morning/nina/index.html"] {
		t.Error("a piece whose author did not agree to changes has changed")
	}
	name := "content/morning/2026-11-05-nina/submission.md"
	agreed := bytes.Replace(fsys[name].Data, []byte(`"embed"]`), []byte(`"embed", "retouch"]`), 1)
	fsys[name] = &fstest.MapFile{Data: agreed}
	with, probs, r := buildFolder(t, fsys)
	noProblems(t, probs)
	if page := strings.ReplaceAll(with["morning/nina/index.html"], "\u00a0", " "); !strings.Contains(page, "на снимках стоит логотип</span> (Slippers, с разрешения автора)<") {
		t.Errorf("the edit is not told: %s", page)
	}
	green := 0
	for _, p := range r.Pictures {
		data := with[strings.TrimPrefix(p.URL, "/")]
		if !strings.Contains(p.Origin, "nina") || p.Type != media.TypeJPEG || p.Width < 600 {
			continue
		}
		m, err := jpeg.Decode(strings.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		edge := min(p.Width, p.Height)
		at := edge*3/100 + edge/10
		if cr, cg, cb, _ := m.At(at, at).RGBA(); cr>>8 < 60 && cg>>8 > 200 && cb>>8 < 60 {
			green++
		} else {
			t.Errorf("%s: no logo at %d: %d %d %d", p.URL, at, cr>>8, cg>>8, cb>>8)
		}
	}
	if green == 0 {
		t.Error("no picture was looked at")
	}
	fsys["content/morning/gallery.md"] = &fstest.MapFile{Data: []byte(strings.Replace(testGallery, "[call]", "[watermark]\noff = true\n[call]", 1))}
	if off, probs, _ := buildFolder(t, fsys); off["morning/nina/index.html"] != plain["morning/nina/index.html"] {
		t.Errorf("turned off for the gallery, and not the same: %v", probs)
	}
}

// TestNotes holds that each published picture says whose it is, in words that
// its author agreed to.
func TestNotes(t *testing.T) {
	files, _, r := buildFolder(t, testFolder())
	seen := 0
	for _, p := range r.Pictures {
		data := files[strings.TrimPrefix(p.URL, "/")]
		if p.Type != media.TypeJPEG && p.Type != media.TypeWebP || !strings.Contains(p.Origin, "olya") {
			continue
		}
		seen++
		for _, want := range []string{"Фото от Оли, Москва", "© 2026 Оля", "https://slippers.example/morning/olya/#rights"} {
			if !strings.Contains(data, want) {
				t.Errorf("%s does not say %q", p.URL, want)
			}
		}
	}
	if seen == 0 {
		t.Error("no picture was looked at")
	}
	cards := 0
	for name, data := range files {
		if path.Ext(name) == ".jpg" && path.Dir(path.Dir(name)) == "m" {
			if cfg, err := jpeg.DecodeConfig(strings.NewReader(data)); err == nil && cfg.Width == 1200 && cfg.Height == 630 {
				cards++
			}
		}
	}
	// Of the site, the gallery, two pieces with pictures and their authors, in two languages.
	if cards != 12 {
		t.Errorf("%d share cards", cards)
	}
}

// TestNewWordsKeepPixels holds that another credit line costs no picture.
func TestNewWordsKeepPixels(t *testing.T) {
	fsys, cache := testFolder(), media.MemStore()
	opt := func(o *Options) { o.Cache = cache }
	before, _, _ := buildFolder(t, fsys, opt)
	keys, _ := cache.Keys()
	name := "content/morning/2026-11-03-masha/submission.md"
	fsys[name] = &fstest.MapFile{Data: bytes.Replace(fsys[name].Data, []byte("Маша"), []byte("Мария"), 1)}
	after, _, _ := buildFolder(t, fsys, opt)
	now, _ := cache.Keys()
	for _, key := range now {
		if strings.HasPrefix(key, "r/") && !slices.Contains(keys, key) {
			t.Errorf("%s was made anew", key)
		}
	}
	said := func(files map[string]string, words string) bool {
		for name, data := range files {
			if path.Ext(name) == ".webp" && strings.Contains(data, words) {
				return true
			}
		}
		return false
	}
	if !said(before, "Маши") || said(after, "Маши") || !said(after, "Марии") {
		t.Error("the pictures do not say the new name")
	}
}

func TestPreview(t *testing.T) {
	fsys := testFolder()
	cache := media.MemStore()
	built, _, _ := buildFolder(t, fsys)
	r, probs, err := Preview(t.Context(), fsys, Options{Now: testNow, Cache: cache, Secret: testSecret})
	if err != nil {
		t.Fatal(err)
	}
	noProblems(t, probs)
	if keys, _ := cache.Keys(); slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, "r/") }) {
		t.Errorf("pictures were made: %q", keys)
	}
	for _, f := range r.Set.Files() {
		if path.Dir(path.Dir(f.Path)) != "m" {
			continue
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		if err != nil || string(data) != built[f.Path] {
			t.Errorf("%s is another file than that of a build (%v)", f.Path, err)
		}
	}
	fsys["content/morning/2026-11-03-masha/1.jpg"] = &fstest.MapFile{Data: damagedPhoto(t)}
	r, _, err = Preview(t.Context(), fsys, Options{Now: testNow, Cache: cache})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Set.Files() {
		if strings.Contains(f.Origin, "masha/1.jpg") {
			if _, err := f.Open(); err == nil {
				t.Errorf("%s can be opened", f.Path)
			}
		}
	}
	if probs := r.Rendered(); len(probs) == 0 || !strings.Contains(probs[0].Text, "damaged") {
		t.Errorf("the damaged picture is not told of: %v", probs)
	}
}

// damagedPhoto returns a PNG whose structure is whole and whose pixels are not.
func damagedPhoto(t *testing.T) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 200))); err != nil {
		t.Fatal(err)
	}
	data := b.Bytes()
	data[bytes.Index(data, []byte("IDAT"))+12] ^= 0xff
	return data
}

func TestCompare(t *testing.T) {
	fsys := testFolder()
	same := photo(1, 90, 60)
	fsys["content/morning/x-pending/1.jpg"] = &fstest.MapFile{Data: same}
	fsys["content/morning/x-pending/2.jpg"] = &fstest.MapFile{Data: []byte("\xff\xd8\xff\xe0cut")}
	_, probs, err := Plan(t.Context(), fsys, Options{Now: testNow, Cache: media.MemStore(), Compare: true})
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(probs)
	for _, want := range []string{"the same picture as content/morning/2026-11-02-olya/1.jpg", "ends before the picture does; \\\"pend11\\\" cannot be published"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("not told: %s in\n%s", want, text)
		}
	}
	if _, probs, _ := Plan(t.Context(), fsys, Options{Now: testNow, Cache: media.MemStore()}); slices.ContainsFunc(probs, func(p problem.Problem) bool { return strings.Contains(p.Text, "the same picture") }) {
		t.Error("compared without being asked")
	}
}
