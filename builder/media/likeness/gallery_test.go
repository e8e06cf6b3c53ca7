package likeness

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// plane is a luma plane without gaps.
type plane struct {
	pix  []byte
	w, h int
}

func (p plane) hash() Hash { return Of(p.pix, p.w, p.w, p.h) }

// shrink returns the plane at another size, each sample the mean of its area.
func (p plane) shrink(w, h int) plane {
	q := plane{make([]byte, w*h), w, h}
	for y := range h {
		y0, y1 := y*p.h/h, max((y+1)*p.h/h, y*p.h/h+1)
		for x := range w {
			x0, x1 := x*p.w/w, max((x+1)*p.w/w, x*p.w/w+1)
			sum := 0
			for j := y0; j < y1; j++ {
				for i := x0; i < x1; i++ {
					sum += int(p.pix[j*p.w+i])
				}
			}
			q.pix[y*w+x] = byte(sum / ((x1 - x0) * (y1 - y0)))
		}
	}
	return q
}

func (p plane) longest(edge int) plane {
	long := max(p.w, p.h)
	return p.shrink(p.w*edge/long, p.h*edge/long)
}

// trim takes so many hundredths off each edge.
func (p plane) trim(left, top, right, bottom int) plane {
	x0, y0, x1, y1 := p.w*left/100, p.h*top/100, p.w-p.w*right/100, p.h-p.h*bottom/100
	q := plane{w: x1 - x0, h: y1 - y0}
	for y := y0; y < y1; y++ {
		q.pix = append(q.pix, p.pix[y*p.w+x0:y*p.w+x1]...)
	}
	return q
}

func (p plane) each(f func(v int) int) plane {
	q := plane{slices.Clone(p.pix), p.w, p.h}
	for i, v := range q.pix {
		q.pix[i] = byte(min(max(f(int(v)), 0), 255))
	}
	return q
}

// logo puts a striped sign of 16 × 10 hundredths into a corner.
func (p plane) logo(right, bottom bool, v byte) plane {
	q := plane{slices.Clone(p.pix), p.w, p.h}
	w, h, x0, y0 := p.w*16/100, p.h*10/100, p.w*2/100, p.h*2/100
	if right {
		x0 = p.w - w - x0
	}
	if bottom {
		y0 = p.h - h - y0
	}
	for y := y0; y < y0+h; y++ {
		for x := x0; x < x0+w; x++ {
			if (x/6+y/9)%3 != 0 {
				q.pix[y*p.w+x] = v
			}
		}
	}
	return q
}

func (p plane) resave(t testing.TB, quality int) plane {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, &image.Gray{Pix: p.pix, Stride: p.w, Rect: image.Rect(0, 0, p.w, p.h)}, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	g := m.(*image.Gray)
	return plane{g.Pix, g.Stride, p.h}.cut(p.w)
}

// cut takes away what is right of w.
func (p plane) cut(w int) plane {
	q := plane{w: w, h: p.h}
	for y := range p.h {
		q.pix = append(q.pix, p.pix[y*p.w:y*p.w+w]...)
	}
	return q
}

// blur takes the mean over squares of 2·r+1 samples.
func (p plane) blur(r int) plane {
	q := plane{make([]byte, len(p.pix)), p.w, p.h}
	for y := range p.h {
		for x := range p.w {
			sum, n := 0, 0
			for j := max(0, y-r); j <= min(p.h-1, y+r); j++ {
				for i := max(0, x-r); i <= min(p.w-1, x+r); i++ {
					sum += int(p.pix[j*p.w+i])
					n++
				}
			}
			q.pix[y*p.w+x] = byte(sum / n)
		}
	}
	return q
}

// photo is a picture of the demo gallery, of 480 pixels on the longer edge.
type photo struct {
	path string
	luma plane
	mean plane // of red, green and blue: another way to gray
}

func gallery(t testing.TB) []photo {
	t.Helper()
	paths, err := filepath.Glob("../../../content/morning/*/*.jp*g")
	if err != nil || len(paths) < 60 {
		t.Fatalf("%d pictures, %v", len(paths), err)
	}
	var photos []photo
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		c := m.(*image.YCbCr)
		luma := plane{c.Y, c.YStride, c.Rect.Dy()}.cut(c.Rect.Dx()).longest(480)
		mean := plane{w: luma.w, h: luma.h}
		for y := range mean.h {
			for x := range mean.w {
				r, g, b, _ := c.YCbCrAt(x*c.Rect.Dx()/mean.w, y*c.Rect.Dy()/mean.h).RGBA()
				mean.pix = append(mean.pix, byte((r+g+b)/3>>8))
			}
		}
		photos = append(photos, photo{path, luma, mean})
	}
	return photos
}

// changes are what people do to a picture that they send again. Those that are
// not required are told and not judged.
var changes = []struct {
	name     string
	required bool
	of       func(t testing.TB, p photo) plane
}{
	{"saved at 50", true, func(t testing.TB, p photo) plane { return p.luma.resave(t, 50) }},
	{"at 30 %", true, func(t testing.TB, p photo) plane { return p.luma.shrink(p.luma.w*3/10, p.luma.h*3/10) }},
	{"15 % brighter", true, func(t testing.TB, p photo) plane { return p.luma.each(func(v int) int { return v * 115 / 100 }) }},
	{"15 % darker", true, func(t testing.TB, p photo) plane { return p.luma.each(func(v int) int { return v * 85 / 100 }) }},
	{"lifted by 15 %", true, func(t testing.TB, p photo) plane { return p.luma.each(func(v int) int { return v + 38 }) }},
	{"sunk by 15 %", true, func(t testing.TB, p photo) plane { return p.luma.each(func(v int) int { return v - 38 }) }},
	{"blurred", true, func(t testing.TB, p photo) plane { return p.luma.blur(2) }},
	{"3 % off each edge", true, func(t testing.TB, p photo) plane { return p.luma.trim(3, 3, 3, 3) }},
	{"logo top left", true, func(t testing.TB, p photo) plane { return p.luma.logo(false, false, 0) }},
	{"logo top right", true, func(t testing.TB, p photo) plane { return p.luma.logo(true, false, 255) }},
	{"logo bottom left", true, func(t testing.TB, p photo) plane { return p.luma.logo(false, true, 0) }},
	{"logo bottom right", true, func(t testing.TB, p photo) plane { return p.luma.logo(true, true, 255) }},
	{"gray by mean", true, func(t testing.TB, p photo) plane { return p.mean }},
	{"all at once", false, func(t testing.TB, p photo) plane {
		return p.luma.trim(2, 2, 2, 2).logo(true, true, 255).blur(1).each(func(v int) int { return v*11/10 + 5 }).shrink(200, 200*p.luma.h/p.luma.w).resave(t, 50)
	}},
	{"5 % off each edge", false, func(t testing.TB, p photo) plane { return p.luma.trim(5, 5, 5, 5) }},
	{"6 % off one edge", false, func(t testing.TB, p photo) plane { return p.luma.trim(6, 0, 0, 0) }},
	{"8 % off each edge", false, func(t testing.TB, p photo) plane { return p.luma.trim(8, 8, 8, 8) }},
	{"more contrast", false, func(t testing.TB, p photo) plane { return p.luma.each(func(v int) int { return (v-128)*3/2 + 128 }) }},
}

// TestGallery: each changed picture is near to its own, and no picture, changed
// or not, is near to another.
func TestGallery(t *testing.T) {
	photos := gallery(t)
	hashes := make([]Hash, len(photos))
	for i, p := range photos {
		if hashes[i] = p.luma.longest(128).hash(); hashes[i] == None {
			t.Errorf("%s is said to have no detail", p.path)
		}
	}
	nearest := signs
	for i, a := range hashes {
		for j, b := range hashes[:i] {
			if d := a.Distance(b); a.shape()-b.shape() >= -shape && a.shape()-b.shape() <= shape {
				nearest = min(nearest, d)
			}
			if Near(a, b) {
				t.Errorf("%s and %s, which are not the same, are near: %d", photos[j].path, photos[i].path, a.Distance(b))
			}
		}
	}
	t.Logf("%-18s %5s %6s %6s %7s", "", "found", "median", "most", "others")
	for _, c := range changes {
		var distances []int
		found, others := 0, 0
		for i, p := range photos {
			changed := c.of(t, p)
			for edge := range 2 { // as it is, and as the pipeline gives it
				if edge == 1 {
					changed = changed.longest(96)
				}
				h := changed.hash()
				distances = append(distances, h.Distance(hashes[i]))
				if Near(h, hashes[i]) {
					found++
				} else if c.required {
					t.Errorf("%s, %s, is not near: %d", p.path, c.name, h.Distance(hashes[i]))
				}
				for j, other := range hashes {
					if j != i && Near(h, other) {
						others++
						t.Errorf("%s, %s, is near to %s: %d", p.path, c.name, photos[j].path, h.Distance(other))
					}
				}
			}
		}
		slices.Sort(distances)
		t.Logf("%-18s %4d%% %6d %6d %7d", c.name, 100*found/len(distances), distances[len(distances)/2], distances[len(distances)-1], others)
	}
	t.Logf("different pictures of one shape: %d at least", nearest)
}
