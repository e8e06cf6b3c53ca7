package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"gallerist/builder"
	"gallerist/builder/media"
	"gallerist/builder/problem"
)

// Every theme that comes with the program is held to the same: the site of
// testdata/acceptance.txtar, with galleries of 24 photographs as phones make
// them and of 2,000 stories, which this file adds.

// accepted are the themes that the acceptance tests hold.
var accepted = []string{"plain", "broadsheet", "courtyard", "limelight"}

// crowd is how many stories the largest gallery has; tests that do not look at it
// take a few.
const crowd, few = 2000, 60

// acceptanceFiles are the files of that site without the crowd, made once.
var acceptanceFiles = sync.OnceValue(func() fstest.MapFS {
	archive, err := txtar.ParseFile(filepath.Join("testdata", "acceptance.txtar"))
	if err != nil {
		panic(err)
	}
	folder := fstest.MapFS{}
	for _, f := range archive.Files {
		folder[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	for line := range strings.Lines(string(archive.Comment)) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 4 && fields[0] == "photo":
			w, errW := strconv.Atoi(fields[2])
			h, errH := strconv.Atoi(fields[3])
			if errW != nil || errH != nil {
				panic(line)
			}
			folder[fields[1]] = &fstest.MapFile{Data: drawnPicture(len(folder), w, h)}
		case len(fields) == 3 && fields[0] == "film":
			data, err := os.ReadFile(filepath.Join(samples, fields[2]))
			if err != nil {
				panic(err)
			}
			folder[fields[1]] = &fstest.MapFile{Data: data}
		}
	}
	addSnaps(folder)
	return folder
})

// A submission of the galleries that are made here.
const madeMD = `+++
id        = %q
%stitle     = %q
received  = 2026-11-01T08:00:00+03:00
published = 2026-11-02T%02d:%02d:%02d+03:00
status    = %q
tags      = [%q]
[author]
name  = %q
place = %q
[grant]
status = "granted"
scope  = ["site", "feed"]
[consent]
name  = %v
place = true
+++
%s
`

// somePeople and someTowns are of three scripts, of one letter's length to forty.
var (
	somePeople = []string{"Оля", "Ян", "Anna-Lena Østergård", "ليلى", "Александра-Виктория Преображенская-Толстопятова", "Bo", "Тимур", "كريم عبد العزيز"}
	someTowns  = []string{"Москва", "Уфа", "Århus", "القاهرة", "Петропавловск-Камчатский", "Llanfairpwllgwyngyll", "Нижний Новгород"}
)

// addSnaps adds a gallery of 24 photographs as they come out of phones: noisy,
// dark, tilted, too blue or too yellow, of all shapes.
func addSnaps(folder fstest.MapFS) {
	folder["content/snaps/gallery.md"] = &fstest.MapFile{Data: []byte(`+++
title   = "Утро с нашими клиентами"
summary = "Как вы пьёте кофе по утрам?"
[call]
question = "Как вы пьёте кофе по утрам? С котом, на балконе, в пижаме?"
opens    = 2026-11-01
closes   = 2026-11-30
form     = "https://forms.example/snaps"
+++
Восемьдесят человек прислали своё утро. Мы выбрали двадцать четыре снимка.
`)}
	shapes := []image.Point{{1000, 750}, {750, 1000}, {1000, 563}, {800, 800}, {563, 1000}, {1000, 420}, {1000, 667}}
	titles := []string{"Кот", "Окно на восход, как оно есть, без всяких прикрас и фильтров", "", "Latte", "فنجان"}
	for i := range 24 {
		dir := fmt.Sprintf("content/snaps/p%02d/", i)
		folder[dir+"1.jpg"] = &fstest.MapFile{Data: phonePhoto(uint64(i), shapes[i%len(shapes)])}
		more := "alt       = \"Чашка и утро\"\n"
		status := "approved"
		if i == 23 {
			status = "featured"
		}
		folder[dir+"submission.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, madeMD, fmt.Sprintf("snap%02d", i), more, titles[i%len(titles)],
			9, i, 0, status, "кот", somePeople[i%len(somePeople)], someTowns[i%len(someTowns)], i%9 != 5, "")}
	}
}

// addCrowd adds a gallery of n stories.
func addCrowd(folder fstest.MapFS, n int) {
	folder["content/crowd/gallery.md"] = &fstest.MapFile{Data: []byte("+++\ntitle = \"Две тысячи слов\"\n+++\nСтолько вы нам написали.\n")}
	for i := range n {
		words := strings.Repeat("Чашка стоит на окне. ", 1+i%9)
		folder[fmt.Sprintf("content/crowd/p%04d/submission.md", i)] = &fstest.MapFile{Data: fmt.Appendf(nil, madeMD, fmt.Sprintf("crowd%04d", i), "kind      = \"story\"\n",
			fmt.Sprintf("Утро %d", i), i/3600%24, i/60%60, i%60, "approved", "слова", somePeople[i%len(somePeople)]+" "+strconv.Itoa(i%700), someTowns[i%len(someTowns)], true, words)}
	}
}

// drawnPicture is a small picture of few colours.
func drawnPicture(seed, w, h int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	sky, ground := color.RGBA{uint8(90 + seed*37%120), 140, uint8(200 - seed*23%120), 255}, color.RGBA{120, uint8(60 + seed*41%120), 70, 255}
	for y := range h {
		for x := range w {
			c := sky
			if y > h*2/3 {
				c = ground
			} else if dx, dy := x-w/3, y-h/3; dx*dx+dy*dy < h*h/36 {
				c = color.RGBA{250, 230, 180, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return asJPEG(img)
}

// phonePhoto is a photograph as phones make them indoors in the morning: shapes
// of a room, tilted, in a light that is not white, some too dark, all noisy, the
// dark ones most.
func phonePhoto(seed uint64, size image.Point) []byte {
	r := rand.New(rand.NewPCG(seed, 11))
	type shape struct {
		x, y, w, h float64
		round      bool
		rough      float64 // how much of the texture it has
		tone       [3]float64
	}
	shapes := make([]shape, 9)
	for i := range shapes {
		base := 30 + 190*r.Float64()
		shapes[i] = shape{x: r.Float64(), y: r.Float64(), w: .05 + .3*r.Float64(), h: .05 + .35*r.Float64(), round: r.IntN(2) == 0, rough: .2 + .8*r.Float64()*r.Float64(),
			tone: [3]float64{base + 40*r.Float64(), base + 10*r.Float64(), base - 30*r.Float64()}}
	}
	sin, cos := math.Sincos((r.Float64() - .5) * .25) // up to seven degrees
	light := .35 + .65*r.Float64()
	cast := [3]float64{.85 + .3*r.Float64(), 1, .8 + .4*r.Float64()}
	grain := 3 + 9*(1-light)
	var cloth [1 << 16]float64 // what things are made of, from -1 to 1
	for i := range cloth {
		cloth[i] = 2*r.Float64() - 1
	}
	weave := 30 + 40*r.Float64()
	img := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			u, v := float64(x)/float64(size.X)-.5, float64(y)/float64(size.Y)-.5
			u, v = u*cos-v*sin+.5, u*sin+v*cos+.5
			tone, rough := [3]float64{150 - 60*v, 140 - 60*v, 125 - 50*v}, .25
			for _, s := range shapes {
				dx, dy := (u-s.x)/s.w, (v-s.y)/s.h
				if s.round && dx*dx+dy*dy < 1 || !s.round && math.Abs(dx) < 1 && math.Abs(dy) < 1 {
					shade := 1 - .25*dy
					rough = s.rough
					tone = [3]float64{s.tone[0] * shade, s.tone[1] * shade, s.tone[2] * shade}
				}
			}
			detail := rough * (cloth[(y/2%256)<<8|x/2%256]*.7 + cloth[(y/5%256)<<8|x/5%256]*.5 + cloth[(y/13%256)<<8|x/13%256]*.35)
			noise := r.Uint64()
			for c := range tone {
				n := float64(noise>>(16*c)&0xff+noise>>(16*c+8)&0xff)/255 - 1 // a triangle from -1 to 1
				tone[c] = min(max((tone[c]+detail*weave)*light*cast[c]+n*grain*1.7, 0), 255)
			}
			img.SetRGBA(x, y, color.RGBA{uint8(tone[0]), uint8(tone[1]), uint8(tone[2]), 255})
		}
	}
	return asJPEG(img)
}

func asJPEG(img image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 88}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// acceptanceCache keeps the renditions of that site, for all themes.
var acceptanceCache = sync.OnceValue(func() media.Store {
	return media.DirStore(filepath.Join("..", "..", ".cache", "pictures"))
})

// acceptanceSite writes that site, with n stories in its largest gallery, into a
// folder and returns it.
func acceptanceSite(t testing.TB, n int) string {
	t.Helper()
	dir, files := t.TempDir(), maps.Clone(acceptanceFiles())
	addCrowd(files, n)
	for name, f := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, f.Data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// acceptanceBuild plans that site with a theme; its files are made when they are
// opened.
func acceptanceBuild(t testing.TB, dir, theme string) *builder.Result {
	t.Helper()
	r, probs, err := builder.Preview(t.Context(), os.DirFS(dir), builder.Options{
		Theme: theme, Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), Secret: []byte("a secret only the tests know"), Cache: acceptanceCache(),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range probs {
		if p.Level == problem.Error || p.Level == problem.Warning {
			t.Errorf("%s: %v", theme, p)
		}
	}
	return r
}

// fileOf returns what a file of a site holds.
func fileOf(t testing.TB, r *builder.Result, path string) []byte {
	t.Helper()
	f, ok := r.Set.Lookup(strings.TrimPrefix(path, "/"))
	if !ok {
		t.Fatalf("there is no %s", path)
	}
	reader, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	b, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
