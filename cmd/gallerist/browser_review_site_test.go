//go:build browser

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// desk is a browser before the page of review, with the folder it reviews.
type desk struct {
	*testing.T
	ctx  context.Context
	dir  string
	base string // address of the page, without a slash at the end

	mu    sync.Mutex
	wrong []string // requests to others, exceptions, violations of the policy
}

// many is how many pieces wait in the large gallery of the site.
const many = 2000

// startReviewing makes a site, starts the command on it and enters the page with
// a browser.
func startReviewing(t *testing.T) *desk {
	t.Helper()
	d := &desk{T: t, ctx: newBrowser(t), dir: t.TempDir()}
	d.fill()
	out := &printed{more: make(chan struct{}, 1)}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	t.Cleanup(cancel)
	f := &flags{out: out, log: out, source: d.dir, now: "2026-11-22"}
	running, end := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- f.review(running, "", reviewing{serving: serving{bind: "127.0.0.1"}, by: "Vera"}) }()
	t.Cleanup(func() {
		end()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	(&served{t: t, ctx: ctx, out: out}).prints("(stop with Ctrl+C)")
	_, rest, _ := strings.Cut(out.String(), "the page is at ")
	enter := strings.Fields(rest)[0]
	d.base, _, _ = strings.Cut(enter, "/enter")
	d.watch()
	if err := chromedp.Do(d.ctx, chromedp.Navigate(enter)); err != nil {
		t.Fatal(err)
	}
	d.wait(`location.pathname === '/' && document.body.dataset.page === 'sheet'`)
	return d
}

// reviewedMD is a submission that one decision changes in one line: the day and
// the reviewer stand in it already.
func reviewedMD(id, title, more string) string {
	return "+++\n# as the form had it\nid       = \"" + id + "\"\ntitle    = \"" + title + "\"\nstatus   = \"pending\" # not yet\nreceived = 2026-11-02T08:14:00Z\n" + more +
		"\n[author]\nname = \"Olya\"\n\n[grant]\nstatus = \"granted\"\nscope  = ['site']\n\n[consent]\nname = true\n\n[review]\nby = \"Vera\"\non = 2026-11-22\n+++\nMurka does not drink coffee.\n"
}

// fill writes a gallery of every sort of piece and one of very many.
func (d *desk) fill() {
	d.Helper()
	put := func(name, text string) {
		path := filepath.Join(d.dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			d.Fatal(err)
		}
	}
	put("site.toml", "title = \"Sleepy Lane\"\nbase_url = \"https://shop.example/\"\nlanguage = \"en\"\nlanguages = [\"en\", \"ru\"]\n")
	put("content/tour/gallery.md", "+++\ntitle = \"Morning\"\n+++\n")
	for i, p := range []struct{ title, more, media string }{
		{"Latte with Murka", "alt = \"A cat beside a cup\"\ntags = [\"cat\"]\n", "1.jpg"},
		{"Two cups", "", "1.jpg 2.jpg 3.jpg"},
		{"Only words", "", ""},
		{"The same again", "alt = \"A cat\"\n", "1.jpg"},
		{"A film elsewhere", "[[media]]\nlink = \"https://vimeo.com/76979871\"\n", ""},
		{"A very long title that somebody wrote without ever coming to an end, Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", "alt = \"A cup\"\n", "1.jpg"},
		{"قهوة الصباح", "lang = \"ar\"\nalt = \"كوب\"\n", "1.jpg"},
	} {
		folder := fmt.Sprintf("content/tour/p%d/", i)
		put(folder+"submission.md", reviewedMD(fmt.Sprintf("tour%04d", i), p.title, p.more))
		for n, name := range strings.Fields(p.media) {
			put(folder+name, snapshot(uint64(i%3+10*n), 240+60*i))
		}
	}
	put("content/tour/bad/submission.md", "+++\nid = \"badbad22\"\nstatus = \n+++\n")
	put("content/crowd/gallery.md", "+++\ntitle = \"Crowd\"\n+++\n")
	for i := range many {
		folder := fmt.Sprintf("content/crowd/p%04d/", i)
		put(folder+"submission.md", reviewedMD(fmt.Sprintf("crowd%04d", i), fmt.Sprintf("Cup %d", i), "alt = \"A cup\"\n"))
		put(folder+"1.jpg", snapshot(uint64(1000+i), 16))
	}
}

// snapshot is a picture of random squares, like no other of another seed.
func snapshot(seed uint64, width int) string {
	r := rand.New(rand.NewPCG(seed, 7))
	var tones [16]color.RGBA
	for i := range tones {
		tones[i] = color.RGBA{uint8(r.Uint32()), uint8(r.Uint32()), uint8(r.Uint32()), 255}
	}
	m := image.NewRGBA(image.Rect(0, 0, width, width*3/4))
	for y := range m.Rect.Dy() {
		for x := range width {
			m.SetRGBA(x, y, tones[y*4/m.Rect.Dy()*4+x*4/width])
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	return b.String()
}

// watch notes what a page must not do. That a conflict is answered with 409 is
// told on the console, and no fault.
func (d *desk) watch() {
	d.Helper()
	note := func(text string) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.wrong = append(d.wrong, text)
	}
	if err := chromedp.Do(d.ctx); err != nil {
		d.Fatal(err)
	}
	err := chromedp.Listen(d.ctx, func(ev any) {
		if e, ok := ev.(*network.EventRequestWillBeSent); ok && !strings.HasPrefix(e.Request.URL, d.base+"/") {
			note("asks " + e.Request.URL)
		}
	})
	if err == nil {
		_, err = chromedp.Call(d.ctx, network.Enable, network.EnableParams{})
	}
	if err != nil {
		d.Fatal(err)
	}
	go func() {
		for m, err := range chromedp.Console(d.ctx) {
			if err == nil && (m.Type == "error" || m.Type == "warning" || m.IsException()) && !strings.Contains(m.Text, "status of 409") {
				note(m.String())
			}
		}
	}()
}

// calm fails where a page did what it must not.
func (d *desk) calm() {
	d.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, text := range d.wrong {
		d.Error(text)
	}
	d.wrong = nil
}

// open shows an address of the page with its own policy in force.
func (d *desk) open(path string, v view, touch bool) {
	d.Helper()
	scheme := "light"
	if v.dark {
		scheme = "dark"
	}
	_, err1 := chromedp.Call(d.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: v.width, Height: v.height, DeviceScaleFactor: 1, Mobile: touch})
	_, err2 := chromedp.Call(d.ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: touch})
	_, err3 := chromedp.Call(d.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.noJS})
	_, err4 := chromedp.Call(d.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	_, err5 := chromedp.Call(d.ctx, page.BringToFront, cdp.Empty{})
	if err := errors.Join(err1, err2, err3, err4, err5, chromedp.Do(d.ctx, chromedp.Navigate(d.base+path))); err != nil {
		d.Fatal(path, err)
	}
}

func (d *desk) wait(expression string) {
	d.Helper()
	waitFor(d.T, d.ctx, expression)
}

// press sends keys as somebody presses them, each when the page has answered the
// one before.
func (d *desk) press(keys ...string) {
	d.Helper()
	for _, key := range keys {
		if err := chromedp.Do(d.ctx, chromedp.KeyEvent(key)); err != nil {
			d.Fatal(err)
		}
		d.wait(`!document.documentElement.hasAttribute('aria-busy')`)
	}
}

// is fails where an expression is not what it should be.
func (d *desk) is(expression, want string) {
	d.Helper()
	got, err := chromedp.Run(d.ctx, chromedp.Evaluate[string](`String(`+expression+`)`))
	if err != nil || got != want {
		d.Errorf("%s is %q, not %q %v", expression, got, want, err)
	}
}

func (d *desk) do(script string) {
	d.Helper()
	if err := chromedp.Do(d.ctx, chromedp.Evaluate[chromedp.Void](script)); err != nil {
		d.Fatal(script, err)
	}
}

// file is the text of a submission in the folder tour.
func (d *desk) file(piece string) string {
	return readText(d.T, d.at(piece))
}

func (d *desk) at(piece string) string {
	return filepath.Join(d.dir, "content", filepath.FromSlash(piece), "submission.md")
}
