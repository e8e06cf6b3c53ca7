//go:build browser

package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestBrowserStyleguide: the style guide can be read by everybody, in both schemes
// and directions, on phones too.
func TestBrowserStyleguide(t *testing.T) {
	t.Parallel()
	s := startServing(t, serving{bind: "127.0.0.1", styleguide: true})
	s.prints("built")
	ctx := newBrowser(t)
	axe, err := os.ReadFile(filepath.Join("..", "..", ".cache", "axe-core-4.14.1.min.js"))
	if err != nil {
		t.Fatalf("%v: run \"make tools\" first", err)
	}
	// What is there once on a page, and so has a name that is enough, is here in
	// each of its states.
	const number = `document.querySelectorAll(".guide nav").forEach((n, i) => { n.ariaLabel += " " + i }); `
	for _, v := range []struct {
		page string
		view
	}{{"_styleguide/en/", view{width: 1440, height: 1000}}, {"_styleguide/ar/", view{width: 390, height: 844, dark: true}}} {
		if err := chromedp.Do(ctx, look(s.url+v.page, v.view)); err != nil {
			t.Fatal(err)
		}
		name := v.page + " at " + v.String()
		runAxe(t, ctx, number+string(axe), name)
		for _, width := range []int64{320, 820, 2560} {
			if err := chromedp.Do(ctx, resize(width)); err != nil {
				t.Fatal(err)
			}
			wide, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > innerWidth`))
			if err != nil || wide {
				t.Errorf("%s: at %d it is wider than the window: %v, %v", name, width, wide, err)
			}
		}
	}
}

func resize(width int64) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
		return err
	})
}
