package card

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/image/math/fixed"
)

func TestDraws(t *testing.T) {
	for _, v := range []struct {
		text string
		want bool
	}{
		{"", true},
		{"Photo by Olya, Moscow", true},
		{"Ça, où: naïve Straße, Ærø, Łódź, Český Šumperk, Ğiş, Țară, Ķīpsala, Đặng Thị Hằng", true},
		{"«Съешь ещё этих мягких французских булок, да выпей чаю» — № 5", true},
		{"Ґанок, їжак, Єва", true},       // Ukrainian
		{"Ўладзіслаў, дзьмухавец", true}, // Belarusian
		{"Љубав, њива, ћуп, џем, ђак", true},
		{"Ќерка, ѓакон", true},                                     // Macedonian
		{"Әліппе, ғарыш, қазақ, ең, өнер, ұлт, үй, һәм, іс", true}, // Kazakh
		{"Җәйге иртә, көмеш, таң, һава", true},                     // Tatar
		{"Ҫулӑм, ӗмӗт, ӳкерчӗк", true},                             // Chuvash
		{"Καφές, Ωδή, ΰ", true},
		{"Ко́фе", true}, {"Cafe\u0301", true}, {"э\u0301\u0300", true},
		{"Кофе ☕️ и кот 🐈‍⬛", true},
		{"𝓜𝓪𝓼𝓱𝓪", true}, {"Ⓜⓐⓢⓗⓐ", true}, {"Ｏｌｙａ", true},
		{"5 ₽, 3 €, 20 %, +4 °C, 2×2", true},
		{"a\u00a0b\u202fc\u00ad\u200bd", true},
		{"э\u0301\u0300\u0301", false}, {"\u0301", false}, {" \u0301a", false},
		{"ليلى", false}, {"שלום", false}, {"日本語", false}, {"한국", false}, {"ไทย", false}, {"हिन्दी", false},
		{"Оля ليلى", false}, {"ქართული", false}, {"Հայ", false},
	} {
		if got := Draws(v.text); got != v.want {
			t.Errorf("Draws(%q) = %t", v.text, got)
		}
	}
}

func TestClean(t *testing.T) {
	for _, v := range [][2]string{
		{"  Утро \t с\nкотом ", "Утро с котом"},
		{"Кофе ☕️ и кот 🐈‍⬛", "Кофе и кот"},
		{"Утро ☀️, кофе ☕!", "Утро, кофе!"},
		{"🇷🇺Москва👋🏽Казань", "Москва Казань"},
		{"🙂🙂", ""},
		{"Й", "Й"},
		{"cafe\u0301", "café"},
		{"𝓜𝓪𝓼𝓱𝓪 Ⓜ Ｏ", "Masha M O"},
		{"1️⃣ место", "1 место"},
		{"a\u200db\u200ec\u2066d", "abcd"},
		{"5\u00a0кг, 10\u202f000", "5\u00a0кг, 10\u00a0000"},
		{"\u00a0слово\u00ad", "слово"},
		{"пере\u00adнос", "пере\u00adнос"},
		{"ليلى", "ليلى"},
		{"a\xffb", "ab"},
	} {
		if got := Clean(v[0]); got != v[1] {
			t.Errorf("Clean(%q) = %q, not %q", v[0], got, v[1])
		}
	}
	if n := utf8.RuneCountInString(Clean(strings.Repeat("а\u0301", 5000))); n > 2*longestText {
		t.Errorf("%d runes of a long text", n)
	}
}

func TestDivisions(t *testing.T) {
	for _, v := range [][2]string{
		{"человеконенавистничество", "че-ло-ве-ко-не-на-вист-ни-чест-во"},
		{"Сестра", "Сест-ра"},
		{"большой", "боль-шой"},
		{"объезд", "объ-езд"},
		{"район", "рай-он"},
		{"поэма", "по-эма"},
		{"разыграть", "ра-зыг-рать"},
		{"ванна", "ван-на"},
		{"якорь", "якорь"}, // neither я- nor -рь stands alone
		{"джинсы", "джин-сы"},
		{"встреч", "встреч"},
		{"сұлулық", "сұ-лу-лық"},
		{"morning", "mor-ning"},
		{"transportation", "trans-por-ta-tion"},
		{"mother", "mother"},
		{"strengths", "strengths"},
		{"kindness", "kind-ness"},
		{"пере\u00adнос", "пере\u00ad-нос"},
		{"ab", "ab"}, {"", ""},
	} {
		var parts []string
		r, from := []rune(v[0]), 0
		for _, at := range append(divisions(r), len(r)) {
			parts = append(parts, string(r[from:at]))
			from = at
		}
		if got := strings.Join(parts, "-"); got != v[1] {
			t.Errorf("%q, not %q", got, v[1])
		}
	}
}

// TestLines breaks titles of 50 pixels into lines of a width in pixels.
func TestLines(t *testing.T) {
	for _, v := range []struct {
		lang  string
		width int
		text  string
		want  string
	}{
		{"ru", 700, "Латте под охраной Мурки", "Латте под охраной Мурки"},
		{"ru", 430, "Кот и пёс на балконе", "Кот и пёс|на балконе"},
		{"ru", 500, "Мы живём в доме у реки и не спим", "Мы живём в доме|у реки и не спим"},
		{"ru", 400, "Утро в деревне — это тишина", "Утро в деревне —|это тишина"},
		{"ru", 330, "Если бы не ты ли", "Если бы|не ты ли"},
		{"ru", 330, "Кофе сварили 31 октября", "Кофе сварили|31 октября"},
		{"ru", 300, "Нас было 5 кг муки", "Нас было|5 кг муки"},
		{"ru", 330, "Читал стихи А. Блок", "Читал стихи|А. Блок"},
		{"ru", 330, "Кофейня на ул. Мира", "Кофейня|на ул. Мира"},
		{"ru", 330, "Кофе\u00a0с\u00a0собой утром", "Кофе\u00a0с\u00a0собой|утром"},
		{"ru", 320, "Привет, Нижний Новгород", "Привет,|Нижний|Новгород"},
		{"ru", 330, "Человеконенавистничество", "Человеко-|ненавист-|ничество"},
		{"ru", 360, "Достопримеча\u00adтельности", "Достопримеча-|тельности"},
		{"ru", 420, "Анна-Мария и её брат", "Анна-Мария|и её брат"},
		{"ru", 400, "Толстопятова-Преображенская", "Толстопятова-|Преображенская"},
		{"ru", 300, "Толстопятова-Преображенская", "Толстопя-|това-Преоб-|раженская"},
		{"en", 430, "Latte with Murka on guard", "Latte with|Murka on guard"},
		{"en", 400, "A cup of tea in the garden", "A cup of tea|in the garden"},
		{"en", 400, "What I drink in the morning", "What I drink|in the morning"},
		{"en", 330, "Ready in 5 minutes flat", "Ready in|5 minutes flat"},
		{"en", 300, "Counterrevolutionaries", "Counterrev-|olutionaries"},
		{"en", 200, "йййййййййййййй", "ййййй-|йййй-|ййййй"},
	} {
		got := breakAt(v.text, v.lang, v.width, 50, 9)
		if got != v.want {
			t.Errorf("%s, %d pixels: %q, not %q", v.lang, v.width, got, v.want)
		}
	}
}

// breakAt sets a title in one size and returns its lines.
func breakAt(text, lang string, width, size, lines int) string {
	s := newSetter()
	in := room{face: serif, steps: []step{{size, lines}}, width: width, height: 10000}
	ps := pieces(Clean(text), lang)
	out, ok := s.try(ps, in.steps[0], in, false)
	if !ok {
		out, ok = s.try(ps, in.steps[0], in, true)
	}
	if !ok {
		out = s.cut(ps, in.steps[0], in)
	}
	return strings.Join(out, "|")
}

func TestEllipsis(t *testing.T) {
	for _, v := range []struct {
		width, lines int
		text, want   string
	}{
		{400, 1, "Кофе сварили, и вот", "Кофе сварили…"},
		{330, 1, "Мы жили в деревне", "Мы жили…"}, // not "в…"
		{420, 2, "Три часа ждали трамвая — и напрасно ждали", "Три часа ждали|трамвая…"},
		{200, 1, "Человеконенавистничество", "Челове…"},
		{150, 1, strings.Repeat("э\u0301", 20), strings.Repeat("э\u0301", 4) + "…"},
	} {
		if got := breakAt(v.text, "ru", v.width, 50, v.lines); got != v.want {
			t.Errorf("%d pixels, %d lines: %q, not %q", v.width, v.lines, got, v.want)
		}
	}
}

// TestSizes holds that a longer title is set smaller and a shorter one larger,
// and that one word is not divided while a smaller size has room for it.
func TestSizes(t *testing.T) {
	s := newSetter()
	in := room{face: serif, steps: []step{{80, 1}, {60, 2}, {40, 3}}, width: 400, height: 1000}
	for _, v := range []struct {
		text        string
		size, lines int
	}{
		{"Дождь", 80, 1},
		{"Дождь и снег с утра", 60, 2},
		{"Дождь и снег с утра, а потом до вечера ещё и град", 40, 3},
		{"Воскресеньями", 40, 1},
	} {
		b := s.fit(v.text, "ru", in)
		if b.size != v.size || len(b.lines) != v.lines {
			t.Errorf("%s: %d lines of %d", v.text, len(b.lines), b.size)
		}
	}
}

func TestKerning(t *testing.T) {
	s := newSetter()
	for face := range faces() {
		for _, pair := range []string{"AV", "То", "Го", "Та", "у.", "г,"} {
			st := style{face, 100}
			r := []rune(pair)
			apart := s.set(string(r[0]), st).width + s.set(string(r[1]), st).width
			if both := s.set(pair, st).width; both >= apart {
				t.Errorf("face %d: %s is %v wide, its letters %v", face, pair, both, apart)
			}
		}
	}
}

// TestMarks holds that a stress stands centred over its letter, above it, and
// higher over a capital.
func TestMarks(t *testing.T) {
	s := newSetter()
	for face := range faces() {
		var tops []fixed.Int26_6
		for _, word := range []string{"о\u0301", "О\u0301"} {
			r := s.set(word, style{face, 100})
			if len(r.glyphs) != 2 {
				t.Fatalf("%q: %d glyphs", word, len(r.glyphs))
			}
			base, _, _ := r.glyphs[0].bounds(&s.buf, fixed.I(100))
			mark, _, _ := r.glyphs[1].bounds(&s.buf, fixed.I(100))
			mark = mark.Add(fixed.Point26_6{X: r.glyphs[1].x, Y: r.glyphs[1].y})
			if off := (mark.Min.X + mark.Max.X - base.Min.X - base.Max.X) / 2; off < -64 || off > 64 {
				t.Errorf("face %d, %q: off centre by %v", face, word, off)
			}
			if mark.Max.Y > base.Min.Y {
				t.Errorf("face %d, %q: the mark reaches into its letter", face, word)
			}
			if r.width != s.set(word[:2], style{face, 100}).width {
				t.Errorf("face %d, %q: the mark takes room", face, word)
			}
			tops = append(tops, mark.Min.Y)
		}
		if tops[1] >= tops[0] {
			t.Errorf("face %d: no higher over a capital: %v", face, tops)
		}
	}
}

// TestOneFace holds that a word is not set in two faces where one has all its
// letters.
func TestOneFace(t *testing.T) {
	s := newSetter()
	if got := s.faceFor("Ωδή", sans); got != serif {
		t.Error("Greek is not set in the face that has it")
	}
	for _, g := range s.set("Ωδή, ok", style{s.faceFor("Ωδή, ok", sans), 30}).glyphs {
		if g.font != faces()[serif] {
			t.Error("two faces in one line")
		}
	}
	if got := s.faceFor("Фото от Оли", sans); got != sans {
		t.Error("Russian left the face that was asked for")
	}
}

func TestHangingQuotes(t *testing.T) {
	s := newSetter()
	in := room{face: serif, steps: []step{{50, 1}}, width: 900, height: 200, hang: 40}
	if b := s.fit("«Ёж»", "ru", in); b.hang[0] <= 0 || b.hang[0] != b.lines[0].glyphs[1].x {
		t.Errorf("«Ёж» stands out by %v", b.hang[0])
	}
	in.hang = 5
	if b := s.fit("«Ёж»", "ru", in); b.hang[0] != 0 {
		t.Error("a quotation mark stands out further than it may")
	}
	if b := s.fit("Ёж", "ru", in); b.hang[0] != 0 {
		t.Error("a letter stands out")
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"Кофе ☕️, кот", "é\u0301\u0301", "𝓜 Ⓜ ﬁ", "a\u00a0 \u00a0b", "\u202e\u0301x", "ﷺ", "가"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		clean := Clean(text)
		if again := Clean(clean); again != clean {
			t.Errorf("%q becomes %q and then %q", text, clean, again)
		}
		if Draws(text) != Draws(clean) {
			t.Errorf("%q can be drawn or not, once cleaned", text)
		}
		if strings.Contains(clean, "  ") || !utf8.ValidString(clean) {
			t.Errorf("%q becomes %q", text, clean)
		}
	})
}

// FuzzFit holds that what is set fits into its room, whatever the text.
func FuzzFit(f *testing.F) {
	for i, s := range []string{"Латте под охраной Мурки", strings.Repeat("о на ", 100), strings.Repeat("йъ", 200), "а-б-в-где–жз/ик\u200b\u200bл", "A. B. 5 кг — ли бы", "«»„“"} {
		f.Add(s, "ru", 300+i*40, 400)
	}
	f.Add("\u200b/\u00ada", "", 5, 400) // a line narrower than its hyphen
	f.Fuzz(func(t *testing.T, text, lang string, width, height int) {
		s := newSetter()
		clean := Clean(text)
		if !s.draws(clean) || width > 4000 || height > 4000 {
			return
		}
		in := room{face: serif, steps: []step{{60, 2}, {40, 4}, {30, 6}}, width: width, height: height, hang: 40}
		b := s.fit(clean, lang, in)
		if len(b.lines) > 6 || len(b.lines) > 0 && b.height() > height {
			t.Errorf("%q: %d lines, %d high in %d", clean, len(b.lines), b.height(), height)
		}
		if len(b.lines) > 0 && b.width() > width+2 {
			t.Errorf("%q: %d wide in %d", clean, b.width(), width)
		}
	})
}

func TestCompound(t *testing.T) {
	for _, v := range []struct{ word, want string }{
		{"Анна-Мария", "Анна- Мария"}, {"кто-то", "кто- то"}, {"2-х", "2-х"}, {"-а", "-а"}, {"и/или", "и/или"}, {"чай/кофе", "чай/ кофе"},
		{"а\u200bб", "а б"}, {"\u200b", " "},
	} {
		if got := strings.Join(compound(v.word), " "); got != v.want {
			t.Errorf("%q, not %q", got, v.want)
		}
	}
}

// TestSimple holds that what is taken for simple is what Clean makes of it, and
// can be drawn.
func TestSimple(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	s, taken := newSetter(), 0
	for range 50_000 {
		var b strings.Builder
		for range r.IntN(6) {
			switch r.IntN(6) {
			case 0:
				b.WriteRune(rune(r.IntN(0x600)))
			case 1:
				b.WriteRune(0x2000 + rune(r.IntN(0x60)))
			case 2:
				b.WriteByte(' ')
			case 3:
				b.WriteString([]string{"é", "e\u0301", "й", "и\u0306", "🙂", "\xff", "€", "²", "ª", "½"}[r.IntN(10)])
			default:
				b.WriteRune('A' + rune(r.IntN(50)))
			}
		}
		text := b.String()
		if !simple(text) {
			continue
		}
		taken++
		if got := s.clean(text); got != text {
			t.Fatalf("%+q is taken for simple, and would be %+q", text, got)
		}
		for _, c := range text {
			if !s.has(c) {
				t.Fatalf("%+q is taken for simple, and has no glyph for %+q", text, c)
			}
		}
	}
	if taken < 5000 {
		t.Errorf("only %d texts were simple", taken)
	}
	for _, text := range []string{"", "Photo by Kwame Schmidt, Galway", "Фото от Оли, Москва", "Утро — «Ёж» и „лапы“…", "Zoë d’Arc", "Ωδή"} {
		if !simple(text) {
			t.Errorf("%q takes the long way", text)
		}
	}
}
