package feed

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// plainParts are what stories are put together from that need no tokenizer as
// a whole, in part, or not at all.
var plainParts = []string{
	"<p>", "<p>", "</p>\n", "</p>\n", "<em>", "</em>", "<strong>", "</strong>", "<blockquote>\n", "</blockquote>\n", "<ul>\n", "</ul>\n", "<ol>", "</ol>", "<li>", "</li>\n",
	`<a href="https://a.example/b-c">`, `<a href="https://a.example" rel="nofollow ugc noopener">`, "</a>", "</a>", "word", " ", "a &amp; b", "&quot;", "&lt;", "&#2;", "&", "\n", "ж",
	"<", ">", "</", "<p", "<a>", `<a href="https://a.example>`, `<a href="/b">`, `<a href="https://a.example/>">`, `<a rel="x" href="https://c.example">`, "</p >", "<P>", "<br>", "<h2>", "</h2>", "<del>", "</del>",
	"<script>", "</script>", "<svg>", "</svg>", "<!-- ", " -->", "<textarea>", "<figure>", "</figure>", "\r\n", "\x00", "<code>", "<img src=\"/d\">", "<3",
}

// TestPlainStory holds that a story is written without the tokenizer as it is
// with it.
func TestPlainStory(t *testing.T) {
	r, whole := rand.New(rand.NewPCG(7, 8)), 0
	for range 100_000 {
		var b strings.Builder
		kinds := 29 // that are plain
		if r.IntN(2) == 0 {
			kinds = len(plainParts)
		}
		for range 1 + r.IntN(12) {
			b.WriteString(plainParts[r.IntN(kinds)])
		}
		if samePlainStory(t, b.String()) {
			whole++
		}
	}
	if whole < 30_000 {
		t.Errorf("of 100,000 stories %d needed no tokenizer: this tests little", whole)
	}
}

func FuzzPlainStory(f *testing.F) {
	for _, part := range plainParts {
		f.Add("<p>a " + part + " b</p>\n" + part)
	}
	f.Fuzz(func(t *testing.T, src string) { samePlainStory(t, src) })
}

// samePlainStory compares both ways of writing a story, and says whether it
// needs no tokenizer.
func samePlainStory(t *testing.T, src string) bool {
	t.Helper()
	base := pageAddress("https://x.example/a/")
	want := storyWriter{base: base}
	want.anyStory(src)
	got := storyWriter{base: base}
	got.story(src)
	if got.b.String() != want.b.String() {
		t.Fatalf("%q\n got %q\nwant %q", src, got.b.String(), want.b.String())
	}
	again := storyWriter{base: base}
	return again.plainStory(src) == ""
}
