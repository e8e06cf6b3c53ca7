package starter

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "draw the sample picture again")

const cupFile = "site/content/morning/first-cup/cup.jpg"

// TestEmbedded: the pattern takes the name that begins with a dot too.
func TestEmbedded(t *testing.T) {
	for _, name := range []string{"site/.gitignore", "site/site.toml", "gallery.md", "submission.md"} {
		if _, err := FS.ReadFile(name); err != nil {
			t.Error(err)
		}
	}
}

// TestCup draws the sample picture, a cup before a sunrise, and compares it
// with the file, so that the picture's source is this code.
func TestCup(t *testing.T) {
	drawn := drawCup(960, 720)
	if *update {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, drawn, &jpeg.Options{Quality: 82}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(cupFile, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	src, err := FS.ReadFile(cupFile)
	if *update {
		src, err = os.ReadFile(cupFile)
	}
	if err != nil {
		t.Fatal(err)
	}
	kept, err := jpeg.Decode(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	if kept.Bounds() != drawn.Bounds() {
		t.Fatalf("the file is %v, the drawing %v", kept.Bounds(), drawn.Bounds())
	}
	for y := 0; y < 720; y += 40 {
		for x := 0; x < 960; x += 40 {
			r, _, _, _ := kept.At(x, y).RGBA()
			want, _, _, _ := drawn.At(x, y).RGBA()
			if math.Abs(float64(r)-float64(want)) > 0x3000 {
				t.Fatalf("the file differs from the drawing at %d,%d: draw it again with -update", x, y)
			}
		}
	}
}

// drawCup draws with four samples a pixel, so that edges are soft.
func drawCup(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			var sum [3]float64
			for s := range 4 {
				c := shade((float64(x)+float64(s%2)/2)/float64(w), (float64(y)+float64(s/2)/2)/float64(h))
				for i := range sum {
					sum[i] += c[i] / 4
				}
			}
			img.SetRGBA(x, y, color.RGBA{uint8(sum[0]), uint8(sum[1]), uint8(sum[2]), 255})
		}
	}
	return img
}

// shade returns the colour at a point of the picture, 0 to 1 each way.
func shade(x, y float64) [3]float64 {
	dx := (x - 0.47) * 4 / 3
	side := 0.22 - 0.07*math.Pow(max(0, y-0.42)/0.34, 2) // the cup grows narrow below
	switch {
	case ellipse(dx, y-0.42, 0.20, 0.032): // coffee
		return [3]float64{72 + 30*x, 40 + 16*x, 24}
	case ellipse(dx, y-0.42, 0.22, 0.045), y > 0.42 && y < 0.76 && math.Abs(dx) < side: // cup
		light := 1 - 0.28*(dx+0.22)/0.44
		return [3]float64{250 * light, 244 * light, 236 * light}
	case ellipse(dx-0.25, y-0.55, 0.10, 0.11) && !ellipse(dx-0.25, y-0.55, 0.065, 0.075): // handle
		return [3]float64{196, 188, 178}
	case ellipse(dx, y-0.775, 0.34, 0.04): // saucer
		return [3]float64{226, 216, 204}
	case y > 0.72: // table
		return [3]float64{112 - 60*(y-0.72), 74 - 40*(y-0.72), 56}
	}
	sun := math.Exp(-6 * (math.Pow((x-0.18)*4/3, 2) + math.Pow(y-0.3, 2)))
	return [3]float64{214 + 38*sun, 128 + 84*sun - 40*y, 92 + 70*sun - 30*y}
}

func ellipse(x, y, rx, ry float64) bool { return x*x/(rx*rx)+y*y/(ry*ry) < 1 }
