package amend

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestRandom: in random documents, random changes touch only the lines that they
// are about, keep every comment, say what they should and nothing else, are
// nothing when made again, and are undone byte by byte.
func TestRandom(t *testing.T) {
	refused := 0
	const rounds = 1500
	for seed := range uint64(rounds) {
		w := &writer{Rand: rand.New(rand.NewPCG(seed, 7)), newline: "\n"}
		src := w.document()
		before, err := read("x.md", src)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, src)
		}
		if err := w.change(src, before); errors.Is(err, errRefused) {
			refused++
		} else if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
	if refused > rounds/300 {
		t.Errorf("%d of %d changes were refused", refused, rounds)
	}
}

var errRefused = errors.New("refused")

// change makes one change and looks at what became of the file.
func (w *writer) change(src []byte, before tree) error {
	path, old, is := w.place(before)
	c := Change{Path: Join(path...), Value: w.value(old)}
	if is && w.IntN(3) == 0 {
		c.Value = nil
	}
	out, err := Apply("x.md", src, c)
	told := fmt.Sprintf("%s = %#v\n%s\n--\n%s", c.Path, c.Value, src, out)
	if err != nil {
		if told = fmt.Sprintf("%v\n%s", err, told); !errors.As(err, new(*Error)) {
			return errors.New(told)
		}
		if testing.Verbose() {
			fmt.Println(told)
		}
		return errRefused
	}
	after, err := read("x.md", out)
	if err != nil {
		return fmt.Errorf("%w\n%s", err, told)
	}
	want := model(before, path, c.Value)
	if !reflect.DeepEqual(prune(after), prune(want)) {
		return fmt.Errorf("reads as\n%v, not\n%v\n%s", after, want, told)
	}
	_, element := number(path[len(path)-1])
	if again, err := Apply("x.md", out, c); (c.Value != nil || !element) && (err != nil || !bytes.Equal(again, out)) {
		return fmt.Errorf("again: %v\n%s\n%s", err, again, told)
	}
	if err := lines(src, out, c, old); err != nil {
		return fmt.Errorf("%w\n%s", err, told)
	}
	return w.undo(src, out, before, path, old, is, c, told)
}

// lines looks at which lines differ.
func lines(src, out []byte, c Change, old any) error {
	a, b := strings.SplitAfter(string(src), "\n"), strings.SplitAfter(string(out), "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	gone, fresh := strings.Join(a, ""), strings.Join(b, "")
	if c.Value == nil {
		wrote := 0
		for _, line := range b {
			if !slices.Contains(a, line) {
				wrote++
			}
		}
		if wrote > 1 {
			return fmt.Errorf("taking out wrote %q for %q", fresh, gone)
		}
		return nil
	}
	_, isList := old.([]any) // the comment beside an element goes with it
	for _, line := range a {
		text, comment, ok := strings.Cut(line, "#c")
		if ok && (!isList || strings.TrimSpace(text) == "") && !strings.Contains(fresh, "#c"+strings.TrimSpace(comment)) {
			return fmt.Errorf("the comment of %s is lost", line)
		}
	}
	// A text of several lines, or a list of them, has at most as many as it
	// says and two around it; else it is one line for one.
	if most := 1 + height(old); len(a) > most {
		return fmt.Errorf("%d lines changed, not %d", len(a), most)
	}
	if most := 3 + height(c.Value) + height(old); len(b) > most {
		return fmt.Errorf("%d lines written, not %d", len(b), most)
	}
	return nil
}

// solid is a file without commas and blank lines.
func solid(src []byte) []byte {
	var out []byte
	for line := range bytes.Lines(bytes.ReplaceAll(src, []byte(","), nil)) {
		if len(bytes.TrimSpace(line)) > 0 {
			out = append(out, line...)
		}
	}
	return out
}

// tables counts headers.
func tables(src []byte) (n int) {
	for line := range bytes.Lines(src) {
		if bytes.HasPrefix(line, []byte("[")) {
			n++
		}
	}
	return n
}

func height(v any) int {
	switch v := v.(type) {
	case string:
		if strings.Contains(v, "\n") || strings.HasPrefix(v, "one") { // folded
			return 4 + 2*strings.Count(v, "\n")
		}
	case []any:
		return 2 * len(v)
	case []string:
		return 2 * len(v)
	case []float64:
		return 2 * len(v)
	}
	return 0
}

// undo sets back the old value, or takes out what was new.
func (w *writer) undo(src, out []byte, before tree, path []string, old any, is bool, c Change, told string) error {
	back := Change{Path: c.Path}
	switch old := old.(type) {
	case bool, int64:
		back.Value = old
	case string:
		if s, ok := c.Value.(string); ok && tame(s) && tame(old) {
			back.Value = old
		}
	}
	if is && (back.Value == nil || c.Value == nil) {
		return nil
	}
	if fresh := path[known(before, path):]; !is && len(fresh) < 3 && fresh[len(fresh)-1] != "sub" && tables(out) > tables(src) {
		return nil // a table that only others below it made has a header now
	}
	if !is { // take out the topmost that was new
		back.Path = Join(path[:known(before, path)+1]...)
	}
	got, err := Apply("x.md", out, back)
	if !is { // a comma or a blank line that parted the new one may stay
		got, src = solid(got), solid(src)
	}
	if err != nil || !bytes.Equal(got, src) {
		return fmt.Errorf("set back: %v\n%s\n%s", err, got, told)
	}
	return nil
}

// tame are texts that each way of quoting can hold.
func tame(s string) bool { return s != "" && strings.Trim(s, "abcdefghijklmnopqrst") == "" }

// model makes a change in plain data, the simplest way.
func model(t tree, path []string, v any) tree {
	var set func(at any, path []string) any
	set = func(at any, path []string) any {
		if len(path) == 0 {
			v, _ := value(v)
			return v
		}
		n, isNumber := number(path[0])
		list, isList := at.([]any)
		if isList || at == nil && isNumber {
			if v == nil && len(path) == 1 {
				return slices.Delete(slices.Clone(list), n, n+1)
			}
			if list = slices.Clone(list); n == len(list) {
				list = append(list, nil)
			}
			list[n] = set(list[n], path[1:])
			return list
		}
		m, _ := at.(map[string]any)
		if m = maps.Clone(m); m == nil {
			m = tree{}
		}
		if v == nil && len(path) == 1 {
			delete(m, path[0])
			return m
		}
		m[path[0]] = set(m[path[0]], path[1:])
		return m
	}
	return set(t, path).(tree)
}
