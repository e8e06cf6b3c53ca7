package sample

import (
	"html/template"

	"gallerist/builder/theme"
)

// pieceState is the page of a piece in a state.
type pieceState struct {
	state string
	view  *theme.Submission
}

// pieces are pages of every sort of medium and of what a piece can have besides.
func (m maker) pieces() []pieceState {
	var all []pieceState
	add := func(state string, v *theme.Submission) { all = append(all, pieceState{state, v}) }
	add("photo", m.photo(m.who[0], m.titles[0], 0))
	add("several photos", m.severalPhotos())
	add("video", m.film("video", theme.Clip{Length: "0:42", Poster: m.Media + "7-2b2a33-960x540.svg", Note: "0:42",
		Sources:  []theme.ClipSource{{Type: "video/mp4", Media: "(max-width:40rem)", Href: "/media/film-640.mp4"}, {Type: "video/mp4", Href: "/media/film.mp4"}},
		Captions: []theme.Link{{Text: "English", Href: "/media/film.vtt", Lang: "en"}}}))
	add("video on another host", m.film("video", theme.Clip{Elsewhere: "https://film.example/7", Note: "film.example"}))
	add("sound", m.film("sound", theme.Clip{Sound: true, Length: "3:07", Note: "3:07", Sources: []theme.ClipSource{{Type: "audio/mpeg", Href: "/media/sound.mp3"}}}))
	add("sound, its words drawn", m.film("sound", theme.Clip{Sound: true, Drawn: true, Note: "0:09", Sources: []theme.ClipSource{{Type: "audio/mpeg", Href: "/media/sound.mp3"}}}))
	add("story", m.story())
	add("review with stars and products", m.review())
	add("idea", m.ideaPage())
	add("idea that went into another", m.mergedIdea())
	add("winner with points", m.winnerPage())
	add("long words, tall picture", m.longPage())
	add("name that reads the other way", m.photo(m.foreign, m.titles[1], 10))
	add("name withheld, nothing else", m.bare())
	return all
}

// plate is a medium of a piece, large.
func (m maker) plate(i int, alt string) theme.Plate {
	s := shapeOf(i)
	p := m.picture("plate", s, alt, 100+i) // another drawing than that of a card
	p.Eager, p.Priority = true, true
	return theme.Plate{Picture: *p, Ratio: decimal(m.Theme.Renditions["plate"].ShownRatio(s.ratio)), Color: s.color,
		Full: p.Src, FullSize: "2400 × 1600"}
}

func (m maker) photo(by person, title string, i int) *theme.Submission {
	return &theme.Submission{
		Base: m.base(title), Kind: "photo", Media: []theme.Plate{m.plate(i, title)}, Story: paragraph(m.stories[0]) + paragraph(m.stories[1]),
		CreditLine: m.credited("photo", by), Credits: []theme.Credit{{Name: by.name, Lang: by.otherLang(), Place: by.place, Href: "/people/" + by.id + "/"}},
		Facts: []theme.Fact{{Name: m.places, Text: by.place, Href: "/places/1/"}, {Name: m.tags, Text: m.day, Time: "2026-11-09T10:00:00+03:00"}},
		Rights: theme.Rights{Owner: m.owner, License: theme.Link{Text: "CC BY 4.0", Href: "https://creativecommons.org/licenses/by/4.0/"},
			Acquire: "https://windowsill.example/ask/"},
		Tags:    []theme.Link{{Text: m.cat, Href: "/tags/cat/"}, {Text: m.cup, Href: "/tags/cup/"}, {Text: m.longText, Href: "/tags/long/"}},
		Gallery: m.link(), Position: "3 / 24", Prev: m.card(1), Next: m.card(2), Near: m.cards(3, 6), Call: m.callBox("open"),
		Share: theme.Share{URL: "https://windowsill.example/morning/", Text: title, Links: []theme.Link{{Text: "Telegram", Href: "https://t.me/share/url?url=x"}, {Text: "E-mail", Href: "mailto:?subject=x"}}},
	}
}

func (m maker) severalPhotos() *theme.Submission {
	v := m.photo(m.who[2], m.titles[2], 3)
	v.Media = append(v.Media, m.plate(2, m.titles[3]), m.plate(4, m.titles[4]))
	for i := range v.Media[1:] {
		p := &v.Media[1+i]
		p.Picture.Eager, p.Picture.Priority, p.Caption = false, false, m.titles[3+i]
	}
	v.Credits = append(v.Credits, theme.Credit{Role: m.baker, Name: m.who[3].name, Href: "/people/x/"},
		theme.Credit{Name: m.longText, Members: m.who[4].name + m.comma() + m.who[5].name}, theme.Credit{Name: m.someone})
	v.Edits = []theme.Edit{{What: m.edited, How: m.site + m.comma() + m.later}}
	return v
}

func (m maker) film(kind string, clip theme.Clip) *theme.Submission {
	v := m.photo(m.who[4], m.titles[4], 7)
	v.Kind, v.CreditLine = kind, m.credited(kind, m.who[4])
	v.Media[0].Clip, v.Media[0].Full = &clip, ""
	return v
}

func (m maker) story() *theme.Submission {
	v := m.photo(m.who[5], m.titles[5], 0)
	v.Kind, v.Media, v.CreditLine = "story", nil, m.credited("story", m.who[5])
	v.Story += "<blockquote>" + paragraph(m.quote) + "</blockquote>" + template.HTML("<ul><li>"+m.wants[0]+"</li><li>"+m.wants[1]+"</li></ul>")
	v.Share.Links = nil
	return v
}

func (m maker) review() *theme.Submission {
	v := m.photo(m.who[6], m.titles[6], 6)
	v.Kind, v.CreditLine, v.Disclosure = "review", m.credited("review", m.who[6]), m.disclosure
	v.Review = &theme.Review{Rating: 4, Stars: "4 / 5", Product: theme.Link{Text: m.cup, Href: "https://shop.example/cup"}}
	v.Products = []theme.Product{{Number: 1, ID: "product-1", Name: m.cup, Price: "890 ₽", Href: "https://shop.example/cup"}, {Number: 2, ID: "product-2", Name: m.longText}}
	v.Media[0].Spots = []theme.Spot{{Number: 1, X: "42.5", Y: "30", Name: "1: " + m.cup, Href: "https://shop.example/cup"}, {Number: 2, X: "0", Y: "100", Name: "2", Href: "#product-2"}}
	return v
}

func (m maker) ideaPage() *theme.Submission {
	v := m.story()
	v.Kind, v.CreditLine = "idea", m.credited("idea", m.who[5])
	v.Idea = &theme.Idea{Status: "planned", StatusText: m.statuses[2], Date: "2026-11-12", Supporters: m.counted, Also: m.who[2].name, Answer: paragraph(m.answer),
		Outcome: &theme.Link{Text: m.take, Href: "/quiet/"}, Merged: m.cards(20, 1),
		History: []theme.IdeaChange{{Status: m.statuses[2], Day: m.later, Date: "2026-11-12", Reason: m.reason}, {Status: m.statuses[4], Day: m.day, Date: "2026-11-09"}}}
	return v
}

func (m maker) mergedIdea() *theme.Submission {
	v := m.ideaPage()
	v.Idea.Into, v.Idea.IntoText, v.Idea.Merged, v.Idea.Outcome = &theme.Link{Text: m.titles[0], Href: "/ideas/1/"}, m.about, nil, nil
	return v
}

func (m maker) winnerPage() *theme.Submission {
	v := m.photo(m.who[1], m.titles[1], 1)
	v.Awards = []theme.Award{{Text: m.award, By: m.site, Reason: m.reason}, {Text: m.second}}
	judged := m.judged()
	judged.Winners = &theme.Link{Text: m.award, Href: "/dance/winners/"}
	v.Judged = &judged
	return v
}

func (m maker) longPage() *theme.Submission {
	v := m.photo(m.long, m.longText, 8)
	v.Caption, v.Tags = m.summary, nil
	for range 6 {
		v.Story += paragraph(m.stories[0] + " " + m.stories[0] + " " + m.stories[0])
	}
	return v
}

// bare is the least that the page of a piece can have.
func (m maker) bare() *theme.Submission {
	line := m.made["photo"] + m.someone
	return &theme.Submission{
		Base: draft(m.base(line)), Kind: "photo", Media: []theme.Plate{m.plate(5, line)}, CreditLine: line, Credits: []theme.Credit{{Name: m.someone}},
		Rights: theme.Rights{Owner: m.owner}, Gallery: m.link(), Position: "1 / 1",
	}
}
