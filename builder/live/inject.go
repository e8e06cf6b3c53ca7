package live

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// page is what the preview needs to know of an HTML page.
type page struct {
	content []byte   // with the policy widened
	at      int      // where in content our script goes
	uses    []string // addresses of the styles, scripts and pictures it names
}

// readPage goes through a page once. Everything but the policy stays, byte
// for byte.
func readPage(content []byte) *page {
	p := &page{content: make([]byte, 0, len(content)+200), at: -1}
	z := html.NewTokenizer(bytes.NewReader(content))
	for {
		kind := z.Next()
		raw := slices.Clone(z.Raw()) // reading the token changes it in place
		switch kind {
		case html.ErrorToken:
			p.content = append(p.content, raw...)
			if p.at < 0 {
				p.at = len(p.content)
			}
			return p
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if policy, ok := widened(&token); ok {
				raw = []byte(policy)
			}
			p.collect(token)
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "body" {
				p.at = len(p.content)
			}
		}
		p.content = append(p.content, raw...)
	}
}

// collect notes the addresses an element loads.
func (p *page) collect(t html.Token) {
	for _, a := range t.Attr {
		switch {
		case a.Key == "src", a.Key == "poster", a.Key == "href" && t.Data == "link":
			p.uses = append(p.uses, a.Val)
		case a.Key == "srcset", a.Key == "imagesrcset":
			for candidate := range strings.SplitSeq(a.Val, ",") {
				if fields := strings.Fields(candidate); len(fields) > 0 {
					p.uses = append(p.uses, fields[0])
				}
			}
		}
	}
}

// with returns the page with a tag at its end.
func (p *page) with(tag string) []byte {
	return slices.Concat(p.content[:p.at], []byte(tag), p.content[p.at:])
}

// widened returns the meta element with a policy that lets our script run
// and listen, if t is a Content-Security-Policy.
func widened(t *html.Token) (string, bool) {
	if t.Data != "meta" {
		return "", false
	}
	policy := false
	for _, a := range t.Attr {
		policy = policy || a.Key == "http-equiv" && strings.EqualFold(strings.TrimSpace(a.Val), "content-security-policy")
	}
	if !policy {
		return "", false
	}
	for i, a := range t.Attr {
		if a.Key == "content" {
			t.Attr[i].Val = widenPolicy(a.Val)
		}
	}
	return t.String(), true
}

// widenPolicy adds 'self' to what scripts and connections a policy allows.
// A directive that is missing falls back on others (CSP Level 3, 6.8.3), so
// it is written out with what it fell back on.
func widenPolicy(policy string) string {
	var order []string
	sources := map[string][]string{}
	for directive := range strings.SplitSeq(policy, ";") {
		fields := strings.Fields(directive)
		if len(fields) == 0 {
			continue
		}
		name := strings.ToLower(fields[0])
		if _, twice := sources[name]; twice {
			continue // the first one counts
		}
		order = append(order, name)
		sources[name] = fields[1:]
	}
	allow := func(name string, fallback ...string) {
		for _, other := range append([]string{name}, fallback...) {
			list, stated := sources[other]
			if !stated {
				continue
			}
			if other != name {
				order = append(order, name)
			}
			list = slices.DeleteFunc(slices.Clone(list), func(s string) bool {
				return strings.EqualFold(s, "'none'") || strings.EqualFold(s, "'self'")
			})
			sources[name] = append(list, "'self'")
			return
		}
	}
	allow("script-src-elem", "script-src", "default-src")
	allow("connect-src", "default-src")
	out := make([]string, len(order))
	for i, name := range order {
		out[i] = strings.Join(append([]string{name}, sources[name]...), " ")
	}
	return strings.Join(out, "; ")
}

// local returns the path within the site of an address named on the page at
// base, or "" for an address elsewhere.
func local(pagePath, base, address string) string {
	if !strings.HasPrefix(pagePath, "/") {
		return ""
	}
	from := &url.URL{Path: pagePath}
	to, err := from.Parse(address)
	if err != nil || to.Host != "" || to.Scheme != "" || to.Opaque != "" {
		return ""
	}
	name, inside := strings.CutPrefix(path.Clean(to.Path), base)
	if !inside {
		return ""
	}
	return name
}
