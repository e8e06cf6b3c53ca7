package builder

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"gallerist/builder/media"
	"gallerist/builder/problem"
)

// testNow is the day the tests live on.
var testNow = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

var testSecret = []byte("a secret only the tests know")

// photo returns a small JPEG of a colour gradient, different for each n.
func photo(n, width, height int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.Set(x, y, color.RGBA{uint8(x * 255 / width), uint8(y * 255 / height), uint8(n * 40), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const testSite = `title = "Slippers"
base_url = "https://slippers.example/"
language = "ru"
languages = ["ru", "en"]
timezone = "Europe/Moscow"
brand = "#b8432c"

[translations.en]
title = "Slippers in English"

[translations.en.words]
"Москва" = "Moscow"
"кот" = "cat"
`

const testGallery = `+++
title = "Утро"
summary = "Как мы пьём кофе"
[call]
question = "Как вы пьёте кофе?"
opens = 2026-11-01
closes = 2026-11-30
form = "https://forms.example/x"
+++
Вступление.
`

// submission writes a submission.md with more front matter after the usual.
func submission(id, name, status string, day int, more, body string) string {
	return fmt.Sprintf(`+++
id = %q
title = "Утро номер %d"
alt = "Чашка на окне"
place = "Москва"
tags = ["кот", "окно"]
received = 2026-11-%02dT08:00:00+03:00
published = 2026-11-%02dT10:00:00+03:00
status = %q
%s
[author]
name = %q
place = "Москва"
gender = "f"

[grant]
status = "granted"
terms = "2026-10"
date = 2026-11-01
scope = ["site", "feed", "embed"]
until = 2028-11-01

[consent]
name = true
place = true
+++
%s
`, id, day, day, day, status, more, name, body)
}

// testFolder is a small site: three published pieces, one of each state that
// is not.
func testFolder() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"site.toml":                                        file(testSite),
		"content/about.md":                                 file("+++\ntitle = \"О нас\"\nmenu = 1\n+++\n# Мы\n\n[Утро](/morning/)"),
		"content/morning/gallery.md":                       file(testGallery),
		"content/morning/gallery.en.md":                    file("+++\ntitle = \"Morning\"\n+++\n"),
		"content/morning/2026-11-02-olya/submission.md":    file(strings.Replace(submission("olya11", "Оля", "featured", 9, "", "Мурка *следит*."), "\n[author]", "\n[[media]]\nfile = \"1.jpg\"\n\n[[media]]\nfile = \"2.jpg\"\nalt = \"Вид с балкона\"\n\n[author]", 1)),
		"content/morning/2026-11-02-olya/submission.en.md": file("+++\ntitle = \"Morning of Olya\"\n[author]\nname = \"Olya\"\n+++\nMurka supervises.\n"),
		"content/morning/2026-11-02-olya/1.jpg":            {Data: photo(1, 90, 60)},
		"content/morning/2026-11-02-olya/2.jpg":            {Data: photo(2, 60, 90)},
		"content/morning/2026-11-03-masha/submission.md":   file(submission("masha1", "Маша", "approved", 10, `license = "CC-BY-4.0"`, "Завтрак.")),
		"content/morning/2026-11-03-masha/1.jpg":           {Data: photo(3, 80, 80)},
		"content/morning/2026-11-04-lev/submission.md":     file(strings.Replace(submission("lev111", "Лев", "approved", 11, "", "Слова без снимка."), `"f"`, `"m"`, 1)),
		"content/morning/x-declined/submission.md":         file(submission("decl11", "Тайна", "declined", 5, "", "Тайный рассказ.")),
		"content/morning/x-declined/1.jpg":                 {Data: photo(4, 80, 60)},
		"content/morning/x-pending/submission.md":          file(submission("pend11", "Ждун", "pending", 6, "", "Жду.")),
		"content/morning/x-gone/submission.md":             file(submission("gone11", "Ушедшая", "withdrawn", 7, "", "Ушла.")),
		"private/contacts.csv":                             file("id,name,email,phone\nolya11,Ольга Петрова,olya@mail.example,+7 999 123-45-67\n"),
	}
}

// testStore is a cache of its own for a build, but for what is remembered by
// keys that name everything it depends on: share cards are drawn once for all
// tests.
type testStore struct{ media.Store }

var drawnCards sync.Map

func newTestStore() media.Store { return testStore{media.MemStore()} }

func (s testStore) Get(key string) ([]byte, error) {
	if !strings.HasPrefix(key, "k/") {
		return s.Store.Get(key)
	}
	if value, ok := drawnCards.Load(key); ok {
		return bytes.Clone(value.([]byte)), nil
	}
	return nil, fs.ErrNotExist
}

func (s testStore) Put(key string, value []byte) error {
	if !strings.HasPrefix(key, "k/") {
		return s.Store.Put(key, value)
	}
	drawnCards.Store(key, bytes.Clone(value))
	return nil
}

// buildFolder builds a folder into a map from path to content.
func buildFolder(t *testing.T, fsys fs.FS, change ...func(*Options)) (map[string]string, problem.List, *Result) {
	t.Helper()
	opt := Options{Now: testNow, Secret: testSecret, Cache: newTestStore()}
	for _, c := range change {
		c(&opt)
	}
	r, probs, err := Build(context.Background(), fsys, opt)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range r.Set.Files() {
		files[f.Path] = open(t, f.Open)
	}
	return files, append(probs, r.Rendered()...), r
}

func open(t *testing.T, from func() (io.ReadCloser, error)) string {
	t.Helper()
	rc, err := from()
	if err != nil {
		t.Fatal(err)
	}
	defer rc.Close()
	b, err := io.ReadAll(rc)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sameFiles reports the paths at which two builds differ.
func sameFiles(t *testing.T, what string, a, b map[string]string) {
	t.Helper()
	all := maps.Clone(a)
	maps.Copy(all, b)
	for path := range all {
		x, inA := a[path]
		y, inB := b[path]
		switch {
		case !inA || !inB:
			t.Errorf("%s: %s is in one build only", what, path)
		case x != y:
			t.Errorf("%s: %s differs near %q", what, path, firstDifference(x, y))
		}
	}
}

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return strings.ToValidUTF8(a[max(0, i-40):min(len(a), i+40)], "")
}

// graver returns the warnings and errors of a list.
func graver(probs problem.List) problem.List {
	return slices.DeleteFunc(slices.Clone(probs), func(p problem.Problem) bool { return p.Level == problem.Note })
}
