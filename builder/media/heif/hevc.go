package heif

import (
	"bytes"
	"context"
	"fmt"
	"image"

	"gallerist/builder/media/hevc"
)

// readHEVC reads the parameter sets of a tile. Of its colours it returns the
// range, which colr may correct; the matrix is asked for in convert.
func readHEVC(t tile) (coded, error) {
	cfg, err := parseHEVC(t)
	if err != nil {
		return coded{}, err
	}
	c := coded{w: cfg.Width(), h: cfg.Height(), depth: cfg.Depth(), code: code{2, 2, 2, cfg.FullRange()}}
	if x, y := cfg.Subsampling(); x > 0 && y > 0 {
		c.chroma = 4 / (x * y)
	}
	return c, nil
}

func parseHEVC(t tile) (*hevc.Config, error) {
	cfg, err := hevc.ParseConfig(t.config)
	if err != nil {
		return nil, undecodable(err)
	}
	return cfg, nil
}

func undecodable(err error) error { return fmt.Errorf("holds HEVC that cannot be decoded: %w", err) }

// decodeHEVC decodes tile by tile into one picture.
func (f *File) decodeHEVC(ctx context.Context) (image.Image, error) {
	c := f.still
	var m *image.YCbCr
	var cfg *hevc.Config
	var decoder *hevc.Decoder
	err := c.eachTile(ctx, func(i int, at rect) error {
		var err error
		if i == 0 || !bytes.Equal(c.tiles[i].config, c.tiles[i-1].config) {
			if cfg, err = parseHEVC(c.tiles[i]); err != nil {
				return err
			}
			decoder = hevc.NewDecoder(cfg)
			decoder.MaxPixels = (c.tw + margin) * (c.th + margin)
		}
		p, err := decoder.Decode(c.tiles[i].data)
		if err != nil {
			return undecodable(err)
		}
		if m == nil {
			if m, err = newPlanes(c, p); err != nil {
				return err
			}
		}
		return lay(m, p, at)
	})
	if err != nil {
		return nil, err
	}
	if err := f.convert(m, cfg.Matrix()); err != nil {
		return nil, err
	}
	return cut(m, f.crop), nil
}

// margin is how much larger than what is seen of it a picture may be coded:
// more than the largest block.
const margin = 128

// newPlanes returns the picture that tiles like p are laid into.
func newPlanes(c *canvas, p *hevc.Picture) (*image.YCbCr, error) {
	size := image.Rect(0, 0, c.w, c.h)
	switch {
	case len(p.Cb) == 0: // grey
		m := image.NewYCbCr(size, image.YCbCrSubsampleRatio420)
		for i := range m.Cb {
			m.Cb[i], m.Cr[i] = 128, 128
		}
		return m, nil
	case p.SubX == 2 && p.SubY == 2:
		return image.NewYCbCr(size, image.YCbCrSubsampleRatio420), nil
	case p.SubX == 2 && p.SubY == 1:
		return image.NewYCbCr(size, image.YCbCrSubsampleRatio422), nil
	case p.SubX == 1 && p.SubY == 1:
		return image.NewYCbCr(size, image.YCbCrSubsampleRatio444), nil
	}
	return nil, rare("has a colour sample for every %d × %d pixels", p.SubX, p.SubY)
}

// lay copies a tile to its place.
func lay(m *image.YCbCr, p *hevc.Picture, at rect) error {
	if p.Width < at.w || p.Height < at.h {
		return damaged("holds HEVC of %d × %d pixels where %d × %d belong", p.Width, p.Height, at.w, at.h)
	}
	copyPlane(m.Y[m.YOffset(at.x, at.y):], m.YStride, p.Y, p.YStride, at.w, at.h)
	if len(p.Cb) == 0 {
		return nil
	}
	sx, sy := subsampling(m.SubsampleRatio)
	if p.SubX != sx || p.SubY != sy || at.x%sx != 0 || at.y%sy != 0 {
		return rare("has tiles that do not fit together")
	}
	c, w, h := m.COffset(at.x, at.y), (at.w+sx-1)/sx, (at.h+sy-1)/sy
	copyPlane(m.Cb[c:], m.CStride, p.Cb, p.CStride, w, h)
	copyPlane(m.Cr[c:], m.CStride, p.Cr, p.CStride, w, h)
	return nil
}

func copyPlane(to []byte, toStride int, from []byte, fromStride, w, h int) {
	for y := range h {
		copy(to[y*toStride:][:w], from[y*fromStride:][:w])
	}
}

// convert brings the picture to full-range BT.601. What the container says of
// matrix and range counts before what the bitstream says.
func (f *File) convert(m *image.YCbCr, coded int) error {
	matrix := f.Matrix
	if matrix == matrixUnsaid {
		matrix = coded
	}
	if matrix == matrixRGB && m.SubsampleRatio == image.YCbCrSubsampleRatio444 {
		fromRGB(m, f.FullRange)
		return nil
	}
	c, ok := newConversion(matrix, f.FullRange)
	if !ok {
		return rare("has colours by matrix %d of H.273", matrix)
	}
	c.apply(m)
	return nil
}
