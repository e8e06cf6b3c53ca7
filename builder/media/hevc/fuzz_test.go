package hevc

import (
	"bytes"
	"testing"
)

// FuzzDecode feeds parameter sets and slices that may be anything. What decodes
// must decode alike a second time, in used buffers, and have the planes its size
// asks for.
func FuzzDecode(f *testing.F) {
	for _, stream := range corpus(f) {
		if len(stream) < 20000 {
			hvcC, data := configured(stream)
			f.Add(hvcC, data)
		}
	}
	f.Fuzz(func(t *testing.T, hvcC, data []byte) {
		c, err := ParseConfig(hvcC)
		if err != nil {
			return
		}
		if c.Width() < 0 || c.Height() < 0 || c.Depth() < 8 || c.Depth() > 15 {
			t.Fatalf("%d×%d, %d bits", c.Width(), c.Height(), c.Depth())
		}
		d := NewDecoder(c)
		d.MaxPixels = 1 << 18
		p, err := d.Decode(data)
		if err != nil {
			return
		}
		first := packed(p)
		again, err := d.Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, packed(again)) {
			t.Fatal("the second time differs")
		}
	})
}
