package builder

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestAwardWords holds what awards are called where they have no title, and
// that structured data and cards call them the same.
func TestAwardWords(t *testing.T) {
	for _, c := range []struct{ award, ru, en string }{
		{"rank = 1", "Первое место", "First place"},
		{"rank = 3\ncategory = \"Дуэт\"", "Третье место, Дуэт", "Third place, Дуэт"},
		{"rank = 12", "12-е место", "Place 12"},
		{"title = \"Самое тёплое утро\"\nrank = 2", "Самое тёплое утро", "Самое тёплое утро"},
	} {
		folder := testFolder()
		name := "content/morning/2026-11-03-masha/submission.md"
		folder[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(folder[name].Data), "[consent]", "[[award]]\n"+c.award+"\n[consent]", 1))}
		files, _, _ := buildFolder(t, folder)
		for path, want := range map[string]string{"morning/masha/index.html": c.ru, "morning/index.html": c.ru, "en/morning/masha/index.html": c.en} {
			if !strings.Contains(files[path], `class="award">`+want+"<") {
				t.Errorf("%s: no %q in %s", c.award, want, path)
			}
		}
		if want := `"award":["` + c.ru + `"]`; !strings.Contains(files["morning/masha/index.html"], want) {
			t.Errorf("%s: no %s in the structured data", c.award, want)
		}
	}
}
