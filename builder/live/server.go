package live

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// Our own addresses, outside any base path.
const (
	scriptPath = "/_gallerist/live.js"
	eventsPath = "/_gallerist/events"
)

//go:embed live.js
var script []byte

// server answers requests from the last good build.
type server struct {
	base  string          // begins and ends with a slash
	hosts map[string]bool // what a Host header may say

	later   func() problem.List // nil = nothing comes up later
	onLater func(problem.List)

	mu        sync.Mutex // guards what follows
	site      *site      // nil = nothing good yet
	notes     []note
	seen      map[problem.Problem]bool // of those from later, in notes
	built     bool                     // at least one build is over
	listeners map[chan struct{}]bool
}

// note is a problem as the browser shows it.
type note struct {
	Level string `json:"level"`
	Where string `json:"where,omitempty"`
	Text  string `json:"text"`
	Hint  string `json:"hint,omitempty"`
}

func newServer(port int, basePath string) *server {
	s := &server{base: "/", hosts: map[string]bool{}, seen: map[problem.Problem]bool{}, listeners: map[chan struct{}]bool{}}
	if inner := strings.Trim(basePath, "/"); inner != "" {
		s.base = "/" + inner + "/"
	}
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]"} {
		s.hosts[host+":"+strconv.Itoa(port)] = true
		if port == 80 {
			s.hosts[host] = true
		}
	}
	return s
}

// show puts a build's result in place, tells all listeners, and returns how
// many files are served.
func (s *server) show(set *publish.Set, problems problem.List, err error) int {
	notes := make([]note, 0, len(problems)+1)
	if err != nil {
		notes = append(notes, note{Level: "error", Text: problem.Visible(err.Error())})
	}
	notes = appendNotes(notes, problems)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notes, s.seen, s.built = notes, map[problem.Problem]bool{}, true
	if err == nil && set != nil && set.Len() > 0 {
		s.site = s.site.after(set, s.base, problems.Count(problem.Error) > 0)
	}
	s.wake()
	if s.site == nil {
		return 0
	}
	return s.site.set.Len()
}

func appendNotes(notes []note, problems problem.List) []note {
	for _, p := range problems {
		if p.Level != problem.Note {
			notes = append(notes, note{p.Level.String(), problem.Visible(p.Pos.String()), problem.Visible(p.Text), problem.Visible(p.Hint)})
		}
	}
	return notes
}

// wake tells all listeners that there is something new; mu is held.
func (s *server) wake() {
	for listener := range s.listeners {
		select {
		case listener <- struct{}{}:
		default: // it has not yet seen the last one and will see both
		}
	}
}

// noteLater adds what came up while files were opened: a picture is decoded
// when a page first shows it.
func (s *server) noteLater() {
	if s.later == nil {
		return
	}
	if fresh := s.fresh(s.later()); len(fresh) > 0 && s.onLater != nil {
		s.onLater(fresh)
	}
}

// fresh takes up those problems that have not been told and returns them.
func (s *server) fresh(list problem.List) problem.List {
	s.mu.Lock()
	defer s.mu.Unlock()
	var fresh problem.List
	for _, p := range list {
		if !s.seen[p] {
			s.seen[p] = true
			fresh = append(fresh, p)
		}
	}
	if len(fresh) > 0 {
		s.notes = appendNotes(slices.Clip(s.notes), fresh)
		s.wake()
	}
	return fresh
}

// now returns what is to be shown.
func (s *server) now() (*site, []note, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.site, s.notes, s.built
}

// ServeHTTP guards all answers. It is no http.ServeMux, which would tidy
// addresses up before they are looked up.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Security-Policy", "frame-ancestors 'self'")
	h.Set("Referrer-Policy", "same-origin")
	if !s.hosts[strings.ToLower(r.Host)] {
		http.Error(w, "this preview answers only to its own name on this machine, such as localhost with the port", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "this preview is only for reading", http.StatusMethodNotAllowed)
		return
	}
	switch r.URL.Path {
	case scriptPath:
		h.Set("Content-Type", types[".js"])
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(script))
	case eventsPath:
		s.serveEvents(w, r)
	default:
		s.serveSite(w, r)
	}
}

func (s *server) serveSite(w http.ResponseWriter, r *http.Request) {
	site, notes, built := s.now()
	if site == nil {
		s.serveWaiting(w, notes, built)
		return
	}
	name, inside := strings.CutPrefix(r.URL.Path, s.base)
	if !inside {
		if r.URL.Path == "/" || r.URL.Path+"/" == s.base {
			w.Header().Set("Location", (&url.URL{Path: s.base}).EscapedPath())
			w.WriteHeader(http.StatusFound)
			return
		}
		http.Error(w, "the site begins at "+s.base, http.StatusNotFound)
		return
	}
	f, status, redirect := site.find(name)
	switch {
	case redirect != "":
		w.Header().Set("Location", (&url.URL{Path: s.base + redirect, RawQuery: r.URL.RawQuery}).RequestURI())
		w.WriteHeader(status)
	case f.Open == nil:
		servePlain(w, status, "<h1>There is no such page in the site</h1>", scriptTag(site.fingerprint(r.URL.Path)))
	default:
		serveFile(w, r, site, f, status)
		s.noteLater()
	}
}

func serveFile(w http.ResponseWriter, r *http.Request, site *site, f publish.File, status int) {
	mediaType := typeOf(f)
	tag, err := site.etag(f)
	if err == nil && isText(mediaType) {
		m := site.make(f)
		if err = m.err; err == nil {
			content := m.content
			if m.page != nil {
				tag = site.fingerprint(r.URL.Path)
				content = m.page.with(scriptTag(tag))
			}
			serveContent(w, r, mediaType, tag, bytes.NewReader(content), status)
			return
		}
	}
	if err != nil {
		serveBroken(w, site.fingerprint(r.URL.Path), err)
		return
	}
	in, err := f.Open()
	if err != nil {
		serveBroken(w, site.fingerprint(r.URL.Path), err)
		return
	}
	defer in.Close() // it was only read
	if seeker, ok := in.(io.ReadSeeker); ok {
		serveContent(w, r, mediaType, tag, seeker, status)
		return
	}
	content, err := io.ReadAll(in)
	if err != nil {
		serveBroken(w, site.fingerprint(r.URL.Path), err)
		return
	}
	serveContent(w, r, mediaType, tag, bytes.NewReader(content), status)
}

// serveContent answers with ranges and conditions, or plainly where the
// status is not 200.
func serveContent(w http.ResponseWriter, r *http.Request, mediaType, tag string, content io.ReadSeeker, status int) {
	w.Header().Set("Content-Type", mediaType)
	if status == http.StatusOK {
		w.Header().Set("ETag", `"`+tag+`"`)
		http.ServeContent(w, r, "", time.Time{}, content)
		return
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = io.Copy(w, content) // a reader who has gone away is no fault
	}
}

// scriptTag is what is added to each page.
func scriptTag(fingerprint string) string {
	return `<script src="` + scriptPath + `" data-print="` + fingerprint + `" defer></script>`
}

// serveWaiting stands in for a site that has no page yet.
func (s *server) serveWaiting(w http.ResponseWriter, notes []note, built bool) {
	text := "<h1>The site is being built</h1><p>This page shows it as soon as it is there.</p>"
	if built {
		text = "<h1>There is no page to show yet</h1><p>This page shows the site as soon as what follows is mended.</p><ol>"
		for _, n := range notes {
			text += "<li><p>" + html.EscapeString(strings.TrimPrefix(n.Where+": "+n.Text, ": ")) + "</p>"
			if n.Hint != "" {
				text += "<p>Hint: " + html.EscapeString(n.Hint) + "</p>"
			}
		}
		text += "</ol>"
	}
	tag := strings.Replace(scriptTag(waitingPrint(notes, built)), " defer", " data-quiet defer", 1)
	servePlain(w, http.StatusServiceUnavailable, text, tag)
}

// waitingPrint is the fingerprint of the waiting page.
func waitingPrint(notes []note, built bool) string {
	return publish.Hash(sha256.Sum256(fmt.Append(nil, built, notes))).String()
}

// serveBroken stands in for a page that cannot be made.
func serveBroken(w http.ResponseWriter, fingerprint string, err error) {
	text := "<h1>This page cannot be shown</h1><p>" + html.EscapeString(problem.Visible(err.Error())) + "</p>"
	servePlain(w, http.StatusInternalServerError, text, scriptTag(fingerprint))
}

// servePlain answers with a page of our own.
func servePlain(w http.ResponseWriter, status int, text, tag string) {
	w.Header().Set("Content-Type", types[".html"])
	w.Header().Add("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'")
	w.WriteHeader(status)
	fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Preview</title>`+
		`<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>`+
		`<body><main>%s</main>%s</body></html>`, text, tag)
}
