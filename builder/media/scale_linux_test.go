package media

import (
	"os"
	"syscall"
	"testing"
)

// fenced returns n bytes that may be written, with memory before or after them
// that may not even be read.
func fenced(t *testing.T, n int, after bool) []byte {
	t.Helper()
	page := os.Getpagesize()
	size := (n + page - 1) / page * page
	m, err := syscall.Mmap(-1, 0, size+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Munmap(m); err != nil {
			t.Error(err)
		}
	})
	for _, fence := range [][]byte{m[:page], m[page+size:]} {
		if err := syscall.Mprotect(fence, syscall.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	if after {
		return m[page+size-n:][:n:n]
	}
	return m[page:][:n:n]
}

// TestFences holds that scaling neither reads nor writes beside its slices:
// else it would be stopped.
func TestFences(t *testing.T) {
	for _, after := range []bool{false, true} {
		for n := 1; n < 140; n++ {
			rows := n%7 + 1
			weights := make([]int16, rows)
			weights[0] = weightOne
			weigh(fenced(t, n, after), fenced(t, (rows-1)*(n+3)+n, after), n+3, weights)

			p := plane{pix: fenced(t, n*(n+3)-3, after), stride: n + 3, w: n, h: n, stepX: 1, stepY: 1}
			p.turn(fenced(t, (n-1)*(n+1)+n, after), n+1)
			p.halve()
			halveVectors(fenced(t, n/2, after), p.row(0), p.row(n-1))
		}
	}
}
