package ffmpeg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Tool is the program, found. It may be used by several goroutines at once.
type Tool struct {
	path    string
	version string
}

// ErrFailed is what errors wrap when the program has run and could not do what
// was asked: mostly the film's fault.
var ErrFailed = errors.New("ffmpeg could not do it")

// Find looks for the program and asks for its version. A name of "" or
// "ffmpeg" is looked for in PATH; any other must be a path.
func Find(name string) (*Tool, error) {
	if name == "" || name == "ffmpeg" {
		found, err := exec.LookPath("ffmpeg")
		if err != nil {
			return nil, fmt.Errorf("ffmpeg is not installed: %w", err)
		}
		name = found
	} else if !strings.ContainsRune(filepath.ToSlash(name), '/') {
		return nil, fmt.Errorf("%q is neither \"ffmpeg\" nor a path", name)
	}
	path, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	t := &Tool{path: path}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	out, err := t.run(ctx, 64<<10, "-hide_banner", "-version")
	if err != nil {
		return nil, err
	}
	if t.version, err = version(string(out)); err != nil {
		return nil, fmt.Errorf("%q: %w", path, err)
	}
	return t, nil
}

// version takes it from the first line of what -version says.
func version(said string) (string, error) {
	line, _, _ := strings.Cut(said, "\n")
	words := strings.Fields(line)
	if len(words) < 3 || words[0] != "ffmpeg" || words[1] != "version" || len(words[2]) > 100 {
		return "", errors.New("is not ffmpeg")
	}
	for _, c := range []byte(words[2]) {
		if c <= ' ' || c > '~' {
			return "", errors.New("is not ffmpeg")
		}
	}
	return "ffmpeg " + words[2], nil
}

// Version returns something like "ffmpeg 5.1.6-0+deb12u1".
func (t *Tool) Version() string { return t.version }

// Demuxers, by the format that package film tells.
var demuxers = map[string][]string{
	"mp4":  {"-enable_drefs", "0", "-use_absolute_path", "0", "-f", "mov"},
	"mov":  {"-enable_drefs", "0", "-use_absolute_path", "0", "-f", "mov"},
	"webm": {"-f", "matroska"},
}

// input returns the arguments that open a film.
func input(file, format string) ([]string, error) {
	demuxer := demuxers[format]
	if demuxer == nil {
		return nil, fmt.Errorf("%q is no format of films", format)
	}
	st, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if !st.Mode().IsRegular() {
		return nil, fmt.Errorf("%q is not a file but a folder or device", filepath.Base(file))
	}
	name, err := local(file)
	if err != nil {
		return nil, err
	}
	args := []string{"-threads", threads, "-max_pixels", "70000000", "-protocol_whitelist", "file"}
	return append(append(args, demuxer...), "-i", name), nil
}

// local names a file so that it can be nothing else.
func local(file string) (string, error) {
	path, err := filepath.Abs(file)
	return "file:" + path, err
}

// threads is how many each decoder and encoder uses, on every machine.
const threads = "4"

// common stands before everything else.
var common = []string{"-nostdin", "-hide_banner", "-loglevel", "error", "-max_alloc", "1500000000", "-filter_threads", "1"}
