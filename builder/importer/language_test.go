package importer

import (
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"gallerist/builder/lang"
)

// TestLanguageNamed: languages by their names and tags, as people answer.
func TestLanguageNamed(t *testing.T) {
	for answer, want := range map[string]string{
		"русский": "ru", "Русский язык": "ru", "Russian": "ru", "in English": "en", "auf Deutsch": "de", "Deutsch": "de", "ESPAÑOL": "es", "en français": "fr",
		"українська мова": "uk", "Türkçe": "tr", "język polski": "pl", "العربية": "ar", "اللغة العربية": "ar", "日本語": "ja", "Thai": "th", "казахский": "kk",
		"ru": "ru", "pt-BR": "pt-BR", " uk ": "uk", "eng": "en", "sr_Latn": "sr-Latn",
		"Yes": "", "Klingonese": "", "Russian, English": "", "": "", "-": "", "language": "", "und": "", "a cup": "",
	} {
		if got := languageNamed(answer); got != want {
			t.Errorf("%q is taken for %q, want %q", answer, got, want)
		}
	}
	for _, in := range lang.Known() {
		for _, tag := range lang.Known() {
			if name := display.Languages(language.Make(in)).Name(language.Make(tag)); languageNamed(name) != tag {
				t.Errorf("%q, which is %s in %s, is taken for %q", name, tag, in, languageNamed(name))
			}
		}
	}
}
