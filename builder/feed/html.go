package feed

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ItemHTML composes what Item.HTML holds: each picture with its credit, the
// award, the disclosure, then the story, which is HTML. Of the story only figure, img,
// figcaption, p and a stay, with href, src, alt, width and height: readers and
// mail programs agree on these. Other blocks and line breaks become
// paragraphs, other inline elements their text; scripts, forms, players and
// the like go with all they hold. Addresses in the story are completed from
// the item's page; a link or picture whose address is not http or https then
// loses its link, or goes.
func ItemHTML(it Item, story string) string {
	s := storyWriter{base: pageAddress(it.URL)}
	s.b.Grow(len(story) + 400*len(it.Images) + len(it.Award) + len(it.Disclosure) + len(it.CreditLine) + 100)
	page := html.EscapeString(address(it.URL))
	for _, m := range it.Images {
		s.b.WriteString(`<figure><a href="` + page + `"><img src="` + html.EscapeString(address(m.URL)) + `"`)
		s.size(strconv.Itoa(m.Width), strconv.Itoa(m.Height))
		s.b.WriteString(` alt="` + html.EscapeString(text(m.Alt)) + `"></a>`)
		if credit := text(orElse(m.Credit, it.CreditLine)); credit != "" {
			s.b.WriteString(`<figcaption>` + html.EscapeString(credit) + `</figcaption>`)
		}
		s.b.WriteString("</figure>\n")
	}
	s.paragraph(it.Award)
	s.paragraph(it.Disclosure)
	s.paragraph(it.Before)
	s.of = languageAttributes(it)
	s.story(story)
	s.paragraph(it.After)
	if len(it.Images) == 0 {
		s.paragraph(it.CreditLine)
	}
	return strings.TrimSpace(s.b.String())
}

// languageAttributes tells a story that reads the other way from the rest of its
// item: few readers look at the language of an item, all at the paragraphs.
func languageAttributes(it Item) string {
	if it.Dir != "ltr" && it.Dir != "rtl" {
		return ""
	}
	attrs := ` dir="` + it.Dir + `"`
	if tag := language(it.Language); tag != "" {
		attrs = ` lang="` + html.EscapeString(tag) + `"` + attrs
	}
	return attrs
}

func pageAddress(s string) *url.URL {
	if u, err := url.Parse(address(s)); err == nil && web(u) {
		return u
	}
	return nil
}

func web(u *url.URL) bool {
	return (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// storyWriter writes the allowed elements, well nested whatever it is told.
// Elements nest in the order figure, figcaption or p, a.
type storyWriter struct {
	b       strings.Builder
	of      string // attributes of the story's paragraphs
	base    *url.URL
	figure  bool
	caption bool
	p       bool
	a       bool
	empty   bool // nothing stands in this paragraph or caption yet
	space   bool // whitespace came since what was written last
	dropped int  // depth within elements that go with all they hold
}

func (s *storyWriter) story(src string) {
	if src = s.plainStory(src); src == "" {
		s.end()
		return
	}
	s.anyStory(src)
}

func (s *storyWriter) anyStory(src string) {
	z := html.NewTokenizer(strings.NewReader(src))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken: // a string ends only by its end
			s.end()
			return
		case html.TextToken:
			if s.dropped == 0 {
				s.text(string(z.Text()))
			}
		case html.SelfClosingTagToken, html.StartTagToken:
			name, more := z.TagName()
			tag := atom.Lookup(name)
			// Only in SVG and MathML does the slash end an element.
			if kind == html.StartTagToken || s.dropped == 0 && tag != atom.Svg && tag != atom.Math {
				s.start(tag, attributes{z, more})
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			s.close(atom.Lookup(name))
		}
	}
}

// attributes are those of the tag that was read last, which can be read once.
type attributes struct {
	z    *html.Tokenizer
	more bool
}

// next returns an attribute, and false where there is none left.
func (a *attributes) next() (key, value string, ok bool) {
	if !a.more {
		return "", "", false
	}
	k, v, more := a.z.TagAttr()
	a.more = more
	return string(k), string(v), true
}

// first returns the value of the first attribute of a name, or "".
func (a *attributes) first(name string) string {
	for {
		key, value, ok := a.next()
		if !ok || key == name {
			return value
		}
	}
}

func (s *storyWriter) start(tag atom.Atom, attrs attributes) {
	if goesWhole(tag) {
		s.dropped++
		s.space = true
	}
	if s.dropped > 0 {
		return
	}
	switch tag {
	case atom.Img:
		s.img(attrs)
	case atom.A:
		s.link(attrs.first("href"))
	case atom.Figure:
		s.end()
		s.b.WriteString("<figure>")
		s.figure = true
	case atom.Figcaption:
		if s.figure && !s.caption {
			s.endParagraph()
			s.b.WriteString("<figcaption>")
			s.caption, s.empty, s.space = true, true, false
		}
	default:
		if !inline(tag) {
			s.endParagraph()
		}
	}
}

func (s *storyWriter) link(href string) {
	s.endLink()
	if href = s.resolve(href); href != "" {
		s.open()
		s.writeSpace()
		s.b.WriteString(`<a href="`)
		s.b.WriteString(html.EscapeString(href))
		s.b.WriteString(`">`)
		s.a = true
	}
}

func (s *storyWriter) close(tag atom.Atom) {
	if goesWhole(tag) {
		s.dropped = max(s.dropped-1, 0)
		return
	}
	if s.dropped > 0 {
		return
	}
	switch tag {
	case atom.A:
		s.endLink()
	case atom.Figure:
		s.end()
	case atom.Figcaption:
		s.endCaption()
	default:
		if !inline(tag) {
			s.endParagraph()
		}
	}
}

// text writes words, in a paragraph when nothing else holds them.
func (s *storyWriter) text(data string) {
	words := text(strings.Trim(data, " \t\n")) // a reference may be to any character
	if words == "" {
		s.space = true
		return
	}
	if s.figure && !s.caption {
		s.end()
	}
	s.open()
	s.space = s.space || breaks(rune(data[0]))
	s.writeSpace()
	s.b.WriteString(html.EscapeString(words))
	s.empty, s.space = false, breaks(rune(data[len(data)-1]))
}

func (s *storyWriter) img(attrs attributes) {
	values := map[string]string{} // the first of each name counts
	for key, value, ok := attrs.next(); ok; key, value, ok = attrs.next() {
		if _, known := values[key]; !known {
			values[key] = value
		}
	}
	src := s.resolve(values["src"])
	if src == "" {
		return
	}
	s.open()
	s.writeSpace()
	s.empty = false
	s.b.WriteString(`<img src="` + html.EscapeString(src) + `"`)
	s.size(values["width"], values["height"])
	s.b.WriteString(` alt="` + html.EscapeString(text(values["alt"])) + `">`)
}

// size writes width and height if both are whole numbers above zero.
func (s *storyWriter) size(width, height string) {
	w, err1 := strconv.Atoi(width)
	h, err2 := strconv.Atoi(height)
	if err1 == nil && err2 == nil && w > 0 && h > 0 {
		s.b.WriteString(` width="` + strconv.Itoa(w) + `" height="` + strconv.Itoa(h) + `"`)
	}
}

func (s *storyWriter) paragraph(words string) {
	if words = text(words); words != "" {
		s.b.WriteString("<p>" + html.EscapeString(words) + "</p>\n")
	}
}

// open makes sure that something may be written: in a figure or a paragraph.
func (s *storyWriter) open() {
	if s.figure || s.p {
		return
	}
	s.b.WriteString("<p" + s.of + ">")
	s.p, s.empty, s.space = true, true, false
}

// writeSpace writes the whitespace that came before what is to be written.
func (s *storyWriter) writeSpace() {
	if s.space && !s.empty && (s.p || s.caption) {
		s.b.WriteByte(' ')
	}
	s.space = false
}

func (s *storyWriter) endLink() {
	if s.a {
		s.b.WriteString("</a>")
		s.a = false
	}
}

// endParagraph ends the paragraph; in a caption, which has none, it leaves a space.
func (s *storyWriter) endParagraph() {
	if s.caption {
		s.space = true
		return
	}
	s.endLink()
	if s.p {
		s.b.WriteString("</p>\n")
		s.p = false
	}
	s.space = false
}

func (s *storyWriter) endCaption() {
	if s.caption {
		s.endLink()
		s.b.WriteString("</figcaption>")
		s.caption = false
	}
}

func (s *storyWriter) end() {
	s.endCaption()
	s.endParagraph()
	if s.figure {
		s.b.WriteString("</figure>\n")
		s.figure = false
	}
}

func (s *storyWriter) resolve(ref string) string {
	if plainAddress(ref) {
		return ref
	}
	return s.resolveAny(ref)
}

// plainAddress reports whether resolving and cleaning surely change nothing in
// an address: one on the web, of letters and signs that mean only themselves.
func plainAddress(ref string) bool {
	rest, ok := strings.CutPrefix(ref, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(ref, "http://"); !ok {
			return false
		}
	}
	before := byte('/')
	for i := range len(rest) {
		c := rest[i]
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-':
		case (c == '/' || c == '.') && before != '/': // no empty part, none that begins with a dot
		default:
			return false
		}
		before = c
	}
	return rest != ""
}

func (s *storyWriter) resolveAny(ref string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || ref == "" {
		return ""
	}
	if s.base != nil {
		u = s.base.ResolveReference(u)
	}
	if !web(u) {
		return ""
	}
	return address(u.String())
}

// goesWhole tells the elements whose content is not text to read.
func goesWhole(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Object,
		atom.Svg, atom.Math, atom.Form, atom.Button, atom.Select, atom.Textarea,
		atom.Video, atom.Audio, atom.Canvas, atom.Head, atom.Title, atom.Noembed, atom.Noframes:
		return true
	}
	return false
}

// inline tells the elements within a line; an element not known here is taken
// for a block, so that its words never run into its neighbours'.
func inline(tag atom.Atom) bool {
	switch tag {
	case atom.Em, atom.Strong, atom.B, atom.I, atom.U, atom.S, atom.Del, atom.Ins, atom.Span,
		atom.Code, atom.Kbd, atom.Samp, atom.Var, atom.Sub, atom.Sup, atom.Small, atom.Mark,
		atom.Abbr, atom.Cite, atom.Q, atom.Dfn, atom.Time, atom.Data, atom.Bdi, atom.Bdo,
		atom.Ruby, atom.Rb, atom.Rt, atom.Rp, atom.Wbr, atom.Font, atom.Input, atom.Label:
		return true
	}
	return false
}
