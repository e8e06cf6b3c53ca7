package live

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// A story is what happens, and what is told when: "10 x.md text" is a change
// seen after 10 ms, "25 = x.md" what is told. After each line all that was to
// be told until then must have been.
func TestSettling(t *testing.T) {
	for name, story := range map[string]string{
		"a save": `
			0 /s/a.md text
			15 = /s/a.md`,
		"emptied, then written": `
			0 /s/a.md empty
			100 /s/a.md text
			115 = /s/a.md`,
		"written in pieces": `
			0 /s/a.md text
			10 /s/a.md text
			20 /s/a.md text
			35 = /s/a.md`,
		"a file that stays empty": `
			0 /s/a.md empty
			250 = /s/a.md`,
		"moved away and back": `
			0 /s/a.md gone
			30 /s/a.md text
			45 = /s/a.md`,
		"deleted": `
			0 /s/a.md gone
			50 = /s/a.md`,
		"a file that came and went": `
			0 /s/tmp new
			3 /s/tmp gone
			4000 =`,
		"a picture": `
			0 /s/1.jpg heavy
			200 = /s/1.jpg`,
		"a picture that grows": `
			0 /s/1.jpg heavy
			150 /s/1.jpg heavy
			340 /s/1.jpg heavy
			625 = /s/1.jpg`,
		"the longer it grows the longer it may pause": `
			0 /s/1.jpg heavy
			190 /s/1.jpg heavy
			400 /s/1.jpg heavy
			690 /s/1.jpg heavy
			1050 /s/1.jpg heavy
			1500 /s/1.jpg heavy
			2000 /s/1.jpg heavy
			2700 = /s/1.jpg`,
		"a film that takes long": `
			0 /s/1.mp4 heavy
			190 /s/1.mp4 heavy
			400 /s/1.mp4 heavy
			690 /s/1.mp4 heavy
			1050 /s/1.mp4 heavy
			1500 /s/1.mp4 heavy
			2000 /s/1.mp4 heavy
			2600 /s/1.mp4 heavy
			3400 /s/1.mp4 heavy
			4400 /s/1.mp4 heavy
			5600 /s/1.mp4 heavy
			7100 /s/1.mp4 heavy
			9000 /s/1.mp4 heavy
			10900 /s/1.mp4 heavy
			12900 = /s/1.mp4`,
		"a picture holds up no edit": `
			0 /s/1.jpg heavy
			10 /s/a.md text
			25 = /s/a.md
			100 /s/1.jpg heavy
			325 = /s/1.jpg`,
		"nor does a film that takes long hold up a picture": `
			0 /s/1.mp4 heavy
			190 /s/1.mp4 heavy
			400 /s/1.mp4 heavy
			690 /s/1.mp4 heavy
			1050 /s/1.mp4 heavy
			1500 /s/1.mp4 heavy
			1750 /s/1.jpg heavy
			1900 /s/1.mp4 heavy
			1950 = /s/1.jpg
			2500 /s/1.mp4 heavy
			3325 = /s/1.mp4`,
		"a new folder is told as one when it is quiet": `
			0 /s/olya folder
			50 /s/olya/submission.md new
			100 /s/olya/1.jpg heavy
			300 /s/olya/1.jpg heavy
			500 /s/olya/1.jpg heavy
			825 = /s/olya`,
		"a tree that goes on coming is told in parts": `
			0 /s/a folder
			100 /s/b folder
			250 /s/b/x new
			400 /s/b/x gone
			550 /s/b/x new
			700 /s/b/x gone
			850 /s/b/x new
			1000 /s/b/x gone
			1150 /s/b/x new
			1300 /s/b/x gone
			1500 /s/b/x new
			2000 = /s/a
			2050 = /s/b`,
		"many files at once are one change": `
			0 /s/a.md text
			4 /s/b.md text
			13 /s/c.md text
			27 /s/d.md gone
			77 = /s/a.md /s/b.md /s/c.md /s/d.md`,
		"a folder and what is in it is one path": `
			0 /s/a/x.md gone
			0 /s/a gone
			1 /s/ab gone
			51 = /s/a /s/ab`,
	} {
		t.Run(name, func(t *testing.T) { tellStory(t, story) })
	}
}

var zeroTime = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func tellStory(t *testing.T, story string) {
	u := unsettled{}
	var told [][]string
	var at time.Duration
	until := func(end time.Duration) { // as run does: asks when it was told to
		for asked := 0; ; asked++ {
			paths, next := u.ripe(zeroTime.Add(at))
			if len(paths) > 0 {
				told = append(told, u.told(paths).Paths)
				continue
			}
			if next.IsZero() || next.After(zeroTime.Add(end)) {
				at = end
				return
			}
			if now := next.Sub(zeroTime); now > at {
				at = now
			} else {
				t.Fatalf("asks again at once, after %v", at)
			}
			if asked > 1000 {
				t.Fatal("never ends")
			}
		}
	}
	for line := range strings.Lines(strings.TrimSpace(story)) {
		words := strings.Fields(line)
		when, err := time.ParseDuration(words[0] + "ms")
		if err != nil {
			t.Fatal(err)
		}
		if words[1] == "=" {
			if until(when - 1); len(told) > 0 {
				t.Fatalf("%v: too early: %q", when, told)
			}
			until(when)
			switch want := words[2:]; {
			case len(want) == 0 && len(told) == 0:
			case len(told) != 1 || !slices.Equal(told[0], want):
				t.Fatalf("%v: told %q, want %q", when, told, want)
			}
			told = nil
			continue
		}
		until(when)
		now, path := zeroTime.Add(when), words[1]
		switch words[2] {
		case "new":
			u.differs(path, textFile, false, now)
		case "folder":
			u.differs(path, newFolder, false, now)
		case "text":
			u.differs(path, textFile, true, now)
		case "empty":
			u.differs(path, emptyFile, true, now)
		case "heavy":
			u.differs(path, heavyFile, true, now)
		case "gone":
			u.differs(path, goneFile, true, now)
		default:
			t.Fatalf("unknown word %q", words[2])
		}
	}
	if until(time.Hour); len(told) > 0 {
		t.Errorf("told more: %q", told)
	}
	if len(u) > 0 {
		t.Errorf("never told: %v", u)
	}
}

// A file that grows for ever is told, but seldom.
func TestWhatNeverSettles(t *testing.T) {
	u := unsettled{}
	told := 0
	for at := time.Duration(0); at < 2*time.Minute; at += 100 * time.Millisecond {
		u.differs("/s/1.mp4", heavyFile, true, zeroTime.Add(at))
		paths, _ := u.ripe(zeroTime.Add(at))
		told += len(u.told(paths).Paths)
	}
	if told != 3 {
		t.Errorf("told %d times in two minutes", told)
	}
}

func TestKinds(t *testing.T) {
	for name, want := range map[string]kind{
		"a.md": textFile, "site.toml": textFile, "LICENSE": textFile, "a.CSS": textFile, "base.html": textFile, "1.JPG": heavyFile, "a.mp4": heavyFile, "a.heic": heavyFile,
	} {
		if got := kindOf(name, 100); got != want {
			t.Errorf("%s is of kind %d", name, got)
		}
	}
	if kindOf("a.md", 0) != emptyFile || kindOf("a.csv", 2<<20) != heavyFile {
		t.Error("size does not count")
	}
}

func TestChangesTogether(t *testing.T) {
	a := Change{Paths: []string{"/s/a", "/s/b/c.md"}}
	b := Change{Paths: []string{"/s/a/x.md", "/s/ab", "/s/b/c.md", "/s/b.md"}}
	want := []string{"/s/a", "/s/ab", "/s/b.md", "/s/b/c.md"}
	if got := a.and(b); got.All || !slices.Equal(got.Paths, want) {
		t.Errorf("%+v", got)
	}
	if got := b.and(a); got.All || !slices.Equal(got.Paths, want) {
		t.Errorf("%+v", got)
	}
	if got := a.and(Change{All: true}); !got.All || got.Paths != nil {
		t.Errorf("%+v", got)
	}
	if !(Change{}).None() || a.None() || (Change{All: true}).None() || !(Change{}).and(Change{}).None() {
		t.Error("none is not none")
	}
}
