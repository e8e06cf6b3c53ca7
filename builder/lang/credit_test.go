package lang

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"gallerist/builder/gallery"
)

type author = gallery.PublicAuthor

var (
	olya  = author{Name: "Оля", Place: "Москва", Gender: "f"}
	masha = author{Name: "Маша", Place: "Москва", Gender: "f"}
	lev   = author{Name: "Лев", Place: "Казань", Gender: "m"}
	handl = author{Name: "olya_photo", Place: "Москва"}
	shy   = author{Place: "Москва"}
)

func with(a author, change func(*author)) author {
	change(&a)
	return a
}

func TestCreditLine(t *testing.T) {
	en, ru := load(t, "en"), load(t, "ru")
	in := func(role string, a author) author {
		return with(a, func(a *author) { a.Roles = strings.Split(role, ",") })
	}
	at := func(place string, a author) author { return with(a, func(a *author) { a.Place = place }) }
	for _, c := range []struct {
		credit Credit
		en, ru string
		note   Note // in Russian
	}{
		{Credit{Kind: gallery.Photo, People: []author{olya}},
			"Photo by Оля, Москва", "Фото от Оли, Москва", NoteComputed},
		{Credit{Kind: gallery.Video, People: []author{lev}},
			"Video by Лев, Казань", "Видео от Льва, Казань", NoteComputed},
		{Credit{Kind: gallery.Idea, People: []author{{Name: "Маша"}}},
			"Idea by Маша", "Идея от Маши", NoteComputed},
		{Credit{Kind: gallery.Review, People: []author{handl}},
			"Review by olya_photo, Москва", "Отзыв: olya_photo, Москва", NotePlain},
		{Credit{Kind: gallery.Sound, People: []author{{Name: "Кафе Ромашка", Kind: gallery.Company}}},
			"Sound by Кафе Ромашка", "Аудио: Кафе Ромашка", NotePlain},
		{Credit{Kind: gallery.Story, People: []author{{Name: "Ромашка", Kind: gallery.Company}}},
			"Story by Ромашка", "История: Ромашка", NotePlain},
		{Credit{Kind: gallery.Photo, People: []author{{Name: "Оля П.", Gender: "f"}}},
			"Photo by Оля П.", "Фото: Оля П.", NotePlain},
		{Credit{Kind: gallery.Photo, People: []author{{Name: "Оля П.", Forms: gallery.Forms{Gen: "Оли П."}}}},
			"Photo by Оля П.", "Фото от Оли П.", NoteGiven},
		{Credit{Kind: gallery.Photo, People: []author{{Name: "Лилу", Forms: gallery.Forms{Gen: "Лилу"}}, olya}},
			"Photo by Лилу and Оля (Москва)", "Фото от Лилу и Оли (Москва)", NoteComputed},
		{Credit{Kind: gallery.Photo, People: []author{olya}, Override: " Снимок \n— Оля "},
			"Снимок — Оля", "Снимок — Оля", NoteOwn},
		// several people
		{Credit{Kind: gallery.Photo, People: []author{olya, masha}},
			"Photo by Оля and Маша, Москва", "Фото от Оли и Маши, Москва", NoteComputed},
		{Credit{Kind: gallery.Photo, People: []author{olya, masha, lev}},
			"Photo by Оля (Москва), Маша (Москва) and Лев (Казань)", "Фото от Оли (Москва), Маши (Москва) и Льва (Казань)", NoteComputed},
		{Credit{Kind: gallery.Photo, People: []author{olya, handl}},
			"Photo by Оля and olya_photo, Москва", "Фото: Оля и olya_photo, Москва", NotePlain},
		{Credit{Kind: gallery.Photo, People: []author{olya, masha, olya, masha, olya, masha, masha}},
			"Photo by Оля, Маша, Оля, Маша, Оля and 2 more people, Москва", "Фото от Оли, Маши, Оли, Маши, Оли и ещё 2 человек, Москва", NoteComputed},
		// nobody named
		{Credit{Kind: gallery.Photo, People: []author{shy}},
			"Photo by a participant, Москва", "Фото от одного из участников, Москва", NotePlain},
		{Credit{Kind: gallery.Photo},
			"Photo by a participant", "Фото от одного из участников", NotePlain},
		{Credit{Kind: gallery.Photo, People: []author{shy, shy}},
			"Photo by 2 participants, Москва", "Фото от 2 участников, Москва", NotePlain},
		{Credit{Kind: gallery.Photo, People: []author{shy, olya}},
			"Photo by Оля and 1 more person, Москва", "Фото от Оли и ещё 1 человека, Москва", NoteComputed},
		{Credit{Kind: gallery.Photo, People: []author{handl, shy}},
			"Photo by olya_photo and 1 more person, Москва", "Фото: olya_photo и ещё 1 человек, Москва", NotePlain},
		// roles
		{Credit{Kind: gallery.Video, People: []author{in("dancer", at("", olya)), in("choreographer", at("", lev))}},
			"Dance: Оля; choreography: Лев", "Танец: Оля; хореография: Лев", NotePlain},
		{Credit{Kind: gallery.Video, People: []author{olya, in("editor", lev), in("editor", masha)}},
			"Video: Оля, Москва; editing: Лев (Казань) and Маша (Москва)", "Видео: Оля, Москва; монтаж: Лев (Казань) и Маша (Москва)", NotePlain},
		{Credit{Kind: gallery.Photo, People: []author{in("photographer", olya)}},
			"Photo by Оля, Москва", "Фото от Оли, Москва", NoteComputed},
		{Credit{Kind: gallery.Photo, People: []author{in("dancer", olya), in("juggler", shy)}},
			"Dance: Оля, Москва; juggler: a participant, Москва", "Танец: Оля, Москва; juggler: один из участников, Москва", NotePlain},
		// several roles of one person
		{Credit{Kind: gallery.Video, People: []author{in("choreographer,editor", at("", olya))}},
			"Choreography and editing: Оля", "Хореография и монтаж: Оля", NotePlain},
		{Credit{Kind: gallery.Video, People: []author{in("dancer,choreographer", at("", olya)), in("dancer", at("", lev))}},
			"Dance: Оля and Лев; choreography: Оля", "Танец: Оля и Лев; хореография: Оля", NotePlain},
		{Credit{Kind: gallery.Video, People: []author{in("choreographer,editor", at("", olya)), at("", masha), in("composer,sound", at("", lev))}},
			"Choreography and editing: Оля; video: Маша; music and sound: Лев", "Хореография и монтаж: Оля; видео: Маша; музыка и звук: Лев", NotePlain},
		// names in this language, of the other direction, and spoilt ones
		{Credit{Kind: gallery.Photo, People: []author{{Name: "Оля", Names: map[string]string{"en": "Olya"}}}},
			"Photo by Olya", "Фото от Оли", NoteComputed},
		{Credit{Kind: gallery.Photo, People: []author{{Name: "ليلى", Place: "Москва"}}},
			"Photo by \u2068ليلى\u2069, Москва", "Фото: \u2068ليلى\u2069, Москва", NotePlain},
		{Credit{Kind: gallery.Photo, People: []author{{Name: "О\u202eля\x00\n", Place: "\t"}}},
			"Photo by Оля", "Фото от Оли", NoteComputed},
		{Credit{Kind: gallery.Photo, People: []author{{Name: "{names} {place}", Place: "{line}"}}},
			"Photo by {names} {place}, {line}", "Фото: {names} {place}, {line}", NotePlain},
		{Credit{Kind: "collage", People: []author{olya}},
			"Photo by Оля, Москва", "Фото от Оли, Москва", NoteComputed},
	} {
		if got := en.CreditLine(c.credit); got != c.en {
			t.Errorf("en: got %q, want %q", got, c.en)
		}
		if got := ru.CreditLine(c.credit); got != c.ru {
			t.Errorf("ru: got %q, want %q", got, c.ru)
		}
		if got := ru.CreditNote(c.credit); got != c.note {
			t.Errorf("%q: %s, want %s", c.ru, got, c.note)
		}
	}
}

func TestPeople(t *testing.T) {
	en, ru := load(t, "en"), load(t, "ru")
	for _, c := range []struct{ want, got string }{
		{"Спасибо, Маша!", ru.ThankYou(masha)},
		{"Thank you, Маша!", en.ThankYou(masha)},
		{"Спасибо!", ru.ThankYou(shy)},
		{"Спасибо!", ru.ThankYou(author{Forms: gallery.Forms{Voc: "Оле"}})},
		{"Спасибо, Оле!", ru.ThankYou(with(olya, func(a *author) { a.Forms.Voc = "Оле" }))},
		{"Спасибо, Кафе «Ромашка»!", ru.ThankYou(author{Name: "Кафе «Ромашка»", Kind: gallery.Company})},
		{"a participant", en.PersonName(shy)},
		{"Оля", ru.PersonName(olya)},
		{"Оля, Маша и ещё 1 человек", ru.People([]author{olya, masha, shy})},
		{"a participant", en.People(nil)},
		{"Belongs to Оля, shown with the author’s consent", en.Owner([]author{olya})},
		{"Belongs to Оля and Лев, shown with the authors’ consent", en.Owner([]author{olya, lev})},
		{"Belongs to its author, shown with the author’s consent", en.Owner([]author{shy})},
		{"Права принадлежат Оле. Показано с согласия автора", ru.Owner([]author{olya})},
		{"Права принадлежат Оле и Льву. Показано с согласия авторов", ru.Owner([]author{olya, lev})},
		{"Права принадлежат Лилу. Показано с согласия автора", ru.Owner([]author{{Name: "Лилу", Forms: gallery.Forms{Dat: "Лилу"}}})},
		{"Автор и правообладатель: olya_photo. Показано с согласия автора", ru.Owner([]author{handl})},
		{"Автор и правообладатель: Ольга Петрова. Показано с согласия автора", ru.Owner([]author{{Name: "Ольга Петрова", Gender: "f"}})},
		{"Права принадлежат Ольге Петровой. Показано с согласия автора", ru.Owner([]author{{Name: "Ольга Петрова", Forms: gallery.Forms{Dat: "Ольге Петровой"}}})},
		{"Авторы и правообладатели: Оля и Женя П. Показано с согласия авторов", ru.Owner([]author{olya, {Name: "Женя П"}})},
		{"Авторы и правообладатели: Оля и ещё 1 человек. Показано с согласия авторов", ru.Owner([]author{olya, shy})},
		{"Автор и правообладатель: Ромашка. Показано с согласия автора", ru.Owner([]author{{Name: "Ромашка", Kind: gallery.Group}})},
		{"Спасибо, Оля и Лев!", ru.ThankYou(olya, lev)},
		{"Спасибо!", ru.ThankYou(olya, shy)},
		{"Спасибо!", ru.ThankYou()},
		{"Спасибо!", ru.ThankYou(olya, lev, olya, lev, olya, lev, olya)},
		{"Фото от Оли", ru.AltFallback(Credit{Kind: gallery.Photo, People: []author{olya}, Override: "© Оля"})},
		{"Photo by a participant", en.AltFallback(Credit{Kind: gallery.Photo})},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// In a language written from right to left it is Latin that is set apart.
func TestIsolateRightToLeft(t *testing.T) {
	l, _ := Load("he", Words{"he.toml", []byte("[language]\nname = \"עברית\"\ndir = \"rtl\"\n")})
	got := l.CreditLine(Credit{Kind: gallery.Photo, People: []author{{Name: "Olya", Place: "תל אביב"}}})
	if want := "Photo by \u2068Olya\u2069, תל אביב"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzCreditLine(f *testing.F) {
	f.Add("Оля", "Москва", "f", "", "photo", "")
	f.Add("olya_photo", "", "", "dancer", "idea", "")
	f.Add("\xff\u202e", "\x00", "m", "\n", "", "\u2066")
	f.Add("ليلى", "a\u2029b", "x", "editor", "video", "")
	languages := []*Language{load(f, "en"), load(f, "ru")}
	f.Fuzz(func(t *testing.T, name, place, gender, role, kind, own string) {
		a := author{Name: name, Place: place, Gender: gender, Roles: []string{role}}
		for _, c := range []Credit{
			{Kind: gallery.PieceKind(kind), People: []author{a}, Override: own},
			{Kind: gallery.PieceKind(kind), People: []author{a, lev, a}},
		} {
			for _, l := range languages {
				line := l.CreditLine(c)
				checkLine(t, line)
				if want := clean(name); c.Override == "" && want != "" && !strings.Contains(line, want) {
					form, ok := inflect(want, gender, genitive)
					if !ok || !strings.Contains(line, form) {
						t.Errorf("%q does not name %q", line, want)
					}
				}
			}
		}
	})
}

// checkLine fails for what is no line of text.
func checkLine(t *testing.T, line string) {
	t.Helper()
	bad := func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) && r != ' ' || r >= 0x202a && r <= 0x202e
	}
	if line == "" || !utf8.ValidString(line) || strings.IndexFunc(line, bad) >= 0 || strings.TrimSpace(line) != line {
		t.Errorf("%q is no line of text", line)
	}
	if strings.Count(line, "\u2068") != strings.Count(line, "\u2069") {
		t.Errorf("%q has isolates without partners", line)
	}
}

func BenchmarkCreditLine(b *testing.B) {
	l := load(b, "ru")
	c := Credit{Kind: gallery.Photo, People: []author{olya}}
	b.ReportAllocs()
	for b.Loop() {
		l.CreditLine(c)
	}
}
