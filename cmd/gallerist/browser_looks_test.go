//go:build browser

package main

import (
	"fmt"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// looks sees the page on a phone with large text, through axe, in other modes of
// the screen, on paper, and by the keyboard.
func (b *themeTab) looks(v visit) error {
	start := time.Now()
	if err := chromedp.Do(b.ctx, fontSize(32)); err != nil {
		return err
	}
	b.check(v.name+", text at 200 %", options{Width: 390, Big: true})
	if err := chromedp.Do(b.ctx, fontSize(16)); err != nil {
		return err
	}
	b.timed("200 %", start)

	if v.does("k") {
		b.tour(v.name)
	}

	const some, most = "{include: ['main'], exclude: ['.card:nth-child(n+7)', '.entry:nth-child(n+7)']}", "{include: ['html'], exclude: ['.card:nth-child(n+9)']}"
	start = time.Now()
	switch {
	case v.does("X"):
		b.accessible(v.name+" in light", most, allRules)
	case v.does("x") && b.thorough():
		b.accessible(v.name, some, allRules+contrastElsewhere)
	}
	b.timed("axe", start)
	for _, mode := range []struct{ name, script, media, feature, value string }{
		{"light", contrastFacts, "", "", ""},
		{"dark", contrastFacts, "", "prefers-color-scheme", "dark"},
		{"forced colours", forcedFacts, "", "forced-colors", "active"},
		{"reduced motion", motionFacts, "", "prefers-reduced-motion", "reduce"},
		{"print", printFacts, "print", "", ""},
		{"the keyboard", keyboardFacts, "", "", ""},
	} {
		start := time.Now()
		if err := chromedp.Do(b.ctx, emulated(mode.media, mode.feature, mode.value)); err != nil {
			return err
		}
		for _, fault := range b.ask(mode.script) {
			b.fail(v.name, "with %s: %s", mode.name, fault)
		}
		b.timed(mode.name, start)
		if mode.name == "dark" && v.does("X") {
			start := time.Now()
			b.accessible(v.name+" in dark", most, schemeRules)
			b.timed("axe", start)
		}
	}
	return nil
}

// tour goes through the page with the Tab key: from the link to the content, in
// the order of the source.
func (b *themeTab) tour(name string) {
	defer b.timed("tour", time.Now())
	n, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`(scrollTo(0, 0), getSelection().removeAllRanges(), window.stops = `+tabStops+`, window.stops.length)`))
	if err != nil {
		b.fail(name, "%v", err)
		return
	}
	for i := range n {
		if err := chromedp.Do(b.ctx, chromedp.KeyEvent(kb.Tab)); err != nil {
			b.fail(name, "%v", err)
			return
		}
		for _, fault := range b.ask(fmt.Sprintf(`(() => { const e = document.activeElement, r = e.getBoundingClientRect();
		  if (e !== stops[%[1]d]) return ['Tab %[1]d leads to ' + e.outerHTML.slice(0, 90) + ', not to ' + stops[%[1]d].outerHTML.slice(0, 90)];
		  if (!e.matches(':focus-visible')) return ['Tab %[1]d is not shown'];
		  if (r.bottom < 0 || r.top > innerHeight || r.right < 0 || r.left > innerWidth) return ['Tab %[1]d is off the screen: ' + e.outerHTML.slice(0, 90)];
		  return [] })()`, i)) {
			b.fail(name, "%s", fault)
			return
		}
	}
}
