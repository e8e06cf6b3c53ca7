package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCleanWhileBuilding holds that nothing is deleted while a build is
// writing the output.
func TestCleanWhileBuilding(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"site.toml": "", ".gallerist/cache/index": "x"} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	f := &flags{out: &out, log: io.Discard, source: dir}
	building := f.dir()
	if _, err := building.Manifest(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := f.clean(t.Context(), false); err == nil || !strings.Contains(err.Error(), "another build") {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, ".gallerist", "cache", "index")); err != nil {
		t.Error(err)
	}
	if err := building.Abort(); err != nil {
		t.Fatal(err)
	}
	if err := f.clean(t.Context(), false); err != nil || out.String() != "freed 1 byte in 1 file\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
}

func TestSize(t *testing.T) {
	for bytes, want := range map[int64]string{
		0: "0 bytes", 1: "1 byte", 999: "999 bytes", 1000: "1 kB", 999_499: "999 kB", 999_500: "1.0 MB",
		14_200_000: "14.2 MB", 999_949_999: "999.9 MB", 999_950_000: "1.0 GB", 2_000_000_000: "2.0 GB",
	} {
		if got := size(bytes); got != want {
			t.Errorf("%d: %q, want %q", bytes, got, want)
		}
	}
}
