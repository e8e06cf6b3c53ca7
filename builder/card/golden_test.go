package card

import (
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"sync"
	"testing"
)

// testPicture draws a gradient with a chequered middle, by whole numbers.
func testPicture(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{uint8(40 + 180*x/w), uint8(60 + 120*y/h), uint8(90 + (x*y)%60), 255}
			if x > w/3 && x < w*2/3 && y > h/3 && y < h*2/3 && (x/16+y/16)%2 == 0 {
				c = color.RGBA{235, 225, 205, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

// testCard returns a card for a picture of w×h, with that picture as its place
// asks for it.
func testCard(w, h int) Card {
	c := Card{
		Width: 1200, Height: 630, Lang: "ru", Brand: "#b8432c",
		Kicker: "Утро с нашими клиентами", Title: "Латте под охраной Мурки",
		Credit: "Фото от Оли, Москва", Site: "Кофейня «В тапочках»",
	}
	c.Picture = testPicture(c.PictureSize(w, h))
	return c
}

func (c Card) with(change func(*Card)) Card { change(&c); return c }

// goldenVersion is the Version that the hashes below belong to: when one of
// them changes, both change.
const goldenVersion = "1"

var goldens = []struct {
	name string
	card Card
	hash string
}{
	{"lying", testCard(1600, 1067), "943cdd251896c94c"},
	{"lying, dark, English", testCard(1600, 1067).with(func(c *Card) {
		c.Dark, c.Lang, c.Kicker, c.Title, c.Credit, c.Site = true, "en", "Morning with our customers", "Latte with Murka on guard", "Photo by Olya, Moscow", "In Slippers"
	}), "862269e15cacbdc2"},
	{"upright", testCard(1067, 1600), "26bf8db37cf2c743"},
	{"square", testCard(1000, 1000).with(func(c *Card) { c.Brand = "#2f6b3c" }), "059bb5e246700fd8"},
	{"panorama", testCard(2400, 900), "cfd9be465971e650"},
	{"small picture", testCard(1600, 1067).with(func(c *Card) { c.Picture = testPicture(260, 210) }), "afbd06648a22e6ed"},
	{"credit alone", Card{Width: 1200, Height: 630, Picture: testPicture(1200, 538), Credit: "Фото из поезда, Бологое", Site: "Кофейня"}, "5651a72c39118a4d"},
	{"credit alone, upright", Card{Width: 1200, Height: 630, Picture: testPicture(480, 630), Credit: "Фото от Егора, Казань"}, "a0c9156dd08a4293"},
	{"words alone", Card{Width: 1200, Height: 630, Title: "«Ёж» и другие", Credit: "10 из 80", Site: "Кофейня", Brand: "#f2c230", Lang: "ru"}, "c6d4db84d6b4c76d"},
	{"long words", testCard(1600, 1067).with(func(c *Card) {
		c.Title = "Как мы с бабушкой и её вишнёвым вареньем три часа ждали первого трамвая, а он всё не шёл, потому что было воскресенье и 5 утра, и никто, кроме нас, об этом не знал"
		c.Credit = "Фото от Александры-Виктории Преображенской-Толстопятовой, Санкт-Петербург"
	}), "e1f51a3293e09158"},
	{"long words in it", testCard(1000, 1000).with(func(c *Card) {
		c.Title = "Человеконенавистничество высокопревосходительства"
	}), "6b628632beedebc9"},
	{"film poster", Card{Width: 1280, Height: 720, Kicker: "Утро", Title: "Одна минута на перилах", Credit: "Фильм Наили, Казань", Symbol: "play", Lang: "ru", Brand: "#b8432c"}, "a1e3a01c13f130ee"},
	{"sound poster", Card{Width: 1280, Height: 720, Title: "How the kettle sings", Credit: "Sound by Bair", Symbol: "sound", Lang: "en", Brand: "#1f5f8b", Dark: true}, "d277a5ac3e73d18d"},
	{"film with a picture", testCard(1600, 1067).with(func(c *Card) { c.Symbol = "play" }), "0a492e02f1762685"},
	{"marks and accents", Card{Width: 1200, Height: 630, Title: "Ко́фе, А́нна, Żółć, Đặng, Ќе́, Ωδή, Ққ Әә", Credit: "Հ", Lang: "ru"}, "a65d9f92872e404a"},
	{"no words, upright", Card{Width: 1200, Height: 630, Picture: testPicture(480, 630)}, "02849f06744a47d7"},
	{"no words", Card{Width: 1200, Height: 630, Picture: testPicture(1200, 630), Title: "日本", Site: "🙂"}, "5a690ce04502ff29"},
}

// TestGoldens holds every pixel. The hashes are those of amd64 with and without
// the rasteriser's assembler, and of processors that fuse multiplications with
// additions.
func TestGoldens(t *testing.T) {
	if Version != goldenVersion {
		t.Errorf("Version is %s, the hashes are of %s", Version, goldenVersion)
	}
	for _, g := range goldens {
		if got := hashOf(g.card.Draw()); got != g.hash {
			t.Errorf("%s: %s, not %q: if this is meant, look at the card and change Version", g.name, got, g.hash)
		}
	}
}

// TestDrawOn draws each card on the one before, and on nothing left of it.
func TestDrawOn(t *testing.T) {
	var m *image.RGBA
	for _, g := range goldens {
		before := m
		m = g.card.DrawOn(m)
		if got := hashOf(m); got != g.hash {
			t.Errorf("%s: %s on another card", g.name, got)
		}
		if before != nil && before.Rect == m.Rect && before != m {
			t.Errorf("%s: drawn on new memory", g.name)
		}
	}
}

func hashOf(m *image.RGBA) string {
	sum := sha256.Sum256(m.Pix)
	return hex.EncodeToString(sum[:8])
}

// TestTogether draws the same cards at once.
func TestTogether(t *testing.T) {
	var wg sync.WaitGroup
	for range 2 {
		for _, g := range goldens {
			wg.Go(func() {
				c := g.card
				if got := hashOf(c.Draw()); got != g.hash {
					t.Errorf("%s: %s beside others", g.name, got)
				}
			})
		}
	}
	wg.Wait()
}
