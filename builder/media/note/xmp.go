package note

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxXMP is the greatest length of a packet: what fits into one segment of a
// JPEG after its name (XMP Specification part 3, 1.1.3).
const MaxXMP = 65502

// Of each value so many bytes are kept, as they stand in the packet. Together
// with the rest of the packet they stay below MaxXMP.
const (
	maxValue    = 4096
	maxCreators = 8 * maxValue // of all together
)

const (
	head = "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about=""`
	tail = `</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`

	sourceTypes = "http://cv.iptc.org/newscodes/digitalsourcetype/"
)

// packet is a packet under construction: namespaces and properties.
type packet struct{ names, properties strings.Builder }

// XMP returns the note as an XMP packet in UTF-8, without padding, for nobody
// should change it in place. It is nil where the note is empty. A text that is
// too long is cut and ends in "…"; an address that is too long is left out.
func (n *Note) XMP() []byte {
	var p packet
	p.creators(n.Creators)
	p.text("photoshop", "http://ns.adobe.com/photoshop/1.0/", "Credit", value(n.Credit))
	p.rights(value(n.Copyright), n.Lang)
	p.usage(n)
	p.license(address(n.License))
	p.licensor(address(n.LicensorURL))
	p.sourceType(n.SourceType)
	if p.properties.Len() == 0 {
		return nil
	}
	return []byte(head + p.names.String() + ">" + p.properties.String() + tail)
}

// space declares a namespace.
func (p *packet) space(prefix, uri string) {
	p.names.WriteString(` xmlns:` + prefix + `="` + uri + `"`)
}

// text writes a simple property. Its value has been escaped.
func (p *packet) text(prefix, uri, name, value string) {
	if value == "" {
		return
	}
	p.space(prefix, uri)
	p.element(prefix+":"+name, value)
}

func (p *packet) element(name, content string) {
	p.properties.WriteString("<" + name + ">" + content + "</" + name + ">")
}

const dublinCore = "http://purl.org/dc/elements/1.1/"

func (p *packet) creators(names []string) {
	var items strings.Builder
	for _, name := range names {
		v := value(name)
		if v == "" {
			continue
		}
		if items.Len()+len(v) > maxCreators {
			break
		}
		items.WriteString("<rdf:li>" + v + "</rdf:li>")
	}
	if items.Len() > 0 {
		p.space("dc", dublinCore)
		p.element("dc:creator", "<rdf:Seq>"+items.String()+"</rdf:Seq>")
	}
}

// rights writes dc:rights as the default (ISO 16684-1 8.2.2.4) and, for readers
// that ask by language, once more in the language that it is in.
func (p *packet) rights(text, lang string) {
	if text == "" {
		return
	}
	if !strings.Contains(p.names.String(), dublinCore) {
		p.space("dc", dublinCore)
	}
	items := `<rdf:li xml:lang="x-default">` + text + `</rdf:li>`
	if isLanguage(lang) {
		items += `<rdf:li xml:lang="` + lang + `">` + text + `</rdf:li>`
	}
	p.element("dc:rights", "<rdf:Alt>"+items+"</rdf:Alt>")
}

// usage writes the properties of xmpRights.
func (p *packet) usage(n *Note) {
	terms := address(n.Terms)
	if terms == "" {
		terms = address(n.License)
	}
	if terms == "" && value(n.Copyright) == "" {
		return
	}
	p.space("xmpRights", "http://ns.adobe.com/xap/1.0/rights/")
	marked := "True"
	if strings.Contains(n.License, "creativecommons.org/publicdomain/") {
		marked = "False"
	}
	p.element("xmpRights:Marked", marked)
	if terms != "" {
		p.element("xmpRights:WebStatement", terms)
	}
}

func (p *packet) license(url string) {
	if url != "" {
		p.space("cc", "http://creativecommons.org/ns#")
		p.properties.WriteString(`<cc:license rdf:resource="` + url + `"/>`)
	}
}

func (p *packet) licensor(url string) {
	if url != "" {
		p.space("plus", "http://ns.useplus.org/ldf/xmp/1.0/")
		p.element("plus:Licensor", `<rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>`+url+
			`</plus:LicensorURL></rdf:li></rdf:Seq>`)
	}
}

func (p *packet) sourceType(name string) {
	if isWord(name) {
		p.text("Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "DigitalSourceType", sourceTypes+name)
	}
}

// isWord reports whether the name is one of IPTC's: Latin letters alone.
func isWord(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, letters) == ""
}

// isLanguage reports whether s can be a language tag.
func isLanguage(s string) bool {
	return s != "" && len(s) <= 35 && strings.Trim(s, letters+"0123456789-") == "" && strings.Trim(s[:1], letters) == ""
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// value returns a text as it stands in the packet: on one line, escaped, cut.
func value(s string) string {
	const more = "…"
	s = clean(s)
	var b strings.Builder
	end := 0 // where the text can be cut so that more still fits
	for _, r := range s {
		if b.Len() <= maxValue-len(more) {
			end = b.Len()
		}
		if b.WriteString(escape(r)); b.Len() > maxValue {
			return strings.TrimRight(b.String()[:end], " ") + more
		}
	}
	return b.String()
}

// address returns an address as it stands in the packet.
func address(s string) string {
	var b strings.Builder
	for _, r := range clean(s) {
		if b.WriteString(escape(r)); b.Len() > maxValue {
			return ""
		}
	}
	return b.String()
}

// clean drops what XML 1.0 cannot hold (2.2) and other control characters, and
// makes each row of white space one space.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return r
		case r == utf8.RuneError, unicode.IsControl(r), r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.FieldsFunc(s, isBreak), " ")
}

// isBreak reports white space that may end a line; a space that must not is
// kept as it is.
func isBreak(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' && r != '\u2007'
}

func escape(r rune) string {
	switch r {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '"':
		return "&quot;"
	}
	return string(r)
}
