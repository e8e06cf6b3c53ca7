package webp

import (
	"bytes"
	"image"
	"testing"

	decoder "golang.org/x/image/webp"
)

// slowDifference is difference by definition.
func slowDifference(a, b [16]byte) int {
	sign := func(u, v int) int { // of the basis: the parity of common bits
		if u&v&1 != u&v>>1&1 {
			return -1
		}
		return 1
	}
	sum := 0
	for v := range 4 {
		for u := range 4 {
			c := 0
			for i := range 16 {
				c += (int(a[i]) - int(b[i])) * sign(u, i%4) * sign(v, i/4)
			}
			sum += max(c, -c)
		}
	}
	return sum
}

func FuzzDifference(f *testing.F) {
	f.Add([]byte("0123456789abcdef0123456789ABCDEF"))
	f.Add(make([]byte, 32))
	extremes := make([]byte, 32)
	for i := range 16 {
		extremes[i] = 255
		f.Add(bytes.Clone(extremes))
	}
	f.Fuzz(func(t *testing.T, pix []byte) {
		if len(pix) < 32 {
			return
		}
		a, b := [16]byte(pix), [16]byte(pix[16:])
		if got, want := difference(get(a[:], 4), get(b[:], 4)), slowDifference(a, b); got != want {
			t.Fatalf("%v - %v: %d, want %d", a, b, got, want)
		}
		var back [16]byte
		get(a[:], 4).put(back[:], 4)
		if back != a {
			t.Fatalf("%v was put as %v", a, back)
		}
		for _, d := range []int{-255, -int(b[0]), 0, int(b[1]), 255} {
			got := shifted(spread(row(a[:])), d)
			for i := range 4 {
				if byte(got>>(8*i)) != clamp(int(a[i])+d) {
					t.Fatalf("%v shifted by %d: %x", a[:4], d, got)
				}
			}
		}
	})
}

// FuzzEncode holds that whatever the pixels, a decoder shows what the encoder
// thinks it does.
func FuzzEncode(f *testing.F) {
	f.Add([]byte{0, 255}, uint8(17), uint8(33), 80)
	f.Add([]byte{1, 200, 3, 90, 255, 255, 0, 0, 0, 7}, uint8(40), uint8(16), 100)
	f.Add([]byte{128}, uint8(1), uint8(1), 0)
	f.Fuzz(func(t *testing.T, pix []byte, w, h uint8, quality int) {
		if len(pix) == 0 || w == 0 || h == 0 {
			return
		}
		m := image.NewYCbCr(image.Rect(0, 0, int(w), int(h)), image.YCbCrSubsampleRatio420)
		for k, p := range [][]byte{m.Y, m.Cb, m.Cr} {
			for i := range p {
				p[i] = pix[(i*(k+1)+i/7)%len(pix)]
			}
		}
		e := newEncoder(m, quantizer(quality))
		e.unfiltered = true
		e.run()
		file, err := e.file()
		if err != nil {
			t.Fatal(err)
		}
		got, err := decoder.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		d := got.(*image.YCbCr)
		same(t, d.Y, d.YStride, e.result[0], int(w), int(h))
		same(t, d.Cb, d.CStride, e.result[1], (int(w)+1)/2, (int(h)+1)/2)
		same(t, d.Cr, d.CStride, e.result[2], (int(w)+1)/2, (int(h)+1)/2)
	})
}
