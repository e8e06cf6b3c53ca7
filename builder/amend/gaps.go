package amend

import "slices"

// gap is where two lists differ: behind some that both have, some are gone and
// others stand in their place.
type gap struct {
	keep, gone int
	fresh      []any
}

// maxGaps is how long lists may be to be changed one by one.
const maxGaps = 500

func tooLong(is, want []any) bool { return len(is) > maxGaps || len(want) > maxGaps }

// gaps returns the differences of two lists, the fewest there are.
func gaps(is, want []any) []gap {
	common := longest(is, want)
	var out []gap
	g := gap{}
	for i, j := 0, 0; i < len(is) || j < len(want); {
		switch {
		case i < len(is) && j < len(want) && same(is[i], want[j]):
			if g.gone > 0 || len(g.fresh) > 0 {
				out, g = append(out, g), gap{}
			}
			g.keep, i, j = g.keep+1, i+1, j+1
		case j == len(want) || i < len(is) && common[i+1][j] >= common[i][j+1]:
			g.gone, i = g.gone+1, i+1
		default:
			g.fresh, j = append(g.fresh, want[j]), j+1
		}
	}
	return append(out, g)
}

// longest returns, for every two ends of lists, how many values both have in
// this order.
func longest(a, b []any) [][]int {
	out := make([][]int, len(a)+1)
	for i := range out {
		out[i] = make([]int, len(b)+1)
	}
	for i := range slices.Backward(a) {
		for j := range slices.Backward(b) {
			if out[i][j] = max(out[i+1][j], out[i][j+1]); same(a[i], b[j]) {
				out[i][j] = out[i+1][j+1] + 1
			}
		}
	}
	return out
}
