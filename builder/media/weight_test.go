package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/gen2brain/jpegn"
)

// weighed is kinds of pictures, by name, with what the reader of the format
// finds of bytes a pixel, and what BenchmarkWeight measured of one of 4032 ×
// 3024 pixels: megabytes of the file, and of memory at most, for renditions of
// up to 1920 pixels.
var weighed = []struct {
	name       string
	extra      int
	file, peak float64
	make       func(m *image.YCbCr) ([]byte, error)
}{
	{"baseline.jpeg", 0, 2.7, 46, asJPEG(false, false)},
	{"baseline444.jpeg", 0, 3.5, 55, asJPEG(true, false)},
	{"progressive.jpeg", 6, 2.5, 84, asJPEG(false, true)},
	{"progressive444.jpeg", 12, 3.2, 164, asJPEG(true, true)},
	{"gray.png", 2, 5.1, 49, func(m *image.YCbCr) ([]byte, error) {
		return asPNG(&image.Gray{Pix: m.Y, Stride: m.YStride, Rect: m.Rect})
	}},
	{"palette.png", 5, 4.5, 81, func(m *image.YCbCr) ([]byte, error) { return asPNG(shades(m)) }},
	{"colours.png", 8, 13.8, 102, func(m *image.YCbCr) ([]byte, error) { return asPNG(inColours(m)) }},
	{"deep.png", 12, 21.1, 159, func(m *image.YCbCr) ([]byte, error) { return asPNG(deep(m)) }},
	{"canvas.gif", 5, 4.2, 87, func(m *image.YCbCr) ([]byte, error) {
		var b bytes.Buffer
		err := gif.Encode(&b, shades(m), nil)
		return b.Bytes(), err
	}},
	{"lossy.webp", 3, 1.4, 67, func(m *image.YCbCr) ([]byte, error) { return encodeWebP(context.Background(), m) }},
}

// TestWeight holds estimates against what was measured: not less, and not
// twice as much.
func TestWeight(t *testing.T) {
	renditions := weightOf([]Rendition{{Width: 1920, Height: 1440, format: "webp"}, {Width: 960, Height: 720, format: "jpeg"}})
	for _, c := range weighed {
		info := &Info{Format: strings.TrimPrefix(filepath.Ext(c.name), "."), Width: 4032, Height: 3024, Size: int64(c.file * 1e6), extra: c.extra, orientation: 1}
		got := float64(info.weight(scaleFor(info.Width, info.Height, 1920))+renditions) / 1e6
		if got < 0.95*c.peak || got > 2*c.peak {
			t.Errorf("%s: estimated %.0f MB, measured %.0f", c.name, got, c.peak)
		}
		data, err := c.make(phonePhoto(64, 48, 1))
		if err != nil {
			t.Fatal(err)
		}
		if small, fault := inspect(data, Limits{}); fault != nil || small.extra != c.extra {
			t.Errorf("%s: %v, or not %d bytes a pixel: %+v", c.name, fault, c.extra, small)
		}
	}
}

// TestWeightOfAVIF holds that the encoder's memory is reckoned with.
func TestWeightOfAVIF(t *testing.T) {
	plain, avif := weightOf([]Rendition{{Width: 1920, Height: 1440, format: "webp"}}), weightOf([]Rendition{{Width: 1920, Height: 1440, format: "avif"}})
	if avif < plain+300e6 {
		t.Errorf("WebP %d, AVIF %d bytes", plain, avif)
	}
}

const peakEnv = "GALLERIST_TEST_PEAK"

// BenchmarkWeight makes pictures of 12 megapixels, each in a process of its
// own, and tells what was estimated and the most memory it took. Linux tells
// that.
func BenchmarkWeight(b *testing.B) {
	if runtime.GOOS != "linux" {
		b.Skip("needs /proc")
	}
	m := phonePhoto(4032, 3024, 1)
	for _, c := range weighed {
		b.Run(c.name, func(b *testing.B) {
			data, err := c.make(m)
			if err != nil {
				b.Fatal(err)
			}
			name := filepath.Join(b.TempDir(), c.name)
			if err := os.WriteFile(name, data, 0o666); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				child := exec.Command(os.Args[0], "-test.run=^TestPeak$", "-test.v")
				child.Env = append(os.Environ(), peakEnv+"="+name)
				out, err := child.Output()
				if err != nil {
					b.Fatal(err, string(out))
				}
				at := bytes.Index(out, []byte("PEAK "))
				var estimate, peak float64
				if _, err := fmt.Sscanf(string(out[max(at, 0):]), "PEAK %f %f", &estimate, &peak); err != nil {
					b.Fatal(err, string(out))
				}
				b.ReportMetric(estimate, "MB-estimated")
				b.ReportMetric(peak, "MB-peak")
			}
		})
	}
}

// TestPeak is the child of BenchmarkWeight.
func TestPeak(t *testing.T) {
	name := os.Getenv(peakEnv)
	if name == "" {
		t.Skip("is for BenchmarkWeight")
	}
	debug.SetMemoryLimit(1 << 62)
	s := New(os.DirFS(filepath.Dir(name)), MemStore(), Options{})
	info, fault, err := s.Probe(t.Context(), filepath.Base(name))
	if fault != nil || err != nil {
		t.Fatal(fault, err)
	}
	rend := s.Plan([]Recipe{{Name: "a", Widths: []int{320, 640, 960, 1280, 1920}}}, info, Look{})["a"]
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil { // the most so far is what is now
		t.Fatal(err)
	}
	before := residentMB(t, "VmRSS:")
	mustMake(t, s, []Job{{info, rend}})
	fmt.Printf("PEAK %f %f\n", float64(info.weight(rend[0].scale)+weightOf(rend))/1e6, residentMB(t, "VmHWM:")-before)
}

func residentMB(t *testing.T, key string) float64 {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	var kilobytes float64
	_, rest, _ := strings.Cut(string(status), key)
	if _, err := fmt.Sscan(rest, &kilobytes); err != nil {
		t.Fatal(err)
	}
	return kilobytes * 1024 / 1e6
}

func asJPEG(whole, progressive bool) func(m *image.YCbCr) ([]byte, error) {
	return func(m *image.YCbCr) ([]byte, error) {
		o := &jpegn.EncodeOptions{Quality: 90, Progressive: progressive}
		if whole {
			o.Subsampling = jpegn.Subsample444
		}
		var b bytes.Buffer
		err := jpegn.Encode(&b, m, o)
		return b.Bytes(), err
	}
}

func asPNG(m image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, m)
	return b.Bytes(), err
}

// shades returns the luma of a picture, few enough to be compressed.
func shades(m *image.YCbCr) *image.Paletted {
	p := image.NewPaletted(m.Rect, nil)
	for i := range 256 {
		p.Palette = append(p.Palette, color.NRGBA{uint8(i), uint8(i / 2), 7, 255})
	}
	for i, v := range m.Y {
		p.Pix[i] = v &^ 7
	}
	return p
}

func inColours(m *image.YCbCr) *image.NRGBA {
	out := image.NewNRGBA(m.Rect)
	for y := range m.Rect.Dy() {
		for x := range m.Rect.Dx() {
			r, g, b, _ := m.YCbCrAt(x, y).RGBA()
			out.SetNRGBA(x, y, color.NRGBA{uint8(r>>8) &^ 7, uint8(g>>8) &^ 7, uint8(b>>8) &^ 7, 255})
		}
	}
	return out
}

func deep(m *image.YCbCr) *image.NRGBA64 {
	out := image.NewNRGBA64(m.Rect)
	for i, v := range inColours(m).Pix {
		out.Pix[2*i], out.Pix[2*i+1] = v, v
	}
	return out
}
