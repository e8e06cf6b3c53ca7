package heif

import (
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

var drawTo = flag.String("draw", "", "folder to draw the pictures of testdata into, as PNG")

// drawn are the pictures that the files in testdata were encoded from.
var drawn = map[string]image.Image{
	"even":  drawing(160, 96, false),
	"odd":   drawing(161, 97, false),
	"tiles": drawing(256, 192, false),
	"clear": drawing(128, 96, true),
}

// drawing is smooth but for a red square in the top left corner and a blue one
// to the right of it, so that every way to turn it looks different. With clear,
// it fades out to the right.
func drawing(w, h int, clear bool) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			a := uint8(255)
			if clear {
				a = uint8(255 - x*255/(w-1))
			}
			m.SetNRGBA(x, y, color.NRGBA{uint8(40 + x*180/w), uint8(60 + y*150/h), uint8(200 - (x+y)*150/(w+h)), a})
		}
	}
	if !clear {
		draw.Draw(m, image.Rect(0, 0, 32, 32), image.NewUniform(color.NRGBA{220, 30, 30, 255}), image.Point{}, draw.Src)
		draw.Draw(m, image.Rect(32, 0, 64, 32), image.NewUniform(color.NRGBA{30, 30, 220, 255}), image.Point{}, draw.Src)
	}
	return m
}

// TestDraw draws the pictures where it is told a folder: see testdata/README.md.
func TestDraw(t *testing.T) {
	if *drawTo == "" {
		t.Skip("no -draw")
	}
	for name, m := range drawn {
		f, err := os.Create(filepath.Join(*drawTo, name+".png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, m); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// rgb returns a decoded picture's pixels over white.
func rgb(m image.Image) *image.RGBA {
	b := m.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, m, b.Min, draw.Over)
	return out
}

// distance returns the mean difference of two pictures' samples, in hundredths
// of a level, and -1 where they are not of one size.
func distance(a, b image.Image) int {
	p, q := rgb(a), rgb(b)
	if p.Rect != q.Rect {
		return -1
	}
	sum := 0
	for i := range p.Pix {
		d := int(p.Pix[i]) - int(q.Pix[i])
		sum += max(d, -d)
	}
	return sum * 100 / (len(p.Pix) / 4 * 3)
}
