package hevc

// place is a place in a square of at most 8 by 8.
type place struct{ x, y uint8 }

// Orders of scanning (scanIdx of H.265, 7.4.9.11).
const (
	scanDiagonal = iota
	scanHorizontal
	scanVertical
)

// diagonal is the up-right diagonal scan of a square with sides of 1<<log2
// (6.5.3).
func diagonal(log2 int) []place {
	n := 1 << log2
	var s []place
	for d := range 2*n - 1 {
		for x := range d + 1 {
			if y := d - x; x < n && y < n {
				s = append(s, place{uint8(x), uint8(y)})
			}
		}
	}
	return s
}

// horizontal is the horizontal scan (6.5.4), vertical the vertical one (6.5.5).
func horizontal(log2 int) []place {
	n := 1 << log2
	var s []place
	for i := range n * n {
		s = append(s, place{uint8(i % n), uint8(i / n)})
	}
	return s
}

func vertical(log2 int) []place {
	s := horizontal(log2)
	for i, p := range s {
		s[i] = place{p.y, p.x}
	}
	return s
}

// scan is one order over the blocks of 4 by 4 in a transform block, or over the
// coefficients in one of those. index is its inverse, by y<<3|x.
type scan struct {
	at    [64]place
	index [64]uint8
}

func newScan(order []place) *scan {
	s := &scan{}
	for i, p := range order {
		s.at[i] = p
		s.index[p.y<<3|p.x] = uint8(i)
	}
	return s
}

// scans holds the orders by scanIdx and by the logarithm of the side.
var scans = [3][4]*scan{
	{newScan(diagonal(0)), newScan(diagonal(1)), newScan(diagonal(2)), newScan(diagonal(3))},
	{newScan(horizontal(0)), newScan(horizontal(1)), newScan(horizontal(2)), newScan(horizontal(3))},
	{newScan(vertical(0)), newScan(vertical(1)), newScan(vertical(2)), newScan(vertical(3))},
}
