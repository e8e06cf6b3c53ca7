package importer

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gallerist/builder/problem"
	"gallerist/builder/strict"
)

// broken writes a text as Instagram does: each byte of its UTF-8 as a letter.
func broken(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] < 0x80 {
			b.WriteByte(s[i])
		} else {
			fmt.Fprintf(&b, `\u%04x`, s[i])
		}
	}
	return strings.ReplaceAll(b.String(), "\n", `\n`)
}

func posts(s string) string {
	for {
		from := strings.Index(s, "«")
		if from < 0 {
			return s
		}
		to := strings.Index(s, "»")
		s = s[:from] + broken(s[from+len("«"):to]) + s[to+len("»"):]
	}
}

func TestInstagram(t *testing.T) {
	in := Input{Name: "export", FS: folder(map[string]string{
		"your_instagram_activity/media/posts_1.json": posts(`[
  {"media": [{"uri": "media/posts/202611/a.jpg", "creation_timestamp": 1793600000, "title": "«Оля и Мурка #кошка #Кошка #☕ #утро2»",
    "media_metadata": {"photo_metadata": {"exif_data": [{"latitude": 55.7558, "longitude": 37.6173, "device_id": "android-44"}]}},
    "cross_post_source": {"source_app": "FB"}}]},
  {"media": [{"uri": "media/posts/202611/b.jpg", "creation_timestamp": 1793600100, "title": ""},
             {"uri": "media/posts/202611/c.mp4", "creation_timestamp": 1793600101, "title": "«Второй»"}],
   "title": "«Две строки,\n*и* вторая: наяву»", "creation_timestamp": "1793600102"},
  {"media": [{"uri": "media/posts/202611/gone.jpg", "creation_timestamp": 1793600200, "title": "Already Оля"}]},
  {"media": [], "title": "nothing"},
  {"media": "none"},
  {"media": [{"uri": "media/posts/202611/d.jpg", "creation_timestamp": 7}]},
  {"media": [{"uri": "media/posts/202611/e.jpg", "creation_timestamp": 1793600000}]}
]`),
		"your_instagram_activity/media/reels.json":          `{"ig_reels_media": [{"media": [{"uri": "media/reels/202611/f.mp4", "creation_timestamp": 1793600300, "title": "Reel"}]}]}`,
		"your_instagram_activity/media/stories.json":        `{"ig_stories": [{"uri": "media/stories/s.jpg", "creation_timestamp": 1793600400}]}`,
		"your_instagram_activity/media/archived_posts.json": `{"ig_archived_post_media": [{"media": [{"uri": "media/posts/x.jpg", "creation_timestamp": 1793600500}]}]}`,
		"media/posts/202611/a.jpg":                          "a",
		"media/posts/202611/b.jpg":                          "b",
		"media/posts/202611/c.mp4":                          "c",
		"media/posts/202611/d.jpg":                          "d",
		"media/posts/202611/e.jpg":                          "e",
		"media/reels/202611/f.mp4":                          "f",
		"media/other/gone.jpg":                              "another one's",
	}).FS}
	entries, probs := read(t, instagram{}, in, &Options{Author: "Olya", Zone: time.FixedZone("", 3*3600)})
	same(t, "entries", dump(t, entries), `
export/your_instagram_activity/media/posts_1.json:2
  received: 2026-11-02T09:13:20+03:00
  caption: Оля и Мурка #кошка #Кошка #☕ #утро2
  tags: кошка,утро2
  author: Olya
  medium: a.jpg (a)  /
export/your_instagram_activity/media/posts_1.json:12
  received: 2026-11-02T09:13:20+03:00
  author: Olya
  medium: e.jpg (e)  /
export/your_instagram_activity/media/posts_1.json:5
  received: 2026-11-02T09:15:02+03:00
  author: Olya
  medium: b.jpg (b)  /
  medium: c.mp4 (c)  / Второй
  story: Две строки,\⏎\*и\* вторая: наяву
export/your_instagram_activity/media/posts_1.json:8
  received: 2026-11-02T09:16:40+03:00
  caption: Already Оля
  author: Olya
  medium: gone.jpg (missing)  /
export/your_instagram_activity/media/reels.json:1
  received: 2026-11-02T09:18:20+03:00
  caption: Reel
  author: Olya
  medium: f.mp4 (f)  /`)
	const left = ": a post that is not as posts are, so it is left out\n  hint: look at this post in Instagram, and add it by hand\n"
	const file = "export/your_instagram_activity/media/posts_1.json:"
	same(t, "problems", told1(probs.Sorted()), file+"9"+left+file+"10"+left+file+"11"+left)
	if all := fmt.Sprintf("%+v", entries); strings.Contains(all, "55.7") || strings.Contains(all, "android") {
		t.Error("says where it was taken, or with what")
	}
}

// TestInstagramOld: until 2021 each picture of a post stood for itself.
func TestInstagramOld(t *testing.T) {
	in := folder(map[string]string{
		"media.json": posts(`{"stories": [{"path": "stories/s.jpg", "caption": "", "taken_at": "2018-12-31T08:00:00"}],
 "photos": [{"caption": "«Ёлка»", "taken_at": "2018-12-31T08:05:13", "location": "Tverskaya 1", "path": "photos/201812/a.jpg"},
  {"caption": "«Ёлка»", "taken_at": "2018-12-31T08:05:13", "location": "Tverskaya 1", "path": "photos/201812/b.jpg"},
  {"caption": "", "taken_at": "yesterday", "path": "photos/201812/c.jpg"}],
 "videos": [{"caption": "Film", "taken_at": "2019-01-01T00:00:00+00:00", "path": "videos/201901/d.mp4"}]}`),
		"photos/201812/a.jpg": "a", "photos/201812/b.jpg": "b", "videos/201901/d.mp4": "d",
	})
	entries, probs := read(t, instagram{}, in, nil)
	same(t, "entries", dump(t, entries), `
photos/media.json:2
  received: 2018-12-31T08:05:13Z
  caption: Ёлка
  medium: a.jpg (a)  /
  medium: b.jpg (b)  /
photos/media.json:5
  received: 2019-01-01T00:00:00Z
  caption: Film
  medium: d.mp4 (d)  /`)
	if len(probs) != 1 || probs[0].Pos.Line != 4 {
		t.Errorf("problems:\n%s", told1(probs))
	}
}

// TestInstagramParts: a large export comes in ZIP files of which one has the
// words and others the pictures.
func TestInstagramParts(t *testing.T) {
	var probs problem.List
	in := Input{Name: "export", FS: ZIP([]Part{
		part("1.zip", pack(t, packed{name: "content/posts_1.json", data: `[{"media":[{"uri":"media/posts/202301/a.jpg","creation_timestamp":1673000000,"title":"A"}]}]`})),
		part("2.zip", pack(t, packed{name: "media/posts/202301/a.jpg", data: "a"})),
	}, &probs)}
	entries, probs := read(t, instagram{}, in, nil)
	if len(probs) > 0 || len(entries) != 1 || len(entries[0].Media) != 1 || entries[0].Media[0].Open == nil {
		t.Errorf("entries:\n%s%s", dump(t, entries), told1(probs))
	}
}

func TestInstagramBad(t *testing.T) {
	const post = `{"media":[{"uri":"media/a.jpg","creation_timestamp":1673000000,"title":"A"}]}`
	tests := []struct {
		name, file, data, want string
		entries                int
	}{
		{"HTML", "content/posts_1.html", "<!DOCTYPE html>\n<HTML>", "photos/content/posts_1.html: this export is in HTML, which is made for looking at\n  hint: ask Instagram for your information once more and choose JSON as its format", 0},
		{"cut", "posts_1.json", "[" + post + ",\n{\"media\"", "photos/posts_1.json: not read to its end: it is no JSON from some place on", 1},
		{"no list", "posts_1.json", `"creation_timestamp"`, "not read to its end", 0},
		{"deep", "posts_1.json", `[{"media":` + strings.Repeat("[", 100_000), "not read to its end", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			entries, probs := read(t, instagram{}, folder(map[string]string{test.file: test.data}), nil)
			if got := told1(probs); !strings.Contains(got, test.want) || len(entries) != test.entries {
				t.Errorf("%d entries, told\n%s", len(entries), got)
			}
		})
	}
}

func TestMend(t *testing.T) {
	tests := []struct{ in, want string }{
		{"\u00d0\u009e\u00d0\u00bb\u00d1\u008f", "Оля"},
		{"Оля", "Оля"},
		{"caf\u00c3\u00a9", "café"},
		{"café", "café"}, // é alone is no UTF-8
		{"\u00f0\u009f\u0098\u00ba", "😺"},
		{"😺 \u00c3\u00a9", "😺 \u00c3\u00a9"}, // a letter above U+00FF: it was never broken
		{"plain", "plain"},
		{"", ""},
	}
	for _, test := range tests {
		if got := mend(test.in); got != test.want {
			t.Errorf("mend(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// FuzzMend: what was written a byte a letter comes back as it was.
func FuzzMend(f *testing.F) {
	for _, s := range []string{"Оля", "café", "😺", "plain", "\u00c3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		letters := make([]rune, len(s))
		for i := range len(s) {
			letters[i] = rune(s[i])
		}
		if got, want := mend(string(letters)), strict.Clean(s); got != want {
			t.Errorf("%q became %q, want %q", s, got, want)
		}
	})
}

func TestHashtags(t *testing.T) {
	got := strings.Join(hashtags("#cat and#no #Cat, #утро_в_Москве! ＃猫 #2026 a&#39; #a-b (#fin) #"), "|")
	if want := "cat|утро_в_Москве|猫|a|fin"; got != want {
		t.Errorf("hashtags %q, want %q", got, want)
	}
}
