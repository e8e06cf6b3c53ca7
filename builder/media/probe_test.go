package media

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color/palette"
	"image/png"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gallerist/builder/media/webp"
)

// webpOf returns a gray picture of many shades.
func webpOf(t testing.TB, w, h int) []byte {
	return webpGray(t, w, h, func(i int) byte { return byte(i) })
}

func webpFlat(t testing.TB, w, h int, v byte) []byte {
	return webpGray(t, w, h, func(int) byte { return v })
}

func webpGray(t testing.TB, w, h int, luma func(i int) byte) []byte {
	t.Helper()
	m := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for i := range m.Cb {
		m.Cb[i], m.Cr[i] = 128, 128
	}
	for i := range m.Y {
		m.Y[i] = luma(i)
	}
	b, err := webp.Encode(m, quality)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func paletted(w, h int) *image.Paletted {
	m := image.NewPaletted(image.Rect(0, 0, w, h), palette.WebSafe)
	for i := range m.Pix {
		m.Pix[i] = byte(i % 216)
	}
	return m
}

// lossless is a WebP of 1 × 1 pixel, VP8L.
const lossless = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="

// redGlass is a lossy WebP of 6 × 4 half transparent red pixels.
const redGlass = "UklGRlwAAABXRUJQVlA4WAoAAAAQAAAABQAAAwAAQUxQSAoAAAABB1DAiAhERP8DVlA4ICwAAACQAQCdASoGAAQAA4BaJaACdLoAA5gA/uy9j8bzea0o//rgP/nAf/OA/lYAAA=="

func fromBase64(t testing.TB, s string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestInspect(t *testing.T) {
	photo := jpegOf(t, quarters(40, 30))
	vp8l := fromBase64(t, lossless)
	date := "2026:11:02 08:14:00"
	cases := []struct {
		name string
		data []byte
		want Info
	}{
		{"jpeg", photo, Info{Format: "jpeg", Width: 40, Height: 30}},
		{"jpeg with a tail", append(slices.Clone(photo), "MPF and more"...), Info{Format: "jpeg", Width: 40, Height: 30}},
		{"upright exif", withExif(photo, exifOf(binary.LittleEndian, 1, date, "+03:00", true)),
			Info{Format: "jpeg", Width: 40, Height: 30, Taken: "2026-11-02T08:14:00+03:00", HasGPS: true}},
		{"turned exif", withExif(photo, exifOf(binary.BigEndian, 6, date, "", false)),
			Info{Format: "jpeg", Width: 30, Height: 40, Taken: "2026-11-02T08:14:00"}},
		{"a date of zeros", withExif(photo, exifOf(binary.BigEndian, 9, "0000:00:00 00:00:00", "soon", false)),
			Info{Format: "jpeg", Width: 40, Height: 30}},
		{"exif of nothing but ff", withExif(photo, bytes.Repeat([]byte{0xff}, 40)), Info{Format: "jpeg", Width: 40, Height: 30}},
		{"xmp with a position", withSegment(photo, 0xe1, "http://ns.adobe.com/xap/1.0/\x00<x exif:GPSLatitude='1'/>"),
			Info{Format: "jpeg", Width: 40, Height: 30, HasGPS: true}},
		{"a thumbnail in front", withSegment(photo, 0xe2, string(photo)), Info{Format: "jpeg", Width: 40, Height: 30}},
		{"png", pngOf(t, quarters(7, 5)), Info{Format: "png", Width: 7, Height: 5}},
		{"turned png", pngWith(pngOf(t, quarters(7, 5)), chunk("eXIf", exifOf(binary.BigEndian, 8, date, "-05:00", true))),
			Info{Format: "png", Width: 5, Height: 7, Taken: "2026-11-02T08:14:00-05:00", HasGPS: true}},
		{"animated png", pngWith(pngOf(t, quarters(7, 5)), chunk("acTL", make([]byte, 8))), Info{Format: "png", Width: 7, Height: 5, Animated: true}},
		{"gif", gifOf(t, paletted(9, 4)), Info{Format: "gif", Width: 9, Height: 4}},
		{"animated gif", gifOf(t, paletted(9, 4), paletted(9, 4)), Info{Format: "gif", Width: 9, Height: 4, Animated: true}},
		{"webp", webpOf(t, 33, 17), Info{Format: "webp", Width: 33, Height: 17}},
		{"lossless webp", vp8l, Info{Format: "webp", Width: 1, Height: 1, Alpha: true}},
	}
	for _, c := range cases {
		got, fault := inspect(c.data, Limits{})
		if fault != nil {
			t.Errorf("%s: %v", c.name, fault)
			continue
		}
		if got.Size != int64(len(c.data)) || len(got.Hash) != 64 {
			t.Errorf("%s: size %d, hash %q", c.name, got.Size, got.Hash)
		}
		got.Size, got.Hash, got.orientation, got.extra = 0, "", 0, 0
		if *got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, *got, c.want)
		}
	}
}

// pngWith puts a chunk behind IHDR.
func pngWith(file, chunk []byte) []byte {
	return slices.Concat(file[:33], chunk, file[33:])
}

func TestFaults(t *testing.T) {
	huge := pngOf(t, quarters(2, 2))
	binary.BigEndian.PutUint32(huge[16:], 20000)
	binary.BigEndian.PutUint32(huge[20:], 20000)
	bomb := slices.Clone(huge)
	binary.BigEndian.PutUint32(bomb[16:], 9000)
	binary.BigEndian.PutUint32(bomb[20:], 9000)
	arithmetic := jpegOf(t, quarters(9, 9))
	i := bytes.Index(arithmetic, []byte{0xff, 0xc0})
	arithmetic[i+1] = 0xc9
	flat := jpegOf(t, quarters(9, 9))
	copy(flat[i+5:], "\x00\x00")
	animated := []byte("RIFF\x1a\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x04\x00\x00\x04\x00\x00")
	for _, c := range []struct{ name, data, text, hint string }{
		{"empty", "", "is empty", "copy it again"},
		{"text", "hello, I am a photo.jpg", "is not a picture", "put a JPEG"},
		{"html", "<!doctype html><p>404", "is not a picture", "put a JPEG"},
		{"svg", "<?xml version='1.0'?><svg xmlns=''/>", "is an SVG picture", "export it as JPEG"},
		{"cut heic", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "ends before", "copy it again"},
		{"cut avif", "\x00\x00\x00\x18ftypavif\x00\x00\x00\x00", "ends before", "copy it again"},
		{"film", "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "is a film", "put a picture"},
		{"tiff", "II*\x00\x08\x00\x00\x00", "is a TIFF or raw camera picture", "export it as JPEG"},
		{"huge", string(huge), "is too large: 20000 × 20000 pixels", "100 megapixels"},
		{"bomb", string(bomb), "9000 × 9000 pixels, but has only", "save it as JPEG"},
		{"arithmetic", string(arithmetic), "JPEG of a rare kind", "save it as JPEG"},
		{"no height", string(flat), "9 × 0 pixels", "save it as JPEG"},
		{"animated webp", string(animated), "is an animated WebP", "still picture"},
		{"a bare start", "\xff\xd8\xff", "ends before the picture does", "copy it again"},
		{"no header", "\x89PNG\r\n\x1a\n" + string(chunk("IEND", nil)), "begins with its size", "save it as JPEG"},
		{"a strange gif", "GIF89a\x02\x00\x02\x00\x00\x00\x00?", "GIF block of the unknown kind 0x3f", "save it as JPEG"},
	} {
		info, fault := inspect([]byte(c.data), Limits{})
		if fault == nil {
			t.Errorf("%s: taken as %+v", c.name, info)
		} else if !strings.Contains(fault.Text, c.text) || !strings.Contains(fault.Hint, c.hint) {
			t.Errorf("%s: got %v", c.name, fault)
		}
	}
}

// TestCut cuts a file of each format at every byte: it is whole only where
// nothing of the picture is missing.
func TestCut(t *testing.T) {
	photo := withExif(jpegOf(t, quarters(40, 30)), exifOf(binary.LittleEndian, 6, "2026:11:02 08:14:00", "", true))
	for name, data := range map[string][]byte{
		"jpeg": photo, "png": pngOf(t, quarters(20, 10)), "gif": gifOf(t, paletted(20, 10)), "webp": webpOf(t, 40, 30),
	} {
		for n := range data {
			info, fault := inspect(data[:n], Limits{})
			if fault == nil {
				t.Fatalf("%s: %d of %d bytes are taken as %+v", name, n, len(data), info)
			}
			if n > 16 && !strings.Contains(fault.Text, "ends before") {
				t.Fatalf("%s: %d of %d bytes: %v", name, n, len(data), fault)
			}
		}
		if _, fault := inspect(data, Limits{}); fault != nil {
			t.Errorf("%s: %v", name, fault)
		}
	}
	// A file whose space was set aside before its bytes arrived.
	if _, fault := inspect(append(photo[:len(photo)/2:len(photo)/2], make([]byte, 5000)...), Limits{}); fault == nil {
		t.Error("a JPEG that ends in zeros is taken as whole")
	}
}

func TestProbe(t *testing.T) {
	ctx := context.Background()
	photo := jpegOf(t, quarters(40, 30))
	fsys := fstest.MapFS{
		"a.jpg": {Data: photo}, "big.jpg": {Data: make([]byte, 1001)}, "d/x": {Data: nil}, "wide.jpg": {Data: jpegOf(t, image.NewGray(image.Rect(0, 0, 2000, 600)))},
	}
	s := New(fsys, MemStore(), Options{Limits: Limits{Bytes: 1000}})
	if info, fault, err := New(fsys, MemStore(), Options{}).Probe(ctx, "a.jpg"); err != nil || fault != nil || info.Path != "a.jpg" {
		t.Errorf("a.jpg: %v %v %v", info, fault, err)
	}
	for path, want := range map[string]string{
		"big.jpg": "is too large", "none.jpg": "does not exist", "d": "is not a file",
	} {
		if _, fault, err := s.Probe(ctx, path); err != nil || fault == nil || !strings.Contains(fault.Text, want) {
			t.Errorf("%s: %v %v", path, fault, err)
		}
	}
	if _, fault, _ := New(fsys, MemStore(), Options{Limits: Limits{Megapixels: 1}}).Probe(ctx, "wide.jpg"); fault == nil || !strings.Contains(fault.Text, "2000 × 600") {
		t.Errorf("1.2 megapixels under a limit of 1: %v", fault)
	}
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, _, err := s.Probe(ctx, "a.jpg"); err == nil {
		t.Error("cancelled, and no error")
	}
}

// FuzzInspect holds that no file breaks the readers, and that what they let
// through does not break the decoders.
func FuzzInspect(f *testing.F) {
	photo := jpegOf(f, quarters(24, 16))
	f.Add(withExif(photo, exifOf(binary.LittleEndian, 6, "2026:11:02 08:14:00", "+03:00", true)))
	f.Add(withExif(photo, exifOf(binary.BigEndian, 3, "2026:11:02 08:14:00", "", true)))
	f.Add(pngOf(f, quarters(9, 7)))
	f.Add(gifOf(f, paletted(9, 7), paletted(9, 7)))
	f.Add(webpOf(f, 17, 9))
	f.Add(fromBase64(f, lossless))
	f.Add(fromBase64(f, redGlass))
	var gray bytes.Buffer
	png.Encode(&gray, image.NewGray16(image.Rect(0, 0, 3, 3)))
	f.Add(gray.Bytes())
	for _, data := range hardSeeds(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		info, fault := inspect(data, Limits{Megapixels: 1})
		if (info == nil) == (fault == nil) {
			t.Fatal("neither or both of info and fault")
		}
		if fault != nil {
			if fault.Text == "" || fault.Hint == "" {
				t.Fatalf("a fault without words: %+v", fault)
			}
			return
		}
		p, fault := decode(context.Background(), data, info, 1, [3]byte{255, 255, 255})
		if fault != nil {
			return
		}
		for _, rend := range tile.planned(info, nil)[:1] {
			p.frame(rend.crop, rend.Width, rend.Height, orientations[info.orientation])
		}
	})
}
