package card

import (
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// canvas is the picture being drawn.
//
// vector.Rasterizer sums by floats where a shape is wider or higher than 512
// pixels, and by whole numbers otherwise. Sums of floats depend on their order,
// which is another in its assembler, so shapes are kept below that. Its curves
// (and with them opentype.Face) are floats that some processors fuse: they are
// divided into lines here, by whole numbers (outline.go). Both were seen with
// golang.org/x/image 0.47.0: shapes of 900 pixels differ between amd64 and 386,
// glyphs between amd64 and arm64, and nothing that is drawn here does.
type canvas struct {
	*image.RGBA
	raster vector.Rasterizer
	mask   image.Alpha
	buf    sfnt.Buffer
}

// largest is the widest and highest shape, in pixels.
const largest = 512

func (c *canvas) paint(r image.Rectangle, col rgb) {
	draw.Draw(c.RGBA, r, image.NewUniform(color.RGBA{col[0], col[1], col[2], 255}), image.Point{}, draw.Src)
}

// block draws lines with the top of the first line's capitals at y, and
// returns the last baseline.
func (c *canvas) block(b block, x, y int, col rgb) int {
	y += b.cap
	for i, l := range b.lines {
		if i > 0 {
			y += b.leading
		}
		c.run(l, fixed.I(x)-b.hang[i], y, col)
	}
	return y
}

// run draws a line from x on, its baseline at y.
func (c *canvas) run(r run, x fixed.Int26_6, y int, col rgb) {
	for _, g := range r.glyphs {
		segments, err := g.font.LoadGlyph(&c.buf, g.id, fixed.I(r.size), nil)
		if err != nil || len(segments) == 0 {
			continue
		}
		c.shape(outline(segments), x+g.x, fixed.I(y)+g.y, col)
	}
}

// shape fills an outline, whose origin is put at x, y.
func (c *canvas) shape(o []contour, x, y fixed.Int26_6, col rgb) {
	bounds, ok := boundsOf(o)
	if !ok {
		return
	}
	dx, dy := int(x)*fine/64, int(y)*fine/64
	area := image.Rect(floor(bounds.Min.X+dx), floor(bounds.Min.Y+dy), floor(bounds.Max.X+dx)+1, floor(bounds.Max.Y+dy)+1)
	if area.Dx() > largest || area.Dy() > largest || !area.Overlaps(c.Rect) {
		return
	}
	c.raster.Reset(area.Dx(), area.Dy())
	c.raster.DrawOp = draw.Src
	at := func(p image.Point) (float32, float32) {
		return float32(p.X+dx-area.Min.X*fine) / fine, float32(p.Y+dy-area.Min.Y*fine) / fine
	}
	for _, line := range o {
		c.raster.MoveTo(at(line[0]))
		for _, p := range line[1:] {
			c.raster.LineTo(at(p))
		}
		c.raster.ClosePath()
	}
	n := area.Dx() * area.Dy()
	if cap(c.mask.Pix) < n {
		c.mask.Pix = make([]uint8, 2*n)
	}
	c.mask = image.Alpha{Pix: c.mask.Pix[:n], Stride: area.Dx(), Rect: image.Rect(0, 0, area.Dx(), area.Dy())}
	c.raster.Draw(&c.mask, c.mask.Rect, image.Opaque, image.Point{})
	c.blend(area, col)
}

// blend lays the colour over the area as far as the mask covers it.
func (c *canvas) blend(area image.Rectangle, col rgb) {
	seen := area.Intersect(c.Rect)
	for y := seen.Min.Y; y < seen.Max.Y; y++ {
		mask := c.mask.Pix[(y-area.Min.Y)*c.mask.Stride+seen.Min.X-area.Min.X:][:seen.Dx()]
		dst := c.Pix[c.PixOffset(seen.Min.X, y):][:4*seen.Dx()]
		for i, m := range mask {
			if m == 0 {
				continue
			}
			a, p := uint32(m), dst[4*i:][:3]
			p[0] = uint8((uint32(p[0])*(255-a) + uint32(col[0])*a + 127) / 255)
			p[1] = uint8((uint32(p[1])*(255-a) + uint32(col[1])*a + 127) / 255)
			p[2] = uint8((uint32(p[2])*(255-a) + uint32(col[2])*a + 127) / 255)
		}
	}
}

// shapeAt fills an outline around a pixel's corner.
func (c *canvas) shapeAt(o []contour, x, y int, col rgb) { c.shape(o, fixed.I(x), fixed.I(y), col) }
