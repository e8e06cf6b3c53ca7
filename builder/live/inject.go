package live

import (
	"bytes"
	"crypto/sha256"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"gallerist/builder/publish"
)

// page is what the preview needs to know of an HTML page.
type page struct {
	content []byte   // with the policy widened
	at      int      // where in content our script goes
	bare    string   // hash of the page without what stands in parts
	parts   []part   // what can be exchanged while the page is shown, in order
	uses    []string // addresses of what else the page loads
}

// part is something on a page that the browser exchanges without loading the
// page again. The script finds the same elements by the same rules.
type part struct {
	Kind  string `json:"kind"`  // "sheet", "icon", "tint" of the browser's frame, or "style"
	Value string `json:"value"` // an address, a colour, or declarations
	Tag   string `json:"tag,omitempty"`
}

// readPage goes through a page once. Everything but the policy stays, byte
// for byte.
func readPage(content []byte) *page {
	p := &page{content: make([]byte, 0, len(content)+200), at: -1}
	bare := sha256.New()
	z := html.NewTokenizer(bytes.NewReader(content))
	for {
		kind := z.Next()
		start := len(p.content)
		p.content = append(p.content, z.Raw()...) // before it is read, which changes it
		switch kind {
		case html.ErrorToken:
			bare.Write(p.content[start:])
			if p.at < 0 {
				p.at = len(p.content)
			}
			p.bare = publish.Hash(bare.Sum(nil)).String()
			return p
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if policy, ok := widened(&token); ok {
				p.content = append(p.content[:start], policy...)
			}
			i := p.collect(token)
			if i < 0 {
				break
			}
			token.Attr[i].Val = ""
			io.WriteString(bare, token.String())
			continue
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "body" {
				p.at = start
			}
		}
		bare.Write(p.content[start:])
	}
}

// collect notes what an element loads and shows. It returns the index of the
// attribute that can be exchanged, or -1.
func (p *page) collect(t html.Token) int {
	kind, at := exchangeable(t)
	if at >= 0 {
		p.parts = append(p.parts, part{Kind: kind, Value: t.Attr[at].Val})
	}
	for i, a := range t.Attr {
		switch {
		case i == at:
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
	return at
}

// exchangeable says what of an element can be exchanged, and the index of the
// attribute that holds it, or -1. A style attribute is among it because it
// holds the colour of a picture's place, which is known only once the picture
// has been made.
func exchangeable(t html.Token) (kind string, at int) {
	index, values := map[string]int{}, map[string]string{}
	for i, a := range t.Attr {
		if _, twice := index[a.Key]; !twice {
			index[a.Key], values[a.Key] = i, a.Val
		}
	}
	if at, ok := index["href"]; ok && t.Data == "link" {
		for rel := range strings.FieldsSeq(strings.ToLower(values["rel"])) {
			switch rel {
			case "stylesheet":
				return "sheet", at
			case "icon":
				return "icon", at
			}
		}
	}
	if at, ok := index["content"]; ok && t.Data == "meta" && strings.EqualFold(values["name"], "theme-color") {
		return "tint", at
	}
	if at, ok := index["style"]; ok {
		return "style", at
	}
	return "", -1
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

// sheetUses returns the addresses that a style sheet loads: other sheets, fonts,
// pictures. What it finds too much, as in comments, costs a look.
func sheetUses(css []byte) []string {
	const load = "@import"
	var uses []string
	for i, c := range css {
		var rest []byte
		switch {
		case c == '(' && i >= 3 && strings.EqualFold(string(css[i-3:i]), "url"):
			rest = css[i+1:]
		case c == '@' && len(css) > i+len(load) && strings.EqualFold(string(css[i:i+len(load)]), load):
			rest = css[i+len(load):]
		default:
			continue
		}
		if use := quoted(rest); use != "" && !strings.HasPrefix(use, "data:") {
			uses = append(uses, use)
		}
	}
	return uses
}

// quoted returns the address that css begins with: in quotes, or up to the end
// of a url().
func quoted(css []byte) string {
	css = bytes.TrimLeft(css, " \t\r\n\f")
	if len(css) == 0 {
		return ""
	}
	end := ")"
	if css[0] == '"' || css[0] == '\'' {
		end, css = string(css[:1]), css[1:]
	}
	address, _, ended := bytes.Cut(css, []byte(end))
	if !ended || end == ")" && bytes.ContainsRune(address, '(') { // as in @import url(…)
		return ""
	}
	return string(bytes.TrimSpace(address))
}
