package media

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"

	"github.com/gen2brain/jpegn"
)

// JPEGs are decoded by github.com/gen2brain/jpegn, which is quick and can make
// them smaller on the way. But it shows whatever it finds: where data are
// missing it goes on with the last colour. A picture that looks like that is
// given to image/jpeg as well, which wants all of it.

// decodeJPEG returns the picture and the scale it is at.
func decodeJPEG(data []byte, scale int) (image.Image, int, error) {
	h, fault := readJPEG(data)
	if fault != nil {
		return nil, 0, fault
	}
	if h.coded.stdOnly() {
		m, err := jpeg.Decode(bytes.NewReader(data))
		return m, 1, err
	}
	m, err := decodeQuickly(data, scale)
	if err == nil && !mayEndEarly(&h.coded, m, scale) {
		return m, scale, nil
	}
	if int64(h.w)*int64(h.h)*h.coded.stdBytes() > workerMemory { // is not reckoned with in its weight
		return m, scale, err
	}
	whole, strict := jpeg.Decode(bytes.NewReader(data))
	switch {
	case err != nil:
		return whole, 1, strict
	case misses(strict):
		return nil, 0, fmt.Errorf("its end is missing: %w", strict)
	}
	return m, scale, nil
}

// decodeQuickly makes an error of a panic, so that the other decoder is asked.
func decodeQuickly(data []byte, scale int) (m image.Image, err error) {
	defer func() {
		if r := recover(); r != nil {
			m, err = nil, fmt.Errorf("the decoder gave up: %v", r)
		}
	}()
	return jpegn.Decode(bytes.NewReader(data), &jpegn.Options{ScaleDenom: scale})
}

// misses says whether an error of image/jpeg means that data are missing or
// wrong, not that it knows no such JPEG.
func misses(err error) bool {
	var form jpeg.FormatError
	return errors.As(err, &form) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// stdBytes returns how many bytes a pixel image/jpeg takes, rounded up.
func (c *jpegCoding) stdBytes() int64 {
	n, of := c.samples()
	if c.progressive {
		n *= 5 // coefficients of four bytes and a sample
	}
	if c.components == 4 {
		n += 4 * of
	}
	return int64((n + of - 1) / of)
}

// mayEndEarly says whether a picture may lack its end: whether it ends in an
// even stretch, or its scans leave out the last bits.
func mayEndEarly(c *jpegCoding, m image.Image, scale int) bool {
	return c.progressive && !c.complete() || endsEven(m, max(32/scale, 4)) // two blocks of any component
}

// endsEven says whether the last row ends in a stretch of one colour.
func endsEven(m image.Image, stretch int) bool {
	switch m := m.(type) {
	case *image.YCbCr:
		sx, sy := subsampling(m.SubsampleRatio)
		w, h := m.Rect.Dx(), m.Rect.Dy()
		cw, ch := (w+sx-1)/sx, (h+sy-1)/sy
		return even(m.Y[(h-1)*m.YStride:][:w], stretch) && even(m.Cb[(ch-1)*m.CStride:][:cw], stretch/sx) && even(m.Cr[(ch-1)*m.CStride:][:cw], stretch/sx)
	case *image.Gray:
		return even(m.Pix[(m.Rect.Dy()-1)*m.Stride:][:m.Rect.Dx()], stretch)
	}
	b := m.Bounds()
	last := m.At(b.Max.X-1, b.Max.Y-1)
	for x := max(b.Min.X, b.Max.X-stretch); x < b.Max.X; x++ {
		if m.At(x, b.Max.Y-1) != last {
			return false
		}
	}
	return true
}

// even says whether the last n samples of a row are one.
func even(row []byte, n int) bool {
	for _, v := range row[max(0, len(row)-n):] {
		if v != row[len(row)-1] {
			return false
		}
	}
	return true
}
