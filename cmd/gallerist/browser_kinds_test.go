//go:build browser

package main

// acceptancePages are the pages that are looked at: one of each kind and those
// that are hard. lang is that of the page from left to right, "ru" if it is "".
// how has a letter for what is done beyond the usual: w all widths, x axe on what
// is in main, X axe on the whole page in both schemes, a the page in Arabic without
// scripts (others are turned around as they stand), l loaded at other widths too, to
// see whether it moves, k a tour with the Tab key, p only in plain. As axe takes a
// third of the time, it looks at those with x in plain alone, and everything that p
// and x spare the others is done where THOROUGH is set: "make themes".
var acceptancePages = []struct{ name, path, lang, how string }{
	{"gallery", "snaps/", "", "wXalk"},
	{"piece", "snaps/p23/", "", "wXalk"},
	{"home", "", "", "wxak"},
	{"mixed", "mixed/", "", "wXa"},
	{"empty", "none/", "en", ""},
	{"one", "one/", "en", ""},
	{"three", "three/", "", "w"},
	{"crowd", "crowd/", "", ""},
	{"several", "mixed/several/", "", "x"},
	{"film", "mixed/film/", "", "x"},
	{"sound", "mixed/sound/", "", "x"},
	{"story", "mixed/brief/", "", "p"},
	{"review", "mixed/review/", "", "x"},
	{"products", "mixed/products/", "", "wx"},
	{"tall", "mixed/tall/", "en", "p"},
	{"series", "moves/", "", "x"},
	{"archive", "moves/archive/", "en", "x"},
	{"contest", "moves/2026-11-02/", "", "x"},
	{"contest-open", "moves/2026-11-16/", "en", "p"},
	{"rules", "moves/2026-11-02/rules/", "", "x"},
	{"winners", "moves/2026-11-02/winners/", "", "wX"},
	{"draw", "moves/2026-11-02/draw/", "en", "x"},
	{"judged", "moves/2026-11-02/first/", "", "p"},
	{"board", "board/", "", "wXa"},
	{"idea", "board/making/", "", "x"},
	{"team", "team/", "", "wX"},
	{"call", "mixed/call/", "", "wXa"},
	{"call-closed", "one/call/", "en", "p"},
	{"poster", "mixed/call/poster/", "", "x"},
	{"thanks", "thanks/", "", "x"},
	{"contributors", "contributors/", "", "x"},
	{"contributor", "contributors/olya-moskva/", "", "x"},
	{"tags", "tags/", "en", "p"},
	{"list", "tags/kot/", "", "x"},
	{"about", "about/", "", "x"},
	{"feed", "feed/", "", "x"},
	{"gone", "mixed/withdrawn/", "en", "x"},
}
