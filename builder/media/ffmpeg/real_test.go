package ffmpeg

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// installed returns the program of this machine.
func installed(t *testing.T) *Tool {
	t.Helper()
	tool, err := Find("")
	if err != nil {
		t.Skip(err)
	}
	return tool
}

const films = "../film/testdata/"

func TestRealFrame(t *testing.T) {
	tool := installed(t)
	for _, c := range []struct {
		file, format string
		size         image.Point
	}{
		{"h264.mp4", "mp4", image.Pt(160, 120)}, {"rotated.mp4", "mp4", image.Pt(120, 160)},
		{"wide.mp4", "mp4", image.Pt(213, 120)}, {"vp9.webm", "webm", image.Pt(160, 120)},
	} {
		b, err := tool.Frame(context.Background(), films+c.file, c.format, 0.5)
		if err != nil {
			t.Fatal(err)
		}
		m, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if m.Bounds().Size() != c.size {
			t.Errorf("%s: %v, want %v", c.file, m.Bounds().Size(), c.size)
		}
		if again, _ := tool.Frame(context.Background(), films+c.file, c.format, 0.5); !bytes.Equal(b, again) {
			t.Errorf("%s: the second time it is another picture", c.file)
		}
	}
	if _, err := tool.Frame(context.Background(), films+"h264.mp4", "mp4", 100); !errors.Is(err, ErrFailed) {
		t.Errorf("a picture behind the end: %v", err)
	}
}

// TestRealConvert holds that a rendition is small, has no metadata, and is the
// same on one core.
func TestRealConvert(t *testing.T) {
	tool := installed(t)
	dir := t.TempDir()
	var first []byte
	for _, name := range []string{"a.mp4", "-b |.mp4"} {
		out := filepath.Join(dir, name)
		if err := tool.Convert(context.Background(), films+"rotated.mp4", "mp4", out, 100); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if first != nil && !bytes.Equal(first, b) {
			t.Error("the second time it is another film")
		}
		first = b
	}
	for _, word := range []string{"PRIVATE", "55.78", "x264 - core", "2026", "Lavf"} {
		if bytes.Contains(first, []byte(word)) {
			t.Errorf("%q is left", word)
		}
	}
	if moov, mdat := bytes.Index(first, []byte("moov")), bytes.Index(first, []byte("mdat")); moov < 0 || moov > mdat {
		t.Errorf("moov at %d, mdat at %d", moov, mdat)
	}
	b, err := tool.Frame(context.Background(), filepath.Join(dir, "a.mp4"), "mp4", 0)
	if err != nil {
		t.Fatal(err)
	}
	if c, _, err := image.DecodeConfig(bytes.NewReader(b)); err != nil || c.Width != 76 || c.Height != 100 {
		t.Errorf("%d × %d, %v; want 76 × 100", c.Width, c.Height, err)
	}
	taskset, err := exec.LookPath("taskset")
	if err != nil {
		t.Skip("there is no taskset to take cores away")
	}
	one := filepath.Join(dir, "one.sh")
	if err := os.WriteFile(one, []byte("#!/bin/sh\nexec "+taskset+" -c 0 "+tool.path+" \"$@\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	alone := &Tool{path: one}
	out := filepath.Join(dir, "one.mp4")
	if err := alone.Convert(context.Background(), films+"rotated.mp4", "mp4", out, 100); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(out); err != nil || !bytes.Equal(b, first) {
		t.Errorf("on one core it is another film (%v)", err)
	}
}

// TestRealEnlarge holds that nothing is made larger.
func TestRealEnlarge(t *testing.T) {
	tool := installed(t)
	out := filepath.Join(t.TempDir(), "out.mp4")
	if err := tool.Convert(context.Background(), films+"wide.mp4", "mp4", out, 1080); err != nil {
		t.Fatal(err)
	}
	b, err := tool.Frame(context.Background(), out, "mp4", 0)
	if err != nil {
		t.Fatal(err)
	}
	if c, _, err := image.DecodeConfig(bytes.NewReader(b)); err != nil || c.Width != 214 || c.Height != 120 {
		t.Errorf("%d × %d, %v; want 214 × 120", c.Width, c.Height, err)
	}
}

// TestRealPlaylist holds that lists which name other files are not followed.
func TestRealPlaylist(t *testing.T) {
	tool := installed(t)
	dir := t.TempDir()
	target, err := filepath.Abs(films + "h264.mp4")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"hls":    "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://" + target + "\n#EXT-X-ENDLIST\n",
		"concat": "ffconcat version 1.0\nfile '" + target + "'\n",
		"sdp":    "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 4000 RTP/AVP 96\n",
	} {
		file := filepath.Join(dir, name+".mp4")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, format := range map[string][]string{"hls": {"mp4", "webm"}, "concat": {"mp4"}, "sdp": {"webm"}}[name] {
			if _, err := tool.Frame(context.Background(), file, format, 0); !errors.Is(err, ErrFailed) {
				t.Errorf("%s as %s: %v", name, format, err)
			}
			out := filepath.Join(dir, "out.mp4")
			err := tool.Convert(context.Background(), file, format, out, 720)
			if !errors.Is(err, ErrFailed) || strings.Contains(err.Error(), "PRIVATE") {
				t.Errorf("%s as %s: %v", name, format, err)
			}
		}
	}
}
