package media

import (
	"math"
	"math/rand/v2"
	"testing"
)

// noise returns a plane of even noise.
func noise(w, h int, seed uint64) plane {
	r := rand.New(rand.NewPCG(seed, 2))
	p := newPlane(w, h, 1, 1)
	for i := range p.pix {
		p.pix[i] = byte(r.IntN(256))
	}
	return p
}

// exact is resample by definition, without rounding, flipping or a pyramid:
// columns, then rows, each bounded to what a byte can say.
func exact(p plane, xs, ys axis) []float64 {
	weights := func(a axis, size, i int) []float64 {
		scale := a.pixels()
		wide := max(scale*sharpness, 1)
		centre := float64(a.begin) + (float64(i)+0.5)*scale
		out, sum := make([]float64, size), 0.0
		for k := int(centre-2*wide) - 2; k < int(centre+2*wide)+2; k++ {
			w := catmullRom((float64(k) + 0.5 - centre) / wide)
			out[min(max(k, 0), size-1)] += w
			sum += w
		}
		for k := range out {
			out[k] /= sum
		}
		return out
	}
	bounded := func(v float64) float64 { return min(max(v, 0), 255) }
	var out []float64
	for y := range ys.n {
		line := make([]float64, p.w)
		for j, u := range weights(ys, p.h, y) {
			for x, v := range p.row(j) {
				line[x] += u * float64(v)
			}
		}
		for x := range xs.n {
			v := 0.0
			for k, w := range weights(xs, p.w, x) {
				v += w * bounded(line[k])
			}
			out = append(out, bounded(v))
		}
	}
	return out
}

// TestResample holds the scaler against its definition, on noise, where every
// wrong weight shows.
func TestResample(t *testing.T) {
	for i, c := range []struct{ w, h, x, y, cw, ch, ow, oh int }{
		{60, 45, 0, 0, 60, 45, 57, 43},
		{60, 45, 0, 0, 60, 45, 40, 30},
		{60, 45, 7, 9, 33, 33, 17, 17},
		{9, 70, 0, 0, 9, 70, 5, 39},
		{8, 8, 0, 0, 8, 8, 8, 8},
		{7, 5, 0, 0, 7, 5, 6, 4},
		{1, 30, 0, 0, 1, 30, 1, 16},
		{40, 3, 1, 0, 38, 3, 21, 2},
	} {
		p := noise(c.w, c.h, uint64(i))
		xs := axis{begin: c.x, length: c.cw, out: c.ow, unit: 1, n: c.ow}
		ys := axis{begin: c.y, length: c.ch, out: c.oh, unit: 1, n: c.oh}
		got, want := (&pyramid{p}).resample(xs, ys, false), exact(p, xs, ys)
		sum, worst := 0.0, 0.0
		for k, v := range want {
			d := math.Abs(float64(got.pix[k]) - v)
			sum += d * d
			worst = max(worst, d)
		}
		if rms := math.Sqrt(sum / float64(len(want))); rms > 1.2 || worst > 5 {
			t.Errorf("%+v: off by %.2f, at most %.1f", c, rms, worst)
		}
		swapped, flipped := (&pyramid{p}).resample(xs, ys, true), xs
		flipped.flip = true
		mirrored := (&pyramid{p}).resample(flipped, ys, false)
		for y := range ys.n {
			for x := range xs.n {
				v := got.pix[y*got.stride+x]
				if swapped.pix[x*swapped.stride+y] != v {
					t.Fatalf("%+v: %d,%d is another with rows and columns exchanged", c, x, y)
				}
				full := c.cw == c.w
				if m := mirrored.pix[y*mirrored.stride+xs.n-1-x]; full && max(m, v)-min(m, v) > 5 {
					t.Fatalf("%+v: %d,%d is %d, mirrored %d", c, x, y, v, m)
				}
			}
		}
	}
}

// TestFlat holds that an even plane stays as it is at every size, and that no
// weights overflow at the strongest contrast.
func TestFlat(t *testing.T) {
	for _, size := range []int{1, 3, 8, 21, 100} {
		for out := 1; out <= size; out++ {
			for _, v := range []byte{0, 1, 254, 255} {
				p := newPlane(size, size, 1, 1)
				for i := range p.pix {
					p.pix[i] = v
				}
				a := axis{length: size, out: out, unit: 1, n: out}
				for _, got := range (&pyramid{p}).resample(a, a, false).pix {
					if got != v {
						t.Fatalf("%d to %d: %d became %d", size, out, v, got)
					}
				}
			}
		}
	}
}

// FuzzWeigh holds the word at a time against the byte at a time.
func FuzzWeigh(f *testing.F) {
	f.Add([]byte("0123456789abcdef0123456789abcdef0123456789abcdef"), 10, uint8(4), int8(60), int8(-7))
	f.Add([]byte{0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 255, 0}, 9, uint8(2), int8(-15), int8(0))
	f.Fuzz(func(t *testing.T, src []byte, n int, rows uint8, a, b int8) {
		if n < 1 || rows < 1 || rows > 8 || n*int(rows) > len(src) || len(src) > 1<<12 {
			return
		}
		weights := make([]uint64, rows)
		left := weightOne
		for i := range weights { // as a filter has: at most a quarter below zero
			w := []int{int(a) % 16, int(b) % 16, weightOne / 2}[i%3]
			if i > 2 {
				w = 0
			}
			if i == len(weights)-1 {
				w = left
			}
			left -= w
			weights[i] = uint64(int64(w))
		}
		got, want := make([]byte, n), make([]byte, n)
		weigh(got, src, n, weights)
		weighFew(want, src, n, weights)
		if string(got) != string(want) {
			t.Fatalf("%d rows of %d with %v: %v, want %v", rows, n, weights, got, want)
		}
	})
}

// TestTranspose holds it for sizes around the words it works with.
func TestTranspose(t *testing.T) {
	for _, s := range [][2]int{{1, 1}, {7, 20}, {8, 8}, {9, 17}, {64, 65}, {130, 71}} {
		p := noise(s[0], s[1], 3)
		q := p.transpose()
		for y := range p.h {
			for x, v := range p.row(y) {
				if q.pix[x*q.stride+y] != v {
					t.Fatalf("%v: %d,%d", s, x, y)
				}
			}
		}
	}
}

// TestHalve holds it against the mean of four.
func TestHalve(t *testing.T) {
	for _, s := range [][2]int{{1, 1}, {7, 2}, {8, 9}, {33, 17}, {2, 40}} {
		p := noise(s[0], s[1], 4)
		q := p.halve()
		for y := range q.h {
			for x, v := range q.row(y) {
				sum := 2
				for k := range 4 {
					sum += int(p.pix[min(2*y+k/2, p.h-1)*p.stride+min(2*x+k%2, p.w-1)])
				}
				if int(v) != sum/4 {
					t.Fatalf("%v: %d,%d is %d, want %d", s, x, y, v, sum/4)
				}
			}
		}
	}
}
