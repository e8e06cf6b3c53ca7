//go:build browser

package live

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// tab is a page of the preview in a Chromium.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu         sync.Mutex
	complaints []string // exceptions, and what was written to the console
}

// TestBrowser runs all that a Chromium is needed for in one, each part with a
// preview and a tab of its own. It fails where there is none.
func TestBrowser(t *testing.T) {
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
		}
	}
	if path == "" {
		t.Fatal("no Chromium here: run \"make tools\" first")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute) // only a fault lasts that long
	defer stop()
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	defer stop()
	ctx, stop = chromedp.NewContext(ctx)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	for _, part := range []struct {
		name string
		run  func(t *testing.T, browser context.Context)
	}{
		{"problems", browseProblems}, {"exchange", browseExchange}, {"odd markup", browseOddMarkup}, {"place", browsePlace}, {"other page", browseOtherPage},
		{"hidden", browseHidden}, {"back", browseBack}, {"restart", browseRestart},
	} {
		t.Run(part.name, func(t *testing.T) { part.run(t, ctx) })
	}
}

// newTab opens an address of the preview.
func newTab(t *testing.T, browser context.Context, p *preview, address string) *tab {
	t.Helper()
	b := &tab{t: t}
	ctx, stop := chromedp.NewContext(browser, chromedp.WithListener(b.hear))
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, time.Minute) // only a fault lasts that long
	t.Cleanup(stop)
	b.ctx = ctx
	b.open(p.url + address)
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if len(b.complaints) > 0 {
			t.Errorf("the browser complains: %q", b.complaints)
		}
	})
	return b
}

func (b *tab) hear(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := ev.(type) {
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		b.complaints = append(b.complaints, fmt.Sprint(e.Type))
	}
}

func (b *tab) open(url string) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(url)); err != nil {
		b.t.Fatal(err)
	}
}

// until waits until an expression is true on the page when it has loaded,
// through reloads.
func (b *tab) until(condition string) {
	b.t.Helper()
	wait := fmt.Sprintf(`new Promise(done => {
		const look = () => { let ok = false; try { ok = document.readyState === "complete" && (%s) } catch {} ok ? done(true) : setTimeout(look, 10) };
		look();
	})`, condition)
	for {
		_, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](wait, chromedp.EvalAwaitPromise))
		if err == nil {
			return
		}
		if b.ctx.Err() != nil {
			b.t.Fatalf("not %s: %v", condition, err)
		} // else the page was loaded again while it was asked
	}
}

// does runs a script once.
func (b *tab) does(script string) {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("(() => {"+script+"; return true})()")); err != nil {
		b.t.Fatal(err)
	}
}

// sampleSite makes a site from lines of "key value": a front page with a word, a
// style sheet, a list that grows at its top, a place of a colour, and another
// page that nothing but "other" changes. "bad" is an error, "odd" a warning.
func sampleSite(text string) (*publish.Set, problem.List, error) {
	is := map[string]string{"color": "red", "word": "first", "rows": "1", "place": "gray", "icon": "a"}
	var problems problem.List
	for i, l := range strings.Split(text, "\n") {
		key, value, _ := strings.Cut(l, " ")
		is[key] = value
		pos := problem.Pos{File: "content/page.md", Line: i + 1, Col: 5}
		switch key {
		case "bad":
			problems.Errorf(pos, "write another", "a bad <b>word</b>")
		case "odd":
			problems.Warnf(pos, "look at it", "an odd word")
		}
	}
	var rows strings.Builder
	var n int
	fmt.Sscan(is["rows"], &n)
	for i := n; i > 0; i-- {
		fmt.Fprintf(&rows, `<p style="height:300px"><a href="/row/%d/">row %d</a></p>`, i, i)
	}
	return setOf(
		"index.html", `<!DOCTYPE html><html lang=en><head><title>t</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'">
<link rel=stylesheet href="/assets/site-`+is["color"]+`.css"><link rel=stylesheet href="own.css">
<link rel=icon href="/icon-`+is["icon"]+`.svg" type="image/svg+xml"><meta name="theme-color" content="`+is["color"]+`"></head>
<body><main><h1>`+is["word"]+`</h1><details><summary>more</summary>much</details><p id=place style="background:`+is["place"]+`">x</p>`+
			`<div id=strip style="overflow:auto"><div style="width:9000px">wide</div></div>`+rows.String()+
			`<p style="height:5000px">end</p></main></body></html>`,
		"assets/site-"+is["color"]+".css", "body{color:"+is["color"]+"}",
		"own.css", "@import 'deep.css'; h1{outline-color:"+is["color"]+"}", "deep.css", "h1{background:"+is["color"]+"}",
		"icon-"+is["icon"]+".svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"other/index.html", "<!DOCTYPE html><html><body><h1>"+is["other"]+"</h1></body></html>",
	), problems, nil
}

const (
	word    = `document.querySelector("h1").textContent`
	overlay = `document.querySelector("gallerist-problems")`
	panel   = overlay + `.shadowRoot.querySelector("section")`
)

// browseProblems holds that an error is laid over the page with its line,
// without loading the page again, can be put aside, and goes when mended.
func browseProblems(t *testing.T, browser context.Context) {
	p := start(t, sampleSite)
	b := newTab(t, browser, p, "")
	b.until(word + ` === "first"`)
	b.does(`window.same = true`)
	p.edit("word first\nbad \"thing\" here\nrows 1")
	b.until(panel + `.innerText.includes("content/page.md:2:5")`)
	b.until(panel + `.innerText.includes("a bad <b>word</b>") && ` + panel + `.innerText.includes("Hint: write another")`)
	b.until(panel + `.querySelector("pre .at mark").textContent === '"thing"' && ` + panel + `.querySelector("pre").innerText.includes("word first")`)
	b.does(panel + `.querySelector("button").click()`)
	b.until(overlay + `.shadowRoot.querySelector(".corner.error").textContent === "1 error" && !` + panel)
	// Put aside, it stays aside, even when the page is loaded again and the line moves.
	p.edit("word second\n\nbad \"thing\" here")
	b.until(word + ` === "second" && ` + overlay + `.shadowRoot.querySelector(".corner") && !` + panel)
	b.does(`window.same = true; ` + overlay + `.shadowRoot.querySelector(".corner").click()`)
	b.until(panel + `.innerText.includes("content/page.md:3:5")`)
	// Another one opens the panel; warnings alone do not.
	b.does(panel + `.querySelector("button").click()`)
	p.edit("word second\nodd thing")
	b.until(overlay + `.shadowRoot.querySelector(".corner.warning").textContent === "1 warning" && !` + panel)
	p.edit("word second\nodd thing\nbad thing")
	b.until(panel + `.querySelector("h2").textContent === "1 error, 1 warning"`)
	p.edit("word second")
	b.until(`!` + overlay + ` && window.same`)
}

// browseExchange holds that style sheets with all they load, icons and
// colours change without loading the page again.
func browseExchange(t *testing.T, browser context.Context) {
	p := start(t, sampleSite)
	b := newTab(t, browser, p, "")
	style := func(what, color string) string {
		return `getComputedStyle(document.querySelector("h1"))` + what + ` === "` + color + `"`
	}
	b.until(style(".color", "rgb(255, 0, 0)") + `&&` + style(".backgroundColor", "rgb(255, 0, 0)"))
	b.does(`window.same = true; scrollTo(0, 777)`)
	for _, c := range []struct{ name, rgb string }{{"blue", "rgb(0, 0, 255)"}, {"lime", "rgb(0, 255, 0)"}, {"red", "rgb(255, 0, 0)"}} {
		p.edit("color " + c.name + "\nplace " + c.name + "\nicon " + c.name)
		b.until(style(".color", c.rgb) + `&&` + style(".backgroundColor", c.rgb) + `&&` + style(".outlineColor", c.rgb))
		b.until(`getComputedStyle(document.querySelector("#place")).backgroundColor === "` + c.rgb + `"`)
		b.until(`document.querySelector("link[rel=icon]").href.includes("/icon-` + c.name + `.svg") && document.querySelector("meta[name=theme-color]").content === "` + c.name + `"`)
		b.until(`document.querySelectorAll("link[rel=stylesheet]").length === 2 && document.querySelectorAll("link[rel=icon]").length === 1`)
	}
	b.until(`window.same && scrollY === 777`)
	p.edit("color blue\nword second")
	b.until(word + ` === "second" && !window.same && ` + style(".color", "rgb(0, 0, 255)"))
}

// browseOddMarkup holds that nothing is exchanged for something else where the
// browser sees a page otherwise than the server.
func browseOddMarkup(t *testing.T, browser context.Context) {
	for _, c := range []struct {
		markup string
		same   bool // nothing is loaded again
	}{
		{`<NOSCRIPT><p style="color:gray">x</p></NOSCRIPT><svg><path STYLE='color:COLOR'/></svg><p id=it style="color:COLOR" style="color:gray">x`, true},
		{`<p style="quotes:'&quot;'">x<p id=it style="color:&#32;COLOR">x`, true},
		{`<table><tr style="color:gray"><p id=it style="color:COLOR">x</p></tr></table>`, false}, // goes before the table
		{`<template><p style="color:gray"></p></template><p id=it style="color:COLOR">x</p>`, false},
	} {
		p := start(t, func(text string) (*publish.Set, problem.List, error) {
			return setOf("index.html", "<!DOCTYPE html><title>t</title>"+strings.ReplaceAll(c.markup, "COLOR", text)), nil, nil
		})
		p.edit("red")
		b := newTab(t, browser, p, "")
		colour := func(rgb string) string {
			return `getComputedStyle(document.querySelector("#it")).color === "` + rgb + `"`
		}
		b.until(colour("rgb(255, 0, 0)"))
		b.does(`window.same = true`)
		p.edit("blue")
		b.until(colour("rgb(0, 0, 255)"))
		b.until(fmt.Sprintf("(window.same === true) === %v", c.same))
		p.stop()
	}
}

// browsePlace holds that a reload leaves the reader where they were.
func browsePlace(t *testing.T, browser context.Context) {
	p := start(t, sampleSite)
	p.edit("rows 20")
	b := newTab(t, browser, p, "")
	b.until(`document.querySelectorAll("main a").length === 20`)
	b.does(`document.querySelector("details").open = true; document.querySelector("#strip").scrollLeft = 321;
		const row = document.querySelector("a[href='/row/9/']"); row.focus(); row.scrollIntoView(); scrollBy(0, -33)`)
	b.until(`Math.round(document.querySelector("a[href='/row/9/']").getBoundingClientRect().top) === 33`)
	// What is read stays where it is on the screen, though the list has grown above it.
	p.edit("rows 23")
	b.until(`document.querySelectorAll("main a").length === 23 && Math.round(document.querySelector("a[href='/row/9/']").getBoundingClientRect().top) === 33`)
	b.until(`document.querySelector("details").open && document.querySelector("#strip").scrollLeft === 321`)
	b.until(`document.readyState === "complete" && history.scrollRestoration === "auto"`)
	// At the top one stays at the top.
	b.does(`scrollTo(0, 0)`)
	p.edit("rows 24")
	b.until(`document.querySelectorAll("main a").length === 24 && scrollY === 0`)
	// And where nothing is the same any more, as far down.
	b.does(`scrollTo(0, document.documentElement.scrollHeight); window.far = scrollY`)
	p.edit("rows 24\nword second")
	b.until(word + ` === "second" && scrollY > 5000`)
}

// browseOtherPage holds that only pages that have changed are loaded
// again.
func browseOtherPage(t *testing.T, browser context.Context) {
	p := start(t, sampleSite)
	b := newTab(t, browser, p, "")
	b.until(word + ` === "first"`)
	other := newTab(t, browser, p, "other/")
	other.until(word + ` === ""`)
	b.does(`window.same = true`)
	p.edit("other one")
	other.until(word + ` === "one"`)
	other.does(`window.same = true`)
	p.edit("other one\nword second")
	b.until(word + ` === "second" && !window.same`)
	other.until(`window.same && ` + word + ` === "one"`)
	missing := newTab(t, browser, p, "new/")
	missing.until(`document.body.textContent.includes("no such page")`)
}

// browseHidden holds that a hidden page waits until it is looked at.
func browseHidden(t *testing.T, browser context.Context) {
	p := start(t, sampleSite)
	b := newTab(t, browser, p, "")
	b.until(word + ` === "first"`)
	b.does(`window.same = true
		Object.defineProperty(document, "hidden", { configurable: true, value: true })
		document.dispatchEvent(new Event("visibilitychange"))`)
	p.built()
	p.edit("word second")
	p.built()
	b.until(`window.same && ` + word + ` === "first"`)
	b.does(`delete document.hidden; document.dispatchEvent(new Event("visibilitychange"))`)
	b.until(word + ` === "second" && !window.same`)
}

// browseBack holds that a page one goes back to shows what has changed
// meanwhile, whether the browser kept it whole or not.
func browseBack(t *testing.T, browser context.Context) {
	p := start(t, sampleSite)
	b := newTab(t, browser, p, "")
	b.until(word + ` === "first"`)
	b.does(`window.same = true; addEventListener("pageshow", (e) => { window.kept = e.persisted })`)
	b.open(p.url + "other/")
	b.until(word + ` === ""`)
	b.does(`history.back()`)
	b.until(word + ` === "first" && window.same && window.kept`)
	b.open(p.url + "other/")
	b.until(word + ` === ""`)
	p.edit("word second")
	b.does(`history.back()`)
	b.until(word + ` === "second" && !window.same`)
	p.edit("word third") // it listens
	b.until(word + ` === "third"`)
}

// browseRestart holds that a page finds the preview again when it is
// stopped and started, and says so meanwhile.
func browseRestart(t *testing.T, browser context.Context) {
	p := start(t, sampleSite)
	b := newTab(t, browser, p, "")
	b.until(word + ` === "first"`)
	b.does(`window.same = true`)
	b.until(`!` + overlay)
	p.stop()
	<-p.ended
	b.until(overlay + `.shadowRoot.textContent.includes("The preview has stopped") && ` + word + ` === "first"`)
	p.serve(strings.TrimSuffix(strings.TrimPrefix(p.url, "http://"), "/"))
	b.until(`!` + overlay + ` && window.same`)
	p.edit("word second")
	b.until(word + ` === "second"`)
}
