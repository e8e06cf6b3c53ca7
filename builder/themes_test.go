package builder

import (
	"testing"

	"gallerist/builder/lang"
	"gallerist/builder/theme"
	"gallerist/themes"
)

// What the themes that come with the program say has the keys of its languages, and
// is there in each of them or in none.
func TestThemeWords(t *testing.T) {
	for _, about := range Themes(nil) {
		th, problems := theme.Load(theme.LoadOptions{Builtin: themes.FS, Name: about.Name})
		if len(problems) > 0 {
			t.Error(problems)
		}
		spoken := 0
		for _, tag := range lang.Known() {
			if len(th.Lookup(wordsFile(tag))) > 0 {
				spoken++
			}
			if _, problems := Speak(th, tag); len(problems) > 0 {
				t.Errorf("%s: %v", about.Name, problems)
			}
		}
		if spoken != 0 && spoken != len(lang.Known()) {
			t.Errorf("%s has words of its own in %d of %d languages", about.Name, spoken, len(lang.Known()))
		}
	}
}
