package theme

import (
	"reflect"
	"strings"
	"text/template/parse"

	"gallerist/builder/problem"
)

// views are the types that the layouts get.
var views = map[string]reflect.Type{
	"home": reflect.TypeFor[Home](), "gallery": reflect.TypeFor[Gallery](),
	"submission": reflect.TypeFor[Submission](), "contributor": reflect.TypeFor[Contributor](),
	"index": reflect.TypeFor[Index](), "list": reflect.TypeFor[List](), "call": reflect.TypeFor[Call](), "poster": reflect.TypeFor[Poster](),
	"thanks": reflect.TypeFor[Thanks](), "thank": reflect.TypeFor[Thank](), "page": reflect.TypeFor[Article](),
	"series": reflect.TypeFor[Series](), "archive": reflect.TypeFor[Archive](),
	"feed": reflect.TypeFor[FeedPage](), "draw": reflect.TypeFor[Draw](), "404": reflect.TypeFor[NotFound](), "gone": reflect.TypeFor[Gone](),
	"rules": reflect.TypeFor[Rules](), "winners": reflect.TypeFor[Winners](), "styleguide": reflect.TypeFor[Styleguide](),
}

// viewOf returns the type of a layout's view, or nil.
func viewOf(layout string) reflect.Type {
	name, _, _ := strings.Cut(layout, "-")
	return views[name]
}

// check holds every template against the types of the views. A file that asks
// for what is not there is replaced by the next one of the lookup.
func (t *Theme) check(ps *problem.List) {
	for {
		bad := map[string]bool{}
		for _, layout := range t.templates.layouts() {
			c := checker{theme: t, set: t.templates.set(layout), seen: map[call]bool{}, bad: bad, problems: ps}
			c.template(base, viewOf(layout))
		}
		if len(bad) == 0 {
			return
		}
		for _, name := range sortedKeys(bad) {
			t.templates.add(name, t.templates[name].rest, ps)
		}
	}
}

// checker follows the templates of one layout as html/template would, with
// types in place of values. An unknown type is nil, and nothing is said of it.
type checker struct {
	theme    *Theme
	set      map[string]*parse.Tree
	seen     map[call]bool
	bad      map[string]bool // names of the files with problems
	problems *problem.List
	tree     *parse.Tree // being followed
	vars     []variable
}

type call struct {
	template string
	dot      reflect.Type
}

type variable struct {
	name string
	typ  reflect.Type
}

func (c *checker) report(n parse.Node, hint, text string, args ...any) {
	f := c.theme.templates[c.tree.ParseName]
	c.bad[f.name] = true
	c.problems.Errorf(f.position(n), hint, text, args...)
}

func (c *checker) template(name string, dot reflect.Type) {
	if c.seen[call{name, dot}] {
		return
	}
	c.seen[call{name, dot}] = true
	tree, vars := c.tree, c.vars
	c.tree, c.vars = c.set[name], []variable{{"$", dot}}
	c.list(c.tree.Root, dot)
	c.tree, c.vars = tree, vars
}

func (c *checker) list(list *parse.ListNode, dot reflect.Type) {
	if list == nil {
		return
	}
	scope := len(c.vars)
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.ActionNode:
			c.pipe(n.Pipe, dot)
		case *parse.TemplateNode:
			c.invoke(n, dot)
		case *parse.IfNode:
			c.branch(&n.BranchNode, dot, func(reflect.Type) reflect.Type { return dot })
		case *parse.WithNode:
			c.branch(&n.BranchNode, dot, func(t reflect.Type) reflect.Type { return t })
		case *parse.RangeNode:
			c.branch(&n.BranchNode, dot, func(t reflect.Type) reflect.Type { return c.element(n, t) })
		}
	}
	c.vars = c.vars[:scope]
}

func (c *checker) invoke(n *parse.TemplateNode, dot reflect.Type) {
	if c.set[n.Name] == nil {
		c.report(n, problem.DidYouMean(n.Name, sortedKeys(c.set)), "no partial or block %q", n.Name)
		return
	}
	var arg reflect.Type
	if n.Pipe != nil {
		arg = c.pipe(n.Pipe, dot)
	}
	c.template(n.Name, arg)
}

// branch follows if, with and range; inner gives the dot inside.
func (c *checker) branch(n *parse.BranchNode, dot reflect.Type, inner func(reflect.Type) reflect.Type) {
	scope := len(c.vars)
	typ := c.pipe(n.Pipe, dot)
	within := inner(typ)
	if n.NodeType == parse.NodeRange && len(n.Pipe.Decl) > 0 {
		c.vars[len(c.vars)-1].typ = within
		if len(n.Pipe.Decl) == 2 {
			c.vars[len(c.vars)-2].typ = nil
		}
	}
	c.list(n.List, within)
	c.vars = c.vars[:scope]
	c.list(n.ElseList, dot)
}

// element returns the type of what range gives.
func (c *checker) element(n *parse.RangeNode, t reflect.Type) reflect.Type {
	t = indirect(t)
	if t == nil {
		return nil
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map:
		return t.Elem()
	case reflect.Int, reflect.Interface:
		return nil
	}
	c.report(n, "range goes over lists; use with or if for a single thing", "%s is not a list", n.Pipe)
	return nil
}

// pipe returns the type of a pipeline's value and declares its variables.
func (c *checker) pipe(p *parse.PipeNode, dot reflect.Type) reflect.Type {
	var t reflect.Type
	for _, cmd := range p.Cmds {
		t = c.command(cmd, dot)
	}
	for _, d := range p.Decl {
		if p.IsAssign {
			continue
		}
		c.vars = append(c.vars, variable{d.Ident[0], t})
	}
	return t
}

func (c *checker) command(cmd *parse.CommandNode, dot reflect.Type) reflect.Type {
	var first reflect.Type
	for i, a := range cmd.Args {
		t := c.value(a, dot)
		if i == 1 {
			first = indirect(t)
		}
		if i == 0 && len(cmd.Args) == 1 {
			return t
		}
	}
	name, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok {
		return nil
	}
	switch name.Ident {
	case "asset":
		c.asset(cmd)
	case "index":
		if first != nil && len(cmd.Args) == 3 && (first.Kind() == reflect.Slice || first.Kind() == reflect.Map) {
			return first.Elem()
		}
	case "slice":
		return first
	}
	return nil
}

func (c *checker) asset(cmd *parse.CommandNode) {
	if name, ok := cmd.Args[1].(*parse.StringNode); ok && c.theme.hrefs[name.Text] == "" {
		c.report(cmd, problem.DidYouMean(name.Text, sortedKeys(c.theme.hrefs)), "no asset %q", name.Text)
	}
}

// value returns the type of an operand.
func (c *checker) value(n parse.Node, dot reflect.Type) reflect.Type {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return c.fields(n, dot, n.Ident)
	case *parse.VariableNode:
		return c.fields(n, c.variable(n.Ident[0]), n.Ident[1:])
	case *parse.ChainNode:
		return c.fields(n, c.value(n.Node, dot), n.Field)
	case *parse.PipeNode:
		return c.pipe(n, dot)
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	}
	return nil
}

func (c *checker) variable(name string) reflect.Type {
	for i := len(c.vars) - 1; i >= 0; i-- {
		if c.vars[i].name == name {
			return c.vars[i].typ
		}
	}
	return nil
}

func (c *checker) fields(n parse.Node, t reflect.Type, names []string) reflect.Type {
	for _, name := range names {
		t = indirect(t)
		if t == nil || t.Kind() == reflect.Interface {
			return nil
		}
		if t.Kind() == reflect.Map {
			t = t.Elem()
			continue
		}
		if t.Kind() != reflect.Struct {
			c.report(n, "it is a plain value, to be shown as it is", "%s has no field %q", n, name)
			return nil
		}
		f, ok := t.FieldByName(name)
		if !ok || !f.IsExported() {
			c.report(n, problem.DidYouMean(name, fieldNames(t)), "a %s has no field %q", t.Name(), name)
			return nil
		}
		t = f.Type
	}
	return t
}

func fieldNames(t reflect.Type) []string {
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		if !f.Anonymous && f.IsExported() {
			names = append(names, f.Name)
		}
	}
	return names
}

func indirect(t reflect.Type) reflect.Type {
	if t != nil && t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}
