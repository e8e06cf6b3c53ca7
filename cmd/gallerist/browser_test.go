//go:build browser

package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"gallerist/builder"
	"gallerist/builder/media"
)

var browserFlags = append(chromedp.DefaultExecAllocatorOptions[:],
	chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true),
	chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
	chromedp.Flag("hide-scrollbars", true),
)

// demo serves the demo site in a theme, "" for its own; its files are made when they are asked for.
func demo(t *testing.T, theme string) *httptest.Server {
	t.Helper()
	root := filepath.Join("..", "..")
	r, _, err := builder.Preview(t.Context(), os.DirFS(root), builder.Options{
		Theme: theme, Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), Secret: []byte("a secret only the tests know"),
		Cache: media.DirStore(filepath.Join(root, ".cache", "pictures")),
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) { serveFile(w, req, r) }))
	t.Cleanup(server.Close)
	return server
}

func newBrowser(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), browserFlags...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 15*time.Minute) // only a fault lasts that long
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

// TestBrowserLive holds that an edit appears in the browser by itself, that a
// mistake is shown over the last good page with its line, and goes when it is
// mended; that a new colour and what is learnt of a picture when it is first
// shown come without loading the page again.
func TestBrowserLive(t *testing.T) {
	t.Parallel()
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
