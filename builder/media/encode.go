package media

import (
	"bytes"
	"image"

	"github.com/gen2brain/jpegn"

	"gallerist/builder/media/webp"
)

// quality is that of both encoders.
const quality = 80

// encoders names, by format, everything besides source and geometry that a
// rendition's bytes depend on: the version of this pipeline, the encoder and
// its settings. Whoever changes any of them changes the name, and with it
// every path.
var encoders = map[string]string{
	"jpeg": "2 jpegn 0.6.1 q80 420",
	"webp": "2 vp8 2 q80",
}

// encode returns the frame as a file of the media type, with pixels in it and
// nothing else.
func (f *frame) encode(mediaType string) ([]byte, error) {
	m := &image.YCbCr{
		Y: f.y.pix, Cb: f.u.pix, Cr: f.v.pix, YStride: f.y.stride, CStride: f.u.stride,
		SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: image.Rect(0, 0, f.w, f.h),
	}
	if mediaType == TypeWebP {
		return webp.Encode(m, quality)
	}
	var b bytes.Buffer
	b.Grow(f.w*f.h/4 + 1024)
	err := jpegn.Encode(&b, m, &jpegn.EncodeOptions{Quality: quality, OptimizeCoding: true})
	return b.Bytes(), err
}
