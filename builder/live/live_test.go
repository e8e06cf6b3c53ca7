package live

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gallerist/builder/problem"
	"gallerist/builder/publish"
)

// preview is a running Serve over one folder.
type preview struct {
	t      *testing.T
	build  func(text string) (*publish.Set, problem.List, error)
	ctx    context.Context
	stop   context.CancelFunc
	url    string
	dir    string
	builds chan Report
	ended  chan error
}

// start serves a site that build makes from the text of content/page.md.
func start(t *testing.T, build func(text string) (*publish.Set, problem.List, error)) *preview {
	t.Helper()
	p := &preview{t: t, build: build, dir: filepath.Join(t.TempDir(), "content"), builds: make(chan Report, 100)}
	if err := os.Mkdir(p.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	p.edit("first")
	p.serve("127.0.0.1:0")
	return p
}

// serve starts serving, anew if it was stopped.
func (p *preview) serve(addr string) {
	p.t.Helper()
	p.ctx, p.stop = context.WithTimeout(context.Background(), 60*time.Second) // only a fault lasts that long
	p.t.Cleanup(p.stop)
	ready, ended := make(chan string, 1), make(chan error, 1)
	p.ended = ended
	ctx := p.ctx
	go func() {
		ended <- Serve(ctx, Options{
			Build: func(context.Context, Change) (*publish.Set, problem.List, error) {
				data, err := os.ReadFile(filepath.Join(p.dir, "page.md"))
				if err != nil {
					return nil, nil, err
				}
				return p.build(string(data))
			},
			Source: func(file string) ([]byte, error) { return os.ReadFile(filepath.Join(filepath.Dir(p.dir), file)) },
			Watch:  []string{p.dir}, Addr: addr,
			OnReady: func(urls []string) { ready <- urls[0] },
			OnBuild: func(r Report) { p.builds <- r },
		})
	}()
	select {
	case p.url = <-ready:
	case err := <-p.ended:
		p.t.Fatal(err)
	}
}

// edit changes content/page.md at once, so that no build reads half of it.
func (p *preview) edit(text string) {
	p.t.Helper()
	fresh := filepath.Join(filepath.Dir(p.dir), "page.md")
	if err := errors.Join(os.WriteFile(fresh, []byte(text), 0o644), os.Rename(fresh, filepath.Join(p.dir, "page.md"))); err != nil {
		p.t.Fatal(err)
	}
}

func (p *preview) built() Report {
	p.t.Helper()
	select {
	case r := <-p.builds:
		return r
	case <-p.ctx.Done():
		p.t.Fatal("no build came")
		panic("unreachable")
	}
}

func onePage(text string) (*publish.Set, problem.List, error) {
	return setOf("index.html", "<p>"+text+"</p></body>"), nil, nil
}

// events opens the stream for a page.
func (p *preview) events(page string) *bufio.Scanner {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.ctx, http.MethodGet, p.url+"_gallerist/events?page="+page, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { resp.Body.Close() })
	return bufio.NewScanner(resp.Body)
}

func (p *preview) next(events *bufio.Scanner) status {
	p.t.Helper()
	for events.Scan() {
		if data, ok := strings.CutPrefix(events.Text(), "data: "); ok {
			var st status
			if err := json.Unmarshal([]byte(data), &st); err != nil {
				p.t.Fatal(err)
			}
			return st
		}
	}
	p.t.Fatal("the stream ended")
	panic("unreachable")
}

func TestRebuildIsToldToTheBrowser(t *testing.T) {
	p := start(t, onePage)
	p.built()
	events := p.events("/")
	first := p.next(events)
	p.edit("second")
	if r := p.built(); r.Build != 2 || r.Files != 1 {
		t.Errorf("report %+v", r)
	}
	if second := p.next(events); second.Page == first.Page {
		t.Error("the page's fingerprint stayed the same")
	}
	if _, body := raw(t, strings.TrimSuffix(strings.TrimPrefix(p.url, "http://"), "/"), "GET / HTTP/1.1", "Host: "+strings.TrimSuffix(strings.TrimPrefix(p.url, "http://"), "/")); !strings.Contains(body, "<p>second</p>") {
		t.Errorf("serves %q", body)
	}
}

// Never two builds at once, and a change during one causes another.
func TestBuildsOneAtATime(t *testing.T) {
	var running, most atomic.Int32
	inBuild, goOn := make(chan string), make(chan struct{})
	p := start(t, func(text string) (*publish.Set, problem.List, error) {
		most.Store(max(most.Load(), running.Add(1)))
		defer running.Add(-1)
		inBuild <- text
		<-goOn
		return onePage(text)
	})
	if got := <-inBuild; got != "first" {
		t.Errorf("builds %q", got)
	}
	p.edit("during the first build")
	goOn <- struct{}{}
	if got := <-inBuild; got != "during the first build" {
		t.Errorf("builds %q", got)
	}
	close(goOn)
	if most.Load() != 1 {
		t.Errorf("%d builds at once", most.Load())
	}
}

func TestBuildErrorIsShown(t *testing.T) {
	p := start(t, func(text string) (*publish.Set, problem.List, error) {
		if text == "broken" {
			return nil, nil, errors.New("the disk is broken")
		}
		return onePage(text)
	})
	p.built()
	events := p.events("/")
	good := p.next(events)
	p.edit("broken")
	if r := p.built(); r.Err == nil || r.Files != 1 {
		t.Errorf("report %+v", r)
	}
	if st := p.next(events); st.Page != good.Page || len(st.Notes) != 1 || st.Notes[0].Text != "the disk is broken" {
		t.Errorf("status %+v", st)
	}
	p.edit("first")
	if st := p.next(events); st.Page != good.Page || len(st.Notes) != 0 {
		t.Errorf("status %+v", st)
	}
}

func TestStops(t *testing.T) {
	p := start(t, onePage)
	p.built()
	events := p.events("/")
	p.next(events)
	p.stop()
	if err := <-p.ended; err != nil {
		t.Errorf("ended with %v", err)
	}
	for events.Scan() { // what was under way; the end must come
	}
}

// A build that does not heed its context does not keep the program.
func TestStopsDuringABuild(t *testing.T) {
	building, never := make(chan struct{}), make(chan struct{})
	defer close(never)
	p := start(t, func(string) (*publish.Set, problem.List, error) {
		close(building)
		<-never
		return nil, nil, nil
	})
	<-building
	p.stop()
	if err := <-p.ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}
