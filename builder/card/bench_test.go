package card

import (
	"strings"
	"testing"
)

func BenchmarkDraw(b *testing.B) {
	for _, v := range []struct {
		name string
		card Card
	}{
		{"side", testCard(1200, 800)},
		{"strip", testCard(2400, 1000)},
		{"long", func() Card {
			c := testCard(1200, 800)
			c.Title = strings.Repeat("Как мы с бабушкой ждали первого трамвая ", 10)
			return c
		}()},
		{"enlarged", func() Card {
			c := testCard(1200, 800)
			c.Picture = testPicture(390, 315)
			return c
		}()},
		{"poster", Card{Width: 1280, Height: 720, Title: "Одна минута на перилах", Credit: "Фильм Наили, Казань", Site: "Кофейня", Symbol: "play", Lang: "ru"}},
		{"hostile", Card{Width: 1200, Height: 630, Title: strings.Repeat("о на ", 120), Credit: strings.Repeat("йъ", 300), Lang: "ru"}},
	} {
		b.Run(v.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				v.card.Draw()
			}
		})
	}
}

// BenchmarkPlan does what is done for each piece's card before any is drawn.
func BenchmarkPlan(b *testing.B) {
	for _, title := range []string{"Warm tower", "🙂 Warm tower"} {
		b.Run(title, func(b *testing.B) {
			c := Card{Width: 1200, Height: 630, Kicker: "Morning", Title: title, Credit: "Photo by Kwame, Galway", Site: "In Slippers", Lang: "en"}
			b.ReportAllocs()
			for b.Loop() {
				c.PictureSize(1600, 1067)
			}
		})
	}
}
