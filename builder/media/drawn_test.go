package media

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
)

// TestFromRGBA holds fromRGBA against image/color, over sizes and stretches of
// one colour, into memory that was used before.
func TestFromRGBA(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var got image.YCbCr
	for range 400 {
		m := image.NewRGBA(image.Rect(0, 0, 1+r.IntN(40), 1+r.IntN(40)))
		for i := 0; i < len(m.Pix); {
			c := [4]byte{byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32()), 255}
			if r.IntN(4) == 0 {
				c = [4]byte{byte(r.IntN(2)) * 255, byte(r.IntN(2)) * 255, byte(r.IntN(2)) * 255, 255}
			}
			for range 1 + r.IntN(9) {
				i += copy(m.Pix[i:], c[:])
			}
		}
		fromRGBA(&got, m)
		for y := range m.Rect.Dy() {
			for x := range m.Rect.Dx() {
				if p, want := got.YCbCrAt(x, y), reference(m, x, y); p != want {
					t.Fatalf("%v at %d, %d: %v, want %v", m.Rect, x, y, p, want)
				}
			}
		}
	}
}

// reference is a pixel in Y'CbCr, its chroma that of the four it belongs to.
func reference(m *image.RGBA, x, y int) color.YCbCr {
	right, below := m.Rect.Dx()-1, m.Rect.Dy()-1
	four := [4]color.RGBA{
		m.RGBAAt(x&^1, y&^1), m.RGBAAt(min(x|1, right), y&^1), m.RGBAAt(x&^1, min(y|1, below)), m.RGBAAt(min(x|1, right), min(y|1, below)),
	}
	var sum [3]int
	for _, c := range four {
		sum[0], sum[1], sum[2] = sum[0]+int(c.R), sum[1]+int(c.G), sum[2]+int(c.B)
	}
	var out color.YCbCr
	_, out.Cb, out.Cr = color.RGBToYCbCr(uint8((sum[0]+2)/4), uint8((sum[1]+2)/4), uint8((sum[2]+2)/4))
	c := m.RGBAAt(x, y)
	out.Y, _, _ = color.RGBToYCbCr(c.R, c.G, c.B)
	return out
}

func BenchmarkFromRGBA(b *testing.B) {
	for _, v := range []struct {
		name string
		fill func(i int) byte
	}{
		{"flat", func(int) byte { return 90 }},
		{"picture", func(i int) byte { return byte(i * 7919 >> 5) }},
	} {
		b.Run(v.name, func(b *testing.B) {
			m := image.NewRGBA(image.Rect(0, 0, 1200, 630))
			for i := range m.Pix {
				m.Pix[i] = v.fill(i)
			}
			var dst image.YCbCr
			b.ReportAllocs()
			for b.Loop() {
				fromRGBA(&dst, m)
			}
		})
	}
}
