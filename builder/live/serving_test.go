package live

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// TestOnlyOpenPagesAreMade holds that a build makes the pages that are open in
// a browser and no other, and that it is told how many of them have changed.
func TestOnlyOpenPagesAreMade(t *testing.T) {
	s, addr := serve(t, "")
	const all = 10_000
	var opened atomic.Int64
	big := func(word string) *publish.Set {
		set := new(publish.Set)
		for i := range all {
			content := fmt.Sprintf("<p>%d</p>", i)
			if i%100 == 0 {
				content += word
			}
			set.Add(publish.File{Path: fmt.Sprintf("%d/index.html", i), Open: func() (io.ReadCloser, error) {
				opened.Add(1)
				return text(content)()
			}})
		}
		return set
	}
	s.show(big("one"), nil, nil)
	for _, page := range []string{"/100/", "/101/", "/101/", "/200/"} {
		listen := listenTo(t, addr, page)
		listen()
	}
	if n := opened.Load(); n != 3 {
		t.Errorf("%d pages were made for three that are open", n)
	}
	opened.Store(0)
	files, changed := s.show(big("two"), nil, nil)
	if files != all || changed != 2 || opened.Load() != 3 {
		t.Errorf("%d files, %d open pages changed, %d made", files, changed, opened.Load())
	}
}

// listenTo opens the stream of events for a page and returns what waits for
// the next one.
func listenTo(t *testing.T, addr, page string) (next func() string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+addr+eventsPath+"?page="+page, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	buffer := make([]byte, 1<<16)
	return func() string {
		t.Helper()
		var all []byte
		for !bytes.Contains(all, []byte("\n\n")) {
			n, err := resp.Body.Read(buffer)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, buffer[:n]...)
		}
		return string(all)
	}
}

// TestCaching holds what a browser may keep: for ever, what is named by its
// content; until it has asked, everything else; what is wrong, never. What it
// has is not made again.
func TestCaching(t *testing.T) {
	s, addr := serve(t, "")
	made := 0
	set := setOf(demo...)
	set.Add(publish.File{Path: "m/1f-800.jpg", Key: "m/1f-800.jpg", Open: func() (io.ReadCloser, error) {
		made++
		return text("pixels")()
	}})
	set.Add(publish.File{Path: "m/other.jpg", Key: "another name", Open: text("pixels")})
	s.show(set, nil, nil)
	const asked, forEver, never = "no-cache", "private, max-age=31536000, immutable", "no-store"
	for target, want := range map[string]string{
		"/": asked, "/style.css": asked, "/p.webp": asked, "/m/other.jpg": asked, "/feed.xml": asked,
		"/m/1f-800.jpg": forEver, "/missing": never, "/_gallerist/live.js": asked, "/_gallerist/nothing": never,
	} {
		resp, _ := raw(t, addr, "GET "+target+" HTTP/1.1", "Host: "+addr)
		if got := resp.Header.Get("Cache-Control"); got != want {
			t.Errorf("%s: %q, want %q", target, got, want)
		}
		if want == never {
			continue
		}
		before := made
		again, body := raw(t, addr, "GET "+target+" HTTP/1.1", "Host: "+addr, "If-None-Match: "+resp.Header.Get("ETag"))
		if again.StatusCode != 304 || body != "" || again.Header.Get("Cache-Control") != want || made != before {
			t.Errorf("%s again: %d %q, %q, made %d times more", target, again.StatusCode, body, again.Header.Get("Cache-Control"), made-before)
		}
		if other, _ := raw(t, addr, "GET "+target+" HTTP/1.1", "Host: "+addr, `If-None-Match: "old"`); other.StatusCode != 200 {
			t.Errorf("%s with an old tag: %d", target, other.StatusCode)
		}
	}
}

// film is a file that can be read from the middle.
type film struct{ *strings.Reader }

func (film) Close() error { return nil }

func TestRanges(t *testing.T) {
	s, addr := serve(t, "")
	set := setOf(demo...)
	set.Add(publish.File{Path: "m/f.mp4", Key: "m/f.mp4", Open: func() (io.ReadCloser, error) { return film{strings.NewReader("0123456789")}, nil }})
	set.Add(publish.File{Path: "m/s.mp3", Key: "m/s.mp3", Open: text("0123456789")}) // and one that cannot
	s.show(set, nil, nil)
	for _, target := range []string{"/m/f.mp4", "/m/s.mp3"} {
		whole, _ := raw(t, addr, "HEAD "+target+" HTTP/1.1", "Host: "+addr)
		tag := whole.Header.Get("ETag")
		if whole.Header.Get("Accept-Ranges") != "bytes" || whole.ContentLength != 10 || tag == "" {
			t.Errorf("%s: headers %v", target, whole.Header)
		}
		for _, c := range []struct {
			headers []string
			status  int
			body    string
		}{
			{[]string{"Range: bytes=0-"}, 206, "0123456789"},
			{[]string{"Range: bytes=2-4"}, 206, "234"},
			{[]string{"Range: bytes=-3"}, 206, "789"},
			{[]string{"Range: bytes=8-99"}, 206, "89"},
			{[]string{"Range: bytes=10-"}, 416, ""},
			{[]string{"Range: bytes=2-4", "If-Range: " + tag}, 206, "234"},
			{[]string{"Range: bytes=2-4", `If-Range: "old"`}, 200, "0123456789"},
			{[]string{"Range: lines=1"}, 416, ""},
		} {
			resp, body := raw(t, addr, append([]string{"GET " + target + " HTTP/1.1", "Host: " + addr}, c.headers...)...)
			if resp.StatusCode != c.status || c.status < 300 && body != c.body {
				t.Errorf("%s %q: %d %q", target, c.headers, resp.StatusCode, body)
			}
		}
	}
}

// TestPicturesDoNotHoldPages holds that pages are answered while pictures are
// being made, and that no more are made at once than leaves a core.
func TestPicturesDoNotHoldPages(t *testing.T) {
	const pictures = 20
	s, addr := serve(t, "")
	var most, running atomic.Int64
	inside, goOn := make(chan struct{}, pictures), make(chan struct{})
	set := setOf(demo...)
	for i := range pictures {
		set.Add(publish.File{Path: fmt.Sprintf("m/%d.jpg", i), Key: fmt.Sprint(i), Open: func() (io.ReadCloser, error) {
			most.Store(max(most.Load(), running.Add(1)))
			defer running.Add(-1)
			inside <- struct{}{}
			<-goOn
			return text("pixels")()
		}})
	}
	s.show(set, nil, nil)
	status := make(chan int, pictures)
	for i := range pictures {
		go func() {
			resp, err := http.Get(fmt.Sprintf("http://%s/m/%d.jpg", addr, i))
			if err != nil {
				status <- 0
				return
			}
			resp.Body.Close()
			status <- resp.StatusCode
		}()
	}
	<-inside
	for _, target := range []string{"/", "/a/", "/style.css", "/feed.xml"} {
		if resp, _ := raw(t, addr, "GET "+target+" HTTP/1.1", "Host: "+addr); resp.StatusCode != 200 {
			t.Errorf("%s while pictures are being made: %d", target, resp.StatusCode)
		}
	}
	close(goOn)
	for range pictures {
		if got := <-status; got != 200 {
			t.Errorf("a picture: %d", got)
		}
	}
	if got, limit := most.Load(), int64(max(1, runtime.GOMAXPROCS(0)-1)); got > limit {
		t.Errorf("%d pictures were made at once, %d may be", got, limit)
	}
}

// TestNobodyWaits holds that a picture whose reader has gone is not made.
func TestNobodyWaits(t *testing.T) {
	s, _ := serve(t, "")
	for range cap(s.making) {
		s.making <- struct{}{}
	}
	ctx, leave := context.WithCancel(t.Context())
	ended := make(chan error)
	picture := publish.File{Path: "m/1.jpg", Key: "1", Open: func() (io.ReadCloser, error) {
		t.Error("it was made")
		return text("pixels")()
	}}
	go func() {
		_, err := s.open(ctx, picture)
		ended <- err
	}()
	leave()
	if err := <-ended; err == nil {
		t.Error("it was sent")
	}
	<-s.making // a place is free, but nobody waits
	if _, err := s.open(ctx, picture); err == nil {
		t.Error("it was sent")
	}
}

// TestExchangeable holds what a change of the page makes of its fingerprint.
func TestExchangeable(t *testing.T) {
	const page = `<!DOCTYPE html><head><link rel="stylesheet" href="/s-1.css"><link rel="shortcut icon" href="i-1.svg">` +
		`<meta name="theme-color" content="#111111"><link rel=preload href=f-1.woff2></head><body><p style="--r:1">x</p><img src="p-1.jpg"></body>`
	files := []string{
		"s-1.css", "@import 'deep.css'; b{}", "s-2.css", "", "deep.css", `i{background:url( "tile.png" )}`, "tile.png", "tile", "unused.css", "",
		"i-1.svg", "<svg/>", "i-2.svg", "<svg/>", "f-1.woff2", "font", "f-2.woff2", "font", "p-1.jpg", "pixels", "p-2.jpg", "pixels",
	}
	look := func(page string, files []string) fingerprint {
		return newSite(setOf(append([]string{"index.html", page}, files...)...), "/").fingerprint("/")
	}
	before := look(page, files)
	if kinds := fmt.Sprint(before.Parts); strings.Count(kinds, "{") != 4 {
		t.Errorf("parts %s", kinds)
	}
	for _, c := range []struct{ old, new, want string }{
		{"s-1.css", "s-2.css", "exchange"},
		{"i-1.svg", "i-2.svg", "exchange"},
		{"#111111", "#222222", "exchange"},
		{"--r:1", "--r:1;--c:#8a7f6b", "exchange"},
		{"f-1.woff2", "f-2.woff2", "reload"},
		{"p-1.jpg", "p-2.jpg", "reload"},
		{">x<", ">y<", "reload"},
		{` style="--r:1"`, "", "reload"},
		{`rel="stylesheet"`, `rel="alternate stylesheet"`, "reload"},
		{"<p ", "<h1 ", "reload"},
	} {
		changed := strings.Replace(page, c.old, c.new, 1)
		if changed == page {
			t.Fatalf("%q is not on the page", c.old)
		}
		if got := effect(before, look(changed, files)); got != c.want {
			t.Errorf("%q for %q: %s, want %s", c.new, c.old, got, c.want)
		}
	}
	for file, want := range map[string]string{
		"s-1.css": "exchange", "deep.css": "exchange", "tile.png": "exchange", "i-1.svg": "exchange",
		"p-1.jpg": "reload", "f-1.woff2": "reload", "unused.css": "nothing", "s-2.css": "nothing",
	} {
		changed := slices.Clone(files)
		changed[slices.Index(files, file)+1] += " "
		if got := effect(before, look(page, changed)); got != want {
			t.Errorf("a change of %s: %s, want %s", file, got, want)
		}
	}
}

func effect(a, b fingerprint) string {
	switch {
	case a.Page != b.Page:
		return "reload"
	case a.Look != b.Look:
		return "exchange"
	}
	return "nothing"
}

func TestSheetUses(t *testing.T) {
	for css, want := range map[string]string{
		"":                              "",
		"p{margin:0}":                   "",
		"@import 'a.css';":              "a.css",
		"@IMPORT\n\"a.css\" print;":     "a.css",
		"@import url(a.css);":           "a.css",
		"@import url( 'a b.css' );":     "a b.css",
		"i{background:URL(x.png)}":      "x.png",
		"i{a:url(x.png),url('y)z')}":    "x.png y)z",
		"i{a:url(data:x;y)}":            "",
		"i{background:url('x(1).png')}": "x(1).png",
		"@import":                       "",
		"@import 'a":                    "",
		"url(":                          "",
		"url(x":                         "",
		"@media print{a:curl(x)}":       "x", // too much, which does no harm
		"@important":                    "",
		"/* url(x) */":                  "x",
	} {
		if got := strings.Join(sheetUses([]byte(css)), " "); got != want {
			t.Errorf("%q: %q, want %q", css, got, want)
		}
	}
}

func FuzzSheetUses(f *testing.F) {
	f.Add("@import url(a);i{b:url('c')}")
	f.Fuzz(func(t *testing.T, css string) {
		for _, use := range sheetUses([]byte(css)) {
			if use == "" || !strings.Contains(css, use) {
				t.Errorf("%q: %q", css, use)
			}
		}
	})
}

// TestPlainAnswers holds what is said where the site has nothing to say.
func TestPlainAnswers(t *testing.T) {
	s, addr := serve(t, "shop")
	s.show(setOf("index.html", "x"), nil, nil)
	for _, c := range []struct {
		request, header string
		status          int
		want            string
	}{
		{"GET /shop/missing", "Accept: */*", 404, "<h1>There is no such page in the site</h1>"},
		{"GET /elsewhere", "Accept: */*", 404, "the site begins at /shop/"},
		{"POST /shop/", "Content-Length: 0", 405, "this preview is only for reading"},
		{"GET /_gallerist/events?page=/", "Origin: null", 403, "these events are only for the preview's own pages"},
		{"GET /_gallerist/events?page=%25zz", "Accept: */*", 400, "the page's address is not well formed"},
	} {
		resp, body := raw(t, addr, c.request+" HTTP/1.1", "Host: "+addr, c.header)
		if resp.StatusCode != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %s", c.request, resp.StatusCode, body)
		}
	}
	resp, body := raw(t, addr, "GET /shop/missing HTTP/1.1", "Host: "+addr)
	if policy := resp.Header.Values("Content-Security-Policy"); !slices.Contains(policy, plainPolicy) || !strings.Contains(body, "<style>"+plainStyle+"</style>") {
		t.Errorf("policy %q", policy)
	}
}

// BenchmarkFingerprint is what a rebuild costs for each page that is open: a
// list of 80 pieces, of 10,000 pages.
func BenchmarkFingerprint(b *testing.B) {
	page := `<!DOCTYPE html><head><link rel="stylesheet" href="/assets/plain-0123456789.css"></head><body><main><ul>`
	set := new(publish.Set)
	for i := range 10_000 {
		name := fmt.Sprintf("m/%02x/%024x-800.jpg", i%256, i)
		set.Add(publish.File{Path: name, Key: name, Open: text("pixels")})
		if i < 80 {
			page += fmt.Sprintf(`<li class="card" id="p%d" style="--r:1.5;--c:#8a7f6b"><figure><a class="ph" href="/morning/p%d/"><img src="/%s" srcset="/%s 800w" width="800" height="533" loading="lazy" alt="A cup"></a><figcaption>By somebody in a town</figcaption></figure></li>`, i, i, name, name)
		}
	}
	set.Add(publish.File{Path: "index.html", Open: text(page + "</ul></main></body>")})
	set.Add(publish.File{Path: "assets/plain-0123456789.css", Open: text(strings.Repeat("p{margin:0}\n", 2000))})
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		newSite(set, "/").fingerprint("/")
	}
}

// TestSheetsInACircle holds that sheets that import each other have a name.
func TestSheetsInACircle(t *testing.T) {
	set := setOf("index.html", `<link rel=stylesheet href=a.css>`, "a.css", "@import url(b.css);", "b.css", "@import 'a.css'; @import '/index.html'; i{background:url(data:x)}")
	if tag := newSite(set, "/").fingerprint("/").Parts[0].Tag; tag == "" {
		t.Error("no tag")
	}
}

func TestExcerpt(t *testing.T) {
	const file = "+++\nstatus = \"aproved\" # x\n\ttags = [кот, пёс]\n+++\n"
	long := strings.Repeat("а", 300) + "ошибка" + strings.Repeat("б", 300)
	for _, c := range []struct {
		text      string
		line, col int
		want      []line
	}{
		{file, 2, 10, []line{{N: 1, Before: "+++"}, {2, true, `status = `, `"aproved"`, ` # x`}, {N: 3, Before: "    tags = [кот, пёс]"}}},
		{file, 3, 9, []line{{N: 2, Before: `status = "aproved" # x`}, {3, true, "    tags = ", "[кот", ", пёс]"}, {N: 4, Before: "+++"}}},
		{file, 1, 0, []line{{1, true, "", "+++", ""}, {N: 2, Before: `status = "aproved" # x`}}},
		{file, 4, 99, []line{{N: 3, Before: "    tags = [кот, пёс]"}, {N: 4, At: true, Before: "+++"}}},
		{file, 99, 1, nil},
		{"one\r\ntwo\r\n", 2, 1, []line{{N: 1, Before: "one"}, {2, true, "", "two", ""}}},
		{"\x1b[2J\u202e", 1, 1, []line{{1, true, "", `\u001b[2J\u202e`, ""}}},
		{long, 1, 301, []line{{1, true, "…" + strings.Repeat("а", 40), "ошибка" + strings.Repeat("б", 114), "…"}}},
		{"\xff", 1, 1, nil},
		{strings.Repeat("x\n", maxExcerpted), 1, 1, nil},
	} {
		var list problem.List
		list.Errorf(problem.Pos{File: "f", Line: c.line, Col: c.col}, "", "wrong")
		notes := notesOf(list, func(string) ([]byte, error) { return []byte(c.text), nil })
		if !slices.Equal(notes[0].Lines, c.want) {
			t.Errorf("%.20q %d:%d: %+v, want %+v", c.text, c.line, c.col, notes[0].Lines, c.want)
		}
	}
}

// TestNotes holds that errors come first, notes not at all, and that nothing
// is read for what has no line.
func TestNotes(t *testing.T) {
	var list problem.List
	list.Warnf(problem.Pos{File: "a", Line: 1}, "", "odd")
	list.Notef(problem.Pos{File: "a", Line: 1}, "", "known")
	list.Errorf(problem.Pos{File: "b"}, "", "bad")
	var read []string
	notes := notesOf(list, func(file string) ([]byte, error) {
		read = append(read, file)
		return nil, io.ErrUnexpectedEOF
	})
	if len(notes) != 2 || notes[0].Text != "bad" || notes[1].Text != "odd" || notes[1].Lines != nil || !slices.Equal(read, []string{"a"}) {
		t.Errorf("notes %+v, read %q", notes, read)
	}
}

func FuzzExcerpt(f *testing.F) {
	f.Add("a = \"b\nc", 1, 5)
	f.Add(strings.Repeat("x y ", 100), 1, 300)
	f.Fuzz(func(t *testing.T, text string, line, col int) {
		pos := problem.Pos{Line: max(1, line), Col: max(0, col)}
		for _, l := range excerpt(linesOf([]byte(text), nil), pos) {
			if n := len([]rune(l.Before + l.Mark + l.After)); n > 8*cutAll || strings.ContainsAny(l.Before+l.Mark+l.After, "\n\t\x1b") {
				t.Errorf("%d: %+v", n, l)
			}
		}
	})
}

// TestPublic holds that a preview open to others answers to its address alone
// and shows no lines of files.
func TestPublic(t *testing.T) {
	var problems problem.List
	problems.Errorf(problem.Pos{File: "content/page.md", Line: 1}, "", "wrong")
	for _, public := range []bool{false, true} {
		ctx, stop := context.WithCancel(t.Context())
		ready, built, ended := make(chan string, 1), make(chan Report, 1), make(chan error, 1)
		go func() {
			ended <- Serve(ctx, Options{
				Build: func(context.Context, Change) (*publish.Set, problem.List, error) {
					return setOf(demo...), problems, nil
				},
				Source: func(string) ([]byte, error) { return []byte("a secret line"), nil },
				Addr:   "127.0.0.1:0", Public: public,
				OnReady: func(urls []string) { ready <- urls[0] },
				OnBuild: func(r Report) { built <- r },
			})
		}()
		addr := strings.TrimSuffix(strings.TrimPrefix(<-ready, "http://"), "/")
		<-built
		if shown := strings.Contains(listenTo(t, addr, "/")(), "secret line"); shown == public {
			t.Errorf("public %v: the line is shown: %v", public, shown)
		}
		if resp, _ := raw(t, addr, "GET / HTTP/1.1", "Host: evil.example"); resp.StatusCode != 403 {
			t.Errorf("public %v: a foreign Host: %d", public, resp.StatusCode)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
