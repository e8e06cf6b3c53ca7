package hevc

import (
	"os"
	"testing"
)

// BenchmarkTwelveMegapixels decodes a tile of 512 by 512 as often as a grid of
// 4032 by 3024 has it: eight by six.
func BenchmarkTwelveMegapixels(b *testing.B) {
	stream, err := os.ReadFile("testdata/tile.hevc")
	if err != nil {
		b.Fatal(err)
	}
	hvcC, data := configured(stream)
	c, err := ParseConfig(hvcC)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(48 * 512 * 512)
	b.ReportAllocs()
	for b.Loop() {
		d := NewDecoder(c)
		for range 48 {
			if _, err := d.Decode(data); err != nil {
				b.Fatal(err)
			}
		}
	}
}
