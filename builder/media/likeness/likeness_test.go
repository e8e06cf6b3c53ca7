package likeness

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// drawn is a picture with waves and shapes, by integers alone.
func drawn(w, h, seed int) plane {
	p := plane{make([]byte, w*h), w, h}
	for y := range h {
		for x := range w {
			u, v := x*640/w, y*640/h
			c := (u*(seed%7+1)/4 + v*(seed%5+1)/3) % 256
			if (u-100-40*(seed%9))*(u-100-40*(seed%9))+(v-300)*(v-300) < 9000+3000*(seed%4) {
				c = 255 - c/2
			}
			if u/(50+seed%31)%3 == 1 && v/(70+seed%23)%4 == 2 {
				c = 20
			}
			p.pix[y*w+x] = byte(c)
		}
	}
	return p
}

func TestGolden(t *testing.T) {
	for _, c := range []struct {
		p    plane
		want string
	}{
		{drawn(128, 96, 1), "474823b7ec3f86f821f27bcb811ca5bcb679b4046b147091"},
		{drawn(96, 128, 2), "dd58579d08f1feb9780ef9f1eb50e374035988407e06776f"},
		{drawn(64, 64, 3), "d1557581007f97cd41c47b159d3cbd5ffde3f45c11f44180"},
		{drawn(40, 17, 4), "c47cf0601f1ffa0f600fd04c7a85f7af00bd10ce7f7a57b0"},
		{drawn(5, 3, 5), "3e82abee9b2c3c22d705a2dd5ddbe18754111fae1d2d159e"},
		{drawn(1601, 1067, 6), "92d58009efd90382871c389c383dff87bdc1450a00d1f198"},
	} {
		if got := c.p.hash().String(); got != c.want {
			t.Errorf("%d × %d: %q", c.p.w, c.p.h, got)
		}
	}
}

// TestReference holds the integers against the transform by definition.
func TestReference(t *testing.T) {
	for k, v := range cosines {
		if want := math.Cos(float64(k) * math.Pi / 64); math.Abs(float64(v)/unit-want) > 0.51/unit {
			t.Errorf("the cosine %d is %d, want %f", k, v, want*unit)
		}
	}
	for i, v := range fading {
		if want := whole * (0.1 + 0.9*math.Sin(math.Pi*(float64(i)+0.5)/cells)); math.Abs(float64(v)-want) > 0.51 {
			t.Errorf("the fading %d is %d, want %f", i, v, want)
		}
	}
	for k := range 300 {
		if want := math.Cos(float64(k) * math.Pi / 64); math.Abs(float64(cosine(k))/unit-want) > 0.51/unit {
			t.Errorf("cosine(%d) = %d, want %f", k, cosine(k), want*unit)
		}
	}
	for _, size := range [][2]int{{128, 96}, {97, 128}, {31, 33}, {7, 64}, {1, 1}, {300, 2}} {
		p := drawn(size[0], size[1], 11)
		g := scale(p.pix, p.w, p.w, p.h)
		for j := range cells {
			for i := range cells {
				if want := level * mean(p, i, j); math.Abs(float64(g[j][i])-want) > 0.501 {
					t.Fatalf("%v: cell %d,%d is %d, want %f", size, i, j, g[j][i], want)
				}
			}
		}
		g.fade()
		f := g.transform()
		for v := range lowest + 1 {
			for u := range lowest + 1 - v {
				want := 0.0
				for j := range cells {
					for i := range cells {
						want += float64(g[j][i]) * math.Cos(float64((2*i+1)*u)*math.Pi/64) * math.Cos(float64((2*j+1)*v)*math.Pi/64)
					}
				}
				if math.Abs(float64(f[v][u])-want) > float64(quiet)/20 {
					t.Fatalf("%v: frequency %d,%d is %d, want %f", size, u, v, f[v][u], want)
				}
			}
		}
	}
}

// mean returns the mean luma of a cell.
func mean(p plane, i, j int) float64 {
	x0, x1 := float64(i*p.w)/cells, float64((i+1)*p.w)/cells
	y0, y1 := float64(j*p.h)/cells, float64((j+1)*p.h)/cells
	sum := 0.0
	for y := int(y0); y < p.h && float64(y) < y1; y++ {
		for x := int(x0); x < p.w && float64(x) < x1; x++ {
			sum += float64(p.pix[y*p.w+x]) * (min(x1, float64(x+1)) - max(x0, float64(x))) * (min(y1, float64(y+1)) - max(y0, float64(y)))
		}
	}
	return sum / (x1 - x0) / (y1 - y0)
}

// TestNone: pictures in which there is nothing to see are near to nothing, not
// even to each other.
func TestNone(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		name string
		at   func(x, y int) float64
	}{
		{"black", func(x, y int) float64 { return 0 }},
		{"white", func(x, y int) float64 { return 255 }},
		{"a wall with grain", func(x, y int) float64 { return 180 + 3*r.NormFloat64() }},
		{"a dark night with grain", func(x, y int) float64 { return 6 + 5*r.NormFloat64() }},
		{"a clear sky", func(x, y int) float64 { return 120 + float64(y)/2 + r.NormFloat64() }},
		{"a vignette", func(x, y int) float64 {
			return 60 - float64((x-64)*(x-64)+(y-48)*(y-48))/150 + r.NormFloat64()
		}},
	} {
		p := plane{make([]byte, 128*96), 128, 96}
		for i := range p.pix {
			p.pix[i] = byte(min(max(c.at(i%128, i/128), 0), 255))
		}
		if h := p.hash(); h != None || Near(h, h) {
			t.Errorf("%s: %v", c.name, h)
		}
	}
	for _, size := range [][2]int{{0, 0}, {0, 9}, {9, 0}, {-1, 9}} {
		if h := Of(nil, 0, size[0], size[1]); h != None {
			t.Errorf("%v: %v", size, h)
		}
	}
	if h := drawn(128, 96, 1).hash(); !Near(h, h) || h.Distance(h) != 0 {
		t.Error("a picture is not near to itself")
	}
}

// TestShape: what is stretched is not the same picture.
func TestShape(t *testing.T) {
	square := drawn(128, 128, 8)
	for _, c := range []struct {
		w, h int
		near bool
	}{{64, 64, true}, {128, 125, true}, {100, 96, true}, {128, 112, false}, {112, 128, false}, {128, 64, false}} {
		if got := Near(square.hash(), drawn(c.w, c.h, 8).hash()); got != c.near {
			t.Errorf("%d × %d: near %v", c.w, c.h, got)
		}
	}
	last := uint64(0)
	for _, size := range [][2]int{{1, 1 << 20}, {1, 9}, {1, 2}, {2, 3}, {3, 4}, {1, 1}, {4, 3}, {3, 2}, {2, 1}, {9, 1}, {1 << 20, 1}} {
		got, turned := shapeOf(size[0], size[1]), shapeOf(size[1], size[0])
		if got < 8 || got > 248 || got <= last || got+turned != 256 {
			t.Errorf("%v: %d after %d, %d when turned", size, got, last, turned)
		}
		last = got
	}
}

func TestParse(t *testing.T) {
	for _, h := range []Hash{None, drawn(128, 96, 1).hash(), {1, 2, 3}, {1 << 63, math.MaxUint64, 0xff}} {
		if got, err := Parse(h.String()); err != nil || got != h || len(h.String()) != 48 {
			t.Errorf("%v: %v, %v", h, got, err)
		}
	}
	for _, s := range []string{"", "00", strings.Repeat("0", 47), strings.Repeat("0", 50), strings.Repeat("g", 48), strings.Repeat("A", 48)} {
		if _, err := Parse(s); err == nil {
			t.Errorf("%q is taken", s)
		}
	}
}

func TestDistance(t *testing.T) {
	a := Hash{0, 0, 128}
	for n := range signs + 1 {
		var words [3]uint64
		for i := range n {
			words[i/64] |= 1 << (63 - i%64)
		}
		b := Hash{words[0], words[1], words[2] | 128}
		if a.Distance(b) != n || b.Distance(a) != n || Near(a, b) != (n <= limit) {
			t.Errorf("%d signs: distance %d, near %v", n, a.Distance(b), Near(a, b))
		}
	}
	if a.Distance(Hash{0, 0, 255}) != 0 {
		t.Error("the shape counts as signs")
	}
}

// scattered returns hashes of which some are near to one another, and some are
// None.
func scattered(n int) []Hash {
	r := rand.New(rand.NewPCG(3, 4))
	hashes := make([]Hash, n)
	for i := range hashes {
		h := Hash{r.Uint64(), r.Uint64(), r.Uint64()&^0xff | uint64(120+r.IntN(20))}
		if i > 0 && r.IntN(20) == 0 {
			h = hashes[r.IntN(i)]
			for range r.IntN(40) {
				h.a, h.b = h.a^1<<r.IntN(64), h.b^1<<r.IntN(128)
			}
		}
		if r.IntN(50) == 0 {
			h = None
		}
		hashes[i] = h
	}
	return hashes
}

func TestPairs(t *testing.T) {
	hashes := scattered(600)
	var want [][2]int
	for i, a := range hashes {
		for j, b := range hashes {
			if i < j && Near(a, b) {
				want = append(want, [2]int{i, j})
			}
		}
	}
	if got := Pairs(hashes); !reflect.DeepEqual(got, want) || len(want) < 10 {
		t.Errorf("%d pairs, want %d", len(got), len(want))
	}
	for _, few := range [][]Hash{nil, {None}, {None, None}, hashes[:1]} {
		if got := Pairs(few); got != nil {
			t.Errorf("%v: %v", few, got)
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add([]byte{0, 255, 0, 255, 3, 9}, 3, 1)
	f.Add(drawn(40, 30, 5).pix, 40, 0)
	f.Add([]byte{1}, 1, 0)
	f.Fuzz(func(t *testing.T, pix []byte, w, gap int) {
		if w < 1 || w > len(pix) || gap < 0 || gap > len(pix) {
			return
		}
		stride := w + gap
		h := (len(pix)-w)/stride + 1
		a := Of(pix, stride, w, h)
		b, err := Parse(a.String())
		if err != nil || a != b || Near(a, b) != (a != None) {
			t.Errorf("%v, %v: %v", a, b, err)
		}
		// a gap between rows is not looked at
		tight := make([]byte, 0, w*h)
		for y := range h {
			tight = append(tight, pix[y*stride:][:w]...)
		}
		if c := Of(tight, w, w, h); c != a {
			t.Errorf("%v with a gap, %v without", a, c)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(strings.Repeat("0f", 24))
	f.Add("")
	f.Fuzz(func(t *testing.T, s string) {
		if h, err := Parse(s); err == nil && h.String() != s {
			t.Errorf("%q becomes %q", s, h)
		}
	})
}

func BenchmarkOf(b *testing.B) {
	p := drawn(128, 96, 1)
	for b.Loop() {
		p.hash()
	}
}

func BenchmarkPairs(b *testing.B) {
	hashes := scattered(10000)
	for b.Loop() {
		Pairs(hashes)
	}
}
