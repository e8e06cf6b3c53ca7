package builder

import (
	"html/template"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// links decides about the addresses in texts of one sort, and writes them.
type links struct {
	basePath string
	ugc      bool
}

// hyperlink is a link whose address has been decided.
type hyperlink struct {
	ast.BaseInline
	href string
}

var kindHyperlink = ast.NewNodeKind("Hyperlink")

func (*hyperlink) Kind() ast.NodeKind { return kindHyperlink }

func (h *hyperlink) Dump(source []byte, level int) {
	ast.DumpHelper(h, source, level, map[string]string{"Href": h.href}, nil)
}

// mend changes a tree: headings begin at the second level (the page has a
// first one of its own), links with other schemes become plain text. With src
// it stops and returns false where words hold the beginning of an address.
func (l links) mend(doc ast.Node, src []byte) bool {
	var m mending
	if !m.look(doc, src) {
		return false
	}
	for _, n := range m.links {
		if href, ok := l.href(n.Destination); ok {
			replace(n, &hyperlink{href: href})
		} else {
			unwrap(n)
		}
	}
	lower(m.headings)
	return true
}

// mending is what there is to mend in a tree.
type mending struct {
	links    []*ast.Link
	headings []*ast.Heading
}

func (m *mending) look(n ast.Node, src []byte) bool {
	switch n := n.(type) {
	case *ast.Text:
		if src != nil && hasAddress(n.Segment.Value(src), false) {
			return false
		}
	case *ast.Heading:
		m.headings = append(m.headings, n)
	case *ast.Link:
		m.links = append(m.links, n)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if !m.look(c, src) {
			return false
		}
	}
	return true
}

// lower moves a text's headings so that the highest is of the second level.
func lower(headings []*ast.Heading) {
	top := 6
	for _, h := range headings {
		top = min(top, h.Level)
	}
	for _, h := range headings {
		h.Level = min(h.Level-top+2, 6)
	}
}

// replace puts another node in a node's place, with its children.
func replace(n, by ast.Node) {
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		by.AppendChild(by, c)
		c = next
	}
	n.Parent().ReplaceChild(n.Parent(), n, by)
}

// unwrap puts a node's children in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		parent.InsertBefore(parent, n, c)
		c = next
	}
	parent.RemoveChild(parent, n)
}

// href returns what a link may lead to: http, https and mailto, places on
// this site, fragments. Anything else is refused, however it is written.
func (l links) href(dest []byte) (string, bool) {
	if s := string(dest); plainAddress(s) {
		return s, true
	}
	return l.oddHref(dest)
}

// plainAddress reports whether an address is on the web and made of letters
// and signs that mean nothing but themselves: nearly all are.
func plainAddress(dest string) bool {
	s, ok := strings.CutPrefix(dest, "https://")
	if !ok {
		if s, ok = strings.CutPrefix(s, "http://"); !ok {
			return false
		}
	}
	host := true
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-', c == '.':
		case c == '/':
			if i == 0 {
				return false
			}
			host = false
		case host || c != '_' && (c < 'A' || c > 'Z'):
			return false
		}
	}
	return s != ""
}

func (l links) oddHref(raw []byte) (string, bool) {
	dest := strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f || r == utf8.RuneError {
			return -1
		}
		return r
	}, string(util.ResolveEntityNames(util.ResolveNumericReferences(raw))))
	u, err := url.Parse(dest)
	if err != nil || strings.HasPrefix(dest, "//") || strings.Contains(dest, "\\") {
		return "", false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.String(), u.Host != ""
	case "mailto":
		return u.String(), true
	case "":
		if strings.HasPrefix(dest, "/") {
			return l.basePath + strings.TrimPrefix(dest, "/"), true
		}
		return dest, dest != "" && !strings.Contains(dest, ":")
	}
	return "", false
}

// rel returns the rel attribute of a link to href, with its leading space.
func (l links) rel(href string) string {
	if !strings.HasPrefix(href, "http") {
		return ""
	}
	if l.ugc {
		return ` rel="nofollow ugc noopener"`
	}
	return ` rel="noopener"`
}

// RegisterFuncs makes links a renderer of links and pictures. Every value is
// escaped here, at the one place where it becomes an attribute.
func (l links) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindHyperlink, l.renderHyperlink)
	reg.Register(ast.KindAutoLink, l.renderAutoLink)
	reg.Register(ast.KindImage, l.renderImage)
}

func (l links) renderHyperlink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		l.open(w, node.(*hyperlink).href)
	} else {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func (l links) open(w util.BufWriter, href string) {
	_, _ = w.WriteString(`<a href="`)
	_, _ = w.WriteString(template.HTMLEscapeString(string(util.URLEscape([]byte(href), false))))
	_, _ = w.WriteString(`"`)
	_, _ = w.WriteString(l.rel(href))
	_, _ = w.WriteString(`>`)
}

func (l links) renderAutoLink(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	label, dest := string(n.Label(src)), n.URL(src)
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(string(dest)), "mailto:") {
		dest = append([]byte("mailto:"), dest...)
	}
	href, ok := l.href(dest)
	if ok {
		l.open(w, href)
	}
	_, _ = w.WriteString(template.HTMLEscapeString(label))
	if ok {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

// renderImage writes a picture's description, as a link where it is elsewhere:
// a piece's pictures stand beside its text.
func (l links) renderImage(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	href, ok := l.href(n.Destination)
	outside := ok && strings.HasPrefix(href, "http")
	if outside {
		l.open(w, href)
	}
	_, _ = w.WriteString(template.HTMLEscapeString(plainText(n, src)))
	if outside {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkSkipChildren, nil
}
