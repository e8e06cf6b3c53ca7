package media

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"math/rand/v2"
	"testing"
	"testing/fstest"

	"github.com/gen2brain/jpegn"
)

// TestDecoderBytes holds that JPEG is decoded to the same samples everywhere:
// with the decoder's assembler, without it (-tags noasm), on every machine.
func TestDecoderBytes(t *testing.T) {
	files := map[string][]byte{"baseline": phoneFile(t, 517, 389, 0), "progressive": phoneFile(t, 517, 389, 2)}
	for _, ratio := range []image.YCbCrSubsampleRatio{image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420} {
		for _, quality := range []int{5, 100} { // steps as coarse, values as large as can be
			files[fmt.Sprintf("extremes %d q%d", ratio, quality)] = encoded(t, extremes(133, 91, ratio), quality)
		}
	}
	for _, kind := range sortedKeys(files) {
		for scale := 1; scale <= 8; scale *= 2 {
			m, err := jpegn.Decode(bytes.NewReader(files[kind]), &jpegn.Options{ScaleDenom: scale})
			if err != nil {
				t.Fatal(err)
			}
			name := fmt.Sprintf("%s 1/%d", kind, scale)
			if got := sampleHash(m.(*image.YCbCr)); got != decoderBytes[name] {
				t.Errorf("%q: %q, want %q", name, got, decoderBytes[name])
			}
		}
	}
}

// extremes returns a picture of nothing but least and greatest values.
func extremes(w, h int, ratio image.YCbCrSubsampleRatio) *image.YCbCr {
	r := rand.New(rand.NewPCG(uint64(ratio), 1))
	m := image.NewYCbCr(image.Rect(0, 0, w, h), ratio)
	for _, p := range [][]byte{m.Y, m.Cb, m.Cr} {
		for i := range p {
			p[i] = -byte(r.IntN(2))
		}
	}
	return m
}

func encoded(t *testing.T, m *image.YCbCr, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpegn.Encode(&b, m, &jpegn.EncodeOptions{Quality: quality, OptimizeCoding: true}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sampleHash names the visible samples of a picture.
func sampleHash(m *image.YCbCr) string {
	h := sha256.New()
	for _, p := range splitYCbCr(m, 1, false) {
		for y := range p[0].h {
			h.Write(p[0].row(y))
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// TestRenditionBytes holds every byte of some renditions. They are the same on
// every machine; whoever changes them changes their names in encoders.
func TestRenditionBytes(t *testing.T) {
	fsys := fstest.MapFS{}
	for i := range 3 {
		fsys[fmt.Sprintf("p%d.jpg", i)] = &fstest.MapFile{Data: phoneFile(t, 1001, 667, i)}
	}
	fsys["gray.jpg"] = &fstest.MapFile{Data: jpegOf(t, evenGray(90, 40, 77))}
	fsys["thread.png"] = &fstest.MapFile{Data: pngOf(t, quarters(3, 900))}
	s := New(fsys, MemStore(), Options{})
	jobs := jobsOf(t, s, fsys, Recipe{Widths: []int{320, 640, 960}}, Recipe{Widths: []int{200}, Ratio: "1:1"})
	data := contents(t, mustMake(t, s, jobs))
	for _, j := range jobs {
		for _, r := range j.Renditions {
			name := fmt.Sprintf("%s %s %dx%d", j.Info.Path, r.Type, r.Width, r.Height)
			if got := fmt.Sprintf("%x", sha256.Sum256([]byte(data[r.Path])))[:16]; got != renditionBytes[name] {
				t.Errorf("%q: %q, want %q", name, got, renditionBytes[name])
			}
		}
	}
}

var decoderBytes = map[string]string{
	"baseline 1/1":        "7e07ecc0a10805eb",
	"baseline 1/2":        "c94e76f9dbf2266f",
	"baseline 1/4":        "b23c043c427109ba",
	"baseline 1/8":        "1acb39b526b17ac1",
	"extremes 0 q100 1/1": "26b9130a9c1a9bec",
	"extremes 0 q100 1/2": "e1cc2341422301f9",
	"extremes 0 q100 1/4": "eb5ca237c028573b",
	"extremes 0 q100 1/8": "38d612a0f643bbf1",
	"extremes 0 q5 1/1":   "468f5b56b0f0548c",
	"extremes 0 q5 1/2":   "58918e805f7db9c8",
	"extremes 0 q5 1/4":   "eae9cc8a10417c00",
	"extremes 0 q5 1/8":   "5829296aa6249716",
	"extremes 1 q100 1/1": "20ab9954e513f1bb",
	"extremes 1 q100 1/2": "b11e1e4c06f0e280",
	"extremes 1 q100 1/4": "b8af3cd5569479ee",
	"extremes 1 q100 1/8": "8d22be88f6f8eb79",
	"extremes 1 q5 1/1":   "6c44302ec9cfcc99",
	"extremes 1 q5 1/2":   "083730822855b411",
	"extremes 1 q5 1/4":   "603bdeb6b8af9e1c",
	"extremes 1 q5 1/8":   "dc32f4141b256fe7",
	"extremes 2 q100 1/1": "ee358cff0350289a",
	"extremes 2 q100 1/2": "0e33419a9a43f5af",
	"extremes 2 q100 1/4": "6ae9f58a931ff270",
	"extremes 2 q100 1/8": "258ab323c9ae4be4",
	"extremes 2 q5 1/1":   "32686fb8c5a59c14",
	"extremes 2 q5 1/2":   "5143b054994dd623",
	"extremes 2 q5 1/4":   "5cd9ae0c2e92b411",
	"extremes 2 q5 1/8":   "a4ac21f200016a36",
	"progressive 1/1":     "c93f85b45c1c3110",
	"progressive 1/2":     "1766718cf334fc81",
	"progressive 1/4":     "124ced975da4a083",
	"progressive 1/8":     "db1fbe8e266c9d65",
}

var renditionBytes = map[string]string{
	"gray.jpg image/jpeg 40x40":   "336cfcd0bea55dfe",
	"gray.jpg image/jpeg 90x40":   "37620c8a53fc02b4",
	"gray.jpg image/webp 40x40":   "61ae8fd5189e1df8",
	"gray.jpg image/webp 90x40":   "ffda21a0d6246486",
	"p0.jpg image/jpeg 200x200":   "c67ac176e8c44a1a",
	"p0.jpg image/jpeg 213x320":   "cfef10860d6eea8a",
	"p0.jpg image/jpeg 426x640":   "1af9f4e7edd08a3f",
	"p0.jpg image/jpeg 640x960":   "9ca389890ed0e9bb",
	"p0.jpg image/webp 200x200":   "3153fb9549f74057",
	"p0.jpg image/webp 213x320":   "72b9052a95c6bd35",
	"p0.jpg image/webp 426x640":   "9466fd80cdb80c86",
	"p0.jpg image/webp 640x960":   "eda14d1c9368ca01",
	"p1.jpg image/jpeg 200x200":   "0bf5e40c831be400",
	"p1.jpg image/jpeg 320x213":   "1c45a3a70fe7b7f6",
	"p1.jpg image/jpeg 640x426":   "2162ee40a061e532",
	"p1.jpg image/jpeg 960x640":   "e78d52e9a24d2b5c",
	"p1.jpg image/webp 200x200":   "5928242c6f0febdd",
	"p1.jpg image/webp 320x213":   "739d85deb91aecd7",
	"p1.jpg image/webp 640x426":   "e921766f98c3eb97",
	"p1.jpg image/webp 960x640":   "ade3804f3458659f",
	"p2.jpg image/jpeg 200x200":   "dd43c3917f005747",
	"p2.jpg image/jpeg 213x320":   "d6c79cf2571517eb",
	"p2.jpg image/jpeg 426x640":   "a7ea5fa7811e8f57",
	"p2.jpg image/jpeg 640x960":   "f37b6db5835306f0",
	"p2.jpg image/webp 200x200":   "a79975d0b241d6a0",
	"p2.jpg image/webp 213x320":   "95c1dab3b30a2b4c",
	"p2.jpg image/webp 426x640":   "c5df146e0fdf3514",
	"p2.jpg image/webp 640x960":   "3c6c9f43ee8ca486",
	"thread.png image/jpeg 1x320": "f32afd35079120a2",
	"thread.png image/jpeg 2x640": "229c55d90ac4bba2",
	"thread.png image/jpeg 3x3":   "157a51152387dbe1",
	"thread.png image/jpeg 3x900": "725ca4802584203f",
	"thread.png image/webp 1x320": "f7259897798696fb",
	"thread.png image/webp 2x640": "70dda5b3be4c80bc",
	"thread.png image/webp 3x3":   "7e0d4f9d62ff5b5b",
	"thread.png image/webp 3x900": "c5173cc3d5ad6862",
}
