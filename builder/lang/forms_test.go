package lang

import (
	"regexp"
	"strings"
	"testing"
)

// TestNamesNeedNoForm holds that no text puts a name where its language would
// change the name, or the word beside it, but for those that know the form.
func TestNamesNeedNoForm(t *testing.T) {
	person := regexp.MustCompile(`\{(name|names)\}`)
	anything := `\{(name|names|gallery|series|site|title|product|list|item|sponsor|host|session)\}`
	first := regexp.MustCompile(`(^|: |, |© )\{(name|names)\}`) // where any name can stand
	wrong := map[string]*regexp.Regexp{
		"fr": regexp.MustCompile(`(?i)\b(de|du|que|jusque|lorsque|le|la|si) ` + anything), // de Léa, d’Anna
		"tr": regexp.MustCompile(anything + `['’]?\p{L}`),                                 // vowels agree with the name's
		"ar": regexp.MustCompile(`[لبكف]` + anything),
	}
	known := map[string][]string{ // keys whose names come in the form they want
		"ru": {".by", "_dative", "thanks.hello"},
		"uk": {"thanks.hello"},
		"pl": {"thanks.hello"},
	}
	for _, tag := range Known() {
		l := load(t, tag)
		texts := 0
		for _, key := range l.Keys() {
			for _, form := range l.words[key].forms {
				s := ""
				for _, p := range form {
					s += p.literal
				}
				s = strings.ReplaceAll(s, "\u00a0", " ")
				if re := wrong[tag]; re != nil && re.MatchString(s) {
					t.Errorf("%s: %s = %q inflects what stands in it", tag, key, s)
				}
				if !person.MatchString(s) {
					continue
				}
				texts++
				knows := false
				for _, end := range known[tag] {
					knows = knows || strings.HasSuffix(key, end)
				}
				if known[tag] != nil && !knows && !first.MatchString(s) && !strings.HasPrefix(key, "credit.") {
					t.Errorf("%s: %s = %q wants a form of the name", tag, key, s)
				}
			}
		}
		if texts < 10 {
			t.Errorf("%s: only %d texts with names", tag, texts)
		}
	}
}
