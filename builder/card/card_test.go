package card

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"testing"

	"golang.org/x/image/math/fixed"
)

// TestPictureSize holds for pictures of all shapes that the place lies on the
// card, is stable, keeps at least half of the picture, and takes half of the
// card.
func TestPictureSize(t *testing.T) {
	for _, c := range []Card{
		{Title: "Дождь", Credit: "Фото от Оли"},
		{Title: strings.Repeat("Дождь ", 40), Credit: "Фото от Оли"},
		{Credit: "Фото от Оли", Site: "Кофейня"},
		{Title: "日本"},
	} {
		c.Width, c.Height = 1200, 630
		for w := 300; w <= 3000; w += 37 {
			for _, h := range []int{600, 1000, 1777} {
				pw, ph := c.PictureSize(w, h)
				if pw < 1 || ph < 1 || pw > c.Width || ph > c.Height {
					t.Fatalf("%d×%d: a place of %d×%d", w, h, pw, ph)
				}
				if w2, h2 := c.PictureSize(pw, ph); w2 != pw || h2 != ph {
					t.Errorf("%d×%d: %d×%d and then %d×%d", w, h, pw, ph, w2, h2)
				}
				if w2, h2 := c.PictureSize(pw/2, ph/2); abs(w2-pw) > 3 || abs(h2-ph) > 3 {
					t.Errorf("%d×%d: half the place has another: %d×%d, %d×%d", w, h, pw, ph, w2, h2)
				}
				kept := float64(min(pw*h, w*ph)) / float64(max(pw*h, w*ph))
				if ratio := float64(w) / float64(h); ratio > 0.6 && ratio < 3.2 && kept < 0.5 {
					t.Errorf("%d×%d: %.0f %% are kept in %d×%d", w, h, 100*kept, pw, ph)
				}
				if 100*pw*ph < 40*c.Width*c.Height {
					t.Errorf("%d×%d: the picture has %d×%d", w, h, pw, ph)
				}
			}
		}
	}
}

func abs(v int) int { return max(v, -v) }

// TestNothingToDraw holds that odd cards are drawn at the size that was asked
// for, within the limits.
func TestNothingToDraw(t *testing.T) {
	for _, v := range []struct{ w, h, wantW, wantH int }{
		{0, 0, 1, 1}, {-5, 10, 1, 10}, {1, 1, 1, 1}, {7, 3, 7, 3}, {50, 2000, 50, 2000}, {3000, 40, 3000, 40}, {100000, 9, 4096, 9},
	} {
		for _, picture := range []image.Image{nil, image.NewRGBA(image.Rectangle{}), testPicture(1, 1), testPicture(9, 400)} {
			for _, symbol := range []string{"", "play", "sound", "other"} {
				c := Card{Width: v.w, Height: v.h, Picture: picture, Kicker: "Утро", Title: "Дождь и снег", Credit: "Оля", Site: "Кофейня", Symbol: symbol}
				if got := c.Draw().Rect; got != image.Rect(0, 0, v.wantW, v.wantH) {
					t.Errorf("%d×%d: %v", v.w, v.h, got)
				}
			}
		}
	}
}

// TestPictureIsWhole holds that words never touch the picture, and that a
// picture of the right size is copied, not scaled.
func TestPictureIsWhole(t *testing.T) {
	for _, shape := range [][2]int{{1600, 1067}, {1067, 1600}, {1000, 1000}, {2400, 900}} {
		c := testCard(shape[0], shape[1])
		c.Title = strings.Repeat("Широкая электрификация южных губерний ", 5)
		c.Credit = strings.Repeat("Фото от Преображенской-Толстопятовой ", 5)
		c.Picture = testPicture(c.PictureSize(shape[0], shape[1]))
		m := c.Draw()
		b := c.Picture.Bounds()
		for y := range b.Dy() {
			for x := range b.Dx() {
				if m.At(x, y) != c.Picture.At(x, y) {
					t.Fatalf("%v: pixel %d, %d of the picture is changed", shape, x, y)
				}
			}
		}
	}
}

// TestSymbol holds that the sign stands in the middle of the picture and
// changes nothing around it.
func TestSymbol(t *testing.T) {
	plain, played := testCard(1600, 1067), testCard(1600, 1067)
	played.Symbol = "play"
	a, b := plain.Draw(), played.Draw()
	pw, ph := plain.PictureSize(1600, 1067)
	var changed image.Rectangle
	for y := range 630 {
		for x := range 1200 {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				changed = changed.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if mid := changed.Min.Add(changed.Max).Div(2); abs(mid.X-pw/2) > 1 || abs(mid.Y-ph/2) > 1 || changed.Dx() < 100 {
		t.Errorf("the sign is at %v", changed)
	}
	if b.RGBAAt(pw/2, ph/2) == b.RGBAAt(pw/2-50, ph/2) {
		t.Error("no triangle on the disc")
	}
}

// FuzzDraw holds that nothing is drawn but in the words' place: not on the
// picture, and not at the card's edges.
func FuzzDraw(f *testing.F) {
	f.Add("Утро", "Латте под охраной Мурки", "Фото от Оли", "Кофейня", "ru", "#b8432c", 300, 200)
	f.Add("", strings.Repeat("Щ", 300), strings.Repeat("й\u0301", 300), "«»", "en", "", 200, 300)
	f.Add("☕", "\u00ad\u200b\u00a0-", "5 кг — и", "日本", "x-y", "#fff", 500, 200)
	f.Add("", "", "A", "", "", "#000000", 100, 100)
	f.Fuzz(func(t *testing.T, kicker, title, credit, site, lang, brand string, w, h int) {
		c := Card{Width: 600, Height: 315, Kicker: kicker, Title: title, Credit: credit, Site: site, Lang: lang, Brand: brand, Dark: len(title)%2 == 1}
		at := c.layout(c.words(), w, h).picture
		pw, ph := at.Dx(), at.Dy()
		grey := image.NewRGBA(image.Rect(0, 0, pw, ph))
		draw.Draw(grey, grey.Rect, image.NewUniform(color.Gray{128}), image.Point{}, draw.Src)
		c.Picture = grey
		m := c.Draw()
		paper := schemeOf(brand, c.Dark).paper
		for y := range 315 {
			for x := range 600 {
				got, onPicture := m.RGBAAt(x, y), image.Pt(x, y).In(at)
				if onPicture && got != (color.RGBA{128, 128, 128, 255}) {
					t.Fatalf("%q, %q: drawn on the picture at %d, %d", title, credit, x, y)
				}
				atEdge := x >= 600-8 || y >= 315-8
				if !onPicture && atEdge && got != (color.RGBA{paper[0], paper[1], paper[2], 255}) {
					t.Fatalf("%q, %q: drawn at the edge, %d, %d", title, credit, x, y)
				}
			}
		}
		c.Picture, c.Symbol = nil, "sound"
		m = c.Draw()
		fill := schemeOf(brand, c.Dark).fill
		for x := range 600 {
			for _, y := range []int{0, 7, 307, 314} {
				if m.RGBAAt(x, y) != (color.RGBA{fill[0], fill[1], fill[2], 255}) {
					t.Fatalf("%q, %q: drawn at the edge, %d, %d", title, credit, x, y)
				}
			}
		}
	})
}

// TestScale holds the scaling against the filter in floats: within one of 255,
// each of the two passes rounding by a half.
func TestScale(t *testing.T) {
	src := testPicture(90, 60).(*image.RGBA)
	for _, size := range [][2]int{{180, 120}, {333, 222}, {45, 30}, {30, 20}, {900, 600}} {
		got, most := place(src, size[0], size[1]), 0.0
		for y := 0; y < size[1]; y += 1 + size[1]/40 {
			for x := 0; x < size[0]; x += 1 + size[0]/40 {
				r, b := exact(src, x, y, size[0], size[1])
				c := got.RGBAAt(x, y)
				most = max(most, math.Abs(r-float64(c.R)), math.Abs(b-float64(c.B)))
			}
		}
		if most > 1.3 {
			t.Errorf("%v: off by %.2f", size, most)
		}
	}
	white := image.NewRGBA(image.Rect(0, 0, 13, 7))
	draw.Draw(white, white.Rect, image.White, image.Point{}, draw.Src)
	for _, p := range place(white, 100, 90).Pix {
		if p != 255 {
			t.Fatal("white did not stay white")
		}
	}
}

// exact returns red and blue of a pixel of src scaled to w×h.
func exact(src *image.RGBA, x, y, w, h int) (r, b float64) {
	kernel := func(d, wide float64) float64 {
		switch d = math.Abs(d) / wide; {
		case d < 1:
			return (1.5*d-2.5)*d*d + 1
		case d < 2:
			return ((-.5*d+2.5)*d-4)*d + 2
		}
		return 0
	}
	size := src.Rect.Max
	sx, sy := float64(size.X)/float64(w), float64(size.Y)/float64(h)
	cx, cy := (float64(x)+.5)*sx-.5, (float64(y)+.5)*sy-.5
	sum := 0.0
	for j := int(cy - 2*max(sy, 1) - 1); j <= int(cy+2*max(sy, 1)+1); j++ {
		for i := int(cx - 2*max(sx, 1) - 1); i <= int(cx+2*max(sx, 1)+1); i++ {
			k := kernel(float64(i)-cx, max(sx, 1)) * kernel(float64(j)-cy, max(sy, 1))
			c := src.RGBAAt(min(max(i, 0), size.X-1), min(max(j, 0), size.Y-1))
			sum, r, b = sum+k, r+k*float64(c.R), b+k*float64(c.B)
		}
	}
	return min(max(r/sum, 0), 255), min(max(b/sum, 0), 255)
}

// TestClearPictures holds that what is clear in a picture becomes white.
func TestClearPictures(t *testing.T) {
	got := place(image.NewNRGBA(image.Rect(0, 0, 4, 4)), 4, 4)
	if got.RGBAAt(1, 1) != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("%v", got.RGBAAt(1, 1))
	}
}

// TestDisc holds that a circle has the area of a circle.
func TestDisc(t *testing.T) {
	c := &canvas{RGBA: image.NewRGBA(image.Rect(0, 0, 300, 300))}
	c.shape(disc(100), fixed.I(150), fixed.I(150), rgb{255, 255, 255})
	sum := 0
	for i := 0; i < len(c.Pix); i += 4 {
		sum += int(c.Pix[i])
	}
	if area := float64(sum) / 255; area < 31416-60 || area > 31416+60 {
		t.Errorf("%.0f pixels, not 31416", area)
	}
}
