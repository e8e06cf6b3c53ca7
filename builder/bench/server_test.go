package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// A mock is a preview whose pages show what was saved: the first at once, the
// second when it has been asked for three times, the third never.
type mock struct {
	mu    sync.Mutex
	text  string
	asked int
	saved chan struct{}
}

func (m *mock) save(text string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.text, m.asked = text, 0
	m.saved <- struct{}{}
	return nil
}

func (m *mock) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	text := m.text
	if r.URL.Path == "/late/" {
		if m.asked++; m.asked < 3 {
			text = "as it was"
		}
	}
	m.mu.Unlock()
	switch r.URL.Path {
	case "/_gallerist/events":
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprintf(w, ": hello\n\n")
		for {
			_ = http.NewResponseController(w).Flush() // the test ends where it fails
			select {
			case <-r.Context().Done():
				return
			case <-m.saved:
				fmt.Fprint(w, "data: {}\n\n")
			}
		}
	case "/", "/late/":
		fmt.Fprint(w, text)
	case "/never/":
		fmt.Fprint(w, "as it was")
	default:
		http.NotFound(w, r)
	}
}

func newMock(t *testing.T) (*mock, *server) {
	m := &mock{saved: make(chan struct{}, 8)}
	web := httptest.NewServer(m)
	t.Cleanup(web.CloseClientConnections)
	t.Cleanup(web.Close)
	return m, &server{name: "mock", base: web.URL, limit: time.Minute}
}

func TestEdit(t *testing.T) {
	m, s := newMock(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if err := s.listen(ctx, "/"); err != nil {
		t.Fatal(err)
	}
	e, err := s.edit(ctx, func() error { return m.save("edit1x") }, []string{"/", "/late/"}, "edit1x")
	if err != nil || e.page <= 0 || e.all < e.page || e.event <= 0 {
		t.Errorf("%+v, %v", e, err)
	}
	m.mu.Lock()
	if m.asked != 3 {
		t.Errorf("the late page was asked for %d times until it was right", m.asked)
	}
	m.mu.Unlock()
	s.limit = 20 * time.Millisecond
	if _, err := s.edit(ctx, func() error { return m.save("edit2x") }, []string{"/", "/never/"}, "edit2x"); !errors.Is(err, errNever) || !strings.HasSuffix(err.Error(), ": /never/") {
		t.Errorf("a page that is never right: %v", err)
	}
	<-s.events // of that save
	if _, err := s.edit(ctx, func() error { return nil }, []string{"/"}, "edit2x"); err == nil {
		t.Error("an edit without its event counts")
	}
	broken := errors.New("the disk is full")
	if _, err := s.edit(ctx, func() error { return broken }, []string{"/"}, "x"); !errors.Is(err, broken) {
		t.Errorf("a save that failed: %v", err)
	}
}

func TestListenWantsEvents(t *testing.T) {
	_, s := newMock(t)
	for _, page := range []string{"/", "/missing/"} {
		if _, err := listen(t.Context(), s.base+page); err == nil {
			t.Errorf("%s passes for a stream of events", page)
		}
	}
}

func TestEvents(t *testing.T) {
	count := 0
	events(strings.NewReader(": comment\n\ndata: a\ndata: b\n\nevent: x\ndata: c\r\n\r\n: still here\n\ndata: not ended"), func() { count++ })
	if count != 2 {
		t.Errorf("%d events, not 2", count)
	}
}

func TestTicks(t *testing.T) {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("no /proc")
	}
	before, ok := ticksOf(os.Getpid())
	if !ok {
		t.Fatal("the processor time of this process is not known")
	}
	for n := 0; ; n++ { // ends when the system has counted our work
		if after, _ := ticksOf(os.Getpid()); after > before {
			return
		}
	}
}
