package media

import (
	"math"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

var (
	tile  = Recipe{Name: "tile", Widths: []int{320, 640, 960}, Ratio: "own", Clamp: [2]float64{0.62, 2.4}}
	plate = Recipe{Name: "plate", Widths: []int{640, 960, 1600, 2400}, Ratio: "own"}
	card  = Recipe{Name: "card", Size: "1200x630"}
	wide  = Recipe{Name: "wide", Widths: []int{300, 900}, Ratio: "3:2"}
)

func sizesOf(r []Rendition, mediaType string) (out [][2]int) {
	for _, x := range r {
		if x.Type == mediaType {
			out = append(out, [2]int{x.Width, x.Height})
		}
	}
	return out
}

func TestPlan(t *testing.T) {
	cases := []struct {
		name   string
		recipe Recipe
		w, h   int
		want   [][2]int
	}{
		{"landscape", tile, 4032, 3024, [][2]int{{320, 240}, {640, 480}, {960, 720}}},
		{"portrait: the width is that of the longer edge", tile, 3024, 4032, [][2]int{{240, 320}, {480, 640}, {720, 960}}},
		{"a tall one is cropped to the least shape", tile, 1000, 4000, [][2]int{{198, 320}, {397, 640}, {595, 960}}},
		{"a panorama is cropped to the greatest shape", tile, 9600, 1000, [][2]int{{320, 133}, {640, 267}, {960, 400}}},
		{"smaller than everything", tile, 200, 100, [][2]int{{200, 100}}},
		{"between two widths: its own size too", tile, 800, 800, [][2]int{{320, 320}, {640, 640}, {800, 800}}},
		{"hardly larger than a width: not worth another", tile, 660, 660, [][2]int{{320, 320}, {640, 640}}},
		{"exactly a width", tile, 960, 640, [][2]int{{320, 213}, {640, 427}, {960, 640}}},
		{"one pixel", tile, 1, 1, [][2]int{{1, 1}}},
		{"a thread", tile, 3, 5000, [][2]int{{3, 5}}},
		{"a fixed shape", wide, 1000, 1000, [][2]int{{300, 200}, {900, 600}}},
		{"plate", plate, 2000, 1500, [][2]int{{640, 480}, {960, 720}, {1600, 1200}, {2000, 1500}}},
	}
	for _, c := range cases {
		plan := c.recipe.planned(&Info{Width: c.w, Height: c.h, Hash: "x"}, nil)
		for _, mediaType := range []string{TypeWebP, TypeJPEG} {
			if got := sizesOf(plan, mediaType); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s, %s: got %v, want %v", c.name, mediaType, got, c.want)
			}
		}
	}
	if got := sizesOf(card.planned(&Info{Width: 4032, Height: 3024, Hash: "x"}, nil), TypeJPEG); !reflect.DeepEqual(got, [][2]int{{1200, 630}}) {
		t.Errorf("card: %v", got)
	}
	small := card.planned(&Info{Width: 600, Height: 600, Hash: "x"}, nil)
	if got := sizesOf(small, TypeJPEG); !reflect.DeepEqual(got, [][2]int{{600, 315}}) || len(small) != 1 {
		t.Errorf("small card: %v", got)
	}
}

// TestPlanProperties holds for any picture, recipe and focus.
func TestPlanProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	path := regexp.MustCompile(`^m/([0-9a-f]{2})/([0-9a-f]{24})-\d+\.(webp|jpg)$`)
	for range 20000 {
		info := &Info{Width: 1 + r.IntN(1<<r.IntN(14)), Height: 1 + r.IntN(1<<r.IntN(14)), Hash: "x"}
		recipe := []Recipe{tile, plate, card, wide}[r.IntN(4)]
		focus := &Point{r.Float64()*1.4 - 0.2, r.Float64()*1.4 - 0.2}
		plan := recipe.planned(info, focus)
		if len(plan) == 0 {
			t.Fatalf("%v of %d × %d gives nothing", recipe, info.Width, info.Height)
		}
		for i, x := range plan {
			c := x.crop
			if c.X < 0 || c.Y < 0 || c.W < 1 || c.H < 1 || c.X+c.W > info.Width || c.Y+c.H > info.Height {
				t.Fatalf("crop %v sticks out of %d × %d", c, info.Width, info.Height)
			}
			if x.Width < 1 || x.Height < 1 || x.Width > c.W || x.Height > c.H {
				t.Fatalf("%d × %d is enlarged from %v", x.Width, x.Height, c)
			}
			if recipe.Size == "" && math.Abs(float64(x.Width)*float64(c.H)/float64(c.W)-float64(x.Height)) >= 1 &&
				math.Abs(float64(x.Height)*float64(c.W)/float64(c.H)-float64(x.Width)) >= 1 {
				t.Fatalf("%d × %d has not the shape of %v", x.Width, x.Height, c)
			}
			m := path.FindStringSubmatch(x.Path)
			if m == nil || m[1] != m[2][:2] {
				t.Fatalf("path %q", x.Path)
			}
			if i > 0 && plan[i-1].Type == x.Type && plan[i-1].Width >= x.Width && plan[i-1].Height >= x.Height {
				t.Fatalf("not by width: %v", plan)
			}
		}
		shape := recipe.shape(info.Width, info.Height)
		c := plan[0].crop
		if math.Abs(float64(c.H)*shape-float64(c.W)) > 1 && math.Abs(float64(c.W)/shape-float64(c.H)) > 1 {
			t.Fatalf("crop %v is not of shape %g", c, shape)
		}
	}
}

func TestFocus(t *testing.T) {
	info := &Info{Width: 1000, Height: 100, Hash: "x"}
	square := Recipe{Widths: []int{50}, Ratio: "1:1"}
	for _, c := range []struct {
		focus *Point
		want  int
	}{
		{nil, 450}, {&Point{0, 0}, 0}, {&Point{1, 1}, 900}, {&Point{0.3, 0.9}, 250},
		{&Point{-7, 0}, 0}, {&Point{7, 0}, 900}, {&Point{math.NaN(), 0}, 0},
	} {
		if got := square.planned(info, c.focus)[0].crop; got != (box{c.want, 0, 100, 100}) {
			t.Errorf("focus %v: crop %v, want it to begin at %d", c.focus, got, c.want)
		}
	}
}

// TestPath holds that a path changes with all that its bytes depend on, and
// with nothing else.
func TestPath(t *testing.T) {
	info := &Info{Width: 2000, Height: 1000, Hash: "x", Path: "a.jpg"}
	square := Recipe{Widths: []int{320}, Ratio: "1:1"}
	base := square.planned(info, nil)
	moved := square.planned(info, &Point{0.2, 0.5})
	other := *info
	other.Hash = "y"
	copied := square.planned(&other, nil)
	renamed := Recipe{Name: "n", Widths: []int{320, 640}, Ratio: "2:2"}.planned(&Info{Width: 2000, Height: 1000, Hash: "x", Path: "b.jpg"}, nil)
	switch {
	case base[0].Path == base[1].Path:
		t.Error("WebP and JPEG share a path")
	case base[0].Path == moved[0].Path:
		t.Error("another focus, the same path")
	case base[0].Path == copied[0].Path:
		t.Error("another source, the same path")
	case base[0].Path != renamed[0].Path:
		t.Error("the same rendition asked for by another recipe has another path")
	}
	if tile, plate := tile.planned(info, nil), plate.planned(info, nil); tile[1].Path != plate[0].Path {
		t.Error("tile and plate want the same 640, but not by the same path")
	}
}

func TestCheck(t *testing.T) {
	for _, r := range []Recipe{tile, plate, card, wide} {
		if f := r.Check(); f != nil {
			t.Errorf("%s: %v", r.Name, f)
		}
	}
	for want, r := range map[string]Recipe{
		"neither widths":  {},
		"width 0":         {Widths: []int{0}},
		"width 9999":      {Widths: []int{9999}},
		`ratio "3/2"`:     {Widths: []int{9}, Ratio: "3/2"},
		`ratio "0:2"`:     {Widths: []int{9}, Ratio: "0:2"},
		`size "big"`:      {Size: "big"},
		`size "1x99999"`:  {Size: "1x99999"},
		`format "jxl"`:    {Widths: []int{9}, Formats: []string{"jxl"}},
		"clamp [2.4, 1]":  {Widths: []int{9}, Clamp: [2]float64{2.4, 1}},
		"clamp [NaN, 1]":  {Widths: []int{9}, Clamp: [2]float64{math.NaN(), 1}},
		"clamp [-1, 2.4]": {Widths: []int{9}, Clamp: [2]float64{-1, 2.4}},
	} {
		f := r.Check()
		if f == nil || !strings.Contains(f.Text, want) || f.Hint == "" {
			t.Errorf("%v: got %v, want a fault with %q", r, f, want)
		}
		if got := r.planned(&Info{Width: 9, Height: 9, Hash: "x"}, nil); got != nil {
			t.Errorf("%v is planned: %v", r, got)
		}
	}
}
