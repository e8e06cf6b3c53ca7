package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// A corpus is the galleries that are built. Each piece is made when it is asked
// for, so that this program stays small: the memory of a process begins with
// that of the one that started it.
type corpus struct {
	pieces    int
	galleries int
	seed      uint64
}

// newCorpus returns the workload of n pieces.
func newCorpus(n int) corpus {
	c := corpus{pieces: n, galleries: 100, seed: 1}
	switch {
	case n < 1000:
		c.galleries = 2
	case n < 10_000:
		c.galleries = 10
	case n < 50_000:
		c.galleries = 40
	}
	return c
}

// A piece is one submission.
type piece struct {
	Gallery string // its folder's name
	Name    string // of its own folder
	Title   string
	Author  person
	Place   string
	Tags    []string // sorted
	Date    time.Time
	Licence string // of the SPDX list
	Text    string // Markdown
}

// A person has sent pieces.
type person struct{ ID, Name, Place string }

// A room is a gallery.
type room struct{ Name, Title string }

// room returns the i-th gallery.
func (c corpus) room(i int) room {
	place, form := places[i%len(places)], forms[i/len(places)%len(forms)]
	title := fmt.Sprintf("%s of %s %d", form, place, i+1)
	return room{slug(title), title}
}

// piece returns the i-th piece, from 0. Numbers make titles unique.
func (c corpus) piece(i int) piece {
	r := rand.New(rand.NewPCG(c.seed, uint64(i)))
	title := fmt.Sprintf("%s %s %d", capital(one(r, qualities)), one(r, things), i+1)
	p := piece{
		Gallery: c.room(i * c.galleries / c.pieces).Name,
		Name:    slug(title),
		Title:   title,
		Author:  c.author(r),
		Place:   one(r, places),
		Date:    firstDay.Add(time.Duration(r.IntN(days*24*60)) * time.Minute),
		Licence: one(r, licences),
	}
	for count := 2 + r.IntN(2); len(p.Tags) < count; {
		if tag := one(r, things); !slices.Contains(p.Tags, tag) {
			p.Tags = append(p.Tags, tag)
		}
	}
	slices.Sort(p.Tags)
	p.Text = markdown(r)
	return p
}

var firstDay = time.Date(2023, 3, 1, 8, 0, 0, 0, time.UTC)

const days = 1000

// author draws one of as many people as there are fives of pieces. A few send
// much: the square of an even draw.
func (c corpus) author(r *rand.Rand) person {
	draw := r.Float64()
	return sender(int(draw * draw * float64(max(1, c.pieces/5))))
}

// sender returns the i-th person. Each of 312,000 has another name.
func sender(i int) person {
	name := given[i%len(given)] + " "
	rest := i / len(given)
	family := families[rest%len(families)]
	if initial := rest / len(families); initial > 0 {
		name += string(rune('A'+(initial-1)%26)) + ". "
		if again := (initial - 1) / 26; again > 0 {
			family += " " + numerals[again-1]
		}
	}
	name += family
	return person{slug(name), name, places[i*7%len(places)]}
}

// markdown writes 40 to 120 words: paragraphs with emphasis and links, in every
// second text a list, in every fourth a quotation.
func markdown(r *rand.Rand) string {
	left := 40 + r.IntN(81)
	withList, withQuote := r.IntN(2) == 0, r.IntN(4) == 0
	var blocks []string
	if withList {
		blocks = append(blocks, "- "+phrase(r, 3)+"\n- *"+one(r, qualities)+"* "+one(r, things)+"\n- "+phrase(r, 2))
		left -= 7
	}
	if withQuote {
		blocks = append(blocks, "> "+capital(phrase(r, 6))+".")
		left -= 6
	}
	for first := true; left > 0; first = false {
		count := min(left, 18+r.IntN(15))
		if left-count < 8 {
			count = left
		}
		block := paragraph(r, count)
		left -= count
		if first {
			blocks = slices.Insert(blocks, 0, block)
			continue
		}
		blocks = append(blocks, block)
	}
	return strings.Join(blocks, "\n\n") + "\n"
}

// paragraph writes so many words in sentences.
func paragraph(r *rand.Rand, count int) string {
	var b strings.Builder
	for sentence := 0; count > 0; sentence++ {
		n := min(count, 7+r.IntN(6))
		if count-n < 4 {
			n = count
		}
		if sentence > 0 {
			b.WriteByte(' ')
		}
		for i := range n {
			if i > 0 {
				b.WriteByte(' ')
			}
			word := one(r, common)
			switch {
			case i == 0:
				word = capital(word)
			case i == 2 && r.IntN(2) == 0:
				word = "*" + word + "*"
			case i == 4 && r.IntN(4) == 0:
				word = "**" + word + "**"
			case i == 5 && r.IntN(3) == 0:
				word = "[" + word + "](https://example.org/" + one(r, things) + ")"
			}
			b.WriteString(word)
		}
		b.WriteByte('.')
		count -= n
	}
	return b.String()
}

// phrase writes plain words.
func phrase(r *rand.Rand, count int) string {
	words := make([]string, count)
	for i := range words {
		words[i] = one(r, common)
	}
	return strings.Join(words, " ")
}

func one(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// slug writes a name as part of an address.
func slug(name string) string {
	plain := strings.NewReplacer("ä", "a", "á", "a", "å", "a", "ç", "c", "é", "e", "í", "i", "ł", "l", "ń", "n", "ó", "o", "ą", "a", "ć", "c", "ı", "i", "ë", "e", "ñ", "n", "ö", "o", "ø", "o",
		"š", "s", "ü", "u", "ž", "z", ".", "", " ", "-").Replace(strings.ToLower(name))
	return plain
}

var (
	qualities = strings.Fields("amber bare calm crooked dusty early faint first gentle grey heavy late loud lonely mild pale patient plain sharp slow small soft steep tidy warm wild")
	things    = strings.Fields("attic balcony barn beach bench bicycle cellar chapel clock corner curtain dune ferry field fountain gate hill kettle ladder lake lamp mirror path pier quarry river roof square staircase station tram well window workshop")
	forms     = strings.Fields("Album Contest Circle Season")
	places    = strings.Fields("Aarhus Bilbao Cork Delft Evora Faro Gdansk Haarlem Izmir Jena Kaunas Lyon Mostar Narva Odense Plovdiv Quimper Riga Sintra Trieste")
	licences  = strings.Fields("CC-BY-4.0 CC-BY-SA-4.0 CC0-1.0")
	given     = strings.Fields("Agnes André Björn Carla Dario Edda Fatima Gaël Hana Ivo Jovan Katya Leonor Mikko Nils Olga Paulo Quentin Renée Sami Tereza Ugo Vera Wanda Xenia Yusuf Zita Álvaro Élise Åsmund")
	families  = strings.Fields("Abbas Almeida Bakker Bianchi Çelik Dahl Eriksen Fabre Gomes Halász Ivanova Järvinen Keller Łapiński Marić Nielsen Öztürk Peña Quispe Rasmussen Santos Šimić Toth Unger Varga Wójcik Yılmaz Zając Aoki Boateng Chen Dlamini Farouk Haddad Iyer Jung Mbeki Nakano Osei Park")
	numerals  = strings.Fields("II III IV V VI VII VIII IX X")
	common    = strings.Fields("about after again all along always and around because before behind below between both came carried cold could every everyone far found from grandfather had hands heard here home kept knew last left light little long looked many morning moved much near never nobody now often old once only open other our out over people quiet rain road same seemed several she since snow some sound still stood summer that their then there they those through today together took under until walked was water we were when where which while white who winter with without years")
)
