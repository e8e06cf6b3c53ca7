package feed

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"
)

// SitemapPage is one page for search engines.
type SitemapPage struct {
	URL      string
	Modified time.Time // zero = unknown, and is not told
	Images   []string  // addresses of its pictures
}

// SitemapFile is a file of the sitemap: sitemap.xml and, when the pages do
// not go into one file, sitemap-1.xml and on, which sitemap.xml then lists.
type SitemapFile struct {
	Name string
	Data []byte
}

// Limits of sitemaps.org for one file, and Google's for the pictures of a page.
const (
	sitemapPages  = 50_000
	sitemapBytes  = 50 << 20
	sitemapImages = 1_000
)

// SitemapName is the file that search engines and robots.txt are told of.
const SitemapName = "sitemap.xml"

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	urlsetHead = xmlHead + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">` + "\n"
	urlsetTail = "</urlset>\n"
	indexHead  = xmlHead + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n"
	indexTail  = "</sitemapindex>\n"
)

// OneSitemap tells that a sitemap of so many addresses, of pages and pictures
// together, is one file for certain.
func OneSitemap(addresses int) bool {
	const most = 1 << 10 // bytes of an address and what stands around it
	return addresses <= min(sitemapPages, sitemapBytes/most)
}

// Sitemap returns the sitemap of pages, in their order. The files belong into
// the folder whose address is at, with the last slash: they may name only
// pages below it.
func Sitemap(at string, pages []SitemapPage) []SitemapFile {
	return splitSitemap(at, pages, sitemapPages, sitemapBytes)
}

func splitSitemap(at string, pages []SitemapPage, maxPages, maxBytes int) []SitemapFile {
	var parts []sitemapPart
	part := newSitemapPart()
	part.data = slices.Grow(part.data, min(sitemapRoom(pages), maxBytes)+len(urlsetTail))
	var entry bytes.Buffer
	for i := range pages {
		entry.Reset()
		writeSitemapPage(&entry, &pages[i])
		full := part.pages == maxPages || len(part.data)+len(urlsetTail)+entry.Len() > maxBytes
		if full && part.pages > 0 {
			parts = append(parts, part)
			part = newSitemapPart()
		}
		part.data = append(part.data, entry.Bytes()...)
		part.pages++
		if t := moment(pages[i].Modified); t.After(part.newest) {
			part.newest = t
		}
	}
	parts = append(parts, part)
	files := make([]SitemapFile, len(parts))
	for i, p := range parts {
		files[i] = SitemapFile{"sitemap-" + strconv.Itoa(i+1) + ".xml", append(p.data, urlsetTail...)}
	}
	if len(files) == 1 {
		files[0].Name = SitemapName
		return files
	}
	return append([]SitemapFile{sitemapIndex(at, files, parts)}, files...)
}

// sitemapRoom is how many bytes the entries of pages take, or some more.
func sitemapRoom(pages []SitemapPage) int {
	const entry, image = 80, 60 // what stands around an address
	room := len(pages) * entry
	for i := range pages {
		room += len(pages[i].URL)
		for _, address := range pages[i].Images {
			room += len(address) + image
		}
	}
	return room
}

type sitemapPart struct {
	data   []byte // without its tail
	pages  int
	newest time.Time
}

func newSitemapPart() sitemapPart { return sitemapPart{data: []byte(urlsetHead)} }

func sitemapIndex(at string, files []SitemapFile, parts []sitemapPart) SitemapFile {
	var b bytes.Buffer
	b.WriteString(indexHead)
	for i, f := range files {
		b.WriteString("<sitemap><loc>" + sitemapAddress(at+f.Name) + "</loc>")
		writeModified(&b, parts[i].newest)
		b.WriteString("</sitemap>\n")
	}
	b.WriteString(indexTail)
	return SitemapFile{SitemapName, b.Bytes()}
}

func writeSitemapPage(b *bytes.Buffer, p *SitemapPage) {
	b.WriteString("<url><loc>")
	b.WriteString(sitemapAddress(p.URL))
	b.WriteString("</loc>")
	writeModified(b, moment(p.Modified))
	for _, image := range p.Images[:min(len(p.Images), sitemapImages)] {
		b.WriteString("<image:image><image:loc>")
		b.WriteString(sitemapAddress(image))
		b.WriteString("</image:loc></image:image>")
	}
	b.WriteString("</url>\n")
}

func writeModified(b *bytes.Buffer, t time.Time) {
	if !t.IsZero() {
		b.WriteString("<lastmod>")
		b.WriteString(t.Format(time.RFC3339))
		b.WriteString("</lastmod>")
	}
}

// sitemapAddress escapes what address leaves that XML minds.
func sitemapAddress(s string) string {
	s = address(s)
	if strings.ContainsAny(s, "&'") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "&", "&amp;"), "'", "&apos;")
	}
	return s
}
