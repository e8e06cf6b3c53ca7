package ffmpeg

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// The stub is this test's own binary under another name. It records how it
// was started in a file beside it and does what the file "does" says.
const stubName = "ffmpeg-stub"

func TestMain(m *testing.M) {
	if strings.HasPrefix(filepath.Base(os.Args[0]), stubName) {
		stub()
	}
	os.Exit(m.Run())
}

type record struct {
	Args, Env []string
	Stdin     int // bytes that can be read
}

func stub() {
	dir := filepath.Dir(os.Args[0])
	in, _ := io.ReadAll(os.Stdin)
	b, _ := json.Marshal(record{os.Args[1:], os.Environ(), len(in)})
	_ = os.WriteFile(filepath.Join(dir, "record"), b, 0o600)
	does, _ := os.ReadFile(filepath.Join(dir, "does"))
	out := strings.TrimPrefix(os.Args[len(os.Args)-1], "file:")
	switch string(does) {
	case "version":
		_, _ = os.Stdout.WriteString("ffmpeg version 9.9-test Copyright\nbuilt with care\n")
	case "picture":
		_, _ = os.Stdout.WriteString("\x89PNG\r\n\x1a\n")
	case "film":
		_ = os.WriteFile(out, []byte("film"), 0o600)
	case "fail":
		_, _ = os.Stderr.WriteString("\x1b[31mfile:/home/jury/secret.mp4: Invalid\u202e data\n" + strings.Repeat("x", 1<<20))
		_ = os.WriteFile(out, []byte("half"), 0o600)
		os.Exit(1)
	case "flood":
		for {
			if _, err := os.Stdout.Write(make([]byte, 1<<16)); err != nil {
				break
			}
		}
	case "hang", "hang with a child":
		if string(does) != "hang" && os.Args[1] != "child" {
			child := exec.Command(os.Args[0], "child")
			child.Stdout = os.Stdout
			_ = child.Run()
		}
		lock(filepath.Join(dir, "lock"))
		_ = os.WriteFile(filepath.Join(dir, "hangs"), nil, 0o600)
		time.Sleep(1000 * time.Second)
	}
	os.Exit(0)
}

// newStub returns a Tool that runs the stub, and the stub's folder.
func newStub(t *testing.T) (*Tool, string) {
	t.Helper()
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, stubName)
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	if err := os.WriteFile(path, b, 0o700); err != nil {
		t.Fatal(err)
	}
	does(t, dir, "version")
	tool, err := Find(path)
	if err != nil {
		t.Fatal(err)
	}
	return tool, dir
}

func does(t *testing.T, dir, what string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "does"), []byte(what), 0o600); err != nil {
		t.Fatal(err)
	}
}

func recorded(t *testing.T, dir string) record {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "record"))
	if err != nil {
		t.Fatal(err)
	}
	var r record
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFind(t *testing.T) {
	tool, dir := newStub(t)
	if got := tool.Version(); got != "ffmpeg 9.9-test" {
		t.Errorf("version %q", got)
	}
	if got := recorded(t, dir).Args; !slices.Equal(got, []string{"-hide_banner", "-version"}) {
		t.Errorf("arguments %q", got)
	}
	does(t, dir, "nothing")
	if _, err := Find(tool.path); err == nil || !strings.Contains(err.Error(), "is not ffmpeg") {
		t.Errorf("a program that says nothing: %v", err)
	}
	for _, name := range []string{"ffmpeg2", "rm", filepath.Join(dir, "none")} {
		if _, err := Find(name); err == nil {
			t.Errorf("%s is found", name)
		}
	}
	t.Setenv("PATH", "")
	if _, err := Find(""); err == nil {
		t.Error("ffmpeg is found in no folder")
	}
}

func TestVersion(t *testing.T) {
	for said, want := range map[string]string{
		"ffmpeg version 5.1.6-0+deb12u1 Copyright (c) 2000-2024": "ffmpeg 5.1.6-0+deb12u1",
		"ffmpeg version N-12345-gabc Copyright":                  "ffmpeg N-12345-gabc",
		"":                                                       "", "avconv version 1 x": "", "ffmpeg version": "", "ffmpeg version \x1b[31m x": "",
	} {
		if got, err := version(said); got != want || (err == nil) != (want != "") {
			t.Errorf("%q gives %q, %v", said, got, err)
		}
	}
}

// TestArguments holds that a film's name, whatever it is, is one argument that
// starts with "file:" and an absolute path, that nothing of it becomes an
// option, and that the environment and the terminal stay outside.
func TestArguments(t *testing.T) {
	tool, dir := newStub(t)
	t.Setenv("FFREPORT", "file=secret.log")
	t.Setenv("http_proxy", "http://example.org")
	work := t.TempDir()
	t.Chdir(work)
	for _, name := range []string{"-y.mp4", "a |.mp4", "http:x.mp4", "%d.mp4", "concat:a.mp4", "'\"$(id).mp4", "..mp4", "\u202eé.mp4"} {
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Skip("this file system has no such names: ", err)
		}
		does(t, dir, "picture")
		if _, err := tool.Frame(context.Background(), name, "mp4", 1.5); err != nil {
			t.Fatal(err)
		}
		r := recorded(t, dir)
		checkArgs(t, name, r.Args, "file:"+filepath.Join(work, name))
		if r.Args[len(r.Args)-1] != "pipe:1" || r.Stdin != 0 {
			t.Errorf("%s: writes to %q, reads %d bytes", name, r.Args[len(r.Args)-1], r.Stdin)
		}
		for _, e := range r.Env {
			if strings.HasPrefix(e, "FFREPORT") || strings.HasPrefix(e, "http_proxy") || strings.HasPrefix(e, "HOME") {
				t.Errorf("the environment holds %s", e)
			}
		}
		does(t, dir, "film")
		out := name + ".out"
		if err := tool.Convert(context.Background(), name, "webm", out, 720); err != nil {
			t.Fatal(err)
		}
		r = recorded(t, dir)
		checkArgs(t, name, r.Args, "file:"+filepath.Join(work, name))
		if got := r.Args[len(r.Args)-1]; got != "file:"+filepath.Join(work, out) {
			t.Errorf("%s: writes to %q", name, got)
		}
	}
}

// checkArgs looks for what must stand before the name of the film.
func checkArgs(t *testing.T, name string, args []string, file string) {
	t.Helper()
	i := slices.Index(args, "-i")
	if i < 0 || args[i+1] != file {
		t.Fatalf("%s: opens %q", name, args)
	}
	before := args[:i]
	for _, want := range [][]string{{"-nostdin"}, {"-protocol_whitelist", "file"}, {"-f"}, {"-max_pixels"}, {"-max_alloc"}} {
		k := slices.Index(before, want[0])
		if k < 0 || len(want) > 1 && before[k+1] != want[1] {
			t.Errorf("%s: lacks %q before the film", name, want)
		}
	}
	for k, a := range args {
		if strings.Contains(a, strings.TrimSuffix(name, ".mp4")) && len(name) > 6 && k != i+1 && k != len(args)-1 {
			t.Errorf("%s: gets into %q", name, a)
		}
	}
	if !slices.Contains(args, "-map_metadata") {
		t.Errorf("%s: keeps metadata", name)
	}
}

func TestRefusals(t *testing.T) {
	tool, dir := newStub(t)
	file := filepath.Join(dir, "a.mp4")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	before := recorded(t, dir)
	ctx := context.Background()
	for _, err := range []error{
		second(tool.Frame(ctx, file, "hls", 0)), second(tool.Frame(ctx, file, "mp3", 0)), second(tool.Frame(ctx, file, "", 0)),
		second(tool.Frame(ctx, file, "mp4", -1)), second(tool.Frame(ctx, filepath.Join(dir, "none"), "mp4", 0)), second(tool.Frame(ctx, dir, "mp4", 0)),
		tool.Convert(ctx, file, "concat", file+".out", 720), tool.Convert(ctx, file, "mp4", file+".out", 0), tool.Convert(ctx, file, "mp4", file+".out", 1e6),
	} {
		if err == nil {
			t.Error("something that cannot be is not refused")
		}
	}
	if after := recorded(t, dir); !slices.Equal(before.Args, after.Args) {
		t.Errorf("the program was started: %q", after.Args)
	}
}

func second(_ []byte, err error) error { return err }

// TestFailure holds that what the program says is bounded and quoted, and
// that half a film is removed.
func TestFailure(t *testing.T) {
	tool, dir := newStub(t)
	file, out := filepath.Join(dir, "a.mp4"), filepath.Join(dir, "out.mp4")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	does(t, dir, "fail")
	err := tool.Convert(context.Background(), file, "mp4", out, 720)
	if !errors.Is(err, ErrFailed) || strings.ContainsAny(err.Error(), "\x1b\n\u202e") || len(err.Error()) > 600 {
		t.Errorf("error %q", err)
	}
	if _, err := os.Stat(out); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half a film is left: %v", err)
	}
	does(t, dir, "nothing")
	if err := tool.Convert(context.Background(), file, "mp4", out, 720); !errors.Is(err, ErrFailed) {
		t.Errorf("nothing was written: %v", err)
	}
	if _, err := tool.Frame(context.Background(), file, "mp4", 0); !errors.Is(err, ErrFailed) {
		t.Errorf("no picture: %v", err)
	}
	does(t, dir, "flood")
	if err := tool.Convert(context.Background(), file, "mp4", out, 720); !errors.Is(err, ErrFailed) || !strings.Contains(err.Error(), "more than") {
		t.Errorf("a flood: %v", err)
	}
}
