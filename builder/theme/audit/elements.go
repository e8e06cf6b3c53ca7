package audit

import (
	"strings"

	"golang.org/x/net/html"

	"gallerist/builder/lazyregexp"
)

// elements looks at single elements.
func (p *page) elements() {
	ids := map[string]bool{}
	each(p.doc, func(e *html.Node) {
		if id := attr(e, "id"); id != "" && ids[id] {
			p.errorf("links lead to the first one only: write the id at one of them, and only where {{with .ID}} gives one", "two elements have the id %q", id)
		} else if id != "" {
			ids[id] = true
		}
		p.attributes(e)
		p.addresses(e)
		switch e.Data {
		case "img":
			if !has(e, "alt") {
				p.errorf(`write {{template "partials/picture" .Picture}}, or alt="" for what only adorns`, "a picture has no alt")
			}
		case "a":
			if has(e, "href") && attr(e, "aria-hidden") != "true" && name(e) == "" {
				p.errorf("put words into it, or a picture with an alt, or an aria-label", "a link to %q has no words", attr(e, "href"))
			}
		case "script":
			p.script(e)
		case "iframe", "object", "embed", "form":
			p.errorf("leave it out; link to the place instead", "the policy of the pages forbids <%s>", e.Data)
		}
	})
}

// name is what people hear of a link.
func name(e *html.Node) string {
	s := attr(e, "aria-label") + attr(e, "title") + text(e)
	for _, img := range all(e, "img") {
		s += attr(img, "alt")
	}
	return strings.TrimSpace(s)
}

func (p *page) script(e *html.Node) {
	kind := attr(e, "type")
	switch {
	case kind == "application/ld+json":
	case !has(e, "src"):
		p.errorf("put it into a file in assets/js/ and list that under scripts in theme.toml", "a script stands in the page, which the policy of the pages forbids")
	case kind != "module":
		p.errorf(`write <script type="module" src="…">: modules wait for nothing and leave no names behind`, "the script %q is not a module", attr(e, "src"))
	}
}

var onlyProperties = lazyregexp.New(`^(?:\s*--[\w-]+\s*:[^;]*;?)*\s*$`)

func (p *page) attributes(e *html.Node) {
	for _, a := range e.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"):
			p.errorf("listen to the event in a file in assets/js/", "the attribute %s is a script in the page, which the policy of the pages forbids", a.Key)
		case a.Key == "style" && !onlyProperties().MatchString(a.Val):
			p.warnf(`keep style for numbers, such as style="--n:{{.Count}}", and say in a sheet what they do: a site could not change this`, "style=%q stands in the page", a.Val)
		}
	}
}

// addresses looks for what a browser would load from elsewhere.
func (p *page) addresses(e *html.Node) {
	check := func(address string) {
		if address = strings.TrimSpace(address); remote(address) {
			p.errorf("put the file into assets/ and write {{asset \"assets/…\"}}: nothing is loaded from other servers, and nobody learns who looks at the page", "<%s> loads %q from another server", e.Data, address)
		}
	}
	switch e.Data {
	case "img", "source", "video", "audio", "track", "script", "input":
		check(attr(e, "src"))
		check(attr(e, "poster"))
		for _, candidate := range strings.Split(attr(e, "srcset"), ",") {
			address, _, _ := strings.Cut(strings.TrimSpace(candidate), " ")
			check(address)
		}
	case "link":
		switch attr(e, "rel") {
		case "stylesheet", "preload", "modulepreload", "icon", "preconnect", "dns-prefetch", "prefetch":
			check(attr(e, "href"))
		}
	}
}

func remote(address string) bool {
	return strings.HasPrefix(address, "//") || strings.HasPrefix(address, "https:") || strings.HasPrefix(address, "http:")
}
