package heif

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"testing"

	"github.com/gen2brain/avif"
)

// decoded reads and decodes a picture.
func decoded(t *testing.T, data []byte, scale int) (*File, image.Image) {
	t.Helper()
	f, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	f, at := f.Reduced(scale)
	if at != scale {
		t.Fatalf("reduced by %d, not %d", at, scale)
	}
	m, err := f.Decode(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if m.Bounds() != image.Rect(0, 0, f.Width, f.Height) {
		t.Fatalf("%d × %d, says the file, and decodes to %v", f.Width, f.Height, m.Bounds())
	}
	return f, m
}

// part returns a part of a picture.
func part(m image.Image, r image.Rectangle) image.Image {
	out := image.NewNRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(out, out.Rect, m, r.Min, draw.Src)
	return out
}

// grey returns a picture's luma, as an encoder of 4:0:0 sees it.
func grey(m image.Image) image.Image {
	b := m.Bounds()
	out := image.NewGray(b)
	for y := range b.Dy() {
		for x := range b.Dx() {
			c := color.YCbCrModel.Convert(m.At(x, y)).(color.YCbCr)
			out.SetGray(x, y, color.Gray{c.Y})
		}
	}
	return out
}

func TestDecodeAVIF(t *testing.T) {
	for _, c := range []struct {
		name        string
		want        image.Image
		depth, turn int
		clear       bool
	}{
		{"odd420", drawn["odd"], 8, 1, false},
		{"limited709", drawn["even"], 8, 1, false},
		{"deep", drawn["even"], 10, 1, false},
		{"grey", grey(drawn["even"]), 8, 1, false},
		{"clear", drawn["clear"], 8, 1, true},
		{"premultiplied", drawn["clear"], 8, 1, true},
		{"grid", drawn["tiles"], 10, 1, false},
		{"turned", drawn["even"], 8, 7, false},
		{"cut", part(drawn["even"], image.Rect(32, 0, 128, 64)), 8, 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, m := decoded(t, sample(t, c.name+".avif"), 1)
			if d := distance(m, c.want); d < 0 || d > 150 {
				t.Errorf("%d hundredths of a level from what was encoded", d)
			}
			if f.Depth != c.depth || f.Orientation != c.turn || f.Alpha != c.clear {
				t.Errorf("%d bits, orientation %d, alpha %v", f.Depth, f.Orientation, f.Alpha)
			}
			if _, ok := m.(*image.NRGBA); ok != c.clear {
				t.Errorf("a %T", m)
			}
		})
	}
	f, _ := decoded(t, sample(t, "odd420.avif"), 1)
	if !bytes.Contains(f.Exif, []byte("Test")) || !bytes.HasPrefix(f.Exif, []byte("MM\x00*")) || !bytes.Contains(f.XMP, []byte("xmpmeta")) {
		t.Errorf("EXIF %q, XMP %q", f.Exif, f.XMP)
	}
}

// TestReduced holds that the library scales: see the package's comment.
func TestReduced(t *testing.T) {
	for _, c := range []struct {
		name        string
		scale, most int
	}{
		// An odd size is rounded up, and the picture stretched to it.
		{"odd420", 2, 200}, {"odd420", 4, 600},
		{"deep", 2, 150}, {"clear", 2, 150}, {"grid", 4, 150}, {"grey", 8, 150},
	} {
		data := sample(t, c.name+".avif")
		whole, m := decoded(t, data, 1)
		f, r := decoded(t, data, c.scale)
		if f.Width != (whole.Width+c.scale-1)/c.scale || f.Height != (whole.Height+c.scale-1)/c.scale || f.Weight() >= whole.Weight() {
			t.Errorf("%s: %d × %d of weight %d becomes %d × %d of weight %d", c.name, whole.Width, whole.Height, whole.Weight(), f.Width, f.Height, f.Weight())
		}
		if d := distance(r, averaged(rgb(m), c.scale)); d < 0 || d > c.most {
			t.Errorf("%s by %d: %d hundredths of a level from the mean", c.name, c.scale, d)
		}
	}
	for name, m := range map[string]*maker{
		"cut": single(64, 64, clap(32, 32, 0, 1, 0, 1)), "tiles that become odd": grid(2, 1, 66, 64, 132, 64),
	} {
		f, err := Read(m.bytes())
		if err != nil {
			t.Fatal(err)
		}
		if g, n := f.Reduced(2); g != f || n != 1 {
			t.Errorf("%s: reduced by %d", name, n)
		}
	}
}

// averaged returns the means of squares of n × n pixels.
func averaged(m *image.RGBA, n int) *image.RGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, (w+n-1)/n, (h+n-1)/n))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var sum [4]int
			count := 0
			for j := y * n; j < min(y*n+n, h); j++ {
				for i := x * n; i < min(x*n+n, w); i++ {
					for k := range sum {
						sum[k] += int(m.Pix[m.PixOffset(i, j)+k])
					}
					count++
				}
			}
			for k, s := range sum {
				out.Pix[out.PixOffset(x, y)+k] = byte(s / count)
			}
		}
	}
	return out
}

// TestEightBits holds that the library makes 8-bit pixels of a tile that is 10
// bits deep, as it is handed over, and 16-bit ones of the file as it was.
func TestEightBits(t *testing.T) {
	data := sample(t, "deep.avif")
	m, err := avif.Decode(bytes.NewReader(data))
	if _, ok := m.(*image.RGBA64); err != nil || !ok {
		t.Errorf("the file as it is gives a %T, %v", m, err)
	}
	f, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.part(0); err != nil {
		t.Error(err)
	}
}

func TestDecodeBroken(t *testing.T) {
	empty := single(64, 64)
	f, err := Read(empty.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if m, err := f.Decode(context.Background()); err == nil {
		t.Errorf("headers alone decode to %v", m.Bounds())
	}
	for _, name := range []string{"odd420", "clear", "premultiplied", "deep", "grid"} {
		for _, all := range []bool{true, false} {
			f, err := Read(sample(t, name+".avif"))
			if err != nil {
				t.Fatal(err)
			}
			last := &f.still.tiles[len(f.still.tiles)-1]
			if f.alpha != nil && !all {
				last = &f.alpha.tiles[0]
			}
			// Without its frame's last bytes, and without its frame.
			last.data = last.data[:len(last.data)-3]
			if all {
				last.data = last.data[:14]
			}
			if m, err := f.Decode(context.Background()); err == nil {
				t.Errorf("%s, cut tile: decodes to %v", name, m.Bounds())
			}
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := f.Decode(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestToYCbCr holds the conversion against that of package color.
func TestToYCbCr(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 2*17, 2*16))
	for i := range 16 * 16 {
		c := color.RGBA{uint8(i * 7), uint8(i * 31), uint8(i * 101), 255}
		draw.Draw(src, image.Rect(i%16*2, i/16*2, i%16*2+2, i/16*2+2), image.NewUniform(c), image.Point{}, draw.Src)
	}
	m := image.NewYCbCr(image.Rect(0, 0, 40, 40), image.YCbCrSubsampleRatio420)
	toYCbCr(m, src, rect{4, 6, 31, 31})
	for y := range 31 {
		for x := range 31 {
			p := src.RGBAAt(x, y)
			wy, wb, wr := color.RGBToYCbCr(p.R, p.G, p.B)
			got := m.YCbCrAt(x+4, y+6)
			if far(got.Y, wy) || far(got.Cb, wb) || far(got.Cr, wr) {
				t.Fatalf("%d, %d: %v becomes %v, want %d %d %d", x, y, p, got, wy, wb, wr)
			}
		}
	}
	if m.Y[0] != 0 || m.Y[m.YOffset(35, 6)] != 0 || m.Y[m.YOffset(4, 37)] != 0 {
		t.Error("writes outside its place")
	}
}

func far(a, b uint8) bool { return a > b+1 && b < 255 || b > a+1 && a < 255 }

func TestStraighten(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 256, 256))
	for a := range 256 {
		for v := range a + 1 {
			src.SetRGBA(v, a, color.RGBA{uint8(v), uint8(a), 0, uint8(a)})
		}
	}
	m := image.NewNRGBA(image.Rect(0, 0, 258, 256))
	straighten(m, src, rect{2, 0, 256, 256})
	for a := range 256 {
		for v := range a + 1 {
			want := color.NRGBAModel.Convert(src.At(v, a)).(color.NRGBA)
			if got := m.NRGBAAt(v+2, a); far(got.R, want.R) || far(got.G, want.G) || got.A != want.A {
				t.Fatalf("%v becomes %v, want %v", src.At(v, a), got, want)
			}
		}
	}
}
