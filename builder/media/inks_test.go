package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
)

// inkJPEG returns a JPEG of 32 × 32 pixels whose four components are even:
// each block is one coefficient and an end. Transform is that of Adobe's
// segment, -1 = there is none.
func inkJPEG(values [4]byte, factors [4]byte, transform int) []byte {
	b := []byte{0xff, 0xd8}
	segment := func(marker byte, body ...byte) {
		b = append(b, 0xff, marker)
		b = binary.BigEndian.AppendUint16(b, uint16(len(body)+2))
		b = append(b, body...)
	}
	if transform >= 0 {
		segment(0xee, append([]byte("Adobe\x00\x64\x00\x00\x00\x00"), byte(transform))...)
	}
	segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{8}, 64)...)...) // a coefficient is a level
	frame := []byte{8, 0, 32, 0, 32, 4}
	for i, f := range factors {
		frame = append(frame, byte(i+1), f, 0)
	}
	segment(0xc0, frame...)
	segment(0xc4, append([]byte{0x00, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0, 1, 2, 3, 4, 5, 6, 7, 8)...) // four bits each
	segment(0xc4, append([]byte{0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 0)...)                         // 0 = the end
	segment(0xda, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0)
	w := bitWriter{}
	most := 0
	for _, f := range factors {
		most = max(most, int(f>>4))
	}
	var before [4]int
	for range (32 / 8 / most) * (32 / 8 / most) {
		for i, f := range factors {
			for range int(f>>4) * int(f&15) {
				d := int(values[i]) - 128 - before[i]
				before[i] += d
				n := 0
				for v := max(d, -d); v > 0; v >>= 1 {
					n++
				}
				w.put(n, 4)
				if d < 0 {
					d += 1<<n - 1
				}
				w.put(d, n)
				w.put(0, 1)
			}
		}
	}
	return append(append(b, w.bytes()...), 0xff, 0xd9)
}

// bitWriter writes entropy-coded data, with a zero after each byte of ff.
type bitWriter struct {
	out  []byte
	last byte
	n    int
}

func (w *bitWriter) put(v, n int) {
	for i := n - 1; i >= 0; i-- {
		w.last = w.last<<1 | byte(v>>i&1)
		if w.n++; w.n == 8 {
			if w.out = append(w.out, w.last); w.last == 0xff {
				w.out = append(w.out, 0)
			}
			w.last, w.n = 0, 0
		}
	}
}

func (w *bitWriter) bytes() []byte {
	for w.n != 0 {
		w.put(1, 1)
	}
	return w.out
}

func TestUntoldInks(t *testing.T) {
	if _, fault := inspect(inkJPEG([4]byte{}, [4]byte{0x11, 0x11, 0x11, 0x11}, -1), Limits{}); fault == nil || !strings.Contains(fault.Text, "four inks") {
		t.Error(fault)
	}
}

// TestPanicOfDecoder holds that where the quick decoder panics, as it does over
// inks of different sampling, that is an error for which the other is asked.
func TestPanicOfDecoder(t *testing.T) {
	data := inkJPEG([4]byte{200, 90, 150, 220}, [4]byte{0x22, 0x11, 0x11, 0x22}, 2)
	if m, err := decodeQuickly(data, 1); err == nil || m != nil {
		t.Skip("it does not any more")
	}
}

// TestInks holds that pictures of four inks come out as image/jpeg has them, in
// all samplings and both ways to write the inks, whole and smaller.
func TestInks(t *testing.T) {
	for _, factors := range [][4]byte{{0x11, 0x11, 0x11, 0x11}, {0x22, 0x11, 0x11, 0x22}} {
		for _, transform := range []int{0, 2} {
			name := fmt.Sprintf("%x, transform %d", factors, transform)
			data := inkJPEG([4]byte{200, 90, 150, 220}, factors, transform)
			std, err := jpeg.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(name, err)
			}
			want := color.NRGBAModel.Convert(std.At(9, 20)).(color.NRGBA)
			info, fault := inspect(data, Limits{})
			if fault != nil {
				t.Fatal(name, fault)
			}
			for _, scale := range []int{1, 4} {
				d, fault := decode(t.Context(), data, info, scale, [3]byte{})
				if fault != nil {
					t.Errorf("%s at 1/%d: %v", name, scale, fault)
					continue
				}
				f := d.frame(box{W: 32, H: 32}, 8, 8, orientation{})
				got := color.NRGBAModel.Convert(f.image().At(4, 4)).(color.NRGBA)
				if near := func(a, b uint8) bool { return a-b <= 3 || b-a <= 3 }; !near(got.R, want.R) || !near(got.G, want.G) || !near(got.B, want.B) {
					t.Errorf("%s at 1/%d: %v, want %v", name, scale, got, want)
				}
			}
		}
	}
}
