package media

import (
	"bytes"
	"context"
	"image"

	"github.com/gen2brain/jpegn"

	"gallerist/builder/media/heif"
	"gallerist/builder/media/note"
	"gallerist/builder/media/webp"
)

// quality is that of JPEG and WebP; masters are copies that others are drawn
// from, and AVIF counts otherwise.
const (
	quality       = 80
	masterQuality = 95
	drawnQuality  = 86
	avifQuality   = 60
)

// encoder writes one format of renditions.
type encoder struct {
	// key names everything besides source and geometry that a rendition's
	// bytes depend on: the version of this pipeline, the encoder and its
	// settings. Whoever changes any of them changes the key, and with it every
	// path.
	key       string
	mediaType string
	ext       string
	encode    func(ctx context.Context, m *image.YCbCr) ([]byte, error)
	note      func(data, xmp []byte) ([]byte, error) // nil = the format is given no note
}

// encoders is every format that a recipe can ask for.
var encoders = map[string]encoder{
	"jpeg":   {"3 jpegn 0.6.1 q80 420", TypeJPEG, "jpg", jpegAt(quality), note.JPEG},
	"webp":   {"3 vp8 2 q80", TypeWebP, "webp", encodeWebP, note.WebP},
	"avif":   {"2 libavif gen2brain 0.6.0 q60", TypeAVIF, "avif", encodeAVIF, nil},
	"master": {"2 jpegn 0.6.1 q95 420", TypeJPEG, "jpg", jpegAt(masterQuality), nil},
}

// image returns the frame as encoders take it.
func (f *frame) image() *image.YCbCr {
	return &image.YCbCr{
		Y: f.y.pix, Cb: f.u.pix, Cr: f.v.pix, YStride: f.y.stride, CStride: f.u.stride,
		SubsampleRatio: image.YCbCrSubsampleRatio420, Rect: image.Rect(0, 0, f.w, f.h),
	}
}

func jpegAt(q int) func(context.Context, *image.YCbCr) ([]byte, error) {
	return func(_ context.Context, m *image.YCbCr) ([]byte, error) {
		var b bytes.Buffer
		b.Grow(m.Rect.Dx()*m.Rect.Dy()/4 + 1024)
		err := jpegn.Encode(&b, m, &jpegn.EncodeOptions{Quality: q, OptimizeCoding: true})
		return b.Bytes(), err
	}
}

func encodeWebP(_ context.Context, m *image.YCbCr) ([]byte, error) { return webp.Encode(m, quality) }

func encodeAVIF(ctx context.Context, m *image.YCbCr) ([]byte, error) {
	return heif.EncodeAVIF(ctx, m, avifQuality)
}
