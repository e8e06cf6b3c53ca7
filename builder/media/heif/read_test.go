package heif

import (
	"bytes"
	"errors"
	"runtime"
	"strings"
	"testing"
)

// short is what a test wants to know of a File.
type short struct {
	w, h, turn int
}

func (f *File) short() short { return short{f.Width, f.Height, f.Orientation} }

func TestRead(t *testing.T) {
	deep := grid(3, 2, 64, 64, 170, 100, irot(3))
	deep.wide, deep.ilocV, deep.large, deep.first = true, 2, true, true
	inIdat := grid(2, 1, 64, 64, 128, 64)
	inIdat.ilocV = 1
	inIdat.items[0].method = 1
	pieces := single(64, 64)
	n := len(pieces.items[0].data)
	pieces.items[0].extents = [][3]int{{1, 0, 5}, {1, 5, 3}, {1, 8, n - 8}}
	made2 := single(64, 64)
	made2.ilocV = 1
	made2.items = append(made2.items, madeItem{id: 2, kind: "free", data: bytesOf("junk", av1Data(64, 64, 9))})
	made2.items[0].method = 2
	made2.items[0].extents = [][3]int{{1, 4, len(av1Data(64, 64, 9))}}
	made2.refs = []madeRef{{"iloc", 1, []int{2}}}
	same := &maker{primary: 1, items: []madeItem{
		{id: 1, kind: "iden", props: []madeProp{ispe(64, 80), imir(1)}}, av1Item(2, 80, 64, irot(1)),
	}, refs: []madeRef{{"dimg", 1, []int{2}}}}
	toEnd := single(64, 64)
	toEnd.items[0].extents = [][3]int{{1, 0, 0}}
	aux := single(64, 64)
	aux.items = append(aux.items,
		madeItem{id: 2, kind: "none", props: []madeProp{auxC("urn:mpeg:mpegB:cicp:systems:auxiliary:depth"), {"wild", nil, true}}},
		madeItem{id: 3, kind: "hvc1", props: []madeProp{ispe(8, 8)}})
	aux.refs = []madeRef{{"auxl", 2, []int{1}}, {"thmb", 3, []int{1}}}
	largest := grid(32, 32, 64, 64, 2048, 2048)
	largest.wide = true
	trailer := single(64, 64)
	trailer.tail = []byte("\x00\x00\x00\x01\x02\x03\x04\x05SEFT and so on")

	for name, c := range map[string]struct {
		m    *maker
		want short
	}{
		"plain":            {single(100, 50), short{100, 50, 1}},
		"cut out":          {single(100, 50, clap(90, 40, -5, 1, 5, 1)), short{90, 40, 1}},
		"wide, mdat first": {deep, short{170, 100, 6}},
		"grid in idat":     {inIdat, short{128, 64, 1}},
		"in pieces":        {pieces, short{64, 64, 1}},
		"up to the end":    {toEnd, short{64, 64, 1}},
		"made of an item":  {made2, short{64, 64, 1}},
		"iden":             {same, short{80, 64, turned(8, 2)}},
		"depth, thumbnail": {aux, short{64, 64, 1}},
		"bytes behind":     {trailer, short{64, 64, 1}},
		"largest grid":     {largest, short{2048, 2048, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Read(c.m.bytes())
			if err != nil {
				t.Fatal(err)
			}
			if f.short() != c.want || f.Codec != "av1" || f.Depth != 8 {
				t.Errorf("got %+v %s %d bits, want %+v", f.short(), f.Codec, f.Depth, c.want)
			}
			if f.Weight() <= int64(f.Width*f.Height) {
				t.Errorf("weight %d", f.Weight())
			}
		})
	}
}

// TestClapRect holds the offsets of clap against its definition.
func TestClapRect(t *testing.T) {
	for _, c := range []struct{ size, n, on, od, at, length int }{
		{100, 100, 0, 1, 0, 100}, {100, 90, 0, 1, 5, 90}, {100, 90, -5, 1, 0, 90}, {100, 90, 5, 1, 10, 90},
		{162, 161, -1, 2, 0, 161}, {162, 161, 1, 2, 1, 161}, {100, 101, 0, 1, 0, 0}, {100, 90, 6, 1, 0, 0},
		{100, 90, -6, 1, 0, 0}, {100, 90, 0, 0, 0, 0}, {100, 0, 0, 1, 0, 0}, {100, 10, 1 << 30, 1, 0, 0},
	} {
		at, length := aperture(c.size, int64(c.n), 1, int64(c.on), int64(c.od))
		if at != c.at || length != c.length {
			t.Errorf("%+v: got %d, %d", c, at, length)
		}
	}
}

// TestTurns turns a picture of six pixels, by the words of the specification,
// and by what Read says of it.
func TestTurns(t *testing.T) {
	type grid [][]int
	start := grid{{1, 2, 3}, {4, 5, 6}}
	at := func(w, h int, f func(x, y int) int) grid {
		g := make(grid, h)
		for y := range g {
			for x := range w {
				g[y] = append(g[y], f(x, y))
			}
		}
		return g
	}
	anticlockwise := func(g grid) grid {
		return at(len(g), len(g[0]), func(x, y int) int { return g[x][len(g[0])-1-y] })
	}
	leftRight := func(g grid) grid {
		return at(len(g[0]), len(g), func(x, y int) int { return g[y][len(g[0])-1-x] })
	}
	topBottom := func(g grid) grid {
		return at(len(g[0]), len(g), func(x, y int) int { return g[len(g)-1-y][x] })
	}
	transposed := func(g grid) grid { return at(len(g), len(g[0]), func(x, y int) int { return g[x][y] }) }
	// What the words of EXIF (CIPA DC-008, 4.6.5.1.3: where row 0 and column 0
	// are to be) come to.
	exif := [9]func(grid) grid{
		1: func(g grid) grid { return g }, 2: leftRight, 3: func(g grid) grid { return leftRight(topBottom(g)) }, 4: topBottom,
		5: transposed, 6: func(g grid) grid { return leftRight(transposed(g)) },
		7: func(g grid) grid { return leftRight(topBottom(transposed(g))) }, 8: func(g grid) grid { return topBottom(transposed(g)) },
	}
	steps := map[madePropKey]func(grid) grid{
		{"irot", 0}: func(g grid) grid { return g }, {"irot", 1}: anticlockwise,
		{"irot", 2}: func(g grid) grid { return anticlockwise(anticlockwise(g)) },
		{"irot", 3}: func(g grid) grid { return anticlockwise(anticlockwise(anticlockwise(g))) },
		{"imir", 0}: topBottom, {"imir", 1}: leftRight,
	}
	for a, first := range steps {
		for b, second := range steps {
			f, err := Read(single(64, 70, a.prop(), b.prop()).bytes())
			if err != nil {
				t.Fatal(err)
			}
			got, want := exif[f.Orientation](start), second(first(start))
			if !equalGrids(got, want) {
				t.Errorf("%v then %v: orientation %d gives %v, want %v", a, b, f.Orientation, got, want)
			}
		}
	}
}

type madePropKey struct {
	kind string
	n    int
}

func (k madePropKey) prop() madeProp { return madeProp{k.kind, []byte{byte(k.n)}, true} }

func equalGrids(a, b [][]int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if string(bytesOf(toAny(a[i])...)) != string(bytesOf(toAny(b[i])...)) {
			return false
		}
	}
	return true
}

func toAny(list []int) (out []any) {
	for _, v := range list {
		out = append(out, v)
	}
	return out
}

func TestMetadata(t *testing.T) {
	m := single(64, 64,
		madeProp{"colr", bytesOf("prof", "a profile"), false},
		madeProp{"colr", bytesOf("nclx", be16(12, 13, 5), 0x80), false})
	m.items = append(m.items,
		madeItem{id: 2, kind: "Exif", data: bytesOf(be32(6), "Exif\x00\x00", "MM\x00*rest")},
		madeItem{id: 3, kind: "mime", mime: "application/rdf+xml\x00", data: []byte("<x/>")},
		madeItem{id: 4, kind: "Exif", data: bytesOf(be32(0), "of another picture")},
		av1Item(5, 64, 64, auxC(alphas[0])))
	m.refs = []madeRef{{"cdsc", 2, []int{1}}, {"cdsc", 3, []int{1}}, {"cdsc", 4, []int{5}}, {"auxl", 5, []int{1}}}
	m.extra = bytesOf(made("uuid", c2pa, "manifest"), made("moov", "film"))
	m.brands = "avis\x00\x00\x00\x00avifmif1"
	f, err := Read(m.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if string(f.ICC) != "a profile" || string(f.Exif) != "MM\x00*rest" || string(f.XMP) != "<x/>" {
		t.Errorf("profile %q, EXIF %q, XMP %q", f.ICC, f.Exif, f.XMP)
	}
	if f.Primaries != 12 || f.Transfer != 13 || f.Matrix != 5 || !f.FullRange {
		t.Errorf("codes %d %d %d %v", f.Primaries, f.Transfer, f.Matrix, f.FullRange)
	}
	if !f.Alpha || !f.Animated || !f.Signed {
		t.Errorf("alpha %v, animated %v, signed %v", f.Alpha, f.Animated, f.Signed)
	}
	f, err = Read(single(64, 64).bytes())
	if err != nil {
		t.Fatal(err)
	}
	if f.Alpha || f.Animated || f.Signed || f.ICC != nil || f.Exif != nil || f.XMP != nil || f.Primaries != 2 {
		t.Errorf("a bare picture has %+v", f)
	}
}

// TestCut cuts files at every byte.
func TestCut(t *testing.T) {
	m := grid(2, 2, 64, 64, 128, 100)
	m.items = append(m.items, madeItem{id: 9, kind: "Exif", data: bytesOf(be32(0), "MM\x00*rest")})
	m.refs = append(m.refs, madeRef{"cdsc", 9, []int{1}})
	for _, first := range []bool{false, true} {
		m.first = first
		data := m.bytes()
		for n := 1; n < len(data); n++ {
			_, err := Read(data[:n])
			if !errors.Is(err, ErrCut) {
				t.Fatalf("mdat first %v, %d of %d bytes: %v", first, n, len(data), err)
			}
		}
	}
	if _, err := Read(nil); err == nil {
		t.Error("nothing is a picture")
	}
}

func TestHostile(t *testing.T) {
	change := func(m *maker, kind string, f func([]byte) []byte) *maker {
		m.break_ = map[string]func([]byte) []byte{kind: f}
		return m
	}
	fill := func(at int, v ...byte) func([]byte) []byte {
		return func(b []byte) []byte {
			b = bytes.Clone(b)
			copy(b[at:], v)
			return b
		}
	}
	refs := func(m *maker, r ...madeRef) *maker {
		m.refs = r
		return m
	}
	items := func(m *maker, list ...madeItem) *maker {
		m.items = append(m.items, list...)
		return m
	}
	data := func(m *maker, b []byte) *maker {
		m.items[0].data = b
		return m
	}
	loop := single(64, 64)
	loop.ilocV = 1
	loop.items[0].method = 2
	loop.items[0].extents = [][3]int{{1, 0, 4}}
	loop.refs = []madeRef{{"iloc", 1, []int{1}}}
	over := single(64, 64)
	over.items[0].data = av1Data(64, 64, 100)
	for range 1000 {
		over.items[0].extents = append(over.items[0].extents, [3]int{1, 0, 100})
	}
	shared := grid(32, 32, 64, 64, 2048, 2048)
	shared.wide = true
	big := av1Data(64, 64, 100)
	big = append(big, bytesOf(0x7a, 0x80, 0x80, 0x40, make([]byte, 1<<20))...) // a unit of padding
	for i := range shared.items[1:] {
		shared.items[1+i].data = nil
		shared.items[1+i].extents = [][3]int{{1, 0, len(big)}}
	}
	shared.items = append(shared.items[:len(shared.items):len(shared.items)], madeItem{id: 9999, kind: "free", data: big})
	protected := single(64, 64)
	protected.items[0].protect = true
	frames := av1Data(64, 64, 0)
	for range 9 {
		frames = append(frames, 0x32, 1, 0)
	}
	lie := single(64, 64)
	lie.items[0].data = av1Data(60000, 60000, 0)

	for name, c := range map[string]struct {
		data []byte
		want string
		rare bool
	}{
		"no file":              {[]byte("hello, world, this is no picture"), "", false},
		"other brand":          {(&maker{brands: "isom\x00\x00\x00\x00mp42"}).bytes(), "is not a HEIF file", false},
		"box of 3 bytes":       {append(single(64, 64).bytes(), bytesOf(be32(3), "free")...), "3 bytes long", false},
		"film":                 {bytesOf(made("ftyp", "avis\x00\x00\x00\x00avif"), made("moov", "x")), "without a still", true},
		"two metas":            {append(single(64, 64).bytes(), single(64, 64).meta(0, nil)...), "two meta", false},
		"no primary":           {(&maker{primary: 7, items: []madeItem{av1Item(1, 64, 64)}}).bytes(), "not there", false},
		"not a picture":        {change(single(64, 64), "hdlr", fill(8, []byte("vide")...)).bytes(), `"vide"`, false},
		"2³¹ items":            {change(single(64, 64), "iinf", fill(4, 0xff, 0xff)).bytes(), "items", false},
		"2³² rows of ipma":     {change(single(64, 64), "iprp", func(b []byte) []byte { copy(b[len(b)-9:], []byte{0xff, 0xff, 0xff, 0xff}); return b }).bytes(), "ipma", false},
		"65535 rows of iloc":   {change(single(64, 64), "iloc", fill(6, 0xff, 0xff)).bytes(), "iloc", false},
		"odd widths in iloc":   {change(single(64, 64), "iloc", fill(4, 0x53)).bytes(), "odd size", false},
		"iloc of version 9":    {change(single(64, 64), "iloc", fill(0, 9)).bytes(), "version 9", true},
		"lies elsewhere":       {change(single(64, 64), "iloc", fill(10, 0, 1)).bytes(), "another file", true},
		"child beyond parent":  {change(single(64, 64), "iprp", fill(0, 0x7f)).bytes(), "longer than", false},
		"no iprp":              {change(single(64, 64), "iprp", func([]byte) []byte { return nil }).bytes(), "no box iprp", false},
		"property 127":         {change(single(64, 64), "iprp", func(b []byte) []byte { b[len(b)-1] = 127; return b }).bytes(), "property that is not there", false},
		"needs the unknown":    {single(64, 64, madeProp{"wild", nil, true}).bytes(), `"wild"`, true},
		"no size":              {(&maker{primary: 1, items: []madeItem{{id: 1, kind: "av01", data: av1Data(64, 64, 0), props: []madeProp{av1C()}}}}).bytes(), "how large", false},
		"2³¹ pixels wide":      {single(64, 64, ispe(1<<31, 4)).bytes(), "2147483648 × 4", false},
		"0 pixels":             {single(64, 64, ispe(0, 4)).bytes(), "0 × 4", false},
		"bitstream is larger":  {lie.bytes(), "holds 60000 × 60000", false},
		"50 megapixels":        {single(10000, 5000).bytes(), "50 megapixels in one piece", true},
		"10 frames":            {data(single(64, 64), frames).bytes(), "more than 8 frames", true},
		"no frame":             {data(single(64, 64), []byte{0x12, 0}).bytes(), "without a picture", false},
		"broken AV1":           {data(single(64, 64), []byte{0x12, 0, 0x0a, 0xff, 0xff, 0xff, 0xff}).bytes(), "broken off", false},
		"av1C of 1 byte":       {(&maker{primary: 1, items: []madeItem{{id: 1, kind: "av01", data: av1Data(64, 64, 0), props: []madeProp{ispe(64, 64), {"av1C", []byte{0x81}, true}}}}}).bytes(), "av1C", false},
		"encrypted":            {protected.bytes(), "encrypted", true},
		"made of itself":       {loop.bytes(), "made of items", false},
		"pieces over another":  {over.bytes(), "over one another", false},
		"iden of itself":       {refs(&maker{primary: 1, items: []madeItem{{id: 1, kind: "iden", props: []madeProp{ispe(4, 4)}}}}, madeRef{"dimg", 1, []int{1}}).bytes(), "not there", false},
		"grid of itself":       {refs(&maker{primary: 1, items: []madeItem{gridItem(1, 1, 1, 64, 64)}}, madeRef{"dimg", 1, []int{1}}).bytes(), `kind "grid"`, true},
		"overlay":              {(&maker{primary: 1, items: []madeItem{{id: 1, kind: "iovl", props: []madeProp{ispe(4, 4)}}}}).bytes(), "laid together", true},
		"unknown kind":         {(&maker{primary: 1, items: []madeItem{{id: 1, kind: "un\x00i", props: []madeProp{ispe(4, 4)}}}}).bytes(), `"un\x00i"`, true},
		"65536 tiles":          {(&maker{primary: 1, items: []madeItem{gridItem(1, 256, 256, 64, 64)}}).bytes(), "65536 tiles", true},
		"a tile is missing":    {refs(grid(2, 1, 64, 64, 128, 64), madeRef{"dimg", 1, []int{2}}).bytes(), "1 tiles where 2", false},
		"a tile is not there":  {refs(grid(2, 1, 64, 64, 128, 64), madeRef{"dimg", 1, []int{2, 77}}).bytes(), "lacks a tile", false},
		"tiles of two sizes":   {refs(items(grid(2, 1, 64, 64, 128, 64), av1Item(50, 64, 66)), madeRef{"dimg", 1, []int{2, 50}}).bytes(), "several kinds or sizes", false},
		"tiny tiles":           {grid(2, 2, 2, 2, 4, 4).bytes(), "2 × 2", true},
		"odd tiles":            {grid(2, 2, 65, 64, 130, 128).bytes(), "65 × 64", true},
		"tiles do not suffice": {grid(2, 2, 64, 64, 129, 128).bytes(), "129 × 128", false},
		"tiles unseen":         {grid(2, 2, 64, 64, 64, 128).bytes(), "64 × 128", false},
		"turned tiles":         {refs(items(grid(1, 1, 64, 64, 64, 64), av1Item(50, 64, 64, irot(1))), madeRef{"dimg", 1, []int{50}}).bytes(), "turned or cut", true},
		"shared tiles":         {shared.bytes(), "over one another", false},
		"turned, then cut":     {single(64, 64, irot(1), clap(32, 32, 0, 1, 0, 1)).bytes(), "turned first", true},
		"cut to nothing":       {single(64, 64, clap(0, 32, 0, 1, 0, 1)).bytes(), "to nothing", false},
		"cut outside":          {single(64, 64, clap(32, 32, 60, 1, 0, 1)).bytes(), "to nothing", false},
		"alpha of other size":  {refs(items(single(64, 64), av1Item(2, 32, 32, auxC(alphas[0]))), madeRef{"auxl", 2, []int{1}}).bytes(), "divided otherwise", true},
		"item twice":           {items(single(64, 64), av1Item(1, 64, 64)).bytes(), "two items 1", false},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "shared tiles" {
				c.data = shareTiles(c.data, big)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Read(c.data)
			runtime.ReadMemStats(&after)
			if took := after.TotalAlloc - before.TotalAlloc; took > 4<<20+4*uint64(len(c.data)) {
				t.Errorf("%d bytes of file took %d of memory", len(c.data), took)
			}
			if err == nil || !strings.Contains(err.Error(), c.want) || errors.Is(err, ErrRare) != c.rare || errors.Is(err, ErrCut) && c.want != "" {
				t.Errorf("got %v, want %q, rare %v", err, c.want, c.rare)
			}
		})
	}
}

// shareTiles lets every item that has the length of data point to it.
func shareTiles(file, data []byte) []byte {
	at := bytes.Index(file, data)
	out := bytes.Clone(file)
	length := be32(len(data))
	for i := bytes.Index(out, []byte("iloc")); i >= 0 && i < at; i++ {
		if bytes.Equal(out[i:i+4], length) {
			copy(out[i-10:], be32(at)) // base, of iloc version 0: base, count, offset, length
		}
	}
	return out
}

func FuzzRead(f *testing.F) {
	f.Add(single(64, 64, irot(1), clap(32, 32, 0, 1, 0, 1)).bytes())
	g := grid(2, 2, 64, 64, 100, 100)
	f.Add(g.bytes())
	g.wide, g.ilocV, g.first = true, 2, true
	f.Add(g.bytes())
	for _, name := range samples(f) {
		f.Add(sample(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Read(data)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		if p.Width < 1 || p.Height < 1 || p.Orientation < 1 || p.Orientation > 8 || p.Weight() < int64(p.Width)*int64(p.Height) {
			t.Errorf("%d × %d, orientation %d, weight %d", p.Width, p.Height, p.Orientation, p.Weight())
		}
		if q, n := p.Reduced(4); q.Width != (p.Width+n-1)/n || q.Height != (p.Height+n-1)/n {
			t.Errorf("%d × %d becomes %d × %d by %d", p.Width, p.Height, q.Width, q.Height, n)
		}
		if p.Codec == "av1" {
			rewrap(t, p)
		}
	})
}

// rewrap holds that the files that tiles are handed over in are read as what
// they were.
func rewrap(t *testing.T, p *File) {
	c := p.still
	w := wrapped{colour: c.tiles[0], w: c.tw, h: c.th, code: code{1, 13, 6, true}, premul: p.premul}
	if p.alpha != nil {
		w.alpha = &p.alpha.tiles[0]
	}
	q, err := Read(wrap(w))
	if err != nil {
		t.Fatal(err)
	}
	if q.Width != c.tw || q.Height != c.th || q.Depth != p.Depth || q.Alpha != (p.alpha != nil) || q.premul != (p.premul && p.alpha != nil) || q.Matrix != 6 || !bytes.Equal(q.still.tiles[0].data, c.tiles[0].data) {
		t.Errorf("wrapped %d × %d alpha %v, became %d × %d alpha %v", c.tw, c.th, p.alpha != nil, q.Width, q.Height, q.Alpha)
	}
}
