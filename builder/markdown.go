package builder

import (
	"bytes"
	"html/template"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Markdown is strangers' text. goldmark escapes raw HTML; what it leaves open
// is decided here: which addresses a link may have, that a picture stands in
// no text, and how much nesting is taken at all.

// markdown turns texts into HTML. It is safe for concurrent use.
type markdown struct {
	stranger *dialect // submissions: no tables, outbound links marked
	owner    *dialect // the site's own pages
}

// dialect is what texts of one sort may hold. goldmark's Linkify looks for an
// address at each word, so texts without one are read without it; see bare.
type dialect struct {
	links    links
	plain    parser.Parser
	linkify  parser.Parser
	renderer renderer.Renderer
}

func newMarkdown(basePath string) *markdown {
	return &markdown{
		stranger: newDialect(links{basePath: basePath, ugc: true}, extension.Strikethrough),
		owner:    newDialect(links{basePath: basePath}, extension.Strikethrough, extension.Table),
	}
}

func newDialect(l links, extensions ...goldmark.Extender) *dialect {
	plain := goldmark.New(goldmark.WithExtensions(extensions...))
	linkify := goldmark.New(goldmark.WithExtensions(append(extensions, extension.Linkify)...))
	plain.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(l, 100)))
	return &dialect{links: l, plain: plain.Parser(), linkify: linkify.Parser(), renderer: plain.Renderer()}
}

// HTML renders a text of the site's owner.
func (m *markdown) HTML(src string) template.HTML {
	html, _ := m.owner.read(src, false)
	return html
}

// story renders a submission's text and returns its words alone too, with
// single spaces between, of one parsing.
func (m *markdown) story(src string) (html template.HTML, words string) {
	return m.stranger.read(src, true)
}

func (d *dialect) read(src string, wanted bool) (html template.HTML, words string) {
	if strings.TrimSpace(src) == "" {
		return "", ""
	}
	s := simples.Get().(*simple)
	defer simples.Put(s)
	s.src = append(s.src[:0], src...)
	linkify := bare(s.src)
	if !linkify && s.read(d.links, src) {
		html, words = s.story(wanted)
	} else {
		html, words = d.parsed([]byte(src), linkify, wanted)
	}
	return keepDashes(html), words
}

// keepDashes keeps dashes that stand between spaces with the word before them:
// in no language does such a dash begin a line.
func keepDashes(html template.HTML) template.HTML {
	if !strings.Contains(string(html), " \xe2\x80") {
		return html
	}
	return template.HTML(spacedDashes.Replace(string(html)))
}

var spacedDashes = strings.NewReplacer(" — ", "\u00a0— ", " – ", "\u00a0– ")

// parsed is read by way of a tree. A text that is bare is read with Linkify.
func (d *dialect) parsed(raw []byte, linkify, wanted bool) (html template.HTML, words string) {
	doc := d.parse(raw, linkify)
	b := writers.Get().(*writer)
	defer writers.Put(b)
	b.Reset()
	if err := d.renderer.Render(b, raw, doc); err != nil {
		return template.HTML(template.HTMLEscapeString(string(raw))), string(raw) // a bytes.Buffer does not fail
	}
	html = template.HTML(b.String())
	if wanted {
		words = singleSpaced(plainText(doc, raw))
	}
	return html, words
}

// parse returns a text's tree, mended.
func (d *dialect) parse(src []byte, linkify bool) ast.Node {
	if !linkify {
		doc := d.plain.Parse(text.NewReader(src))
		if d.links.mend(doc, src) {
			return doc
		}
	}
	doc := d.linkify.Parse(text.NewReader(src))
	d.links.mend(doc, nil)
	return doc
}

// writers are used again: goldmark else makes a buffer of 4 KiB a text.
var writers = sync.Pool{New: func() any { return new(writer) }}

// writer makes a bytes.Buffer a util.BufWriter.
type writer struct{ bytes.Buffer }

func (*writer) Buffered() int { return 0 }
func (*writer) Flush() error  { return nil }

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
	_, words := m.stranger.read(src, true)
	return shorten(words, limit)
}
