package media

import (
	"encoding/binary"
	"math"
	"sync"
)

// A picture is scaled by a Catmull-Rom filter that widens with the reduction,
// from the smallest level of the pyramid that is not below what is wanted.
// Columns are weighed first; then rows and columns are exchanged and the same
// is done again, for eight neighbours fit into a machine word. Where the
// processor has longer registers, scale_amd64.s does the same with thirty-two.
// Everything is integers but the making of the weights, where explicit
// conversions keep processors that could fuse a multiplication with an addition
// from doing so: the bytes are the same everywhere.

// A weight is a multiple of 1/weightOne. Four pixels times their weights lie
// in the four 16-bit lanes of a word: 7 bits leave room for 8 bits of pixel
// and for what a filter overshoots.
const (
	weightBits = 7
	weightOne  = 1 << weightBits
)

// sharpness narrows the filter: a little of what a finished rendition could
// just not show is let through, and reductions of up to 1/15 need four
// samples only.
const sharpness = 15.0 / 16

// axis says which samples are wanted along one axis. The stretch of the
// source from begin, of the given length, is divided into out pixels; sample
// i of n is the mean of the unit pixels from unit·i on. With flip they are
// counted from the far end.
type axis struct {
	begin, length int
	out, unit, n  int
	flip          bool
	from, to      int // pixels beyond which no sample is looked at; to 0 = none
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
	w     []int16
}

// bounds returns the first of size samples of step pixels each that may be looked
// at, and the first that may not again: those that show nothing beyond from and to
// or, where each does, the one that holds from.
func (a axis) bounds(size, step int) (lo, hi int) {
	switch {
	case a.to == 0:
		return 0, size
	case !a.holds(size, step):
		lo = min(a.from/step, size-1)
		return lo, lo + 1
	}
	return (a.from + step - 1) / step, min(a.to/step, size)
}

// holds says whether some sample shows nothing beyond from and to.
func (a axis) holds(size, step int) bool {
	return a.to == 0 || (a.from+step-1)/step < min(a.to/step, size)
}

// taps returns the weights for an axis over size samples of step pixels each.
func (a axis) taps(size, step int) taps {
	scale := a.pixels() / float64(step)
	wide := max(float64(scale*sharpness), 1)
	lo, hi := a.bounds(size, step)
	n := min(int(math.Ceil(4*wide)), hi-lo)
	t := taps{n: n, start: make([]int, a.n), w: make([]int16, a.n*n)}
	weights := make([]float64, n)
	for i := range a.n {
		centre := float64(float64(float64(i)+0.5) * scale)
		if a.flip {
			centre = float64(a.begin+a.length)/float64(step) - centre
		} else {
			centre += float64(a.begin) / float64(step)
		}
		first := int(centre-float64(2*wide)-0.5+1e4) - 1e4 + 1 // rounds down below zero too
		start := min(max(first, lo), hi-n)
		clear(weights)
		for k := first; k < first+int(math.Ceil(4*wide)); k++ {
			at := min(max(k, lo), hi-1) - start
			if at >= 0 && at < n {
				weights[at] += catmullRom((float64(k) + 0.5 - centre) / wide)
			}
		}
		t.start[i] = start
		quantize(t.w[i*n:][:n], weights)
	}
	return t
}

// quantize makes whole weights that add up to weightOne exactly. It rounds
// their running sum, not each: so an edge comes out right to half a step,
// wherever it lies.
func quantize(dst []int16, weights []float64) {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	sum, before := 0.0, 0
	for i, w := range weights {
		sum += w
		now := int(sum/total*weightOne+1000.5) - 1000 // a power of two: nothing to fuse
		if i == len(weights)-1 {
			now = weightOne
		}
		dst[i] = int16(now - before)
		before = now
	}
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

// resample returns the samples that xs and ys ask for, with rows and columns
// exchanged if swap is set.
func (p *pyramid) resample(xs, ys axis, swap bool) plane {
	src := p.level(0)
	scale := xs.pixels() / float64(src.stepX)
	if ys.n > xs.n { // a thin picture's shorter side may be rounded to anything
		scale = ys.pixels() / float64(src.stepY)
	}
	for k := 1; scale >= 2; k++ {
		next := p.level(k)
		if !xs.holds(next.w, next.stepX) || !ys.holds(next.h, next.stepY) {
			break
		}
		src, scale = next, scale/2
	}
	tx, ty := xs.taps(src.w, src.stepX), ys.taps(src.h, src.stepY)
	lo, hi := tx.reach()
	src.pix, src.w = src.pix[lo:], hi-lo
	for i := range tx.start {
		tx.start[i] -= lo
	}
	between := spare(src.w * len(ty.start))
	defer spares.Put(between)
	turned := ty.turned(src, *between)
	if swap {
		return tx.sums(turned)
	}
	return tx.turned(turned, make([]byte, turned.w*len(tx.start)))
}

// spares are *[]byte that hold a plane while it is scaled. They are taken
// again, for touching fresh memory costs more than scaling does; the garbage
// collector takes those that lie idle.
var spares sync.Pool

// spare returns n bytes of anything.
func spare(n int) *[]byte {
	b, _ := spares.Get().(*[]byte)
	if b == nil || cap(*b) < n {
		b = new(make([]byte, n))
	}
	*b = (*b)[:n]
	return b
}

// reach returns the stretch of source samples that is used.
func (t taps) reach() (lo, hi int) {
	lo, hi = t.start[0], t.start[0]
	for _, s := range t.start {
		lo, hi = min(lo, s), max(hi, s)
	}
	return lo, hi + t.n
}

// of returns the weights of sample i.
func (t taps) of(i int) []int16 { return t.w[i*t.n:][:t.n] }

// sums returns a plane whose row i is the weighted sum of the rows of src
// that sample i wants.
func (t taps) sums(src plane) plane {
	dst := newPlane(src.w, len(t.start), 1, 1)
	for i, start := range t.start {
		weigh(dst.row(i), src.pix[start*src.stride:], src.stride, t.of(i))
	}
	return dst
}

// turned returns the same with rows and columns exchanged, in pix. It goes by
// tiles of nearly even size, which stay in the cache until they are turned.
func (t taps) turned(src plane, pix []byte) plane {
	const rows, columns = 64, 256
	var tile [rows * columns]byte
	n := len(t.start)
	dst := plane{pix: pix, stride: n, w: n, h: src.w, stepX: 1, stepY: 1}
	down, across := (n+rows-1)/rows, (src.w+columns-1)/columns
	for k := range down * across {
		y0, y1 := k/across*n/down, (k/across+1)*n/down
		x0, x1 := k%across*src.w/across, (k%across+1)*src.w/across
		p := plane{pix: tile[:], stride: x1 - x0, w: x1 - x0, h: y1 - y0}
		for i := y0; i < y1; i++ {
			weigh(p.row(i-y0), src.pix[t.start[i]*src.stride+x0:], src.stride, t.of(i))
		}
		p.turn(dst.pix[x0*n+y0:], n)
	}
	return dst
}

// Four lanes of 16 bits.
const (
	lanes    = 1 | 1<<16 | 1<<32 | 1<<48
	lowBytes = 0xff * lanes
	// What lanes start with: half a step to round, and 64 steps, so that no
	// lane is ever below zero when the sum is complete.
	laneStart = (weightOne/2 + 64*weightOne) * lanes
)

// weigh sets dst to the weighted sum of rows of src, stride bytes apart.
func weigh(dst, src []byte, stride int, weights []int16) {
	n := len(dst)
	switch {
	case weighVectors(dst, src, stride, weights):
	case n < 8:
		weighFew(dst, src, stride, weights)
	case len(weights) == 4:
		weighFour(dst, src[:n], src[stride:][:n], src[2*stride:][:n], src[3*stride:][:n], [4]int16(weights))
	default:
		weighMany(dst, src, stride, weights)
	}
}

// weighMany does it for any number of rows. A weight below zero is spread over
// a whole word: the sum is right modulo 2⁶⁴.
func weighMany(dst, src []byte, stride int, weights []int16) {
	for i := 0; i < len(dst); i += 8 {
		i = min(i, len(dst)-8) // the last eight may be done twice in part
		even, odd := uint64(laneStart), uint64(laneStart)
		at := i
		for _, weight := range weights {
			w := uint64(int64(weight))
			v := binary.LittleEndian.Uint64(src[at:])
			even += v & lowBytes * w
			odd += v >> 8 & lowBytes * w
			at += stride
		}
		binary.LittleEndian.PutUint64(dst[i:], clampLanes(even)|clampLanes(odd)<<8)
	}
}

// weighFour does the same for four rows, the most frequent number.
func weighFour(dst, r0, r1, r2, r3 []byte, weights [4]int16) {
	var w [4]uint64
	for i, weight := range weights {
		w[i] = uint64(int64(weight))
	}
	for i := 0; i < len(dst); i += 8 {
		i = min(i, len(dst)-8)
		a, b := binary.LittleEndian.Uint64(r0[i:]), binary.LittleEndian.Uint64(r1[i:])
		c, d := binary.LittleEndian.Uint64(r2[i:]), binary.LittleEndian.Uint64(r3[i:])
		even := laneStart + a&lowBytes*w[0] + b&lowBytes*w[1] + c&lowBytes*w[2] + d&lowBytes*w[3]
		odd := laneStart + a>>8&lowBytes*w[0] + b>>8&lowBytes*w[1] + c>>8&lowBytes*w[2] + d>>8&lowBytes*w[3]
		binary.LittleEndian.PutUint64(dst[i:], clampLanes(even)|clampLanes(odd)<<8)
	}
}

// weighFew does the same for less than eight columns.
func weighFew(dst, src []byte, stride int, weights []int16) {
	for i := range dst {
		sum := int32(weightOne / 2)
		for k, w := range weights {
			sum += int32(w) * int32(src[i+k*stride])
		}
		dst[i] = clamp8(sum >> weightBits)
	}
}

// clampLanes takes the start and the fraction off each lane and bounds the
// rest to 0 … 255.
func clampLanes(v uint64) uint64 {
	v = v>>weightBits&(0x1ff*lanes) + (0x8000-64)*lanes
	v &= v >> 15 & lanes * 0xffff // below zero: bit 15 is not set
	v &= 0x7fff * lanes
	return (v | v>>8&lanes*0xff) & lowBytes // above 255: bit 8 is set
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
