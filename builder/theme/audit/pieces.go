package audit

import (
	"reflect"
	"strings"

	"golang.org/x/net/html"

	"gallerist/builder/theme"
)

// visit calls f with every struct that a view holds, the frame of all pages left out.
func visit(v reflect.Value, f func(reflect.Value)) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			visit(v.Elem(), f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), f)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[theme.Base]() {
			return
		}
		f(v)
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				visit(v.Field(i), f)
			}
		}
	}
}

// cards are the pieces of a view by the address of their picture.
func (p *page) cards() map[string][]*theme.Card {
	list := map[string][]*theme.Card{}
	visit(reflect.ValueOf(p.view.Data), func(v reflect.Value) {
		if c, ok := v.Addr().Interface().(*theme.Card); ok && c.Picture != nil {
			list[c.Picture.Src] = append(list[c.Picture.Src], c)
		}
	})
	return list
}

// pieces looks at the credit line of every picture that the page shows: it stands
// beside it, in a <bdi>, and with what ties the author to the brand.
func (p *page) pieces() {
	known := p.cards()
	for _, img := range all(p.doc, "img") {
		if below(img, "main") == nil || len(known[attr(img, "src")]) == 0 {
			continue
		}
		p.credit(img, known)
	}
}

const creditHint = `write {{template "partials/credit" .}} beside the picture, always to be seen: it is the author's, who let you show it for that`

func (p *page) credit(img *html.Node, known map[string][]*theme.Card) {
	for _, card := range known[attr(img, "src")] {
		line := words(card.CreditLine)
		around := img.Parent
		for around != nil && around.Data != "main" && !strings.Contains(text(around), line) {
			around = around.Parent
		}
		if around == nil || around.Data == "main" && !strings.Contains(text(around), line) {
			continue // perhaps of another card with the same picture
		}
		if others(around, line, known) {
			continue
		}
		if !isolated(around, line) {
			p.errorf("write <bdi>{{.CreditLine}}</bdi>: names that read in the other direction turn the words around them", "a credit line stands in no <bdi>")
		}
		if card.Disclosure != "" && !strings.Contains(text(around), words(card.Disclosure)) {
			p.errorf("write {{with .Disclosure}}<span class=\"disclosure\">{{.}}</span>{{end}} after the credit line: the law asks for it wherever the piece stands", "a picture stands without what ties its author to the brand")
		}
		return
	}
	p.errorf(creditHint, "a picture stands without its credit line beside it")
}

// others reports whether an element holds pictures of pieces with other credit lines:
// then a line in it tells nobody whose picture is whose.
func others(around *html.Node, line string, known map[string][]*theme.Card) bool {
	for _, img := range all(around, "img") {
		cards := known[attr(img, "src")]
		same := len(cards) == 0
		for _, c := range cards {
			same = same || words(c.CreditLine) == line
		}
		if !same {
			return true
		}
	}
	return false
}

// isolated reports whether the line stands in a <bdi> somewhere below.
func isolated(n *html.Node, line string) bool {
	for _, bdi := range all(n, "bdi") {
		if strings.Contains(text(bdi), line) || strings.Contains(line, text(bdi)) && text(bdi) != "" {
			return true
		}
	}
	return false
}

// calls looks for the dates of every call that the page tells of: a page is read long
// after it was made, and a state without a date lies.
func (p *page) calls() {
	whole := text(p.doc)
	visit(reflect.ValueOf(p.view.Data), func(v reflect.Value) {
		if c, ok := v.Addr().Interface().(*theme.CallBox); ok && strings.Contains(whole, words(c.Question)) && !strings.Contains(whole, words(c.Dates)) {
			p.errorf("write {{.Dates}} beside it: the page is read long after it was made", "a call stands without its dates")
		}
	})
}

// foreign looks at the texts of which the view says that they are in another language
// than the page, and of which plain's page says so: this one must too.
func (p *page) foreign(theirs, mine index) {
	if !strings.HasSuffix(p.view.State, "texts in another language") {
		return
	}
	visit(reflect.ValueOf(p.view.Data), func(v reflect.Value) {
		for i := range v.NumField() {
			f := v.Type().Field(i)
			what, ok := strings.CutSuffix(f.Name, "Lang")
			if !ok || f.Type.Kind() != reflect.String || v.Field(i).String() == "" {
				continue
			}
			for _, name := range textsOf(v.Type(), what) {
				p.language(theirs, mine, v.Type().Name()+"."+name, v.FieldByName(name).String(), v.Field(i).String())
			}
		}
	})
}

// textsOf are the fields of a view that a field of a language is about: Excerpt of
// ExcerptLang, and of Lang the one that views name so.
func textsOf(t reflect.Type, what string) []string {
	names := []string{what}
	if what == "" {
		names = map[string][]string{
			"Card": {"Title"}, "Link": {"Text"}, "Wording": {"Text"}, "CallBox": {"Question"}, "Call": {"Question"}, "Edition": {"Title"}, "GalleryLink": {"Title"},
			"Product": {"Name"}, "Session": {"Title", "Text"}, "Moment": {"Text"}, "TeamGroup": {"Name"}, "Award": {"Reason"}, "Edit": {"What"}, "IdeaCard": {"Answer"},
		}[t.Name()]
	}
	var list []string
	for _, name := range names {
		if f, ok := t.FieldByName(name); ok && f.Type.Kind() == reflect.String {
			list = append(list, name)
		}
	}
	return list
}

// language tells of a text that stands on the page, nowhere with its language.
func (p *page) language(plain, mine index, field, value, tag string) {
	value = words(value)
	if value == "" {
		return
	}
	if _, told := plain.marked(value, tag); !told {
		return
	}
	if shown, told := mine.marked(value, tag); shown && !told {
		p.errorf("write {{lang …}} into the element's tag, as plain does: {{lang .Lang}} for what .Lang tells of; else it is read out in the wrong tongue", "%s does not say in which language it is", field)
	}
}

// marked reports whether a text stands on a page as an element of its own, and
// whether the page says there that it is in the language.
func (i index) marked(value, tag string) (shown, told bool) {
	for _, e := range i[value] {
		for n := e; n != nil; n = n.Parent {
			if l := attr(n, "lang"); l != "" {
				told = told || l == tag
				break
			}
		}
	}
	return len(i[value]) > 0, told
}

// index is the elements of a page's body by their words.
type index map[string][]*html.Node

func indexOf(doc *html.Node) index {
	in := index{}
	for _, body := range all(doc, "body") {
		in.add(body)
	}
	return in
}

// add adds an element and what is below it, and returns its words.
func (i index) add(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(i.add(c) + " ")
	}
	if said := words(b.String()); said != "" && n.Type == html.ElementNode {
		i[said] = append(i[said], n)
	}
	return b.String()
}
