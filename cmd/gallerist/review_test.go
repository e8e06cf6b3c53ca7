package main

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gallerist/builder/source"
	"gallerist/cmd/gallerist/starter"
)

// TestReview decides on a piece as a browser without script does, by what the
// command prints.
func TestReview(t *testing.T) {
	dir := t.TempDir()
	files, err := source.NewSite(starter.FS, "Morning people")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s := &served{t: t, ctx: ctx, dir: dir, out: &printed{more: make(chan struct{}, 1)}}
	f := &flags{out: s.out, log: s.out, source: dir, now: "2026-11-22"}
	if err := f.write(dir, files); err != nil {
		t.Fatal(err)
	}
	const file = "content/morning/first-cup/submission.md"
	s.replace(file, `"approved"`, `"pending"`)
	if err := os.Chmod(filepath.Join(dir, file), 0o640); err != nil {
		t.Fatal(err)
	}
	before := readText(t, filepath.Join(dir, file))

	running, end := context.WithCancel(ctx)
	defer end()
	ended := make(chan error, 1)
	go func() {
		ended <- f.review(running, "morning", reviewing{serving: serving{bind: "127.0.0.1"}, by: "Vera"})
	}()
	s.prints("(stop with Ctrl+C)")
	if text := s.out.String(); !strings.Contains(text, "1 piece waits for review, 0 of 1 decided") {
		t.Errorf("prints %s", text)
	}
	_, rest, _ := strings.Cut(s.out.String(), "the page is at ")
	enter := strings.Fields(rest)[0]
	base, _, _ := strings.Cut(enter, "/enter")
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar}
	get := func(address string) string {
		resp, err := client.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		return string(body)
	}
	if page := get(base + "/"); !strings.Contains(page, "This page is closed") {
		t.Errorf("without the key it shows %s", page)
	}
	get(enter)
	piece := regexp.MustCompile(`/piece/\w+`).FindString(get(base + "/"))
	if piece == "" {
		t.Fatal("there is no piece on the sheet")
	}
	page := get(base + piece)
	form := url.Values{"do": {"feature"}}
	for _, name := range []string{"form", "base"} {
		form.Set(name, regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(page)[1])
	}
	r, _ := http.NewRequestWithContext(ctx, http.MethodPost, base+piece, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", base)
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	got := readText(t, filepath.Join(dir, file))
	if !strings.Contains(got, `"featured"`) || !strings.Contains(got, `by = "Vera"`) || !strings.Contains(got, "on = 2026-11-22") {
		t.Errorf("from\n%s\ncame\n%s", before, got)
	}
	if info, err := os.Stat(filepath.Join(dir, file)); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the file has another mode: %v, %v", info.Mode(), err)
	}
	end()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if text := s.out.String(); !strings.Contains(text, "1 change written, 1 of 1 decided") || !strings.Contains(text, "serve --open") {
		t.Errorf("at the end it prints %s", text)
	}
}

// TestReviewOfNothing: where nothing waits, the page opens and says so.
func TestReviewOfNothing(t *testing.T) {
	for name, c := range map[string]struct{ files map[string]string }{
		"nothing was sent yet, so there is nothing to review": {map[string]string{"content/morning/gallery.md": "+++\ntitle = \"Morning\"\n+++\n"}},
		"nothing waits for review: the one piece is decided": {map[string]string{
			"content/morning/gallery.md":      "+++\ntitle = \"Morning\"\n+++\n",
			"content/morning/a/submission.md": "+++\nid = \"abcd2345\"\nstatus = \"declined\"\n+++\nWords.\n",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c.files["site.toml"] = "title = \"T\"\nbase_url = \"https://example.org/\"\n"
			for file, text := range c.files {
				path := filepath.Join(dir, file)
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			s := &served{t: t, ctx: ctx, dir: dir, out: &printed{more: make(chan struct{}, 1)}}
			f := &flags{out: s.out, log: s.out, source: dir, now: "2026-11-22"}
			running, end := context.WithCancel(ctx)
			ended := make(chan error, 1)
			go func() { ended <- f.review(running, "", reviewing{serving: serving{bind: "127.0.0.1"}}) }()
			s.prints("(stop with Ctrl+C)")
			s.prints(name)
			end()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
	}
}

func readText(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
