package likeness

const (
	cells  = 32  // to a side
	signs  = 184 // so many that hash and shape are three words
	lowest = 18  // the highest frequency that is looked at
	level  = 256 // units of a level of luma in a cell
	whole  = 256 // the weight of a cell in the middle
	unit   = 1 << 14
)

// fading is the weight of a cell by its distance from the edge: a tenth, and
// nine tenths of a half wave.
var fading = [cells / 2]int64{37, 59, 82, 103, 124, 144, 163, 180, 196, 211, 223, 234, 243, 249, 254, 256}

// cosines is the cosine of k·π/64, by 2¹⁴.
var cosines = [cells + 1]int64{
	16384, 16364, 16305, 16207, 16069, 15893, 15679, 15426, 15137, 14811, 14449,
	14053, 13623, 13160, 12665, 12140, 11585, 11003, 10394, 9760, 9102, 8423,
	7723, 7005, 6270, 5520, 4756, 3981, 3196, 2404, 1606, 804, 0,
}

// grid is a picture of cells, and what it is transformed to.
type grid [cells][cells]int64

// Of returns the hash of a picture from its upright luma plane. Any size will
// do, but both of two pictures that are compared should have 64 pixels or more
// on the longer edge, where they have them; more than 128 add nothing.
func Of(luma []byte, stride, w, h int) Hash {
	if w <= 0 || h <= 0 {
		return None
	}
	g := scale(luma, stride, w, h)
	g.fade()
	f := g.transform()
	var words [3]uint64
	loud, n := 0, 0
	for sum := 1; n < signs; sum++ {
		for u := 0; u <= sum && n < signs; u++ {
			c := f[sum-u][u]
			if c > 0 {
				words[n/64] |= 1 << (63 - n%64)
			}
			if c >= quiet || c <= -quiet {
				loud++
			}
			n++
		}
	}
	if loud < signs/2 {
		return None
	}
	return Hash{words[0], words[1], words[2] | shapeOf(w, h)}
}

// shapeOf returns a number between 8 and 248 for the ratio of the sides: 128
// for a square.
func shapeOf(w, h int) uint64 {
	const steps = 120
	long, both := int64(w)-int64(h), int64(w)+int64(h)
	return uint64((2*steps*(long+both)+both)/(2*both) + 8)
}

// scale returns the mean luma of each cell, exactly but for the last rounding:
// a pixel between two cells counts for both by its parts.
func scale(luma []byte, stride, w, h int) *grid {
	g := new(grid)
	for j := range cells {
		parts(j, h, func(y int, rows int64) {
			row := luma[y*stride:][:w]
			for i := range cells {
				sum := int64(0)
				parts(i, w, func(x int, columns int64) { sum += columns * int64(row[x]) })
				g[j][i] += rows * sum
			}
		})
	}
	area := int64(w) * int64(h)
	for j := range g {
		for i, sum := range g[j] {
			g[j][i] = (sum*level + area/2) / area
		}
	}
	return g
}

// parts calls each with the pixels of a side of n that cell i touches, and by
// how many parts of 32 it covers them. The parts add up to n.
func parts(i, n int, each func(pixel int, covered int64)) {
	from, to := i*n, (i+1)*n
	for p := from / cells; p*cells < to; p++ {
		each(p, int64(min(to, (p+1)*cells)-max(from, p*cells)))
	}
}

// fade takes the mean away and weighs each cell by its place.
func (g *grid) fade() {
	mean := int64(0)
	for j := range g {
		for _, v := range g[j] {
			mean += v
		}
	}
	mean /= cells * cells
	for j := range g {
		for i := range g[j] {
			g[j][i] = (g[j][i] - mean) * fading[min(j, cells-1-j)] * fading[min(i, cells-1-i)] / whole
		}
	}
}

// transform returns the frequencies up to lowest, by rows and columns.
func (g *grid) transform() *grid {
	var rows, f grid
	for j := range g {
		for u := range lowest + 1 {
			sum := int64(0)
			for i, v := range g[j] {
				sum += v * cosine((2*i+1)*u)
			}
			rows[j][u] = sum / unit
		}
	}
	for v := range lowest + 1 {
		for u := range lowest + 1 - v {
			sum := int64(0)
			for j := range rows {
				sum += rows[j][u] * cosine((2*j+1)*v)
			}
			f[v][u] = sum / unit
		}
	}
	return &f
}

// cosine returns the cosine of k·π/64, by 2¹⁴.
func cosine(k int) int64 {
	k %= 4 * cells
	if k > 2*cells {
		k = 4*cells - k
	}
	if k > cells {
		return -cosines[2*cells-k]
	}
	return cosines[k]
}

// quiet is what a frequency must be heard to count as detail: the transform of a
// wave whose height is a tenth of a level of luma. Noise and rounding stay far
// below; in the demo gallery the foggiest photo has half of its frequencies
// above half a level.
const quiet = level * whole * cells * cells / 4 / 10
