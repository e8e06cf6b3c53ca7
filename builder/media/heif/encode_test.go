package heif

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/draw"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"image/png"
)

// planes returns a picture as *image.YCbCr.
func planes(m image.Image) *image.YCbCr {
	b := m.Bounds()
	src := image.NewRGBA(b)
	draw.Draw(src, b, m, b.Min, draw.Src)
	out := image.NewYCbCr(b, image.YCbCrSubsampleRatio420)
	toYCbCr(out, src, rect{0, 0, b.Dx(), b.Dy()})
	return out
}

func encoded(t *testing.T, m *image.YCbCr, quality int) []byte {
	t.Helper()
	data, err := EncodeAVIF(context.Background(), m, quality)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEncodeAVIF(t *testing.T) {
	for _, name := range []string{"odd", "even"} {
		src := planes(drawn[name])
		f, m := decoded(t, encoded(t, src, 90), 1)
		if d := distance(m, src); d < 0 || d > 250 {
			t.Errorf("%s: %d hundredths of a level from what was encoded", name, d)
		}
		if f.Primaries != 1 || f.Transfer != 13 || f.Matrix != 6 || !f.FullRange || f.Depth != 8 {
			t.Errorf("%s: codes %d %d %d %v, %d bits", name, f.Primaries, f.Transfer, f.Matrix, f.FullRange, f.Depth)
		}
		if f.Exif != nil || f.XMP != nil || f.ICC != nil || f.Alpha || f.Animated || f.Orientation != 1 {
			t.Errorf("%s: has more than pixels: %+v", name, f)
		}
	}
	if w := EncodeWeight(1920, 1440); w < 300e6 || w > 400e6 {
		t.Errorf("a plate weighs %d, and 270 MiB were measured", w)
	}
	if low, high := encoded(t, planes(drawn["odd"]), 20), encoded(t, planes(drawn["odd"]), 90); len(low) >= len(high) {
		t.Errorf("quality 20 takes %d bytes, 90 takes %d", len(low), len(high))
	}
}

// TestEncodePlace holds that a part of a picture is encoded as that part alone.
func TestEncodePlace(t *testing.T) {
	whole := planes(drawn["even"])
	sub := whole.SubImage(image.Rect(32, 16, 132, 80)).(*image.YCbCr)
	alone := planes(part(drawn["even"], image.Rect(32, 16, 132, 80)))
	if !bytes.Equal(encoded(t, sub, 60), encoded(t, alone, 60)) {
		t.Error("a part is not encoded like the same pixels alone")
	}
}

// TestEncodeSame encodes one picture again and again, on one core and on two,
// alone and beside others.
func TestEncodeSame(t *testing.T) {
	src := planes(drawn["odd"])
	want := encoded(t, src, 60)
	for _, cores := range []int{1, 2} {
		old := runtime.GOMAXPROCS(cores)
		var wait sync.WaitGroup
		for range 3 {
			wait.Go(func() {
				got, err := EncodeAVIF(context.Background(), src, 60)
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("%d cores: other bytes (%v)", cores, err)
				}
			})
			wait.Go(func() {
				if _, err := EncodeAVIF(context.Background(), planes(drawn["tiles"]), 30); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		runtime.GOMAXPROCS(old)
	}
}

func TestEncodeRefuses(t *testing.T) {
	src := planes(drawn["even"])
	for _, quality := range []int{0, 101} {
		if _, err := EncodeAVIF(context.Background(), src, quality); err == nil {
			t.Errorf("takes quality %d", quality)
		}
	}
	if _, err := EncodeAVIF(context.Background(), image.NewYCbCr(image.Rectangle{}, image.YCbCrSubsampleRatio420), 60); err == nil {
		t.Error("takes nothing")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := EncodeAVIF(ctx, src, 60); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestEncodeOracle lets another decoder look at what was encoded.
func TestEncodeOracle(t *testing.T) {
	tool, err := exec.LookPath("avifdec")
	if err != nil {
		t.Skip("no avifdec")
	}
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.avif"), filepath.Join(dir, "out.png")
	src := planes(drawn["odd"])
	if err := os.WriteFile(in, encoded(t, src, 90), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(tool, in, out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if d := distance(m, src); d < 0 || d > 250 {
		t.Errorf("%d hundredths of a level from what was encoded", d)
	}
}
