package theme

import (
	"bytes"
	"reflect"
	"strings"
	"sync/atomic"
)

// Thousands of pages show the same masthead, foot and cards. What a template
// made of them is remembered, since a template has nothing but its data, the
// words and the theme's files to make it of: neither clock nor counter nor the
// page it is called for. Two things are kept:
//
//   - of a site (KeepSite), those parts of templates that read nothing of a
//     page, which the compiler of programs finds out (span);
//   - of a card (KeepCard), what a template called with it as its dot wrote.
//
// Both live as long as the value they belong to. A layout that html/template
// runs itself remembers nothing and writes the same.

// KeepSite returns a site of which templates need say the same things once.
// Copies of it may differ in Menu and Languages; nothing else of them may, or
// may change.
func KeepSite(s Site) *Site {
	s.kept = new(kept)
	return &s
}

// KeepCard returns a card that several pages show. Nothing of it may change. A
// copy of it is a card of its own, of which nothing is remembered.
func KeepCard(c Card) *Card {
	both := &struct {
		Card
		kept kept
	}{Card: c}
	both.kept.card, both.Card.kept = &both.Card, &both.kept
	return &both.Card
}

// kept are the texts that programs wrote of one thing: of a card a handful at
// most. Of a site it is only the mark by which parts know it.
type kept struct {
	card  *Card // whose texts they are: a copy of it has others
	texts atomic.Pointer[keptText]
}

type keptText struct {
	of   *program
	text []byte
	next *keptText
}

func (k *kept) text(of *program) ([]byte, bool) {
	for t := k.texts.Load(); t != nil; t = t.next {
		if t.of == of {
			return t.text, true
		}
	}
	return nil, false
}

// add adds what a program wrote. Of two that add at the same moment one is
// forgotten, and will be made again.
func (k *kept) add(of *program, text []byte) {
	old := k.texts.Load()
	k.texts.CompareAndSwap(old, &keptText{of, bytes.Clone(text), old})
}

var cardType = reflect.TypeFor[*Card]()

// card runs a program on a card, or writes what it wrote of it before. Of
// programs called by one that is being remembered, nothing is remembered.
func (p *program) card(f *frame, dot reflect.Value) {
	c := dot.Interface().(*Card)
	if c == nil || c.kept == nil || c.kept.card != c || f.keeping {
		p.call(f, dot)
		return
	}
	if text, ok := c.kept.text(p); ok {
		f.writeBytes(text)
		return
	}
	from := len(f.page)
	f.keeping = true
	p.call(f, dot)
	f.keeping = false
	c.kept.add(p, f.page[from:])
}

// identity writes out a template and all that it calls: where it is the same
// in two layouts, the program is too.
func (c *programmer) identity(name string) string {
	var b strings.Builder
	for _, tree := range reach(c.trees, name) {
		b.WriteString(tree.Name + "\x00" + tree.Root.String() + "\x00")
	}
	return b.String()
}

// span says how far a value, or what is written of it, is the same.
type span uint8

const (
	everywhere span = iota // text, words, the theme's files
	onSite                 // on all pages of a site with the same menu
	onItem                 // likewise, for each thing of a list
	onPage                 // nowhere else
	theView                // a view or its Base: it depends on the field
	theSite                // a Site: likewise
)

// settled returns the span of a value that is used as it is.
func (s span) settled() span {
	switch s {
	case theView:
		return onPage
	case theSite:
		return onSite
	}
	return s
}

var baseType = reflect.TypeFor[Base]()

// field returns the span of the field of a struct, which may lie in embedded
// ones.
func (s span) field(typ reflect.Type, index []int) span {
	for _, i := range index {
		f := typ.Field(i)
		switch {
		case s == theSite && f.Name == "Languages":
			s = onPage
		case s == theSite:
			s = onSite
		case s == theView && typ == baseType && f.Name == "Site":
			s = theSite
		case s == theView && typ == baseType && f.Name == "Assets":
			s = onSite
		case s == theView && f.Type != baseType:
			s = onPage
		}
		typ = f.Type
	}
	return s
}

// siteKey is what the parts of a span up to onSite depend on: the site, and
// the one list of links that they may read of it.
type siteKey struct {
	site  *kept
	menu  *Link
	links int
}

// keyOf returns the key of a view, and the empty one where nothing may be
// remembered.
func keyOf(view any, assets *Assets) siteKey {
	v, ok := view.(interface{ common() *Base })
	if !ok {
		return siteKey{}
	}
	b := v.common()
	if b.Site == nil || b.Site.kept == nil || b.Assets != assets {
		return siteKey{}
	}
	key := siteKey{site: b.Site.kept, links: len(b.Site.Menu)}
	if key.links > 0 {
		key.menu = &b.Site.Menu[0]
	}
	return key
}

func (b *Base) common() *Base { return b }

// keep returns a step that writes what another wrote for the last page of the
// same key.
func keep(run step) step {
	type written struct {
		key  siteKey
		text []byte
	}
	var last atomic.Pointer[written]
	return func(f *frame, dot reflect.Value) {
		if f.key.site == nil {
			run(f, dot)
			return
		}
		if w := last.Load(); w != nil && w.key == f.key {
			f.writeBytes(w.text)
			return
		}
		from := len(f.page)
		run(f, dot)
		last.Store(&written{f.key, bytes.Clone(f.page[from:])})
	}
}

// join makes one step of several. Neighbours that read nothing of the page are
// remembered together.
func join(parts []part) part {
	whole := part{}
	var steps []step
	for i := 0; i < len(parts); {
		n, widest := 0, everywhere
		for i+n < len(parts) && parts[i+n].span <= onSite {
			widest = max(widest, parts[i+n].span)
			n++
		}
		switch {
		case n > 0 && widest == onSite:
			steps = append(steps, keep(inTurn(parts[i:i+n])))
		case n > 0:
			steps = append(steps, inTurn(parts[i:i+n]))
		default:
			n, widest = 1, parts[i].span
			steps = append(steps, parts[i].run)
		}
		whole.span = max(whole.span, widest)
		i += n
	}
	whole.run = sequence(steps)
	return whole
}

func inTurn(parts []part) step {
	steps := make([]step, len(parts))
	for i, p := range parts {
		steps[i] = p.run
	}
	return sequence(steps)
}

func sequence(steps []step) step {
	if len(steps) == 1 {
		return steps[0]
	}
	return func(f *frame, dot reflect.Value) {
		for _, s := range steps {
			s(f, dot)
		}
	}
}
