package media

import "encoding/binary"

// plane is one channel of a picture, a byte a sample. A sample stands for
// stepX × stepY pixels of the stored source, so that planes of different
// resolution can be asked for the same place.
type plane struct {
	pix          []byte
	stride       int
	w, h         int
	stepX, stepY int
}

func newPlane(w, h, stepX, stepY int) plane {
	return plane{pix: make([]byte, w*h), stride: w, w: w, h: h, stepX: stepX, stepY: stepY}
}

func (p plane) row(y int) []byte { return p.pix[y*p.stride:][:p.w] }

// halve returns the plane at half the resolution: each sample is the mean of
// four. At an odd edge the last row or column counts twice.
func (p plane) halve() plane {
	q := newPlane((p.w+1)/2, (p.h+1)/2, 2*p.stepX, 2*p.stepY)
	for y := range q.h {
		a, b := p.row(2*y), p.row(min(2*y+1, p.h-1))
		out := q.row(y)
		x := halveVectors(out, a, b)
		for ; 2*x+8 <= p.w; x += 4 {
			binary.LittleEndian.PutUint32(out[x:], means(binary.LittleEndian.Uint64(a[2*x:]), binary.LittleEndian.Uint64(b[2*x:])))
		}
		for ; x < q.w; x++ {
			left, right := 2*x, min(2*x+1, p.w-1)
			out[x] = byte((int(a[left]) + int(a[right]) + int(b[left]) + int(b[right]) + 2) >> 2)
		}
	}
	return q
}

// means returns four means of four pixels, of eight above and eight below.
func means(a, b uint64) uint32 {
	v := (a&lowBytes + a>>8&lowBytes + b&lowBytes + b>>8&lowBytes + 2*lanes) >> 2 & lowBytes
	v = (v | v>>8) & 0x0000ffff0000ffff
	return uint32(v | v>>16)
}

// turn exchanges rows and columns: dst gets the plane's columns, stride bytes
// apart.
func (p plane) turn(dst []byte, stride int) {
	if p.turnVectors(dst, stride) {
		return
	}
	if p.w < 8 || p.h < 8 {
		for y := range p.h {
			for x, v := range p.row(y) {
				dst[x*stride+y] = v
			}
		}
		return
	}
	for y := 0; y < p.h; y += 8 {
		for x := 0; x < p.w; x += 8 {
			x, y := min(x, p.w-8), min(y, p.h-8) // the last may be done twice in part
			turnEight(dst[x*stride+y:], p.pix[y*p.stride+x:], stride, p.stride)
		}
	}
}

// turnEight does it for 8 × 8 samples: it exchanges quarters, then their
// quarters, then theirs.
func turnEight(dst, src []byte, dstStride, srcStride int) {
	var r [8]uint64
	for i := range r {
		r[i] = binary.LittleEndian.Uint64(src[i*srcStride:])
	}
	for i := range 4 {
		r[i], r[i+4] = exchange(r[i], r[i+4], 32, 0x00000000ffffffff)
	}
	for _, i := range [4]int{0, 1, 4, 5} {
		r[i], r[i+2] = exchange(r[i], r[i+2], 16, 0x0000ffff0000ffff)
	}
	for i := 0; i < 8; i += 2 {
		r[i], r[i+1] = exchange(r[i], r[i+1], 8, lowBytes)
	}
	for i, v := range r {
		binary.LittleEndian.PutUint64(dst[i*dstStride:], v)
	}
}

// exchange swaps the upper parts of a with the lower parts of b.
func exchange(a, b uint64, shift int, low uint64) (uint64, uint64) {
	d := (a>>shift ^ b) & low
	return a ^ d<<shift, b ^ d
}

func (p plane) mean() int {
	sum := 0
	for y := range p.h {
		for _, v := range p.row(y) {
			sum += int(v)
		}
	}
	n := p.w * p.h
	return (sum + n/2) / n
}

// pyramid is a plane at full, half, quarter … resolution, made as needed. The
// levels depend on the source alone.
type pyramid []plane

func (p *pyramid) level(k int) plane {
	for len(*p) <= k {
		*p = append(*p, (*p)[len(*p)-1].halve())
	}
	return (*p)[k]
}

// picture is a decoded source in its stored orientation: Y', Cb and Cr in
// full range, or Y' alone where it is gray.
type picture struct {
	w, h   int // of the stored source, in its own pixels
	planes []pyramid
	window box // of the displayed picture, beyond which nothing is looked at; zero = all
}

// frame is a finished rendition: Y', Cb, Cr in full range, 4:2:0.
type frame struct {
	w, h    int
	y, u, v plane
}

// orientation is how a stored picture becomes the displayed one: it is
// mirrored, then rows and columns are exchanged.
type orientation struct{ flipX, flipY, swap bool }

// orientations is indexed by the EXIF tag.
var orientations = [9]orientation{
	2: {flipX: true},
	3: {flipX: true, flipY: true},
	4: {flipY: true},
	5: {swap: true},
	6: {flipY: true, swap: true},
	7: {flipX: true, flipY: true, swap: true},
	8: {flipX: true, swap: true},
}

// stored turns a box of the displayed picture into one of the stored picture,
// whose size is w × h.
func (o orientation) stored(b box, w, h int) box {
	if o.swap {
		b = box{b.Y, b.X, b.H, b.W}
	}
	if o.flipX {
		b.X = w - b.X - b.W
	}
	if o.flipY {
		b.Y = h - b.Y - b.H
	}
	return b
}

// render returns the part of the picture that crop shows, at w × h pixels,
// upright.
func (p *picture) render(crop box, w, h int, o orientation) frame {
	b, seen := o.stored(crop, p.w, p.h), p.seen(o)
	ow, oh := w, h
	if o.swap {
		ow, oh = h, w
	}
	f := frame{w: w, h: h}
	for i, dst := range []*plane{&f.y, &f.u, &f.v} {
		unit := min(i, 1) + 1 // chroma has half the samples
		xs := axis{begin: b.X, length: b.W, out: ow, unit: unit, n: (ow + unit - 1) / unit, flip: o.flipX, from: seen.X, to: seen.W}
		ys := axis{begin: b.Y, length: b.H, out: oh, unit: unit, n: (oh + unit - 1) / unit, flip: o.flipY, from: seen.Y, to: seen.H}
		if i < len(p.planes) {
			*dst = p.planes[i].resample(xs, ys, o.swap)
		} else if o.swap {
			*dst = neutral(ys.n, xs.n)
		} else {
			*dst = neutral(xs.n, ys.n)
		}
	}
	return f
}

// neutral returns the chroma of a gray picture.
func neutral(w, h int) plane {
	p := newPlane(w, h, 1, 1)
	for i := range p.pix {
		p.pix[i] = 128
	}
	return p
}

// smallest returns the first level that is quickly summed up.
func (p *pyramid) smallest() plane {
	const enough = 64
	k := 0
	for max((*p)[0].w, (*p)[0].h)>>k > enough {
		k++
	}
	return p.level(k)
}
