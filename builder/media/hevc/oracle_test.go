package hevc

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

var (
	seedFrom = flag.Uint64("from", 1, "first seed of TestOtherDecoders")
	seedTo   = flag.Uint64("to", 12, "last seed of TestOtherDecoders")
	keep     = flag.String("keep", "", "folder to keep the streams of TestOtherDecoders in")
)

// TestOtherDecoders makes streams that use everything an intra picture can, and
// compares with ffmpeg and libde265 where those are there. The corpus holds such
// streams with the sums of those decoders; this makes others.
func TestOtherDecoders(t *testing.T) {
	ffmpeg, err1 := exec.LookPath("ffmpeg")
	de265, err2 := exec.LookPath("libde265-dec265")
	if err1 != nil && err2 != nil {
		t.Skip("neither ffmpeg nor libde265-dec265 is here")
	}
	dir := t.TempDir()
	for seed := *seedFrom; seed <= *seedTo; seed++ {
		stream, c, err := generate(seed)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		p := decodeStream(t, stream)
		name := filepath.Join(dir, fmt.Sprintf("random%03d.hevc", seed))
		if *keep != "" {
			name = filepath.Join(*keep, filepath.Base(name))
		}
		if err := os.WriteFile(name, stream, 0o644); err != nil {
			t.Fatal(err)
		}
		what := fmt.Sprintf("seed %d: sps %+v pps %+v pcm %+v tiles %+v", seed, c.sps, c.pps, c.sps.pcm, c.pps.tiles)
		raw := filepath.Join(dir, "raw.yuv")
		if err1 == nil {
			os.Remove(raw)
			exec.Command(ffmpeg, "-nostdin", "-v", "quiet", "-threads", "1", "-y", "-i", name, "-f", "rawvideo", raw).Run()
			compare(t, "ffmpeg "+what, p, c, raw)
		}
		if err2 == nil {
			os.Remove(raw)
			exec.Command(de265, "-q", "-o", raw, name).Run()
			compare(t, "libde265 "+what, p, c, raw)
		}
	}
}

// compare holds a picture against another decoder's planes in a file.
func compare(t *testing.T, what string, p *Picture, c *recipe, raw string) {
	t.Helper()
	other, err := os.ReadFile(raw)
	if err != nil {
		t.Logf("%s: no output", what)
		return
	}
	got := packed(p)
	if len(other) == 2*len(got) {
		for i := range got {
			v := int(other[2*i]) | int(other[2*i+1])<<8
			other[i] = byte(min((v+1<<(c.sps.depthY-8)>>1)>>(c.sps.depthY-8), 255))
		}
		other = other[:len(got)]
	}
	if len(other) > len(got) && c.sps.chroma == 0 {
		other = other[:len(got)]
	}
	if bytes.Equal(got, other) {
		return
	}
	differ, first := 0, -1
	for i := range min(len(got), len(other)) {
		if got[i] != other[i] {
			differ++
			if first < 0 {
				first = i
			}
		}
	}
	t.Errorf("%s\n%d×%d: %d of %d samples differ (%d given), the first at %d (y %d x %d)",
		what, p.Width, p.Height, differ, len(got), len(other), first, first/p.Width, first%p.Width)
}
