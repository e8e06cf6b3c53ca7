package theme_test

import (
	"fmt"
	"html/template"
	"strings"

	"gallerist/builder/theme"
)

// shot is a piece of the fixture.
type shot struct {
	id, title, who, place string
	ratio                 float64
	color                 string
}

var shots = []shot{
	{"olya", "Латте с Муркой", "Оли", "Москва", 1.5, "#8a7f6b"},
	{"masha", "Турка на подоконнике", "Маши", "Казань", 1, "#a77b52"},
	{"lev", "Пижама и эспрессо", "Льва", "Томск", .75, "#6d6a74"},
	{"katya", "Балкон, шесть утра", "Кати", "Санкт-Петербург", 1.5, "#b99a7b"},
	{"timur", "Весь двор спит", "Тимура", "Набережные Челны", 2.4, "#546a7b"},
	{"nelli", "Кофе на двоих", "Нелли", "Уфа", .667, "#7d5a4a"},
	{"artyom", "После пробежки", "Артёма", "Пермь", 1.5, "#8c8f83"},
	{"sveta", "Мамина чашка", "Светы", "Псков", 1.333, "#a08b7d"},
	{"dina", "Дождь и раф", "Дины", "Нижний Новгород", 1.5, "#5f6f69"},
	{"petya", "Последний глоток", "Пети", "Владивосток", 1, "#947158"},
}

func picture(s shot, width int, eager bool) theme.Picture {
	var webp, jpeg []string
	for _, w := range []int{320, 640, 960} {
		webp = append(webp, fmt.Sprintf("/media/%s-%d.webp %dw", s.id, w, w))
		jpeg = append(jpeg, fmt.Sprintf("/media/%s-%d.jpg %dw", s.id, w, w))
	}
	return theme.Picture{
		Sources: []theme.Source{{Type: "image/webp", Srcset: strings.Join(webp, ", ")}},
		Src:     fmt.Sprintf("/media/%s-%d.jpg", s.id, width), Srcset: strings.Join(jpeg, ", "),
		Sizes: fmt.Sprintf("(max-width:32rem) 92vw,%dpx", int(300*s.ratio)),
		Width: width, Height: int(float64(width) / s.ratio), Alt: s.title + ", фото", Eager: eager,
	}
}

func card(i int) *theme.Card {
	s := shots[i%len(shots)]
	if i >= len(shots) {
		s.id = fmt.Sprintf("%s-%d", s.id, i/len(shots)+1)
		s.ratio = []float64{1.5, .75, 1.333, 1.78, 1, .667, 1.5}[i%7]
	}
	p := picture(s, 640, i < 3)
	c := &theme.Card{
		Kind: "photo", Href: "/morning/" + s.id + "/", ID: s.id, Number: i + 1, Ratio: trim(s.ratio), Color: s.color,
		Picture: &p, Count: 1, Title: s.title, CreditLine: "Фото от " + s.who + ", " + s.place, Place: s.place,
		Date: "9 ноября 2026", DateTime: "2026-11-09T10:00:00+03:00",
	}
	switch i % 12 {
	case 4:
		c.Kind = "video"
		c.CreditLine = "Видео от " + s.who + ", " + s.place
	case 7:
		c.Kind, c.Picture, c.Title = "story", nil, ""
		c.Excerpt = "Мурка кофе не пьёт, но следит, чтобы никто не пролил. Каждое утро в семь она садится рядом."
		c.CreditLine = "История от " + s.who + ", " + s.place
	}
	return c
}

func trim(f float64) string { return strings.TrimRight(fmt.Sprintf("%.3f", f), "0.") }

func cards(from, n int) []*theme.Card {
	var list []*theme.Card
	for i := range n {
		list = append(list, card(from+i))
	}
	return list
}

// base returns what all fixture views share; page is changed by the caller.
func fixtureBase(t *theme.Theme, title string) theme.Base {
	feeds := []theme.Feed{
		{Title: "Зерно, RSS", Type: "application/rss+xml", Href: "https://zerno.example/feed.xml", Short: "RSS", Host: "zerno.example", Path: "/feed.xml"},
		{Title: "Зерно, Atom", Type: "application/atom+xml", Href: "https://zerno.example/atom.xml", Short: "Atom", Host: "zerno.example", Path: "/atom.xml"},
		{Title: "Зерно, JSON", Type: "application/feed+json", Href: "https://zerno.example/feed.json", Short: "JSON Feed", Host: "zerno.example", Path: "/feed.json"},
	}
	return theme.Base{
		Site: &theme.Site{
			Title: "Зерно", Tagline: "Маленькая кофейня и её большие соседи", Home: "/", Lang: "ru", Dir: "ltr",
			Menu: []theme.Link{{Text: "Утро с нашими клиентами", Href: "/morning/", Current: true}, {Text: "Люди", Href: "/people/"},
				{Text: "Места", Href: "/places/"}, {Text: "Принять участие", Href: "/morning/call/"}},
			Languages: []theme.Link{{Text: "Русский", Href: "/", Lang: "ru", Current: true}, {Text: "English", Href: "/en/", Lang: "en"}},
			Footer:    []theme.Link{{Text: "О проекте", Href: "/about/"}, {Text: "Люди", Href: "/people/"}},
			Feeds:     feeds, FeedPage: "/feed/", Copyright: "© Зерно, 2026",
		},
		Page: &theme.Page{
			Title: title, Heading: title, Description: "Десять утр, которые прислали нам гости.",
			Canonical: "https://zerno.example/morning/", OGType: "website", OGLocale: "ru_RU",
			Alternates: []theme.Alternate{{Lang: "ru", Href: "https://zerno.example/morning/"}, {Lang: "en", Href: "https://zerno.example/en/morning/"}},
			Image:      &theme.ShareImage{URL: "https://zerno.example/media/card.jpg", Width: 1200, Height: 630, Alt: title, Type: "image/jpeg"},
			JSONLD:     `<script type="application/ld+json">{"@context":"https://schema.org","@type":"CollectionPage"}</script>`,
		},
		Assets: t.Assets, Settings: t.Settings,
	}
}

func callBox() *theme.CallBox {
	return &theme.CallBox{
		State: "open", Title: "Следующий выпуск: декабрь", Question: "А как ты пьёшь кофе по утрам?",
		Dates: "Приём открыт до 30 ноября 2026", Href: "/morning/call/", Button: "Как принять участие",
		Form: "https://forms.example/zerno", Hashtag: "#утросзерном",
	}
}

// view is one page of the fixture.
type view struct {
	layout, path string
	data         any
}

// views returns a page of each layout; n is how many pieces a gallery shows.
func views(t *theme.Theme, n int) []view {
	lead := card(0)
	p := picture(shots[0], 960, true)
	p.Priority = true
	lead.Picture, lead.ID = &p, ""
	gallery := theme.Link{Text: "Утро с нашими клиентами", Href: "/morning/"}
	return []view{
		{"home", "index", homeView(t, lead, n)},
		{"gallery", "morning/index", galleryView(t, lead, n)},
		{"submission", "morning/olya/index", submissionView(t, gallery)},
		{"gallery-contest", "dance/index", contestView(t, lead)},
		{"gallery-ideas", "ideas/index", boardView(t, n)},
		{"draw", "dance/draw/index", drawView(t)},
		{"rules", "dance/rules/index", rulesView(t)},
		{"winners", "dance/winners/index", winnersView(t)},
		{"contributor", "people/olya/index", &theme.Contributor{Base: fixtureBase(t, "Оля"), Name: "Оля", Places: []theme.Link{{Text: "Москва", Href: "/places/moscow/"}},
			Since: "С ноября 2026", URL: "https://example.org/olya", Initial: "О", Submissions: cards(0, 3)}},
		{"index", "people/index", indexView(t)},
		{"list", "places/moscow/index", &theme.List{Base: fixtureBase(t, "Москва"), Kind: "place", Name: "Москва", Items: cards(0, 4), Total: "4 работы"}},
		{"call", "morning/call/index", callView(t, gallery)},
		{"poster", "morning/call/poster/index", posterView(t, lead)},
		{"thanks", "morning/thanks/index", thanksView(t, gallery)},
		{"thank", "thanks/x7/index", thankView(t, gallery, lead)},
		{"page", "about/index", &theme.Article{Base: fixtureBase(t, "О проекте"),
			Body: "<p>Мы варим кофе с 2016 года.</p><h2>Зачем это всё</h2><p>Каждое утро <a href=\"/\">начинается</a> с чашки.</p><blockquote><p>Хочу в следующий выпуск!</p></blockquote><ul><li>спросить</li><li>выбрать</li></ul>",
			Terms: &theme.Terms{
				Facts:  []theme.Fact{{Name: "Версия", Text: "2026-10"}, {Name: "Действует с", Text: "1 октября 2026", Time: "2026-10-01T00:00:00+03:00"}},
				Counts: "Это перевод. Силу имеет оригинал:", Original: &theme.Link{Text: "English", Href: "/terms/", Lang: "en"},
				Hash: strings.Repeat("0123456789abcdef", 4), File: "/terms/terms.txt", Others: []theme.Link{{Text: "Версия 2025-01", Href: "/terms-2025/"}},
			}}},
		{"feed", "feed/index", &theme.FeedPage{Base: fixtureBase(t, "Подписка"), AllFormats: true,
			Groups: []theme.FeedGroup{{Title: "Весь сайт", Feeds: fixtureBase(t, "").Site.Feeds}}, Latest: cards(0, 3)}},
		{"404", "404", &theme.NotFound{Base: fixtureBase(t, "Здесь ничего нет"), Latest: cards(0, 4), Call: callBox()}},
		{"gone", "gone/index", &theme.Gone{Base: fixtureBase(t, "Эта страница снята с показа"), Gallery: gallery}},
	}
}

func homeView(t *theme.Theme, lead *theme.Card, n int) *theme.Home {
	cover := func(i int) *theme.Card { c := card(i); c.ID = ""; return c }
	base := fixtureBase(t, "")
	base.Page.Heading = "Утро с нашими клиентами"
	return &theme.Home{
		Thanks: &theme.Link{Text: "Спасибо всем, кто принял участие", Href: "/thanks/"},
		Base:   base, Lead: lead, Laurels: &theme.Laurels{Title: "Чашка года", Href: "/cup/winners/", Cards: cards(12, 2)}, Latest: cards(1, min(n, 9)), Call: callBox(), People: 10,
		Intro: "<p>Мы спросили: как вы пьёте кофе по утрам? С котом, на балконе, в пижаме? Восемьдесят человек прислали ответы. Вот они, с именами.</p>",
		Galleries: []theme.GalleryLink{
			{Title: "Утро с нашими клиентами", Summary: "Кто с котом, кто на балконе.", Href: "/morning/", State: "приём открыт до 30 ноября 2026", Chosen: "10 из 80 отобраны", Cover: cover(3)},
			{Title: "Двигай понедельник", Summary: "Танец, который мы собрали вместе.", Href: "/monday/", Chosen: "6 из 19 отобраны", Cover: cover(5)},
			{Title: "Чашка года", Summary: "Конкурс на роспись.", Href: "/cup/", State: "приём закрыт 1 октября 2026", Chosen: "12 из 140 отобраны", Cover: cover(8)},
		},
	}
}

func galleryView(t *theme.Theme, lead *theme.Card, n int) *theme.Gallery {
	v := &theme.Gallery{
		Base: fixtureBase(t, "Утро с нашими клиентами"), Kind: "ugc", Lead: lead, Items: cards(1, n),
		Intro: "<p>Мы попросили одну фотографию: как у вас начинается утро. Десять из восьмидесяти, в том порядке, в котором они пришли.</p>",
		Facts: theme.Facts{Chosen: "10 из 80 отобраны", People: "10 человек", Places: "8 мест", Dates: "приём открыт до 30 ноября 2026"},
		Filters: []theme.Filter{{Text: "Все", Href: "/morning/", Count: 24, Current: true}, {Text: "Фото", Href: "/morning/photo/", Count: 20},
			{Text: "Видео", Href: "/morning/video/", Count: 2}, {Text: "Истории", Href: "/morning/story/", Count: 2}, {Text: "Москва", Href: "/places/moscow/", Count: 4}},
		Pager: &theme.Pager{Older: "/morning/2/", Number: 3, Pages: []theme.Filter{{Text: "3", Href: "/morning/", Current: true}, {Text: "2", Href: "/morning/2/"}, {Text: "1", Href: "/morning/1/"}}},
		Call:  callBox(), Thanks: &theme.Link{Text: "Спасибо всем, кто принял участие", Href: "/morning/thanks/"},
	}
	v.Base.Page.Next = "/morning/2/"
	return v
}

func submissionView(t *theme.Theme, gallery theme.Link) *theme.Submission {
	p := picture(shots[0], 960, true)
	p.Priority, p.Sizes = true, "min(92vw,117vh)"
	prev, next := card(1), card(2)
	v := &theme.Submission{
		Base: fixtureBase(t, "Латте с Муркой"), Kind: "photo",
		Media: []theme.Plate{{Picture: p, Ratio: "1.5", Color: "#8a7f6b", Full: "/media/olya-2400.jpg", FullSize: "2400 × 1600"}},
		Story: template.HTML("<p>Мурка кофе не пьёт, но следит, чтобы никто не пролил. Каждое утро в семь она садится на табурет и ждёт, пока зашумит кофеварка.</p><p>Потом уходит спать, а я на работу.</p>"),
		Credits: []theme.Credit{{Role: "фотограф", Name: "Оля", Place: "Москва", Href: "/people/olya/"},
			{Role: "бариста", Name: "Anna-Lena", Lang: "de"}, {Name: "دانة", Lang: "ar"}},
		CreditLine: "Фото от Оли, Москва",
		Facts: []theme.Fact{{Name: "Место", Text: "Москва", Href: "/places/moscow/"}, {Name: "Получено", Text: "2 ноября 2026", Time: "2026-11-02T08:14:00+03:00"},
			{Name: "Опубликовано", Text: "9 ноября 2026", Time: "2026-11-09T10:00:00+03:00"}},
		Rights:  theme.Rights{Owner: "Автор и правообладатель: Оля. Показано с согласия автора", License: theme.Link{Text: "CC BY 4.0", Href: "https://creativecommons.org/licenses/by/4.0/"}},
		Edits:   []theme.Edit{{What: "добавлен логотип, выровнен звук", How: "Студия, 5 ноября 2026, согласовано с автором"}},
		Tags:    []theme.Link{{Text: "кот", Href: "/tags/cat/"}, {Text: "балкон", Href: "/tags/balcony/"}},
		Gallery: gallery, Position: "3 из 10", Prev: prev, Next: next, Near: cards(3, 6), Call: callBox(),
		Share: theme.Share{URL: "https://zerno.example/morning/olya/", Text: "Латте с Муркой",
			Links: []theme.Link{{Text: "Telegram", Href: "https://t.me/share/url?url=x"}, {Text: "ВКонтакте", Href: "https://vk.com/share.php?url=x"}, {Text: "Почта", Href: "mailto:?subject=x"}}},
	}
	v.Awards = []theme.Award{{Text: "Первое место, Дуэт", By: "Жюри", Reason: "Everything stands still", Lang: "en"}}
	v.Products = []theme.Product{{Number: 1, ID: "product-1", Name: "Чашка", Price: "890 ₽", Href: "https://shop.example/cup"}, {Number: 2, ID: "product-2", Name: "Кот"}}
	v.Media[0].Spots = []theme.Spot{{Number: 1, X: "42.5", Y: "30", Name: "1: Чашка, 890 ₽", Href: "https://shop.example/cup"}, {Number: 2, X: "0", Y: "100", Name: "2: Кот", Href: "#product-2"}}
	v.Disclosure = "Товар подарил бренд"
	second := picture(shots[2], 960, false)
	v.Media = append(v.Media, theme.Plate{Picture: second, Ratio: ".75", Color: "#6d6a74", Caption: "Та же минута, другая сторона стола"})
	v.Base.Page.OGType = "article"
	return v
}

func indexView(t *theme.Theme) *theme.Index {
	v := &theme.Index{Base: fixtureBase(t, "Люди"), Kind: "contributors", Total: "10 человек"}
	for _, l := range []struct {
		letter string
		names  []string
	}{{"А", []string{"Артём", "Анна-Мария"}}, {"Д", []string{"Дина"}}, {"К", []string{"Катя", "Кирилл", "Ксения"}}, {"Л", []string{"Лев"}},
		{"М", []string{"Маша"}}, {"О", []string{"Оля"}}, {"#", []string{"دانة"}}} {
		letter := theme.Letter{Letter: l.letter}
		for i, name := range l.names {
			letter.Entries = append(letter.Entries, theme.Entry{Name: name, Note: "Москва", Href: "/people/x/", Count: i + 1, Initial: l.letter})
		}
		v.Letters = append(v.Letters, letter)
	}
	return v
}

func callView(t *theme.Theme, gallery theme.Link) *theme.Call {
	return &theme.Call{
		Base: fixtureBase(t, "Как ты пьёшь кофе по утрам?"), State: "open", StateText: "Участвовать можно до 30 ноября 2026.",
		Question: "Как ты пьёшь кофе по утрам?", Intro: "<p>С котом, на балконе, в пижаме? Покажи нам своё утро. Лучшие фотографии мы опубликуем под твоим именем.</p>",
		Steps: []string{"Сфотографируй своё утро с кофе. Телефона достаточно.", "Пришли фотографию через форму и напиши, как тебя подписать.", "Мы выберем, опубликуем и скажем спасибо каждому."},
		Wants: []string{"живое утро, а не постановку", "свет из окна", "кота, если есть"},
		Rights: []string{"Всё, что ты присылаешь, остаётся твоим.", "Мы показываем работу под тем именем, которое ты выберешь.",
			"Работу можно забрать когда угодно."},
		After: "Мы смотрим всё, что нам прислали, отбираем, публикуем отобранное под именем автора и благодарим всех.",
		Dates: []theme.Fact{{Name: "Начало", Text: "1 ноября 2026", Time: "2026-11-01T00:00:00+03:00"}, {Name: "Конец", Text: "30 ноября 2026", Time: "2026-11-30T23:59:00+03:00"}},
		Form:  "https://forms.example/zerno", Button: "Прислать своё", Hashtag: "#утросзерном", Examples: cards(0, 3), Gallery: gallery,
		QR: "/morning/call/qr.svg", Posters: []theme.Link{{Text: "A4", Href: "/morning/call/poster/"}, {Text: "A5", Href: "/morning/call/poster-a5/"}},
	}
}

func posterView(t *theme.Theme, lead *theme.Card) *theme.Poster {
	return &theme.Poster{
		Base: fixtureBase(t, "Плакат, A4"), Format: "a4", Paper: "A4", Question: "Как ты пьёшь кофе по утрам?", QuestionSize: 2, Picture: lead,
		Steps: []string{"Сфотографируй своё утро с кофе.", "Пришли фотографию через форму."}, StepSize: 1, When: "Участвовать можно до 30 ноября 2026.",
		Hashtag: "#утросзерном", QR: "/morning/call/qr.svg", Address: "zerno.example/morning/call/",
		Call:   theme.Link{Text: "Как ты пьёшь кофе по утрам?", Href: "/morning/call/"},
		Others: []theme.Link{{Text: "A5", Href: "/morning/call/poster-a5/"}},
	}
}

func thanksView(t *theme.Theme, gallery theme.Link) *theme.Thanks {
	v := &theme.Thanks{
		Base: fixtureBase(t, "Спасибо"), Text: "Эту галерею сделали люди, которые приняли в ней участие. Мы посмотрели всё и долго спорили.",
		Named: []string{"Вера", "Глеб", "Марина", "Рустам", "Jonas"}, Others: "и ещё 65 человек, принявших участие", Gallery: gallery, Call: callBox(),
	}
	for _, s := range []string{"Оля", "Маша", "Лев", "Катя", "Тимур", "Нелли", "Артём", "Света", "Дина", "Петя"} {
		v.People = append(v.People, theme.Entry{Name: s, Note: "Москва", Href: "/people/x/"})
	}
	return v
}

func thankView(t *theme.Theme, gallery theme.Link, lead *theme.Card) *theme.Thank {
	v := &theme.Thank{
		Base: fixtureBase(t, "Спасибо, Маша!"), Greeting: "Спасибо, Маша!", Selected: true, Card: lead, Gallery: gallery, Call: callBox(),
		Text: []template.HTML{"Это твоя идея.", "Твоя работа вошла в галерею «Утро с нашими клиентами» и подписана твоим именем. Она по-прежнему принадлежит тебе.", "Эта страница для тебя: сохрани её и поделись ею."},
		Save: &theme.Download{Href: "/m/x.jpg", Name: "masha.jpg"}, Withdraw: "Если захочешь забрать свою работу, ответь на любое наше письмо.",
		Share: &theme.Share{Links: []theme.Link{{Text: "Telegram", Href: "https://t.me/share/url?url=x"}}},
	}
	v.Base.Page.NoIndex = true
	return v
}
