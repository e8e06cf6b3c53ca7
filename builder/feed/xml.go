package feed

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Namespaces of the XML formats. Media RSS has the slash at its end.
const (
	nsAtom    = "http://www.w3.org/2005/Atom"
	nsContent = "http://purl.org/rss/1.0/modules/content/"
	nsDC      = "http://purl.org/dc/elements/1.1/"
	nsMedia   = "http://search.yahoo.com/mrss/"
)

// xmlWriter writes XML as encoding/xml does with two spaces a level, without
// looking up by reflection what each of thousands of items has.
type xmlWriter struct {
	b     *bytes.Buffer
	depth int
	tag   bool // the last start tag is not closed yet
	leaf  bool // nothing but text stands in the last element that began
}

// writeXML writes a feed with what stands before its root element.
func writeXML(out io.Writer, stylesheet string, root func(w *xmlWriter)) error {
	b, direct := out.(*bytes.Buffer)
	if !direct {
		b = new(bytes.Buffer)
	}
	b.WriteString(xmlHead)
	if stylesheet != "" {
		// An address has no quotes, so & is all there is to escape.
		b.WriteString(`<?xml-stylesheet href="` + strings.ReplaceAll(stylesheet, "&", "&amp;") + `" type="text/css"?>` + "\n")
	}
	root(&xmlWriter{b: b})
	b.WriteByte('\n')
	if direct {
		return nil
	}
	_, err := out.Write(b.Bytes())
	return err
}

const xmlIndents = "\n          "

// begin begins an element on a line of its own, but for the root.
func (w *xmlWriter) begin(name string) {
	w.inside()
	if w.depth > 0 {
		w.b.WriteString(xmlIndents[:1+2*w.depth])
	}
	w.depth++
	w.b.WriteByte('<')
	w.b.WriteString(name)
	w.tag, w.leaf = true, true
}

// inside closes the start tag of the element that began, if it is open.
func (w *xmlWriter) inside() {
	if w.tag {
		w.b.WriteByte('>')
		w.tag = false
	}
}

func (w *xmlWriter) end(name string) {
	w.inside()
	w.depth--
	if !w.leaf {
		w.b.WriteString(xmlIndents[:1+2*w.depth])
	}
	w.leaf = false
	w.b.WriteString("</")
	w.b.WriteString(name)
	w.b.WriteByte('>')
}

// attr writes an attribute of the element that has just begun.
func (w *xmlWriter) attr(name, value string) {
	w.b.WriteByte(' ')
	w.b.WriteString(name)
	w.b.WriteString(`="`)
	w.escape(value)
	w.b.WriteByte('"')
}

// attrs writes those attributes, names and values in turn, that are not empty.
func (w *xmlWriter) attrs(pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			w.attr(pairs[i], pairs[i+1])
		}
	}
}

// raw writes markup.
func (w *xmlWriter) raw(s string) {
	w.inside()
	w.b.WriteString(s)
}

func (w *xmlWriter) text(s string) {
	w.inside()
	w.escape(s)
}

// cdata writes a text as a section in which nothing is escaped.
func (w *xmlWriter) cdata(s string) {
	if s != "" {
		w.raw("<![CDATA[" + strings.ReplaceAll(s, "]]>", "]]]]><![CDATA[>") + "]]>")
	}
}

// element writes elements of text, names and texts in turn.
func (w *xmlWriter) element(pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		w.begin(pairs[i])
		w.text(pairs[i+1])
		w.end(pairs[i])
	}
}

// optional is element for texts that are not empty.
func (w *xmlWriter) optional(pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			w.element(pairs[i : i+2]...)
		}
	}
}

// rawElement writes an element of markup.
func (w *xmlWriter) rawElement(name, markup string) {
	w.begin(name)
	w.raw(markup)
	w.end(name)
}

// xmlEscapes are what bytes become; what XML does not allow is the mark of
// what cannot be read.
var xmlEscapes = func() (of [utf8.RuneSelf]string) {
	for c := range ' ' {
		of[c] = "\uFFFD"
	}
	of['\t'], of['\n'], of['\r'] = "&#x9;", "&#xA;", "&#xD;"
	of['"'], of['\''], of['&'], of['<'], of['>'] = "&#34;", "&#39;", "&amp;", "&lt;", "&gt;"
	return of
}()

func (w *xmlWriter) escape(s string) {
	from := 0
	for i := 0; i < len(s); {
		size, become := 1, ""
		if c := s[i]; c < utf8.RuneSelf {
			become = xmlEscapes[c]
		} else {
			var r rune
			if r, size = utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && size == 1 || r == 0xfffe || r == 0xffff {
				become = "\uFFFD"
			}
		}
		if become != "" {
			w.b.WriteString(s[from:i])
			w.b.WriteString(become)
			from = i + size
		}
		i += size
	}
	w.b.WriteString(s[from:])
}

// decimal writes a number as encoding/xml does, "" for 0.
func decimal(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
