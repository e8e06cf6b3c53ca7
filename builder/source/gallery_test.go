package source

import (
	"context"
	"testing"
	"testing/fstest"
	"time"
)

// FuzzGallery: whatever a gallery.md and its translation hold, reading ends
// without an error, and what is remembered of the folder is what was read.
func FuzzGallery(f *testing.F) {
	f.Add("title = \"x\"\nkind = \"collaboration\"\n[[member]]\nid = \"a\"\nname = \"A\"\nroles = [\"author\"]\nportrait = \"a.jpg\"\nlikeness = true\n[[step]]\ndate = 2026-11-01\nby = [\"a\"]\n[[why]]\nquestion = \"?\"",
		"[[member]]\nname = \"А\"\nsays = \"x\"\n[[why]]\nanswer = \"y\"", "\xff\xd8\xff")
	f.Add("kind = \"ugc\"\nmember = 1\nwhy = [[]]\nresult = {}", "step = [{}, {title = 1}]", "")
	f.Add("[contest]\n[[contest.jury]]\nname = \"A\"", "[contest]\njury = \"x\"", "<svg")
	f.Fuzz(func(t *testing.T, head, translation, portrait string) {
		site := fstest.MapFS{
			"content/g/gallery.md":    text("+++\n" + head + "\n+++\n"),
			"content/g/gallery.ru.md": text("+++\n" + translation + "\n+++\n"),
			"content/g/a.jpg":         text(portrait),
		}
		opt := testOptions
		opt.Memory = NewMemory(func() time.Time { return testOptions.Now })
		var got [3]string
		for i := range got {
			if i == 2 {
				opt.Memory = nil
			}
			s, private, probs, err := Read(context.Background(), site, opt)
			if err != nil {
				t.Fatal(err)
			}
			got[i] = asJSON(t, []any{s, private, probs})
		}
		if got[0] != got[1] || got[1] != got[2] {
			t.Errorf("first %s\nagain %s\nwithout a memory %s", got[0], got[1], got[2])
		}
	})
}
