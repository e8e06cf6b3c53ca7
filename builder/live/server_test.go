package live

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

func text(s string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }
}

func setOf(pairs ...string) *publish.Set {
	s := new(publish.Set)
	for i := 0; i < len(pairs); i += 2 {
		s.Add(publish.File{Path: pairs[i], Open: text(pairs[i+1])})
	}
	return s
}

var demo = []string{
	"index.html", `<!DOCTYPE html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'"><link rel=stylesheet href="/style.css"></head><body><img src=p.webp></body>`,
	"404.html", "<p>nothing here</p>",
	"style.css", "p{}",
	"p.webp", "picture",
	"a/index.html", "<p>a</p>",
	"кот/index.html", "<p>cat</p>",
	"feed.xml", "<feed/>",
	"site.webmanifest", "{}",
	"x.avif", "avif",
	"data.json", "{}",
	".well-known/x", "x",
}

// serve starts a server with the demo set and returns its address.
func serve(t *testing.T, base string) (*server, string) {
	t.Helper()
	var s *server
	web := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.ServeHTTP(w, r) }))
	s = newServer(names(web.Listener.Addr().(*net.TCPAddr).AddrPort()), base)
	s.show(setOf(demo...), nil, nil)
	web.Config.DisableGeneralOptionsHandler = true
	web.Start()
	t.Cleanup(web.Close)
	return s, web.Listener.Addr().String()
}

// raw sends the lines as they are and returns the answer with its body.
func raw(t *testing.T, addr string, lines ...string) (*http.Response, string) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, strings.Join(lines, "\r\n")+"\r\nConnection: close\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	method, _, _ := strings.Cut(lines[0], " ")
	resp, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func TestServesTheSetAndNothingElse(t *testing.T) {
	_, addr := serve(t, "")
	for _, c := range []struct {
		target string
		status int
		want   string // in the body, or the Location
	}{
		{"/", 200, "live.js"},
		{"/index.html", 200, "live.js"},
		{"/a/", 200, "<p>a</p>"},
		{"/a", 302, "/a/"},
		{"/a?x=1", 302, "/a/?x=1"},
		{"/%D0%BA%D0%BE%D1%82/", 200, "cat"},
		{"/%D0%BA%D0%BE%D1%82", 302, "/%D0%BA%D0%BE%D1%82/"},
		{"/style.css", 200, "p{}"},
		{"/style.css?raw??", 200, "p{}"},
		{"/?import&raw", 200, "live.js"},
		{"/.well-known/x", 200, "x"},
		{"/missing", 404, "nothing here"},
		{"/A/", 404, "nothing here"},
		{"/a//", 404, "nothing here"},
		{"//a/", 404, "nothing here"},
		{"//evil.example/..", 404, "nothing here"},
		{"/a/../index.html", 404, "nothing here"},
		{"/../../etc/passwd", 404, "nothing here"},
		{"/..%2f..%2fetc/passwd", 404, "nothing here"},
		{"/%2e%2e/%2e%2e/etc/passwd", 404, "nothing here"},
		{"/..\\..\\etc\\passwd", 404, "nothing here"},
		{"/..%5c..%5cetc%5cpasswd", 404, "nothing here"},
		{"/%00", 404, "nothing here"},
		{"/style.css%00.html", 404, "nothing here"},
		{"/style.css/", 404, "nothing here"},
		{"/style.css#x", 404, "nothing here"},
		{"/.git/config", 404, "nothing here"},
		{"/.gallerist", 404, "nothing here"},
		{"/.env", 404, "nothing here"},
		{"/@fs/etc/passwd", 404, "nothing here"},
		{"/file:///etc/passwd", 404, "nothing here"},
		{"/@fs/etc/passwd?raw??", 404, "nothing here"}, // what other preview servers gave away
		{"/@fs/etc/passwd?import&raw??", 404, "nothing here"},
		{"/etc/passwd?.svg?.wasm?init", 404, "nothing here"},
		{"/@fs/x/x/x/vite/../../../../etc/passwd", 404, "nothing here"},
		{"/@id/__x00__/etc/passwd", 404, "nothing here"},
		{"/__vite_ping", 404, "nothing here"},
		{"/../../../../etc/passwd?.svg", 404, "nothing here"},
		{"/../config.toml", 404, "nothing here"},
		{"//../etc/passwd", 404, "nothing here"},
		{"///etc/passwd", 404, "nothing here"},
		{"/%2fetc/passwd", 404, "nothing here"},
		{"/.%2e/.%2e/etc/passwd", 404, "nothing here"},
		{"/a/..%2f..%2findex.html", 404, "nothing here"},
		{"/a/%2e%2e%2findex.html", 404, "nothing here"},
		{"/%252e%252e/etc/passwd", 404, "nothing here"},
		{"/..%c0%afetc/passwd", 404, "nothing here"},
		{"/C:/Windows/win.ini", 404, "nothing here"},
		{"/style.css::$DATA", 404, "nothing here"},
		{"/style.css%20", 404, "nothing here"},
		{"/style.css.", 404, "nothing here"},
		{"/STYLE.CSS", 404, "nothing here"},
		{"/private/secret", 404, "nothing here"},
		{"/site.toml", 404, "nothing here"},
		{"/.gallerist/cache/x", 404, "nothing here"},
		{"/_gallerist/", 404, "nothing here"},
		{"/_gallerist/live.js/", 404, "nothing here"},
		{"/_gallerist/../index.html", 404, "nothing here"},
		{"/%zz", 400, ""},
		{"index.html", 400, ""},
		{"/a b", 400, ""},
	} {
		resp, body := raw(t, addr, "GET "+c.target+" HTTP/1.1", "Host: "+addr)
		if c.status == 302 {
			body = resp.Header.Get("Location")
			if body != c.want {
				t.Errorf("%s leads to %q, want %q", c.target, body, c.want)
			}
		}
		if resp.StatusCode != c.status || !strings.Contains(body, c.want) {
			t.Errorf("%s: %d %q, want %d %q", c.target, resp.StatusCode, body, c.status, c.want)
		}
		for name := range resp.Header {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s: has %s", c.target, name)
			}
		}
	}
}

func TestRefusesOthers(t *testing.T) {
	_, addr := serve(t, "")
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		line, host string
		status     int
	}{
		{"GET / HTTP/1.1", "localhost:" + port, 200},
		{"GET / HTTP/1.1", "LOCALHOST:" + port, 200},
		{"GET / HTTP/1.1", "[::1]:" + port, 200},
		{"HEAD / HTTP/1.1", addr, 200},
		{"GET / HTTP/1.1", "evil.example", 403},
		{"GET / HTTP/1.1", "evil.example:" + port, 403},
		{"GET / HTTP/1.1", "localhost.evil.example:" + port, 403},
		{"GET / HTTP/1.1", "localhost", 403},
		{"GET / HTTP/1.1", "127.0.0.1:1", 403},
		{"GET / HTTP/1.1", "127.0.0.2:" + port, 403},
		{"GET / HTTP/1.1", "0.0.0.0:" + port, 403},
		{"GET http://evil.example/ HTTP/1.1", addr, 403},
		{"GET /_gallerist/events HTTP/1.1", "evil.example", 403},
		{"POST / HTTP/1.1", addr, 405},
		{"PUT /a/ HTTP/1.1", addr, 405},
		{"OPTIONS / HTTP/1.1", addr, 405},
		{"OPTIONS * HTTP/1.1", addr, 405},
		{"TRACE / HTTP/1.1", addr, 405},
	} {
		resp, body := raw(t, addr, c.line, "Host: "+c.host)
		if resp.StatusCode != c.status {
			t.Errorf("%s for %s: %d, want %d", c.line, c.host, resp.StatusCode, c.status)
		}
		if c.status == 403 && !strings.Contains(body, "localhost") {
			t.Errorf("%s for %s: does not explain: %q", c.line, c.host, body)
		}
	}
	for _, target := range []string{"/", "/a/", "/_gallerist/events", "/_gallerist/live.js"} {
		resp, _ := raw(t, addr, "POST "+target+" HTTP/1.1", "Host: "+addr, "Origin: http://evil.example", "Sec-Fetch-Site: cross-site",
			"Content-Type: text/plain", "Content-Length: 0")
		if resp.StatusCode != 405 || resp.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("a post to %s from elsewhere: %d %v", target, resp.StatusCode, resp.Header)
		}
	}
	for _, header := range []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Sec-Fetch-Site: none", "Origin: http://evil.example", "Origin: null"} {
		if resp, _ := raw(t, addr, "GET /_gallerist/events?page=/ HTTP/1.1", "Host: "+addr, header); resp.StatusCode != 403 {
			t.Errorf("events with %s: %d", header, resp.StatusCode)
		}
	}
}

func TestTypes(t *testing.T) {
	_, addr := serve(t, "")
	for target, want := range map[string]string{
		"/": "text/html; charset=utf-8", "/feed.xml": "application/xml", "/p.webp": "image/webp", "/x.avif": "image/avif",
		"/site.webmanifest": "application/manifest+json", "/data.json": "application/json",
		"/style.css": "text/css; charset=utf-8", "/.well-known/x": "application/octet-stream",
		"/_gallerist/live.js": "text/javascript; charset=utf-8",
	} {
		resp, _ := raw(t, addr, "GET "+target+" HTTP/1.1", "Host: "+addr)
		if got := resp.Header.Get("Content-Type"); got != want || resp.StatusCode != 200 {
			t.Errorf("%s: %d %q, want %q", target, resp.StatusCode, got, want)
		}
		if resp.Header.Get("Cache-Control") != "no-cache" || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: headers %v", target, resp.Header)
		}
		if tag := resp.Header.Get("ETag"); tag != "" {
			resp, _ := raw(t, addr, "GET "+target+" HTTP/1.1", "Host: "+addr, "If-None-Match: "+tag)
			if resp.StatusCode != 304 {
				t.Errorf("%s again: %d", target, resp.StatusCode)
			}
		} else if !strings.HasPrefix(target, "/_") {
			t.Errorf("%s has no ETag", target)
		}
	}
	resp, body := raw(t, addr, "GET /p.webp HTTP/1.1", "Host: "+addr, "Range: bytes=0-2")
	if resp.StatusCode != 206 || body != "pic" {
		t.Errorf("range: %d %q", resp.StatusCode, body)
	}
}

func TestBasePath(t *testing.T) {
	_, addr := serve(t, "shop")
	for target, want := range map[string]string{"/": "302 /shop/", "/shop": "302 /shop/", "/shop/": "200 ", "/shop/a": "302 /shop/a/", "/a/": "404 ", "/shopping/": "404 "} {
		resp, _ := raw(t, addr, "GET "+target+" HTTP/1.1", "Host: "+addr)
		if got := fmt.Sprint(resp.StatusCode, " ", resp.Header.Get("Location")); got != want {
			t.Errorf("%s: %s, want %s", target, got, want)
		}
	}
}

func TestPolicyIsWidened(t *testing.T) {
	for policy, want := range map[string]string{
		"default-src 'none'":                        "default-src 'none'; script-src-elem 'self'; connect-src 'self'",
		"default-src https: 'self'":                 "default-src https: 'self'; script-src-elem https: 'self'; connect-src https: 'self'",
		"script-src 'sha256-x'; connect-src 'none'": "script-src 'sha256-x'; connect-src 'self'; script-src-elem 'sha256-x' 'self'",
		"script-src-elem 'NONE'; SCRIPT-SRC x":      "script-src-elem 'self'; script-src x",
		"img-src 'self'":                            "img-src 'self'",
		" ; ":                                       "",
		"default-src a; default-src b":              "default-src a; script-src-elem a 'self'; connect-src a 'self'",
	} {
		if got := widenPolicy(policy); got != want {
			t.Errorf("%q became %q, want %q", policy, got, want)
		}
	}
}

func TestReadPage(t *testing.T) {
	for in, want := range map[string]string{
		"<BODY>x</BODY></html>": "<BODY>x|</BODY></html>",
		"<p>no end":             "<p>no end|",
		"":                      "|",
		"<body><script>'</body>'</script><!--</body>--></body> ":                   "<body><script>'</body>'</script><!--</body>-->|</body> ",
		"<a title='&lt;&amp;' HREF=x>&nbsp;</a>\r\n</body>":                        "<a title='&lt;&amp;' HREF=x>&nbsp;</a>\r\n|</body>",
		"<meta http-equiv=content-security-policy content=\"default-src 'none'\">": "<meta http-equiv=\"content-security-policy\" content=\"default-src &#39;none&#39;; script-src-elem &#39;self&#39;; connect-src &#39;self&#39;\">|",
		"<meta name=description content=\"default-src 'none'\">":                   "<meta name=description content=\"default-src 'none'\">|",
	} {
		if got := string(readPage([]byte(in)).with("|")); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func FuzzReadPage(f *testing.F) {
	f.Add("<body><p title=\"&amp;\">x</body>")
	f.Fuzz(func(t *testing.T, in string) {
		p := readPage([]byte(in))
		if !strings.Contains(strings.ToLower(in), "meta") && string(p.content) != in {
			t.Errorf("%q became %q", in, p.content)
		}
		_ = p.with("x")
	})
}

func TestFingerprint(t *testing.T) {
	changed := func(path, content string) []string {
		pairs := append([]string(nil), demo...)
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == path {
				pairs[i+1] = content
			}
		}
		return pairs
	}
	print := func(pairs []string, address string) string {
		return newSite(setOf(pairs...), "/").fingerprint(address).tag()
	}
	before := print(demo, "/")
	for path, differs := range map[string]bool{"index.html": true, "style.css": true, "p.webp": true, "a/index.html": false, "feed.xml": false} {
		if got := print(changed(path, "other"), "/") != before; got != differs {
			t.Errorf("a change of %s: the home page changes: %v", path, got)
		}
	}
	if print(demo, "/b/") == print(append(demo, "b/index.html", "b"), "/b/") {
		t.Error("a page that appears where 404.html was shown is not noticed")
	}
}

func TestLastGoodSiteStays(t *testing.T) {
	s, addr := serve(t, "")
	var problems problem.List
	problems.Errorf(problem.Pos{File: "content/a/submission.md", Line: 4, Col: 8}, "did you mean it?", "unknown role %q", "</script>")
	for _, bad := range []struct {
		set *publish.Set
		err error
	}{{nil, nil}, {new(publish.Set), nil}, {setOf("index.html", "half"), errors.New("disk broken")}} {
		s.show(bad.set, problems, bad.err)
		if _, body := raw(t, addr, "GET /a/ HTTP/1.1", "Host: "+addr); !strings.Contains(body, "<p>a</p>") {
			t.Errorf("the last good page is gone: %q", body)
		}
		message := string(s.message(&listener{address: "/a/"}))
		if !strings.Contains(message, `content/a/submission.md:4:8`) || !strings.Contains(message, "did you mean it?") ||
			strings.Contains(message, "</script>") || bad.err != nil && !strings.Contains(message, "disk broken") {
			t.Errorf("message %s", message)
		}
	}
	s.show(setOf(demo...), nil, nil)
	if message := string(s.message(&listener{address: "/a/"})); !strings.Contains(message, `"notes":[]`) {
		t.Errorf("message %s", message)
	}
}

func TestWaitingPage(t *testing.T) {
	s, addr := serve(t, "")
	s.mu.Lock()
	s.site, s.built = nil, false
	s.mu.Unlock()
	resp, body := raw(t, addr, "GET /anything HTTP/1.1", "Host: "+addr)
	if resp.StatusCode != 503 || !strings.Contains(body, "being built") || !strings.Contains(body, "live.js") {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
	var problems problem.List
	problems.Errorf(problem.Pos{File: "site.toml", Line: 1}, "give it one", "the site has no %s", "<title>")
	s.show(nil, problems, nil)
	_, body = raw(t, addr, "GET / HTTP/1.1", "Host: "+addr)
	if !strings.Contains(body, "site.toml:1: the site has no &lt;title&gt;") || !strings.Contains(body, "Hint: give it one") {
		t.Errorf("%s", body)
	}
	if !strings.Contains(body, `data-print="`+waitingPrint(s.notes, true)+`" data-look="" data-parts='null' data-quiet defer>`) {
		t.Error("the waiting page has another fingerprint than its events")
	}
}

func TestBrokenPage(t *testing.T) {
	s, addr := serve(t, "")
	set := setOf("index.html", "x")
	set.Add(publish.File{Path: "b/index.html", Open: func() (io.ReadCloser, error) { return nil, errors.New("layout <b> missing") }})
	s.show(set, nil, nil)
	resp, body := raw(t, addr, "GET /b/ HTTP/1.1", "Host: "+addr)
	if resp.StatusCode != 500 || !strings.Contains(body, "layout &lt;b&gt; missing") || !strings.Contains(body, s.site.fingerprint("/b/").Page) {
		t.Errorf("%d %s", resp.StatusCode, body)
	}
}

// TestLaterIsTold holds that what comes up when a file is opened is told once,
// to the browser and to the caller, and forgotten with the next build.
func TestLaterIsTold(t *testing.T) {
	s, addr := serve(t, "")
	var found, told problem.List
	s.later = func() problem.List { return found.Sorted() }
	s.onLater = func(list problem.List) { told = append(told, list...) }
	set := setOf("index.html", "x")
	set.Add(publish.File{Path: "m/1.jpg", Key: "m/1.jpg", Open: func() (io.ReadCloser, error) {
		found.Errorf(problem.Pos{File: "content/1.jpg"}, "copy it again", "is damaged")
		return nil, errors.New("is damaged")
	}})
	s.show(set, nil, nil)
	_, before, _ := s.now()
	for range 2 {
		if resp, _ := raw(t, addr, "GET /m/1.jpg HTTP/1.1", "Host: "+addr); resp.StatusCode != 500 {
			t.Errorf("status %d", resp.StatusCode)
		}
	}
	_, notes, _ := s.now()
	if want := []note{{Level: "error", Where: "content/1.jpg", Text: "is damaged", Hint: "copy it again"}}; !reflect.DeepEqual(notes, want) || len(before) > 0 {
		t.Errorf("notes %+v", notes)
	}
	if len(told) != 1 {
		t.Errorf("told %v", told)
	}
	found = nil
	s.show(set, nil, nil)
	if _, notes, _ := s.now(); len(notes) > 0 {
		t.Errorf("after the next build: %+v", notes)
	}
}

// TestPageLeftOutStays holds that a page which a mistake left out is shown as
// it last was, through any number of builds, until there is no error.
func TestPageLeftOutStays(t *testing.T) {
	s, addr := serve(t, "")
	var problems problem.List
	problems.Errorf(problem.Pos{File: "content/a/submission.md"}, "", "a slip")
	status := func() int {
		resp, _ := raw(t, addr, "GET /a/ HTTP/1.1", "Host: "+addr)
		return resp.StatusCode
	}
	for range 3 {
		s.show(setOf("index.html", "<p>without a</p>"), problems, nil)
		if got := status(); got != 200 {
			t.Errorf("the page left out has status %d", got)
		}
	}
	if _, body := raw(t, addr, "GET / HTTP/1.1", "Host: "+addr); !strings.Contains(body, "without a") {
		t.Errorf("the new page is not shown: %s", body)
	}
	s.show(setOf("index.html", "<p>without a</p>"), nil, nil)
	if got := status(); got != 404 {
		t.Errorf("a page that is gone for good has status %d", got)
	}
}
