//go:build browser

package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserSeries looks at the pages of the demo site's series as
// TestBrowserPages does at all others, and follows the way of a visitor: from
// the series to an edition, to the moment of a recording, which is a film.
func TestBrowserSeries(t *testing.T) {
	server, ctx := demo(t), newBrowser(t)
	axe, err := os.ReadFile(filepath.Join("..", "..", ".cache", "axe-core-4.14.1.min.js"))
	if err != nil {
		t.Fatalf("%v: run \"make tools\" first", err)
	}
	shots := os.Getenv("SHOTS")
	for name, path := range map[string]string{
		"series": "/poka-varitsya/", "series-en": "/en/poka-varitsya/", "archive": "/poka-varitsya/archive/", "edition": "/poka-varitsya/2026-11-09/",
	} {
		for _, v := range []view{{width: 320, height: 800}, {width: 390, height: 844}, {width: 820, height: 1100, dark: true}, {width: 1440, height: 1000}, {width: 390, height: 844, dark: true}} {
			if err := chromedp.Do(ctx, look(server.URL+path, v)); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			checkPage(t, ctx, name+" at "+v.String())
			if v.width == 390 || v.width == 1440 {
				runAxe(t, ctx, string(axe), name+" at "+v.String())
			}
			if shots != "" {
				saveShot(t, ctx, filepath.Join(shots, name+"-"+v.String()+".png"))
			}
		}
	}

	follow := func(link string) string {
		t.Helper()
		to, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector('`+link+`').href`))
		if err != nil {
			t.Fatalf("%s: %v", link, err)
		}
		if err := chromedp.Do(ctx, look(to, view{width: 820, height: 900})); err != nil {
			t.Fatal(err)
		}
		return to
	}
	if err := chromedp.Do(ctx, look(server.URL+"/poka-varitsya/", view{width: 820, height: 900})); err != nil {
		t.Fatal(err)
	}
	follow(".band .edition h3 a")
	if to := follow(".moments li:nth-child(2) a"); filepath.Ext(to) != ".mp4#t=4" {
		t.Errorf("the moment leads to %s", to)
	}
	at, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`new Promise(done => {
	  const film = document.querySelector('video');
	  if (film.currentTime) done(film.currentTime);
	  film.onseeked = film.ontimeupdate = () => done(film.currentTime);
	  film.onerror = () => done(-1);
	  setTimeout(() => done(-2), 20000) })`, chromedp.EvalAwaitPromise))
	if err != nil || at < 3.9 {
		t.Errorf("the film stands at %v s: %v", at, err)
	}
}
