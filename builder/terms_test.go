package builder

import (
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

const terms2026 = "+++\ntitle = \"Условия\"\nterms = \"2026-10\"\ndate = 2026-10-01\n+++\n\nВаше остаётся вашим.\r\n\r\nМы показываем.\n\n"

// addTermsPages adds two versions of the terms.
func addTermsPages(folder fstest.MapFS) {
	folder["content/terms.md"] = textFile(terms2026)
	folder["content/terms.en.md"] = textFile("+++\ntitle = \"Terms\"\n+++\nWhat is yours stays yours.\n")
	folder["content/terms-2025.md"] = textFile("+++\ntitle = \"Прежние условия\"\nterms = \"2025-01\"\ndate = 2025-01-01\n+++\nБыло иначе.\n")
	folder["content/morning/gallery.md"] = textFile(strings.Replace(testGallery, "[call]\n", "[call]\nterms = \"2026-10\"\nscope = [\"site\"]\n", 1))
}

// TestTerms: a page of terms tells its version and hash, which is that of the
// file beside it, and which text counts; calls lead to it.
func TestTerms(t *testing.T) {
	folder := testFolder()
	addTermsPages(folder)
	files, probs, _ := buildFolder(t, folder)
	noProblems(t, probs)
	text := files["terms/terms.txt"]
	if text != "Ваше остаётся вашим.\n\nМы показываем." {
		t.Errorf("terms.txt holds %q", text)
	}
	sum := sha256.Sum256([]byte(text))
	for path, parts := range map[string][]string{
		"terms/index.html": {
			"<code>" + hex.EncodeToString(sum[:]) + "</code>", "<dd>2026-10</dd>", `<time datetime="2026-10-01T00:00:00&#43;03:00">1`,
			"Силу имеет этот текст", `href="/terms/terms.txt" download`, `<a href="/terms-2025/">Версия 2025-01, 1 января 2025`,
		},
		"en/terms/index.html":        {"<code>" + hex.EncodeToString(sum[:]) + "</code>", "This is a translation", `<a href="/terms/" lang="ru">Русский</a>`, `href="/terms/terms.txt"`},
		"terms-2025/index.html":      {`<a href="/terms/">Версия 2026-10`},
		"morning/call/index.html":    {`<a href="/terms/">Условия целиком</a>`, `<a href="/terms/">Версия 2026-10</a>`},
		"en/morning/call/index.html": {`<a href="/en/terms/">The full terms</a>`},
	} {
		for _, part := range parts {
			if !strings.Contains(files[path], part) {
				t.Errorf("%s lacks %s", path, part)
			}
		}
	}
	if strings.Contains(files["terms-2025/index.html"], "Силу имеет") {
		t.Error("the only text there is says that it counts")
	}
	footer := files["index.html"][strings.LastIndex(files["index.html"], "<footer"):]
	if !strings.Contains(footer, `href="/terms/"`) || strings.Contains(footer, "terms-2025") {
		t.Errorf("the footer: %s", footer)
	}
	files, _, _ = buildFolder(t, folder, func(o *Options) { o.Now = testNow.AddDate(0, -3, 0) })
	footer = files["404.html"][strings.LastIndex(files["404.html"], "<footer"):]
	if !strings.Contains(footer, "terms-2025") {
		t.Errorf("before the new terms hold, the footer leaves out the old ones: %s", footer)
	}
}

// TestTermsProblems: terms that are nowhere or have changed are told once, with
// how many agreed to them.
func TestTermsProblems(t *testing.T) {
	sum := sha256.Sum256([]byte("Ваше остаётся вашим.\n\nМы показываем."))
	hash := hex.EncodeToString(sum[:])
	agreed := func(text string) func(fstest.MapFS) {
		return func(folder fstest.MapFS) {
			addTermsPages(folder)
			for name, f := range folder {
				if strings.HasSuffix(name, "/submission.md") {
					folder[name] = textFile(strings.Replace(string(f.Data), "terms = \"2026-10\"\n", "terms = \"2026-10\"\ntext = \""+text+"\"\n", 1))
				}
			}
		}
	}
	for name, c := range map[string]struct {
		change   func(fstest.MapFS)
		thorough bool
		want     string
	}{
		"no page":        {func(fstest.MapFS) {}, false, `note: there is no page with the terms "2026-10", which 5 permissions name`},
		"no page, check": {func(fstest.MapFS) {}, true, `content/morning/2026-11-02-olya/submission.md:25:9: warning: there is no page with the terms "2026-10", which 5 permissions name`},
		"another page": {func(f fstest.MapFS) {
			addTermsPages(f)
			delete(f, "content/terms.md")
			delete(f, "content/terms.en.md")
		}, false, `content/morning/gallery.md:4:2: warning: there is no page with the terms "2026-10", which 5 permissions name`},
		"the same":          {agreed(hash[:12]), false, ""},
		"the same, in full": {agreed(hash), false, ""},
		"changed":           {agreed("000000000000"), false, `content/morning/2026-11-02-olya/submission.md:26:8: warning: the terms "2026-10" changed since "olya11" agreed to them (5 permissions)`},
		"twice": {func(f fstest.MapFS) { addTermsPages(f); f["content/z.md"] = textFile(terms2026) }, false,
			`content/z.md:3:9: the terms "2026-10" are also those of content/terms.md, so they are left out here`},
	} {
		folder := testFolder()
		c.change(folder)
		_, probs, err := Plan(t.Context(), folder, Options{Now: testNow, Cache: newTestStore(), Thorough: c.thorough})
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for _, p := range probs {
			if strings.Contains(p.Text, "terms") {
				p.Hint = ""
				told = append(told, p.String())
			}
		}
		if got := strings.Join(told, "\n"); got != c.want && !(c.want != "" && strings.HasSuffix(got, c.want) && len(told) == 1) {
			t.Errorf("%s: told %q, want %q", name, got, c.want)
		}
	}
}

// editTerms changes something of the terms, for TestKeys.
func editTerms(rng *rand.Rand, folder fstest.MapFS, now *time.Time, put func(name, text string) string) string {
	switch rng.IntN(4) {
	case 0:
		delete(folder, "content/terms.en.md")
		return "no translation of the terms"
	case 1:
		*now = testNow.AddDate(0, -rng.IntN(3), 0)
		return "now is " + now.String()
	case 2:
		return put("content/terms-2025.md", "+++\ntitle = \"Прежние\"\nterms = \"2025-01\"\ndate = 2025-01-01\n+++\nБыло иначе.\n")
	}
	return put("content/terms.md", strings.Replace(terms2026, "Ваше", []string{"Ваше", "Твоё"}[rng.IntN(2)], 1))
}
