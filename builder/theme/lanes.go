package theme

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// In lanes a tile stands in the column that is the shortest, by the style sheet
// alone: the grid's rows are a part of a column's width high, and each tile says
// how many of them it takes.

// small is the size of lesser words beside those of the piece.
const small = .62

// PictureSpan returns the rows of the grid that a picture of the ratio
// (width/height) takes, with lesser words under it; "" where the theme has no
// lanes.
func (l Layout) PictureSpan(ratio float64, lesser ...string) string {
	if l.Engine != "lanes" || ratio <= 0 {
		return ""
	}
	return rowsOf(float64(l.LaneUnits)/ratio + l.lines(small, lesser))
}

// WordsSpan returns the rows of the grid that a card of words takes.
func (l Layout) WordsSpan(words string, lesser ...string) string {
	if l.Engine != "lanes" {
		return ""
	}
	return rowsOf(l.lines(1, []string{words}) + l.lines(small, lesser) + l.WordsUnits)
}

// lines returns how many rows of the grid texts take, one below the other, in
// letters of a size.
func (l Layout) lines(size float64, texts []string) (units float64) {
	for _, s := range texts {
		if n := utf8.RuneCountInString(s); n > 0 && l.WordsLine > 0 {
			units += math.Ceil(float64(n)*size/l.WordsLine) * size * l.WordsLineUnits
		}
	}
	return units
}

func rowsOf(units float64) string { return strconv.Itoa(int(math.Ceil(units))) }
