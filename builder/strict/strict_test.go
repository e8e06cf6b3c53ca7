package strict

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"gallerist/builder/problem"
)

var update = flag.Bool("update", false, "write what was found into testdata")

// TestFiles reads each file of each archive in testdata by one schema and
// compares what it says and the problems with the file NAME.want after it.
func TestFiles(t *testing.T) {
	archives, _ := filepath.Glob("testdata/*.txtar")
	if len(archives) == 0 {
		t.Fatal("no archives")
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) { testArchive(t, name) })
	}
}

func testArchive(t *testing.T, name string) {
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	out := &txtar.Archive{Comment: a.Comment}
	want := map[string]string{}
	for _, f := range a.Files {
		want[f.Name] = string(f.Data)
	}
	for _, f := range a.Files {
		if strings.HasSuffix(f.Name, ".want") {
			continue
		}
		got := readBySchema(f.Name, f.Data)
		out.Files = append(out.Files, f, txtar.File{Name: f.Name + ".want", Data: []byte(got)})
		if d := cmp.Diff(want[f.Name+".want"], got); d != "" && !*update {
			t.Errorf("%s: want - got +\n%s", f.Name, d)
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// readBySchema returns the values found and the problems.
func readBySchema(name string, src []byte) string {
	var probs problem.List
	var b strings.Builder
	var t *Table
	src = []byte(strings.NewReplacer(`\xff`, "\xff", `\u0007`, "\a", `\ufeff`, "\ufeff", `\r`, "\r").Replace(string(src)))
	switch filepath.Ext(name) {
	case ".toml":
		t = TOML(name, src, 1, &probs)
	case ".yaml":
		t = YAML(name, src, 1, &probs)
	default:
		var body string
		var at problem.Pos
		t, body, at = FrontMatter(name, src, &probs)
		fmt.Fprintf(&b, "body %q at %s\n", body, at)
	}
	if t == nil {
		b.WriteString("nothing\n")
	} else {
		schema(&b, t)
		t.Done()
	}
	for _, p := range probs.Sorted() {
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}

func schema(b *strings.Builder, t *Table) {
	moscow := time.FixedZone("MSK", 3*60*60)
	show := func(key string, v any) {
		if t.Has(key) {
			fmt.Fprintf(b, "%s at %d:%d = %#v\n", t.Name(key), t.Pos(key).Line, t.Pos(key).Col, v)
		}
	}
	show("text", t.String("text"))
	show("line", t.Line("line"))
	show("flag", t.Bool("flag"))
	show("whole", t.Int("whole"))
	show("number", t.Float("number"))
	show("numbers", t.Floats("numbers"))
	show("list", t.Strings("list"))
	show("word", t.OneOf("word", []string{"red", "green", "blue"}))
	show("words", t.SomeOf("words", []string{"red", "green", "blue"}))
	show("when", t.Time("when", moscow).Format(time.RFC3339Nano))
	show("until", t.Until("until", moscow).Format(time.RFC3339))
	show("raw", t.Raw("raw"))
	if c := t.Table("table"); c != nil {
		schema(b, c)
	}
	for i, c := range t.Tables("tables") {
		fmt.Fprintf(b, "tables %d at %s\n", i, c.At())
		schema(b, c)
	}
}

func TestNilTable(t *testing.T) {
	var none *Table
	none.Done()
	none.Allow("a")
	if none.String("a") != "" || none.Has("a") || none.Keys() != nil || none.Table("a").Table("b") != nil ||
		!none.Time("a", nil).IsZero() || none.Take(func([]string) bool { return true }) != nil || none.Raw("a") != nil {
		t.Error("a nil table is not empty")
	}
}

func TestTake(t *testing.T) {
	var probs problem.List
	doc := TOML("f", []byte("a = 1\nsecret = 'x'\n[b]\nsecret = ['y']\n[[c]]\nd = {secret = 2026-11-02}\n"), 5, &probs)
	var got []string
	for _, x := range doc.Take(func(path []string) bool { return path[len(path)-1] == "secret" }) {
		got = append(got, fmt.Sprintf("%s %s %v", x.Pos, strings.Join(x.Path, "."), x.Value))
	}
	want := []string{"f:6:1 secret x", "f:8:1 b.secret [y]", "f:10:6 c.d.secret 2026-11-02"}
	if d := cmp.Diff(want, got); d != "" || len(probs) > 0 {
		t.Error(d, probs)
	}
	if doc.Int("a"); doc.Has("secret") || doc.Table("b").Has("secret") {
		t.Error("still there")
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                   "plain",
		"и\u0306ё":                "йё",
		"a\x00b\x1b[2Jc":          "ab[2Jc",
		"a\r\nb\tc":               "a\nb\tc",
		"a\u2028b":                "a\nb",
		"x\u202ey\u2066z\ufeff":   "xyz",
		"👩\u200d👩 \u200fשלום":     "👩\u200d👩 \u200fשלום",
		"\u0085\u009fend":         "end",
		"e\u0301\u0323 combining": "ẹ́ combining",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Line("  a \n\n b\t c  "); got != "a b c" {
		t.Errorf("Line: %q", got)
	}
}
