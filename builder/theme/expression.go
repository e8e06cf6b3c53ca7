package theme

import (
	"html/template"
	"reflect"
	"strconv"
	"text/template/parse"
)

// expression is a value that a program reads or makes: text is set for texts
// and numbers, truth alone for conditions.
type expression struct {
	typ   reflect.Type
	value func(*frame, reflect.Value) reflect.Value
	text  func(*frame, reflect.Value) string
	truth func(*frame, reflect.Value) bool
	write step // of an element that is better written than made first; nil = text does
	span  span
}

var stringType = reflect.TypeFor[string]()

// made makes the expression of a text that is made.
func made(typ reflect.Type, text func(*frame, reflect.Value) string) expression {
	return expression{typ: typ, text: text, value: func(f *frame, dot reflect.Value) reflect.Value {
		return reflect.ValueOf(text(f, dot)).Convert(typ)
	}}
}

// read makes the expression of a value that is there.
func read(typ reflect.Type, value func(*frame, reflect.Value) reflect.Value) expression {
	e := expression{typ: typ, value: value}
	switch typ.Kind() {
	case reflect.String:
		e.text = func(f *frame, dot reflect.Value) string { return value(f, dot).String() }
	case reflect.Int:
		e.text = func(f *frame, dot reflect.Value) string { return strconv.FormatInt(value(f, dot).Int(), 10) }
	}
	return e
}

// condition returns whether the value counts as true, or nil for a type that
// programs do not judge.
func (e expression) condition() func(*frame, reflect.Value) bool {
	if e.truth != nil {
		return e.truth
	}
	if e.typ.Kind() == reflect.String {
		return func(f *frame, dot reflect.Value) bool { return e.text(f, dot) != "" }
	}
	if !judged(e.typ) {
		return nil
	}
	return func(f *frame, dot reflect.Value) bool { return truth(e.value(f, dot)) }
}

func judged(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.String, reflect.Slice, reflect.Pointer, reflect.Bool, reflect.Int, reflect.Struct:
		return true
	}
	return false
}

// truth is that of package text/template for the judged kinds.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice:
		return v.Len() > 0
	case reflect.Pointer:
		return !v.IsNil()
	case reflect.Bool:
		return v.Bool()
	case reflect.Int:
		return v.Int() != 0
	}
	return true
}

// pipe compiles a pipeline of one command; the escapers that html/template
// puts at the end of others are read by output.
func (c *programmer) pipe(p *parse.PipeNode, dot reflect.Type, of span) (expression, error) {
	if len(p.Cmds) != 1 {
		return expression{}, errBeyond
	}
	return c.command(p.Cmds[0], dot, of)
}

func (c *programmer) command(cmd *parse.CommandNode, dot reflect.Type, of span) (expression, error) {
	name, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok {
		if len(cmd.Args) > 1 {
			return expression{}, errBeyond
		}
		return c.operand(cmd.Args[0], dot, of)
	}
	var args []expression
	for _, a := range cmd.Args[1:] {
		e, err := c.operand(a, dot, of)
		if err != nil {
			return e, err
		}
		args = append(args, e)
	}
	e, err := c.function(name.Ident, args)
	for _, a := range args {
		e.span = max(e.span, a.span.settled())
	}
	return e, err
}

func (c *programmer) operand(n parse.Node, dot reflect.Type, of span) (expression, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		return read1(dot, of, func(_ *frame, dot reflect.Value) reflect.Value { return dot })
	case *parse.FieldNode:
		e, err := read1(dot, of, func(_ *frame, dot reflect.Value) reflect.Value { return dot })
		if err != nil {
			return e, err
		}
		return fields(e, n.Ident)
	case *parse.VariableNode:
		v, ok := c.variable(n.Ident[0])
		if !ok {
			return expression{}, errBeyond
		}
		e, err := read1(v.typ, v.span, func(f *frame, _ reflect.Value) reflect.Value { return f.vars[f.base+v.at] })
		if err != nil {
			return e, err
		}
		return fields(e, n.Ident[1:])
	case *parse.StringNode:
		text, value := n.Text, reflect.ValueOf(n.Text)
		return expression{
			typ:   stringType,
			value: func(*frame, reflect.Value) reflect.Value { return value },
			text:  func(*frame, reflect.Value) string { return text },
		}, nil
	case *parse.NumberNode:
		if !n.IsInt {
			return expression{}, errBeyond
		}
		value := reflect.ValueOf(int(n.Int64))
		return read(value.Type(), func(*frame, reflect.Value) reflect.Value { return value }), nil
	case *parse.PipeNode:
		return c.pipe(n, dot, of)
	}
	return expression{}, errBeyond
}

func read1(typ reflect.Type, of span, value func(*frame, reflect.Value) reflect.Value) (expression, error) {
	if typ == nil {
		return expression{}, errBeyond
	}
	e := read(typ, value)
	e.span = of
	return e, nil
}

// fields compiles .A.B.C: offsets in structs, through pointers.
func fields(e expression, names []string) (expression, error) {
	for _, name := range names {
		from, typ, of, pointer := e.value, e.typ, e.span, e.typ.Kind() == reflect.Pointer
		if pointer {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || from == nil {
			return e, errBeyond
		}
		field, ok := typ.FieldByName(name)
		if !ok || !field.IsExported() || !promoted(typ, field.Index) {
			return e, errBeyond
		}
		e = read(field.Type, func(f *frame, dot reflect.Value) reflect.Value {
			v := from(f, dot)
			if pointer {
				if v.IsNil() {
					panic(stop{})
				}
				v = v.Elem()
			}
			for _, i := range field.Index {
				v = v.Field(i)
			}
			return v
		})
		e.span = of.field(typ, field.Index)
	}
	return e, nil
}

// promoted reports whether no pointer lies on the way to a field.
func promoted(typ reflect.Type, index []int) bool {
	for _, i := range index[:len(index)-1] {
		typ = typ.Field(i).Type
		if typ.Kind() != reflect.Struct {
			return false
		}
	}
	return true
}

// function compiles a call.
func (c *programmer) function(name string, args []expression) (expression, error) {
	switch {
	case name == "t" && len(args) > 0:
		return c.label(args)
	case name == "n" && len(args) > 1 && args[1].typ.Kind() == reflect.Int:
		return c.plural(args)
	case name == "picture" && len(args) == 1 && args[0].value != nil:
		return drawn(args[0])
	case name == "lang" && texts(args, 1):
		attributes := made(reflect.TypeFor[template.HTMLAttr](), func(f *frame, dot reflect.Value) string {
			return string(langAttributes(f.words, args[0].text(f, dot)))
		})
		attributes.write = func(f *frame, dot reflect.Value) { writeLang(&f.output, f.words, args[0].text(f, dot)) }
		return attributes, nil
	case name == "style" && texts(args, 2):
		return made(reflect.TypeFor[template.CSS](), func(f *frame, dot reflect.Value) string {
			return string(style(args[0].text(f, dot), args[1].text(f, dot)))
		}), nil
	case name == "style" && texts(args, 3):
		return made(reflect.TypeFor[template.CSS](), func(f *frame, dot reflect.Value) string {
			return string(style(args[0].text(f, dot), args[1].text(f, dot), args[2].text(f, dot)))
		}), nil
	case name == "spot" && texts(args, 2):
		return made(reflect.TypeFor[template.CSS](), func(f *frame, dot reflect.Value) string {
			return string(spot(args[0].text(f, dot), args[1].text(f, dot)))
		}), nil
	case name == "asset" && texts(args, 1):
		return made(stringType, func(f *frame, dot reflect.Value) string { return c.theme.Asset(args[0].text(f, dot)) }), nil
	case name == "eq" && texts(args, 2):
		return judgement(func(f *frame, dot reflect.Value) bool { return args[0].text(f, dot) == args[1].text(f, dot) })
	case name == "ne" && texts(args, 2):
		return judgement(func(f *frame, dot reflect.Value) bool { return args[0].text(f, dot) != args[1].text(f, dot) })
	case name == "gt" && len(args) == 2 && args[0].typ.Kind() == reflect.Int && args[1].typ.Kind() == reflect.Int:
		return judgement(func(f *frame, dot reflect.Value) bool {
			return args[0].value(f, dot).Int() > args[1].value(f, dot).Int()
		})
	case name == "not" && len(args) == 1 && args[0].condition() != nil:
		is := args[0].condition()
		return judgement(func(f *frame, dot reflect.Value) bool { return !is(f, dot) })
	case name == "index" && listAndInt(args):
		return element(args[0], args[1]), nil
	case name == "slice" && listAndInt(args):
		return rest(args[0], args[1]), nil
	case (name == "or" || name == "and") && len(args) > 0:
		return choice(args, name == "or")
	}
	return expression{}, errBeyond
}

// listAndInt reports whether the arguments are a list and a whole number.
func listAndInt(args []expression) bool {
	return len(args) == 2 && args[0].typ.Kind() == reflect.Slice && args[0].value != nil && args[1].typ.Kind() == reflect.Int
}

func element(list, at expression) expression {
	return read(list.typ.Elem(), func(f *frame, dot reflect.Value) reflect.Value {
		v, i := list.value(f, dot), at.value(f, dot).Int()
		if i < 0 || i >= int64(v.Len()) {
			panic(stop{}) // html/template will say it
		}
		return v.Index(int(i))
	})
}

func rest(list, from expression) expression {
	return read(list.typ, func(f *frame, dot reflect.Value) reflect.Value {
		v, i := list.value(f, dot), from.value(f, dot).Int()
		if i < 0 || i > int64(v.Len()) {
			panic(stop{})
		}
		return v.Slice(int(i), v.Len())
	})
}

// texts reports whether there are n arguments, all plain strings.
func texts(args []expression, n int) bool {
	for _, a := range args {
		if a.typ != stringType {
			return false
		}
	}
	return len(args) == n
}

func judgement(is func(*frame, reflect.Value) bool) (expression, error) {
	return expression{typ: reflect.TypeFor[bool](), truth: is}, nil
}

// choice compiles or and and: the first argument that decides, or the last.
func choice(args []expression, want bool) (expression, error) {
	e := expression{typ: args[0].typ}
	var conditions []func(*frame, reflect.Value) bool
	for _, a := range args {
		is := a.condition()
		if is == nil {
			return e, errBeyond
		}
		conditions = append(conditions, is)
		if a.typ != e.typ {
			e.typ = reflect.TypeFor[bool]() // of different types: a condition only
		}
	}
	decide := func(f *frame, dot reflect.Value) int {
		for i, is := range conditions[:len(conditions)-1] {
			if is(f, dot) == want {
				return i
			}
		}
		return len(conditions) - 1
	}
	if e.typ == stringType {
		return read(stringType, func(f *frame, dot reflect.Value) reflect.Value { return args[decide(f, dot)].value(f, dot) }), nil
	}
	return judgement(func(f *frame, dot reflect.Value) bool { return conditions[decide(f, dot)](f, dot) })
}

// drawn compiles the call of picture.
func drawn(e expression) (expression, error) {
	var picture func(v reflect.Value) *Picture
	switch e.typ {
	case reflect.TypeFor[Picture]():
		picture = func(v reflect.Value) *Picture {
			if v.CanAddr() {
				return v.Addr().Interface().(*Picture)
			}
			p := v.Interface().(Picture)
			return &p
		}
	case reflect.TypeFor[*Picture]():
		picture = func(v reflect.Value) *Picture {
			p := v.Interface().(*Picture)
			if p == nil {
				panic(stop{})
			}
			return p
		}
	default:
		return expression{}, errBeyond
	}
	element := made(reflect.TypeFor[template.HTML](), func(f *frame, dot reflect.Value) string {
		return string(pictureElement(f.words, *picture(e.value(f, dot))))
	})
	element.write = func(f *frame, dot reflect.Value) { writePicture(&f.output, f.words, picture(e.value(f, dot))) }
	return element, nil
}

func (c *programmer) label(args []expression) (expression, error) {
	if args[0].typ != stringType {
		return expression{}, errBeyond
	}
	rest, ok := arguments(args[1:])
	if !ok {
		return expression{}, errBeyond
	}
	return made(stringType, func(f *frame, dot reflect.Value) string {
		return f.words.Label(args[0].text(f, dot), rest(f, dot)...)
	}), nil
}

func (c *programmer) plural(args []expression) (expression, error) {
	rest, ok := arguments(args[2:])
	if !ok || args[0].typ != stringType {
		return expression{}, errBeyond
	}
	return made(stringType, func(f *frame, dot reflect.Value) string {
		return f.words.Plural(args[0].text(f, dot), int(args[1].value(f, dot).Int()), rest(f, dot)...)
	}), nil
}

// arguments returns what makes the values of a call.
func arguments(args []expression) (func(*frame, reflect.Value) []any, bool) {
	for _, a := range args {
		if a.value == nil {
			return nil, false
		}
	}
	return func(f *frame, dot reflect.Value) []any {
		values := make([]any, len(args))
		for i, a := range args {
			values[i] = a.value(f, dot).Interface()
		}
		return values
	}, true
}
