package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestMain lets the test be one of the programs that are measured.
func TestMain(m *testing.M) {
	switch os.Getenv("BENCH_CHILD") {
	case "memory":
		held := make([]byte, 64<<20)
		for i := range held {
			held[i] = byte(i)
		}
		runtime.KeepAlive(held)
		os.Exit(0)
	case "fails":
		os.Stderr.WriteString("first line\nthe reason\n")
		os.Exit(3)
	}
	os.Exit(m.Run())
}

func TestProgram(t *testing.T) {
	p := program{name: "child", argv: []string{os.Args[0]}, env: []string{"BENCH_CHILD=memory"}}
	s, err := p.run(t.Context())
	if err != nil || s.wall <= 0 {
		t.Fatalf("%+v, %v", s, err)
	}
	if (s.peak != 0 || runtime.GOOS == "linux") && s.peak < 64<<20 || s.peak > 1<<30 {
		t.Errorf("64 MiB were held, %d bytes are told", s.peak)
	}
	p.env = []string{"BENCH_CHILD=fails"}
	if _, err := p.run(t.Context()); err == nil || !strings.Contains(err.Error(), "the reason") {
		t.Errorf("a program that fails: %v", err)
	}
}

// TestWhole measures all there is, of sixty pieces: that both programs take the
// workload, that their sites are the same work, that every edit comes through.
func TestWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	doc := filepath.Join(t.TempDir(), "benchmarks.md")
	args := []string{"-sizes", "60", "-rounds", "1", "-edits", "2", "-work", t.TempDir(), "-doc", doc, "all"}
	if root, err := moduleRoot(); err != nil {
		t.Fatal(err)
	} else if _, err := os.Stat(filepath.Join(root, ".cache", "hugo"+suffix())); err != nil {
		args = append([]string{"-hugo", "no"}, args...) // tests install nothing
	}
	var out, log bytes.Buffer
	if err := run(t.Context(), args, &out, &log); err != nil {
		t.Fatalf("%v\n%s", err, log.String())
	}
	text, err := os.ReadFile(doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds {
		if !strings.Contains(string(text), "<!-- bench "+kind.name+": gallerist") {
			t.Errorf("the document has no section %q", kind.name)
		}
	}
	if strings.Contains(string(text), "never") {
		t.Errorf("an edit was lost:\n%s", out.String())
	}
	if chart, err := os.ReadFile(filepath.Join(filepath.Dir(doc), "growth.svg")); err != nil || !bytes.Contains(chart, []byte("Gallerist at 60 pieces")) {
		t.Errorf("the chart: %v", err)
	}
}

func TestRunRefuses(t *testing.T) {
	for _, args := range [][]string{{}, {"swim"}, {"-sizes", "x", "cold"}, {"-nothing"}} {
		var out, log bytes.Buffer
		if err := run(t.Context(), args, &out, &log); err == nil {
			t.Errorf("%q is done", args)
		}
	}
}
