package heif

import (
	"bytes"
	"slices"
)

// maxTiles bounds a grid. A phone's 48 megapixels are 192 tiles.
const maxTiles = 1024

// minTile is the least edge of a tile in a grid (MIAF, 7.3.11.4.2).
const minTile = 64

// canvas is a picture as it is coded: one tile, or a grid of tiles of one size
// that may reach beyond the right and the lower edge.
type canvas struct {
	codec      string // "hevc", "av1"
	w, h       int
	cols, rows int
	tw, th     int    // of a tile
	tiles      []tile // row by row
}

// tile is one coded picture.
type tile struct {
	config []byte // body of hvcC or av1C
	data   []byte
}

// matches says whether two pictures are divided alike.
func (c *canvas) matches(d *canvas) bool {
	return c.codec == d.codec && c.w == d.w && c.h == d.h &&
		c.cols == d.cols && c.rows == d.rows && c.tw == d.tw && c.th == d.th
}

// codecs names the codec of each kind of coded item.
var codecs = map[string]string{"hvc1": "hevc", "av01": "av1"}

// picture returns the coded picture that an item is, and how it is shown.
func (m *meta) picture(it *item, depth int) (*canvas, view, error) {
	l, err := m.look(it)
	if err != nil {
		return nil, view{}, err
	}
	var c *canvas
	v := view{orientation: 1}
	switch it.kind {
	case "hvc1", "av01":
		c, err = m.single(it, l)
	case "grid":
		c, v, err = m.grid(it, l)
	case "iden":
		c, v, err = m.same(it, depth)
	case "iovl":
		err = rare("is laid together of several pictures")
	default:
		err = rare("holds a picture of the kind %q", it.kind)
	}
	if err != nil {
		return nil, view{}, err
	}
	if v.crop.w == 0 {
		v.crop = rect{0, 0, c.w, c.h}
	}
	return c, v, v.show(l)
}

// same returns the picture that an item iden (23008-12, 6.6.2.1) shows.
func (m *meta) same(it *item, depth int) (*canvas, view, error) {
	to := m.to("dimg", it.id)
	if len(to) != 1 || m.items[to[0]] == nil || depth > 0 {
		return nil, view{}, damaged("item %d shows a picture that is not there", it.id)
	}
	return m.picture(m.items[to[0]], depth+1)
}

// single returns a coded item as a picture of one tile.
func (m *meta) single(it *item, l look) (*canvas, error) {
	t, err := m.tile(it, l)
	if err != nil {
		return nil, err
	}
	return &canvas{codecs[it.kind], l.w, l.h, 1, 1, l.w, l.h, []tile{t}}, nil
}

func (m *meta) tile(it *item, l look) (tile, error) {
	if l.config == nil {
		return tile{}, damaged("does not say how item %d is coded", it.id)
	}
	data, err := m.bytes(it)
	if err == nil && len(data) == 0 {
		err = damaged("item %d holds nothing", it.id)
	}
	return tile{l.config, data}, err
}

// grid returns an item grid (23008-12, 6.6.2.3) with its tiles, and a view with
// their colours.
func (m *meta) grid(it *item, l look) (*canvas, view, error) {
	c, err := m.gridSize(it, l)
	if err != nil {
		return nil, view{}, err
	}
	to := m.to("dimg", it.id)
	if len(to) != c.cols*c.rows {
		return nil, view{}, damaged("has %d tiles where %d belong", len(to), c.cols*c.rows)
	}
	v := view{orientation: 1}
	total := 0
	for _, id := range to {
		tl, err := m.gridTile(c, id)
		if err != nil {
			return nil, view{}, err
		}
		// Encoders store equal tiles once; beyond that, sharing is a bomb.
		if total += len(c.tiles[len(c.tiles)-1].data); total > 2*len(m.data)+1<<20 {
			return nil, view{}, damaged("has tiles that lie over one another")
		}
		if len(c.tiles) == 1 {
			v.icc, v.code = tl.icc, tl.code
		}
	}
	if c.cols*c.tw < c.w || c.rows*c.th < c.h || (c.cols-1)*c.tw >= c.w || (c.rows-1)*c.th >= c.h {
		return nil, view{}, damaged("is %d × %d pixels of %d × %d tiles of %d × %d", c.w, c.h, c.cols, c.rows, c.tw, c.th)
	}
	return c, v, nil
}

// gridSize reads what a grid item says of itself.
func (m *meta) gridSize(it *item, l look) (*canvas, error) {
	data, err := m.bytes(it)
	if err != nil {
		return nil, err
	}
	r := cursor{b: data}
	version, flags := r.u8(), r.u8()
	if version != 0 {
		return nil, rare("has a grid of version %d", version)
	}
	c := &canvas{rows: r.u8() + 1, cols: r.u8() + 1}
	w, h := r.id(flags&1 != 0), r.id(flags&1 != 0)
	switch {
	case r.short:
		return nil, r.done("grid")
	case int64(w) != int64(l.w) || int64(h) != int64(l.h):
		return nil, damaged("says that it is %d × %d pixels and also %d × %d", l.w, l.h, w, h)
	case c.rows*c.cols > maxTiles:
		return nil, rare("has %d tiles", c.rows*c.cols)
	}
	c.w, c.h = l.w, l.h
	return c, nil
}

// gridTile adds the item with an id to the tiles of a grid.
func (m *meta) gridTile(c *canvas, id uint32) (look, error) {
	it := m.items[id]
	if it == nil {
		return look{}, damaged("lacks a tile")
	}
	codec := codecs[it.kind]
	if codec == "" {
		return look{}, rare("has tiles of the kind %q", it.kind)
	}
	l, err := m.look(it)
	if err != nil {
		return l, err
	}
	if len(c.tiles) == 0 {
		c.codec, c.tw, c.th = codec, l.w, l.h
	}
	switch {
	case codec != c.codec || l.w != c.tw || l.h != c.th:
		return l, damaged("has tiles of several kinds or sizes")
	case len(l.steps) > 0:
		return l, rare("has tiles that are turned or cut")
	case c.rows*c.cols > 1 && (l.w < minTile || l.h < minTile || codec == "av1" && (l.w%2 != 0 || l.h%2 != 0)):
		return l, rare("has tiles of %d × %d pixels", l.w, l.h)
	}
	t, err := m.tile(it, l)
	c.tiles = append(c.tiles, t)
	return l, err
}

// alphas are the names of transparency: in MIAF and AVIF, and in HEVC.
var alphas = []string{"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", "urn:mpeg:hevc:2015:auxid:1"}

// alphaOf returns the item that holds a picture's transparency, or nil. Depth
// and gain maps are auxiliary too, and are not looked at.
func (m *meta) alphaOf(it *item) *item {
	for _, r := range m.refs {
		if a := m.items[r.from]; r.kind == "auxl" && a != nil && slices.Contains(r.to, it.id) && slices.Contains(alphas, m.aux(a)) {
			return a
		}
	}
	return nil
}

// aux returns the name of what an auxiliary item is, or "".
func (m *meta) aux(it *item) string {
	for _, a := range it.assoc {
		if a.prop <= len(m.props) && m.props[a.prop-1].kind == "auxC" {
			c := cursor{b: m.props[a.prop-1].body}
			c.full()
			return c.text()
		}
	}
	return ""
}

// coded is what the bitstream says of a picture.
type coded struct {
	w, h, depth int
	chroma      int // samples for four pixels, in each of two planes: 0 grey, 1 4:2:0, 2 4:2:2, 4 4:4:4
	code        code
	frames      int  // of AV1
	grain       bool // of AV1: noise is added
}

// bytes returns how many bytes the samples of n pixels take.
func (c coded) bytes(n int64) int64 {
	if c.depth > 8 {
		n *= 2
	}
	return n + n*int64(c.chroma)/2
}

// inspect reads the headers of each tile's bitstream, which must say the size
// that its item does: the container's size is what limits are held against,
// the bitstream's is what the decoder fills memory by.
func (c *canvas) inspect() (coded, error) {
	var first coded
	most := 0
	for i, t := range c.tiles {
		if c.codec == "hevc" && i > 0 && bytes.Equal(t.config, c.tiles[0].config) {
			continue
		}
		read := readAV1
		if c.codec == "hevc" {
			read = readHEVC
		}
		x, err := read(t)
		if err != nil {
			return x, err
		}
		if x.w != c.tw || x.h != c.th {
			return x, damaged("says that it is %d × %d pixels and holds %d × %d", c.tw, c.th, x.w, x.h)
		}
		if i == 0 {
			first = x
		} else if x.depth != first.depth || x.chroma != first.chroma {
			return x, damaged("has tiles of several kinds or sizes")
		}
		most = max(most, x.frames)
	}
	first.frames = most
	return first, nil
}
