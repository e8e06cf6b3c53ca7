package lang

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gallerist/builder/gallery"
	"gallerist/builder/problem"
)

func load(t testing.TB, tag string) *Language {
	t.Helper()
	l, problems := Load(tag)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return l
}

func TestLoad(t *testing.T) {
	if got := Known(); !slices.IsSorted(got) || !slices.Contains(got, "en") || !slices.Contains(got, "ru") {
		t.Errorf("Known() = %q", got)
	}
	for _, c := range []struct{ tag, wantTag, name, locale string }{
		{"ru", "ru", "Русский", "ru_RU"},
		{"en", "en", "English", "en_GB"},
		{"en-US", "en-US", "English", "en_US"},
		{"RU_by", "ru-BY", "Русский", "ru_BY"},
	} {
		l := load(t, c.tag)
		got := [...]string{l.Tag(), l.Name(), l.OGLocale(), l.Dir()}
		if want := [...]string{c.wantTag, c.name, c.locale, "ltr"}; got != want {
			t.Errorf("Load(%q) = %q, want %q", c.tag, got, want)
		}
	}
}

func TestLoadUnknown(t *testing.T) {
	for _, tag := range []string{"xx", "", "eo", "not a tag", "рус"} {
		l, problems := Load(tag)
		if len(problems) != 1 || l.Tag() != "en" || l.Label("gallery.older") != "Older" {
			t.Errorf("Load(%q): tag %q, problems %v", tag, l.Tag(), problems)
		}
	}
	_, problems := Load("rus-")
	if len(problems) != 1 || !strings.Contains(problems[0].Hint, strings.Join(Known(), ", ")) {
		t.Errorf("hint: %v", problems)
	}
}

func TestOwnWords(t *testing.T) {
	own := Words{"languages/ru.toml", []byte(`
[gallery]
older = "Ещё раньше"
pieces = { one = "{n} чашка", few = "{n} чашки", many = "{n} чашек" }
[roles]
barista = "бариста"
[works]
barista = "кофе"
`)}
	l, problems := Load("ru", own)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for want, got := range map[string]string{
		"Ещё раньше": l.Label("gallery.older"), "Позже": l.Label("gallery.newer"),
		"1 чашка": l.Plural("gallery.pieces", 1), "5 чашек": l.Plural("gallery.pieces", 5), "бариста": l.Role("barista"),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if !slices.Contains(l.Roles(), "barista") || slices.Contains(Roles(), "barista") {
		t.Error("a site's own role belongs to the site's language only")
	}
}

// A site can bring a language that the program does not have.
func TestOwnLanguage(t *testing.T) {
	own := Words{"languages/he.toml", []byte("[language]\nname = \"עברית\"\ndir = \"rtl\"\nlocale = \"he_IL\"\n[gallery]\nolder = \"קודם\"\n")}
	l, problems := Load("he", own)
	if len(problems) != 1 || problems[0].Level != problem.Warning || !strings.Contains(problems[0].Text, "missing") {
		t.Errorf("problems: %v", problems)
	}
	got := []string{l.Tag(), l.Dir(), l.Name(), l.OGLocale(), l.Label("gallery.older"), l.Label("gallery.newer")}
	if want := []string{"he", "rtl", "עברית", "he_IL", "קודם", "Newer"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOwnWordsProblems(t *testing.T) {
	for _, c := range []struct{ src, at, text, hint string }{
		{"[gallery]\noldr = \"x\"", "w.toml:2", `unknown key "gallery.oldr"`, `did you mean "gallery.older"?`},
		{"[gallery]\npage = \"Seite {nr}\"", "w.toml:2", `unknown placeholder {nr} in "gallery.page"`, "known here: {n}"},
		{"[gallery]\nolder = 5", "w.toml:2", `"gallery.older" is not a text`, "write the words in quotation marks"},
		{"[language]\ndir = \"rlt\"", "w.toml:2", `unknown language.dir "rlt"`, `did you mean "rtl"?`},
		{"[date]\nnames = [\"Jan\"]", "w.toml:2", `"date.names" has 1 words instead of 12`, "compare with"},
		{"[date]\nnames = \"Jan\"", "w.toml:2", `unknown key "date.names"`, ""},
		{"[galery]\nolder = \"x\"", "w.toml:2", `unknown key "galery.older"`, `did you mean "gallery.older"?`},
		{"[gallery\n", "w.toml:1", "", ""},
	} {
		l, problems := Load("en", Words{"w.toml", []byte(c.src)})
		if len(problems) != 1 {
			t.Errorf("%q: %d problems: %v", c.src, len(problems), problems)
			continue
		}
		p := problems[0]
		if !strings.HasPrefix(p.Pos.String(), c.at) || !strings.Contains(p.Text, c.text) || !strings.Contains(p.Hint, c.hint) {
			t.Errorf("%q: %s", c.src, p)
		}
		if l.Label("gallery.newer") != "Newer" {
			t.Errorf("%q spoilt the rest", c.src)
		}
	}
}

// The languages of the program have the same keys with the same placeholders,
// and every form of a plural.
func TestLanguagesAgree(t *testing.T) {
	en := load(t, fallback)
	for _, tag := range Known() {
		raw := slices.DeleteFunc(rawKeys(t, tag), func(key string) bool {
			return ofCases(key) && load(t, tag).meta.nameCase != "" // beside the same without
		})
		if want := rawKeys(t, fallback); !slices.Equal(raw, want) {
			t.Errorf("%s lacks %v and has besides %v", tag, minus(want, raw), minus(raw, want))
		}
		l := load(t, tag)
		for key, m := range l.words {
			for i, form := range m.forms {
				want := en.words[strings.TrimSuffix(key, "_dative")].forms[other].placeholders()
				got := form.placeholders()
				if slices.Contains(want, "n") && !slices.Contains(got, "n") && alone(l, i) {
					got = slices.Sorted(slices.Values(append(got, "n")))
				}
				if form != nil && !slices.Equal(got, want) {
					t.Errorf("%s: %s (%s) has placeholders %v, want %v", tag, key, categoryNames[i], got, want)
				}
			}
			checkForms(t, l, key, m)
		}
	}
}

// ofCases reports keys of words that only a language with cases has, besides
// those that say the same without.
func ofCases(key string) bool { return strings.HasSuffix(key, "_dative") }

// alone reports whether a plural category stands for one number only, which
// its form may then say in words.
func alone(l *Language, category int) bool {
	numbers := 0
	for n := range 1000 {
		if l.category(n) == category {
			numbers++
		}
	}
	return numbers == 1
}

// checkForms fails where a text with plural forms lacks one that its language
// uses.
func checkForms(t *testing.T, l *Language, key string, m message) {
	if m.forms[one] == nil {
		return
	}
	for n := range 1000 {
		if c := l.category(n); m.forms[c] == nil {
			t.Errorf("%s: %s has no form %q", l.Tag(), key, categoryNames[c])
			return
		}
	}
}

// rawKeys returns the keys in a language's own file.
func rawKeys(t *testing.T, tag string) []string {
	l := &Language{words: map[string]message{}, lists: map[string][]string{}}
	r := reader{l: l, ours: true, set: map[string]bool{}}
	r.read(tag, embedded(tag))
	if len(r.problems) > 0 {
		t.Fatal(r.problems)
	}
	var keys []string
	for key := range r.set {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func minus(a, b []string) (rest []string) {
	for _, s := range a {
		if !slices.Contains(b, s) {
			rest = append(rest, s)
		}
	}
	return rest
}

// Every word list that other packages keep has its words here.
func TestWordsForLists(t *testing.T) {
	for _, tag := range Known() {
		l := load(t, tag)
		var keys []string
		for _, k := range gallery.PieceKinds {
			keys = append(keys, "credit."+k+".by", "credit."+k+".label")
		}
		for _, k := range gallery.Disclosures {
			keys = append(keys, "disclosure."+k)
		}
		for id := range gallery.Licenses {
			keys = append(keys, "license."+id)
		}
		for _, role := range l.Roles() {
			keys = append(keys, "works."+role)
		}
		for _, key := range keys {
			if !l.Has(key) {
				t.Errorf("%s: no words for %q", tag, key)
			}
		}
	}
}

// Texts are typographically right: no straight quotes, no double spaces, no
// hyphen for a dash, no three dots.
func TestTypography(t *testing.T) {
	for _, tag := range Known() {
		l := load(t, tag)
		for _, key := range l.Keys() {
			for _, form := range l.words[key].forms {
				s := ""
				for _, p := range form {
					s += p.literal
				}
				for _, bad := range []string{"\"", "'", "  ", " - ", "...", " ,", " ."} {
					if strings.Contains(s, bad) {
						t.Errorf("%s: %s = %q contains %q", tag, key, s, bad)
					}
				}
				if s != strings.TrimSpace(s) && key != "language.group" && key != "list.comma" && key != "list.colon" {
					t.Errorf("%s: %s = %q has space around it", tag, key, s)
				}
			}
		}
	}
	ru := load(t, "ru")
	if got, want := ru.Label("feed.formats"), "RSS, Atom и\u00a0JSON Feed говорят одно и\u00a0то же: выберите тот, который понимает ваша программа."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLabel(t *testing.T) {
	l := load(t, "en")
	day := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		want, got string
	}{
		{"Older", l.Label("gallery.older")},
		{"Page 1,200", l.Label("gallery.page", 1200)},
		{"Page 3", l.Label("gallery.page", "n", 3)},
		{"open until 30 November 2026", l.Label("gallery.open_until", day)},
		{"Rehearsal (Morning)", l.Label("calendar.live", "title", "Morning", "session", "Rehearsal")},
		{"{session} (Morning)", l.Label("calendar.live", "title", "Morning")},
		{"{session} ({title})", l.Label("calendar.live")},
		{"All editions of “A ‘b’ c”", l.Label("series.archive", "A “b” c")},
		{"{n} is kept", l.Label("piece.review_of", "{n} is kept")[len("Review of "):]},
		{"[gallery.oldr]", l.Label("gallery.oldr", "x")},
		{"[gallery.oldr]", l.Plural("gallery.oldr", 2)},
		{"CC-BY-9", l.License("CC-BY-9")},
		{"All rights reserved", l.License("")},
		{"photographer", l.Role("photographer")},
		{"juggler", l.Role("juggler")},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestPlural(t *testing.T) {
	en, ru := load(t, "en"), load(t, "ru")
	for _, c := range []struct{ want, got string }{
		{"10 of 80 selected", en.Plural("gallery.chosen", 10, "total", 80)},
		{"10 из 80 отобраны", ru.Plural("gallery.chosen", 10, "total", 80)},
		{"1 из 80 отобрана", ru.Plural("gallery.chosen", 1, "total", 80)},
		{"1 person", en.Plural("gallery.people", 1)},
		{"1 работа", ru.Plural("gallery.pieces", 1)},
		{"2 работы", ru.Plural("gallery.pieces", 2)},
		{"5 работ", ru.Plural("gallery.pieces", 5)},
		{"11 работ", ru.Plural("gallery.pieces", 11)},
		{"0 работ", ru.Plural("gallery.pieces", 0)},
		{"1\u00a0022 работы", ru.Plural("gallery.pieces", 1022)},
		{"и ещё 67 человек", ru.Plural("thanks.others", 67)},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// The categories of whole numbers by CLDR, counted another way: Russian by
// its last digits as people say them.
func TestCategories(t *testing.T) {
	en, ru := load(t, "en"), load(t, "ru")
	for n := -1000; n <= 1000; n++ {
		s := fmt.Sprintf("%02d", max(n, -n))
		want := many
		switch tens, last := s[len(s)-2], s[len(s)-1]; {
		case tens == '1':
		case last == '1':
			want = one
		case strings.IndexByte("234", last) >= 0:
			want = few
		}
		if got := ru.category(n); got != want {
			t.Errorf("ru %d: %s, want %s", n, categoryNames[got], categoryNames[want])
		}
		if got := en.category(n) == one; got != (n == 1 || n == -1) {
			t.Errorf("en %d: %v", n, got)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	l := load(t, "ru")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 50 {
				l.Compare(fmt.Sprint("Ёж ", i), "Ель")
				l.CreditLine(Credit{Kind: gallery.Photo, People: []gallery.PublicAuthor{{Name: "Оля"}}})
			}
		})
	}
	wg.Wait()
}

// join says what Label says, also between quotation marks and where a text is
// missing.
func TestJoin(t *testing.T) {
	for _, tag := range []string{"en", "ru"} {
		l, _ := Load(tag)
		l.words["own.quoted"] = message{forms: [categories]text{other: parseText("{month} «{day}» “{day}” {other} }")}}
		for _, key := range []string{"date.day", "own.quoted", "no.such"} {
			for _, day := range []string{"9", "«9»", "", "“9”"} {
				got := l.join(key, "day", day, "month", "May", "year", "2026")
				if want := l.Label(key, "day", day, "month", "May", "year", "2026"); got != want {
					t.Errorf("%s %s: %q, want %q", tag, key, got, want)
				}
			}
		}
	}
}

func BenchmarkDate(b *testing.B) {
	l, _ := Load("ru")
	day := time.Date(2026, 11, 9, 10, 0, 0, 0, time.UTC)
	b.ReportAllocs()
	for b.Loop() {
		l.Date(day)
	}
}
