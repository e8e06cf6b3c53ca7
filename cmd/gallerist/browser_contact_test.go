//go:build browser

package main

import (
	"bytes"
	"fmt"
	"image"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserContactSheet looks at a sheet of everything that can be on one: many
// pictures of a piece, a film, pieces that look alike, what is missing, long words.
func TestBrowserContactSheet(t *testing.T) {
	t.Parallel()
	site, out := t.TempDir(), filepath.Join(t.TempDir(), "sheet")
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("site.toml", "title = \"Доброе утро\"\nlanguage = \"ru\"\n")
	write("content/утро/gallery.md", "+++\ntitle = \"Утро\"\n+++\n")
	picture := func(name string, n, width, height int) { write(name, string(gradient(image.Pt(width, height), n))) }
	for i, status := range []string{"pending", "approved", "declined", "pending", "pending", "featured"} {
		dir := fmt.Sprintf("content/утро/%d", i)
		grant := "granted"
		if i == 3 {
			grant = "none"
		}
		write(dir+"/submission.md", fmt.Sprintf("+++\nid = \"piece%d\"\ntitle = \"%s\"\nstatus = %q\nauthor = { name = \"Оля\", place = \"Москва\", roles = [\"photografer\"] }\n"+
			"consent = { name = true, place = true }\ngrant = { status = %q, scope = [\"site\", \"feed\"] }\n+++\n%s\n",
			i, []string{"Утро", strings.Repeat("Длинноеслово", 12), "", "Чай", "Ещё", "Кофе"}[i], status, grant, strings.Repeat("Чашка стоит на окне. ", 8*i)))
		picture(dir+"/1.jpg", i%3, 900, 600+100*(i%3)) // two and two are the same
	}
	for n := range 4 {
		picture(fmt.Sprintf("content/утро/3/%d.jpg", n+2), 10+n, 600+100*n, 900)
	}
	film, err := os.ReadFile(filepath.Join(samples, "h264.mov"))
	if err != nil {
		t.Fatal(err)
	}
	write("content/утро/4/walk.mov", string(film))
	var said bytes.Buffer
	root := newRoot(&said, &said)
	root.SetArgs([]string{"contact-sheet", "-s", site, "-o", out, "--now", "2026-11-22"})
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("%v: %s", err, said.String())
	}
	headers, err := os.ReadFile(filepath.Join(out, "_headers"))
	if err != nil {
		t.Fatal(err)
	}
	files := http.FileServer(http.Dir(out))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for line := range strings.Lines(string(headers)) { // as a host that reads them
			if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
				w.Header().Set(name, value)
			}
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	ctx := newBrowser(t)
	axe, err := os.ReadFile(filepath.Join("..", "..", ".cache", "axe-core-4.14.1.min.js"))
	if err != nil {
		t.Fatalf("%v: run \"make tools\" first", err)
	}
	narrow, dark, wide := view{width: 320, height: 800}, view{width: 390, height: 844, dark: true}, view{width: 1440, height: 1000}
	for address, views := range map[string][]view{server.URL + "/": {narrow, dark, wide}, "file://" + filepath.ToSlash(out) + "/index.html": {dark, wide}} {
		for _, v := range views {
			name := "sheet at " + v.String()
			if err := chromedp.Do(ctx, look(address, v)); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			bad, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`(() => {
			  const bad = [];
			  if (document.documentElement.scrollWidth > innerWidth) bad.push('it scrolls sideways');
			  if (getComputedStyle(document.querySelector('.tile')).borderRadius === '0px') bad.push('it has no style');
			  for (const img of document.images) { img.loading = 'eager'; if (img.complete && !img.naturalWidth) bad.push('no picture ' + img.src); }
			  if (document.querySelectorAll('.tile').length !== 6) bad.push('tiles: ' + document.querySelectorAll('.tile').length);
			  if (document.querySelectorAll('.alike .tile').length < 2) bad.push('alike: ' + document.querySelectorAll('.alike .tile').length);
			  const near = (a, b) => Math.abs(a - b) < 1.5, box = e => e.getBoundingClientRect();
			  for (const list of document.querySelectorAll('.tiles, .same')) for (const a of list.children) for (const b of list.children)
			    if (near(box(a).top, box(b).top) && !near(box(a).bottom, box(b).bottom)) bad.push('a hole below ' + a.id + ' or ' + b.id);
			  for (const list of document.querySelectorAll('.same')) {
			    const last = [...list.children].filter(e => near(box(e).bottom, box(list).bottom)).map(e => box(e).right);
			    if (!near(Math.max(...last), box(list).right)) bad.push('a hole beside those that look alike');
			  }
			  for (const pair of document.querySelectorAll('.pair')) {
			    const columns = getComputedStyle(pair.parentNode).gridTemplateColumns.split(' ').length;
			    if (columns > 2 && box(pair).width > box(pair.parentNode).width * 2.1 / columns) bad.push('two that look alike take the place of ' + columns);
			  }
			  if (!document.querySelector('.pair')) bad.push('no two look alike');
			  return bad })()`))
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range bad {
				t.Errorf("%s: %s", name, b)
			}
			if strings.HasPrefix(address, "http") && v != narrow {
				runAxe(t, ctx, string(axe), name)
			}
			if shots := os.Getenv("SHOTS"); shots != "" && strings.HasPrefix(address, "file") {
				saveShot(t, ctx, filepath.Join(shots, "contact-"+v.String()+".png"))
			}
		}
	}
}
