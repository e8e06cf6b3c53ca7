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

// EncodeJPEG returns a drawn picture as a JPEG with a note, which may be empty.
func EncodeJPEG(m *image.RGBA, xmp []byte) ([]byte, error) {
	var b bytes.Buffer
	if err := jpegn.Encode(&b, fromRGBA(m), &jpegn.EncodeOptions{Quality: drawnQuality, OptimizeCoding: true}); err != nil {
		return nil, err
	}
	if len(xmp) == 0 {
		return b.Bytes(), nil
	}
	return note.JPEG(b.Bytes(), xmp)
}

// fromRGBA returns an opaque picture in Y'CbCr. Chroma is kept whole, for words
// have sharp edges.
func fromRGBA(m *image.RGBA) *image.YCbCr {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	out := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio444)
	for y := range h {
		pix := m.Pix[y*m.Stride:][:4*w]
		oy, ou, ov := out.Y[y*out.YStride:][:w], out.Cb[y*out.CStride:][:w], out.Cr[y*out.CStride:][:w]
		for x := range w {
			c := pix[4*x:][:3:3]
			oy[x], ou[x], ov[x] = color.RGBToYCbCr(c[0], c[1], c[2])
		}
	}
	return out
}
