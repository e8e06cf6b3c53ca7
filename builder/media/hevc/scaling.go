package hevc

import "errors"

var errLists = errors.New("a scaling list is broken")

// scalingLists are the factors of scaling_list_data (H.265, 7.3.4), by size (4,
// 8, 16, 32) and matrix (0 to 2 intra, 3 to 5 inter), in diagonal scan order.
// Sizes above 8 have a factor of their own for the lowest frequency.
type scalingLists struct {
	list [4][6][64]uint8
	dc   [4][6]uint8
}

// Table 7-6.
var (
	defaultIntraList = [64]uint8{
		16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 17, 16, 17, 16, 17, 18,
		17, 18, 18, 17, 18, 21, 19, 20, 21, 20, 19, 21, 24, 22, 22, 24,
		24, 22, 22, 24, 25, 25, 27, 30, 27, 25, 25, 29, 31, 35, 35, 31,
		29, 36, 41, 44, 41, 36, 47, 54, 54, 47, 65, 70, 65, 88, 88, 115,
	}
	defaultInterList = [64]uint8{
		16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 17, 17, 17, 17, 17, 18,
		18, 18, 18, 18, 18, 20, 20, 20, 20, 20, 20, 20, 24, 24, 24, 24,
		24, 24, 24, 24, 25, 25, 25, 25, 25, 25, 25, 28, 28, 28, 28, 28,
		28, 33, 33, 33, 33, 33, 41, 41, 41, 41, 54, 54, 54, 71, 71, 91,
	}
)

func defaultLists() *scalingLists {
	l := &scalingLists{}
	for size := range 4 {
		for matrix := range 6 {
			l.setDefault(size, matrix)
		}
	}
	return l
}

// setDefault is what tables 7-5 and 7-6 say.
func (l *scalingLists) setDefault(size, matrix int) {
	l.dc[size][matrix] = 16
	switch {
	case size == 0:
		for i := range l.list[size][matrix] {
			l.list[size][matrix][i] = 16
		}
	case matrix < 3:
		l.list[size][matrix] = defaultIntraList
	default:
		l.list[size][matrix] = defaultInterList
	}
}

// parse reads scaling_list_data; what l held does not matter.
func (l *scalingLists) parse(r *bitReader) error {
	for size := range 4 {
		step := 1
		if size == 3 {
			step = 3
		}
		for matrix := 0; matrix < 6; matrix += step {
			if err := l.parseList(r, size, matrix, step); err != nil {
				return err
			}
		}
	}
	l.fillChroma32()
	return nil
}

func (l *scalingLists) parseList(r *bitReader, size, matrix, step int) error {
	if !r.flag() { // scaling_list_pred_mode_flag
		delta := r.ue()
		if delta > uint32(matrix/step) {
			return errLists
		}
		if delta == 0 {
			l.setDefault(size, matrix)
			return nil
		}
		from := matrix - int(delta)*step
		l.list[size][matrix], l.dc[size][matrix] = l.list[size][from], l.dc[size][from]
		return nil
	}
	next := 8
	if size > 1 {
		next += r.se()
		if next < 1 || next > 255 {
			return errLists
		}
		l.dc[size][matrix] = uint8(next)
	}
	for i := range min(64, 1<<(4+2*size)) {
		delta := r.se()
		if delta < -128 || delta > 127 {
			return errLists
		}
		next = (next + delta + 256) & 255
		l.list[size][matrix][i] = uint8(next)
	}
	return nil
}

// fillChroma32 gives the chroma blocks of 32 samples, which only 4:4:4 has,
// the factors of those of 16 (7.4.5, at the end).
func (l *scalingLists) fillChroma32() {
	for _, matrix := range []int{1, 2, 4, 5} {
		l.list[3][matrix], l.dc[3][matrix] = l.list[2][matrix], l.dc[2][matrix]
	}
}

// factors are the factors of intra blocks spread over their coefficients in
// raster order, by colour component; nil where all are 16 (7.4.5).
type factors [4][3][]uint8

func (l *scalingLists) spread() *factors {
	f := new(factors)
	for size := range 4 {
		for c := range 3 {
			f[size][c] = l.spreadOne(size, c)
		}
	}
	return f
}

func (l *scalingLists) spreadOne(size, c int) []uint8 {
	log2 := size + 2
	m := make([]uint8, 1<<(2*log2))
	grid := min(log2, 3)
	for i, p := range diagonal(grid) {
		v := l.list[size][c][i]
		n := 1 << (log2 - grid)
		for y := range n {
			row := (int(p.y)*n+y)<<log2 + int(p.x)*n
			for x := range n {
				m[row+x] = v
			}
		}
	}
	if size > 1 {
		m[0] = l.dc[size][c]
	}
	return m
}
