package source

import (
	"reflect"
	"slices"
	"time"
)

// plain writes or reads any plain data, by its type: structs field by field,
// lists, maps by text, pointers, texts, numbers, times. It is for what few
// folders have; submissions are written by functions of their own.
func plain[T any](c *coder, p *T) { c.value(reflect.ValueOf(p).Elem()) }

func (c *coder) value(v reflect.Value) {
	if c.err != nil {
		return
	}
	switch v.Kind() {
	case reflect.String:
		s := v.String()
		c.text(&s)
		v.SetString(s)
	case reflect.Bool:
		on := v.Bool()
		c.bool(&on)
		v.SetBool(on)
	case reflect.Float64:
		f := v.Float()
		c.float(&f)
		v.SetFloat(f)
	case reflect.Int, reflect.Int64:
		n := v.Int()
		number(c, &n)
		v.SetInt(n)
	case reflect.Struct:
		c.fields(v)
	case reflect.Pointer:
		c.pointed(v)
	case reflect.Slice:
		c.elements(v)
	case reflect.Map:
		c.entries(v)
	default:
		panic("source: cannot write a " + v.Type().String())
	}
}

func (c *coder) fields(v reflect.Value) {
	if at, ok := v.Addr().Interface().(*time.Time); ok {
		c.time(at)
		return
	}
	for i := range v.NumField() {
		c.value(v.Field(i))
	}
}

func (c *coder) pointed(v reflect.Value) {
	if c.uint(uint64(b2i(!v.IsNil()))) == 0 {
		v.SetZero()
		return
	}
	if v.IsNil() {
		v.Set(reflect.New(v.Type().Elem()))
	}
	c.value(v.Elem())
}

func (c *coder) elements(v reflect.Value) {
	n, some := c.count(v.Len(), v.IsNil())
	if !some {
		v.SetZero()
		return
	}
	if c.reading {
		v.Set(reflect.MakeSlice(v.Type(), n, n))
	}
	for i := range n {
		c.value(v.Index(i))
	}
}

func (c *coder) entries(v reflect.Value) {
	n, some := c.count(v.Len(), v.IsNil())
	if !some {
		v.SetZero()
		return
	}
	var keys []string
	if c.reading {
		v.Set(reflect.MakeMapWithSize(v.Type(), n))
		keys = make([]string, n)
	} else {
		for _, key := range v.MapKeys() {
			keys = append(keys, key.String())
		}
		slices.Sort(keys)
	}
	for _, key := range keys {
		c.text(&key)
		each := reflect.New(v.Type().Elem()).Elem()
		if !c.reading {
			each.Set(v.MapIndex(reflect.ValueOf(key).Convert(v.Type().Key())))
		}
		if c.value(each); c.err != nil {
			return
		}
		if c.reading {
			v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), each)
		}
	}
}
