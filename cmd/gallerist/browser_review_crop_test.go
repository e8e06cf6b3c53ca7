//go:build browser

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	cropNow   = `[...document.querySelectorAll('[data-crop-value]')].map(f => f.value).join(' ')`
	cropFrame = `['x', 'y', 'width', 'height'].map(a => document.querySelector('[data-frame]').getAttribute(a)).join(' ')`
	cropShown = `document.querySelector('.crop').getBoundingClientRect().width > 0`
)

// drag draws with the mouse from one place of the first picture to another, in
// hundredths of it.
func (d *desk) drag(fromX, fromY, toX, toY float64) {
	d.Helper()
	const box = `document.querySelector('.frame svg').getBoundingClientRect()`
	d.wait(box + `.height > 100`)
	var at struct{ X, Y, W, H float64 }
	text, err := chromedp.Run(d.ctx, chromedp.Evaluate[string](`(b => JSON.stringify({X: b.left, Y: b.top, W: b.width, H: b.height}))(`+box+`)`))
	if err == nil {
		err = json.Unmarshal([]byte(text), &at)
	}
	mouse := func(what input.DispatchMouseEventType, x, y float64) {
		if err == nil {
			err = chromedp.Do(d.ctx, chromedp.MouseEvent(what, at.X+x*at.W/100, at.Y+y*at.H/100, chromedp.Button("left")))
		}
	}
	mouse(input.DispatchMouseEventTypeMousePressed, fromX, fromY)
	mouse(input.DispatchMouseEventTypeMouseMoved, (fromX+toX)/2, (fromY+toY)/2)
	mouse(input.DispatchMouseEventTypeMouseMoved, toX, toY)
	mouse(input.DispatchMouseEventTypeMouseReleased, toX, toY)
	if err != nil {
		d.Fatal(err)
	}
}

// reviewCrop crops a picture by the mouse, then by keys, then by four numbers; what
// is saved is one line.
func reviewCrop(d *desk) {
	axe, err := os.ReadFile(filepath.Join("..", "..", ".cache", "axe-core-4.14.1.min.js"))
	if err != nil {
		d.Fatalf("%v: run \"make tools\" first", err)
	}
	before, at := d.file("tour/p0"), "/piece/"+d.key("Latte with Murka")
	d.open(at, wide, false)
	d.is(cropShown, "false")
	d.drag(20, 20, 60, 60) // nobody has asked for a crop
	d.is(cropNow, "   ")
	d.open(at, wide, false)
	d.do(`document.querySelector('.cropping').open = true`)
	d.drag(20, 30, 70.2, 90)
	d.is(cropNow, "0.2 0.3 0.5 0.6")
	d.is(cropFrame, "20% 30% 50% 60%")
	d.is(cropShown, "true")
	d.is(`document.querySelector('[data-focus-value]').value`, "")
	d.drag(70, 60, 80, 60) // by its edge
	d.is(cropNow, "0.2 0.3 0.6 0.6")
	d.drag(50, 50, 30, 50) // from within
	d.is(cropNow, "0 0.3 0.6 0.6")
	d.drag(90, 10, 95, 12) // anew, and never too small
	d.is(cropNow, "0.9 0.1 0.1 0.1")
	d.drag(10, 10, 50, 50)
	d.is(cropNow, "0.1 0.1 0.4 0.4")
	d.is(`document.activeElement.matches('[data-frame]')`, "true")
	d.press(kb.ArrowRight, kb.ArrowRight, kb.ArrowDown)
	d.is(cropNow, "0.12 0.11 0.4 0.4")
	for range 3 {
		if err := chromedp.Do(d.ctx, chromedp.KeyEvent(kb.ArrowRight, chromedp.KeyModifiers(chromedp.ModifierShift))); err != nil {
			d.Fatal(err)
		}
	}
	d.is(cropNow, "0.12 0.11 0.43 0.4")
	d.is(told, "12 % from the left, 11 % from the top, 43 % wide, 40 % high")
	d.press(kb.Delete)
	d.is(cropNow, "   ")
	d.is(`document.activeElement.matches('[data-crop-new]')`, "true")
	d.press(kb.Enter)
	d.is(cropNow, "0.1 0.1 0.8 0.8")
	d.do(`document.querySelectorAll('[data-crop-value]')[3].value = '0.5'; document.querySelectorAll('[data-crop-value]')[3].dispatchEvent(new Event('input', {bubbles: true}))`)
	d.is(cropFrame, "10% 10% 80% 50%")
	d.press("s")
	d.is(told, "Saved “Latte with Murka”.")
	d.is(`document.querySelector('.held strong').textContent`, "It is cropped, and the author has not agreed.")
	d.is(`document.querySelector('.edit').checkVisibility()`, "true")
	got := d.file("tour/p0")
	if !strings.Contains(got, "= [0.1, 0.1, 0.8, 0.5]\n") || strings.Count(got, "\n") != strings.Count(before, "\n")+1 {
		d.Errorf("got\n%s", got)
	}
	for _, v := range []view{{width: 390, height: 844}, {width: 820, height: 1180, dark: true}, wide} {
		d.open(at, v, v.width < 1000)
		d.holds("a crop at "+v.String(), v.width < 1000, v.width)
		runAxe(d.T, d.ctx, string(axe), "a crop at "+v.String())
	}
	d.is(`document.querySelector('.top').getBoundingClientRect().height < 90`, "true")
	d.press("u")
	if d.file("tour/p0") != before {
		d.Error("undo does not bring the bytes back")
	}
}
