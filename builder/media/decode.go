package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"

	"golang.org/x/image/webp"

	"gallerist/builder/media/heif"
	"gallerist/builder/media/icc"
)

// decoded is a picture with the colours it was taken in.
type decoded struct {
	picture
	profile *icc.Profile // nil = sRGB, or taken for it
}

// decode returns the pixels of data, whose header probe has read as info, laid
// on the ground where they are transparent. A panic is that picture's fault.
func decode(ctx context.Context, data []byte, info *Info, scale int, ground [3]byte) (d *decoded, fault *Fault) {
	defer caught(&fault)
	m, got, fault := decodeImage(ctx, data, info, scale)
	if fault != nil {
		return nil, fault
	}
	if !info.Alpha {
		m = opaque(m)
	}
	w, h := info.stored()
	if b := m.Bounds(); b.Dx() != (w+got-1)/got || b.Dy() != (h+got-1)/got {
		return nil, damaged(fmt.Errorf("the header says %d × %d pixels, the picture has %d × %d", w, h, b.Dx(), b.Dy()))
	}
	d = &decoded{}
	if info.Profile != "" {
		d.profile = profileOf(data, info.Format)
	}
	if d.profile != nil && info.Alpha {
		ground = unconverted(d.profile, ground)
	}
	d.picture = picture{w: w, h: h, planes: split(m, got, info.Format == "webp", ground)}
	return d, nil
}

// caught, deferred, makes a fault of a panic.
func caught(fault **Fault) {
	if r := recover(); r != nil {
		*fault = damaged(fmt.Errorf("the decoder gave up: %v", r))
	}
}

// opaque returns the picture as its header announces it, without transparent
// places: the bit that says so in a lossless WebP is what browsers go by.
func opaque(m image.Image) image.Image {
	switch m := m.(type) {
	case *image.NRGBA:
		for i := 3; i < len(m.Pix); i += 4 {
			m.Pix[i] = 255
		}
	case *image.NYCbCrA:
		return &m.YCbCr
	}
	return m
}

// unconverted returns the colour that a profile turns into want, or one that
// comes near: what is laid under a picture is converted with it.
func unconverted(p *icc.Profile, want [3]byte) [3]byte {
	best, least := want, 3*256
	guess := [3]int{int(want[0]), int(want[1]), int(want[2])}
	for range 64 {
		rgb := [3]byte{byte(guess[0]), byte(guess[1]), byte(guess[2])}
		got := convertedRGB(p, rgb)
		off := 0
		for i := range guess {
			d := int(want[i]) - int(got[i])
			off += max(d, -d)
			guess[i] = min(max(guess[i]+(d+sign(d))/2, 0), 255)
		}
		if off < least {
			best, least = rgb, off
		}
		if off == 0 {
			break
		}
	}
	return best
}

func sign(d int) int { return min(max(d, -1), 1) }

func convertedRGB(p *icc.Profile, rgb [3]byte) [3]byte {
	y, u, v := color.RGBToYCbCr(rgb[0], rgb[1], rgb[2])
	cy, cu, cv := p.ConvertColor(int(y), int(u), int(v))
	r, g, b := color.YCbCrToRGB(byte(cy), byte(cu), byte(cv))
	return [3]byte{r, g, b}
}

// decodeImage returns the pixels as the file stores them, and the scale at
// which it could be decoded. A panic of a decoder is that picture's fault.
func decodeImage(ctx context.Context, data []byte, info *Info, scale int) (m image.Image, got int, fault *Fault) {
	defer caught(&fault)
	var err error
	got = 1
	switch info.Format {
	case "jpeg":
		m, got, err = decodeJPEG(data, scale)
	case "png":
		m, err = png.Decode(bytes.NewReader(data))
	case "gif":
		m, err = decodeGIF(data)
	case "webp":
		m, err = webp.Decode(bytes.NewReader(data))
	case "heic", "avif":
		var f *heif.File
		if f, err = heif.Read(data); err == nil {
			f, _ = f.Reduced(max(1, info.reduced))
			m, err = f.Decode(ctx)
		}
	}
	if err != nil {
		return nil, 0, damaged(err)
	}
	return m, got, nil
}

func damaged(err error) *Fault {
	return faultf("open it in a picture program and save it as JPEG again, or ask for the original", "is damaged: %v", err)
}

// frame returns a part of the picture at a size, upright and in sRGB.
func (d *decoded) frame(crop box, w, h int, o orientation) frame {
	f := d.render(crop, w, h, o)
	if d.profile != nil {
		d.profile.Convert(f.y.pix, f.y.stride, f.u.pix, f.v.pix, f.u.stride, w, h)
	}
	return f
}

// color returns the average colour as "#rrggbb".
func (d *decoded) color() string {
	ycc := [3]int{0, 128, 128}
	for i := range d.planes {
		ycc[i] = d.planes[i].smallest().mean()
	}
	return d.hex(ycc[0], ycc[1], ycc[2])
}

// hex returns a colour of the picture as "#rrggbb" in sRGB.
func (d *decoded) hex(y, u, v int) string {
	if d.profile != nil {
		y, u, v = d.profile.ConvertColor(y, u, v)
	}
	return hexColor(y, u, v)
}

// scaleFor returns the largest of 1, 2, 4 and 8 by which a JPEG of w × h can be
// reduced while it is decoded, so that its longer edge is at least largest.
func scaleFor(w, h, largest int) int {
	d := 1
	for d < 8 && max(w, h)/(2*d) >= largest {
		d *= 2
	}
	return d
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
	draw.Draw(whole, m.Bounds(), m, m.Bounds().Min, draw.Over)
	return whole, nil
}

// split returns the picture's channels, laid on the ground. Video says that
// Y'CbCr values are in video range, as those of WebP are.
func split(m image.Image, scale int, video bool, ground [3]byte) []pyramid {
	switch m := m.(type) {
	case *image.YCbCr:
		return splitYCbCr(m, scale, video)
	case *image.NYCbCrA:
		planes := splitYCbCr(&m.YCbCr, scale, video)
		flatten(planes, m, ground)
		return planes
	case *image.Gray:
		y := plane{m.Pix, m.Stride, m.Rect.Dx(), m.Rect.Dy(), scale, scale}
		return []pyramid{{y}}
	}
	return splitRGB(m, scale, ground)
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

// flatten lays the picture on the ground by its alpha channel.
func flatten(planes []pyramid, m *image.NYCbCrA, ground [3]byte) {
	gy, gu, gv := color.RGBToYCbCr(ground[0], ground[1], ground[2])
	for i, below := range []int{int(gy), int(gu), int(gv)} {
		p := planes[i][0]
		for y := range p.h {
			row := p.row(y)
			alpha := m.A[min(y*p.stepY, m.Rect.Dy()-1)*m.AStride:]
			for x, v := range row {
				a := int(alpha[min(x*p.stepX, m.Rect.Dx()-1)])
				row[x] = byte((int(v)*a + below*(255-a) + 127) / 255)
			}
		}
	}
}

// splitRGB takes any picture, a strip at a time.
func splitRGB(m image.Image, scale int, ground [3]byte) []pyramid {
	below := image.NewUniform(color.RGBA{ground[0], ground[1], ground[2], 255})
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	y, u, v := newPlane(w, h, scale, scale), newPlane(w, h, scale, scale), newPlane(w, h, scale, scale)
	const strip = 16
	rgba := image.NewRGBA(image.Rect(0, 0, w, strip))
	for top := 0; top < h; top += strip {
		draw.Draw(rgba, rgba.Rect, below, image.Point{}, draw.Src)
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

// splitAlpha returns Y', Cb and Cr of a picture, upright and in sRGB, each
// multiplied by alpha, and alpha.
func splitAlpha(m image.Image, info *Info, profile *icc.Profile) [4]pyramid {
	if !info.Alpha {
		m = opaque(m)
	}
	if info.Format == "webp" {
		toFullRange(m)
	}
	var planes [4]plane
	for i := range planes {
		planes[i] = newPlane(info.Width, info.Height, 1, 1)
	}
	o, b := orientations[info.orientation], m.Bounds()
	for y := range info.Height {
		for x := range info.Width {
			at := o.stored(box{x, y, 1, 1}, b.Dx(), b.Dy())
			c := color.NRGBAModel.Convert(m.At(b.Min.X+at.X, b.Min.Y+at.Y)).(color.NRGBA)
			if profile != nil && c.A > 0 {
				rgb := convertedRGB(profile, [3]byte{c.R, c.G, c.B})
				c.R, c.G, c.B = rgb[0], rgb[1], rgb[2]
			}
			cy, cu, cv := color.RGBToYCbCr(c.R, c.G, c.B)
			for i, v := range [4]byte{cy, cu, cv, 255} {
				planes[i].row(y)[x] = byte((int(v)*int(c.A) + 127) / 255)
			}
		}
	}
	return [4]pyramid{{planes[0]}, {planes[1]}, {planes[2]}, {planes[3]}}
}

// toFullRange brings a lossy WebP from video range to full range, in place.
func toFullRange(m image.Image) {
	switch m := m.(type) {
	case *image.YCbCr:
		splitYCbCr(m, 1, true)
	case *image.NYCbCrA:
		splitYCbCr(&m.YCbCr, 1, true)
	}
}

// hexColor returns a Y'CbCr colour as "#rrggbb".
func hexColor(y, u, v int) string {
	r, g, b := color.YCbCrToRGB(byte(y), byte(u), byte(v))
	return fmt.Sprintf("#%02x%02x%02x", r, g, b)
}
