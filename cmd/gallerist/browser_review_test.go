//go:build browser

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestBrowserReview reviews as people do: by the keyboard, with somebody else at
// the same files, a great many, without scripts, and on a tablet.
func TestBrowserReview(t *testing.T) {
	t.Parallel()
	d := startReviewing(t)
	for _, part := range []struct {
		name string
		run  func(*desk)
	}{
		{"looks", reviewLooks}, {"keyboard", reviewByKeyboard}, {"bulk", reviewInBulk}, {"focus", reviewFocus}, {"crop", reviewCrop}, {"unsaved", reviewUnsaved},
		{"without-scripts", reviewWithoutScripts}, {"conflict", reviewConflict}, {"crowd", reviewCrowd},
	} {
		t.Run(part.name, func(t *testing.T) {
			own := d.T
			d.T = t
			part.run(d)
			d.calm()
			d.T = own
		})
	}
}

const (
	focused = `document.activeElement`
	told    = `document.querySelector('#live').textContent`
	heading = `document.querySelector('h1').textContent.trim()`
	pieceOf = focused + `.closest('.tile')?.querySelector('.title').textContent`
)

var wide = view{width: 1440, height: 900}

// decided is a submission of the tour with another status, and nothing else
// changed.
func decided(before, status string) string {
	return strings.Replace(before, `"pending" # not yet`, `"`+status+`" # not yet`, 1)
}

func reviewByKeyboard(d *desk) {
	before := map[string]string{}
	for i := range 7 {
		before[fmt.Sprint("tour/p", i)] = d.file(fmt.Sprint("tour/p", i))
	}
	is := func(piece, status string) {
		d.Helper()
		if got, want := d.file(piece), decided(before[piece], status); got != want {
			d.Errorf("%s: want %s in one line, got\n%s", piece, status, got)
		}
	}
	d.do(`sessionStorage.clear()`)
	d.open("/?gallery=tour", wide, false)
	for range 30 { // to the tiles, of which one is reached by Tab
		d.press(kb.Tab)
		if on, err := chromedp.Run(d.ctx, chromedp.Evaluate[bool](focused+`.matches('.open')`)); err != nil || on {
			break
		}
	}
	d.is(pieceOf, "Latte with Murka")
	d.press(kb.ArrowRight, kb.ArrowRight, kb.ArrowLeft)
	d.is(pieceOf, "Two cups")
	d.press("p")
	d.press(kb.Enter)
	d.is(heading, "Latte with Murka")
	d.is(focused+".id", "main")
	d.is(told+`.includes('Latte with Murka')`, "true")

	d.press("a")
	is("tour/p0", "approved")
	d.is(told, "Approved “Latte with Murka”.")
	d.is(heading, "Two cups")
	d.is(focused+".id", "main")
	d.press("f")
	is("tour/p1", "featured")
	d.is(told+`.startsWith('Featured “Two cups”.')`, "true")
	d.press("d")
	is("tour/p2", "declined")
	d.is(told, "Declined “Only words”.")
	d.is(heading, "The same again")
	d.press("l")
	is("tour/p3", "pending")
	d.is(told, "“The same again” comes again at the end.")
	d.is(heading, "A film elsewhere")

	d.press("u") // from later
	d.is(heading, "The same again")
	d.is(focused+".id", "main")
	d.press("u") // from declined: the bytes of before
	is("tour/p2", "pending")
	d.is(heading, "Only words")
	d.is(told+`.startsWith('Undone')`, "true")
	d.press("u", "u")
	is("tour/p1", "pending")
	is("tour/p0", "pending")
	d.is(`document.querySelector('.undo button').disabled`, "true")
	d.is(heading, "Latte with Murka")

	d.press("n")
	d.is(heading, "Two cups")
	d.press("2")
	d.is(focused+".id", "m2")
	d.press("n")
	d.is(heading, "Only words")
	d.press("p", "?")
	d.is(`document.querySelector('#help').open && document.querySelector('#help').contains(`+focused+`)`, "true")
	d.press("a") // keys rest while it is open
	is("tour/p1", "pending")
	d.press(kb.Escape)
	d.wait(`!document.querySelector('#help').open`)
	d.is(heading, "Two cups")
	d.press(kb.Escape)
	d.is(`document.body.dataset.page`, "sheet")
	d.is(pieceOf, "Two cups")
	d.press("/")
	d.is(focused+".type", "search")
	d.press("a") // is written, and decides nothing
	d.is(focused+".value.endsWith('a')", "true")
	is("tour/p1", "pending")
}

func reviewInBulk(d *desk) {
	before := d.file("tour/p0") + d.file("tour/p2")
	d.open("/?gallery=tour", wide, false)
	d.do(`document.querySelector('.open').focus()`)
	d.press("x", "n", "n", "x")
	d.is(`document.querySelector('#ticked').textContent`, "2 chosen")
	d.press("f")
	if got := d.file("tour/p0") + d.file("tour/p2"); got != decided(decided(before, "featured"), "featured") {
		d.Errorf("got\n%s", got)
	}
	d.is(told, "Featured 2 pieces.")
	d.is(focused+`.matches('.open')`, "true")
	d.press("u")
	if d.file("tour/p0")+d.file("tour/p2") != before {
		d.Error("one undo does not take both back")
	}
	d.do(`document.querySelector('#t-' + document.querySelectorAll('.tile')[3].id.slice(2) + ' .open').focus()`)
	d.press("d") // nothing is chosen: it is the one that has the focus
	if !strings.Contains(d.file("tour/p3"), `"declined"`) {
		d.Error("what one stands on is not declined")
	}
	d.is(focused+`.matches('.open')`, "true")
	d.press("u")
}

// reviewFocus says by a click, then by keys, what crops must keep.
func reviewFocus(d *desk) {
	before := d.file("tour/p0")
	d.open("/piece/"+d.key("Latte with Murka"), wide, false)
	const box = `document.querySelector('.frame svg').getBoundingClientRect()`
	d.wait(box + `.height > 100`)
	var at struct{ X, Y float64 }
	text, err := chromedp.Run(d.ctx, chromedp.Evaluate[string](`(b => JSON.stringify({X: b.left + b.width / 4, Y: b.top + b.height / 2}))(`+box+`)`))
	if err == nil {
		err = json.Unmarshal([]byte(text), &at)
	}
	if err == nil {
		err = chromedp.Do(d.ctx, chromedp.MouseClickXY(at.X, at.Y))
	}
	if err != nil {
		d.Fatal(err)
	}
	d.is(`document.querySelector('[data-focus-value]').value`, "0.25 0.5")
	d.press("1", kb.ArrowRight, kb.ArrowUp)
	d.is(`document.querySelector('[data-focus-value]').value`, "0.27 0.48")
	d.is(`document.querySelector('.mark').getAttribute('x')`, "27%")
	d.press("s")
	d.is(told, "Saved “Latte with Murka”.")
	if got := d.file("tour/p0"); !strings.Contains(got, "focus = [0.27, 0.48]\n") && !strings.Contains(got, "focus    = [0.27, 0.48]\n") || strings.Count(got, "\n") != strings.Count(before, "\n")+1 {
		d.Errorf("got\n%s", got)
	}
	d.press("u")
	if d.file("tour/p0") != before {
		d.Error("undo does not bring the bytes back")
	}
}

// reviewUnsaved: what is written in a field is saved with a decision, and not
// lost by a key.
func reviewUnsaved(d *desk) {
	before := d.file("tour/p1")
	d.open("/piece/"+d.key("Two cups"), wide, false)
	d.do(`document.querySelector('[name="alt:1.jpg"]').focus()`)
	for _, r := range "Adfl" { // no keys while one writes
		d.press(string(r))
	}
	d.do(`window.confirm = text => { window.asked = text; return false }`)
	d.press(kb.Escape)
	d.is(focused+".id", "main")
	d.press("n")
	d.is(heading, "Two cups")
	d.is(`window.asked`, "What you wrote here is not saved. Leave it?")
	d.press("a")
	if got := d.file("tour/p1"); !strings.Contains(got, `= "Adfl"`) || !strings.Contains(got, `"approved"`) {
		d.Errorf("got\n%s", got)
	}
	d.press("u")
	if d.file("tour/p1") != before {
		d.Error("undo does not bring the bytes back")
	}
}

// reviewConflict: somebody changes the file behind the page.
func reviewConflict(d *desk) {
	before, key := d.file("tour/p0"), d.key("Latte with Murka")
	theirs := strings.Replace(decided(before, "declined"), "Latte with Murka", "Latte, by them", 1)
	clash := func(choose string) {
		d.Helper()
		if err := os.WriteFile(d.at("tour/p0"), []byte(before), 0o644); err != nil {
			d.Fatal(err)
		}
		d.open("/piece/"+key, wide, false)
		if err := os.WriteFile(d.at("tour/p0"), []byte(theirs), 0o644); err != nil {
			d.Fatal(err)
		}
		d.do(`document.querySelector('[name="tags"]').value = 'cat, mine'`)
		d.press("a")
		d.is(`document.body.dataset.page`, "conflict")
		d.is(told, `The file has changed meanwhile – Review`)
		if d.file("tour/p0") != theirs {
			d.Fatal("it was written all the same")
		}
		for _, text := range []string{"cat, mine", "Approved", "Declined", "Latte with Murka", "Latte, by them", "content/tour/p0/submission.md"} {
			d.is(`document.querySelector('main').textContent.includes(`+fmt.Sprintf("%q", text)+`)`, "true")
		}
		d.do(`document.querySelectorAll('.choose').forEach(f => f.querySelectorAll('input[type=radio]')[` + choose + `].click()); document.querySelector('.decide button').click()`)
		d.wait(`document.body.dataset.page !== 'conflict' && !document.documentElement.hasAttribute('aria-busy')`)
	}
	clash("1")
	if d.file("tour/p0") != theirs {
		d.Errorf("theirs is chosen, and it says\n%s", d.file("tour/p0"))
	}
	clash("0")
	want := strings.Replace(strings.Replace(theirs, `"declined"`, `"approved"`, 1), `["cat"]`, `["cat", "mine"]`, 1)
	if d.file("tour/p0") != want {
		d.Errorf("mine is chosen, and it says\n%s", d.file("tour/p0"))
	}
	if err := os.WriteFile(d.at("tour/p0"), []byte(before), 0o644); err != nil {
		d.Fatal(err)
	}
}

func reviewWithoutScripts(d *desk) {
	key := d.key("Latte with Murka")
	before := d.file("tour/p0")
	v := view{width: 390, height: 844, noJS: true}
	follow := func(selector string) {
		d.Helper()
		if _, err := chromedp.RunResponse(d.ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
			d.Fatal(selector, err)
		}
	}
	shows := func(text string) {
		d.Helper()
		html, err := chromedp.Run(d.ctx, chromedp.OuterHTML(chromedp.CSS("body")))
		if err != nil || !strings.Contains(html, text) {
			d.Errorf("%q is not shown %v", text, err)
		}
	}
	d.open("/?gallery=tour", v, false)
	follow("#t-" + key + " .open")
	follow("button.approve")
	shows("Approved “Latte with Murka”.")
	shows("Two cups</h1>")
	if d.file("tour/p0") != decided(before, "approved") {
		d.Errorf("got\n%s", d.file("tour/p0"))
	}
	follow(".undo button")
	if d.file("tour/p0") != before {
		d.Error("undo does not bring the bytes back")
	}
	follow(".back")
	if err := chromedp.Do(d.ctx, chromedp.Click(chromedp.CSS("#t-"+key+" .tick input"))); err != nil {
		d.Fatal(err)
	}
	follow(`.bulk [value=decline]`)
	shows("Declined 1 piece.")
	follow(".undo button")
	if d.file("tour/p0") != before {
		d.Error("undo does not bring the bytes back")
	}
}

// reviewCrowd goes through twenty of two thousand.
func reviewCrowd(d *desk) {
	d.open("/?gallery=crowd", wide, false)
	d.is(`document.querySelector('#now-title .count').textContent`, fmt.Sprint(many))
	if n, err := chromedp.Run(d.ctx, chromedp.Evaluate[int](`document.querySelectorAll('*').length`)); err != nil || n > 1500 {
		d.Errorf("the sheet has %d elements %v", n, err)
	}
	d.do(`document.querySelector('.open').focus()`)
	d.press(kb.Enter)
	for i := range 20 {
		d.is(heading, fmt.Sprint("Cup ", i))
		d.press("a")
	}
	d.is(`document.querySelector('.progress strong').textContent`, fmt.Sprintf("20 of %d decided", many))
	for i := range many {
		piece := fmt.Sprintf("crowd/p%04d", i)
		want := "pending"
		if i < 20 {
			want = "approved"
		}
		if got := d.file(piece); !strings.Contains(got, `"`+want+`" # not yet`) {
			d.Fatalf("%s is not %s:\n%s", piece, want, got)
		}
	}
	d.press(kb.Escape)
	d.is(focused+`.matches('.open')`, "true")
}

// key finds how a piece of the tour is addressed, by its title.
func (d *desk) key(title string) string {
	d.Helper()
	d.open("/?gallery=tour", wide, false)
	key, err := chromedp.Run(d.ctx, chromedp.Evaluate[string](`[...document.querySelectorAll('.tile')].find(t => t.querySelector('.title').textContent === `+fmt.Sprintf("%q", title)+`).id.slice(2)`))
	if err != nil {
		d.Fatal(title, err)
	}
	return key
}

// reviewFacts is what must not be on a page, as a list: what is wider than it,
// and what is too small to be hit. Links within a sentence are as high as it.
const reviewFacts = `((touch, width) => {
  const found = []
  if (document.documentElement.scrollWidth > width) found.push('wider than the window: ' + [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1).slice(0, 4).map(e => e.tagName + '.' + e.className))
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    const box = (e.closest('label.tick, label.box') || e).getBoundingClientRect()
    if (!box.width || e.closest('.unseen, .skip, dialog:not([open])') || !e.checkVisibility({contentVisibilityAuto: true})) continue
    const main = e.matches('button, select, summary, input, textarea, .steps a, .back, .tabs a')
    const least = touch && main ? 44 : 24
    if (Math.min(box.width, box.height) < least - .5 && !(e.matches('p a, li a, figcaption a') && getComputedStyle(e).display === 'inline')) found.push('too small: ' + Math.round(box.width) + '×' + Math.round(box.height) + ' ' + e.outerHTML.slice(0, 90))
  }
  if (document.querySelectorAll('h1').length !== 1) found.push('not one h1')
  const decide = document.querySelector('.piece .decide')
  if (decide && decide.getBoundingClientRect().bottom > innerHeight + 1) found.push('the decision is out of reach')
  if (decide && decide.getBoundingClientRect().height > innerHeight / 3) found.push('the decision covers the page: ' + [...decide.querySelectorAll('button')].map(b => b.textContent + ' ' + Math.round(b.getBoundingClientRect().width) + '×' + Math.round(b.getBoundingClientRect().height)))
  return found
})`

// reviewLooks holds what everybody needs of the pages: contrast, names, room.
func reviewLooks(d *desk) {
	axe, err := os.ReadFile(filepath.Join("..", "..", ".cache", "axe-core-4.14.1.min.js"))
	if err != nil {
		d.Fatalf("%v: run \"make tools\" first", err)
	}
	pages := [][2]string{
		{"sheet", "/?gallery=tour"}, {"several", "/piece/" + d.key("Two cups")}, {"twin", "/piece/" + d.key("The same again")},
		{"film", "/piece/" + d.key("A film elsewhere")}, {"empty", "/?gallery=tour&state=approved"},
	}
	const twins = `[...document.querySelectorAll('.flag')].filter(f => f.textContent === 'looks like another').length`
	for range 1000 { // they are found while one reviews
		d.open("/?gallery=tour", wide, false)
		if n, err := chromedp.Run(d.ctx, chromedp.Evaluate[int](twins)); err != nil || n == 3 {
			break
		}
	}
	d.is(twins, "3")
	for i, p := range pages {
		for _, v := range []view{{width: 320, height: 640}, {width: 390, height: 844}, {width: 820, height: 1180}, {width: 1440, height: 900}} {
			touch := v.width < 1000
			for _, dark := range []bool{false, true} {
				v.dark = dark
				if dark && v.width == 320 {
					continue
				}
				d.open(p[1], v, touch)
				name := p[0] + " at " + v.String()
				d.holds(name, touch, v.width)
				if i < 2 && v.width != 320 {
					runAxe(d.T, d.ctx, string(axe), name)
				}
			}
			d.do(`document.documentElement.style.fontSize = '200%'`)
			d.holds(fmt.Sprint(p[0], " at ", v, " with large text"), touch, v.width)
		}
	}
}

func (d *desk) holds(name string, touch bool, width int64) {
	d.Helper()
	found, err := chromedp.Run(d.ctx, chromedp.Evaluate[[]string](fmt.Sprint(reviewFacts, "(", touch, ",", width, ")")))
	if err != nil {
		d.Fatal(name, err)
	}
	for _, f := range found {
		d.Errorf("%s: %s", name, f)
	}
}
