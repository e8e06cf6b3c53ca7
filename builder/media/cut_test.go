package media

import (
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/fstest"
)

// speckled returns a picture of which no two pixels beside one another are alike,
// drawn from a seed.
func speckled(w, h int, seed uint64) *image.NRGBA {
	r := rand.New(rand.NewPCG(seed, 9))
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		if m.Pix[i] = byte(r.Uint32()); i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	return m
}

// painted returns m with other pixels outside a box.
func painted(m *image.NRGBA, inside image.Rectangle, seed uint64) *image.NRGBA {
	out := speckled(m.Rect.Dx(), m.Rect.Dy(), seed)
	for y := inside.Min.Y; y < inside.Max.Y; y++ {
		for x := inside.Min.X; x < inside.Max.X; x++ {
			out.SetNRGBA(x, y, m.NRGBAAt(x, y))
		}
	}
	return out
}

// partsOf plans and makes a part of a picture and returns what was made, by name
// of recipe, format and size, with the colour.
func partsOf(t *testing.T, file []byte, a Area) (*Info, map[string]string) {
	t.Helper()
	s := New(fstest.MapFS{"a": {Data: file}}, MemStore(), Options{})
	whole, fault, err := s.Probe(context.Background(), "a")
	if err != nil || fault != nil {
		t.Fatal(fault, err)
	}
	info := whole.Cut(a)
	small := Recipe{Name: "small", Widths: []int{12, 24, 48}}
	square := Recipe{Name: "square", Widths: []int{10, 40}, Ratio: "1:1"}
	job := Job{Info: info}
	named := map[string]string{}
	for name, list := range s.Plan([]Recipe{tile, small, square, {Name: "card", Size: "30x20"}}, info, Look{Focus: &Point{0.9, 0.2}}) {
		for _, r := range list {
			job.Renditions = append(job.Renditions, r)
			named[r.Path] = fmt.Sprintf("%s %s %d × %d", name, r.Type, r.Width, r.Height)
		}
	}
	r := mustMake(t, s, []Job{{Info: whole}, job})
	made := map[string]string{"colour": r.Sources[1].Color}
	for _, f := range r.Files {
		made[named[f.Path]] = string(readAll(t, f))
	}
	return info, made
}

// TestPartOnly: what lies outside a part has no say in a single byte of what is
// made of the part, whatever its place, its size and the way the file is stored.
func TestPartOnly(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 7))
	same := func(what string, a, b map[string]string) {
		t.Helper()
		if len(a) < 8 || len(a) != len(b) {
			t.Fatalf("%s: %d and %d files", what, len(a), len(b))
		}
		for name := range a {
			if a[name] != b[name] {
				t.Errorf("%s: %s shows something of what is outside", what, name)
			}
		}
	}
	for range 12 {
		w, h := 60+r.IntN(200), 60+r.IntN(200)
		a := Area{W: 0.1 + 0.8*r.Float64(), H: 0.1 + 0.8*r.Float64()}
		a.X, a.Y = (1-a.W)*r.Float64(), (1-a.H)*r.Float64()
		info, _ := partsOf(t, pngOf(t, image.NewGray(image.Rect(0, 0, w, h))), a)
		b := info.cut.area
		m := speckled(w, h, r.Uint64())
		other := painted(m, image.Rect(b.X, b.Y, b.X+b.W, b.Y+b.H), r.Uint64())
		_, one := partsOf(t, pngOf(t, m), a)
		_, two := partsOf(t, pngOf(t, other), a)
		same(fmt.Sprintf("%v of %d × %d", a, w, h), one, two)
	}
	for o := 1; o <= 8; o++ { // blocks of JPEG are sixteen pixels wide, so that they hold nothing of what is outside
		m := speckled(320, 240, uint64(o))
		other := painted(m, image.Rect(80, 48, 240, 192), 99)
		exif := exifOf(binary.BigEndian, o, "", "", false)
		a := Area{80.0 / 320, 48.0 / 240, 160.0 / 320, 144.0 / 240}
		info, one := partsOf(t, withExif(jpegOf(t, turned(m, o)), exif), a)
		_, two := partsOf(t, withExif(jpegOf(t, turned(other, o)), exif), a)
		if info.Width != 160 || info.Height != 144 {
			t.Errorf("orientation %d: %d × %d", o, info.Width, info.Height)
		}
		same(fmt.Sprintf("orientation %d", o), one, two)
	}
}

// TestPartPlace: a part is where it is said to be, with the shape of the part, and
// its own files and colour; the whole keeps those it had.
func TestPartPlace(t *testing.T) {
	file := pngOf(t, quarters(400, 200))
	s := New(fstest.MapFS{"a": {Data: file}}, MemStore(), Options{})
	whole, _, err := s.Probe(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	paths := func(info *Info) (list []string) {
		for _, r := range s.Plan([]Recipe{tile, card}, info, Look{})["tile"] {
			list = append(list, r.Path)
		}
		return list
	}
	before := paths(whole)
	var seen []string
	for _, c := range []struct {
		area Area
		want color.NRGBA
		w, h int
	}{
		{Area{0, 0, 0.5, 0.5}, color.NRGBA{200, 30, 20, 255}, 200, 100},
		{Area{0.5, 0, 0.5, 0.5}, color.NRGBA{20, 180, 40, 255}, 200, 100},
		{Area{0, 0.5, 0.5, 0.5}, color.NRGBA{30, 60, 190, 255}, 200, 100},
		{Area{0.6, 0.5, 0.1, 0.5}, color.NRGBA{100, 100, 100, 255}, 40, 100},
		{Area{0.7, 0.7, 0.3, 0.3}, color.NRGBA{100, 100, 100, 255}, 120, 60},
	} {
		info := whole.Cut(c.area)
		if info.Width != c.w || info.Height != c.h || info.Hash != whole.Hash {
			t.Errorf("%v: %d × %d, want %d × %d", c.area, info.Width, info.Height, c.w, c.h)
		}
		r := mustMake(t, s, []Job{{Info: info, Renditions: s.Plan([]Recipe{tile}, info, Look{})["tile"]}})
		if want := hexOf(c.want); !near(r.Sources[0].Color, want, 36) {
			t.Errorf("%v: colour %s, want about %s", c.area, r.Sources[0].Color, want)
		}
		for _, path := range paths(info) {
			if slices.Contains(before, path) || slices.Contains(seen, path) {
				t.Errorf("%v: %s is another part's", c.area, path)
			}
			seen = append(seen, path)
		}
	}
	if again := whole.Cut(Area{0, 0, 0.5, 0.5}).Cut(Area{0.5, 0, 0.5, 0.5}); again.window() != (box{200, 0, 200, 100}) {
		t.Errorf("a part of a part is %v", again.window())
	}
	if !slices.Equal(paths(whole), before) {
		t.Error("the whole has other files now")
	}
	r := mustMake(t, s, []Job{{Info: whole}, {Info: whole.Cut(Area{0, 0, 0.5, 0.5})}})
	if r.Sources[0].Color == r.Sources[1].Color || r.Sources[0].Likeness != r.Sources[1].Likeness {
		t.Errorf("sources %v", r.Sources)
	}
	if warm := mustMake(t, New(fstest.MapFS{"a": {Data: file}}, s.store, Options{}), []Job{{Info: whole.Cut(Area{0, 0, 0.5, 0.5})}}); warm.Sources[0] != r.Sources[1] {
		t.Errorf("remembered as %v, was %v", warm.Sources[0], r.Sources[1])
	}
}

func hexOf(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// TestInwards: a part has no pixel that is not wholly within it, and always one.
func TestInwards(t *testing.T) {
	for _, c := range []struct {
		from, part    float64
		length, at, n int
	}{
		{0, 1, 10, 0, 10}, {0.1, 0.2, 1000, 100, 200}, {0.7, 0.3, 10, 7, 3}, {0.35, 0.65, 20, 7, 13}, {0.15, 0.5, 10, 2, 4},
		{0.45, 0.1, 1, 0, 1}, {0.9, 0.1, 3, 2, 1}, {0, 0.1, 3, 0, 1}, {0.33, 0.1, 4032, 1331, 402},
	} {
		if at, n := inwards(c.from, c.part, c.length); at != c.at || n != c.n {
			t.Errorf("%g and %g of %d: %d pixels from %d, want %d from %d", c.from, c.part, c.length, n, at, c.n, c.at)
		}
	}
}
