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

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"gallerist/builder"
)

// TestBrowserThemes holds every theme to testdata/acceptance.js and axe on every
// kind of page, in both directions of writing and both schemes, from 320 to 2560
// pixels and with text at 200 %. Pages from left to right are loaded with scripts,
// those from right to left without.
//
// The themes over plain are looked at on the hard pages, those with w or X, where
// not THOROUGH is set. THEMES=a,b takes those themes instead of the accepted ones, on
// all pages, PAGES=gallery,call some pages; FAILURES=DIR writes what is wrong with each theme into
// DIR/failures-THEME.txt; SHOTS=DIR saves each page as a picture.
func TestBrowserThemes(t *testing.T) {
	t.Parallel()
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
			s.few = name != "plain" && os.Getenv("THEMES") == ""
			s.inspect, s.axe = string(inspect), string(axe)
			s.visitAll(browser)
			s.firstView(browser)
			s.tell(name)
		})
	}
}

// themeSite is the acceptance site in one theme, served as a host that reads
// _headers would, with what was found wrong so far.
type themeSite struct {
	*testing.T
	r       *builder.Result
	plain   *builder.Result // the same site in plain
	few     bool            // only the hard pages are looked at
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
		if !s.thorough() && (strings.Contains(p.how, "p") || s.few && !strings.ContainsAny(p.how, "wX")) {
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
