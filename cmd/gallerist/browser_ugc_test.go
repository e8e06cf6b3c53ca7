//go:build browser

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"gallerist/builder"
	"gallerist/builder/media"
	"gallerist/builder/publish"
)

// mixedFolder is a site of everything that people send: pictures of all shapes,
// series, stories, reviews, ideas, and a picture with products at its edges.
func mixedFolder() fstest.MapFS {
	folder := fstest.MapFS{
		"site.toml":            {Data: []byte("title = \"Тапочки\"\nbase_url = \"https://slippers.example/\"\nlanguage = \"ru\"\nshare = [\"mail\"]\n")},
		"content/g/gallery.md": {Data: []byte("+++\ntitle = \"Утро\"\n+++\nКак мы пьём кофе.\n")},
	}
	const long = "Мурка не пьёт кофе, но следит. Каждое утро в семь она садится на табурет и ждёт, пока зашумит кофеварка, а потом вздыхает и уходит спать, потому что дальше неинтересно."
	for i, p := range []struct {
		kind, more, words string
		sizes             []image.Point
	}{
		{"story", "", "Коротко.", nil},
		{"photo", "[disclosure]\nkind = \"gift\"\n", "", []image.Point{{900, 600}}},
		{"story", "", long, nil},
		{"photo", "", "", []image.Point{{600, 900}}},
		{"review", "[product]\nname = \"Зерно\"\n", "Пахнет как у вас, только ничего не шипит.", nil},
		{"photo", "", "", []image.Point{{900, 600}, {600, 900}, {800, 800}}},
		{"idea", "", "Хочется тихого часа без музыки: каждый день с девяти до десяти, для тех, кто пришёл со своими мыслями.", nil},
		{"photo", "", "", []image.Point{{1600, 700}}},
		{"story", "[disclosure]\nkind = \"employee\"\n", long, nil},
		{"photo", "[[award]]\nrank = 1\n", "", []image.Point{{800, 800}}},
		{"photo", "[[product]]\nname = \"Кофеварка\"\nurl = \"https://shop.example/moka\"\nprice = \"3 200 ₽\"\nx = 0.25\ny = 0.5\n[[product]]\nname = \"Угол\"\nx = 1\ny = 1\n[[product]]\nname = \"Другой угол\"\nx = 0\ny = 0\n", "", []image.Point{{900, 600}}},
	} {
		dir := fmt.Sprintf("content/g/p%02d/", i)
		listed := ""
		for n, size := range p.sizes {
			name := fmt.Sprintf("%d.jpg", n+1)
			folder[dir+name] = &fstest.MapFile{Data: gradient(size, i)}
			listed += "[[media]]\nfile = \"" + name + "\"\nalt = \"Снимок\"\n"
		}
		stars := ""
		if p.kind == "review" {
			stars = "rating = 4"
		}
		folder[dir+"submission.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, `+++
id = "piece%02d"
title = "Утро номер %d"
kind = %q
received = 2026-11-01T08:00:00+03:00
published = 2026-11-%02dT10:00:00+03:00
status = "approved"
%s
%s
%s
[author]
name = "Оля"
place = "Нижний Новгород"
[grant]
status = "granted"
scope = ["site"]
[consent]
name = true
place = true
+++
%s
`, i, i, p.kind, i+1, stars, listed, p.more, p.words)}
	}
	return folder
}

func gradient(size image.Point, n int) []byte {
	img := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			img.Set(x, y, color.RGBA{uint8(x * 255 / size.X), uint8(y * 255 / size.Y), uint8(n * 20), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// rowHeights is a script that measures what stands in each line of tiles: how
// much the tallest exceeds the lowest, in pixels.
const rowHeights = `(() => {
  const lines = {};
  for (const card of document.querySelectorAll('.rows > .card')) {
    const box = card.querySelector('.ph, blockquote').getBoundingClientRect();
    (lines[Math.round(box.top)] ??= []).push(box.height);
  }
  return JSON.stringify(Object.values(lines).map(l => Math.max(...l) - Math.min(...l)));
})()`

// spotPlaces is a script that says where each mark is on its picture, in
// percent, how large what can be pressed is, and whether it sticks out.
const spotPlaces = `JSON.stringify([...document.querySelectorAll('.spot')].map(s => {
  const p = s.parentElement.getBoundingClientRect(), b = s.getBoundingClientRect();
  return {X: (b.x + b.width / 2 - p.x) / p.width * 100, Y: (b.y + b.height / 2 - p.y) / p.height * 100, Size: Math.min(b.width, b.height),
    Out: b.left < p.left - 1 || b.right > p.right + 1 || b.top < p.top - 1 || b.bottom > p.bottom + 1};
}))`

// TestBrowserMixed: words are as tall as the pictures beside them, marks stand
// where they are said to be, and all of it can be read and pressed by everybody.
func TestBrowserMixed(t *testing.T) {
	r, probs, err := builder.Build(t.Context(), mixedFolder(), builder.Options{
		Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), Secret: []byte("a secret only the tests know"), Cache: media.MemStore(),
	})
	if err != nil || len(probs) > 0 {
		t.Fatal(err, probs)
	}
	out := filepath.Join(t.TempDir(), "public")
	if _, err := publish.Sync(t.Context(), r.Set, publish.NewDir(out, publish.DirOptions{}), publish.Options{Verify: r.Verify}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(out)))
	t.Cleanup(server.Close)
	ctx := newBrowser(t)
	axe, err := os.ReadFile(filepath.Join("..", "..", ".cache", "axe-core-4.14.1.min.js"))
	if err != nil {
		t.Fatalf("%v: run \"make tools\" first", err)
	}
	measure := func(script string, into any) {
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](script))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	for _, v := range []view{{width: 320, height: 800}, {width: 390, height: 844, dark: true}, {width: 820, height: 1100}, {width: 1440, height: 1000}} {
		for _, path := range []string{"/g/", "/g/p10/"} {
			if err := chromedp.Do(ctx, look(server.URL+path, v)); err != nil {
				t.Fatal(err)
			}
			name := path + " at " + v.String()
			checkPage(t, ctx, name)
			runAxe(t, ctx, string(axe), name)
			if shots := os.Getenv("SHOTS"); shots != "" {
				saveShot(t, ctx, filepath.Join(shots, "mixed-"+strings.ReplaceAll(strings.Trim(path, "/"), "/", "-")+"-"+v.String()+".png"))
			}
		}
		var spots []struct {
			X, Y, Size float64
			Out        bool
		}
		measure(spotPlaces, &spots)
		if len(spots) != 3 {
			t.Fatalf("%d marks", len(spots))
		}
		for _, s := range spots {
			if s.Size < 44 || s.Out {
				t.Errorf("at %v a mark is %+v", v, s)
			}
		}
		if s := spots[0]; s.X < 24.5 || s.X > 25.5 || s.Y < 49.5 || s.Y > 50.5 {
			t.Errorf("at %v the first mark is at %v, %v", v, s.X, s.Y)
		}
		if err := chromedp.Do(ctx, look(server.URL+"/g/", v)); err != nil {
			t.Fatal(err)
		}
		var rows []float64
		measure(rowHeights, &rows)
		t.Logf("%v: %.1f", v, rows)
		for _, d := range rows {
			if d > 2 {
				t.Errorf("at %v the tiles of a line differ by %.1f pixels: %.1f", v, d, rows)
			}
		}
	}
}
