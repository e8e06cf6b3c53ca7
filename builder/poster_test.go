package builder

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestFirstSentences(t *testing.T) {
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"Short. And whole.", 60, "Short. And whole."},
		{"Сварите кофе. Растворимый тоже считается, мы никому не скажем.", 40, "Сварите кофе."},
		{"Brew it twice. Drink it slowly. And then tell everybody about it.", 40, "Brew it twice. Drink it slowly."},
		{"Приходите на ул. Ленина, где всегда открыто и пахнет хлебом", 20, "Приходите на ул. Ленина, где всегда открыто и пахнет хлебом"},
		{"Write to hello.world today and wait for us", 10, "Write to hello.world today and wait for us"},
		{"Really?! Yes, really, and nobody shall ever say no to that.", 10, "Really?!"},
		{"Ждём вас… «Утро» начинается рано, приходите пораньше", 12, "Ждём вас… «Утро» начинается рано, приходите пораньше"},
		{"Ждём всех… «Утро» начинается рано, приходите пораньше", 12, "Ждём всех…"},
		{"", 10, ""},
	} {
		if got := firstSentences(c.text, c.limit); got != c.want {
			t.Errorf("%q in %d: %q, not %q", c.text, c.limit, got, c.want)
		}
	}
}

func TestFitPoster(t *testing.T) {
	rest := posterRest("Slippers", true, "You can take part until 5 December 2026.", "slippers.example/call/")
	brief := []string{"Brew it.", "Take its picture.", "Send it."}
	f := fitPoster("How do you drink your coffee?", brief, true, rest)
	if !f.picture || f.questionSize > 3 || f.stepSize != 1 {
		t.Errorf("a short question: %+v", f)
	}
	if without := fitPoster("How do you drink your coffee?", brief, false, rest); without.questionSize > f.questionSize {
		t.Errorf("without a picture it is smaller: %+v", without)
	}
	long := strings.Repeat("Как вы проводите воскресное утро со своими достопримечательностями? ", 20)
	f = fitPoster(long, slices.Repeat([]string{strings.Repeat("Сфотографируйте завтрак и ", 20)}, 9), true, rest)
	if f.picture || f.stepSize != len(stepSizes) || len(f.steps) != mostSteps || !strings.HasSuffix(f.question, "…") {
		t.Errorf("far too much: %+v", f)
	}
	lines, _ := wrapped(f.question, posterWidth/questionSizes[f.questionSize-1])
	if high := float64(lines)*questionSizes[f.questionSize-1]*1.08 + stepsHeight(f.steps, stepSizes[2]); high > rest {
		t.Errorf("the most there can be is %.1f high", high)
	}
	// One long word makes the letters smaller, for no word is broken.
	if f = fitPoster("Достопримечательствование?", nil, true, rest); f.questionSize < 5 {
		t.Errorf("a long word: %+v", f)
	}
}

// FuzzFitPoster holds that whatever the words, they fit.
func FuzzFitPoster(f *testing.F) {
	f.Add("How?", "One. Two.", 3)
	f.Add(strings.Repeat("слово ", 80), strings.Repeat("шаг и ", 40), 6)
	f.Fuzz(func(t *testing.T, question, step string, n int) {
		if n < 0 || n > 12 || len(step) > 400 {
			t.Skip()
		}
		fit := fitPoster(question, slices.Repeat([]string{step}, n), n%2 == 0, posterRest("A", true, "B", step))
		if len(fit.steps) > mostSteps || fit.questionSize < 1 || fit.questionSize > len(questionSizes) || fit.stepSize < 1 || fit.stepSize > len(stepSizes) {
			t.Fatalf("%+v", fit)
		}
		size := questionSizes[fit.questionSize-1]
		lines, _ := wrapped(fit.question, posterWidth/size)
		high := float64(lines)*size*1.08 + max(posterFoot, stepsHeight(fit.steps, stepSizes[fit.stepSize-1]))
		if fit.picture {
			high += posterPicture
		}
		if high > posterRest("A", true, "B", step) {
			t.Errorf("%.1f high: %+v", high, fit)
		}
	})
}

func TestTypedAddress(t *testing.T) {
	for address, want := range map[string]string{
		"https://slippers.example/en/call/":               "slippers.example/en/call/",
		"https://xn--80aswg.xn--p1ai/%D1%83%D1%82%D1%80/": "сайт.рф/утр/",
		"http://localhost:8080/x/":                        "localhost:8080/x/",
		"https://[::1]:80/":                               "[::1]:80/",
	} {
		if got := typedAddress(address); got != want {
			t.Errorf("%s: %s, not %s", address, got, want)
		}
	}
}

// editCall changes what a call asks for, or what a piece's author allows.
func editCall(rng *rand.Rand, edit func(string, func(string) string) string, piece string) string {
	if rng.IntN(3) == 0 {
		return edit(piece, func(s string) string {
			if rng.IntN(2) == 0 {
				return strings.Replace(s, `scope = ["site", "feed", "embed"]`, `scope = ["site", "print"]`, 1)
			}
			return strings.Replace(s, `scope = ["site", "print"]`, `scope = ["site", "feed", "embed"]`, 1)
		})
	}
	more := []string{
		"", "hashtag = \"утро\"\n", "steps = [\"Сварите.\", \"Снимите.\"]\n", "examples = [\"masha1\"]\n",
		"scope = [\"site\", \"print\"]\n", "scope = [\"site\", \"print\"]\nmonths = 24\n", "scope = [\"site\"]\nterms = \"2026-11\"\n",
		"[[call.consent]]\nwhat = \"age\"\ntext = \"Мне есть 14.\"\n", "[[call.consent]]\nwhat = \"age\"\ntext = \"Мне больше 14.\"\noptional = true\n",
	}[rng.IntN(9)]
	return edit("content/morning/gallery.md", func(s string) string {
		before, _, _ := strings.Cut(s, "form = ")
		return before + "form = \"https://forms.example/x\"\n" + more + "+++\nВступление.\n"
	})
}
