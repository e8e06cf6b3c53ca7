//go:build browser

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	_ "image/png"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"gallerist/builder"
	"gallerist/builder/media"
	"gallerist/builder/publish"
)

const (
	longQuestion = "Расскажите, пожалуйста, как проходит ваше самое обыкновенное, никем не приукрашенное и не отрепетированное воскресное утро: " +
		"кто просыпается первым, кто варит кофе, кто выгуливает собаку, кто переворачивает блины, а кто до полудня достопримечательно лежит и руководит всеми остальными?"
	longStep = "Сфотографируйте завтрак при обыкновенном дневном освещении из окна и перечислите всех присутствующих родственников вместе с домашними животными и растениями"
)

// posterFolder is a site whose calls have as much and as little on their
// posters as there can be, with pictures of all shapes.
func posterFolder() fstest.MapFS {
	folder := fstest.MapFS{
		"site.toml": {Data: []byte("title = \"Кофейня «В тапочках» на углу Малой Достоевской и Большой Кондитерской\"\nbase_url = \"https://slippers.example/\"\n" +
			"language = \"ru\"\nlanguages = [\"ru\", \"en\"]\nbrand = \"#f2c500\"\nlogo = \"logo.svg\"\n")},
		"assets/logo.svg": {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20H0z"/></svg>`)},
	}
	for name, c := range map[string]struct {
		question, step string
		steps          int
		picture        image.Point
	}{
		"least":    {"Как?", "", 0, image.Point{}},
		"usual":    {"Как вы пьёте кофе по утрам? С котом, на балконе, в пижаме?", "Снимите своё утро таким, какое оно есть.", 3, image.Pt(900, 600)},
		"upright":  {"Как вы пьёте кофе по утрам?", "Снимите своё утро.", 4, image.Pt(600, 900)},
		"wide":     {"Достопримечательствование?", "Снимите.", 6, image.Pt(1600, 500)},
		"longest":  {longQuestion, longStep, 6, image.Pt(900, 600)},
		"question": {longQuestion, "Снимите своё утро.", 3, image.Pt(900, 600)},
		"steps":    {"Как?", longStep, 9, image.Pt(600, 900)},
	} {
		steps := strings.Repeat(fmt.Sprintf("%q, ", c.step), c.steps)
		folder["content/"+name+"/gallery.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "+++\ntitle = %q\n[call]\nquestion = %q\n"+
			"closes = 2026-12-05\nhashtag = \"длинноесловодляхештега\"\nsteps = [%s]\n+++\n", name, c.question, steps)}
		if c.picture.X > 0 {
			folder["content/"+name+"/olya/1.jpg"] = &fstest.MapFile{Data: gradient(c.picture, 3)}
		}
		folder["content/"+name+"/olya/submission.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "+++\nid = \"%s1\"\nalt = \"Утро\"\nreceived = 2026-11-01\nstatus = \"approved\"\n"+
			"[[author]]\nname = \"Александра-Виктория Преображенская-Толстопятова\"\nplace = \"Санкт-Петербург\"\n[grant]\nstatus = \"granted\"\nscope = [\"site\", \"print\"]\n"+
			"[consent]\nname = true\nplace = true\n+++\nУтро.\n", name)}
	}
	return folder
}

// sheetFacts is what a script finds out about a poster: whether something stands
// out of the sheet or over something else, and how large what counts is, in
// hundredths of the sheet's width.
const sheetFacts = `(() => {
  const sheet = document.querySelector('.sheet').getBoundingClientRect(), face = document.querySelector('.sheet-face');
  const part = n => n / sheet.width * 100, box = e => e.getBoundingClientRect();
  const out = [...face.querySelectorAll(':not(picture, source)')].filter(e => { const b = box(e);
    return b.left < sheet.left - 1 || b.right > sheet.right + 1 || b.bottom > sheet.bottom + 1 || b.top < sheet.top - 1 }).map(e => e.tagName + '.' + e.className);
  const list = [...face.children, ...face.querySelector('.sheet-foot').children].filter(e => e.className !== 'sheet-foot');
  const over = list.flatMap((a, i) => list.slice(i + 1).filter(b => { const p = box(a), q = box(b);
    return p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1 }).map(b => a.className + a.tagName + ' over ' + b.className + b.tagName));
  const img = face.querySelector('figure img'), code = face.querySelector('.sheet-code img');
  const natural = img ? img.naturalWidth / img.naturalHeight : 1; // as object-fit shows it
  const fit = img && getComputedStyle(img).objectFit === 'contain' ? Math.min(box(img).width / natural, box(img).height) : 0;
  const shown = fit ? {width: fit * natural, height: fit} : img && box(img);
  return JSON.stringify({out, over, wide: document.documentElement.scrollWidth > innerWidth, spill: part(face.scrollHeight - face.clientHeight),
    picture: img ? part(Math.max(shown.width, shown.height)) : 0, shape: img ? shown.width / shown.height : 0, code: part(box(code).width),
    broken: [...document.images].filter(i => !i.naturalWidth).length, letters: part(Math.min(...list.map(e => parseFloat(getComputedStyle(e).fontSize))))});
})()`

// TestBrowserPosters: whatever a call says, its poster is one sheet of its paper,
// on which nothing is cut off or covers anything, pictures keep their shapes, and
// a phone reads the code, off the screen and off the paper.
func TestBrowserPosters(t *testing.T) {
	t.Parallel()
	r, probs, err := builder.Build(t.Context(), posterFolder(), builder.Options{
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
	shapes := map[string]float64{"usual": 1.5, "upright": 2. / 3, "wide": 3.2}
	for _, name := range []string{"least", "usual", "upright", "wide", "longest", "question", "steps"} {
		for _, paper := range []struct {
			path          string
			width, height float64 // in points
		}{{"/call/poster/", 595.28, 841.89}, {"/call/poster-a5/", 419.53, 595.28}} {
			path := "/" + name + paper.path
			if err := chromedp.Do(ctx, look(server.URL+path, view{width: 820, height: 1100, dark: true})); err != nil {
				t.Fatal(err)
			}
			runAxe(t, ctx, string(axe), path)
			for _, width := range []int64{820, 320, 1440} {
				if err := chromedp.Do(ctx, screen(width, 1)); err != nil {
					t.Fatal(err)
				}
				checkSheet(t, ctx, fmt.Sprintf("%s at %d", path, width), shapes[name])
			}
			shot := shootSheet(t, ctx)
			if got := scan(t, shot); got != "https://slippers.example/"+name+"/call/" {
				t.Errorf("%s: a phone reads %q", path, got)
			}
			pdf := printPage(t, ctx)
			if shots := os.Getenv("SHOTS"); shots != "" {
				file := filepath.Join(shots, strings.ReplaceAll(strings.Trim(path, "/"), "/", "-"))
				if err := os.WriteFile(file+".png", shot, 0o644); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file+".pdf", pdf, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			boxes := pdfPages.FindAllSubmatch(pdf, -1)
			if len(boxes) != 1 {
				t.Errorf("%s: %d pages", path, len(boxes))
				continue
			}
			width, _ := strconv.ParseFloat(string(boxes[0][1]), 64)
			height, _ := strconv.ParseFloat(string(boxes[0][2]), 64)
			if math.Abs(width-paper.width) > 1 || math.Abs(height-paper.height) > 1 {
				t.Errorf("%s is printed on %v × %v points", path, width, height)
			}
		}
	}
}

// pdfPages are the sizes of a PDF's pages, as Chromium writes them.
var pdfPages = regexp.MustCompile(`/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]`)

// checkSheet holds the poster on the screen, then as it is printed.
func checkSheet(t *testing.T, ctx context.Context, name string, shape float64) {
	t.Helper()
	for _, media := range []string{"screen", "print"} {
		emulate(t, ctx, media)
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](sheetFacts))
		if err != nil {
			t.Fatal(err)
		}
		var f struct {
			Out, Over                            []string
			Wide                                 bool
			Spill, Picture, Shape, Code, Letters float64
			Broken                               int
		}
		if err := json.Unmarshal([]byte(text), &f); err != nil {
			t.Fatal(err)
		}
		if len(f.Out) > 0 || len(f.Over) > 0 || f.Wide && media == "screen" || f.Spill > .5 || f.Broken > 0 || f.Code < 25 || f.Letters < 2 {
			t.Errorf("%s, %s: %+v", name, media, f)
		}
		if (shape > 0) != (f.Picture > 0) || shape > 0 && (f.Picture < 25 || math.Abs(f.Shape/shape-1) > .03) {
			t.Errorf("%s, %s: the picture is %.1f large and %.2f wide by its height, not %.2f", name, media, f.Picture, f.Shape, shape)
		}
	}
	emulate(t, ctx, "")
}

func emulate(t *testing.T, ctx context.Context, media string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media})
		return err
	})); err != nil {
		t.Fatal(err)
	}
}

// shootSheet takes a picture of the sheet alone.
func shootSheet(t *testing.T, ctx context.Context) []byte {
	t.Helper()
	emulate(t, ctx, "print") // nothing stands around it
	b, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	emulate(t, ctx, "")
	return b
}

// scan reads the code in a picture.
func scan(t *testing.T, shot []byte) string {
	t.Helper()
	img, _, err := image.Decode(bytes.NewReader(shot))
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		return err.Error()
	}
	return result.GetText()
}

// printPage prints the page as a visitor does, without backgrounds.
func printPage(t *testing.T, ctx context.Context) []byte {
	t.Helper()
	var pdf []byte
	if err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		yes := true
		result, err := cdp.Call(ctx, target, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &yes})
		if err != nil {
			return err
		}
		pdf = result.Data
		return nil
	})); err != nil {
		t.Fatal(err)
	}
	return pdf
}
