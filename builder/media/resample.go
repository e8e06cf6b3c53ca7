package media

// A picture is scaled by a Catmull-Rom filter that widens with the reduction,
// first along columns, then along rows, from the smallest level of the pyramid
// that is not below what is wanted. Everything is integers but the making of
// the weights, where explicit conversions keep processors that could fuse a
// multiplication with an addition from doing so: the bytes are the same
// everywhere.

const (
	weightBits = 14
	weightOne  = 1 << weightBits
)

// axis says which samples are wanted along one axis. The stretch of the
// source from begin, of the given length, is divided into out pixels; sample
// i of n is the mean of the unit pixels from unit·i on. With flip they are
// counted from the far end.
type axis struct {
	begin, length int
	out, unit, n  int
	flip          bool
}

// pixels returns how many source pixels a sample covers.
func (a axis) pixels() float64 {
	return float64(a.unit) * float64(a.length) / float64(a.out)
}

// taps are the weights of an axis: sample i is the sum of w[i·n+k] times
// source sample start[i]+k, over weightOne.
type taps struct {
	n     int
	start []int
	w     []int32
}

// taps returns the weights for an axis over size samples of step pixels each.
func (a axis) taps(size, step int) taps {
	scale := a.pixels() / float64(step)
	wide := max(scale, 1)
	n := min(int(4*wide)+2, size)
	t := taps{n: n, start: make([]int, a.n), w: make([]int32, a.n*n)}
	weights := make([]float64, n)
	for i := range a.n {
		centre := float64(float64(float64(i)+0.5) * scale)
		if a.flip {
			centre = float64(a.begin+a.length)/float64(step) - centre
		} else {
			centre += float64(a.begin) / float64(step)
		}
		first := int(centre-float64(2*wide)+1e4) - 1e4 // rounds down below zero too
		start := min(max(first, 0), size-n)
		clear(weights)
		for k := first; k <= first+int(4*wide)+2; k++ {
			at := min(max(k, 0), size-1) - start
			if at < 0 || at >= n {
				continue // beyond the filter, where its weight is 0
			}
			weights[at] += catmullRom((float64(k) + 0.5 - centre) / wide)
		}
		t.start[i] = start
		quantize(t.w[i*n:][:n], weights)
	}
	return t
}

// quantize makes whole weights that add up to weightOne exactly.
func quantize(dst []int32, weights []float64) {
	sum, best := 0.0, 0
	for i, w := range weights {
		sum += w
		if w > weights[best] {
			best = i
		}
	}
	left := int32(weightOne)
	for i, w := range weights {
		v := w / sum * weightOne // a division and a power of two: nothing to fuse
		if v < 0 {
			dst[i] = -int32(0.5 - v)
		} else {
			dst[i] = int32(v + 0.5)
		}
		left -= dst[i]
	}
	dst[best] += left
}

// catmullRom is the cubic convolution kernel with a = -1/2.
func catmullRom(x float64) float64 {
	if x < 0 {
		x = -x
	}
	switch {
	case x < 1:
		p := float64(1.5*x) - 2.5
		return float64(float64(p*x)*x) + 1
	case x < 2:
		p := float64(-0.5*x) + 2.5
		p = float64(p*x) - 4
		return float64(p*x) + 2
	}
	return 0
}

// resample returns the samples that xs and ys ask for.
func (p *pyramid) resample(xs, ys axis) plane {
	src := p.level(0)
	scale := min(xs.pixels()/float64(src.stepX), ys.pixels()/float64(src.stepY))
	for k := 1; scale >= 2; k++ {
		src, scale = p.level(k), scale/2
	}
	tx, ty := xs.taps(src.w, src.stepX), ys.taps(src.h, src.stepY)
	lo, hi := tx.reach()
	dst := newPlane(xs.n, ys.n, 1, 1)
	sums, line := make([]int32, hi-lo), make([]byte, hi-lo)
	for y := range ys.n {
		column(line, sums, src, lo, ty.start[y], ty.w[y*ty.n:][:ty.n])
		tx.across(dst.row(y), line, lo)
	}
	return dst
}

// reach returns the stretch of source samples that is used.
func (t taps) reach() (lo, hi int) {
	lo, hi = t.start[0], t.start[0]
	for _, s := range t.start {
		lo, hi = min(lo, s), max(hi, s)
	}
	return lo, hi + t.n
}

// column weighs rows of src from y on into line, from column lo on.
func column(line []byte, sums []int32, src plane, lo, y int, w []int32) {
	n := len(sums)
	for i := range sums {
		sums[i] = weightOne / 2
	}
	row := func(k int) []byte { return src.pix[(y+k)*src.stride+lo:][:n] }
	k := 0
	for ; k+4 <= len(w); k += 4 {
		r0, r1, r2, r3 := row(k)[:len(sums)], row(k + 1)[:len(sums)], row(k + 2)[:len(sums)], row(k + 3)[:len(sums)]
		w0, w1, w2, w3 := w[k], w[k+1], w[k+2], w[k+3]
		for i := range sums {
			sums[i] += w0*int32(r0[i]) + w1*int32(r1[i]) + w2*int32(r2[i]) + w3*int32(r3[i])
		}
	}
	for ; k < len(w); k++ {
		r, wk := row(k)[:len(sums)], w[k]
		for i := range sums {
			sums[i] += wk * int32(r[i])
		}
	}
	line = line[:len(sums)]
	for i, s := range sums {
		line[i] = clamp8(s >> weightBits)
	}
}

// across weighs the samples of a line, which begins at source column lo.
func (t taps) across(out, line []byte, lo int) {
	for i, start := range t.start {
		src, w := line[start-lo:][:t.n], t.w[i*t.n:][:t.n]
		sum := int32(weightOne / 2)
		for len(w) >= 4 && len(src) >= 4 {
			sum += w[0]*int32(src[0]) + w[1]*int32(src[1]) + w[2]*int32(src[2]) + w[3]*int32(src[3])
			w, src = w[4:], src[4:]
		}
		for k, v := range src {
			sum += w[k] * int32(v)
		}
		out[i] = clamp8(sum >> weightBits)
	}
}

func clamp8(v int32) byte {
	if uint32(v) <= 255 {
		return byte(v)
	}
	if v < 0 {
		return 0
	}
	return 255
}
