package importer

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"gallerist/builder/lang"
)

// besideLanguages are words that people write beside the name of a language, in
// the languages of the program.
var besideLanguages = []string{"language", "in", "язык", "sprache", "auf", "langue", "en", "idioma", "język", "dili", "dilinde", "мова", "اللغة", "لغة"}

// languageNamed returns the tag of a language that an answer names: by its name in
// one of the program's languages or in itself ("русский язык", "Russian", "日本語"),
// or by its tag. "" = it names none, or one that languages call differently.
func languageNamed(answer string) string {
	if tag, ok := languageNames()[nameOfLanguage(answer)]; ok {
		return tag
	}
	tag, err := language.Parse(strings.TrimSpace(answer))
	if err != nil || len(answer) > 12 {
		return ""
	}
	// many words are the code of some language: those are meant that have a name
	base, _ := tag.Base()
	if tag == language.Und || display.Languages(language.English).Name(base) == "" {
		return ""
	}
	return tag.String()
}

// nameOfLanguage makes names comparable: small letters, and no other words.
func nameOfLanguage(s string) string {
	all := strings.Fields(words(s))
	left := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return slices.Contains(besideLanguages, w) })
	if len(left) == 0 {
		left = all
	}
	return strings.Join(left, " ")
}

// languageNames returns the tags of languages by what they are called (Unicode
// CLDR). A name that stands for two is left out.
var languageNames = sync.OnceValue(func() map[string]string {
	named := map[string]string{}
	add := func(name, tag string) {
		if name = nameOfLanguage(name); name == "" {
			return
		}
		if other, ok := named[name]; ok && other != tag {
			tag = ""
		}
		named[name] = tag
	}
	var in []display.Namer
	for _, tag := range lang.Known() {
		in = append(in, display.Languages(language.Make(tag)))
	}
	for _, base := range display.Values.BaseLanguages() {
		tag := language.Make(base.String())
		if tag == language.Und {
			continue
		}
		for _, names := range in {
			add(names.Name(tag), tag.String())
		}
		add(display.Self.Name(tag), tag.String())
	}
	return named
})
