package media

import (
	"bytes"
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

// FuzzWeigh holds vectors and words against the byte at a time, and that
// nothing beside the columns is written.
func FuzzWeigh(f *testing.F) {
	f.Add([]byte("0123456789abcdef0123456789abcdef0123456789abcdef"), 10, 1, uint8(4), int8(60), int8(-7))
	f.Add([]byte{0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 255, 0}, 9, 0, uint8(2), int8(-15), int8(0))
	f.Add(noise(70, 8, 5).pix, 67, 3, uint8(8), int8(-15), int8(-15))
	f.Add(noise(70, 8, 6).pix, 33, 9, uint8(4), int8(9), int8(-15))
	f.Fuzz(func(t *testing.T, src []byte, n, gap int, rows uint8, a, b int8) {
		if n < 1 || gap < 0 || rows < 1 || rows > 8 || len(src) > 1<<12 || n > len(src) || gap > len(src) {
			return
		}
		stride := n + gap
		if (int(rows)-1)*stride+n > len(src) {
			return
		}
		weights := make([]int16, rows)
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
			weights[i] = int16(w)
		}
		weighAlike(t, src, n, stride, weights)
	})
}

// weighAlike holds that all ways to weigh come to the same.
func weighAlike(t *testing.T, src []byte, n, stride int, weights []int16) {
	t.Helper()
	want := make([]byte, n)
	weighFew(want, src, stride, weights)
	check := func(name string, got []byte) {
		if string(got) != string(want) {
			t.Fatalf("%s: %d rows of %d with %v: %v, want %v", name, len(weights), n, weights, got, want)
		}
	}
	whole := bytes.Repeat([]byte{77}, n+64)
	got := whole[32:][:n:n]
	weigh(got, src, stride, weights)
	check("weigh", got)
	if len(bytes.Trim(whole[:32], "M"))+len(bytes.Trim(whole[32+n:], "M")) > 0 {
		t.Fatalf("%d rows of %d: written beside them", len(weights), n)
	}
	if n >= 8 {
		clear(got)
		weighMany(got, src, stride, weights)
		check("weighMany", got)
	}
	if n >= 8 && len(weights) == 4 {
		clear(got)
		weighFour(got, src[:n], src[stride:][:n], src[2*stride:][:n], src[3*stride:][:n], [4]int16(weights))
		check("weighFour", got)
	}
}

// TestWeighExtremes holds the greatest contrasts with the weights of every
// filter from one row to eight.
func TestWeighExtremes(t *testing.T) {
	for pixels := 10; pixels <= 40; pixels++ { // a sample covers a half to two
		a := axis{length: 20 * pixels, out: 20 * 20, unit: 1, n: 20 * 20}
		w := a.taps(20*pixels, 1)
		for i := range w.start {
			weights := w.of(i)
			src := make([]byte, len(weights)*40)
			for k := range weights {
				for x := range 40 { // each column another choice of rows, and those above and below zero
					if x>>(k%5)&1 != 0 || x == 38 && weights[k] > 0 || x == 39 && weights[k] < 0 {
						src[k*40+x] = 255
					}
				}
			}
			weighAlike(t, src, 40, 40, weights)
		}
	}
}

// TestTurn holds it for sizes around the words and vectors it works with, and
// that nothing beside the columns is written.
func TestTurn(t *testing.T) {
	for w := range 70 {
		for _, h := range []int{1, 7, 8, 9, 15, 16, 17, 31, 33, 64} {
			p := noise(w+3, h, 3)
			p.w = w + 1 // and a stride that differs
			stride := h + 5
			dst := bytes.Repeat([]byte{77}, p.w*stride)
			p.turn(dst[:(p.w-1)*stride+h], stride)
			for x := range p.w {
				for y := range h {
					if dst[x*stride+y] != p.pix[y*p.stride+x] {
						t.Fatalf("%d × %d: %d,%d", p.w, h, x, y)
					}
				}
				if len(bytes.Trim(dst[x*stride+h:][:5], "M")) > 0 {
					t.Fatalf("%d × %d: written beside column %d", p.w, h, x)
				}
			}
		}
	}
}

// TestTurned holds the tiles against whole rows.
func TestTurned(t *testing.T) {
	for _, s := range [][3]int{{1, 9, 5}, {7, 80, 65}, {255, 40, 33}, {257, 150, 129}, {520, 70, 64}} {
		p := noise(s[0], s[1], 7)
		w := axis{length: s[1], out: s[2], unit: 1, n: s[2]}.taps(s[1], 1)
		rows, got := w.sums(p), w.turned(p, make([]byte, s[0]*s[2]))
		for y := range rows.h {
			for x, v := range rows.row(y) {
				if got.row(x)[y] != v {
					t.Fatalf("%v: %d,%d", s, x, y)
				}
			}
		}
	}
}

// TestHalve holds it against the mean of four.
func TestHalve(t *testing.T) {
	for w := range 140 {
		s := [2]int{w + 1, 1 + w%5}
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
