package card

import "image"

// kind is where the words stand.
type kind int

const (
	bleed   kind = iota // nowhere: the picture fills the card, or its height
	side                // in a column right of the picture
	strip               // in a band under it
	caption             // in one line under it
)

// layout is the two parts of a card.
type layout struct {
	kind           kind
	picture, panel image.Rectangle
}

// px scales a length of the drawing, which is made for 1200×630.
func (c *Card) px(v int) int {
	w, h := c.size()
	if w*630 < h*1200 {
		return v * w / 1200
	}
	return v * h / 630
}

// layout chooses by the picture's shape. A picture is cut as little as leaves
// the words a place of their own; nothing is laid over it.
func (c *Card) layout(words words, pw, ph int) layout {
	w, h := c.size()
	pw, ph = max(pw, 1), max(ph, 1)
	switch {
	case words.none() && 3*pw >= 4*ph:
		return layout{kind: bleed, picture: image.Rect(0, 0, w, h)}
	case words.none():
		edge := min(max(h*pw/ph, w*40/100), w)
		return layout{kind: bleed, picture: image.Rect(0, 0, edge, h).Add(image.Pt((w-edge)/2, 0))}
	case words.isCaption() && 3*pw >= 4*ph:
		return c.across(caption, h-c.px(92))
	case 100*pw >= 185*ph:
		return c.across(strip, min(max(w*ph/pw, h*58/100), h*64/100))
	}
	widest := 65
	if words.isLong() {
		widest = 55
	}
	edge := min(max(h*pw/ph, w*40/100), w*widest/100)
	return layout{side, image.Rect(0, 0, edge, h), image.Rect(edge, 0, w, h)}
}

// across divides the card at a height.
func (c *Card) across(k kind, y int) layout {
	w, h := c.size()
	y = min(max(y, 1), h)
	return layout{k, image.Rect(0, 0, w, y), image.Rect(0, y, w, h)}
}
