package heif

import (
	"context"
	"image"
)

// Decode returns the pixels, Width × Height of them, upright or not: the
// orientation is left to the caller. HEVC, and AV1 without transparency, come
// as *image.YCbCr in full-range BT.601, with the chroma of HEVC as it is coded
// and that of AV1 4:2:0; AV1 with transparency comes as *image.NRGBA. The
// context is asked between tiles.
func (f *File) Decode(ctx context.Context) (image.Image, error) {
	if f.Codec == "av1" {
		return f.decodeAV1(ctx)
	}
	return f.decodeHEVC(ctx)
}

// Reduced returns the picture reduced by scale, which is 2, 4 or 8, and scale;
// or, where the decoder cannot reduce it, the picture itself and 1. Width and
// height are rounded up. A reduced picture is lighter and quicker to decode.
func (f *File) Reduced(scale int) (*File, int) {
	if scale < 2 || f.Codec != "av1" || f.crop != (rect{0, 0, f.still.w, f.still.h}) {
		return f, 1
	}
	c := f.still
	single := len(c.tiles) == 1
	if !single && (c.tw%(2*scale) != 0 || c.th%(2*scale) != 0) {
		return f, 1
	}
	g := *f
	g.still = c.reduced(scale)
	if f.alpha != nil {
		g.alpha = f.alpha.reduced(scale)
	}
	g.Width, g.Height = g.still.w, g.still.h
	g.crop = rect{0, 0, g.Width, g.Height}
	g.scale = f.scale * scale
	return &g, scale
}

func (c *canvas) reduced(scale int) *canvas {
	d := *c
	for _, n := range []*int{&d.w, &d.h, &d.tw, &d.th} {
		*n = (*n + scale - 1) / scale
	}
	return &d
}

// eachTile calls do with every tile's place in the picture: the part of the
// tile that is within it.
func (c *canvas) eachTile(ctx context.Context, do func(i int, at rect) error) error {
	for i := range c.tiles {
		if err := ctx.Err(); err != nil {
			return err
		}
		x, y := i%c.cols*c.tw, i/c.cols*c.th
		if err := do(i, rect{x, y, min(c.tw, c.w-x), min(c.th, c.h-y)}); err != nil {
			return err
		}
	}
	return nil
}

// cut returns a part of a picture, with its corner at 0, 0. Chroma begins at
// the sample that the part's first pixel belongs to.
func cut(m *image.YCbCr, r rect) *image.YCbCr {
	if r == (rect{0, 0, m.Rect.Dx(), m.Rect.Dy()}) {
		return m
	}
	at := m.COffset(r.x, r.y)
	return &image.YCbCr{
		Y: m.Y[m.YOffset(r.x, r.y):], Cb: m.Cb[at:], Cr: m.Cr[at:],
		YStride: m.YStride, CStride: m.CStride, SubsampleRatio: m.SubsampleRatio,
		Rect: image.Rect(0, 0, r.w, r.h),
	}
}
