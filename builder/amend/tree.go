package amend

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"time"
	"unicode/utf8"

	"gallerist/builder/strict"
)

// tree is what a document says: string, int64, float64, bool, stamp, nil, []any
// and map[string]any.
type tree = map[string]any

// stamp is a date or a time as TOML writes it.
type stamp string

func plain(v any) any {
	switch v := v.(type) {
	case strict.Stamp:
		return stamp(v.String())
	case map[string]any:
		return plainTable(v)
	case []any:
		for i, x := range v {
			v[i] = plain(x)
		}
	}
	return v
}

func plainTable(t map[string]any) map[string]any {
	out := make(map[string]any, len(t))
	for key, v := range t {
		out[key] = plain(v)
	}
	return out
}

// prune makes trees that mean the same equal. It leaves out keys whose tables or
// lists are empty, for some ways to write a table cannot say that it is there and
// empty, and makes 1.0 be 1.
func prune(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, x := range v {
			if x = prune(x); !empty(x) {
				out[key] = x
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = prune(x)
		}
		return out
	case float64:
		if isWhole(v) {
			return int64(v)
		}
	}
	return v
}

func isWhole(f float64) bool { return f == math.Trunc(f) && math.Abs(f) < 1<<53 }

func empty(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return false
}

// value turns a change's value into what the tree holds.
func value(v any) (any, error) {
	switch v := v.(type) {
	case string:
		if !utf8.ValidString(v) {
			return nil, errors.New("a text that is not UTF-8")
		}
		return v, nil
	case bool, int64:
		return v, nil
	case int:
		return int64(v), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("%v is no number of a document", v)
		}
		return v, nil
	case time.Time:
		_, offset := v.Zone()
		return stamp(v.In(time.FixedZone("", offset)).Format(time.RFC3339Nano)), nil
	case Date:
		return stamp(v.Format(time.DateOnly)), nil
	case []string:
		return list(v)
	case []float64:
		return list(v)
	}
	return nil, fmt.Errorf("a value of type %T", v)
}

func list[T any](in []T) (any, error) {
	out := make([]any, len(in))
	for i, x := range in {
		v, err := value(x)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

// same reports whether two values of trees are one; 1 and 1.0 are.
func same(a, b any) bool {
	switch x := a.(type) {
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, same)
	case int64, float64:
		return float(a) == float(b)
	}
	return reflect.DeepEqual(a, b)
}

func float(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return math.NaN()
}

// plan returns what a document should say after a change, nil where it says so
// already, and the path and value of the change as the document has them.
func plan(t tree, c Change) (want tree, path []string, v any, err error) {
	path, ok := parts(c.Path)
	if !ok {
		return nil, nil, nil, refuse(0, "write parts between dots, such as review.by", "the path %q names nothing", c.Path)
	}
	if c.Value != nil {
		if v, err = value(c.Value); err != nil {
			return nil, nil, nil, refuse(0, "give a text, a number, a date, true or false, or a list of them", "%s cannot be set to %v", name(path), err)
		}
	}
	path = resolve(t, path)
	if old, ok := lookup(t, path); ok == (v != nil) && (v == nil || same(old, v)) {
		return nil, path, v, nil
	}
	out, err := put(t, path, nil, v)
	if err != nil {
		return nil, nil, nil, err
	}
	return out.(tree), path, v, nil
}

// resolve takes out of a path the number 0 of what is a single table.
func resolve(t tree, path []string) []string {
	out := []string{}
	var at any = t
	for i, p := range path {
		if m, ok := at.(map[string]any); ok && p == "0" && i > 0 {
			if _, ok := m[p]; !ok {
				continue
			}
		}
		out = append(out, p)
		at, _ = step(at, p)
	}
	return out
}

// step goes one part down.
func step(at any, part string) (any, bool) {
	switch at := at.(type) {
	case map[string]any:
		v, ok := at[part]
		return v, ok
	case []any:
		if n, ok := number(part); ok && n < len(at) {
			return at[n], true
		}
	}
	return nil, false
}

func lookup(t tree, path []string) (v any, ok bool) {
	v = t
	for _, p := range path {
		if v, ok = step(v, p); !ok {
			return nil, false
		}
	}
	return v, true
}

// known returns how many parts of a path are there.
func known(t tree, path []string) int {
	for n := len(path); n > 0; n-- {
		if _, ok := lookup(t, path[:n]); ok {
			return n
		}
	}
	return 0
}

// put returns a copy of at with the value at path set, or taken out when v is
// nil. above is the path that led to it.
func put(at any, path, above []string, v any) (any, error) {
	here := append(slices.Clone(above), path[0])
	switch at := at.(type) {
	case map[string]any:
		old, ok := at[path[0]]
		if n, isNumber := number(path[0]); isNumber && !ok && n > 0 && n < maxList && len(at) > 0 && v != nil && len(above) > 0 {
			return nil, refuseAt(above, "make it a list: in TOML by [[two]] brackets around its name, in YAML by a hyphen before its first key", "there is one %s, not several", name(above))
		}
		at = maps.Clone(at)
		x, err := putBelow(old, ok && old != nil, path, here, v)
		if x == nil {
			delete(at, path[0])
		} else {
			at[path[0]] = x
		}
		return at, err
	case []any:
		n, ok := number(path[0])
		if !ok || n > len(at) {
			return nil, refuseAt(above, "number what stands there from 0; one behind the last adds one", "%s holds only %d", name(above), len(at))
		}
		if n == len(at) {
			x, err := build(path[1:], here, v)
			return append(slices.Clone(at), x), err
		}
		x, err := putBelow(at[n], true, path, here, v)
		if x == nil {
			return slices.Delete(slices.Clone(at), n, n+1), err
		}
		at = slices.Clone(at)
		at[n] = x
		return at, err
	}
	return nil, refuseAt(above, "change the value itself", "%s is no table, so it has no %s", name(above), name(path[:1]))
}

// maxList is how long lists are at most: a key that is a larger number is a name.
const maxList = 1000

// putBelow returns the new value under path[0], whose old one it is given.
func putBelow(old any, ok bool, path, here []string, v any) (any, error) {
	switch {
	case len(path) == 1 && v != nil && ok && isTable(old) && !empty(old):
		return nil, refuseAt(here, "change one of its keys", "%s is a table", name(here))
	case len(path) == 1:
		return v, nil
	case !ok:
		return build(path[1:], here, v)
	}
	return put(old, path[1:], here, v)
}

// isTable reports whether a value is a table or a list of some.
func isTable(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		return true
	case []any:
		return slices.ContainsFunc(v, isTable)
	}
	return false
}

// build returns the tables and lists that lead to a new value.
func build(path, above []string, v any) (any, error) {
	if len(path) == 0 {
		return v, nil
	}
	n, isNumber := number(path[0])
	if isNumber && n > 0 {
		return nil, refuseAt(above, "the first of a list is number 0", "there is no %s yet", name(above))
	}
	x, err := build(path[1:], append(slices.Clone(above), path[0]), v)
	if isNumber {
		return []any{x}, err
	}
	return map[string]any{path[0]: x}, err
}
