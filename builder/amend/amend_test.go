package amend

import (
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// TestApply: each archive of testdata holds cases, a comment in front that says
// what they are about, then for each: what a file says, lines of PATH = VALUE
// (as TOML) or -PATH, and the file afterwards, or the error.
func TestApply(t *testing.T) {
	names, _ := filepath.Glob("testdata/*.txtar")
	if len(names) < 2 {
		t.Fatal("no archives")
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+2 < len(a.Files); i += 3 {
			in, change, want := a.Files[i], a.Files[i+1], a.Files[i+2]
			if in.Name != "in" || change.Name != "change" || want.Name != "want" && want.Name != "error" {
				t.Fatalf("%s: %s, %s, %s", name, in.Name, change.Name, want.Name)
			}
			got, err := Apply("x.md", in.Data, changes(t, string(change.Data))...)
			switch {
			case err != nil && want.Name == "error":
				got = []byte(err.Error() + "\n")
			case err != nil:
				t.Errorf("%s: %s%s: %v", name, in.Data, change.Data, err)
				continue
			}
			if string(got) != string(want.Data) {
				t.Errorf("%s:\n%s%sgot:\n%swant:\n%s", name, in.Data, change.Data, got, want.Data)
			}
		}
	}
}

// TestRefused: what no document can hold is refused, and what is too long.
func TestRefused(t *testing.T) {
	long := "---\nlist:\n" + strings.Repeat("  - a\n", 600) + "---\n"
	for _, c := range []struct {
		src, want string
		change    Change
	}{
		{"+++\n+++\n", `x.md:2:1: "a" cannot be set to a value of type struct {}`, Change{"a", struct{}{}}},
		{"+++\n+++\n", `x.md:2:1: "a" cannot be set to NaN is no number`, Change{"a", math.NaN()}},
		{"+++\n+++\n", `x.md:2: a line of 12 kB is longer than 10 kB`, Change{"a", strings.Repeat("x", 12000)}},
		{"+++\n+++\n", `x.md:2:1: "a" cannot be set to a text that is not UTF-8`, Change{"a", "\xff"}},
		{long, `x.md:3:3: the list "list" is too long`, Change{"list", []string{"b"}}},
		{"+++\n", `x.md:1:1: the front matter is not closed`, Change{"a", 1}},
	} {
		out, err := Apply("x.md", []byte(c.src), c.change)
		if err == nil || out != nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v", out, err)
		}
	}
}

func changes(t *testing.T, lines string) (out []Change) {
	for line := range strings.Lines(lines) {
		line = strings.TrimSuffix(line, "\n")
		if path, ok := strings.CutPrefix(line, "-"); ok {
			out = append(out, Change{Path: path})
			continue
		}
		path, v, ok := strings.Cut(line, " = ")
		var probs problem.List
		table := strict.TOML("change", []byte("v = "+v), 1, &probs)
		if !ok || len(probs) > 0 {
			t.Fatalf("%q: %v", line, probs)
		}
		out = append(out, Change{path, given(t, table.Exact()["v"])})
	}
	return out
}

// given makes of what a test says what a caller gives.
func given(t *testing.T, v any) any {
	switch v := v.(type) {
	case strict.Stamp:
		if day, err := time.Parse(time.DateOnly, v.String()); err == nil {
			return Date{day}
		}
		moment, err := time.Parse(time.RFC3339Nano, v.String())
		if err != nil {
			t.Fatal(err)
		}
		return moment
	case []any:
		texts, numbers := []string{}, []float64{}
		for _, x := range v {
			switch x := x.(type) {
			case string:
				texts = append(texts, x)
			default:
				numbers = append(numbers, float(x))
			}
		}
		if len(numbers) > 0 {
			return numbers
		}
		return texts
	}
	return v
}
