package strict

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"gallerist/builder/problem"
)

// hostile are documents of 64 kB that cost parsers the most.
func hostile() map[string]string {
	fill := func(s string) string { return strings.Repeat(s, (maxSize-20)/len(s)) }
	lines := func(line string) string { return fill(line + "\n") }
	count := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < maxSize-400; i++ {
			b.WriteString(strings.ReplaceAll(format, "%", fmt.Sprint(i)) + "\n")
		}
		return b.String()
	}
	short := func(s string) string { return s[:min(len(s), maxLine-10)] }
	deep := strings.Repeat("a.", 19) + "a"
	return map[string]string{
		"brackets.toml": "a = " + short(fill("[")), "braces.toml": "x = " + short(fill("{a=")), "bracketlines.toml": "a = " + lines("["),
		"bracelines.toml": "x = " + lines("{a="), "dots.toml": short(fill("a.")) + "=1", "headerdots.toml": "[" + short(fill("a.")) + "a]",
		"deepkeys.toml": count(deep + "% = 1"), "deepheaders.toml": count("[" + deep + "%]"), "deeparrays.toml": lines("[[" + deep + "]]"),
		"headers.toml": count("[a%]"), "arrays.toml": lines("[[a]]"), "nestedarrays.toml": "[[a]]\n" + lines("[[a.b]]"),
		"alternating.toml": lines("[[a]]\n[[a.b]]"), "keys.toml": count("k% = 1"), "longkeys.toml": count(strings.Repeat("k", 190) + "% = 1"),
		"inline.toml": "a = {" + short(strings.ReplaceAll(count("k%=1,"), "\n", "")) + "}", "numbers.toml": "a = [\n" + lines("1,1,1,1,1,1,1,1,1") + "]",
		"tables.toml": "a = [\n" + lines("{},{},{a=[[]]},") + "]", "quotes.toml": lines(`"a\u0061" = 1`), "escapes.toml": `a = """` + "\n" + lines(strings.Repeat(`\u0041`, 100)) + `"""`,
		"newlines.toml": "a = [" + fill("\n") + "]", "comments.toml": fill("#\n"), "open.toml": "a = '''" + lines("x"),
		"depth20.toml": count("x% = " + strings.Repeat("{a=", 19) + "1" + strings.Repeat("}", 19)), "quotedkeys.toml": count(`"\u0061%" = 1`),
		"digits.toml": "a = " + short(fill("1")), "underscores.toml": "a = " + short(fill("1_")), "floats.toml": "a = 1e" + short(fill("9")),
		"brackets.yaml": short(fill("[")), "braces.yaml": short(fill("{a: ")), "bracketlines.yaml": lines("["), "dashes.yaml": short(fill("- ")), "dashlines.yaml": lines("- - - - -"),
		"questions.yaml": short(fill("? ")), "anchors.yaml": count("a%: &a% [*a%]"), "colons.yaml": short(fill("a: ")), "indent.yaml": indent(), "keys.yaml": count("k%: 1"),
		"bomb.yaml": bomb(), "merges.yaml": count("k%: {<<: {a: 1}}"), "tags.yaml": lines("!!str !!x y:"), "docs.yaml": lines("---"), "literals.yaml": count("k%: |\n  x"),
		"folded.yaml": "a: >\n" + lines("  x"), "quotes.yaml": "a: \"" + lines("x"), "escapes.yaml": "a: \"" + lines(strings.Repeat(`\x41`, 100)) + "\"", "duplicate.yaml": lines("a: 1"), "flow.yaml": "a: [" + lines("{a: [b]},") + "]",
		"digits.yaml": "a: " + short(fill("1")), "floats.yaml": "a: 1e" + short(fill("9")), "dates.yaml": count("k%: 2026-11-02T10:00:00Z"), "comments.yaml": fill("#\n"), "percent.yaml": lines("%TAG ! x"),
	}
}

func indent() string {
	var b strings.Builder
	for i := 0; b.Len() < maxSize-400; i++ {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func bomb() string {
	s := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := 1; i < 60; i++ {
		s += fmt.Sprintf("a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 9), ", "))
	}
	return s
}

// TestHostile reads them all with little memory: a hundred times their size
// apiece. With -v it tells the time, which should stay far below a second.
func TestHostile(t *testing.T) {
	for name, text := range hostile() {
		var probs problem.List
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		if len(text) > maxSize {
			t.Errorf("%s: %d bytes", name, len(text))
		}
		var table *Table
		if strings.HasSuffix(name, ".toml") {
			table = TOML(name, []byte(text), 1, &probs)
		} else {
			table = YAML(name, []byte(text), 1, &probs)
		}
		table.Done()
		runtime.ReadMemStats(&after)
		mb := (after.TotalAlloc - before.TotalAlloc) >> 20
		t.Logf("%8v %4d MB %s %d problems", time.Since(start).Round(time.Millisecond), mb, name, len(probs))
		if mb > 128 {
			t.Errorf("%s: %d MB allocated", name, mb)
		}
	}
}

// FuzzFrontMatter: whatever the file, no panic, and a problem or a head.
func FuzzFrontMatter(f *testing.F) {
	archive, err := os.ReadFile("testdata/values.txtar")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(archive)
	f.Add([]byte("+++\n" + example + "+++\nbody"))
	f.Add([]byte("---\na: [b, {c: d}]\ne: |\n  f\n---\nbody"))
	for _, text := range hostile() {
		f.Add([]byte("+++\n" + text[:min(len(text), 300)] + "\n+++\n"))
		f.Add([]byte("---\n" + text[:min(len(text), 300)] + "\n---\n"))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		var probs problem.List
		head, _, _ := FrontMatter("f", src, &probs)
		if head == nil && len(probs) == 0 {
			t.Error("nothing read, and no problem told")
		}
		head.Take(func(path []string) bool { return len(path) > 2 })
		var sink strings.Builder
		if head != nil {
			schema(&sink, head)
		}
		head.Done()
		for _, p := range probs {
			if lines := strings.Count(string(src), "\n") + 1; p.Pos.Line > lines+1 {
				t.Errorf("%s in a file of %d lines", p, lines)
			}
		}
	})
}
