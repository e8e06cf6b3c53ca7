package heif

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"

	"github.com/gen2brain/avif"
)

// encodeSpeed is libaom's trade of time against size. 10 gives the same bytes
// as 9; 8 takes half as long again, or more, for a size within 3 % of it.
const encodeSpeed = 9

// unspecified and srgb are the body of the box colr as the library writes it
// and as it is meant: primaries and transfer of sRGB, matrix of BT.601, full
// range (H.273).
const (
	unspecified = "colrnclx\x00\x02\x00\x02\x00\x02\x80"
	srgb        = "colrnclx\x00\x01\x00\x0d\x00\x06\x80"
)

// EncodeAVIF returns m, in full-range BT.601 and sRGB colours, as an AVIF
// picture, 8 bits, 4:2:0, at a quality from 1 to 100. It has no metadata, and
// its bytes depend on m and quality alone. The context is asked before it
// begins.
func EncodeAVIF(ctx context.Context, m *image.YCbCr, quality int) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if w <= 0 || h <= 0 || int64(w)*int64(h) > maxPart || quality < 1 || quality > 100 {
		return nil, fmt.Errorf("no AVIF picture of %d × %d pixels at quality %d", w, h, quality)
	}
	var b bytes.Buffer
	err := avif.Encode(&b, m, avif.Options{
		Quality: quality, QualityAlpha: quality, Speed: encodeSpeed,
		ChromaSubsampling: image.YCbCrSubsampleRatio420,
	})
	if err != nil {
		return nil, err
	}
	out := b.Bytes()
	at := bytes.Index(out, []byte(unspecified))
	if at < 0 {
		return nil, errors.New("the AVIF encoder wrote another box colr than it used to")
	}
	copy(out[at:], srgb)
	return out, nil
}

// EncodeWeight returns how many bytes of memory EncodeAVIF takes at most for a
// picture of w × h pixels: 35 a pixel inside WASM, which count for 3.6 times as
// many (see Weight), and 4 outside.
func EncodeWeight(w, h int) int64 {
	const wasm = 3 << 20
	return (wasm+35*int64(w)*int64(h))*18/5 + 4*int64(w)*int64(h)
}
