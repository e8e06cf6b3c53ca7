//go:build browser

package main

import (
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowserSeries follows the way of a visitor of the demo site: from the series
// to an edition, to the moment of a recording, which is a film.
func TestBrowserSeries(t *testing.T) {
	t.Parallel()
	server, ctx := demo(t, ""), newBrowser(t)
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
