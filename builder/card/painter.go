package card

import "image"

// painter draws one card.
type painter struct {
	*setter
	*canvas
	scheme scheme
	words  words
	card   *Card
}

func (p *painter) px(v int) int { return p.card.px(v) }

// steps returns steps for this card from those of the 1200×630 drawing.
func (p *painter) steps(steps ...step) []step {
	for i := range steps {
		steps[i].size = max(p.px(steps[i].size), 1)
	}
	return steps
}

// picture puts the picture in its place, with the symbol on it.
func (p *painter) picture(at image.Rectangle) {
	if at.Empty() {
		return
	}
	src := place(p.card.Picture, at.Dx(), at.Dy())
	for y := range at.Dy() {
		copy(p.Pix[p.PixOffset(at.Min.X, at.Min.Y+y):][:4*at.Dx()], src.Pix[y*src.Stride:])
	}
	r := min(p.px(58), at.Dx()/4, at.Dy()/4)
	p.symbol(at.Min.X+at.Dx()/2, at.Min.Y+at.Dy()/2, r, p.scheme.paper, p.scheme.ink)
}

// line sets small type in one line, in the largest size that has room, or in
// two lines if none has.
func (p *painter) line(text string, width int, sizes ...int) block {
	var steps []step
	for _, size := range sizes {
		steps = append(steps, step{size, 1})
	}
	steps = append(steps, step{sizes[0], 2})
	return p.fit(text, p.card.Lang, room{face: sans, steps: p.steps(steps...), width: width, height: p.Rect.Dy()})
}

// side draws the words in a column: the gallery's name and the title at the
// top, the credit and the site at the foot. Without a title the credit stands
// in its place.
func (p *painter) side(panel image.Rectangle) {
	wide := panel.Dx() >= p.px(520)
	pad := p.px(44)
	if wide {
		pad = p.px(64)
	}
	x, width := panel.Min.X+pad, panel.Dx()-pad-p.px(48)
	title, credit := p.words.title, p.words.credit
	if title == "" {
		title, credit = credit, ""
	}
	foot := p.foot(credit, x, width, p.px(240), wide)

	p.tab(x, 0)
	y := p.px(56)
	if p.words.kicker != "" {
		y = p.block(p.line(p.words.kicker, width, 26, 25, 24, 23), x, y, p.scheme.accent) + p.px(38)
	}
	steps := []step{{84, 1}, {74, 2}, {66, 3}, {58, 4}, {50, 5}, {44, 6}, {39, 7}, {35, 8}}
	if wide {
		steps = []step{{128, 1}, {108, 1}, {94, 2}, {82, 3}, {72, 4}, {62, 5}, {54, 6}, {46, 7}, {40, 8}}
	}
	p.title(title, image.Rect(x, y, x+width, foot-p.px(40)), steps, p.scheme.ink)
}

// tab is the brand's mark at the upper edge of the words.
func (p *painter) tab(x, y int) {
	p.paint(image.Rect(x, y, x+p.px(72), y+p.px(10)), p.scheme.mark)
}

func (p *painter) title(text string, in image.Rectangle, steps []step, ink rgb) {
	r := room{face: serif, steps: p.steps(steps...), width: in.Dx(), height: in.Max.Y - in.Min.Y, hang: p.px(44)}
	p.block(p.fit(text, p.card.Lang, r), in.Min.X, in.Min.Y, ink)
}

// foot draws the credit and the site at the lower edge, not above top, and
// returns where they begin.
func (p *painter) foot(credit string, x, width, top int, wide bool) int {
	y := p.Rect.Dy() - p.px(50)
	if p.words.site != "" {
		b := p.line(p.words.site, width, 25, 24, 23)
		y -= b.height() - b.size/4
		p.block(b, x, y, p.scheme.soft)
		y -= p.px(26)
	}
	if credit == "" {
		return y
	}
	steps := []step{{34, 2}, {31, 2}, {29, 3}, {27, 4}, {25, 5}, {22, 6}}
	if wide {
		steps = []step{{38, 1}, {34, 2}, {31, 3}, {28, 4}, {25, 5}}
	}
	b := p.fit(credit, p.card.Lang, room{face: sans, steps: p.steps(steps...), width: width, height: y - top})
	y -= b.height() - b.size/4
	p.block(b, x, y, p.scheme.ink)
	return y
}

// strip draws the words in a band: the title on the left, the credit and the
// site on the right.
func (p *painter) strip(panel image.Rectangle) {
	x, y, right := p.px(56), panel.Min.Y+p.px(46), panel.Max.X-p.px(56)
	split := right - p.px(400)
	p.foot(p.words.credit, split, right-split, panel.Min.Y+p.px(40), false)
	p.paint(image.Rect(split-p.px(30), panel.Min.Y+p.px(46), split-p.px(28), panel.Max.Y-p.px(50)), p.scheme.line)

	p.tab(x, panel.Min.Y)
	width := split - p.px(60) - x
	if p.words.kicker != "" {
		y = p.block(p.line(p.words.kicker, width, 26, 25, 24), x, y, p.scheme.accent) + p.px(32)
	}
	steps := []step{{84, 1}, {74, 1}, {64, 1}, {56, 2}, {50, 2}, {44, 3}, {38, 3}, {33, 4}, {29, 4}}
	p.title(p.words.title, image.Rect(x, y, x+width, panel.Max.Y-p.px(28)), steps, p.scheme.ink)
}

// caption draws the credit and the site in one line.
func (p *painter) caption(panel image.Rectangle) {
	x, right := p.px(48), panel.Max.X-p.px(48)
	p.tab(x, panel.Min.Y)
	base := panel.Min.Y + panel.Dy()/2 + p.px(16)
	width := right - x
	if p.words.site != "" {
		site := p.line(p.words.site, width/3, 26, 24, 22)
		p.onBase(site, right-site.width(), base, p.scheme.soft)
		width -= site.width() + p.px(40)
	}
	credit := p.line(p.words.credit, width, 34, 31, 28, 25, 22)
	p.onBase(credit, x, base, p.scheme.ink)
}

// onBase draws a block with its last baseline at y.
func (p *painter) onBase(b block, x, y int, col rgb) {
	p.block(b, x, y-b.height()+b.size/4, col)
}

// alone draws a card or poster without a picture: the words on the brand.
func (p *painter) alone() {
	s := p.scheme
	p.paint(p.Rect, s.fill)
	x, width := p.px(80), p.Rect.Dx()-2*p.px(80)
	foot := p.aloneFoot(x, width)
	y := p.px(76)
	if p.words.kicker != "" {
		y = p.block(p.line(p.words.kicker, width, 30, 27, 24), x, y, s.veiled) + p.px(58)
	}
	if p.card.Symbol != "" {
		r := p.px(58)
		p.symbol(x+r, y+r, r, s.onFill, s.fill)
		y += 2*r + p.px(52)
	}
	steps := []step{{148, 1}, {124, 2}, {104, 2}, {90, 3}, {78, 3}, {68, 4}, {58, 5}, {50, 6}, {44, 6}}
	p.title(p.words.title, image.Rect(x, y, x+width, foot-p.px(56)), steps, s.onFill)
}

// aloneFoot draws the credit and the site at the foot of a card of words and
// returns where they begin.
func (p *painter) aloneFoot(x, width int) int {
	s := p.scheme
	base, top := p.Rect.Dy()-p.px(70), p.Rect.Dy()-p.px(70)
	if p.words.site != "" {
		site := p.line(p.words.site, width/3, 30, 27, 24)
		p.onBase(site, x+width-site.width(), base, s.veiled)
		top = base - site.height()
		width -= site.width() + p.px(48)
	}
	r := room{face: sans, steps: p.steps(step{38, 1}, step{34, 2}, step{30, 2}, step{27, 3}), width: width, height: p.px(160)}
	credit := p.fit(p.words.credit, p.card.Lang, r)
	p.onBase(credit, x, base, s.onFill)
	return min(top, base-credit.height())
}

// symbol draws a disc with a triangle (play) or five bars (sound).
func (p *painter) symbol(x, y, r int, ground, figure rgb) {
	if p.card.Symbol != "play" && p.card.Symbol != "sound" || r < 4 {
		return
	}
	p.shapeAt(disc(r), x, y, ground)
	if p.card.Symbol == "play" {
		// Its centre of gravity, a third from the base, is the disc's centre.
		h := r * fine * 42 / 100
		p.shapeAt([]contour{{image.Pt(-h*7/10, -h), image.Pt(h, 0), image.Pt(-h*7/10, h)}}, x, y, figure)
		return
	}
	for i, tall := range []int{22, 46, 30, 52, 24} {
		cx, half, w := (i-2)*r*fine*21/100, r*fine*tall/100, r*fine*5/100
		p.shapeAt([]contour{{image.Pt(cx-w, -half), image.Pt(cx+w, -half), image.Pt(cx+w, half), image.Pt(cx-w, half)}}, x, y, figure)
	}
}
