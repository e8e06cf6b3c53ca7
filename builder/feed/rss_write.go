package feed

import "strconv"

// What follows writes the elements of an RSS feed as the tags of their types
// say, in the order of the fields; a test holds it to encoding/xml.

func (d *rssDocument) write(w *xmlWriter) {
	w.begin("rss")
	w.attr("version", d.Version)
	w.attr("xmlns:content", d.ContentNamespace)
	w.attr("xmlns:atom", d.Atom)
	w.attr("xmlns:dc", d.DC)
	w.attr("xmlns:media", d.Media)
	d.Channel.write(w)
	w.end("rss")
}

func (c *rssChannel) write(w *xmlWriter) {
	w.begin("channel")
	w.rawElement("title", c.Title.XML)
	w.rawElement("description", c.Description.XML)
	w.element("link", c.Link)
	w.optional("language", c.Language, "lastBuildDate", c.LastBuildDate, "generator", c.Generator)
	c.Copyright.write(w, "copyright")
	if c.Image != nil {
		w.begin("image")
		w.rawElement("title", c.Image.Title.XML)
		w.element("url", c.Image.Url, "link", c.Image.Link)
		w.end("image")
	}
	writeLinks(w, c.Links)
	for _, item := range c.Items {
		item.write(w)
	}
	w.end("channel")
}

func (it *rssItem) write(w *xmlWriter) {
	w.begin("item")
	w.rawElement("title", it.Title.XML)
	w.element("link", it.Link, "description", it.Description)
	if it.Content != nil {
		w.begin("content:encoded")
		w.cdata(it.Content.Content)
		w.end("content:encoded")
	}
	if e := it.Enclosure; e != nil {
		w.begin("enclosure")
		w.attr("url", e.Url)
		w.attr("length", e.Length)
		w.attr("type", e.Type)
		w.end("enclosure")
	}
	w.begin("guid")
	w.attrs("isPermaLink", it.Guid.IsPermaLink)
	w.text(it.Guid.Id)
	w.end("guid")
	w.optional("pubDate", it.PubDate)
	for _, name := range it.Category {
		w.element("category", name)
	}
	for _, name := range it.Creators {
		w.element("dc:creator", name)
	}
	w.optional("dc:language", it.Language)
	it.Rights.write(w, "dc:rights")
	writeLinks(w, it.Links)
	for i := range it.Media {
		it.Media[i].write(w)
	}
	w.end("item")
}

// write writes the text, if there is one, as an element of the name.
func (t *rssText) write(w *xmlWriter, name string) {
	if t != nil {
		w.rawElement(name, t.XML)
	}
}

func writeLinks(w *xmlWriter, links []rssLink) {
	for _, link := range links {
		w.begin("atom:link")
		w.attr("href", link.Href)
		w.attr("rel", link.Rel)
		w.attrs("type", link.Type)
		w.end("atom:link")
	}
}

func (m *mediaContent) write(w *xmlWriter) {
	w.begin("media:content")
	w.attr("url", m.URL)
	w.attrs("fileSize", decimal(m.FileSize))
	w.attr("type", m.Type)
	w.attrs("medium", m.Medium, "width", decimal(int64(m.Width)), "height", decimal(int64(m.Height)))
	if m.Duration != 0 {
		w.attr("duration", strconv.FormatFloat(m.Duration, 'g', -1, 64))
	}
	m.Title.write(w, "media:title")
	m.Description.write(w, "media:description")
	for _, c := range m.Credits {
		w.begin("media:credit")
		w.attrs("role", c.Role, "scheme", c.Scheme)
		w.text(c.Name)
		w.end("media:credit")
	}
	if m.Copyright != nil {
		w.begin("media:copyright")
		w.attrs("url", m.Copyright.URL)
		w.raw(m.Copyright.XML)
		w.end("media:copyright")
	}
	w.end("media:content")
}

// write writes the text, if there is one, as an element of the name.
func (t *mediaText) write(w *xmlWriter, name string) {
	if t != nil {
		w.begin(name)
		w.attr("type", t.Type)
		w.raw(t.XML)
		w.end(name)
	}
}
