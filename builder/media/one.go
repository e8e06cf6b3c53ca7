package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"io"
	"sync"

	"github.com/gen2brain/jpegn"

	"gallerist/builder/media/note"
)

// Open returns a reader over one rendition, which is made where the cache has
// not got it.
func (s *Studio) Open(info *Info, r Rendition) (io.ReadCloser, error) {
	t := &task{studio: s, info: info.whole(), renditions: []Rendition{r}, views: []view{s.view(info, r.scale)}}
	if err := t.recall(context.Background()); err != nil {
		return nil, err
	}
	return File{Path: r.Path, Type: r.Type, rendition: r, origin: t}.Open()
}

// SamePlace says whether two renditions of one picture show the same part of
// it at the same size.
func (r Rendition) SamePlace(o Rendition) bool {
	return r.crop == o.crop && r.window == o.window && r.Width == o.Width && r.Height == o.Height && r.format == o.format && r.mark == o.mark
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
	c := drawn.Get().(*image.YCbCr)
	defer drawn.Put(c)
	fromRGBA(c, m)
	if err := jpegn.Encode(&b, c, &jpegn.EncodeOptions{Quality: drawnQuality}); err != nil {
		return nil, err
	}
	if len(xmp) == 0 {
		return b.Bytes(), nil
	}
	return note.JPEG(b.Bytes(), xmp)
}

// drawn are pictures between their drawing and their encoding: a megabyte each,
// which is used again.
var drawn = sync.Pool{New: func() any { return new(image.YCbCr) }}
