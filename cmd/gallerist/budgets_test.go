package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"path"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gallerist/builder"
)

// The weights that every theme promises for a gallery of 24 pictures, in bytes
// as sent (gzip -9) unless told otherwise.
const (
	mostHTML     = 8 << 10 // structured data included
	mostCSS      = 6 << 10 // the sheet of every page
	mostKinds    = 4 << 10 // what contests, boards and series have more
	mostJS       = 2 << 10 // all scripts of a page
	mostFont     = 20 << 10
	mostElements = 600
	mostRequests = 4 // page, sheet, font, and the main picture is the fourth
)

func zipped(b []byte) int {
	var z bytes.Buffer
	w, _ := gzip.NewWriterLevel(&z, gzip.BestCompression)
	w.Write(b)
	w.Close()
	return z.Len()
}

// loaded is what a page makes a browser fetch before its main picture.
type loaded struct {
	elements               int
	sheets, fonts, scripts []string // addresses
	blocking               int      // scripts that hold up the page
}

// ratio is how the style of a tile begins.
var ratio = regexp.MustCompile(`--r:[\d.]+`)

func readLoaded(t *testing.T, page []byte) loaded {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var l loaded
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		l.elements++
		is := map[string]string{}
		for _, a := range n.Attr {
			is[a.Key] = a.Val
		}
		switch {
		case n.Data == "link" && is["rel"] == "stylesheet":
			l.sheets = append(l.sheets, is["href"])
		case n.Data == "link" && is["rel"] == "preload" && is["as"] == "font":
			l.fonts = append(l.fonts, is["href"])
		case n.Data == "script" && is["src"] != "":
			l.scripts = append(l.scripts, is["src"])
			_, async := is["async"]
			_, deferred := is["defer"]
			if is["type"] != "module" && !async && !deferred {
				l.blocking++
			}
		}
	}
	return l
}

// TestBudgets holds the weights of every theme: in a language of each script and
// direction, on the page of a gallery and on those that load most beside it.
func TestBudgets(t *testing.T) {
	dir := acceptanceSite(t, few)
	for _, name := range accepted {
		t.Run(name, func(t *testing.T) {
			r := acceptanceBuild(t, dir, name)
			weighed := map[string]bool{}
			for _, prefix := range []string{"", "en/", "ar/"} {
				holdBudgets(t, r, weighed, prefix+"snaps/", true)
				for _, page := range []string{"", "crowd/", "mixed/", "mixed/several/", "board/", "moves/", "moves/2026-11-02/", "moves/2026-11-02/winners/", "team/", "mixed/call/", "contributors/"} {
					holdBudgets(t, r, weighed, prefix+page, false)
				}
			}
		})
	}
}

// holdBudgets holds those of one page. The weight of the HTML and the number of
// elements are promised for a gallery of 24 pictures. weighed are the sheets that
// were told of.
func holdBudgets(t *testing.T, r *builder.Result, weighed map[string]bool, page string, gallery bool) {
	t.Helper()
	// The colours of pictures are not known yet: put as many there.
	n := 0
	text := ratio.ReplaceAllFunc(fileOf(t, r, page+"index.html"), func(style []byte) []byte {
		n++
		return fmt.Appendf(style, ";--c:#%06x", n*0x9e3779%0x1000000)
	})
	l := readLoaded(t, text)
	if gallery && (zipped(text) > mostHTML || l.elements > mostElements) {
		t.Errorf("/%s has %d bytes as sent (at most %d) and %d elements (at most %d)", page, zipped(text), mostHTML, l.elements, mostElements)
	}
	if n := 2 + len(l.sheets) + len(l.fonts) + l.blocking; gallery && n > mostRequests {
		t.Errorf("/%s: the main picture is request %d (at most %d): %v %v", page, n, mostRequests, l.sheets, l.fonts)
	}
	for _, sheet := range l.sheets {
		most := mostCSS
		if strings.HasPrefix(path.Base(sheet), "kinds-") {
			most = mostKinds
		}
		if weighed[sheet] {
			continue
		}
		weighed[sheet] = true
		if n := zipped(fileOf(t, r, sheet)); n > most {
			t.Errorf("/%s: %s has %d bytes as sent (at most %d)", page, sheet, n, most)
		}
	}
	scripts, fonts := 0, 0
	for _, s := range l.scripts {
		scripts += zipped(fileOf(t, r, s))
	}
	for _, f := range l.fonts {
		fonts += len(fileOf(t, r, f))
	}
	if scripts > mostJS || fonts > mostFont {
		t.Errorf("/%s: %d bytes of scripts as sent (at most %d), %d of fonts (at most %d)", page, scripts, mostJS, fonts, mostFont)
	}
}
