package theme_test

import "gallerist/builder/theme"

func contestDates() []theme.Fact {
	return []theme.Fact{{Name: "Начало", Text: "2 ноября 2026, 00:00 (UTC+3)", Time: "2026-11-02T00:00:00+03:00"},
		{Name: "Конец", Text: "8 ноября 2026, 23:59 (UTC+3)", Time: "2026-11-08T23:59:59+03:00"}, {Name: "Итоги", Text: "12 ноября 2026, 12:00 (UTC+3)", Time: "2026-11-12T12:00:00+03:00"}}
}

func contestView(t *theme.Theme, lead *theme.Card) *theme.Gallery {
	return &theme.Gallery{
		Base: fixtureBase(t, "Одно движение"), Kind: "contest", Lead: lead, Items: cards(5, 4), Facts: theme.Facts{Chosen: "9 из 14 отобраны"},
		Contest: &theme.ContestBox{
			Theme: "Одно движение, одна минута", StateText: "Приём работ закончился 8 ноября 2026, итоги подведены 12 ноября 2026.", Dates: contestDates(),
			Rules: theme.Link{Text: "Правила", Href: "/dance/rules/"}, Decided: true, Button: &theme.Link{Text: "Победители", Href: "/dance/winners/"}, Places: cards(1, 3),
		},
		Thanks: &theme.Link{Text: "Спасибо всем, кто принял участие", Href: "/dance/thanks/"}, Call: callBox(),
	}
}

func rulesView(t *theme.Theme) *theme.Rules {
	return &theme.Rules{
		Base: fixtureBase(t, "Правила"), Theme: "Одно движение, одна минута", State: "judging", StateText: "Жюри смотрит и спорит.", Dates: contestDates(),
		Button: &theme.Link{Text: "Как участвовать", Href: "/dance/call/"},
		Parts: []theme.RulePart{
			{ID: "sponsor", Title: "Кто проводит", Text: []string{"Кофейня «Зерно».", "Отвечаем по будням."}, Link: &theme.Link{Text: "Задать вопрос", Href: "/ask/"}},
			{ID: "eligibility", Title: "Кто может участвовать", Said: []string{"С 14 лет.", "Из любой страны."}},
			{ID: "judging", Title: "Как решает жюри", Items: []theme.RuleItem{{Name: "Ритм", Text: "Начали ли вместе?", Note: "вес 2, наибольший балл 10"}, {Name: "Смелость"}}},
		},
	}
}

func winnersView(t *theme.Theme) *theme.Winners {
	points := &theme.Points{Jurors: []string{"Вера", "Jonas"}, Total: "8,67 из 10",
		Rows: []theme.PointsRow{{Criterion: "Ритм × 2", Points: []string{"9", "8"}, Mean: "8,50"}, {Criterion: "Смелость", Points: []string{"9", "–"}, Mean: "9,00"}}}
	solo := card(2)
	solo.Award, solo.Official = "Победа", true
	portrait := picture(shots[1], 320, false)
	return &theme.Winners{
		Base: fixtureBase(t, "Победители"), Date: "итоги подведены 12 ноября 2026", Announce: "<p>Мы смеялись <em>вслух</em>.</p>",
		Groups: []theme.WinnerGroup{
			{ID: "all", Title: "Весь конкурс", Places: []theme.Place{{Title: "Первое место", First: true, Prizes: []string{"Чайник, 3 000 ₽"}, Winners: []theme.Winner{{
				Card: card(0), Judged: theme.Judged{Official: true, Reason: theme.Wording{Text: "За ноги."}, By: "Пекарня", Points: points, Votes: "218 голосов (опрос у кассы, подсчёт 20 ноября 2026)",
					Jury: []theme.Quote{{Wording: theme.Wording{Text: "Какие ноги!"}, By: "Вера"}, {Wording: theme.Wording{Text: "Such feet!", Lang: "en"}, By: "Jonas"}}},
			}}}}},
			{ID: "duo", Title: "Дуэты", Text: "Вдвоём.", Places: []theme.Place{
				{Title: "Первое место", Shared: "Первое место делят 2 работы", Winners: []theme.Winner{{Card: card(1), Judged: theme.Judged{Points: points}}, {Card: solo}}},
				{Title: "Самый тихий танец", Winners: []theme.Winner{{Card: card(7), Title: "Самый тихий танец"}}},
			}, Finalists: cards(4, 3)},
		},
		Computed: "Как считается итог.", Votes: "На места не влияют.", VotesAt: "https://example.org/poll",
		Jury:  []theme.Member{{Name: "Вера", Initial: "В", Roles: "хореограф", About: "Печёт хлеб.", Says: "<p>Смотрю на ноги.</p>", Portrait: &portrait, Ratio: "1", Color: "#a77b52"}, {Name: "Jonas", Initial: "J"}},
		Links: []theme.Link{{Text: "Смотреть галерею", Href: "/dance/"}, {Text: "Правила", Href: "/dance/rules/"}}, Call: callBox(),
	}
}
