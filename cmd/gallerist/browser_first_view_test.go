//go:build browser

package main

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"time"
)

// stands holds that nothing moved while what the page names was loaded, and, where
// all is asked for, when all its pictures came. What moves as the page itself comes
// in parts, which a busy machine paints one by one, is left out, and a move that is
// not seen each time when the page is loaded again was the emulated screen's: that can
// get its size when the page is there already.
func (b *themeTab) stands(name string, width int64, all bool) {
	const script = `(async (all) => {
	  let shift = 0; const moved = [], inControls = (e) => document.querySelector('audio, video') && !(e.sources ?? []).some(s => s.node);
	  const parsed = performance.getEntriesByType('navigation')[0].domInteractive;
	  const at = (r) => [r.x, r.y, r.width, r.height].map(Math.round).join(' ');
	  const note = (list) => { for (const e of list) if (e.startTime > parsed && !inControls(e)) { shift += e.value; for (const s of e.sources ?? []) moved.push((s.node?.className || s.node?.nodeName) + ' from ' + at(s.previousRect) + ' to ' + at(s.currentRect) + ' after ' + Math.round(e.startTime - parsed) + ' ms') } };
	  const observer = new PerformanceObserver((list) => note(list.getEntries()));
	  observer.observe({type: 'layout-shift', buffered: true});
	  if (all) { for (const i of document.images) i.loading = 'eager'; await Promise.all([...document.images].map(i => i.decode().catch(() => 0))) }
	  await document.fonts.ready;
	  await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(r))));
	  note(observer.takeRecords());
	  const bad = [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => 'no picture ' + i.currentSrc);
	  if (shift >= .0005) bad.push('the layout shifts by ' + shift.toFixed(4) + ': ' + [...new Set(moved)].slice(0, 4).join(', '));
	  return bad })`
	start, ask := time.Now(), fmt.Sprintf("%s(%v)", script, all)
	faults := b.ask(ask)
	for again := 0; again < 2 && len(faults) > 0; again++ {
		if err := chromedp.Do(b.ctx, chromedp.Reload()); err != nil {
			b.fail(name, "%v", err)
		}
		faults = b.ask(ask)
	}
	for _, fault := range faults {
		b.fail(fmt.Sprintf("%s loaded at %d", name, width), "%s", fault)
	}
	b.timed("stands", start)
}

// mostPictures is the most bytes of the pictures that a visitor sees first of a
// gallery of photographs, on a phone with two pixels for one.
const mostPictures = 250 << 10

// firstView holds what a phone loads of a gallery that it sees for the first time.
func (s *themeSite) firstView(browser context.Context) {
	ctx, cancel := chromedp.NewContext(browser)
	defer cancel()
	tab := &themeTab{themeSite: s, ctx: ctx, weights: map[network.ResourceType]float64{}}
	err := chromedp.Listen(ctx, tab.hear)
	if err == nil {
		err = chromedp.Do(ctx, command(network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}), screen(390, 2), chromedp.Navigate(s.server.URL+"/snaps/"))
	}
	if err != nil {
		s.Error(err)
		return
	}
	// What is near the screen comes after the page has loaded: wait for it.
	bytes, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`(async () => {
	  const seen = [...document.images].filter(i => i.getBoundingClientRect().top < innerHeight && i.getBoundingClientRect().left < innerWidth);
	  await Promise.all(seen.map(i => i.complete && i.currentSrc ? 0 : new Promise(r => i.onload = i.onerror = r)));
	  return seen.reduce((n, i) => n + performance.getEntriesByName(i.currentSrc)[0].encodedBodySize, 0) })()`, chromedp.EvalAwaitPromise))
	if err != nil {
		s.fail("gallery", "%v", err)
	}
	tab.hearing.Lock()
	defer tab.hearing.Unlock()
	fonts := tab.weights[network.ResourceTypeFont]
	s.Logf("a phone sees %.0f bytes of pictures first (%.0f were loaded, with those below the screen), %.0f of fonts", bytes, tab.weights[network.ResourceTypeImage], fonts)
	if bytes > mostPictures || fonts > mostFont+1<<10 { // with their headers
		s.fail("gallery", "a phone loads %.0f bytes of pictures (at most %d) and %.0f of fonts (at most %d) for the first view", bytes, mostPictures, fonts, mostFont)
	}
	if bytes == 0 {
		s.fail("gallery", "a phone loads no pictures")
	}
}

// screen sets the size of the screen and how many of its pixels one of CSS is.
func screen(width int64, scale float64) chromedp.Action[chromedp.Void] {
	height := int64(700)
	if width < 600 {
		height = 844
	}
	return command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: scale, Mobile: width < 600})
}

// emulated emulates a medium ("" for the screen) and one of its features; all others
// are as a visitor without wishes has them.
func emulated(medium string, feature ...string) chromedp.Action[chromedp.Void] {
	is := map[string]string{"prefers-color-scheme": "light", "prefers-reduced-motion": "no-preference", "forced-colors": "none"}
	if len(feature) == 2 && feature[0] != "" {
		is[feature[0]] = feature[1]
	}
	var features []*emulation.MediaFeature
	for name, value := range is {
		features = append(features, &emulation.MediaFeature{Name: name, Value: value})
	}
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium, Features: features})
}

func scripts(on bool) chromedp.Action[chromedp.Void] {
	return command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
}

// fontSize sets the browser's size of text, from which rem and queries in rem go.
func fontSize(px int64) chromedp.Action[chromedp.Void] {
	return command(page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: px, Fixed: px}})
}

func command[P any](c cdp.Command[P, cdp.Empty], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}
