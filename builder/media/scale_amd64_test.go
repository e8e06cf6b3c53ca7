//go:build !noasm

package media

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// wordsOnly returns what f returns where there are no vectors.
func wordsOnly[T any](f func() T) T {
	defer func(was bool) { vectors = was }(vectors)
	vectors = false
	return f()
}

// TestVectors holds the assembler against its twin in Go, on whole pictures.
func TestVectors(t *testing.T) {
	if !vectors {
		t.Skip("this processor has no AVX2")
	}
	r := rand.New(rand.NewPCG(8, 8))
	for i := range 400 {
		p := noise(1+r.IntN(400), 1+r.IntN(300), uint64(i))
		if i%2 == 0 { // the strongest contrast
			for k, v := range p.pix {
				p.pix[k] = -(v & 1)
			}
		}
		along := func(size int) axis {
			a := axis{begin: r.IntN(size), unit: 1 + r.IntN(2), flip: r.IntN(2) == 0}
			a.length = 1 + r.IntN(size-a.begin)
			a.out = 1 + r.IntN(a.length)
			a.n = (a.out + a.unit - 1) / a.unit
			return a
		}
		xs, ys, swap := along(p.w), along(p.h), r.IntN(2) == 0
		scaled := func() plane { return (&pyramid{p}).resample(xs, ys, swap) }
		got, want := scaled(), wordsOnly(scaled)
		if !bytes.Equal(got.pix, want.pix) {
			t.Fatalf("%d × %d, %+v, %+v, swap %v: another picture with vectors", p.w, p.h, xs, ys, swap)
		}
	}
}

// BenchmarkScale makes five sizes of what a photograph of 12 megapixels is at
// half size.
func BenchmarkScale(b *testing.B) {
	luma, chroma := noise(2016, 1512, 1), noise(1008, 756, 2)
	chroma.stepX, chroma.stepY = 2, 2
	scale := func() (f frame) {
		p := picture{w: luma.w, h: luma.h, planes: []pyramid{{luma}, {chroma}, {chroma}}}
		for _, w := range boxes {
			f = p.render(box{W: p.w, H: p.h}, w, w*3/4, orientations[1])
		}
		return f
	}
	b.Run("vectors", func(b *testing.B) {
		for b.Loop() {
			scale()
		}
	})
	b.Run("words", func(b *testing.B) {
		for b.Loop() {
			wordsOnly(scale)
		}
	})
}
