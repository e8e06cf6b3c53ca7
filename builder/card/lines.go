package card

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/image/math/fixed"
)

// measures are the widths that breaking into lines needs.
type measures struct{ line, space, hyphen fixed.Int26_6 }

// cost is what an ending costs, as the square of the part of the line's width
// that a line may rather be short.
func (e ending) cost(line fixed.Int26_6) int64 {
	w := int64(line)
	switch e {
	case good:
		return -w * w / 64
	case poor:
		return w * w / 16
	case inside:
		return w * w / 36
	case hyphen:
		return w * w / 4
	case bound:
		return 4 * w * w
	}
	return 0
}

// breaking is the search for the best ends of lines.
type breaking struct {
	ps   []piece
	m    measures
	best [][]int64 // best[k][j]: the least cost of the first j pieces in k lines
	from [][]int   // the first piece of the last of these lines
}

const never = math.MaxInt64

// breakLines divides the pieces into n lines, as equally long as the endings
// allow, and returns the index after the last piece of each line. ok is false
// where some line would be too long, or, when strict, where it would end
// inside a compound or at a bound piece.
func breakLines(ps []piece, m measures, n int, strict bool) (ends []int, ok bool) {
	b := breaking{ps: ps, m: m}
	for range n + 1 {
		b.best = append(b.best, slices.Repeat([]int64{never}, len(ps)+1))
		b.from = append(b.from, make([]int, len(ps)+1))
	}
	b.best[0][0] = 0
	for k := 1; k <= n; k++ {
		for j := k; j <= len(ps); j++ {
			if j == len(ps) || !strict || ps[j-1].end < inside {
				b.line(k, j)
			}
		}
	}
	if b.best[n][len(ps)] == never {
		return nil, false
	}
	ends = make([]int, n)
	for k, j := n, len(ps); k > 0; k-- {
		ends[k-1] = j
		j = b.from[k][j]
	}
	return ends, true
}

// line finds where line k best begins if it ends after j pieces. A line's cost
// is the square of what it lacks and that of its ending.
func (b *breaking) line(k, j int) {
	end, width := int64(0), fixed.Int26_6(0)
	if last := b.ps[j-1]; j < len(b.ps) {
		end = last.end.cost(b.m.line)
		if last.dash {
			width = b.m.hyphen
		}
	}
	for i := j - 1; i >= k-1; i-- {
		width += b.ps[i].width
		if i < j-1 && b.ps[i].space {
			width += b.m.space
		}
		if width > b.m.line {
			return
		}
		if b.best[k-1][i] == never {
			continue
		}
		slack := int64(b.m.line - width)
		if c := b.best[k-1][i] + slack*slack + end; c < b.best[k][j] {
			b.best[k][j], b.from[k][j] = c, i
		}
	}
}

// fewest breaks into as few lines as there can be, at most most. Only where it
// may be loose and no number of lines does otherwise do lines end inside
// compounds or at bound pieces.
func fewest(ps []piece, m measures, most int, loose bool) (ends []int, ok bool) {
	least := leastLines(ps, m)
	most = min(most, len(ps))
	for n := least; n <= most; n++ {
		if ends, ok := breakLines(ps, m, n, true); ok {
			return ends, true
		}
	}
	for n := least; loose && n <= most; n++ {
		if ends, ok := breakLines(ps, m, n, false); ok {
			return ends, true
		}
	}
	return nil, false
}

// leastLines returns a number of lines below which there is no room.
func leastLines(ps []piece, m measures) int {
	sum := 0
	for _, p := range ps {
		sum += int(p.width)
	}
	return max(1, (sum+int(m.line)-1)/int(m.line))
}

// join returns the words of each line.
func join(ps []piece, ends []int) []string {
	lines := make([]string, len(ends))
	from := 0
	for k, to := range ends {
		var b strings.Builder
		for i := from; i < to; i++ {
			b.WriteString(ps[i].text)
			if i < to-1 && ps[i].space {
				b.WriteByte(' ')
			}
		}
		if to < len(ps) && ps[to-1].dash {
			b.WriteByte('-')
		}
		lines[k], from = b.String(), to
	}
	return lines
}

// block is a text set in lines.
type block struct {
	lines   []run
	hang    []fixed.Int26_6 // how far each line stands out to the left
	size    int
	leading int // from baseline to baseline
	cap     int // from the baseline up to the top of capitals
}

// height is from the top of the first line's capitals to below the last
// line's baseline.
func (b block) height() int {
	if len(b.lines) == 0 {
		return 0
	}
	return b.cap + (len(b.lines)-1)*b.leading + b.size/4
}

func (b block) width() int {
	w := fixed.Int26_6(0)
	for _, l := range b.lines {
		w = max(w, l.width)
	}
	return w.Ceil()
}

// step is a size of type and how many lines of it there may be: large type
// has few.
type step struct{ size, lines int }

// room is what a text may take.
type room struct {
	face          int
	steps         []step // from the largest size
	width, height int
	hang          int // quotation marks stand out to the left if they are no wider
}

// fit sets a text as large as the room allows: first without dividing words,
// then with, and if that is not enough, in the smallest size with its end left
// out. An empty text gives an empty block.
func (s *setter) fit(clean, lang string, in room) block {
	if clean == "" || in.width <= 0 {
		return block{}
	}
	in.face = s.faceFor(clean, in.face)
	ps := pieces(clean, lang)
	for _, step := range in.steps {
		if lines, ok := s.try(ps, step, in, false); ok {
			return s.setBlock(lines, step.size, in)
		}
	}
	for _, step := range in.steps[len(in.steps)/3:] {
		if lines, ok := s.try(ps, step, in, true); ok {
			return s.setBlock(lines, step.size, in)
		}
	}
	smallest := in.steps[len(in.steps)-1]
	return s.setBlock(s.cut(ps, smallest, in), smallest.size, in)
}

// try breaks the pieces at one size. When loose, words may be divided and
// lines end at bound pieces.
func (s *setter) try(ps []piece, at step, in room, loose bool) ([]string, bool) {
	st := style{in.face, at.size}
	m := s.measures(st, in.width)
	s.measure(ps, st)
	if loose {
		ps = s.divide(ps, st, max(m.line-m.hyphen, 0))
	}
	ends, ok := fewest(ps, m, in.most(at), loose)
	if !ok {
		return nil, false
	}
	return join(ps, ends), true
}

// most returns how many lines of a size fit.
func (in room) most(at step) int {
	b := blockOf(in.face, at.size)
	for n := range at.lines {
		b.lines = append(b.lines, run{})
		if b.height() > in.height {
			return n
		}
	}
	return at.lines
}

func (s *setter) measures(st style, width int) measures {
	return measures{
		line:   fixed.I(width),
		space:  s.set(" ", st).width,
		hyphen: s.set("-", st).width,
	}
}

// cut leaves out words from the end until the rest and an ellipsis fit, and
// parts of the first word if that alone is too long. It rather leaves out one
// more word than to end at a preposition or to end a line badly.
func (s *setter) cut(ps []piece, at step, in room) []string {
	st := style{in.face, at.size}
	m := s.measures(st, in.width)
	s.measure(ps, st)
	ps = s.divide(ps, st, max(m.line-m.hyphen, 0))
	most := in.most(at)
	for len(ps) > 1 && leastLines(ps[:len(ps)-1], m) > most {
		ps = ps[:len(ps)-1]
	}
	for _, try := range []struct {
		end   ending // the worst at which the text may end
		loose bool
	}{{poor, false}, {poor, true}, {bound, true}} {
		for n := len(ps) - 1; n > 0; n-- {
			if ps[n-1].end > try.end && !onlyDashes(ps[n].text) {
				continue
			}
			if lines, ok := s.ended(ps[:n], st, m, most, try.loose); ok {
				return lines
			}
		}
	}
	return nil
}

// ended breaks pieces with an ellipsis after the last.
func (s *setter) ended(ps []piece, st style, m measures, most int, loose bool) ([]string, bool) {
	last := len(ps) - 1
	own := append([]piece(nil), ps...)
	left := strings.TrimRight(own[last].text, " ,.;:!?–—-…«“„(")
	if left == "" {
		return nil, false
	}
	own[last].text, own[last].dash = left+"…", false
	own[last].width = s.set(own[last].text, st).width
	ends, ok := fewest(own, m, most, loose)
	if !ok {
		return nil, false
	}
	return join(own, ends), true
}

func (s *setter) setBlock(lines []string, size int, in room) block {
	b := blockOf(in.face, size)
	for _, l := range lines {
		r := s.set(l, style{in.face, size})
		b.lines = append(b.lines, r)
		b.hang = append(b.hang, hanging(l, r, in.hang))
	}
	return b
}

// hanging returns how far a line that begins with a quotation mark stands out,
// so that its letters stand under those of the other lines.
func hanging(line string, r run, most int) fixed.Int26_6 {
	first, _ := utf8.DecodeRuneInString(line)
	if len(r.glyphs) < 2 || !strings.ContainsRune("«“„\"", first) || r.glyphs[1].x > fixed.I(most) {
		return 0
	}
	return r.glyphs[1].x
}

// blockOf returns an empty block with the measures of its face: titles are
// set tight.
func blockOf(face, size int) block {
	if face == serif {
		return block{size: size, leading: size * 110 / 100, cap: size * 67 / 100}
	}
	return block{size: size, leading: size * 132 / 100, cap: size * 71 / 100}
}
