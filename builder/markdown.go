package builder

import (
	"bytes"
	"html/template"
	"maps"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

// Markdown is strangers' text. goldmark escapes raw HTML; what it leaves open
// is decided here: which addresses a link may have, that a picture may only
// be one of the piece's own, and how much nesting is taken at all.

// Bounds of what is handed to goldmark, whose time grows with the square of
// nested markers.
const (
	maxNesting  = 20     // markers of quotations and lists at the beginning of a line
	maxBrackets = 2_000  // "[" in a text
	maxMarks    = 2_000  // "*", "_" and "~" in a text
	maxLine     = 10_000 // bytes of a line
	maxColumns  = 20     // of a table
	maxRows     = 200    // "|"-lines of a text with tables
)

// markdown turns texts into HTML. It is safe for concurrent use.
type markdown struct {
	stranger goldmark.Markdown // submissions: no tables, outbound links marked
	owner    goldmark.Markdown // the site's own pages
	basePath string
}

// links decides about the addresses in one text.
type links struct {
	basePath string
	ugc      bool
	picture  func(name, alt string) (template.HTML, bool) // a picture of one's own, by file name
}

var linksKey = parser.NewContextKey()

func newMarkdown(basePath string) *markdown {
	render := renderer.WithNodeRenderers(util.Prioritized(linkRenderer{}, 100))
	policy := parser.WithASTTransformers(util.Prioritized(linkPolicy{}, 100))
	return &markdown{
		basePath: basePath,
		stranger: goldmark.New(goldmark.WithExtensions(extension.Strikethrough, extension.Linkify),
			goldmark.WithParserOptions(policy), goldmark.WithRendererOptions(render)),
		owner: goldmark.New(goldmark.WithExtensions(extension.Strikethrough, extension.Linkify, extension.Table),
			goldmark.WithParserOptions(policy), goldmark.WithRendererOptions(render)),
	}
}

// HTML renders a text. Text of a submission is ugc; picture resolves its
// pictures and may be nil.
func (m *markdown) HTML(src string, ugc bool, picture func(name, alt string) (template.HTML, bool)) template.HTML {
	if strings.TrimSpace(src) == "" {
		return ""
	}
	md := m.owner
	if ugc {
		md = m.stranger
	}
	ctx := parser.NewContext()
	ctx.Set(linksKey, &links{basePath: m.basePath, ugc: ugc, picture: picture})
	var b bytes.Buffer
	b.Grow(len(src) * 5 / 4)
	if err := md.Convert([]byte(src), &b, parser.WithContext(ctx)); err != nil {
		return template.HTML(template.HTMLEscapeString(src)) // a bytes.Buffer does not fail
	}
	return template.HTML(b.String())
}

// story renders a submission's text and returns its words alone too, of one
// parsing.
func (m *markdown) story(src string) (html template.HTML, plain string) {
	if strings.TrimSpace(src) == "" {
		return "", ""
	}
	raw, ctx := []byte(src), parser.NewContext()
	ctx.Set(linksKey, &links{basePath: m.basePath, ugc: true})
	doc := m.stranger.Parser().Parse(text.NewReader(raw), parser.WithContext(ctx))
	var b bytes.Buffer
	b.Grow(len(src) * 5 / 4)
	if err := m.stranger.Renderer().Render(&b, raw, doc); err != nil {
		return template.HTML(template.HTMLEscapeString(src)), src // a bytes.Buffer does not fail
	}
	return template.HTML(b.String()), strings.Join(strings.Fields(plainText(doc, raw)), " ")
}

// checkMarkdown returns what makes a text too costly to parse, with a hint,
// and the line it is on; "" means that the text is fine.
func checkMarkdown(src string) (text, hint string, line int) {
	brackets, marks, rows := 0, 0, 0
	for l := range strings.Lines(src) {
		line++
		if len(l) > maxLine {
			return "this line is over 10,000 bytes long", "break it into paragraphs", line
		}
		if nesting(l) > maxNesting {
			return "quotations or lists are nested over 20 deep here", "use fewer > or - at the beginning of the line", line
		}
		if brackets += strings.Count(l, "["); brackets > maxBrackets {
			return "the text has over 2,000 opening brackets", `write "\[" for a bracket that is not a link`, line
		}
		if marks += strings.Count(l, "*") + strings.Count(l, "_") + strings.Count(l, "~"); marks > maxMarks {
			return "the text has over 2,000 asterisks, underscores and tildes", "take some out: they make words stand out only where few do", line
		}
		if strings.Contains(l, "|") {
			if rows++; rows > maxRows || strings.Count(l, "|") > maxColumns {
				return "the table is larger than 20 columns or 200 rows", "split it, or publish it as a file", line
			}
		}
	}
	return "", "", 0
}

// nesting counts the block markers a line begins with. A rule such as "- - -"
// is none.
func nesting(l string) int {
	n, rule, last := 0, true, byte(0)
scan:
	for i := 0; i < len(l); i++ {
		c := l[i]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			continue
		case c == '>' || c == '-' || c == '*' || c == '+', (c == '.' || c == ')') && last >= '0' && last <= '9':
			n++
		case c >= '0' && c <= '9':
		default:
			rule = false
			break scan
		}
		rule = rule && (c == '-' || c == '*') && (last == 0 || last == c)
		last = c
	}
	if rule {
		return 0
	}
	return n
}

// markdownProblem reports a text that is too costly to parse and says whether
// there was one.
func markdownProblem(src string, at problem.Pos, probs *problem.List) bool {
	text, hint, line := checkMarkdown(src)
	if text == "" {
		return false
	}
	probs.Errorf(problem.Pos{File: at.File, Line: max(at.Line, 1) + line - 1}, hint, "%s", text)
	return true
}

// costly reports the texts of a piece that are too costly to parse, in all its
// languages, and says whether there was one.
func costly(p *gallery.Piece, probs *problem.List) bool {
	found := markdownProblem(p.Text.Body, p.Text.BodyAt, probs)
	for _, t := range p.In {
		found = markdownProblem(t.Body, t.BodyAt, probs) || found
	}
	return found
}

func costlyArticle(a *gallery.Article, probs *problem.List) bool {
	found := markdownProblem(a.Text.Body, a.Text.BodyAt, probs)
	for _, t := range a.In {
		found = markdownProblem(t.Body, t.BodyAt, probs) || found
	}
	return found
}

// withoutCostly returns a gallery without the introductions that are too
// costly to parse, which are reported: its pieces need not suffer for them.
func withoutCostly(g *gallery.Gallery, probs *problem.List) *gallery.Gallery {
	own := *g
	if markdownProblem(g.Text.Body, g.Text.BodyAt, probs) {
		own.Text.Body = ""
	}
	own.In = maps.Clone(g.In)
	for tag, t := range g.In {
		if markdownProblem(t.Body, t.BodyAt, probs) {
			t.Body = ""
			own.In[tag] = t
		}
	}
	return &own
}

// linkPolicy mends the tree: headings begin at the second level (the page has
// a first one of its own), links with other schemes become plain text, pictures from
// elsewhere become links or their alternative text.
type linkPolicy struct{}

func (linkPolicy) Transform(doc *ast.Document, reader text.Reader, pc parser.Context) {
	l, _ := pc.Get(linksKey).(*links)
	if l == nil {
		l = &links{basePath: "/", ugc: true}
	}
	var drop []ast.Node
	var headings []*ast.Heading
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			headings = append(headings, n)
		case *ast.Link:
			n.SetAttributeString("policy", l)
			if _, ok := l.href(string(n.Destination)); !ok {
				drop = append(drop, n)
			}
		case *ast.AutoLink:
			n.SetAttributeString("policy", l)
		case *ast.Image:
			n.SetAttributeString("policy", l)
		}
		return ast.WalkContinue, nil
	})
	for _, n := range drop {
		unwrap(n)
	}
	lower(headings)
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
func (l *links) href(dest string) (string, bool) {
	dest = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f || r == utf8.RuneError {
			return -1
		}
		return r
	}, string(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(dest)))))
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
func (l *links) rel(href string) string {
	if !strings.HasPrefix(href, "http") {
		return ""
	}
	if l.ugc {
		return ` rel="nofollow ugc noopener"`
	}
	return ` rel="noopener"`
}

// linkRenderer writes links and pictures. Every value is escaped here, at the
// one place where it becomes an attribute.
type linkRenderer struct{}

func (linkRenderer) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindLink, renderLink)
	reg.Register(ast.KindAutoLink, renderAutoLink)
	reg.Register(ast.KindImage, renderImage)
}

func policyOf(n ast.Node) *links {
	if v, ok := n.AttributeString("policy"); ok {
		if l, ok := v.(*links); ok {
			return l
		}
	}
	return &links{basePath: "/", ugc: true}
}

func renderLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	l := policyOf(n)
	href, ok := l.href(string(n.Destination))
	if !ok {
		return ast.WalkContinue, nil
	}
	if entering {
		openLink(w, l, href)
	} else {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func openLink(w util.BufWriter, l *links, href string) {
	_, _ = w.WriteString(`<a href="`)
	_, _ = w.WriteString(template.HTMLEscapeString(string(util.URLEscape([]byte(href), false))))
	_, _ = w.WriteString(`"` + l.rel(href) + `>`)
}

func renderAutoLink(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	l := policyOf(n)
	label, dest := string(n.Label(src)), string(n.URL(src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	href, ok := l.href(dest)
	if ok {
		openLink(w, l, href)
	}
	_, _ = w.WriteString(template.HTMLEscapeString(label))
	if ok {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func renderImage(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	l := policyOf(n)
	alt, dest := plainText(n, src), string(n.Destination)
	if l.picture != nil {
		if name, err := url.PathUnescape(dest); err == nil {
			if html, ok := l.picture(name, alt); ok {
				_, _ = w.WriteString(string(html))
				return ast.WalkSkipChildren, nil
			}
		}
	}
	href, ok := l.href(dest)
	outside := ok && strings.HasPrefix(href, "http")
	if outside {
		openLink(w, l, href)
	}
	_, _ = w.WriteString(template.HTMLEscapeString(alt))
	if outside {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkSkipChildren, nil
}

// plainText returns the words of a node and all below it.
func plainText(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			if c.Type() == ast.TypeBlock && b.Len() > 0 {
				b.WriteByte(' ')
			}
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			b.Write(util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(c.Segment.Value(src)))))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(src))
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

// excerpt returns the beginning of a text without its markup, at most limit
// characters, cut between words.
func (m *markdown) excerpt(src string, limit int) string {
	if len(src) > limit*8 { // enough of the text, without parsing a novel
		cut := limit * 8
		for cut > 0 && !utf8.RuneStart(src[cut]) {
			cut--
		}
		src = src[:cut]
	}
	raw := []byte(src)
	doc := m.stranger.Parser().Parse(text.NewReader(raw))
	return shorten(strings.Join(strings.Fields(plainText(doc, raw)), " "), limit)
}

// shorten cuts s between words to at most limit characters, with an ellipsis.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	cut, n := s, 0
	for i := range s {
		if n == limit {
			cut = s[:i]
			break
		}
		n++
	}
	if len(cut) == len(s) {
		return s
	}
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.—–-") + "…"
}
