package problem

import "strings"

// Suggest returns the known word nearest to word, or "" when none is near
// enough to be what was meant: about a third of the letters may differ.
func Suggest(word string, known []string) string {
	n := len([]rune(word))
	best, limit := "", min(max(1, (n+1)/3), n-1)
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d <= limit {
			best, limit = k, d-1
		}
	}
	return best
}

// DidYouMean returns a hint naming the nearest known word, or, where none is
// near, all of them.
func DidYouMean(word string, known []string) string {
	if s := Suggest(word, known); s != "" {
		return "did you mean \"" + s + "\"?"
	}
	return "known here: " + strings.Join(known, ", ")
}

// distance is the optimal string alignment distance: insertions, deletions,
// substitutions and swaps of neighbours each cost one.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	prev2, prev, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			d := min(prev[j]+cost, prev[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				d = min(d, prev2[j-1]+1)
			}
			row[j+1] = d
		}
		prev2, prev, row = prev, row, prev2
	}
	return prev[len(y)]
}
