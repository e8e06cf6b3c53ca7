package feed

import (
	"fmt"
	"strings"
	"testing"
)

const nsSitemap = "http://www.sitemaps.org/schemas/sitemap/0.9"
const nsSitemapImage = "http://www.google.com/schemas/sitemap-image/1.1"

func sitemapPagesOf(n int) []SitemapPage {
	pages := make([]SitemapPage, n)
	for i := range pages {
		pages[i] = SitemapPage{URL: fmt.Sprintf("https://x.example/%d/", i), Modified: day(1+i%20, 12)}
	}
	return pages
}

func TestSitemap(t *testing.T) {
	files := Sitemap("https://x.example/", []SitemapPage{
		{URL: "https://x.example/ё/?a=1&b='2'", Modified: day(9, 10), Images: []string{"https://x.example/1.jpg", "https://x.example/ё 2.jpg"}},
		{URL: "https://x.example/"},
	})
	want := `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://x.example/%D1%91/?a=1&amp;b=&apos;2&apos;</loc><lastmod>2026-11-09T07:00:00Z</lastmod><image:image><image:loc>https://x.example/1.jpg</image:loc></image:image><image:image><image:loc>https://x.example/%D1%91%202.jpg</image:loc></image:image></url>
<url><loc>https://x.example/</loc></url>
</urlset>
`
	if len(files) != 1 || files[0].Name != "sitemap.xml" || string(files[0].Data) != want {
		t.Errorf("got %d files, the first %s:\n%s", len(files), files[0].Name, files[0].Data)
	}
	root := parseXML(t, files[0].Data)
	if n := len(root.all(nsSitemap + " url")[0].all(nsSitemapImage + " image")); n != 2 {
		t.Errorf("%d images", n)
	}
}

func TestSitemapSplit(t *testing.T) {
	for _, c := range []struct{ pages, files int }{{0, 1}, {1, 1}, {50_000, 1}, {50_001, 3}, {100_001, 4}} {
		files := Sitemap("https://x.example/", sitemapPagesOf(c.pages))
		if len(files) != c.files {
			t.Fatalf("%d pages: %d files, want %d", c.pages, len(files), c.files)
		}
		if files[0].Name != "sitemap.xml" {
			t.Errorf("the first file is %s", files[0].Name)
		}
		got := 0
		for _, f := range files {
			got += strings.Count(string(f.Data), "<url>")
		}
		if got != c.pages {
			t.Errorf("%d pages listed, want %d", got, c.pages)
		}
	}
}

func TestSitemapIndex(t *testing.T) {
	pages := sitemapPagesOf(5)
	files := splitSitemap("https://x.example/ё/", pages, 2, sitemapBytes)
	index := parseXML(t, files[0].Data)
	listed := index.all(nsSitemap + " sitemap")
	if len(listed) != 3 || len(files) != 4 {
		t.Fatalf("%d files listed of %d", len(listed), len(files))
	}
	for i, s := range listed {
		if got, want := s.one(t, nsSitemap+" loc").text, "https://x.example/%D1%91/"+files[i+1].Name; got != want {
			t.Errorf("listed %s, want %s", got, want)
		}
		urls := parseXML(t, files[i+1].Data).all(nsSitemap + " url")
		newest := urls[len(urls)-1].one(t, nsSitemap+" lastmod").text
		if got := s.one(t, nsSitemap+" lastmod").text; got != newest {
			t.Errorf("part %d modified %s, want %s", i, got, newest)
		}
	}
}

func TestSitemapBytes(t *testing.T) {
	const limit = 600
	files := splitSitemap("https://x.example/", sitemapPagesOf(20), sitemapPages, limit)
	if len(files) < 3 {
		t.Fatalf("%d files", len(files))
	}
	for _, f := range files[1:] {
		if len(f.Data) > limit {
			t.Errorf("%s has %d bytes", f.Name, len(f.Data))
		}
	}
}

func TestSitemapImages(t *testing.T) {
	page := SitemapPage{URL: "https://x.example/", Images: make([]string, 1200)}
	for i := range page.Images {
		page.Images[i] = fmt.Sprintf("https://x.example/%d.jpg", i)
	}
	data := Sitemap("https://x.example/", []SitemapPage{page})[0].Data
	if got := strings.Count(string(data), "<image:loc>"); got != sitemapImages {
		t.Errorf("%d images of a page", got)
	}
}

func FuzzSitemap(f *testing.F) {
	f.Add("https://x.example/", "&<>'\"\x00")
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, file := range splitSitemap(a, []SitemapPage{{URL: a, Images: []string{b}}, {URL: b}}, 1, sitemapBytes) {
			parseXML(t, file.Data)
		}
	})
}

func BenchmarkSitemap(b *testing.B) {
	pages := sitemapPagesOf(10_000)
	for b.Loop() {
		Sitemap("https://x.example/", pages)
	}
}
