package webp

import (
	"bytes"
	"image"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	decoder "golang.org/x/image/webp"
)

// sample returns a picture with smooth parts, edges and noise.
func sample(w, h int, seed uint64) *image.YCbCr {
	r := rand.New(rand.NewPCG(seed, 1))
	m := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for y := range h {
		for x := range w {
			v := 2*x + y
			switch {
			case (x/24+y/40)%3 == 0:
				v = r.IntN(256)
			case (x+2*y)/30%4 == 0:
				v = 255
			}
			m.Y[m.YOffset(x, y)] = byte(v)
		}
	}
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = byte(100+i%m.CStride), byte(i/m.CStride*3+r.IntN(9))
	}
	return m
}

var shapes = [][2]int{{1, 1}, {2, 1}, {1, 3}, {15, 17}, {16, 16}, {33, 64}, {160, 120}, {321, 77}}

// TestDecodersAgree holds the reconstruction against what a decoder makes of
// the file, pixel by pixel, for every part of the format that is used.
func TestDecodersAgree(t *testing.T) {
	for _, s := range shapes {
		for _, quality := range []int{0, 40, 80, 97, 100} {
			m := sample(s[0], s[1], uint64(quality))
			e := newEncoder(m, quantizer(quality))
			e.unfiltered = true
			e.run()
			file, err := e.file()
			if err != nil {
				t.Fatal(err)
			}
			got, err := decoder.Decode(bytes.NewReader(file))
			if err != nil {
				t.Fatalf("%v q%d: %v", s, quality, err)
			}
			d := got.(*image.YCbCr)
			if d.Rect != m.Rect {
				t.Fatalf("%v q%d: decoded as %v", s, quality, d.Rect)
			}
			same(t, d.Y, d.YStride, e.result[0], s[0], s[1])
			same(t, d.Cb, d.CStride, e.result[1], (s[0]+1)/2, (s[1]+1)/2)
			same(t, d.Cr, d.CStride, e.result[2], (s[0]+1)/2, (s[1]+1)/2)
		}
	}
}

func same(t *testing.T, pix []byte, stride int, c channel, w, h int) {
	t.Helper()
	for y := range h {
		for x := range w {
			if got, want := pix[y*stride+x], c.pix[c.index(x, y)]; got != want {
				t.Fatalf("at %d,%d the decoder has %d, the encoder %d", x, y, got, want)
			}
		}
	}
}

// TestClose holds the decoded picture against the source, which a mistake in
// prediction or transform would let drift.
func TestClose(t *testing.T) {
	m := sample(320, 240, 7)
	last := 1 << 30
	for _, quality := range []int{10, 50, 80, 100} {
		file, err := Encode(m, quality)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decoder.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		d, sum, table := got.(*image.YCbCr), 0, lumaRange()
		for y := range 240 {
			for x := range 320 {
				diff := int(d.Y[d.YOffset(x, y)]) - int(table[m.Y[m.YOffset(x, y)]])
				sum += diff * diff
			}
		}
		if sum >= last {
			t.Errorf("quality %d is no closer than the one before: %d, %d", quality, sum, last)
		}
		last = sum
	}
	if mean := float64(last) / (320 * 240); mean > 4 {
		t.Errorf("at quality 100 the mean square error is %.1f", mean)
	}
}

func TestSameBytes(t *testing.T) {
	m := sample(200, 150, 3)
	first, err := Encode(m, 80)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Encode(sample(200, 150, 4), 30); err != nil { // leaves nothing behind
		t.Fatal(err)
	}
	again, err := Encode(m, 80)
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("the same picture gave %d and %d bytes (%v)", len(first), len(again), err)
	}
}

func TestRefuses(t *testing.T) {
	for _, m := range []*image.YCbCr{
		image.NewYCbCr(image.Rect(0, 0, 4, 4), image.YCbCrSubsampleRatio444),
		image.NewYCbCr(image.Rect(0, 0, 0, 4), image.YCbCrSubsampleRatio420),
		image.NewYCbCr(image.Rect(0, 0, MaxSize+1, 1), image.YCbCrSubsampleRatio420),
	} {
		if _, err := Encode(m, 80); err == nil {
			t.Errorf("%v %v was taken", m.Rect, m.SubsampleRatio)
		}
	}
}

func TestQuantizer(t *testing.T) {
	for quality, want := range map[int]int{-1: 127, 0: 127, 50: 38, 75: 26, 80: 19, 100: 0, 200: 0} {
		if got := quantizer(quality); got != want {
			t.Errorf("quantizer(%d) = %d, want %d", quality, got, want)
		}
	}
}

// TestReference decodes with libwebp's program where there is one.
func TestReference(t *testing.T) {
	program, err := exec.LookPath("dwebp")
	if err != nil {
		t.Skip("dwebp is not installed")
	}
	for _, s := range shapes {
		file, err := Encode(sample(s[0], s[1], 9), 80)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "a.webp")
		if err := os.WriteFile(name, file, 0o666); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(program, name, "-o", name+".png").CombinedOutput(); err != nil {
			t.Errorf("%v: %v: %s", s, err, out)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	m := sample(1600, 1200, 1)
	b.SetBytes(1600 * 1200)
	for b.Loop() {
		if _, err := Encode(m, 80); err != nil {
			b.Fatal(err)
		}
	}
}
