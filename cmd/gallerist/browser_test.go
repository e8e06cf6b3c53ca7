//go:build browser

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"gallerist/builder"
	"gallerist/builder/media"
	"gallerist/builder/publish"
)

// The demo site in a real browser. With SHOTS=DIR each page is also saved as
// a picture, for people to look at.

var demoPages = map[string]string{
	"home": "/", "gallery": "/morning/", "piece": "/morning/olya/", "call": "/morning/call/", "thanks": "/morning/thanks/",
	"contributors": "/contributors/", "contributor": "/contributors/olya-moskva/", "places": "/places/", "tag": "/tags/kot/",
	"about": "/about/", "feed": "/feed/", "missing": "/404.html", "gallery-en": "/en/morning/", "piece-en": "/en/morning/olya/",
	"board": "/predlozheniya/", "idea": "/predlozheniya/kryuchok/", "board-en": "/en/predlozheniya/", "draw": "/poka-varitsya/2026-11-02/draw/",
	"products": "/morning/sveta-i-zhenya/", "series": "/poka-varitsya/", "contest": "/poka-varitsya/2026-11-16/", "contest-en": "/en/poka-varitsya/2026-11-09/",
	"rules": "/poka-varitsya/2026-11-09/rules/", "winners": "/poka-varitsya/2026-11-09/winners/",
	"film": "/poka-varitsya/2026-11-09/inna-i-yuri/",
	"team": "/zavtrak/", "result": "/zavtrak/zavtrak/",
}

var browserFlags = append(chromedp.DefaultExecAllocatorOptions[:],
	chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true),
	chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
	chromedp.Flag("hide-scrollbars", true),
)

// demo builds the demo site once and serves it as a file server would.
func demo(t *testing.T) *httptest.Server {
	t.Helper()
	root := filepath.Join("..", "..")
	r, _, err := builder.Build(t.Context(), os.DirFS(root), builder.Options{
		Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), Secret: []byte("a secret only the tests know"),
		Cache: media.DirStore(filepath.Join(root, ".cache", "pictures")),
	})
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "public")
	if _, err := publish.Sync(t.Context(), r.Set, publish.NewDir(out, publish.DirOptions{}), publish.Options{Verify: r.Verify}); err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Pages {
		if p.Layout == "thank" {
			demoPages["thank"] = p.URL
			break
		}
	}
	server := httptest.NewServer(http.FileServer(http.Dir(out)))
	t.Cleanup(server.Close)
	return server
}

func newBrowser(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), browserFlags...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 8*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// view is one way to look at a page.
type view struct {
	width, height int64
	dark, noJS    bool
}

func (v view) String() string {
	s := fmt.Sprint(v.width)
	if v.dark {
		s += "-dark"
	}
	return s
}

func look(url string, v view) chromedp.Action[chromedp.Void] {
	scheme := "light"
	if v.dark {
		scheme = "dark"
	}
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err1 := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: v.width, Height: v.height, DeviceScaleFactor: 1, Mobile: v.width < 600,
		})
		_, err2 := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.noJS})
		_, err3 := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		_, err4 := cdp.Call(ctx, t, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})
		_, err5 := chromedp.Navigate(url)(ctx, t)
		return errors.Join(err1, err2, err3, err4, err5)
	})
}

// pageFacts is what a script finds out about a page.
const pageFacts = `(() => {
  const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1 &&
    !e.closest('.skip') && getComputedStyle(e).position !== 'absolute' && !e.parentElement.closest('[data-scroll]')).map(e => e.tagName + '.' + e.className);
  const shift = performance.getEntriesByType('layout-shift').reduce((n, e) => n + e.value, 0);
  return JSON.stringify({
    overflow: document.documentElement.scrollWidth > innerWidth ? wide.slice(0, 5) : [],
    headings: document.querySelectorAll('h1').length,
    unlabelled: [...document.querySelectorAll('img:not([alt])')].length,
    missing: [...document.querySelectorAll('body *')].flatMap(e => [...e.childNodes]).filter(n => n.nodeType === 3 && /\[[a-z]+\.[a-z_]+\]|\{[a-z]+\}/.test(n.data)).map(n => n.data),
    scripts: [...document.scripts].filter(s => s.type !== 'application/ld+json').length,
    elements: document.querySelectorAll('*').length,
    shift,
  });
})()`

type facts struct {
	Overflow, Missing                       []string
	Headings, Unlabelled, Scripts, Elements int
	Shift                                   float64
}

func TestBrowserPages(t *testing.T) {
	server, ctx := demo(t), newBrowser(t)
	axe, err := os.ReadFile(filepath.Join("..", "..", ".cache", "axe-core-4.14.1.min.js"))
	if err != nil {
		t.Fatalf("%v: run \"make tools\" first", err)
	}
	shots := os.Getenv("SHOTS")
	for name, path := range demoPages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tab, cancel := chromedp.NewContext(ctx)
			t.Cleanup(cancel)
			for _, v := range []view{{width: 320, height: 800}, {width: 390, height: 844}, {width: 820, height: 1100, dark: true},
				{width: 1200, height: 1000}, {width: 1440, height: 1000}, {width: 1440, height: 1000, dark: true}, {width: 390, height: 844, dark: true}, {width: 2560, height: 1400}} {
				if err := chromedp.Do(tab, look(server.URL+path, v)); err != nil {
					t.Fatal(err)
				}
				checkPage(t, tab, v.String())
				if v.width == 390 && !v.dark || v.width == 1440 && v.dark { // both schemes, both shapes
					runAxe(t, tab, string(axe), v.String())
				}
				if shots != "" {
					saveShot(t, tab, filepath.Join(shots, name+"-"+v.String()+".png"))
				}
			}
		})
	}
}

func checkPage(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](pageFacts))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var f facts
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	if len(f.Overflow) > 0 || f.Headings != 1 || f.Unlabelled > 0 || len(f.Missing) > 0 || f.Scripts > 0 || f.Shift > 0 || f.Elements > 700 {
		t.Errorf("%s: %+v", name, f)
	}
}

func runAxe(t *testing.T, ctx context.Context, axe, name string) {
	t.Helper()
	run := axe + `; axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})
	  .then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' | ')))`
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](run, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: axe: %v", name, err)
	}
	for _, f := range found {
		t.Errorf("%s: axe: %s", name, f)
	}
}

func saveShot(t *testing.T, ctx context.Context, file string) {
	t.Helper()
	// Lazy pictures load as they come near: go through the page once.
	scroll := `new Promise(done => { let y = 0; const step = () => { scrollTo(0, y += 600);
	  y < document.body.scrollHeight ? setTimeout(step, 40) : (scrollTo(0, 0), setTimeout(done, 200)) }; step() })`
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](scroll, chromedp.EvalAwaitPromise)); err != nil {
		t.Fatal(err)
	}
	b, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestBrowserWithoutScripts holds that everything is there with JavaScript off
// and that links lead through the gallery.
func TestBrowserWithoutScripts(t *testing.T) {
	server, ctx := demo(t), newBrowser(t)
	if err := chromedp.Do(ctx, look(server.URL+"/morning/", view{width: 390, height: 844, noJS: true})); err != nil {
		t.Fatal(err)
	}
	html, err := chromedp.Run(ctx, chromedp.OuterHTML(chromedp.CSS("html")))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Фото от Оли, Москва", "<img", "feed.xml", "/morning/olya/", "10 из 80"} {
		if !strings.Contains(html, want) {
			t.Errorf("without scripts the gallery lacks %q", want)
		}
	}
}

// TestBrowserLive holds that an edit appears in the browser by itself, that a
// mistake is shown over the last good page with its line, and goes when it is
// mended; that a new colour and what is learnt of a picture when it is first
// shown come without loading the page again.
func TestBrowserLive(t *testing.T) {
	s := startServing(t, serving{bind: "127.0.0.1"})
	ctx := newBrowser(t)
	const text = "content/morning/first-cup/submission.md"
	const title = `document.querySelector('h1')?.textContent`
	if err := chromedp.Do(ctx, look(s.url+"morning/first-cup/", view{width: 820, height: 900})); err != nil {
		t.Fatal(err)
	}
	waitFor(t, ctx, title+`.includes('The first cup')`)
	const plate = `document.querySelector('.plate').style`
	waitFor(t, ctx, `document.querySelector('.plate img').naturalWidth > 0 && `+plate+`.getPropertyValue('--c') === '' && (window.same = true)`)
	s.replace("site.toml", "#", "# a remark: ")
	waitFor(t, ctx, `/^#[0-9a-f]{6}$/.test(`+plate+`.getPropertyValue('--c')) && window.same`)
	s.replace(text, "The first cup", "The second cup")
	waitFor(t, ctx, title+`.includes('The second cup') && !window.same`)
	s.replace(text, `"approved"`, `"aproved"`)
	waitFor(t, ctx, overlayText+`.includes('unknown status "aproved"') && `+overlayText+`.includes('status') && `+title+`.includes('The second cup')`)
	s.replace(text, `"aproved"`, `"approved"`)
	waitFor(t, ctx, title+`.includes('The second cup') && `+overlayText+` === ''`)
	s.replace(text, "The second cup", "The first cup")
	waitFor(t, ctx, title+`.includes('The first cup') && (window.same = true)`)
	if err := os.MkdirAll(filepath.Join(s.dir, "assets", "css"), 0o755); err != nil {
		t.Fatal(err)
	}
	site := filepath.Join(s.dir, "assets", "css", "site.css")
	for _, colour := range []string{"rgb(1, 2, 3)", "rgb(4, 5, 6)"} {
		if err := os.WriteFile(site, []byte("h1 { color: "+colour+" }"), 0o644); err != nil {
			t.Fatal(err)
		}
		waitFor(t, ctx, `getComputedStyle(document.querySelector('h1')).color === '`+colour+`' && window.same && document.querySelectorAll('link[rel=stylesheet]').length === 1`)
	}
}

// overlayText is what the preview says over the page.
const overlayText = `[...document.documentElement.children].map(e => e.shadowRoot?.textContent ?? '').join('')`

// waitFor waits until an expression is true on the page, through reloads.
func waitFor(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	wait := `new Promise(done => { const look = () => { let ok = false; try { ok = ` + expression + ` } catch {} ok ? done(true) : setTimeout(look, 30) }; look() })`
	for {
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](wait, chromedp.EvalAwaitPromise)); err == nil && ok {
			return
		}
		if ctx.Err() != nil { // a reload ends a waiting script: ask again
			t.Fatalf("the page never had: %s", expression)
		}
	}
}
