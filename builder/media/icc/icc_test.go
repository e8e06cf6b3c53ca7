package icc

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func parse(t testing.TB, b []byte) *Profile {
	t.Helper()
	p, err := Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestKinds(t *testing.T) {
	srgbTable := srgbTable(1024)
	a2b := entry{"A2B0", []byte("mft2\x00\x00\x00\x00")}
	cicp := func(transfer byte) entry {
		return entry{"cicp", []byte{'c', 'i', 'c', 'p', 0, 0, 0, 0, 9, transfer, 0, 1}}
	}
	withCodes := func(transfer byte) []byte {
		return profile(4, "mntr", "RGB ", "XYZ ", entry{"desc", desc("x")}, cicp(transfer),
			entry{"rXYZ", xyz(p3[0], p3[3], p3[6])}, entry{"gXYZ", xyz(p3[1], p3[4], p3[7])}, entry{"bXYZ", xyz(p3[2], p3[5], p3[8])},
			entry{"rTRC", srgbPara()}, entry{"gTRC", srgbPara()}, entry{"bTRC", srgbPara()})
	}
	for _, c := range []struct {
		what              string
		data              []byte
		name, space       string
		convertible, srgb bool
	}{
		{"P3", examples()[0].data, "Display P3", "RGB", true, false},
		{"Adobe", examples()[1].data, "Adobe RGB (1998)", "RGB", true, false},
		{"sRGB of version 2", rgb(2, desc("sRGB IEC61966-2.1"), srgb, srgbTable), "sRGB IEC61966-2.1", "RGB", true, true},
		{"sRGB of version 4", rgb(4, mluc("en", "sRGB"), srgb, srgbPara()), "sRGB", "RGB", true, true},
		{"sRGB with a gamma of 2.2, which is not sRGB", rgb(4, desc("simple"), srgb, curv(563)), "simple", "RGB", true, false},
		{"gray of 2.2", profile(2, "mntr", "GRAY", "XYZ ", entry{"desc", desc("Gray Gamma 2.2")}, entry{"kTRC", curv(563)}), "Gray Gamma 2.2", "GRAY", true, false},
		{"gray of sRGB", profile(2, "mntr", "GRAY", "XYZ ", entry{"kTRC", srgbPara()}), "", "GRAY", true, true},
		{"gray by lightness", profile(2, "mntr", "GRAY", "Lab ", entry{"kTRC", curv()}), "", "GRAY", true, false},
		{"gray by table", profile(2, "prtr", "GRAY", "Lab ", a2b), "", "GRAY", false, false},
		{"CMYK", profile(2, "prtr", "CMYK", "Lab ", entry{"desc", desc("Coated FOGRA39")}, a2b), "Coated FOGRA39", "CMYK", false, false},
		{"Lab", profile(4, "spac", "Lab ", "XYZ "), "", "Lab", false, false},
		{"RGB by table", profile(4, "mntr", "RGB ", "Lab ", entry{"desc", mluc("fr", "Écran", "ja", "画面")}, a2b), "Écran", "RGB", false, false},
		{"RGB by table to XYZ", profile(4, "mntr", "RGB ", "XYZ ", a2b), "", "RGB", false, false},
		{"beyond all measure", rgb(4, desc("x"), [9]float64{20000, -20000, .9642, 0, 0, 1, 0, 0, .8249}, srgbPara()), "x", "RGB", false, false},
		{"a link", profile(4, "link", "RGB ", "CMYK"), "", "RGB", false, false},
		{"version 5", profile(5, "mntr", "RGB ", "XYZ "), "", "RGB", false, false},
		{"PQ", withCodes(16), "x", "RGB", false, false},
		{"HLG", withCodes(18), "x", "RGB", false, false},
		{"codes of sRGB's curve", withCodes(13), "x", "RGB", true, false},
	} {
		p := parse(t, c.data)
		got := fmt.Sprint(p.Name(), "|", p.Space(), p.Convertible(), p.SRGB(), p.Key() != "")
		if want := fmt.Sprint(c.name, "|", c.space, c.convertible, c.srgb, c.convertible && !c.srgb); got != want {
			t.Errorf("%s: %s, want %s", c.what, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		data []byte
		want string
	}{
		{mluc("ru", "Экран", "en", "Screen", "en", "Other"), "Screen"},
		{mluc("ru", " Экран\tодин \n", "fr", "Écran"), "Экран один"},
		{mluc("en", "", "ru", "Экран"), "Экран"},
		{mluc("en", "a\x01\u200b\u202eb\u0000c"), "ab"},
		{mluc(), ""},
		{desc("bad \xff\xfe bytes\x07"), "bad bytes"},
		{desc(strings.Repeat("word ", 40)), strings.TrimSpace(strings.Repeat("word ", 13)[:64])},
		{append([]byte("text\x00\x00\x00\x00"), "plain\x00"...), "plain"},
		{[]byte("desc\x00\x00\x00\x00\xff\xff\xff\xffno end"), "no end"},
		{[]byte("desc\x00\x00\x00\x00"), ""},
		{[]byte("mluc\x00\x00\x00\x00\xff\xff\xff\xff\x00\x00\x00\x0cenUS\xff\xff\xff\xff\xff\xff\xff\xff"), ""},
		{[]byte("what\x00\x00\x00\x00hello"), ""},
	} {
		p := parse(t, profile(4, "mntr", "CMYK", "Lab ", entry{"desc", c.data}))
		if p.Name() != c.want {
			t.Errorf("%q: %q, want %q", c.data, p.Name(), c.want)
		}
	}
}

func TestDamage(t *testing.T) {
	good := examples()[0].data
	change := func(at int, b ...byte) []byte {
		c := bytes.Clone(good)
		copy(c[at:], b)
		return c
	}
	curves := func(trc []byte) []byte { return rgb(4, desc("x"), p3, trc) }
	for _, c := range []struct {
		data []byte
		want string
	}{
		{nil, "is too short for a colour profile"},
		{make([]byte, 200), "is not a colour profile"},
		{good[:300], fmt.Sprintf("has 300 bytes where its header says %d", len(good))},
		{change(headerSize, 0xff), "has no room for its 4278190087 tags"},
		{change(headerSize+4+tagSize, []byte("what")...), "has no rXYZ"},
		{change(headerSize+4+tagSize+4, 0xff, 0xff, 0xff, 0xff), "has its rXYZ outside of the file"},
		{curves(curv(0)), "has a bad rTRC: its exponent is zero"},
		{curves(para(0, -1)), "has a bad rTRC: its exponent is not positive"},
		{curves(para(5, 1)), "has a bad rTRC: its formula has the unknown type 5"},
		{curves(para(4, 1)), "has a bad rTRC: it ends early"},
		{curves([]byte("curv\x00\x00\x00\x00\x00\x00\x00\x05\x00\x01")), "has a bad rTRC: it ends early"},
		{curves([]byte("curv\x00\x00\x00\x00\xff\x00\x00\x05\x00\x01")), "has a bad rTRC: it has 4278190085 points"},
		{curves([]byte("curv\x00\x00\x00\x00")), "has a bad rTRC: it ends early"},
		{curves([]byte("mAB \x00\x00\x00\x00")), "has a bad rTRC: it is neither a table nor a formula"},
		{rgb(4, desc("x"), [9]float64{}, srgbPara()), "has three colours that make no white"},
		{profile(4, "mntr", "RGB ", "XYZ "), "has no rXYZ"},
		{profile(4, "mntr", "GRAY", "XYZ "), "has no kTRC"},
		{profile(4, "mntr", "GRAY", "XYZ ", entry{"kTRC", curv(0)}), "has a bad kTRC: its exponent is zero"},
		{profile(4, "mntr", "RGB ", "XYZ ", entry{"rXYZ", []byte("XYZ \x00\x00\x00\x00")}), "has a bad rXYZ"},
	} {
		got := ""
		if _, err := Parse(c.data); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	for n := range good {
		if _, err := Parse(good[:n]); err == nil {
			t.Fatalf("%d of %d bytes are taken for a profile", n, len(good))
		}
	}
}

// TestAccuracy holds the conversion against floating point, over colours and
// over blocks that share their chroma.
func TestAccuracy(t *testing.T) {
	for _, s := range examples() {
		p := parse(t, s.data)
		r := rand.New(rand.NewPCG(1, 2))
		var worst, sum [3]float64
		note := func(got, want [3]float64, channels ...int) {
			for _, c := range channels {
				e := math.Abs(got[c] - math.Min(math.Max(want[c], 0), 255))
				worst[c] = math.Max(worst[c], e)
				sum[c] += e
			}
		}
		const n = 20000
		for range n {
			y, cb, cr := byte(r.IntN(256)), byte(r.IntN(256)), byte(r.IntN(256))
			if r.IntN(2) == 0 { // as photos are: within reach of gray
				cb, cr = byte(96+r.IntN(64)), byte(96+r.IntN(64))
			}
			a, b, c := p.ConvertColor(int(y), int(cb), int(cr))
			note([3]float64{float64(a), float64(b), float64(c)}, s.ref.convert(y, cb, cr), 0, 1, 2)

			luma := []byte{y, byte(r.IntN(256)), byte(r.IntN(256)), byte(r.IntN(256))}
			var mean [3]float64
			block := slices.Clone(luma)
			u, v := []byte{cb}, []byte{cr}
			p.Convert(block, 2, u, v, 1, 2, 2)
			for i, l := range luma {
				want := s.ref.convert(l, cb, cr)
				note([3]float64{float64(block[i])}, want, 0)
				for c := range want {
					mean[c] += want[c] / 4
				}
			}
			note([3]float64{0, float64(u[0]), float64(v[0])}, mean, 1, 2)
		}
		count := [3]float64{5 * n, 2 * n, 2 * n}
		for c, name := range []string{"Y'", "Cb", "Cr"} {
			mean := sum[c] / count[c]
			t.Logf("%-18s %s: at most %.2f, mean %.3f", s.name, name, worst[c], mean)
			if worst[c] > 2 || mean > 0.3 {
				t.Errorf("%s: %s is off by up to %.2f levels, %.3f on average", s.name, name, worst[c], mean)
			}
		}
	}
}

// TestGray: gray stays gray, in its order; black and white stay.
func TestGray(t *testing.T) {
	for _, s := range examples()[:5] { // the sixth has a cast of its own
		p := parse(t, s.data)
		last := -1
		for v := range 256 {
			y, cb, cr := p.ConvertColor(v, 128, 128)
			if cb != 128 || cr != 128 || y < last {
				t.Fatalf("%s: gray %d becomes %d %d %d, after %d", s.name, v, y, cb, cr, last)
			}
			if (v == 0 || v == 255) && y != v {
				t.Errorf("%s: %d becomes %d", s.name, v, y)
			}
			if last = y; s.name == "Display P3" && y != v {
				t.Errorf("gray %d becomes %d though the curve is that of sRGB", v, y)
			}
		}
	}
}

func TestGrayProfile(t *testing.T) {
	p := parse(t, profile(2, "mntr", "GRAY", "XYZ ", entry{"kTRC", curv(563)}))
	lab := parse(t, profile(2, "mntr", "GRAY", "Lab ", entry{"kTRC", curv()}))
	for v := range 256 {
		x := float64(v) / 255
		y, cb, cr := p.ConvertColor(v, 7, 9)
		if want := 255 * srgbValue(math.Pow(x, 563.0/256)); math.Abs(float64(y)-want) > 0.501 || cb != 7 || cr != 9 {
			t.Errorf("%d becomes %d %d %d, want %.2f and the chroma as it was", v, y, cb, cr, want)
		}
		light := math.Pow((100*x+16)/116, 3)
		if 100*x <= 8 {
			light = 100 * x * 27 / 24389
		}
		if y, _, _ := lab.ConvertColor(v, 0, 0); math.Abs(float64(y)-255*srgbValue(light)) > 0.501 {
			t.Errorf("lightness %d becomes %d, want %.2f", v, y, 255*srgbValue(light))
		}
	}
	y := []byte{0, 100, 255, 100}
	p.Convert(y, 2, nil, nil, 0, 2, 2)
	if want := []byte{0, y[3], 255, y[3]}; !slices.Equal(y, want) {
		t.Errorf("%v, want %v", y, want)
	}
}

// TestShapes: every size gives what its blocks give alone, and nothing outside
// of it is touched.
func TestShapes(t *testing.T) {
	p := parse(t, examples()[0].data)
	r := rand.New(rand.NewPCG(3, 4))
	for w := range 6 {
		for h := range 6 {
			const stride, cstride = 9, 5
			y, cb, cr := noise(r, stride*8), noise(r, cstride*4), noise(r, cstride*4)
			wy, wcb, wcr := slices.Clone(y), slices.Clone(cb), slices.Clone(cr)
			for by := 0; by < h; by += 2 {
				for bx := 0; bx < w; bx += 2 {
					at := by/2*cstride + bx/2
					p.Convert(wy[by*stride+bx:], stride, wcb[at:], wcr[at:], cstride, min(2, w-bx), min(2, h-by))
				}
			}
			p.Convert(y, stride, cb, cr, cstride, w, h)
			if !slices.Equal(y, wy) || !slices.Equal(cb, wcb) || !slices.Equal(cr, wcr) {
				t.Errorf("%d × %d: the whole differs from its blocks", w, h)
			}
			// the last row may end where the picture ends
			if w > 0 && h > 0 {
				a, b, c := noise(r, (h-1)*stride+w), noise(r, (h-1)/2*cstride+(w+1)/2), noise(r, (h-1)/2*cstride+(w+1)/2)
				p.Convert(a, stride, b, c, cstride, w, h)
			}
		}
	}
	y, cb, cr := noise(r, 81), noise(r, 25), noise(r, 25)
	before := slices.Concat(y, cb, cr)
	p.Convert(y, 9, cb, cr, 5, 3, 3)
	outside := func(i int) bool {
		if i < 81 {
			return i%9 >= 3 || i/9 >= 3
		}
		i = (i - 81) % 25
		return i%5 >= 2 || i/5 >= 2
	}
	for i, v := range slices.Concat(y, cb, cr) {
		if outside(i) && v != before[i] {
			t.Errorf("the byte %d, outside of the picture, changed", i)
		}
	}
}

func noise(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.IntN(256))
	}
	return b
}

// TestNothing: what is sRGB or not understood is left alone.
func TestNothing(t *testing.T) {
	for _, b := range [][]byte{rgb(4, desc("sRGB"), srgb, srgbPara()), profile(4, "prtr", "CMYK", "Lab ")} {
		p := parse(t, b)
		if y, cb, cr := p.ConvertColor(10, 200, 30); y != 10 || cb != 200 || cr != 30 || p.Key() != "" {
			t.Errorf("%s: changed to %d %d %d, key %q", p.Space(), y, cb, cr, p.Key())
		}
	}
}

func TestFromCodes(t *testing.T) {
	for c := range primaries {
		for f := range transfers {
			if p := FromCodes(c, f); p == nil || !p.Convertible() || p.Space() != "RGB" || p.SRGB() != (p.Key() == "") {
				t.Errorf("%d/%d: %+v", c, f, p)
			}
		}
	}
	for _, c := range [][2]int{{1, 13}, {1, 1}, {2, 2}, {1, 2}, {2, 13}, {1, 6}} {
		if p := FromCodes(c[0], c[1]); p == nil || !p.SRGB() || p.Name() != "sRGB" {
			t.Errorf("%v is not sRGB: %+v", c, p)
		}
	}
	for _, c := range [][2]int{{1, 16}, {9, 16}, {12, 18}, {0, 13}, {3, 13}, {10, 8}, {1, 0}, {1, 3}, {1, 17}, {-1, 13}, {300, 13}} {
		if p := FromCodes(c[0], c[1]); p != nil {
			t.Errorf("%v is known as %s", c, p.Name())
		}
	}
	for f := range 20 {
		if HDR(f) != (f == 16 || f == 18) {
			t.Errorf("HDR(%d) = %v", f, HDR(f))
		}
	}
	// the codes for Display P3 and Apple's profile of it mean the same
	a, b := FromCodes(12, 13), parse(t, examples()[0].data)
	if a.Name() != "Display P3" {
		t.Errorf("12/13 is called %q", a.Name())
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range 5000 {
		y, cb, cr := r.IntN(256), r.IntN(256), r.IntN(256)
		y1, cb1, cr1 := a.ConvertColor(y, cb, cr)
		y2, cb2, cr2 := b.ConvertColor(y, cb, cr)
		if max(y1-y2, y2-y1, cb1-cb2, cb2-cb1, cr1-cr2, cr2-cr1) > 1 {
			t.Fatalf("%d %d %d: %d %d %d by codes, %d %d %d by profile", y, cb, cr, y1, cb1, cr1, y2, cb2, cr2)
		}
	}
}

// TestAdapted: a profile that wrote its lights under D65 is understood.
func TestAdapted(t *testing.T) {
	m := lights(primaries[12].chromaticities)
	flat := [9]float64{m[0][0], m[0][1], m[0][2], m[1][0], m[1][1], m[1][2], m[2][0], m[2][1], m[2][2]}
	p := parse(t, rgb(2, desc("unadapted"), flat, srgbPara()))
	if y, cb, cr := p.ConvertColor(255, 128, 128); y != 255 || cb != 128 || cr != 128 {
		t.Errorf("white becomes %d %d %d", y, cb, cr)
	}
	want := FromCodes(12, 13)
	for _, c := range [][3]int{{100, 90, 200}, {60, 180, 110}, {200, 100, 140}} {
		y1, cb1, cr1 := p.ConvertColor(c[0], c[1], c[2])
		y2, cb2, cr2 := want.ConvertColor(c[0], c[1], c[2])
		if max(y1-y2, y2-y1, cb1-cb2, cb2-cb1, cr1-cr2, cr2-cr1) > 1 {
			t.Errorf("%v becomes %d %d %d, want %d %d %d", c, y1, cb1, cr1, y2, cb2, cr2)
		}
	}
}

func TestPow(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 20000 {
		x, g := r.Float64()*1.5, 0.2+3*r.Float64()
		if got, want := pow(x, g), math.Pow(x, g); math.Abs(got-want) > 4e-15*math.Max(want, 1e-3) {
			t.Fatalf("pow(%v, %v) = %v, want %v", x, g, got, want)
		}
	}
	for _, c := range [][3]float64{{0, 2, 0}, {-3, 2, 0}, {1, 2.2, 1}, {5, 1, 5}, {30000, 30000, math.Inf(1)}, {1e-300, 3, 0}, {0.25, 0.5, 0.5}} {
		if got := pow(c[0], c[1]); got != c[2] && math.Abs(got-c[2]) > 1e-15 {
			t.Errorf("pow(%v, %v) = %v, want %v", c[0], c[1], got, c[2])
		}
	}
}

// golden are the keys, which are hashes of all tables, and hashes of a picture
// converted by them. They must be the same on every processor.
var golden = map[string]string{
	"Display P3":       "icc1-73ad6bd46da4d66b 9880b0347f6aeef2",
	"Adobe RGB (1998)": "icc1-fcd3a79953425b8e ee31408a5a6d767f",
	"ProPhoto RGB":     "icc1-48c5a443a8939109 0616675769547bf8",
	"Linear":           "icc1-3d67125bae315e9b a69471aa51f434d3",
	"P3 by table":      "icc1-65023084543aaba4 e8c99905f0ed530d",
	"three curves":     "icc1-2165041369469c6c 8b7a163bf2b0614d",
}

func TestGolden(t *testing.T) {
	const w, h = 97, 61
	for _, s := range examples() {
		p := parse(t, s.data)
		r := rand.New(rand.NewPCG(9, 10))
		y, cb, cr := noise(r, w*h), noise(r, 49*31), noise(r, 49*31)
		p.Convert(y, w, cb, cr, 49, w, h)
		sum := sha256.Sum256(slices.Concat(y, cb, cr))
		if got := p.Key() + " " + hex.EncodeToString(sum[:8]); got != golden[s.name] {
			t.Errorf("%q: %q,", s.name, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range examples() {
		f.Add(s.data)
	}
	f.Add(profile(2, "mntr", "GRAY", "Lab ", entry{"kTRC", curv(0, 9, 65535)}))
	f.Add(profile(4, "mntr", "RGB ", "Lab ", entry{"desc", mluc("fr", "Écran")}, entry{"A2B0", make([]byte, 40)}))
	f.Add(rgb3(4, desc("x"), srgb, para(1, 2.2, 1, -0.1), para(2, 2.2, -1, 0.1, 0.2), curv(1)))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Parse(b)
		if err != nil {
			return
		}
		if p.Convertible() != (p.SRGB() || p.Key() != "") {
			t.Errorf("convertible %v, sRGB %v, key %q", p.Convertible(), p.SRGB(), p.Key())
		}
		for _, c := range [][3]int{{0, 0, 0}, {255, 255, 255}, {0, 255, 0}, {128, 0, 255}, {255, 128, 128}} {
			p.ConvertColor(c[0], c[1], c[2])
		}
	})
}

func BenchmarkConvert(b *testing.B) {
	const w, h = 1920, 1440
	r := rand.New(rand.NewPCG(11, 12))
	y0, cb0, cr0 := photo(r, w, h)
	for _, s := range []example{examples()[0], examples()[5]} {
		p := parse(b, s.data)
		y, cb, cr := slices.Clone(y0), slices.Clone(cb0), slices.Clone(cr0)
		b.Run(s.name, func(b *testing.B) {
			for b.Loop() {
				copy(y, y0)
				copy(cb, cb0)
				copy(cr, cr0)
				p.Convert(y, w, cb, cr, w/2, w, h)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(w*h), "ns/px")
		})
	}
}

// photo returns planes that change as those of a photo do: slowly, with grain.
func photo(r *rand.Rand, w, h int) (y, cb, cr []byte) {
	y, cb, cr = make([]byte, w*h), make([]byte, w*h/4), make([]byte, w*h/4)
	for i := range y {
		y[i] = byte(128 + 90*math.Sin(float64(i%w)/200)*math.Cos(float64(i/w)/150) + float64(r.IntN(24)))
	}
	for i := range cb {
		x, z := float64(i%(w/2)), float64(i/(w/2))
		cb[i], cr[i] = byte(120+30*math.Sin(x/90)+float64(r.IntN(5))), byte(135+30*math.Cos(z/70)+float64(r.IntN(5)))
	}
	return y, cb, cr
}

func BenchmarkParse(b *testing.B) {
	data := examples()[0].data
	for b.Loop() {
		parse(b, data)
	}
}
