//go:build !noasm

package media

import "golang.org/x/sys/cpu"

// vectors says that the processor has the registers of 32 bytes that
// scale_amd64.s works with. What it does is what resample.go and plane.go do
// a word at a time.
var vectors = cpu.X86.HasAVX2

// weighVectors is weigh, if it can be done so.
func weighVectors(dst, src []byte, stride int, weights []int16) bool {
	if !vectors || len(dst) < 32 || len(weights) == 0 {
		return false
	}
	_ = src[(len(weights)-1)*stride+len(dst)-1]
	weighAVX2(&dst[0], &src[0], len(dst), stride, &weights[0], len(weights))
	return true
}

// halveVectors sets samples of dst to the means of four, and returns how many:
// each whole pair of pixels in a and b, or none.
func halveVectors(dst, a, b []byte) int {
	n := len(a) / 2
	if !vectors || n < 32 {
		return 0
	}
	_, _ = dst[n-1], b[2*n-1]
	halveAVX2(&dst[0], &a[0], &b[0], n)
	return n
}

// turnVectors is turn, if it can be done so.
func (p plane) turnVectors(dst []byte, stride int) bool {
	if !vectors || p.w < 16 || p.h < 16 {
		return false
	}
	_, _ = dst[(p.w-1)*stride+p.h-1], p.pix[(p.h-1)*p.stride+p.w-1]
	for y := 0; y < p.h; y += 16 {
		y = min(y, p.h-16) // the last may be done twice in part
		turnAVX2(&dst[y], &p.pix[y*p.stride], stride, p.stride, p.w)
	}
	return true
}

// weighAVX2 weighs n columns, at least 32.
//
//go:noescape
func weighAVX2(dst, src *byte, n, stride int, weights *int16, rows int)

// halveAVX2 makes n samples, at least 32, of 2n above and 2n below.
//
//go:noescape
func halveAVX2(dst, a, b *byte, n int)

// turnAVX2 makes n rows of 16 samples, n at least 16, of 16 rows of n.
//
//go:noescape
func turnAVX2(dst, src *byte, dstStride, srcStride, n int)
