package heif

import (
	"debug/elf"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// TestStatic builds a program that imports this package, and holds that it asks
// for no interpreter and no library: the module purego is not the real one.
func TestStatic(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("reads ELF")
	}
	program := filepath.Join(t.TempDir(), "static")
	build := exec.Command("go", "build", "-o", program, "./testdata/static")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	f, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			t.Errorf("the program has a segment %v", p.Type)
		}
	}
	libraries, err := f.ImportedLibraries() // DT_NEEDED
	if len(libraries) > 0 || err != nil && !errors.As(err, new(*elf.FormatError)) {
		t.Errorf("the program needs %q (%v)", libraries, err)
	}
	symbols, err := f.Symbols()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range symbols {
		if s.Name == "dlopen" || s.Name == "x_cgo_init" {
			t.Errorf("the program has %s", s.Name)
		}
	}
}
