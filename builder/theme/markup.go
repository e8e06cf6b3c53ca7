package theme

import (
	"bytes"
	"html/template"
	"strconv"
	"strings"
)

// A page holds dozens of pictures with a dozen attributes each. Written here
// rather than in a partial they cost a tenth, and every theme gets lazy
// loading, sizes and alternatives right. All values are escaped for quoted
// attributes; the addresses are the builder's own.

// pictureElement is the template function "picture": the finished element of a
// picture.
func pictureElement(p Picture) template.HTML {
	var b bytes.Buffer
	writePicture(&b, &p)
	return template.HTML(b.String())
}

func writePicture(b *bytes.Buffer, p *Picture) {
	sizes := p.Sizes
	if sizes != "" && !p.Eager {
		sizes = "auto," + sizes
	}
	if len(p.Sources) > 0 {
		b.WriteString("<picture>")
		for i := range p.Sources {
			s := &p.Sources[i]
			b.WriteString("<source")
			attr(b, "type", s.Type)
			attr(b, "srcset", s.Srcset)
			attr(b, "sizes", sizes)
			b.WriteByte('>')
		}
	}
	writeImage(b, p, sizes)
	if len(p.Sources) > 0 {
		b.WriteString("</picture>")
	}
}

func writeImage(b *bytes.Buffer, p *Picture, sizes string) {
	b.WriteString("<img")
	attr(b, "src", safeURL(p.Src))
	if p.Srcset != "" {
		attr(b, "srcset", p.Srcset)
		attr(b, "sizes", sizes)
	}
	b.WriteString(` width="`)
	b.Write(strconv.AppendInt(b.AvailableBuffer(), int64(p.Width), 10))
	b.WriteString(`" height="`)
	b.Write(strconv.AppendInt(b.AvailableBuffer(), int64(p.Height), 10))
	b.WriteString(`" alt="`)
	writeEntities(b, p.Alt, &entityOf)
	b.WriteByte('"')
	attr(b, "lang", p.Lang)
	if p.Priority {
		b.WriteString(` fetchpriority="high"`)
	}
	if !p.Eager {
		b.WriteString(` loading="lazy"`)
	}
	b.WriteString(` decoding="async">`)
}

// safeURL returns an address of the web or of the site, and "#" for others.
func safeURL(s string) string {
	scheme, _, found := strings.Cut(s, ":")
	if found && !strings.ContainsAny(scheme, "/?#") && scheme != "http" && scheme != "https" {
		return "#"
	}
	return s
}

// attr writes an attribute that has a value.
func attr(b *bytes.Buffer, name, value string) {
	if value == "" {
		return
	}
	b.WriteByte(' ')
	b.WriteString(name)
	b.WriteString(`="`)
	writeEntities(b, value, &entityOf)
	b.WriteByte('"')
}

// style is the template function "style": the properties that a tile's place
// and ground follow from, "--r:1.5;--c:#8a7f6b". What is not a ratio or a
// colour is left out.
func style(ratio, color string) template.CSS {
	text := ""
	if isRatio(ratio) {
		text = "--r:" + ratio
	}
	if _, ok := ParseColor(color); ok {
		if text != "" {
			text += ";"
		}
		text += "--c:" + color
	}
	return template.CSS(text)
}

func isRatio(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && r != '.' {
			return false
		}
	}
	return s != ""
}
