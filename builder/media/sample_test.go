package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
	"testing/fstest"
)

// quarters returns a picture whose corners differ: red, green, blue, gray,
// with a smooth change in each, so that every turn and mirroring shows.
func quarters(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{100, 100, 100, 255}
			ramp := uint8(60 * (x + y) / (w + h))
			switch {
			case x < w/2 && y < h/2:
				c = color.NRGBA{200, 20 + ramp, 20, 255}
			case y < h/2:
				c = color.NRGBA{20, 160 + ramp, 40, 255}
			case x < w/2:
				c = color.NRGBA{30, 30 + ramp, 190, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

// turned returns m as a camera stores it when it notes the orientation o.
func turned(m *image.NRGBA, o int) *image.NRGBA {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	sw, sh := w, h
	if o >= 5 {
		sw, sh = h, w
	}
	out := image.NewNRGBA(image.Rect(0, 0, sw, sh))
	for y := range sh {
		for x := range sw {
			// where row y, column x of the file is seen (TIFF 6.0, tag 274)
			p := [9]image.Point{
				1: {x, y}, 2: {w - 1 - x, y}, 3: {w - 1 - x, h - 1 - y}, 4: {x, h - 1 - y},
				5: {y, x}, 6: {w - 1 - y, x}, 7: {w - 1 - y, h - 1 - x}, 8: {y, h - 1 - x},
			}[o]
			out.SetNRGBA(x, y, m.NRGBAAt(p.X, p.Y))
		}
	}
	return out
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gifOf(t testing.TB, frames ...*image.Paletted) []byte {
	t.Helper()
	g := &gif.GIF{Image: frames, Delay: make([]int, len(frames))}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exifOf returns a TIFF structure with an orientation, a date with its offset
// and a position.
func exifOf(order binary.ByteOrder, orientation int, date, offset string, gps bool) []byte {
	mark := "II*\x00"
	if order == binary.BigEndian {
		mark = "MM\x00*"
	}
	b := []byte(mark)
	u16 := func(v int) { b = appendOrder(b, order, 2, v) }
	u32 := func(v int) { b = appendOrder(b, order, 4, v) }
	const first, second, third, texts = 8, 8 + 2 + 3*12 + 4, 8 + 2*(2+4) + 5*12, 8 + 3*(2+4) + 6*12
	u32(first)
	u16(3)
	u16(tagOrientation)
	u16(3)
	u32(1)
	u16(orientation)
	u16(0)
	u16(tagExifIFD)
	u16(4)
	u32(1)
	u32(second)
	if gps {
		u16(tagGPSIFD)
	} else {
		u16(0x9999)
	}
	u16(4)
	u32(1)
	u32(third)
	u32(0)
	u16(2)
	u16(tagDateOriginal)
	u16(2)
	u32(len(date) + 1)
	u32(texts)
	u16(tagOffsetOriginal)
	u16(2)
	u32(len(offset) + 1)
	u32(texts + len(date) + 1)
	u32(0)
	u16(1)
	u16(tagGPSLatitude)
	u16(5)
	u32(3)
	u32(texts)
	u32(0)
	return append(b, date+"\x00"+offset+"\x00 PRIVATE-PLACE"...)
}

func appendOrder(b []byte, order binary.ByteOrder, n, v int) []byte {
	var w [4]byte
	if n == 2 {
		order.PutUint16(w[:], uint16(v))
	} else {
		order.PutUint32(w[:], uint32(v))
	}
	return append(b, w[:n]...)
}

// withSegment puts a marker segment behind the start of a JPEG.
func withSegment(file []byte, marker byte, body string) []byte {
	out := append([]byte(nil), file[:2]...)
	out = append(out, 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	out = append(out, body...)
	return append(out, file[2:]...)
}

func withExif(file, tiff []byte) []byte {
	return withSegment(file, 0xe1, "Exif\x00\x00"+string(tiff))
}

// chunk returns a PNG chunk; its checksum is left out of account.
func chunk(kind string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(out, kind...)
	return append(append(out, body...), 0, 0, 0, 0)
}

// planned returns the renditions of one recipe alone.
func (r Recipe) planned(info *Info, focus *Point) []Rendition {
	return noFiles.Plan([]Recipe{r}, info, Look{Focus: focus})[r.Name]
}

// noFiles plans without reading.
var noFiles = New(fstest.MapFS{}, MemStore(), Options{})
