package main

import (
	"bytes"
	"fmt"
	"html"
	"math"
	"slices"
	"strconv"
	"strings"
)

// The chart's measures, in user units of the SVG.
const (
	chartWidth  = 600
	panelHeight = 260
	plotLeft    = 56
	plotRight   = 40
	plotTop     = 52 // of the panel
	plotBottom  = 44
	chartHead   = 8
)

// A panel is one quantity by the number of pieces.
type panel struct {
	title string
	of    func(point) float64
}

var panels = []panel{
	{"Processor time a piece, milliseconds", func(p point) float64 { return p.a(p.cpu) * 1000 }},
	{"Memory a piece, KiB of the greatest resident set", func(p point) float64 { return p.a(p.peak) / 1024 }},
}

// chartStyle is for light and dark screens. Lines differ by dashes and marks
// too, not by colour alone.
const chartStyle = `text{font:14px system-ui,sans-serif;fill:#24201c}
.ground{fill:#fffdfa}.grid{stroke:#e2dcd4}.axis{stroke:#6d645b}.small{font-size:12px;fill:#5c534b}.head{font-weight:600}
.s0{stroke:#b03a12;fill:#b03a12}.s1{stroke:#2f5f8a;fill:#2f5f8a}
path.s0,path.s1{fill:none;stroke-width:2.5;stroke-linejoin:round}path.s1{stroke-dasharray:7 4}
text.s0,text.s1{stroke:none;font-weight:600}
@media (prefers-color-scheme:dark){text{fill:#efe9e2}.ground{fill:#191512}.grid{stroke:#3a332d}.axis{stroke:#a89d92}.small{fill:#c1b6ab}
.s0{stroke:#ff9468;fill:#ff9468}.s1{stroke:#8fc0ec;fill:#8fc0ec}path.s0,path.s1{fill:none}}`

// growthChart draws the lines as SVG: by number of pieces on a scale of powers,
// what each takes on an even one that begins at 0. A line that stays level is a
// program that takes ten times as long for ten times as much. The same figures
// give the same bytes.
func growthChart(lines []growth) []byte {
	var b bytes.Buffer
	height := chartHead + panelHeight*len(panels)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="t d">`+"\n",
		chartWidth, height, chartWidth, height)
	fmt.Fprintf(&b, "<title id=\"t\">Processor time and memory a piece, by the number of pieces</title>\n<desc id=\"d\">%s</desc>\n", html.EscapeString(described(lines)))
	fmt.Fprintf(&b, "<style>%s</style>\n<rect class=\"ground\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n", chartStyle, chartWidth, height)
	for i, p := range panels {
		fmt.Fprintf(&b, "<g transform=\"translate(0 %d)\">\n", chartHead+i*panelHeight)
		p.draw(&b, lines)
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// described says in words what the lines show, for those who do not see them.
func described(lines []growth) string {
	var parts []string
	for _, l := range lines {
		if len(l.points) == 0 {
			continue
		}
		first, last := l.points[0], l.points[len(l.points)-1]
		for _, p := range []point{first, last} {
			parts = append(parts, fmt.Sprintf("%s at %s pieces: %s ms and %s KiB a piece.", l.name, thousands(p.pieces),
				figure(panels[0].of(p)), figure(panels[1].of(p))))
		}
	}
	return strings.Join(parts, " ")
}

// draw writes a panel: title, grid, axes, lines.
func (p panel) draw(b *bytes.Buffer, lines []growth) {
	scale := p.scale(lines)
	fmt.Fprintf(b, "<text class=\"head\" x=\"%d\" y=\"24\">%s</text>\n", 16, html.EscapeString(p.title))
	for v := 0.0; v <= scale.top+scale.step/2; v += scale.step {
		y := scale.y(v)
		fmt.Fprintf(b, "<path class=\"%s\" d=\"M%d %sH%d\"/>", gridClass(v == 0), plotLeft, unit(y), chartWidth-plotRight)
		fmt.Fprintf(b, "<text class=\"small\" x=\"%d\" y=\"%s\" text-anchor=\"end\">%s</text>\n", plotLeft-8, unit(y+4), strconv.FormatFloat(v, 'f', scale.digits, 64))
	}
	for _, n := range ticks(scale.from, scale.to) {
		x := scale.x(n)
		fmt.Fprintf(b, "<path class=\"axis\" d=\"M%s %dv5\"/>", unit(x), panelHeight-plotBottom)
		fmt.Fprintf(b, "<text class=\"small\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", unit(x), panelHeight-plotBottom+19, thousands(n))
	}
	for i, l := range lines {
		p.line(b, l, i, scale, p.highest(lines, i))
	}
}

func gridClass(bottom bool) string {
	if bottom {
		return "axis"
	}
	return "grid"
}

// line writes one program's line, a mark a point, and its name at the last one.
func (p panel) line(b *bytes.Buffer, l growth, i int, scale scale, above bool) {
	if len(l.points) == 0 {
		return
	}
	var d strings.Builder
	var marks strings.Builder
	var x, y float64
	for k, at := range l.points {
		x, y = scale.x(at.pieces), scale.y(p.of(at))
		command := byte('L')
		if k == 0 {
			command = 'M'
		}
		fmt.Fprintf(&d, "%c%s %s", command, unit(x), unit(y))
		if i == 0 {
			fmt.Fprintf(&marks, `<circle class="s0" cx="%s" cy="%s" r="3.5"/>`, unit(x), unit(y))
		} else {
			fmt.Fprintf(&marks, `<rect class="s1" x="%s" y="%s" width="7" height="7"/>`, unit(x-3.5), unit(y-3.5))
		}
	}
	under := y + 22
	if above || under > panelHeight-plotBottom-4 {
		under = y - 12
	}
	fmt.Fprintf(b, "<path class=\"s%d\" d=\"%s\"/>%s\n", min(i, 1), d.String(), marks.String())
	fmt.Fprintf(b, "<text class=\"s%d\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>\n", min(i, 1), unit(x+4), unit(under), html.EscapeString(l.name))
}

// highest tells whether a line ends above all others.
func (p panel) highest(lines []growth, i int) bool {
	end := func(l growth) float64 {
		if len(l.points) == 0 {
			return 0
		}
		return p.of(l.points[len(l.points)-1])
	}
	for k, l := range lines {
		if k != i && end(l) > end(lines[i]) {
			return false
		}
	}
	return true
}

// A scale turns figures into places.
type scale struct {
	from, to  int // pieces
	top, step float64
	digits    int // of the figures beside the grid
}

// scale fits a panel's to the lines.
func (p panel) scale(lines []growth) scale {
	s := scale{from: math.MaxInt}
	highest := 0.0
	for _, l := range lines {
		for _, at := range l.points {
			s.from, s.to = min(s.from, at.pieces), max(s.to, at.pieces)
			highest = max(highest, p.of(at))
		}
	}
	s.from = min(s.from, s.to) // nothing to draw
	s.step, s.digits = step(highest)
	s.top = max(1, math.Ceil(highest/s.step-1e-9)) * s.step
	return s
}

// step returns the distance of three to five lines of a grid up to a figure, 1,
// 2 or 5 of a power of ten, and how many digits it has behind the point.
func step(highest float64) (distance float64, digits int) {
	if highest <= 0 {
		return 1, 0
	}
	power := math.Floor(math.Log10(highest / 5))
	for _, leading := range []float64{1, 2, 5, 10} {
		if distance = leading * math.Pow(10, power); highest/distance <= 5 {
			break
		}
	}
	return distance, max(0, -int(math.Floor(math.Log10(distance)+1e-9)))
}

func (s scale) x(pieces int) float64 {
	width := float64(chartWidth - plotLeft - plotRight)
	if s.from == s.to {
		return plotLeft + width/2
	}
	at := math.Log(float64(pieces)/float64(s.from)) / math.Log(float64(s.to)/float64(s.from))
	return plotLeft + 12 + at*(width-24)
}

func (s scale) y(v float64) float64 {
	return panelHeight - plotBottom - v/s.top*(panelHeight-plotTop-plotBottom)
}

// ticks are the numbers below the chart: 1, 2 and 5 of each power of ten, or
// powers alone where that were many.
func ticks(from, to int) []int {
	var list []int
	for _, leading := range [][]int{{1, 2, 5}, {1}} {
		list = nil
		for power := 1; power <= to; power *= 10 {
			for _, l := range leading {
				if n := l * power; n >= from && n <= to {
					list = append(list, n)
				}
			}
		}
		if len(list) <= 8 {
			break
		}
	}
	for _, end := range []int{from, to} {
		if len(list) < 2 && !slices.Contains(list, end) {
			list = append(list, end)
		}
	}
	slices.Sort(list)
	return list
}

// unit writes a place with one digit behind the point.
func unit(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
