package heif

// view is how the decoded picture is to be shown.
type view struct {
	crop        rect
	orientation int
	icc         []byte
	code        *code
}

// show applies the transformations of an item, in their order, to a view of
// the picture it is made of.
func (v *view) show(l look) error {
	if l.icc != nil {
		v.icc = l.icc
	}
	if l.code != nil {
		v.code = l.code
	}
	for _, s := range l.steps {
		c := cursor{b: s.body}
		switch s.kind {
		case "clap":
			if v.orientation != 1 {
				return rare("is turned first and cut out of then")
			}
			if err := v.clap(&c); err != nil {
				return err
			}
		case "irot": // quarter turns anticlockwise
			v.orientation = turned(v.orientation, [4]int{1, 8, 3, 6}[c.u8()&3])
		case "imir": // 0 top and bottom change places, 1 left and right
			v.orientation = turned(v.orientation, [2]int{4, 2}[c.u8()&1])
		}
		if err := c.done(s.kind); err != nil {
			return err
		}
	}
	return nil
}

// clap cuts out the clean aperture (14496-12, 12.1.4): its size, and how far
// its centre is from the picture's, as fractions. The result is rounded to
// whole pixels, as MIAF (7.3.6.7) wants them to be.
func (v *view) clap(c *cursor) error {
	var f [4]struct{ n, d int64 } // width, height, horizontal, vertical
	for i := range f {
		f[i].n, f[i].d = int64(int32(c.u32())), int64(int32(c.u32()))
	}
	if err := c.done("clap"); err != nil {
		return err
	}
	x, w := aperture(v.crop.w, f[0].n, f[0].d, f[2].n, f[2].d)
	y, h := aperture(v.crop.h, f[1].n, f[1].d, f[3].n, f[3].d)
	if w <= 0 || h <= 0 {
		return damaged("is cut to nothing")
	}
	v.crop = rect{v.crop.x + x, v.crop.y + y, w, h}
	return nil
}

// aperture returns the part of a length of size that is n/d long and whose
// middle is on/od beyond that of the whole, or 0, 0 if there is no such part.
func aperture(size int, n, d, on, od int64) (at, length int) {
	if d <= 0 || od <= 0 || n <= 0 || n/d > int64(size) || n/d == 0 || on < -od*maxEdge || on > od*maxEdge {
		return 0, 0
	}
	length = int(n / d)
	// twice the start: size - length + 2·on/od, rounded down
	twice := int64(size-length) + floor(2*on, od)
	at = int(floor(twice, 2))
	if at < 0 || at+length > size {
		return 0, 0
	}
	return at, length
}

// floor returns n/d rounded down, for a positive d.
func floor(n, d int64) int64 {
	q := n / d
	if n%d < 0 {
		q--
	}
	return q
}

// turns are the orientations of EXIF as matrices: where a step right and a step
// down of the stored picture lead in the displayed one, x to the right and y
// down.
var turns = [9][4]int{
	1: {1, 0, 0, 1}, 2: {-1, 0, 0, 1}, 3: {-1, 0, 0, -1}, 4: {1, 0, 0, -1},
	5: {0, 1, 1, 0}, 6: {0, -1, 1, 0}, 7: {0, -1, -1, 0}, 8: {0, 1, -1, 0},
}

// turned returns the orientation that does first and then next.
func turned(first, next int) int {
	a, b := turns[next], turns[first]
	product := [4]int{
		a[0]*b[0] + a[1]*b[2], a[0]*b[1] + a[1]*b[3],
		a[2]*b[0] + a[3]*b[2], a[2]*b[1] + a[3]*b[3],
	}
	for i, t := range turns {
		if i > 0 && t == product {
			return i
		}
	}
	return 1
}
