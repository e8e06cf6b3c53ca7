package review

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gallerist/builder"
	"gallerist/builder/media"
	"gallerist/builder/source"
)

const host = "127.0.0.1:1314"

// counted counts what is opened in a folder.
type counted struct {
	fs.FS
	opened atomic.Int64
}

func (c *counted) Open(name string) (fs.File, error) {
	c.opened.Add(1)
	return c.FS.Open(name)
}

func (c *counted) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(c.FS, name) }
func (c *counted) ReadLink(name string) (string, error)   { return fs.ReadLink(c.FS, name) }

// table is a site's folder with the page open before it.
type table struct {
	t      *testing.T
	dir    string
	fsys   *counted
	server *Server
	now    time.Time
	wrote  []string
}

const settings = "title = \"Sleepy Lane\"\nbase_url = \"https://shop.example/\"\nlanguage = \"en\"\nlanguages = [\"en\", \"ru\"]\n"

const galleryMD = "+++\ntitle = \"Morning\"\nkind = \"ugc\"\n+++\n"

// pendingMD is a submission that waits. Its comments and its spaces are to stay.
const pendingMD = `+++
# from the form
id       = "abcd2345"
title    = "Latte with Murka"   # as she wrote it
status   = "pending"
received = 2026-11-02T08:14:00Z

[author]
name = "Olya"
place = "Kazan"

[grant]
status = "granted"
scope  = ["site"]

[consent]
name  = true
place = true
+++
Murka does not drink coffee.

She supervises.
`

// set puts files into a new site's folder and opens it.
func set(t *testing.T, files map[string]string) *table {
	t.Helper()
	return setAt(t, time.Now, files)
}

// setAt is set with a clock for what is remembered of files.
func setAt(t *testing.T, clock func() time.Time, files map[string]string) *table {
	t.Helper()
	x := &table{t: t, dir: t.TempDir(), now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	x.put("site.toml", settings)
	x.put("content/morning/gallery.md", galleryMD)
	for name, text := range files {
		x.put(name, text)
	}
	x.fsys = &counted{FS: os.DirFS(x.dir)}
	desk, probs, err := builder.OpenDesk(x.fsys, builder.Options{
		Now: x.now, Cache: media.MemStore(), Memory: &builder.Memory{Source: source.NewMemory(clock)},
	})
	if err != nil || len(probs) > 0 {
		t.Fatal(err, probs)
	}
	x.server, err = NewServer(t.Context(), Options{
		Desk: desk, FS: x.fsys, By: "Vera", Hosts: []string{host, "localhost:1314"},
		Clock: func() time.Time { x.now = x.now.Add(time.Minute); return x.now },
		Write: func(name string, data []byte) error {
			x.wrote = append(x.wrote, name)
			return os.WriteFile(filepath.Join(x.dir, name), data, 0o644)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func (x *table) put(name, text string) {
	x.t.Helper()
	path := filepath.Join(x.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		x.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		x.t.Fatal(err)
	}
}

func (x *table) read(name string) string {
	x.t.Helper()
	b, err := os.ReadFile(filepath.Join(x.dir, name))
	if err != nil {
		x.t.Fatal(err)
	}
	return string(b)
}

// ask sends a request as the page's own browser does.
func (x *table) ask(method, to string, form url.Values, change func(*http.Request)) *httptest.ResponseRecorder {
	x.t.Helper()
	r := httptest.NewRequest(method, "http://"+host+to, strings.NewReader(form.Encode()))
	r.Host = host
	r.AddCookie(&http.Cookie{Name: "gallerist-review-1314", Value: x.server.cookie})
	if method == http.MethodPost {
		r.Header.Set("Origin", "http://"+host)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	x.server.ServeHTTP(w, r)
	return w
}

func (x *table) get(to string) string {
	x.t.Helper()
	w := x.ask(http.MethodGet, to, nil, nil)
	if w.Code != http.StatusOK {
		x.t.Fatalf("GET %s: %d\n%s", to, w.Code, w.Body)
	}
	return w.Body.String()
}

var (
	fieldTag = regexp.MustCompile(`<(?:input|textarea)[^>]*?name="([^"]+)"[^>]*?(?:value="([^"]*)"[^>]*)?>(?:([^<]*)</textarea>)?`)
	unquote  = strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&amp;", "&", "&lt;", "<", "&gt;", ">", "&#43;", "+")
)

// form returns what a page would send without a change.
func (x *table) form(page string) url.Values {
	form := url.Values{}
	at := strings.Index(page, `id="piece"`)
	if at < 0 {
		x.t.Fatalf("no form in\n%s", page)
	}
	for _, m := range fieldTag.FindAllStringSubmatch(page[at:], -1) {
		if strings.Contains(m[0], `type="checkbox"`) && !strings.Contains(m[0], "checked") {
			continue
		}
		if value := unquote.Replace(m[2] + m[3]); strings.HasPrefix(m[1], fieldCrop) {
			form.Add(m[1], value) // four inputs
		} else {
			form.Set(m[1], value)
		}
	}
	return form
}

// decide opens a piece, changes fields of its form and sends it with a button.
func (x *table) decide(dir, do string, changes ...string) *httptest.ResponseRecorder {
	x.t.Helper()
	form := x.form(x.get("/piece/" + keyOf(dir)))
	for i := 0; i < len(changes); i += 2 {
		form.Set(changes[i], changes[i+1])
	}
	form.Set("do", do)
	return x.ask(http.MethodPost, "/piece/"+keyOf(dir), form, nil)
}

// want fails where an answer has another code.
func want(t *testing.T, w *httptest.ResponseRecorder, code int) {
	t.Helper()
	if w.Code != code {
		t.Fatalf("got %d, want %d: %s %s", w.Code, code, w.Header(), w.Body)
	}
}

// photo is a small picture of two colours, told apart by n.
func photo(n int) string {
	m := image.NewRGBA(image.Rect(0, 0, 96, 64))
	for y := range 64 {
		for x := range 96 {
			v := uint8((x*n + y*(n/2+1)) % 256)
			m.Set(x, y, color.RGBA{v, 255 - v, uint8(n * 37), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	return b.String()
}

func piece(id, more string) string {
	return strings.Replace(strings.Replace(pendingMD, "abcd2345", id, 1), "\n[author]", more+"\n[author]", 1)
}

const olya = "morning/2026-11-02-olya"
const olyaFile = "content/" + olya + "/submission.md"

func TestDecisionChangesItsLinesOnly(t *testing.T) {
	x := set(t, map[string]string{olyaFile: pendingMD, "content/morning/2026-11-03-lev/submission.md": piece("bcde3456", "")})
	w := x.decide(olya, "feature")
	want(t, w, http.StatusSeeOther)
	if to, next := w.Header().Get("Location"), "/piece/"+keyOf("morning/2026-11-03-lev"); to != next {
		t.Errorf("goes on to %s, not to the next piece %s", to, next)
	}
	wanted := strings.Replace(pendingMD, `"pending"`, `"featured"`, 1)
	wanted = strings.Replace(wanted, "place = true\n", "place = true\n\n[review]\nby = \"Vera\"\non = 2026-11-22\n", 1)
	if got := x.read(olyaFile); got != wanted {
		t.Errorf("got\n%s", got)
	}
	if page := x.get("/"); !strings.Contains(page, "Featured “Latte with Murka”.") || !strings.Contains(page, "1 of 2 decided") {
		t.Errorf("the sheet does not say what was done:\n%s", page)
	}
	if strings.Contains(x.get("/"), "Featured “Latte") {
		t.Error("what was done is told twice")
	}
}

func TestDecisionOfTheSameDayIsOneLine(t *testing.T) {
	x := set(t, map[string]string{olyaFile: pendingMD})
	x.decide(olya, "approve")
	before := x.read(olyaFile)
	x.decide(olya, "decline")
	if got, wanted := x.read(olyaFile), strings.Replace(before, `"approved"`, `"declined"`, 1); got != wanted {
		t.Errorf("got\n%s", got)
	}
	wrote := len(x.wrote)
	x.decide(olya, "decline")
	if len(x.wrote) != wrote {
		t.Error("a decision that stands already is written again")
	}
}

func TestWordsToOnePerson(t *testing.T) {
	x := set(t, map[string]string{olyaFile: pendingMD})
	want(t, x.decide(olya, "save", fieldThanks, "Murka made us laugh."), http.StatusSeeOther)
	wanted := strings.Replace(pendingMD, "place = true\n", "place = true\n\n[thanks]\nwords = \"Murka made us laugh.\"\n", 1)
	if got := x.read(olyaFile); got != wanted {
		t.Errorf("got\n%s", got)
	}
	if page := x.get("/piece/" + keyOf(olya)); !strings.Contains(page, `<p class="letter" lang="en" dir="auto">Murka made us laugh.</p>`) {
		t.Errorf("the page does not show what the author will be told:\n%s", page)
	}
}

func TestConflictShowsBoth(t *testing.T) {
	x := set(t, map[string]string{olyaFile: pendingMD})
	form := x.form(x.get("/piece/" + keyOf(olya)))
	theirs := strings.Replace(strings.Replace(pendingMD, "Latte with Murka", "Theirs & only", 1), `"pending"`, `"declined"`, 1)
	x.put(olyaFile, theirs)
	form.Set("title", "Mine, with a cat")
	form.Set("do", "approve")
	w := x.ask(http.MethodPost, "/piece/"+keyOf(olya), form, nil)
	want(t, w, http.StatusConflict)
	for _, text := range []string{"Mine, with a cat", "Theirs &amp; only", "Approved", "Declined"} {
		if !strings.Contains(w.Body.String(), text) {
			t.Errorf("%q is not shown in\n%s", text, w.Body)
		}
	}
	if x.read(olyaFile) != theirs || len(x.wrote) > 0 {
		t.Fatal("it was written all the same")
	}
	again := url.Values{"form": {x.server.form}, "base": {version([]byte(theirs))}, "do": {"save"}, "was.title": {"Theirs & only"}, "title": {"Mine, with a cat"}}
	want(t, x.ask(http.MethodPost, "/piece/"+keyOf(olya), again, nil), http.StatusSeeOther)
	if got, wanted := x.read(olyaFile), strings.Replace(theirs, "Theirs & only", "Mine, with a cat", 1); got != wanted {
		t.Errorf("the choice came out as\n%s", got)
	}
}

func TestUndo(t *testing.T) {
	x := set(t, map[string]string{olyaFile: pendingMD})
	undo := func() *httptest.ResponseRecorder {
		return x.ask(http.MethodPost, "/undo", url.Values{"form": {x.server.form}}, nil)
	}
	x.decide(olya, "approve", "title", "Another")
	x.decide(olya, "decline")
	undo()
	if got := x.read(olyaFile); !strings.Contains(got, `"approved"`) {
		t.Errorf("after one undo\n%s", got)
	}
	want(t, undo(), http.StatusSeeOther)
	if x.read(olyaFile) != pendingMD {
		t.Errorf("after both\n%s", x.read(olyaFile))
	}
	undo()
	if page := x.get("/"); !strings.Contains(page, "There is nothing to undo.") {
		t.Error("nothing says that there is nothing to undo")
	}
	x.decide(olya, "approve")
	own := x.read(olyaFile) + "more"
	x.put(olyaFile, own)
	undo()
	if x.read(olyaFile) != own {
		t.Error("somebody's later change was undone too")
	}
	if page := x.get("/"); !strings.Contains(page, "was changed after that") {
		t.Error("nothing says why it was not undone")
	}
}

func TestLaterIsNotWritten(t *testing.T) {
	lev := "morning/2026-11-03-lev"
	x := set(t, map[string]string{olyaFile: pendingMD, "content/" + lev + "/submission.md": piece("bcde3456", "")})
	w := x.decide(olya, "later")
	if w.Header().Get("Location") != "/piece/"+keyOf(lev) || len(x.wrote) > 0 {
		t.Fatalf("%s, wrote %q", w.Header(), x.wrote)
	}
	if w = x.decide(lev, "approve"); w.Header().Get("Location") != "/piece/"+keyOf(olya) {
		t.Errorf("what was put off does not come at the end: %s", w.Header())
	}
	if page := x.get("/?state=later"); !strings.Contains(page, "Latte with Murka") {
		t.Error("it is not in its column")
	}
	x.decide(olya, "approve")
	if x.server.board.later[keyOf(olya)] != 0 {
		t.Error("what is decided is still put off")
	}
}

func TestGuards(t *testing.T) {
	x := set(t, map[string]string{olyaFile: pendingMD, "private/contacts.csv": "id,email\nabcd2345,olya@example.org\n", "content/" + olya + "/1.jpg": photo(3)})
	key := keyOf(olya)
	good := x.form(x.get("/piece/" + key))
	good.Set("do", "approve")
	for name, c := range map[string]struct {
		method, to string
		change     func(*http.Request)
		code       int
	}{
		"no cookie":          {"GET", "/", func(r *http.Request) { r.Header.Del("Cookie") }, 403},
		"another cookie":     {"GET", "/piece/" + key, func(r *http.Request) { r.Header.Set("Cookie", "gallerist-review-1314=x") }, 403},
		"picture, no cookie": {"GET", "/picture/" + key + "/0/tile", func(r *http.Request) { r.Header.Del("Cookie") }, 403},
		"wrong token":        {"GET", "/enter?token=x", nil, 403},
		"no token":           {"GET", "/enter", nil, 403},
		"foreign host":       {"GET", "/", func(r *http.Request) { r.Host = "evil.example" }, 403},
		"foreign port":       {"GET", "/", func(r *http.Request) { r.Host = "127.0.0.1:99" }, 403},
		"put":                {"PUT", "/piece/" + key, nil, 405},
		"post, no cookie":    {"POST", "/piece/" + key, func(r *http.Request) { r.Header.Del("Cookie") }, 403},
		"post, no origin":    {"POST", "/piece/" + key, func(r *http.Request) { r.Header.Del("Origin") }, 403},
		"post, null origin":  {"POST", "/piece/" + key, func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
		"post, foreign":      {"POST", "/piece/" + key, func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, 403},
		"post, other port":   {"POST", "/piece/" + key, func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:80") }, 403},
		"post, https":        {"POST", "/piece/" + key, func(r *http.Request) { r.Header.Set("Origin", "https://"+host) }, 403},
		"post to the sheet":  {"POST", "/", nil, 404},
		"get of an action":   {"GET", "/undo", nil, 404},
		"unknown piece":      {"GET", "/piece/0000000000000000", nil, 404},
		"dots":               {"GET", "/piece/..", nil, 404},
		"dots in picture":    {"GET", "/picture/../../private/contacts.csv", nil, 404},
		"escaped dots":       {"GET", "/file/" + key + "/0/..%2f..%2fprivate%2fcontacts.csv", nil, 404},
		"asset dots":         {"GET", "/page/../review.css", nil, 404},
		"negative":           {"GET", "/picture/" + key + "/-1/tile", nil, 404},
		"beyond":             {"GET", "/picture/" + key + "/7/tile", nil, 404},
		"other size":         {"GET", "/picture/" + key + "/0/huge", nil, 404},
		"original":           {"GET", "/file/" + key + "/0/play", nil, 404},
		"captions":           {"GET", "/file/" + key + "/0/captions-0", nil, 404},
	} {
		t.Run(name, func(t *testing.T) {
			w := x.ask(c.method, c.to, good, c.change)
			want(t, w, c.code)
			if strings.Contains(w.Body.String(), "Murka") || strings.Contains(w.Body.String(), "olya@") {
				t.Errorf("it tells something: %s", w.Body)
			}
		})
	}
	stale := url.Values{}
	for k, v := range good {
		stale[k] = v
	}
	stale.Set("form", "x")
	want(t, x.ask(http.MethodPost, "/piece/"+key, stale, nil), 403)
	want(t, x.ask(http.MethodPost, "/piece/"+key, url.Values{"title": {strings.Repeat("x", maxForm)}}, nil), 400)
	if len(x.wrote) > 0 || x.read(olyaFile) != pendingMD {
		t.Fatalf("one of them wrote: %q", x.wrote)
	}
	want(t, x.ask(http.MethodPost, "/piece/"+key, good, nil), 303)
}

func TestEnter(t *testing.T) {
	x := set(t, map[string]string{olyaFile: pendingMD})
	w := x.ask(http.MethodGet, "/"+x.server.Address(), nil, func(r *http.Request) { r.Header.Del("Cookie") })
	want(t, w, 200)
	cookie := w.Header().Get("Set-Cookie")
	for _, part := range []string{"gallerist-review-1314=" + x.server.cookie, "HttpOnly", "SameSite=Strict", "Path=/"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("%q lacks %q", cookie, part)
		}
	}
	if strings.Contains(w.Body.String(), x.server.token) || strings.Contains(x.get("/"), x.server.token) {
		t.Error("the token stands on a page")
	}
}

// TestPages: every page keeps to the policy it is sent with, and to what may be
// seen.
func TestPages(t *testing.T) {
	shy := strings.Replace(strings.Replace(piece("bcde3456", "alt = \"A cat\"\ntags = [\"cat\"]\n"), "Olya", "Zinaida", 1), "name  = true", "name  = false", 1)
	x := set(t, map[string]string{
		olyaFile: strings.Replace(pendingMD, `name = "Olya"`, `name = "Olya <b>"`, 1), "content/" + olya + "/1.jpg": photo(3),
		"content/morning/a/submission.md": shy, "content/morning/a/1.jpg": photo(5), "content/morning/a/2.jpg": photo(9),
		"private/contacts.csv": "id,email\nbcde3456,zina@example.org\n",
	})
	if err := x.server.Compare(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"/", "/?state=declined", "/?q=cat&missing=alt", "/piece/" + keyOf(olya), "/piece/" + keyOf("morning/a")} {
		page := x.get(to)
		for _, bad := range []string{" style=", "<script>", "onclick", "javascript:", "http://", "https://", "Zinaida", "zina@", "<b>", "%!", "ZgotmplZ", "<no value>"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s holds %q", to, bad)
			}
		}
		for _, m := range regexp.MustCompile(`\s(src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if !strings.HasPrefix(m[2], "/") && !strings.HasPrefix(m[2], "#") {
				t.Errorf("%s leads to %s", to, m[2])
			}
		}
	}
	w := x.ask(http.MethodGet, "/", nil, nil)
	if policy := w.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy %q", policy)
	}
	w = x.ask(http.MethodGet, "/picture/"+keyOf(olya)+"/0/tile", nil, nil)
	if w.Code != 200 || w.Header().Get("Content-Type") != "image/jpeg" {
		t.Errorf("picture: %d %s", w.Code, w.Header())
	}
	tag := w.Header().Get("ETag")
	if w = x.ask(http.MethodGet, "/picture/"+keyOf(olya)+"/0/tile", nil, func(r *http.Request) { r.Header.Set("If-None-Match", tag) }); w.Code != 304 {
		t.Errorf("a picture the browser has is sent again: %d", w.Code)
	}
}

func TestScriptIsSmall(t *testing.T) {
	for name, most := range map[string]int{"review.js": 12 << 10, "picture.js": 9 << 10} {
		src, err := page.ReadFile("page/" + name)
		if err != nil || len(src) > most {
			t.Errorf("%s: %d bytes, %v", name, len(src), err)
		}
	}
}

// TestTwoThousand: a sheet has few tiles however much waits, and a decision opens
// and writes what it is about and no more.
func TestTwoThousand(t *testing.T) {
	files := map[string]string{}
	for i := range 2000 {
		files[fmt.Sprintf("content/morning/p%04d/submission.md", i)] = piece(fmt.Sprintf("piece%04d", i), "")
	}
	x := setAt(t, func() time.Time { return time.Now().Add(time.Hour) }, files) // as if they had lain there
	page := x.get("/")
	if n := strings.Count(page, `class="tile"`); n != sheetSize {
		t.Errorf("%d tiles, want %d", n, sheetSize)
	}
	if !strings.Contains(page, "0 of 2000 decided") || !strings.Contains(page, "1–60 of 2000") {
		t.Error("the sheet does not say how many there are")
	}
	if last := x.get("/?page=34"); !strings.Contains(last, "1981–2000 of 2000") || strings.Count(last, `class="tile"`) != 20 {
		t.Error("the last page is not the last")
	}
	if last := x.get("/?page=999"); !strings.Contains(last, "1981–2000 of 2000") {
		t.Error("a page beyond the last is not the last")
	}
	form := x.form(x.get("/piece/" + keyOf("morning/p1000")))
	form.Set("do", "approve")
	x.fsys.opened.Store(0)
	want(t, x.ask(http.MethodPost, "/piece/"+keyOf("morning/p1000"), form, nil), 303)
	if n := x.fsys.opened.Load(); n > 60 {
		t.Errorf("a decision opens %d files and folders", n)
	}
	if len(x.wrote) != 1 || x.wrote[0] != "content/morning/p1000/submission.md" {
		t.Errorf("it writes %q", x.wrote)
	}
}

func TestBulk(t *testing.T) {
	x := set(t, map[string]string{
		olyaFile: pendingMD, "content/morning/b/submission.md": piece("bcde3456", "tags = [\"cat\"]\n"), "content/morning/c/submission.md": piece("cdef4567", ""),
	})
	boxes := regexp.MustCompile(`name="piece" value="([^"]+)"`).FindAllStringSubmatch(x.get("/"), -1)
	send := func(do string, more url.Values) string {
		form := url.Values{"form": {x.server.form}, "do": {do}}
		for _, b := range boxes {
			form.Add("piece", b[1])
		}
		for k, v := range more {
			form[k] = v
		}
		want(t, x.ask(http.MethodPost, "/bulk", form, nil), 303)
		return x.get("/")
	}
	if len(boxes) != 3 {
		t.Fatalf("%d boxes", len(boxes))
	}
	x.put("content/morning/c/submission.md", piece("cdef4567", "place = \"Omsk\"\n"))
	if page := send("tag", url.Values{"tag": {"balcony, cat"}}); !strings.Contains(page, "Tagged 2 pieces. 1 piece left alone") {
		t.Errorf("the sheet does not say what came of it:\n%s", page)
	}
	if got := x.read("content/morning/b/submission.md"); !strings.Contains(got, `tags = ["cat", "balcony"]`) {
		t.Errorf("got\n%s", got)
	}
	if strings.Contains(x.read("content/morning/c/submission.md"), "balcony") {
		t.Error("a file that had changed was written")
	}
	boxes = regexp.MustCompile(`name="piece" value="([^"]+)"`).FindAllStringSubmatch(x.get("/"), -1)
	if page := send("decline", nil); !strings.Contains(page, "Declined 3 pieces.") || !strings.Contains(page, "3 of 3 decided") {
		t.Errorf("declined:\n%s", page)
	}
	x.ask(http.MethodPost, "/undo", url.Values{"form": {x.server.form}}, nil)
	if page := x.get("/"); !strings.Contains(page, "0 of 3 decided") {
		t.Error("one undo does not take back one bulk decision")
	}
}

func TestWhatIsMissing(t *testing.T) {
	bare := "+++\nid = \"abcd2345\"\nstatus = \"pending\"\nminor = true\n[author]\nname = \"Olya Petrova\"\n[consent]\nname = true\n[[edit]]\nwhat = \"cropped\"\n+++\nWords.\n"
	x := set(t, map[string]string{olyaFile: bare, "content/" + olya + "/1.jpg": photo(3), "content/morning/b/submission.md": piece("bcde3456", "")})
	page := x.get("/piece/" + keyOf(olya))
	for _, key := range []string{"held.grant.text", "held.guardian.text", "held.edit.text", "note.minor"} {
		if text := strings.ReplaceAll(say(key), "'", "&#39;"); !strings.Contains(page, text) {
			t.Errorf("%q is not told", text)
		}
	}
	if !strings.Contains(page, "No alt text for 1.jpg.") || strings.Contains(page, "Petrova") {
		t.Error("the alt text is not missed, or a surname is told")
	}
	if page := x.get("/piece/" + keyOf("morning/b")); !strings.Contains(page, say("held.none")) || !strings.Contains(page, "Story by Olya, Kazan") {
		t.Errorf("what may go out is not said, or not how it is credited:\n%s", page)
	}
	for query, wanted := range map[string]bool{"missing=alt": true, "missing=grant": true, "kind=photo": true, "kind=story": false, "q=petrova": false, "q=WORDS": true, "tag=x": false} {
		if got := strings.Contains(x.get("/?"+query), keyOf(olya)); got != wanted {
			t.Errorf("?%s shows it: %v", query, got)
		}
	}
	x.decide(olya, "approve")
	if page := x.get("/?state=approved"); !strings.Contains(page, "It is not on the site yet: there is no permission.") || !strings.Contains(page, keyOf(olya)) {
		t.Errorf("what is approved and held back is not told:\n%s", page)
	}
}

func TestTwins(t *testing.T) {
	x := set(t, map[string]string{
		olyaFile: pendingMD, "content/" + olya + "/1.jpg": photo(3), "content/morning/b/submission.md": piece("bcde3456", ""), "content/morning/b/x.jpg": photo(3),
		"content/morning/c/submission.md": piece("cdef4567", ""), "content/morning/c/x.jpg": photo(200),
	})
	if err := x.server.Compare(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := x.get("/piece/" + keyOf(olya))
	if !strings.Contains(page, "The very same file.") || !strings.Contains(page, `href="/piece/`+keyOf("morning/b")) {
		t.Errorf("the twin is not shown:\n%s", page)
	}
	if strings.Contains(x.get("/piece/"+keyOf("morning/c")), say("twins")) {
		t.Error("something that looks like nothing else has a twin")
	}
	if !strings.Contains(x.get("/"), say("flag.twin")) {
		t.Error("the sheet does not tell of it")
	}
}
