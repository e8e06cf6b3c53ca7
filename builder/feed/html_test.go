package feed

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestItemHTML(t *testing.T) {
	const url = "https://x.example/piece/"
	for _, c := range []struct{ name, story, want string }{
		{"nothing", "", ""},
		{"paragraphs", "<p>one</p>\n<p>two</p>\n", "<p>one</p>\n<p>two</p>"},
		{"inline elements keep their text", "<p>a <em>b</em><code>c</code> d</p>", "<p>a bc d</p>"},
		{"bare text", "a & b", "<p>a &amp; b</p>"},
		{"lists and headings", "<h2>h</h2><ul><li>a</li><li>b</li></ul>", "<p>h</p>\n<p>a</p>\n<p>b</p>"},
		{"line breaks", "<p>a<br>b</p>", "<p>a</p>\n<p>b</p>"},
		{"relative link", `<p>see <a href="../b/?q=1&amp;r#f">that</a> now</p>`, `<p>see <a href="https://x.example/b/?q=1&amp;r#f">that</a> now</p>`},
		{"script link", `<a href="javascript:alert(1)">x</a><a href="data:,x">y</a><a href="mailto:a@b.example">z</a>`, "<p>xyz</p>"},
		{"nested links", `<a href="/a">a<a href="/b">b</a></a>`, `<p><a href="https://x.example/a">a</a><a href="https://x.example/b">b</a></p>`},
		{"link left open", `<p><a href="/a">a</p>b`, "<p><a href=\"https://x.example/a\">a</a></p>\n<p>b</p>"},
		{"attributes go", `<p class="x" style="color:red" onclick="x()">a</p>`, "<p>a</p>"},
		{"image", `<img src="p.jpg" width="3" height="2" alt="a &quot;b&quot;" loading="lazy" srcset="x 2x">`, `<p><img src="https://x.example/piece/p.jpg" width="3" height="2" alt="a &#34;b&#34;"></p>`},
		{"image without size", `<img src="p.jpg" width="50%" height="2">`, `<p><img src="https://x.example/piece/p.jpg" alt=""></p>`},
		{"placeholder image", `<img src="data:image/png;base64,AA" data-src="p.jpg">`, ""},
		{"figure", "<figure>\n<a href=\"/a\"><img src=\"/p.jpg\"></a>\n<figcaption>\n<p>a <b>b</b></p><p>c</p>\n</figcaption></figure>", `<figure><a href="https://x.example/a"><img src="https://x.example/p.jpg" alt=""></a><figcaption>a b c</figcaption></figure>`},
		{"text within a figure", "<figure>a<img src=/p.jpg></figure>", "<figure></figure>\n<p>a<img src=\"https://x.example/p.jpg\" alt=\"\"></p>"},
		{"script and style go whole", "a<script>alert('</p>')</script><style>p{}</style>b", "<p>a b</p>"},
		{"players and forms go whole", "a<video><p>no</p></video><form><p>no</p></form><iframe>no</iframe>b", "<p>a b</p>"},
		{"vector graphics go whole", "a<svg><a href=/x><text>no</text></a></svg>b<svg/>c", "<p>a bc</p>"},
		{"never closed", "a<object>b", "<p>a</p>"},
		{"comments go", "a<!-- b -->c<!doctype html>", "<p>ac</p>"},
		{"stray ends", "</p></figure></a></svg>a</figcaption>", "<p>a</p>"},
		{"control characters", "a\x00\x1b\ufffeb", "<p>ab</p>"},
		{"references to control characters", "a&#2;&#xfffe;b<img src='/&#2;' alt='&#2;c'><img src=/d alt='&#2;d'>", `<p>ab<img src="https://x.example/d" alt="d"></p>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ItemHTML(Item{URL: url}, c.story)
			checkHTML(t, got)
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestItemHTMLParts(t *testing.T) {
	it := Item{
		URL: "https://x.example/a/", CreditLine: "Photo: <Olya> & \"Co\"", Disclosure: "A gift.",
		Images: []Image{
			{URL: "https://x.example/1.jpg", Width: 4, Height: 3, Alt: `"><script>`},
			{URL: "https://x.example/2.jpg", Credit: "Photo: Ada"},
		},
	}
	want := `<figure><a href="https://x.example/a/"><img src="https://x.example/1.jpg" width="4" height="3" alt="&#34;&gt;&lt;script&gt;"></a><figcaption>Photo: &lt;Olya&gt; &amp; &#34;Co&#34;</figcaption></figure>
<figure><a href="https://x.example/a/"><img src="https://x.example/2.jpg" alt=""></a><figcaption>Photo: Ada</figcaption></figure>
<p>A gift.</p>
<p>story</p>`
	got := ItemHTML(it, "<p>story</p>")
	checkHTML(t, got)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	it.Images = nil
	if got := ItemHTML(it, "<p>words</p>"); !strings.HasSuffix(got, "<p>words</p>\n<p>Photo: &lt;Olya&gt; &amp; &#34;Co&#34;</p>") {
		t.Errorf("words without their credit: %s", got)
	}
}

func FuzzItemHTML(f *testing.F) {
	f.Add("https://x.example/", "<p>a<a href=b><img src=c>")
	f.Add("", "<figure><figcaption><figure><svg/><textarea></p>")
	f.Fuzz(func(t *testing.T, url, story string) {
		checkHTML(t, ItemHTML(Item{URL: url}, story))
	})
}

// TestPlainAddress holds that the short way is right where it is taken.
func TestPlainAddress(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	parts := []string{"a", "b-c", "0", "/", "/", ".", "..", "A", "_", "%41", ":80", "?q", "#f", "@", "ж", " ", "example.org"}
	s := storyWriter{base: pageAddress("https://base.example/x/")}
	taken := 0
	for range 50_000 {
		ref := []string{"https://", "http://", "//", "/"}[r.IntN(4)]
		for range r.IntN(8) {
			ref += parts[r.IntN(len(parts))]
		}
		if !plainAddress(ref) {
			continue
		}
		taken++
		if got := s.resolveAny(ref); got != ref {
			t.Fatalf("%q is taken for plain, and would be %q", ref, got)
		}
	}
	if taken < 1000 {
		t.Errorf("only %d addresses were plain", taken)
	}
}
