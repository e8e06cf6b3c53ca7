package theme_test

import (
	"fmt"

	"gallerist/builder/theme"
)

// boardView is a board with n ideas, every third with everything that one can
// have.
func boardView(t *theme.Theme, n int) *theme.Gallery {
	board := &theme.Board{}
	for i := range n {
		status := []string{"done", "planned", "declined"}[i*3/max(n, 1)]
		if at := len(board.Sections); at == 0 || board.Sections[at-1].ID != status {
			board.Sections = append(board.Sections, theme.BoardSection{ID: status, Title: status, Text: "Что это значит.", Folded: status == "declined"})
			board.Statuses = append(board.Statuses, theme.Filter{Text: status, Href: "#" + status, Count: n / 3})
		}
		c := card(i)
		c.ID, c.Kind, c.Picture = fmt.Sprintf("p-idea%d", i), "idea", nil
		idea := theme.IdeaCard{Card: c, Heading: "Тихий час без музыки", Text: "С трёх до четырёх выключайте музыку совсем.", Changed: "обновлено 5 ноября 2026", Date: "2026-11-05T00:00:00+03:00"}
		if i%3 == 0 {
			idea.Also, idea.Answer, idea.Supporters = "Та же идея: Петя и Нина", "Пробуем по вторникам.", "43 сторонника на 12 ноября 2026"
			idea.Outcome = &theme.Link{Text: "Посмотреть, что получилось", Href: "/quiet/"}
		}
		s := &board.Sections[len(board.Sections)-1]
		s.Ideas, s.Count = append(s.Ideas, idea), s.Count+1
	}
	return &theme.Gallery{
		Base: fixtureBase(t, "Книга предложений"), Kind: "ideas", Intro: "<p>Чего у нас не хватает?</p>", Facts: theme.Facts{Chosen: "19 идей"},
		Board: board, Call: callBox(), Thanks: &theme.Link{Text: "Спасибо всем", Href: "/ideas/thanks/"},
	}
}

// drawView is a draw that was held: one winner is published, one is not.
func drawView(t *theme.Theme) *theme.Draw {
	return &theme.Draw{
		Base: fixtureBase(t, "Розыгрыш"), Held: true, State: "Розыгрыш прошёл 20 ноября 2026.",
		Facts:   []theme.Fact{{Name: "Билетов", Text: "8"}, {Name: "Исходное число", Text: "4 8 15 16 23 42"}},
		Winners: []theme.DrawWinner{{Place: 1, ID: "aaaa", Card: card(1)}, {Place: 2, ID: "m7q2k4"}},
		File:    theme.Link{Text: "draw.txt", Href: "/dance/draw/draw.txt"},
		Steps:   []theme.DrawStep{{Text: "Сохрани список."}, {Text: "Повтори.", Code: "sort list.txt | sha256sum"}},
		Gallery: theme.Link{Text: "Танцы", Href: "/dance/"},
	}
}
