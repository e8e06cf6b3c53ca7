package live

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"slices"
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

// scriptHash is part of every fingerprint, so that a page with the script of
// another version of the program is loaded again.
var scriptHash = func() string {
	sum := sha256.Sum256(script)
	return hex.EncodeToString(sum[:8])
}()

// server answers requests from the last good build.
type server struct {
	base   string          // begins and ends with a slash
	hosts  map[string]bool // what a Host header may say
	making chan struct{}   // holds one for each file that is being opened

	source  func(file string) ([]byte, error) // nil = lines of files are not shown
	later   func() problem.List               // nil = nothing comes up later
	onLater func(problem.List)

	// arriving says of a file, as problems name it, that another build follows
	// when all of it is there; nil = of none.
	arriving func(file string) bool

	mu        sync.Mutex // guards what follows
	site      *site      // nil = nothing good yet
	notes     []note
	seen      map[problem.Problem]bool // of those from later, in notes
	built     bool                     // at least one build is over
	listeners map[*listener]bool
}

// newServer returns a server for requests whose Host is one of hosts.
func newServer(hosts []string, basePath string) *server {
	s := &server{
		base: "/", hosts: map[string]bool{}, seen: map[problem.Problem]bool{}, listeners: map[*listener]bool{},
		making: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1)),
	}
	if inner := strings.Trim(basePath, "/"); inner != "" {
		s.base = "/" + inner + "/"
	}
	for _, host := range hosts {
		s.hosts[strings.ToLower(host)] = true
	}
	return s
}

// show puts a build's result in place and tells all listeners. It returns how
// many files are served, and how many open pages have changed.
func (s *server) show(set *publish.Set, problems problem.List, err error) (files, changed int) {
	var notes []note
	if err != nil {
		notes = []note{{Level: "error", Text: problem.Visible(err.Error())}}
	}
	notes = append(notes, notesOf(s.settled(problems), s.source)...)
	s.mu.Lock()
	s.notes, s.seen, s.built = notes, map[problem.Problem]bool{}, true
	if err == nil && set != nil && set.Len() > 0 {
		s.site = s.site.after(set, s.base, problems.Count(problem.Error) > 0)
	}
	before := s.told()
	s.wake()
	now := s.site
	s.mu.Unlock()
	if now == nil {
		return 0, 0
	}
	for _, page := range before {
		if now.fingerprint(page.address).tag() != page.told {
			changed++
		}
	}
	return now.set.Len(), changed
}

// settled leaves out what is wrong with files that are still arriving.
func (s *server) settled(problems problem.List) problem.List {
	if s.arriving == nil {
		return problems
	}
	return slices.DeleteFunc(slices.Clone(problems), func(p problem.Problem) bool { return s.arriving(p.Pos.File) })
}

// noteLater adds what came up while files were opened: a picture is decoded
// when a page first shows it.
func (s *server) noteLater() {
	if s.later == nil {
		return
	}
	if fresh := s.fresh(s.settled(s.later())); len(fresh) > 0 && s.onLater != nil {
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
		s.notes = append(s.notes[:len(s.notes):len(s.notes)], notesOf(fresh, s.source)...)
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
		http.Error(w, "this preview answers only to its own name, such as localhost with the port", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "this preview is only for reading", http.StatusMethodNotAllowed)
		return
	}
	switch r.URL.Path {
	case scriptPath:
		h.Set("Cache-Control", "no-cache")
		h.Set("ETag", `"`+scriptHash+`"`)
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
		serveWaiting(w, notes, built)
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
	if redirect != "" {
		w.Header().Set("Location", (&url.URL{Path: s.base + redirect, RawQuery: r.URL.RawQuery}).RequestURI())
		w.WriteHeader(status)
		return
	}
	if f.Open == nil {
		serveMissing(w, site.fingerprint(r.URL.Path))
		return
	}
	var err error
	if isText(typeOf(f)) {
		err = serveText(w, r, site, f, status)
	} else {
		err = s.serveMedium(w, r, site, f, status)
	}
	if err != nil && r.Context().Err() == nil { // else nobody waits for it
		serveBroken(w, site.fingerprint(r.URL.Path), err)
	}
	s.noteLater()
}

// serveText answers with a page or another text.
func serveText(w http.ResponseWriter, r *http.Request, site *site, f publish.File, status int) error {
	m := site.make(f)
	if m.err != nil {
		return m.err
	}
	w.Header().Set("Cache-Control", "no-cache")
	if m.page == nil {
		serveContent(w, r, typeOf(f), m.hash, bytes.NewReader(m.content), status)
		return nil
	}
	print := site.fingerprint(r.URL.Path)
	serveContent(w, r, typeOf(f), print.tag(), bytes.NewReader(m.page.with(scriptTag(print))), status)
	return nil
}

// serveMedium answers with a file that is not kept. Where the browser has it,
// it is not even opened.
func (s *server) serveMedium(w http.ResponseWriter, r *http.Request, site *site, f publish.File, status int) error {
	tag, err := site.etag(f)
	if err != nil {
		return err
	}
	in := io.NopCloser(io.Reader(strings.NewReader("")))
	if !known(r, tag) {
		if in, err = s.open(r.Context(), f); err != nil {
			return err
		}
	}
	defer in.Close() // it was only read
	seeker, ok := in.(io.ReadSeeker)
	if !ok {
		content, err := io.ReadAll(in)
		if err != nil {
			return err
		}
		seeker = bytes.NewReader(content)
	}
	w.Header().Set("Cache-Control", "no-cache")
	if f.Key == f.Path { // the address names the content
		w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	}
	serveContent(w, r, typeOf(f), tag, seeker, status)
	return nil
}

// known says whether the browser has told that it holds the content with a
// tag; http.ServeContent will then send none.
func known(r *http.Request, tag string) bool {
	return r.Header.Get("If-None-Match") == `"`+tag+`"` && r.Header.Get("If-Match") == ""
}

// open opens a file, which may mean that a picture is made. One core is left
// for pages and builds, and what nobody waits for any more is not made.
func (s *server) open(ctx context.Context, f publish.File) (io.ReadCloser, error) {
	select {
	case s.making <- struct{}{}:
		defer func() { <-s.making }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return f.Open()
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
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = io.Copy(w, content) // a reader who has gone away is no fault
	}
}

// scriptTag is what is added to each page: the script and the fingerprint the
// page was sent with.
func scriptTag(print fingerprint) string {
	parts, err := json.Marshal(print.Parts) // has no <, > or &
	if err != nil {                         // strings only
		panic(err)
	}
	return fmt.Sprintf(`<script src="%s" data-print="%s" data-look="%s" data-parts='%s' defer></script>`,
		scriptPath, print.Page, print.Look, bytes.ReplaceAll(parts, []byte("'"), []byte(`\u0027`)))
}
