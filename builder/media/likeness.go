package media

import "gallerist/builder/media/likeness"

// likeness returns what a picture looks like, upright, for finding others
// like it.
func (d *decoded) likeness(o orientation) likeness.Hash {
	small := d.planes[0].smallest()
	if o.flipX || o.flipY || o.swap {
		p := pyramid{small}
		w, h := small.w, small.h
		xs := axis{length: d.w, out: w, unit: 1, n: w, flip: o.flipX}
		ys := axis{length: d.h, out: h, unit: 1, n: h, flip: o.flipY}
		small = p.resample(xs, ys, o.swap)
	}
	return likeness.Of(small.pix, small.stride, small.w, small.h)
}

// Alike returns the pairs of sources that look alike, by index, the smaller
// first, in order.
func Alike(sources []Source) [][2]int {
	var hashes []likeness.Hash
	var at []int
	for i, src := range sources {
		if h, err := likeness.Parse(src.Likeness); src.Likeness != "" && err == nil {
			hashes, at = append(hashes, h), append(at, i)
		}
	}
	pairs := likeness.Pairs(hashes)
	for i, p := range pairs {
		pairs[i] = [2]int{at[p[0]], at[p[1]]}
	}
	return pairs
}
