package hevc

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

// bareConfig is the content of an hvcC box without parameter sets, with lengths
// of four bytes.
func bareConfig() []byte {
	b := make([]byte, 23)
	b[0], b[21] = 1, 3
	return b
}

// units takes a byte stream (H.265, annex B) apart into its NAL units.
func units(stream []byte) [][]byte {
	var out [][]byte
	for _, u := range bytes.Split(append([]byte{0, 0, 1}, stream...), []byte{0, 0, 1}) {
		if u = bytes.TrimRight(u, "\x00"); len(u) > 0 {
			out = append(out, u)
		}
	}
	return out
}

// prefixed turns a byte stream to units that follow their lengths.
func prefixed(stream []byte) []byte {
	var out []byte
	for _, u := range units(stream) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(u)))
		out = append(out, u...)
	}
	return out
}

// configured takes the parameter sets out of a byte stream into the content of
// an hvcC box, as files hold them.
func configured(stream []byte) (hvcC, data []byte) {
	hvcC = bareConfig()
	for _, u := range units(stream) {
		kind := u[0] >> 1 & 0x3f
		if kind < 32 || kind > 34 {
			data = binary.BigEndian.AppendUint32(data, uint32(len(u)))
			data = append(data, u...)
			continue
		}
		hvcC[22]++
		hvcC = append(hvcC, 0x80|kind, 0, 1)
		hvcC = binary.BigEndian.AppendUint16(hvcC, uint16(len(u)))
		hvcC = append(hvcC, u...)
	}
	return hvcC, data
}

// decodeStream decodes a byte stream.
func decodeStream(t testing.TB, stream []byte) *Picture {
	t.Helper()
	hvcC, data := configured(stream)
	c, err := ParseConfig(hvcC)
	if err != nil {
		t.Fatal(err)
	}
	p, err := c.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// packed gives the planes of a picture one after the other, without gaps.
func packed(p *Picture) []byte {
	var out []byte
	add := func(b []byte, stride, w, h int) {
		for y := range h {
			out = append(out, b[y*stride:][:w]...)
		}
	}
	add(p.Y, p.YStride, p.Width, p.Height)
	if p.SubX > 0 {
		w, h := (p.Width+p.SubX-1)/p.SubX, (p.Height+p.SubY-1)/p.SubY
		add(p.Cb, p.CStride, w, h)
		add(p.Cr, p.CStride, w, h)
	}
	return out
}

// corpus gives the streams of testdata by name.
func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/*.hevc")
	if err != nil || len(names) == 0 {
		t.Fatalf("no streams in testdata: %v", err)
	}
	out := map[string][]byte{}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(name)] = b
	}
	return out
}
