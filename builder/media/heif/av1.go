package heif

import (
	"bytes"
	"context"
	"fmt"
	"image"

	"github.com/gen2brain/avif"
)

// decodeAV1 decodes tile by tile.
func (f *File) decodeAV1(ctx context.Context) (image.Image, error) {
	c := f.still
	if f.alpha != nil {
		m := image.NewNRGBA(image.Rect(0, 0, c.w, c.h))
		err := c.eachTile(ctx, func(i int, at rect) error {
			p, err := f.part(i)
			if err == nil {
				straighten(m, p, at)
			}
			return err
		})
		r := image.Rect(0, 0, f.crop.w, f.crop.h).Add(image.Pt(f.crop.x, f.crop.y))
		sub := m.SubImage(r).(*image.NRGBA)
		sub.Rect = image.Rect(0, 0, f.crop.w, f.crop.h)
		return sub, err
	}
	m := image.NewYCbCr(image.Rect(0, 0, c.w, c.h), image.YCbCrSubsampleRatio420)
	err := c.eachTile(ctx, func(i int, at rect) error {
		p, err := f.part(i)
		if err == nil {
			toYCbCr(m, p, at)
		}
		return err
	})
	return cut(m, f.crop), err
}

// part decodes one tile.
func (f *File) part(i int) (*image.RGBA, error) {
	c := f.still
	p := wrapped{
		colour: c.tiles[i], premul: f.premul, w: c.tw, h: c.th,
		code: code{f.Primaries, f.Transfer, f.Matrix, f.FullRange},
	}
	if f.alpha != nil {
		p.alpha = &f.alpha.tiles[i]
	}
	all, err := avif.DecodeAll(bytes.NewReader(wrap(p)))
	if err != nil {
		return nil, fmt.Errorf("holds AV1 that cannot be decoded (%v)", err)
	}
	// Where the AV1 is broken the library says nothing and returns what lay in
	// its memory. What it does not write then is how long the picture is to
	// stay, 1 for a still one, and alpha.
	rgba, ok := all.Image[0].(*image.RGBA)
	if len(all.Delay) != 1 || all.Delay[0] != 1 || !ok || rgba.Rect != image.Rect(0, 0, c.tw, c.th) || f.alpha == nil && !rgba.Opaque() {
		return nil, damaged("holds AV1 that cannot be decoded")
	}
	return rgba, nil
}

// straighten writes a tile, whose colours are multiplied by alpha, to a place
// of a picture whose are not.
func straighten(m *image.NRGBA, tile *image.RGBA, at rect) {
	for y := range at.h {
		from := tile.Pix[y*tile.Stride:][:4*at.w]
		to := m.Pix[m.PixOffset(at.x, at.y+y):][:4*at.w]
		for i := 0; i < len(from); i += 4 {
			p, q := from[i:i+4:i+4], to[i:i+4:i+4]
			a := int(p[3])
			switch a {
			case 0:
			case 255:
				copy(q, p)
			default:
				for k := range 3 {
					q[k] = byte(min((int(p[k])*255+a/2)/a, 255))
				}
				q[3] = p[3]
			}
		}
	}
}

// toYCbCr writes an opaque tile to a place of a picture, whose corner is even.
func toYCbCr(m *image.YCbCr, tile *image.RGBA, at rect) {
	for y := 0; y < at.h; y += 2 {
		rows := [2][]byte{tile.Pix[y*tile.Stride:][:4*at.w], tile.Pix[min(y+1, at.h-1)*tile.Stride:][:4*at.w]}
		lumaRow(m.Y[m.YOffset(at.x, at.y+y):], rows[0])
		if y+1 < at.h {
			lumaRow(m.Y[m.YOffset(at.x, at.y+y+1):], rows[1])
		}
		c := m.COffset(at.x, at.y+y)
		chromaRow(m.Cb[c:], m.Cr[c:], rows)
	}
}

// The factors of RGB to Y'CbCr (JFIF 1.02), times 2¹⁶.
func lumaRow(to, rgba []byte) {
	for x := 0; 4*x < len(rgba); x++ {
		p := rgba[4*x:][:3:3]
		to[x] = byte((19595*int32(p[0]) + 38470*int32(p[1]) + 7471*int32(p[2]) + 1<<15) >> 16)
	}
}

// chromaRow makes one chroma row of two rows of pixels.
func chromaRow(cb, cr []byte, rows [2][]byte) {
	n := len(rows[0])
	for x := 0; 8*x < n; x++ {
		left, right := 8*x, min(8*x+4, n-4)
		var s [3]int32 // sums of four pixels
		for _, row := range rows {
			for k := range s {
				s[k] += int32(row[left+k]) + int32(row[right+k])
			}
		}
		const half = 128<<18 + 1<<17
		cb[x] = byte(min((-11058*s[0]-21710*s[1]+32768*s[2]+half)>>18, 255))
		cr[x] = byte(min((32768*s[0]-27439*s[1]-5329*s[2]+half)>>18, 255))
	}
}
