package heif

import (
	"image"
	"math"
	"testing"
)

// TestConversion holds the integers against the formulas, by way of RGB.
func TestConversion(t *testing.T) {
	for matrix, k := range luma {
		for _, full := range []bool{true, false} {
			c, ok := newConversion(matrix, full)
			if !ok {
				t.Fatalf("no conversion from %d", matrix)
			}
			for y := 0; y < 256; y += 15 {
				for u := 0; u < 256; u += 15 {
					for v := 0; v < 256; v += 15 {
						got := convertOne(&c, y, u, v)
						want := byFormula(float64(k[0])/one, float64(k[1])/one, full, float64(y), float64(u), float64(v))
						for i := range got {
							if math.Abs(float64(got[i])-want[i]) > 0.51 {
								t.Fatalf("matrix %d, full %v: %d %d %d becomes %d, want %.2f", matrix, full, y, u, v, got, want)
							}
						}
					}
				}
			}
		}
	}
	if c, _ := newConversion(6, true); c != identity {
		t.Errorf("full-range BT.601 is changed by %+v", c)
	}
	if _, ok := newConversion(8, true); ok {
		t.Error("knows YCgCo")
	}
}

func convertOne(c *conversion, y, u, v int) [3]byte {
	m := image.NewYCbCr(image.Rect(0, 0, 1, 1), image.YCbCrSubsampleRatio444)
	m.Y[0], m.Cb[0], m.Cr[0] = byte(y), byte(u), byte(v)
	c.apply(m)
	return [3]byte{m.Y[0], m.Cb[0], m.Cr[0]}
}

// byFormula goes by RGB, as H.273 has it (8.3).
func byFormula(kr, kb float64, full bool, y, u, v float64) [3]float64 {
	if full {
		y, u, v = y/255, (u-128)/255, (v-128)/255
	} else {
		y, u, v = (y-16)/219, (u-128)/224, (v-128)/224
	}
	r, b := y+2*(1-kr)*v, y+2*(1-kb)*u
	g := (y - kr*r - kb*b) / (1 - kr - kb)
	y = 0.299*r + 0.587*g + 0.114*b
	out := [3]float64{y * 255, 128 + (b-y)/1.772*255, 128 + (r-y)/1.402*255}
	for i := range out {
		out[i] = max(0, min(out[i], 255))
	}
	return out
}

// TestApplySubsampled holds which pixels share a chroma sample, at odd sizes.
func TestApplySubsampled(t *testing.T) {
	c, _ := newConversion(1, false)
	for _, ratio := range []image.YCbCrSubsampleRatio{image.YCbCrSubsampleRatio420, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio444} {
		m := image.NewYCbCr(image.Rect(0, 0, 5, 3), ratio)
		for i := range m.Y {
			m.Y[i] = byte(40 + 10*i)
		}
		for i := range m.Cb {
			m.Cb[i], m.Cr[i] = byte(90+7*i), byte(170-9*i)
		}
		want := [3][5][3]byte{}
		for y := range 3 {
			for x := range 5 {
				p := m.YCbCrAt(x, y)
				want[y][x] = convertOne(&c, int(p.Y), int(p.Cb), int(p.Cr))
			}
		}
		c.apply(m)
		for y := range 3 {
			for x := range 5 {
				if p := m.YCbCrAt(x, y); [3]byte{p.Y, p.Cb, p.Cr} != want[y][x] {
					t.Errorf("%v at %d, %d: %v, want %v", ratio, x, y, p, want[y][x])
				}
			}
		}
	}
}

func TestFromRGB(t *testing.T) {
	for _, full := range []bool{true, false} {
		m := image.NewYCbCr(image.Rect(0, 0, 2, 1), image.YCbCrSubsampleRatio444)
		g, b, r := []byte{200, 16}, []byte{30, 235}, []byte{100, 16}
		copy(m.Y, g)
		copy(m.Cb, b)
		copy(m.Cr, r)
		fromRGB(m, full)
		for x := range 2 {
			level := func(v byte) float64 {
				if full {
					return float64(v)
				}
				return max(0, min((float64(v)-16)*255/219, 255))
			}
			lr, lg, lb := level(r[x]), level(g[x]), level(b[x])
			y := 0.299*lr + 0.587*lg + 0.114*lb
			want := [3]float64{y, 128 + (lb-y)/1.772, 128 + (lr-y)/1.402}
			for i, got := range []byte{m.Y[x], m.Cb[x], m.Cr[x]} {
				if math.Abs(float64(got)-min(want[i], 255)) > 1 {
					t.Errorf("full %v, pixel %d: %d, want %.2f", full, x, got, want[i])
				}
			}
		}
	}
}
