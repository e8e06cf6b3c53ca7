package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"gallerist/builder"
	"gallerist/builder/media/ffmpeg"
)

// films makes pictures and renditions of films by ffmpeg, and keeps the
// renditions in the cache's folder: they are too large to be held in memory.
type films struct {
	*ffmpeg.Tool
	site  string // folder that names of films are below
	cache string
}

// findFilms looks for ffmpeg: where GALLERIST_FFMPEG says, else in PATH. That
// it may be started at all is for site.toml to say, but not where it is, for a
// site can come from strangers.
func findFilms(site, cache string) func() (builder.Films, error) {
	return func() (builder.Films, error) {
		name := os.Getenv("GALLERIST_FFMPEG")
		tool, err := ffmpeg.Find(name)
		switch {
		case err == nil:
		case name != "":
			return nil, fmt.Errorf("GALLERIST_FFMPEG is %q, which does not run: %w", name, cause(err))
		case errors.Is(err, exec.ErrNotFound):
			return nil, errors.New("ffmpeg is not installed")
		default:
			return nil, err
		}
		return &films{tool, site, cache}, nil
	}
}

func (f *films) Frame(ctx context.Context, file, format string, at float64) ([]byte, error) {
	return f.Tool.Frame(ctx, filepath.Join(f.site, filepath.FromSlash(file)), format, at)
}

// Convert opens the rendition that is kept under a key, which is made where
// there is none, or where it is not what it was.
func (f *films) Convert(ctx context.Context, file, format, key string, lines int) (io.ReadCloser, error) {
	kept := filepath.Join(f.cache, filepath.FromSlash(key))
	if in, err := openWhole(kept); err == nil {
		return in, nil
	}
	if err := os.MkdirAll(filepath.Dir(kept), 0o777); err != nil {
		return nil, err
	}
	temp := filepath.Join(filepath.Dir(kept), fmt.Sprintf(".tmp-%d-%s", os.Getpid(), filepath.Base(kept)))
	defer os.Remove(temp) // gone already where all went well
	if err := f.Tool.Convert(ctx, filepath.Join(f.site, filepath.FromSlash(file)), format, temp, lines); err != nil {
		return nil, err
	}
	sum, err := sumOf(temp)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(kept+sumSuffix, []byte(sum), 0o666); err != nil {
		return nil, err
	}
	if err := os.Rename(temp, kept); err != nil {
		return nil, err
	}
	return os.Open(kept)
}

// sumSuffix ends the name of the file that holds a rendition's hash.
const sumSuffix = ".sum"

// openWhole opens a kept rendition whose hash is the one that was noted.
func openWhole(kept string) (io.ReadCloser, error) {
	noted, err := os.ReadFile(kept + sumSuffix)
	if err != nil {
		return nil, err
	}
	if sum, err := sumOf(kept); err != nil || sum != strings.TrimSpace(string(noted)) {
		return nil, fmt.Errorf("%s is damaged", kept)
	}
	return os.Open(kept)
}

func sumOf(name string) (string, error) {
	in, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer in.Close() // it was only read
	h := sha256.New()
	_, err = io.Copy(h, in)
	return hex.EncodeToString(h.Sum(nil)), err
}
