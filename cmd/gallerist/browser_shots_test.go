//go:build browser

package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	xdraw "golang.org/x/image/draw"
)

var (
	updateShots  = flag.Bool("shots", false, "make the golden pictures of the themes anew")
	drawPictures = flag.Bool("pictures", false, "draw the pictures of the themes in docs")
)

// Golden pictures: at most so many bytes each, of so many colours; of the pixels
// at most one in 500 may differ by more than a shade.
const (
	mostShot   = 150 << 10
	mostColors = 256
	mostDiffer = .002
	shade      = 40
)

// shotNote says, beside the golden pictures, which Chromium drew them.
var shotNote = filepath.Join("testdata", "shots", "chromium.txt")

// goldenFonts are the one face of the golden pictures, so that they do not hang on
// the fonts of a machine.
var goldenFonts = []string{"broadsheet/assets/fonts/literata-latin.woff2", "broadsheet/assets/fonts/literata-cyrillic.woff2"}

// TestBrowserShots compares a few pages of drawn pictures with the pictures beside
// this test. Another Chromium draws letters otherwise: then nothing is compared,
// and .cache/said.txt, which "make test" prints, tells so.
func TestBrowserShots(t *testing.T) {
	t.Parallel()
	ctx := newBrowser(t)
	is, err := majorVersion(ctx)
	if err != nil {
		t.Fatal(err)
	}
	was, err := os.ReadFile(shotNote)
	if *updateShots {
		if err := os.MkdirAll(filepath.Dir(shotNote), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(shotNote, []byte(is+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if err != nil {
		t.Fatal(err)
	} else if strings.TrimSpace(string(was)) != is {
		said := fmt.Sprintf("the themes' golden pictures were not compared: they were drawn by Chromium %s, here is %s; look at what -shots draws\n", strings.TrimSpace(string(was)), is)
		if err := os.WriteFile(filepath.Join("..", "..", ".cache", "said.txt"), []byte(said), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Skip(said)
	}
	site := acceptanceSite(t, few)
	for _, theme := range accepted {
		s := serveTheme(t, acceptanceBuild(t, site, theme))
		for _, shot := range []struct {
			path  string
			width int64
			mode  []string
		}{{"en/mixed/", 390, nil}, {"en/mixed/", 1200, []string{"prefers-color-scheme", "dark"}}, {"en/mixed/products/", 820, nil}} {
			name := fmt.Sprintf("%s-%s-%d.png", theme, strings.ReplaceAll(strings.Trim(shot.path, "/"), "/", "-"), shot.width)
			got := shoot(t, ctx, s.server.URL+"/"+shot.path, shot.width, shot.mode)
			compareShot(t, filepath.Join("testdata", "shots", name), got)
		}
	}
}

// majorVersion returns the first number of the browser's version.
func majorVersion(ctx context.Context) (string, error) {
	v, err := chromedp.CallBrowser(ctx, browser.GetVersion, cdp.Empty{})
	if err != nil {
		return "", err
	}
	return regexp.MustCompile(`\d+`).FindString(strings.TrimPrefix(v.Product, "Headless")), nil
}

// shoot takes a picture of the first screen of a page, all of whose text is in
// goldenFonts, but for Arabic, which is hidden, with all pictures there.
func shoot(t *testing.T, ctx context.Context, url string, width int64, mode []string) image.Image {
	t.Helper()
	var fonts []string
	for _, name := range goldenFonts {
		font, err := os.ReadFile(filepath.Join("..", "..", "themes", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		fonts = append(fonts, base64.StdEncoding.EncodeToString(font))
	}
	prepare := fmt.Sprintf(`(async (...fonts) => {
	  for (const [i, font] of fonts.entries()) document.fonts.add(await new FontFace('Golden' + i, Uint8Array.from(atob(font), c => c.charCodeAt(0))).load());
	  const style = document.createElement('style');
	  style.textContent = '*, ::before, ::after { font-family: Golden0, Golden1 !important; animation: none !important; transition: none !important }' +
	    '[lang=ar] { visibility: hidden; inline-size: 3em; block-size: 1em; overflow: clip }';
	  document.head.append(style);
	  for (const i of document.images) i.loading = 'eager';
	  await Promise.all([...document.images].map(i => i.decode().catch(() => 0)));
	  await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(r))));
	  return true })(%q, %q)`, fonts[0], fonts[1])
	return capture(t, ctx, url, width, 0, mode, prepare)
}

// capture loads a page, runs a script on it that returns true when it is ready,
// and takes a picture of its first height pixels, or of the screen where that is 0.
func capture(t *testing.T, ctx context.Context, url string, width, height int64, mode []string, prepare string) image.Image {
	t.Helper()
	size := screen(width, 1)
	if height > 0 {
		size = command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
	}
	err := chromedp.Do(ctx, size, emulated("", mode...), command(page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}), chromedp.Navigate(url))
	if err == nil {
		_, err = chromedp.Run(ctx, chromedp.Evaluate[bool](prepare, chromedp.EvalAwaitPromise))
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// compareShot holds a picture against the golden one, in whose colours it is drawn.
func compareShot(t *testing.T, file string, got image.Image) {
	t.Helper()
	if *updateShots {
		writeShot(t, file, got)
		return
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Bounds() {
		t.Errorf("%s: %v large, not %v", file, got.Bounds().Size(), want.Bounds().Size())
		return
	}
	differ, b := 0, got.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if !sameShade(got.At(x, y), want.At(x, y)) {
				differ++
			}
		}
	}
	if part := float64(differ) / float64(b.Dx()*b.Dy()); part > mostDiffer {
		look := filepath.Join("..", "..", ".cache", filepath.Base(file))
		writeShot(t, look, got)
		t.Errorf("%s: %.2f %% of its pixels differ (at most %.1f %%): look at %s; -shots keeps it", file, part*100, mostDiffer*100, look)
	}
}

func sameShade(a, b color.Color) bool {
	r, g, bl, _ := a.RGBA()
	r2, g2, b2, _ := b.RGBA()
	far := func(a, b uint32) bool { return max(a, b)-min(a, b) > shade<<8 }
	return !far(r, r2) && !far(g, g2) && !far(bl, b2)
}

// writeShot writes a picture in few colours.
func writeShot(t *testing.T, file string, img image.Image) {
	t.Helper()
	few := image.NewPaletted(img.Bounds(), fewColors(img))
	draw.Draw(few, few.Bounds(), img, img.Bounds().Min, draw.Src)
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, few); err != nil {
		t.Fatal(err)
	}
	if b.Len() > mostShot {
		t.Errorf("%s has %d bytes (at most %d)", file, b.Len(), mostShot)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// fewColors returns a palette for a picture by cutting its colours at the median
// of their widest channel until there are enough boxes (Heckbert, 1982).
func fewColors(img image.Image) color.Palette {
	var all [][3]uint8
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y += 2 {
		for x := b.Min.X; x < b.Max.X; x += 2 {
			r, g, bl, _ := img.At(x, y).RGBA()
			all = append(all, [3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(bl >> 8)})
		}
	}
	boxes := [][][3]uint8{all}
	for len(boxes) < mostColors {
		widest, channel, width := -1, 0, 0
		for i, box := range boxes {
			for c := range 3 {
				least, most := slices.MinFunc(box, by(c))[c], slices.MaxFunc(box, by(c))[c]
				if w := int(most - least); w > width {
					widest, channel, width = i, c, w
				}
			}
		}
		if widest < 0 {
			break
		}
		box := boxes[widest]
		slices.SortFunc(box, by(channel))
		// Equal colours stay together: cut where the value changes, near the middle.
		cut := len(box) / 2
		for cut < len(box)-1 && box[cut][channel] == box[cut-1][channel] {
			cut++
		}
		if box[cut][channel] == box[cut-1][channel] {
			cut, _ = slices.BinarySearchFunc(box, box[len(box)-1], by(channel))
		}
		boxes[widest], boxes = box[:cut], append(boxes, box[cut:])
	}
	var palette color.Palette
	for _, box := range boxes {
		var sum [3]int
		for _, c := range box {
			for i := range sum {
				sum[i] += int(c[i])
			}
		}
		n := len(box)
		palette = append(palette, color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), 255})
	}
	return palette
}

func by(channel int) func(a, b [3]uint8) int {
	return func(a, b [3]uint8) int { return int(a[channel]) - int(b[channel]) }
}

// TestBrowserDraw draws the demo site in the three themes side by side, for the
// README: "make pictures".
func TestBrowserDraw(t *testing.T) {
	if !*drawPictures {
		t.Skip("draws docs/themes-*.png: make pictures")
	}
	ctx := newBrowser(t)
	const prepare = `(async () => {
	  for (const i of document.images) i.loading = 'eager';
	  await Promise.all([...document.images].map(i => i.decode().catch(() => 0)));
	  await document.fonts.ready;
	  await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(r))));
	  return true })()`
	var servers []string
	for _, theme := range []string{"broadsheet", "courtyard", "limelight"} {
		servers = append(servers, demo(t, theme).URL)
	}
	dark := []string{"prefers-color-scheme", "dark"}
	for _, p := range []struct {
		name          string
		paths         []string // a page of each theme
		modes         [][]string
		width, height int64
		each          int // pixels that it takes in the picture
	}{
		{"themes", []string{"/en/morning/", "/en/", "/en/poka-varitsya/2026-11-09/"}, [][]string{nil, nil, dark}, 1100, 1500, 400},
		{"themes-phone", []string{"/en/morning/olya/", "/en/morning/", "/en/poka-varitsya/2026-11-09/winners/"}, [][]string{dark, dark, nil}, 390, 900, 280},
	} {
		const gap = 12
		high := p.each * int(p.height) / int(p.width)
		sheet := image.NewRGBA(image.Rect(0, 0, (p.each+gap)*len(p.paths)-gap, high))
		draw.Draw(sheet, sheet.Bounds(), image.NewUniform(color.RGBA{136, 136, 136, 255}), image.Point{}, draw.Src)
		for i, path := range p.paths {
			capture(t, ctx, servers[i]+path, p.width, p.height, p.modes[i], prepare) // the second time the font is there from the start
			img := capture(t, ctx, servers[i]+path, p.width, p.height, p.modes[i], prepare)
			xdraw.CatmullRom.Scale(sheet, image.Rect(i*(p.each+gap), 0, i*(p.each+gap)+p.each, high), img, img.Bounds(), draw.Src, nil)
		}
		writeShot(t, filepath.Join("..", "..", "docs", p.name+".png"), sheet)
	}
}
