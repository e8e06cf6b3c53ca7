package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFilms holds that renditions of films are made once, kept, and made again
// where they are damaged.
func TestFilms(t *testing.T) {
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not installed")
	}
	site, cache := t.TempDir(), t.TempDir()
	data, err := os.ReadFile(filepath.Join(samples, "h264.mov"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(site, "-walk.mov"), data, 0o666); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GALLERIST_FFMPEG", "")
	f, err := findFilms(site, cache)()
	if err != nil {
		t.Fatal(err)
	}
	picture, err := f.Frame(t.Context(), "-walk.mov", "mov", 0)
	if err != nil || !strings.HasPrefix(string(picture), "\x89PNG") {
		t.Fatalf("no picture: %v", err)
	}
	const key = "f/ab/film.mp4"
	convert := func() string {
		in, err := f.Convert(t.Context(), "-walk.mov", "mov", key, 720)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		film, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		return string(film)
	}
	first := convert()
	if !strings.Contains(first[:16], "ftyp") {
		t.Fatalf("no film: %q", first[:16])
	}
	kept := filepath.Join(cache, filepath.FromSlash(key))
	if err := os.WriteFile(kept, []byte(first[:100]), 0o666); err != nil {
		t.Fatal(err)
	}
	if convert() != first {
		t.Error("a damaged rendition is believed")
	}
	if err := os.Remove(filepath.Join(site, "-walk.mov")); err != nil {
		t.Fatal(err)
	}
	if convert() != first {
		t.Error("what is kept is made again")
	}
	left, err := os.ReadDir(filepath.Dir(kept))
	if err != nil || len(left) != 2 {
		t.Errorf("left are %v (%v)", left, err)
	}
	if _, err := f.Convert(t.Context(), "gone.mov", "mov", "f/ab/other.mp4", 720); err == nil {
		t.Error("a film that is not there was made")
	}
}
