package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"slices"
	"strings"
	"testing"

	"github.com/gen2brain/jpegn"
)

func zlibbed(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write(data) // a Buffer takes all
	w.Close()
	return b.Bytes()
}

// TestMissingEnd holds that a JPEG is not taken for whole whose data break off
// in front of its end, at whatever scale it is decoded; and that one that
// ends in an even stretch is.
func TestMissingEnd(t *testing.T) {
	cut := func(data []byte, percent int) []byte {
		return append(slices.Clone(data[:len(data)*percent/100]), 0xff, 0xd9)
	}
	check := func(name string, data []byte, whole bool) {
		t.Helper()
		info, fault := inspect(data, Limits{})
		for scale := 1; scale <= 8 && fault == nil; scale *= 2 {
			_, f := decode(t.Context(), data, info, scale, [3]byte{})
			if whole != (f == nil) || f != nil && (!strings.Contains(f.Text, "end is missing") || f.Hint == "") {
				t.Errorf("%s at 1/%d: %v", name, scale, f)
			}
		}
		if whole && fault != nil {
			t.Errorf("%s: %v", name, fault)
		}
	}
	restarts := encodedWith(t, phonePhoto(517, 389, 3), jpegn.EncodeOptions{Quality: 90, RestartInterval: 16})
	gray := phonePhoto(517, 389, 4)
	for name, data := range map[string][]byte{
		"baseline":    phoneFile(t, 517, 389, 0),
		"restarts":    restarts,
		"gray":        jpegOf(t, &image.Gray{Pix: gray.Y, Stride: gray.YStride, Rect: gray.Rect}),
		"progressive": phoneFile(t, 517, 389, 2),
	} {
		check(name, data, true)
		for _, percent := range []int{40, 60, 80, 90} {
			check(name+" cut", cut(data, percent), false)
		}
	}
	for _, progressive := range []bool{false, true} {
		even := encodedWith(t, phonePhoto(517, 389, 5), jpegn.EncodeOptions{Quality: 90})
		m, err := jpegn.Decode(bytes.NewReader(even))
		if err != nil {
			t.Fatal(err)
		}
		white := m.(*image.YCbCr)
		for i := len(white.Y) / 2; i < len(white.Y); i++ {
			white.Y[i] = 255
		}
		for i := len(white.Cb) / 2; i < len(white.Cb); i++ {
			white.Cb[i], white.Cr[i] = 128, 128
		}
		check("white below", encodedWith(t, white, jpegn.EncodeOptions{Quality: 90, Progressive: progressive}), true)
	}
	// A progressive picture may end after any scan: it is rough, not cut.
	layered := phoneFile(t, 517, 389, 2)
	end := 0
	for range 3 { // one for each component
		end += bytes.Index(layered[end:], []byte{0xff, 0xda}) + 2
		end += bytes.Index(layered[end:], []byte{0xff, 0xc4}) // the tables of the next scan
	}
	check("first layers", append(slices.Clone(layered[:end]), 0xff, 0xd9), true)
}

func encodedWith(t *testing.T, m image.Image, o jpegn.EncodeOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpegn.Encode(&b, m, &o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestReduced holds that a picture which is decoded smaller is held against the
// limits as large as it is, when it is read and when it is remembered.
func TestReduced(t *testing.T) {
	before := readers["avif"]
	defer func() { readers["avif"] = before }()
	readers["avif"] = func([]byte) (header, *Fault) { return header{w: 4000, h: 4000, reduced: 4, whole: true}, nil }
	data := append([]byte("\x00\x00\x00\x18ftypavif"), make([]byte, 50000)...)
	if _, fault := inspect(data, Limits{}); fault == nil || !strings.Contains(fault.Text, "16000 × 16000") {
		t.Error(fault)
	}
	info, fault := inspect(data, Limits{Megapixels: 300})
	if fault != nil {
		t.Fatal(fault)
	}
	if noFiles.within(info) {
		t.Error("remembered, it is within the limits")
	}
}

// TestHeaderTricks holds that headers say one thing to us and to decoders, and
// that what is there a thousand times is looked at once.
func TestHeaderTricks(t *testing.T) {
	good := pngOf(t, quarters(8, 6))
	twice := slices.Concat(good[:len(good)-12], good[8:33], good[len(good)-12:])
	late := slices.Concat(good[:8], chunkWithSum("tEXt", "a\x00b"), good[8:])
	colour := inkJPEG([4]byte{1, 2, 3, 4}, [4]byte{0x11, 0x11, 0x11, 0x11}, 0)
	part := slices.Clone(colour)
	i := bytes.Index(part, []byte{0xff, 0xda})
	part = slices.Replace(part, i, i+4+10, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0) // one component of four
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"two sizes":                {twice, "says it once"},
		"the size is not first":    {late, "begins with its size"},
		"one component":            {part, "ends before"},
		"a size only its own data": {slices.Concat([]byte("\x89PNG\r\n\x1a\n"), good[8:33], good[8:33], good[33:]), "says it once"},
	} {
		if _, fault := inspect(c.data, Limits{}); fault == nil || !strings.Contains(fault.Text, c.want) {
			t.Errorf("%s: %v, want %q", name, fault, c.want)
		}
	}
	first, second := profileOfGamma("First", 1.8, adobeRGB), profileOfGamma("Second", 1.8, adobeRGB)
	info, fault := inspect(pngWith(good, slices.Concat(iccChunk(first), iccChunk(second))), Limits{})
	if fault != nil || info.Profile != "First" {
		t.Errorf("two profiles: %+v %v", info, fault)
	}
	tiff := exifOf(binary.LittleEndian, 1, "2026:11:02 08:14:00", "", true)
	other := slices.Clone(tiff)
	copy(other[8+2+2*12:], other[8+2+12:8+2+2*12])       // the camera's directory again
	binary.LittleEndian.PutUint32(other[8+2+2*12+8:], 8) // which is the first
	if got, want := readExif(other), readExif(tiff); got.taken != want.taken || got.gps {
		t.Errorf("two directories: %+v, want %+v", got, want)
	}
}
