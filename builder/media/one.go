package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"io"

	"github.com/gen2brain/jpegn"

	"gallerist/builder/media/note"
)

// Open returns a reader over one rendition, which is made where the cache has
// not got it.
func (s *Studio) Open(info *Info, r Rendition) (io.ReadCloser, error) {
	t := &task{studio: s, info: info, renditions: []Rendition{r}, scales: []int{r.scale}}
	if err := t.recall(context.Background()); err != nil {
		return nil, err
	}
	return File{Path: r.Path, Type: r.Type, rendition: r, origin: t}.Open()
}

// SamePlace says whether two renditions of one picture show the same part of
// it at the same size.
func (r Rendition) SamePlace(o Rendition) bool {
	return r.crop == o.crop && r.Width == o.Width && r.Height == o.Height && r.format == o.format && r.mark == o.mark
}

// KeyPath returns where something made for a key stands in the site, whose
// content the key names: "m/ab/<24 hex digits>.jpg".
func KeyPath(key, ext string) string {
	sum := sha256.Sum256([]byte(key))
	name := hex.EncodeToString(sum[:12])
	return "m/" + name[:2] + "/" + name + "." + ext
}

// DrawnKey names what EncodeJPEG does, for keys.
const DrawnKey = "1 jpegn 0.6.1 q86 420"

// EncodeJPEG returns a drawn picture as a JPEG with a note, which may be empty.
// It uses the standard Huffman tables: best ones would save three per cent of
// the bytes and take twice the time.
func EncodeJPEG(m *image.RGBA, xmp []byte) ([]byte, error) {
	var b bytes.Buffer
	if err := jpegn.Encode(&b, fromRGBA(m), &jpegn.EncodeOptions{Quality: drawnQuality}); err != nil {
		return nil, err
	}
	if len(xmp) == 0 {
		return b.Bytes(), nil
	}
	return note.JPEG(b.Bytes(), xmp)
}

// fromRGBA returns an opaque picture in Y'CbCr 4:2:0, chroma being that of the
// mean of four pixels.
func fromRGBA(m *image.RGBA) *image.YCbCr {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	for y := 0; y < h; y += 2 {
		upper, lower := m.Pix[y*m.Stride:][:4*w], m.Pix[min(y+1, h-1)*m.Stride:][:4*w]
		y0, y1 := out.Y[y*out.YStride:][:w], out.Y[min(y+1, h-1)*out.YStride:][:w]
		cb, cr := out.Cb[y/2*out.CStride:], out.Cr[y/2*out.CStride:]
		for x := 0; x < w; x += 2 {
			right := min(x+1, w-1)
			a, b, c, d := upper[4*x:][:3:3], upper[4*right:][:3:3], lower[4*x:][:3:3], lower[4*right:][:3:3]
			y0[x], y0[right], y1[x], y1[right] = lumaOfRGB(a), lumaOfRGB(b), lumaOfRGB(c), lumaOfRGB(d)
			mean := func(i int) uint8 { return uint8((int(a[i]) + int(b[i]) + int(c[i]) + int(d[i]) + 2) / 4) }
			_, cb[x/2], cr[x/2] = color.RGBToYCbCr(mean(0), mean(1), mean(2))
		}
	}
	return out
}

func lumaOfRGB(c []byte) byte {
	y, _, _ := color.RGBToYCbCr(c[0], c[1], c[2])
	return y
}
