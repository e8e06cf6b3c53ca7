package media

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
)

// Area is a part of a picture as fractions of its width and height, from the top
// left corner of the picture as displayed.
type Area struct{ X, Y, W, H float64 }

// cut is what a picture is a part of.
type cut struct {
	of   *Info
	area box // in pixels of the displayed whole
}

// Cut returns the picture as if the area were all of it: sizes, shapes, focal
// points and colours are those of the part. What lies outside never goes into a
// rendition, not even into the edge of one: the area is cut to whole pixels inwards,
// and samples that show something of what is outside are not looked at. The file
// itself stays as it is, and so does its Hash.
func (i *Info) Cut(a Area) *Info {
	whole := i.whole()
	b := box{}
	b.X, b.W = inwards(a.X, a.W, whole.Width)
	b.Y, b.H = inwards(a.Y, a.H, whole.Height)
	part := *whole
	part.Width, part.Height, part.cut = b.W, b.H, &cut{whole, b}
	return &part
}

// inwards returns the whole pixels within a stretch of a length, at least one.
func inwards(from, part float64, length int) (at, n int) {
	const unseen = 1e-6 // of a pixel: 0.1 · 1000 is a little more than 100
	end := float64(from+part) * float64(length)
	at = int(math.Ceil(float64(from*float64(length)) - unseen))
	at = min(max(at, 0), length-1)
	return at, min(max(int(math.Floor(end+unseen))-at, 1), length-at)
}

// whole returns what the picture is a part of, or itself.
func (i *Info) whole() *Info {
	if i.cut != nil {
		return i.cut.of
	}
	return i
}

// window returns what is shown of the displayed whole; zero is all of it.
func (i *Info) window() box {
	if i.cut != nil {
		return i.cut.area
	}
	return box{}
}

// within returns a box of the part as one of the whole.
func (b box) within(window box) box {
	b.X, b.Y = b.X+window.X, b.Y+window.Y
	return b
}

// key names what the window does to a picture, nothing where there is none.
func (b box) key(key []byte) []byte {
	if b == (box{}) {
		return key
	}
	key = append(key, 0)
	for _, n := range [...]int{b.X, b.Y, b.W, b.H} {
		key = binary.BigEndian.AppendUint32(key, uint32(n))
	}
	return key
}

// in returns the picture of which nothing beyond a window is looked at.
func (d *decoded) in(window box) *decoded {
	part := *d // the pyramids are shared
	part.window = window
	return &part
}

// seen returns where the window of a stored picture begins, as X and Y, and where
// it ends, as W and H: 0 where there is none, and far away where it ends with the
// picture, whose last samples are of fewer pixels.
func (p *picture) seen(o orientation) box {
	if p.window == (box{}) {
		return box{}
	}
	const far = 1 << 30
	b := o.stored(p.window, p.w, p.h)
	if b.W += b.X; b.W == p.w {
		b.W = far
	}
	if b.H += b.Y; b.H == p.h {
		b.H = far
	}
	return b
}

// compare orders boxes.
func (b box) compare(o box) int {
	return cmp.Or(cmp.Compare(b.X, o.X), cmp.Compare(b.Y, o.Y), cmp.Compare(b.W, o.W), cmp.Compare(b.H, o.H))
}

// format writes a box as four fields of a line, a zero one as nothing.
func (b box) format() string {
	if b == (box{}) {
		return ""
	}
	return fmt.Sprintf("\t%d\t%d\t%d\t%d", b.X, b.Y, b.W, b.H)
}

// parseBox reads what format wrote.
func parseBox(f []string) (b box, ok bool) {
	if len(f) == 0 {
		return b, true
	}
	if len(f) != 4 {
		return b, false
	}
	for i, n := range [...]*int{&b.X, &b.Y, &b.W, &b.H} {
		var err error
		if *n, err = strconv.Atoi(f[i]); err != nil {
			return b, false
		}
	}
	return b, true
}

// colorIn returns the average colour of what a window shows.
func (d *decoded) colorIn(window box, o orientation) string {
	if window == (box{}) {
		return d.color()
	}
	const enough = 64
	size := fit(window, min(enough, max(window.W, window.H)))
	f := d.in(window).render(window, size[0], size[1], o)
	return d.hex(f.y.mean(), f.u.mean(), f.v.mean())
}
