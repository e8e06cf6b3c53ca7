package audit

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"gallerist/builder/theme"
	"gallerist/builder/theme/sample"
)

// page renders a sample with the theme and with plain, and looks at it.
func (a *auditor) page(v sample.View, mine, plain *theme.Renderer) {
	var b, reference bytes.Buffer
	err := mine.Render(&b, v.Layout, v.Data)
	var failed *theme.RenderError
	if errors.As(err, &failed) {
		a.probs = append(a.probs, failed.Problem)
		return // what was written is plain's
	}
	if err != nil {
		a.tell(false, v, "", err.Error())
		return
	}
	doc, err := html.Parse(bytes.NewReader(b.Bytes()))
	if err != nil {
		a.tell(false, v, "", err.Error())
		return
	}
	p := &page{auditor: a, view: v, doc: doc}
	p.frame()
	p.headings()
	p.elements()
	p.pieces()
	p.calls()
	if plain.Render(&reference, v.Layout, v.Data) == nil {
		if theirs, err := html.Parse(&reference); err == nil {
			there, here := indexOf(theirs), indexOf(p.doc)
			p.foreign(there, here)
			p.lacks(there, theirs)
		}
	}
	p.weight(b.Bytes())
}

// page is a rendered sample.
type page struct {
	*auditor
	view sample.View
	doc  *html.Node
}

func (p *page) errorf(hint, text string, args ...any) {
	p.tell(false, p.view, hint, fmt.Sprintf(text, args...))
}

func (p *page) warnf(hint, text string, args ...any) {
	p.tell(true, p.view, hint, fmt.Sprintf(text, args...))
}

// each calls f with every element below a node, the node too.
func each(n *html.Node, f func(*html.Node)) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode {
			f(d)
		}
	}
}

// all are the elements of a name below a node.
func all(n *html.Node, name string) []*html.Node {
	var list []*html.Node
	each(n, func(e *html.Node) {
		if e.Data == name {
			list = append(list, e)
		}
	})
	return list
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// text is the words below a node, with single blanks.
func text(n *html.Node) string {
	var b strings.Builder
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data + " ")
		}
	}
	return words(b.String())
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// below reports whether a node stands in an element of the name, or is one.
func below(n *html.Node, name string) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && n.Data == name {
			return n
		}
	}
	return nil
}

// frame looks at what every page has: its language, landmarks and the link past
// them.
func (p *page) frame() {
	for _, e := range all(p.doc, "html") {
		if attr(e, "lang") != p.view.Lang {
			p.errorf(`write <html lang="{{.Base.Site.Lang}}" dir="{{.Base.Site.Dir}}">`, "the page does not say in which language it is")
		} else if p.view.Lang == "ar" && attr(e, "dir") != "rtl" {
			p.errorf(`write <html lang="{{.Base.Site.Lang}}" dir="{{.Base.Site.Dir}}">`, "the page does not say that it reads from right to left")
		}
	}
	mains := all(p.doc, "main")
	if len(mains) != 1 {
		p.errorf("put what the page is about into one <main id=\"main\">; layouts/base.html of plain has it", "the page has %d <main>", len(mains))
		return
	}
	outside := func(name string) bool {
		for _, e := range all(p.doc, name) {
			if below(e, "main") == nil && below(e, "article") == nil {
				return true
			}
		}
		return false
	}
	for _, name := range []string{"header", "footer"} {
		if !outside(name) {
			p.errorf("people who hear the page go from landmark to landmark: put what stands around every page into <"+name+">, outside of <main>", "the page has no <%s> of its own", name)
		}
	}
	p.skip(mains[0])
}

// skip looks for the link past what stands on every page.
func (p *page) skip(main *html.Node) {
	links := all(p.doc, "a")
	if len(links) > 0 {
		if id, ok := strings.CutPrefix(attr(links[0], "href"), "#"); ok && id != "" && id == attr(main, "id") {
			return
		}
	}
	p.errorf(`begin <body> with <a class="skip" href="#main">{{t "site.skip"}}</a>, and give <main> that id`, "the first link of the page does not lead to <main>")
}

// headings looks at the outline.
func (p *page) headings() {
	level := 0
	tops := 0
	each(p.doc, func(e *html.Node) {
		if len(e.Data) != 2 || e.Data[0] != 'h' || e.Data[1] < '1' || e.Data[1] > '6' {
			return
		}
		n := int(e.Data[1] - '0')
		if n == 1 {
			tops++
		}
		if level > 0 && n > level+1 {
			p.warnf("go down one step at a time: people who hear the page go by its headings", "<%s> follows <h%d>", e.Data, level)
		}
		level = n
		if text(e) == "" {
			p.errorf("leave out a heading that has no words: {{with .Title}}<h2>{{.}}</h2>{{end}}", "<%s> is empty", e.Data)
		}
	})
	if tops != 1 {
		p.errorf("a page has one <h1>: what it is about", "the page has %d <h1>", tops)
	}
}

// weight weighs the page of a gallery with the usual number of pieces.
func (p *page) weight(b []byte) {
	if p.view.Layout != "gallery" || p.view.State != "24 pieces" || p.view.Lang != sample.Languages()[0] {
		return
	}
	if n := zipped(b); n > maxPage {
		p.warnf("write less around each piece: what stands there 24 times weighs most", "a gallery of 24 pieces has %.1f KB as sent, and %d should do", kilobytes(n), maxPage>>10)
	}
	n := 0
	each(p.doc, func(*html.Node) { n++ })
	if n > maxElements {
		p.warnf("use fewer elements for each piece: telephones take long to lay out many", "a gallery of 24 pieces has %d elements, and %d should do", n, maxElements)
	}
}
