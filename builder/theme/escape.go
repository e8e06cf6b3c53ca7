package theme

import (
	"bytes"
	"html/template"
	"reflect"
	"strings"
	"text/template/parse"
)

// The escapers that html/template puts behind an action, and what a program
// does in their place.
const (
	escapeHTML   = "_html_template_htmlescaper"
	escapeAttr   = "_html_template_attrescaper"
	escapeTitle  = "_html_template_rcdataescaper"
	escapeAddr   = "_html_template_urlfilter _html_template_urlnormalizer _html_template_attrescaper"
	escapeName   = "_html_template_htmlnamefilter"
	escapeStyles = "_html_template_cssvaluefilter _html_template_attrescaper"
)

// output compiles an action that writes something.
func (c *programmer) output(p *parse.PipeNode, dot reflect.Type, of span) (part, error) {
	e, err := c.command(p.Cmds[0], dot, of)
	if err != nil || e.text == nil {
		return part{}, errBeyond
	}
	var escapers []string
	for _, cmd := range p.Cmds[1:] {
		name, ok := cmd.Args[0].(*parse.IdentifierNode)
		if !ok || len(cmd.Args) > 1 {
			return part{}, errBeyond
		}
		escapers = append(escapers, name.Ident)
	}
	kind := strings.Join(escapers, " ")
	if c.title && kind == "" {
		kind = escapeTitle
	}
	write := c.escaped(e, kind)
	if write == nil {
		return part{}, errBeyond
	}
	return part{write, e.span.settled()}, nil
}

// escaped returns the step that writes a value as escapers would have it, nil
// for those that programs do not know.
func (c *programmer) escaped(e expression, kind string) step {
	switch {
	case (kind == escapeHTML && !c.title || kind == escapeName && e.typ == reflect.TypeFor[template.HTMLAttr]()) && e.write != nil:
		return e.write
	case kind == escapeHTML && !c.title && e.typ == reflect.TypeFor[template.HTML]():
		return func(f *frame, dot reflect.Value) { f.write(e.text(f, dot)) }
	case kind == escapeStyles && (e.typ == reflect.TypeFor[template.CSS]() || e.typ.Kind() == reflect.Int),
		(kind == escapeHTML || kind == escapeAttr || kind == escapeTitle) && plainType(e.typ):
		return func(f *frame, dot reflect.Value) { writeText(&f.output, e.text(f, dot)) }
	case kind == escapeAddr && e.typ == stringType:
		return func(f *frame, dot reflect.Value) { writeAddress(&f.output, e.text(f, dot)) }
	}
	return nil
}

func plainType(t reflect.Type) bool { return t == stringType || t.Kind() == reflect.Int }

// What the bytes of a text become: those without an entry stay, a plus sign
// does in markup.go.
var (
	entities  = [...]string{"", "&#34;", "&amp;", "&#39;", "&lt;", "&gt;", "\uFFFD", "&#43;"}
	entityOf  = [256]uint8{'"': 1, '&': 2, '\'': 3, '<': 4, '>': 5, 0: 6}
	entityAll = [256]uint8{'"': 1, '&': 2, '\'': 3, '<': 4, '>': 5, 0: 6, '+': 7}
)

// writeText writes a text as html/template does in an element or in a quoted
// attribute.
func writeText(o *output, s string) { writeEntities(o, s, &entityAll) }

func writeEntities(o *output, s string, of *[256]uint8) {
	from := 0
	for i := 0; i < len(s); i++ {
		if e := of[s[i]]; e != 0 {
			o.write(s[from:i])
			o.write(entities[e])
			from = i + 1
		}
	}
	o.write(s[from:])
}

// addressTemplate has html/template itself write the addresses that are not
// plainly right.
var addressTemplate = template.Must(template.New("").Parse(`<a href="{{.}}">`))

// writeAddress writes an address as html/template does in a quoted attribute.
func writeAddress(o *output, s string) {
	if isPlainAddress(s) {
		writeText(o, s)
		return
	}
	var whole bytes.Buffer
	if err := addressTemplate.Execute(&whole, s); err != nil {
		panic(stop{})
	}
	o.writeBytes(bytes.TrimSuffix(bytes.TrimPrefix(whole.Bytes(), []byte(`<a href="`)), []byte(`">`)))
}

// isPlainAddress reports whether an address is of the site, of the web or of
// mail, and has only characters that addresses are made of (RFC 3986).
func isPlainAddress(s string) bool {
	if !strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "mailto:") {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !ofAddress[s[i]] && (s[i] != '%' || i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])) {
			return false
		}
	}
	return true
}

// ofAddress holds the characters of addresses but for "%".
var ofAddress = func() (of [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!#$&*+,/:;=?@[]") {
		of[c] = true
	}
	return of
}()

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
