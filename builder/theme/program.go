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
	body  step
	slots int // variables, $ first
}

// step writes a part of a page.
type step func(f *frame, dot reflect.Value)

// frame is the state of one page being written.
type frame struct {
	*bytes.Buffer
	words Words
	vars  []reflect.Value // of all running programs
	base  int             // where those of the current one begin
	depth int             // of calls
}

// maxDepth is how deep templates may call one another: html/template goes
// deeper, and ends with an error where a stack would overflow here.
const maxDepth = 1000

// stop ends a program that met a nil pointer or calls too deep.
type stop struct{}

// write runs a layout's program. It returns false for a view that the program
// is not for, or cannot do.
func (p *program) write(b *bytes.Buffer, words Words, view any, want reflect.Type) (done bool) {
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
	*f = frame{Buffer: b, words: words, vars: f.vars[:0]}
	p.call(f, dot)
	clear(f.vars[:cap(f.vars)]) // keep no view alive
	f.Buffer, f.words = nil, nil
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
	p.body(f, dot)
	f.vars = f.vars[:f.base]
	f.base = base
	f.depth--
}

// programmer compiles the templates of one layout, each for every type of dot
// that it is called with.
type programmer struct {
	theme *Theme
	trees map[string]*parse.Tree // escaped by html/template
	done  map[call]*program
	vars  []slot // in scope
	slots int    // used by the template being compiled
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
	at   int
}

// compileProgram makes a program of a layout's escaped templates, or nil.
func compileProgram(t *Theme, root *template.Template, view reflect.Type) *program {
	if view == nil {
		return nil
	}
	c := &programmer{theme: t, trees: map[string]*parse.Tree{}, done: map[call]*program{}}
	for _, tmpl := range root.Templates() {
		c.trees[tmpl.Name()] = tmpl.Tree
	}
	p, err := c.template(base, reflect.PointerTo(view))
	if err != nil {
		return nil
	}
	return p
}

func (c *programmer) template(name string, dot reflect.Type) (*program, error) {
	key := call{name, dot}
	if p := c.done[key]; p != nil {
		return p, nil
	}
	name, title := strings.CutSuffix(name, inTitle)
	tree := c.trees[name]
	if tree == nil {
		return nil, errBeyond
	}
	p := &program{}
	c.done[key] = p
	outer := *c
	c.vars, c.slots, c.title = []slot{{"$", dot, 0}}, 1, title
	body, err := c.list(tree.Root, dot)
	p.body, p.slots = body, c.slots
	*c = outer
	return p, err
}

func (c *programmer) list(list *parse.ListNode, dot reflect.Type) (step, error) {
	if list == nil {
		return func(*frame, reflect.Value) {}, nil
	}
	scope := len(c.vars)
	steps := make([]step, 0, len(list.Nodes))
	for _, n := range list.Nodes {
		s, err := c.node(n, dot)
		if err != nil {
			return nil, err
		}
		steps = append(steps, s)
	}
	c.vars = c.vars[:scope]
	if len(steps) == 1 {
		return steps[0], nil
	}
	return func(f *frame, dot reflect.Value) {
		for _, s := range steps {
			s(f, dot)
		}
	}, nil
}

func (c *programmer) node(n parse.Node, dot reflect.Type) (step, error) {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		if c.title && bytes.ContainsAny(text, "<>") {
			return nil, errBeyond
		}
		return func(f *frame, _ reflect.Value) { f.Write(text) }, nil
	case *parse.ActionNode:
		return c.action(n.Pipe, dot)
	case *parse.IfNode:
		return c.condition(&n.BranchNode, dot)
	case *parse.WithNode:
		return c.with(&n.BranchNode, dot)
	case *parse.RangeNode:
		return c.loop(&n.BranchNode, dot)
	case *parse.TemplateNode:
		return c.invoke(n, dot)
	}
	return nil, errBeyond
}

func (c *programmer) action(p *parse.PipeNode, dot reflect.Type) (step, error) {
	if p.IsAssign {
		return nil, errBeyond
	}
	if len(p.Decl) > 0 {
		e, err := c.pipe(p, dot)
		if err != nil || e.value == nil {
			return nil, errBeyond
		}
		at := c.declare(p.Decl[0], e.typ)
		return func(f *frame, dot reflect.Value) { f.vars[f.base+at] = e.value(f, dot) }, nil
	}
	return c.output(p, dot)
}

func (c *programmer) declare(v *parse.VariableNode, typ reflect.Type) int {
	at := c.slots
	c.slots++
	c.vars = append(c.vars, slot{v.Ident[0], typ, at})
	return at
}

func (c *programmer) condition(n *parse.BranchNode, dot reflect.Type) (step, error) {
	if len(n.Pipe.Decl) > 0 {
		return nil, errBeyond
	}
	e, err := c.pipe(n.Pipe, dot)
	if err != nil {
		return nil, err
	}
	truth := e.condition()
	yes, errYes := c.list(n.List, dot)
	no, errNo := c.list(n.ElseList, dot)
	if truth == nil || errYes != nil || errNo != nil {
		return nil, errBeyond
	}
	return func(f *frame, dot reflect.Value) {
		if truth(f, dot) {
			yes(f, dot)
		} else {
			no(f, dot)
		}
	}, nil
}

func (c *programmer) with(n *parse.BranchNode, dot reflect.Type) (step, error) {
	e, err := c.pipe(n.Pipe, dot)
	if err != nil || e.value == nil || !judged(e.typ) {
		return nil, errBeyond
	}
	scope, at := len(c.vars), 0 // $ is always set: slot 0 stands for none
	if len(n.Pipe.Decl) > 0 {
		at = c.declare(n.Pipe.Decl[0], e.typ)
	}
	yes, errYes := c.list(n.List, e.typ)
	c.vars = c.vars[:scope]
	no, errNo := c.list(n.ElseList, dot)
	if errYes != nil || errNo != nil {
		return nil, errBeyond
	}
	return func(f *frame, dot reflect.Value) {
		v := e.value(f, dot)
		if !truth(v) {
			no(f, dot)
			return
		}
		if at > 0 {
			f.vars[f.base+at] = v
		}
		yes(f, v)
	}, nil
}

func (c *programmer) loop(n *parse.BranchNode, dot reflect.Type) (step, error) {
	e, err := c.pipe(n.Pipe, dot)
	if err != nil || e.value == nil || e.typ.Kind() != reflect.Slice || len(n.Pipe.Decl) > 1 {
		return nil, errBeyond
	}
	scope, at := len(c.vars), 0
	if len(n.Pipe.Decl) > 0 {
		at = c.declare(n.Pipe.Decl[0], e.typ.Elem())
	}
	body, errBody := c.list(n.List, e.typ.Elem())
	c.vars = c.vars[:scope]
	none, errNone := c.list(n.ElseList, dot)
	if errBody != nil || errNone != nil {
		return nil, errBeyond
	}
	return func(f *frame, dot reflect.Value) {
		list := e.value(f, dot)
		if list.Len() == 0 {
			none(f, dot)
		}
		for i := range list.Len() {
			item := list.Index(i)
			if at > 0 {
				f.vars[f.base+at] = item
			}
			body(f, item)
		}
	}, nil
}

func (c *programmer) invoke(n *parse.TemplateNode, dot reflect.Type) (step, error) {
	if n.Pipe == nil || len(n.Pipe.Decl) > 0 {
		return nil, errBeyond
	}
	e, err := c.pipe(n.Pipe, dot)
	if err != nil || e.value == nil {
		return nil, errBeyond
	}
	name := n.Name
	if c.title {
		name += inTitle
	}
	p, err := c.template(name, e.typ)
	if err != nil {
		return nil, err
	}
	return func(f *frame, dot reflect.Value) { p.call(f, e.value(f, dot)) }, nil
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
