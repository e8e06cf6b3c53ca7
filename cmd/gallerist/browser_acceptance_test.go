//go:build browser

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"gallerist/builder"
)

// TestBrowserThemes holds every theme to testdata/acceptance.js and axe on every
// kind of page, in both directions of writing and both schemes, from 320 to 2560
// pixels and with text at 200 %. Pages from left to right are loaded with scripts,
// those from right to left without.
//
// THEMES=a,b takes those themes instead of the accepted ones, PAGES=gallery,call
// some pages; FAILURES=DIR writes what is wrong with each theme into
// DIR/failures-THEME.txt; SHOTS=DIR saves each page as a picture.
func TestBrowserThemes(t *testing.T) {
	site, browser := acceptanceSite(t, crowd), newBrowser(t)
	names := accepted
	if some := os.Getenv("THEMES"); some != "" {
		names = strings.Split(some, ",")
	}
	inspect, err := os.ReadFile(filepath.Join("testdata", "acceptance.js"))
	if err != nil {
		t.Fatal(err)
	}
	axe, err := os.ReadFile(filepath.Join("..", "..", ".cache", "axe-core-4.14.1.min.js"))
	if err != nil {
		t.Fatalf("%v: run \"make tools\" first", err)
	}
	plain := acceptanceBuild(t, site, "plain")
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			r := plain
			if name != "plain" {
				r = acceptanceBuild(t, site, name)
			}
			s := serveTheme(t, r)
			s.plain = plain
			s.inspect, s.axe = string(inspect), string(axe)
			s.visitAll(browser)
			s.firstView(browser)
			s.tell(name)
		})
	}
}

// acceptancePages are the pages that are looked at: one of each kind and those
// that are hard. lang is that of the page from left to right, "ru" if it is "".
// how has a letter for what is done beyond the usual: w all widths, x axe on what
// is in main, X axe on the whole page in both schemes, a the page in Arabic without
// scripts (others are turned around as they stand), l loaded at other widths too, to
// see whether it moves, k a tour with the Tab key, p only in plain. As axe takes a
// third of the time, it looks at those with x in plain alone, and everything that p
// and x spare the others is done where THOROUGH is set: "make themes".
var acceptancePages = []struct{ name, path, lang, how string }{
	{"gallery", "snaps/", "", "wXalk"},
	{"piece", "snaps/p23/", "", "wXalk"},
	{"home", "", "", "wxak"},
	{"mixed", "mixed/", "", "wXa"},
	{"empty", "none/", "en", ""},
	{"one", "one/", "en", ""},
	{"three", "three/", "", "w"},
	{"crowd", "crowd/", "", ""},
	{"several", "mixed/several/", "", "x"},
	{"film", "mixed/film/", "", "x"},
	{"sound", "mixed/sound/", "", "x"},
	{"story", "mixed/brief/", "", "p"},
	{"review", "mixed/review/", "", "x"},
	{"products", "mixed/products/", "", "wx"},
	{"tall", "mixed/tall/", "en", "p"},
	{"series", "moves/", "", "x"},
	{"archive", "moves/archive/", "en", "x"},
	{"contest", "moves/2026-11-02/", "", "x"},
	{"contest-open", "moves/2026-11-16/", "en", "p"},
	{"rules", "moves/2026-11-02/rules/", "", "x"},
	{"winners", "moves/2026-11-02/winners/", "", "wX"},
	{"draw", "moves/2026-11-02/draw/", "en", "x"},
	{"judged", "moves/2026-11-02/first/", "", "p"},
	{"board", "board/", "", "wXa"},
	{"idea", "board/making/", "", "x"},
	{"team", "team/", "", "wX"},
	{"call", "mixed/call/", "", "wXa"},
	{"call-closed", "one/call/", "en", "p"},
	{"poster", "mixed/call/poster/", "", "x"},
	{"thanks", "thanks/", "", "x"},
	{"contributors", "contributors/", "", "x"},
	{"contributor", "contributors/olya-moskva/", "", "x"},
	{"tags", "tags/", "en", "p"},
	{"list", "tags/kot/", "", "x"},
	{"about", "about/", "", "x"},
	{"feed", "feed/", "", "x"},
	{"gone", "mixed/withdrawn/", "en", "x"},
}

// themeSite is the acceptance site in one theme, served as a host that reads
// _headers would, with what was found wrong so far.
type themeSite struct {
	*testing.T
	r       *builder.Result
	plain   *builder.Result // the same site in plain
	server  *httptest.Server
	inspect string
	axe     string

	mu    sync.Mutex
	wrong []string
	took  map[string]time.Duration
}

func serveTheme(t *testing.T, r *builder.Result) *themeSite {
	s := &themeSite{T: t, r: r, took: map[string]time.Duration{}}
	headers := http.Header{}
	for line := range strings.Lines(string(fileOf(t, r, "_headers"))) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && headers.Get(name) == "" && name != "Content-Type" && name != "Cache-Control" {
			headers.Set(name, value)
		}
	}
	s.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		for name, values := range headers {
			w.Header()[name] = values
		}
		serveFile(w, req, r)
	}))
	t.Cleanup(s.server.Close)
	return s
}

// serveFile answers with a file of a site, made now.
func serveFile(w http.ResponseWriter, req *http.Request, r *builder.Result) {
	name := strings.TrimPrefix(req.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	f, ok := r.Set.Lookup(name)
	if !ok {
		http.NotFound(w, req)
		return
	}
	reader, err := f.Open()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer reader.Close()
	if f.Type != "" {
		w.Header().Set("Content-Type", f.Type)
	}
	if seeker, ok := reader.(interface {
		Read([]byte) (int, error)
		Seek(int64, int) (int64, error)
	}); ok {
		http.ServeContent(w, req, name, time.Time{}, seeker)
		return
	}
	b, err := io.ReadAll(reader)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	http.ServeContent(w, req, name, time.Time{}, strings.NewReader(string(b)))
}

// fail notes what is wrong with a page.
func (s *themeSite) fail(where, format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if line := where + ": " + fmt.Sprintf(format, args...); !slices.Contains(s.wrong, line) {
		s.wrong = append(s.wrong, line)
	}
}

// tell fails the test for all that is wrong, and writes it down where asked.
func (s *themeSite) tell(theme string) {
	slices.Sort(s.wrong)
	for _, line := range s.wrong {
		s.Error(line)
	}
	if dir := os.Getenv("FAILURES"); dir != "" {
		text := fmt.Sprintf("%s: %d faults (%s)\n%s\n", theme, len(s.wrong), time.Now().Format(time.TimeOnly), strings.Join(s.wrong, "\n"))
		if err := os.WriteFile(filepath.Join(dir, "failures-"+theme+".txt"), []byte(text), 0o644); err != nil {
			s.Error(err)
		}
	}
	for _, what := range slices.Sorted(maps.Keys(s.took)) {
		s.Logf("%s: %v", what, s.took[what].Round(time.Millisecond))
	}
}

// visit is one page to look at.
type visit struct {
	name, url, how string
	arabic, turned bool
	width          int64 // at which it is loaded
}

func (v visit) does(letter string) bool { return strings.Contains(v.how, letter) }

// visits lists all pages of a theme's site to look at. Each is loaded at another
// of the widths.
func (s *themeSite) visits() []visit {
	var list []visit
	some := strings.FieldsFunc(os.Getenv("PAGES"), func(r rune) bool { return r == ',' })
	add := func(path string, v visit) {
		if len(some) > 0 && !slices.Contains(some, v.name) {
			return
		}
		file := path
		if file == "" || strings.HasSuffix(file, "/") {
			file += "index.html"
		}
		if _, ok := s.r.Set.Lookup(file); !ok {
			s.fail(v.name, "there is no page /%s", path)
			return
		}
		if v.arabic {
			v.name += " ar"
		}
		v.url, v.width = s.server.URL+"/"+path, widths[len(list)%len(widths)]
		list = append(list, v)
	}
	for _, p := range acceptancePages {
		if strings.Contains(p.how, "p") && !s.thorough() {
			continue
		}
		path, arabic := p.path, strings.Contains(p.how, "a")
		if p.lang != "" {
			path = p.lang + "/" + path
		}
		add(path, visit{name: p.name, how: p.how, turned: !arabic})
		if arabic {
			add("ar/"+p.path, visit{name: p.name, arabic: true})
		}
	}
	add("404.html", visit{name: "404", how: "x", turned: true})
	for _, p := range s.r.Pages {
		if p.Layout == "thank" && p.Lang == "ru" {
			add(strings.TrimPrefix(p.URL, "/"), visit{name: "thank", how: "x", turned: true})
			break
		}
	}
	return list
}

// widths are those of the screens that are tried, in pixels.
var widths = []int64{390, 1440, 320, 820, 2560}

// visitAll looks at all pages, two at once.
func (s *themeSite) visitAll(browser context.Context) {
	visits := make(chan visit)
	var done sync.WaitGroup
	for range 2 {
		done.Go(func() {
			ctx, cancel := chromedp.NewContext(browser)
			defer cancel()
			tab := &themeTab{themeSite: s, ctx: ctx}
			if err := chromedp.Listen(ctx, tab.hear); err != nil {
				s.Error(err)
			}
			if err := chromedp.Do(ctx, command(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})); err != nil {
				s.Error(err)
			}
			for v := range visits {
				if err := tab.look(v); err != nil {
					s.Errorf("%s: %v", v.name, err)
				}
			}
		})
	}
	for _, v := range s.visits() {
		visits <- v
	}
	close(visits)
	done.Wait()
}

// themeTab is a tab that looks at one page after the other.
type themeTab struct {
	*themeSite
	ctx context.Context

	hearing sync.Mutex
	heard   []string                         // what the browser complains of, since the page was loaded
	weights map[network.ResourceType]float64 // bytes, nil where nobody asks
	types   map[network.RequestID]network.ResourceType
}

// hear notes requests to other servers, missing files, exceptions and what is
// written to the console, violations of the policy included.
func (b *themeTab) hear(ev any) {
	b.hearing.Lock()
	defer b.hearing.Unlock()
	add := func(format string, args ...any) { b.heard = append(b.heard, fmt.Sprintf(format, args...)) }
	switch e := ev.(type) {
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, b.server.URL) && !strings.HasPrefix(u, "data:") && !strings.HasPrefix(u, "blob:") {
			add("a request to %s", u)
		}
	case *network.EventResponseReceived:
		if b.types == nil {
			b.types = map[network.RequestID]network.ResourceType{}
		}
		b.types[e.RequestID] = e.Type
		if e.Response.Status >= 400 {
			add("%d for %s", e.Response.Status, e.Response.URL)
		}
	case *network.EventLoadingFinished:
		if b.weights != nil {
			b.weights[b.types[e.RequestID]] += e.EncodedDataLength
		}
	case *runtime.EventExceptionThrown:
		add("an exception: %s", e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		add("written to the console: %s", e.Type)
	case *log.EventEntryAdded:
		add("the browser says: %s %s", e.Entry.Text, e.Entry.URL)
	}
}

// complaints returns what was heard, and forgets it.
func (b *themeTab) complaints() []string {
	b.hearing.Lock()
	defer b.hearing.Unlock()
	heard := b.heard
	b.heard = nil
	return heard
}

// timed adds to the time a part of the looking took.
func (b *themeTab) timed(what string, from time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.took[what] += time.Since(from)
}

// look loads a page once and looks at it in all ways.
func (b *themeTab) look(v visit) error {
	start := time.Now()
	b.complaints()
	err := chromedp.Do(b.ctx, screen(v.width, 1), emulated(""), scripts(!v.arabic), chromedp.Navigate(v.url))
	if err != nil {
		return err
	}
	b.timed("load", start)
	if !v.arabic {
		b.stands(v.name, v.width, v.does("w"))
	}
	start = time.Now()
	tried := []int64{1440, 320}
	if v.does("w") {
		tried = []int64{2560, 1440, 820, 320, 390}
	}
	for _, w := range tried {
		b.check(v.name, options{Width: w, Covered: w == 320})
	}
	b.timed("widths", start)
	if !v.arabic {
		if err := b.looks(v); err != nil {
			return err
		}
	}
	if v.turned {
		start := time.Now()
		b.ask(`(document.documentElement.dir = 'rtl', [])`)
		b.check(v.name+" turned around", options{Width: 320, Covered: true})
		if v.does("w") {
			b.check(v.name+" turned around", options{Width: 1440})
		}
		b.timed("turned", start)
	}
	for _, w := range widths {
		if v.does("l") && w != v.width {
			start := time.Now()
			if err := chromedp.Do(b.ctx, screen(w, 1), emulated(""), chromedp.Navigate(v.url)); err != nil {
				return err
			}
			b.stands(v.name, w, true)
			b.timed("loaded again", start)
		}
	}
	for _, c := range b.complaints() {
		b.fail(v.name, "%s", c)
	}
	return nil
}

// looks sees the page on a phone with large text, through axe, in other modes of
// the screen, on paper, and by the keyboard.
func (b *themeTab) looks(v visit) error {
	start := time.Now()
	if err := chromedp.Do(b.ctx, fontSize(32)); err != nil {
		return err
	}
	b.check(v.name+", text at 200 %", options{Width: 390, Big: true})
	if err := chromedp.Do(b.ctx, fontSize(16)); err != nil {
		return err
	}
	b.timed("200 %", start)

	if v.does("k") {
		b.tour(v.name)
	}

	const some, most = "{include: ['main'], exclude: ['.card:nth-child(n+7)', '.entry:nth-child(n+7)']}", "{include: ['html'], exclude: ['.card:nth-child(n+9)']}"
	start = time.Now()
	switch {
	case v.does("X"):
		b.accessible(v.name+" in light", most, allRules)
	case v.does("x") && b.thorough():
		b.accessible(v.name, some, allRules+contrastElsewhere)
	}
	b.timed("axe", start)
	for _, mode := range []struct{ name, script, media, feature, value string }{
		{"light", contrastFacts, "", "", ""},
		{"dark", contrastFacts, "", "prefers-color-scheme", "dark"},
		{"forced colours", forcedFacts, "", "forced-colors", "active"},
		{"reduced motion", motionFacts, "", "prefers-reduced-motion", "reduce"},
		{"print", printFacts, "print", "", ""},
		{"the keyboard", keyboardFacts, "", "", ""},
	} {
		start := time.Now()
		if err := chromedp.Do(b.ctx, emulated(mode.media, mode.feature, mode.value)); err != nil {
			return err
		}
		for _, fault := range b.ask(mode.script) {
			b.fail(v.name, "with %s: %s", mode.name, fault)
		}
		b.timed(mode.name, start)
		if mode.name == "dark" && v.does("X") {
			start := time.Now()
			b.accessible(v.name+" in dark", most, schemeRules)
			b.timed("axe", start)
		}
	}
	return nil
}

// tour goes through the page with the Tab key: from the link to the content, in
// the order of the source.
func (b *themeTab) tour(name string) {
	defer b.timed("tour", time.Now())
	n, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`(scrollTo(0, 0), getSelection().removeAllRanges(), window.stops = `+tabStops+`, window.stops.length)`))
	if err != nil {
		b.fail(name, "%v", err)
		return
	}
	for i := range n {
		if err := chromedp.Do(b.ctx, chromedp.KeyEvent(kb.Tab)); err != nil {
			b.fail(name, "%v", err)
			return
		}
		for _, fault := range b.ask(fmt.Sprintf(`(() => { const e = document.activeElement, r = e.getBoundingClientRect();
		  if (e !== stops[%[1]d]) return ['Tab %[1]d leads to ' + e.outerHTML.slice(0, 90) + ', not to ' + stops[%[1]d].outerHTML.slice(0, 90)];
		  if (!e.matches(':focus-visible')) return ['Tab %[1]d is not shown'];
		  if (r.bottom < 0 || r.top > innerHeight || r.right < 0 || r.left > innerWidth) return ['Tab %[1]d is off the screen: ' + e.outerHTML.slice(0, 90)];
		  return [] })()`, i)) {
			b.fail(name, "%s", fault)
			return
		}
	}
}

// options are those of testdata/acceptance.js.
type options struct {
	Width   int64 `json:"width"`
	Covered bool  `json:"covered"`
	Big     bool  `json:"big"`
	Words   bool  `json:"words"`
}

// check sets the width and runs testdata/acceptance.js.
func (b *themeTab) check(where string, o options) {
	where = fmt.Sprintf("%s at %d", where, o.Width)
	o.Words = b.r == b.plain // others may set quotations otherwise
	args, err := json.Marshal(o)
	if err == nil {
		err = chromedp.Do(b.ctx, screen(o.Width, 1))
	}
	if err != nil {
		b.fail(where, "%v", err)
		return
	}
	for _, fault := range b.ask(b.inspect + "(" + string(args) + ")") {
		b.fail(where, "%s", fault)
	}
}

// ask runs a script that returns a list of faults, or a promise of one.
func (b *themeTab) ask(script string) []string {
	faults, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		return []string{"the test itself: " + err.Error()}
	}
	return faults
}

// allRules are the rules of axe that are held; schemeRules those that may find
// something else in another scheme on the same page.
const (
	allRules = `runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`
	// As most of axe's time goes into contrast, it looks at that on the richest pages;
	// contrastFacts looks at all.
	contrastElsewhere = `, rules: {'color-contrast': {enabled: false}}`
	schemeRules       = `runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}`
)

// accessible runs rules of axe on a part of the page.
func (b *themeTab) accessible(where, context, rules string) {
	if ready := b.ask(`[String(!!window.axe)]`); len(ready) == 1 && ready[0] == "false" {
		start := time.Now()
		b.ask("(() => {" + b.axe + "; return [] })()")
		b.timed("axe itself", start)
	}
	run := `(async () => {
	  const r = await axe.run(` + context + `, {resultTypes: ['violations'], preload: false, ` + rules + `});
	  return r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 160)).join(' | ')) })()`
	for _, fault := range b.ask(run) {
		b.fail(where, "axe: %s", fault)
	}
}

// thorough tells whether the theme is looked at in all ways on all pages.
func (s *themeSite) thorough() bool { return s.r == s.plain || os.Getenv("THOROUGH") != "" }

// stands holds that nothing moved while what the page names was loaded, and, where
// all is asked for, when all its pictures came. What moves as the page itself comes
// in parts, which a busy machine paints one by one, is left out.
func (b *themeTab) stands(name string, width int64, all bool) {
	const script = `(async (all) => {
	  let shift = 0; const moved = [], inControls = (e) => document.querySelector('audio, video') && !(e.sources ?? []).some(s => s.node);
	  const parsed = performance.getEntriesByType('navigation')[0].domInteractive;
	  const note = (list) => { for (const e of list) if (e.startTime > parsed && !inControls(e)) { shift += e.value; for (const s of e.sources ?? []) moved.push(s.node?.className || s.node?.nodeName) } };
	  const observer = new PerformanceObserver((list) => note(list.getEntries()));
	  observer.observe({type: 'layout-shift', buffered: true});
	  if (all) { for (const i of document.images) i.loading = 'eager'; await Promise.all([...document.images].map(i => i.decode().catch(() => 0))) }
	  await document.fonts.ready;
	  await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(r))));
	  note(observer.takeRecords());
	  const bad = [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => 'no picture ' + i.currentSrc);
	  if (shift > 0) bad.push('the layout shifts by ' + shift.toFixed(4) + ': ' + [...new Set(moved)].slice(0, 4).join(', '));
	  return bad })`
	start := time.Now()
	for _, fault := range b.ask(fmt.Sprintf("%s(%v)", script, all)) {
		b.fail(fmt.Sprintf("%s loaded at %d", name, width), "%s", fault)
	}
	b.timed("stands", start)
}

// mostPictures is the most bytes of the pictures that a visitor sees first of a
// gallery of photographs, on a phone with two pixels for one.
const mostPictures = 250 << 10

// firstView holds what a phone loads of a gallery that it sees for the first time.
func (s *themeSite) firstView(browser context.Context) {
	ctx, cancel := chromedp.NewContext(browser)
	defer cancel()
	tab := &themeTab{themeSite: s, ctx: ctx, weights: map[network.ResourceType]float64{}}
	err := chromedp.Listen(ctx, tab.hear)
	if err == nil {
		err = chromedp.Do(ctx, command(network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}), screen(390, 2), chromedp.Navigate(s.server.URL+"/snaps/"))
	}
	if err != nil {
		s.Error(err)
		return
	}
	// What is near the screen comes after the page has loaded: ask for a frame.
	tab.ask(`new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() =>
	  Promise.all([...document.images].filter(i => i.currentSrc).map(i => i.decode().catch(() => 0))).then(() => r([]))))))`)
	bytes, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`[...document.images].filter(i => i.getBoundingClientRect().top < innerHeight && i.getBoundingClientRect().left < innerWidth)
	  .reduce((n, i) => n + performance.getEntriesByName(i.currentSrc)[0].encodedBodySize, 0)`))
	if err != nil {
		s.fail("gallery", "%v", err)
	}
	tab.hearing.Lock()
	defer tab.hearing.Unlock()
	fonts := tab.weights[network.ResourceTypeFont]
	s.Logf("a phone sees %.0f bytes of pictures first (%.0f were loaded, with those below the screen), %.0f of fonts", bytes, tab.weights[network.ResourceTypeImage], fonts)
	if bytes > mostPictures || fonts > mostFont+1<<10 { // with their headers
		s.fail("gallery", "a phone loads %.0f bytes of pictures (at most %d) and %.0f of fonts (at most %d) for the first view", bytes, mostPictures, fonts, mostFont)
	}
	if bytes == 0 {
		s.fail("gallery", "a phone loads no pictures")
	}
}

// screen sets the size of the screen and how many of its pixels one of CSS is.
func screen(width int64, scale float64) chromedp.Action[chromedp.Void] {
	height := int64(700)
	if width < 600 {
		height = 844
	}
	return command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: scale, Mobile: width < 600})
}

// emulated emulates a medium ("" for the screen) and one of its features; all others
// are as a visitor without wishes has them.
func emulated(medium string, feature ...string) chromedp.Action[chromedp.Void] {
	is := map[string]string{"prefers-color-scheme": "light", "prefers-reduced-motion": "no-preference", "forced-colors": "none"}
	if len(feature) == 2 && feature[0] != "" {
		is[feature[0]] = feature[1]
	}
	var features []*emulation.MediaFeature
	for name, value := range is {
		features = append(features, &emulation.MediaFeature{Name: name, Value: value})
	}
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium, Features: features})
}

func scripts(on bool) chromedp.Action[chromedp.Void] {
	return command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
}

// fontSize sets the browser's size of text, from which rem and queries in rem go.
func fontSize(px int64) chromedp.Action[chromedp.Void] {
	return command(page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: px, Fixed: px}})
}

func command[P any](c cdp.Command[P, cdp.Empty], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}
