package source

import (
	"math"

	"gallerist/builder/gallery"
	"gallerist/builder/strict"
)

// cropHint says how a crop is written.
const cropHint = "write how far from the left and from the top it begins, then how wide and how high it is, as parts of the whole picture: [0.25, 0, 0.5, 1] is the middle half"

// crop returns the part of a picture that is to be shown, nil for all of it.
func crop(t *strict.Table) *gallery.Crop {
	const key = "crop"
	if t.Empty(key) { // editors in a browser write an empty text for nothing
		t.Allow(key)
		return nil
	}
	f := t.Floats(key)
	if f == nil {
		return nil
	}
	if len(f) != 4 || !(min(f[0], f[1], f[2], f[3]) >= 0 && max(f[0], f[1], f[2], f[3]) <= 1) { // NaN too
		t.Errorf(key, cropHint, "%q should be four numbers from 0 to 1", key)
		return nil
	}
	c := &gallery.Crop{Pos: t.Pos(key), X: f[0], Y: f[1], W: f[2], H: f[3]}
	const unseen = 1e-9 // sums of tenths are not exact
	switch {
	case min(c.W, c.H) < gallery.MinCrop:
		t.Errorf(key, "make width and height at least 0.1, a tenth of the picture; the third and the fourth number say them", "%q leaves next to nothing of the picture", key)
		return nil
	case c.X+c.W > 1+unseen, c.Y+c.H > 1+unseen:
		t.Errorf(key, "the first and the third number together are at most 1, and so are the second and the fourth; "+cropHint, "%q goes beyond the picture", key)
		return nil
	case *c == gallery.Crop{Pos: c.Pos, W: 1, H: 1}:
		return nil // all of it
	}
	c.W, c.H = math.Min(c.W, 1-c.X), math.Min(c.H, 1-c.Y)
	return c
}

// cropped joins the crop that stands above all tables with the one picture, and
// refuses what would show more than it leaves: of several pictures another may be
// the first tomorrow, a film cannot be cropped, and a poster is a whole picture.
func (f *folder) cropped() {
	s := f.piece
	if len(s.Media) == 0 {
		return
	}
	if above, first := f.crop, &s.Media[0]; above != nil {
		switch {
		case len(s.Media) > 1:
			f.probs.Errorf(above.Pos, "move the line below [[media]] with file = \"…\", so that it stays with its picture when others come", "\"crop\" does not say which of %d pictures it is of", len(s.Media))
		case first.Crop != nil:
			f.probs.Errorf(first.Crop.Pos, "keep one of the two: the one above all tables is of this picture too", "%q is cropped twice", first.Name())
		}
		first.Crop = above
	}
	for i := range s.Media {
		m := &s.Media[i]
		if m.Crop == nil {
			continue
		}
		if !f.formats[i].isPicture() {
			f.probs.Errorf(m.Crop.Pos, "crop it in a film program and put what it makes in its place; only pictures are cropped here", "%q is no picture and cannot be cropped", m.Name())
			continue
		}
		for j := range s.Media {
			if s.Media[j].Poster == m.Path {
				f.probs.Errorf(m.Crop.Pos, "make a picture of its own for the poster, which is shown whole", "%q is cropped, and the poster of %q as well", m.Name(), s.Media[j].Name())
			}
		}
	}
}

// outside warns of a product that is marked where a crop leaves nothing.
func (f *folder) outside(p *gallery.Product, m *gallery.Media) {
	if m.Crop == nil || p.At == nil {
		return
	}
	if _, ok := m.Crop.Within(*p.At); !ok {
		f.probs.Warnf(p.Pos, "take x and y out, or crop less; they are places in the whole picture", "a product in a part of %q that is cut away, so it is not marked", m.Name())
	}
}
