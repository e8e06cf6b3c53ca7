package theme

import (
	"bytes"
	"errors"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"sync"
	"text/template/parse"
)

// A layout is executed by html/template, which looks up every field by name
// and calls every escaper by reflection: half a millisecond for a page. As the
// types of the views are known, most layouts can be made into programs first:
// fields become offsets, and a text in which there is nothing to escape is
// written as it is. What a program cannot do is left to html/template: at
// compiling, the layout; at running, the page. A test holds both to the same
// bytes.

// errBeyond says that a template uses something that programs do not know.
var errBeyond = errors.New("beyond programs")

// program is a template for a type of dot.
type program struct {
	part
	slots int // variables, $ first
}

// step writes a part of a page.
type step func(f *frame, dot reflect.Value)

// part is a step and how far what it writes is the same.
type part struct {
	run  step
	span span
}

// frame is the state of one page being written.
type frame struct {
	output
	words Words
	vars  []reflect.Value // of all running programs
	base  int             // where those of the current one begin
	depth int             // of calls

	key     siteKey // of what is remembered of the site
	keeping bool    // a card is being remembered
}

// maxDepth is how deep templates may call one another: html/template goes
// deeper, and ends with an error where a stack would overflow here.
const maxDepth = 1000

// pageRoom is room for most pages, in bytes.
const pageRoom = 8 << 10

// stop ends a program that met a nil pointer or calls too deep.
type stop struct{}

// write runs a layout's program and writes the page. It returns false for a
// view that the program is not for, or cannot do, and writes nothing.
func (p *program) write(b *bytes.Buffer, r *Renderer, view any, want reflect.Type) (done bool) {
	dot := reflect.ValueOf(view)
	if dot.Kind() != reflect.Pointer || dot.IsNil() || dot.Type().Elem() != want {
		return false
	}
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(stop); !ok {
				panic(r)
			}
			done = false
		}
	}()
	f := frames.Get().(*frame)
	b.Grow(pageRoom)
	*f = frame{output: output{b.AvailableBuffer()}, words: r.words, vars: f.vars[:0], key: keyOf(view, r.theme.Assets)}
	p.call(f, dot)
	b.Write(f.page)             // into its own room, mostly
	clear(f.vars[:cap(f.vars)]) // keep no view alive
	f.page, f.words, f.key = nil, nil, siteKey{}
	frames.Put(f)
	return true
}

var frames = sync.Pool{New: func() any { return &frame{vars: make([]reflect.Value, 0, 32)} }}

// call runs a program with variables of its own.
func (p *program) call(f *frame, dot reflect.Value) {
	if f.depth++; f.depth > maxDepth {
		panic(stop{})
	}
	base := f.base
	f.base = len(f.vars)
	f.vars = append(f.vars, dot)
	for range p.slots - 1 {
		f.vars = append(f.vars, reflect.Value{})
	}
	p.run(f, dot)
	f.vars = f.vars[:f.base]
	f.base = base
	f.depth--
}

// programmer compiles the templates of one layout, each for every type of dot
// that it is called with.
type programmer struct {
	theme *Theme
	cards map[string]*program    // of the language, by identity
	trees map[string]*parse.Tree // escaped by html/template
	done  map[called]*program
	vars  []slot // in scope
	slots int    // used by the template being compiled
	loops int    // around what is being compiled
	title bool   // within <title>
}

// inTitle ends the names of the copies that html/template makes of templates
// called within <title>. It keeps the copies to itself, so there a program is
// made of the template as written, every action of which is escaped as a
// title's text. Tags are beyond that.
const inTitle = "$htmltemplate_stateRCDATA_elementTitle"

type slot struct {
	name string
	typ  reflect.Type
	span span
	at   int
}

// called is a template with what it is called with.
type called struct {
	call
	span span
}

// compileProgram makes a program of a layout's escaped templates, or nil.
func compileProgram(t *Theme, root *template.Template, view reflect.Type, cards map[string]*program) *program {
	if view == nil {
		return nil
	}
	c := &programmer{theme: t, cards: cards, trees: map[string]*parse.Tree{}, done: map[called]*program{}}
	for _, tmpl := range root.Templates() {
		c.trees[tmpl.Name()] = tmpl.Tree
	}
	p, err := c.template(base, reflect.PointerTo(view), theView)
	if err != nil {
		return nil
	}
	return p
}

func (c *programmer) template(name string, dot reflect.Type, of span) (*program, error) {
	key := called{call{name, dot}, of}
	if p := c.done[key]; p != nil {
		return p, nil
	}
	name, title := strings.CutSuffix(name, inTitle)
	tree := c.trees[name]
	if tree == nil {
		return nil, errBeyond
	}
	identity := ""
	if dot == cardType && !title {
		identity = c.identity(name)
		if p := c.cards[identity]; p != nil {
			return p, nil
		}
	}
	p := &program{part: part{span: onPage}} // until it is known
	c.done[key] = p
	outer := *c
	c.vars, c.slots, c.loops, c.title = []slot{{"$", dot, of, 0}}, 1, 0, title
	body, err := c.list(tree.Root, dot, of)
	p.part, p.slots = body, c.slots
	*c = outer
	if identity != "" && err == nil {
		c.cards[identity] = p
	}
	return p, err
}

func (c *programmer) list(list *parse.ListNode, dot reflect.Type, of span) (part, error) {
	if list == nil {
		return part{run: func(*frame, reflect.Value) {}}, nil
	}
	scope := len(c.vars)
	parts := make([]part, 0, len(list.Nodes))
	for _, n := range list.Nodes {
		p, err := c.node(n, dot, of)
		if err != nil {
			return part{}, err
		}
		parts = append(parts, p)
	}
	c.vars = c.vars[:scope]
	return join(parts), nil
}

func (c *programmer) node(n parse.Node, dot reflect.Type, of span) (part, error) {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		if c.title && bytes.ContainsAny(text, "<>") {
			return part{}, errBeyond
		}
		return part{run: func(f *frame, _ reflect.Value) { f.writeBytes(text) }}, nil
	case *parse.ActionNode:
		return c.action(n.Pipe, dot, of)
	case *parse.IfNode:
		return c.condition(&n.BranchNode, dot, of)
	case *parse.WithNode:
		return c.with(&n.BranchNode, dot, of)
	case *parse.RangeNode:
		return c.loop(&n.BranchNode, dot, of)
	case *parse.TemplateNode:
		return c.invoke(n, dot, of)
	}
	return part{}, errBeyond
}

func (c *programmer) action(p *parse.PipeNode, dot reflect.Type, of span) (part, error) {
	if p.IsAssign {
		return part{}, errBeyond
	}
	if len(p.Decl) > 0 {
		e, err := c.pipe(p, dot, of)
		if err != nil || e.value == nil {
			return part{}, errBeyond
		}
		at := c.declare(p.Decl[0], e.typ, e.span)
		set := func(f *frame, dot reflect.Value) { f.vars[f.base+at] = e.value(f, dot) }
		return part{set, onPage}, nil // never remembered, for what follows needs it
	}
	return c.output(p, dot, of)
}

func (c *programmer) declare(v *parse.VariableNode, typ reflect.Type, of span) int {
	at := c.slots
	c.slots++
	c.vars = append(c.vars, slot{v.Ident[0], typ, of, at})
	return at
}

func (c *programmer) condition(n *parse.BranchNode, dot reflect.Type, of span) (part, error) {
	if len(n.Pipe.Decl) > 0 {
		return part{}, errBeyond
	}
	e, err := c.pipe(n.Pipe, dot, of)
	if err != nil {
		return part{}, err
	}
	truth := e.condition()
	yes, errYes := c.list(n.List, dot, of)
	no, errNo := c.list(n.ElseList, dot, of)
	if truth == nil || errYes != nil || errNo != nil {
		return part{}, errBeyond
	}
	return part{span: max(e.span.settled(), yes.span, no.span), run: func(f *frame, dot reflect.Value) {
		if truth(f, dot) {
			yes.run(f, dot)
		} else {
			no.run(f, dot)
		}
	}}, nil
}

func (c *programmer) with(n *parse.BranchNode, dot reflect.Type, of span) (part, error) {
	e, err := c.pipe(n.Pipe, dot, of)
	if err != nil || e.value == nil || !judged(e.typ) {
		return part{}, errBeyond
	}
	scope, at := len(c.vars), 0 // $ is always set: slot 0 stands for none
	if len(n.Pipe.Decl) > 0 {
		at = c.declare(n.Pipe.Decl[0], e.typ, e.span)
	}
	yes, errYes := c.list(n.List, e.typ, e.span)
	c.vars = c.vars[:scope]
	no, errNo := c.list(n.ElseList, dot, of)
	if errYes != nil || errNo != nil {
		return part{}, errBeyond
	}
	return part{span: max(e.span.settled(), yes.span, no.span), run: func(f *frame, dot reflect.Value) {
		v := e.value(f, dot)
		if !truth(v) {
			no.run(f, dot)
			return
		}
		if at > 0 {
			f.vars[f.base+at] = v
		}
		yes.run(f, v)
	}}, nil
}

func (c *programmer) loop(n *parse.BranchNode, dot reflect.Type, of span) (part, error) {
	e, err := c.pipe(n.Pipe, dot, of)
	if err != nil || e.value == nil || e.typ.Kind() != reflect.Slice || len(n.Pipe.Decl) > 1 {
		return part{}, errBeyond
	}
	list := e.span.settled()
	scope, at, item := len(c.vars), 0, onItem
	if list > onItem || c.loops > 0 {
		item = onPage // what hangs on two lists is no part of either
	}
	if len(n.Pipe.Decl) > 0 {
		at = c.declare(n.Pipe.Decl[0], e.typ.Elem(), item)
	}
	c.loops++
	body, errBody := c.list(n.List, e.typ.Elem(), item)
	c.loops--
	c.vars = c.vars[:scope]
	none, errNone := c.list(n.ElseList, dot, of)
	if errBody != nil || errNone != nil {
		return part{}, errBeyond
	}
	if body.span == onItem { // all of them are what the list is
		body.span = list
	}
	return part{span: max(list, body.span, none.span), run: func(f *frame, dot reflect.Value) {
		list := e.value(f, dot)
		if list.Len() == 0 {
			none.run(f, dot)
		}
		for i := range list.Len() {
			item := list.Index(i)
			if at > 0 {
				f.vars[f.base+at] = item
			}
			body.run(f, item)
		}
	}}, nil
}

func (c *programmer) invoke(n *parse.TemplateNode, dot reflect.Type, of span) (part, error) {
	if n.Pipe == nil || len(n.Pipe.Decl) > 0 {
		return part{}, errBeyond
	}
	e, err := c.pipe(n.Pipe, dot, of)
	if err != nil || e.value == nil {
		return part{}, errBeyond
	}
	name := n.Name
	if c.title {
		name += inTitle
	}
	p, err := c.template(name, e.typ, e.span)
	if err != nil {
		return part{}, err
	}
	if e.typ == cardType && !c.title {
		return part{func(f *frame, dot reflect.Value) { p.card(f, e.value(f, dot)) }, p.span}, nil
	}
	return part{func(f *frame, dot reflect.Value) { p.call(f, e.value(f, dot)) }, p.span}, nil
}

// variable returns the slot of a variable in scope.
func (c *programmer) variable(name string) (slot, bool) {
	for _, v := range slices.Backward(c.vars) {
		if v.name == name {
			return v, true
		}
	}
	return slot{}, false
}
