//go:build browser

package live

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// browser opens a Chromium, and fails where there is none.
func browser(t *testing.T, p *preview, listen func(ev any)) context.Context {
	t.Helper()
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
	allocator, stop := chromedp.NewExecAllocator(p.ctx, options...)
	t.Cleanup(stop)
	ctx, stop := chromedp.NewContext(allocator, chromedp.WithListener(listen))
	t.Cleanup(stop)
	return ctx
}

// cspSite is a long page with the policy that themes have; "bad" brings a
// problem, "style" changes the style alone.
func cspSite(text string) (*publish.Set, problem.List, error) {
	var problems problem.List
	if strings.Contains(text, "bad") {
		problems.Errorf(problem.Pos{File: "content/page.md", Line: 2, Col: 3}, "write another", "a bad <b>word</b>")
	}
	word, style, _ := strings.Cut(strings.TrimSuffix(text, " bad"), " ")
	return setOf("index.html", `<!DOCTYPE html><html lang=en><head><title>t</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'"><link rel=stylesheet href=/s.css></head>
<body><p id=word>`+word+`</p></body></html>`, "s.css", "body{height:5000px;color:"+style+"}", "other/index.html", "<p>"+text), problems, nil
}

func TestBrowserPreview(t *testing.T) {
	p := start(t, cspSite)
	var mu sync.Mutex
	var complaints []string
	ctx := browser(t, p, func(ev any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := ev.(type) {
		case *runtime.EventExceptionThrown:
			complaints = append(complaints, e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			complaints = append(complaints, fmt.Sprint(e.Type))
		}
	})
	p.built()
	p.edit("first red")
	p.built()
	step := func(edit, condition string) {
		t.Helper()
		if edit != "" {
			p.edit(edit)
		}
		until := fmt.Sprintf("new Promise(done => { const look = () => (%s) ? done(true) : requestAnimationFrame(look); look(); })", condition)
		for {
			_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](until, chromedp.EvalAwaitPromise))
			if err == nil {
				return
			}
			if ctx.Err() != nil {
				t.Fatalf("after %q: not %s: %v", edit, condition, err)
			} // else the page was loaded again while it was asked
		}
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(p.url)); err != nil {
		t.Fatal(err)
	}
	const (
		color   = `getComputedStyle(document.body).color === `
		overlay = `document.querySelector("gallerist-problems")`
		words   = overlay + `?.shadowRoot.querySelector("section").innerText`
	)
	step("", color+`"rgb(255, 0, 0)"`)
	step("", `(scrollTo(0, 1234), window.old = true, scrollY === 1234)`)
	// A problem is laid over the page, which is not loaded again.
	p.edit("first red bad")
	for len(p.built().Problems) == 0 {
	}
	step("", words+`.includes("content/page.md:2:3")`)
	step("", words+`.includes("a bad <b>word</b>") && `+words+`.includes("write another") && window.old`)
	step("", `(`+overlay+`.shadowRoot.querySelector("button").click(), !`+overlay+`)`)
	// Dismissed, it stays away until it has been mended and comes again.
	p.edit("first red")
	for len(p.built().Problems) > 0 {
	}
	step("first red bad", words+`.includes("1 problem")`)
	step("first red", `window.old && !`+overlay)
	// A changed style, and then a changed text, load it again, where it was.
	step("first blue", `!window.old && `+color+`"rgb(0, 0, 255)" && scrollY === 1234`)
	step("second blue", `document.querySelector("#word").textContent === "second" && scrollY === 1234`)
	step("", `document.querySelectorAll("script").length === 1`)
	mu.Lock()
	defer mu.Unlock()
	if len(complaints) > 0 {
		t.Errorf("the browser complains: %q", complaints)
	}
}
