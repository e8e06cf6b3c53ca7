package live

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// heartbeat is how often a quiet stream says something, so that one whose
// browser has gone is noticed.
const heartbeat = 20 * time.Second

// reconnect is how long a browser waits before it asks again for a stream that
// has ended.
const reconnect = 500 * time.Millisecond

// status is what a browser is told after each build.
type status struct {
	fingerprint        // of the page it shows
	Notes       []note `json:"notes"`
	More        int    `json:"more"` // problems beyond those in Notes
}

// listener is an open page.
type listener struct {
	address string
	wake    chan struct{} // holds one
	told    string        // tag of the fingerprint it was last told; guarded by the server's mu
}

// wake tells all listeners that there is something new; mu is held.
func (s *server) wake() {
	for l := range s.listeners {
		select {
		case l.wake <- struct{}{}:
		default: // it has not yet seen the last one and will see both
		}
	}
}

// told returns the open pages as they are now; mu is held.
func (s *server) told() []listener {
	var pages []listener
	for l := range s.listeners {
		if l.told != "" {
			pages = append(pages, *l)
		}
	}
	return pages
}

// serveEvents streams a status for the page named by the query, now and after
// each build.
func (s *server) serveEvents(w http.ResponseWriter, r *http.Request) {
	if !s.ownPage(r) {
		http.Error(w, "these events are only for the preview's own pages", http.StatusForbidden)
		return
	}
	address, err := url.PathUnescape(r.URL.Query().Get("page"))
	if err != nil {
		http.Error(w, "the page's address is not well formed", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	l := &listener{address: address, wake: make(chan struct{}, 1)}
	s.mu.Lock()
	s.listeners[l] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.listeners, l)
	}()
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	message := fmt.Appendf(nil, "retry: %d\n%s", reconnect.Milliseconds(), s.message(l))
	for {
		if _, err := w.Write(message); err != nil {
			return
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-l.wake:
			message = s.message(l)
		case <-alive.C:
			message = []byte(": still here\n\n")
		}
	}
}

// ownPage says whether a request comes from one of our own pages, as far as
// the browser tells, or from no browser.
func (s *server) ownPage(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return false
	}
	origin := r.Header.Get("Origin")
	return origin == "" || origin == "http://"+r.Host
}

// message is one event for a listener: the status as JSON, which has no line
// breaks.
func (s *server) message(l *listener) []byte {
	site, notes, built := s.now()
	st := status{Notes: notes}
	if site == nil {
		st.Page = waitingPrint(notes, built)
	} else {
		st.fingerprint = site.fingerprint(l.address)
	}
	s.mu.Lock()
	l.told = st.tag()
	s.mu.Unlock()
	if len(notes) > maxNotes {
		st.Notes, st.More = notes[:maxNotes], len(notes)-maxNotes
	}
	if st.Notes == nil {
		st.Notes = []note{}
	}
	data, err := json.Marshal(st)
	if err != nil { // strings and numbers only
		panic(err)
	}
	return fmt.Appendf(nil, "data: %s\n\n", data)
}
