package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gallerist/builder/source"
	"gallerist/cmd/gallerist/starter"
)

// served is a site that serve shows, in a folder to edit.
type served struct {
	t    *testing.T
	ctx  context.Context // ends when a test has waited far too long
	dir  string
	url  string
	out  *printed
	stop func() error
}

// printed is what a command has printed so far.
type printed struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{} // holds one
}

func (p *printed) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case p.more <- struct{}{}:
	default:
	}
	return p.text.Write(b)
}

func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// startServing serves the site that "new site" makes.
func startServing(t *testing.T, how serving) *served {
	t.Helper()
	dir := t.TempDir()
	files, err := source.NewSite(starter.FS, "Morning people")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	s := &served{t: t, ctx: ctx, dir: dir, out: &printed{more: make(chan struct{}, 1)}}
	f := &flags{out: s.out, log: s.out, source: dir, now: "2026-11-22"}
	if err := f.write(dir, files); err != nil {
		t.Fatal(err)
	}
	serving, end := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- f.serve(serving, how) }()
	s.stop = sync.OnceValue(func() error {
		end()
		err := <-ended
		cancel()
		return err
	})
	t.Cleanup(func() { _ = s.stop() })
	s.prints("the site is at ")
	_, rest, _ := strings.Cut(s.out.String(), "the site is at ")
	s.url = strings.Fields(rest)[0]
	return s
}

// prints waits until something has been printed.
func (s *served) prints(want string) {
	s.t.Helper()
	for !strings.Contains(s.out.String(), want) {
		select {
		case <-s.out.more:
		case <-s.ctx.Done():
			s.t.Fatalf("never prints %q:\n%s", want, s.out)
		}
	}
}

func (s *served) get(address string) (int, string) {
	s.t.Helper()
	resp, err := http.Get(s.url + address)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// replace edits a file as editors that save with care do.
func (s *served) replace(name, old, new string) {
	s.t.Helper()
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), old) {
		s.t.Fatalf("%s has no %q: %v", name, old, err)
	}
	fresh := filepath.Join(s.t.TempDir(), "fresh")
	if err := os.WriteFile(fresh, []byte(strings.Replace(string(text), old, new, 1)), 0o644); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Rename(fresh, path); err != nil {
		s.t.Fatal(err)
	}
}

// TestServe holds what serve prints and shows while a piece is edited.
func TestServe(t *testing.T) {
	s := startServing(t, serving{bind: "127.0.0.1"})
	s.prints("built ")
	if status, body := s.get("morning/first-cup/"); status != 200 || !strings.Contains(body, "The first cup") {
		t.Fatalf("%d %s", status, body)
	}
	const piece = "content/morning/first-cup/submission.md"
	s.replace(piece, "The first cup", "The second cup")
	s.prints("  → no open page")
	if _, body := s.get("morning/first-cup/"); !strings.Contains(body, "The second cup") {
		t.Errorf("shows %s", body)
	}
	s.replace(piece, `"approved"`, `"aproved"`)
	s.prints("unknown status \"aproved\"\n  hint: did you mean \"approved\"?")
	if status, body := s.get("morning/first-cup/"); status != 200 || !strings.Contains(body, "The second cup") {
		t.Errorf("with a mistake in it the piece is gone: %d %s", status, body)
	}
	s.replace(piece, "The second cup", "The third cup") // another build with the same mistake
	s.replace(piece, `"aproved"`, `"approved"`)
	s.prints("mended: " + piece)
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	if n := strings.Count(s.out.String(), "hint: did you mean"); n != 1 {
		t.Errorf("the problem was told %d times:\n%s", n, s.out)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "public")); err == nil {
		t.Error("a preview wrote the site to disk")
	}
}

// TestServeLines holds which files lines are shown of.
func TestServeLines(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"site.toml": "title = 1", "content/a.md": "text", "private/contacts.csv": "id,mail", "big.md": strings.Repeat("x", 1<<20+1)} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f := &flags{source: dir}
	s, err := f.open()
	if err != nil {
		t.Fatal(err)
	}
	defer s.root.Close()
	for name, want := range map[string]string{
		"site.toml": "title = 1", "content/a.md": "text", "private/contacts.csv": "", "private/../private/contacts.csv": "", "content": "",
		"content/../private/contacts.csv": "", "missing.md": "", "../x": "", "/etc/passwd": "", "big.md": "", "": "",
	} {
		if got, err := s.lines(name); string(got) != want || (err == nil) != (want != "") {
			t.Errorf("%q: %.20q, %v", name, got, err)
		}
	}
}
