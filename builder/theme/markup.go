package theme

import (
	"html/template"
	"strings"
)

// A page holds dozens of pictures with a dozen attributes each. Written here
// rather than in a partial they cost a tenth, and every theme gets lazy
// loading, sizes and alternatives right. All values are escaped for quoted
// attributes; the addresses are the builder's own.

// pictureElement is the template function "picture": the finished element of a
// picture.
func pictureElement(words Words, p Picture) template.HTML {
	var o output
	writePicture(&o, words, &p)
	return template.HTML(o.page)
}

func writePicture(o *output, words Words, p *Picture) {
	sizes := p.Sizes
	if sizes != "" && !p.Eager {
		sizes = "auto," + sizes
	}
	if len(p.Sources) > 0 {
		o.write("<picture>")
		for i := range p.Sources {
			s := &p.Sources[i]
			o.write("<source")
			attr(o, "type", s.Type)
			attr(o, "srcset", s.Srcset)
			attr(o, "sizes", sizes)
			o.write(">")
		}
	}
	writeImage(o, words, p, sizes)
	if len(p.Sources) > 0 {
		o.write("</picture>")
	}
}

func writeImage(o *output, words Words, p *Picture, sizes string) {
	o.write("<img")
	attr(o, "src", safeURL(p.Src))
	if p.Srcset != "" {
		attr(o, "srcset", p.Srcset)
		attr(o, "sizes", sizes)
	}
	o.write(` width="`)
	o.writeNumber(p.Width)
	o.write(`" height="`)
	o.writeNumber(p.Height)
	o.write(`" alt="`)
	writeEntities(o, p.Alt, &entityOf)
	o.write(`"`)
	writeLang(o, words, p.Lang)
	if p.Priority {
		o.write(` fetchpriority="high"`)
	}
	if !p.Eager {
		o.write(` loading="lazy"`)
	}
	o.write(` decoding="async">`)
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
func attr(o *output, name, value string) {
	if value == "" {
		return
	}
	o.write(" ")
	o.write(name)
	o.write(`="`)
	writeEntities(o, value, &entityOf)
	o.write(`"`)
}

// langAttributes is the template function "lang": the attributes of an element
// whose text is in another language than the page's, ` lang="ar" dir="rtl"`,
// nothing for "". dir stands only where the text reads the other way.
func langAttributes(words Words, tag string) template.HTMLAttr {
	var o output
	writeLang(&o, words, tag)
	return template.HTMLAttr(o.page)
}

func writeLang(o *output, words Words, tag string) {
	if tag != "" {
		attr(o, "lang", tag)
		attr(o, "dir", words.OtherDir(tag))
	}
}

// style is the template function "style": the properties that a tile's place
// and ground follow from, "--r:1.5;--c:#8a7f6b". What is not a ratio or a
// colour is left out.
// In lanes they end with the rows of the grid that it takes: "--s:27".
func style(ratio, color string, span ...string) template.CSS {
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
	if len(span) == 1 && isRatio(span[0]) {
		if text != "" {
			text += ";"
		}
		text += "--s:" + span[0]
	}
	return template.CSS(text)
}

// spot is the template function "spot": the properties that a mark's place in a
// picture follows from, "--x:42.5%;--y:30%". What is not a number is left out.
func spot(x, y string) template.CSS {
	if !isRatio(x) || !isRatio(y) {
		return ""
	}
	return template.CSS("--x:" + x + "%;--y:" + y + "%")
}

func isRatio(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && r != '.' {
			return false
		}
	}
	return s != ""
}
