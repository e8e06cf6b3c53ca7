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
	seedTo   = flag.Uint64("to", 6, "last seed of TestOtherDecoders")
	keep     = flag.String("keep", "", "folder to keep the streams of TestOtherDecoders in")
)

// TestOtherDecoders makes streams that use everything an intra picture can, and
// compares with ffmpeg and libde265 where both are there. Each of them fails
// some of the rarer tools, so every sample must agree with one of them at least;
// -v tells which agrees with the whole. The corpus holds such streams with the
// sums of those decoders; this makes others.
func TestOtherDecoders(t *testing.T) {
	ffmpeg, err1 := exec.LookPath("ffmpeg")
	de265, err2 := exec.LookPath("libde265-dec265")
	if err1 != nil || err2 != nil {
		t.Skip("ffmpeg and libde265-dec265 are not both here")
	}
	dir := t.TempDir()
	for seed := *seedFrom; seed <= *seedTo; seed++ {
		stream, c, err := generate(seed)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		got := packed(decodeStream(t, stream))
		name := filepath.Join(dir, fmt.Sprintf("noise%03d.hevc", seed))
		if *keep != "" {
			name = filepath.Join(*keep, filepath.Base(name))
		}
		if err := os.WriteFile(name, stream, 0o644); err != nil {
			t.Fatal(err)
		}
		raw := filepath.Join(dir, "raw.yuv")
		one := planesOf(c, len(got), raw, ffmpeg, "-nostdin", "-v", "quiet", "-threads", "1", "-y", "-i", name, "-f", "rawvideo", raw)
		two := planesOf(c, len(got), raw, de265, "-q", "-o", raw, name)
		t.Logf("seed %d: ffmpeg %v, libde265 %v", seed, bytes.Equal(got, one), bytes.Equal(got, two))
		if n := strangers(got, one, two); n > 0 {
			t.Errorf("seed %d: %d of %d samples are as neither ffmpeg (%d given) nor libde265 (%d given) has them\n%s",
				seed, n, len(got), len(one), len(two), c)
		}
	}
}

// strangers counts the samples that neither of two others has.
func strangers(got, one, two []byte) int {
	n := 0
	for i, v := range got {
		if !(i < len(one) && one[i] == v || i < len(two) && two[i] == v) {
			n++
		}
	}
	return n
}

// planesOf runs a decoder that writes raw planes to a file, and gives the first
// n of its samples in 8 bits; nil where it fails.
func planesOf(c *recipe, n int, raw, program string, args ...string) []byte {
	os.Remove(raw)
	exec.Command(program, args...).Run() // a decoder that complains may still have decoded
	out, err := os.ReadFile(raw)
	if err != nil {
		return nil
	}
	if depth := c.sps.depthY; depth > 8 {
		for i := range len(out) / 2 {
			v := int(out[2*i]) | int(out[2*i+1])<<8
			out[i] = byte(min((v+1<<(depth-9))>>(depth-8), 255))
		}
		out = out[:len(out)/2]
	}
	return out[:min(n, len(out))]
}

// String tells a recipe where a test fails.
func (c *recipe) String() string {
	return fmt.Sprintf("%+v %+v pcm %+v tiles %+v", c.sps, c.pps, c.sps.pcm, c.pps.tiles)
}
