package sample

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"gallerist/builder/theme"
)

// shape is the form and the colours of a drawn picture.
type shape struct {
	ratio float64 // width/height of the original
	color string  // average
}

// shapeOf returns the shape of a list's piece; a list has every shape that phones
// and cameras make.
func shapeOf(i int) shape {
	ratios := []float64{1.5, 1, .75, 1.5, 2.4, .667, 1.333, 1.778, .5625, 1.5, 3.5, 1}
	colors := []string{"#8a7f6b", "#a77b52", "#6d6a74", "#b99a7b", "#546a7b", "#7d5a4a", "#8c8f83", "#2b2a33", "#5f6f69", "#d9cfc1"}
	return shape{ratios[i%len(ratios)], colors[i%len(colors)]}
}

// decimal writes a ratio as views have it: "1.5".
func decimal(f float64) string { return strconv.FormatFloat(float64(int(f*1000+.5))/1000, 'f', -1, 64) }

// picture is a picture in one of the theme's renditions.
func (m maker) picture(rendition string, s shape, alt string, seed int) *theme.Picture {
	r := m.Theme.Renditions[rendition]
	shown := r.ShownRatio(s.ratio)
	address := func(w int) string {
		return fmt.Sprintf("%s%d-%s-%dx%d.svg", m.Media, seed, s.color[1:], w, max(int(float64(w)/shown+.5), 1))
	}
	p := &theme.Picture{Sizes: m.Theme.Sizes(rendition, s.ratio), Alt: alt}
	var set []string
	for _, w := range r.Widths {
		set = append(set, fmt.Sprintf("%s %dw", address(w), w))
		if w <= 1000 || p.Src == "" {
			p.Src, p.Width, p.Height = address(w), w, max(int(float64(w)/shown+.5), 1)
		}
	}
	p.Srcset = strings.Join(set, ", ")
	p.Sources = []theme.Source{{Type: "image/svg+xml", Srcset: p.Srcset}}
	return p
}

// credited is the credit line of a piece.
func (m maker) credited(kind string, p person) string {
	line := m.made[kind] + p.by
	if p.place != "" {
		line += m.comma() + p.place
	}
	return line
}

func (m maker) comma() string {
	if m.tag == "ar" {
		return "، "
	}
	return ", "
}

// card is the piece of a list at a place counted from 0. Every seventh is a story
// without a picture, every fifth a film.
func (m maker) card(i int) *theme.Card {
	kind := "photo"
	switch {
	case i%7 == 5:
		kind = "story"
	case i%5 == 4:
		kind = "video"
	}
	c := m.piece(kind, m.who[i%len(m.who)], m.titles[i%len(m.titles)], shapeOf(i), i)
	c.ID, c.Href = fmt.Sprintf("p-%d", i+1), fmt.Sprintf("/morning/%s-%d/", m.who[i%len(m.who)].id, i+1)
	if c.Picture != nil {
		c.Picture.Eager = i < 3
	}
	if i%11 == 3 {
		c.Disclosure = m.disclosure
	}
	return c
}

// piece is a card of a kind.
func (m maker) piece(kind string, by person, title string, s shape, number int) *theme.Card {
	c := &theme.Card{
		Kind: kind, Href: "/morning/" + by.id + "/", Number: number + 1, Ratio: "1", Color: "#808080", Title: title,
		CreditLine: m.credited(kind, by), Place: by.place, Date: m.day, DateTime: "2026-11-09T10:00:00+03:00",
		Credits: []theme.Credit{{Name: by.name, Lang: by.otherLang(), Place: by.place, Href: "/people/" + by.id + "/"}},
		Initial: string([]rune(by.name)[:1]),
	}
	switch kind {
	case "story", "review", "idea":
		c.Excerpt = m.stories[number%len(m.stories)]
		c.Brief = len([]rune(c.Excerpt)) < 60
		c.Span = m.Theme.Layout.WordsSpan(c.Excerpt, c.Title)
		return c
	case "video":
		c.Badge = "0:42"
	case "sound":
		c.Badge = "3:07"
	}
	c.Count, c.Color = 1, s.color
	shown := m.Theme.Renditions["tile"].ShownRatio(s.ratio)
	c.Ratio, c.Span = decimal(shown), m.Theme.Layout.PictureSpan(shown)
	c.Picture = m.picture("tile", s, cmp.Or(title, c.CreditLine), number)
	return c
}

// cards are n pieces of a list, from a place on.
func (m maker) cards(from, n int) []*theme.Card {
	var list []*theme.Card
	for i := range n {
		list = append(list, m.card(from+i))
	}
	return list
}

// lead is the card that opens a page. It has no id where it stands in a list too.
func (m maker) lead(rendition string) *theme.Card {
	c := m.piece("photo", m.who[0], m.titles[0], shapeOf(0), 0)
	c.Picture = m.picture(rendition, shapeOf(0), m.titles[0], 0)
	c.Picture.Eager, c.Picture.Priority = true, true
	return c
}

// CardState is one card, and what is particular about it.
type CardState struct {
	State string // "photo, long"
	Card  *theme.Card
}

// Cards returns cards of every kind and in every state, in one of Languages.
func Cards(o Options, tag string) []CardState {
	m := maker{o, tongueOf(tag)}
	var all []CardState
	add := func(state string, c *theme.Card) {
		c.ID = fmt.Sprintf("c-%d", len(all)+1)
		all = append(all, CardState{state, c})
	}
	for _, kind := range []string{"photo", "video", "sound", "story", "review", "idea"} {
		add(kind, m.dressed(m.piece(kind, m.who[0], m.titles[0], shapeOf(0), 0)))
		add(kind+", long", m.dressed(m.piece(kind, m.long, m.longText, shapeOf(2), 2)))
		add(kind+", a name that reads the other way", m.dressed(m.piece(kind, m.foreign, m.titles[1], shapeOf(1), 1)))
		untitled := m.dressed(m.piece(kind, m.who[1], "", shapeOf(3), 3))
		add(kind+", no title", untitled)
	}
	nobody := m.piece("photo", person{id: "x", by: m.someone}, m.titles[2], shapeOf(5), 5)
	nobody.Credits, nobody.Place = []theme.Credit{{Name: m.someone}}, ""
	add("photo, name withheld", nobody)
	several := m.piece("photo", m.who[2], m.titles[3], shapeOf(6), 6)
	several.CreditLine = m.made["photo"] + m.who[2].by + m.comma() + m.who[3].by + m.comma() + m.who[4].by
	several.Badge, several.Count = "5", 5
	add("photo, three credits", several)
	first := m.piece("photo", m.who[3], m.titles[3], shapeOf(7), 7)
	first.Award, first.Rank, first.Official, first.Featured = m.award, 1, true, true
	first.Focus = &theme.Focus{X: "40", Y: "25.5"}
	add("photo, an award", first)
	gift := m.piece("photo", m.who[4], m.titles[4], shapeOf(8), 8)
	gift.Disclosure, gift.Gallery = m.disclosure, &theme.Link{Text: m.galleryTitle, Href: "/morning/"}
	add("photo, a gift from the brand", gift)
	unseen := m.piece("photo", m.who[5], m.titles[5], shapeOf(9), 9)
	unseen.Draft = true
	add("photo, draft", unseen)
	words := m.piece("photo", m.who[6], m.titles[6], shape{1, "#d9cfc1"}, 10)
	words.Drawn = true
	add("words drawn as a picture", words)
	for i, ratio := range []float64{.4, .5625, 1, 1.333, 2.4, 3.5} {
		add("photo "+decimal(ratio), m.piece("photo", m.who[i], m.titles[i], shape{ratio, shapeOf(i).color}, 11+i))
	}
	return all
}

// dressed adds what only cards of its kind have.
func (m maker) dressed(c *theme.Card) *theme.Card {
	switch c.Kind {
	case "review":
		c.Review = &theme.Review{Rating: 4, Stars: "4 / 5", Product: theme.Link{Text: m.cup, Href: "https://shop.example/cup"}}
	case "idea":
		c.Status = m.statuses[2]
	}
	return c
}
