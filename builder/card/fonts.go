package card

import (
	_ "embed"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed fonts/display.ttf
var displayTTF []byte

//go:embed fonts/text.ttf
var textTTF []byte

// faces are the two faces, parsed once: a serif for titles and a sans for
// everything small. fonts/README.md says where they come from.
var faces = sync.OnceValue(func() [2]*sfnt.Font {
	return [2]*sfnt.Font{parse(displayTTF), parse(textTTF)}
})

const (
	serif = 0
	sans  = 1
)

func parse(ttf []byte) *sfnt.Font {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic("card: a font of ours cannot be read: " + err.Error()) // a test reads both
	}
	return f
}

// style is how words are set.
type style struct {
	face int // serif or sans
	size int // pixels per em
}

// glyph is one shape of a run.
type glyph struct {
	font *sfnt.Font
	id   sfnt.GlyphIndex
	x, y fixed.Int26_6 // from the start of the run, y down
}

// run is a line of glyphs.
type run struct {
	glyphs []glyph
	width  fixed.Int26_6
	size   int
}

// setter turns words into glyphs. It remembers what it has looked up and is
// used by one goroutine at a time.
type setter struct {
	buf  sfnt.Buffer
	seen map[rune][2]sfnt.GlyphIndex
}

func newSetter() *setter { return &setter{} }

// common is the glyphs of Latin, Greek and Cyrillic letters, which nearly all
// texts consist of.
var common = sync.OnceValue(func() *[0x530][2]sfnt.GlyphIndex {
	var table [0x530][2]sfnt.GlyphIndex
	var buf sfnt.Buffer
	for r := range table {
		for i, f := range faces() {
			table[r][i], _ = f.GlyphIndex(&buf, rune(r)) // no glyph is 0
		}
	}
	return &table
})

// lookup returns the rune's glyph in both faces; 0 is none.
func (s *setter) lookup(r rune) [2]sfnt.GlyphIndex {
	if r == nbsp || r == narrowNBSP || r == figureSpace {
		r = ' '
	}
	if table := common(); int(r) < len(table) && r >= 0 {
		return table[r]
	}
	found, ok := s.seen[r]
	if !ok {
		if s.seen == nil {
			s.seen = map[rune][2]sfnt.GlyphIndex{}
		}
		for i, f := range faces() {
			found[i], _ = f.GlyphIndex(&s.buf, r)
		}
		s.seen[r] = found
	}
	return found
}

func (s *setter) has(r rune) bool { return s.lookup(r) != [2]sfnt.GlyphIndex{} }

// faceFor returns the wanted face, or the other one where only that has all
// letters of the words: one line is not set in two faces without need.
func (s *setter) faceFor(words string, want int) int {
	lacks := [2]bool{}
	for _, r := range words {
		for i, id := range s.lookup(r) {
			lacks[i] = lacks[i] || id == 0
		}
	}
	if lacks[want] && !lacks[1-want] {
		return 1 - want
	}
	return want
}

// set places the glyphs of the words in one line. Runes without a glyph in
// either face are passed over. Pairs are kerned as the font's GPOS table says.
func (s *setter) set(words string, st style) run {
	out := run{size: st.size, glyphs: make([]glyph, 0, len(words))}
	ppem := fixed.I(st.size)
	var before glyph
	for _, r := range words {
		if r == softHyphen {
			continue
		}
		g, ok := s.glyph(r, st.face)
		if !ok {
			continue
		}
		if isMark(r) {
			out.glyphs = append(out.glyphs, s.placeMark(before, g, r, ppem))
			continue
		}
		if before.font == g.font && before.id != 0 {
			if k, err := g.font.Kern(&s.buf, before.id, g.id, ppem, font.HintingNone); err == nil {
				out.width += k
			}
		}
		g.x = out.width
		if advance, err := g.font.GlyphAdvance(&s.buf, g.id, ppem, font.HintingNone); err == nil {
			out.width += advance
		}
		out.glyphs = append(out.glyphs, g)
		before = g
	}
	return out
}

// glyph returns the rune's glyph, from the wanted face if that has it.
func (s *setter) glyph(r rune, face int) (glyph, bool) {
	ids := s.lookup(r)
	if ids[face] == 0 {
		face = 1 - face
	}
	return glyph{font: faces()[face], id: ids[face]}, ids[face] != 0
}

// placeMark sets a combining mark centred over or under the base, and higher
// over capitals: the marks of both faces are drawn for small letters.
func (s *setter) placeMark(base, mark glyph, r rune, ppem fixed.Int26_6) glyph {
	b, _, err := base.bounds(&s.buf, ppem)
	m, _, err2 := mark.bounds(&s.buf, ppem)
	if err != nil || err2 != nil {
		mark.x = base.x
		return mark
	}
	mark.x = base.x + (b.Min.X+b.Max.X)/2 - (m.Min.X+m.Max.X)/2
	if isAbove(r) {
		if metrics, err := base.font.Metrics(&s.buf, ppem, font.HintingNone); err == nil {
			mark.y = min(b.Min.Y+metrics.XHeight, 0)
		}
	}
	return mark
}

func (g glyph) bounds(buf *sfnt.Buffer, ppem fixed.Int26_6) (fixed.Rectangle26_6, fixed.Int26_6, error) {
	if g.font == nil {
		return fixed.Rectangle26_6{}, 0, sfnt.ErrNotFound
	}
	return g.font.GlyphBounds(buf, g.id, ppem, font.HintingNone)
}
