package review

import (
	"strconv"
	"strings"

	"gallerist/builder/gallery"
	"gallerist/builder/media"
)

// cropText writes a crop as a form has it: left, top, width and height.
func cropText(c *gallery.Crop) string {
	if c == nil {
		return ""
	}
	return fraction(c.X) + " " + fraction(c.Y) + " " + fraction(c.W) + " " + fraction(c.H)
}

// joined makes one text of the inputs for a crop; some people write 0,5.
func joined(values []string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(strings.Join(values, " ")), " "), ",", ".")
}

// parseCrop reads a crop, nil where the text says that all of the picture is shown;
// ok is false where it is neither.
func parseCrop(text string) (c *gallery.Crop, ok bool) {
	parts := strings.Fields(text)
	if len(parts) == 0 {
		return nil, true
	}
	if len(parts) != 4 {
		return nil, false
	}
	var n [4]float64
	for i, part := range parts {
		x, err := strconv.ParseFloat(part, 64)
		if err != nil || !(x >= 0 && x <= 1) {
			return nil, false
		}
		n[i] = round(x)
	}
	const unseen = 0.0015 // what rounding adds up to
	if n[0]+n[2] > 1+unseen || n[1]+n[3] > 1+unseen {
		return nil, false
	}
	c = &gallery.Crop{X: n[0], Y: n[1], W: round(min(n[2], 1-n[0])), H: round(min(n[3], 1-n[1]))}
	if min(c.W, c.H) < gallery.MinCrop {
		return nil, false
	}
	if *c == (gallery.Crop{W: 1, H: 1}) {
		return nil, true
	}
	return c, true
}

func cropOrNil(c *gallery.Crop) any {
	if c == nil {
		return nil
	}
	return []float64{c.X, c.Y, c.W, c.H}
}

// sameCrop says whether a list of [[media]] has a crop already.
func sameCrop(was []float64, c *gallery.Crop) bool {
	if c == nil {
		return was == nil
	}
	return len(was) == 4 && gallery.Crop{X: was[0], Y: was[1], W: was[2], H: was[3]} == gallery.Crop{X: c.X, Y: c.Y, W: c.W, H: c.H}
}

// shownOf returns what is shown of a picture.
func shownOf(info *media.Info, c *gallery.Crop) *media.Info {
	if c == nil {
		return info
	}
	return info.Cut(media.Area{X: c.X, Y: c.Y, W: c.W, H: c.H})
}

// partView is what is shown of a picture.
type partView struct {
	Set        bool // else all of it
	Fields     [4]partField
	X, Y, W, H float64 // in hundredths of the picture, for the frame that can be drawn
	Box        string  // in its pixels, for viewBox
	ShownW     int
	ShownH     int
}

// partField is one of the four numbers.
type partField struct{ Label, Value string }

// part returns what is shown of a picture of w × h pixels.
func part(c *gallery.Crop, w, h int) partView {
	v := partView{Set: c != nil, W: 100, H: 100, ShownW: w, ShownH: h}
	for i, key := range [...]string{"crop.x", "crop.y", "crop.w", "crop.h"} {
		v.Fields[i].Label = say(key)
	}
	if c != nil {
		v.X, v.Y, v.W, v.H = c.X*100, c.Y*100, c.W*100, c.H*100
		v.ShownW, v.ShownH = max(1, int(c.W*float64(w)+0.5)), max(1, int(c.H*float64(h)+0.5))
		for i, n := range [...]float64{c.X, c.Y, c.W, c.H} {
			v.Fields[i].Value = fraction(n)
		}
	}
	of := func(x float64, length int) string { return number(x / 100 * float64(length)) }
	v.Box = strings.Join([]string{of(v.X, w), of(v.Y, h), of(v.W, w), of(v.H, h)}, " ")
	return v
}
