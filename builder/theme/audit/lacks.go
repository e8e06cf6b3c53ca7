package audit

import (
	"html"
	"reflect"
	"strings"

	nodes "golang.org/x/net/html"

	"gallerist/builder/lazyregexp"
	"gallerist/builder/theme"
)

var tag = lazyregexp.New(`<[^>]*>`)

// lacks tells of what the view has and plain shows, and the theme does not: a text
// or a link that visitors would miss. Plain shows what is all of an element's text, or
// of an attribute; the theme may show it in any place.
func (p *page) lacks(there index, plain *nodes.Node) {
	given := attributesOf(plain)
	var here string
	visit(reflect.ValueOf(p.view.Data), func(v reflect.Value) {
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() || f.Type.Kind() != reflect.String || notShown(v.Type(), f.Name) {
				continue
			}
			value := words(v.Field(i).String())
			if strings.Contains(value, "<") {
				value = words(html.UnescapeString(tag().ReplaceAllString(value, " ")))
			}
			if value == "" || len(there[value]) == 0 && !given[value] {
				continue
			}
			if here == "" {
				here = everything(p.doc)
			}
			if !strings.Contains(here, value) {
				p.warnf("show it where it fits the design, or look at how plain's layout does it", "plain shows %s here, and this theme does not", v.Type().Name()+"."+f.Name)
			}
		}
	})
}

// notShown are fields that are not for people to read, or not in every design.
func notShown(t reflect.Type, field string) bool {
	switch t {
	case reflect.TypeFor[theme.Picture](), reflect.TypeFor[theme.Source](), reflect.TypeFor[theme.ClipSource]():
		return true
	}
	switch field {
	case "Ratio", "Color", "ID", "Kind", "State", "Poster", "Format", "Initial", "X", "Y":
		return true
	}
	return strings.HasSuffix(field, "Lang")
}

// attributesOf are the values of all attributes in a page's body.
func attributesOf(doc *nodes.Node) map[string]bool {
	given := map[string]bool{}
	for _, body := range all(doc, "body") {
		each(body, func(e *nodes.Node) {
			for _, a := range e.Attr {
				given[words(a.Val)] = true
			}
		})
	}
	return given
}

// everything is all words and attributes of a page's body in one line.
func everything(doc *nodes.Node) string {
	var b strings.Builder
	for _, body := range all(doc, "body") {
		b.WriteString(text(body))
		each(body, func(e *nodes.Node) {
			for _, a := range e.Attr {
				b.WriteString(" " + words(a.Val))
			}
		})
	}
	return b.String()
}
