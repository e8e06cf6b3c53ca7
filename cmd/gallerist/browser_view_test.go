//go:build browser

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gallerist/builder"
	"gallerist/builder/media"
	"gallerist/builder/publish"
)

// scriptedFolder is a site with the modules of themes, over plain: a gallery of
// 14 pictures in three pages, in English and Arabic.
func scriptedFolder() fstest.MapFS {
	folder := fstest.MapFS{
		"site.toml": {Data: []byte("title = \"Slippers\"\nbase_url = \"https://slippers.example/\"\nlanguage = \"en\"\n" +
			"languages = [\"en\", \"ar\"]\ntheme = \"stage\"\nshare = [\"mail\"]\n")},
		"themes/stage/theme.toml": {Data: []byte("name = \"Stage\"\nversion = \"1\"\nextends = \"plain\"\npage_size = 5\n" +
			"scripts = [\"assets/js/view.js\", \"assets/js/share.js\"]\n")},
		"assets/css/site.css": {Data: []byte("@media (prefers-reduced-motion: no-preference) {\n@view-transition { navigation: auto; }\n" +
			".plate:first-of-type :is(img, video), :target > figure > .ph img { view-transition-name: hero; }\n}\n")},
		"content/g/gallery.md": {Data: []byte("+++\ntitle = \"Morning\"\n+++\nHow we drink coffee.\n")},
	}
	for i := range 14 {
		dir := fmt.Sprintf("content/g/p%02d/", i)
		size := []image.Point{{360, 240}, {240, 360}, {300, 300}}[i%3]
		folder[dir+"cup.jpg"] = &fstest.MapFile{Data: gradient(size, i)}
		folder[dir+"submission.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, `+++
id = "piece%02d"
title = "Cup %d"
alt = "A cup"
tags = ["cup"]
received = 2026-11-01T08:00:00Z
published = 2026-11-%02dT10:00:00Z
status = "approved"
[author]
name = "Olya"
[grant]
status = "granted"
scope = ["site"]
[consent]
name = true
+++
`, i, i, i+1)}
	}
	return folder
}

// visitor is a browser that looks at that site as a host serves it.
type visitor struct {
	t     *testing.T
	ctx   context.Context
	url   string
	grown *int // how many times a picture was seen to grow or shrink
}

// watching is put into each page. It notes which pictures a page is left with that
// are to grow or shrink into the next one, by where they lead, and what moves as a
// page appears. What a page does as it is left, it does before this: modules come
// before DOMContentLoaded.
const watching = `addEventListener("pageshow", e => { self.kept = e.persisted });
addEventListener("DOMContentLoaded", () => addEventListener("pageswap", e => { self.moved = null;
  sessionStorage.left = !e.viewTransition ? "no transition" : [...document.images].filter(i => getComputedStyle(i).viewTransitionName === "hero").map(i => i.closest("a")?.pathname ?? "plate") }));
addEventListener("pagereveal", e => { self.moved = null; const v = e.viewTransition;
  if (!v) return self.moved = [];
  let moved = []; v.ready.then(() => { moved = document.getAnimations().map(a => a.effect.pseudoElement) }, () => {});
  v.finished.then(() => { self.moved = moved }) });`

func newVisitor(t *testing.T) *visitor {
	t.Helper()
	r, probs, err := builder.Build(t.Context(), scriptedFolder(), builder.Options{
		Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), Secret: []byte("a secret only the tests know"), Cache: media.MemStore(),
	})
	if err != nil || len(probs) > 0 {
		t.Fatal(err, probs)
	}
	out := filepath.Join(t.TempDir(), "public")
	if _, err := publish.Sync(t.Context(), r.Set, publish.NewDir(out, publish.DirOptions{}), publish.Options{Verify: r.Verify}); err != nil {
		t.Fatal(err)
	}
	files, sent := http.FileServer(http.Dir(out)), sentHeaders(t, filepath.Join(out, "_headers"))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent(r.URL.Path, w.Header())
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s := &visitor{t: t, ctx: newBrowser(t), url: server.URL, grown: new(int)}
	heard := func(ev any) {
		switch e := ev.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("the browser complains: %s", e.ExceptionDetails.Exception.Description)
		case *runtime.EventConsoleAPICalled:
			t.Errorf("the console says: %s", e.Type)
		}
	}
	tab, cancel := chromedp.NewContext(s.ctx, chromedp.WithListener(heard))
	t.Cleanup(cancel)
	s.ctx = tab
	s.do(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watching})
		return err
	})
	s.look(1000, false)
	return s
}

// sentHeaders reads a file _headers as hosts do: by the beginning of addresses,
// what is sent with them. That style sheets are kept by the browser is needed
// here: Chromium gives a transition up where the next page's comes late.
func sentHeaders(t *testing.T, file string) func(address string, h http.Header) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	type rule struct{ begin, name, value string }
	var rules []rule
	begin := ""
	for line := range strings.Lines(string(text)) {
		name, value, found := strings.Cut(strings.TrimSpace(line), ": ")
		if found {
			rules = append(rules, rule{begin, name, value})
		} else {
			begin, _, _ = strings.Cut(line, "*")
		}
	}
	if len(rules) < 8 || rules[0].name != "Content-Security-Policy" {
		t.Fatalf("what is sent: %s", text)
	}
	return func(address string, h http.Header) {
		for _, r := range rules {
			if strings.HasPrefix(address, r.begin) && r.name != "Content-Type" { // that of *.ics
				h.Set(r.name, r.value)
			}
		}
	}
}

func (s *visitor) do(f func(ctx context.Context, t *chromedp.Target) error) {
	s.t.Helper()
	if err := chromedp.Do(s.ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error { return f(ctx, t) })); err != nil {
		s.t.Fatal(err)
	}
}

// look sets the size of the window, and whether it is a phone's.
func (s *visitor) look(width int64, phone bool) {
	s.t.Helper()
	s.do(func(ctx context.Context, t *chromedp.Target) error {
		_, err1 := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 700, DeviceScaleFactor: 1, Mobile: phone})
		_, err2 := cdp.Call(ctx, t, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: phone})
		return errors.Join(err1, err2)
	})
}

func (s *visitor) open(path string) {
	s.t.Helper()
	if err := chromedp.Do(s.ctx, chromedp.Navigate(s.url+path)); err != nil {
		s.t.Fatal(err)
	}
	s.wait(`document.readyState === "complete"`)
}

// run runs a script that gives a text.
func (s *visitor) run(script string) string {
	s.t.Helper()
	text, err := chromedp.Run(s.ctx, chromedp.Evaluate[string]("String("+script+")"))
	if err != nil {
		s.t.Fatalf("%s: %v", script, err)
	}
	return text
}

func (s *visitor) wait(expression string) {
	s.t.Helper()
	waitFor(s.t, s.ctx, expression)
}

func (s *visitor) press(key string) {
	s.t.Helper()
	if err := chromedp.Do(s.ctx, chromedp.KeyEvent(key)); err != nil {
		s.t.Fatal(err)
	}
}

// arrived waits for a page, and for what moves on it to be still. Left is what
// the one before was left with: "plate", or the address that a tile leads to.
// Where a machine is busy, Chromium begins no transition, gives it up or begins it
// before the page is all there: then only what the page names is looked at.
func (s *visitor) arrived(address, left string) {
	s.t.Helper()
	s.wait(`location.pathname + location.hash === "` + address + `" && self.moved`)
	if got := s.run("sessionStorage.left"); got != left && got != "no transition" {
		s.t.Errorf("to %s the way was from %q, want %q", address, got, left)
	}
	moved, names := s.run("self.moved"), s.run(`[...document.images].filter(i => getComputedStyle(i).viewTransitionName === "hero").length`)
	if want := s.run(`document.querySelector(".plate, :target .ph") !== null`); names != "1" && left != "" && (moved != "" || want == "true") || (names != "0" || moved != "") && left == "" {
		s.t.Errorf("at %s %s pictures are named; moved: %q", address, names, moved)
	}
	if strings.Contains(moved, "::view-transition-group(hero)") {
		*s.grown++
	}
}

// TestBrowserView: with a theme's modules a piece's page is a lightbox, and
// without them, and for those who want no motion, all of it are links.
func TestBrowserView(t *testing.T) {
	t.Parallel()
	s := newVisitor(t)
	for _, part := range []struct {
		name string
		run  func(*visitor)
	}{
		{"grows and shrinks", (*visitor).growsAndShrinks}, {"neighbours", (*visitor).neighbours}, {"strip", (*visitor).strip},
		{"right to left", (*visitor).rightToLeft}, {"keys of others", (*visitor).keysOfOthers}, {"fingers", (*visitor).fingers},
		{"focus", (*visitor).focus}, {"share", (*visitor).share}, {"calm", (*visitor).calm}, {"without scripts", (*visitor).withoutScripts},
	} {
		t.Run(part.name, func(t *testing.T) {
			part.run(&visitor{t, s.ctx, s.url, s.grown})
		})
	}
	if *s.grown < 5 {
		t.Errorf("%d times a picture grew or shrank", *s.grown)
	}
}

// growsAndShrinks opens a picture of each page of the gallery and of a list, and
// comes back by the browser's button and by Esc.
func (s *visitor) growsAndShrinks() {
	for _, list := range []string{"/g/", "/g/page/1/", "/tags/cup/page/1/"} {
		s.open(list)
		piece := s.run(`(scrollTo(0, 150), self.here = scrollY, document.querySelectorAll('.rows a.ph')[2].pathname)`)
		s.run(`document.querySelectorAll('.rows a.ph')[2].click()`)
		s.arrived(piece, piece)
		s.run(`history.back()`)
		s.arrived(list, "plate")
		if at := s.run(`[self.kept, scrollY === self.here]`); at != "true,true" {
			s.t.Errorf("back at %s: kept, where it was: %s", list, at)
		}
		s.run(`history.forward()`)
		s.arrived(piece, piece)
	}
}

// neighbours goes through the gallery with the arrow keys, and to the tile of
// the piece it came to, which is in view and outlined.
func (s *visitor) neighbours() {
	s.open("/g/p05/")
	s.press(kb.ArrowRight)
	s.arrived("/g/p04/", "plate")
	s.press(kb.ArrowRight)
	s.arrived("/g/p03/", "plate")
	s.press(kb.ArrowLeft)
	s.arrived("/g/p04/", "plate")
	s.press(kb.Escape)
	s.arrived("/g/page/1/#p-piece04", "plate")
	tile := s.run(`(() => { const p = document.querySelector(":target .ph"), b = p.getBoundingClientRect();
	  return [b.top >= 0 && b.bottom <= innerHeight, getComputedStyle(p).outlineStyle] })()`)
	if tile != "true,solid" {
		s.t.Errorf("the tile is in view, outlined: %s", tile)
	}
	s.run(`document.querySelectorAll('.rows a.ph')[3].click()`) // another than the one outlined
	s.arrived("/g/p01/", "/g/p01/")
	s.open("/g/p13/") // the newest
	s.press(kb.ArrowLeft)
	if at := s.run("location.pathname"); at != "/g/p13/" {
		s.t.Errorf("before the first one is %s", at)
	}
	s.open("/g/p05/")
	s.run(`document.querySelector('.languages a:not([aria-current])').click()`)
	s.arrived("/ar/g/p05/", "plate")
}

// strip opens a small picture below a large one: the small one grows.
func (s *visitor) strip() {
	s.open("/g/p05/")
	piece := s.run(`document.querySelector('.strip a.ph').pathname`)
	s.run(`document.querySelector('.strip a.ph').click()`)
	s.arrived(piece, piece)
	s.run(`history.back()`)
	s.arrived("/g/p05/", "plate")
}

// rightToLeft holds that the key on the side of the arrow that is shown leads
// where the arrow does.
func (s *visitor) rightToLeft() {
	s.open("/ar/g/p05/")
	s.press(kb.ArrowLeft)
	s.arrived("/ar/g/p04/", "plate")
	s.press(kb.ArrowRight)
	s.arrived("/ar/g/p05/", "plate")
}

// keysOfOthers presses keys that are not ours: a key that is ours is taken.
func (s *visitor) keysOfOthers() {
	s.open("/g/p05/")
	s.run(`(document.querySelector(".piece").insertAdjacentHTML("beforeend", "<p><input><textarea></textarea><video controls></video></p><div contenteditable><b>x</b></div>"),
	  addEventListener("click", e => e.preventDefault(), true),
	  self.taken = (selector, init) => { const e = new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true, ...init });
	    document.querySelector(selector).dispatchEvent(e); return e.defaultPrevented })`)
	for _, key := range []struct {
		on, with string
		want     string
	}{
		{"body", "", "true"}, {"body", `key: "Escape"`, "true"}, {".steps a", "", "true"}, {".strip a", `key: "Escape"`, "true"},
		{"input", "", "false"}, {"textarea", "", "false"}, {"video", "", "false"}, {"[contenteditable] b", "", "false"}, {"input", `key: "Escape"`, "false"},
		{"body", "altKey: true", "false"}, {"body", "ctrlKey: true", "false"}, {"body", "metaKey: true", "false"}, {"body", "shiftKey: true", "false"},
		{"body", "repeat: true", "false"}, {"body", `key: "ArrowDown"`, "false"},
	} {
		if got := s.run(fmt.Sprintf("self.taken(%q, {%s})", key.on, key.with)); got != key.want {
			s.t.Errorf("%s on %s is taken: %s", key.with, key.on, got)
		}
	}
	s.run(`document.querySelector(".strip").style.maxWidth = "9rem"`) // so that it scrolls
	if got := s.run(`self.taken(".strip a")`); got != "false" {
		s.t.Errorf("on a strip that scrolls an arrow is taken: %s", got)
	}
	s.open("/g/") // no piece: its pager and the way up are not for keys
	s.run(`addEventListener("keydown", e => { self.got = e.defaultPrevented })`)
	for _, key := range []string{kb.ArrowRight, kb.Escape} {
		if s.press(key); s.run("self.got") != "false" {
			s.t.Errorf("on a list %q is taken", key)
		}
	}
}

// fingers swipes over a picture with real touches, and holds what is no swipe.
func (s *visitor) fingers() {
	s.look(390, true)
	defer s.look(1000, false)
	for _, way := range []struct {
		at, to   string
		from, by float64
	}{
		{"/g/p05/", "/g/p04/", 300, -200}, {"/g/p04/", "/g/p05/", 100, 200}, {"/ar/g/p05/", "/ar/g/p04/", 100, 200},
	} {
		s.open(way.at)
		s.do(func(ctx context.Context, t *chromedp.Target) error {
			for i, kind := range []input.DispatchTouchEventType{"touchStart", "touchMove", "touchMove", "touchEnd"} {
				touch := input.DispatchTouchEventParams{Type: kind, TouchPoints: []*input.TouchPoint{}}
				if kind != "touchEnd" {
					touch.TouchPoints = append(touch.TouchPoints, &input.TouchPoint{X: way.from + way.by*float64(i)/2, Y: 200})
				}
				if _, err := cdp.Call(ctx, t, input.DispatchTouchEvent, touch); err != nil {
					return err
				}
			}
			return nil
		})
		s.arrived(way.to, "plate")
	}
	s.open("/g/p05/")
	s.run(`(addEventListener("click", e => { e.preventDefault(); self.led = e.target.closest("a").rel }, true),
	  document.querySelector(".piece").insertAdjacentHTML("beforeend", "<div id=wide style='overflow-x:auto;inline-size:9rem'><p style='inline-size:30rem'>x</p></div><video controls></video>"),
	  self.swipe = (selector, points, more) => { self.led = "";
	    const target = document.querySelector(selector), touch = ([x, y], identifier = 0) => new Touch({ identifier, target, clientX: x, clientY: y });
	    const send = (type, touches, changedTouches) => target.dispatchEvent(new TouchEvent(type, { bubbles: true, touches, changedTouches }));
	    const [first, last] = points.map(p => touch(p));
	    send("touchstart", [first], [first]);
	    if (more) send("touchstart", [first, touch([200, 300], 1)], [touch([200, 300], 1)]);
	    send("touchend", [], [last]);
	    return self.led })`)
	swipes := func(what string, all map[string]string) {
		for swipe, want := range all {
			if got := s.run("self.swipe(" + swipe + ")"); got != want {
				s.t.Errorf("%s, %s: led %q", what, swipe, got)
			}
		}
	}
	swipes("plain", map[string]string{
		`".mat img", [[300, 200], [200, 210]]`: "next", `".mat img", [[100, 200], [200, 210]]`: "prev", `".piece-words", [[300, 200], [200, 210]]`: "next",
		`".mat img", [[300, 200], [260, 200]]`: "", `".mat img", [[300, 200], [200, 280]]`: "", // too short, too steep
		`".mat img", [[10, 200], [200, 200]]`: "", `".mat img", [[385, 200], [200, 200]]`: "", // from the edge of the screen
		`".mat img", [[300, 200], [200, 200]], true`: "", // two fingers
		`"#wide p", [[300, 200], [200, 200]]`:        "", `"video", [[300, 200], [200, 200]]`: "", `".masthead", [[300, 200], [200, 200]]`: "",
	})
	s.do(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetPageScaleFactor, emulation.SetPageScaleFactorParams{PageScaleFactor: 2})
		return err
	})
	s.wait("visualViewport.scale === 2")
	swipes("zoomed", map[string]string{`".mat img", [[300, 200], [200, 210]]`: ""})
	if taken := s.run(`(() => { const e = new KeyboardEvent("keydown", { key: "ArrowRight", cancelable: true }); document.body.dispatchEvent(e); dispatchEvent(e); return e.defaultPrevented })()`); taken != "false" {
		s.t.Errorf("zoomed, an arrow is taken: %s", taken)
	}
}

// focus goes through the gallery with the Tab key, opens a piece with Enter and
// comes back to the same tile.
func (s *visitor) focus() {
	s.open("/g/")
	order := `[...document.querySelectorAll("a[href], button, [tabindex='0']")].filter(e => e.tabIndex >= 0)`
	for i := range 9 { // skip link, masthead, the way up, filters, the first tiles
		s.press(kb.Tab)
		at := s.run(`(() => { const a = document.activeElement, b = a.getBoundingClientRect();
		  return [` + order + `.indexOf(a), a.matches(":focus-visible") && getComputedStyle(a).outlineStyle !== "none", b.bottom > 0 && b.top < innerHeight] })()`)
		if want := fmt.Sprintf("%d,true,true", i); at != want {
			s.t.Errorf("after %d presses of Tab: %s, want %s", i+1, at, want)
		}
	}
	piece := s.run(`(document.querySelector(".rows a.ph").focus(), document.activeElement.pathname)`)
	s.press(kb.Enter)
	s.arrived(piece, piece)
	s.run(`history.back()`)
	s.arrived("/g/", "plate")
	if at := s.run(`document.activeElement.pathname`); at != piece {
		s.t.Errorf("back, the focus is on %s", at)
	}
	s.open(piece)
	s.press(kb.Escape)
	s.wait(`location.hash && document.querySelector(":target")`)
	s.press(kb.Tab) // goes on from the tile
	if inside := s.run(`document.querySelector(":target").contains(document.activeElement)`); inside != "true" {
		s.t.Error("after Esc, Tab does not go on from the tile")
	}
}

// share copies the address of a piece, says so, and hands it to other apps where
// the browser can; where it can do neither, the plain links are all there is.
func (s *visitor) share() {
	buttons := `[...document.querySelectorAll(".share li:not([hidden])")].map(b => b.textContent).join("|")`
	s.do(func(ctx context.Context, t *chromedp.Target) error {
		_, err1 := cdp.Call(ctx, t, browser.SetPermission, browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: "clipboard-read"}, Setting: "granted"})
		_, err2 := cdp.Call(ctx, t, browser.SetPermission, browser.SetPermissionParams{Permission: &browser.PermissionDescriptor{Name: "clipboard-write"}, Setting: "granted"})
		return errors.Join(err1, err2)
	})
	s.open("/g/p05/")
	if got := s.run(buttons); got != "By e-mail|Copy the link" {
		s.t.Errorf("buttons %q", got)
	}
	s.run(`document.querySelector(".share button").click()`)
	s.wait(`document.querySelector(".share [role=status]").textContent === "The link is copied"`)
	if got, err := chromedp.Run(s.ctx, chromedp.Evaluate[string](`navigator.clipboard.readText()`, chromedp.EvalAwaitPromise)); err != nil || got != "https://slippers.example/g/p05/" {
		s.t.Errorf("copied %q, %v", got, err)
	}
	for _, machine := range []struct{ is, want string }{
		{`Object.defineProperty(navigator, "clipboard", { value: undefined })`, "By e-mail"},
		{`navigator.canShare = w => w.url.startsWith("https:"); navigator.share = async w => { self.shared = JSON.stringify(w) }`, "By e-mail|Copy the link|Another app"},
	} {
		var added page.ScriptIdentifier
		s.do(func(ctx context.Context, t *chromedp.Target) error {
			r, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: machine.is})
			if err == nil {
				added = r.Identifier
			}
			return err
		})
		s.open("/ar/g/p05/")
		s.open("/g/p05/")
		if got := s.run(buttons); got != machine.want {
			s.t.Errorf("where %s: %q", machine.is, got)
		}
		if strings.Contains(machine.is, "shared") {
			s.run(`document.querySelector(".share [data-share=app]").click()`)
			var shared struct{ Title, Text, URL string }
			if err := json.Unmarshal([]byte(s.run("self.shared")), &shared); err != nil || shared.URL != "https://slippers.example/g/p05/" || !strings.Contains(shared.Text, "Photo by Olya") {
				s.t.Errorf("shared %+v, %v", shared, err)
			}
		}
		s.do(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, page.RemoveScriptToEvaluateOnNewDocument, page.RemoveScriptToEvaluateOnNewDocumentParams{Identifier: added})
			return err
		})
	}
}

// motion sets what the visitor wishes: "reduce", or "" for nothing.
func (s *visitor) motion(wish string) {
	s.t.Helper()
	s.do(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: wish}}})
		return err
	})
}

// calm holds that nothing moves for those who asked for less motion.
func (s *visitor) calm() {
	s.motion("reduce")
	defer s.motion("")
	s.open("/g/")
	s.run(`document.querySelector('.rows a.ph').click()`)
	s.arrived("/g/p12/", "")
	s.press(kb.ArrowRight)
	s.arrived("/g/p11/", "")
	s.press(kb.Escape)
	s.arrived("/g/#p-piece11", "")
}

// withoutScripts goes the same ways by links alone.
func (s *visitor) withoutScripts() {
	scripts := func(off bool) {
		s.do(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off})
			return err
		})
	}
	scripts(true)
	defer scripts(false)
	s.motion("reduce") // what moves cannot be clicked, nor waited for
	defer s.motion("")
	s.open("/g/")
	for _, step := range []struct{ link, to string }{
		{".rows a.ph", "/g/p12/"}, {"main a[rel=next]", "/g/p11/"}, {"main a[rel=prev]", "/g/p12/"}, {"main a[rel=up]", "/g/#p-piece12"},
		{".pager a[rel=next]", "/g/page/1/"}, {".rows a.ph", "/g/p04/"}, {"main a[rel=up]", "/g/page/1/#p-piece04"},
	} {
		if err := chromedp.Do(s.ctx, chromedp.Click(chromedp.CSS(step.link))); err != nil {
			s.t.Fatal(err)
		}
		s.wait(`location.pathname + location.hash === "` + step.to + `"`)
	}
	s.open("/g/p12/")
	if got := s.run(`[...document.querySelectorAll(".share li:not([hidden])")].map(b => b.textContent).join("|")`); got != "By e-mail" {
		s.t.Errorf("shared by %q", got)
	}
}
