package gallery

import (
	"slices"

	"gallerist/builder/problem"
)

// Crop is the part of a picture that is shown, as fractions of its width and height
// from the top left of the picture as displayed. What lies outside is published
// nowhere. All else that speaks of places in a picture speaks of the whole one.
type Crop struct {
	Pos        problem.Pos
	X, Y, W, H float64
}

// MinCrop is the least width and height of a crop.
const MinCrop = 0.1

// Within returns a place of the whole picture as one of the part: the nearest
// there is, and whether it was in the part at all.
func (c *Crop) Within(p Point) (inside Point, ok bool) {
	inside = Point{X: float64(p.X-c.X) / c.W, Y: float64(p.Y-c.Y) / c.H}
	ok = min(inside.X, inside.Y) >= 0 && max(inside.X, inside.Y) <= 1
	return Point{X: min(max(inside.X, 0), 1), Y: min(max(inside.Y, 0), 1)}, ok
}

// Cropped returns the first crop of a submission's pictures, nil where there is
// none.
func (s *Submission) Cropped() *Crop { return firstCrop(s.Media) }

// Cropped returns the first crop of a piece's pictures, nil where there is none.
func (p *Piece) Cropped() *Crop { return firstCrop(p.Media) }

func firstCrop(media []Media) *Crop {
	for i := range media {
		if c := media[i].Crop; c != nil {
			return c
		}
	}
	return nil
}

// unagreed returns a crop that the author has not agreed to, nil where there is
// none: they agreed who allowed all changes, or agreed to one that is recorded.
func (s *Submission) unagreed() *Crop {
	c := s.Cropped()
	if c == nil || slices.Contains(s.Grant.Scope, "retouch") || slices.ContainsFunc(s.Edits, func(e Edit) bool { return e.Agreed }) {
		return nil
	}
	return c
}

// cut makes places in cropped pictures places in what is shown of them. Products
// outside of that are no longer marked.
func (p *Piece) cut() {
	if p.Cropped() == nil {
		return
	}
	p.Media, p.Products = slices.Clone(p.Media), slices.Clone(p.Products)
	for i := range p.Media {
		m := &p.Media[i]
		if m.Crop != nil && m.Focus != nil {
			at, _ := m.Crop.Within(*m.Focus)
			m.Focus = &at
		}
		for j := range p.Products {
			x := &p.Products[j]
			if m.Crop == nil || x.At == nil || x.File != m.File {
				continue
			}
			if at, ok := m.Crop.Within(*x.At); ok {
				x.At = &at
			} else {
				x.At = nil
			}
		}
	}
	if c := p.Media[0].Crop; c != nil && p.Focus != nil {
		at, _ := c.Within(*p.Focus)
		p.Focus = &at
	}
}
