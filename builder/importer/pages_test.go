package importer

import (
	"strings"
	"testing"
	"time"
)

func TestDecap(t *testing.T) {
	in := folder(map[string]string{
		"admin/config.yml": "backend: {name: git-gateway}",
		"README.md":        "---\ntitle: How this works\n---\n",
		"content/gallery/latte-with-murka/index.md": `---
title: Latte with Murka
alt: A grey cat beside a cup
place: Moscow
tags: [cat, "#balcony"]
date: 2026-11-02T08:14:00.000Z
taken: 2026-11-01
status: approved
author: {name: Olya, place: Moscow, email: olya@mail.example, url: "https://olya.example/"}
license: cc by 4.0
grant: {status: granted, terms: "2026-10"}
consent: {name: true}
focus: [0.5, 0.25]
minor: false
media:
  - {file: 2.jpg, alt: From behind, caption: Later}
weight: 4
empty: []
---
Murka does *not* drink coffee.

![On the sofa](3.jpg "Asleep") and ![elsewhere](https://example.org/x.jpg)
`,
		"content/gallery/latte-with-murka/1.jpg":           "1",
		"content/gallery/latte-with-murka/2.jpg":           "2",
		"content/gallery/latte-with-murka/3.jpg":           "3",
		"content/gallery/latte-with-murka/index.en.md":     "---\ntitle: Latte\n---\n",
		"content/gallery/bun.md":                           "+++\nname = \"Bun\"\nby = [\"Vera <vera@mail.example>\", \"Lev\"]\nimage = \"/uploads/bun@2x.png\"\nvideo = \"https://video.example/123\"\ndescription = \"Warm\"\ndate = 2026-11-03 10:00:00\nphone = 79001234567\n+++\nWrite to vera@mail.example!\n",
		"static/uploads/bun@2x.png":                        "bun",
		"content/gallery/json.md":                          "{\n\"title\": \"By JSON \\ud83d\\ude3a\", \"categories\": [\"a\"], \"image\": \"uploads/gone.jpg\", \"date\": \"soon\", \"lang\": \"ru_RU\", \"n\": 1.5\n}\n\nA story.\n",
		"content/gallery/same.md":                          "---\ntitle: Same picture\nimage: uploads/bun@2x.png\n---\n",
		"content/gallery/broken.md":                        "---\ntitle: [\n---\n",
		"content/gallery/broken-json.md":                   "{\n\"title\": \"A\"\n\"image\": 1}\n",
		"content/gallery/long.md":                          "---\ntitle: Long\n---\n" + strings.Repeat("words ", 6000),
		"content/gallery/unfenced.md":                      "Only words",
		"content/gallery/with-settings/package.json":       "{}",
		"node_modules/x/index.md":                          "---\ntitle: x\n---\n",
		"content/gallery/latte-with-murka/.hidden.md":      "---\ntitle: x\n---\n",
		"content/gallery/latte-with-murka/poster/deep.jpg": "deep",
	})
	entries, probs := read(t, decap{}, in, &Options{Zone: time.FixedZone("", 3*3600), Lang: "en"})
	same(t, "entries", dump(t, entries), `
photos/content/gallery/bun.md
  received: 2026-11-03T10:00:00+03:00
  title: Bun
  caption: Warm
  author: Vera
  author: Lev
  contact: [{email vera@mail.example} {phone 79001234567}]
  medium: bun@2x.png (bun)  /
  medium: (https://video.example/123)  /
  story: Write to vera@mail.example!
photos/content/gallery/json.md
  title: By JSON 😺
  lang: ru-RU
  tags: a
  medium: gone.jpg (missing)  /
  front extra: map[n:1.5]
  story: A story.
photos/content/gallery/latte-with-murka/index.md
  received: 2026-11-02T08:14:00Z
  taken: 2026-11-01T00:00:00+03:00
  title: Latte with Murka
  alt: A grey cat beside a cup
  place: Moscow
  license: CC-BY-4.0
  tags: cat,balcony
  author: Olya Moscow https://olya.example/
  contact: [{email olya@mail.example}]
  minor: false
  medium: 2.jpg (2) From behind / Later
  medium: 3.jpg (3) On the sofa / Asleep
  medium: 1.jpg (1)  /
  medium: deep.jpg (deep)  /
  front extra: map[consent:map[name:true] grant:map[status:granted terms:2026-10] status:approved weight:4]
  front focus: [0.5 0.25]
  story: Murka does *not* drink coffee.⏎⏎ and ![elsewhere](https://example.org/x.jpg)
photos/content/gallery/same.md
  title: Same picture
  medium: bun@2x.png (bun)  /`)
	got := told1(probs.Sorted())
	for _, want := range []string{
		"photos: note: keys that have no meaning here are kept below [extra]: n, status, weight\n  hint: nothing needs to be done: they are not shown",
		"photos: note: what these files say of permission is kept below [extra] and allows nothing\n  hint: where you hold their answers, write [grant] and [consent] into submission.md",
		"photos/content/gallery/bun.md: warning: there is an e-mail address in its text\n",
		"photos/content/gallery/json.md: warning: the date \"soon\" under \"date\" cannot be read\n  hint: write it as 2026-11-30",
		"photos/content/gallery/same.md: warning: \"bun@2x.png\" is also in content/gallery/bun.md\n",
		"photos/content/gallery/broken-json.md:3: this is no JSON, so the file is left out",
		"photos/content/gallery/long.md: a text of 36 kB is longer than 32 kB, so this piece is left out",
		"photos/content/gallery/latte-with-murka/index.en.md: note: not taken: a translation of another file\n",
		"photos/content/gallery/broken.md:",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("nobody told %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "mail.example") || strings.Contains(got, "7900") {
		t.Errorf("told what is private:\n%s", got)
	}
}

// TestDecapData: entries of keys alone.
func TestDecapData(t *testing.T) {
	in := folder(map[string]string{
		"a.yml": "title: A\nimage: a.jpg\nbody: Words", "b.json": `{"title": "B", "gallery": [{"image": "b.jpg", "alt": "Bee"}]}`,
		"c.toml": "title = \"C\"", "package.json": "{}", "a.jpg": "a", "d.json": `{"title": "D"} {"title": "E"}`,
	})
	entries, probs := (func() ([]Entry, string) {
		e, p := readAny(t, decap{}, in)
		return e, told1(p.Sorted())
	})()
	same(t, "entries", dump(t, entries), `
photos/a.yml
  title: A
  medium: a.jpg (a)  /
  story: Words
photos/b.json
  title: B
  medium: b.jpg (missing) Bee /
photos/c.toml
  title: C`)
	same(t, "problems", probs, "photos/d.json: this is no JSON, so the file is left out\n  hint: compare it with a file that is in order; often a comma or a quote is missing in the line before")
	_, none := readAny(t, decap{}, folder(map[string]string{"a.jpg": "a"}))
	same(t, "nothing", told1(none), "photos: there are no entries in it: no file with front matter\n  hint: give the folder in which the CMS keeps its entries")
}

func TestHugo(t *testing.T) {
	in := folder(map[string]string{
		"hugo.toml":                  "baseURL = \"https://example.org/\"",
		"themes/x/index.md":          "---\ntitle: theme\n---\n",
		"content/_index.md":          "---\ntitle: Home\n---\n",
		"content/mornings/_index.md": "---\ntitle: Mornings\n---\nWhat is a morning?",
		"content/mornings/stray.jpg": "stray",
		"content/mornings/olya/index.md": `+++
title = "Two cups"
date = 2026-11-02T08:14:00+03:00
draft = true
tags = ["cups"]
[params]
  location = "Kazan"
[[resources]]
  src = "*.JPG"
  title = "Cup :counter"
  [resources.params]
    byline = "Olya"
[[resources]]
  src = "images/2.jpg"
  params = { alt = "A blue cup", byline = "Vera", iso = 100 }
+++
First {{< figure src="1.jpg" alt="A cup" >}}

{{< rawhtml >}}
`,
		"content/mornings/olya/1.jpg":        "1",
		"content/mornings/olya/images/2.jpg": "2",
		"content/mornings/page.md":           "---\ntitle: Page\ncover:\n  image: /img/cover.jpg\n  alt: A cover\n---\n",
		"static/img/cover.jpg":               "cover",
		"content/about/index.md":             "---\ntitle: About\n---\nWe are.",
		"content/privacy.md":                 "---\ntitle: Privacy\n---\n",
	})
	entries, probs := read(t, hugo{}, in, nil)
	same(t, "entries", dump(t, entries), `
photos/content/mornings/olya/index.md
  received: 2026-11-02T08:14:00+03:00
  title: Two cups
  place: Kazan
  tags: cups
  author: Olya
  author: Vera
  medium: 1.jpg (1) A cup / Cup 1
  medium: 2.jpg (2) A blue cup / Cup 2
  front extra: map[draft:true resources:[map[iso:100 src:images/2.jpg]]]
  story: First ⏎⏎{{< rawhtml >}}
photos/content/mornings/page.md
  title: Page
  medium: cover.jpg (cover) A cover /`)
	same(t, "problems", told1(probs.Sorted()), `
photos: note: keys that have no meaning here are kept below [extra]: draft, resources
  hint: nothing needs to be done: they are not shown
photos/content/_index.md: note: not taken: the text of a list; nor is content/mornings/_index.md
  hint: write what you want to keep of it into gallery.md
photos/content/about/index.md: note: not taken: no picture or film belongs to it; nor is content/privacy.md
  hint: make a submission or a plain page of it by hand, if you want it
photos/content/mornings/olya/index.md: warning: its text holds "{{< rawhtml >}}", which means nothing here
  hint: take it out of submission.md, or write what it should say
photos/content/mornings/stray.jpg: warning: not taken: it lies beside a list and belongs to no piece
  hint: import this folder with --from folder to make one piece of each`)
}
