package media

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
)

// Mark is an owner's logo, laid on pictures: a picture with transparent
// places, and where and how it is laid on.
type Mark struct {
	info    *Info
	planes  [4]pyramid // Y', Cb, Cr, each times alpha, and alpha
	corner  Corner
	size    float64
	opacity int // 0 to 256
}

// Corner is where a mark stands: top-left, top-right, bottom-left or
// bottom-right.
type Corner string

const (
	// A mark stands away from the edges by this part of its picture's shorter
	// edge.
	markMargin = 0.03
	// A mark narrower than this would be a stain.
	markLeast = 24
	markPixel = 4_000_000
)

// Mark reads a logo. Size is its longer edge as a part of the shorter edge of
// the picture it is laid on, opacity a part of 1.
func (s *Studio) Mark(ctx context.Context, path string, corner Corner, size, opacity float64) (mark *Mark, fault *Fault, err error) {
	defer caught(&fault)
	info, fault, err := s.Probe(ctx, path)
	if fault != nil || err != nil {
		return nil, fault, err
	}
	if info.IsClip() || info.Width*info.Height > markPixel {
		return nil, faultf("save the logo as a PNG of at most 2000 × 2000 pixels", "is no picture that can be laid on others"), nil
	}
	data, fault, err := s.source(path)
	if fault != nil || err != nil {
		return nil, fault, err
	}
	m, _, fault := decodeImage(ctx, data, info, 1)
	if fault != nil {
		return nil, fault, nil
	}
	mark = &Mark{info: info, corner: corner, size: size, opacity: int(math.Round(float64(opacity * 256)))}
	mark.planes = splitAlpha(m, info, profileOf(data, info.Format))
	return mark, nil, nil
}

// key names what the mark does to a picture.
func (m *Mark) key() string {
	if m == nil {
		return ""
	}
	var size [8]byte
	binary.BigEndian.PutUint64(size[:], math.Float64bits(m.size))
	return fmt.Sprintf("mark 2 %s %s %x %d", m.info.Hash, m.corner, size, m.opacity)
}

// layOn lays the mark on a finished frame.
func (m *Mark) layOn(f *frame) {
	if m == nil {
		return
	}
	short := min(f.w, f.h)
	edge := int(math.Round(float64(float64(short) * m.size)))
	edge = min(edge, max(m.info.Width, m.info.Height)) // nothing is enlarged
	if edge < markLeast {
		return
	}
	b := fit(box{W: m.info.Width, H: m.info.Height}, edge)
	w, h := max(2, b[0]&^1), max(2, b[1]&^1) // chroma has half the samples
	gap := int(math.Round(float64(float64(short)*markMargin))) &^ 1
	x, y := gap, gap
	if m.corner == "top-right" || m.corner == "bottom-right" {
		x = (f.w - w - gap) &^ 1
	}
	if m.corner == "bottom-left" || m.corner == "bottom-right" {
		y = (f.h - h - gap) &^ 1
	}
	if x < 0 || y < 0 || x+w > f.w || y+h > f.h {
		return
	}
	for i, dst := range []*plane{&f.y, &f.u, &f.v} {
		unit := min(i, 1) + 1
		m.blend(dst, i, x/unit, y/unit, w, h, unit)
	}
}

// blend lays one channel of the mark, scaled to w × h pixels, on a plane.
func (m *Mark) blend(dst *plane, channel, x, y, w, h, unit int) {
	xs := axis{length: m.info.Width, out: w, unit: unit, n: w / unit}
	ys := axis{length: m.info.Height, out: h, unit: unit, n: h / unit}
	color, alpha := m.planes[channel].resample(xs, ys, false), m.planes[3].resample(xs, ys, false)
	for j := range color.h {
		row, c, a := dst.row(y + j)[x:], color.row(j), alpha.row(j)
		for i := range c {
			under := int(row[i]) * (255*256 - int(a[i])*m.opacity)
			over := int(c[i]) * 255 * m.opacity
			row[i] = clamp8(int32((under + over + 255*128) / (255 * 256)))
		}
	}
}
