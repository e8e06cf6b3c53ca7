package media

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"

	"github.com/gen2brain/jpegn"
	"golang.org/x/image/webp"
)

// baseEdge is the least length of the longer edge at which a JPEG is decoded
// where it is not known what is wanted of it.
const baseEdge = maxWidth

func scaleOf(w, h int) int { return scaleFor(w, h, baseEdge) }

// scaleFor returns the largest of 1, 2, 4 and 8 by which a JPEG of w × h pixels
// can be reduced while it is decoded, if its longer edge must not fall below
// largest. Every rendition of a source grows from the same base: where largest
// depends on more than the source, the scale belongs into their paths.
func scaleFor(w, h, largest int) int {
	d := 1
	for d < 8 && max(w, h)/(2*d) >= largest {
		d *= 2
	}
	return d
}

// decode returns the pixels of data, whose header probe has read as info. A
// panic of a decoder is that picture's fault.
func decode(data []byte, info *Info) (p *picture, fault *Fault) {
	defer func() {
		if r := recover(); r != nil {
			p, fault = nil, damaged(fmt.Errorf("the decoder gave up: %v", r))
		}
	}()
	var m image.Image
	var err error
	scale := 1
	switch info.Format {
	case "jpeg":
		m, scale, err = decodeJPEG(data, info)
	case "png":
		m, err = png.Decode(bytes.NewReader(data))
	case "gif":
		m, err = decodeGIF(data)
	case "webp":
		m, err = webp.Decode(bytes.NewReader(data))
	}
	if err != nil {
		return nil, damaged(err)
	}
	w, h := info.stored()
	if b := m.Bounds(); b.Dx() != (w+scale-1)/scale || b.Dy() != (h+scale-1)/scale {
		return nil, damaged(fmt.Errorf("the header says %d × %d pixels, the picture has %d × %d", w, h, b.Dx(), b.Dy()))
	}
	return &picture{w: w, h: h, planes: split(m, scale, info.Format == "webp")}, nil
}

func damaged(err error) *Fault {
	return faultf("open it in a picture program and save it as JPEG again, or ask for the original", "is damaged: %v", err)
}

// decodeJPEG tries the quick decoder first and that of the standard library
// where it declines.
func decodeJPEG(data []byte, info *Info) (image.Image, int, error) {
	w, h := info.stored()
	scale := scaleOf(w, h)
	m, err := jpegn.Decode(bytes.NewReader(data), &jpegn.Options{ScaleDenom: scale})
	if err == nil {
		return m, scale, nil
	}
	m, err = jpeg.Decode(bytes.NewReader(data))
	return m, 1, err
}

// decodeGIF returns the first frame on the whole canvas.
func decodeGIF(data []byte) (image.Image, error) {
	cfg, err := gif.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	m, err := gif.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	canvas := image.Rect(0, 0, cfg.Width, cfg.Height)
	if m.Bounds() == canvas {
		return m, nil
	}
	whole := image.NewRGBA(canvas)
	draw.Draw(whole, canvas, image.White, image.Point{}, draw.Src)
	draw.Draw(whole, m.Bounds(), m, m.Bounds().Min, draw.Over)
	return whole, nil
}

// split returns the picture's channels, flattened on white. Video says that
// Y'CbCr values are in video range, as those of WebP are.
func split(m image.Image, scale int, video bool) []pyramid {
	switch m := m.(type) {
	case *image.YCbCr:
		return splitYCbCr(m, scale, video)
	case *image.NYCbCrA:
		planes := splitYCbCr(&m.YCbCr, scale, video)
		flatten(planes, m)
		return planes
	case *image.Gray:
		y := plane{m.Pix, m.Stride, m.Rect.Dx(), m.Rect.Dy(), scale, scale}
		return []pyramid{{y}}
	}
	return splitRGB(m, scale)
}

func splitYCbCr(m *image.YCbCr, scale int, video bool) []pyramid {
	sx, sy := subsampling(m.SubsampleRatio)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	cw, ch := (w+sx-1)/sx, (h+sy-1)/sy
	y := plane{m.Y, m.YStride, w, h, scale, scale}
	u := plane{m.Cb, m.CStride, cw, ch, scale * sx, scale * sy}
	v := plane{m.Cr, m.CStride, cw, ch, scale * sx, scale * sy}
	if video {
		stretch(y, 16, 219)
		stretch(u, 128, 224)
		stretch(v, 128, 224)
	}
	return []pyramid{{y}, {u}, {v}}
}

func subsampling(r image.YCbCrSubsampleRatio) (x, y int) {
	switch r {
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	case image.YCbCrSubsampleRatio420:
		return 2, 2
	case image.YCbCrSubsampleRatio440:
		return 1, 2
	case image.YCbCrSubsampleRatio411:
		return 4, 1
	case image.YCbCrSubsampleRatio410:
		return 4, 2
	}
	return 1, 1
}

// stretch brings a plane from video range to full range: zero stays (16 for
// Y', 128 for Cb and Cr), steps become 255.
func stretch(p plane, zero, steps int) {
	var table [256]byte
	target := 0
	if zero == 128 {
		target = 128
	}
	for i := range table {
		d := (i - zero) * 255 * 2
		if d >= 0 {
			d += steps
		} else {
			d -= steps
		}
		table[i] = clamp8(int32(target + d/(2*steps)))
	}
	for y := range p.h {
		row := p.row(y)
		for x, v := range row {
			row[x] = table[v]
		}
	}
}

// flatten lays the picture on white by its alpha channel.
func flatten(planes []pyramid, m *image.NYCbCrA) {
	for i, white := range []int{255, 128, 128} {
		p := planes[i][0]
		for y := range p.h {
			row := p.row(y)
			alpha := m.A[min(y*p.stepY, m.Rect.Dy()-1)*m.AStride:]
			for x, v := range row {
				a := int(alpha[min(x*p.stepX, m.Rect.Dx()-1)])
				row[x] = byte((int(v)*a + white*(255-a) + 127) / 255)
			}
		}
	}
}

// splitRGB takes any picture, a strip at a time.
func splitRGB(m image.Image, scale int) []pyramid {
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	y, u, v := newPlane(w, h, scale, scale), newPlane(w, h, scale, scale), newPlane(w, h, scale, scale)
	const strip = 16
	rgba := image.NewRGBA(image.Rect(0, 0, w, strip))
	for top := 0; top < h; top += strip {
		draw.Draw(rgba, rgba.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(rgba, rgba.Rect, m, image.Pt(b.Min.X, b.Min.Y+top), draw.Over)
		for i := range min(strip, h-top) {
			pix := rgba.Pix[i*rgba.Stride:][:4*w]
			ry, ru, rv := y.row(top+i), u.row(top+i), v.row(top+i)
			for x := range w {
				c := pix[4*x:][:3:3]
				ry[x], ru[x], rv[x] = color.RGBToYCbCr(c[0], c[1], c[2])
			}
		}
	}
	return []pyramid{{y}, {u}, {v}}
}

// hexColor returns a Y'CbCr colour as "#rrggbb".
func hexColor(y, u, v int) string {
	r, g, b := color.YCbCrToRGB(byte(y), byte(u), byte(v))
	return fmt.Sprintf("#%02x%02x%02x", r, g, b)
}
