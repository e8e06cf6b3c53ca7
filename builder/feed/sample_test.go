package feed

import "time"

func day(d, hour int) time.Time {
	return time.Date(2026, 11, d, hour, 0, 0, 0, time.FixedZone("", 3*60*60))
}

// sample is a feed with one item of each sort: a picture, several pictures by
// several people, a film, and words alone.
func sample() *Feed {
	const home = "https://coffee.example/утро/"
	latte := Item{
		ID: "tag:coffee.example,2026:m7q2k4", URL: home + "olya/", Title: "Латте с Муркой", Language: "ru",
		Summary:    "Мурка не пьёт кофе, но следит & советует",
		CreditLine: "Фото от Оли, Москва",
		Disclosure: "Работа прислана на конкурс.",
		Authors:    []Author{{Name: "Оля", URL: "https://example.org/olya", Roles: []string{"photographer"}}},
		Images: []Image{{
			URL: home + "olya/photo-1280.jpg", Type: "image/jpeg", Length: 183204, Width: 1280, Height: 960,
			Alt: "Серая кошка сторожит латте на балконе",
		}},
		Published: day(9, 10), Updated: day(10, 18),
		Tags: []string{"кошка", "b&b <x>"}, License: "https://creativecommons.org/licenses/by/4.0/", Rights: "© Оля & <Co>",
	}
	dance := Item{
		ID: "tag:coffee.example,2026:d4nce1", URL: home + "dance/", Title: "Three <steps> & a turn",
		Summary: "We danced before work", CreditLine: "Photos: Kim and Ada",
		Authors: []Author{{Name: "Kim & Co <3", Roles: []string{"choreographer", "editor"}}, {Name: "Ada", Roles: []string{"Barista"}}},
		Images: []Image{
			{URL: home + "dance/1.jpg", Type: "image/jpeg", Length: 90210, Width: 1200, Height: 1600, Alt: "Kim jumps & lands <here>", Credit: "Photo: Kim"},
			{URL: home + "dance/2.png", Type: "image/png", Length: 70133, Width: 1600, Height: 1200, Alt: "Ada turns"},
		},
		Published: day(9, 10),
	}
	film := Item{
		ID: "urn:uuid:7f0c2f0e-2d64-4d53-9f0a-0d4f8f3f8a11", URL: home + "steam/", Title: "Steam",
		CreditLine: "Film: Ada",
		Authors:    []Author{{Name: "Ada"}},
		Files:      []File{{URL: home + "steam/steam.mp4", Type: "video/mp4", Length: 4210332, Width: 1280, Height: 720, Seconds: 12.5}},
		Images:     []Image{{URL: home + "steam/poster.jpg", Type: "image/jpeg", Length: 40961, Width: 1280, Height: 720, Alt: "Steam over a cup"}},
		Published:  day(9, 10),
	}
	words := Item{
		ID: "tag:coffee.example,2026:w0rds1", URL: home + "words/", Title: "צהריים",
		Summary: "Black & <hot>, at noon", CreditLine: "Words: אורי", Authors: []Author{{Name: "אורי"}},
		Published: day(2, 8),
	}
	latte.HTML = ItemHTML(latte, "<p>Мурка <em>не пьёт</em> кофе, <a href=\"../\">но следит</a>.</p>")
	dance.HTML = ItemHTML(dance, "<ul><li>one</li><li>two</li></ul>")
	film.HTML = ItemHTML(film, "")
	words.HTML = ItemHTML(words, "<p>Black,<br>at noon ☕️</p>")
	return &Feed{
		ID: "tag:coffee.example,2026:morning", Title: "Morning & noon with our <customers>",
		Description: "How do you drink coffee in the morning? Black & <hot>", Language: "en",
		Home: home, At: home, Updated: day(10, 18), Author: Author{Name: "The coffee shop", URL: "https://coffee.example/"},
		Icon: "https://coffee.example/icon.png", Logo: "https://coffee.example/logo.png",
		Rights: "© the authors & <Co>", Stylesheet: "https://coffee.example/feed.css?a=1&b=2", Hub: "https://hub.example/",
		Items: []Item{latte, dance, film, words},
	}
}
